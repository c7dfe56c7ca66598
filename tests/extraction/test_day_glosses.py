"""Which day a statement puts behind "Friday", and where the day is left open. The article is of Monday, 20 January."""

from __future__ import annotations

import pytest
from small_directory import DIRECTORY

from claims.extraction.extract import extract
from claims.records import Page

PAST, AHEAD, OPEN = " (17 January 2025)", " (24 January 2025)", ""


@pytest.mark.parametrize(
    ("text", "gloss"),
    [
        ("The council met on Friday.", PAST),
        ("The bridge closed on Friday afternoon.", PAST),
        ("The shop was robbed last Friday.", PAST),
        ("The council discussed Friday's attack.", PAST),
        ("The mayor could have met the council on Friday.", PAST),
        ("The mayor helped open the bridge on Friday.", PAST),
        ("The mayor let the crowd leave on Friday.", PAST),
        ("The mayor is believed to have been robbed on Friday.", PAST),
        ("The bridge appears to have been closed on Friday.", PAST),
        ("The council meets on Friday.", AHEAD),
        ("The council is meeting on Friday.", AHEAD),
        ("The shop will open next Friday.", AHEAD),
        ("Snow is expected on Friday.", AHEAD),
        ("The mayor is due to speak on Friday.", AHEAD),
        ("The mayor plans to meet the council on Friday.", AHEAD),
        ("The court will postpone the hearing until Friday.", AHEAD),
        # What was moved to a day, or planned for it, may lie before the report or behind it.
        ("The hearing was postponed to Friday.", OPEN),
        ("The court postponed the hearing until Friday.", OPEN),
        ("The hearing has been scheduled for Friday.", OPEN),
        ("The hearing scheduled for Friday was cancelled.", OPEN),
        ("More rain was expected Friday.", OPEN),
        ("A hotel due to open Friday was sold.", OPEN),
        ("The mayor agreed to meet the council on Friday.", OPEN),
        # What may be, what would be, and the day of another thing.
        ("The mayor could meet the council on Friday.", OPEN),
        ("The mayor would not resign on Friday.", OPEN),
        ("The verdict follows evidence Friday.", OPEN),
        ("The council will discuss Friday's attack.", OPEN),
        # A range may be that of every week.
        ("The clinic is open from Monday to Friday.", OPEN),
        ("The clinic was closed from Monday morning until Friday.", OPEN),
        ("The hearing was moved from Friday to Monday.", OPEN),
    ],
)
def test_the_day_of_a_weekday(text: str, gloss: str) -> None:
    [claim] = extract(Page(text=text, published="2025-01-20"), DIRECTORY).claims
    day = "Friday's" if "Friday's" in text else "Friday"
    assert claim.statement == text.replace(day, day + gloss)
    assert any("the date of" in reason for reason in claim.reasons) is (gloss == OPEN)


@pytest.mark.parametrize(
    "text",
    [
        "The shop was robbed on Black Friday.",
        "The mayor resigned today (Jan. 20).",
        "In May 2024 the shop shut, and later that month the mayor resigned.",
        "The shop shut in May 2024.",
    ],
)
def test_a_day_that_needs_no_other(text: str) -> None:
    [claim] = extract(Page(text=text, published="2025-01-20"), DIRECTORY).claims
    assert claim.statement == text
    assert not any("date" in reason for reason in claim.reasons)


def test_a_day_that_counts_from_another_article() -> None:
    [claim] = extract(Page(text="Later that month, the mayor resigned.", published="2025-01-20"), DIRECTORY).claims
    assert "the date of “Later that month” could not be settled" in claim.reasons


def test_each_day_of_two_verbs_has_its_own() -> None:
    text = "The council will vote on Friday and report on Monday."
    [claim] = extract(Page(text=text, published="2025-01-20"), DIRECTORY).claims
    assert claim.statement == "The council will vote on Friday (24 January 2025) and report on Monday."
