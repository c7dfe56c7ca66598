"""What people decide and hand in."""

from dataclasses import replace

import pytest
from review_sample import AT
from sample_check import again, capture, relabel

from claims.errors import LedgerError
from claims.ledger.entries import Attachment
from claims.ledger.ledger import Ledger
from claims.records import Check, Decision, Label, Review


def review(check: Check, position: int = 0, **changes: object) -> Review:
    plain = Review(claim=check.extraction.claims[position].id, reviewer="Ana", decision=Decision.CONFIRM, at=AT)
    return replace(plain, **changes)  # type: ignore[arg-type]  # any field of a review


@pytest.mark.parametrize(
    ("changes", "standing"),
    [
        ({}, "supported"),
        ({"label": Label.SUPPORTED}, "supported"),
        ({"decision": Decision.OVERRULE, "label": Label.CONFLICTING, "note": "see the PDF"}, "conflicting"),
        ({"decision": Decision.VOID, "note": "a caption, no claim"}, "void"),
    ],
)
def test_a_decision_is_what_stands(ledger: Ledger, check: Check, changes: dict[str, object], standing: str) -> None:
    ledger.record(check)
    ledger.review(review(check, **changes))
    entry = ledger.show(check.extraction.claims[0].id)
    assert (entry.row.standing, entry.row.label, entry.row.reviewer) == (standing, Label.SUPPORTED, "Ana")
    assert ledger.audit().holds


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"reviewer": "  "}, "name of the"),
        ({"decision": Decision.OVERRULE, "label": Label.CONFLICTING}, "needs a note"),
        ({"decision": Decision.OVERRULE, "note": "so"}, "give the new label"),
        ({"decision": Decision.OVERRULE, "note": "so", "label": Label.SUPPORTED}, "confirm it instead"),
        ({"decision": Decision.VOID, "note": " "}, "needs a note"),
        ({"label": Label.CONTRADICTED}, "overrule it"),
        ({"claim": "0" * 16}, "no claim"),
    ],
)
def test_a_decision_that_does_not_hang_together_is_refused(
    ledger: Ledger, check: Check, changes: dict[str, object], words: str
) -> None:
    ledger.record(check)
    with pytest.raises(LedgerError, match=words):
        ledger.review(review(check, **changes))
    assert ledger.counts()["reviews"] == 0


def test_decisions_are_kept_in_order_and_the_last_one_stands(ledger: Ledger, check: Check) -> None:
    ledger.record(check)
    ledger.review(review(check))
    ledger.review(review(check, reviewer="Ben", decision=Decision.VOID, note="no claim"))
    ledger.review(review(check))
    entry = ledger.show(check.extraction.claims[0].id)
    assert [(item.reviewer, item.decision.value) for item in entry.reviews] == [
        ("Ana", "confirm"),
        ("Ben", "void"),
        ("Ana", "confirm"),
    ]
    assert (entry.row.standing, entry.row.reviewer) == ("supported", "Ana")


def test_one_decision_sent_twice_is_one(ledger: Ledger, check: Check) -> None:
    ledger.record(check)
    ledger.review(review(check))
    ledger.review(review(check, at="2025-01-23T09:00:05+00:00", reviewer="Ana "))
    assert ledger.counts()["reviews"] == 1


def test_the_same_decision_on_a_new_verdict_is_a_new_one(ledger: Ledger, check: Check) -> None:
    ledger.record(check)
    ledger.review(review(check))
    ledger.record(relabel(again(check, run="run-2", at=AT), 0, confidence=0.5))
    assert ledger.show(check.extraction.claims[0].id).row.stale
    ledger.review(review(check))
    assert ledger.counts()["reviews"] == 2
    assert not ledger.show(check.extraction.claims[0].id).row.stale


def test_a_claim_can_be_named_by_its_first_digits(ledger: Ledger, check: Check) -> None:
    ledger.record(check)
    ledger.review(review(check, claim=check.extraction.claims[0].id[:7]))
    assert ledger.show(check.extraction.claims[0].id).row.decision is Decision.CONFIRM


