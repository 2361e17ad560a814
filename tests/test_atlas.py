"""The atlas: three tables that agree, and the files that they go to and come from."""

from __future__ import annotations

import csv
import datetime as dt
import json
import stat

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from geopandas.testing import assert_geodataframe_equal
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from geo.atlas import (
    ALTERNATIVE_KEYS,
    ARTICLE_COLUMNS,
    EXPORT_SUFFIXES,
    FLAT_COLUMNS,
    PLACE_COLUMNS,
    TOPONYM_COLUMNS,
    Atlas,
)
from geo.errors import AtlasError, NoSuchInput, OutputError
from geo.types import ROLES, Alternative, Article, Mention, Place, Toponym

LAGOS = Place("geonames:2332459", "Lagos", 3.39467, 6.45407, "NG", "Lagos", "", "P", "PPLA", 15_388_000)
TURKEY = Place("geonames:298795", "Türkiye", 34.9, 39.1, "TR", "", "", "A", "PCLI", 84_000_000)
ISLANDS = shapely.MultiPolygon([shapely.box(26, 36, 45, 42), shapely.box(25.6, 40.1, 25.6 + 1 / 3, 40.2)])
TEXT = "Rain fell in Lagos. In Türkiye, “no rain”,\nsaid Ankara."


def atlas_of(*articles, toponyms=(), areas=None, sentence=(0, None)):
    return Atlas.from_toponyms(
        articles,
        toponyms,
        areas=(areas or {}).get,
        passages=lambda article, _: (sentence[0], sentence[1] or len(article.text)),
    )


def mention(name, role="literal"):
    return Mention("a1", TEXT.index(name), TEXT.index(name) + len(name), name, role)


def example():
    rain = Article(
        "a1",
        "Rain",
        TEXT,
        "seeds/a.txt",
        "https://example.org",
        "The Example",
        published=dt.date(1702, 3, 11),
        published_inferred=True,
        language="en",
    )
    other = Article("a2", "", "Nothing here.")
    return atlas_of(
        rain,
        other,
        toponyms=[
            Toponym(mention("Ankara", "metonym"), None, 0.2, "too uncertain"),
            Toponym(mention("Türkiye"), TURKEY, 0.875, "the only one", "Türkiye"),
            Toponym(mention("Lagos"), LAGOS, 0.9, "the largest", "Lagos", (Alternative(TURKEY, 0.1),)),
        ],
        areas={TURKEY.id: ISLANDS},
    )


def names(folder):
    return [path.name for path in folder.iterdir()]


def assert_equal(actual, expected):
    assert_frame_equal(actual.articles, expected.articles)
    assert_frame_equal(actual.toponyms, expected.toponyms)
    assert_geodataframe_equal(actual.places, expected.places)
    assert actual.places.geometry.geom_equals_exact(expected.places.geometry, 0).all()


EMPTY = atlas_of()
NOTHING_FOUND = atlas_of(Article("a", "A", "Nothing here."))


