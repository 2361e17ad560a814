"""What the areas of counties hold, how they are made, and where the points of counties lie."""

import csv
import json
import struct

import numpy as np
import pytest
import shapely

from geo.gazetteer.areas import AREAS, COUNTIES, read_areas
from geo.gazetteer.preparation.admin2 import make_rows
from geo.gazetteer.preparation.counties import FORMER, prepare
from geo.gazetteer.preparation.points import middle
from geo.gazetteer.sources import City
from geo.gazetteer.tables import TABLES

WITHOUT_AREA = {
    "City of Falls Church": "2 km across, it vanished when the package was made",
    "Chugach Census Area": "made from a part of Valdez-Cordova in 2019, after the outlines of 2017",
    "Capitol Planning Region": "since 2022, as all of Connecticut's: the outlines have its counties",
    "Greater Bridgeport Planning Region": "",
    "Lower Connecticut River Valley Planning Region": "",
    "Naugatuck Valley Planning Region": "",
    "Northeastern Connecticut Planning Region": "",
    "Northwest Hills Planning Region": "",
    "South Central Connecticut Planning Region": "",
    "Southeastern Connecticut Planning Region": "",
    "Western Connecticut Planning Region": "",
}
# The 3,141 counties and their like in the outlines but the District of Columbia, which is a state's
# equal, and Falls Church; and 78 municipios.
COUNTY_AREAS, MUNICIPIO_AREAS = 3140, 78

NEAR = 0.1  # degrees: how far a county may reach out of the coarser area of its state
OUT_OF_STATE = {
    ("Accomack County", "VA"): "Virginia's Eastern Shore is missing from Natural Earth's Virginia",
    ("Northampton County", "VA"): "so is this, its southern half",
    ("Saint John the Baptist Parish", "LA"): "lakes and marsh, water in Natural Earth",
}


@pytest.fixture(scope="module")
def areas() -> dict[str, shapely.Geometry]:
    return {place: shapely.from_wkb(wkb) for place, wkb in read_areas(COUNTIES)}


@pytest.fixture(scope="module")
def larger() -> dict[str, shapely.Geometry]:
    return {place: shapely.from_wkb(wkb) for place, wkb in read_areas(AREAS)}


