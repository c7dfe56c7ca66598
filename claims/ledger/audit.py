"""Does everything still stand as it was logged? The chain, every row's digest, and the captured bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from claims.ledger.chain import GENESIS, digest, first_break
from claims.ledger.entries import Audit, Fault
from claims.ledger.reading.lists import captures
from claims.ledger.writing.journal import logged
from claims.records import Capture

if TYPE_CHECKING:
    from claims.ledger.store import Store

_TABLES = (
    *("articles", "runs", "captures", "sources", "claims", "citations"),
    *("verdicts", "evidence", "reviews", "attachments", "settings"),
)


def audit(store: Store, load: Callable[[Capture], bytes] | None = None) -> Audit:
    """Everything that does not hold, the log first and then table by table, in the order of logging.

    ``load`` gives the bytes of a capture; without it the captures' bytes are not looked at. An OSError or
    LookupError of ``load`` is a fault of that capture, not of the audit.
    """
    with store.reading():
        faults = [*_chain(store), *(fault for table in _TABLES for fault in _rows(store, table))]
        count = 0
        for capture in captures(store) if load else ():
            count += 1
            fault = _bytes(capture, load) if load else None
            faults += [fault] if fault else []
        head = store.one("SELECT hash FROM log ORDER BY seq DESC LIMIT 1")
        rows = store.rows("SELECT count(*) AS n FROM log")[0]["n"]
    return Audit(rows=rows, captures=count, head=head["hash"] if head else GENESIS, faults=tuple(faults))


def _chain(store: Store) -> Iterator[Fault]:
    found = first_break(store.each("SELECT * FROM log ORDER BY seq"))
    if found:
        yield Fault(row=f"log {found[0]}", detail=found[1])


def _rows(store: Store, table: str) -> Iterator[Fault]:
    """Rows that are not as they were logged last, that were never logged, or that are gone."""
    sql = (
        f"SELECT t.*, (SELECT digest FROM log WHERE kind = '{table}' AND row_id = t.id "  # noqa: S608  our own names
        f"ORDER BY seq DESC LIMIT 1) AS _logged FROM {table} t ORDER BY t.rowid"
    )
    for row in store.each(sql):
        then = row.pop("_logged")
        if then is None:
            yield Fault(row=f"{table} {row['id']}", detail="was never logged: it was slipped in")
        elif then != digest(logged(table, row)):
            yield Fault(row=f"{table} {row['id']}", detail="is not as it was logged: it was altered afterwards")
    gone = (
        f"SELECT row_id FROM log WHERE kind = '{table}' AND row_id NOT IN (SELECT id FROM {table}) "  # noqa: S608  our own names
        "GROUP BY row_id ORDER BY min(seq)"
    )
    for found in store.each(gone):
        yield Fault(row=f"{table} {found['row_id']}", detail="is gone: it was logged and taken out")


def _bytes(capture: Capture, load: Callable[[Capture], bytes]) -> Fault | None:
    """What is wrong with the bytes of a capture, if anything."""
    where = f"captures {capture.id}"
    try:
        body = load(capture)
    except (OSError, LookupError) as error:
        return Fault(row=where, detail=f"the bytes of {capture.url} cannot be read: {error}")
    if hashlib.sha256(body).hexdigest() != capture.sha256:
        return Fault(row=where, detail=f"the bytes of {capture.url} are not those that were captured")
    return None
