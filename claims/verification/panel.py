"""A panel of judges: who sits on it, and by which rule their views become one.

A panel is written ``RULE(JUDGE, JUDGE, ...)``. Each member is asked by itself, with its own calibration, and comes to
a verdict of its own; the rule joins the verdicts:

- ``agree``: a label that all members give; where they differ, the most careful one, and a person looks;
- ``majority``: the label of more than half of all members; without one as above;
- ``first``: the first member that is sure; the next is asked only where those before it were not.

A member that fails or abstains is named. It counts for no label, and stays in the number that must agree.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from claims.errors import ModelError
from claims.records import Evidence, Label, Probabilities, Verdict

if TYPE_CHECKING:
    from claims.verification.judge import Judge

_WRITTEN = re.compile(r"\s*(?P<rule>\w+)\s*\((?P<members>.*)\)\s*", re.S)
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
_EXHIBITS = 6
# Where no verdict says whether a member is sure: an answer of which nothing is this probable is not.
SURE = 0.8


class Rule(StrEnum):
    """How a panel comes to one answer."""

    AGREE = "agree"
    MAJORITY = "majority"
    FIRST = "first"


class Panel:
    """Several judges under one rule, itself a judge: ``members`` are asked in their order."""

    def __init__(self, rule: Rule, members: Sequence[Judge]) -> None:
        self.rule, self.members = rule, tuple(members)
        self.name = f"{rule}({', '.join(member.name for member in members)})"
        self.version = ", ".join(member.version for member in members)

    def judge(self, pairs: Sequence[tuple[str, str]]) -> list[Probabilities]:
        """One answer for each (claim, passage) pair, in order, where only the pair counts and no verdict is made.

        What the members agree on is what the least sure of them says; a majority is the middle answer.
        """
        answers = [member.judge(pairs) for member in self.members]
        return [_joined(self.rule, row) for row in zip(*answers, strict=True)]


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
            return f"{self.judge}: no view ({self.silent})"
        flag = "" if self.sure else ", unsure"
        return f"{self.judge}: {_words(self.verdict.label)} ({self.verdict.confidence:.0%}{flag})"


def members(name: str) -> tuple[Rule, tuple[str, ...]] | None:
    """The rule and the members of a panel as it is written, or None where ``name`` is no panel.

    Raises:
        ModelError: the rule is not known, or the members are fewer than two, doubled, or panels themselves.
    """
    written = _WRITTEN.fullmatch(name)
    if written is None:
        return None
    names = tuple(part.strip() for part in written["members"].split(","))
    if written["rule"] not in set(Rule):
        raise ModelError(f"judge {name!r}: rule {written['rule']!r} is not known; use {', '.join(Rule)}")
    if len(names) < 2 or not all(names):
        raise ModelError(f"judge {name!r}: a panel needs two judges or more, as in agree(embedded, lexical)")
    if len(set(names)) < len(names):
        raise ModelError(f"judge {name!r}: a judge sits on a panel once")
    if any(_WRITTEN.fullmatch(part) or "(" in part.partition(":")[0] for part in names):
        raise ModelError(f"judge {name!r}: a panel cannot sit on a panel")
    return Rule(written["rule"]), names


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
        evidence=_exhibits(lead, opinions),
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
        mine = [one for one in views if _label(one) is label]
        return min(mine, key=_confident), sum(one.sure for one in mine) >= needed
    return max(views, key=lambda one: (_CAREFUL.index(_label(one)), _confident(one))), False


def _commonest(views: Sequence[Opinion]) -> tuple[Label, int]:
    labels = [_label(one) for one in views]
    label = max(labels, key=labels.count)
    return label, labels.count(label)


def _label(one: Opinion) -> Label:
    assert one.verdict is not None  # noqa: S101  asked only of opinions that count
    return one.verdict.label


def _confident(one: Opinion) -> float:
    return one.verdict.confidence if one.verdict is not None else 0.0


def _confidence(rule: Rule, lead: Opinion, opinions: Sequence[Opinion], *, held: bool) -> float:
    """That of the leading member; where members say something else, no more than that they are wrong."""
    against = [one for one in opinions if one.counts and _label(one) is not _label(lead)]
    if rule is Rule.FIRST or held or not against:
        return _confident(lead)
    return round(min(_confident(lead), max(1 - _confident(one) for one in against), 0.5), 3)


def _exhibits(lead: Opinion, opinions: Sequence[Opinion]) -> tuple[Evidence, ...]:
    """The leading member's evidence, then the deciding passage of each that says something else."""
    found: dict[tuple[object, ...], Evidence] = {}
    others = [one.verdict.evidence[:1] for one in opinions if one.verdict is not None and one.counts]
    for exhibit in (*(lead.verdict.evidence if lead.verdict else ()), *(one for some in others for one in some)):
        passage = exhibit.passage
        found.setdefault((passage.capture, passage.url, passage.span, exhibit.stance), exhibit)
    return tuple(found.values())[:_EXHIBITS]


def _joined(rule: Rule, answers: Sequence[Probabilities]) -> Probabilities:
    if rule is Rule.FIRST:
        return next((one for one in answers if sure(one)), answers[0])
    supported, refuted = sorted(one.supported for one in answers), sorted(one.refuted for one in answers)
    place = 0 if rule is Rule.AGREE else (len(answers) - 1) // 2
    return Probabilities(supported=supported[place], refuted=min(refuted[place], 1 - supported[place]))


def sure(answer: Probabilities) -> bool:
    """Whether one of the three answers is probable enough that no other judge need be asked."""
    return max(answer.supported, answer.refuted, 1 - answer.supported - answer.refuted) >= SURE


def _words(label: Label) -> str:
    return label.value.replace("_", " ")