class TestTables:
    def test_toponyms_stand_in_the_order_of_the_text_and_places_are_listed_once(self):
        atlas = example()
        assert atlas.toponyms["text"].tolist() == ["Lagos", "Türkiye", "Ankara"]
        assert atlas.toponyms["place_id"].tolist() == [LAGOS.id, TURKEY.id, ""]
        assert atlas.places["place_id"].tolist() == [LAGOS.id, TURKEY.id]

    def test_a_place_has_its_area_where_one_is_known_and_else_its_point(self):
        places = example().places
        assert places.crs == "EPSG:4326"
        assert places.geometry.tolist() == [shapely.Point(LAGOS.lon, LAGOS.lat), ISLANDS]

    def test_runners_up_are_json_with_all_that_a_page_shows(self):
        [alternative] = json.loads(example().toponyms["alternatives"][0])
        assert tuple(alternative) == ALTERNATIVE_KEYS
        assert (alternative["place_id"], alternative["score"]) == (TURKEY.id, 0.1)

    def test_the_date_is_kept_as_a_day_and_its_absence_as_nat(self):
        published = example().articles["published"]
        assert published[0] == pd.Timestamp("1702-03-11")
        assert published[1] is pd.NaT

    @pytest.mark.parametrize(
        ("article", "complaint"),
        [
            (Article("a", "a\ud800", "Rain."), "articles.title has NUL characters or lone surrogates"),
            (
                Article("a", "A", "Rain.", published=dt.datetime(2020, 1, 1, tzinfo=dt.UTC)),
                "articles.published is not datetime64",
            ),
        ],
    )
    def test_an_article_that_no_table_can_hold_is_told_as_such(self, article, complaint):
        with pytest.raises(AtlasError, match=complaint):
            atlas_of(article)

    @pytest.mark.parametrize("atlas", [EMPTY, NOTHING_FOUND, example()], ids=["empty", "nothing found", "full"])
    def test_dtypes_are_the_same_however_much_was_found(self, atlas):
        for table, columns in (
            (atlas.articles, ARTICLE_COLUMNS),
            (atlas.toponyms, TOPONYM_COLUMNS),
            (pd.DataFrame(atlas.places).drop(columns="geometry"), PLACE_COLUMNS),
            (atlas.to_flat(), FLAT_COLUMNS),
        ):
            assert list(table.columns) == list(columns)
            assert {name: table[name].dtype for name in columns} == {
                name: pd.api.types.pandas_dtype(dtype) for name, dtype in columns.items()
            }

    def test_an_atlas_keeps_its_tables_when_those_it_was_made_of_change(self):
        atlas = example()
        articles = atlas.articles.copy()
        copy = Atlas(articles, atlas.toponyms, atlas.places)
        articles.loc[0, "title"] = "Changed"
        assert copy.articles.loc[0, "title"] == "Rain"

    def test_a_table_from_anywhere_will_do_if_it_has_the_columns(self):
        atlas = example()
        again = Atlas(
            atlas.articles.assign(extra=1, published=["1702-03-11", None], published_inferred=[1, 0]).iloc[:, ::-1],
            atlas.toponyms.astype({"start": "float64", "text": "object"}),
            atlas.places.set_index(pd.Index([7, 9])),
        )
        assert_equal(again, atlas)


