"""A short account of checks: the claims of an article that need review, and a summary of many articles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from claims.glossary import shown_confidence
from claims.privacy import hide
from claims.records import Check, Label, OutletDirectory
from flows.show.advice import NOTHING_READ, nothing_read
from flows.show.text import ID_LENGTH, clean, counted, short
from flows.show.wording import label_counts, review_count, totals, who_and_where, word

_LONGEST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceOutcome:
    """What came of one SOURCE: its check, if it could be read, with the claims that need review."""

    source: str
    check: Check | None = None
    waiting: Mapping[str, str] | None = None

    @property
    def review(self) -> int:
        """How many claims need review."""
        return len(self.waiting or ())


def brief_lines(
    check: Check,
    waiting: Mapping[str, str],
    *,
    outlets: OutletDirectory | None = None,
    scale: Mapping[str, str] | None = None,
) -> Iterator[str]:
    """An article in short: its title and totals, then the claims that need review, the most urgent first."""
    verdicts, claims = check.verdict_of, {claim.id: claim for claim in check.extraction.claims}
    yield clean(check.article.title or check.article.url or check.article.id)
    yield f"  {totals(check, waiting)}"
    if nothing_read(check):
        yield f"  {NOTHING_READ}"
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
    checked = [(outcome, outcome.check) for outcome in outcomes if outcome.check is not None]
    unread = [outcome for outcome in outcomes if outcome.check is None]
    verdicts = [verdict for _, check in checked for verdict in check.verdicts]
    parts = [
        f"{counted(len(checked), 'article')} checked",
        f"{len(unread)} could not be read" if unread else "",
        f"{skipped} checked before" if skipped else "",
    ]
    yield ", ".join(filter(None, parts))
    if verdicts:
        review = review_count(sum(outcome.review for outcome, _ in checked))
        yield f"{counted(len(verdicts), 'claim')}: {label_counts(verdicts)}; {review}"
    yield from (f"  not read    {clean(hide(outcome.source))}" for outcome in unread)
    for outcome, check in sorted(checked, key=lambda pair: _troubles(*pair), reverse=True):
        yield f"  {_outcome_words(outcome, check):<10}  {short(check.article.title or outcome.source, 80)}"


def _outcome_words(outcome: SourceOutcome, check: Check) -> str:
    """The state of an article in a word or two: "3 review", "no source read", "ok"."""
    states = (f"{outcome.review} review" if outcome.review else "", NOTHING_READ if nothing_read(check) else "")
    return ", ".join(filter(None, states)) or "ok"


def _troubles(outcome: SourceOutcome, check: Check) -> tuple[int, int, bool]:
    """How many claims are contradicted, how many need review, and whether no source could be read."""
    contradicted = sum(verdict.label is Label.CONTRADICTED for verdict in check.verdicts)
    return contradicted, outcome.review, nothing_read(check)
