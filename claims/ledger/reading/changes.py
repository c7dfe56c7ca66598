"""Verdicts that differ from the previous one, and the cause: the source, the article or the judge."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claims.ledger.entries import VerdictChange
from claims.records import Label

if TYPE_CHECKING:
    from claims.ledger.store import Store


def changes(store: Store, *, run: str | None = None, claim: str | None = None) -> tuple[VerdictChange, ...]:
    """The verdicts of a run, or of a claim, that differ from the previous one, oldest first.

    They come from the view ``changes``.
    """
    if claim is None:
        return changes_among(store, "SELECT value FROM runs, json_each(added) WHERE runs.id = ?", run)
    return changes_among(store, "SELECT id FROM verdicts WHERE claim = ?", claim)


def changes_among(store: Store, verdicts: str, value: str | None) -> tuple[VerdictChange, ...]:
    """The changes among the verdicts whose ids a query with one value selects, oldest first."""
    sql = f"SELECT * FROM changes WHERE verdict IN ({verdicts}) ORDER BY checked_at, no"  # noqa: S608  our own words
    rows = store.rows(sql, [value])
    plain = ("verdict", "claim", "statement", "confidence_before", "confidence", "reason_before", "reason", "changed")
    return tuple(
        VerdictChange(
            **{name: row[name] for name in (*plain, "cause", "checked_at")},
            before=Label(row["label_before"]),
            label=Label(row["label"]),
        )
        for row in rows
    )
