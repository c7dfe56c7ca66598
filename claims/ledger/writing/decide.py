"""Writes people's decisions and attachments. Like verdicts, they are only added."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from claims.errors import LedgerError, MovedOnError
from claims.glossary import DEEDS, LABELS
from claims.ledger.reading.decided import decided_before
from claims.ledger.reading.show import SHORTEST_PREFIX, find
from claims.ledger.views import CLAIM, COUNTED
from claims.ledger.writing.journal import Book
from claims.ledger.writing.rows import Row, capture_row
from claims.ledger.writing.typed_text import looks, name, person, typed_note
from claims.records import Capture, Decision, Label, Review, content_id

if TYPE_CHECKING:
    from claims.ledger.entries import Attachment
    from claims.ledger.store import Store


_NO_NAME = "a decision needs the name of the reviewer"


def add_decision(store: Store, review: Review, *, after: int | None = None) -> None:
    """Add a person's decision on the verdict that was shown (``review.verdict``), unless it was already added.

    ``after`` is the number of the last decision that was shown (0 for none). MovedOnError if the claim has another
    verdict or a later decision by now; None for either means the current one. A confirmation stores the confirmed
    label. An overruling requires the label that replaces it and, like striking a claim out, a note with the reason.
    Withdrawing (``undo``) applies to the last effective decision and is a separate entry.
    """
    with store.transaction() as db:
        claim = find(store, review.claim)
        now = store.rows(CLAIM, [claim])[0]
        last = store.one("SELECT * FROM reviews WHERE claim = ? ORDER BY number DESC LIMIT 1", [claim])
        row = _review_row(store, now, review)
        if last and _same_decision(last, row) and review.verdict in (None, row["verdict"]):
            return
        moved = tuple(_moved_on(store, now, review.verdict, after))
        if moved:
            raise MovedOnError(claim, moved)
        if review.correction and not decided_before(store, claim, now):
            raise LedgerError("there is no earlier decision to correct; omit the kind of correction")
        number = last["number"] + 1 if last else 1
        book = Book(db, run=None, at=review.at)
        book.add("reviews", [{"id": content_id("review", *row.values(), number), **row, "number": number}])
        book.close()


def _same_decision(last: Row, row: Row) -> bool:
    """Whether a decision is the one before, sent again; taking back twice takes two decisions back."""
    return row["decision"] != Decision.UNDO and all(last[name] == row[name] for name in row if name not in _NOT_SAME)


# The time is another one; and a decision of an older version has no ``person``.
_NOT_SAME = ("at", "person")


def _review_row(store: Store, now: Row, review: Review) -> Row:
    """The decision as it is written, on the verdict that the claim has now."""
    reviewer, note = name(review.reviewer, _NO_NAME), typed_note(review.note)
    return {
        "claim": now["claim"],
        "verdict": now["verdict"],
        "reviewer": reviewer,
        "decision": review.decision,
        "label": _standing_label(replace(review, note=note), Label(now["label"])),
        "note": note,
        "at": review.at,
        "person": _person_deciding(store, now["claim"], reviewer),
        "correction": review.correction,
        "undoes": _undone_review(store, now["claim"]) if review.decision is Decision.UNDO else None,
    }


def _person_deciding(store: Store, claim: str, reviewer: str) -> str:
    """The key of the person: of a name that looks like one that decided on the claim before, the key of that one."""
    own, sql = person(reviewer), "SELECT coalesce(person, lower(trim(reviewer))) AS who, reviewer FROM reviews"
    rows = store.rows(f"{sql} WHERE claim = ? ORDER BY number", [claim])
    alike = [row["who"] for row in rows if looks(row["reviewer"]) & looks(reviewer)]
    return own if own in alike or not alike else str(alike[0])


def _undone_review(store: Store, claim: str) -> str:
    """The id of the last decision that counts: the one that is taken back."""
    sql = f"SELECT id FROM {COUNTED} WHERE claim = ? ORDER BY number DESC LIMIT 1"  # noqa: S608  our own words
    last = store.one(sql, [claim])
    if last is None:
        raise LedgerError(f"there is no decision on claim {claim[:8]} to undo")
    return str(last["id"])


def _moved_on(store: Store, now: Row, verdict: str | None, after: int | None) -> Iterator[str]:
    """The changes of a claim since a person was shown this verdict and this number of the last decision."""
    if verdict is not None and not (len(verdict) >= SHORTEST_PREFIX and now["verdict"].startswith(verdict)):
        sql = "SELECT label, checked_at FROM verdicts WHERE claim = ? AND instr(id, ?) = 1"
        verdict_shown = store.one(sql, [now["claim"], verdict])
        if verdict_shown and now["statement_before"] == now["statement"]:
            yield "the article is read as having said it in another way, or by somebody else"
        elif verdict_shown and now["statement_before"]:
            yield f"the statement is “{now['statement']}”, no longer “{now['statement_before']}”"
        was = (
            f"no longer {_label_word(verdict_shown['label'])} ({_minute(verdict_shown['checked_at'])})"
            if verdict_shown
            else "not the one shown"
        )
        yield f"the verdict is {_label_word(now['label'])} ({_minute(now['since'])}), {was}"
    if after is not None and after != now["decisions"]:
        number = min(after, now["decisions"])  # SQLite takes no number of 30 digits
        rows = store.rows(
            "SELECT * FROM reviews WHERE claim = ? AND number > ? ORDER BY number", [now["claim"], number]
        )
        yield "; ".join(map(_in_words, rows)) or f"the last decision has the number {now['decisions']}, not {after}"


def _in_words(review: Row) -> str:
    label = f": {_label_word(review['label'])}" if review["label"] else ""
    return f"{review['reviewer']} {DEEDS[Decision(review['decision'])].did}{label}"


def _minute(moment: str) -> str:
    return moment[:16].replace("T", " ")


def _label_word(label: str | None) -> str:
    return LABELS[Label(label)].word if label else ""


def add_attachment(store: Store, attachment: Attachment, capture: Capture | None) -> None:
    """Add a page (``capture``) or an address that a person attached for a source of a claim."""
    if (capture.id if capture else None) != attachment.capture:
        raise LedgerError("an attachment must be given together with its capture")
    if not (attachment.capture or attachment.url):
        raise LedgerError("an attachment needs a page or an address")
    by = name(attachment.by, "an attachment needs the name of the person who adds it")
    attachment = replace(attachment, by=by, note=typed_note(attachment.note))
    with store.transaction() as db:
        claim = find(store, attachment.claim)
        if not _leans_on(store, claim, attachment.source):
            raise LedgerError(f"claim {claim} does not cite source {attachment.source}")
        row = {name: getattr(attachment, name) for name in ("source", "capture", "url", "by", "note", "at")}
        book = Book(db, run=None, at=attachment.at)
        book.add("captures", [capture_row(capture)] if capture else [])
        book.add("attachments", [{"id": content_id("attachment", claim, *row.values()), "claim": claim, **row}])
        book.close()


def _leans_on(store: Store, claim: str, source: str) -> bool:
    """Whether a claim cites a source, or a page that it cites does."""
    cites = "SELECT 1 FROM citations WHERE claim = ? AND source = ?"
    hop = "SELECT 1 FROM sources s, json_each(s.claims) c WHERE c.value = ? AND s.source = ? AND s.hop_of IS NOT NULL"
    return any(store.one(sql, [claim, source]) for sql in (cites, hop))


def sign_off(store: Store, people: int | None, *, at: str) -> None:
    """Set how many people must make the same decision before a claim leaves the queue. Logged, like every change.

    None leaves it as it is: a command that knows no configuration must not undo the desk's.
    """
    if people is None:
        return
    if people < 1:
        raise LedgerError(f"at least one person must sign off, not {people}")
    stored = store.one("SELECT value FROM settings WHERE id = 'sign_off'")
    if (stored["value"] if stored else "1") == str(people):
        return
    with store.transaction() as db:
        book = Book(db, run=None, at=at)
        book.put("settings", [{"id": "sign_off", "value": str(people)}])
        book.close()


def _standing_label(review: Review, verdict: Label) -> Label | None:
    """The label that a decision leaves standing; LedgerError if the decision does not hang together."""
    if review.decision in (Decision.OVERRULE, Decision.VOID) and not review.note:
        raise LedgerError(f"a decision to {review.decision} needs a note with the reason")
    match review.decision:
        case Decision.CONFIRM:
            if review.label not in (None, verdict):
                raise LedgerError(f"the verdict is {verdict}, not {review.label}; overrule it to change it")
            return verdict
        case Decision.OVERRULE:
            if review.label is None:
                raise LedgerError("to overrule a verdict, give the new label")
            if review.label is verdict:
                raise LedgerError(f"the verdict is {verdict} already; confirm it instead")
            return review.label
        case Decision.VOID | Decision.UNDO:
            return None
