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
        ("The mayor would have resigned on Friday.", PAST),
        ("The mayor was resigning on Friday.", PAST),
        ("The mayor resigned, leaving the council on Friday.", PAST),
        ("The mayor began shutting the bridge on Friday.", PAST),
        ("The mayor denies leaving on Friday.", PAST),
        ("The mayor was fined for leaving on Friday.", PAST),
        ("The mayor was congratulated on leaving on Friday.", PAST),
        ("The mayor fled from Leeds on Friday.", PAST),
        ("The mayor walked from Leeds to the coast on Friday.", PAST),
        ("The road was shut from Friday.", PAST),
        ("The attack Friday killed two people.", PAST),
        ("The council called Friday's vote a farce.", PAST),
        ("The council has taken off Friday's ferry.", PAST),
        ("The mayor will resign last Friday.", PAST),
        ("The mayor says he resigned on Friday.", PAST),
        ("The council meets Friday.", AHEAD),
        ("The mayor won't resign on Friday.", AHEAD),
        ("The mayor has to leave on Friday.", AHEAD),
        ("The mayor will let the crowd leave on Friday.", AHEAD),
        ("The mayor helps open the bridge on Friday.", AHEAD),
        ("The strike will last until Friday.", AHEAD),
        ("The road will be shut from Friday.", AHEAD),
        ("The police will examine the attack Friday.", AHEAD),
        ("The mayor expects a vote on Friday.", AHEAD),
        ("The council meets on Friday.", AHEAD),
        ("The council is meeting on Friday.", AHEAD),
        ("Snow is expected on Friday.", AHEAD),
        ("The mayor is due to speak on Friday.", AHEAD),
        ("The mayor plans to meet the council on Friday.", AHEAD),
        ("The court will postpone the hearing until Friday.", AHEAD),
        # On a Monday that of this week or of the next one, as the writer has it.
        ("The shop will open next Friday.", OPEN),
        ("The shop will open a week on Friday.", OPEN),
        # What is had on a day may lie ahead of what was done for it.
        ("The club recalled two players for Friday's match.", OPEN),
        ("The mayor has cancelled Friday's march.", OPEN),
        ("Friday's fire destroyed 40 homes.", PAST),
        ("The shop will open Friday fortnight.", OPEN),
        # What was moved to a day, or planned for it, may lie before the report or behind it.
        ("The hearing was postponed to Friday.", OPEN),
        ("The court postponed the hearing until Friday.", OPEN),
        ("The hearing has been scheduled for Friday.", OPEN),
        ("The hearing scheduled for Friday was cancelled.", OPEN),
        ("More rain was expected Friday.", OPEN),
        ("A hotel due to open Friday was sold.", OPEN),
        ("The mayor agreed to meet the council on Friday.", OPEN),
        ("The mayor was to leave on Friday.", OPEN),
        ("A vote slated for Friday was scrapped.", OPEN),
        ("The mayor expected a vote on Friday.", OPEN),
        ("The mayor plans on leaving on Friday.", OPEN),
        ("The mayor talked about leaving on Friday.", OPEN),
        ("The launch slipped to Friday.", OPEN),
        ("The strike lasted until Friday.", OPEN),
        ("The vote was moved from Friday.", OPEN),
        ("The council bought food for Friday.", OPEN),
        ("The council cancelled Friday's vote.", OPEN),
        ("The council called off Friday's vote.", OPEN),
        ("The council put Friday's vote off.", OPEN),
        ("Let the crowd leave on Friday!", OPEN),
        # That day, or every week.
        ("The museum is closed on Friday.", OPEN),
        ("Fees are paid on Friday.", OPEN),
        # What may be, what would be, and the day of another thing.
        ("The mayor could meet the council on Friday.", OPEN),
        ("The mayor would not resign on Friday.", OPEN),
        ("The verdict follows evidence Friday.", OPEN),
        ("The council will discuss the attack of Friday.", OPEN),
        ("The talks on Friday will fail.", OPEN),
        ("The team will win the Friday match.", OPEN),
        ("The mayor may let the crowd leave on Friday.", OPEN),
        ("The council will discuss Friday's attack.", OPEN),
        # What has been done up to a day still lasts.
        ("The ferry has cancelled its sailings until Friday.", " (24 January 2025)"),
        ("The shop was closed until Friday.", OPEN),
        # On a Monday, since when?
        ("The share has traded below par since Monday.", OPEN),
        ("The share has traded below par since Friday.", " (17 January 2025)"),
        # A range may be that of every week.
        ("The clinic is open from Monday to Friday.", OPEN),
        ("The council will sit from Monday until Friday.", OPEN),
        ("The clinic was closed from Friday until Monday.", OPEN),
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
        "On Good Friday the shop was robbed.",
        "The shop was robbed on Ash Wednesday.",
        "In May 2024 the shop shut, and later that month the mayor resigned.",
        "The shop shut in May 2024.",
        "The bridge will open on Monday 18 March.",
        "Inspectors found mould there on Tuesday, January 14.",
    ],
)
def test_a_day_that_needs_no_other(text: str) -> None:
    [claim] = extract(Page(text=text, published="2025-01-20"), DIRECTORY).claims
    assert claim.statement == text
    assert not any("date" in reason for reason in claim.reasons)


@pytest.mark.parametrize(
    ("text", "gloss"), [("The mayor resigned today", True), ("The shop shut today (Jan. 20)", False)]
)
def test_a_day_at_the_end_of_a_text(text: str, gloss: bool) -> None:
    [claim] = extract(Page(text=text, published="2025-01-20"), DIRECTORY).claims
    assert claim.statement == f"{text}{' (20 January 2025)' if gloss else ''}."


def test_a_day_that_counts_from_another_article() -> None:
    [claim] = extract(Page(text="Later that month, the mayor resigned.", published="2025-01-20"), DIRECTORY).claims
    assert "the date of “Later that month” could not be settled" in claim.reasons


def test_each_day_of_two_verbs_has_its_own() -> None:
    text = "The council will vote on Friday and report on Monday."
    [claim] = extract(Page(text=text, published="2025-01-20"), DIRECTORY).claims
    assert claim.statement == "The council will vote on Friday (24 January 2025) and report on Monday."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sales of wine rose by a fifth last year.", "Sales of wine rose by a fifth last year (2024)."),
        ("The port had more cases than in the same period last year.",
         "The port had more cases than in the same period last year (2024)."),
    ],
)  # fmt: skip
def test_a_year_behind_other_words(text: str, expected: str) -> None:
    [claim] = extract(Page(text=text, published="2025-01-20"), DIRECTORY).claims
    assert claim.statement == expected
