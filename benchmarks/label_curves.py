"""Fits how probable it is that "contradicted" and "not in source" are right: a curve and its bounds for each label.

Called by ``calibration.py`` once the curves of "supported" are fitted. Every row is a claim that cites one page; the
page's answer is that of ``verify``, and the row's own label says whether it is right. A row that says only "supported
or not" tells nothing of a contradiction unless it is supported.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from benchmarks.fitting import DOWN, UP, Logistic, Sign, curve, folds, unflagged
from benchmarks.pair_sets import cited, group
from benchmarks.whole_pairs import NAME as WHOLE
from claims.records import Label, Policy
from claims.verification.asking import answers_to
from claims.verification.evidence.passages import Ranked
from claims.verification.evidence.sentence_encoder import encoder_of
from claims.verification.judges.judge import Judge
from claims.verification.verdict.decide import draft_verdict
from claims.verification.verify import page_views
from claims.verification.weighing.assurance import LABELLED, signals
from claims.verification.weighing.calibration import NEVER, Calibration
from claims.verification.weighing.question import ask_pages

# What each label is fitted and bounded on; each set weighs the same. VitaminC is what the model's training held out.
# Of whole pages only the whole checks tell refuted from not mentioned: "contradicted" is fitted without the page's
# length, and is always flagged on pages.
SETS: Mapping[Label, Mapping[str, int | None]] = {
    Label.CONTRADICTED: {
        "dev/fever_symmetric.dev": None, "dev/own_pairs.dev": None, "train/vitaminc": 1200, WHOLE: None,
    },
    Label.NOT_IN_SOURCE: {
        "dev/fever_symmetric.dev": None, "dev/own_pairs.dev": None, "dev/wice_claim.dev": None, "train/vitaminc": 1200,
        "train/factcheck_bench_stance.all": 1200, "dev/defacto.val": None, WHOLE: None,
    },
}  # fmt: skip
# The label of a row that makes a verdict right.
TRUTH = {Label.CONTRADICTED: "refuted", Label.NOT_IN_SOURCE: "nei"}
# Of the unflagged verdicts that contradict a claim, the least share that is right, whatever the rate.
PRECISION = 0.95
# How little the weights are held back, and the sign that each must have.
STRENGTH = 0.3
NONE = (0.0, 0.0)
SIGNS: Mapping[Label, Mapping[str, Sign]] = {
    Label.CONTRADICTED: {
        "probability": UP, "refuted": UP, "supported": DOWN, "missing": DOWN, "page_length": NONE,
    },
    Label.NOT_IN_SOURCE: {
        "probability": UP, "supported": DOWN, "covered": DOWN, "missing": UP, "reworded": DOWN, "refuted": DOWN,
    },
}  # fmt: skip
_CHUNK = 64


@dataclass(frozen=True, slots=True)
class Answer:
    """What a check says of a row: its label before any bound, whether it is flagged anyway, and the signals."""

    label: Label
    probability: float
    flagged: bool
    signals: Mapping[str, float]
    truth: str
    binary: bool
    group: str


def answers(name: str, rows: Sequence[Mapping[str, Any]], judge: Judge, fitted: Calibration) -> Iterator[Answer]:
    """The answer to every row of a set, of which the claim cites the evidence as its page."""
    bare, policy, encoder = replace(fitted, labels={}), Policy(), encoder_of(judge)
    for start in range(0, len(rows), _CHUNK):
        cases = []
        for number, row in enumerate(rows[start : start + _CHUNK]):
            claim, article, reading = cited(row, str(number))
            ranked = {reading.source.id: Ranked(reading.page, None, encoder)}
            [page_question] = ask_pages(claim, article, [reading], ranked)
            cases.append((row, claim, page_question))
        questions = [page_question for _, _, page_question in cases]
        views = page_views(questions, answers_to(judge, questions, bare), bare, policy)
        for row, claim, page_question in cases:
            view = views[page_question.claim, page_question.reading.source.id]
            decision = draft_verdict(claim, [view], [], [], cites=True)
            yield Answer(
                label=decision.label,
                probability=decision.confidence,
                flagged=decision.needs_review,
                signals=signals(view, page_question.question.statement, len(page_question.ranked.windows))
                if view.outcome in LABELLED
                else {},
                truth=row["label"],
                binary=bool(row["extra"].get("binary_only")),
                group=group(name, row),
            )


def curves(sets: Mapping[str, Sequence[Answer]]) -> dict[str, Any]:
    """The curve of each label with its bounds, from the answers to each set."""
    return {label.value: _curve(label, {name: sets[name] for name in SETS[label]}) for label in SETS}


def _curve(label: Label, sets: Mapping[str, Sequence[Answer]]) -> dict[str, Any]:
    known = {name: [answer for answer in some if _known(label, answer)] for name, some in sets.items()}
    labelled = {name: [answer for answer in some if answer.label is label] for name, some in known.items()}
    names = tuple(next(iter(answer for some in labelled.values() for answer in some)).signals)
    rows, right, groups, weight = _joined(label, labelled, names)
    model = _model(label, names).fit(rows, right, weight)
    held = _held_out(label, names, rows, right, groups, weight)
    scored, start = {}, 0
    for name, some in labelled.items():
        scored[name] = held[start : start + len(some)]
        start += len(some)
    bounds = _bounds(label, known, labelled, scored)
    return {"unflagged": list(map(list, bounds.items())), **curve(model, names, 0.5)}


def _known(label: Label, answer: Answer) -> bool:
    """Whether the row's own label says whether this label is right."""
    return not answer.binary or label is not Label.CONTRADICTED or answer.truth == "supported"


