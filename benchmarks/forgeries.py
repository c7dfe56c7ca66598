"""How many edits of a ledger by hand an audit finds and names, with a head that was noted.

    python -m benchmarks.forgeries [--write]

The edits are those of tests/ledger/test_forgery.py; each is made on a copy of the same ledger.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks.common import of_tests, report_counts
from claims.errors import LedgerError

Forge = Callable[[Any], None]
# What an edit is, what makes it, and the names of the rows of which one must be reported (all of them with VALUES).
Edit = tuple[str, Forge, tuple[str, ...]]


def edits(forgery: Any, whole: Any) -> Iterator[tuple[str, Edit]]:
    """Every edit with its kind."""
    for name, change, where in forgery.VALUES:
        chosen = where.format(table=name)
        with closing(sqlite3.connect(whole.ledger)) as connection:
            victims = tuple(f"{name} {row[0]}:" for row in connection.execute(f"SELECT id FROM {name} {chosen}"))
        yield "a value of a row", (f"{name}: {change}", _edited(f"UPDATE {name} SET {change} {chosen}"), victims)
    for kind, statements in (("a row, or an entry of the log", forgery.ROWS), ("a derived table", forgery.DERIVED)):
        yield from ((kind, (statement, _edited(*statement.split("; ")), (row,))) for statement, row in statements)
    for statements, what in forgery.OBJECTS:
        yield "the schema or the search", ("; ".join(statements), _reshaped(statements), (what,))
    for statements, why in forgery.REFUSED:
        yield "the schema or the search", ("; ".join(statements), _reshaped(statements), (why,))
    yield "a row, or an entry of the log", ("backdated", forgery.backdated, ("log ",))
    for what, forge, row in forgery.RECORDS:
        yield "captured bytes, or the file", (what, forge, (row,))
    for forge in (forgery.cut, forgery.older, forgery.rewritten, forgery.rewritten_from_the_first_row):
        yield "the whole ledger, its chain holding", (forge.__name__, forge, ("head ",))


def _edited(*statements: str) -> Forge:
    return lambda desk: desk.edit(*statements)


def _reshaped(statements: list[str]) -> Forge:
    return lambda desk: desk.reshape(*statements)


def is_found(whole: Any, edit: Edit) -> bool:
    """Whether an audit of a copy with this edit names what was edited, or says why the file is no ledger."""
    _, forge, rows = edit
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(whole.folder, Path(folder) / "desk")
        desk = replace(whole, folder=Path(folder) / "desk")
        forge(desk)
        try:
            audit = desk.audit(head=whole.head)
        except LedgerError as error:
            return all(row in str(error) for row in rows)
        lines = [f"{fault.row}: {fault.detail}" for fault in (*audit.faults, *audit.remarks)]
        return all(any(line.startswith(row) for line in lines) for row in rows)


def counted() -> tuple[dict[str, list[int]], list[str]]:
    """The edits that were made and found of each kind, and those that were not found."""
    of_tests("sample_records")
    of_tests("ledger/sample_check")
    anchored = of_tests("ledger/anchored_desk").anchored
    forgery = of_tests("ledger/test_forgery")
    counts: dict[str, list[int]] = {}
    missed = []
    with tempfile.TemporaryDirectory() as folder:
        whole = anchored(Path(folder))
        for kind, edit in edits(forgery, whole):
            count = counts.setdefault(kind, [0, 0])
            count[0] += 1
            if is_found(whole, edit):
                count[1] += 1
            else:
                missed.append(f"not found: {edit[0]}")
    return counts, missed


def main() -> None:
    """Make every edit, print the table, and write the section where that is wanted."""
    report_counts("forgeries", "Edits by hand", __doc__, ("what was edited", "edits", "found and named"), counted)


if __name__ == "__main__":
    main()
