"""Mentions that are given: one row for each, whatever they are."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

import geo
from geo.errors import UnreadableArticle
from geo.gazetteer import Gazetteer
from geo.recognition.given_spans import readings, together
from geo.types import Article, Mention
from maps.cli import main


@pytest.fixture(scope="module")
def gazetteer():
    with Gazetteer.open() as opened:
        yield opened


def lines_of(tmp_path, *records):
    path = tmp_path / "in.jsonl"
    path.write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")
    return path


def places(*arguments):
    return CliRunner().invoke(main, ["places", "--given-mentions", *map(str, arguments)])


def rows(result):
    assert result.exit_code == 0, result.stderr
    return [json.loads(line) for line in result.stdout.splitlines()]


def spans_of(result):
    return [(row["article_id"], row["start"], row["end"]) for row in rows(result)]


TEXT = "Police in Paris, Texas, and in the Kharkiv Oblast."
PARIS, TEXAS, KHARKIV, OBLAST = (10, 15), (17, 22), (35, 42), (35, 49)


@pytest.mark.parametrize(
    "spans",
    [
        [PARIS],
        [PARIS, TEXAS],
        [TEXAS, PARIS],  # not in the order of the text
        [PARIS, PARIS, TEXAS, PARIS],  # repeated
        [KHARKIV, OBLAST],  # one in the other, beginning together
        [(10, 22), PARIS, TEXAS],  # two in one
        [(10, 20), (13, 22)],  # across each other
        [(0, len(TEXT))],  # all of it
        [(9, 10), (15, 16)],  # no name at all
        [(11, 14)],  # a part of a word
        [],
    ],
)
def test_there_is_one_row_for_each_given_span_in_the_order_in_which_they_are_given(tmp_path, spans):
    path = lines_of(tmp_path, {"id": "a", "text": TEXT, "mentions": spans})
    assert spans_of(places(path)) == [("a", *span) for span in spans]


@given(
    spans=st.lists(
        st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))).filter(lambda span: span[0] < span[1]),
        max_size=9,
    )
)
def test_in_every_reading_no_mentions_overlap_and_every_span_is_read_once(spans):
    article = Article("a", "", TEXT)
    recognised = [Mention("a", *PARIS, "Paris"), Mention("a", *TEXAS, "Texas"), Mention("a", *OBLAST, "Kharkiv Oblast")]
    found = readings(article, spans, recognised)
    asked = {number: reading.mentions[at] for reading in found for number, at in reading.asked}
    assert {number: (m.start, m.end) for number, m in asked.items()} == dict(enumerate(spans))
    for reading in found:
        for one, other in zip(reading.mentions, reading.mentions[1:], strict=False):
            assert one.end <= other.start


def test_without_overlaps_there_is_one_reading_which_is_what_training_sees():
    article = Article("a", "", TEXT)
    recognised = [Mention("a", 0, 6, "Police"), Mention("a", *TEXAS, "Texas")]
    (reading,) = readings(article, [OBLAST, PARIS], recognised)
    mentions, numbers = together(article, [OBLAST, PARIS], recognised)
    assert reading.mentions == mentions
    assert [at for _, at in sorted(reading.asked)] == list(numbers)


def test_a_given_span_has_the_role_of_what_is_recognised_there_else_of_what_overlaps_it_else_it_is_literal():
    article = Article("a", "", TEXT)
    recognised = [Mention("a", *PARIS, "Paris", "metonym"), Mention("a", *OBLAST, "Kharkiv Oblast", "embedded")]
    (reading,) = readings(article, [PARIS, KHARKIV, TEXAS], recognised)
    assert {m.text: m.role for m in reading.mentions} == {"Paris": "metonym", "Texas": "literal", "Kharkiv": "embedded"}


def test_what_is_recognised_around_them_tells_what_they_mean_and_has_no_row(tmp_path):
    path = lines_of(tmp_path, {"id": "a", "text": TEXT, "mentions": [PARIS]})
    (row,) = rows(places(path))
    assert (row["text"], row["admin1"]) == ("Paris", "Texas")


def test_nested_names_have_the_neighbours_that_they_have_in_the_text(tmp_path):
    both = (PARIS[0], TEXAS[1])
    path = lines_of(tmp_path, {"id": "a", "text": TEXT, "mentions": [both, PARIS, TEXAS, OBLAST]})
    _, town, state, oblast = rows(places(path))
    assert (town["feature_class"], town["admin1"]) == ("P", "Texas")
    assert (state["feature_code"], oblast["feature_code"]) == ("ADM1", "ADM1")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Rain.\r\nFloods in Lagos, Nigeria.", "Lagos"),
        ("Rain.\rFloods in Lagos, Nigeria.", "Lagos"),
        ("Rain \u2028 and \U0001f327 in Lagos, Nigeria.", "Lagos"),
        ("\ufeffRain in Lagos, Nigeria.", "Lagos"),
        ("\n\n  Rain in Lagos, Nigeria.  \n", "Lagos"),
        ("Rain in \ud800 Lagos, Nigeria.", "Lagos"),
    ],
    ids=["CRLF", "CR", "beyond the BMP", "mark", "blanks", "lone surrogate"],
)
def test_offsets_count_in_the_text_as_it_is_given(tmp_path, text, name):
    start = text.index(name)
    path = lines_of(tmp_path, {"id": "a", "title": "A headline", "text": text, "mentions": [[start, start + 5]]})
    (row,) = rows(places(path))
    assert (row["start"], row["end"], row["text"], row["country_code"]) == (start, start + 5, name, "NG")


def test_offsets_hold_where_a_headline_is_read_with_the_text(tmp_path):
    text = "The boat left the beach near Tripoli at night."
    record = {"id": "a", "title": "Wreck off Tripoli, Lebanon", "text": text, "mentions": [[29, 36]]}
    (row,) = rows(places(lines_of(tmp_path, record)))
    assert (row["start"], row["text"], row["country_code"]) == (29, "Tripoli", "LB")


def test_articles_with_the_same_text_are_all_resolved(tmp_path):
    records = [{"id": name, "text": TEXT, "mentions": [PARIS]} for name in "abc"]
    assert spans_of(places(lines_of(tmp_path, *records))) == [(name, *PARIS) for name in "abc"]


def test_a_record_without_text_and_without_mentions_is_passed_over(tmp_path):
    path = lines_of(tmp_path, {"id": "e", "text": " ", "mentions": []}, {"id": "a", "text": TEXT, "mentions": [PARIS]})
    result = places(path)
    assert len(rows(result)) == 1
    assert ":1 is empty; it was passed over" in result.stderr


@pytest.mark.parametrize(
    ("record", "message"),
    [
        ({"text": TEXT}, "in.jsonl:2 gives no mentions"),
        ({"text": TEXT, "mentions": None}, "in.jsonl:2: its mentions are None, which is no list"),
        ({"text": TEXT, "mentions": [PARIS, [5, 5]]}, "in.jsonl:2: mention 2 of 2, [5, 5], is empty"),
        ({"text": TEXT, "mentions": [[7, 5]]}, "mention 1 of 1, [7, 5], is empty"),
        ({"text": TEXT, "mentions": [[0, 999]]}, "[0, 999], is not within the text, which has 50 characters"),
        ({"text": TEXT, "mentions": [[-3, 2]]}, "[-3, 2], is not within the text"),
        ({"text": TEXT, "mentions": [[1, 2, 3]]}, "is no pair of whole numbers"),
        ({"text": TEXT, "mentions": [[False, True]]}, "is no pair of whole numbers"),
        ({"text": TEXT, "mentions": [[1.0, 2.0]]}, "is no pair of whole numbers"),
        ({"text": TEXT, "mentions": ["Paris"]}, "is no pair of whole numbers"),
        ({"text": TEXT, "mentions": {"start": 1}}, "is no list"),
        ({"text": "", "mentions": [[0, 1]]}, "is not within the text, which has 0 characters"),
        ({"mentions": [[0, 1]]}, "in.jsonl:2 has no text"),
        ({"id": "first", "text": "Other.", "mentions": []}, "in.jsonl:2 has the id of"),
    ],
)
def test_what_cannot_be_resolved_as_given_is_told_with_its_line_and_nothing_is_written(tmp_path, record, message):
    path = lines_of(tmp_path, {"id": "first", "text": TEXT, "mentions": [PARIS]}, record)
    out = tmp_path / "out.jsonl"
    result = places(path, "-o", out)
    assert result.exit_code == 1
    assert message in result.stderr
    assert not out.exists()


def test_several_wrong_records_are_told_together(tmp_path):
    path = lines_of(tmp_path, *[{"id": str(n), "text": TEXT} for n in range(8)])
    with pytest.raises(UnreadableArticle, match=r"in.jsonl:1 gives no .*in.jsonl:5 gives no .*and 3 more like these"):
        geo.read(path, given_mentions=True)


def test_a_text_file_gives_no_mentions(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("Rain in Lagos.")
    result = places(path)
    assert result.exit_code == 1
    assert "a.txt gives no mentions; only JSON Lines can" in result.stderr


def test_without_the_option_mentions_are_left_alone(tmp_path):
    path = lines_of(tmp_path, {"id": "a", "text": TEXT, "mentions": "of many things"})
    assert [article.mentions for article in geo.read(path)] == [None]


@pytest.mark.parametrize("suffix", [".jsonl", ".csv", ".geojson", ".gpkg"])
def test_every_format_has_the_given_mentions(tmp_path, suffix):
    path, out = lines_of(tmp_path, {"id": "a", "text": TEXT, "mentions": [PARIS, PARIS]}), tmp_path / f"out{suffix}"
    result = places(path, "-o", out)
    assert result.exit_code == 0, result.stderr
    if suffix == ".gpkg":
        assert geo.Atlas.open(out).toponyms["start"].tolist() == [10, 10]
    else:
        assert out.read_text("utf-8").count("geonames:") == 2


WITH_WHAT_IT_LIES_IN = [
    ("Paris, Texas", "Texas", "US"),
    ("Paris , TX", "Texas", "US"),
    ("Paris, Lamar County, Texas, USA", "Texas", "US"),
    ("Zolochiv, Kharkiv Oblast", "Kharkiv Oblast", "UA"),
    ("Zolochiv, Lviv Oblast, Ukraine", "Lviv Oblast", "UA"),
    ("Springfield, Ill.", "Illinois", "US"),
    ("Springfield (Ill.)", "Illinois", "US"),
    ("London, Ont.", "Ontario", "CA"),
    ("Tripoli, Lebanon", "North Governorate", "LB"),
    ("Camden, London", "England", "GB"),  # a town holds what is near to it
    ("Paris, Narnia", "Île-de-France", "FR"),  # nothing is called so, and Paris is left
    ("Paris, Japan", "Île-de-France", "FR"),  # no Paris is there
    ("Washington, D.C.", "District of Columbia", "US"),  # a name as it stands
]  # fmt: skip


@pytest.mark.parametrize(("name", "admin1", "country_code"), WITH_WHAT_IT_LIES_IN)
def test_a_span_that_says_itself_what_it_lies_in_means_the_place_there(gazetteer, name, admin1, country_code):
    text = f"The fire began in {name} on Monday."
    article = Article("a", "", text, mentions=((18, 18 + len(name)),))
    (row,) = geo.geoparse([article], gazetteer=gazetteer, threshold=0.0).to_flat().to_dict("records")
    assert (row["text"], row["admin1"], row["country_code"]) == (name, admin1, country_code)


def test_a_span_that_says_itself_what_it_lies_in_gives_that_as_its_reason(gazetteer):
    article = Article("a", "", "The fire began in Paris, Texas.", mentions=((18, 30),))
    (row,) = geo.geoparse([article], gazetteer=gazetteer).to_flat().to_dict("records")
    assert row["reason"].startswith("Its name itself places it in Texas.")
    assert row["score"] > 0.95


def test_a_threshold_of_zero_gives_every_best_guess_and_one_of_one_few(gazetteer):
    text = "The road from Springfield to Salem and Clinton was closed."
    spans = tuple((text.index(name), text.index(name) + len(name)) for name in ("Springfield", "Salem", "Clinton"))
    article = Article("a", "", text, mentions=spans)
    guessed = geo.geoparse([article], gazetteer=gazetteer, threshold=0.0).toponyms
    assert (guessed["place_id"] != "").all()
    assert (geo.geoparse([article], gazetteer=gazetteer, threshold=1.0).toponyms["place_id"] == "").any()
    assert len(guessed) == 3


def test_the_memory_of_the_collection_serves_given_mentions_too(gazetteer):
    local = [
        "The council of Paris met on Monday. Deputies drove to Powderly and Reno, Texas.",
        "A barn burned near Sulphur Springs, Texas, and smoke was seen in Paris.",
        "Students from Paris, Texas, played a team from Bonham.",
    ]
    bare = "A man from Paris was hurt on Tuesday."
    paper = [Article(str(n), "", text, publisher="The Paris News", mentions=()) for n, text in enumerate(local)]
    asked = Article("bare", "", bare, publisher="The Paris News", mentions=((11, 16),))
    (row,) = geo.geoparse([asked, *paper], gazetteer=gazetteer).to_flat().to_dict("records")
    assert (row["article_id"], row["admin1"]) == ("bare", "Texas")


def test_articles_with_and_without_given_mentions_can_be_read_together(gazetteer):
    given_one = Article("a", "", TEXT, mentions=(TEXAS,))
    found_one = Article("b", "", TEXT)
    toponyms = geo.geoparse([given_one, found_one], gazetteer=gazetteer).toponyms
    assert toponyms.loc[toponyms["article_id"] == "a", "text"].tolist() == ["Texas"]
    assert "Paris" in toponyms.loc[toponyms["article_id"] == "b", "text"].tolist()


def test_the_domain_of_a_record_stands_for_a_publisher_that_it_does_not_state(tmp_path):
    records = [{"text": "a", "domain": "paper.org"}, {"text": "b", "domain": "paper.org", "publisher": "The Paper"}]
    assert [article.publisher for article in geo.read(lines_of(tmp_path, *records))] == ["paper.org", "The Paper"]
