"""Writing what people decide and hand in. Only ever added, like the verdicts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claims.errors import LedgerError
from claims.ledger.reading.show import find
from claims.ledger.writing.journal import Book
from claims.ledger.writing.rows import Row, capture_row
from claims.records import Capture, Decision, Label, Review, content_id

if TYPE_CHECKING:
    from claims.ledger.entries import Attachment
    from claims.ledger.store import Store


def decide(store: Store, review: Review) -> None:
    """Add a person's decision on the claim's present verdict; the same decision sent twice is one.

    A confirmation keeps the label that was confirmed. An overruling needs the label that holds instead, and, like
    striking a claim out, a note that says why.
    """
    with store.transaction() as db:
        claim = find(store, review.claim)
        last = store.one("SELECT * FROM reviews WHERE claim = ? ORDER BY number DESC LIMIT 1", [claim])
        row = _row(store, claim, review)
        if last and all(last[name] == row[name] for name in row if name != "at"):
            return
        number = last["number"] + 1 if last else 1
        book = Book(db, run=None, at=review.at)
        book.add("reviews", [{"id": content_id("review", *row.values(), number), **row, "number": number}])
        book.close()


def _row(store: Store, claim: str, review: Review) -> Row:
    """The decision as it is written, on the verdict that the claim has now."""
    verdict = store.one("SELECT id, label FROM verdicts WHERE claim = ? ORDER BY number DESC LIMIT 1", [claim])
    if verdict is None:
        raise LedgerError(f"claim {claim} has no verdict to decide on")
    return {
        "claim": claim,
        "verdict": verdict["id"],
        "reviewer": review.reviewer.strip(),
        "decision": review.decision,
        "label": _label(review, Label(verdict["label"])),
        "note": review.note.strip(),
        "at": review.at,
    }


def attach(store: Store, attachment: Attachment, capture: Capture | None) -> None:
    """Add a page (``capture``) or an address that a person handed in for a source of a claim."""
    if (capture.id if capture else None) != attachment.capture:
        raise LedgerError("an attachment names its capture, and the capture comes with it")
    if not (attachment.capture or attachment.url):
        raise LedgerError("an attachment is a page or an address; hand one in")
    if not attachment.by.strip():
        raise LedgerError("an attachment needs the name of the person who hands it in")
    with store.transaction() as db:
        claim = find(store, attachment.claim)
        if not _leans(store, claim, attachment.source):
            raise LedgerError(f"claim {claim} does not lean on source {attachment.source}")
        row = {name: getattr(attachment, name) for name in ("source", "capture", "url", "by", "note", "at")}
        book = Book(db, run=None, at=attachment.at)
        book.add("captures", [capture_row(capture)] if capture else [])
        book.add("attachments", [{"id": content_id("attachment", claim, *row.values()), "claim": claim, **row}])
        book.close()


def _leans(store: Store, claim: str, source: str) -> bool:
    """Whether a claim cites a source, or a page that it cites does."""
    cites = "SELECT 1 FROM citations WHERE claim = ? AND source = ?"
    hop = "SELECT 1 FROM sources s, json_each(s.claims) c WHERE c.value = ? AND s.source = ? AND s.hop_of IS NOT NULL"
    return any(store.one(sql, [claim, source]) for sql in (cites, hop))


def sign_off(store: Store, people: int, *, at: str) -> None:
    """Set how many people must decide alike before a claim leaves the queue. Logged, like every change."""
    if people < 1:
        raise LedgerError(f"at least one person signs off, not {people}")
    stored = store.one("SELECT value FROM settings WHERE id = 'sign_off'")
    if (stored["value"] if stored else "1") == str(people):
        return
    with store.transaction() as db:
        book = Book(db, run=None, at=at)
        book.put("settings", [{"id": "sign_off", "value": str(people)}])
        book.close()


def _label(review: Review, verdict: Label) -> Label | None:
    """The label that a decision leaves standing; LedgerError where the decision does not hang together."""
    if not review.reviewer.strip():
        raise LedgerError("a decision needs the name of the person who makes it")
    if review.decision is not Decision.CONFIRM and not review.note.strip():
        raise LedgerError(f"say in a note why: to {review.decision} needs a reason that others can read")
    match review.decision:
        case Decision.CONFIRM:
            if review.label not in (None, verdict):
                raise LedgerError(f"the verdict is {verdict}, not {review.label}; overrule it to change it")
            return verdict
        case Decision.OVERRULE:
            if review.label is None:
                raise LedgerError("to overrule a verdict, name the label that holds instead")
            if review.label is verdict:
                raise LedgerError(f"the verdict is {verdict} already; confirm it instead")
            return review.label
        case Decision.VOID:
            return None
