"""What the areas, the administrative tables and the basemap's data hold."""

import csv
import gzip
import json
import re
import struct
from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import GazetteerError
from geo.gazetteer.areas import AREAS, read_areas
from geo.gazetteer.preparation import coverage
from geo.gazetteer.preparation.iso import key
from geo.gazetteer.preparation.naming import bare
from geo.gazetteer.preparation.topology import Topology, write_topology

BASEMAP = Path(__file__).parents[1] / "maps" / "world.json.gz"

UKRAINE, RUSSIA, CRIMEA, SEVASTOPOL = "geonames:690791", "geonames:2017370", "geonames:703883", "geonames:694422"
KURSK, BELGOROD, SUMY, KHARKIV = "geonames:538555", "geonames:578071", "geonames:692196", "geonames:706482"
TUVA, GEORGIA_US, GEORGIA = "geonames:1488873", "geonames:4197000", "geonames:614540"


@pytest.fixture(scope="module")
def areas() -> dict[str, shapely.Geometry]:
    return {place: shapely.from_wkb(wkb) for place, wkb in read_areas()}


@pytest.fixture(scope="module")
def divisions() -> list[dict[str, str]]:
    with (AREAS.parent / "admin1.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture(scope="module")
def countries() -> list[dict[str, str]]:
    with (AREAS.parent / "countries.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture(scope="module")
def basemap() -> dict:
    return json.loads(gzip.decompress(BASEMAP.read_bytes()))


# place, its area, a town in it (lon, lat)
INSIDE = [
    ("Kursk is in Kursk Oblast", KURSK, (36.19, 51.74)),
    ("and in Russia", RUSSIA, (36.19, 51.74)),
    ("Zolochiv is in Kharkiv Oblast", KHARKIV, (35.98, 50.28)),
    ("Simferopol is in Crimea", CRIMEA, (34.10, 44.95)),
    ("and in Ukraine, as ISO 3166 has it", UKRAINE, (34.10, 44.95)),
    ("Sevastopol is a division of its own", SEVASTOPOL, (33.55, 44.58)),
    ("Toulouse is in Occitanie", "geonames:11071623", (1.44, 43.60)),
    ("Atlanta is in the state of Georgia", GEORGIA_US, (-84.39, 33.75)),
    ("Tbilisi is in the country of Georgia", GEORGIA, (44.79, 41.72)),
    ("Sukhumi too", GEORGIA, (41.03, 43.01)),
    ("Kyzyl is in Tuva", TUVA, (94.45, 51.72)),
    ("Edinburgh is in Scotland", "geonames:2638360", (-3.25, 55.93)),
    ("Hargeisa is in Somalia", "geonames:51537", (44.06, 9.56)),
    ("Laayoune is in Western Sahara", "geonames:2461445", (-13.19, 27.14)),
    ("Cayenne is in French Guiana", "geonames:3381670", (-52.30, 4.90)),
    ("Pristina is in Kosovo", "geonames:831053", (21.17, 42.66)),
    ("Taipei is in Taiwan", "geonames:1668284", (121.53, 25.04)),
    ("Quneitra on the Golan is in Syria", "geonames:163843", (35.80, 33.00)),
    ("Anadyr is in Russia", RUSSIA, (177.3, 64.73)),
    ("and so is what lies beyond the 180th meridian", RUSSIA, (-173.0, 66.3)),
    ("Honolulu is in the United States", "geonames:6252001", (-157.85, 21.33)),
]
OUTSIDE = [
    ("Simferopol is not in Russia", RUSSIA, (34.10, 44.95)),
    ("Sumy is not in Kursk Oblast", KURSK, (34.80, 50.91)),
    ("the Golan is not in Israel", "geonames:294640", (35.80, 33.00)),
    ("Laayoune is not in Morocco", "geonames:2542007", (-13.19, 27.14)),
    ("Cayenne is not in the area of France, which has its own code", "geonames:3017382", (-52.30, 4.90)),
    ("Greenwich is not in Fiji, which the 180th meridian cuts", "geonames:2205218", (0.0, -17.0)),
    ("nor the Atlantic in Russia", RUSSIA, (-20.0, 66.0)),
]


@pytest.mark.parametrize(("sentence", "place", "point"), INSIDE, ids=[row[0] for row in INSIDE])
def test_a_town_lies_in_the_area_of_its_division(areas, sentence, place, point):
    assert areas[place].contains(shapely.Point(point)), sentence


@pytest.mark.parametrize(("sentence", "place", "point"), OUTSIDE, ids=[row[0] for row in OUTSIDE])
def test_a_town_lies_in_no_area_of_another(areas, sentence, place, point):
    assert not areas[place].contains(shapely.Point(point)), sentence


@pytest.mark.parametrize(
    ("first", "second"), [(KURSK, BELGOROD), (KURSK, SUMY), (SUMY, KHARKIV), (UKRAINE, RUSSIA), (GEORGIA, RUSSIA)]
)
def test_neighbours_share_a_border_and_no_ground(areas, first, second):
    shared = shapely.intersection(areas[first], areas[second])
    assert shared.length > 0.5
    assert shared.area == 0


def test_every_area_is_a_valid_polygon_in_degrees(areas):
    geometries = np.asarray(list(areas.values()))
    assert shapely.is_valid(geometries).all()
    assert set(shapely.get_type_id(geometries)) <= {3, 6}
    west, south, east, north = shapely.total_bounds(geometries)
    assert (west, south) >= (-180, -90)
    assert (east, north) <= (180, 90)


def test_the_divisions_of_the_world_do_not_overlap(areas, divisions):
    known = [f"geonames:{row['geonames_id']}" for row in divisions]
    own = {place: areas[place] for place in known if place in areas}
    assert len(own) > 3400
    assert shapely.coverage_is_valid(np.asarray(list(own.values())))


@pytest.mark.parametrize("code", ["UA", "RU", "FR", "GB", "US", "IT", "DE", "CN", "JP", "BR", "IR", "SY", "NG"])
def test_a_country_is_the_union_of_its_divisions(areas, divisions, countries, code):
    country = next(f"geonames:{row['geonames_id']}" for row in countries if row["country_code"] == code)
    own = [areas.get(f"geonames:{row['geonames_id']}") for row in divisions if row["country_code"] == code]
    union = shapely.union_all([area for area in own if area is not None])
    rest = shapely.symmetric_difference(union, areas[country]).area
    # Islets that Natural Earth gives to no division, and Syria's demilitarised zone, are the country's alone.
    assert rest < 0.002 * areas[country].area


def test_every_larger_country_has_an_area(areas, countries):
    without = {row["country_code"] for row in countries if f"geonames:{row['geonames_id']}" not in areas}
    assert without <= {"VA"}


def test_the_rows_of_the_divisions_are_unique_sorted_and_well_formed(divisions):
    keys = [(row["country_code"], row["admin1_code"]) for row in divisions]
    assert keys == sorted(set(keys))
    assert len({row["geonames_id"] for row in divisions}) == len(divisions) > 3800
    codes = [row["iso3166_2"] for row in divisions if row["iso3166_2"]]
    assert len(set(codes)) == len(codes) > 3400
    for row in divisions:
        assert re.fullmatch(r"[A-Z]{2}", row["country_code"])
        assert row["iso3166_2"] == "" or re.fullmatch(rf"{row['country_code']}-[A-Z0-9]{{1,3}}", row["iso3166_2"])
        assert row["name"].strip() == row["name"] != ""
        assert row["base"] in row["name"]
        assert -180 <= float(row["lon"]) <= 180
        assert -90 <= float(row["lat"]) <= 90


def test_the_rows_of_the_countries_are_unique_sorted_and_well_formed(countries):
    codes = [row["country_code"] for row in countries]
    assert codes == sorted(set(codes))
    assert len(codes) == 250  # the 249 of ISO 3166-1, and Kosovo
    assert all(re.fullmatch(r"[A-Z]{2}", code) for code in codes)
    assert all(-180 <= float(row["lon"]) <= 180 and -90 <= float(row["lat"]) <= 90 for row in countries)


PRESS_NAMES = [
    ("UA", "07", "UA-63", "Kharkiv Oblast", "Kharkiv", "Oblast"),
    ("UA", "11", "UA-43", "Crimea", "Crimea", "Autonomous Republic"),
    ("UA", "20", "UA-40", "Sevastopol", "Sevastopol", "City"),
    ("UA", "17", "UA-51", "Odesa Oblast", "Odesa", "Oblast"),
    ("RU", "41", "RU-KRS", "Kursk Oblast", "Kursk", "Oblast"),
    ("RU", "79", "RU-TY", "Tuva", "Tuva", "Republic"),
    ("RU", "12", "RU-CE", "Chechnya", "Chechnya", "Republic"),
    ("RU", "48", "RU-MOW", "Moscow", "Moscow", "City"),
    ("RU", "47", "RU-MOS", "Moscow Oblast", "Moscow", "Oblast"),
    ("DE", "02", "DE-BY", "Bavaria", "Bavaria", "State"),
    ("US", "GA", "US-GA", "Georgia", "Georgia", "State"),
    ("CA", "08", "CA-ON", "Ontario", "Ontario", "Province"),
    ("CN", "12", "CN-HB", "Hubei", "Hubei", "Province"),
    ("FR", "84", "FR-ARA", "Auvergne-Rhône-Alpes", "Auvergne-Rhône-Alpes", "Region"),
    ("FR", "24", "FR-CVL", "Centre-Val de Loire", "Centre-Val de Loire", "Region"),
    ("JP", "01", "JP-23", "Aichi Prefecture", "Aichi", "Prefecture"),
    ("BY", "03", "BY-HR", "Grodno Region", "Grodno", "Region"),
    ("IQ", "15", "IQ-NI", "Nineveh Governorate", "Nineveh", "Governorate"),
    ("SY", "12", "SY-ID", "Idlib Governorate", "Idlib", "Governorate"),
    ("IT", "16", "IT-52", "Tuscany", "Tuscany", "Region"),
    ("GB", "SCT", "GB-SCT", "Scotland", "Scotland", "Country"),
    ("KZ", "03", "KZ-11", "Akmola Region", "Akmola", "Region"),
    ("KZ", "05", "KZ-71", "Astana", "Astana", "City"),
    ("BG", "42", "BG-22", "Sofia City", "Sofia", "City"),
    ("BY", "04", "BY-HM", "Minsk City", "Minsk", "City"),
    ("BY", "05", "BY-MI", "Minsk Region", "Minsk", "Region"),
    ("SD", "55", "SD-DN", "North Darfur", "North Darfur", "State"),
]


@pytest.mark.parametrize(("country", "code", "iso", "name", "base", "kind"), PRESS_NAMES)
def test_a_division_is_called_what_newspapers_call_it(divisions, country, code, iso, name, base, kind):
    row = next(row for row in divisions if (row["country_code"], row["admin1_code"]) == (country, code))
    assert (row["iso3166_2"], row["name"], row["base"], row["type"]) == (iso, name, base, kind)


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("US", "United States"),
        ("CZ", "Czech Republic"),
        ("KP", "North Korea"),
        ("CD", "Democratic Republic of the Congo"),
        ("CG", "Republic of the Congo"),
        ("CI", "Ivory Coast"),
        ("MM", "Myanmar"),
        ("TR", "Turkey"),
    ],
)
def test_a_country_is_called_what_newspapers_call_it(countries, code, name):
    assert next(row["name"] for row in countries if row["country_code"] == code) == name


