"""What stands around a name when the protocol asks for it, and how sure an answer may be."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.evaluation.corpora import AnnotatedArticle, Annotation
from geo.training.protocol_contexts import CONTEXTS, GIVEN, HIDDEN, RECOGNISED
from geo.types import Article, Mention

TEXT = "Rain fell in Paris, Texas, and snow in Lamar County near Reno."
ANNOTATED = ("Paris", "Texas", "Lamar County")
FOUND = ("Texas", "Lamar", "Reno")


def span(name):
    return TEXT.index(name), TEXT.index(name) + len(name)


ARTICLE = AnnotatedArticle(
    Article("a", "", TEXT), tuple(Annotation(*span(name), name, 0.0, 0.0, None) for name in ANNOTATED)
)
RECOGNISED_THERE = tuple(Mention("a", *span(name), name) for name in FOUND)


def told(kind):
    """Return the names of each reading, and of these the ones that are asked for."""
    return [
        ([mention.text for mention in mentions], {ANNOTATED[number]: mentions[at].text for number, at in wanted})
        for mentions, wanted in CONTEXTS[kind](ARTICLE, RECOGNISED_THERE)
    ]


def test_given_names_stand_together_among_what_is_recognised_beside_them():
    assert told(GIVEN) == [(["Paris", "Texas", "Lamar County", "Reno"], {name: name for name in ANNOTATED})]


def test_with_recognised_context_a_name_stands_among_nothing_else_that_was_given():
    assert told(RECOGNISED) == [
        (["Texas", "Lamar", "Reno"], {"Texas": "Texas"}),
        (["Paris", "Texas", "Lamar", "Reno"], {"Paris": "Paris"}),
        (["Texas", "Lamar County", "Reno"], {"Lamar County": "Lamar County"}),
    ]


@given(identity=st.text(max_size=8))
def test_hidden_names_are_neither_asked_for_nor_there_and_the_same_each_time(identity):
    article = AnnotatedArticle(Article(identity, "", TEXT), ARTICLE.annotations)
    once, again = (CONTEXTS[HIDDEN](article, RECOGNISED_THERE) for _ in range(2))
    assert once == again
    [(mentions, wanted)] = once
    assert [mentions[at].text for _, at in wanted] == [ANNOTATED[number] for number, _ in wanted]
    left = {mention.text for mention in mentions}
    assert {ANNOTATED[number] for number, _ in wanted} == left & set(ANNOTATED)


def test_three_tenths_of_the_names_are_hidden():
    articles = [AnnotatedArticle(Article(str(n), "", TEXT), ARTICLE.annotations) for n in range(500)]
    left = [len(CONTEXTS[HIDDEN](article, RECOGNISED_THERE)[0][0]) for article in articles]
    assert sum(left) / (4 * len(articles)) == pytest.approx(0.7, abs=0.03)


class One:
    """A context of names with two candidates each, which share nothing."""

    def __init__(self, names):
        self.start = np.arange(0, 2 * names + 1, 2)
        self.sense = np.arange(2 * names)

    def of(self, mention):
        return np.arange(2 * mention, 2 * mention + 2)


class Told:
    def __init__(self, corpus, names, right):
        self.corpus, self.context = corpus, One(names)
        self.hard, self.near = np.zeros(2 * names, bool), np.zeros(2 * names, bool)
        self.near[: 2 * right : 2] = True  # the first candidate of the first names
        self.judged, self.decided = np.ones(names, bool), np.zeros(names, bool)


def sums(names, apart):
    return np.tile([apart, 0.0], names), np.full(names, -50.0)


def test_what_is_said_to_be_right_is_right_as_often():
    calibrated = pytest.importorskip("geo.training.calibration", reason="needs scipy").calibrated
    # Of a hundred names that look sure 96 are right, of a hundred that look less sure 75.
    examples, answers = [Told("a", 100, 96), Told("a", 100, 75)], [sums(100, 20.0), sums(100, 3.0)]
    temperature, lapse = calibrated(examples, answers)
    said = [(1 - lapse) / (1 + np.exp(-apart / temperature)) for apart in (20.0, 3.0)]
    assert said == pytest.approx([0.96, 0.75], abs=0.01)


def test_every_corpus_counts_alike_however_many_names_it_has():
    calibrated = pytest.importorskip("geo.training.calibration", reason="needs scipy").calibrated
    examples, answers = [Told("a", 900, 900), Told("b", 100, 90)], [sums(900, 20.0), sums(100, 20.0)]
    _, lapse = calibrated(examples, answers)
    assert lapse == pytest.approx(0.05, abs=0.005)
