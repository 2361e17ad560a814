"""The English names of countries and first-order divisions, as newspapers write them.

GeoNames gives some bare ("Dolnośląskie", "Luhansk") and some in full ("Kursk
Oblast", "Aktyubinskaya Oblast’"). Two tables say what the press writes:
``generics.csv``, the usual generic word of each country and whether the name
bears it (Kharkiv Oblast, but Hubei); ``divisions.csv``, the divisions that
their country's rule does not name well.
"""

from __future__ import annotations

import csv
import importlib.resources
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from geo.gazetteer.preparation.sources import Country, Division

# Generic words in the languages that GeoNames' list mixes, at the end or the start of a name.
_END = re.compile(
    r"\s+(?:oblast|oblast'|oblast’|oblisi|oblysy|krai|kray|kraj|okrug|republic|province|region|county|district|rayon"
    r"|department|governorate|prefecture|state|parish|division|municipality|canton|voivodeship|aymag|aimak|atoll"
    r"|atholhu|comarca|raioni|rajons|novads|sahari)$",
    re.IGNORECASE,
)
_START = re.compile(
    r"^(?:region of|province of|county of|republic of|state of|raionul|opština|občina|muhafazat)\s+", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Name:
    """What a division is called: ``Kharkiv Oblast``, ``Kharkiv``, ``Oblast``."""

    name: str
    base: str
    type: str


def bare(name: str) -> str:
    """Return `name` without generic words at its end or start.

    >>> bare("Kursk Oblast"), bare("Raionul Edineţ"), bare("Northern Territory")
    ('Kursk', 'Edineţ', 'Northern Territory')
    """
    shorter = _START.sub("", _END.sub("", name))
    return shorter if len(shorter) > 1 else name


def name_divisions(divisions: tuple[Division, ...]) -> Iterator[Name]:
    """Yield the name of each of `divisions`, in their order.

    Raises
    ------
    KeyError
        A row of ``divisions.csv`` is of no division, or a country has no row
        in ``generics.csv``: a source changed and the tables did not.
    """
    generics = {row["country_code"]: row for row in _rows("generics.csv")}
    special = {(row["country_code"], row["admin1_code"]): row for row in _rows("divisions.csv")}
    if unknown := special.keys() - {(d.country_code, d.code) for d in divisions}:
        raise KeyError(
            f"divisions.csv names divisions that GeoNames does not list: {sorted(unknown)}. Remove the rows."
        )
    for division in divisions:
        generic = generics[division.country_code]
        row = special.get((division.country_code, division.code), {"base": "", "type": "", "name": ""})
        base = row["base"] or bare(division.name)
        kind = {"": generic["type"], "-": ""}.get(row["type"], row["type"])
        full = f"{base} {kind}" if kind and generic["in_name"] == "yes" and not base.endswith(kind) else base
        yield Name(row["name"] or full, base, kind)


def name_countries(countries: Iterable[Country]) -> Iterator[str]:
    """Yield the name of each of `countries` in the English of the press, in their order.

    It is GeoNames' but for the rows of ``countries.csv`` (Czech Republic, Ivory Coast).
    """
    special = {row["country_code"]: row["name"] for row in _rows("countries.csv")}
    for country in countries:
        yield special.get(country.code, country.name)


def _rows(table: str) -> Iterator[dict[str, str]]:
    text = importlib.resources.files(__package__).joinpath(table).read_text("utf-8")
    return csv.DictReader(text.splitlines())
