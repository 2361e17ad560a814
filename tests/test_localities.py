"""Places that the pinned packages lack: the table, its sources, and how it is made."""

from __future__ import annotations

import csv
import gzip
import itertools
import json
import math
import re
from collections import Counter, defaultdict

import numpy as np
import pytest
import shapely

from geo.errors import GazetteerError
from geo.gazetteer.areas import read_areas
from geo.gazetteer.localities import COLUMNS, LOCALITIES, press_forms, read_localities
from geo.gazetteer.names import normalise
from geo.gazetteer.preparation.localities import SAME_AIRPORT_DEGREES, Divisions, Known, known_airports, slug, write
from geo.gazetteer.preparation.locality_readers import Found, read_airports, read_census, read_postal
from geo.gazetteer.preparation.romanisation import russian, ukrainian
from geo.gazetteer.tables import TABLES, rows

CODES = {"A": {"ADM3"}, "P": {"PPL"}, "S": {"AIRB", "AIRP"}}
"""GeoNames' feature codes (featureCodes_en.txt) that the table uses, by class."""

# Outlines of divisions are simplified to a few kilometres, those of counties to one.
NEAR_DIVISION_DEGREES = 0.11
NEAR_COUNTY_DEGREES = 0.01
SAME_PLACE_KM = 15
KM_PER_DEGREE = 111.2

FREE = {"CC BY 4.0", "MIT", "Public domain", "Unicode-3.0"}
"""Licences under which data may be in the wheel: with attribution at most, without share-alike."""

# What an atlas says, to a tenth of a degree: places that no list of 500 inhabitants and more has, or not under this name.
WHERE = [
    ("Lanexa", "US", "VA", -76.9, 37.4),
    ("Meadow Grove", "US", "NE", -97.7, 42.0),
    ("Thackerville", "US", "OK", -97.1, 33.8),
    ("Institute", "US", "WV", -81.8, 38.4),
    ("Chugwater", "US", "WY", -104.8, 41.8),
    ("Upper Darby Township", "US", "PA", -75.3, 39.9),
    ("Great Budworth", "GB", "ENG", -2.5, 53.3),
    ("Bratton Clovelly", "GB", "ENG", -4.2, 50.7),
    ("Glenfinnan", "GB", "SCT", -5.4, 56.9),
    ("Portmeirion", "GB", "WLS", -4.1, 52.9),
    ("Robotyne", "UA", "26", 35.8, 47.4),
    ("Klishchiivka", "UA", "05", 38.0, 48.5),
    ("Whalsay Airport", "GB", "SCT", -0.9, 60.4),
]

CENSUS = """\
# generated from public domain sources

[fips51001]
centroid = (0.6585, -1.3198)
description = Accomack County, VA

[fips5440156]
centroid = (0.66985, -1.42708)
description = Institute CDP, WV
station = ('kcrw', 0.002)

[fips3901783150]
centroid = (0.68765, -1.47238)
description = West Chester township, OH

[fips0508394300]
centroid = (0.61, -1.63)
description = Short Mountain township, AR

[fips0911065370]
centroid = (0.72704, -1.26819)
description = Rocky Hill town, CT

[fips4752006]
centroid = (0.63, -1.51)
description = Nashville-Davidson metropolitan government (balance), TN
"""


@pytest.fixture(scope="module")
def localities():
    return tuple(read_localities())


@pytest.fixture(scope="module")
def divisions():
    return Divisions()


def kilometres(one, other):
    x = (one.lon - other.lon) * math.cos(math.radians(one.lat))
    return math.hypot(x, one.lat - other.lat) * KM_PER_DEGREE


def place(name, lon=0.0, lat=0.0, country_code="GB", *, division="", code="X1", feature_class="P"):
    return Found(code, name, feature_class, "PPL", lon, lat, country_code, division, "geonames-postal")


def postal_row(name, country_code="GB", *, code="OX3 7AA", state="England", lon=-1.2, lat=51.8, accuracy=4.0):
    return {"country_code": country_code, "postal_code": code, "city": name, "state": state,
            "latitude": lat, "longitude": lon, "accuracy": accuracy}  # fmt: skip


def postal_file(folder, *table):
    path = folder / "postal.jsonl.gz"
    path.write_bytes(gzip.compress("\n".join(json.dumps(row) for row in table).encode()))
    return path


# The table


def test_the_table_has_the_columns_that_it_says_and_is_sorted_by_unique_ids():
    with gzip.open(LOCALITIES, "rt", encoding="utf-8", newline="") as file:
        header, *table = csv.reader(file)
    ids = [row[0] for row in table]
    assert tuple(header) == COLUMNS
    assert ids == sorted(set(ids))
    assert {len(row) for row in table} == {len(COLUMNS)}
    assert not [identity for identity in ids if not re.fullmatch(r"[a-z]{2}(-[a-z0-9]+)+", identity)]


