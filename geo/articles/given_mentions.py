"""The spans that a record gives as its mentions, checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.errors import UnreadableArticle

if TYPE_CHECKING:
    from collections.abc import Mapping

EXAMPLE = '{"text": "Rain in Lagos.", "mentions": [[8, 13]]}'
"""A record that gives its mentions, for messages."""

_LONGEST_VALUE = 60
"""Characters of a wrong value that a message shows."""


def given_mentions(record: Mapping[str, object], *, where: str) -> tuple[tuple[int, int], ...]:
    """Return the spans of `record`, in its own order, repeated and overlapping ones too.

    Parameters
    ----------
    record : mapping
        With its ``text``, and under ``mentions`` a list of pairs of half-open
        offsets, in characters of that text as it was given.
    where : str
        The file and the line, for messages.

    Raises
    ------
    UnreadableArticle
        If there is no such list, or a pair cuts nothing out of the text. The
        offsets of a record that has one wrong are most likely all wrong
        (counted in bytes, or in another text), so that none is used.

    Examples
    --------
    >>> given_mentions({"text": "Rain in Lagos.", "mentions": [[8, 13]]}, where="rain.jsonl:1")
    ((8, 13),)
    """
    spans, text = record.get("mentions"), record["text"]
    assert isinstance(text, str)  # noqa: S101 - a record without a text is refused before
    if "mentions" not in record:
        raise UnreadableArticle(f"{where} gives no mentions; write an object such as {EXAMPLE}")
    if not isinstance(spans, list):
        raise UnreadableArticle(
            f"{where}: its mentions are {_shown(spans)}, which is no list; write them like [[8, 13]], and [] for none"
        )
    return tuple(
        _checked(span, length=len(text), what=f"{where}: mention {number} of {len(spans)}, {_shown(span)},")
        for number, span in enumerate(spans, start=1)
    )


def _checked(span: object, *, length: int, what: str) -> tuple[int, int]:
    if not isinstance(span, list) or [type(offset) for offset in span] != [int, int]:  # True is an int as well
        raise UnreadableArticle(f"{what} is no pair of whole numbers; write it like [8, 13]")
    start, end = span
    if start >= end:
        raise UnreadableArticle(f"{what} is empty; its second number is the offset after its last character")
    if start < 0 or end > length:
        raise UnreadableArticle(
            f"{what} is not within the text, which has {length:,} characters; offsets count characters, not bytes"
        )
    return start, end


def _shown(value: object) -> str:
    shown = repr(value)
    return shown if len(shown) <= _LONGEST_VALUE else shown[: _LONGEST_VALUE - 1] + "…"
