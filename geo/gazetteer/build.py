"""Builds the embedded index, from the data packages and the project's own tables.

The file is made when dateline is installed (:mod:`geo.gazetteer.hatch_build`)
and only ever read afterwards; :mod:`geo.gazetteer.store` tells its tables.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from geo.gazetteer import sources
from geo.gazetteer.areas import COUNTIES, read_areas
from geo.gazetteer.names import normalise
from geo.gazetteer.store import KINDS, create, finish
from geo.gazetteer.tables import rows
from geo.gazetteer.trust import (
    SHORT_NAME,
    TRUST_ALTERNATE,
    TRUST_BARE_COUNTY,
    TRUST_BARE_DIVISION,
    TRUST_CODE,
    TRUST_COMMON_WORD,
    TRUST_FOREIGN,
    TRUST_OFFICIAL,
    TRUST_OWN_TABLE,
    TRUST_UNLIKE,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from geo.types import NameKind

# GeoNames' countries, divisions and our own features come without a count of alternate names. These stand in for it.
COUNTRY_PROMINENCE = 200
OWN_PROMINENCE = 30
WORLD_PROMINENCE = 200  # as much is written about an ocean or a continent as about a country
_WORLD_CODES = frozenset(("OCN", "CONT"))

ENGLISH_RIVERS = frozenset(("AU", "CA", "GB", "IE", "NZ", "US"))
"""Countries where a river is hardly called by its bare name, which is mostly that of a state or a town."""

SITE_CLASSES = {
    **dict.fromkeys(("AMUS", "AREA", "MILB", "NVB", "PRK", "PRT", "RESV"), "L"),
    **dict.fromkeys(("RD", "ST", "TNL"), "R"),
    **dict.fromkeys(("BCH", "ISL", "RK", "VAL"), "T"),
    "FRST": "V",
}
"""GeoNames' feature classes of the codes in ``sites.csv`` that are no building (S)."""


@dataclass(slots=True)
class _Index:
    """What is gathered before it is written."""

    places: dict[int, tuple[object, ...]] = field(default_factory=dict)
    names: dict[tuple[str, int], tuple[int, int, str | None, str | None]] = field(default_factory=dict)
    sources: dict[str, int] = field(default_factory=dict)
    own: dict[str, int] = field(default_factory=dict)
    countries: dict[str, int] = field(default_factory=dict)
    parents: dict[int, int] = field(default_factory=dict)
    admin1: dict[tuple[str, str], tuple[int, str]] = field(default_factory=dict)
    iso3166_2: dict[str, int] = field(default_factory=dict)
    divisions: dict[tuple[str, str, str], int] = field(default_factory=dict)
    division_rows: list[tuple[int, str, int | None]] = field(default_factory=list)

    def add_name(
        self, name: str, place: int, kind: NameKind, trust: int, *, language: str = "", keep_form: bool = False
    ) -> None:
        key = normalise(name)
        if not key:
            return
        known = self.names.get((key, place))
        if known is None or trust > known[1]:
            self.names[key, place] = (KINDS.index(kind), trust, language or None, name if keep_form else None)

    def division(self, country_code: str, admin1: str, name: str, place: int | None = None) -> int | None:
        if not name:
            return None
        key = (country_code, admin1, name)
        if key not in self.divisions:
            self.divisions[key] = len(self.divisions) + 1
            self.division_rows.append((self.divisions[key], name, place))
        return self.divisions[key]

    def reference(self, place: str) -> int | None:
        """Return the key of a reference as the project's tables write it, None if it is not indexed."""
        scheme, _, value = place.partition(":")
        if scheme == "geonames":
            return int(value) if int(value) in self.places else None
        if scheme == "iso3166-1":
            return self.countries.get(value)
        if scheme == "iso3166-2":
            return self.iso3166_2.get(value)
        return self.own.get(place)


def _countries(index: _Index) -> None:
    packaged = sources.countries()
    points = {row["country_code"]: (float(row["lon"]), float(row["lat"])) for row in rows("country_points")}
    for row in rows("countries"):
        code, place = row["country_code"], int(row["geonames_id"])
        more = packaged.get(code, {})
        index.countries[code] = place
        population = int(more.get("population") or 0)
        feature_code = "PCLI" if population else "PCL"
        lon, lat = points.get(code, (float(row["lon"]), float(row["lat"])))
        index.places[place] = (
            row["name"], lon, lat, code, None, None, "A", feature_code, population, COUNTRY_PROMINENCE,
            index.sources["geonames"],
        )  # fmt: skip
        index.add_name(row["name"], place, "official", TRUST_OFFICIAL)
        if more:
            index.add_name(more["name"], place, "alternate", TRUST_OWN_TABLE)
            index.add_name(more["iso3"], place, "code", TRUST_CODE)
    for code, language, name in sources.country_names():
        if code in index.countries and sources.is_latin(name):
            trust = TRUST_OWN_TABLE if language == "en" else TRUST_FOREIGN
            index.add_name(name, index.countries[code], "alternate", trust, language=language)


