"""Which passages of a verdict decide on it."""

from __future__ import annotations

from collections.abc import Mapping

from claims.records import Evidence, Label, Stance, Verdict

# The stance that decides under each label; under the others no passage does, and the nearest one is shown.
_DECIDES: Mapping[Label, Stance] = {
    Label.SUPPORTED: Stance.SUPPORTS,
    Label.PARTLY_SUPPORTED: Stance.SUPPORTS,
    Label.CONTRADICTED: Stance.REFUTES,
}


def deciding(verdict: Verdict) -> tuple[Evidence, ...]:
    """The passages that decide: one of each side where sources conflict, else the best of the fitting stance.

    Where no passage decides (the source does not speak of it), the nearest one, if there is any.
    """
    if verdict.label is Label.CONFLICTING:
        return (*_best(verdict, Stance.SUPPORTS), *_best(verdict, Stance.REFUTES))
    wanted = _DECIDES.get(verdict.label)
    return (_best(verdict, wanted) if wanted is not None else ()) or _best(verdict, None)


def _best(verdict: Verdict, stance: Stance | None) -> tuple[Evidence, ...]:
    fitting = [evidence for evidence in verdict.evidence if stance in (None, evidence.stance)]
    return (max(fitting, key=lambda evidence: evidence.score),) if fitting else ()
