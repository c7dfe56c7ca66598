"""The Judge protocol, and the judges by name.

A judge answers for (claim, passage) pairs how probable it is that the passage supports or refutes the claim;
what is left to 1 is "not enough information". Rules and aggregation are not a judge's business.
A judge that cannot say anything about a pair abstains: nought for both, which is no answer and never counts as one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from claims.errors import JudgeError, ModelError
from claims.records import Probabilities
from claims.verification.panel import Panel, members

ABSTAINED = Probabilities(supported=0.0, refuted=0.0)
# The kinds of judges, and whether a model's name follows the colon.
_KINDS = {"embedded": False, "lexical": False, "hub": True, "llm": True}


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
    the Hugging Face layout (a folder or a name), ``llm:NAME`` asks through the ``llm`` library;
    ``RULE(JUDGE, JUDGE)`` is a panel of them (see ``panel.py``).

    Raises:
        ModelError: the name is not known, or what it needs is not there; the message says what to do.
    """
    panel = members(name)
    if panel is not None:
        return Panel(panel[0], [load_judge(one) for one in panel[1]])
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
    raise ModelError(f"judge {name!r} is not known; use embedded, lexical, hub:NAME, llm:NAME or a panel of them")


def attempt(judge: Judge, pairs: Sequence[tuple[str, str]]) -> list[Probabilities] | str:
    """The answers as ``ask`` gives them, or in one line why there are none: what a panel says of a failing member."""
    try:
        return ask(judge, pairs)
    except (ModelError, JudgeError) as failed:
        return str(failed)


def costs(judge: Judge) -> list[str]:
    """One line for each judge (of a panel: for each member) that has cost something so far: questions, tokens, time."""
    seated = judge.members if isinstance(judge, Panel) else (judge,)
    return [f"{one.name}: {usage}" for one in seated if (usage := getattr(one, "usage", None))]


def rows_at_once(judge: Judge, most: int) -> int:
    """How many rows are best judged together: ``most``, or one where a judge has a question for each claim anyway."""
    seated = judge.members if isinstance(judge, Panel) else (judge,)
    return min([most, *(getattr(one, "rows_at_once", most) for one in seated)])


def check_name(name: str) -> None:
    """Whether ``name`` is well formed where it names a panel; that its judges can be had, ``load_judge`` finds.

    Raises:
        ModelError: it is a panel with an unknown rule or judge, or with fewer than two of them.
    """
    panel = members(name)
    for one in panel[1] if panel else ():
        kind, _, model = one.partition(":")
        if kind not in _KINDS or bool(model) is not _KINDS[kind]:
            raise _unknown(one)


def _unknown(name: str) -> ModelError:
    return ModelError(f"judge {name!r} is not known; use embedded, lexical, hub:NAME, llm:NAME or a panel of them")


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
