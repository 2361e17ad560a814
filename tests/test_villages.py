"""The table of villages: rows well formed, each place in its country and division, none that the index has."""

from __future__ import annotations

import csv
import itertools
import re
import unicodedata

import pytest
import shapely

from geo.gazetteer import Gazetteer, normalise
from geo.gazetteer.areas import read_areas
from geo.gazetteer.index import EMBEDDED
from geo.gazetteer.tables import TABLES, rows

COLUMNS = ["id", "name", "lon", "lat", "country_code", "admin1", "alternates"]

REACH = 0.15  # degrees: the areas are generalised, and coasts and borders are where villages lie
NEAR = 0.3  # degrees: a populated place of the same name so close by is the same place

VILLAGES_KNOWN_BY_HEART = [  # id, longitude, latitude, how far off the row may be, all in degrees
    ("meliandou", -10.25, 8.58, 0.1),
    ("yambuku", 22.22, 2.83, 0.1),
    ("minova", 29.02, -1.71, 0.05),
    ("kocho", 41.87, 36.27, 0.05),
    ("el-mozote", -88.12, 13.9, 0.05),
    ("la-higuera", -64.19, -18.79, 0.05),
    ("bento-rodrigues", -43.42, -20.23, 0.05),
    ("badrinath", 79.49, 30.744, 0.02),
    ("potocari", 19.3, 44.16, 0.03),
    ("tsenteroi", 46.13, 43.2, 0.1),
]


def point_of(row):
    return float(row["lon"]), float(row["lat"])


def names_of(row):
    return [row["name"], *filter(None, row["alternates"].split("|"))]


@pytest.fixture(scope="module")
def villages():
    return list(rows("villages"))


@pytest.fixture(scope="module")
def outlines():
    return dict(read_areas())


def test_the_table_has_the_columns_that_its_readers_know():
    with (TABLES / "villages.csv").open(encoding="utf-8", newline="") as file:
        lines = list(csv.reader(file))
    assert lines[0] == COLUMNS
    assert {len(line) for line in lines} == {len(COLUMNS)}


def test_every_cell_is_composed_unicode_without_blanks_around_it(villages):
    for row in villages:
        for value in row.values():
            assert value == " ".join(value.split()) == unicodedata.normalize("NFC", value), row


def test_the_table_is_sorted_and_has_no_id_twice(villages):
    assert all(one["id"] < other["id"] for one, other in itertools.pairwise(villages))


def test_an_id_is_a_slug_that_no_feature_or_site_has(villages):
    ids = {row["id"] for row in villages}
    assert [identity for identity in ids if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", identity)] == []
    assert ids & {row["id"] for table in ("features", "sites") for row in rows(table)} == set()


def test_the_names_of_a_village_can_be_looked_up_and_differ_in_more_than_spelling(villages):
    for row in villages:
        keys = [normalise(name) for name in names_of(row)]
        assert "" not in keys, row
        assert len(keys) == len(set(keys)), row


def test_namesakes_are_places_apart(villages):
    places = [(normalise(name), row["id"], *point_of(row)) for row in villages for name in names_of(row)]
    for one, other in itertools.combinations(sorted(places), 2):
        if one[0] == other[0]:
            assert max(abs(one[2] - other[2]), abs(one[3] - other[3])) > NEAR, (one, other)


def test_a_village_lies_in_its_country(villages, outlines):
    countries = {row["country_code"]: f"geonames:{row['geonames_id']}" for row in rows("countries")}
    assert {row["country_code"] for row in villages} <= countries.keys()
    areas = {
        code: shapely.from_wkb(outlines[countries[code]])
        for code in sorted({row["country_code"] for row in villages})
        if countries[code] in outlines
    }
    astray = [
        row["id"]
        for row in villages
        if row["country_code"] in areas and areas[row["country_code"]].distance(shapely.Point(point_of(row))) > REACH
    ]
    assert astray == []
    assert len(areas) > 50


def test_a_village_lies_in_a_division_of_its_country(villages, outlines):
    divisions = {(row["country_code"], row["name"]): f"geonames:{row['geonames_id']}" for row in rows("admin1")}
    assert [row["id"] for row in villages if (row["country_code"], row["admin1"]) not in divisions] == []
    checked, astray = 0, []
    for row in villages:
        place = divisions[row["country_code"], row["admin1"]]
        if place not in outlines:
            continue
        checked += 1
        if shapely.from_wkb(outlines[place]).distance(shapely.Point(point_of(row))) > REACH:
            astray.append((row["id"], row["admin1"]))
    assert astray == []
    assert checked > 0.9 * len(villages)


@pytest.mark.parametrize(("identity", "lon", "lat", "degrees"), VILLAGES_KNOWN_BY_HEART)
def test_a_village_lies_where_the_news_told_of_it(identity, lon, lat, degrees, villages):
    (row,) = [row for row in villages if row["id"] == identity]
    assert float(row["lon"]) == pytest.approx(lon, abs=degrees)
    assert float(row["lat"]) == pytest.approx(lat, abs=degrees)


@pytest.mark.skipif(not EMBEDDED.exists(), reason="the index is built by the build hook, not kept in the repository")
def test_the_index_has_no_village_of_the_table_under_another_id(villages):
    doubles = []
    with Gazetteer.open() as gazetteer:
        for row in villages:
            lon, lat = point_of(row)
            doubles += [
                (row["id"], found.place.id)
                for name in names_of(row)
                for found in gazetteer.lookup(name)
                if found.place.feature_class == "P"
                and not found.place.id.startswith("dateline:")
                and normalise(found.matched_name) == normalise(name)
                and max(abs(found.place.lon - lon), abs(found.place.lat - lat)) < NEAR
            ]
    assert doubles == []
