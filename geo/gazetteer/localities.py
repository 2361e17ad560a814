"""Reads ``tables/localities.csv.gz``: places that the pinned data packages lack.

GeoNames' extract of places of 500 and more people misses what small newspapers
name: villages and post offices, townships, suburbs, airports. The table has
them from sources of free terms (``tables/sources.csv``), without what the
extract has already. It is made by :mod:`geo.gazetteer.preparation.localities`
and read by the build hook, with the standard library alone.
"""

from __future__ import annotations

import csv
import gzip
import io
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from geo.errors import GazetteerError

if TYPE_CHECKING:
    from collections.abc import Iterator

LOCALITIES = Path(__file__).parent / "tables" / "localities.csv.gz"

COLUMNS = (
    "id", "name", "feature_class", "feature_code", "lon", "lat",
    "country_code", "admin1", "admin2", "population", "alternates", "source",
)  # fmt: skip

TOWNSHIP = " Township"


@dataclass(frozen=True, slots=True)
class Locality:
    """A place of the table."""

    id: str
    """The place's own id: country, code at the source, name (``us-23089-lanexa``)."""
    name: str
    feature_class: str
    """GeoNames' feature class: P populated place, A division, S building or site."""
    feature_code: str
    lon: float
    """Degrees, EPSG:4326."""
    lat: float
    country_code: str
    """ISO 3166-1 alpha-2."""
    admin1: str
    """``admin1_code`` of ``tables/admin1.csv``; "" if the country has none or it is not known."""
    admin2: str
    """``name`` of ``tables/admin2.csv``; "" if it is not known."""
    population: int
    """0 if it is not known."""
    alternates: tuple[str, ...]
    """Other names, those of :func:`press_forms` among them."""
    source: str
    """``key`` of ``tables/sources.csv``."""


def press_forms(name: str) -> tuple[str, ...]:
    """Return how the press shortens `name`, where that follows from a rule.

    Examples
    --------
    >>> press_forms("West Chester Township")
    ('West Chester Twp.',)
    >>> press_forms("Lanexa")
    ()
    """
    return (f"{name.removesuffix(TOWNSHIP)} Twp.",) if name.endswith(TOWNSHIP) else ()


def read_localities(path: Path | None = None) -> Iterator[Locality]:
    """Yield the localities, sorted by id.

    Parameters
    ----------
    path
        A file of this format; the one of this installation if None.

    Raises
    ------
    GazetteerError
        The file is missing or of another format.
    """
    source = LOCALITIES if path is None else path
    try:
        text = gzip.decompress(source.read_bytes()).decode("utf-8")
        rows = csv.DictReader(io.StringIO(text, newline=""))
        if tuple(rows.fieldnames or ()) != COLUMNS:
            raise ValueError(f"its columns are {rows.fieldnames}, not {list(COLUMNS)}")  # noqa: TRY301 - translated below
        for row in rows:
            yield Locality(
                id=row["id"],
                name=row["name"],
                feature_class=row["feature_class"],
                feature_code=row["feature_code"],
                lon=float(row["lon"]),
                lat=float(row["lat"]),
                country_code=row["country_code"],
                admin1=row["admin1"],
                admin2=row["admin2"],
                population=int(row["population"] or 0),
                alternates=(*filter(None, row["alternates"].split("|")), *press_forms(row["name"])),
                source=row["source"],
            )
    except (OSError, EOFError, ValueError, TypeError, AttributeError) as error:
        raise GazetteerError(
            f"Cannot read the localities from {source}: {error}. "
            "Make them again with python -m geo.gazetteer.preparation.localities."
        ) from error
