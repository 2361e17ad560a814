"""A user's own places: how their file is read, that they win where names agree, and that they are found and drawn."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import geopandas as gpd
import pytest
import shapely
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

import geo
import maps
from geo.atlas import Atlas
from geo.errors import InputError, NoSuchInput, UnknownPlace
from geo.gazetteer import Gazetteer
from geo.gazetteer.given import GivenPlace, PlacesFile, read_file, read_places
from geo.gazetteer.given_columns import _WORDS, USUAL_NAMES, feature
from geo.gazetteer.given_tables import SUFFIXES
from geo.gazetteer.layered import LayeredGazetteer, with_places
from geo.recognition import Tagger
from geo.recognition.given import Given
from geo.resolution import Resolver
from geo.types import Article, Mention
from maps import cli
from maps.payload import payload

ROOT = Path(__file__).parent.parent
HEADINGS = "name,lat,lon"
ZOLOCHIV = "Zolochiv,50.2795,35.9817"  # the one in Kharkiv Oblast; that in Lviv Oblast is larger
CAMP = "Camp Alpha,50.1,36.3"
LINE = "Zero Line,49.8,36.9"
REST = "Rest,49.9,36.1"


@pytest.fixture(scope="module")
def base():
    with Gazetteer.open() as opened:
        yield opened


@pytest.fixture
def table(tmp_path):
    """Write lines to a file of places; returns its path."""

    def write(*lines: str, name: str = "villages.csv", encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.write_bytes("\n".join(lines).encode(encoding))
        return path

    return write


@pytest.fixture
def layered(base, table):
    return with_places(base, table(HEADINGS, ZOLOCHIV, CAMP, LINE, REST))


def frame(*names_and_geometries, crs="EPSG:4326", **columns):
    names, geometries = zip(*names_and_geometries, strict=True)
    return gpd.GeoDataFrame({"name": names, **columns}, geometry=list(geometries), crs=crs)


SQUARE = shapely.box(36.0, 50.0, 36.2, 50.2)
POINT = shapely.Point(36.3, 50.1)


# -- the file ----------------------------------------------------------------------------------

TEXTS = {
    "commas": (HEADINGS, CAMP),
    "semicolons and decimal commas": ("name;lat;lon", "Camp Alpha;50,1;36,3"),
    "tabs": ("name\tlat\tlon", "Camp Alpha\t50.1\t36.3"),
    "bars": ("name|lat|lon", "Camp Alpha|50.1|36.3"),
    "a spreadsheet's own first line": ("sep=;", "name;lat;lon", "Camp Alpha;50.1;36.3"),
    "quotes": ('"name","lat","lon"', '"Camp Alpha","50.1","36.3"'),
    "hemispheres": (HEADINGS, 'Camp Alpha,50.1° N,"36,3 E"'),
    "minutes and seconds": (HEADINGS, "Camp Alpha,50°06'00\" N,36° 18′ 0″ E"),
    "WKT": ("name;wkt", "Camp Alpha;POINT (36.3 50.1)"),
    "empty lines": ("", HEADINGS, "", CAMP, ",,", ""),
    "empty cells at the end": (HEADINGS + ",,", CAMP + ",,,"),
}


@pytest.mark.parametrize("lines", TEXTS.values(), ids=TEXTS)
def test_a_table_of_any_usual_writing_is_read(table, lines):
    (camp,) = read_places(table(*lines))
    assert (camp.name, camp.lon, camp.lat) == ("Camp Alpha", pytest.approx(36.3), pytest.approx(50.1))
    assert (camp.id, camp.source, camp.area) == ("own:camp-alpha", "villages.csv", None)


ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "cp1251"]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_table_in_any_usual_encoding_is_read(table, encoding):
    villages = [f"{name},{lat},36.3" for lat, name in enumerate(("Золочів", "Вовчанськ", "Куп’янськ", "Дергачі"), 50)]
    path = table("name,lat,lon", *(village.replace("’", "'") for village in villages), encoding=encoding)
    read = read_file(path)
    assert [place.name for place in read.places] == ["Золочів", "Вовчанськ", "Куп'янськ", "Дергачі"]
    assert [note for note in read.notes if "cp1251" in note] == list(read.notes)
    assert bool(read.notes) == (encoding == "cp1251")


def written(tmp_path, suffix):
    """Write one camp and one area to a file of `suffix`."""
    path = tmp_path / f"places{suffix}"
    places = frame(("Camp Alpha", POINT), ("Sector Two", SQUARE), people=[120, None])
    if suffix in {".csv", ".tsv"}:
        sign = "," if suffix == ".csv" else "\t"
        rows = [("name", "people", "geometry"), ("Camp Alpha", "120", POINT.wkt), ("Sector Two", "", SQUARE.wkt)]
        path.write_text("\n".join(sign.join(f'"{cell}"' for cell in row) for row in rows), encoding="utf-8")
    elif suffix == ".parquet":
        places.to_parquet(path)
    elif suffix == ".shp":  # holds one kind of geometry
        places["geometry"] = [POINT.buffer(1e-6), SQUARE]
        places.to_file(path)
    else:
        places.to_file(path, driver="GPKG" if suffix == ".gpkg" else "GeoJSON")
    return path


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_file_of_every_kind_is_read_and_areas_stay_areas(tmp_path, suffix):
    if suffix == ".parquet":
        pytest.importorskip("pyarrow", reason="reading .parquet is left to those who have pyarrow")
    camp, sector = read_places(written(tmp_path, suffix))
    assert (camp.name, camp.lon, camp.lat) == ("Camp Alpha", pytest.approx(36.3), pytest.approx(50.1))
    assert (camp.population, sector.population) == (120, 0)
    assert sector.area.equals(SQUARE)
    assert (sector.feature_class, sector.feature_code) == ("L", "AREA")
    assert SQUARE.contains(shapely.Point(sector.lon, sector.lat))


def test_a_list_of_objects_is_read_as_a_table(tmp_path):
    path = tmp_path / "places.json"
    path.write_text(json.dumps([{"title": "Camp Alpha", "lat": 50.1, "lng": 36.3, "aliases": ["Alpha Camp", "AC"]}]))
    (camp,) = read_places(path)
    assert (camp.name, camp.lon, camp.alternates) == ("Camp Alpha", 36.3, ("Alpha Camp", "AC"))


def test_a_package_of_several_layers_gives_the_places_of_all(tmp_path):
    path = tmp_path / "places.gpkg"
    frame(("Camp Alpha", POINT)).to_file(path, layer="camps")
    frame(("Sector Two", SQUARE)).to_file(path, layer="sectors")
    camp, sector = read_places(path)
    assert (camp.where, sector.where) == ("layer camps, feature 1", "layer sectors, feature 1")


def test_a_list_in_a_property_of_geojson_is_a_list_of_names(tmp_path):
    path = tmp_path / "places.geojson"
    point = {"type": "Point", "coordinates": [36.3, 50.1]}
    one = {"type": "Feature", "properties": {"name": "Camp Alpha", "alt_names": ["Alpha", "A1"]}, "geometry": point}
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [one]}))
    (camp,) = read_places(path)
    assert camp.alternates == ("Alpha", "A1")


def test_another_crs_is_brought_to_degrees(tmp_path):
    path = tmp_path / "places.gpkg"
    frame(("Camp Alpha", POINT), ("Sector Two", SQUARE)).to_crs("EPSG:32637").to_file(path)
    camp, sector = read_places(path)
    assert (camp.lon, camp.lat) == (pytest.approx(36.3), pytest.approx(50.1))
    assert sector.area.bounds == pytest.approx(SQUARE.bounds, abs=1e-6)


def test_a_missing_crs_is_told_and_refused_where_the_coordinates_are_no_degrees(tmp_path):
    path = tmp_path / "places.shp"
    frame(("Camp Alpha", POINT)).to_file(path)
    path.with_suffix(".prj").unlink()
    (note,) = read_file(path).notes
    assert "does not say its CRS" in note
    frame(("Camp Alpha", shapely.Point(307000, 5553000)), crs="EPSG:32637").to_file(path)
    path.with_suffix(".prj").unlink()
    with pytest.raises(InputError, match="does not say its CRS, and its coordinates are no degrees"):
        read_file(path)


GEOMETRIES = {
    "a line has a point on it": (shapely.LineString([(36, 50), (36.2, 50.2), (36.4, 50.2)]), False),
    "points together": (shapely.MultiPoint([(36, 50), (36.4, 50.2)]), False),
    "areas together": (shapely.MultiPolygon([SQUARE, shapely.box(37, 50, 37.1, 50.1)]), True),
    "an area with height": (shapely.force_3d(SQUARE), True),
    "an area that crosses itself": (shapely.Polygon([(36, 50), (36.2, 50.2), (36.2, 50), (36, 50.2)]), True),
    "a collection": (shapely.GeometryCollection([SQUARE, shapely.Point(36.3, 50.3)]), True),
    "a ring around another place": (SQUARE.difference(shapely.box(36.05, 50.05, 36.15, 50.15)), True),
}


@pytest.mark.parametrize(("geometry", "is_area"), GEOMETRIES.values(), ids=GEOMETRIES)
def test_a_geometry_of_any_kind_has_its_point_on_itself(tmp_path, geometry, is_area):
    path = tmp_path / "places.gpkg"
    frame(("Sector", geometry)).to_file(path)
    (place,) = read_places(path)
    assert (place.area is not None) == is_area
    assert shapely.make_valid(shapely.force_2d(geometry)).distance(shapely.Point(place.lon, place.lat)) < 1e-9
    if is_area:
        assert place.area.is_valid
        assert place.area.geom_type in {"Polygon", "MultiPolygon"}


# -- the columns -------------------------------------------------------------------------------

COLUMNS = [
    ("name,lat,lon", {}),
    ("NAME,LATITUDE,LONGITUDE", {}),
    ("Title,Lat.,Long.", {}),
    ("Toponym,y,x", {}),
    ("label,latitude (dd),lng", {"lat": "latitude (dd)"}),
    ("VILLAGE_N,B,L", {"name": "VILLAGE_N", "lat": "B", "lon": "L"}),
    ("village_n,b,l", {"name": "VILLAGE_N", "lat": "B", "lon": "L"}),
    ("Place Name,gps_lat,gps_lon", {}),
]


@pytest.mark.parametrize(("headings", "stated"), COLUMNS)
def test_columns_are_known_by_their_usual_names_or_stated(table, headings, stated):
    (camp,) = read_places(table(headings, CAMP), columns=stated)
    assert (camp.name, camp.lat, camp.lon) == ("Camp Alpha", 50.1, 36.3)


@pytest.mark.parametrize("field", [field for field in USUAL_NAMES if field not in {"lat", "lon", "name", "geometry"}])
def test_every_usual_name_of_a_column_is_read(table, field):
    value = {"feature_class": "H", "feature_code": "PPLX", "population": "1,200"}.get(field, "Kharkiv")
    wanted = {"population": 1200, "alternates": ("Kharkiv",), "id": "own:Kharkiv"}.get(field, value)
    for usual in USUAL_NAMES[field]:
        (place,) = read_places(table(f"name,lat,lon,{usual}", f'A,50,36,"{value}"'))
        assert getattr(place, field) == wanted


def test_no_usual_name_stands_for_two_fields():
    names = [re.sub(r"\W|_", "", name) for usual in USUAL_NAMES.values() for name in usual]
    assert len(names) == len(set(names))


def test_the_surest_of_several_columns_that_may_hold_a_name_is_taken(table):
    (place,) = read_places(table("label,place,name,lat,lon", "a label,a place,A name,50,36"))
    assert place.name == "A name"


def test_a_table_with_everything_is_understood(base, table):
    path = table(
        "code,title,y,x,country,state,county,type,population,other_names",
        "v1,Zolochiv,50.28,35.98,UKR,Kharkiv,Bohodukhiv Raion,town,8 000,Zolochev; Zolochivka",
        "r1,Udy,50.3,36.1,Ukraine,,,river,,",
        "x1,Dorf,48.2,16.4,AT,,,,,",
    )
    town, river, village = (
        LayeredGazetteer(base, read_places(path)).place(f"own:{code}") for code in ("v1", "r1", "x1")
    )
    assert (town.country_code, town.admin1, town.admin2) == ("UA", "Kharkiv Oblast", "Bohodukhiv Raion")
    assert (town.feature_code, town.population, town.source, town.licence) == ("PPL", 8000, "villages.csv", "")
    assert (river.country_code, river.feature_class, river.feature_code) == ("UA", "H", "STM")
    assert (village.country_code, village.feature_code) == ("AT", "PPL")


FEATURES = [
    ("", "PPL", False, "P/PPL"),
    ("", "P.PPLX", False, "P/PPLX"),
    ("", "S/CMPRF", False, "S/CMPRF"),
    ("P", "PPLA", False, "P/PPLA"),
    ("H", "LKS", False, "H/LKS"),
    ("", "PPLA3", False, "P/PPLA3"),
    ("", "village", False, "P/PPL"),
    ("", "CAMP", False, "S/CMP"),
    ("", "IDP Camp (informal)", False, "S/CMPRF"),
    ("", "front-line trench", False, "S/INSM"),
    ("", "military base", True, "L/MILB"),
    ("river", "", False, "H/STM"),
    ("", "oblast", True, "A/ADM1"),
    ("", "something else", False, "P/PPL"),
    ("", "something else", True, "L/AREA"),
    ("T", "", False, "T/"),
    ("", "", False, "P/PPL"),
    ("", "", True, "L/AREA"),
]


@pytest.mark.parametrize(("stated_class", "stated_code", "is_area", "wanted"), FEATURES)
def test_kinds_of_places_are_known_by_code_or_word(stated_class, stated_code, is_area, wanted):
    assert "/".join(feature(stated_class, stated_code, is_area=is_area)) == wanted


def test_no_word_means_two_kinds_of_places():
    words = [word for listed in _WORDS.values() for word in listed.split()]
    assert len(words) == len(set(words))
    assert all(re.fullmatch("[AHLPRSTUV]/[A-Z]{2,5}[0-9]?", code) for code in _WORDS)


# -- what cannot be used -----------------------------------------------------------------------

UNUSABLE = [
    (",50,36", "row 3 has no name"),
    ("—,50,36", "row 3 has no name that could stand in a text ('—')"),
    ("B,,36", "row 3 has no point"),
    ("B,50,", "row 3 has no point"),
    ("B,north,36", "row 3 has a point that is no number of degrees ('NORTH')"),
    ("B,nan,36", "row 3 has a point that is no number of degrees ('NAN')"),
    ("B,91,36", "row 3 has a point off the globe (longitude 36, latitude 91)"),
    ("B,50,181", "row 3 has a point off the globe (longitude 181, latitude 50)"),
    ("B,0,0.0", "row 3 has its point at 0, 0, where there is only sea"),
    ("B,50 E,36", "row 3 has '50 E' where degrees N or S should stand"),
    ("B,50,36,7", "row 3 has 4 cells under 3 headings"),
    (CAMP, "row 3 repeats row 2"),
]


@pytest.mark.parametrize(("line", "reason"), UNUSABLE)
def test_a_row_that_cannot_be_used_is_left_out_with_its_number_and_the_rest_is_used(table, line, reason):
    read = read_file(table(HEADINGS, CAMP, line, LINE))
    assert [place.name for place in read.places] == ["Camp Alpha", "Zero Line"]
    assert read.left_out == (reason,)


def test_features_without_a_geometry_or_with_one_off_the_globe_are_left_out(tmp_path):
    path = tmp_path / "places.geojson"
    far = shapely.box(170, 50, 200, 60)
    frame(("A", None), ("B", shapely.Point()), ("C", far), ("Camp Alpha", POINT)).to_file(path, driver="GeoJSON")
    read = read_file(path)
    assert [place.name for place in read.places] == ["Camp Alpha"]
    assert [reason.rpartition(" has ")[0] for reason in read.left_out] == ["feature 1", "feature 2", "feature 3"]


def test_problems_are_handed_to_who_asks(table):
    told: list[str] = []
    read_places(table(HEADINGS, CAMP, "B,,", "C,91,1"), on_problem=told.append)
    assert told == [
        "villages.csv: row 3 has no point",
        "villages.csv: row 4 has a point off the globe (longitude 1, latitude 91)",
    ]


def test_a_population_that_is_no_count_is_told_and_left_out(table):
    read = read_file(table("name,lat,lon,pop", "A,50,36,many", "B,51,36,-4", "C,52,36,1.2e3", "D,53,36,1 234 567"))
    assert [place.population for place in read.places] == [0, 0, 1200, 1234567]
    assert ["many" in note or "-4" in note for note in read.notes] == [True, True]


CELLS = st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=8) | st.sampled_from(
    ["50.1", "36,3", "0", "°", "5°1'"]
)


@given(rows=st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=5))
@settings(max_examples=60)
def test_whatever_a_table_holds_every_row_is_used_or_told_and_the_camp_is_found(tmp_path_factory, rows):
    path = tmp_path_factory.getbasetemp() / "any.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADINGS.split(","), *rows, CAMP.split(",")])
    read = read_file(path)
    filled = [row for row in rows if any(cell.strip() for cell in row)]
    assert len(read.places) + len(read.left_out) == len(filled) + 1
    assert (50.1, 36.3) in {(place.lat, place.lon) for place in read.places}
    assert len({place.id for place in read.places}) == len(read.places)


REFUSED = [
    (("title_of_it,lat,lon", "A,50,36"), {}, r"no column is known to hold name; its columns are title_of_it, lat, lon.*--column name=COLUMN"),
    (("name,north,east", "A,50,36"), {}, "hold lat or lon; its columns are name, north, east"),
    ((HEADINGS,), {}, "no row can be used as a place; it has no rows"),
    ((), {}, "no column is known to hold name or lat or lon; it has no columns"),
    ((HEADINGS, "A,,"), {}, "no row can be used as a place; row 2 has no point"),
    ((HEADINGS, "A,146,-34", "B,147,-35"), {}, "look swapped; state them with --column lat=lon --column lon=lat"),
    ((HEADINGS, "A,5553000,307000"), {}, "its coordinates are no degrees"),
    ((HEADINGS, CAMP), {"name": "VILLAGE"}, "there is no column 'VILLAGE' for name; its columns are name, lat, lon"),
    ((HEADINGS, CAMP), {"height": "lat"}, "'height' is no field of a place; the fields are name, lat"),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "stated", "message"), REFUSED)
def test_a_file_without_a_usable_place_says_what_is_wrong_and_what_to_do(table, lines, stated, message):
    with pytest.raises(InputError, match=message):
        read_places(table(*lines), columns=stated)


def test_swapped_columns_are_read_once_they_are_stated(table):
    (place,) = read_places(table(HEADINGS, "Wagga,147.4,-35.1"), columns={"lat": "lon", "lon": "lat"})
    assert (place.lon, place.lat) == (147.4, -35.1)


DAMAGED = {
    "places.gpkg": (b"no package", "cannot be read as .gpkg"),
    "places.geojson": (b'{"type": "Feature', "cannot be read as .geojson"),
    "places.json": (b"[1, 2]", "a list of other things than objects"),
    "places.csv": (b"name\x00\x01\x02,lat,lon\n\x00", "is no text"),
    "places.xyz": (b"", "places are read from .csv, .tsv, .*and not from .xyz"),
    "places": (b"", "not from a file without a suffix"),
}


@pytest.mark.parametrize(("name", "content", "message"), [(n, *rest) for n, rest in DAMAGED.items()])
def test_a_file_that_cannot_be_read_is_an_input_error_that_names_it(tmp_path, name, content, message):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(InputError, match=message) as caught:
        read_places(path)
    assert str(path) in str(caught.value)


def test_a_cell_that_is_too_long_for_a_table_says_what_to_do(table):
    with pytest.raises(InputError, match=r"cannot be read as .csv.*save the places as .gpkg"):
        read_places(table("name,wkt", f'Sector,"{"1" * 200_000}"'))


def test_a_file_that_is_not_there_is_said_to_be_missing(tmp_path):
    with pytest.raises(NoSuchInput, match=re.escape(str(tmp_path / "none.csv"))):
        read_places(tmp_path / "none.csv")


def test_a_package_that_is_missing_is_named(tmp_path, monkeypatch):
    pytest.importorskip("pyarrow", reason="what can be missing must be there first")
    path = written(tmp_path, ".parquet")
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(InputError, match=r"needs a package that is not installed.*or save the places as .gpkg"):
        read_places(path)


def test_a_summary_counts_and_names_the_first_rows_left_out():
    out = tuple(f"row {number} has no point" for number in range(2, 7))
    assert PlacesFile("a.csv", (), out).summary() == (
        "a.csv: 0 places (5 rows left out: row 2 has no point; row 3 has no point; row 4 has no point; and 2 more)"
    )


# -- ids ---------------------------------------------------------------------------------------


def ids(path):
    return [place.id for place in read_places(path)]


def test_ids_are_the_files_own_or_made_of_the_name_and_differ(table):
    path = table("id,name,lat,lon", "7,A,50,36", ",Novo Selo,51,36", ",Novo Selo,52,36", "7,B,53,36")
    assert ids(path) == ["own:7", "own:novo-selo", "own:novo-selo-2", "own:7-2"]


def test_ids_stay_when_rows_are_added_at_the_end(table):
    rows = ("Novo Selo,51,36", "Novo Selo,52,36", CAMP)
    before = ids(table(HEADINGS, *rows))
    assert ids(table(HEADINGS, *rows, "Novo Selo,53,36", "Novo Selo 2,54,36"))[:3] == before


def test_the_same_id_in_two_files_is_two_ids(base, table):
    one, two = table("id,name,lat,lon", "1,A,50,36", name="a.csv"), table("id,name,lat,lon", "1,B,51,36", name="b.csv")
    gazetteer = with_places(base, one, two)
    assert (gazetteer.place("own:1").name, gazetteer.place("own:b.csv/1").name) == ("A", "B")
    on_top = with_places(with_places(base, one), two)
    assert (on_top.place("own:1").name, on_top.place("own:b.csv/1").name) == ("A", "B")


# -- the gazetteer -----------------------------------------------------------------------------


def test_every_public_method_of_a_gazetteer_is_answered_by_the_layered_one():
    asked = {name for name, value in vars(Gazetteer).items() if callable(value) or isinstance(value, classmethod)}
    public = {name for name in asked if not name.startswith("_")}
    assert public
    assert public <= set(vars(LayeredGazetteer))


def test_given_candidates_come_first_and_those_below_follow(base, layered):
    given, *below = layered.lookup("Zolochiv")
    assert (given.kind, given.trust, given.place.id) == ("given", 1.0, "own:zolochiv")
    assert tuple(below) == base.lookup("Zolochiv")
    assert layered.lookup("ZOLOCHIV")[0].place == given.place


def test_a_name_that_is_not_given_has_the_answers_of_the_gazetteer_below(base, layered):
    names = ("Kyiv", "northern Kursk region", "Qwxyzzyville", "")
    assert [layered.lookup(name) for name in names] == [base.lookup(name) for name in names]
    assert [layered.profile(name) for name in names] == [base.profile(name) for name in names]
    assert layered.lookup_many(["Kyiv", "Zolochiv"]) == {n: layered.lookup(n) for n in ("Kyiv", "Zolochiv")}
    kyiv = base.lookup("Kyiv")[0].place
    assert layered.place(kyiv.id) == kyiv
    assert layered.parents(kyiv) == base.parents(kyiv)
    assert layered.contains(base.country("UA"), kyiv.lon, kyiv.lat)
    with pytest.raises(UnknownPlace):
        layered.place("own:nowhere")


def test_a_name_that_is_given_is_not_also_derived_from_or_spelled_alike(layered):
    assert [candidate.kind for candidate in layered.lookup("Camp Alpha")] == ["given"]
    assert {candidate.kind for candidate in layered.lookup("Zolochiv")[1:]}.isdisjoint({"derived", "close"})


DERIVED = [
    ("Zero Line area", "own:zero-line"),
    ("northern Zolochiv", "own:zolochiv"),
    ("Zolochiv village", "own:zolochiv"),
    ("Zolochiv River", None),
    ("Zolochiv district", None),
]


@pytest.mark.parametrize(("name", "place_id"), DERIVED)
def test_generic_words_around_a_given_name_are_left_out(layered, name, place_id):
    found = {candidate.place.id for candidate in layered.lookup(name) if candidate.kind == "given"}
    assert found == ({place_id} if place_id else set())


def test_alternates_lead_to_the_place_and_the_name_found_is_told(base, table):
    gazetteer = with_places(base, table("name,lat,lon,alt_names", "Camp Alpha,50.1,36.3,The Pit|Camp A"))
    (pit,) = (candidate for candidate in gazetteer.lookup("the pit") if candidate.kind == "given")
    assert (pit.place.name, pit.matched_name) == ("Camp Alpha", "The Pit")
    assert gazetteer.given_names == ("Camp Alpha", "The Pit", "Camp A")


WHERE = [
    ("Camp", 36.3, 50.1, "UA", "Kharkiv Oblast"),
    ("Camp", 24.03, 49.84, "UA", "Lviv Oblast"),
    ("Camp", 34.1, 44.95, "UA", "Crimea"),
    ("Camp", -95.55, 33.66, "US", "Texas"),
    ("Camp", 30.74, 46.48, "UA", "Odesa Oblast"),  # on the quay, beyond the simplified coast
    ("Camp", -40.0, 30.0, "", ""),
]


@pytest.mark.parametrize(("name", "lon", "lat", "country", "admin1"), WHERE)
def test_country_and_division_are_those_whose_area_holds_the_point(base, name, lon, lat, country, admin1):
    place = LayeredGazetteer(base, [GivenPlace("own:camp", name, lon, lat)]).place("own:camp")
    assert place.country_code == country
    assert admin1 in place.admin1
    assert bool(place.admin1) == bool(admin1)


COUNTRIES = [
    ("UA", "UA"),
    ("ua", "UA"),
    ("UKR", "UA"),
    ("Ukraine", "UA"),
    ("NA", "NA"),
    ("U.S.", "US"),
    ("Georgia", "GE"),
]


@pytest.mark.parametrize(("stated", "code"), COUNTRIES)
def test_a_country_is_known_by_its_codes_and_its_name(base, stated, code):
    place = LayeredGazetteer(base, [GivenPlace("own:a", "A", 4.9, 52.4, country=stated)]).place("own:a")
    assert place.country_code == code


def test_an_unknown_country_is_told_and_found_by_its_area(base):
    gazetteer = LayeredGazetteer(
        base, [GivenPlace("own:a", "A", 4.9, 52.4, country="Qwxyzzy", source="a.csv", where="row 2")]
    )
    assert gazetteer.place("own:a").country_code == "NL"
    (note,) = gazetteer.notes
    assert note.startswith("a.csv: row 2 has a country that is not known ('Qwxyzzy')")


DIVISIONS = [
    ("ADM1", "Kharkiv Oblast", ""),
    ("ADM2", "Kharkiv Oblast", "Bohodukhiv Raion"),
    ("PCLI", "", ""),
]


@pytest.mark.parametrize(("code", "admin1", "admin2"), DIVISIONS)
def test_a_given_division_lies_in_itself_and_in_what_is_larger(base, code, admin1, admin2):
    one = GivenPlace("own:d", "Bohodukhiv Raion", 35.5, 50.1, feature_class="A", feature_code=code)
    place = LayeredGazetteer(base, [one]).place("own:d")
    assert (place.country_code, place.admin1, place.admin2) == ("UA", admin1, admin2)


def test_what_follows_may_be_a_division_of_ones_own(base, table):
    path = table(
        "name,lat,lon,admin2,type",
        "Bravo District,50.1,35.5,,district",
        "Camp Alpha,50.1,35.6,Bravo District,camp",
        "Camp Alpha,50.0,36.9,,camp",
    )
    camp, _ = resolved(
        with_places(base, path), "Camp Alpha, Bravo District, was empty.", "Camp Alpha", "Bravo District"
    )
    assert camp.place.admin2 == "Bravo District"
    assert "Bravo District follows it in the text." in camp.reason


SWAPPED = [
    (("A,36.2,50.0,UA", "B,36.3,50.1,Ukraine"), ["row 2 and 1 more would lie in the country stated"]),
    (("A,50.0,36.2,UA", "B,36.3,50.1,UA"), ["row 3 would lie in the country stated"]),
    (("A,50.0,36.2,UA", "B,45.0,-30.0,UA"), []),
    (("A,36.2,50.0,", "B,36.3,50.1,IR"), []),
]


@pytest.mark.parametrize(("rows", "notes"), SWAPPED)
def test_longitude_and_latitude_that_look_swapped_by_the_country_are_told(base, table, rows, notes):
    gazetteer = with_places(base, table("name,lat,lon,country", *rows))
    assert [note.removeprefix("villages.csv: ").partition(" if ")[0] for note in gazetteer.notes] == notes


def test_a_given_place_lies_in_its_division_its_country_and_what_holds_that(base, layered):
    parents = layered.parents(layered.place("own:camp-alpha"))
    assert [parent.name for parent in parents][:2] == ["Kharkiv Oblast", "Ukraine"]
    assert parents[1:] == base.parents(parents[0])
    at_sea = LayeredGazetteer(base, [GivenPlace("own:a", "A", -40.0, 30.0)])
    assert at_sea.parents(at_sea.place("own:a")) == ()


def test_a_given_area_contains_its_points(base):
    gazetteer = LayeredGazetteer(base, [GivenPlace("own:sector", "Sector Two", 36.1, 50.1, area=SQUARE)])
    sector = gazetteer.place("own:sector")
    assert gazetteer.area(sector.id) == SQUARE
    assert gazetteer.contains(sector, 36.1, 50.1)
    assert not gazetteer.contains(sector, 37.0, 50.1)


def test_a_name_given_is_no_weak_name(base):
    assert "weak" in base.profile("Aah") or not base.profile("Aah")
    assert LayeredGazetteer(base, [GivenPlace("own:a", "Aah", 4.9, 52.4)]).profile("Aah") == frozenset(
        (base.profile("Aah") - {"weak"}) | {"town"}
    )


def test_a_layered_gazetteer_tells_what_is_on_top_and_closes_what_is_below(table):
    with LayeredGazetteer.open(places=read_places(table(HEADINGS, CAMP))) as gazetteer:
        about = gazetteer.about()
        assert (about["given"], about["given_from"]) == ("1", "villages.csv")
        assert gazetteer.sources()[-1]["name"] == "villages.csv"
        below = gazetteer._base
    with pytest.raises(Exception, match="closed"):
        below.country("UA")


# -- which place is meant ----------------------------------------------------------------------


def resolved(gazetteer, text, *names, **options):
    mentions, end = [], 0
    for name in names:
        start = text.index(name, end)
        end = start + len(name)
        mentions.append(Mention("a", start, end, name))
    return Resolver.open(gazetteer, **options).resolve(Article("a", "", text), mentions)


def test_a_given_place_wins_over_a_larger_namesake(base, layered):
    text = "Shells fell on Zolochiv, and in Lviv they prayed."
    below = resolved(base, text, "Zolochiv", "Lviv")[0]
    given = resolved(layered, text, "Zolochiv", "Lviv")[0]
    assert below.place.admin1 == "Lviv Oblast"
    assert given.place.id == "own:zolochiv"
    assert given.score > 0.9
    assert given.reason == "“Zolochiv” is one of your own places (villages.csv)."
    assert below.place in [alternative.place for alternative in given.alternatives]


HARD = [
    ("Zolochiv, Lviv Oblast, was quiet.", ("Zolochiv", "Lviv Oblast"), "Lviv Oblast"),
    ("Zolochiv in Lviv Oblast was quiet.", ("Zolochiv", "Lviv Oblast"), "Lviv Oblast"),
    ("Lviv Oblast's town of Zolochiv was quiet.", ("Lviv Oblast", "Zolochiv"), "Lviv Oblast"),
    ("Zolochiv, Kharkiv Oblast, was quiet.", ("Zolochiv", "Kharkiv Oblast"), "own"),
    ("Zolochiv, Ukraine, was quiet.", ("Zolochiv", "Ukraine"), "own"),
    ("Lviv Oblast and Zolochiv were quiet.", ("Lviv Oblast", "Zolochiv"), "own"),
]


@pytest.mark.parametrize(("text", "names", "wanted"), HARD)
def test_hard_evidence_in_the_text_beats_a_given_place_and_nothing_else_does(layered, text, names, wanted):
    (zolochiv,) = (t for t in resolved(layered, text, *names) if t.mention.text == "Zolochiv")
    assert (zolochiv.place.id == "own:zolochiv") == (wanted == "own")
    assert wanted in {"own", zolochiv.place.admin1}


def test_the_reason_names_the_hard_evidence_for_a_given_place_too(layered):
    zolochiv, _ = resolved(layered, "Zolochiv, Kharkiv Oblast", "Zolochiv", "Kharkiv Oblast")
    assert zolochiv.reason.startswith("“Zolochiv” is one of your own places (villages.csv).")
    other, _ = resolved(layered, "Zolochiv, Lviv Oblast", "Zolochiv", "Lviv Oblast")
    assert other.reason.startswith("Lviv Oblast follows it in the text.")


def test_an_article_that_says_which_one_it_speaks_of_keeps_to_it(layered):
    *_, later = resolved(
        layered, "Zolochiv, Lviv Oblast. Later Zolochiv was quiet.", "Zolochiv", "Lviv Oblast", "Zolochiv"
    )
    assert later.place.admin1 == "Lviv Oblast"


def test_between_given_places_of_one_name_the_text_decides(base, table):
    gazetteer = with_places(base, table(HEADINGS, "Camp Alpha,50.1,36.3", "Camp Alpha,33.66,-95.55"))
    camp, _ = resolved(gazetteer, "Camp Alpha, Texas", "Camp Alpha", "Texas")
    assert camp.place.country_code == "US"
    assert [alternative.place.country_code for alternative in camp.alternatives] in ([], ["UA"])


def test_a_demonym_is_no_given_place(base, table):
    gazetteer = with_places(base, table(HEADINGS, "Russian,50.1,36.3"))
    text = "Russian troops left."
    (russian,) = Resolver.open(gazetteer).resolve(Article("a", "", text), [Mention("a", 0, 7, "Russian", "demonym")])
    assert russian.place.country_code == "RU"


def test_a_given_third_order_division_is_no_country(base):
    given = GivenPlace("own:h", "Bravo Hromada", 36.1, 50.1, feature_class="A", feature_code="ADM3", source="h.csv")
    found = resolved(LayeredGazetteer(base, [given]), "Kharkiv, Bravo Hromada", "Kharkiv", "Bravo Hromada")
    assert found[0].place.name in {"Kharkiv", "Kharkiv Oblast"}
    assert "country" not in found[1].reason


def test_without_given_places_every_answer_is_as_below(base):
    text = "From Zolochiv to Kyiv, Paris, Texas, and the Georgian border; Kharkiv Oblast's Zolochiv burned."
    article = Article("a", "", text)
    empty = LayeredGazetteer(base, [])
    mentions = Tagger.open(base).recognise(article)
    assert Tagger.open(empty).recognise(article) == mentions
    assert Given.of(empty) is None
    assert Given.of(base) is None
    assert Resolver.open(empty).resolve(article, mentions) == Resolver.open(base).resolve(article, mentions)


# -- what is found in a text -------------------------------------------------------------------

FOUND = [
    (("Camp Alpha",), "Two men left Camp Alpha on foot.", ["Camp Alpha"]),
    (("Camp Alpha",), "Camp Alpha was empty.", ["Camp Alpha"]),
    (("Camp Alpha", "Alpha"), "They left Camp Alpha for Alpha at night.", ["Camp Alpha", "Alpha"]),
    (("Camp Alpha",), "They camp alpha-style.", []),
    (("zero line",), "They dug in along the zero line and waited.", ["zero line"]),
    (("zero line",), "Zero line troops were relieved.", ["Zero line"]),
    (("CAMP ALPHA",), "Two men left Camp Alpha on foot.", ["Camp Alpha"]),
    (("Camp O’Neill",), "Two men left Camp O'Neill on foot.", ["Camp O'Neill"]),
    (("Zero-Line 7",), "Smoke rose over Zero-Line 7 again.", ["Zero-Line 7"]),
    (("Rest",), "Rest is what the men wanted.", []),
    (("Rest",), "“Rest is what we want,” he said.", []),
    (("Rest",), "The mayor of Rest has left.", ["Rest"]),
    (("Rest",), "They wanted to rest.", []),
    (("Rest",), "The mayor of Rest wanted to rest.", []),
    (("Grivna",), "The soldiers went on to Grivna at dawn.", ["Grivna"]),
    (("Bright Valley",), "Bright Valley Bank reported losses.", None),
    (("Silver Star",), "He spoke to Captain Silver Star on Monday.", []),
    (("Silver Star",), "He walked to Silver Star on Monday.", ["Silver Star"]),
    (("May",), "Police arrested him in May 2017.", []),
    (("New Hope",), "Two men left New Hope on foot.", ["New Hope"]),
    (("Alpha",), "He works for Alpha Bank as a clerk.", []),
    (("quarry",), "They hid in the quarry for days.", []),
]


@pytest.mark.parametrize(("names", "text", "wanted"), FOUND)
def test_given_names_are_found_where_no_ordinary_word_is_meant(base, names, text, wanted):
    places = [GivenPlace(f"own:{at}", name, 36.3, 50.1) for at, name in enumerate(names)]
    mentions = Tagger.open(LayeredGazetteer(base, places)).recognise(Article("a", "", text))
    found = [m for m in mentions if any(m.text.casefold() == n.casefold().replace("’", "'") for n in names)]
    ours = [m.text for m in found]
    if wanted is None:  # where an organisation begins with its name, the place may be found, but only as a part
        assert all(mention.role == "embedded" for mention in found)
    else:
        assert ours == wanted
    assert all(text[mention.start : mention.end] == mention.text for mention in mentions)


def test_names_found_do_not_overlap_and_stand_in_the_order_of_the_text(layered):
    text = "From Kharkiv, Ukraine, past Camp Alpha and the Zero Line to Zolochiv, they drove to North Camp Alpha."
    mentions = Tagger.open(layered).recognise(Article("a", "", text))
    assert all(one.end <= other.start for one, other in pairwise(mentions))
    assert {"Kharkiv", "Ukraine", "Zero Line", "Zolochiv"} <= {mention.text for mention in mentions}


# -- from articles to page ---------------------------------------------------------------------

STORY = "Shells fell on Zolochiv on Monday, and the men left Camp Alpha for Sector Two, an officer said in Kharkiv."


@pytest.fixture
def atlas(base, tmp_path, table):
    sectors = tmp_path / "sectors.gpkg"
    frame(("Sector Two", SQUARE)).to_file(sectors)
    gazetteer = with_places(base, table(HEADINGS, ZOLOCHIV, CAMP), sectors)
    return geo.geoparse([Article("a", "Shelling", STORY)], gazetteer=gazetteer)


def test_a_name_that_only_the_file_knows_is_found_and_placed(atlas):
    placed = dict(zip(atlas.toponyms["text"], atlas.toponyms["place_id"], strict=True))
    assert placed["Zolochiv"] == "own:zolochiv"
    assert placed["Camp Alpha"] == "own:camp-alpha"
    assert placed["Sector Two"] == "own:sector-two"
    assert placed["Kharkiv"].startswith("geonames:")


def test_given_areas_are_in_the_package_and_on_the_page(atlas, tmp_path):
    atlas.save(tmp_path / "atlas.gpkg")
    places = Atlas.open(tmp_path / "atlas.gpkg").places.set_index("place_id")
    assert places.geometry["own:sector-two"].equals(SQUARE)
    assert places.geometry["own:zolochiv"].geom_type == "Point"
    assert places.loc["own:zolochiv", ["source", "licence"]].tolist() == ["villages.csv", ""]
    maps.draw(atlas).save(tmp_path / "map.html")
    page = (tmp_path / "map.html").read_text(encoding="utf-8")
    areas = {place["id"]: place["area"] for place in payload(atlas, title="", countries={})["places"]}
    assert areas["own:sector-two"]["bounds"] == [[50.0, 36.0], [50.2, 36.2]]
    assert areas["own:zolochiv"] is None
    assert "own:sector-two" in page
    assert "one of your own places (villages.csv)" in page


# -- the command -------------------------------------------------------------------------------


@pytest.fixture
def run(tmp_path):
    article = tmp_path / "story.txt"
    article.write_text(STORY, encoding="utf-8")

    def invoke(command, *arguments):
        return CliRunner().invoke(cli.main, [command, str(article), *map(str, arguments)])

    return invoke


def test_the_command_adds_places_and_says_what_it_read(run, table):
    done = run("places", "--gazetteer", table("VILLAGE,lat,lon", ZOLOCHIV, "Nowhere,,"), "--column", "name=VILLAGE")
    assert done.exit_code == 0, done.stderr
    assert "villages.csv: 1 place (1 row left out: row 3 has no point)" in done.stderr
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert "own:zolochiv" in {row["place_id"] for row in rows}


def test_the_command_takes_several_files_and_draws_and_explains_them(run, table, tmp_path):
    files = ("-g", table(HEADINGS, ZOLOCHIV, name="a.csv"), "-g", table(HEADINGS, CAMP, name="b.csv"))
    assert "one of your own places (b.csv)" in run("explain", *files).stdout
    drawn = run("map", *files, "-o", tmp_path / "map.html")
    assert drawn.exit_code == 0, drawn.stderr
    assert "own:camp-alpha" in (tmp_path / "map.html").read_text(encoding="utf-8")


WRONG_USAGE = [
    (("--column", "name=VILLAGE"), 2, "add them with --gazetteer FILE"),
    (("--gazetteer", "{file}", "--column", "VILLAGE"), 2, "'VILLAGE' is not FIELD=COLUMN"),
    (("--gazetteer", "{file}", "--column", "name=a", "--column", "name=b"), 2, "name is stated twice"),
    (("--gazetteer", "{file}", "--column", "name=VILLAGE"), 1, "error: .*there is no column 'VILLAGE' for name"),
    (("--gazetteer", "none.csv"), 1, "error: none.csv: there is no such file of places"),
    (("--gazetteer", "{file}", "-o", "{file}"), 1, "is what is to be read, and would be lost"),
]


@pytest.mark.parametrize(("arguments", "status", "message"), WRONG_USAGE)
def test_what_cannot_be_done_is_said_in_a_line(run, table, arguments, status, message):
    path = str(table(HEADINGS, CAMP))
    done = run("places", *(argument.replace("{file}", path) for argument in arguments))
    assert done.exit_code == status
    assert re.search(message, " ".join(done.stderr.split()))


def test_help_teaches_the_option_without_importing_geopandas():
    code = "import sys; from maps.cli import main; main(['map', '--help'], standalone_mode=False); sys.exit('geopandas' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr
    assert "--gazetteer FILE" in done.stdout
    assert "--column FIELD=COLUMN" in done.stdout
