"""Faults of the log that its chain does not cover: how its entries are stored, and times that run backwards.

The chain is over the values that the view ``log`` shows. The same values can be stored in a way in which the index does
not find them, and a valid entry can have any time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from claims.ledger.entries import Fault
from claims.ledger.log.tables import packed

Query = Callable[[str], Iterable[Mapping[str, Any]]]

# Entries of programs that wait for one another are out of order by seconds, those of a cluster by minutes.
_LATE = timedelta(days=1)

_AS_TEXT = """
SELECT seq, row_id, digest, hash FROM log_entries
WHERE typeof(row_id) <> 'blob' OR typeof(digest) <> 'blob' OR typeof(hash) <> 'blob' ORDER BY seq
"""
# Parts are numbered from 1 in the order of their first entries.
_MISNUMBERED = """
SELECT part FROM (SELECT part, row_number() OVER (ORDER BY min(seq)) AS place FROM log_entries GROUP BY part)
WHERE part <> place ORDER BY place LIMIT 1
"""
_UNUSED = "SELECT part FROM log_parts WHERE part NOT IN (SELECT part FROM log_entries) ORDER BY part"
_TIMES = """
SELECT min(e.seq) AS seq, p.at AS at FROM log_entries e JOIN log_parts p ON p.part = e.part GROUP BY e.part ORDER BY 1
"""


def storage_faults(query: Query) -> Iterator[Fault]:
    """Entries that are not stored as Factdesk stores them; ``query`` gives the rows of a query."""
    for row in query(_AS_TEXT):
        if any(packed(row[name]) != row[name] for name in ("row_id", "digest", "hash")):
            yield Fault(row=f"log {row['seq']}", detail="is stored as text instead of bytes: it was altered")
    for row in query(_UNUSED):
        yield Fault(row=f"log_parts {row['part']}", detail="is of no log entry: it was added outside Factdesk")
    for row in query(_MISNUMBERED):
        yield Fault(row=f"log_parts {row['part']}", detail="has another number than its place: it was altered")


def backdated(query: Query) -> Iterator[Fault]:
    """The first entries of transactions that say they are more than a day older than an entry before them."""
    latest = datetime.fromtimestamp(0, UTC)
    for row in query(_TIMES):
        at = _time_of(row["at"])
        if at is None:
            continue
        if at < latest - _LATE:
            then = latest.isoformat(timespec="seconds")
            detail = f"has the time {row['at']} but follows an entry of {then}: backdated, or a clock was wrong"
            yield Fault(row=f"log {row['seq']}", detail=detail)
        latest = max(latest, at)


def _time_of(text: object) -> datetime | None:
    try:
        moment = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