def test_a_point_lies_in_the_area_of_its_place(areas, divisions, countries):
    rows = [row for row in (*divisions, *countries) if f"geonames:{row['geonames_id']}" in areas]
    outside = [
        row["name"]
        for row in rows
        if areas[f"geonames:{row['geonames_id']}"].distance(shapely.Point(float(row["lon"]), float(row["lat"]))) > 1e-3
    ]
    assert outside == []


def test_names_lose_their_generic_words_to_be_compared():
    names = ("Kursk Oblast", "Raionul Edineţ", "Region of Magallanes", "Northern Territory")
    assert [bare(name) for name in names] == ["Kursk", "Edineţ", "Magallanes", "Northern Territory"]
    assert key("Uşak Province") == key("Usak") == "usak"


def test_a_missing_file_of_areas_is_named_with_what_to_do(tmp_path):
    with pytest.raises(GazetteerError, match=r"nowhere\.gz.*geo\.gazetteer\.preparation"):
        list(read_areas(tmp_path / "nowhere.gz"))


@pytest.mark.parametrize("content", [b"", b"no gzip", gzip.compress(b"[1"), gzip.compress(b'{"arcs": []}')])
def test_a_damaged_file_of_areas_is_an_error_of_the_gazetteer(tmp_path, content):
    path = tmp_path / "areas.gz"
    path.write_bytes(content)
    with pytest.raises(GazetteerError, match="Cannot read the areas"):
        list(read_areas(path))


