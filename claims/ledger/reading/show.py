"""Reads a claim with its evidence and history."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from claims.errors import LedgerError, NotLoggedError
from claims.ledger.entries import Entry, VerdictRow
from claims.ledger.reading import records
from claims.ledger.reading.changes import changes
from claims.ledger.reading.lists import articles, attachments, claim_rows
from claims.ledger.reading.recall import citations, followed, latest_sources
from claims.ledger.views import CLAIM
from claims.records import Capture, Missed, Run, Source

if TYPE_CHECKING:
    from claims.ledger.store import Row, Store

# Fewer digits than this name too many claims to be worth typing.
SHORTEST_PREFIX = 6


def find(store: Store, prefix: str) -> str:
    """The id of the claim that starts with ``prefix``; NotLoggedError if there is none, LedgerError if several."""
    start = prefix.strip().lower()
    if not re.fullmatch(rf"[0-9a-f]{{{SHORTEST_PREFIX},}}", start):
        raise LedgerError(f"{prefix!r} is not a claim id: give at least {SHORTEST_PREFIX} digits (0-9, a-f)")
    ids = [row["id"] for row in store.rows("SELECT id FROM claims WHERE id GLOB ? ORDER BY id LIMIT 4", [f"{start}*"])]
    if not ids:
        raise NotLoggedError(f"no claim {prefix} in {store.path}; `factdesk list` and `factdesk search` show the ids")
    if len(ids) > 1:
        more = ", ..." if len(ids) > 3 else ""
        raise LedgerError(f"{prefix} is the start of several claims ({', '.join(ids[:3])}{more}): give more digits")
    return str(ids[0])


def claim_entry(store: Store, claim_or_prefix: str) -> Entry:
    """Everything about one claim, of one state of the ledger: a decision is on the verdict that is shown with it."""
    with store.reading():
        return _whole_entry(store, find(store, claim_or_prefix))


def _whole_entry(store: Store, claim_id: str) -> Entry:
    stored = store.rows("SELECT * FROM claims WHERE id = ?", [claim_id])[0]
    verdicts = _verdict_history(store, claim_id)
    claim = records.claim_of(stored, citations(store, claim_id))
    cited = latest_sources(store, stored["article"], [citation.source_id for citation in claim.citations])
    sources = (*cited, *(hop for hop in followed(store, stored["article"]) if claim_id in hop.claims))
    last_run = store.one("SELECT missed, leads FROM runs WHERE id = ?", [stored["last_run"]])
    return Entry(
        row=claim_rows(store, CLAIM, [claim_id])[0],
        claim=claim,
        article=articles(store, stored["article"])[0],
        verdicts=verdicts,
        reviews=tuple(
            map(records.review_of, store.rows("SELECT * FROM reviews WHERE claim = ? ORDER BY number", [claim_id]))
        ),
        sources=sources,
        captures=_captures_of(store, sources, verdicts),
        runs=_runs_of(store, verdicts, stored["last_run"]),
        attachments=attachments(store, claim_id),
        changes=changes(store, claim=claim_id),
        missed=_missed_in_run(last_run, {source.id for source in sources}),
        earlier=next(iter(claim_rows(store, CLAIM, [stored["earlier"]])), None),
        superseded=stored["superseded_in"] is not None,
        leads=tuple(lead for lead in (records.leads_of(last_run) if last_run else ()) if lead.claim == claim_id),
    )


def _missed_in_run(run: Row | None, sources: set[str]) -> tuple[Missed, ...]:
    """Those of the sources that could not be read in a run, so that an earlier capture was used."""
    missed = records.missed_of(run) if run else ()
    return tuple(source for source in missed if source.source in sources)


def _verdict_history(store: Store, claim_id: str) -> tuple[VerdictRow, ...]:
    history = []
    for row in store.rows("SELECT * FROM verdicts WHERE claim = ? ORDER BY number", [claim_id]):
        evidence = store.rows("SELECT * FROM evidence WHERE verdict = ? ORDER BY position", [row["id"]])
        verdict = records.verdict_of(row, tuple(map(records.evidence_of, evidence)))
        plain = {name: row[name] for name in ("id", "number", "statement_before", "speaker_before")}
        history.append(VerdictRow(**plain, verdict=verdict))
    return tuple(history)


def _captures_of(store: Store, sources: Iterable[Source], verdicts: Iterable[VerdictRow]) -> tuple[Capture, ...]:
    """The captures of the sources and of the evidence of every verdict so far."""
    by_id = {source.capture.id: source.capture for source in sources if source.capture}
    missing_ids = {item.passage.capture for row in verdicts for item in row.evidence} - {"", *by_id}
    rows = store.rows(
        "SELECT * FROM captures WHERE id IN (SELECT value FROM json_each(?))", [json.dumps(sorted(missing_ids))]
    )
    return (*by_id.values(), *map(records.capture_of, rows))


def _runs_of(store: Store, verdicts: Iterable[VerdictRow], last: str) -> tuple[Run, ...]:
    """The runs that gave a verdict of the claim, and the last run that checked it."""
    ids_json = json.dumps(list(dict.fromkeys([*(row.verdict.run for row in verdicts), last])))
    sql = "SELECT * FROM runs WHERE id IN (SELECT value FROM json_each(?)) ORDER BY started_at, id"
    return tuple(map(records.run_of, store.rows(sql, [ids_json])))
