"""From which confidence on a verdict needs no person: the fit's bound for the stated rate, or the policy's own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from claims.records import (
    Basis,
    Citation,
    CitationKind,
    Claim,
    ClaimKind,
    Judgment,
    Label,
    Page,
    Passage,
    Policy,
    QuoteFinding,
    QuoteGrade,
    Reading,
    Source,
    Stamp,
)
from claims.verification.judges.load import load_judge
from claims.verification.verdict.decide import DraftVerdict
from claims.verification.verdict.stamp import stamp_verdict
from claims.verification.verify import verify
from claims.verification.weighing.page_view import Outcome, View

NOW = "2025-01-21T09:00:00Z"
TEXT = "The council closed both bridges over the river."
CLAIM = Claim(article="a", text=TEXT, spans=(), statement=TEXT, kind=ClaimKind.STATEMENT, checkable=True)
SOURCE = Source(citation=Citation(kind=CitationKind.LINK, url="https://paper.example/story"))
VIEW = View(reading=Reading(source=SOURCE), outcome=Outcome.SUPPORTS, probability=0.7, bound=0.65)
JUDGMENT = Judgment(passage=Passage(capture="", span=(0, 1), text="T"), p_supported=0.7, p_refuted=0.0)
QUOTED = replace(
    VIEW, judgment=replace(JUDGMENT, quote=QuoteFinding(quote="q", grade=QuoteGrade.VERBATIM, similarity=1))
)


def flagged(
    confidence: float,
    view: View = VIEW,
    *,
    label: Label = Label.SUPPORTED,
    basis: Basis = Basis.CITED,
    review_below: float = 0.8,
) -> bool:
    decision = DraftVerdict(label=label, confidence=confidence, rationale="R.", basis=basis, views=(view,))
    policy = Policy(review_below=review_below)
    return stamp_verdict(CLAIM, decision, Stamp(run="r", policy=policy, now=NOW), "j").needs_review


@pytest.mark.parametrize(
    ("confidence", "how", "expected"),
    [
        (0.66, {}, False),
        (0.65, {}, False),
        (0.64, {}, True),
        (0.8, {"view": replace(VIEW, bound=None)}, False),
        (0.85, {"view": replace(VIEW, bound=0.9)}, True),
        (0.91, {"view": replace(VIEW, bound=0.9)}, False),
        (0.66, {"view": replace(VIEW, bound=None)}, True),
        (0.81, {"view": replace(VIEW, bound=None)}, False),
        (0.66, {"label": Label.CONTRADICTED}, False),
        (0.81, {"label": Label.CONTRADICTED, "view": replace(VIEW, bound=0.9)}, True),
        (0.66, {"label": Label.NOT_IN_SOURCE, "view": replace(VIEW, bound=None)}, True),
        (0.66, {"label": Label.NO_SOURCE}, True),
        (0.81, {"label": Label.NO_SOURCE, "view": replace(VIEW, bound=0.9)}, False),
        (0.66, {"basis": Basis.CORROBORATING}, True),
        (0.66, {"view": QUOTED}, True),
        (0.81, {"view": QUOTED}, False),
        (0.66, {"review_below": 0.0}, False),
        (0.64, {"review_below": 0.0}, True),
        (0.9, {"review_below": 0.95}, True),
        (0.96, {"review_below": 0.95}, False),
        (0.96, {"review_below": 0.95, "view": replace(VIEW, bound=0.97)}, True),
    ],
)
def test_which_bound_counts(confidence: float, how: dict[str, object], expected: bool) -> None:
    assert flagged(confidence, **how) is expected  # type: ignore[arg-type]  # test data


@pytest.mark.parametrize("judge", ["embedded", "lexical"])
def test_the_stated_rate_decides_who_looks(judge: str) -> None:
    text = "Both bridges over the river were shut by the council."
    reading = Reading(source=SOURCE, page=Page(text=text, url=SOURCE.citation.url))
    claim = replace(CLAIM, citations=(SOURCE.citation,))
    found = []
    for rate in (0.001, 0.3):
        policy = Policy(false_supported_rate=rate)
        [verdict] = verify(
            [claim], Page(text=TEXT), [reading], load_judge(judge), Stamp(run="r", policy=policy, now=NOW)
        )
        assert verdict.label is Label.SUPPORTED
        found.append((verdict.confidence, verdict.needs_review))
    assert found[0][0] == found[1][0]
    assert [looked for _, looked in found] == [True, False]
