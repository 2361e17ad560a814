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

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from geo.recognition.casing import capitalised, shouts, unshouted, whispers
from geo.recognition.cues import ARTICLES_OF_NAMES, CONNECTORS, kinds
from geo.recognition.matching import LONGEST_NAME, Matcher, begins_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.recognition.memory import Memory
    from geo.types import NameIndex

_UPPER = re.compile(r"[A-ZÀ-ÖØ-Þ]")
_LOWER = re.compile(r"[^\W\d_A-ZÀ-ÖØ-Þ]")
_DIGIT = re.compile(r"\d")
_REPEATED = re.compile(r"(.)\1{2,}")
_INSIDE = frozenset(("-", "–", "&", "/", "'s", "’s", "'", "’", "."))
_HYPHENS = frozenset(("-", "–"))
_CASED = 0.6
"""Share of capitalised words from which a sentence is in title case."""


@dataclass(frozen=True, slots=True)
class Word:
    """What is known of a word wherever it stands; ``own`` are its own features, the others its neighbours'."""

    lower: str
    shape: str
    kinds: tuple[str, ...]
    upper: bool
    own: tuple[str, ...]
    small: list[str]
    around: dict[int, tuple[str, ...]]


def _shape(word: str) -> str:
    marked = _DIGIT.sub("d", _LOWER.sub("x", _UPPER.sub("X", word)))
    return _REPEATED.sub(r"\1\1", marked)[:8]


@lru_cache(maxsize=1 << 14)  # two kilobytes each
def word_of(word: str, *, usual: bool) -> Word:
    """Return what is known of `word`; `usual` says that texts write it small."""
    lower = word.lower()
    shape = _shape(word)
    lists = kinds(lower)
    own = ["W0=" + lower, "Wsh=" + shape]
    if usual:
        own.append("Wusual")
    if len(lower) > 2 and lower[0].isalpha():  # noqa: PLR2004 - affixes of two letters need a third
        own += ["Wp2=" + lower[:2], "Wp3=" + lower[:3], "Ws2=" + lower[-2:], "Ws3=" + lower[-3:]]
        if len(lower) > 4:  # noqa: PLR2004 - as above
            own += ["Wp4=" + lower[:4], "Ws4=" + lower[-4:]]
    own += ["K0=" + name for name in lists]
    if len(lists) > 1:
        own.append("K0&=" + "+".join(lists))
    around = {at: (f"W{at}={lower}", *(f"K{at}={name}" for name in lists)) for at in (-2, -1, 1, 2)}
    small = ["small", "W0=" + lower]
    return Word(lower, shape, lists, word[0].isupper(), tuple(own), small, around)


_EDGE = {at: (f"W{at}=|",) for at in (-2, -1, 1, 2)}


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
    """A sentence as the tagger sees it: spelled words, gazetteer names and runs of capitals."""

    words: list[str]
    shouted: bool
    known: list[Word]
    names: list[tuple[str, ...]]
    spans: list[tuple[int, int, tuple[str, ...]]]
    runs: list[tuple[int, int] | None]
    title_case: bool


class Reader:
    """Turns the tokens of an article into features."""

    def __init__(self, names: NameIndex, vocabulary: frozenset[str]) -> None:
        self.matcher = Matcher(names)
        self._vocabulary = vocabulary

    def read(self, sentences: Sequence[Sequence[str]]) -> list[Sentence]:
        """Return the sentences of one document, spelled in ordinary case, with what the gazetteer knows."""
        shouted = [shouts(words) for words in sentences]
        spelled: list[list[str]] = [list(words) for words in sentences]
        if any(shouted):
            seen = frozenset(
                word
                for words, loud in zip(sentences, shouted, strict=True)
                if not loud
                for word in words[1:]
                if word[0].isupper()
            )
            for at, loud in enumerate(shouted):
                if loud:
                    spelled[at] = unshouted(spelled[at], self._vocabulary, seen)
        elif whispers(sentences):
            spelled = [capitalised(words, self._vocabulary, self.matcher.well_known) for words in sentences]
        return [self._sentence(words, loud) for words, loud in zip(spelled, shouted, strict=True)]

    def _sentence(self, words: list[str], shouted: bool) -> Sentence:  # noqa: FBT001 - private
        vocabulary = self._vocabulary
        known = [word_of(word, usual=word.lower() in vocabulary) for word in words]
        count = len(words)
        names: list[tuple[str, ...]] = [()] * count
        spans = []
        at = 0
        while at < count:
            length, profile = self.matcher.longest(words, at)
            if not length:
                at += 1
                continue
            spans.append((at, at + length, profile))
            for inside in range(length):
                position = "S" if length == 1 else "B" if inside == 0 else "E" if inside == length - 1 else "I"
                names[at + inside] = _gazetteer(profile, position)
            at += length
        letters = sum(word[0].isalpha() for word in words)
        capitals = sum(word.upper for word in known)
        return Sentence(words, shouted, known, names, spans, _runs(words, known), capitals > _CASED * max(letters, 1))


