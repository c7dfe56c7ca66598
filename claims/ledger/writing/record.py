"""Writes one check, the article and all findings, in one transaction.

Existing rows are not changed: a run that finds the same verdicts adds only itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from claims.errors import LedgerError
from claims.ledger.entries import Recorded
from claims.ledger.reading.records import claim_of, evidence_of, verdict_of
from claims.ledger.writing.journal import Book
from claims.ledger.writing.rows import (
    SOURCE_STATE,
    Row,
    article_row,
    as_json,
    capture_row,
    citation_rows,
    claim_row,
    evidence_rows,
    run_row,
    source_row,
    storable,
    verdict_content,
    verdict_row,
)
from claims.records import Capture, Check, Reading, Verdict

if TYPE_CHECKING:
    from claims.ledger.store import Store

# Maximum difference of equal confidences or scores, because machines differ in the last digit.
ROUNDING = 0.01


def record(store: Store, check: Check, *, whole: bool = True) -> Recorded:
    """Log ``check``. ``whole`` is False if only some of the article's claims were checked again.

    Raises LedgerError, with nothing written, if the check is inconsistent or the file cannot be written.
    """
    _keep_promises(check)
    with store.transaction() as db:
        before = store.one("SELECT article, claims, added, confirmed FROM runs WHERE id = ?", [check.run.id])
        if before:
            return Recorded.of_row(check.run.id, before)
        known = store.one("SELECT 1 FROM articles WHERE id = ?", [check.article.id]) is not None
        book = Book(db, run=check.run.id, at=check.run.finished_at or check.run.started_at)
        run = _write_check(store, book, check, whole=whole)
        book.close()
        return Recorded.of_row(check.run.id, run, new_article=not known)


def _write_check(store: Store, book: Book, check: Check, *, whole: bool) -> Row:
    """Write everything in the order in which one row names another; the row of the run."""
    states = _states_of_sources(store, check)
    claims = {claim.id: storable(claim_row(claim, check)) for claim in check.extraction.claims}
    outlets = _publisher_before_and_now(store, check)
    verdicts = [(verdict, *_follow(store, verdict, claims[verdict.claim], outlets)) for verdict in check.verdicts]
    run = run_row(
        check,
        added=[row["id"] for _, row, new in verdicts if new],
        confirmed=[row["id"] for _, row, new in verdicts if not new],
        sources=[row["id"] for row, _ in states],
    )
    first = ("sha256", "capture", "first_run", *(() if whole else ("attributions", "notes")))
    book.put("articles", [article_row(check)], keep=first)
    book.add("runs", [run])
    book.add("captures", map(capture_row, _distinct_captures(check)))
    book.add("sources", (row for row, new in states if new))
    _write_claims(store, book, check, whole=whole)
    book.add("verdicts", (row for _, row, new in verdicts if new))
    for verdict, row, new in verdicts:
        if new:
            book.add("evidence", book.numbered("evidence", evidence_rows(row["id"], verdict.evidence)))
    return run


def same_verdict(verdict: Verdict, other: Verdict) -> bool:
    """Whether two verdicts on one claim are the same except for rounding."""
    ours, theirs = verdict_content(verdict), verdict_content(other)
    near = _near(ours.pop("confidence"), theirs.pop("confidence"))
    scores = [[item.pop() for item in side["evidence"]] for side in (ours, theirs)]
    return near and ours == theirs and all(map(_near, *scores))


def _near(first: float, second: float) -> bool:
    # Slightly more than the rounding, which is not exact in binary.
    return abs(first - second) < ROUNDING + 1e-9


def _publisher_before_and_now(store: Store, check: Check) -> tuple[str | None, str | None]:
    """The publisher of the article as it is known so far, and as it was read now; one that was unknown is no other."""
    before = store.one("SELECT outlet FROM articles WHERE id = ?", [check.article.id])
    return (before["outlet"] if before else None) or check.article.outlet, check.article.outlet


def _follow(store: Store, verdict: Verdict, claim: Row, outlets: tuple[str | None, str | None]) -> tuple[Row, bool]:
    """The row for ``verdict``: the claim's latest one if it says the same of the same words, otherwise a new one.

    A decision on a verdict is on the statement and the speaker that were shown with it; where the article itself says
    it, its publisher (``outlets``, before and now) is the speaker.
    """
    latest = store.one("SELECT * FROM verdicts WHERE claim = ? ORDER BY number DESC LIMIT 1", [verdict.claim])
    if latest is None:
        return verdict_row(verdict, None), True
    (before,) = store.rows("SELECT * FROM claims WHERE id = ?", [verdict.claim])
    was_on = before if _judged_words(before, outlets[0]) != _judged_words(claim, outlets[1]) else None
    evidence = store.rows("SELECT * FROM evidence WHERE verdict = ? ORDER BY position", [latest["id"]])
    if not was_on and same_verdict(verdict, verdict_of(latest, tuple(map(evidence_of, evidence)))):
        return latest, False
    return verdict_row(verdict, latest, was_on), True


def _judged_words(row: Row, outlet: str | None) -> tuple[str | bool | None, ...]:
    """What a verdict is on as people are shown it: the statement, with and without suggestions, and who says it.

    A person who is said not to have said it, or who is not named, is not published as its author: the ``outlet`` is.
    """
    claim = claim_of(row, ())
    denied, unnamed = (claim.attribution.negated, claim.attribution.anonymous) if claim.attribution else (False, False)
    own = outlet if denied or unnamed or not row["speaker"] else None
    return claim.statement, claim.certain, row["speaker"], denied, unnamed, own


def _states_of_sources(store: Store, check: Check) -> list[tuple[Row, bool]]:
    """The state of each source, and whether it is new."""
    states = []
    for reading in _sources(check.readings):
        latest = store.one(
            "SELECT * FROM sources WHERE article = ? AND source = ? ORDER BY number DESC LIMIT 1",
            [check.article.id, reading.source.id],
        )
        row = source_row(reading, check, latest)
        new = latest is None or any(row[name] != latest[name] for name in SOURCE_STATE)
        states.append((row, True) if new else (latest or {}, False))
    return states


def _write_claims(store: Store, book: Book, check: Check, *, whole: bool) -> None:
    """The claims and their citations; what a whole new reading no longer finds is marked as superseded.

    So are the claims of the other versions of the article: what its address says now is what counts.
    """
    claims = {claim.id: claim for claim in check.extraction.claims}
    others = _versions(store, check)
    if whole:
        book.supersede("claims", "article", [check.article.id, *others], keep=claims)
    earlier = _claims_by_words(store, others)
    rows = [claim_row(claim, check, earlier.get(claim.text)) for claim in claims.values()]
    first = ("no", "first_run", "earlier") if whole else ("no", "first_run", "earlier", "superseded_in")
    book.put("claims", book.numbered("claims", rows), keep=first, derived=("last_run",))
    citations = [row for claim in claims.values() for row in citation_rows(claim)]
    book.supersede("citations", "claim", claims, keep=[row["id"] for row in citations])
    book.put("citations", citations)


def _versions(store: Store, check: Check) -> list[str]:
    """The other articles that were read at the address of this one; none for a file."""
    address = check.article.final_url or check.article.url
    if not address:
        return []
    sql = "SELECT id FROM articles WHERE coalesce(final_url, url) = ? AND id <> ?"
    return [row["id"] for row in store.rows(sql, [address, check.article.id])]


def _claims_by_words(store: Store, articles: Sequence[str]) -> dict[str, str]:
    """The claims of these articles by their words; the latest where several have the same."""
    sql = "SELECT id, text FROM claims WHERE article IN (SELECT value FROM json_each(?)) ORDER BY no"
    return {row["text"]: row["id"] for row in store.rows(sql, [as_json(list(articles))])} if articles else {}


def _distinct_captures(check: Check) -> list[Capture]:
    """Every capture of the check, once: the article's own first."""
    captures = [reading.source.capture for reading in check.readings]
    all_captures = [check.article_capture, *captures]
    return list({capture.id: capture for capture in all_captures if capture}.values())


