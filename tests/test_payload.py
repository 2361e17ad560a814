"""What the page carries: the same atlas, small, safe, and counted as the page counts."""

from __future__ import annotations

import json
from types import SimpleNamespace

import atlas_examples as examples
import pandas as pd
import pytest
import shapely
from conftest import compare_golden
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import AtlasError
from maps.payload import as_json, payload
from maps.polyline import encode_ring

NAMES = {"KE": "Kenya", "FR": "France", "US": "United States", "JP": "Japan"}


def made(atlas, title="A title"):
    return payload(atlas, title=title, countries=NAMES)


def in_units(text: str, start: int, end: int) -> str:
    """Slice as the page does, in UTF-16 code units."""
    return text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le")


def decoded(ring: str, decimals: int) -> list[tuple[float, float]]:
    """Read the Encoded Polyline Algorithm Format back, longitude first."""
    steps, value, shift = [], 0, 0
    for character in ring:
        group = ord(character) - 63
        value |= (group & 0x1F) << shift
        shift += 5
        if group < 0x20:
            steps.append(~(value >> 1) if value & 1 else value >> 1)
            value = shift = 0
    points, lon, lat = [], 0, 0
    for dx, dy in zip(steps[::2], steps[1::2], strict=True):
        lon, lat = lon + dx, lat + dy
        points.append((lon / 10**decimals, lat / 10**decimals))
    return points


def test_the_payload_of_a_small_atlas_is_as_it_was(golden) -> None:
    golden("payload.json", json.dumps(made(examples.newsroom()), indent=1, ensure_ascii=False) + "\n")


def test_a_missing_or_another_golden_file_fails(tmp_path) -> None:
    with pytest.raises(AssertionError, match="update-golden"):
        compare_golden(tmp_path / "none.json", "", update=False)
    (tmp_path / "other.json").write_text("{}")
    with pytest.raises(AssertionError, match="update-golden"):
        compare_golden(tmp_path / "other.json", "[]", update=False)


def test_all_missing_columns_and_tables_are_named_at_once() -> None:
    whole = examples.newsroom()
    broken = SimpleNamespace(
        articles=whole.articles.drop(columns=["title", "language"]),
        toponyms=whole.toponyms.drop(columns="reason"),
        places=None,
    )
    with pytest.raises(AtlasError) as caught:
        made(broken)
    for wrong in ("'articles' lacks title, language", "'toponyms' lacks reason", "no table 'places'"):
        assert wrong in str(caught.value)


@pytest.mark.parametrize(
    ("column", "value", "told"),
    [
        ("place_id", "test:nowhere", "place_id test:nowhere, not in table 'places'"),
        ("article_id", "lost", "article_id lost, not in table 'articles'"),
        ("role", "pun", "'pun', which is none of literal, metonym, demonym, embedded"),
        ("alternatives", "[{]", "no JSON list of places"),
        ("alternatives", '[{"name": "Paris"}]', "no JSON list of places"),
    ],
)
def test_a_mention_that_fits_nothing_is_told(column, value, told) -> None:
    atlas = examples.newsroom()
    atlas.toponyms.loc[0, column] = value
    with pytest.raises(AtlasError) as caught:
        made(atlas)
    assert told in str(caught.value)


def test_a_row_that_comes_twice_and_a_place_without_coordinates_are_told() -> None:
    atlas = examples.newsroom()
    atlas.articles["article_id"] = "article-1"
    atlas.toponyms["article_id"] = "article-1"
    atlas.places.loc[0, "lat"] = float("nan")
    with pytest.raises(AtlasError) as caught:
        made(atlas)
    assert "'articles' has article_id article-1 more than once" in str(caught.value)
    assert "place test:kenya has no lon and lat" in str(caught.value)


@given(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=30),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=30),
)
def test_offsets_count_utf_16_units_whatever_the_text(before, after) -> None:
    before, after = (part.replace("[[", "").replace("\n", " ") for part in (before, after))
    atlas = examples.atlas(("T", f"{before} [[Kisumu 🛶|kisumu]] {after}"))
    data = made(atlas)
    columns = data["mentions"]
    text = data["articles"][0]["text"]
    assert in_units(text, columns["start"][0], columns["end"][0]) == "Kisumu 🛶"
    row = atlas.toponyms.iloc[0]
    assert (
        in_units(text, columns["passageStart"][0], columns["passageEnd"][0])
        == text[row["passage_start"] : row["passage_end"]]
    )