def _first_order(index: _Index, population: dict[tuple[str, str], int]) -> None:
    for row in rows("admin1"):
        code, place = row["country_code"], int(row["geonames_id"])
        number = index.division(code, row["name"], row["name"], place)
        index.admin1[code, row["admin1_code"]] = (number or 0, row["name"])
        if row["iso3166_2"]:
            index.iso3166_2[row["iso3166_2"]] = place
        people = population.get((code, row["admin1_code"]), 0)
        index.places[place] = (
            row["name"], float(row["lon"]), float(row["lat"]), code, number, None, "A", "ADM1", people, 0,
            index.sources["geonames"],
        )  # fmt: skip
        index.add_name(row["name"], place, "official", TRUST_OFFICIAL)
        if row["base"]:
            index.add_name(row["base"], place, "alternate", TRUST_BARE_DIVISION)
            if row["type"]:
                index.add_name(f"{row['base']} {row['type']}", place, "official", TRUST_OFFICIAL)
                index.add_name(f"{row['type']} of {row['base']}", place, "official", TRUST_OFFICIAL)
    for code, language, name in sources.subdivision_names():
        if code in index.iso3166_2:
            index.add_name(name, index.iso3166_2[code], "alternate", TRUST_ALTERNATE, language=language)


def _second_order(index: _Index) -> None:
    for row in rows("admin2"):
        code, place = row["country_code"], int(row["geonames_id"])
        number, admin1 = index.admin1.get((code, row["admin1_code"]), (None, ""))
        name = sources.as_printed(row["name"], code)
        own = index.division(code, admin1, name, place)
        lon, lat, people = float(row["lon"]), float(row["lat"]), int(row["population"])
        index.places[place] = (
            name, lon, lat, code, number, own, "A", "ADM2", people, 0, index.sources["geonames"],
        )  # fmt: skip
        index.add_name(name, place, "official", TRUST_OFFICIAL)
        bare = name.removesuffix(" County").removesuffix(" Parish")
        if code == "US" and bare != name:
            index.add_name(bare, place, "alternate", TRUST_BARE_COUNTY)


def _cities(index: _Index, found: list[sources.City]) -> None:
    packaged = sources.countries()
    capitals = {(code, normalise(row["capital"])) for code, row in packaged.items() if row["capital"]}
    largest: dict[tuple[str, str], sources.City] = {}
    for city in found:
        key = (city.country_code, normalise(city.name))
        if key in capitals and (key not in largest or city.population > largest[key].population):
            largest[key] = city
    capital_ids = {city.geonames_id for city in largest.values()}
    common = {row["word"] for row in rows("common_words")}
    press_names = {int(row["geonames_id"]): row["name"] for row in rows("press_names")}
    for city in found:
        number, admin1 = index.admin1.get((city.country_code, city.admin1_code), (None, ""))
        second = index.division(city.country_code, admin1, sources.as_printed(city.admin2, city.country_code))
        name = press_names.get(city.geonames_id) or sources.as_printed(city.name, city.country_code)
        index.places[city.geonames_id] = (
            name, city.lon, city.lat, city.country_code, number, second, "P",
            "PPLC" if city.geonames_id in capital_ids else "PPL", city.population, city.prominence,
            index.sources["geonames"],
        )  # fmt: skip
        index.add_name(city.name, city.geonames_id, "official", TRUST_OFFICIAL)
        index.add_name(name, city.geonames_id, "official", TRUST_OFFICIAL)
        initial = normalise(city.name)[:1]
        for name in city.alternates:
            spelled = normalise(name)
            if len(name) <= SHORT_NAME and (name.isupper() or len(name) < SHORT_NAME):
                index.add_name(name, city.geonames_id, "code", TRUST_CODE)
            elif spelled in common:
                index.add_name(name, city.geonames_id, "alternate", TRUST_COMMON_WORD)
            else:
                trust = TRUST_ALTERNATE if spelled[:1] == initial else TRUST_UNLIKE
                index.add_name(name, city.geonames_id, "alternate", trust)


