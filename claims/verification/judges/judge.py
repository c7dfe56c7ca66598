"""The Judge protocol, and the function that asks a judge.

A judge answers for (claim, passage) pairs how probable it is that the passage supports or refutes the claim;
the rest up to 1 is "not enough information". A judge does not apply rules or aggregate answers.
A judge that cannot answer for a pair abstains with zero for both, which is never counted as an answer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from claims.errors import JudgeError, ModelError
from claims.records import Probabilities

Found = TypeVar("Found")
ABSTAINED = Probabilities(supported=0.0, refuted=0.0)


class Judge(Protocol):
    """Judges (claim, passage) pairs; ``name`` and ``version`` are recorded in every verdict."""

    @property
    def name(self) -> str:
        """The judge's name in config.yaml."""
        ...

    @property
    def version(self) -> str:
        """The exact version of the judge; it changes whenever the answers may change."""
        ...

    def judge(self, pairs: Sequence[tuple[str, str]]) -> list[Probabilities]:
        """One answer for each (claim, passage) pair, in order."""
        ...


def attempt(work: Callable[[], Found]) -> Found | str:
    """What ``work`` finds out, or a judge's error message as one line, which a panel reports for the member."""
    try:
        return work()
    except (ModelError, JudgeError) as failed:
        return str(failed)


def ask(judge: Judge, pairs: Sequence[tuple[str, str]]) -> list[Probabilities]:
    """Ask the judge once for each distinct pair, and check the answers against the protocol.

    Raises:
        JudgeError: the number of answers is wrong, or one of them is not a probability.
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
