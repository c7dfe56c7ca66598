"""The export formats by name: the function that writes each, and whether it can include undecided claims."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from claims.errors import LedgerError
from claims.ledger.exports import tables
from claims.ledger.exports.claimreview import House
from claims.ledger.exports.tables import Refused

if TYPE_CHECKING:
    from claims.ledger.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportOptions:
    """The options of an export.

    ``unreviewed`` includes undecided claims; ``page`` is the address of a published fact-check with ``{id}`` for
    the claim's id, and ``house`` says who publishes, both for ClaimReview.
    """

    unreviewed: bool = False
    page: str = ""
    house: House = field(default_factory=House)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportFormat:
    """``lines`` writes the export; ``undecided`` says whether it can have undecided claims."""

    lines: Callable[[Store, Refused, ExportOptions], Iterator[str]]
    undecided: bool = False


def _claim_reviews(store: Store, refused: Refused, options: ExportOptions) -> Iterator[str]:
    if not options.page.startswith(("https://", "http://")) or "{id}" not in options.page:
        raise LedgerError(
            "a ClaimReview needs the address of the published check, with {id} for the claim, "
            "such as https://desk.example/checks/{id}"
        )
    return tables.claim_reviews(store, refused, options.house, options.page)


FORMATS: Mapping[str, ExportFormat] = {
    "csv": ExportFormat(
        lines=lambda store, refused, asked: tables.as_csv(store, refused, unreviewed=asked.unreviewed), undecided=True
    ),
    "jsonl": ExportFormat(
        lines=lambda store, refused, asked: tables.jsonl(store, refused, unreviewed=asked.unreviewed), undecided=True
    ),
    "claimreview": ExportFormat(lines=_claim_reviews),
    "corrections": ExportFormat(lines=lambda store, _refused, _asked: tables.corrected(store)),
}
UNDECIDED = tuple(name for name, form in FORMATS.items() if form.undecided)


def form_of(kind: str, *, unreviewed: bool) -> ExportFormat:
    """The format of this name; LedgerError if there is none, or none that can have undecided claims."""
    form = FORMATS.get(kind)
    if form is None:
        *others, last = FORMATS
        raise LedgerError(f"unknown export format {kind!r}: choose {', '.join(others)} or {last}")
    if unreviewed and not form.undecided:
        raise LedgerError(f"{kind} contains only decided claims: omit --unreviewed, or choose {' or '.join(UNDECIDED)}")
    return form
