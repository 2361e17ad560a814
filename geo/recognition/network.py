"""The network that labels words: which belong to the name of a place, which to another name.

A document is read at once. Each word is the sum of the vectors of its features
(:mod:`geo.recognition.words`, :mod:`geo.recognition.features`, hashed into
tables) and of its word vector; three convolutions let it see three words to
either side, and before the second each word of a name hears the mean of all
words of names in the document that are spelled alike. Two linear layers give
the scores of the labels: place names and demonyms, and entities of all kinds.

The network is trained with PyTorch (:mod:`geo.training.network`) and asked here
with numpy alone. What a word alone contributes is worked out once and kept.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from geo.recognition.arrays import read_arrays
from geo.recognition.features import clues
from geo.recognition.labels import ENTITY_LABELS, chances, likeliest

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from geo.recognition.features import Sentence
    from geo.recognition.memory import Memory
    from geo.recognition.vectors import WordVectors
    from geo.recognition.words import Word

    Numbers = NDArray[np.float32]
    Weights = NDArray[np.float16] | NDArray[np.float32]

WORD_FEATURES = 1 << 14
"""Rows of the table of features of words."""
CLUES = 1 << 12
"""Rows of the table of features that depend on where a word stands."""
GROUPS = 4
"""Groups of these features (:func:`geo.recognition.features.clues`)."""
LAYERS = 3
POOLED = 1
"""The convolution before which words that are spelled alike hear of each other."""
NEEDED = (
    *("features", "features_in", "vectors_in", "clues", "clues_in", "bias", "alike", "alike_bias"),
    *("places", "places_bias", "entities", "entities_bias", "transitions"),
    *(f"layer{number}{part}" for number in range(LAYERS) for part in ("", "_bias", "_scale", "_shift")),
)
"""The arrays of a network, as :meth:`geo.training.network.Learner.exported` makes them."""
EPSILON = 1e-5
"""What keeps the normalisation of a layer from dividing by zero, as in PyTorch."""
_SURE = 100.0
"""The score of no name for a word that cannot be in one."""
_KEPT = 1 << 16
"""Words and groups of clues whose sums are kept, 400 bytes each; a large collection has fifty thousand."""


def hashed(feature: str, rows: int) -> int:
    """Return the row of a feature in a table of `rows` rows, the same on every machine."""
    return zlib.crc32(feature.encode("utf-8")) % rows


def gathered(sentences: Sequence[Sentence], memory: Memory) -> Gathered:
    """Return the words of a document in one row, a gap after each sentence, with their clues."""
    words: list[Word | None] = []
    begins: list[int] = []
    in_runs: list[int] = []
    told: list[tuple[list[int], list[tuple[str, ...]]]] = [([], []) for _ in range(GROUPS)]
    for sentence in sentences:
        begin = len(words)
        begins.append(begin)
        words += sentence.known
        words.append(None)
        for (at, features), found in zip(told, clues(sentence, memory), strict=True):
            at += [begin + place for place, _ in found]
            features += [group for _, group in found]
        for start, end in sentence.capitals:
            in_runs += range(begin + start, begin + end)
    return Gathered(words, begins, told, in_runs)


@dataclass(frozen=True, slots=True)
class Gathered:
    """A document as the network reads it.

    Attributes
    ----------
    words
        Its words, None after the last of each sentence.
    begins
        Where each sentence begins in them.
    clues
        For each group of features that depend on where a word stands, the words that have some, and which.
    in_runs
        The words that stand in runs of capitals.
    """

    words: list[Word | None]
    begins: list[int]
    clues: list[tuple[list[int], list[tuple[str, ...]]]]
    in_runs: list[int]

    @property
    def gaps(self) -> list[int]:
        """Where a sentence has ended."""
        return [*(begin - 1 for begin in self.begins[1:]), len(self.words) - 1]

    def alike(self) -> list[int]:
        """Return for each word of ``in_runs`` a number that those spelled alike, but for capitals, have in common."""
        numbers: dict[str, int] = {}
        return [
            numbers.setdefault(word.lower, len(numbers))
            for word in (self.words[at] for at in self.in_runs)
            if word is not None
        ]


@dataclass(frozen=True, slots=True)
class Reading:
    """What the network thinks of a sentence.

    Attributes
    ----------
    places
        The label of each word as a place name or demonym.
    entities
        The label of each word as an entity of any kind.
    scores
        The scores of the labels of places, shape (words, labels), O first.
    transitions
        The scores of the passages from one label to the next.
    """

    places: list[str]
    entities: list[str]
    scores: Numbers
    transitions: Numbers

    def chances(self) -> list[float]:
        """Return the probability in [0, 1] of each word to be part of a name."""
        return chances(self.scores, self.transitions)


class Network:
    """The network with its weights.

    Parameters
    ----------
    weights
        The arrays that :meth:`geo.training.network.Learner.exported` makes.
    vectors
        The word vectors with which it was trained.
    """

    def __init__(self, weights: Mapping[str, Weights], vectors: WordVectors) -> None:
        weight = {name: np.asarray(array, np.float32) for name, array in weights.items()}
        self._vectors = vectors
        self._of_feature = weight["features"] @ weight["features_in"]
        self._of_clue = weight["clues"] @ weight["clues_in"]
        self._of_vector = weight["vectors_in"]
        self._bias = weight["bias"]
        self._layers = [
            (
                np.concatenate(list(weight[f"layer{number}"]), axis=0),
                weight[f"layer{number}_bias"],
                weight[f"layer{number}_scale"],
                weight[f"layer{number}_shift"],
            )
            for number in range(LAYERS)
        ]
        self._alike, self._alike_bias = weight["alike"], weight["alike_bias"]
        self._places, self._places_bias = weight["places"], weight["places_bias"]
        self._entities, self._entities_bias = weight["entities"], weight["entities_bias"]
        self._transitions = weight["transitions"]
        self._words = _Kept(len(self._bias), self._word_sums)
        self._groups = _Kept(len(self._bias), self._clue_sums)

    @classmethod
    def open(cls, path: Path, vectors: WordVectors) -> Self:
        """Read the weights.

        Raises
        ------
        ModelError
            If the file is missing or is no model.
        """
        return cls(read_arrays(path, NEEDED), vectors)

    def read(self, sentences: Sequence[Sentence], memory: Memory) -> list[Reading]:
        """Label the words of one document.

        Parameters
        ----------
        sentences
            As :meth:`geo.recognition.features.Reader.read` gives them.
        memory
            What the whole document says.
        """
        if not sentences:
            return []
        document = gathered(sentences, memory)
        hidden, known = self._hidden(document)
        scores = hidden @ self._places + self._places_bias
        scores[~known, 0] = _SURE
        kinds = ((hidden @ self._entities + self._entities_bias).argmax(axis=1) * known).tolist()
        labels = likeliest(scores, self._transitions, document.gaps)
        return [
            Reading(
                labels[begin : begin + len(sentence.words)],
                [ENTITY_LABELS[kind] for kind in kinds[begin : begin + len(sentence.words)]],
                scores[begin : begin + len(sentence.words)],
                self._transitions,
            )
            for begin, sentence in zip(document.begins, sentences, strict=True)
        ]

    def _hidden(self, document: Gathered) -> tuple[Numbers, NDArray[np.bool_]]:
        """Return what is known of each word in the end, and which words are known; the others are in no name."""
        values = self._words.of(["" if word is None else word.text for word in document.words], document.words)
        for at, features in document.clues:
            if at:
                values[at] += self._groups.of(features, features)
        np.maximum(values, 0, out=values)
        # A name is made of words in runs of capitals or known to the gazetteer. The last layer is wanted of these
        # and of the words beside them, each layer before of one word more to either side.
        known = np.zeros(len(values), np.bool_)
        known[document.in_runs] = True
        known[document.clues[0][0]] = True
        known = _with_neighbours(known)
        wanted = [known]
        for _ in range(LAYERS - 1):
            wanted.append(_with_neighbours(wanted[-1]))
        for number, layer in enumerate(self._layers):
            if number == POOLED and document.in_runs:
                values[document.in_runs] += self._told_by_others(values, document)
            values = _convolved(values, np.flatnonzero(wanted[LAYERS - 1 - number]), *layer)
        return values, known

    def _told_by_others(self, values: Numbers, document: Gathered) -> Numbers:
        """Return what each word in a run of capitals hears from all that are spelled alike."""
        alike = np.array(document.alike())
        order = np.argsort(alike, kind="stable")
        counts = np.bincount(alike)
        firsts = np.concatenate(([0], np.cumsum(counts)[:-1]))
        sums = np.add.reduceat(values[np.array(document.in_runs)[order]], firsts)
        means = sums / counts[:, None].astype(np.float32)
        return np.asarray(np.maximum(means @ self._alike + self._alike_bias, 0)[alike])

    def _word_sums(self, words: Sequence[Word | None]) -> Numbers:
        """Return what words contribute wherever they stand, the bias included; None is the gap after a sentence."""
        sums = self._sums(self._of_feature, [GAP if word is None else word.own for word in words])
        vectors = self._vectors.of(["" if word is None else word.lower for word in words])
        return np.asarray(sums + vectors @ self._of_vector + self._bias)

    def _clue_sums(self, groups: Sequence[tuple[str, ...]]) -> Numbers:
        return self._sums(self._of_clue, groups)

    def _sums(self, table: Numbers, features: Sequence[tuple[str, ...]]) -> Numbers:
        """Return the sums of the rows of `table` that each of `features`, none of them empty, is hashed to."""
        size = len(table)
        rows = [hashed(feature, size) for one in features for feature in one]
        firsts = np.cumsum([0, *map(len, features)])[:-1]
        return np.asarray(np.add.reduceat(table[rows], firsts, axis=0))


GAP = ("W0=|",)
"""The features of the gap after a sentence."""


class _Kept:
    """Vectors by what they are of, worked out when they are first asked for.

    Parameters
    ----------
    width
        The length of a vector.
    make
        Works out those of several keys.
    """

    def __init__(self, width: int, make: Callable[[Sequence[Any]], Numbers]) -> None:
        self._make = make
        self._at: dict[Hashable, int] = {}
        self._rows = np.zeros((1 << 10, width), np.float32)

    def of(self, keys: Sequence[Hashable], things: Sequence[Any]) -> Numbers:
        """Return a vector for each of `things`, shape (things, width); `keys` tell one from another."""
        if len(self._at) > _KEPT:
            self._at.clear()
        unknown = {key: thing for key, thing in zip(keys, things, strict=True) if key not in self._at}
        if unknown:
            begin = len(self._at)
            self._at.update(zip(unknown, range(begin, begin + len(unknown)), strict=True))
            while len(self._rows) < len(self._at):
                self._rows = np.concatenate([self._rows, np.zeros_like(self._rows)])
            self._rows[begin : len(self._at)] = self._make(list(unknown.values()))
        return self._rows[[self._at[key] for key in keys]]


def _with_neighbours(words: NDArray[np.bool_]) -> NDArray[np.bool_]:
    wider = words.copy()
    wider[1:] |= words[:-1]
    wider[:-1] |= words[1:]
    return wider


def _convolved(
    values: Numbers, at: NDArray[np.intp], weight: Numbers, bias: Numbers, scale: Numbers, shift: Numbers
) -> Numbers:
    """Return what the words `at` hear from themselves and their two neighbours, normalised; zeros for all others."""
    count, width = values.shape
    edged = np.zeros((count + 2, width), np.float32)
    edged[1:-1] = values
    change: Numbers = edged[at[:, None] + _WINDOW].reshape(len(at), 3 * width) @ weight
    change += bias
    np.maximum(change, 0, out=change)
    change += values[at]
    change -= change.mean(axis=1, keepdims=True)
    change *= (1 / np.sqrt(np.einsum("ij,ij->i", change, change) / width + EPSILON))[:, None]
    change *= scale
    change += shift
    result = np.zeros_like(values)
    result[at] = change
    return result


_WINDOW = np.arange(3)
"""A word, its left neighbour before it, its right neighbour after it, where an edge is put before the first."""
