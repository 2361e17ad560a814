"""Boosted trees: from clues to a sum for each candidate.

The trees are symmetric ("oblivious": all nodes of a level ask the same
question; Prokhorenkova et al. 2018, CatBoost), so that a tree is a row of
questions and a table of answers. Training needs CatBoost
(``geo/training/train_trees.py``); asking them takes numpy and a millisecond.
The answers are sums of numbers in one order, the same on every machine.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Self

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from geo.resolution.context import Floats, Ints

ROWS_TOGETHER = 512
"""Candidates that are asked about at once: what is reckoned with stays in the processor's own memory."""

_MOST_BORDERS = 256
"""More than a clue has borders."""


@dataclass(frozen=True)
class Trees:
    """Symmetric trees.

    Attributes
    ----------
    borders
        For each clue its borders, ascending: a clue's value is reduced to the
        number of borders that are below it.
    clue
        The clue of each question, shape (trees, depth).
    above
        The question: is the number of borders below the value greater than
        this? Shape (trees, depth).
    leaves
        The answers, shape (trees, 2 ** depth); the first question is the last bit.
    """

    borders: tuple[NDArray[np.float32], ...]
    clue: Ints
    above: NDArray[np.uint8]
    leaves: Floats

    def sums(self, clues: Floats) -> Floats:
        """Return the sum of the answers for each row of `clues`, shape (candidates, clues)."""
        # As they were when the borders were found, and the other way around: a question is asked of all rows at once.
        single = np.ascontiguousarray(clues.T, np.float32)
        found = np.empty(len(clues))
        for first in range(0, len(clues), ROWS_TOGETHER):
            rows = slice(first, first + ROWS_TOGETHER)
            found[rows] = self._sums(single[:, rows])
        return found

    def _sums(self, values: NDArray[np.float32]) -> Floats:
        """Return the sums for the columns of `values`."""
        if values.shape[1] == 1:  # numpy would add one column in another order than several
            return self._sums(np.repeat(values, 2, axis=1))[:1]
        clue, border, which = self._questions
        answers = (values[clue] > border[:, None]).view(np.uint8)
        trees, depth = self.clue.shape
        leaf = answers[which[:, depth - 1]]
        for level in range(depth - 2, -1, -1):
            leaf <<= 1
            leaf |= answers[which[:, level]]
        at = leaf + (np.arange(trees) << depth)[:, None]
        return self.leaves.ravel().take(at).sum(axis=0)

    @cached_property
    def _questions(self) -> tuple[Ints, NDArray[np.float32], Ints]:
        """The different questions that there are, as clue and border, and which of them each node of a tree asks."""
        asked, which = np.unique(self.clue * _MOST_BORDERS + self.above, return_inverse=True)
        clue, above = asked // _MOST_BORDERS, asked % _MOST_BORDERS
        border = [
            self.borders[c][a] if a < len(self.borders[c]) else np.inf  # no value is above it
            for c, a in zip(clue.tolist(), above.tolist(), strict=True)
        ]
        return clue, np.array(border, np.float32), which.reshape(self.clue.shape)

    def arrays(self, prefix: str) -> dict[str, NDArray[np.generic]]:
        """Return the trees as named arrays, for a file."""
        sizes = np.array([len(borders) for borders in self.borders], np.int32)
        return {
            f"{prefix}_border_counts": sizes,
            f"{prefix}_borders": np.concatenate([*self.borders, np.zeros(0, np.float32)]),
            f"{prefix}_clue": self.clue.astype(np.uint8),
            f"{prefix}_above": self.above,
            f"{prefix}_leaves": self.leaves.astype(np.float32),
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[np.generic]], prefix: str) -> Self:
        """Return the trees of :meth:`arrays`."""
        counts = np.asarray(arrays[f"{prefix}_border_counts"], np.int64)
        borders = np.split(np.asarray(arrays[f"{prefix}_borders"], np.float32), np.cumsum(counts)[:-1])
        return cls(
            tuple(borders),
            np.asarray(arrays[f"{prefix}_clue"], np.int64),
            np.asarray(arrays[f"{prefix}_above"], np.uint8),
            np.asarray(arrays[f"{prefix}_leaves"], np.float64),
        )
