"""Checks the structure of the file against this version: tables, indexes, views, triggers, pages and search.

The expected structure is created in memory from the migrations and compared with the file.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import cache
from typing import TYPE_CHECKING

from claims.ledger.entries import Fault
from claims.ledger.store import speaking

if TYPE_CHECKING:
    from claims.ledger.store import Store

# SQL in tokens: strings stay as they are; names count alike however they are quoted, and spaces do not count.
_TOKEN = re.compile(
    r"""(?P<note>--[^\n]*|/\*.*?\*/)|(?P<string>'(?:[^']|'')*')|"(?P<double>(?:[^"]|"")*)"|\[(?P<square>[^\]]*)\]"""
    r"""|`(?P<back>[^`]*)`|(?P<word>\w+)|(?P<sign>[^\w\s])""",
    re.DOTALL,
)
_OBJECTS = "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_stat%'"
_SEARCH = re.compile(r"(\w+_fts)_(data|idx|content|docsize|config)")  # SQLite's own tables behind a full-text index
_MOST = 20  # lines of SQLite's own check that are passed on

Objects = dict[tuple[str, str], tuple[str, str]]


def schema_faults(store: Store) -> Iterator[Fault]:
    """Every table, index, view and trigger that is missing, was added, or differs from the schema."""
    ours, actual = _expected(), _schema_objects(store.rows(_OBJECTS))
    for kind, name in sorted(ours.keys() | actual.keys()):
        what = f"{kind} {name}"
        if (kind, name) not in actual:
            yield Fault(row=what, detail="is missing: it was dropped")
        elif (kind, name) not in ours:
            yield Fault(row=what, detail="is not part of the schema: it was added")
        elif ours[kind, name] != actual[kind, name]:
            yield Fault(row=what, detail="differs from the schema: it was altered")
    applied = {row["name"] for row in store.rows("SELECT name FROM _sqlite_migrations")}
    if applied != _migrations():
        yield Fault(
            row="table _sqlite_migrations", detail="does not list the migrations of this version: it was altered"
        )


def damage(store: Store) -> Iterator[Fault]:
    """The faults that SQLite's own checks find: pages, indexes, keys, the full-text search.

    They run on a copy of the file, because the check of a full-text index needs write access.
    """
    with speaking(store.path), closing(sqlite3.connect("")) as copy:
        store.connection.backup(copy)
        for (line,) in copy.execute(f"PRAGMA integrity_check({_MOST})"):
            if line != "ok":
                yield Fault(row="file", detail=f"is damaged: {line}")
        for index in _searches():
            yield from _search(copy, index)


def tables() -> tuple[str, ...]:
    """The tables whose rows are logged, in the order of their creation."""
    return _made()[1]


def _search(copy: sqlite3.Connection, index: str) -> Iterator[Fault]:
    """A full-text index against itself and against the rows that it indexes."""
    try:
        copy.execute(f"INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)")  # noqa: S608  our own names
    except sqlite3.Error as error:
        yield Fault(row=f"search {index}", detail=f"does not match its rows ({error}): it was altered")


def _expected() -> Objects:
    return _made()[0]


def _migrations() -> set[str]:
    return set(_made()[2])


def _searches() -> list[str]:
    return [name for kind, name in _expected() if kind == "table" and name.endswith("_fts")]


@cache
def _made() -> tuple[Objects, tuple[str, ...], tuple[str, ...]]:
    """The objects of a new ledger, the names of its logged tables, and those of its migrations."""
    from sqlite_utils import Database  # noqa: PLC0415  only an audit needs it

    from claims.ledger.schema import upgrade  # noqa: PLC0415  loads sqlite-utils

    with closing(sqlite3.connect(":memory:")) as connection:
        upgrade(Database(connection, execute_plugins=False))
        connection.row_factory = sqlite3.Row
        rows = [dict(row) for row in connection.execute(_OBJECTS)]
        done = tuple(row[0] for row in connection.execute("SELECT name FROM _sqlite_migrations"))
        names = [row["name"] for row in rows if row["type"] == "table" and "fts" not in row["name"]]
        logged = tuple(
            name
            for name in names
            if name not in ("log", "_sqlite_migrations")
            and any(column["name"] == "id" for column in connection.execute(f"PRAGMA table_info({name})"))
        )
    return _schema_objects(rows), logged, done


def _schema_objects(rows: list[dict[str, str | None]]) -> Objects:
    return {
        (str(row["type"]), str(row["name"])): (
            str(row["tbl_name"]),
            "" if _SEARCH.fullmatch(str(row["name"])) else _normalized_sql(row["sql"] or ""),
        )
        for row in rows
    }


def _normalized_sql(sql: str) -> str:
    """SQL in normalized spelling."""
    tokens = []
    for match in _TOKEN.finditer(sql):
        if match["string"] is not None:
            tokens.append(match["string"])
        elif not match["note"]:
            name = next(
                (text for text in match.group("double", "square", "back", "word", "sign") if text is not None), ""
            )
            tokens.append(name.lower())
    return " ".join(tokens)