def _checkerboard(owners: list[list[int]]) -> dict[str, shapely.Geometry]:
    """Return areas made of the half-degree cells of a board, by the number that stands in each."""
    cells: dict[str, list[shapely.Geometry]] = {}
    for row, line in enumerate(owners):
        for column, owner in enumerate(line):
            cells.setdefault(f"geonames:{owner}", []).append(
                shapely.box(column / 2, row / 2, (column + 1) / 2, (row + 1) / 2)
            )
    # A coverage has each corner on both sides, so the outlines keep the points between the cells.
    return {owner: shapely.coverage_union_all(own) for owner, own in cells.items()}


boards = st.integers(1, 6).flatmap(
    lambda width: st.lists(st.lists(st.integers(1, 4), min_size=width, max_size=width), min_size=1, max_size=6)
)


@settings(deadline=None)
@given(owners=boards)
def test_what_is_written_is_read_again(owners, tmp_path_factory):
    board = coverage.snap(list(_checkerboard(owners).values()), grid=0.25)
    written = dict(zip(_checkerboard(owners), board, strict=True))
    topology = Topology(grid=0.25)
    topology.announce(written.values())
    geometries = [{**topology.polygon(area), "id": place} for place, area in written.items()]
    path = tmp_path_factory.mktemp("areas") / "areas.gz"
    write_topology(path, topology.document({"areas": {"type": "GeometryCollection", "geometries": geometries}}))
    read = {place: shapely.from_wkb(wkb) for place, wkb in read_areas(path)}
    assert read.keys() == written.keys()
    assert all(shapely.equals(read[place], written[place]) for place in written)


