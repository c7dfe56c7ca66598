"""A short account of checks: the claims of an article that need review, and a summary of many articles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from claims.display.text import ID_LENGTH, clean, counted, short
from claims.display.wording import label_counts, review_count, totals, who_and_where, word
from claims.glossary import shown_confidence
from claims.privacy import hide
from claims.records import Check, Label, OutletDirectory
from flows.show.advice import NOTHING_READ, nothing_read

_LONGEST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceOutcome:
    """What came of one SOURCE, without the check itself, which takes much memory.

    ``labels`` counts the verdicts by label, ``review`` the claims that need review; ``sourceless`` says that no source
    of the article could be read, ``unread`` that the article itself could not be.
    """

    source: str
    title: str = ""
    labels: Counter[Label] = field(default_factory=Counter)
    review: int = 0
    sourceless: bool = False
    unread: bool = False


def outcome_of(source: str, check: Check, waiting: Mapping[str, str]) -> SourceOutcome:
    """What came of a check; ``waiting`` are the claims that need review."""
    return SourceOutcome(
        source=source,
        title=check.article.title or "",
        labels=Counter(verdict.label for verdict in check.verdicts),
        review=len(waiting),
        sourceless=nothing_read(check),
    )


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
    checked = [outcome for outcome in outcomes if not outcome.unread]
    unread = [outcome for outcome in outcomes if outcome.unread]
    labels = sum((outcome.labels for outcome in checked), Counter[Label]())
    parts = [
        f"{counted(len(checked), 'article')} checked",
        f"{len(unread)} could not be read" if unread else "",
        f"{skipped} checked before" if skipped else "",
    ]
    yield ", ".join(filter(None, parts))
    if labels:
        review = review_count(sum(outcome.review for outcome in checked))
        yield f"{counted(labels.total(), 'claim')}: {label_counts(labels.elements())}; {review}"
    rows = [("not read", clean(hide(outcome.source))) for outcome in unread]
    worst_first = sorted(checked, key=_troubles, reverse=True)
    rows += [(_outcome_words(outcome), short(outcome.title or outcome.source, 80)) for outcome in worst_first]
    width = max((len(words) for words, _ in rows), default=0)
    yield from (f"  {words:<{width}}  {about}" for words, about in rows)


def _outcome_words(outcome: SourceOutcome) -> str:
    """The state of an article in a few words: "1 contradicted, 3 review", "no source read", "ok"."""
    states = (
        label_counts([Label.CONTRADICTED] * outcome.labels[Label.CONTRADICTED]),
        f"{outcome.review} review" if outcome.review else "",
        NOTHING_READ if outcome.sourceless else "",
    )
    return ", ".join(filter(None, states)) or "ok"


def _troubles(outcome: SourceOutcome) -> tuple[int, int, bool]:
    """How many claims are contradicted, how many need review, and whether no source could be read."""
    return outcome.labels[Label.CONTRADICTED], outcome.review, outcome.sourceless
