"""Tells from the log how many people had to agree when a decision was made.

The table ``settings`` has only the number of today. A decision that counted when it was published was published, even
if more people must agree since.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeAlias

from claims.ledger.log.chain import digest
from claims.ledger.log.tables import packed

SETTING = "sign_off"
# Gives the rows of a query with these values.
Query: TypeAlias = Callable[[str, Sequence[object]], Sequence[Mapping[str, Any]]]
# The log has the digest of a row, not its value, so the value is looked for among these. Another one is taken for more
# than all of them: what nobody decided must not count as published.
_MOST = 100
_ENTRIES = "SELECT seq, lower(hex(digest)) AS digest FROM log_entries WHERE substr(row_id, 1, 3) = ? AND row_id = ?"


@dataclass(frozen=True, slots=True)
class SignOffs:
    """From which entry of the log on how many people had to agree; one person where it was never set."""

    since: Sequence[tuple[int, int]]

    def least(self, first: int, last: int | None) -> int:
        """The smallest number in force after an entry of the log, until another (None: until now)."""
        before = [people for entry, people in self.since if entry < first]
        during = [people for entry, people in self.since if first < entry and (last is None or entry < last)]
        return min([*(before or [1])[-1:], *during])


def sign_off_history(query: Query) -> SignOffs:
    """The numbers that were ever set, oldest first."""
    rows = query(f"{_ENTRIES} ORDER BY seq", [SETTING[:3], SETTING])
    return SignOffs([(row["seq"], _people_by_digest().get(row["digest"], _MOST)) for row in rows])


@cache
def _people_by_digest() -> Mapping[str, int]:
    return {digest({"id": SETTING, "value": str(people)}): people for people in range(1, _MOST)}


def review_entries(query: Query, review_ids: Sequence[str]) -> Iterator[int]:
    """The numbers of the log entries of decisions, in their order."""
    for review_id in review_ids:
        key = packed(review_id)
        rows = query(f"{_ENTRIES} ORDER BY seq LIMIT 1", [key[:3], key])
        yield rows[0]["seq"] if rows else 0
