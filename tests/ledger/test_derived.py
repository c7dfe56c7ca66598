"""The tables that are worked out from the others say after every kind of writing what those say."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from review_sample import AT, reviewed
from sample_check import LINES, again, build, relabel

from claims.ledger.ledger import Ledger
from claims.ledger.queue_cards import QueuePlace
from claims.records import Check, Decision, Label, Review

LATER = "2025-01-24T08:00:00+00:00"


def decide(ledger: Ledger, check: Check, position: int, decision: Decision, reviewer: str, **rest: object) -> None:
    claim = check.extraction.claims[position].id
    ledger.review(Review(claim=claim, reviewer=reviewer, decision=decision, at=LATER, **rest))  # type: ignore[arg-type]  # as they are


def another_version(ledger: Ledger, check: Check) -> None:
    """The article says something else now: two of its claims are gone, and one has another verdict."""
    ledger.record(relabel(build(LINES[2:], run="run-3", at=LATER), 0, label=Label.NOT_IN_SOURCE, reason=None))


# what is written, and what is in a list afterwards: waiting claims, verdicts that changed, sources not read
WORK: list[tuple[str, Callable[[Ledger, Check], None]]] = [
    ("nothing", lambda ledger, check: None),
    ("found again", lambda ledger, check: void(ledger.record(again(check, run="run-2", at=LATER)))),
    (
        "a changed verdict",
        lambda ledger, check: void(
            ledger.record(again(relabel(check, 0, label=Label.CONTRADICTED), run="run-2", at=LATER))
        ),
    ),
    ("another version", another_version),
    ("a confirmation", lambda ledger, check: decide(ledger, check, 1, Decision.CONFIRM, "Ben")),
    (
        "a dispute",
        lambda ledger, check: decide(ledger, check, 2, Decision.OVERRULE, "Ben", label=Label.NO_SOURCE, note="no"),
    ),
    ("a claim struck out", lambda ledger, check: decide(ledger, check, 0, Decision.VOID, "Ben", note="no claim")),
    ("a decision taken back", lambda ledger, check: decide(ledger, check, 2, Decision.UNDO, "Ana")),
    ("another rule", lambda ledger, check: ledger.sign_off(2, at=LATER)),
]


def void(_recorded: object) -> None:
    """So that what is recorded can stand in a table of work."""


def worked_out(path: Path) -> tuple[list[tuple[object, ...]], ...]:
    tables = ("standings", "verdict_changes", "unread_sources", "tallies WHERE claims <> 0")
    with closing(sqlite3.connect(path)) as connection:
        return tuple(connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() for table in tables)


@pytest.mark.parametrize("work", [writer for _, writer in WORK], ids=[name for name, _ in WORK])
def test_they_are_kept_by_every_writer(ledger_path: Path, check: Check, work: Callable[[Ledger, Check], None]) -> None:
    with Ledger.open(ledger_path) as ledger:
        reviewed(ledger, check)
        work(ledger, check)
        kept = worked_out(ledger_path)
        assert kept[0]
        assert kept[2]
        assert kept[3]
        assert [f"{fault.row}: {fault.detail}" for fault in ledger.audit().faults] == []
        ledger.rebuild()
        assert worked_out(ledger_path) == kept
        assert sum(ledger.labels().values()) == len(ledger.claims(limit=99)) == len(kept[0])
        assert ledger.queue_length() == len(ledger.queue(99))


def test_a_decision_that_fails_leaves_them_as_they_were(ledger_path: Path, check: Check) -> None:
    with Ledger.open(ledger_path) as ledger:
        reviewed(ledger, check)
        before = worked_out(ledger_path)
        broken = replace(check, run=replace(check.run, id="run-9", article="another"))
        with pytest.raises(Exception, match="nothing was logged"):
            ledger.record(broken)
        assert worked_out(ledger_path) == before


def test_every_place_in_the_queue_has_the_claims_behind_it(ledger: Ledger, check: Check) -> None:
    reviewed(ledger, check)
    whole = ledger.cards(99)
    assert len(whole) > 3
    for number, card in enumerate(whole, start=1):
        behind = ledger.cards(99, card.place)
        assert [shown.row.id for shown in behind] == [shown.row.id for shown in whole[number:]]
        assert [shown.row.id for shown in ledger.cards(1, card.place)] == [
            shown.row.id for shown in whole[number : number + 1]
        ]
    first = whole[0].place
    left = QueuePlace(urgency=first.urgency, checkworthiness=2.0, checked_at=AT, no=0)
    assert [shown.row.id for shown in ledger.cards(99, left)] == [shown.row.id for shown in whole]


# words, how many may be ranked, and the numbers of the claims that are found
def test_more_matches_than_can_be_ranked_come_newest_first(
    ledger: Ledger, check: Check, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger.record(check)
    best = [row.id for row in ledger.search("the", 99)]
    assert len(best) > 3
    monkeypatch.setattr("claims.ledger.reading.full_text._MOST_RANKED", 3)
    newest = [row.id for row in ledger.search("the", 99)]
    assert set(newest) <= set(best)
    order = [claim.id for claim in check.extraction.claims]
    assert newest == sorted(newest, key=order.index, reverse=True)
    assert ledger.search("nowhereatall") == []


def test_the_articles_checked_last_are_the_first_of_all(ledger: Ledger, check: Check) -> None:
    ledger.record(check)
    other = build(LINES[:3], run="run-2", at=LATER, address="https://other.example/")
    ledger.record(other)
    ledger.record(again(check, run="run-3", at="2025-01-25T08:00:00+00:00"))
    every = [row.id for row in ledger.articles()]
    assert [row.id for row in ledger.articles(9)] == every == [check.article.id, other.article.id]
    assert [row.id for row in ledger.articles(1)] == every[:1]
