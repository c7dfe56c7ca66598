"""A short account of checks: the claims of an article that need review, and a summary of many articles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from claims.glossary import LABELS, shown_confidence
from claims.privacy import hide
from claims.records import Check, Label, OutletDirectory
from flows.show.text import ID_LENGTH, clean, counted, short
from flows.show.wording import totals, who_and_where, word

_LONGEST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceOutcome:
    """What came of one SOURCE: its check with the claims that need review, or why it could not be read."""

    source: str
    check: Check | None = None
    waiting: Mapping[str, str] | None = None
    error: str = ""

    @property
    def review(self) -> int:
        """How many claims need review."""
        return len(self.waiting or ())


def brief_lines(
    outcome: SourceOutcome, *, outlets: OutletDirectory | None = None, scale: Mapping[str, str] | None = None
) -> Iterator[str]:
    """An article in short: its title and totals, then the claims that need review, the most urgent first."""
    check, waiting = outcome.check, outcome.waiting or {}
    if check is None:
        return
    verdicts, claims = check.verdict_of, {claim.id: claim for claim in check.extraction.claims}
    yield clean(check.article.title or check.article.url or outcome.source)
    yield f"  {totals(check, waiting)}"
    for claim_id, why in waiting.items():
        claim, verdict = claims[claim_id], verdicts[claim_id]
        share = shown_confidence(verdict.label, verdict.confidence)
        below = who_and_where(claim, verdict, outlets, "  ")
        yield f"  {claim_id[:ID_LENGTH]}  {word(verdict.label, scale):<16}  {share:>5}  {below}".rstrip()
        yield f"            {short(claim.statement, _LONGEST)}"
        yield f"            ({clean(why)})"
    yield ""


def summary_lines(outcomes: Sequence[SourceOutcome], skipped: int = 0) -> Iterator[str]:
    """Many articles: how many were checked, then each, those with problems first."""
    checked = [outcome for outcome in outcomes if outcome.check is not None]
    unread = [outcome for outcome in outcomes if outcome.check is None]
    review = sum(outcome.review for outcome in checked)
    labels = Counter(verdict.label for outcome in checked if outcome.check for verdict in outcome.check.verdicts)
    parts = [
        f"{counted(len(checked), 'article')} checked",
        f"{len(unread)} could not be read" if unread else "",
        f"{skipped} checked before" if skipped else "",
    ]
    waiting = f"{review} need{'s' if review == 1 else ''} review"
    words = [f"{labels[label]} {term.count or term.word}" for label, term in LABELS.items() if labels[label]]
    yield ", ".join(filter(None, parts))
    if words:
        yield f"{counted(labels.total(), 'claim')}: {', '.join(words)}; {waiting}"
    yield from (f"  not read    {clean(hide(outcome.source))}" for outcome in unread)
    for outcome in sorted(checked, key=_troubles, reverse=True):
        assert outcome.check is not None  # noqa: S101  those were filtered
        title = short(outcome.check.article.title or outcome.source, 80)
        yield f"  {f'{outcome.review} review' if outcome.review else 'ok':<10}  {title}"


def _troubles(outcome: SourceOutcome) -> tuple[int, int]:
    """How many claims are contradicted, and how many need review."""
    verdicts = outcome.check.verdicts if outcome.check else ()
    return sum(verdict.label is Label.CONTRADICTED for verdict in verdicts), outcome.review
