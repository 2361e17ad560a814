"""JSON Lines to articles: one object, one article a line."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from geo.articles.fields import complete
from geo.articles.given_mentions import given_mentions as given
from geo.errors import InputError, UnreadableArticle

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.types import Article


def parse_lines(text: str, *, source: str, given_mentions: bool = False) -> Iterator[Article | InputError]:
    """Yield the article of each line of `text`, or what is wrong with the line.

    A line is a JSON object with a ``text`` and any other field of
    :class:`geo.types.Article`; what else it has is left alone. Blank lines
    are passed over.

    Parameters
    ----------
    text : str
        The content of a file.
    source : str
        Where it comes from; with the line's number it is the article's ``source``.
    given_mentions : bool
        Whether each line is to give its mentions (:mod:`geo.articles.given_mentions`).
        A line without a text and without mentions is then passed over, since nothing is lost.
    """
    # Not splitlines: JSON allows U+2028 and its like inside a string, but no bare carriage return.
    for number, whole in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), start=1):
        line = whole.removeprefix("\ufeff")  # files that were joined have it in the middle
        if not line.strip():
            continue
        where = f"{source}:{number}"
        try:
            body, record = _record(line, where)
            spans = given(record, where=where) if given_mentions else None
            if spans == () and not body.strip():
                yield InputError(f"{where} is empty; it was passed over")
                continue
            article, complaints = complete(body, record, source=where)
        except UnreadableArticle as error:
            yield error
            continue
        yield article if spans is None else replace(article, mentions=spans)
        for complaint in complaints:
            yield InputError(f"{where}: {complaint}; the article was read without it")


def looks_like_lines(text: str) -> bool:
    """Tell whether the first line of `text` is a JSON object, for text that has no suffix to tell it."""
    first = text.lstrip().partition("\n")[0]
    if not first.startswith("{"):
        return False
    try:
        return isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        return False


def _record(line: str, where: str) -> tuple[str, dict[str, object]]:
    """Return the text and the fields that `line` holds."""
    try:
        record = json.loads(line)
    except json.JSONDecodeError as error:
        raise UnreadableArticle(
            f"{where} is no JSON ({error.msg} at character {error.pos + 1}); write one object a line"
        ) from error
    except (ValueError, RecursionError) as error:  # a number of thousands of digits, brackets without end
        raise UnreadableArticle(f"{where} is no JSON that can be read ({error})") from error
    if not isinstance(record, dict) or not isinstance(record.get("text"), str):
        raise UnreadableArticle(f'{where} has no text; write an object such as {{"id": "1", "text": "…"}}')
    return record["text"], record
