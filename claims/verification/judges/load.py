"""Loads a judge by its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claims.errors import ModelError
from claims.records import LlmPolicy
from claims.verification.judges.judge import Judge
from claims.verification.judges.panel import Panel, members

if TYPE_CHECKING:
    from claims.verification.judges.llm_client import Usage
    from claims.verification.judges.llm_reader import LlmReader

NO_READER = "none"
_ALL_HERE = LlmPolicy()
# The judges that ship, and the kinds of which a model's name follows the colon.
_SHIPPED, _KINDS = ("embedded", "embedded:small", "lexical"), ("hub", "llm")


def load_judge(name: str, policy: LlmPolicy = _ALL_HERE) -> Judge:
    """The judge that config.yaml calls ``name``.

    ``embedded`` are the models that ship in this package, ``embedded:small`` is the smaller of them alone, ``lexical``
    needs no model, ``hub:NAME`` is a model of
    the Hugging Face layout (a folder or a name), ``llm:NAME`` asks through the ``llm`` library;
    ``RULE(JUDGE, JUDGE)`` is a panel of them (see ``panel.py``). ``policy`` says what language models may be sent.

    Raises:
        ModelError: the name is not known, or what it needs is not there; the message says what to do.
    """
    panel = members(name)
    if panel is not None:
        return Panel(panel[0], [load_judge(member, policy) for member in panel[1]])
    if name.strip() in _SHIPPED:
        return _shipped(name.strip())
    kind, _, model = name.strip().partition(":")
    if kind == "hub" and model:
        from claims.verification.judges.hub import HubJudge  # noqa: PLC0415  the judges load what they need

        return HubJudge(model)
    if kind == "llm" and model:
        from claims.verification.judges.language_model import LlmJudge  # noqa: PLC0415  as above

        return LlmJudge(model, policy=policy)
    raise _unknown(name)


def _shipped(name: str) -> Judge:
    if name == "lexical":
        from claims.verification.judges.lexical import LexicalJudge  # noqa: PLC0415  as above

        return LexicalJudge()
    from claims.verification.judges.embedded import embedded, small  # noqa: PLC0415  the model runtime is heavy

    return small() if name == "embedded:small" else embedded()


def load_reader(name: str, policy: LlmPolicy = _ALL_HERE) -> LlmReader | None:
    """The reader that config.yaml calls ``name``: ``llm:NAME`` asks through the ``llm`` library, ``none`` is none.

    Raises:
        ModelError: the name is not known, or what it needs is not there; the message says what to do.
    """
    check_reader(name)
    if name == NO_READER:
        return None
    from claims.verification.judges.llm_reader import LlmReader  # noqa: PLC0415  as above

    return LlmReader(name.partition(":")[2], policy=policy)


def check_reader(name: str) -> None:
    """Whether ``name`` is well formed; that the model can be had, ``load_reader`` finds. Raises ModelError."""
    kind, _, model = name.partition(":")
    if name != NO_READER and (kind != "llm" or not model):
        raise ModelError(f"reader {name!r} is not known; use none or llm:NAME")


def ships(name: str) -> bool:
    """Whether a judge, or each member of a panel, is one that comes with this package: small, and asked here."""
    panel = members(name)
    return all(member in _SHIPPED for member in (panel[1] if panel else (name.strip(),)))


def usages(judge: Judge) -> dict[str, Usage]:
    """What each judge (or member of a panel) that counts its cost has cost so far, by its name."""
    seated = judge.members if isinstance(judge, Panel) else (judge,)
    return {member.name: usage for member in seated if (usage := getattr(member, "usage", None))}


def costs(judge: Judge) -> list[str]:
    """One line with questions, tokens and time for each judge (or member of a panel) that counts its cost."""
    return [f"{name}: {usage}" for name, usage in usages(judge).items()]


def rows_at_once(judge: Judge, most: int) -> int:
    """The best number of rows to judge together: ``most``, or 1 if a judge asks one question per claim."""
    seated = judge.members if isinstance(judge, Panel) else (judge,)
    return min([most, *(getattr(member, "rows_at_once", most) for member in seated)])


def check_name(name: str) -> None:
    """Check the form of ``name`` if it names a panel; ``load_judge`` checks whether its judges are available.

    Raises:
        ModelError: it is a panel with an unknown rule or judge, or with fewer than two of them.
    """
    panel = members(name)
    for member in panel[1] if panel else ():
        kind, _, model = member.partition(":")
        if member not in _SHIPPED and not (kind in _KINDS and model):
            raise _unknown(member)


def _unknown(name: str) -> ModelError:
    return ModelError(f"judge {name!r} is not known; use {', '.join(_SHIPPED)}, hub:NAME, llm:NAME or a panel of them")
