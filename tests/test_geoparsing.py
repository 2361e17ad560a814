from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import geo
from geo.gazetteer import Gazetteer
from geo.recognition import Tagger
from geo.types import Article, Mention


@pytest.fixture(scope="module")
def gazetteer():
    with Gazetteer.open() as opened:
        yield opened


@pytest.fixture(scope="module")
def tagger(gazetteer):
    return Tagger.open(gazetteer)


def test_the_public_door_leads_to_what_it_names():
    for name in geo.__all__:
        assert getattr(geo, name).__name__ == name


def test_a_name_that_is_not_public_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'geocode'"):
        _ = geo.geocode


def test_importing_geo_imports_nothing_heavy():
    code = "import sys, geo; sys.exit(str({'pandas', 'geopandas', 'shapely', 'numpy'} & sys.modules.keys() or ''))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stderr.strip() == ""


def test_every_mention_is_kept_and_refers_to_an_article_and_a_place(gazetteer, tagger):
    article = Article("a", "", "Rain fell on Nairobi, Kenya, and on Qwxyzzyville.")
    atlas = geo.geoparse([article], gazetteer=gazetteer, recogniser=tagger)
    assert set(atlas.toponyms["article_id"]) == {"a"}
    placed = atlas.toponyms.loc[atlas.toponyms["place_id"] != "", "place_id"]
    assert set(placed) == set(atlas.places["place_id"])
    assert len(atlas.toponyms) == len(tagger.recognise(article))


def test_a_country_is_an_area_and_a_town_a_point(gazetteer, tagger):
    atlas = geo.geoparse([Article("a", "", "Rain fell on Nairobi, Kenya.")], gazetteer=gazetteer, recogniser=tagger)
    kinds = dict(zip(atlas.places["name"], atlas.places.geometry.geom_type, strict=True))
    assert kinds["Nairobi"] == "Point"
    assert kinds["Kenya"] in {"Polygon", "MultiPolygon"}
    assert atlas.places.crs == "EPSG:4326"


def test_a_headline_tells_which_place_is_meant_and_is_not_counted_in(gazetteer, tagger):
    text = "The boat left the beach near Tripoli at night."
    told = geo.geoparse([Article("a", "Wreck off Tripoli, Lebanon", text)], gazetteer=gazetteer, recogniser=tagger)
    alone = geo.geoparse([Article("a", "", text)], gazetteer=gazetteer, recogniser=tagger)
    assert told.toponyms[["start", "end"]].to_numpy().tolist() == alone.toponyms[["start", "end"]].to_numpy().tolist()
    assert told.places["country_code"].tolist() == ["LB"]
    assert alone.places["country_code"].tolist() == ["LY"]


def test_a_title_that_the_text_begins_with_is_not_read_twice(gazetteer, tagger):
    text = "Floods in Lagos, Nigeria\n\nThe rain did not stop."
    with_title = geo.geoparse([Article("a", "Floods in Lagos, Nigeria", text)], gazetteer=gazetteer, recogniser=tagger)
    assert with_title.toponyms["text"].tolist() == ["Lagos", "Nigeria"]


def test_a_recogniser_of_ones_own_takes_the_taggers_place(gazetteer):
    class Fixed:
        def recognise(self, article: Article) -> tuple[Mention, ...]:
            return (Mention(article.id, 0, 4, article.text[:4]),)

    atlas = geo.geoparse([Article("a", "", "Oslo sleeps in Rome.")], gazetteer=gazetteer, recogniser=Fixed())
    assert atlas.toponyms["text"].tolist() == ["Oslo"]


def test_progress_sees_every_article_as_it_is_read_and_as_it_is_placed(gazetteer, tagger):
    articles = [Article(str(n), "", "Rain.") for n in range(3)]
    seen = []

    def progress(stream):
        for article in stream:
            seen.append(article.id)
            yield article

    geo.geoparse(articles, gazetteer=gazetteer, recogniser=tagger, progress=progress)
    assert seen == ["0", "1", "2"] * 2


def test_no_article_gives_an_empty_atlas(gazetteer, tagger):
    atlas = geo.geoparse([], gazetteer=gazetteer, recogniser=tagger)
    assert (len(atlas.articles), len(atlas.toponyms), len(atlas.places)) == (0, 0, 0)


@given(
    text=st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=120)
    | st.lists(
        st.sampled_from(["Paris", "Texas", ",", "in", "U.S.", "\u202e", "(", "Kyiv", "’s", "\n\n"]), max_size=14
    ).map(" ".join)
)
@settings(max_examples=60, deadline=None)
def test_offsets_hold_for_any_text(text):  # without control characters, which reading replaces
    with Gazetteer.open() as opened:
        atlas = geo.geoparse([Article("a", "", text)], gazetteer=opened)
    ends = 0
    for row in atlas.toponyms.itertuples():
        assert text[row.start : row.end] == row.text
        assert row.passage_start <= row.start < row.end <= row.passage_end
        assert ends <= row.start
        assert 0 <= row.score <= 1
        ends = row.end
