"""The addresses of articles that were checked, found by an index, and those that could not be read.

An address is known by its key, which all addresses of a page share. The caller makes the keys: a trigger notes the
address of every article that is logged, and its key is filled in when it is first asked for.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from claims.ledger.store import Store

# How long an article that could not be read is left alone after each attempt; after the last one it is given up. Most
# pages that come back do so within a day (an outage, a page announced too early), the others hardly ever.
WAITS = tuple(timedelta(hours=hours) for hours in (1, 4, 12, 24, 48))

# An article counts once, however many versions of it were read at its address.
_FIRST_CHECKED = """
SELECT count(DISTINCT coalesce(a.final_url, a.url, a.id)) AS articles FROM runs r JOIN articles a ON a.id = r.article
WHERE coalesce(r.finished_at, r.started_at) >= ? AND coalesce(a.final_url, a.url, a.id) NOT IN (
  SELECT coalesce(v.final_url, v.url, v.id) FROM runs p JOIN articles v ON v.id = p.article
  WHERE coalesce(p.finished_at, p.started_at) < ?)
"""


class AddressBook:
    """The addresses of a ledger's articles."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def known_keys(self, addresses: Iterable[str], key_of: Callable[[str], str]) -> frozenset[str]:
        """The keys of those addresses at which an article was checked; ``key_of`` makes the key of an address."""
        store = self._store
        unkeyed = [row["address"] for row in store.each("SELECT address FROM addresses WHERE key IS NULL")]
        if unkeyed:
            with store.transaction():
                keyed = ((key_of(address), address) for address in unkeyed)
                store.connection.executemany("UPDATE addresses SET key = ? WHERE address = ?", keyed)
        sql = "SELECT DISTINCT key FROM addresses WHERE key IN (SELECT value FROM json_each(?))"
        return frozenset(row["key"] for row in store.each(sql, [json.dumps([key_of(url) for url in addresses])]))

    def first_checked(self, *, since: str) -> int:
        """How many articles were checked for the first time since a moment (ISO 8601, UTC); versions count once."""
        row = self._store.one(_FIRST_CHECKED, [since, since])
        return int(row["articles"]) if row else 0

    def note_failure(self, key: str, address: str, *, at: str, reason: str) -> None:
        """Note that an article could not be read ``at`` a time (ISO 8601, UTC), and when it may be tried again."""
        with self._store.transaction():
            row = self._store.one("SELECT attempts FROM failures WHERE key = ?", [key])
            attempts = row["attempts"] + 1 if row else 1
            again = datetime.fromisoformat(at) + WAITS[attempts - 1] if attempts <= len(WAITS) else None
            values = (key, address, attempts, at, again and again.isoformat(timespec="milliseconds"), reason)
            self._store.connection.execute("REPLACE INTO failures VALUES (?, ?, ?, ?, ?, ?)", values)

    def resting_keys(self, keys: Iterable[str], *, at: str) -> frozenset[str]:
        """The keys of articles that could not be read and are not to be tried ``at`` this time, or never again."""
        sql = """
            SELECT key FROM failures
            WHERE key IN (SELECT value FROM json_each(?)) AND (again IS NULL OR again > ?)
        """
        return frozenset(row["key"] for row in self._store.each(sql, [json.dumps(list(keys)), at]))
