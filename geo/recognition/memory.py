"""What a document as a whole says of a word.

A person who is introduced as "Detective Jordan Washington" is later called
"Washington"; a town that is "in Lincoln" once is meant when a sentence begins
with "Lincoln". The tagger sees each sentence with a memory of the others.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from geo.recognition.features import Sentence

_MOST = 4
"""Counts above it are not told apart."""


class Memory:
    """The clues that a document gives on each of its capitalised words."""

    def __init__(self, sentences: Iterable[Sentence]) -> None:
        self._capital: Counter[str] = Counter()
        self._small: set[str] = set()
        self._clues: defaultdict[str, set[str]] = defaultdict(set)
        self._told: dict[str, tuple[str, ...]] = {}
        for sentence in sentences:
            self._note(sentence)

    def of(self, word: str) -> tuple[str, ...]:
        """Return the features of `word`, which is in lower case."""
        told = self._told.get(word)
        if told is None:
            features = ["D" + clue for clue in sorted(self._clues.get(word, ()))]
            features.append(f"D#{min(self._capital[word], _MOST)}")
            if word in self._small:
                features.append("Dsmall")
            told = tuple(features)
            self._told[word] = told
        return told

    def clues(self, word: str) -> set[str]:
        """Return the clues on `word`, which is in lower case, and "small" if it is written so somewhere."""
        clues = self._clues.get(word, set())
        return clues | {"small"} if word in self._small else clues

    def _note(self, sentence: Sentence) -> None:
        known = sentence.known
        self._small.update([word.lower for word, run in zip(known, sentence.runs, strict=True) if run is None])
        for start, end in sentence.capitals:
            for word in known[start:end]:
                self._capital[word.lower] += 1
            if not sentence.shouted:
                self._note_run(sentence, start, end)

    def _note_run(self, sentence: Sentence, start: int, end: int) -> None:
        known = sentence.known
        before = known[start - 1].kinds if start else ()
        after = known[end].kinds if end < len(known) else ()
        for at in range(start, end):
            clues = self._clues[known[at].lower]
            previous = known[at - 1].kinds if at > start else ()
            clues |= _around(at == start, at == end - 1, before, after)
            if "ti" in previous:
                clues.add("title")
            if "fn" in previous:
                clues.add("surname")
            if at < end - 1:
                clues |= {_HEADS[kind] for kind in known[end - 1].kinds if kind in _HEADS}
            if at == start and at < end - 1 and "fn" in known[at].kinds:
                clues.add("forename")
        for begin, stop, profile in sentence.spans:
            if begin >= start and stop <= end and stop - begin > 1 and "weak" not in profile:
                for at in range(begin, stop):
                    self._clues[known[at].lower].add("name")


_HEADS = {"og": "organisation", "pl": "place"}


def _around(first: bool, last: bool, before: Collection[str], after: Collection[str]) -> set[str]:  # noqa: FBT001 - private
    """Return the clues that the lists of the words around a run give of its first, last and other words."""
    clues = set()
    if "lp" in before:
        clues.add("in" if first else "in+")
    if "ti" in before and first:
        clues.add("title")
    if "sp" in after and last:
        clues.add("says")
    if first and last:
        clues.add("alone")
    return clues