def _sources(readings: Iterable[Reading]) -> list[Reading]:
    return list({reading.source.id: reading for reading in readings}.values())


def _keep_promises(check: Check) -> None:
    """Refuse a check that does not hang together: nothing half true is logged."""
    article, run = check.article.id, check.run
    if run.article != article:
        raise LedgerError(f"run {run.id} is of article {run.article}, not of {article}; nothing was logged")
    claims = {claim.id for claim in check.extraction.claims}
    judged = {verdict.claim for verdict in check.verdicts}
    if claims != judged:
        claim = min(claims ^ judged)
        lack = "has no verdict" if claim in claims else "is not of this article, and has a verdict"
        raise LedgerError(f"claim {claim} {lack}; nothing was logged")
    if len(judged) != len(check.verdicts):
        raise LedgerError(f"a claim of run {run.id} has two verdicts; nothing was logged")
    stray = next((verdict for verdict in check.verdicts if verdict.run != run.id), None)
    if stray:
        raise LedgerError(f"the verdict on claim {stray.claim} is of run {stray.run}, not {run.id}; nothing was logged")
    _keep_evidence(check)


def _keep_evidence(check: Check) -> None:
    known = {capture.id for capture in _distinct_captures(check)} | {""}
    for verdict in check.verdicts:
        for item in verdict.evidence:
            if item.passage.capture not in known:
                raise LedgerError(
                    f"the verdict on claim {verdict.claim} relies on capture {item.passage.capture}, "
                    "which is not among the sources read; nothing was logged"
                )
