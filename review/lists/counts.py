"""Counts the rows of a ledger's tables for Datasette's overview pages without reading them."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from datasette.database import Database, QueryInterrupted, connections

from review.lists import bounds

if TYPE_CHECKING:  # Datasette loads this file while it is itself being loaded
    from datasette.app import Datasette

# Tables whose rows are never taken out, so that the number of the last row is their number.
_NUMBERED = frozenset(
    (
        *("articles", "claims", "citations", "captures", "runs", "sources", "verdicts", "evidence", "reviews"),
        *("attachments", "log_entries", "log_parts", "settings"),
    )
)

# The first column of every index.
_INDEXED = """
SELECT m.name AS tbl, i.name AS name FROM sqlite_master m, pragma_index_list(m.name) l, pragma_index_info(l.name) i
WHERE m.type = 'table' AND i.seqno = 0
"""


class _AddressedPath(str):
    """A path that is percent-encoded where it is put into an address, as Datasette does to open the file.

    Otherwise SQLite would open, and even make, another file for a path with "#", "?" or "%" in it.
    """

    __slots__ = ()

    def __format__(self, _form: str) -> str:
        return quote(self)


class LedgerDatabase(Database):  # type: ignore[misc]  # Datasette has no types
    """The ledger as Datasette opens it; its tables are counted by the number of their last row."""

    def __init__(self, datasette: Datasette, path: str) -> None:
        super().__init__(datasette, path=_AddressedPath(path), is_mutable=True)
        self._opened = threading.local()  # the file that the connection of each thread is open on

    async def execute_fn(self, fn: Callable[[Any], Any]) -> Any:
        """Run a function on the file that is at the path now: a backup may have been put there since it was opened."""

        def on_this_file(connection: Any) -> Any:
            file = _file_at(self.path)
            if getattr(self._opened, "file", file) != file:
                connection.close()
                connection = self.connect()
                self.ds._prepare_connection(connection, self.name)
                setattr(connections, self.name, connection)
            self._opened.file = file
            return fn(connection)

        return await super().execute_fn(on_this_file)

    async def table_counts(self, limit: int = 10) -> dict[str, int | None]:
        """The number of rows by table; None for a table that takes longer to count than ``limit`` milliseconds."""
        names = await self.table_names()
        numbered = [name for name in names if name in _NUMBERED]
        last = ", ".join(f"(SELECT coalesce(max(rowid), 0) FROM {name}) AS {name}" for name in numbered)  # noqa: S608  our own names
        counts: dict[str, int | None] = dict.fromkeys(names)
        if numbered:
            counts.update(dict((await self.execute(f"SELECT {last}")).rows[0]))
        for name in names:
            if name not in _NUMBERED and "_fts" not in name:
                counts[name] = await self._counted(name, limit)
        return counts

    async def get_all_foreign_keys(self) -> dict[str, dict[str, list[dict[str, str]]]]:
        """The tables that refer to each table; in a large ledger only by columns that have an index.

        A row's page counts the rows that refer to it; without an index, every row of the other table would be read.
        """
        keys: dict[str, dict[str, list[dict[str, str]]]] = await super().get_all_foreign_keys()
        (last,) = (await self.execute("SELECT coalesce(max(rowid), 0) FROM claims")).rows[0]
        if last < bounds.LARGE:
            return keys
        indexed = {(row["tbl"], row["name"]) for row in (await self.execute(_INDEXED)).rows}
        return {
            table: {
                **each,
                "incoming": [key for key in each["incoming"] if (key["other_table"], key["other_column"]) in indexed],
            }
            for table, each in keys.items()
        }

    async def _counted(self, table: str, limit: int) -> int | None:
        try:
            rows = (await self.execute(f'SELECT count(*) FROM "{table}"', custom_time_limit=limit)).rows  # noqa: S608  of the schema
        except QueryInterrupted:
            return None
        return int(rows[0][0])


def _file_at(path: str) -> tuple[int, int] | None:
    """What distinguishes the file at a path from any other; None if there is none."""
    try:
        state = Path(path).stat()
    except FileNotFoundError:
        return None
    return state.st_dev, state.st_ino
