"""Creates the tables of the ledger, and the triggers that refuse changes to tables whose rows are only added."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlite_utils import Database

# The columns that identify a row of these tables, besides its id.
NUMBERED = {
    "sources": ("article", "source", "number"),
    "verdicts": ("claim", "number"),
    "reviews": ("claim", "number"),
    "evidence": ("verdict", "position"),
}


def create_table(
    db: Database,
    name: str,
    columns: dict[str, Any],
    *,
    keys: dict[str, str] | None = None,
    required: Iterable[str] = (),
    pk: str = "id",
) -> None:
    """Make a table with its keys; ``keys`` maps a column to the table whose id it holds."""
    foreign = [(column, table, "id") for column, table in (keys or {}).items()]
    not_null = {*required} if pk == "seq" else {pk, *required}
    db.create_table(name, columns, pk=pk, foreign_keys=foreign, not_null=not_null)


def protect(db: Database, table: str, key: str = "id") -> None:
    """Refuse UPDATE, DELETE and REPLACE on a table (the last would slip past a trigger on DELETE)."""
    words = f"{table} are only ever added" if key == "id" else "the log is only ever added to"
    refusal = f"BEGIN SELECT RAISE(ABORT, '{words}'); END"
    for verb in ("update", "delete"):
        db.execute(f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table} {refusal}")
    # One EXISTS for each: an OR inside would have SQLite read the whole table for every row.
    exists = " OR ".join(
        f"EXISTS (SELECT 1 FROM {table} WHERE {' AND '.join(f'{column} = NEW.{column}' for column in columns)})"  # noqa: S608  our own names
        for columns in ((key,), NUMBERED.get(table))
        if columns
    )
    db.execute(f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN {exists} {refusal}")
