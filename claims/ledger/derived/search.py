"""The index of the full-text search, which triggers keep up to date with its table."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


def create_search_index(db: Database, table: str, columns: tuple[str, ...]) -> None:
    """An FTS5 index over ``columns`` that triggers keep in step with the table."""
    index, names = f"{table}_fts", ", ".join(columns)
    new, old = (", ".join(f"{side}.{column}" for column in columns) for side in ("NEW", "OLD"))
    db.execute(
        f"CREATE VIRTUAL TABLE {index} USING fts5({names}, content='{table}', content_rowid='no', "
        "tokenize='porter unicode61 remove_diacritics 2')"
    )
    add = f"INSERT INTO {index} (rowid, {names}) VALUES (NEW.no, {new});"  # noqa: S608  our own names
    drop = f"INSERT INTO {index} ({index}, rowid, {names}) VALUES ('delete', OLD.no, {old});"  # noqa: S608  same
    db.execute(f"CREATE TRIGGER {table}_fts_add AFTER INSERT ON {table} BEGIN {add} END")
    db.execute(f"CREATE TRIGGER {table}_fts_drop AFTER DELETE ON {table} BEGIN {drop} END")
    db.execute(f"CREATE TRIGGER {table}_fts_change AFTER UPDATE OF no, {names} ON {table} BEGIN {drop} {add} END")
    db.execute(f"INSERT INTO {index} ({index}) VALUES ('rebuild')")  # noqa: S608  our own names
