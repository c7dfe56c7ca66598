"""A panel of judges, and the rule that combines their answers.

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
from enum import StrEnum
from typing import TYPE_CHECKING

from claims.errors import ModelError
from claims.records import Probabilities

if TYPE_CHECKING:
    from claims.verification.judges.judge import Judge

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
        return next((one for one in answers if sure(one)), answers[0])
    supported, refuted = sorted(one.supported for one in answers), sorted(one.refuted for one in answers)
    place = 0 if rule is Rule.AGREE else (len(answers) - 1) // 2
    return Probabilities(supported=supported[place], refuted=min(refuted[place], 1 - supported[place]))


def sure(answer: Probabilities) -> bool:
    """Whether one of the three answers is probable enough that no other judge need be asked."""
    return max(answer.supported, answer.refuted, 1 - answer.supported - answer.refuted) >= SURE
