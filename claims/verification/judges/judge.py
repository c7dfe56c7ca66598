"""The Judge protocol, and the function that asks a judge.

A judge answers for (claim, passage) pairs how probable it is that the passage supports or refutes the claim;
what is left to 1 is "not enough information". Rules and aggregation are not a judge's business.
A judge that cannot say anything about a pair abstains: nought for both, which is no answer and never counts as one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from claims.errors import JudgeError, ModelError
from claims.records import Probabilities

ABSTAINED = Probabilities(supported=0.0, refuted=0.0)


class Judge(Protocol):
    """Whatever judges pairs: ``name`` and ``version`` go into every verdict."""

    @property
    def name(self) -> str:
        """What config.yaml calls it."""
        ...

    @property
    def version(self) -> str:
        """What exactly judged: it changes whenever the answers may."""
        ...

    def judge(self, pairs: Sequence[tuple[str, str]]) -> list[Probabilities]:
        """One answer for each (claim, passage) pair, in order."""
        ...


def attempt(judge: Judge, pairs: Sequence[tuple[str, str]]) -> list[Probabilities] | str:
    """The answers as ``ask`` gives them, or in one line why there are none: what a panel says of a failing member."""
    try:
        return ask(judge, pairs)
    except (ModelError, JudgeError) as failed:
        return str(failed)


def ask(judge: Judge, pairs: Sequence[tuple[str, str]]) -> list[Probabilities]:
    """The judge's answers, each distinct pair asked once, checked against what the protocol promises.

    Raises:
        JudgeError: the number of answers is wrong, or one of them is no probability.
    """
    distinct = list(dict.fromkeys(pairs))
    answers = judge.judge(distinct) if distinct else []
    if len(answers) != len(distinct):
        raise JudgeError(f"judge {judge.name} gave {len(answers)} answers to {len(distinct)} pairs")
    for answer in answers:
        low, total = min(answer.supported, answer.refuted), answer.supported + answer.refuted
        if not (low >= 0.0 and total <= 1.0 + 1e-6):
            raise JudgeError(f"judge {judge.name} answered {answer}, which are not probabilities")
    by_pair = dict(zip(distinct, answers, strict=True))
    return [by_pair[pair] for pair in pairs]
