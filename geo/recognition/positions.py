"""Positions that a text states are mentions too, whatever recognises its names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo import coordinates
from geo.types import Mention

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.types import Article


def with_positions(article: Article, mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """Return `mentions` with the positions that `article` states, in the order of the text.

    A mention that overlaps a position (the "N" of a latitude) is left out.
    """
    stated = coordinates.find(article.text)
    if not stated:
        return tuple(mentions)
    positions = [Mention(article.id, one.start, one.end, article.text[one.start : one.end]) for one in stated]
    kept = [m for m in mentions if not any(m.start < one.end and one.start < m.end for one in stated)]
    return tuple(sorted([*kept, *positions], key=lambda mention: mention.start))