class TestChecks:
    def test_everything_wrong_is_told_at_once(self):
        atlas = example()
        with pytest.raises(AtlasError) as raised:
            Atlas(
                atlas.articles.drop(columns="title"),
                atlas.toponyms.assign(score="high", start=1.5),
                atlas.places.to_crs(3857),
            )
        assert [line.split(":")[0] for line in str(raised.value).splitlines()[1:]] == [
            "- articles.title is missing",
            "- toponyms.start is not int64",
            "- toponyms.score is not float64",
            "- places is in EPSG",
        ]

    @pytest.mark.parametrize(
        ("table", "column", "values", "complaint"),
        [
            ("articles", "article_id", ["a1", "a1"], r"article_id is not unique \(row 1\)"),
            ("articles", "title", ["x", None], r"title has missing values \(row 1\)"),
            ("articles", "text", [TEXT, "a\x00b"], r"text has NUL characters or lone surrogates.* \(row 1\)"),
            ("articles", "published", ["yesterday", None], "published is not datetime64"),
            ("articles", "published_inferred", ["yes", "no"], "published_inferred is not bool"),
            ("toponyms", "article_id", "a3", "article_id is in no row of articles"),
            ("toponyms", "place_id", "geonames:1", "place_id is in no row of places"),
            ("toponyms", "role", "person", "role is none of literal, metonym, demonym, embedded"),
            ("toponyms", "score", 1.1, "score is not within 0 and 1"),
            ("toponyms", "score", np.nan, "score has missing values"),
            ("toponyms", "start", 0, "text is not what start and end cut out"),
            ("toponyms", "start", -42, "text is not what start and end cut out"),
            ("toponyms", "passage_start", 20, r"passage does not hold the name \(row 0\)"),
            ("toponyms", "passage_end", 500, r"passage does not hold the name \(row 0, 1, 2\)"),
            ("toponyms", "alternatives", "{", "alternatives is no JSON list"),
            ("toponyms", "alternatives", '[{"name": "x"}]', "alternatives is no JSON list"),
            ("places", "place_id", ["", ""], "place_id is not unique"),
            ("places", "lon", 181.0, "lon is not within ±180 degrees"),
            ("places", "lat", np.inf, "lat is not within ±90 degrees"),
            ("places", "population", -1, "population is negative"),
            ("places", "geometry", None, "geometry is missing or empty"),
            ("places", "geometry", shapely.Point(), "geometry is missing or empty"),
        ],
    )
    def test_values_that_make_no_atlas_are_named_with_their_rows(self, table, column, values, complaint):
        tables = {name: getattr(example(), name).copy() for name in ("articles", "toponyms", "places")}
        if column == "geometry":
            tables[table] = tables[table].set_geometry(gpd.GeoSeries([values] * 2, crs=4326))
        else:
            tables[table][column] = values
        with pytest.raises(AtlasError, match=complaint):
            Atlas(**tables)

    def test_places_without_geometry_are_refused(self):
        atlas = example()
        with pytest.raises(AtlasError, match=r"places has no geometry; make it a geopandas\.GeoDataFrame"):
            Atlas(atlas.articles, atlas.toponyms, pd.DataFrame(atlas.places).drop(columns="geometry"))


WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\x00", exclude_categories=["Cs"]), max_size=12)
DEGREES = st.floats(-1, 1, allow_subnormal=False)


@st.composite
def atlases(draw):
    places = [
        Place(
            f"x:{number}",
            draw(WORDS),
            180 * draw(DEGREES),
            90 * draw(DEGREES),
            admin1=draw(WORDS),
            population=draw(st.integers(0, 2**53)),
        )
        for number in range(draw(st.integers(0, 3)))
    ]
    areas = {place.id: shapely.box(0, 0, draw(st.floats(0.1, 9)), 1) for place in places[::2]}
    articles, toponyms = [], []
    for number in range(draw(st.integers(0, 3))):
        text = draw(WORDS) + "Name" + draw(WORDS)
        article = Article(
            f"a{number}",
            draw(WORDS),
            text,
            publisher=draw(WORDS),
            published=draw(st.none() | st.dates()),
            published_inferred=draw(st.booleans()),
        )
        articles.append(article)
        start = text.index("Name")
        toponyms.append(
            Toponym(
                Mention(article.id, start, start + 4, "Name", draw(st.sampled_from(ROLES))),
                draw(st.sampled_from([None, *places])),
                draw(st.floats(0, 1)),
                draw(WORDS),
                alternatives=tuple(Alternative(place, draw(st.floats(0, 1))) for place in places),
            )
        )
    return atlas_of(*articles, toponyms=toponyms, areas=areas)


