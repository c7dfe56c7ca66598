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
    column, value = ("run", run) if claim is None else ("claim", claim)
    rows = store.rows(f"SELECT * FROM changes WHERE {column} = ? ORDER BY checked_at, no", [value])  # noqa: S608  our own words
    plain = ("verdict", "claim", "statement", "confidence_before", "confidence", "reason_before", "reason", "changed")
    return tuple(
        VerdictChange(
            **{name: row[name] for name in (*plain, "cause", "checked_at")},
            before=Label(row["label_before"]),
            label=Label(row["label"]),
        )
        for row in rows
    )
