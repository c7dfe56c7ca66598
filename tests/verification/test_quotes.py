"""Quotations against their sources: a table of altered ones over all grades, and what is quoted in a claim."""

from __future__ import annotations

from pathlib import Path

import pytest

from claims.records import QuoteGrade
from claims.verification.quotes.grading import grade, is_title, quoted_words
from claims.verification.weighing.quotation_findings import with_quotes
from claims.verification.weighing.weigh import Weighed

TABLE = Path(__file__).with_name("quotations.txt")
Row = tuple[str, bool, QuoteGrade, str]


def rows() -> tuple[list[Row], list[Row]]:
    """The table's rows: those of the sources that the rules were written with, and the held-out ones."""
    halves: tuple[list[Row], list[Row]] = ([], [])
    source, translated, number = "", False, -1
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line.startswith(">"):
            translated, source, number = line.startswith(">>"), line.lstrip("> "), number + 1
        elif "|" in line and not line.startswith("#"):
            name, quote = line.split(" | ", 1)
            halves[number % 2].append((source, translated, QuoteGrade(name), quote))
    return halves


@pytest.mark.parametrize("half", [0, 1], ids=["written with", "held out"])
def test_altered_quotations_are_graded(half: int) -> None:
    wrong = [
        (quote, expected.value, found.value)
        for source, translated, expected, quote in rows()[half]
        if (found := grade(quote, source, translated=translated).grade) is not expected
    ]
    share = 1 - len(wrong) / len(rows()[half])
    assert share >= 0.95, wrong


def test_the_table_is_large_enough_and_has_every_grade() -> None:
    both = [*rows()[0], *rows()[1]]
    assert len(both) >= 200
    assert {row[2] for row in both} == set(QuoteGrade)


def test_an_altered_word_is_never_called_faithful() -> None:
    faithful = (QuoteGrade.VERBATIM, QuoteGrade.TRIVIAL_EDIT, QuoteGrade.TRANSLATION_VARIANT)
    for source, translated, expected, quote in (*rows()[0], *rows()[1]):
        if expected is QuoteGrade.PARAPHRASE_IN_QUOTES:
            assert grade(quote, source, translated=translated).grade not in faithful, quote


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said “one two three” and left.", ["one two three"]),
        ('He said "one two three" and "four five".', ["one two three", "four five"]),
        ("“We welcome such a disposition and", ["We welcome such a disposition and"]),
        ("welcome such a disposition.” he said", ["welcome such a disposition."]),
        ("The “deal” was off.", []),
        ("It's the council's plan.", []),
        ("", []),
    ],
)
def test_quoted_words_of_a_claim(text: str, expected: list[str]) -> None:
    assert quoted_words(text) == expected


@pytest.mark.parametrize(
    ("quote", "source", "altered"),
    [
        # A noun phrase with "of" the other way round is another wording, and no other word.
        ("a crime prevention policy", "He spoke of “a policy of crime prevention” on Monday.", False),
        ("the future of the mine", "She asked about “the mine future”, a reporter said.", False),
        ("we must build the new road", "“We could build the new road,” she said.", True),
        # Where much is worded anew, a "could" somewhere turns nothing.
        (
            "the house works, all is done, and the money is spent on the needs of the people here",
            "“The home could function, everything could work, the budget could go to social needs of those people.”",
            False,
        ),
        (
            "the house works, all is done, and the money is spent on the needs of the people here",
            "“The house does not function, all was done, and the money goes to the social needs of those people.”",
            True,
        ),
    ],
)
def test_only_exchanged_words_alter_a_quotation(quote: str, source: str, altered: bool) -> None:
    weighed = with_quotes(Weighed(supported=0.9, refuted=0.0, covered=1.0), [grade(quote, source)])
    assert bool(weighed.findings) is altered


@pytest.mark.parametrize(
    ("quote", "source"),
    [
        ("the future of the mine", "They spoke of mine future. He praised “the future of the mine” on Monday."),
        (
            "crime prevention policy",
            "It has a policy of crime prevention. “Our crime prevention policy works,” he said.",
        ),
    ],
)
def test_words_that_stand_there_are_not_looked_for_the_other_way_round(quote: str, source: str) -> None:
    assert grade(quote, source).grade is QuoteGrade.VERBATIM


def test_the_finding_points_into_the_source() -> None:
    source = "First, a word. “We are ready for talks on equal terms,” Putin told the council."
    found = grade("We are ready for talks on any terms", source)
    assert found.span is not None
    assert source[found.span[0] : found.span[1]] == found.found == "We are ready for talks on equal terms"
    assert found.diff == (("=", "We are ready for talks on"), ("-", "any"), ("+", "equal"), ("=", "terms"))


@pytest.mark.parametrize(("quote", "source"), [("", "text here"), ("two words", ""), ("…", "…"), ("a b", "c")])
def test_nothing_to_compare_is_not_found(quote: str, source: str) -> None:
    assert grade(quote, source).grade is QuoteGrade.NOT_FOUND


@pytest.mark.parametrize(
    ("quote", "title"),
    [
        ("Winter Harbour", True),
        ("The Fall of the House", True),
        ("a gift to polluters", False),
        ("Few came", False),
        ("we will do it", False),
    ],
)
def test_a_title_is_no_quotation_that_tells_anything(quote: str, title: bool) -> None:
    assert is_title(quote) is title
