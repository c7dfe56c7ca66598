"""The Judge protocol, and the judges by name.

A judge answers for (claim, passage) pairs how probable it is that the passage supports or refutes the claim;
what is left to 1 is "not enough information". Rules and aggregation are not a judge's business.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from claims.errors import JudgeError, ModelError
from claims.records import Probabilities


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


def load_judge(name: str) -> Judge:
    """The judge that config.yaml calls ``name``.

    ``embedded`` is the model that ships in this package, ``lexical`` needs no model, ``hub:NAME`` is a model of
    the Hugging Face layout (a folder or a name), ``llm:NAME`` asks through the ``llm`` library.

    Raises:
        ModelError: the name is not known, or what it needs is not there; the message says what to do.
    """
    kind, _, model = name.strip().partition(":")
    if kind == "lexical" and not model:
        from claims.verification.lexical import LexicalJudge  # noqa: PLC0415  the judges load what they need

        return LexicalJudge()
    if kind == "embedded" and not model:
        from claims.verification.entailment import embedded  # noqa: PLC0415  the model runtime is heavy

        return embedded()
    if kind == "hub" and model:
        from claims.verification.hub import HubJudge  # noqa: PLC0415  as above

        return HubJudge(model)
    if kind == "llm" and model:
        from claims.verification.consult import LlmJudge  # noqa: PLC0415  as above

        return LlmJudge(model)
    raise ModelError(f"judge {name!r} is not known; use embedded, lexical, hub:NAME or llm:NAME")


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
            raise JudgeError(f"judge {judge.name} answered {answer}, which are no probabilities")
    by_pair = dict(zip(distinct, answers, strict=True))
    return [by_pair[pair] for pair in pairs]
