"""What a source states about an article, checked and completed."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from geo.articles.dates import inferred_date, stated_date
from geo.articles.decoding import normalise
from geo.errors import UnreadableArticle
from geo.types import Article

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_CHARACTERS = 1_000_000
"""Characters one article can have: a book of about 500 pages. What is longer is no article but a
collection; finding its names would take minutes, and the page that holds it whole would hardly open."""

TITLE_CHARACTERS = 110
"""Characters of a title that is taken from the text: about the longest headline of a wire service."""

_HEADING = re.compile(r"#{1,6}\s+(.*?)(?:\s+#+)?")


def complete(text: str, stated: Mapping[str, object], *, source: str) -> tuple[Article, tuple[str, ...]]:
    """Return an article of `text`, and what is wrong with the fields stated for it.

    A field that cannot be used counts as not stated. A title that is not
    stated is the text's first line, an id a digest of the text, and a date
    what :func:`geo.articles.dates.inferred_date` finds.

    Parameters
    ----------
    text : str
        The article's text; offsets in it stay as they are.
    stated : mapping
        Any of ``id``, ``title``, ``date`` or ``published``, ``published_inferred``,
        ``url``, ``publisher`` (or ``domain``, which crawls have in its place),
        ``language`` and ``source``; other keys are left alone.
    source : str
        Where the article comes from, if it does not state it.

    Raises
    ------
    UnreadableArticle
        If `text` is empty or longer than :data:`MAX_CHARACTERS`.
    """
    if len(text) > MAX_CHARACTERS:
        raise too_long(f"{len(text):,} characters", source=source)
    text = normalise(text)
    if not text.strip():
        raise UnreadableArticle(f"{source} is empty; an article needs a text")

    complaints: list[str] = []

    def field(name: str) -> str:
        value = stated.get(name)
        if _is_absent(value):
            return ""
        if isinstance(value, bool) or not isinstance(value, (str, int, float)):
            complaints.append(f"its {name} is not a text")
            return ""
        return " ".join(normalise(str(value)).split())

    date_name = "published" if "published" in stated else "date"
    date_value = stated.get(date_name)
    published = stated_date(date_value)
    inferred = published is not None and stated.get("published_inferred") is True
    if published is None:
        if not _is_absent(date_value):
            complaints.append(f"its {date_name} is no full date; write it like 2025-01-31")
        published = inferred_date(text)
        inferred = published is not None
    article = Article(
        id=field("id") or digest(text),
        title=field("title") or first_line(text),
        text=text,
        source=field("source") or normalise(source),
        url=field("url"),
        publisher=field("publisher") or field("domain"),
        published=published,
        published_inferred=inferred,
        language=field("language"),
    )
    return article, tuple(complaints)


def _is_absent(value: object) -> bool:
    """Tell whether a field holds nothing: null, blanks, or the NaN that tables write for a missing value."""
    return value is None or (isinstance(value, str) and not value.strip()) or value != value  # noqa: PLR0124 - only NaN differs from itself


def too_long(size: str, *, source: str) -> UnreadableArticle:
    """Return the error that says that `source`, of `size`, is longer than an article can be."""
    return UnreadableArticle(
        f"{source} is too long for one article: {size}, and the limit is {MAX_CHARACTERS:,} characters; "
        "split it into one file an article, or one line an article of a .jsonl file"
    )


def digest(text: str) -> str:
    """Return 16 hexadecimal digits that stand for `text`, whatever blanks surround it.

    They are the first of its SHA-256, the same on every machine. Among a
    million articles two have the same with a probability of 3 in 10⁸.
    """
    return hashlib.sha256(text.strip().encode()).hexdigest()[:16]


def first_line(text: str) -> str:
    r"""Return the first line of `text` that is not blank, as a title.

    The signs of a Markdown heading are left out, and a paragraph is cut
    between words.

    Examples
    --------
    >>> first_line("# Floods in the Sahel\n\nNIAMEY, Niger — …")
    'Floods in the Sahel'
    """
    line = next((line for line in text.splitlines() if line.strip()), "").strip()
    if heading := _HEADING.fullmatch(line):
        line = heading[1] or line
    line = " ".join(line.split())
    if len(line) <= TITLE_CHARACTERS:
        return line
    cut = line.rfind(" ", 0, TITLE_CHARACTERS)
    if cut < TITLE_CHARACTERS // 2:  # a script that is written without blanks
        cut = TITLE_CHARACTERS - 1
    return line[:cut].rstrip(" ,;:-\u2013\u2014") + "…"
