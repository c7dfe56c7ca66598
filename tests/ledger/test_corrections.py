"""Decisions are bound to what was shown, can be taken back, and are corrected in public."""

import json
from dataclasses import replace
from typing import Any

import pytest
from review_sample import AT
from sample_check import again, relabel

from claims.errors import LedgerError, MovedOnError
from claims.ledger.ledger import Ledger
from claims.records import Check, Correction, Decision, Label, Review

LATER = "2025-01-24T09:00:00+00:00"
OVERRULE = {"decision": Decision.OVERRULE, "label": Label.CONFLICTING, "note": "two letters"}
UNDO = {"decision": Decision.UNDO}


def decide(ledger: Ledger, check: Check, reviewer: str = "Ana", after: int | None = None, **fields: Any) -> None:
    given = {"decision": Decision.CONFIRM, "at": AT, **fields}
    ledger.review(Review(claim=check.extraction.claims[0].id, reviewer=reviewer, **given), after=after)


def standing(ledger: Ledger, check: Check) -> tuple[str, str]:
    row = ledger.show(check.extraction.claims[0].id).row
    return row.standing, row.state.value


def corrections(ledger: Ledger) -> list[dict[str, Any]]:
    return [json.loads(line) for line in ledger.export("corrections")]


def test_nobody_confirms_a_verdict_that_was_not_shown(ledger: Ledger, check: Check) -> None:
    ledger.record(check)
    shown = ledger.show(check.extraction.claims[0].id).row
    ledger.record(relabel(again(check, run="run-2", at=LATER), 0, label=Label.CONTRADICTED, confidence=0.9))
    for verdict in (shown.verdict, shown.verdict[:8], "", "nonsense"):
        with pytest.raises(MovedOnError, match="the verdict is contradicted") as moved:
            decide(ledger, check, verdict=verdict, after=0)
        assert "\n" not in str(moved.value)
    assert ledger.counts()["reviews"] == 0
    now = ledger.show(check.extraction.claims[0].id).row
    decide(ledger, check, verdict=now.verdict[:8], after=0)
    assert standing(ledger, check) == ("contradicted", "decided")


def test_of_two_who_were_shown_the_same_the_second_is_told_of_the_first(ledger: Ledger, check: Check) -> None:
    ledger.record(check)
    shown = ledger.show(check.extraction.claims[0].id).row
    decide(ledger, check, "Ana", verdict=shown.verdict, after=shown.decisions)
    with pytest.raises(MovedOnError, match="Ana confirmed it: supported"):
        decide(ledger, check, "Ben", verdict=shown.verdict, after=shown.decisions, **OVERRULE)
    with pytest.raises(MovedOnError, match="has the number 1, not 7"):
        decide(ledger, check, "Ben", after=7)
    decide(ledger, check, "Ana", verdict=shown.verdict, after=shown.decisions)  # sent twice: one decision
    assert ledger.counts()["reviews"] == 1
    decide(ledger, check, "Ben", after=1, **OVERRULE)
    assert standing(ledger, check) == ("conflicting", "disputed")


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ([{}, UNDO], ("supported", "undecided")),
        ([OVERRULE, UNDO], ("supported", "undecided")),
        ([{}, OVERRULE, UNDO], ("supported", "decided")),
        ([{}, OVERRULE, UNDO, UNDO], ("supported", "undecided")),
        ([{}, UNDO, OVERRULE], ("conflicting", "decided")),
        ([{"decision": Decision.VOID, "note": "a caption"}, UNDO], ("supported", "undecided")),
    ],
)
def test_taking_back_is_an_entry_of_its_own(
    ledger: Ledger, check: Check, entries: list[dict[str, Any]], expected: tuple[str, str]
) -> None:
    ledger.record(check)
    for fields in entries:
        decide(ledger, check, **fields)
    assert standing(ledger, check) == expected
    assert [review.decision for review in ledger.show(check.extraction.claims[0].id).reviews] == [
        fields.get("decision", Decision.CONFIRM) for fields in entries
    ]
    assert ledger.audit().holds


def test_what_nobody_decided_is_not_taken_back(ledger: Ledger, check: Check) -> None:
    ledger.record(check)
    with pytest.raises(LedgerError, match="no decision on claim"):
        decide(ledger, check, **UNDO)
    decide(ledger, check)
    decide(ledger, check, **UNDO)
    with pytest.raises(LedgerError, match="no decision on claim"):
        decide(ledger, check, **UNDO)


@pytest.mark.parametrize("kind", Correction)
def test_a_correction_is_public_with_both_verdicts_and_their_dates(
    ledger: Ledger, check: Check, kind: Correction
) -> None:
    ledger.record(check)
    decide(ledger, check)
    decide(ledger, check, "Ben", at=LATER, correction=kind, **OVERRULE)
    claim, verdict = check.extraction.claims[0], ledger.show(check.extraction.claims[0].id).row.verdict
    held = {"verdict": verdict, "checked_at": check.verdicts[0].checked_at, "statement": claim.statement}
    assert corrections(ledger) == [
        {
            "claim": claim.id,
            "statement": claim.statement,
            "article": "https://news.example/inauguration",
            "old": {"standing": "supported", "at": AT, **held},
            "new": {"standing": "conflicting", "at": LATER, **held},
            "kind": kind.value,
            "note": "two letters",
            "at": LATER,
            "by": "Ben",
        }
    ]
    assert standing(ledger, check) == ("conflicting", "decided")  # a correction is no dispute


