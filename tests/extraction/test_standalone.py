"""Whole readings of texts (`readings.txt`): who "he" is, which day, who said it, and what stays open."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_directory import DIRECTORY

from claims.extraction.extract import extract
from claims.records import UNSETTLED, Claim, Page

LINES = Path(__file__).with_name("readings.txt").read_text(encoding="utf-8")


def claims(text: str, published: str | None = "2025-01-20") -> list[Claim]:
    return list(extract(Page(text=text, published=published), DIRECTORY).claims)


def statements(text: str) -> list[str]:
    return [claim.statement for claim in claims(text)]


def readings() -> list[tuple[str, list[str]]]:
    """Each text of the file with the lines that it is to give."""
    blocks = [block.split("\n") for block in LINES.strip().split("\n\n") if block.startswith(">")]
    return [
        ("\n".join(line[2:] for line in block if line.startswith(">")), [line for line in block if line[0] != ">"])
        for block in blocks
    ]


@pytest.mark.parametrize(("text", "expected"), readings())
def test_a_text_is_read_as_an_editor_would(text: str, expected: list[str]) -> None:
    lines = []
    for claim in claims(text):
        lines.append(f"= {claim.statement}")
        lines += [f"~ {claim.asked}"] if claim.asked not in ("", claim.statement) else []
        lines += [f"! {reason}" for reason in claim.reasons if "settled" in reason or "is open" in reason]
    assert lines == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("BERLIN -- The bank lost $3 million in May.", "The bank lost $3 million in May."),
        ("WASHINGTON (AP) — The bank lost $3 million in May.", "The bank lost $3 million in May."),
        ("“She sings: ‘Everyone is glad. The end,’” Harper said.", "Harper said: “The end”"),
    ],
)
def test_a_dateline_and_a_mark_that_closes_nothing_go(text: str, expected: str) -> None:
    assert expected in statements(text)


def test_a_day_is_open_in_an_article_without_a_date() -> None:
    [claim] = claims("The bridge closed on Friday.", None)
    assert "the date of “Friday” is open: the article’s date is not known" in claim.reasons


def test_words_that_only_say_who_spoke_are_no_claim_of_their_own() -> None:
    assert statements("“Open the door!” an officer shouted.") == ["An officer shouted: “Open the door!”"]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("In the news trade that’s an old plan, however.", "that"),
        ("In that case you pay only 12 dollars for the film.", "that"),
        ("The buttons are fixed, although it is still compatible with both if you buy them in Leeds.", "it"),
        ("The two moved to Leeds in 1993.", "two"),
        ("Others were told to leave Leeds.", "Others"),
        ("Every other time, it was perfect in Leeds.", "it"),
        ("It’s enough to stop the trams in Leeds.", "It"),
        ("It is likely to open in Leeds.", "It"),
        ("It is easy to see why Ann Fox left Leeds.", None),
        ("Ann Fox was held there after the vote.", "there"),
        ("Ann Fox was born in Leeds and lived there.", None),
        ("There is a tram to Leeds.", None),
        ("Includes a ticket for the tram to Leeds.", "Includes"),
        ("Now it’s turning out to be a stroll in Leeds.", "it"),
        ("The ending they’ve carved out helps everybody in Leeds.", "they"),
        ("Two of the firms left Leeds.", None),
        ("The firms left Leeds, and the two sold their trams.", None),
        ("It turned out that Ann Fox left Leeds.", None),
        ("In the town that’s known for its salt, Ann Fox won the vote.", None),
        ("Ann Fox lost that case in Leeds.", None),
        ("It would be odd if Ann Fox left Leeds.", None),
    ],
)
def test_words_that_lead_back_are_flagged(text: str, word: str | None) -> None:
    reasons = [reason for reason in claims(text)[0].reasons if UNSETTLED in reason]
    assert [word is not None and f"“{word}”" in reason for reason in reasons] == [True] * (word is not None)
