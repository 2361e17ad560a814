"""What the tagger knows of each token.

A feature is a string. Tokens that cannot belong to a name (small words outside
capitalised runs, punctuation) have two features and no more, which is what
makes tagging fast: names are a sixth of a news text.

The groups of features, told apart by their first letter:

- ``W``: the word, its neighbours, its shape and affixes;
- ``G``: the kinds of place the gazetteer knows by this name, of the longest
  name that covers the token and of its neighbours;
- ``R``: the run of capitalised words the token stands in;
- ``K``: word lists (:mod:`geo.recognition.cues`);
- ``D``: what the rest of the document says of the word;
- ``S``: what the first stage, a tagger of entities of all kinds, thought.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from geo.recognition.casing import capitalised, shouts, unshouted, whispers
from geo.recognition.cues import CONNECTORS
from geo.recognition.matching import LONGEST_NAME, Matcher
from geo.recognition.words import EDGE, Words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.recognition.matching import Span
    from geo.recognition.memory import Memory
    from geo.recognition.words import Word
    from geo.types import NameIndex

_INSIDE = frozenset(("-", "–", "&", "/", "'s", "’s", "'", "’", "."))
_BEFORE_A_CAPITAL = frozenset(("-", "’", "'"))
"""What stands between "al" and the name itself (al-Qaim)."""
_CASED = 0.6
"""Share of capitalised words from which a sentence is in title case."""
_FEWEST_LOUD = 3
"""Words in capitals that a sentence in capitals has at least (:func:`geo.recognition.casing.shouts`)."""


@lru_cache(maxsize=1 << 14)
def _gazetteer(profile: tuple[str, ...], position: str) -> tuple[str, ...]:
    """Return the features of a token at a `position` (B, I, E, S) of a gazetteer name."""
    whole = "+".join(profile)
    return (*(f"{position}{label}" for label in profile), f"{position}={whole}")


@lru_cache(maxsize=1 << 14)
def _prefixed(features: tuple[str, ...], prefix: str) -> tuple[str, ...]:
    return tuple(prefix + feature for feature in features)


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
                unshouted(words, self._vocabulary, seen) if loud else words
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
            if word.upper:
                end = ahead + 1
            elif before.hyphen and ahead + 1 < count and known[ahead + 1].hyphen:
                pass  # Port-au-Prince
            elif not (word.in_run and (ahead - end < 2 or word.hyphen or before.hyphen)):  # noqa: PLR2004 - "of the"
                break
            ahead += 1
        runs.append((at, end))
    return runs


def _inside_name(sentence: Sentence, at: int) -> bool:
    """Whether a small word, number or sign beside a run of capitals may be part of a name."""
    word = sentence.known[at]
    before = at > 0 and sentence.known[at - 1].upper
    after = at + 1 < len(sentence.known) and sentence.known[at + 1].upper
    if word.text in _INSIDE or word.text in CONNECTORS:
        return before and after
    if word.text[0].isdigit():
        return before or after
    return before and "pl" in word.kinds


def _in_names(sentence: Sentence) -> list[int]:
    """Return the tokens that may be part of a name, so that they get all features."""
    count = len(sentence.words)
    found: set[int] = set()
    for begin, stop, _ in sentence.spans:
        found.update(range(begin, stop))
    for start, end in sentence.capitals:
        found.update(range(start, end))
        # Every capital is in a run, and a small word must stand beside one.
        if start and _inside_name(sentence, start - 1):
            found.add(start - 1)
        if end < count and _inside_name(sentence, end):
            found.add(end)
    return sorted(found)


def features(sentence: Sentence, memory: Memory) -> list[list[str]]:
    """Return the features of each token of a sentence.

    Parameters
    ----------
    sentence
        As :meth:`Reader.read` gives it.
    memory
        What the whole document says.
    """
    known = sentence.known
    # Five of six tokens have no more features than these, which their words have ready.
    result = [word.small for word in known]
    padded = [EDGE, EDGE, *known, EDGE, EDGE]
    manner = "Wshouted" if sentence.shouted else "Wtitle" if sentence.title_case else ""
    last = len(known) - 1
    described: tuple[int, int] | None = None
    beside: list[str] = []
    within: list[str] = []
    for at in _in_names(sentence):
        second_before, before, word, after, second_after = padded[at : at + 5]
        lower = word.lower
        found = [
            "name",
            *word.own,
            *before.before,
            *after.after,
            *second_before.before_last,
            *second_after.after_next,
            f"W-0={before.lower}|{lower}",
            f"W0+={lower}|{after.lower}",
            f"W-+={before.lower}|{after.lower}",
            f"Wsh-+={before.shape}|{word.shape}|{after.shape}",
        ]
        if at > 1:
            found.append(f"W--={second_before.lower}|{before.lower}")
        if at + 1 < last:
            found.append(f"W++={after.lower}|{second_after.lower}")
        if manner:
            found.append(manner)
        _add_gazetteer(found, sentence, at)
        run = sentence.runs[at]
        if run is not None:
            if run is not described:
                described = run
                beside, within = _of_run(sentence, padded, run)
            found += beside
            found.append(f"R#={min(at - run[0], 4)}/{min(run[1] - at, 5)}")
            found += within
            found += memory.of(lower)
        result[at] = found
    return result


def _add_gazetteer(found: list[str], sentence: Sentence, at: int) -> None:
    names, words = sentence.names, sentence.words
    count = len(words)
    found += _prefixed(names[at], "G0") if names[at] else ("G0no",)
    if at and names[at - 1]:
        found += _prefixed(names[at - 1], "G-1")
    if at + 1 < count and names[at + 1]:
        found += _prefixed(names[at + 1], "G+1")
    if at + 2 < count and words[at + 1] == "," and names[at + 2]:
        found += _prefixed(names[at + 2], "G,")
    if at > 1 and words[at - 1] == "," and names[at - 2]:
        found += _prefixed(names[at - 2], "G-,")


def _of_run(sentence: Sentence, padded: Sequence[Word], run: tuple[int, int]) -> tuple[list[str], list[str]]:
    """Return the features that the tokens of a run have in common: of what is beside it, and of the run itself."""
    start, end = run
    before, first, last, after = padded[start + 1], padded[start + 2], padded[end + 1], padded[end + 2]
    within = [
        f"Rfirst={first.lower}",
        f"Rlast={last.lower}",
        *_prefixed(last.kinds, "RKlast="),
        *_prefixed(first.kinds, "RKfirst="),
        *_prefixed(before.kinds, "RK-="),
        *_prefixed(after.kinds, "RK+="),
    ]
    if end - start > 1:
        within += ["Rname=" + "+".join(profile) for begin, stop, profile in sentence.spans if (begin, stop) == run]
    return [f"R-={before.lower}", f"R+={after.lower}"], within