def test_a_border_is_stored_once_for_both_sides():
    left, right = coverage.snap([shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)], grid=0.5)
    topology = Topology(grid=0.5)
    topology.announce([left, right])
    first, second = topology.polygon(left)["arcs"][0], topology.polygon(right)["arcs"][0]
    assert len({max(arc, ~arc) for arc in (*first, *second)}) == 3


def test_snapping_closes_a_sliver_and_gives_contested_ground_to_the_smaller():
    large, small = coverage.snap([shapely.box(0, 0, 2.0004, 1), shapely.box(1, 0, 2, 1)], grid=0.01)
    assert (large.area, small.area) == (1, 1)
    assert shapely.coverage_is_valid(np.asarray([large, small]))


def test_islets_go_but_the_last_ground_of_a_place_stays():
    mainland, islet, atoll = shapely.box(0, 0, 1, 1), shapely.box(3, 0, 3.01, 0.01), shapely.box(6, 0, 6.01, 0.01)
    country = shapely.multipolygons([mainland, islet])
    kept = coverage.without_islets(np.asarray([country, atoll]), smallest=0.01)
    assert shapely.equals(kept, np.asarray([mainland, atoll])).all()


def test_the_basemap_has_the_objects_that_the_page_draws(basemap, countries):
    objects = basemap["objects"]
    assert set(objects) == {"countries", "borders", "provinces", "disputed"}
    shown = [geometry["properties"] for geometry in objects["countries"]["geometries"]]
    names = {row["country_code"]: row["name"] for row in countries}
    assert len(shown) > 240
    assert all(entry["name"] == names[entry["code"]] for entry in shown)
    assert all(1 <= entry["rank"] <= 6 for entry in shown)
    ranks = {entry["code"]: entry["rank"] for entry in shown}
    assert ranks["US"] == ranks["RU"] == 1 < ranks["UA"] < ranks["LU"]
    arcs = len(basemap["arcs"])
    lines = [*objects["borders"]["arcs"], *objects["disputed"]["arcs"]]
    lines += [line for geometry in objects["provinces"]["geometries"] for line in geometry["arcs"]]
    assert all(-arcs <= arc < arcs for line in lines for arc in line)


def test_the_basemap_names_the_capitals_and_the_large_cities(basemap):
    cities = {(row[2], row[5]): row for row in basemap["cities"]}
    assert len(basemap["cities"]) == 2500
    for capital in (("Kyiv", "UA"), ("Moscow", "RU"), ("Pyongyang", "KP"), ("Ulaanbaatar", "MN"), ("Washington", "US")):
        assert cities[capital][4] == 1
    assert cities["Kursk", "RU"][4] == 0
    assert cities["Beijing", "CN"][3] == 1 < cities["Kursk", "RU"][3]
    assert {len(row) for row in basemap["cities"]} == {6}


def test_the_basemap_keeps_to_the_page_s_budget():
    packed = BASEMAP.read_bytes()
    assert len(packed) <= 250_000
    assert len(gzip.decompress(packed)) <= 750_000
    assert struct.unpack("<I", packed[4:8]) == (0,)  # no time of making, so that the same data gives the same bytes
