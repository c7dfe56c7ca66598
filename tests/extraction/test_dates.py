from __future__ import annotations

from datetime import date

import pytest

from claims.extraction.text.dates import published_day, resolved

MONDAY = date(2025, 1, 20)
TABLE = [
    ("Monday", False, "20 January 2025"),
    ("on Friday", False, "17 January 2025"),
    ("Friday", True, "24 January 2025"),
    ("last Monday", False, "13 January 2025"),
    ("next Monday", False, "27 January 2025"),
    ("today", False, "20 January 2025"),
    ("yesterday", False, "19 January 2025"),
    ("A week ago", False, "about 13 January 2025"),
    ("two days ago", False, "18 January 2025"),
    ("three years ago", False, "2022"),
    ("two months ago", False, "November 2024"),
    ("last month", False, "December 2024"),
    ("last year", False, "2024"),
    ("this week", False, "the week of 20 January 2025"),
    ("1998", False, None),
    ("the coming days", False, None),
    ("20000 years ago", False, None),
    ("99999999 weeks ago", False, None),
]


@pytest.mark.parametrize(("words", "future", "expected"), TABLE)
def test_relative_words_become_calendar_dates(words: str, future: bool, expected: str | None) -> None:
    assert resolved(words, MONDAY, future=future) == expected


@pytest.mark.parametrize(
    ("published", "expected"),
    [("2025-01-20", MONDAY), ("2025-01-20T23:30:00+02:00", MONDAY), ("soon", None), ("", None), (None, None)],
)
def test_the_day_of_publication_is_read_from_iso_dates(published: str | None, expected: date | None) -> None:
    assert published_day(published) == expected
