"""Names whose spans are given, and what is recognised around them.

A resolver works on every mention of an article and not only on those that
somebody asks about: "Springfield" is told by the "Ill." beside it. Given spans
therefore take the place of the recognised mentions that they overlap, with the
role of these, and the others stay as context.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.types import Mention

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geo.types import Article, Role

    Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read an article: mentions that do not overlap, in the order of the text.

    Attributes
    ----------
    mentions
        The given ones and those around them.
    asked
        Pairs of the number of a given span and the index of its mention.
    """

    mentions: tuple[Mention, ...]
    asked: tuple[tuple[int, int], ...]


def readings(article: Article, spans: Sequence[Span], recognised: Sequence[Mention]) -> tuple[Reading, ...]:
    """Return the readings of `article` in which each of `spans` is a mention once.

    It is one reading where no spans overlap. Of nested ones ("Kharkiv" in
    "Kharkiv Oblast") each needs its own, so that it has the neighbours that it
    has in the text. A span that is given twice is read once.

    Parameters
    ----------
    article
        What the spans are in.
    spans
        Half-open offsets, in any order.
    recognised
        What a recogniser finds in the article, in the order of the text.
    """
    mentions = {span: _mention(article, span, recognised) for span in sorted(set(spans))}
    numbers: dict[Span, list[int]] = {}
    for number, span in enumerate(spans):
        numbers.setdefault(span, []).append(number)
    found = []
    for layer in _layers(mentions) or [[]]:
        # What is given and belongs to another reading is better context than what was recognised.
        around = _apart([*(mentions[span] for span in layer), *mentions.values(), *recognised])
        read = tuple(sorted(around, key=lambda mention: mention.start))
        index = {(mention.start, mention.end): at for at, mention in enumerate(read)}
        found.append(Reading(read, tuple((number, index[span]) for span in layer for number in numbers[span])))
    return tuple(found)


def together(
    article: Article, spans: Sequence[Span], recognised: Sequence[Mention]
) -> tuple[tuple[Mention, ...], tuple[int, ...]]:
    """Return the given spans and what is recognised around them in one list, and the index of each given one.

    It is what training is done on. Spans that overlap are both in it, so that
    it is one of :func:`readings` only where none do.
    """
    given = {span: _mention(article, span, recognised) for span in spans}
    others = [m for m in recognised if not any(start < m.end and m.start < end for start, end in given)]
    ordered = sorted([*given.values(), *others], key=lambda mention: (mention.start, mention.end))
    index = {(mention.start, mention.end): at for at, mention in enumerate(ordered)}
    return tuple(ordered), tuple(index[span] for span in spans)


def _mention(article: Article, span: Span, recognised: Iterable[Mention]) -> Mention:
    """Return the mention at `span`, with the role of what was recognised there, literal if nothing was."""
    start, end = span
    overlapping = [mention for mention in recognised if mention.start < end and start < mention.end]
    same = [mention for mention in overlapping if (mention.start, mention.end) == span]
    role: Role = next((mention.role for mention in (*same, *overlapping)), "literal")
    return Mention(article.id, start, end, article.text[start:end], role)


def _layers(spans: Iterable[Span]) -> list[list[Span]]:
    """Return `spans`, sorted, in lists in which none overlap, as few and as long as they can be."""
    layers: list[list[Span]] = []
    for span in spans:
        free = next((layer for layer in layers if layer[-1][1] <= span[0]), None)
        if free is None:
            layers.append([span])
        else:
            free.append(span)
    return layers


def _apart(mentions: Iterable[Mention]) -> list[Mention]:
    """Return those of `mentions` that do not overlap one before them in the list."""
    kept: list[Mention] = []
    taken: set[int] = set()
    for mention in mentions:
        characters = range(mention.start, mention.end)
        if taken.isdisjoint(characters):
            taken.update(characters)
            kept.append(mention)
    return kept
