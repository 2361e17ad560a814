"""The day an article was published: stated, or found in its text."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from geo.articles import read
from geo.articles.dates import full_dates, inferred_date

SEEDS = Path(__file__).parent.parent / "seeds"


class TestDates:
    @pytest.mark.parametrize(
        ("text", "dates"),
        [
            ("on January 11, 2025 in", ["2025-01-11"]),
            ("on 11 January 2025.", ["2025-01-11"]),
            ("(2025-01-11)", ["2025-01-11"]),
            ("2025-01-11T09:30Z", ["2025-01-11"]),
            ("2025/01/11", ["2025-01-11"]),
            ("Sept. 5, 2024, and Dec 1st, 2024", ["2024-09-05", "2024-12-01"]),
            ("the 5th of May 1945", ["1945-05-05"]),
            ("JUNE 6, 1944", ["1944-06-06"]),
            ("January 11,\n2025", ["2025-01-11"]),
            ("May 2024", []),  # no day
            ("on January 11", []),  # no year
            ("03/04/2025", []),  # March or April
            ("February 30, 2021", []),  # no such day
            ("2025-01-111 and 12025-01-11 and 2025-13-01", []),
            ("call 1-2025-01-11-9", []),
            ("Mayor 5, 2024", []),
        ],
    )
    def test_full_dates_are_those_that_can_be_read_one_way_only(self, text, dates):
        assert [date.isoformat() for date in full_dates(text)] == dates

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("On May 1, 2024 and May 3, 2024, before June 1, 2023.", "2024-05-03"),
            ("From May 1, 2024 until May 1, 2030.", "2024-05-01"),
            ("By May 1, 2030.", None),
            ("No dates at all.", None),
        ],
    )
    def test_the_date_inferred_is_the_latest_that_is_not_to_come(self, text, expected):
        inferred = inferred_date(text, today=dt.date(2026, 1, 1))
        assert (inferred and inferred.isoformat()) == expected

    def test_the_given_article_is_dated_by_its_own_text(self):
        [article] = read(SEEDS / "000_2661edda907bc203.txt")
        assert (article.published, article.published_inferred) == (dt.date(2025, 1, 11), True)
        assert article.title.startswith("Ukraine's forces have captured two North Korean soldiers")
        assert article.title.endswith("Kursk…")
