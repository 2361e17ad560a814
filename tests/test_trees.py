"""Symmetric trees, asked by numpy."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.resolution import trees as module
from geo.resolution.trees import Trees


def small():
    """Two trees of two questions over two clues."""
    return Trees(
        borders=(np.array([0.5, 1.5], np.float32), np.array([10.0], np.float32)),
        clue=np.array([[0, 1], [0, 0]]),
        above=np.array([[0, 0], [1, 0]], np.uint8),
        leaves=np.array([[1.0, 2.0, 3.0, 4.0], [10.0, 20.0, 30.0, 40.0]]),
    )


ANSWERS = [
    ((0.0, 0.0), 1 + 10),
    ((1.0, 0.0), 2 + 30),  # above 0.5 only: the second tree's second question
    ((2.0, 0.0), 2 + 40),
    ((0.0, 11.0), 3 + 10),
    ((2.0, 11.0), 4 + 40),
    ((0.5, 10.0), 1 + 10),  # a border is not above itself
]


@pytest.mark.parametrize(("clues", "wanted"), ANSWERS)
def test_a_sum_is_that_of_the_leaves_that_the_questions_lead_to(clues, wanted):
    assert small().sums(np.array([clues])).tolist() == [wanted]


@given(st.lists(st.tuples(st.floats(-3, 3, width=32), st.floats(0, 20, width=32)), min_size=1, max_size=30))
def test_rows_are_independent_of_each_other(rows):
    clues = np.array(rows)
    together = small().sums(clues)
    assert together.tolist() == [small().sums(row[None, :])[0] for row in clues]


def test_many_rows_are_asked_in_parts_with_the_same_answers(monkeypatch):
    clues = np.random.default_rng(3).normal(size=(25, 2)) * 10
    whole = small().sums(clues)
    monkeypatch.setattr(module, "ROWS_TOGETHER", 4)
    assert small().sums(clues).tolist() == whole.tolist()


def test_no_rows_give_no_sums():
    assert small().sums(np.zeros((0, 2))).tolist() == []


def test_trees_come_back_from_their_arrays():
    again = Trees.from_arrays(small().arrays("x"), "x")
    clues = np.random.default_rng(3).normal(size=(25, 2)) * 10
    assert again.sums(clues).tolist() == small().sums(clues).tolist()