def _table(name: str) -> list[dict[str, str]]:
    with (TABLES / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture(scope="module")
def counties() -> list[dict[str, str]]:
    return [row for row in _table("admin2") if row["country_code"] == "US"]


@pytest.fixture(scope="module")
def municipios() -> list[dict[str, str]]:
    return [row for row in _table("admin1") if row["country_code"] == "PR"]


def _place(row: dict[str, str]) -> str:
    return f"geonames:{row['geonames_id']}"


def _find(rows: list[dict[str, str]], name: str, admin1_code: str) -> dict[str, str]:
    (row,) = [row for row in rows if (row["name"], row["admin1_code"]) == (name, admin1_code)]
    return row


# county, state, a town in it, longitude and latitude
INSIDE = [
    ("Cook County", "IL", "Chicago", -87.63, 41.88),
    ("Los Angeles County", "CA", "Los Angeles", -118.24, 34.05),
    ("Los Angeles County", "CA", "Lancaster in the desert", -118.15, 34.69),
    ("Harris County", "TX", "Houston", -95.37, 29.76),
    ("Loudoun County", "VA", "Leesburg", -77.56, 39.11),
    ("City of Richmond", "VA", "Richmond", -77.44, 37.54),
    ("Accomack County", "VA", "Accomac", -75.67, 37.72),
    ("Maricopa County", "AZ", "Phoenix", -112.07, 33.45),
    ("Miami-Dade County", "FL", "Hialeah", -80.28, 25.86),
    ("Monroe County", "FL", "Key West", -81.78, 24.56),
    ("Orleans Parish", "LA", "New Orleans", -90.08, 29.97),
    ("New York County", "NY", "Times Square", -73.985, 40.758),
    ("Kings County", "NY", "Brooklyn", -73.95, 40.65),
    ("City of Baltimore", "MD", "Baltimore", -76.61, 39.29),
    ("City of Saint Louis", "MO", "St. Louis", -90.22, 38.63),
    ("Saint Louis County", "MO", "Clayton", -90.33, 38.65),
    ("King County", "WA", "Seattle", -122.33, 47.61),
    ("Honolulu County", "HI", "Honolulu", -157.85, 21.33),
    ("Anchorage Municipality", "AK", "Anchorage", -149.88, 61.20),
    ("North Slope Borough", "AK", "Prudhoe Bay", -148.53, 70.20),
    ("Aleutians West Census Area", "AK", "Attu, beyond the 180th meridian", 173.0, 52.9),
    ("Oglala Lakota County", "SD", "Pine Ridge", -102.55, 43.03),
    ("Dukes County", "MA", "Edgartown", -70.54, 41.39),
    ("Fairfield County", "CT", "Bridgeport", -73.20, 41.19),
    ("New Haven County", "CT", "New Haven", -72.93, 41.31),
    ("Valdez-Cordova Census Area", "AK", "Glennallen", -145.55, 62.11),
]


@pytest.mark.parametrize(("county", "state", "town", "lon", "lat"), INSIDE, ids=[row[2] for row in INSIDE])
def test_a_town_lies_in_its_county_and_in_no_other(areas, counties, county, state, town, lon, lat):
    holding = {place for place, area in areas.items() if area.contains(shapely.Point(lon, lat))}
    assert holding == {_place(_find(counties, county, state))}, town


@pytest.mark.parametrize(
    ("code", "lon", "lat"), [("127", -66.06, 18.40), ("113", -66.61, 18.01), ("147", -65.44, 18.12)]
)
def test_a_town_of_puerto_rico_lies_in_its_municipio(areas, municipios, code, lon, lat):
    (row,) = [row for row in municipios if row["admin1_code"] == code]
    assert areas[_place(row)].contains(shapely.Point(lon, lat))


def test_every_area_is_a_valid_polygon_of_a_county_or_a_municipio(areas, counties, municipios):
    geometries = np.asarray(list(areas.values()))
    assert shapely.is_valid(geometries).all()
    assert not shapely.is_empty(geometries).any()
    assert set(shapely.get_type_id(geometries)) <= {3, 6}
    west, south, east, north = shapely.total_bounds(geometries)
    assert (west, south) >= (-180, 17)
    assert (east, north) <= (180, 72)
    assert len({_place(row) for row in counties} & areas.keys()) == COUNTY_AREAS
    assert len({_place(row) for row in municipios} & areas.keys()) == MUNICIPIO_AREAS
    assert len(areas) == COUNTY_AREAS + MUNICIPIO_AREAS


def test_every_county_has_an_area_save_those_that_are_younger_or_smaller_than_the_outlines(areas, counties):
    assert {row["name"] for row in counties if _place(row) not in areas} == WITHOUT_AREA.keys()


def test_every_state_but_the_capital_has_its_counties(counties):
    states = {row["admin1_code"] for row in _table("admin1") if row["country_code"] == "US"}
    assert {row["admin1_code"] for row in counties} == states - {"DC"}


def test_counties_that_geonames_no_longer_lists_are_kept(areas, counties):
    assert [_find(counties, county.name, county.admin1_code)["geonames_id"] for county in FORMER] == [
        str(county.geonames_id) for county in FORMER
    ]
    assert {f"geonames:{county.geonames_id}" for county in FORMER} <= areas.keys()


def test_neighbours_share_their_line_and_no_ground(areas, counties):
    cook, dupage = (areas[_place(_find(counties, name, "IL"))] for name in ("Cook County", "DuPage County"))
    assert shapely.intersection(cook, dupage).length > 0.3
    assert shapely.intersection(cook, dupage).area == 0
    geometries = np.asarray(list(areas.values()))
    assert shapely.coverage_is_valid(geometries)
    assert shapely.area(geometries).sum() == pytest.approx(shapely.union_all(geometries).area, abs=1e-9)


def test_nothing_but_the_district_of_columbia_lies_between_counties(areas):
    parts = shapely.get_parts(shapely.coverage_union_all(np.asarray(list(areas.values()))))
    (gap,) = [shapely.Polygon(ring) for part in parts for ring in part.interiors]
    assert gap.contains(shapely.Point(-77.04, 38.90))
    assert gap.area < 0.02


def test_a_county_lies_in_the_area_of_its_state(areas, larger, counties):
    states = {row["admin1_code"]: larger[_place(row)] for row in _table("admin1") if row["country_code"] == "US"}
    around = {code: shapely.buffer(area, NEAR) for code, area in states.items()}
    with_area = [row for row in counties if _place(row) in areas]
    own = np.asarray([areas[_place(row)] for row in with_area])
    outside = shapely.difference(own, np.asarray([around[row["admin1_code"]] for row in with_area]))
    share = shapely.area(outside) / shapely.area(own)
    far = {(row["name"], row["admin1_code"]) for row, out in zip(with_area, share, strict=True) if out > 0.05}
    assert far == OUT_OF_STATE.keys()


def test_the_municipios_together_are_puerto_rico(areas, larger, municipios):
    together = shapely.coverage_union_all(np.asarray([areas[_place(row)] for row in municipios]))
    country = larger["geonames:4566966"]
    assert shapely.symmetric_difference(together, country).area < 0.05 * country.area


def test_the_point_of_a_county_is_the_middle_of_its_area(areas, counties):
    known = [row for row in counties if _place(row) in areas]
    points = {_place(row): (float(row["lon"]), float(row["lat"])) for row in known}
    assert points == {place: middle(areas[place]) for place in points}
    assert [place for place, point in points.items() if not areas[place].contains(shapely.Point(point))] == []


@pytest.mark.parametrize(
    ("county", "state", "population"),
    [("Fairfield County", "CT", 900_000), ("Los Angeles County", "CA", 9_000_000), ("Carson City", "NV", 50_000)],
)
def test_a_county_has_at_least_the_people_of_its_towns(counties, county, state, population):
    assert int(_find(counties, county, state)["population"]) > population


def test_the_areas_keep_to_their_budget():
    packed = COUNTIES.read_bytes()
    assert len(packed) < 250_000
    assert len(packed) + AREAS.stat().st_size < 4_000_000
    assert struct.unpack("<I", packed[4:8]) == (0,)  # no time of making, so that the same data gives the same bytes


def _town(name: str, admin2: str, lon: float, lat: float, population: int) -> City:
    return City(
        geonames_id=1, name=name, lon=lon, lat=lat, country_code="US", admin1_code="KS", admin2=admin2,
        population=population, alternates=(), prominence=0,
    )  # fmt: skip


TOWNS = (
    _town("Oakley", "Gove County", 0.1, 0.1, 2000),
    _town("Grainfield", "Gove County", 0.3, 0.3, 300),
    _town("Winona", "", 5.5, 5.5, 160),
)
LEANING = shapely.Polygon([(5, 5), (5, 6), (6, 6), (6, 5)])
# the division, the areas that are known, its lon, lat and population; None where it has no row
DIVISIONS = [
    ("the mean of its towns without an area", "Gove County", {}, ("0.2000", "0.2000", 2300)),
    ("the middle of its area, with the towns that name it", "Gove County", {7: LEANING}, ("5.5000", "5.5000", 2300)),
    ("the towns in its area if none names it", "Logan County", {7: LEANING}, ("5.5000", "5.5000", 160)),
    ("nothing to go by", "Logan County", {}, None),
]


@pytest.mark.parametrize(("sentence", "name", "areas", "expected"), DIVISIONS, ids=[row[0] for row in DIVISIONS])
def test_a_division_takes_its_point_and_people_from(sentence, name, areas, expected):
    rows = make_rows([(7, "US", "KS", name)], towns=TOWNS, areas=areas)
    assert rows == ([(7, "US", "KS", name, *expected)] if expected else []), sentence


def test_rows_of_divisions_are_sorted_by_id():
    rows = make_rows([(9, "US", "KS", "Logan"), (7, "US", "KS", "Gove")], towns=(), areas={7: LEANING, 9: LEANING})
    assert [row[0] for row in rows] == [7, 9]


@pytest.fixture
def sources(tmp_path):
    """Return a function that writes the outlines of two counties side by side and of one apart, the lists of the two, and returns their paths."""

    def write(second: str):
        topology = {
            "type": "Topology",
            "transform": {"scale": [0.1, 0.1], "translate": [-100, 38]},
            "arcs": [
                [[10, 0], [0, 10]],
                [[10, 10], [-10, 0], [0, -10], [10, 0]],
                [[10, 0], [10, 0], [0, 10], [-10, 0]],
                [[40, 0], [10, 0], [0, 10], [-10, 0], [0, -10]],
            ],
            "objects": {
                "states": {
                    "type": "GeometryCollection",
                    "geometries": [
                        {"type": "Polygon", "id": "20", "properties": {"name": "Kansas"}, "arcs": [[1, 2]]},
                    ],
                },
                "counties": {
                    "type": "GeometryCollection",
                    "geometries": [
                        {"type": "Polygon", "id": "20001", "properties": {"name": "Gove"}, "arcs": [[0, 1]]},
                        {"type": "Polygon", "id": "20003", "properties": {"name": "De Witt"}, "arcs": [[-1, 2]]},
                        {"type": "Polygon", "id": "20005", "properties": {"name": "Gone"}, "arcs": [[3]]},
                    ],
                },
            },
        }
        atlas = tmp_path / "counties-10m.json"
        atlas.write_text(json.dumps(topology), encoding="utf-8")
        (tmp_path / "admin1CodesASCII.txt").write_text("US.KS\tKansas\tKansas\t1\nFR.84\tAura\tAura\t2\n", "utf-8")
        (tmp_path / "admin2Codes.txt").write_text(
            f"FR.84.01\tAin\tAin\t3\nUS.KS.001\tGove County\tGove County\t4\nUS.KS.003\t{second}\t{second}\t5\n",
            "utf-8",
        )
        return atlas, tmp_path

    return write


def test_outlines_and_ids_are_joined_by_the_fips_code(sources, tmp_path, capsys):
    atlas, geonames = sources("DeWitt County")
    prepare(atlas, geonames, target=tmp_path / "counties.gz")
    made = {place: shapely.from_wkb(wkb) for place, wkb in read_areas(tmp_path / "counties.gz")}
    assert made.keys() == {"geonames:4", "geonames:5"}
    assert made["geonames:4"].equals(shapely.box(-100, 38, -99, 39))
    assert made["geonames:5"].equals(shapely.box(-99, 38, -98, 39))
    assert "GeoNames lists no county for them: Gone (20005)" in capsys.readouterr().err


def test_a_code_that_means_another_county_at_geonames_is_refused(sources, tmp_path):
    atlas, geonames = sources("Logan County")
    with pytest.raises(ValueError, match=r"20003 is 'De Witt' in the outlines and 'Logan County' at GeoNames"):
        prepare(atlas, geonames, target=tmp_path / "counties.gz")
    assert not (tmp_path / "counties.gz").exists()
