"""A claim as a judge is asked it: with the source's form of a number or date that is the same in other words."""

from __future__ import annotations

import pytest

from claims.records import Page
from claims.verification.evidence.passages import Ranked
from claims.verification.weighing.source_forms import compare_windows, in_source_forms, judge_pairs, without_days

# The Monday on which both pages appeared.
DAY = "2025-01-20"


def asked(claim: str, source: str) -> str:
    """The claim in the pair of the passage that is nearest to it."""
    ranked = Ranked(Page(text=source))
    windows = ranked.top(claim, 2)
    compared = compare_windows(claim, windows, ranked.vocabulary, asked_on=DAY, published=DAY)
    return judge_pairs(claim, windows, compared)[0][0]


@pytest.mark.parametrize(
    ("claim", "source", "expected"),
    [
        (
            "Sales of wine rose by a fifth last year.",
            "Sales of wine grew by 20 percent last year, the ministry said.",
            "Sales of wine rose by 20 percent last year.",
        ),
        (
            "Nearly 80 whales died on the beach.",
            "A pod of 77 whales died on the beach of the island.",
            "77 whales died on the beach.",
        ),
        (
            "Thefts of bicycles doubled in the town.",
            "Thefts of bicycles in the town rose to 420, up from 210 the year before.",
            "Thefts of bicycles rose to 420 in the town.",
        ),
        (
            "The share of smokers halved in the town.",
            "The share of smokers in the town fell from 32 percent to 16 percent.",
            "The share of smokers fell to 16 percent in the town.",
        ),
        (
            "Two thirds of the councillors voted for the tram.",
            "Forty of the 60 councillors voted for the tram.",
            "Forty of the 60 councillors voted for the tram.",
        ),
        (
            "The volcano erupted on Sunday, the institute said.",
            "The volcano erupted yesterday, the institute said.",
            "The volcano erupted yesterday, the institute said.",
        ),
    ],
    ids=["share", "rounded", "doubled", "halved", "of a whole", "day"],
)
def test_what_is_the_same_is_asked_as_the_source_has_it(claim: str, source: str, expected: str) -> None:
    assert asked(claim, source) == expected


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        # A name is left as it is: "China officials" is no English.
        ("Chinese officials closed the port.", "Officials of China closed the port."),
        # "More than" and what it bounds are for the judge to weigh.
        ("More than 126 ships left the port.", "127 ships left the port."),
        # A word in common shows the judge that it is the same.
        ("The port opened on 8 March 2020.", "The port opened on March 8, 2020."),
        ("The port cost 340 million euros.", "The port cost 340m euros."),
        # Another number is no other form.
        ("Nearly 80 ships left the port.", "95 ships left the port."),
        ("Ships left the port on Sunday.", "Ships left the port today."),
    ],
    ids=["name", "bound", "date", "scale", "other number", "other day"],
)
def test_all_else_is_asked_as_it_stands(claim: str, source: str) -> None:
    assert asked(claim, source) == claim


def test_a_number_inside_another_is_left() -> None:
    claim = "In 1960 they had 60 ships."
    ranked = Ranked(Page(text="In 1960 they had sixty ships."))
    windows = ranked.top(claim, 1)
    [findings] = compare_windows(claim, windows, ranked.vocabulary)
    assert in_source_forms(claim, findings) == "In 1960 they had sixty ships."


@pytest.mark.parametrize(
    ("passage", "claim", "expected"),
    [
        ("A court on Tuesday sentenced him.", "A court sentenced him.", "A court sentenced him."),
        ("A court on Tuesday sentenced him.", "A court sentenced him on Tuesday.", "A court on Tuesday sentenced him."),
        ("It fell in the first quarter of 2025, then rose.", "It fell.", "It fell in the first quarter, then rose."),
        ("It fell in the first quarter of 2019.", "It fell.", "It fell in the first quarter of 2019."),
        ("It opened before Monday.", "It opened.", "It opened before Monday."),
        ("Entry is free on Sunday.", "Entry is free.", "Entry is free on Sunday."),
        ("It was 6 in the first quarter of 2025.", "It was 6 in the first quarter.", "It was 6 in the first quarter."),
        ("It was the hottest day of 2025.", "It was the hottest day.", "It was the hottest day of 2025."),
        ("Late on Friday night, it opened.", "It opened.", "it opened."),
    ],
)  # fmt: skip
def test_a_passage_without_the_days_that_a_claim_leaves_out(passage: str, claim: str, expected: str) -> None:
    assert without_days(passage, claim, DAY) == expected
