"""Builds the embedded index, from the data packages and the project's own tables.

The file is made when dateline is installed (:mod:`geo.gazetteer.hatch_build`)
and only ever read afterwards; :mod:`geo.gazetteer.store` tells its tables.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from geo.gazetteer import sources
from geo.gazetteer.areas import COUNTIES, read_areas
from geo.gazetteer.draft import Draft
from geo.gazetteer.names import normalise
from geo.gazetteer.own_tables import add_localities, add_macro_regions, add_own_names, add_own_places, add_villages
from geo.gazetteer.store import create, finish, packed
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

COUNTRY_PROMINENCE = 200
"""GeoNames' countries come without a count of alternate names. This stands in for it."""


def _countries(index: Draft) -> None:
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


def _first_order(index: Draft, population: dict[tuple[str, str], int]) -> None:
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


def _second_order(index: Draft) -> None:
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


def _cities(index: Draft, found: list[sources.City]) -> None:
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
    index = Draft(sources={row["key"]: number for number, row in enumerate(rows("sources"), 1)})
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
    add_own_places(index)
    add_villages(index)
    add_localities(index)
    unknown = [*add_own_names(index), *add_macro_regions(index)]
    if unknown:
        message = "these rows name a place that no source has; correct the table:\n  " + "\n  ".join(unknown)
        raise ValueError(message)
    progress(f"writing {len(index.places)} places under {len(index.names)} names")
    _write(index, target)


def _write(index: Draft, target: Path) -> None:
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
        own = ((identity.partition(":")[2], place) for identity, place in index.own.items())
        insert("INSERT INTO own_id VALUES (?,?)", sorted(own))
        insert(
            "INSERT INTO name VALUES (?,?,?,?,?,?)",
            ((key, place, *row) for (key, place), row in sorted(index.names.items(), key=lambda item: item[0])),
        )
        insert("INSERT INTO country VALUES (?,?)", sorted(index.countries.items()))
        insert("INSERT INTO parent VALUES (?,?)", sorted(index.parents.items()))
        areas = ((int(identity.partition(":")[2]), wkb) for identity, wkb in [*read_areas(), *read_areas(COUNTIES)])
        insert("INSERT INTO area VALUES (?,?)", ((place, packed(wkb)) for place, wkb in areas if place in index.places))
        finish(connection, {})
    finally:
        connection.close()
    part.replace(target)


def _sources() -> Iterator[tuple[object, ...]]:
    for number, row in enumerate(rows("sources"), 1):
        yield (number, *row.values())