@given(st.text())
def test_json_in_a_script_element_says_the_same_and_cannot_end_it(text) -> None:
    written = as_json({"text": f"{text}</script><!--\u2028\u2029\ud800"})
    assert json.loads(written)["text"] == f"{text}</script><!--\u2028\u2029\ud800"
    assert not set(written) & set("<\u2028\u2029")
    written.encode("utf-8")


@given(st.lists(st.tuples(st.floats(-180, 180), st.floats(-90, 90)), min_size=3, max_size=20), st.sampled_from([3, 5]))
def test_an_outline_is_kept_to_half_a_unit_of_its_last_decimal(points, decimals) -> None:
    rounded = [(round(lon, decimals), round(lat, decimals)) for lon, lat in points]
    kept = decoded(encode_ring([list(point) for point in points], decimals), decimals)
    distinct = [point for at, point in enumerate(points) if at == 0 or rounded[at] != rounded[at - 1]]
    if len(distinct) >= 4:
        assert len(kept) == len(distinct)
        for (lon, lat), (wanted_lon, wanted_lat) in zip(kept, distinct, strict=True):
            assert abs(lon - wanted_lon) <= 0.501 * 10**-decimals
            assert abs(lat - wanted_lat) <= 0.501 * 10**-decimals
    else:
        assert kept == []


def test_an_area_carries_all_its_rings_and_a_point_none() -> None:
    holed = shapely.box(0, 0, 9, 9).difference(shapely.box(3, 3, 6, 6)).union(shapely.box(20, 0, 21, 1))
    atlas = examples.newsroom()
    atlas.places.loc[atlas.places["place_id"] == "test:kenya", "geometry"] = holed
    areas = {place["id"]: place["area"] for place in payload(atlas, title="", countries={})["places"]}
    assert areas["test:nairobi"] is None
    assert len(areas["test:kenya"]["rings"]) == 3
    corners = {
        point for ring in areas["test:kenya"]["rings"] for point in decoded(ring, areas["test:kenya"]["decimals"])
    }
    assert {(0, 0), (9, 9), (3, 3), (6, 6), (21, 1)} <= corners


def test_a_country_that_the_basemap_draws_comes_without_its_outline() -> None:
    areas = {place["id"]: place["area"] for place in made(examples.newsroom())["places"]}
    assert areas["test:kenya"] == {"bounds": [[-4.6, 34.0], [4.9, 41.8]]}
    assert len(areas["test:turkana"]["rings"]) == 1


def test_what_lies_far_off_does_not_decide_the_bounds() -> None:
    atlas = examples.newsroom()
    split_by_the_date_line = shapely.box(30, 50, 180, 70).union(shapely.box(-180, 65, -170, 70))
    atlas.places.loc[atlas.places["place_id"] == "test:kenya", "geometry"] = split_by_the_date_line
    areas = {place["id"]: place["area"] for place in made(atlas)["places"]}
    assert areas["test:kenya"]["bounds"] == [[50.0, 30.0], [70.0, 180.0]]


def test_a_small_area_is_kept_to_a_metre() -> None:
    atlas = examples.newsroom()
    atlas.places.loc[atlas.places["place_id"] == "test:kisumu", "geometry"] = shapely.box(
        34.75001, -0.10001, 34.75009, -0.10009
    )
    area = {place["id"]: place["area"] for place in made(atlas)["places"]}["test:kisumu"]
    assert (34.75009, -0.10009) in decoded(area["rings"][0], area["decimals"])


def test_what_is_missing_in_a_table_is_empty_in_the_payload() -> None:
    atlas = examples.atlas(("T", "In [[Paris|paris]].", {"publisher": None, "published_inferred": True}))
    atlas.places["population"] = float("nan")
    atlas.places["admin1"] = pd.NA
    data = made(atlas)
    article, place = data["articles"][0], data["places"][0]
    assert (article["publisher"], article["published"], article["inferred"]) == ("", None, False)
    assert (place["population"], place["admin1"]) == (0, "")


def test_a_name_without_a_place_is_kept_with_its_reason() -> None:
    data = made(examples.newsroom())
    at = data["mentions"]["place"].index(-1)
    assert data["reasons"][data["mentions"]["reason"][at]] == "the test knows no such place"


def test_runners_up_are_kept_once_and_countries_only_where_needed() -> None:
    data = made(examples.newsroom())
    assert [one["name"] for one in data["candidates"]] == ["Paris"]
    assert data["alternatives"] == [[[0, 0.31]]]
    assert data["countries"] == {"FR": "France", "KE": "Kenya", "US": "United States"}


def test_an_atlas_without_places_makes_a_payload() -> None:
    data = made(examples.atlas(("T", "Nothing happened anywhere.")))
    assert data["places"] == []
    assert data["mentions"]["start"] == []
