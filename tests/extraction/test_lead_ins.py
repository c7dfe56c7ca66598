"""The words before a quotation: who is described, the cue as a verb, capitals, and whose day it is."""

from __future__ import annotations

import pytest
from small_directory import DIRECTORY

from claims.extraction.extract import extract
from claims.extraction.standalone.lead_ins import is_description, renders, small, spoken
from claims.extraction.standalone.wording import bare, finished, unmarked
from claims.records import Page


@pytest.mark.parametrize(
    ("cue", "expected"),
    [
        ("told", "said"), ("tells", "said"), ("put", "said"), ("puts", "said"), ("asked", "asked"),
        (" stressed ", "stressed"), ("according to", "said"), ("in the words of", "said"), ("as quoted by", "said"),
        ("saying", "said"), (":", "said"), ("—", "said"), ("...", "said"), ("", "said"),
    ],
)  # fmt: skip
def test_a_cue_becomes_a_finite_verb(cue: str, expected: str) -> None:
    assert spoken(cue).strip() == expected


@pytest.mark.parametrize(
    ("speaker", "words", "expected"),
    [
        ("ministers", "some ministers", True),
        ("Ministers", "the Ministers", True),
        ("Ministers", "Ministers", False),
        ("Berg", "Ana Berg", False),
        ("Berg", "the", False),
        ("14th-ranked Hall", "The 14th-ranked Hall", True),
    ],
)
def test_who_is_described(speaker: str, words: str, expected: bool) -> None:
    assert is_description(speaker, words) is expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [("The council", "the council"), ("A mill in May", "a mill in May"), ("Friday morning", "Friday morning")],
)
def test_only_weekdays_keep_their_capital(words: str, expected: str) -> None:
    assert small(words) == expected


@pytest.mark.parametrize(("words", "expected"), [("an official transcript", True), ("an official", False)])
def test_a_text_that_gives_words_again(words: str, expected: bool) -> None:
    assert renders(words) is expected


@pytest.mark.parametrize(
    ("words", "plain", "without_marks"),
    [
        ("“It rained,”", "It rained", "It rained,"),
        ("'It rained'", "It rained", "It rained"),
        ("“He said ‘no’”", "He said ‘no’", "He said ‘no’"),
        ("«Oui»", "Oui", "Oui"),
        ('"no"', "no", "no"),
        ("said “no”", "said “no”", "said “no”"),
        ("said «non»", "said «non»", "said «non»"),
        ('said "no"', 'said "no"', 'said "no"'),
        ("“He said “no””", "He said “no”", "He said “no”"),
        ("It rained”", "It rained", "It rained"),
    ],
)
def test_the_marks_around_a_quotation_go(words: str, plain: str, without_marks: str) -> None:
    assert (bare(words), unmarked(words)) == (plain, without_marks)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("However, the vote failed", "The vote failed."),
        ("And the vote failed", "The vote failed."),
        ("But, however, the vote failed,", "The vote failed."),
        ("And, but, however, the vote failed", "However, the vote failed."),
        ("Andrea left", "Andrea left."),
        ("And", "And."),
        ("the vote , he said , failed .", "The vote, he said, failed."),
        ("the vote failed,.", "The vote failed."),
        ("He said “no", "He said “no”."),
        ('He said "no', 'He said "no".'),
        ('He said "no" and “yes', 'He said "no" and “yes”.'),
        ("He said no”", "He said no."),
        ('He said no"', "He said no."),
        ("He called it “the ‘end’’", "He called it “the ‘end’’."),
    ],
)
def test_words_become_a_sentence(words: str, expected: str) -> None:
    assert finished(words) == expected


@pytest.mark.parametrize(
    ("text", "statement"),
    [
        ("Ann Fox told the council, which met on Monday: “We will win.”", "Ann Fox said: “We will win.”"),
        ("Ann Fox, who was elected on Monday, said: “We will win.”", "Ann Fox said: “We will win.”"),
        ("Ann Fox said on Monday: “We will win.”", "Ann Fox said Monday (20 January 2025): “We will win.”"),
        ("Ann Fox told Ben Hall on Monday: “We will win.”", None),
        ("Ann Fox said of Peter Hall, “They fell in May.”", "Ann Fox said of Peter Hall: “They fell in May.”"),
        (
            "Ann Fox said of the fifteen very old houses of the town of Leeds, “They fell in May.”",
            "Ann Fox said: “They fell in May.”",
        ),
        ("“Talk to me about Leeds,” Ann Fox said.", "Ann Fox said: “Talk to me about Leeds”"),
        ("Ann Fox tells the council: “We will win.”", "Ann Fox said: “We will win.”"),
        ("Ann Fox told the council of Leeds: “We will win.”", "Ann Fox told the council of Leeds: “We will win.”"),
    ],
)
def test_the_lead_of_a_quotation(text: str, statement: str | None) -> None:
    [claim, *_] = extract(Page(text=text, published="2025-01-20"), DIRECTORY).claims
    assert claim.statement == (statement or "Ann Fox told Ben Hall Monday (20 January 2025): “We will win.”")
