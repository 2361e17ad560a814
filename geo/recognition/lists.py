"""A list of places is a list of places to its last item.

Where most items of a list were found, the others are places too if the
gazetteer knows them: "Lyon" and "Lille" say what "Nice" is beside them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.recognition.labels import PLACE
from geo.recognition.name import Name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geo.recognition.features import Sentence

_FEWEST = 3
"""Items from which it is a list."""
_SHARE = 0.5
"""Share of the items that must have been found for the others to be added, and more than it."""
_LARGER = frozenset(("country", "admin1", "admin2", "region", "city", "town"))
"""Labels of which the profile of an added name has one: what only villages bear is mostly a surname."""
_LINKS = frozenset((",", ";", "and", "or", "&", "/"))
_POSSESSIVES = (["'s"], ["’s"], ["'"], ["’"])

Item = tuple[int, int, int]
"""The number of a sentence and the first and past-last token of a run of capitals in it."""


def listed(sentences: Sequence[Sentence], names: Sequence[list[Name]]) -> list[list[Name]]:
    """Return the names of each sentence with the items of lists of places that were missed."""
    added: dict[int, list[Name]] = {}
    for items in _lists(sentences, names):
        found = sum(
            # "In" may stand before the first item of a sentence, with a capital as well.
            any(start <= name.start and name.end == end and name.kind == PLACE for name in names[at])
            for at, start, end in items
        )
        if not _SHARE * len(items) < found < len(items):
            continue
        loud = all(_is_loud(sentences[at], start, end) for at, start, end in items)
        for at, start, end in items:
            sentence = sentences[at]
            # Among names, a word in capitals is an abbreviation; a possessive owns what is the item itself.
            if (
                _known(sentence, start, end)
                and (loud or not _is_loud(sentence, start, end))
                and sentence.words[end : end + 1] not in _POSSESSIVES
                and not any(name.start < end and start < name.end for name in names[at])
            ):
                added.setdefault(at, []).append(Name(start, end, PLACE))
    return [
        sorted([*row, *added[at]], key=lambda name: name.start) if at in added else row for at, row in enumerate(names)
    ]


def _known(sentence: Sentence, start: int, end: int) -> bool:
    return any(
        (begin, stop) == (start, end) and "weak" not in profile and not _LARGER.isdisjoint(profile)
        for begin, stop, profile in sentence.spans
    )


def _is_loud(sentence: Sentence, start: int, end: int) -> bool:
    return all(word.isupper() for word in sentence.words[start:end] if word[0].isalpha())


def _lists(sentences: Sequence[Sentence], names: Sequence[list[Name]]) -> Iterator[list[Item]]:
    """Yield the lists of a document: of lines, and inside the sentences in which enough was found."""
    lines: list[Item] = []
    for at, sentence in enumerate(sentences):
        runs = sentence.capitals
        if len(runs) == 1 and _is_line(sentence, runs[0]):
            lines.append((at, *runs[0]))
            continue
        if len(lines) >= _FEWEST:
            yield lines
        lines = []
        if len(runs) >= _FEWEST and len(names[at]) > _SHARE * _FEWEST:
            yield from _inside(at, sentence)
    if len(lines) >= _FEWEST:
        yield lines


def _is_line(sentence: Sentence, run: tuple[int, int]) -> bool:
    """Whether nothing but signs and numbers stands beside a run of capitals in its sentence."""
    words = sentence.words
    return not any(word[0].isalpha() for word in (*words[: run[0]], *words[run[1] :]))


def _inside(at: int, sentence: Sentence) -> Iterator[list[Item]]:
    items: list[Item] = []
    for start, end in sentence.capitals:
        between = sentence.words[items[-1][2] : start] if items else []
        if items and not (between and _LINKS.issuperset(between)):
            if len(items) >= _FEWEST:
                yield items
            items = []
        items.append((at, start, end))
    if len(items) >= _FEWEST:
        yield items
