"""Counts the rows of a ledger's tables for Datasette's overview pages without reading them."""

from __future__ import annotations

from datasette.database import Database, QueryInterrupted

# Tables whose rows are never taken out, so that the number of the last row is their number.
_NUMBERED = frozenset(
    (
        *("articles", "claims", "citations", "captures", "runs", "sources", "verdicts", "evidence", "reviews"),
        *("attachments", "log_entries", "log_parts", "settings"),
    )
)


class LedgerDatabase(Database):  # type: ignore[misc]  # Datasette has no types
    """The ledger as Datasette opens it; its tables are counted by the number of their last row."""

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

    async def _counted(self, table: str, limit: int) -> int | None:
        try:
            rows = (await self.execute(f'SELECT count(*) FROM "{table}"', custom_time_limit=limit)).rows  # noqa: S608  of the schema
        except QueryInterrupted:
            return None
        return int(rows[0][0])
