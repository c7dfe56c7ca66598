"""Combines the verdicts of a panel's judges."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from claims.glossary import per_cent
from claims.records import Evidence, Label, Verdict
from claims.verification.judges.panel import Panel, Rule
from claims.verification.verdict.decide import exhibits

# From the least to the most careful: what a panel that does not agree falls back on is the last of its labels here.
_CAREFUL = (
    Label.SUPPORTED,
    Label.PARTLY_SUPPORTED,
    Label.NO_SOURCE,
    Label.NOT_IN_SOURCE,
    Label.SOURCE_UNAVAILABLE,
    Label.MISATTRIBUTED,
    Label.CONTRADICTED,
    Label.CONFLICTING,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """What one member made of a claim: its verdict, and why it does not count (it failed, or it abstained)."""

    judge: str
    verdict: Verdict | None
    silent: str = ""

    @property
    def counts(self) -> bool:
        """Whether the member has a view."""
        return self.verdict is not None and not self.silent

    @property
    def sure(self) -> bool:
        """Whether it has one that no person need look at."""
        return self.counts and self.verdict is not None and not self.verdict.needs_review

    def __str__(self) -> str:
        """The member's view in a few words."""
        if self.verdict is None or self.silent:
            return f"{self.judge}: no answer ({self.silent})"
        flag = "" if self.sure else ", unsure"
        return f"{self.judge}: {_label_words(self.verdict.label)} ({per_cent(self.verdict.confidence)}{flag})"


def settle(panel: Panel, opinions: Sequence[Opinion]) -> Verdict:
    """The panel's verdict on one claim, from the opinions of the members that were asked; one has a verdict at least.

    The rationale is that of the member that leads, followed by every member's view.
    """
    lead, held = _lead(panel, opinions)
    assert lead.verdict is not None  # noqa: S101  _lead chooses one that has
    minutes = "; ".join(map(str, opinions))
    return replace(
        lead.verdict,
        needs_review=not held,
        confidence=_confidence(panel.rule, lead, opinions, held=held),
        rationale=f"{lead.verdict.rationale} The panel ({panel.rule}): {minutes}.",
        judge=f"{panel.name} {panel.version}",
        evidence=_panel_exhibits(lead, opinions),
    )


def _lead(panel: Panel, opinions: Sequence[Opinion]) -> tuple[Opinion, bool]:
    """Whose verdict speaks for the panel, and whether the rule holds so that no person need look."""
    views = [one for one in opinions if one.counts]
    if not views:
        return next(one for one in opinions if one.verdict is not None), False
    if panel.rule is Rule.FIRST:
        sure = next((one for one in views if one.sure), None)
        return sure or views[0], sure is not None
    label, count = _commonest(views)
    needed = len(panel.members) if panel.rule is Rule.AGREE else len(panel.members) // 2 + 1
    if count >= needed or count == len(views):
        # Where the others had no view, the label stays and a person looks.
        mine = [one for one in views if _opinion_label(one) is label]
        return min(mine, key=_confident), sum(one.sure for one in mine) >= needed
    return max(views, key=lambda one: (_CAREFUL.index(_opinion_label(one)), _confident(one))), False


def _commonest(views: Sequence[Opinion]) -> tuple[Label, int]:
    labels = [_opinion_label(one) for one in views]
    label = max(labels, key=labels.count)
    return label, labels.count(label)


def _opinion_label(one: Opinion) -> Label:
    assert one.verdict is not None  # noqa: S101  asked only of opinions that count
    return one.verdict.label


def _confident(one: Opinion) -> float:
    return one.verdict.confidence if one.verdict is not None else 0.0


def _confidence(rule: Rule, lead: Opinion, opinions: Sequence[Opinion], *, held: bool) -> float:
    """That of the leading member; where members say something else, no more than that they are wrong."""
    against = [one for one in opinions if one.counts and _opinion_label(one) is not _opinion_label(lead)]
    if rule is Rule.FIRST or held or not against:
        return _confident(lead)
    return round(min(_confident(lead), max(1 - _confident(one) for one in against), 0.5), 3)


def _panel_exhibits(lead: Opinion, opinions: Sequence[Opinion]) -> tuple[Evidence, ...]:
    """The leading member's evidence, then the deciding passage of each that says something else."""
    others = [one.verdict.evidence[:1] for one in opinions if one.verdict is not None and one.counts]
    return exhibits((*(lead.verdict.evidence if lead.verdict else ()), *(one for some in others for one in some)))


def _label_words(label: Label) -> str:
    return label.value.replace("_", " ")
