"""The day an article was published, as stated or as its text tells."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

import dateutil.parser

if TYPE_CHECKING:
    from collections.abc import Iterator

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"[0-3]?[0-9](?:st|nd|rd|th)?"
_YEAR = r"[12][0-9]{3}"
_FULL_DATE = re.compile(
    rf"\b(?:{_MONTH}\s{{1,3}}{_DAY},?\s{{1,3}}{_YEAR}"  # January 11, 2025
    rf"|{_DAY}\s{{1,3}}(?:of\s)?{_MONTH},?\s{{1,3}}{_YEAR}"  # 11 January 2025
    rf"|{_YEAR}(?P<mark>[-/])[01][0-9](?P=mark)[0-3][0-9](?=T|\b))"  # 2025-01-11T09:30, 2025/01/11
    r"(?![0-9]|-[0-9])",
    re.IGNORECASE,
)


def full_dates(text: str) -> Iterator[dt.date]:
    """Yield the dates in `text` that have a year, a month and a day, in the order of the text.

    The month is a word, or the date is ISO 8601: a date such as 03/04/2025,
    which is in April in some countries and in March in others, is none. What
    looks like a date and is none (February 30, 2021) is passed over.
    """
    for match in _FULL_DATE.finditer(text):
        try:
            yield dateutil.parser.parse(" ".join(match[0].split())).date()
        except (ValueError, OverflowError):
            continue


def stated_date(value: object) -> dt.date | None:
    """Return the day that `value` states if it is words with one full date in them, else None.

    Examples
    --------
    >>> stated_date("Tue, 14 Jan 2025 10:00:00 GMT")
    datetime.date(2025, 1, 14)
    """
    dates = set(full_dates(value)) if isinstance(value, str) else set()
    return dates.pop() if len(dates) == 1 else None


def inferred_date(text: str, *, today: dt.date | None = None) -> dt.date | None:
    """Return the day on which `text` was published as its own dates tell, or None.

    It is the latest full date in the text that is not after `today`: news
    mostly tells of what has been, so that the last thing it dates is the
    nearest to the day it was written. Dates to come (a summit, a deadline)
    would mislead once they have passed; that is why the result is marked as
    inferred wherever it goes.

    Parameters
    ----------
    text : str
        The article.
    today : datetime.date, optional
        Later dates are passed over; by default the current day.
    """
    last = today or dt.datetime.now(tz=dt.UTC).date()
    return max((date for date in full_dates(text) if date <= last), default=None)