class TestGeoPackage:
    @pytest.mark.parametrize("atlas", [EMPTY, NOTHING_FOUND, example()], ids=["empty", "nothing found", "full"])
    def test_a_saved_atlas_opens_equal(self, atlas, tmp_path):
        atlas.save(tmp_path / "a.gpkg")
        assert_equal(Atlas.open(tmp_path / "a.gpkg"), atlas)

    @given(atlases())
    @settings(
        max_examples=8,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )
    def test_any_atlas_survives_saving(self, tmp_path, atlas):
        atlas.save(tmp_path / "a.gpkg")
        assert_equal(Atlas.open(tmp_path / "a.gpkg"), atlas)

    def test_the_layers_are_for_anyone_to_read(self, tmp_path):
        example().save(tmp_path / "a.gpkg")
        places = gpd.read_file(tmp_path / "a.gpkg", layer="places")
        assert places["name"].tolist() == ["Lagos", "Türkiye"]
        assert places.geom_type.tolist() == ["Point", "MultiPolygon"]

    def test_a_missing_file_is_named(self, tmp_path):
        with pytest.raises(NoSuchInput, match=r"no\.gpkg does not exist"):
            Atlas.open(tmp_path / "no.gpkg")

    def test_a_file_of_another_kind_is_no_atlas(self, tmp_path):
        (tmp_path / "a.gpkg").write_text("Rain.")
        with pytest.raises(AtlasError, match=r"a\.gpkg is no saved atlas"):
            Atlas.open(tmp_path / "a.gpkg")

    def test_a_geopackage_without_the_layers_is_no_atlas(self, tmp_path):
        example().places.to_file(tmp_path / "a.gpkg", layer="places")
        with pytest.raises(AtlasError, match="it has no layer articles, toponyms"):
            Atlas.open(tmp_path / "a.gpkg")


class TestFlat:
    def test_one_row_a_mention_with_its_place_and_its_sentence(self):
        flat = example().to_flat()
        assert flat.loc[0].to_dict() == {
            "article_id": "a1",
            "start": 13,
            "end": 18,
            "text": "Lagos",
            "role": "literal",
            "place_id": "geonames:2332459",
            "name": "Lagos",
            "lat": 6.45407,
            "lon": 3.39467,
            "country_code": "NG",
            "admin1": "Lagos",
            "feature_class": "P",
            "feature_code": "PPLA",
            "score": 0.9,
            "reason": "the largest",
            "passage": TEXT,
        }

    def test_where_no_place_is_known_there_are_no_coordinates(self):
        row = example().to_flat().loc[2]
        assert (row["place_id"], row["name"], row["country_code"]) == ("", "", "")
        assert np.isnan(row["lat"])
        assert np.isnan(row["lon"])


