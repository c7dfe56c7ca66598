"""The answer of a page to a claim, with the supporting passages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from claims.records import Evidence, Judgment, Reading, Stance
from claims.verification.evidence.passages import Window
from claims.verification.quotes.grading import is_title
from claims.verification.weighing.unsaid import NOTHING_MARKED, Unsaid
from claims.verification.weighing.weigh import Compared, Question, Weighed
from claims.verification.wording.afterwords import only_repeated
from claims.verification.wording.tails import set_beside

# Where a page starts to say it, to say a part of it, and to deny it.
SUPPORTS, PARTLY, REFUTES = 0.55, 0.35, 0.5
# A judge alone, without a rule beside it, must be surer before a page is said to contradict.
REFUTES_ALONE = 0.65


class Outcome(StrEnum):
    """What one page does with a claim."""

    SUPPORTS = "supports"
    PARTLY = "partly"
    REFUTES = "refutes"
    MISATTRIBUTES = "misattributes"
    SILENT = "silent"


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """One page's answer: the outcome, how probable it is, what it relies on and what is doubtful about it.

    ``probability`` is that of the outcome; ``missing`` are words of the claim that no passage has; ``speaker``
    is the other speaker of a misattribution; ``ruled`` says that a rule and not the judge alone decided;
    ``abstained`` that the judge gave no answer about some passage; from ``bound`` on the page's "supported" needs no
    person (None: the policy's own bound counts); ``reworded`` that a sentence with few of the claim's words is near it
    in meaning, which is no support; ``unsaid`` are the claim's words that the judge marks as not said there.
    """

    reading: Reading
    outcome: Outcome
    probability: float
    evidence: tuple[Evidence, ...] = ()
    judgment: Judgment | None = None
    covered: float = 0.0
    missing: tuple[str, ...] = ()
    speaker: str = ""
    doubts: tuple[str, ...] = ()
    ruled: bool = False
    abstained: bool = False
    bound: float | None = None
    reworded: bool = False
    unsaid: Unsaid = NOTHING_MARKED


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One passage of a page with its judgment and what the rules made of it."""

    window: Window
    judgment: Judgment
    weighed: Weighed
    compared: Compared


def view(seen: View, outcome: Outcome, decisive: Judged, judged: Sequence[Judged], probability: float) -> View:
    """The answer that relies on the ``decisive`` passage, with the evidence chosen from all ``judged`` ones.

    ``seen`` says whose answer it is and which words no passage has.
    """
    return replace(
        seen,
        outcome=outcome,
        probability=probability,
        evidence=_chosen_evidence(outcome, decisive, judged),
        judgment=decisive.judgment,
        covered=decisive.weighed.covered,
        ruled=bool(decisive.weighed.findings) or decisive.judgment.quote is not None,
    )


def _chosen_evidence(outcome: Outcome, decisive: Judged, judged: Sequence[Judged]) -> tuple[Evidence, ...]:
    """The deciding passage first, then the best supporting, the best contradicting, and the nearest miss."""
    chosen = [decisive]
    for key in (
        lambda candidate: candidate.weighed.supported,
        lambda candidate: candidate.weighed.refuted,
        lambda candidate: candidate.weighed.covered,
    ):
        candidate = max(judged, key=key)
        if candidate not in chosen:
            chosen.append(candidate)
    return tuple(_exhibit(candidate, outcome if candidate is decisive else None) for candidate in chosen)


def _exhibit(judged: Judged, outcome: Outcome | None) -> Evidence:
    weighed = judged.weighed
    if outcome is Outcome.REFUTES or (outcome is None and weighed.refuted >= REFUTES_ALONE):
        return Evidence(passage=judged.judgment.passage, stance=Stance.REFUTES, score=round(weighed.refuted, 3))
    saying = outcome in (Outcome.SUPPORTS, Outcome.PARTLY, Outcome.MISATTRIBUTES)
    if saying or (outcome is None and weighed.supported >= SUPPORTS):
        return Evidence(passage=judged.judgment.passage, stance=Stance.SUPPORTS, score=round(weighed.supported, 3))
    score = max(weighed.supported, weighed.refuted)
    return Evidence(passage=judged.judgment.passage, stance=Stance.NEUTRAL, score=round(score, 3))


def set_around(question: Question, best: Judged) -> list[str]:
    """What stands around the words of a passage, in its sentence or beside it, and leaves them unsaid; none or one."""
    window, claimed = best.window, question.attribution
    own = f"{question.around} {question.asked_on} {claimed.speaker if claimed else ''} {claimed.cue if claimed else ''}"
    around = only_repeated(f"{question.statement} {own}", window.before, window.after)
    if not around and (best.judgment.quote is None or is_title(best.judgment.quote.quote)):
        around = set_beside(question.statement, own, window.passage.text, reported=question.reported)
    return [around] if around else []
