"""Boosted trees: from clues to a sum for each candidate.

The trees are symmetric ("oblivious": all nodes of a level ask the same
question; Prokhorenkova et al. 2018, CatBoost), so that a tree is a row of
questions and a table of answers. Training needs CatBoost
(``geo/training/train_trees.py``); asking them takes numpy and a millisecond.
The answers are sums of numbers in one order, the same on every machine.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from geo.resolution.context import Floats, Ints

ROWS_TOGETHER = 1024
"""Candidates that are asked about at once; bounds the memory (a megabyte for a thousand candidates)."""


@dataclass(frozen=True, slots=True)
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
        trees, depth = self.clue.shape
        powers = 1 << np.arange(depth, dtype=np.uint16)
        single = clues.astype(np.float32)  # as they were when the borders were found
        binned = np.empty(clues.shape, np.uint8)
        for number, borders in enumerate(self.borders):
            binned[:, number] = np.searchsorted(borders, single[:, number], side="left")
        found = np.empty(len(clues))
        for first in range(0, len(clues), ROWS_TOGETHER):
            rows = slice(first, first + ROWS_TOGETHER)
            asked = binned[rows][:, self.clue.ravel()].reshape(-1, trees, depth) > self.above
            leaf = (asked * powers).sum(axis=2)
            found[rows] = self.leaves[np.arange(trees), leaf].sum(axis=1)
        return found

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
