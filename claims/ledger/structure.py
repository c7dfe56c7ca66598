"""Checks the structure of the file against this version: tables, indexes, views, triggers, pages and search.

The expected structure is created in memory from the migrations and compared with the file.
"""

from __future__ import annotations

import re
import sqlite3
import string
from collections.abc import Collection, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING

from claims.ledger.entries import Fault
from claims.ledger.store import VERSION, speaking

if TYPE_CHECKING:
    from claims.ledger.store import Store

# SQL in tokens: strings stay as they are, and spaces do not count. The schema's own names count alike however they are
# quoted; of other words a quoted one is another (NULL and "NULL").
_TOKEN = re.compile(
    r"""(?P<note>--[^\n]*|/\*.*?\*/)|(?P<string>'(?:[^']|'')*')|"(?P<double>(?:[^"]|"")*)"|\[(?P<square>[^\]]*)\]"""
    r"""|`(?P<back>[^`]*)`|(?P<word>\w+)|(?P<sign>[^\w\s])""",
    re.DOTALL | re.ASCII,  # every other letter is part of a name to SQLite, spaces of other scripts too
)
_OBJECTS = "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE name NOT IN ('sqlite_stat1', 'sqlite_stat4')"
# SQLite compares names without regard to case in ASCII only.
_LOWER = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)
_SEARCH = re.compile(r"(\w+_fts)_(data|idx|content|docsize|config)")  # SQLite's own tables behind a full-text index
_MOST = 20  # lines of SQLite's own check that are passed on

Objects = dict[tuple[str, str], tuple[str, str]]


def schema_faults(store: Store) -> Iterator[Fault]:
    """Every table, index, view and trigger that is missing, was added, or differs from the schema."""
    ours, actual = _made().objects, _schema_objects(store.rows(_OBJECTS), _made().names)
    for kind, name in sorted(ours.keys() | actual.keys()):
        what = f"{kind} {name}"
        if (kind, name) not in actual:
            yield Fault(row=what, detail="is missing: it was dropped")
        elif (kind, name) not in ours:
            yield Fault(row=what, detail="is not part of the schema: it was added")
        elif ours[kind, name] != actual[kind, name]:
            yield Fault(row=what, detail="differs from the schema: it was altered")
    applied = {row["name"] for row in store.rows("SELECT name FROM _sqlite_migrations")}
    if applied != _made().migrations:
        yield Fault(
            row="table _sqlite_migrations", detail="does not list the migrations of this version: it was altered"
        )
    (header,) = store.rows("PRAGMA user_version")
    if header["user_version"] != VERSION:
        detail = f"has the version {header['user_version']} in its header instead of {VERSION}: it was altered"
        yield Fault(row="file", detail=detail)


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
    return _made().logged


def _search(copy: sqlite3.Connection, index: str) -> Iterator[Fault]:
    """A full-text index against itself and against the rows that it indexes."""
    try:
        copy.execute(f"INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)")  # noqa: S608  our own names
    except sqlite3.Error as error:
        yield Fault(row=f"search {index}", detail=f"does not match its rows ({error}): it was altered")
        return
    if not _term_pages(copy, index) <= set(copy.execute(f"SELECT segid, pgno >> 1 FROM {index}_idx")):  # noqa: S608  same
        yield Fault(row=f"search {index}", detail="does not list its pages, so words are not found: it was altered")
    for (name,) in copy.execute(f"SELECT k FROM {index}_config WHERE k <> 'version'"):  # noqa: S608  same
        yield Fault(row=f"search {index}", detail=f"has a setting that Factdesk does not make ({name}): it was altered")


def _term_pages(copy: sqlite3.Connection, index: str) -> set[tuple[int, int]]:
    """The pages of a full-text index on which a word begins, by segment and number: SQLite checks the listed ones only.

    A page with words ends with their places, behind the length that its third and fourth byte give (fts5_index.c).
    """
    sql = f"SELECT id, substr(block, 3, 2), length(block) FROM {index}_data WHERE id >= 1 << 37"  # noqa: S608  our own names
    return {
        (page >> 37, page & 0x7FFF_FFFF)
        for page, length, whole in copy.execute(sql)
        if not page >> 31 & 0x3F and int.from_bytes(length, "big") < whole
    }


def _searches() -> list[str]:
    return [name for kind, name in _made().objects if kind == "table" and name.endswith("_fts")]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Schema:
    """A new ledger: its objects, the names of its logged tables and migrations, and those of all tables and columns."""

    objects: Objects
    logged: tuple[str, ...]
    migrations: frozenset[str]
    names: frozenset[str]


@cache
def _made() -> _Schema:
    from sqlite_utils import Database  # noqa: PLC0415  only an audit needs it

    from claims.ledger.schema import upgrade  # noqa: PLC0415  loads sqlite-utils

    with closing(sqlite3.connect(":memory:")) as connection:
        upgrade(Database(connection, execute_plugins=False))
        connection.row_factory = sqlite3.Row
        rows = [dict(row) for row in connection.execute(_OBJECTS)]
        done = frozenset(row[0] for row in connection.execute("SELECT name FROM _sqlite_migrations"))
        columns = {row["name"]: [column[1] for column in connection.execute(_columns(row["name"]))] for row in rows}
    tables = [row["name"] for row in rows if row["type"] == "table" and "fts" not in row["name"]]
    logged = tuple(name for name in tables if name != "_sqlite_migrations" and "id" in columns[name])
    names = frozenset(map(str.lower, [*columns, *chain.from_iterable(columns.values())]))
    return _Schema(objects=_schema_objects(rows, names), logged=logged, migrations=done, names=names)


def _columns(name: str) -> str:
    return f"PRAGMA table_info('{name}')"


def _schema_objects(rows: list[dict[str, str | None]], names: Collection[str]) -> Objects:
    return {
        (str(row["type"]), str(row["name"])): (
            str(row["tbl_name"]),
            "" if _SEARCH.fullmatch(str(row["name"])) else _normalized_sql(row["sql"] or "", names),
        )
        for row in rows
    }


def _normalized_sql(sql: str, names: Collection[str]) -> str:
    """SQL in normalized spelling; ``names`` are those of the schema's tables and columns."""
    return " ".join(_token(match, names) for match in _TOKEN.finditer(sql) if not match["note"])


def _token(match: re.Match[str], names: Collection[str]) -> str:
    if match["string"] is not None:
        return match["string"]
    bare = match["word"] or match["sign"]
    name = bare or next(text for text in match.group("double", "square", "back") if text is not None)
    lower = name.translate(_LOWER)
    return lower if bare or lower in names else f'"{name}"'
