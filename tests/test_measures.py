"""The measures: by hand on small examples, and as properties."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from geo.evaluation import end_to_end, gold_mentions, worst
from geo.evaluation.corpora import AnnotatedArticle, Annotation
from geo.evaluation.gold_mentions import AREA_OR_TOWN, figures_of
from geo.evaluation.judging import Asked, Judged, is_area_or_town, judged
from geo.evaluation.metrics import DRAWS, FARTHEST_KM, area_under_errors, calibration_error, intervals, share
from geo.evaluation.resolution import reached
from geo.gazetteer import Gazetteer
from geo.recognition import Tagger
from geo.resolution import Resolver
from geo.types import Article, Candidate, Mention, Place, Toponym
from maps.cli import main

ODESA = Place("geonames:698740", "Odesa", 30.74383, 46.47747, "UA", "Odesa Oblast", "", "P", "PPLA", 1_015_826)
LVIV = Place("geonames:702550", "Lviv", 24.02324, 49.83826, "UA", "Lviv Oblast", "", "P", "PPLA", 717_803)
APART_KM = 625  # from Odesa to Lviv

kilometres = st.lists(st.floats(0, 20_038) | st.just(math.inf), max_size=30)


@pytest.fixture(scope="module")
def gazetteer():
    with Gazetteer.open() as opened:
        yield opened


# -- numbers ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("errors", "area"),
    [
        ([], 0.0),
        ([0.0], 0.0),
        ([FARTHEST_KM], 1.0),
        ([math.inf, math.inf, math.inf], 1.0),
        ([0.0, FARTHEST_KM], 0.5),  # a straight line from 0 to 1
        ([FARTHEST_KM, 0.0, 0.0], 0.25),  # (0 + 0)/2 and (0 + 1)/2, over two steps
        ([math.e - 1], 1 / math.log(20_039)),
        ([math.e - 1, math.e**3 - 1], 2 / math.log(20_039)),
    ],
)
def test_the_area_under_the_errors_is_that_of_the_trapezoids_of_their_sorted_logarithms(errors, area):
    assert area_under_errors(errors) == pytest.approx(area)


@given(errors=kilometres, order=st.randoms(use_true_random=False))
def test_the_area_under_the_errors_is_from_0_to_1_and_knows_no_order(errors, order):
    shuffled = list(errors)
    order.shuffle(shuffled)
    assert 0.0 <= area_under_errors(errors) <= 1.0
    assert area_under_errors(shuffled) == pytest.approx(area_under_errors(errors))


@given(errors=kilometres, more=st.floats(0, 5_000))
def test_larger_errors_have_no_smaller_area(errors, more):
    assert area_under_errors([km + more for km in errors]) >= area_under_errors(errors) - 1e-12


@pytest.mark.parametrize(
    ("scores", "right", "error"),
    [
        ([], [], 0.0),
        ([1.0, 1.0], [True, True], 0.0),
        ([1.0, 1.0], [True, False], 0.5),
        ([0.95, 0.15], [True, False], 0.1),  # each in a bin of its own: (.05 + .15) / 2
        ([0.91, 0.99], [True, True], 0.05),  # one bin: |1.9 - 2| / 2
        ([0.92, 0.98], [True, False], 0.45),  # one bin: |1.9 - 1| / 2
    ],
)
def test_the_calibration_error_is_how_far_the_mean_score_of_each_bin_is_from_the_share_that_is_right(
    scores, right, error
):
    assert calibration_error(scores, right) == pytest.approx(error)


@given(answers=st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=40))
def test_a_calibration_error_is_from_0_to_1(answers):
    assert 0.0 <= calibration_error([score for score, _ in answers], [right for _, right in answers]) <= 1.0


@given(answers=st.lists(st.tuples(st.integers(0, 5), st.booleans()), min_size=1, max_size=25))
def test_an_interval_holds_its_figure_and_is_the_same_each_time(answers):
    documents, right = [document for document, _ in answers], np.array([one for _, one in answers])

    def figures(chosen):
        return {"share": share(right[chosen])}

    (found,) = intervals(documents, figures).values()
    low, high = found
    assert 0.0 <= low <= share(right) <= high <= 1.0
    assert intervals(documents, figures) == {"share": found}


def test_an_interval_draws_documents_and_not_names():
    right = np.array([True] * 50 + [False] * 50)

    def figures(chosen):
        return {"share": share(right[chosen])}

    two_documents = intervals([0] * 50 + [1] * 50, figures)["share"]
    a_hundred = intervals(range(100), figures)["share"]
    assert two_documents == (0.0, 1.0)  # both draws of the same one, a quarter of the time each
    assert a_hundred == pytest.approx((0.4, 0.6), abs=0.03)  # 1.96 standard errors of .05 to either side


def test_a_thousand_draws_are_made():
    asked = []
    intervals([0, 1], lambda chosen: asked.append(len(chosen)) or {"n": 1.0})
    assert len(asked) == DRAWS + 1 == 1001


def test_a_figure_without_a_value_has_no_interval():
    assert all(math.isnan(end) for end in intervals([0, 1], lambda _: {"x": math.nan})["x"])


def test_no_toponyms_have_figures_all_the_same():
    values = figures_of([]).values
    assert (values["accuracy"], values["auc"], values["calibration_error"]) == (0.0, 0.0, 0.0)
    assert math.isnan(values["mean_km"])


# -- answers ---------------------------------------------------------------------------------------


def asked_for(place, *, document=0, geonames_id=None, feature_class="P", nearest=0.0, population=0.0, both=False):
    annotation = Annotation(0, 5, place.name, place.lon, place.lat, geonames_id)
    article = AnnotatedArticle(Article(str(document), "", place.name), (annotation,))
    return Asked(document, article, annotation, feature_class, nearest, population, both)


def answered(place, score=0.9):
    return Toponym(Mention("0", 0, 5, "Odesa"), place, score)


def test_the_figures_of_four_answers_are_what_one_reckons_by_hand():
    answers = [
        judged(asked_for(ODESA, geonames_id=698740), answered(ODESA, 0.95)),  # right
        judged(asked_for(ODESA, geonames_id=999, document=1), answered(LVIV, 0.95)),  # wrong
        judged(asked_for(LVIV, document=1), answered(LVIV, 0.95)),  # right, and the corpus has no id
        judged(asked_for(LVIV, nearest=math.inf), None),  # no answer and no candidate
    ]
    found = figures_of(answers)
    values = found.values
    assert values["accuracy"] == 2 / 4
    assert values["accuracy_reachable"] == 2 / 3
    assert values["same_id"] == 1 / 2
    assert values["answered"] == 3 / 4
    assert values["mean_km"] == pytest.approx(APART_KM / 3, abs=1)
    assert values["median_km"] == 0.0
    step = math.log1p(answers[1].km) / math.log(20_039)
    assert values["auc"] == pytest.approx((0 + step / 2 + (step + 1) / 2) / 3)
    assert values["calibration_error"] == pytest.approx(0.95 - 2 / 3)
    assert math.isnan(values["area_or_town"])  # no name here is both
    for name, (low, high) in found.between.items():
        assert low <= values[name] <= high or name == "area_or_town"


def test_an_equal_id_is_right_in_its_own_count_wherever_the_corpus_puts_the_point():
    far = Place("", "Odesa", 0.0, 0.0)
    answer = judged(asked_for(far, geonames_id=698740), answered(ODESA))
    values = figures_of([answer]).values
    assert (values["accuracy"], values["accuracy_or_same_id"], values["same_id"]) == (0.0, 1.0, 1.0)


@pytest.mark.parametrize(("km", "is_right"), [(0.0, True), (161.0, True), (161.1, False), (math.inf, False)])
def test_a_place_is_right_up_to_161_km(km, is_right):
    assert Judged(asked_for(ODESA), answered(ODESA), km).is_right is is_right


OBLAST = Place("geonames:698738", "Odesa Oblast", 30.5, 46.5, "UA", "Odesa Oblast", "", "A", "ADM1", 2_368_107)


def test_of_names_that_are_those_of_an_area_and_a_town_it_counts_which_of_the_two_was_taken():
    answers = [
        judged(asked_for(ODESA, both=True), answered(ODESA)),
        judged(asked_for(ODESA, both=True), answered(OBLAST)),  # near enough, and not what was meant
        judged(asked_for(OBLAST, feature_class="A", both=True), answered(OBLAST)),
        judged(asked_for(ODESA, both=True), None),
        judged(asked_for(ODESA, feature_class="", both=True), answered(ODESA)),  # nobody knows which was meant
        judged(asked_for(LVIV), answered(ODESA)),  # no such name
    ]
    assert figures_of(answers).values["area_or_town"] == 2 / 4
    assert math.isnan(figures_of(answers[-1:]).values["area_or_town"])


def test_classes_count_their_own_and_an_area_or_town_counts_in_both():
    answers = [
        judged(asked_for(ODESA, both=True, population=900.0), answered(ODESA)),
        judged(asked_for(LVIV), answered(ODESA)),
        judged(asked_for(LVIV, feature_class="A"), answered(LVIV)),
    ]
    classes = figures_of(answers).classes
    assert list(classes) == ["P", "A", AREA_OR_TOWN]
    assert {name: (row["toponyms"], row["accuracy"]) for name, row in classes.items()} == {
        "P": (2, 0.5),
        "A": (1, 1.0),
        AREA_OR_TOWN: (1, 1.0),
    }
    assert (classes["P"]["by_population"], classes[AREA_OR_TOWN]["by_population"]) == (0.5, 0.0)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        *[(name, True) for name in ("Kursk", "New York", "Quebec", "Luxembourg")],
        *[(name, False) for name in ("Ukraine", "Odesa Oblast", "Qwxyzzy", "Georgia")],
    ],
)
def test_a_name_is_an_area_or_a_town_where_it_is_both_and_the_town_lies_in_it(gazetteer, name, expected):
    assert is_area_or_town(gazetteer.lookup(name)) is expected


def test_a_town_that_only_a_few_call_so_makes_no_area_or_town():
    area = Place("geonames:1", "Texas", 0, 0, "US", "Texas", "", "A", "ADM1")
    town = Place("geonames:2", "Texas", 0, 0, "US", "Texas", "", "P", "PPL")
    assert is_area_or_town([Candidate(area, "Texas"), Candidate(town, "Texas")])
    assert not is_area_or_town([Candidate(area, "Texas"), Candidate(town, "Texas", "alternate", 0.5)])


# -- reports ---------------------------------------------------------------------------------------

RAIN = "Rain fell on Odesa and Lviv. Ukrainian farmers in Qwxyzzyville were glad."


def marks(*toponyms):
    """Return annotations of (name, place or None, type) in `RAIN`."""
    return tuple(
        Annotation(
            start := RAIN.index(name),
            start + len(name),
            name,
            place and place.lon,
            place and place.lat,
            int(place.id.partition(":")[2]) if place else None,
            kind,
        )
        for name, place, kind in toponyms
    )


UKRAINE = Place("geonames:690791", "Ukraine", 32.0, 49.0, "UA", "", "", "A", "PCLI")


class Told:
    """A recogniser that finds what it was told."""

    def __init__(self, *named):
        self.named = named

    def recognise(self, article):
        return tuple(
            Mention(article.id, start := article.text.index(name), start + len(name), name, role)
            for name, role in self.named
        )


def whole(gazetteer, *annotations, found, **options):
    annotated = [AnnotatedArticle(Article("a", "", RAIN), marks(*annotations))]
    resolver = Resolver.open(gazetteer, threshold=0.0)
    return end_to_end.measure(annotated, gazetteer=gazetteer, recogniser=Told(*found), resolver=resolver, **options)


def test_the_whole_way_counts_what_is_both_found_exactly_and_placed(gazetteer):
    report = whole(
        gazetteer,
        ("Odesa", ODESA, "Literal"),
        ("Lviv", ODESA, "Literal"),  # found and placed elsewhere
        ("Ukrainian", UKRAINE, "Demonym"),  # not found
        ("Qwxyzzyville", None, "Literal"),  # has no coordinates
        found=[("Odesa", "literal"), ("Lviv", "literal"), ("farmers", "literal")],
    )
    assert report.placed()["placed"][0] == pytest.approx(1 / 3)
    assert report.spans.f1() == pytest.approx((2 / 3, 2 / 4, 4 / 7))
    told = report.as_dict()
    assert told["by_role"] == {
        "demonym": {"annotated": 1, "recall_exact": 0.0, "recall_overlapping": 0.0},
        "literal": {"annotated": 3, "recall_exact": 0.6667, "recall_overlapping": 0.6667},
    }
    assert told["by_class"]["A"]["annotated"] == 1
    assert told["found_as"] == {"literal": {"found": 3, "precision_exact": 0.6667}}


def test_a_name_found_with_other_bounds_overlaps_and_is_not_placed(gazetteer):
    report = whole(gazetteer, ("Odesa and Lviv", ODESA, ""), found=[("Odesa", "literal"), ("Lviv", "literal")])
    assert report.spans.f1() == (0.0, 0.0, 0.0)
    assert report.spans.f1(overlap=True) == (1.0, 1.0, 1.0)
    assert report.placed()["placed"][0] == 0.0


@pytest.mark.parametrize("kind", ["Demonym", ""])
@pytest.mark.parametrize("role", ["demonym", None])
def test_demonyms_can_be_left_out_on_both_sides_whether_the_corpus_tells_them_or_not(gazetteer, kind, role):
    found = [("Odesa", "literal")] + ([("Ukrainian", role)] if role else [])
    annotated = [("Odesa", ODESA, "Literal" if kind else ""), ("Ukrainian", UKRAINE, kind)]
    report = whole(gazetteer, *annotated, found=found, left_out=frozenset({"demonym"}))
    assert (report.spans.annotated, report.spans.predicted, report.spans.f1()[2]) == (1, 1, 1.0)
    assert len(report.answers) == 1
    assert "left out on both sides: demonym" in report.describe()


def test_a_literal_name_that_is_taken_for_a_demonym_still_counts_where_demonyms_do_not(gazetteer):
    annotated = [("Odesa", ODESA, "Literal"), ("Ukrainian", UKRAINE, "Literal")]
    found = [("Odesa", "literal"), ("Ukrainian", "demonym")]
    report = whole(gazetteer, *annotated, found=found, left_out=frozenset({"demonym"}))
    assert (report.spans.annotated, report.spans.predicted) == (2, 2)


def test_embedded_names_can_be_left_out(gazetteer):
    annotated = [("Odesa", ODESA, "Literal"), ("Lviv", LVIV, "Embedded_Non_Lit")]
    found = [("Odesa", "literal"), ("Lviv", "literal"), ("farmers", "embedded")]
    report = whole(gazetteer, *annotated, found=found, left_out=frozenset({"embedded"}))
    assert (report.spans.annotated, report.spans.predicted) == (1, 1)


def test_given_mentions_are_measured_as_they_are_placed(gazetteer):
    annotations = marks(("Odesa", ODESA, ""), ("Lviv", ODESA, ""), ("Qwxyzzyville", LVIV, ""), ("Ukrainian", None, ""))
    report = gold_mentions.measure(
        [AnnotatedArticle(Article("a", "", RAIN), annotations)],
        gazetteer=gazetteer,
        recogniser=Tagger.open(gazetteer),
        resolver=Resolver.open(gazetteer, threshold=0.0),
        reasons=True,
    )
    assert [one.is_right for one in report.answers] == [True, False, False]
    assert report.alone.values["accuracy"] == report.remembered.values["accuracy"] == pytest.approx(1 / 3)
    assert report.ceiling == report.by_population == pytest.approx(1 / 3)
    assert reached(report)["accuracy"] == pytest.approx(1 / 3)
    assert {"accuracy", "accuracy_at_home", "same_id", "found"} <= reached(report).keys()

    lviv, nowhere = worst.worst(report.answers, gazetteer, most=9)
    assert (lviv["name"], lviv["put_id"]) == ("Lviv", LVIV.id)
    assert lviv["km"] == pytest.approx(APART_KM, abs=5)
    assert lviv["should_be"].startswith("Odesa, ")
    assert lviv["passage"] == "Rain fell on Odesa and Lviv."
    assert lviv["reason"]
    assert (nowhere["km"], nowhere["put"], nowhere["nearest_candidate_km"]) == (None, "", None)
    assert len(worst.worst(report.answers, gazetteer, most=1)) == 1
    assert "was put:   nowhere" in "\n".join(worst.describe([nowhere]))


# -- the command -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    path = tmp_path_factory.mktemp("corpus") / "rain.jsonl"
    toponyms = [
        {"start": a.start, "end": a.end, "text": a.text, "lat": a.lat, "lon": a.lon, "geonameid": a.geonames_id}
        for a in marks(("Odesa", ODESA, ""), ("Lviv", ODESA, ""))
    ]
    path.write_text(json.dumps({"id": "a", "text": RAIN, "toponyms": toponyms}) + "\n", "utf-8")
    return path


def evaluated(*arguments):
    return CliRunner().invoke(main, ["evaluate", *map(str, arguments)])


def test_the_command_reports_given_mentions_in_words_and_for_programs(corpus):
    words = evaluated("--gold-mentions", corpus)
    assert words.exit_code == 0, words.stderr
    assert "2 toponyms with coordinates in 1 article, " in words.stdout
    assert "0.500 (0.500–0.500)" in words.stdout
    told = json.loads(evaluated("--gold-mentions", "--json", corpus).stdout)
    assert told["toponyms"] == 2
    assert told["alone"]["figures"]["accuracy"] == told["with_memory"]["figures"]["accuracy"] == 0.5
    assert told["alone"]["intervals"]["accuracy"] == [0.5, 0.5]
    assert "errors" not in told


@pytest.mark.parametrize(("option", "number"), [(["--errors"], 1), (["--errors", "5"], 1), (["--errors", "0"], 0)])
def test_the_command_lists_as_many_errors_as_it_is_asked_for(corpus, option, number):
    told = evaluated("--gold-mentions", corpus, *option)
    assert told.stdout.count("should be: Odesa") == number


def test_the_heading_says_which_conventions_hold(corpus):
    assert "demonyms and embedded names: all count" in evaluated(corpus).stdout
    heading, *_ = evaluated(corpus, "--no-demonyms", "--no-embedded").stdout.splitlines()
    assert heading.endswith("left out on both sides: demonym, embedded")


@pytest.mark.parametrize(
    "arguments",
    [("--gold-mentions", "--coverage"), ("--gold-mentions", "--no-demonyms"), ("--gold-mentions", "--no-embedded")],
)
def test_questions_that_exclude_each_other_are_wrong_usage(corpus, arguments):
    assert evaluated(*arguments, corpus).exit_code == 2
