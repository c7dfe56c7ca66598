"""The tables behind the view ``log``: every entry, and what the entries of one step share.

A ledger has four or five log entries for each claim. ``log_parts`` has the time, the run, the action and the kind of
row once for all entries of a transaction that share them; ``log_entries`` has ids and hashes as bytes, which take half
as much space as the same in hexadecimal digits. The view (views.py) shows them as text; the chain is over that text.
Within a transaction only the first bytes of a hash are stored (``stored_hash``), because it follows from the others.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from claims.ledger.log.chain import stored_hash

if TYPE_CHECKING:
    import sqlite3

    from sqlite_utils import Database

_BYTES = re.compile(r"(?:[0-9a-f]{2})+")
# Three bytes: of a million claims, one entry in four shares them with an entry of another row.
_START = "substr({}, 1, 3)"
_SHARED = ("at", "run", "action", "kind")
_TABLES = (
    """CREATE TABLE log_parts (part INTEGER PRIMARY KEY NOT NULL, at TEXT NOT NULL, run TEXT, action TEXT NOT NULL,
  kind TEXT NOT NULL)""",
    """CREATE TABLE log_entries (seq INTEGER PRIMARY KEY NOT NULL, part INTEGER NOT NULL REFERENCES log_parts(part),
  row_id BLOB NOT NULL, digest BLOB NOT NULL, hash BLOB NOT NULL)""",
)


def packed(value: Any) -> Any:
    """An id or a hash as bytes; anything else as it is."""
    return bytes.fromhex(value) if isinstance(value, str) and _BYTES.fullmatch(value) else value


def add_packing(connection: sqlite3.Connection) -> None:
    """Make ``packed`` a function of SQL, by which ids are looked up in ``log_entries``."""
    connection.create_function("packed", 1, packed, deterministic=True)


def move_log(db: Database) -> None:
    """Make the two tables, move the entries of the table ``log`` of older versions to them, and remove that one."""
    for statement in _TABLES:
        db.execute(statement)
    add_packing(db.conn)
    columns = ", ".join(_SHARED)
    db.execute(f"INSERT INTO log_parts ({columns}) SELECT {columns} FROM log GROUP BY {columns} ORDER BY min(seq)")  # noqa: S608  our own names
    same = " AND ".join(f"p.{column} IS l.{column}" for column in _SHARED)
    db.execute(
        "INSERT INTO log_entries SELECT l.seq, p.part, packed(l.row_id), packed(l.digest), packed(l.hash) "  # noqa: S608  same
        f"FROM log l CROSS JOIN log_parts p ON {same} ORDER BY l.seq"
    )
    db.execute("DROP TABLE log")
    # Found by the row they are of: a claim's page leads to its entries.
    db.execute("CREATE INDEX idx_log_entries_row_id ON log_entries (row_id)")


def index_row_starts(db: Database) -> None:
    """Index the entries by the first bytes of the row's id, which takes two thirds of the space of the whole id."""
    db.execute("DROP INDEX idx_log_entries_row_id")
    db.execute(f"CREATE INDEX idx_log_entries_row ON log_entries ({_START.format('row_id')})")


def entries_of(row_ids: str) -> str:
    """The query for the numbers of the entries of the rows whose ids, as bytes (``value``), a query gives."""
    starts = f"SELECT {_START.format('value')} FROM ({row_ids})"  # noqa: S608  our own words
    return f"SELECT seq FROM log_entries WHERE {_START.format('row_id')} IN ({starts}) AND row_id IN ({row_ids})"  # noqa: S608  same


def write_log(db: Database, entries: Sequence[Mapping[str, Any]]) -> None:
    """Add the entries of one transaction, as the view ``log`` will show them."""
    (last,) = db.query("SELECT coalesce(max(part), 0) AS part FROM log_parts")
    shared = dict.fromkeys(map(_part_columns, entries))
    numbers = {key: number for number, key in enumerate(shared, start=last["part"] + 1)}
    db.conn.executemany("INSERT INTO log_parts VALUES (?, ?, ?, ?, ?)", [(numbers[key], *key) for key in numbers])
    stored = (
        {**entry, "hash": stored_hash(entry, following), "part": numbers[_part_columns(entry)]}
        for entry, following in zip_longest(entries, entries[1:])
    )
    db.conn.executemany("INSERT INTO log_entries VALUES (?, ?, ?, ?, ?)", map(_packed_entry, stored))


def _packed_entry(entry: Mapping[str, Any]) -> tuple[object, ...]:
    return entry["seq"], entry["part"], *(packed(entry[name]) for name in ("row_id", "digest", "hash"))


def _part_columns(entry: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(entry[name] for name in _SHARED)
