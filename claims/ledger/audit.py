"""Audits the ledger: the hash chain and its recorded heads, the digest of every row, and the captured bytes.

``structure`` checks the definitions of tables, views and triggers.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from claims.errors import LedgerError
from claims.ledger import structure
from claims.ledger.derived.tables import ALTERED, derived_faults
from claims.ledger.entries import Audit, Fault
from claims.ledger.log.chain import GENESIS, HEXADECIMAL, checked, digest
from claims.ledger.log.faults import backdated, storage_faults
from claims.ledger.reading.records import capture_of, intact_bytes
from claims.ledger.writing.journal import logged
from claims.records import Capture, LogHead

if TYPE_CHECKING:
    from claims.ledger.store import Store

Load = Callable[[Capture], bytes]

# Columns that name files in bundles and captures.
_NAMES_FILES = {"articles": ("id",), "captures": ("id", "sha256")}

# The last log entry of each row of a table, and the number of its entries.
# The cast lets SQLite look the rows up by an index of its own.
_LAST = """
WITH last AS MATERIALIZED (
  SELECT CAST(row_id AS TEXT) AS row_id, digest, max(seq) AS seq, count(*) AS entries
  FROM log WHERE kind = ? GROUP BY 1
)"""


def audit(
    store: Store,
    load: Load | None = None,
    *,
    head: str | None = None,
    noted: Iterable[LogHead] = (),
    key_of: Callable[[str], str] | None = None,
) -> Audit:
    """Audit the log, every table, the structure of the file and the captures, and return all faults.

    ``head`` is a hash that somebody recorded, ``noted`` are the heads recorded among the captures: each must be in the
    log. ``load`` gives the bytes of a capture; without it the bytes are not checked. An OSError or LookupError of
    ``load`` is a fault of that capture and does not end the audit. A time that runs backwards is only a remark, because
    a clock may have been wrong.
    """
    heads = [*([LogHead(ledger="", run="", seq=0, hash=head.strip().lower(), noted="by you")] if head else []), *noted]
    with store.reading(), store.undecoded():
        faults = _stage("log", _chain(store, heads))
        for table in structure.tables():
            faults += _stage(f"table {table}", _row_faults(store, table))
        faults += _stage("table claims", _last_runs(store))
        remarks = _stage("log", backdated(store.each))
        faults += _stage("schema", structure.schema_faults(store))
        faults += _stage("file", structure.damage(store))
        if not faults:  # what is worked out from rows that do not hold says nothing
            faults += _stage("derived tables", derived_faults(store.each))
            faults += _stage("addresses", _key_faults(store, key_of) if key_of else iter(()))
        rows = _first_value(store, "SELECT count(*) AS n FROM log", "n", 0)
        last = _first_value(store, "SELECT hash FROM log ORDER BY seq DESC LIMIT 1", "hash", GENESIS)
        captures = _capture_rows(store) if load else []
    faults += [fault for row in captures if load and (fault := _bytes_fault(row, load))]
    return Audit(rows=rows, captures=len(captures), head=str(last), faults=tuple(faults), remarks=tuple(remarks))


def _stage(name: str, faults: Iterator[Fault]) -> list[Fault]:
    """The faults of one part of the audit; an error that stops the part is added as a fault."""
    result: list[Fault] = []
    try:
        result.extend(faults)
    except LedgerError as error:
        result.append(Fault(row=name, detail=f"cannot be checked further: {error}"))
    return result


def _first_value(store: Store, sql: str, column: str, otherwise: Any) -> Any:
    try:
        row = store.one(sql)
    except LedgerError:
        return otherwise  # that the log cannot be read is a fault already
    return row[column] if row else otherwise


def _chain(store: Store, heads: Sequence[LogHead]) -> Iterator[Fault]:
    """The first invalid log row, and every recorded head that is not in the valid part before it."""
    hashes, standing, end = {head.hash for head in heads}, {GENESIS: 0}, 0
    for number, whole_hash, fault in checked(store.each("SELECT * FROM log ORDER BY seq")):
        if fault:
            yield Fault(row=f"log {number}", detail=fault)
        else:
            end = number
            if whole_hash in hashes:
                standing[whole_hash] = number
    yield from storage_faults(store.each)
    for head in heads:
        stands = head.hash in standing and head.seq in (0, standing[head.hash])
        if not stands and _is_ours(store, head):
            yield Fault(row=f"head {head.hash}", detail=_older(head, end))


def _is_ours(store: Store, head: LogHead) -> bool:
    """Whether a head is of this ledger: another one may share the folder of captures."""
    first = _first_value(store, "SELECT hash FROM log ORDER BY seq LIMIT 1", "hash", GENESIS)
    return head.ledger in ("", first) or store.one("SELECT 1 FROM runs WHERE id = ?", [head.run]) is not None


def _older(head: LogHead, end: int) -> str:
    where = f"{head.noted} as that of log row {head.seq}" if head.seq else head.noted
    why = "is older than it or was rewritten since"
    if head.seq:
        why = f"ends at row {end}: it is older or was truncated" if head.seq > end else "was rewritten since"
    return f"was noted {where} and is not in the log: the ledger {why}"


def _row_faults(store: Store, table: str) -> Iterator[Fault]:
    """Rows that differ from their last log entry, were never logged, are in another order, or are missing."""
    sql = (
        f"{_LAST} SELECT t.*, last.digest AS _logged, last.seq AS _seq, last.entries AS _entries "  # noqa: S608  our own names
        f"FROM {table} t LEFT JOIN last ON last.row_id = t.id ORDER BY t.rowid"
    )
    latest = 0
    for row in store.each(sql, [table]):
        then, seq, entries = (row.pop(name) for name in ("_logged", "_seq", "_entries"))
        if then is None:
            yield Fault(row=f"{table} {row['id']}", detail="was never logged: it was added outside Factdesk")
        elif then != digest(logged(table, row)):
            yield Fault(row=f"{table} {row['id']}", detail="differs from the log: it was altered afterwards")
        elif odd := [row[name] for name in _NAMES_FILES.get(table, ()) if not HEXADECIMAL.fullmatch(str(row[name]))]:
            yield Fault(row=f"{table} {row['id']}", detail=f"{odd[0]!r} is not a hash, so no file has this name")
        elif entries == 1 and seq < latest:
            yield Fault(row=f"{table} {row['id']}", detail="is in another place than it was logged: it was moved")
        latest = max(latest, seq or 0) if entries == 1 else latest
    gone = (
        f"SELECT row_id FROM log l WHERE kind = '{table}' AND NOT EXISTS "  # noqa: S608  our own names
        f"(SELECT 1 FROM {table} t WHERE t.id = l.row_id) GROUP BY row_id ORDER BY min(seq)"
    )
    for removed in store.each(gone):
        yield Fault(row=f"{table} {removed['row_id']}", detail="is missing: it was logged and then removed")


def _last_runs(store: Store) -> Iterator[Fault]:
    """Claims whose last run is another than the runs themselves say: the column is worked out, and has no digest."""
    last: dict[str, str] = {}
    verdicts = {row["id"]: row["claim"] for row in store.each("SELECT id, claim FROM verdicts")}
    runs = (
        "SELECT r.id, r.added, r.confirmed FROM log l CROSS JOIN runs r ON r.id = l.row_id "
        "WHERE l.kind = 'runs' ORDER BY l.seq"
    )
    for run in store.each(runs):
        for verdict in [*_ids(run["added"]), *_ids(run["confirmed"])]:
            if verdict in verdicts:
                last[verdicts[verdict]] = run["id"]
    for claim in store.each("SELECT id, last_run FROM claims"):
        if claim["last_run"] != last.get(claim["id"], claim["last_run"]):
            yield Fault(row=f"claims {claim['id']}", detail="last_run is not its last run: it was altered afterwards")


def _key_faults(store: Store, key_of: Callable[[str], str]) -> Iterator[Fault]:
    """Addresses with another key than their own, under which an article seems to be known."""
    for row in store.each("SELECT address, key FROM addresses WHERE key IS NOT NULL"):
        if row["key"] != key_of(row["address"]):
            yield Fault(row=f"addresses {row['address']}", detail=ALTERED)


def _ids(text: object) -> list[Any]:
    """The ids in a column of a run; none if it cannot be parsed, which its digest reveals."""
    try:
        ids = json.loads(str(text))
    except ValueError:
        return []
    return ids if isinstance(ids, list) else []


def _capture_rows(store: Store) -> list[dict[str, Any]]:
    try:
        return store.rows("SELECT * FROM captures ORDER BY rowid")
    except LedgerError:
        return []  # a fault of the table already


def _bytes_fault(row: dict[str, Any], load: Load) -> Fault | None:
    """What is wrong with the bytes of a capture, if anything."""
    where = f"captures {row['id']}"
    try:
        capture = _capture_of_row(row)
    except (ValueError, TypeError) as error:
        return Fault(row=where, detail=f"is not a readable capture: {error}")
    try:
        intact_bytes(capture, load)
    except LedgerError as altered:
        return Fault(row=where, detail=str(altered))
    return None


def _capture_of_row(row: dict[str, Any]) -> Capture:
    """The capture of a row; raises ValueError or TypeError if its columns are none of a capture."""
    texts = all(isinstance(row[name], str) for name in ("url", "final_url", "fetched_at", "sha256"))
    place = isinstance(row["warc"], str | None) and isinstance(row["offset"], int | None)
    if not texts or not place or (row["offset"] or 0) < 0:
        raise ValueError("a column has an invalid value")
    return capture_of(row)