class TestExport:
    def test_json_lines_keep_the_names_and_say_null_for_no_coordinates(self, tmp_path):
        example().export(tmp_path / "a.jsonl")
        rows = [json.loads(line) for line in (tmp_path / "a.jsonl").read_text("utf-8").split("\n")[:-1]]
        assert [tuple(row) for row in rows] == [tuple(FLAT_COLUMNS)] * 3
        assert (rows[0]["lon"], rows[0]["lat"], rows[0]["start"]) == (3.39467, 6.45407, 13)
        assert (rows[2]["lon"], rows[2]["lat"], rows[2]["place_id"]) == (None, None, "")

    def test_a_line_of_json_is_one_line_for_every_reader(self):
        text = "Rain\u2028in\u2029Lagos\x85now"
        atlas = atlas_of(Article("a", "A", text), toponyms=[Toponym(Mention("a", 8, 13, "Lagos"), LAGOS, 1.0)])
        [line] = atlas.to_json_lines()
        assert len(line.splitlines()) == 1
        assert json.loads(line)["passage"] == text

    def test_csv_is_read_back_with_every_value(self, tmp_path):
        example().export(tmp_path / "a.csv")
        with (tmp_path / "a.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        assert list(rows[0]) == list(FLAT_COLUMNS)
        assert (rows[1]["text"], rows[1]["lon"], rows[1]["passage"]) == ("Türkiye", "34.9", TEXT)
        assert (rows[2]["lon"], rows[2]["name"]) == ("", "")

    def test_geojson_has_one_feature_a_mention_at_its_place(self, tmp_path):
        example().export(tmp_path / "a.geojson")
        collection = json.loads((tmp_path / "a.geojson").read_text("utf-8"))
        geometries = [feature["geometry"] for feature in collection["features"]]
        assert geometries == [
            {"type": "Point", "coordinates": [3.39467, 6.45407]},
            {"type": "Point", "coordinates": [34.9, 39.1]},
            None,
        ]
        assert tuple(collection["features"][0]["properties"]) == tuple(FLAT_COLUMNS)
        assert len(gpd.read_file(tmp_path / "a.geojson")) == 3

    @pytest.mark.parametrize("suffix", EXPORT_SUFFIXES)
    def test_an_atlas_without_mentions_makes_a_valid_file(self, suffix, tmp_path):
        path = tmp_path / f"a{suffix}"
        NOTHING_FOUND.export(path)
        if suffix == ".geojson":
            assert json.loads(path.read_text())["features"] == []
        elif suffix == ".csv":
            assert path.read_text() == ",".join(FLAT_COLUMNS) + "\n"
        elif suffix == ".jsonl":
            assert path.read_text() == ""
        else:
            assert_equal(Atlas.open(path), NOTHING_FOUND)

    @pytest.mark.parametrize("suffix", EXPORT_SUFFIXES)
    def test_the_same_atlas_gives_the_same_bytes(self, suffix, tmp_path):
        example().export(tmp_path / f"a{suffix}")
        example().export(tmp_path / f"b{suffix}")
        assert (tmp_path / f"a{suffix}").read_bytes() == (tmp_path / f"b{suffix}").read_bytes()

    @pytest.mark.parametrize("name", ["a.xlsx", "a", ".csv", "a.CSV.bak"])
    def test_an_unknown_suffix_names_those_that_are_known(self, name, tmp_path):
        with pytest.raises(OutputError) as raised:
            example().export(tmp_path / name)
        assert all(suffix in str(raised.value) for suffix in EXPORT_SUFFIXES)
        assert names(tmp_path) == []

    @pytest.mark.parametrize("suffix", EXPORT_SUFFIXES)
    def test_a_failed_write_leaves_what_was_there_and_nothing_beside_it(self, suffix, tmp_path, monkeypatch):
        path = tmp_path / f"a{suffix}"
        path.write_text("as it was")

        def fail(*_, **__):
            raise OSError(28, "No space left on device")

        monkeypatch.setattr("pathlib.Path.replace", fail)
        with pytest.raises(OutputError, match="No space left on device"):
            example().export(path)
        assert path.read_text() == "as it was"
        assert names(tmp_path) == [path.name]

    @pytest.mark.parametrize("suffix", EXPORT_SUFFIXES)
    def test_an_interruption_leaves_what_was_there_and_nothing_beside_it(self, suffix, tmp_path, monkeypatch):
        path = tmp_path / f"a{suffix}"
        path.write_text("as it was")

        def interrupt(*_, **__):
            raise KeyboardInterrupt

        monkeypatch.setattr("pathlib.Path.replace", interrupt)
        with pytest.raises(KeyboardInterrupt):
            example().export(path)
        assert path.read_text() == "as it was"
        assert names(tmp_path) == [path.name]

    @pytest.mark.parametrize("suffix", EXPORT_SUFFIXES)
    def test_a_folder_that_is_not_there_is_told(self, suffix, tmp_path):
        with pytest.raises(OutputError, match="cannot be written: No such file or directory"):
            example().export(tmp_path / "no" / f"a{suffix}")

    @pytest.mark.parametrize("suffix", EXPORT_SUFFIXES)
    def test_a_file_has_the_rights_of_any_new_file(self, suffix, tmp_path):
        path = tmp_path / f"a{suffix}"
        example().export(path)
        (tmp_path / "other").touch()
        assert stat.S_IMODE(path.stat().st_mode) == stat.S_IMODE((tmp_path / "other").stat().st_mode)

    def test_a_link_stays_a_link(self, tmp_path):
        (tmp_path / "real.csv").touch()
        (tmp_path / "a.csv").symlink_to(tmp_path / "real.csv")
        example().export(tmp_path / "a.csv")
        assert (tmp_path / "a.csv").is_symlink()
        assert (tmp_path / "real.csv").read_text("utf-8").startswith("article_id,")
