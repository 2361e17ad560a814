"""What words mean, as numbers: vectors of the words that English texts use most.

Words that stand in like company have like vectors, so that the tagger knows
"hamlet" beside "village" and "spokesperson" beside "spokesman" without having
met them in its training texts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

import numpy as np

from geo.recognition.arrays import read_arrays

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray


class WordVectors:
    """The vectors of words, in 8 bits a number.

    Parameters
    ----------
    words
        The words, in lower case, each once.
    numbers
        One row of whole numbers from -127 to 127 for each word, shape (words, dimensions).
    scale
        What a whole number is worth in each dimension, shape (dimensions,).
    """

    def __init__(self, words: Sequence[str], numbers: NDArray[np.int8], scale: NDArray[np.float32]) -> None:
        self._rows = {word: row for row, word in enumerate(words)}
        self._numbers = numbers
        self._scale = scale

    @classmethod
    def open(cls, path: Path) -> Self:
        """Read the vectors that :meth:`save` wrote.

        Raises
        ------
        ModelError
            If the file is missing or holds no vectors.
        """
        arrays = read_arrays(path, ("words", "numbers", "scale"))
        return cls(arrays["words"].tobytes().decode("utf-8").split("\n"), arrays["numbers"], arrays["scale"])

    def save(self, path: Path) -> None:
        """Write the vectors; the same vectors give the same bytes."""
        words = np.frombuffer("\n".join(self._rows).encode("utf-8"), np.uint8)
        with path.open("wb") as file:
            np.savez(file, words=words, numbers=self._numbers, scale=self._scale)

    @property
    def dimensions(self) -> int:
        """The length of a vector."""
        return int(self._numbers.shape[1])

    def __contains__(self, word: str) -> bool:
        return word in self._rows

    def of(self, words: Sequence[str]) -> NDArray[np.float32]:
        """Return the vectors of `words`, shape (words, dimensions); zeros for a word that has none."""
        rows = [self._rows.get(word, -1) for word in words]
        found = self._numbers[rows] * self._scale
        found[[row < 0 for row in rows]] = 0
        return found
