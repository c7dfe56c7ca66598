"""Writes rows to the ledger and records each added or changed row in the log."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from claims.ledger.derived.tables import Touched, refresh
from claims.ledger.log.chain import GENESIS, digest, extend
from claims.ledger.log.tables import write_log
from claims.ledger.writing.rows import Row, as_json, storable

if TYPE_CHECKING:
    from sqlite_utils import Database

# Columns computed from the runs for speed; they are not part of a row's digest.
DERIVED = {"claims": ("last_run",)}


# Columns of articles and claims with records as JSON; older versions wrote their empty fields, too.
_RECORDS = frozenset({"links", "posts", "blocks", "attributions", "attribution", "changes"})


def logged(table: str, row: Row) -> Row:
    """The part of a row that its digest covers."""
    return {name: value for name, value in row.items() if name not in DERIVED.get(table, ())}


def _same_records(old: str | None, new: str | None) -> bool:
    """Whether two columns have the same records, with or without their empty fields."""
    try:
        return bool(old and new) and _nonempty_fields(json.loads(old or "")) == _nonempty_fields(json.loads(new or ""))
    except ValueError:
        return False  # a damaged column is written anew


def _nonempty_fields(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: item for name, item in value.items() if item or isinstance(item, float)}
    return list(map(_nonempty_fields, value)) if isinstance(value, list) else value


class Book:
    """One transaction's writing. Nothing is in the log before ``close``, which chains it all at once.

    ``close`` also brings the derived tables up to date with what was written.
    """

    def __init__(self, db: Database, *, run: str | None, at: str) -> None:
        self._db = db
        self._run = run
        self._at = at
        self._entries: list[Row] = []
        self._touched = Touched()

    def add(self, table: str, rows: Iterable[Row]) -> list[str]:
        """Add the rows that do not exist yet; return the ids of the added rows."""
        fresh = {row["id"]: storable(row) for row in rows}
        for known in self._stored(table, fresh):
            del fresh[known]
        self._insert(table, list(fresh.values()))
        return list(fresh)

    def put(self, table: str, rows: Iterable[Row], *, keep: Sequence[str] = (), derived: Sequence[str] = ()) -> None:
        """Add rows, or change those that are there; the columns in ``keep`` stay as they were first written."""
        wanted = {row["id"]: storable(row) for row in rows}
        stored = self._stored(table, wanted)
        changed = []
        for row_id, old in stored.items():
            new = {**old, **wanted.pop(row_id), **{name: old[name] for name in keep}}
            new |= {name: old[name] for name in _RECORDS & new.keys() if _same_records(old[name], new[name])}
            if logged(table, new) != logged(table, old):
                changed.append(new)
                self._note("changed", table, new)
            elif any(new[name] != old[name] for name in derived):
                changed.append(new)
        if changed:
            self._db.table(table).upsert_all(changed, pk="id")
            self._touched.note(table, changed)
        self._insert(table, list(wanted.values()))

    def supersede(self, table: str, column: str, values: Iterable[str], *, keep: Collection[str]) -> None:
        """Mark the rows with these ``values`` as superseded unless their id is in ``keep``."""
        sql = (
            f"SELECT * FROM {table} WHERE {column} IN (SELECT value FROM json_each(?)) AND superseded_in IS NULL "  # noqa: S608  our own names
            "AND id NOT IN (SELECT value FROM json_each(?))"
        )
        superseded = self._rows(sql, as_json(list(values)), as_json(list(keep)))
        self.put(table, [{**row, "superseded_in": self._run} for row in superseded])

    def numbered(self, table: str, rows: Iterable[Row]) -> list[Row]:
        """The rows with consecutive numbers; an existing row keeps its number."""
        last = self._rows(f"SELECT coalesce(max(no), 0) AS no FROM {table}")[0]["no"]  # noqa: S608  our own names
        return [{**row, "no": last + number} for number, row in enumerate(rows, start=1)]

    def close(self) -> None:
        """Write the log entries of everything that was written, and update the derived tables."""
        tail = self._rows("SELECT seq, hash FROM log ORDER BY seq DESC LIMIT 1")
        previous, seq = (tail[0]["hash"], tail[0]["seq"]) if tail else (GENESIS, 0)
        write_log(self._db, list(extend(previous, seq, self._entries)))
        refresh(self._db, self._touched)
        self._entries, self._touched = [], Touched()

    def _insert(self, table: str, rows: list[Row]) -> None:
        if rows:
            self._db.table(table).insert_all(rows, pk="id")
            self._touched.note(table, rows)
        for row in rows:
            self._note("added", table, row)

    def _note(self, action: str, table: str, row: Row) -> None:
        entry = {"at": self._at, "run": self._run, "action": action, "kind": table, "row_id": row["id"]}
        self._entries.append({**entry, "digest": digest(logged(table, row))})

    def _stored(self, table: str, ids: Iterable[str]) -> dict[str, Row]:
        sql = f"SELECT * FROM {table} WHERE id IN (SELECT value FROM json_each(?))"  # noqa: S608  our own names
        return {row["id"]: row for row in self._rows(sql, as_json(list(ids)))}

    def _rows(self, sql: str, *values: object) -> list[Row]:
        return list(self._db.query(sql, values))