def test_the_table_is_small_and_says_nothing_of_when_it_was_packed():
    packed = LOCALITIES.read_bytes()
    assert len(packed) <= 2_500_000
    assert packed[4:8] == bytes(4)


def test_every_name_is_one_line_that_normalises_to_something(localities):
    wrong = [p.id for p in localities if not normalise(p.name) or p.name != p.name.strip() or not p.name.isprintable()]
    assert wrong == []


def test_every_feature_code_exists_and_belongs_to_its_class(localities):
    assert {(p.feature_class, p.feature_code) for p in localities} == {
        (feature_class, code) for feature_class, codes in CODES.items() for code in codes
    }


def test_every_source_is_told_in_the_table_of_sources(localities):
    assert {p.source for p in localities} == {"airportsdata", "geonames-postal", "us-census"}
    assert {p.source for p in localities} <= {row["key"] for row in rows("sources")}


def test_no_place_is_there_twice(localities):
    same = defaultdict(list)
    for one in localities:
        if one.feature_class != "A":
            same[one.country_code, one.feature_class, normalise(one.name)].append(one)
    twice = [
        (one.id, other.id)
        for group in same.values()
        for one, other in itertools.combinations(group, 2)
        if kilometres(one, other) < SAME_PLACE_KM
    ]
    assert twice == []
    townships = Counter((p.admin1, p.admin2, normalise(p.name)) for p in localities if p.feature_class == "A")
    assert [key for key, number in townships.items() if number > 1] == []


def test_every_point_lies_in_the_division_and_country_that_it_claims(localities):
    ids = {(row["country_code"], row["admin1_code"]): int(row["geonames_id"]) for row in rows("admin1")}
    areas = {int(key.partition(":")[2]): shapely.from_wkb(wkb) for key, wkb in read_areas()}
    country_ids = {row["country_code"]: int(row["geonames_id"]) for row in rows("countries")}
    claimed = defaultdict(list)
    for one in localities:
        assert not one.admin1 or (one.country_code, one.admin1) in ids, one.id
        claimed[one.country_code, one.admin1].append(one)
    outside, checked = [], 0
    for (country_code, admin1), group in claimed.items():
        area = areas.get(ids[country_code, admin1] if admin1 else country_ids[country_code])
        if area is None:
            continue
        shapely.prepare(area)
        points = shapely.points([(p.lon, p.lat) for p in group])
        beyond = np.flatnonzero(~shapely.intersects(area, points))
        far = shapely.distance(area, points[beyond]) > NEAR_DIVISION_DEGREES
        outside += [group[index].id for index in beyond[far]]
        checked += len(group)
    assert outside == []
    assert checked >= 0.99 * len(localities)


def test_every_county_of_the_table_is_that_of_the_point(localities):
    names = {int(r["geonames_id"]): (r["admin1_code"], r["name"]) for r in rows("admin2") if r["country_code"] == "US"}
    areas = {
        names[key]: shapely.from_wkb(wkb)
        for key, wkb in ((int(place.partition(":")[2]), wkb) for place, wkb in read_areas(TABLES / "counties.gz"))
        if key in names
    }
    claimed = defaultdict(list)
    for one in localities:
        if one.admin2:
            claimed[one.admin1, one.admin2].append(one)
    wrong = []
    for county, members in claimed.items():
        far = shapely.distance(areas[county], shapely.points([(p.lon, p.lat) for p in members])) > NEAR_COUNTY_DEGREES
        wrong += [member.id for member, outside in zip(members, far, strict=True) if outside]
    assert wrong == []
    american = [p for p in localities if p.country_code == "US"]
    assert sum(bool(p.admin2) for p in american) > 0.98 * len(american)


@pytest.mark.parametrize(("name", "country_code", "admin1", "lon", "lat"), WHERE)
def test_a_small_place_is_where_an_atlas_has_it(localities, name, country_code, admin1, lon, lat):
    found = [p for p in localities if (p.name, p.country_code, p.admin1) == (name, country_code, admin1)]
    assert any(abs(p.lon - lon) < 0.11 and abs(p.lat - lat) < 0.11 for p in found)


def test_there_are_fifteen_thousand_places_of_the_united_states_and_as_many_of_other_countries(localities):
    populated = Counter(p.country_code == "US" for p in localities if p.feature_class == "P")
    assert populated[True] >= 15_000
    assert populated[False] >= 15_000


