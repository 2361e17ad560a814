"""A text or Markdown document to its one article."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import yaml  # type: ignore[import-untyped]  # comes with python-frontmatter, whose errors are this package's
from frontmatter.default_handlers import YAMLHandler

from geo.articles.decoding import normalise
from geo.articles.fields import complete
from geo.articles.given_mentions import EXAMPLE
from geo.errors import InputError, UnreadableArticle

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.types import Article

_PLAIN_LINE = re.compile(r"^([A-Za-z_]+)[ \t]*:[ \t]+(\S.*)$", re.MULTILINE)


def parse_document(text: str, *, source: str, given_mentions: bool = False) -> Iterator[Article | InputError]:
    """Yield the article in `text`, and what is wrong with its front matter.

    Front matter is YAML between two lines of ``---`` at the very head; the
    article's text is what follows. Without it, the whole is the text.

    Parameters
    ----------
    text : str
        The content of a file, as :func:`geo.articles.decoding.decode` returns it.
    source : str
        Where it comes from, for messages and the article's ``source``.
    given_mentions : bool
        Whether the names to resolve are to be given, which a document cannot do.

    Raises
    ------
    UnreadableArticle
        If the text is empty or too long, or its names are to be given.
    """
    if given_mentions:
        raise UnreadableArticle(
            f"{source} gives no mentions; only JSON Lines can, an object such as {EXAMPLE} on each line"
        )
    # Before the front matter is read: YAML takes no control characters, and the boundaries need line ends.
    stated, body, complaint = _front_matter(normalise(text))
    article, complaints = complete(body, stated, source=source)
    yield article
    for words in (complaint, *complaints):
        if words:
            yield InputError(f"{source}: {words}; the article was read without it")


def _front_matter(text: str) -> tuple[dict[str, object], str, str]:
    """Return the fields stated at the head of `text`, the rest of it, and a complaint or ""."""
    handler = YAMLHandler()
    if not handler.detect(text):
        return {}, text, ""
    try:
        head, body = handler.split(text)
    except ValueError:  # no second boundary: a rule at the head of a text
        return {}, text, ""
    body = body.lstrip("\n")
    try:
        # All values as they are written: YAML would make a truth of "language: no", an octal of "id: 0123".
        stated: Any = handler.load(head, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        plain = {match[1].lower(): match[2].strip().strip("\"'") for match in _PLAIN_LINE.finditer(head)}
        return dict(plain), body, f"its front matter is no valid YAML ({_cause(error)})"
    if stated is None:
        return {}, body, ""
    if not isinstance(stated, dict):  # prose between two rules
        return {}, text, ""
    return {str(name).lower(): value for name, value in stated.items()}, body, ""


def _cause(error: Exception) -> str:
    """Return in one line what made `error`."""
    mark = getattr(error, "problem_mark", None)
    words = getattr(error, "problem", None) or str(error).partition("\n")[0]
    # The head begins behind the first boundary, so that its line 0 is the file's line 1.
    return f"line {mark.line + 1}: {words}" if mark else str(words)
