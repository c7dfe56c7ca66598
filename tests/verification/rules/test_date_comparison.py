"""Dates by the page's own day or dateline; what has two readings agrees or is not compared."""

from __future__ import annotations

import pytest

from claims.verification.rules.dates import agree, dateline, dates
from claims.verification.rules.quantities import compare

MONDAY = "2025-03-10"
NIGHT = "2025-03-11T03:30:00Z"


@pytest.mark.parametrize(
    ("claimed", "found", "expected"),
    [
        ("on 14 May 2024", "(14/05/2024)", True),
        ("on 14 May 2024", "05/14/2024", True),
        ("on 14 May 2024", "15/05/2024", False),
        ("on 4 May 2024", "04/05/2024", True),
        ("on 5 April 2024", "04/05/2024", True),
        ("on 6 April 2024", "04/05/2024", None),
        ("on 4 May 2024", "04.05.2024", True),
        ("on 5 April 2024", "04.05.2024", False),
        ("on 4 May 2024", "2024-05-04T22:10", True),
        ("in May 2024", "2024-05-04", True),
        ("on 10 May 2024", "from 9 to 12 May 2024", None),
        ("on 13 May 2024", "from 9 to 12 May 2024", False),
        ("from 9 to 12 May 2024", "on 10 May 2024", None),
        ("in 2021", "from 2019 to 2023", None),
        ("in 2024", "from 2019 to 2023", False),
        ("from 9 to 12 May 2024", "between 9 May and 12 May 2024", True),
        ("on Monday", "today", True),
        ("on Monday, 10 March", "today", True),
        ("on Sunday", "yesterday", True),
        ("on Monday", "yesterday", False),
        ("tonight", "on Monday", True),
        ("last week", "on 5 March", True),
        ("last week", "on 3 March", True),
        ("last week", "on 27 February", False),
        ("last month", "on 27 February", True),
        ("the week of 3 March 2025", "on 5 March", True),
        ("the week of 3 March 2025", "on 12 March", False),
        ("on Friday", "on 14 March 2025", None),
        ("on Friday", "on 7 March 2025", True),
        ("on Friday", "on 8 March 2025", False),
        ("in the third quarter of 2024", "in August 2024", True),
        ("in Q3 2024", "in November 2024", False),
        ("in the first half of 2024", "in May 2024", True),
        ("in fiscal 2024", "in 2024", None),
        ("in fiscal 2024", "in FY24", True),
        ("in fiscal 2024", "in fiscal 2023", False),
        ("in the 18th century", "in 1743", None),
        ("in the 19th century", "in 1843", True),
        ("in the 19th century", "in 1914", False),
        ("in the nineteenth century", "on 3 May 1843", True),
        ("in the 1980s", "in 1974", False),
        ("in 2024", "on 3 May 2024", True),
        ("on 3 May", "on 13 May", False),
        ("a week ago", "on 3 March 2025", True),
    ],
)
def test_two_dates(claimed: str, found: str, expected: bool | None) -> None:
    [ours] = dates(claimed, MONDAY)
    verdicts = [agree(ours, theirs) for theirs in dates(found, MONDAY)]
    assert (verdicts[0] if verdicts else None) is expected


@pytest.mark.parametrize(
    ("claimed", "found", "expected"),
    [("on 10 March", "today", None), ("on 11 March", "today", True), ("on 8 March", "today", False)],
)
def test_today_near_midnight_may_be_the_day_before(claimed: str, found: str, expected: bool | None) -> None:
    [ours], [theirs] = dates(claimed, MONDAY), dates(found, NIGHT)
    assert agree(ours, theirs) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("TARROW, Feb. 7, 2025 - The mayor left.", "2025-02-07"),
        ("LONDON, 7 February 2025 (AP) — The mayor left.", "2025-02-07"),
        ("Published 3 March 2019. The firm employs 40 people.", "2019-03-03"),
        ("The mayor left on Feb. 7, 2025 - at last.", None),
        ("", None),
    ],
)
def test_a_dateline_is_the_text_s_own_day(text: str, expected: str | None) -> None:
    assert dateline(text, None) == expected


def day(claim: str, source: str) -> bool | None:
    found = compare(claim, source, claimed_on=MONDAY, found_on=MONDAY)
    return next(finding.agrees for finding in found if finding.kind == "date")


@pytest.mark.parametrize(
    ("claim", "source", "expected"),
    [
        ("The mayor of Tarrow resigned on Sunday.", "The mayor of Tarrow resigned yesterday.", True),
        ("The mayor of Tarrow resigned on Sunday.", "The mayor of Tarrow resigned today.", False),
        ("The mayor of Tarrow resigned on Sunday.", "The mayor of Orrin resigned today.", None),
        ("The mayor resigned on 6 February 2025.", "TARROW, Feb. 7, 2025 - The mayor resigned yesterday.", True),
        ("Berg met Solt in Velden on Sunday.", "Berg congratulated Solt in Velden on Monday.", None),
        ("Berg met Solt in Velden on Sunday.", "Berg met with Solt in Velden on Monday.", False),
        ("Holm spoke to Ruiz in Oslo on 3 May.", "On 9 May Holm called Ruiz from Oslo.", None),
        # The time up to a date, or from it on, is not the date.
        ("The clinic opened before 2015.", "The clinic opened in May 2009.", None),
        ("The clinic opened after 2015.", "The clinic opened in 2014.", None),
        ("By 4 May the clinic had 90 beds.", "As of 4 May the clinic had 90 beds.", True),
        ("The clinic must close before 4 May.", "The clinic must close before 9 May.", False),
        ("The clinic opens on 4 May.", "The clinic, which had been due on 4 May, opens on 9 May.", False),
        ("The clinic opens on 4 May.", "The town had hoped to open the clinic on 4 May, but lacks nurses.", False),
        ("The town hoped to open the clinic on 4 May.", "The town had hoped to open the clinic on 4 May.", True),
        ("The clinic, planned for 4 May, burned.", "The clinic, which had been planned for 4 May, burned.", True),
        ("The clinic shut in 2019.", "The clinic, an earlier version said in 2019, shut in 2021.", False),
    ],
)
def test_a_date_in_its_sentence(claim: str, source: str, expected: bool | None) -> None:
    assert day(claim, source) is expected


@pytest.mark.parametrize(
    ("claimed", "found", "expected"),
    [
        ("from 9 to 12 June", "9-12 June", True),
        ("from 9 to 12 June", "09-12 June", True),
        ("from 30 December to 2 January", "from Dec. 30 to Jan. 2", True),
        ("from 9 to 12 June", "9-13 June", False),
        ("from 28 July to 2 August", "July 28 - August 2, 2020", True),
        ("from 28 July to 2 August", "29 July to 2 August", False),
        ("from 9 to 12 June", "9-12 July", None),
    ],
)
def test_spans_without_a_year_are_compared_by_their_ends(claimed: str, found: str, expected: bool | None) -> None:
    [ours], [theirs] = dates(claimed), dates(found)
    assert agree(ours, theirs) is expected
