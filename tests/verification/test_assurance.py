"""The curves of "contradicted" and "not in source": what they read, which way they count, and their bounds."""

from __future__ import annotations

from dataclasses import replace

import pytest

from claims.records import Citation, CitationKind, Judgment, Label, Passage, Reading, Source
from claims.verification.weighing.assurance import LABELLED, assured, signals
from claims.verification.weighing.calibration import NEVER, PAGE, Calibration, Curve, calibration
from claims.verification.weighing.page_view import Outcome, View

CLAIM = "The council closed both bridges over the river on Monday."
SOURCE = Source(citation=Citation(kind=CitationKind.LINK, url="https://paper.example/story"))
PASSAGE = Passage(capture="", span=(0, 1), text="T")
SILENT = View(
    reading=Reading(source=SOURCE),
    outcome=Outcome.SILENT,
    probability=0.8,
    judgment=Judgment(passage=PASSAGE, p_supported=0.1, p_refuted=0.1),
    covered=0.3,
    missing=("council", "bridges"),
    bound=0.6,
)
DENYING = replace(SILENT, outcome=Outcome.REFUTES, covered=0.9, missing=(), ruled=True)


def fitted() -> Calibration:
    found = calibration("embedded")
    assert found is not None
    return found


def sure(view: View, windows: int = 20) -> float:
    return assured(view, CLAIM, windows, fitted(), 0.03).probability


@pytest.mark.parametrize("judge", ["embedded", "lexical"])
@pytest.mark.parametrize("view", [SILENT, DENYING])
def test_a_label_with_a_curve_has_its_probability_and_its_bound(judge: str, view: View) -> None:
    curves = calibration(judge)
    assert curves is not None
    curve = curves.labels[LABELLED[view.outcome]]
    assert set(curve.weights) == set(signals(view, CLAIM, 20))
    found = assured(view, CLAIM, 5, curves, 0.03)
    assert 0 < found.probability < 1
    assert found.bound == curve.bound(0.03)
    assert (found.outcome, found.judgment, found.covered) == (view.outcome, view.judgment, view.covered)


def test_more_of_the_claim_on_the_page_makes_silence_less_sure() -> None:
    assert sure(replace(SILENT, covered=0.55, missing=())) < sure(SILENT)
    assert sure(replace(SILENT, judgment=Judgment(passage=PASSAGE, p_supported=0.5, p_refuted=0.1))) <= sure(SILENT)
    assert sure(replace(SILENT, reworded=True)) <= sure(SILENT)


def test_a_longer_page_is_no_surer_to_be_silent() -> None:
    assert sure(SILENT, PAGE) == sure(SILENT, 500)
    assert sure(SILENT, 3) < sure(SILENT, PAGE)


def test_a_surer_judge_makes_a_contradiction_surer() -> None:
    assert sure(replace(DENYING, probability=0.95)) > sure(replace(DENYING, probability=0.6))


def test_a_lower_rate_never_has_a_lower_bound() -> None:
    for curve in fitted().labels.values():
        bounds = [curve.bound(rate) for rate in (0.001, 0.01, 0.02, 0.03, 0.05, 0.1)]
        assert bounds == sorted(bounds, reverse=True)
        assert bounds[0] > 1  # no rate is promised that was not measured


def test_a_whole_page_never_contradicts_unflagged() -> None:
    assert assured(DENYING, CLAIM, PAGE, fitted(), 0.3).bound == NEVER
    assert assured(DENYING, CLAIM, PAGE - 1, fitted(), 0.3).bound < 1
    assert sure(DENYING, 5) == sure(DENYING, 500)


def test_an_answer_of_another_outcome_is_left_as_it_is() -> None:
    view = replace(SILENT, outcome=Outcome.SUPPORTS)
    assert assured(view, CLAIM, 20, fitted(), 0.03) is view


def test_a_judge_without_these_curves_has_no_bound_for_them() -> None:
    bare = replace(fitted(), labels={})
    assert assured(SILENT, CLAIM, 20, bare, 0.03) == replace(SILENT, bound=None)


def test_a_bound_is_that_of_the_next_lower_rate() -> None:
    curve = Curve(bias=0.0, weights={}, threshold=0.5, unflagged=((0.01, 0.9), (0.03, 0.7)))
    assert [curve.bound(rate) for rate in (0.005, 0.01, 0.02, 0.03, 0.5)] == [1.01, 0.9, 0.9, 0.7, 0.7]
    assert replace(curve, unflagged=()).bound(0.03) is None
    assert set(fitted().labels) == {Label.CONTRADICTED, Label.NOT_IN_SOURCE}
