"""Combines the verdicts of a panel's judges."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeAlias

from claims.glossary import per_cent
from claims.records import Evidence, Label, Verdict
from claims.verification.judges.panel import Joined, Opinion, Panel, Rule, join_opinions
from claims.verification.verdict.stamp import exhibits

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
_Opinion: TypeAlias = "Opinion[Verdict]"


def settle(panel: Panel, opinions: Sequence[_Opinion]) -> Verdict:
    """The panel's verdict on one claim, from the opinions of the members that were asked; one has a verdict at least.

    The rationale is that of the member that leads, followed by every member's view.
    """
    joined = join_opinions(panel, opinions, _CAREFUL)
    verdict = joined.lead.answer
    assert verdict is not None  # noqa: S101  the opinion that leads has a verdict
    minutes = "; ".join(map(_opinion_words, opinions))
    return replace(
        verdict,
        needs_review=not joined.held,
        confidence=_confidence(panel.rule, joined, opinions),
        rationale=f"{verdict.rationale} The panel ({panel.rule}): {minutes}.",
        judge=f"{panel.name} {panel.version}",
        evidence=_panel_exhibits(verdict, opinions),
    )


def _opinion_words(opinion: _Opinion) -> str:
    """A member's view in a few words."""
    if not opinion.counts:
        return f"{opinion.judge}: no answer ({opinion.silent})"
    flag = "" if opinion.sure else ", unsure"
    return f"{opinion.judge}: {opinion.label.replace('_', ' ')} ({per_cent(opinion.confidence)}{flag})"


def _confidence(rule: Rule, joined: Joined[Verdict], opinions: Sequence[_Opinion]) -> float:
    """That of the leading member; where members say something else, no more than that they are wrong."""
    lead = joined.lead
    against = [opinion for opinion in opinions if opinion.counts and opinion.label != lead.label]
    if rule is Rule.FIRST or joined.held or not against:
        return lead.confidence
    return round(min(lead.confidence, max(1 - opinion.confidence for opinion in against), 0.5), 3)


def _panel_exhibits(verdict: Verdict, opinions: Sequence[_Opinion]) -> tuple[Evidence, ...]:
    """The leading member's evidence, then the deciding passage of each that says something else."""
    others = [opinion.answer.evidence[:1] for opinion in opinions if opinion.answer is not None and opinion.counts]
    return exhibits((*verdict.evidence, *(exhibit for some in others for exhibit in some)))
