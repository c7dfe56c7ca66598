"""A short account of checks: the claims of an article that need review, and a summary of many articles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from claims.glossary import LABELS, shown_confidence
from claims.privacy import hide
from claims.records import Check, Label, OutletDirectory
from flows.show.text import ID_LENGTH, clean, counted, short
from flows.show.wording import totals, who_and_where, word

_LONGEST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceOutcome:
    """What came of one SOURCE, without the check itself, which takes much memory.

    ``labels`` counts the verdicts by label, ``review`` the claims that need review; ``unread`` says that the article
    could not be read.
    """

    source: str
    title: str = ""
    labels: Counter[Label] = field(default_factory=Counter)
    review: int = 0
    unread: bool = False


def outcome_of(source: str, check: Check, waiting: Mapping[str, str]) -> SourceOutcome:
    """What came of a check; ``waiting`` are the claims that need review."""
    labels = Counter(verdict.label for verdict in check.verdicts)
    return SourceOutcome(source=source, title=check.article.title or "", labels=labels, review=len(waiting))


def brief_lines(
    source: str,
    check: Check,
    waiting: Mapping[str, str],
    *,
    outlets: OutletDirectory | None = None,
    scale: Mapping[str, str] | None = None,
) -> Iterator[str]:
    """An article in short: its title and totals, then the claims that need review, the most urgent first."""
    verdicts, claims = check.verdict_of, {claim.id: claim for claim in check.extraction.claims}
    yield clean(check.article.title or check.article.url or source)
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
    checked = [outcome for outcome in outcomes if not outcome.unread]
    unread = [outcome for outcome in outcomes if outcome.unread]
    review = sum(outcome.review for outcome in checked)
    labels = sum((outcome.labels for outcome in checked), Counter[Label]())
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
        title = short(outcome.title or outcome.source, 80)
        yield f"  {f'{outcome.review} review' if outcome.review else 'ok':<10}  {title}"


def _troubles(outcome: SourceOutcome) -> tuple[int, int]:
    """How many claims are contradicted, and how many need review."""
    return outcome.labels[Label.CONTRADICTED], outcome.review
