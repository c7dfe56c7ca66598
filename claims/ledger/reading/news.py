"""What is worth telling people: contradicted claims, changed verdicts and lost sources, of one run or since a time.

What only a new judge says differently is no news, and neither is what a person has decided in the meantime.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from claims.ledger.entries import LedgerNews
from claims.ledger.reading.changes import changes_among
from claims.ledger.reading.lists import claim_rows
from claims.ledger.reading.recall import source
from claims.records import Label, Reason

if TYPE_CHECKING:
    from claims.ledger.store import Store

_RUN = "SELECT id FROM runs WHERE id = ?"
_SINCE = "SELECT id FROM runs WHERE coalesce(finished_at, started_at) >= ?"
_ADDED = "SELECT value FROM runs, json_each(added) WHERE runs.id IN ({runs})"
# Claims that a source contradicts: for the first time, or after another verdict for another reason than the judge. The
# same words in a new version of the article count as the same claim.
_CONTRADICTED = f"""
SELECT * FROM current WHERE (standing = label OR review_stale) AND no IN (
  SELECT c.no FROM verdicts v JOIN claims c ON c.id = v.claim
  WHERE v.id IN ({_ADDED}) AND v.label = ?
    AND v.number = (SELECT max(number) FROM verdicts WHERE claim = v.claim)
    AND ((v.number = 1 AND c.earlier IS NULL) OR EXISTS (
      SELECT 1 FROM verdict_changes d JOIN verdicts p ON p.id = d.before
      WHERE d.verdict = v.id AND d.cause <> 'judge' AND p.label <> v.label))
) ORDER BY article, position, no
"""  # noqa: S608  our own words
# Sources that can no longer be read: the first state after the last readable one that says so. That nothing could be
# fetched offline says nothing about a source.
_LOST = """
SELECT s.* FROM sources s
WHERE s.run IN ({runs}) AND s.number = (
  SELECT min(l.number) FROM sources l WHERE l.article = s.article AND l.source = s.source
    AND l.status = 'unavailable' AND l.reason <> ? AND l.number > (
      SELECT max(p.number) FROM sources p WHERE p.article = s.article AND p.source = s.source
        AND p.status <> 'unavailable'))
ORDER BY s.article, s.id
"""


def news(store: Store, *, run: str | None = None, since: str = "") -> LedgerNews:
    """What one run, or all runs since a moment (ISO 8601, UTC), found that is worth telling, and still holds."""
    runs, value = (_SINCE, since) if run is None else (_RUN, run)
    contradicted = claim_rows(store, _CONTRADICTED.format(runs=runs), [value, Label.CONTRADICTED])
    changed = changes_among(store, _ADDED.format(runs=runs), value)
    lost = store.rows(_LOST.format(runs=runs), [value, Reason.OFFLINE])
    return LedgerNews(
        contradicted=tuple(contradicted),
        changed=tuple(change for change in changed if change.is_news and change.before != change.label),
        lost=tuple(source(store, row) for row in lost),
    )