# Reading it


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"no gzip", id="another file"),
        pytest.param(gzip.compress(b"id,name\nx,y\n"), id="other columns"),
        pytest.param(gzip.compress(",".join(COLUMNS).encode() + b"\na,b,P,PPL,east,1,US,,,0,,x\n"), id="no number"),
        pytest.param(gzip.compress(",".join(COLUMNS).encode() + b"\na,b,P\n"), id="a short row"),
        pytest.param(gzip.compress(b"x" * 2000)[:-20], id="cut off"),
    ],
)
def test_a_damaged_table_is_named_with_the_command_that_mends_it(tmp_path, content):
    path = tmp_path / "localities.csv.gz"
    path.write_bytes(content)
    with pytest.raises(GazetteerError, match=r"localities\.csv\.gz.*geo\.gazetteer\.preparation\.localities"):
        list(read_localities(path))


def test_a_township_is_also_known_as_newspapers_shorten_it():
    assert press_forms("St. Clair Township") == ("St. Clair Twp.",)
    assert press_forms("Township Line") == ()


# Making it


def test_the_census_gives_places_and_towns_by_their_bare_names_and_only_townships_that_govern(tmp_path):
    path = tmp_path / "places.gz"
    path.write_bytes(gzip.compress(CENSUS.encode()))
    found = {p.code: p for p in read_census(path)}
    assert {code: (p.name, p.feature_code, p.division) for code, p in found.items()} == {
        "5440156": ("Institute", "PPL", "WV"),
        "3901783150": ("West Chester Township", "ADM3", "OH"),
        "0911065370": ("Rocky Hill", "PPL", "CT"),
    }
    assert (round(found["5440156"].lon, 1), round(found["5440156"].lat, 1)) == (-81.8, 38.4)


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (postal_row("Headington", accuracy=3.0), "the point is a mean of others"),
        (postal_row("Headington", lat=None), "it has no point"),
        (postal_row("Mathura", "IN"), "names repeat too much in its country"),
        (postal_row("Parramatta BC", "AU"), "it is a business centre's sorting office"),
        (postal_row("Moskva 101", "UA"), "it is a numbered office"),
        (postal_row("Тверь", "RU", state="Тверская Область"), "it is far from the war"),
        (postal_row("Ho"), "two letters are more often something else"),
    ],
)
def test_a_postal_row_is_left_out_where(tmp_path, row, why):
    assert list(read_postal(postal_file(tmp_path, row))) == [], why


def test_a_place_of_several_postal_codes_is_told_once_under_the_first(tmp_path):
    path = postal_file(tmp_path, postal_row("Headington", code="OX4"), postal_row("Headington", code="OX3"))
    assert [(p.code, p.name) for p in read_postal(path)] == [("OX3", "Headington")]


def test_villages_of_one_name_far_apart_in_one_division_are_told_each(tmp_path):
    path = postal_file(
        tmp_path, postal_row("Brixton", code="SW2", lon=-0.1), postal_row("Brixton", code="PL8", lon=-4.0)
    )
    assert sorted(p.code for p in read_postal(path)) == ["PL8", "SW2"]


def test_an_american_city_of_many_codes_is_told_once_for_its_state(tmp_path):
    path = postal_file(
        tmp_path,
        postal_row("Houston", "US", code="77001", state="Texas", lon=-95.3),
        postal_row("Houston", "US", code="77598", state="Texas", lon=-94.9),
    )
    assert [p.code for p in read_postal(path)] == ["77001"]


def test_ukrainian_villages_come_in_the_latin_script(tmp_path):
    row = postal_row("Роботине", "UA", code="71720", state="Zaporizka", lon=35.8343, lat=47.4456)
    assert [p.name for p in read_postal(postal_file(tmp_path, row))] == ["Robotyne"]


@pytest.mark.parametrize(
    ("name", "latin"),
    [
        ("Згурівка", "Zghurivka"),
        ("Знам'янка", "Znamianka"),
        ("Єнакієве", "Yenakiieve"),
        ("Нова Каховка", "Nova Kakhovka"),
        ("Щастя", "Shchastia"),
    ],
)
def test_ukrainian_is_romanised_as_its_government_does(name, latin):
    assert ukrainian(name) == latin


@pytest.mark.parametrize(
    ("name", "latin"), [("Малая Локня", "Malaya Loknya"), ("Ельня", "Yelnya"), ("Алексеевка", "Alekseyevka")]
)
def test_russian_is_romanised_as_newspapers_do(name, latin):
    assert russian(name) == latin