def test_two_must_agree_on_a_correction_too(ledger: Ledger, check: Check) -> None:
    ledger.record(check)
    ledger.sign_off(2, at=AT)
    decide(ledger, check, "Ana")
    decide(ledger, check, "Ben")
    decide(ledger, check, "Ben", at=LATER, correction=Correction.MINOR, **OVERRULE)
    assert (standing(ledger, check), corrections(ledger)) == (("conflicting", "needs_review"), [])
    decide(ledger, check, "Cleo", at=LATER, **OVERRULE)
    (correction,) = corrections(ledger)
    assert (correction["old"]["standing"], correction["new"]["standing"], correction["kind"]) == (
        "supported",
        "conflicting",
        "minor",
    )


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ([{}], []),
        ([OVERRULE], []),  # overruling the judge corrects nothing that the desk had said
        ([{}, OVERRULE], [("supported", "conflicting", "major")]),  # no kind named: it changes the verdict
        ([{}, {"decision": Decision.VOID, "note": "no claim"}], [("supported", "void", "major")]),
        ([{}, UNDO, {}], []),
        ([{}, UNDO, OVERRULE], [("supported", "conflicting", "major")]),
        ([{}, {**UNDO, "correction": Correction.NOTE}], [("supported", None, "note")]),
        (
            [{}, OVERRULE, UNDO],
            [("supported", "conflicting", "major"), ("conflicting", "supported", "major")],
        ),
        ([{}, {"note": "clearer", "correction": Correction.NOTE}], [("supported", "supported", "note")]),
    ],
)
def test_what_the_desk_said_and_no_longer_says_is_a_correction(
    ledger: Ledger, check: Check, entries: list[dict[str, Any]], expected: list[tuple[str, str | None, str]]
) -> None:
    ledger.record(check)
    for fields in entries:
        decide(ledger, check, **fields)
    published = [
        (correction["old"]["standing"], correction["new"] and correction["new"]["standing"], correction["kind"])
        for correction in corrections(ledger)
    ]
    assert published == expected


def test_a_new_verdict_that_is_decided_otherwise_corrects_the_old_one(ledger: Ledger, check: Check) -> None:
    ledger.record(check)
    decide(ledger, check)
    ledger.record(relabel(again(check, run="run-2", at=LATER), 0, label=Label.CONTRADICTED))
    assert corrections(ledger) == []
    assert standing(ledger, check) == ("supported", "needs_review")  # nobody has confirmed the new verdict
    decide(ledger, check, at=LATER)
    (correction,) = corrections(ledger)
    assert (correction["old"]["standing"], correction["new"]["standing"]) == ("supported", "contradicted")
    assert (correction["old"]["checked_at"], correction["new"]["checked_at"]) == (check.verdicts[0].checked_at, LATER)


def test_a_correction_has_the_statement_that_was_decided_on(ledger: Ledger, check: Check) -> None:
    ledger.record(check)
    decide(ledger, check)
    decide(ledger, check, **OVERRULE)
    claim = check.extraction.claims[0]
    claims = (replace(claim, statement="Abe said so."), *check.extraction.claims[1:])
    reread = replace(check, extraction=replace(check.extraction, claims=claims))
    ledger.record(again(reread, run="run-2", at=LATER))
    assert [correction["statement"] for correction in corrections(ledger)] == [claim.statement]
    decide(ledger, check, at=LATER)
    assert [
        (correction["old"]["statement"], correction["new"]["statement"], correction["statement"])
        for correction in corrections(ledger)
    ] == [(claim.statement,) * 3, (claim.statement, "Abe said so.", "Abe said so.")]


def test_nothing_is_corrected_before_it_is_decided(ledger: Ledger, check: Check) -> None:
    ledger.record(check)
    for people in (1, 2):
        ledger.sign_off(people, at=AT)
        with pytest.raises(LedgerError, match="no earlier decision"):
            decide(ledger, check, correction=Correction.MAJOR, **OVERRULE)
    decide(ledger, check)
    with pytest.raises(LedgerError, match="no earlier decision"):
        decide(ledger, check, "Ben", correction=Correction.MAJOR, **OVERRULE)


def test_what_was_published_while_fewer_had_to_agree_stays_published(ledger: Ledger, check: Check) -> None:
    ledger.record(check)
    decide(ledger, check)
    decide(ledger, check, "Ben", correction=Correction.MAJOR, **OVERRULE)
    published = corrections(ledger)
    ledger.sign_off(2, at=LATER)
    assert [correction["kind"] for correction in published] == ["major"]
    assert corrections(ledger) == published
    decide(ledger, check, correction=Correction.MINOR, at=LATER)  # what one person had published can be corrected
    assert standing(ledger, check) == ("supported", "needs_review")
    assert corrections(ledger) == published
    ledger.sign_off(1, at=LATER)
    assert [correction["kind"] for correction in corrections(ledger)] == ["major", "minor"]
