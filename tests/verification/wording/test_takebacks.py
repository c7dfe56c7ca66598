"""What takes a claim back behind its words; and what goes on there without doing so."""

from __future__ import annotations

import pytest

from claims.verification.wording.takebacks import takes_back

TAKEN_BACK = (
    # Others say otherwise.
    ("The search was lawful.", "The search was lawful, police said, but a judge disagreed.", "disagreed"),
    # Nothing of the kind: the clause says no, and speaks of the same.
    ("The pill cures colds.", "The pill cures colds, the label says, but those who took it saw no such effect.", "no"),
    ("The dam is safe.", "The dam is safe, the firm wrote, though engineers have never tested the dam.", "never"),
    ("The toll stood at 12.", "The toll stood at 12, the agency wrote; it was not 12.", "not"),
    # What follows a colon or a dash.
    ("The dam is safe.", "The dam is safe: this was the line that the firm held until May.", "this was the line"),
    ("The kings met in Oslo.", "The kings met in Oslo - or rather their envoys did.", "or rather"),
    # What is said of a part only, and otherwise of the rest.
    ("Sales doubled in May.", "Sales doubled in May in Norland and halved everywhere else.", "everywhere else"),
    ("Wages rose.", "Wages rose for managers and fell for all others.", "for all others"),
    ("The firm made a profit.", "The firm made a profit in Spain, and a loss overall.", "overall"),
    # A plan that did not last.
    ("The line will reach Brest.", "The line will reach Brest, the state said, but later dropped the plan.", "dropped"),
    ("The board sold the mill.", "The board sold the mill, only to call off the deal in May.", "call off"),
    ("The line will reach Brest.", "The state had promised that the line would reach Brest.", "had promised"),
)

GOES_ON = (
    ("The bridge was damaged.", "The bridge was damaged, but nobody was hurt."),
    ("Wages rose in May.", "Wages rose in May, but dropped in June."),
    ("Sales doubled in Norland.", "Sales doubled in Norland and halved everywhere else."),
    ("A fire killed nine people.", "A fire killed nine people in Leeds; elsewhere, two men were hurt."),
    ("They won three medals.", "They won three medals overall."),
    ("Sales doubled in May.", "Sales doubled in May in Norland, and the firm hired 300 people."),
    ("The firm has dropped the plan.", "The firm has dropped the plan, although it had called it a success."),
    ("He did not resign.", "He did not resign, although it was not his fault."),
    ("The ban was lifted.", "But it was not the end: the ban was lifted."),
    ("The bank will raise rates.", "The bank, which had promised to wait, will raise rates."),
    ("The line will open in May.", "The line will open in May; it had been expected in March."),
    ("The state had promised the line.", "The state had promised the line."),
    ("The pill cures colds.", "The pill cures colds, but it was not cheap. The pill cures colds."),
    ("The bridge was closed.", "The bridge was closed, but it was not immediately clear why it was."),
    ("The bridge was closed.", "The bridge was closed, although it is not known for how long."),
)


@pytest.mark.parametrize(("claim", "source", "words"), TAKEN_BACK)
def test_what_takes_a_claim_back_is_named(claim: str, source: str, words: str) -> None:
    assert f"“{words}" in takes_back(claim, source)


@pytest.mark.parametrize(("claim", "source"), GOES_ON)
def test_another_clause_takes_nothing_back(claim: str, source: str) -> None:
    assert takes_back(claim, source) == ""


BESIDE = (
    ("", "So says its advertisement."),
    ("", "That, at least, was the plan until Friday."),
    ("", "None of this is true."),
    ("", "We are sorry for this mistake."),
    ("", "In fact, it will end at Zell."),
    ("", "“Reach”, as the state defines it, means within a mile."),
    ("", "It was set aside in May, and work has stopped."),
    ("", "The line has never had the money to reach Brest."),
    ("It was an April Fool.", ""),
    ("Here are three myths.", ""),
    ("This is only a drill.", ""),
    ("The following report is false.", ""),
    ("A forged letter reads as follows.", ""),
    ("", "The company made this up."),
)


@pytest.mark.parametrize(("before", "after"), BESIDE)
def test_the_sentences_beside_it_may_take_it_back(before: str, after: str) -> None:
    claim = "The line will reach Brest."
    assert takes_back(claim, claim, before, after)
    assert takes_back(claim, f"{before} {claim} {after}".strip())


@pytest.mark.parametrize(
    "beside",
    [
        "The state has said so since May.",
        "This was confirmed on Monday.",
        "It is a plan.",
        # What is false, forged or invented is a thing, and nothing told.
        "A court found her guilty of making false statements.",
        "Police found a forged passport in the cab.",
        "Thomas Edison invented the phonograph.",
        "The board is made up of women.",
        "The Department of Correction is near.",
        "Her real name is Ann Berg.",
    ],
)
def test_another_sentence_beside_it_takes_nothing_back(beside: str) -> None:
    assert takes_back("The line will reach Brest.", "The line will reach Brest.", beside, beside) == ""


def test_the_next_sentence_may_take_it_back() -> None:
    claim, source = "The line will reach Brest.", "The line will reach Brest, the state said."
    assert takes_back(claim, source, after="But it has abandoned the plan.")
    assert takes_back(claim, source, after="It has not been cheap.") == ""