def test_an_airport_needs_a_code_and_a_name_that_says_what_it_is(tmp_path):
    path = tmp_path / "airports.csv"
    path.write_text(
        "iata,name,city,subd,country,lat,lon\n"
        "STN,London Stansted Airport,London,England,GB,51.885,0.235\n"
        ",Lowell Field Airport,Anchor Point,Alaska,US,59.9,-151.7\n"
        "CDG,Charles de Gaulle International Airport,Paris,Île-de-France,FR,49.0,2.5\n"
        "XXA,Petit Airport,Paris,Île-de-France,FR,49.0,2.5\n"
        "RMS,Ramstein Air Base,Ramstein,Rheinland-Pfalz,DE,49.4,7.6\n"
        "YYY,The Strip,Nowhere,Ontario,CA,49.4,-80.6\n",
        encoding="utf-8",
    )
    assert [(p.code, p.feature_code) for p in read_airports(path)] == [
        ("STN", "AIRP"),
        ("CDG", "AIRP"),
        ("RMS", "AIRB"),
    ]


def test_a_known_place_is_one_of_the_same_name_nearby_in_the_same_country():
    known = Known()
    known.add("brixton", country_code="GB", lon=-0.11, lat=51.46, admin1="ENG")
    near, far = {"km": 15.0, "same_division_km": 25.0}, place("Brixton", -4.0, 50.35)
    assert known.has(place("Brixton", 0.05, 51.46), admin1="WLS", **near)
    assert not known.has(place("Brixton", 0.2, 51.46), admin1="WLS", **near)
    assert known.has(place("Brixton", 0.2, 51.46), admin1="ENG", **near)
    assert not known.has(far, admin1="ENG", **near)
    assert not known.has(place("Brixton", -0.11, 51.46, "AU"), admin1="", **near)


@pytest.mark.parametrize(
    ("found", "admin1"),
    [
        (place("Glenfinnan", -5.45, 56.87), "SCT"),
        (place("Glenfinnan", -5.45, 56.87, division="Scotland"), "SCT"),
        (place("Glenfinnan", -5.45, 56.87, division="England"), None),
        # The adjective is not a name that the tables have: the point decides.
        (place("Verbove", 35.98, 47.43, "UA", division="Zaporizka"), "26"),
        (place("Lanexa", -76.90, 37.42, "US", division="Virginia"), "VA"),
        (place("Lanexa", -76.90, 37.42, "US", division="OH"), None),
        (place("Nowhere", -30.0, 40.0), None),
    ],
)
def test_a_place_is_in_the_division_of_its_point_and_none_where_its_source_says_otherwise(divisions, found, admin1):
    assert divisions.admin1(found) == admin1


def test_an_american_place_lies_in_a_county_of_its_state_and_no_other(divisions):
    assert divisions.county(place("Lanexa", -76.90, 37.42, "US"), admin1="VA") == "New Kent County"
    assert divisions.county(place("Lanexa", -76.90, 37.42, "US"), admin1="MD") == ""
    assert divisions.county(place("Glenfinnan", -5.45, 56.87), admin1="SCT") == ""


def test_an_id_is_made_of_country_code_and_name():
    assert slug(place("St. Mary's Bay", code="TN29 0SW")) == "gb-tn29-0sw-saint-marys-bay"


def test_an_airport_of_our_own_table_is_known_whatever_its_name():
    airports = known_airports()
    heathrow, whalsay = shapely.Point(-0.4614, 51.4706), shapely.Point(-0.9256, 60.3775)
    assert len(airports.query(heathrow, predicate="dwithin", distance=SAME_AIRPORT_DEGREES)) == 1
    assert len(airports.query(whalsay, predicate="dwithin", distance=SAME_AIRPORT_DEGREES)) == 0


def test_the_same_rows_give_the_same_bytes(tmp_path):
    first, second = tmp_path / "1.gz", tmp_path / "2.gz"
    table = [("b", "B"), ("a", "A")]
    write(first, table)
    write(second, table[::-1])
    assert first.read_bytes() == second.read_bytes()
    assert gzip.decompress(first.read_bytes()).decode().splitlines()[1:] == ["a,A", "b,B"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["1.gz", "2.gz"]


# The sources


def test_every_source_has_a_free_licence_and_an_attribution():
    table = list(rows("sources"))
    keys = [row["key"] for row in table]
    assert keys == sorted(set(keys))
    assert {row["licence"] for row in table} <= FREE
    assert not [row["key"] for row in table if not row["name"] or not row["attribution"]]
    assert not [row["key"] for row in table if "CC BY" in row["licence"] and row["licence"] not in row["attribution"]]


def test_every_source_but_our_own_has_a_version_and_the_page_of_its_data():
    for row in rows("sources"):
        if row["key"] != "dateline":
            assert row["version"], row["key"]
            assert row["url"].startswith("https://"), row["key"]
            assert re.fullmatch(r"(\d{4}(-\d\d-\d\d)?)?", row["date"]), row["key"]
