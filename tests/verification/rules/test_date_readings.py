"""The days that a date in a text means, by the day of its page."""

from __future__ import annotations

import pytest

from claims.verification.rules.dates import dates, precision
from claims.verification.rules.quantities import compare

MONDAY = "2025-03-10"
READINGS = [
    # Days counted from the page's own.
    ("yesterday", MONDAY, "2025-03-09", "2025-03-09"),
    ("tomorrow", MONDAY, "2025-03-11", "2025-03-11"),
    ("2 days ago", MONDAY, "2025-03-08", "2025-03-08"),
    ("a day ago", MONDAY, "2025-03-09", "2025-03-09"),
    ("three weeks ago", MONDAY, "2025-02-15", "2025-02-19"),
    ("a week ago", MONDAY, "2025-03-01", "2025-03-05"),
    ("a month ago", MONDAY, "2025-01-23", "2025-02-24"),
    ("a year ago", MONDAY, "2023-09-02", "2024-09-16"),
    # Weeks, months and years, also over the turn of a year and in a leap year.
    ("last week", MONDAY, "2025-03-03", "2025-03-09"),
    ("this week", "2025-03-12", "2025-03-10", "2025-03-16"),
    ("next week", "2025-03-16", "2025-03-17", "2025-03-23"),
    ("last week", "2025-01-01", "2024-12-23", "2024-12-29"),
    ("last month", "2025-03-31", "2025-02-01", "2025-02-28"),
    ("last month", "2025-01-01", "2024-12-01", "2024-12-31"),
    ("this month", "2024-12-31", "2024-12-01", "2024-12-31"),
    ("next month", "2024-01-31", "2024-02-01", "2024-02-29"),
    ("next month", "2024-12-31", "2025-01-01", "2025-01-31"),
    ("last year", MONDAY, "2024-01-01", "2024-12-31"),
    ("this year", MONDAY, "2025-01-01", "2025-12-31"),
    ("next year", MONDAY, "2026-01-01", "2026-12-31"),
    ("in 2025", MONDAY, "2025-01-01", "2025-12-31"),
    # From one day to another, with both dates or one and the number of the other.
    ("from 9 June to 12 June 2024", MONDAY, "2024-06-09", "2024-06-12"),
    ("from 30 December to 2 January 2024", MONDAY, "2023-12-30", "2024-01-02"),
    ("from 9 to 12 June 2024", MONDAY, "2024-06-09", "2024-06-12"),
    ("between the 9th and 12th of June 2024", MONDAY, "2024-06-09", "2024-06-12"),
    ("between March 9 and 12", MONDAY, "2025-03-09", "2025-03-12"),
    ("between March 9 and March 12", MONDAY, "2025-03-09", "2025-03-12"),
    ("on March 9-12", MONDAY, "2025-03-09", "2025-03-12"),
    ("2019-2023", MONDAY, "2019-01-01", "2023-12-31"),
    ("between 2019 and 2023", MONDAY, "2019-01-01", "2023-12-31"),
    ("from 9 March until yesterday", "2025-03-12", "2025-03-09", "2025-03-11"),
    # Weekdays: the last one or the day itself; "next" is ahead, and "last Monday" on a Monday is no "today".
    ("on Monday", MONDAY, "2025-03-10", "2025-03-10"),
    ("on Tuesday", MONDAY, "2025-03-04", "2025-03-04"),
    ("last Friday", MONDAY, "2025-03-07", "2025-03-07"),
    ("last Monday", MONDAY, "2025-03-03", "2025-03-03"),
    ("next Friday", MONDAY, "2025-03-14", "2025-03-14"),
    ("next Monday", MONDAY, "2025-03-17", "2025-03-17"),
    ("this coming Sunday", MONDAY, "2025-03-16", "2025-03-16"),
    # A day without a year is the nearest one.
    ("3 January", "2024-12-31", "2025-01-03", "2025-01-03"),
    ("31 December", "2025-01-01", "2024-12-31", "2024-12-31"),
    ("29 February", MONDAY, "2024-02-29", "2024-02-29"),
    ("the week of March 3", MONDAY, "2025-03-03", "2025-03-09"),
    # Months, quarters, halves, decades, centuries.
    ("in December of 2024", MONDAY, "2024-12-01", "2024-12-31"),
    ("Q1 2024", MONDAY, "2024-01-01", "2024-03-31"),
    ("in the second quarter of 2024", MONDAY, "2024-04-01", "2024-06-30"),
    ("the final quarter of 2024", MONDAY, "2024-10-01", "2024-12-31"),
    ("H1 2024", MONDAY, "2024-01-01", "2024-06-30"),
    ("the last half of 2024", MONDAY, "2024-07-01", "2024-12-31"),
    ("the 1980s", MONDAY, "1980-01-01", "1989-12-31"),
    ("the 2nd century", MONDAY, "0101-01-01", "0200-12-31"),
    ("the nineteenth century", MONDAY, "1801-01-01", "1900-12-31"),
    ("the 21st century", MONDAY, "2001-01-01", "2100-12-31"),
    # In figures.
    ("13/4/2024", MONDAY, "2024-04-13", "2024-04-13"),
    ("4/13/24", MONDAY, "2024-04-13", "2024-04-13"),
    ("1.4.2024", MONDAY, "2024-04-01", "2024-04-01"),
    # A fiscal year that is told by two years may be either.
    ("FY24", MONDAY, "2024-01-01", "2024-12-31"),
    ("fiscal 2023-24", MONDAY, "2023-01-01", "2024-12-31"),
    ("the 2023/24 financial year", MONDAY, "2023-01-01", "2024-12-31"),
]


