"""Asks a judge, and then its second reader if the first answers leave a claim undecided.

The first reader answers every pair. If its calibrated probability of "supported" lies in the band of the fit
(``second`` in ``weights.json``), or "refuted" is at least as likely as not, the second reader is asked about the
nearest passages, separately and as one text, and its answers replace those of the first reader: a claim is contradicted
by a judge alone only if the larger reader says so. It is also asked where no passage of a cited page has enough of a
claim's words, and one sentence is near it in meaning.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from typing import Protocol

from claims.records import Probabilities, QuantityFinding
from claims.verification.evidence.passages import Ranked, Window
from claims.verification.judges.judge import Judge, ask
from claims.verification.weighing.calibration import Calibration
from claims.verification.weighing.features import features

# So many of the nearest passages are put to the second reader. On the development sets it ranks claims better by these
# and the passages read as one (area under the curve on SummEdits .71, WiCE .79) than by the latter alone (.63, .78).
AGAIN = 3


class Asked(Protocol):
    """A claim put to one page; ``pairs`` are the claim with each passage, with these as one, and parts of the claim."""

    @property
    def statement(self) -> str:
        """What is asked."""
        ...

    @property
    def ranked(self) -> Ranked:
        """The page."""
        ...

    @property
    def windows(self) -> tuple[Window, ...]:
        """The passages that are read."""
        ...

    @property
    def pairs(self) -> Sequence[tuple[str, str]]:
        """What a judge is asked; empty if it need not be."""
        ...

    @property
    def reworded(self) -> bool:
        """Whether a sentence is near the claim in meaning, and no passage has enough of its words."""
        ...

    @property
    def compared(self) -> list[tuple[QuantityFinding, ...]]:
        """Each passage's numbers, dates and names compared with the claim's."""
        ...


def answers_to(judge: Judge, questions: Sequence[Asked], fitted: Calibration | None) -> list[list[Probabilities]]:
    """A judge's answers to the pairs of each question; ``fitted`` is its calibration, if any.

    Raises:
        JudgeError: the judge did not answer as its protocol promises.
        ModelError: the second reader cannot be loaded.
    """
    rest = iter(ask(judge, [pair for question in questions for pair in question.pairs]))
    answers = [list(islice(rest, len(question.pairs))) for question in questions]
    if fitted is None or not fitted.second:
        return answers
    places = [
        place
        for place, (question, answered) in enumerate(zip(questions, answers, strict=True))
        if question.pairs and question.windows and _undecided(question, answered, fitted)
    ]
    reader = second_reader(judge) if places else None
    if reader is None:
        return answers
    again = [(place, pair) for place in places for pair in asked_again(len(questions[place].windows))]
    later = ask(reader, [questions[place].pairs[pair] for place, pair in again])
    for (place, pair), answer in zip(again, later, strict=True):
        answers[place][pair] = replace(answer, second=True)
    return answers


def asked_again(windows: int) -> list[int]:
    """The indices of the pairs for a second reader, of so many passages: the nearest ones, and these as one text."""
    return [*range(min(windows, AGAIN)), windows]


def second_reader(judge: Judge) -> Judge | None:
    """The second reader of a judge, loaded if it was not asked before; None if the judge has none.

    Raises:
        ModelError: its files are missing or cannot be read.
    """
    reader: Judge | None = getattr(judge, "second", None)
    return reader


def _undecided(question: Asked, answers: Sequence[Probabilities], fitted: Calibration) -> bool:
    if question.reworded:
        return True
    read = answers[: len(question.windows) + 1]
    values = features(question.statement, question.ranked, question.windows, read, question.compared)
    return fitted.undecided(values, len(question.ranked.windows))
