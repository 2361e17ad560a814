"""What the tagger knows of each token beyond the word itself.

A feature is a string. Those of the word are :attr:`geo.recognition.words.Word.own`; those that
depend on where it stands are in groups, told apart by their first letter:

- ``G``: the kinds of place the gazetteer knows by the longest name that covers the token;
- ``R``: where in its run of capitalised words the token stands;
- ``D``: what the rest of the document says of the word;
- ``M``: that the sentence is in capitals or in title case.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from geo.recognition.casing import capitalised, shouts, unshouted, whispers
from geo.recognition.matching import LONGEST_NAME, Matcher
from geo.recognition.words import Words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.recognition.matching import Span
    from geo.recognition.memory import Memory
    from geo.recognition.words import Word
    from geo.types import NameIndex

Clues = list[tuple[int, tuple[str, ...]]]
"""Tokens of a sentence and the features of one group that they have."""

_BEFORE_A_CAPITAL = frozenset(("-", "’", "'"))
"""What stands between "al" and the name itself (al-Qaim)."""
_DAYS = "mo"
"""The list of months and days, which have a capital and are no names."""
_CASED = 0.6
"""Share of capitalised words from which a sentence is in title case."""
_FEWEST_LOUD = 3
"""Words in capitals that a sentence in capitals has at least (:func:`geo.recognition.casing.shouts`)."""


@lru_cache(maxsize=1 << 14)
def _gazetteer(profile: tuple[str, ...], position: str) -> tuple[str, ...]:
    """Return the features of a token at a `position` (B, I, E, S) of a gazetteer name."""
    whole = "+".join(profile)
    return (*(f"G{position}{label}" for label in profile), f"G{position}={whole}")


@cache
def _in_run(before: int, after: int) -> tuple[str, ...]:
    """Return the features of a token by how many of its run stand before it, and from it to the end."""
    return (f"R#{before}/{after}",)


_SHOUTED = ("Mshouted",)
_TITLE_CASE = ("Mtitle",)
_MOST_BEFORE = 4
_MOST_AFTER = 5


@dataclass(slots=True)
class Sentence:
    """A sentence as the tagger sees it: spelled words, gazetteer names and runs of capitals.

    ``runs`` has for each token the run that it stands in, ``capitals`` each run once.
    """

    words: list[str]
    shouted: bool
    known: list[Word]
    names: list[tuple[str, ...]]
    spans: list[Span]
    runs: list[tuple[int, int] | None]
    capitals: list[tuple[int, int]]
    title_case: bool


class Reader:
    """Turns the tokens of an article into features."""

    def __init__(self, names: NameIndex, vocabulary: frozenset[str]) -> None:
        self.matcher = Matcher(names)
        self._vocabulary = vocabulary
        self._words = Words(vocabulary)

    def read(self, sentences: Sequence[Sequence[str]]) -> list[Sentence]:
        """Return the sentences of one document, spelled in ordinary case, with what the gazetteer knows."""
        spelled: list[list[str]] = [list(words) for words in sentences]
        known = [self._words.of(words) for words in spelled]
        shouted = [
            len([1 for word in row if word.loud]) >= _FEWEST_LOUD and shouts(words)
            for words, row in zip(spelled, known, strict=True)
        ]
        if any(shouted):
            seen = frozenset(
                word.text
                for row, loud in zip(known, shouted, strict=True)
                if not loud
                for word in row[1:]
                if word.upper
            )
            spelled = [
                unshouted(words, self._vocabulary, seen, self.matcher.well_known) if loud else words
                for words, loud in zip(spelled, shouted, strict=True)
            ]
            known = [self._words.of(words) for words in spelled]
        elif whispers(sentences):
            spelled = [capitalised(words, self._vocabulary, self.matcher.well_known) for words in sentences]
            known = [self._words.of(words) for words in spelled]
        begins = [_begins(row) for row in known]
        # The gazetteer is asked once for all names of the document.
        spans = self.matcher.spans(list(zip(known, begins, strict=True)))
        return [_sentence(*one) for one in zip(spelled, shouted, known, begins, spans, strict=True)]


def _sentence(
    words: list[str],
    shouted: bool,  # noqa: FBT001 - private
    known: list[Word],
    begins: Sequence[int],
    spans: list[Span],
) -> Sentence:
    names: list[tuple[str, ...]] = [()] * len(words)
    for begin, stop, profile in spans:
        if stop - begin == 1:
            names[begin] = _gazetteer(profile, "S")
            continue
        names[begin] = _gazetteer(profile, "B")
        names[begin + 1 : stop - 1] = [_gazetteer(profile, "I")] * (stop - begin - 2)
        names[stop - 1] = _gazetteer(profile, "E")
    capitals = _capitals(known, begins)
    runs: list[tuple[int, int] | None] = [None] * len(words)
    for run in capitals:
        runs[run[0] : run[1]] = [run] * (run[1] - run[0])
    letters = len([1 for word in known if word.alphabetic])
    upper = len([1 for word in known if word.upper])
    return Sentence(words, shouted, known, names, spans, runs, capitals, upper > _CASED * max(letters, 1))


def _begins(known: Sequence[Word]) -> list[int]:
    """Return the tokens at which a name can begin: at a capital, or at "al" before a hyphen and a capital."""
    return [
        at
        for at, word in enumerate(known)
        if word.upper
        or (word.article and at + 2 < len(known) and known[at + 1].text in _BEFORE_A_CAPITAL and known[at + 2].upper)
    ]


def _capitals(known: Sequence[Word], begins: Sequence[int]) -> list[tuple[int, int]]:
    """Return the runs of capitalised words, given where names can begin."""
    count = len(known)
    runs: list[tuple[int, int]] = []
    end = 0
    for at in begins:
        if at < end:
            continue
        end = ahead = at + 1
        while ahead < count and ahead - at < 4 * LONGEST_NAME:
            word, before = known[ahead], known[ahead - 1]
            if word.upper and _DAYS in word.kinds and not before.upper:
                break  # "in Zolochiv on Monday" has two names
            if word.upper:
                end = ahead + 1
            elif before.hyphen and ahead + 1 < count and known[ahead + 1].hyphen:
                pass  # Port-au-Prince
            elif not (word.in_run and (ahead - end < 2 or word.hyphen or before.hyphen)):  # noqa: PLR2004 - "of the"
                break
            ahead += 1
        runs.append((at, end))
    return runs


def clues(sentence: Sentence, memory: Memory) -> tuple[Clues, Clues, Clues, Clues]:
    """Return the features of the tokens of a sentence that depend on where they stand.

    Parameters
    ----------
    sentence
        As :meth:`Reader.read` gives it.
    memory
        What the whole document says.

    Returns
    -------
    tuple of four lists of (int, tuple of str)
        For each of the groups G, R, D and M the tokens that have features of it, each once, with these.
    """
    known = sentence.known
    names = [(at, found) for at, found in enumerate(sentence.names) if found]
    runs = [
        (at, _in_run(min(at - start, _MOST_BEFORE), min(end - at, _MOST_AFTER)))
        for start, end in sentence.capitals
        for at in range(start, end)
    ]
    told = [(at, memory.of(known[at].lower)) for at, _ in runs]
    manner = _SHOUTED if sentence.shouted else _TITLE_CASE if sentence.title_case else ()
    return names, runs, told, [(at, manner) for at in range(len(known))] if manner else []