@pytest.mark.parametrize(("text", "published", "first", "last"), READINGS)
def test_the_days_that_a_date_means(text: str, published: str, first: str, last: str) -> None:
    [when] = dates(text, published)
    assert (str(when.first), str(when.last)) == (first, last)


@pytest.mark.parametrize(
    "text",
    [
        "H3 2024", "the third half of 2024", "Feb. 30, 2024", "2024-02-30", "13/13/2024", "0 May", "32 May",
        "he may go", "they march on", "Jan said so", "Mar was late", "may be", "the sun and the mon", "two days later",
        "500 years ago",
    ],
)  # fmt: skip
def test_what_is_no_date(text: str) -> None:
    assert dates(text, MONDAY) == []


@pytest.mark.parametrize(
    ("text", "month"),
    [("in May", 5), ("by March", 3), ("In Jan", 1), ("April", 4), ("since Sept. and", 9), ("January", 1)],
)
def test_a_month_without_a_year(text: str, month: int) -> None:
    [when] = dates(text, MONDAY)
    assert (when.month, when.first) == (month, None)


@pytest.mark.parametrize("text", ["yesterday", "3 days ago", "next week"])
def test_nothing_is_counted_from_an_unknown_day(text: str) -> None:
    assert dates(text, None) == dates(text, "soon") == []


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        ("on 3 May 2024", None, "day"),
        ("on 3 May", None, "day"),
        ("on Friday", None, "day"),
        ("in May", None, "month"),
        ("in May 2024", None, "month"),
        ("last week", MONDAY, "span"),
        ("a week ago", MONDAY, "span"),
        ("a month ago", MONDAY, "month"),
        ("in 2024", None, "year"),
        ("in Q3 2024", None, "year"),
    ],
)
def test_how_exact_a_date_is(text: str, published: str | None, expected: str) -> None:
    [when] = dates(text, published)
    assert precision(when) == expected


@pytest.mark.parametrize(
    ("claim", "source", "expected"),
    [
        ("The ferry of Orrin sank on 3 May.", "The ferry of Orrin sank on 4 May.", False),
        ("The ferry of Orrin sank on 3 May.", "The ferry of Orrin sank in June.", None),
        ("The ferry of Orrin sank in 2024.", "The ferry of Orrin sank in 2023.", False),
        ("The ferry of Orrin sank in 2024.", "The ferry of Orrin sank in June 2023.", None),
        ("The ferry of Orrin sank in June 2024.", "The ferry of Orrin sank in July 2024.", False),
        ("The ferry of Orrin sank on 3 May 2024.", "The ferry of Orrin, built in 2024, sank in 2024.", True),
        ("Profits fell in fiscal 2023-24.", "Profits fell in FY24.", True),
        ("Profits fell in fiscal 2023-24.", "Profits fell in FY25.", False),
    ],
)
def test_only_dates_as_exact_as_the_claim_s_clash(claim: str, source: str, expected: bool | None) -> None:
    found = [finding.agrees for finding in compare(claim, source) if finding.kind == "date"]
    assert found == [expected]
