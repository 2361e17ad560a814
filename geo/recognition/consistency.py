"""A name that is certain once helps where it is not.

The tagger labels one sentence at a time. Where it found "Telangana" in one
sentence, the same word standing alone in another is the same place, unless
the article also has a person or an organisation of that name.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from geo.recognition.labels import PLACE
from geo.recognition.lists import listed
from geo.recognition.name import Name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.recognition.features import Sentence
    from geo.recognition.memory import Memory

_SHARE = 0.5
"""Share of a name's occurrences that must have been found for the others to be added."""
_REGIONS = frozenset(("country", "admin1"))
_ENDS: tuple[list[str], ...] = ([], [","], ["."], [";"], [")"], [":"])
"""What follows a region that stands after its town, and is no further item of a list."""
_OTHERS = frozenset(("title", "forename", "surname", "organisation", "small"))
"""Clues of a document that a word is a person's or an organisation's name there."""


def completed(sentences: Sequence[Sentence], names: Sequence[list[Name]], memory: Memory) -> list[list[Name]]:
    """Add to the names of each sentence those that are names elsewhere in the document.

    Only runs of capitals that are a found name from end to end are added, and
    none of a sentence in capitals or of a word that is small elsewhere. The
    items of lists are completed first.
    """
    names = listed(sentences, names)
    seen: Counter[tuple[str, ...]] = Counter()
    runs: Counter[tuple[str, ...]] = Counter()
    beside: set[tuple[str, ...]] = set()
    for sentence, found in zip(sentences, names, strict=True):
        if sentence.shouted:
            continue
        if found:
            seen.update(
                tuple(sentence.words[name.start : name.end])
                for name in found
                if name.kind == PLACE and sentence.runs[name.start] == (name.start, name.end)
            )
            beside.update(
                tuple(sentence.words[name.start : name.end])
                for name, region in pairwise(found)
                if name.kind == PLACE and region.kind == PLACE and _goes_on(sentence, name, region)
            )
        runs.update([tuple(sentence.words[start:end]) for start, end in sentence.capitals])
    certain = {
        words
        for words, count in seen.items()
        if (count > _SHARE * runs[words] or words in beside) and not speaks_for_others(memory, words)
    }
    if not certain:
        return list(names)
    return [
        sorted([*found, *_missing(sentence, found, certain)], key=lambda name: name.start)
        for sentence, found in zip(sentences, names, strict=True)
    ]


def _goes_on(sentence: Sentence, name: Name, region: Name) -> bool:
    """Whether a name is followed by its region and a sign: "Tongwynlais, Wales,"."""
    words = sentence.words
    known = any(
        (begin, end) == (region.start, region.end) and not _REGIONS.isdisjoint(profile)
        for begin, end, profile in sentence.spans
    )
    return known and words[name.end : region.start] == [","] and words[region.end : region.end + 1] in _ENDS


def speaks_for_others(memory: Memory, words: Sequence[str]) -> bool:
    """Whether the document has one of `words` as a person's or an organisation's name, or writes it small."""
    return any(memory.clues(word.lower()) & _OTHERS for word in words)


def _missing(sentence: Sentence, found: Sequence[Name], certain: set[tuple[str, ...]]) -> list[Name]:
    if sentence.shouted:
        return []
    taken = {at for name in found for at in range(name.start, name.end)}
    return [
        Name(start, end, PLACE)
        for start, end in sentence.capitals
        if tuple(sentence.words[start:end]) in certain and taken.isdisjoint(range(start, end))
    ]
