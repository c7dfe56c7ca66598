"""The index of the full-text search, which triggers keep up to date with its table."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


def create_search_index(db: Database, table: str, columns: tuple[str, ...]) -> None:
    """An FTS5 index over ``columns`` that triggers keep in step with the table."""
    _create_index(db, table, columns)
    index, names = f"{table}_fts", ", ".join(columns)
    new, old = (", ".join(f"{side}.{column}" for column in columns) for side in ("NEW", "OLD"))
    add = f"INSERT INTO {index} (rowid, {names}) VALUES (NEW.no, {new});"  # noqa: S608  our own names
    drop = f"INSERT INTO {index} ({index}, rowid, {names}) VALUES ('delete', OLD.no, {old});"  # noqa: S608  same
    db.execute(f"CREATE TRIGGER {table}_fts_add AFTER INSERT ON {table} BEGIN {add} END")
    db.execute(f"CREATE TRIGGER {table}_fts_drop AFTER DELETE ON {table} BEGIN {drop} END")
    db.execute(f"CREATE TRIGGER {table}_fts_change AFTER UPDATE OF no, {names} ON {table} BEGIN {drop} {add} END")
    _fill_index(db, table)


def drop_column_sizes(db: Database, table: str, columns: tuple[str, ...]) -> None:
    """Make the index again without the number of words of each row, which the ranking can count in the row itself."""
    db.execute(f"DROP TABLE IF EXISTS {table}_fts")
    _create_index(db, table, columns, ", columnsize=0")
    _fill_index(db, table)


def _create_index(db: Database, table: str, columns: tuple[str, ...], options: str = "") -> None:
    db.execute(
        f"CREATE VIRTUAL TABLE {table}_fts USING fts5({', '.join(columns)}, content='{table}', content_rowid='no', "
        f"tokenize='porter unicode61 remove_diacritics 2'{options})"
    )


def _fill_index(db: Database, table: str) -> None:
    db.execute(f"INSERT INTO {table}_fts ({table}_fts) VALUES ('rebuild')")  # noqa: S608  our own names