def _own_places(index: _Index) -> None:
    for table in ("features", "sites"):
        for row in rows(table):
            place = -len(index.own) - 1
            identity = f"dateline:{row['id']}"
            index.own[identity] = place
            if table == "features":
                codes = row["countries"].split("|")
                country_code = codes[0] if len(codes) == 1 else ""
                feature_class, admin1 = row["feature_class"], None
            else:
                country_code = row["country_code"]
                feature_class = SITE_CLASSES.get(row["feature_code"], "S")
                admin1 = index.divisions.get((country_code, row["admin1"], row["admin1"]))
            index.places[place] = (
                row["name"], float(row["lon"]), float(row["lat"]), country_code, admin1, None,
                feature_class, row["feature_code"], 0,
                WORLD_PROMINENCE if row["feature_code"] in _WORLD_CODES else OWN_PROMINENCE,
                index.sources["dateline"],
            )  # fmt: skip
            kind: NameKind = "official" if table == "features" else "site"
            index.add_name(row["name"], place, kind, TRUST_OFFICIAL)
            bare = row["name"].removesuffix(" River")
            if bare != row["name"] and not ENGLISH_RIVERS & set(row["countries"].split("|")):
                index.add_name(bare, place, "alternate", TRUST_ALTERNATE)
            for name in filter(None, row["alternates"].split("|")):
                known_as: NameKind = "alternate" if table == "features" else "site"
                index.add_name(name, place, known_as, TRUST_OWN_TABLE, keep_form=True)


def _own_names(index: _Index) -> list[str]:
    unknown = []
    for table, column in (("names", "name"), ("demonyms", "demonym")):
        for row in rows(table):
            place = index.reference(row["place"])
            if place is None:
                unknown.append(f"{table}.csv: {row[column]} → {row['place']}")
                continue
            index.add_name(
                row[column], place, cast("NameKind", row.get("kind", "demonym")), TRUST_OWN_TABLE, keep_form=True
            )
    return unknown


def _macro_regions(index: _Index) -> list[str]:
    unknown = []
    for row in rows("macro_regions"):
        chain = [f"iso3166-1:{row['country_code']}", row["subregion"], row["continent"]]
        keys = [index.reference(place) for place in chain]
        unknown += [f"macro_regions.csv: {place}" for place, key in zip(chain, keys, strict=True) if key is None]
        known = [key for key in dict.fromkeys(keys) if key is not None]
        index.parents.update(itertools.pairwise(known))
    return unknown


def build_index(target: Path, *, progress: Callable[[str], None] = lambda _: None) -> None:
    """Write the gazetteer's index to `target`, replacing what is there only when it is whole.

    Parameters
    ----------
    target
        The SQLite file to write.
    progress
        Told in a few words what is being done.

    Raises
    ------
    ValueError
        If a row of the project's own tables refers to a place that no source has.
    """
    index = _Index(sources={row["key"]: number for number, row in enumerate(rows("sources"), 1)})
    progress("reading GeoNames' populated places")
    found = list(sources.cities())
    population: dict[tuple[str, str], int] = defaultdict(int)
    for city in found:
        population[city.country_code, city.admin1_code] += city.population
    progress("countries and their divisions")
    _countries(index)
    _first_order(index, population)
    _second_order(index)
    progress(f"names of {len(found)} populated places")
    _cities(index, found)
    progress("seas, regions, sites, demonyms and abbreviations")
    _own_places(index)
    unknown = [*_own_names(index), *_macro_regions(index)]
    if unknown:
        message = "these rows name a place that no source has; correct the table:\n  " + "\n  ".join(unknown)
        raise ValueError(message)
    progress(f"writing {len(index.places)} places under {len(index.names)} names")
    _write(index, target)


def _write(index: _Index, target: Path) -> None:
    part = target.with_name(target.name + ".part")
    connection = create(part)
    try:
        insert = connection.executemany
        insert("INSERT INTO source VALUES (?,?,?,?,?,?,?,?)", _sources())
        insert(
            "INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?,?,?,?)",
            ((key, *row) for key, row in sorted(index.places.items())),
        )
        insert("INSERT INTO division VALUES (?,?,?)", index.division_rows)
        insert("INSERT INTO own_id VALUES (?,?)", sorted(index.own.items()))
        insert(
            "INSERT INTO name VALUES (?,?,?,?,?,?)",
            ((key, place, *row) for (key, place), row in sorted(index.names.items(), key=lambda item: item[0])),
        )
        insert("INSERT INTO country VALUES (?,?)", sorted(index.countries.items()))
        insert("INSERT INTO parent VALUES (?,?)", sorted(index.parents.items()))
        areas = ((int(identity.partition(":")[2]), wkb) for identity, wkb in [*read_areas(), *read_areas(COUNTIES)])
        insert("INSERT INTO area VALUES (?,?)", ((place, wkb) for place, wkb in areas if place in index.places))
        finish(connection, {})
    finally:
        connection.close()
    part.replace(target)


def _sources() -> Iterator[tuple[object, ...]]:
    for number, row in enumerate(rows("sources"), 1):
        yield (number, *row.values())
