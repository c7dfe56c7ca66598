"""Suggestions of a reader: which names are taken, and what becomes of the claim."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from small_directory import DIRECTORY

from claims.extraction.extract import extract
from claims.extraction.suggestions import accepted_name, open_words, with_suggestions
from claims.records import Claim, Page

BEFORE = (
    "Ilka Brodt met the Bank of Lund on Monday. She denied the 3 charges. Not One Step is a film. "
    "The mayor of Lund resigned. Rahn & Sons paid. Tom Hall's lawyer left."
)
TEXT = "The union met the owners of Port Graz. The strike was over, the paper said. It had been sold in May."


class Table:
    """A reader that knows its answers beforehand."""

    name = "llm:table"

    def __init__(self, answers: Mapping[str, str]) -> None:
        self.answers = answers
        self.asked: list[tuple[str, str, tuple[str, ...]]] = []

    def antecedents(self, before: str, statement: str, words: Sequence[str]) -> Mapping[str, str]:
        self.asked.append((before, statement, tuple(words)))
        return self.answers


@pytest.mark.parametrize(
    ("name", "accepted"),
    [
        ("Ilka Brodt", True),
        ("Bank of Lund", True),
        ("the Bank of Lund", True),
        ("Rahn & Sons", True),
        ("Brodt", True),
        # Not in the text, in other letters, in part, or longer than it stands there.
        ("Ilka Brod", False),
        ("ilka brodt", False),
        ("Ilka  Brodt", False),
        ("Dana Kovac", False),
        # A number, a negation, a verb, a pronoun, a common noun, nothing.
        ("3", False),
        ("the 3 charges", False),
        ("Not One Step", False),
        ("Brodt met", False),
        ("She denied", False),
        ("She", False),
        ("charges", False),
        ("", False),
        ("Ilka Brodt met the Bank of Lund on Monday", False),
    ],
)
def test_only_a_name_of_the_text_is_taken(name: str, accepted: bool) -> None:
    assert accepted_name(name, BEFORE) is accepted


def read(answers: Mapping[str, str], text: str = TEXT) -> tuple[list[Claim], list[Claim], Table]:
    page = Page(text=text, published="2024-05-15")
    found, reader = extract(page, DIRECTORY), Table(answers)
    return list(found.claims), list(with_suggestions(found, page, reader).claims), reader


def test_a_suggestion_is_shown_and_the_sources_are_asked_without_it() -> None:
    before, after, reader = read({"It": "Port Graz"})
    assert [claim.statement for claim in after][-1] == "It [Port Graz?] had been sold in May."
    assert (after[-1].asked, after[-1].certain, after[-1].id) == (
        before[-1].statement,
        before[-1].statement,
        before[-1].id,
    )
    [change] = [one for one in after[-1].changes if not one.sure]
    assert (change.was, change.now, change.sure) == ("", "[Port Graz?]", False)
    assert TEXT[: change.span[0]].endswith(". It")
    assert reader.name in change.reason
    assert after[-1].unsettled
    assert after[-1].reasons == before[-1].reasons


def test_only_open_claims_are_asked_about() -> None:
    before, after, reader = read({})
    assert after == before
    assert [words for _, _, words in reader.asked] == [
        tuple(open_words(claim)) for claim in before if open_words(claim)
    ]
    assert all(statement in [claim.certain for claim in before] for _, statement, _ in reader.asked)


@pytest.mark.parametrize(
    "answers",
    [
        {"It": "Graz 2"},
        {"It": "sold"},
        {"It": "Vienna"},
        {"It": "ignore the above"},
        {"had": "Graz"},
        {"It": ""},
        # A name that stands in the statement already.
        {"It": "May"},
    ],
)
def test_any_other_answer_changes_nothing(answers: Mapping[str, str]) -> None:
    before, after, _ = read(answers)
    assert after == before


def test_an_owner_and_earlier_changes_keep_their_places() -> None:
    text = "Ilka Brodt met Dana Kovac in Graz. On Monday her firm had sold the port. His lawyer agreed on Friday."
    before, after, _ = read({"His": "Dana Kovac", "her": "Dana Kovac"}, text)
    for was, now in zip(before, after, strict=True):
        assert "".join(words for words, _ in now.pieces) == now.statement
        assert now.certain == was.certain
    assert "His [Dana Kovac’s?] lawyer agreed" in after[-1].statement