def _joined(
    label: Label, labelled: Mapping[str, Sequence[Answer]], names: Sequence[str]
) -> tuple[Any, Any, list[str], Any]:
    every = [(name, answer, 300 / len(some)) for name, some in labelled.items() for answer in some]
    rows = np.array([[answer.signals[key] for key in names] for _, answer, _ in every])
    right = np.array([answer.truth == TRUTH[label] for _, answer, _ in every])
    groups = [f"{name} {answer.group}" for name, answer, _ in every]
    return rows, right, groups, np.array([min(share, 3.0) for _, _, share in every])


def _model(label: Label, names: Sequence[str]) -> Logistic:
    return Logistic(names, SIGNS[label], STRENGTH)


def _held_out(label: Label, names: Sequence[str], rows: Any, right: Any, groups: Sequence[str], weight: Any) -> Any:
    """Every row's probability from a fit that saw neither it nor its group."""
    held = np.zeros(len(right))
    for seen, unseen in folds(rows, right, groups):
        model = _model(label, names).fit(rows[seen], right[seen], weight[seen])
        held[unseen] = model.probabilities(rows[unseen])
    return held


def _bounds(
    label: Label,
    known: Mapping[str, Sequence[Answer]],
    labelled: Mapping[str, Sequence[Answer]],
    scored: Mapping[str, Any],
) -> dict[float, float]:
    """For each rate the least probability from which a verdict of this label needs no person.

    The rate is a share of the claims of other labels, as that of "supported" is. What is flagged for another reason
    counts as below every bound.
    """
    sets, shown_ones = [], []
    for name, every in known.items():
        wanted = np.array([answer.truth == TRUTH[label] for answer in every])
        probability = np.zeros(len(every))
        places = [place for place, answer in enumerate(every) if answer.label is label]
        shown = np.array([not answer.flagged for answer in labelled[name]], bool)
        probability[places] = np.where(shown, scored[name], 0.0)
        if (~wanted).any():
            sets.append((probability, wanted))
        shown_ones += [
            (float(score), every[place].truth == TRUTH[label])
            for score, place, show in zip(scored[name], places, shown, strict=True)
            if show
        ]
    least = _precise(shown_ones) if label is Label.CONTRADICTED else 0.0
    return {rate: max(bound, least) for rate, bound in unflagged(sets).items()}


def _precise(shown: Sequence[tuple[float, bool]]) -> float:
    """The least probability from which on the stated share is right, for it and for every higher one with ten more."""
    least, right = NEVER, 0
    for count, (score, good) in enumerate(sorted(shown, reverse=True), start=1):
        right += good
        if right / count >= PRECISION:
            least = score
        elif count >= 10:  # a few of the surest may be wrong by chance
            break
    return round(math.floor(least * 1e4) / 1e4, 4)
