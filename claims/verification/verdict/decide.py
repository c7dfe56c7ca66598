"""Combines the answers of pages into one verdict with label, confidence, evidence and review flag. Pure.

The questions are answered in this order: whether the claim can be checked; what the cited pages say; whether they
agree; whether a cited page could not be read; and only then what the other available pages say.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from claims.records import (
    Basis,
    Claim,
    Label,
    QuoteGrade,
    Reading,
    Reason,
)
from claims.verification.verdict import rationale
from claims.verification.verdict.independence import count_origins, tie
from claims.verification.weighing.page_view import Outcome, View
from claims.verification.weighing.unsaid import NOTHING_MARKED, Unsaid, common
from claims.verification.weighing.weigh import ABOUT

_LABELS = {
    Outcome.SUPPORTS: Label.SUPPORTED,
    Outcome.PARTLY: Label.PARTLY_SUPPORTED,
    Outcome.REFUTES: Label.CONTRADICTED,
    Outcome.MISATTRIBUTES: Label.MISATTRIBUTED,
}
_OPPOSITE = {Outcome.SUPPORTS: Outcome.REFUTES, Outcome.REFUTES: Outcome.SUPPORTS}
# Of pages that do not disagree, the one that says most speaks for all.
_ORDER = (Outcome.SUPPORTS, Outcome.REFUTES, Outcome.MISATTRIBUTES, Outcome.PARTLY)
# A page with this share of the claim's words that is called silent may say it in others: a person looks.
_CLOSE, _CLOSE_COUNTED = 0.4, 0.3
# A page that the claim does not cite is heard against it with this share of its words.
_FULL = 0.7
# So many independent pages contradict a claim that cites none; a single one only has it looked at, at this confidence.
_SEVERAL, _FLAGGED = 2, 0.5
# That a source could not be read, or that an article names none, is seen and not judged.
_SEEN = 0.95


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftVerdict:
    """A label with its reasons, before it is stamped with run, judge and time.

    ``unsaid`` are the words that none of the sources behind it seems to say.
    """

    label: Label
    confidence: float
    rationale: str
    needs_review: bool = False
    basis: Basis | None = None
    reason: str | None = None
    views: tuple[View, ...] = ()
    unsaid: Unsaid = NOTHING_MARKED


def draft_verdict(
    claim: Claim,
    cited: Sequence[View],
    unread: Sequence[Reading],
    others: Sequence[View],
    *,
    cites: bool,
    itself: Sequence[Reading] = (),
) -> DraftVerdict:
    """The decision for one claim.

    ``cited`` are the cited pages that were read, ``unread`` the cited sources that were not, ``others`` the other
    pages at hand; ``cites`` says whether the article names a source for it at all, ``itself`` which of these have the
    article's own text.
    """
    if not claim.checkable:
        return _not_checkable(claim)
    if not cites:
        return _uncited(others, itself)
    speaking = [view for view in cited if view.outcome is not Outcome.SILENT]
    if speaking:
        return _spoken(speaking, others, Basis.CITED)
    missing = [*_unread_sources(unread), *_partly_read(cited)]
    if not cited and not missing:
        missing = [("The cited source", Reason.UNRESOLVED, "")]
    if missing:
        return _unavailable(missing, [view for view in cited if not _is_partial(view)], others)
    return _silent(cited, others)


def _not_checkable(claim: Claim) -> DraftVerdict:
    why = "; ".join(claim.reasons) or f"a {claim.kind.value} is not checkable"
    return DraftVerdict(
        label=Label.NOT_CHECKABLE,
        confidence=max(0.85, 1 - claim.checkworthiness / 2),
        rationale=f"Not checkable: {why}.",
        reason=claim.reasons[0] if claim.reasons else claim.kind.value,
    )


def _uncited(others: Sequence[View], itself: Sequence[Reading]) -> DraftVerdict:
    speaking = [view for view in others if view.outcome is not Outcome.SILENT and view.covered >= ABOUT]
    # A page that the article does not cite for this may deny another matter: only a rule's clash counts.
    speaking = [view for view in speaking if view.outcome is not Outcome.REFUTES or view.ruled]
    if speaking and all(view.outcome is Outcome.REFUTES for view in speaking) and count_origins(speaking)[0] < _SEVERAL:
        return _denied_beside(speaking)
    if speaking:
        return _spoken(speaking, (), Basis.CORROBORATING)
    at_hand = "none of the other sources mentions it" if others else "no other source was read"
    return DraftVerdict(
        label=Label.NO_SOURCE,
        confidence=_SEEN if not others else min(0.9, *(view.probability for view in others if view.abstained), 1.0),
        rationale=f"{_no_citation(itself)}, and {at_hand}.",
        needs_review=any(view.abstained for view in others),
        views=tuple(_nearest_page(others)),
    )


def _no_citation(itself: Sequence[Reading]) -> str:
    if not itself:
        return "The article cites no source for this"
    named = rationale.named(itself[0].page, itself[0].source)
    return f"{named} has the article's own text and is no other source for this"


def _denied_beside(speaking: Sequence[View]) -> DraftVerdict:
    """A claim without a source that one page at hand denies: what that page speaks of may be another matter."""
    return DraftVerdict(
        label=Label.NO_SOURCE,
        confidence=_FLAGGED,
        rationale=f"The article cites no source for this. Another page: {rationale.of_view(speaking[0])}",
        needs_review=True,
        views=tuple(speaking),
    )


def _spoken(speaking: Sequence[View], others: Sequence[View], basis: Basis) -> DraftVerdict:
    """At least one page speaks of it: agreed, or in conflict with another page."""
    lead = min(speaking, key=lambda view: (_ORDER.index(view.outcome), -view.probability))
    against = _against(lead, speaking)
    if against is not None:
        # Sources that disagree are looked at anyway: why the clash may not be the last word need not be told.
        opposing = rationale.of_view(replace(against, doubts=()))
        return DraftVerdict(
            label=Label.CONFLICTING,
            confidence=min(lead.probability, against.probability),
            rationale=f"The sources disagree. {rationale.of_view(lead)} {opposing}",
            needs_review=True,
            basis=basis,
            views=(lead, against),
        )
    rest = tuple(view for view in speaking if view is not lead)
    # Two readings of one text do not make the sources disagree; why the judge reads them so, a person must see.
    unlike = [why for view in rest if view.outcome is _OPPOSITE.get(lead.outcome) and (why := _tie(lead, view))]
    denied = _denied_by_others(lead, others)
    notes = [*_agreeing_sources(lead, rest), *(f"{why}, but they were judged differently." for why in unlike), *denied]
    return DraftVerdict(
        label=_LABELS[lead.outcome],
        confidence=lead.probability,
        rationale=" ".join((rationale.of_view(lead), *notes)),
        needs_review=_doubtful(lead) or bool(unlike) or bool(denied),
        basis=basis,
        views=(lead, *rest),
        unsaid=NOTHING_MARKED if lead.outcome is Outcome.SUPPORTS else common(view.unsaid for view in speaking),
    )


def _agreeing_sources(lead: View, rest: Sequence[View]) -> Iterator[str]:
    """How many independent sources say the same, and which of them count as one."""
    alike = [view for view in rest if view.outcome is lead.outcome]
    count, ties = count_origins([lead, *alike])
    if count > 1:
        yield f"{count} independent sources say so."
    yield from (f"{why}; they count as one source." for why in ties)


def _against(lead: View, speaking: Sequence[View]) -> View | None:
    """The cited page that says the opposite of the leading one.

    It must be another source; a copy with another number or name in it is one.
    """
    opposite = _OPPOSITE.get(lead.outcome)
    cited = [view for view in speaking if view.outcome is opposite and (view.ruled or not _tie(lead, view))]
    return max(cited, key=lambda view: view.probability, default=None)


def _denied_by_others(lead: View, others: Sequence[View]) -> list[str]:
    """What a page that the claim does not cite says against the leading one: it is shown, and decides nothing."""
    opposite = _OPPOSITE.get(lead.outcome)
    beside = [view for view in others if view.outcome is opposite and view.ruled and view.covered >= _FULL]
    return [
        f"Another page, which the claim does not cite: {rationale.of_view(view)}"
        for view in sorted(beside, key=lambda view: -view.probability)[:1]
    ]


def _tie(lead: View, view: View) -> str | None:
    return tie(lead.reading, view.reading)


def _doubtful(view: View) -> bool:
    """Whether it needs review, however sure the judge: unnamed speakers, quotations not as they stand."""
    quote = view.judgment.quote if view.judgment else None
    unfaithful = quote is not None and quote.grade not in (QuoteGrade.VERBATIM, QuoteGrade.TRIVIAL_EDIT)
    alone = view.outcome is Outcome.REFUTES and not view.ruled
    return bool(view.doubts) or unfaithful or alone or view.outcome in (Outcome.MISATTRIBUTES, Outcome.PARTLY)


def _unread_sources(readings: Sequence[Reading]) -> list[tuple[str, Reason, str]]:
    return [
        (
            rationale.named(None, reading.source),
            reading.source.reason or Reason.UNRESOLVED,
            ", ".join(reading.unasked),
        )
        for reading in readings
    ]


def _is_partial(view: View) -> bool:
    return view.reading.page is not None and view.reading.page.partial is not None


def _partly_read(views: Sequence[View]) -> list[tuple[str, Reason, str]]:
    """Pages of which only a lead could be read: what they do not say may be in the unread rest."""
    return [
        (rationale.named(view.reading.page, view.reading.source), view.reading.page.partial, "")
        for view in views
        if view.reading.page is not None and view.reading.page.partial is not None
    ]


def _unavailable(
    missing: Sequence[tuple[str, Reason, str]], silent: Sequence[View], others: Sequence[View]
) -> DraftVerdict:
    read = " ".join(rationale.of_view(view) for view in silent)
    beside = _said_elsewhere(others)
    text = " ".join(filter(None, (rationale.unavailable(missing), read, beside)))
    return DraftVerdict(
        label=Label.SOURCE_UNAVAILABLE,
        confidence=_SEEN if not silent else 0.6,
        rationale=text,
        needs_review=bool(silent),
        basis=Basis.CITED,
        reason=missing[0][1].value,
        views=tuple(view for view in others if view.outcome is Outcome.SUPPORTS),
    )


def _silent(cited: Sequence[View], others: Sequence[View]) -> DraftVerdict:
    nearest = max(cited, key=lambda view: view.covered)
    text = " ".join(filter(None, (*(rationale.of_view(view) for view in cited), _said_elsewhere(others))))
    return DraftVerdict(
        label=Label.NOT_IN_SOURCE,
        confidence=min(view.probability for view in cited),
        rationale=text,
        needs_review=any(_close(view) or view.abstained or view.reworded or view.doubts for view in cited),
        basis=Basis.CITED,
        views=(nearest,),
        unsaid=common(view.unsaid for view in cited),
    )


def _close(view: View) -> bool:
    """Whether a page that is called silent has most of the words, or a number of the claim among some of them."""
    findings = view.judgment.quantities if view.judgment else ()
    counted = any(finding.agrees and finding.kind not in ("name", "date") for finding in findings)
    return view.covered >= (_CLOSE_COUNTED if counted else _CLOSE)


def _said_elsewhere(others: Sequence[View]) -> str:
    """A word on another page at hand that does say it; it never changes the label of a cited claim."""
    view = max(
        (view for view in others if view.outcome is Outcome.SUPPORTS),
        key=lambda view: view.probability,
        default=None,
    )
    return f"Another page says it: {rationale.named(view.reading.page, view.reading.source)}." if view else ""


def _nearest_page(views: Sequence[View]) -> list[View]:
    near = max(views, key=lambda view: view.covered, default=None)
    return [near] if near is not None and near.covered >= ABOUT else []
