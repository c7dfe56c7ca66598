"""A panel of judges, and the rule that combines their answers.

A panel is written ``RULE(JUDGE, JUDGE, ...)``. Each member is asked separately, with its own calibration, and gives
its own verdict; the rule combines the verdicts:

- ``agree``: a label that all members give; if they differ, the most cautious one, flagged for review;
- ``majority``: the label of more than half of all members; without a majority, as above;
- ``first``: the first member that is sure; the next is asked only if those before it were not.

A member that fails or abstains is named. It supports no label, but still counts in the number that must agree.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import Generic, TypeVar

from claims.errors import JudgeError, ModelError
from claims.records import Probabilities
from claims.verification.judges.judge import Judge, attempt

Item = TypeVar("Item")
Answer = TypeVar("Answer")
Given = TypeVar("Given")

_WRITTEN = re.compile(r"\s*(?P<rule>\w+)\s*\((?P<members>.*)\)\s*", re.S)
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
        return [_joined_answers(self.rule, row) for row in zip(*answers, strict=True)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion(Generic[Answer]):
    """What one member of a panel makes of a claim: its answer, the label of it, and how probable that label is.

    ``silent`` says why it does not count: the member failed (there is no answer then) or abstained. ``sure`` is an
    opinion that counts and that nobody need look at.
    """

    judge: str
    answer: Answer | None = None
    label: str = ""
    confidence: float = 0.0
    sure: bool = False
    silent: str = ""

    @property
    def counts(self) -> bool:
        """Whether the member has a view."""
        return self.answer is not None and not self.silent


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined(Generic[Answer]):
    """The opinions of a panel on one claim, joined by its rule.

    ``lead`` is the opinion that speaks for the panel; ``agreed`` says whether the rule gives its label, ``held``
    whether it does so by members that are sure, so that no person need look.
    """

    lead: Opinion[Answer]
    agreed: bool
    held: bool


def opinion(
    member: Judge, answer: Answer, label: str, confidence: float, *, sure: bool, abstained: bool
) -> Opinion[Answer]:
    """A member's opinion; one that ``abstained`` has an answer that does not count."""
    silent = "it abstained" if abstained else ""
    return Opinion(
        judge=f"{member.name} {member.version}",
        answer=answer,
        label=label,
        confidence=confidence,
        sure=sure and not abstained,
        silent=silent,
    )


def consult(
    panel: Panel,
    items: Sequence[Item],
    ask_all: Callable[[Judge, Sequence[Item]], Sequence[Given]],
    answered: Callable[[Judge, Item, Given], Opinion[Answer]],
) -> list[list[Opinion[Answer]]]:
    """The members' opinions on each item, in the members' order.

    ``ask_all`` puts items to a judge and has something for each; ``answered`` makes an opinion of that.
    Under ``first`` a member is asked only about items of which none before it is sure.

    Raises:
        JudgeError: no member answered one of the items.
    """
    opinions: list[list[Opinion[Answer]]] = [[] for _ in items]
    for member in panel.members:
        places = [
            place
            for place, so_far in enumerate(opinions)
            if panel.rule is not Rule.FIRST or not any(view.sure for view in so_far)
        ]
        replies = attempt(partial(ask_all, member, [items[place] for place in places]))
        if isinstance(replies, str):
            failed: Opinion[Answer] = Opinion(judge=f"{member.name} {member.version}", silent=replies)
            for place in places:
                opinions[place].append(failed)
            continue
        for place, reply in zip(places, replies, strict=True):
            opinions[place].append(answered(member, items[place], reply))
    for views in opinions:
        if all(view.answer is None for view in views):
            reasons = "; ".join(f"{view.judge}: {view.silent}" for view in views)
            raise JudgeError(f"no judge of {panel.name} answered: {reasons}")
    return opinions


def join_opinions(panel: Panel, opinions: Sequence[Opinion[Answer]], careful: Sequence[str]) -> Joined[Answer]:
    """The opinions on one claim joined by the panel's rule; one of them has an answer at least.

    ``careful`` are the labels from the least to the most careful: where members differ, the most careful label leads.
    """
    views = [view for view in opinions if view.counts]
    if not views:
        return Joined(lead=next(view for view in opinions if view.answer is not None), agreed=False, held=False)
    if panel.rule is Rule.FIRST:
        sure_one = next((view for view in views if view.sure), None)
        return Joined(lead=sure_one or views[0], agreed=True, held=sure_one is not None)
    labels = [view.label for view in views]
    commonest = max(labels, key=labels.count)
    same = [view for view in views if view.label == commonest]
    needed = len(panel.members) if panel.rule is Rule.AGREE else len(panel.members) // 2 + 1
    if len(same) >= needed or len(same) == len(views):
        # Where the others had no view, the label stays and a person looks.
        lead = min(same, key=lambda view: view.confidence)
        return Joined(lead=lead, agreed=len(same) >= needed, held=sum(view.sure for view in same) >= needed)
    lead = max(views, key=lambda view: (careful.index(view.label), view.confidence))
    return Joined(lead=lead, agreed=False, held=False)


def members(name: str) -> tuple[Rule, tuple[str, ...]] | None:
    """The rule and the members of a panel as it is written, or None if ``name`` is no panel.

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
        raise ModelError(f"judge {name!r}: a panel needs at least two judges, as in agree(embedded, lexical)")
    if len(set(names)) < len(names):
        raise ModelError(f"judge {name!r}: a panel may contain a judge only once")
    if any(_WRITTEN.fullmatch(part) or "(" in part.partition(":")[0] for part in names):
        raise ModelError(f"judge {name!r}: a panel cannot contain another panel")
    return Rule(written["rule"]), names


def _joined_answers(rule: Rule, answers: Sequence[Probabilities]) -> Probabilities:
    if rule is Rule.FIRST:
        return next((answer for answer in answers if sure(answer)), answers[0])
    supported, refuted = sorted(answer.supported for answer in answers), sorted(answer.refuted for answer in answers)
    place = 0 if rule is Rule.AGREE else (len(answers) - 1) // 2
    return Probabilities(supported=supported[place], refuted=min(refuted[place], 1 - supported[place]))


def sure(answer: Probabilities) -> bool:
    """Whether one of the three answers is probable enough that no other judge need be asked."""
    return max(answer.supported, answer.refuted, 1 - answer.supported - answer.refuted) >= SURE
