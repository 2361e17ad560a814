"""Labels of words: which may follow which, and the best row of them."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from geo.recognition.labels import NEVER, PLACE_LABELS, chances, forbidden, likeliest, spans

COUNT = len(PLACE_LABELS)
NONE, _, I_LOC, _, I_DEM = range(COUNT)


def passages():
    result = np.zeros((COUNT, COUNT), np.float32)
    for first, second in forbidden(PLACE_LABELS):
        result[first, second] = NEVER
    return result


def scores_of(*rows):
    """Scores of words, and of a gap after them, which is no word."""
    return np.array([*rows, [9, 0, 0, 0, 0]], np.float32)


@pytest.mark.parametrize(
    ("first", "second", "allowed"),
    [
        ("O", "B-LOC", True),
        ("O", "I-LOC", False),
        ("B-LOC", "I-LOC", True),
        ("I-LOC", "I-LOC", True),
        ("B-LOC", "I-DEM", False),
        ("B-DEM", "B-LOC", True),
        ("I-DEM", "O", True),
    ],
)
def test_a_name_goes_on_only_after_it_has_begun(first, second, allowed):
    pair = (PLACE_LABELS.index(first), PLACE_LABELS.index(second))
    assert (pair not in forbidden(PLACE_LABELS)) == allowed


def test_a_word_that_goes_on_makes_the_word_before_it_begin():
    rows = scores_of([1.0, 0.5, 0, 0, 0], [0, 0, 5.0, 0, 0])
    assert likeliest(rows, passages(), [2]) == ["B-LOC", "I-LOC", "O"]


def test_no_name_begins_in_the_middle():
    rows = scores_of([0, 0, 5.0, 0, 0])
    assert likeliest(rows, passages(), [1])[0] != "I-LOC"


def test_a_name_ends_with_its_sentence():
    rows = np.array([[0, 5.0, 0, 0, 0], [0, 0, 9.0, 0, 0], [0, 0, 5.0, 1.0, 0]], np.float32)
    assert likeliest(rows, passages(), [1])[2] == "B-DEM"


def test_a_gap_is_in_no_name_whatever_its_scores():
    rows = np.array([[0, 5.0, 0, 0, 0], [0, 0, 50.0, 0, 0]], np.float32)
    assert likeliest(rows, passages(), [1]) == ["B-LOC", "O"]


def test_without_words_there_are_no_labels():
    assert likeliest(np.zeros((0, COUNT), np.float32), passages(), []) == []


@given(
    arrays(np.float32, (5, COUNT), elements=st.integers(-3, 3).map(float)),
    arrays(np.float32, (COUNT, COUNT), elements=st.integers(-1, 1).map(float)),
)
def test_no_other_row_of_labels_has_a_better_score(scores, passing):
    passing = passing + passages()
    # Nothing is so surely no name that it is not searched.
    scores[:, NONE] = np.minimum(scores[:, NONE], scores[:, 1:].max(axis=1) + 3)
    rows = np.concatenate([scores, [[9, 0, 0, 0, 0]]]).astype(np.float32)

    def total(path):
        if path[0] in (I_LOC, I_DEM):
            return NEVER
        return sum(float(scores[at, label]) for at, label in enumerate(path)) + sum(
            float(passing[first, second]) for first, second in itertools.pairwise(path)
        )

    best = max(total(path) for path in itertools.product(range(COUNT), repeat=len(scores)))
    found = [PLACE_LABELS.index(label) for label in likeliest(rows, passing, [5])[:5]]
    assert total(found) == pytest.approx(best)


@given(
    arrays(np.float32, (4, COUNT), elements=st.integers(-3, 3).map(float)),
    arrays(np.float32, (COUNT, COUNT), elements=st.integers(-1, 1).map(float)),
)
def test_the_chance_of_a_word_is_that_of_all_rows_in_which_it_is_in_a_name(scores, passing):
    passing = passing + passages()
    whole, named = 0.0, np.zeros(len(scores))
    for path in itertools.product(range(COUNT), repeat=len(scores)):
        if path[0] in (I_LOC, I_DEM):
            continue
        total = sum(float(scores[at, label]) for at, label in enumerate(path))
        weight = np.exp(total + sum(float(passing[first, second]) for first, second in itertools.pairwise(path)))
        whole += weight
        named += weight * (np.array(path) != NONE)
    np.testing.assert_allclose(chances(scores, passing), named / whole, atol=1e-6)


@pytest.mark.parametrize(
    ("labels", "found"),
    [
        ([], []),
        (["B-LOC", "I-LOC", "O"], [(0, 2, "LOC")]),
        (["I-LOC", "B-LOC"], [(0, 1, "LOC"), (1, 2, "LOC")]),
        (["B-LOC", "I-DEM"], [(0, 1, "LOC"), (1, 2, "DEM")]),
    ],
)
def test_labels_become_names(labels, found):
    assert list(spans(labels)) == found
