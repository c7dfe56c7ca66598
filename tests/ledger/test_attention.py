"""What a person must look at is defined once: the ledger, its lists and a check that is not logged say the same."""

import json
from dataclasses import replace
from typing import Any

import pytest
from review_sample import AT
from sample_check import build

from claims.ledger.attention import waits
from claims.ledger.ledger import Ledger
from claims.records import Change, Check, Decision, Label, QuoteFinding, QuoteGrade, Reason, Review, Verdict

RETRIED = {Reason.TIMEOUT, Reason.UNREACHABLE, Reason.OFFLINE}


def verdict(**changes: object) -> Verdict:
    plain = build().verdicts[0]
    return replace(plain, **{"quote": None, "needs_review": False, **changes})  # type: ignore[arg-type]  # any field


def graded(grade: QuoteGrade) -> QuoteFinding:
    return QuoteFinding(quote="a", grade=grade, similarity=0.5)


@pytest.mark.parametrize(
    ("judged", "why"),
    [
        (verdict(), None),
        (verdict(needs_review=True), "the verdict is not certain enough"),
        (verdict(label=Label.CONTRADICTED), "a source says otherwise"),
        (verdict(label=Label.MISATTRIBUTED), "attributed to another speaker, date or outlet"),
        (verdict(label=Label.CONFLICTING), "the sources disagree"),
        (verdict(label=Label.NOT_IN_SOURCE), None),
        (verdict(label=Label.NO_SOURCE), None),
        (verdict(label=Label.NO_SOURCE, needs_review=True), "the verdict is not certain enough"),
        (verdict(label=Label.NOT_CHECKABLE), None),
        (verdict(quote=graded(QuoteGrade.SPLICED)), "the quotation differs from the source (spliced)"),
        (verdict(quote=graded(QuoteGrade.VERBATIM)), None),
        (verdict(label=Label.NO_SOURCE, quote=graded(QuoteGrade.NOT_FOUND)), None),
        (verdict(label=Label.SOURCE_UNAVAILABLE), None),
        (verdict(label=Label.SOURCE_UNAVAILABLE, reason="offline", needs_review=True), None),
        (
            verdict(label=Label.SOURCE_UNAVAILABLE, reason="timeout", needs_review=True),
            "the verdict is not certain enough",
        ),
        *(
            (
                verdict(label=Label.SOURCE_UNAVAILABLE, reason=reason.value),
                None
                if reason in RETRIED
                else f"the source could not be read ({reason.value.replace('_', ' ')}): can you read it?",
            )
            for reason in Reason
        ),
    ],
)
def test_who_must_look_and_why(judged: Verdict, why: str | None, ledger: Ledger, check: Check) -> None:
    assert waits([judged], []).get(judged.claim) == why
    ledger.record(replace(check, verdicts=(judged, *check.verdicts[1:])))
    assert ledger.waiting(check.article.id).get(judged.claim) == why


OPEN = "who or what “it” is could not be settled"
GUESS = Change(span=(0, 0), was="", now="[Ray?]", sure=False, reason=f"{OPEN}; Ray is the likeliest")


@pytest.mark.parametrize(
    ("left_open", "needs_review", "why"),
    [
        ({"reasons": ("a fact that can be checked", OPEN)}, True, OPEN),
        ({"changes": (replace(GUESS, sure=True, reason="put in"), GUESS)}, True, GUESS.reason),
        ({"reasons": ("it could not be settled whether this counts",)}, True, "the verdict is not certain enough"),
        ({"changes": (replace(GUESS, sure=True),)}, True, "the verdict is not certain enough"),
        ({"reasons": (OPEN,)}, False, None),
        ({"reasons": ("“\ud800” could not be settled",)}, True, "“?” could not be settled"),
    ],
)
def test_what_a_claim_leaves_open_is_the_reason(
    left_open: dict[str, Any], needs_review: bool, why: str | None, ledger: Ledger, check: Check
) -> None:
    claim = replace(check.extraction.claims[0], **left_open)
    judged = verdict(needs_review=needs_review)
    assert waits([judged], [claim]).get(claim.id) == why
    extraction = replace(check.extraction, claims=(claim, *check.extraction.claims[1:]))
    ledger.record(replace(check, extraction=extraction, verdicts=(judged, *check.verdicts[1:])))
    assert ledger.waiting(check.article.id).get(claim.id) == why
    assert ledger.show(claim.id).row.why == why


def test_everybody_says_the_same(ledger: Ledger, check: Check) -> None:
    ledger.record(check)
    waiting = waits(check.verdicts, check.extraction.claims)
    assert ledger.waiting(check.article.id) == waiting
    assert {row.id: row.why for row in ledger.queue()} == waiting
    assert {row.id: row.why for row in ledger.claims() if row.needs_review} == waiting
    assert ledger.counts()["queue"] == len(waiting) == 7
    rows = [json.loads(line) for line in ledger.export("jsonl", unreviewed=True)]
    assert {row["claim"] for row in rows if row["needs_review"]} == set(waiting)
    assert {row["claim"] for row in rows if row["state"] == "needs_review"} == set(waiting)
    assert {row["state"] for row in rows if row["claim"] not in waiting} == {"undecided"}


def test_what_is_decided_waits_no_more_and_what_is_disputed_waits(ledger: Ledger, check: Check) -> None:
    ledger.record(check)
    claim = check.extraction.claims[2].id
    ledger.review(Review(claim=claim, reviewer="Ana", decision=Decision.CONFIRM, at=AT))
    assert claim not in ledger.waiting(check.article.id)
    ledger.review(
        Review(claim=claim, reviewer="Ben", decision=Decision.OVERRULE, at=AT, label=Label.SUPPORTED, note="no")
    )
    assert ledger.waiting(check.article.id)[claim] == "disputed: reviewers disagree"
    assert ledger.queue()[0].id == claim
    ledger.review(Review(claim=claim, reviewer="Ben", decision=Decision.UNDO, at=AT))
    assert claim not in ledger.waiting(check.article.id)