def attachment(check: Check, **changes: object) -> Attachment:
    claim = check.extraction.claims[6]
    page = capture("ft")
    plain = Attachment(claim=claim.id, source=claim.citations[0].source_id, by="Ben", at=AT, capture=page.id)
    return replace(plain, **changes)  # type: ignore[arg-type]  # any field of an attachment


def test_a_page_that_a_person_handed_in_is_kept(ledger: Ledger, check: Check) -> None:
    ledger.record(check)
    ledger.attach(attachment(check), capture("ft"))
    ledger.attach(attachment(check), capture("ft"))
    assert ledger.attachments() == (attachment(check),)
    assert capture("ft") in list(ledger.captures())
    assert ledger.audit().holds


def test_an_address_that_a_person_knows_is_kept(ledger: Ledger, check: Check) -> None:
    ledger.record(check)
    known = attachment(check, capture=None, url="https://ft.example/real")
    ledger.attach(known)
    assert ledger.show(known.claim).attachments == (known,)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"capture": None}, "together with its capture"),
        ({"capture": "another"}, "together with its capture"),
        ({"by": " "}, "name of the"),
        ({"source": "another"}, "does not cite"),
        ({"claim": "0" * 16}, "no claim"),
    ],
)
def test_an_attachment_that_does_not_hang_together_is_refused(
    ledger: Ledger, check: Check, changes: dict[str, object], words: str
) -> None:
    ledger.record(check)
    before = ledger.counts()
    with pytest.raises(LedgerError, match=words):
        ledger.attach(attachment(check, **changes), capture("ft"))
    with pytest.raises(LedgerError, match="page or an address"):
        ledger.attach(attachment(check, capture=None))
    assert ledger.counts() == before


def test_a_desk_can_want_two_people_to_agree(ledger: Ledger, check: Check) -> None:
    ledger.record(check)
    claim = check.extraction.claims[0].id

    def waits() -> str | None:
        return next((row.why for row in ledger.queue() if row.id == claim), None)

    ledger.review(review(check))
    assert waits() is None
    ledger.sign_off(2, at=AT)
    assert waits() == "decided by Ana; another reviewer must agree"
    ledger.review(review(check, reviewer="ana", note="again"))  # the same person does not count twice
    assert waits() is not None
    ledger.review(review(check, reviewer="Ben", decision=Decision.OVERRULE, label=Label.CONFLICTING, note="no"))
    assert waits() is not None  # they do not agree
    ledger.review(review(check, reviewer="Cleo", decision=Decision.OVERRULE, label=Label.CONFLICTING, note="no"))
    assert waits() is None
    assert ledger.show(claim).row.sign_offs == 2
    ledger.sign_off(1, at=AT)
    ledger.sign_off(1, at=AT)
    assert ledger.audit().holds
    with pytest.raises(LedgerError, match="at least one"):
        ledger.sign_off(0, at=AT)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Jo O'Neil", "Jo ONeil"),
        ("Jo O'Neil", "Jo O\u02bcNeil"),
        ("Coco", "Сосо"),
        ("José Ruiz-Mo", "Jose Ruiz Mo"),
        ("Ελένη", "ΕΛΕΝΗ"),
    ],
)
def test_a_name_that_looks_like_another_is_no_second_person(
    ledger: Ledger, check: Check, first: str, second: str
) -> None:
    ledger.record(check)
    ledger.sign_off(2, at=AT)
    for reviewer in (first, second):
        ledger.review(review(check, reviewer=reviewer))
    row = ledger.show(check.extraction.claims[0].id).row
    assert (row.sign_offs, row.state) == (1, "needs_review")
    ledger.review(review(check, reviewer="Ben"))
    assert ledger.show(check.extraction.claims[0].id).row.state == "decided"
    assert ledger.audit().holds
