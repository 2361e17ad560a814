"""BIO labels: B- begins a name, I- continues it, O is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

PLACE = "LOC"
DEMONYM = "DEM"
NO_NAME = "O"


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