def _runs(words: list[str], known: list[Word]) -> list[tuple[int, int] | None]:
    """Return for each token the run of capitalised words it stands in, or None."""
    count = len(words)
    runs: list[tuple[int, int] | None] = [None] * count
    at = 0
    while at < count:
        if not begins_name(words, at):
            at += 1
            continue
        end = at + 1
        ahead = end
        while ahead < count and ahead - at < 4 * LONGEST_NAME:
            word = words[ahead]
            if known[ahead].upper:
                end = ahead + 1
            elif words[ahead - 1] in _HYPHENS and ahead + 1 < count and words[ahead + 1] in _HYPHENS:
                pass  # Port-au-Prince
            elif not (
                (word in CONNECTORS or word in ARTICLES_OF_NAMES or word in "-–&")
                and word != "and"
                and (ahead - end < 2 or words[ahead] in _HYPHENS or words[ahead - 1] in _HYPHENS)  # noqa: PLR2004 - "of the"
            ):
                break
            ahead += 1
        run = (at, end)
        for inside in range(at, end):
            runs[inside] = run
        at = end
    return runs


def _inside_name(sentence: Sentence, at: int) -> bool:
    """Whether a small word, number or sign at `at` may be part of a name, so that it gets all features."""
    if sentence.runs[at] is not None or sentence.names[at]:
        return True
    word = sentence.words[at]
    before = at > 0 and sentence.known[at - 1].upper
    after = at + 1 < len(sentence.words) and sentence.known[at + 1].upper
    if word in _INSIDE or word in CONNECTORS:
        return before and after
    if word[0].isdigit():
        return before or after
    return before and "pl" in sentence.known[at].kinds


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
    count = len(known)
    result = []
    for at in range(count):
        if not _inside_name(sentence, at):
            result.append(known[at].small)
            continue
        word = known[at]
        before = known[at - 1] if at else None
        after = known[at + 1] if at + 1 < count else None
        lower_before = before.lower if before else "|"
        lower_after = after.lower if after else "|"
        found = ["name", *word.own]
        found += before.around[-1] if before else _EDGE[-1]
        found += after.around[1] if after else _EDGE[1]
        found += known[at - 2].around[-2] if at > 1 else _EDGE[-2]
        found += known[at + 2].around[2] if at + 2 < count else _EDGE[2]
        found += (
            f"W-0={lower_before}|{word.lower}",
            f"W0+={word.lower}|{lower_after}",
            f"W-+={lower_before}|{lower_after}",
            f"Wsh-+={before.shape if before else ''}|{word.shape}|{after.shape if after else ''}",
        )
        if at > 1:
            found.append(f"W--={known[at - 2].lower}|{lower_before}")
        if at + 2 < count:
            found.append(f"W++={lower_after}|{known[at + 2].lower}")
        if sentence.shouted:
            found.append("Wshouted")
        elif sentence.title_case:
            found.append("Wtitle")
        _add_gazetteer(found, sentence, at)
        run = sentence.runs[at]
        if run is not None:
            _add_run(found, sentence, at, run)
            found += memory.of(word.lower)
        result.append(found)
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


def _add_run(found: list[str], sentence: Sentence, at: int, run: tuple[int, int]) -> None:
    known = sentence.known
    start, end = run
    before = known[start - 1] if start else None
    after = known[end] if end < len(known) else None
    last = known[end - 1]
    found += (
        f"R-={before.lower if before else '|'}",
        f"R+={after.lower if after else '|'}",
        f"R#={min(at - start, 4)}/{min(end - at, 5)}",
        f"Rfirst={known[start].lower}",
        f"Rlast={last.lower}",
    )
    found += [f"RKlast={name}" for name in last.kinds]
    found += [f"RKfirst={name}" for name in known[start].kinds]
    if before:
        found += [f"RK-={name}" for name in before.kinds]
    if after:
        found += [f"RK+={name}" for name in after.kinds]
    if end - start > 1:
        for begin, stop, profile in sentence.spans:
            if begin == start and stop == end:
                found.append("Rname=" + "+".join(profile))
                break
