"""What a page is called when nobody said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from maps.tables import cell_text

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST = 90
"""The most characters that one article's own title may have to be the page's."""


def title_of(articles: pd.DataFrame) -> str:
    """Return a heading for a page of `articles`.

    One article lends its own title; several are counted, with the time that
    their dates span, as short as it can be said.

    Parameters
    ----------
    articles : DataFrame
        With the columns `title` and `published`, which may be empty.
    """
    return own_title(articles) or counted_title(articles)


def own_title(articles: pd.DataFrame) -> str:
    """Return the title of the one article, "" where there are more or it is none for a page."""
    if len(articles) != 1:
        return ""
    own = cell_text(articles["title"].iloc[0]).strip()
    return own if len(own) <= LONGEST and "\n" not in own else ""


def counted_title(articles: pd.DataFrame) -> str:
    """Return how many `articles` there are and the time that their dates span, in English."""
    counted = f"{len(articles):,} {'article' if len(articles) == 1 else 'articles'}"
    span = _span([pd.Timestamp(day) for day in articles["published"] if not pd.isna(day)])
    return f"{counted}, {span}" if span else counted


def _span(days: Sequence[pd.Timestamp]) -> str:
    if not days:
        return ""
    first, last = min(days), max(days)
    if first.year != last.year:
        return f"{first.year}–{last.year}"
    if first.month != last.month:
        return f"{first.month_name()}–{last.month_name()} {last.year}"
    if first.day != last.day:
        return f"{first.month_name()} {first.day}–{last.day}, {last.year}"
    return f"{first.month_name()} {first.day}, {first.year}"
