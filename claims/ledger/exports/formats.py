"""The export formats by name, and how each writes the claims."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from claims.errors import LedgerError
from claims.ledger.entries import Entry
from claims.ledger.exports.annotations import annotation
from claims.ledger.exports.claimreview import House, claim_review, why_undecided
from claims.ledger.exports.markdown import article_lines, claim_lines
from claims.ledger.exports.origins import marks, origins
from claims.ledger.exports.spreadsheet import not_run
from claims.ledger.reading.decided import corrections, decided_superseded
from claims.ledger.reading.lists import listed_claim
from claims.ledger.reading.recall import article
from claims.ledger.reading.show import claim_entry
from claims.privacy import hidden
from claims.records import Page

if TYPE_CHECKING:
    from claims.ledger.store import Store

COLUMNS = (
    *("claim", "statement", "text", "kind", "speaker", "standing", "state", "label", "confidence", "needs_review"),
    *("reason", "rationale", "basis", "quote_grade", "single_source", "secondary_only", "outlets", "article", "title"),
    *("url", "published_by", "published", "checkworthiness", "judge", "since", "checked_at", "decision", "reviewer"),
    *("note", "reviewed_at", "sign_offs"),
)
# Called for every claim that is left out, with the reason.
Refused: TypeAlias = Callable[[str, str], None]


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


def decided_rows(store: Store, refused: Refused, *, unreviewed: bool = False) -> Iterator[dict[str, Any]]:
    """The decided claims that their article still makes; with ``unreviewed`` the undecided ones as well."""
    for row in store.each("SELECT * FROM current ORDER BY article, position, no"):
        reason = None if unreviewed else why_undecided(listed_claim(row))
        if reason:
            refused(row["claim"], reason)
        else:
            whole = marks(row) | origins(store, row)
            yield hidden({name: whole[name] for name in COLUMNS})
    if not unreviewed:
        _refuse_superseded(store, refused)


def jsonl(store: Store, refused: Refused, options: ExportOptions) -> Iterator[str]:
    """One JSON object a line, with the evidence."""
    for row in decided_rows(store, refused, unreviewed=options.unreviewed):
        evidence = store.rows(
            "SELECT stance, score, passage, url, outlet, capture, start, end FROM evidence WHERE verdict = "
            "(SELECT id FROM verdicts WHERE claim = ? ORDER BY number DESC LIMIT 1) ORDER BY position",
            [row["claim"]],
        )
        yield json.dumps({**row, "evidence": hidden(evidence)}, ensure_ascii=False)


def as_csv(store: Store, refused: Refused, options: ExportOptions) -> Iterator[str]:
    """Comma-separated lines with a header; cells that a spreadsheet would execute are escaped."""
    yield _csv_line(COLUMNS)
    for row in decided_rows(store, refused, unreviewed=options.unreviewed):
        yield _csv_line([_cell(row[name]) for name in COLUMNS])


def claim_reviews(store: Store, refused: Refused, options: ExportOptions) -> Iterator[str]:
    """One ClaimReview a line. Raises LedgerError if the address of the published check is missing or has no id."""
    if not options.page.startswith(("https://", "http://")) or "{id}" not in options.page:
        raise LedgerError(
            "a ClaimReview needs the address of the published check, with {id} for the claim, "
            "such as https://desk.example/checks/{id}"
        )
    return _reviewed_claims(store, refused, options)


def corrected(store: Store, _refused: Refused, _options: ExportOptions) -> Iterator[str]:
    """One correction a line: the earlier decision and the one that replaced it."""
    for correction in corrections(store):
        yield json.dumps(hidden(asdict(correction)), ensure_ascii=False)


def web_annotations(store: Store, refused: Refused, options: ExportOptions) -> Iterator[str]:
    """One Web Annotation a line."""
    for entry, page in _decided_entries(store, refused):
        yield json.dumps(hidden(annotation(entry, page, options.house)), ensure_ascii=False)


def as_markdown(store: Store, refused: Refused, options: ExportOptions) -> Iterator[str]:
    """The lines of a Markdown document: every article with its decided claims."""
    shown = ""
    for entry, page in _decided_entries(store, refused):
        if entry.article.id != shown:
            yield from article_lines(page, options.house)
            shown = entry.article.id
        yield from claim_lines(entry, options.house)


def _reviewed_claims(store: Store, refused: Refused, options: ExportOptions) -> Iterator[str]:
    for entry, page in _decided_entries(store, refused):
        review = claim_review(entry, page.text, options.house, url=options.page.replace("{id}", entry.claim.id))
        if isinstance(review, str):
            refused(entry.claim.id, review)
        else:
            # In a page it stands in a script element, which a "</script>" in somebody's words would end.
            yield json.dumps(hidden(review), ensure_ascii=False).replace("<", "\\u003c")


def _decided_entries(store: Store, refused: Refused) -> Iterator[tuple[Entry, Page]]:
    """The decided claims with their articles, in reading order."""
    page, of = Page(text=""), ""
    for row in store.each("SELECT * FROM current ORDER BY article, position, no"):
        reason = why_undecided(listed_claim(row))
        if reason:
            refused(row["claim"], reason)
            continue
        if row["article"] != of:
            page, of = article(store, row["article"]), row["article"]
        yield claim_entry(store, row["claim"]), page
    _refuse_superseded(store, refused)


def _refuse_superseded(store: Store, refused: Refused) -> None:
    """Name the claims that people decided on and that their article no longer makes."""
    for claim in decided_superseded(store):
        refused(claim, "superseded: its article no longer makes this claim")


def _cell(value: object) -> object:
    if isinstance(value, list):
        value = ", ".join(map(str, value))
    return not_run(value)


def _csv_line(values: Any) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="").writerow(values)
    return buffer.getvalue()


FORMATS: Mapping[str, ExportFormat] = {
    "csv": ExportFormat(lines=as_csv, undecided=True),
    "jsonl": ExportFormat(lines=jsonl, undecided=True),
    "claimreview": ExportFormat(lines=claim_reviews),
    "markdown": ExportFormat(lines=as_markdown),
    "webannotation": ExportFormat(lines=web_annotations),
    "corrections": ExportFormat(lines=corrected),
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
