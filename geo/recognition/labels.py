"""BIO labels: B- begins a name, I- continues it, O is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

PLACE = "LOC"
DEMONYM = "DEM"
NO_NAME = "O"
PLACE_LABELS = (NO_NAME, *(f"{side}-{kind}" for kind in (PLACE, DEMONYM) for side in "BI"))
ENTITY_LABELS = (NO_NAME, *(f"{side}-{kind}" for kind in ("PER", "ORG", "LOC", "FAC", "DEM", "MISC") for side in "BI"))
_SURELY_NONE = 4.0
"""How far the score of no name must be above all others for a word to be in none whatever stands beside it: one word
in seven is searched. Of the 5,678 names in LGL and GeoWebNews one is another than if all were."""
NEVER = -1e4
"""The score of a passage that is not allowed."""


def spans(labels: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Yield (first, past last, class) of each name; a stray I- begins one.

    Examples
    --------
    >>> list(spans(["B-LOC", "I-LOC", "O", "B-DEM"]))
    [(0, 2, 'LOC'), (3, 4, 'DEM')]
    """
    start, kind = 0, ""
    for at, label in enumerate(labels):
        if not kind and label == NO_NAME:  # as most are
            continue
        if kind and (label[0] != "I" or label[2:] != kind):
            yield start, at, kind
            kind = ""
        if not kind and label != NO_NAME:
            start, kind = at, label[2:]
    if kind:
        yield start, len(labels), kind


def forbidden(labels: Sequence[str]) -> list[tuple[int, int]]:
    """Return the pairs of labels of which the second cannot follow the first: what continues another name, or none."""
    return [
        (first, second)
        for first, before in enumerate(labels)
        for second, after in enumerate(labels)
        if after[0] == "I" and before[2:] != after[2:]
    ]


def likeliest(scores: NDArray[np.float32], transitions: NDArray[np.float32], gaps: Sequence[int]) -> list[str]:
    """Return the best labels of places by the scores of the words and of the passages from one label to the next.

    The algorithm is Viterbi's, over the stretches of words that may be part of a name.

    Parameters
    ----------
    scores
        The scores of the labels of each word, shape (words, labels).
    transitions
        The scores of the passages, shape (labels, labels), the first label's in a row.
    gaps
        The rows that are no words, one after the last word of each sentence.
    """
    labels = [NO_NAME] * len(scores)
    maybe = scores[:, 1:].max(axis=1) > scores[:, 0] - _SURELY_NONE
    maybe[gaps] = False
    possible = np.flatnonzero(maybe)
    if not len(possible):
        return labels
    apart = np.flatnonzero(np.diff(possible) > 1) + 1
    between = {-1, *gaps}
    passing = transitions.tolist()
    continues = [at for at, label in enumerate(PLACE_LABELS) if label[0] == "I"]
    for stretch in np.split(possible, apart):
        start, end = int(stretch[0]), int(stretch[-1]) + 1
        rows = scores[start:end].tolist()
        if start - 1 in between:
            begin = [0.0] * len(PLACE_LABELS)
            for at in continues:
                begin[at] = NEVER
        else:
            begin = passing[0]
        ends = end not in between
        for at, label in enumerate(_best(rows, begin, passing, ends=ends), start):
            if label:
                labels[at] = PLACE_LABELS[label]
    return labels


def _best(rows: list[list[float]], begin: list[float], passing: list[list[float]], *, ends: bool) -> list[int]:
    """Return the best path through `rows` of scores, which ends before no name if it `ends`."""
    kinds = range(len(begin))
    scores = [begin[kind] + rows[0][kind] for kind in kinds]
    came: list[list[int]] = []
    for row in rows[1:]:
        before = [max(kinds, key=[scores[last] + passing[last][kind] for last in kinds].__getitem__) for kind in kinds]
        scores = [scores[before[kind]] + passing[before[kind]][kind] + row[kind] for kind in kinds]
        came.append(before)
    if ends:
        scores = [scores[kind] + passing[kind][0] for kind in kinds]
    path = [max(kinds, key=scores.__getitem__)]
    for before in reversed(came):
        path.append(before[path[-1]])
    return path[::-1]


def chances(scores: NDArray[np.float32], transitions: NDArray[np.float32]) -> list[float]:
    """Return the probability in [0, 1] of each word of one sentence to be part of a name.

    These are the marginals of the conditional random field, by the forward-backward algorithm.

    Parameters
    ----------
    scores, transitions
        As :func:`likeliest` takes them, of the words of a sentence alone.
    """
    rows = np.asarray(scores, np.float64)
    passing = np.asarray(transitions, np.float64)
    forward = np.zeros_like(rows)
    backward = np.zeros_like(rows)
    # A name that goes on cannot begin a sentence, as it cannot follow no name.
    forward[0] = rows[0] + np.where(passing[0] <= NEVER / 2, NEVER, 0)
    for at in range(1, len(rows)):
        forward[at] = np.logaddexp.reduce(forward[at - 1][:, None] + passing, axis=0) + rows[at]
    for at in range(len(rows) - 2, -1, -1):
        backward[at] = np.logaddexp.reduce(passing + rows[at + 1] + backward[at + 1], axis=1)
    whole = forward + backward
    return [float(1 - np.exp(row[0] - np.logaddexp.reduce(row))) for row in whole]
