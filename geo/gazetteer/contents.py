"""Counts what an index holds."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.errors import NoGazetteer
from geo.gazetteer.store import KINDS

if TYPE_CHECKING:
    from pathlib import Path

    from geo.types import NameKind

_BY_CLASS = "SELECT feature_class, count(*) FROM place GROUP BY 1 ORDER BY 2 DESC, 1"
_BY_COUNTRY = "SELECT country_code, count(*) FROM place WHERE country_code <> '' GROUP BY 1 ORDER BY 2 DESC, 1"
_BY_KIND = "SELECT kind, count(*) FROM name GROUP BY 1 ORDER BY 2 DESC, 1"
_COUNTRIES = "SELECT c.code, p.name FROM country c JOIN place p ON p.id = c.place ORDER BY c.code"


@dataclass(frozen=True, slots=True)
class Contents:
    """How many places, names and areas an index holds, the most first.

    ``by_class`` counts places by GeoNames' feature class, ``by_country`` by
    ISO 3166-1 alpha-2 code, ``by_kind`` names by kind. ``places`` includes
    those that lie in no single country.
    """

    places: int
    names: int
    areas: int
    by_class: dict[str, int]
    by_country: dict[str, int]
    by_kind: dict[NameKind, int]


def contents(path: Path) -> Contents:
    """Count what the index at `path` holds; it is read through, which takes a second for each million of rows.

    Raises
    ------
    NoGazetteer
        If there is no index at `path`, or a damaged one.
    """
    by_class = dict(_rows(path, _BY_CLASS))
    by_kind = {KINDS[int(kind)]: number for kind, number in _rows(path, _BY_KIND)}
    [(areas,)] = _rows(path, "SELECT count(*) FROM area")
    return Contents(
        places=sum(by_class.values()),
        names=sum(by_kind.values()),
        areas=areas,
        by_class=by_class,
        by_country=dict(_rows(path, _BY_COUNTRY)),
        by_kind=by_kind,
    )


def countries(path: Path) -> dict[str, str]:
    """Return the name of each country of the index at `path` by its ISO 3166-1 alpha-2 code.

    Raises
    ------
    NoGazetteer
        If there is no index at `path`, or a damaged one.
    """
    return dict(_rows(path, _COUNTRIES))


def _rows(path: Path, query: str) -> list[tuple]:  # type: ignore[type-arg]  # columns differ by query
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as index:
            return index.execute(query).fetchall()
    except sqlite3.DatabaseError as error:
        raise NoGazetteer(f"{path}: the gazetteer's index cannot be read ({error})") from error
