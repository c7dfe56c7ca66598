"""The statements of our own passages, and the shares that are counted of them."""

from __future__ import annotations

import pytest

from benchmarks.statements import Faithful, edited_passages, interval


def test_every_passage_has_statements_that_an_editor_accepts() -> None:
    passages = list(edited_passages())
    assert all(text and accepted for text, accepted in passages)
    assert sum(len(accepted) for _, accepted in passages) >= 200


@pytest.mark.parametrize(
    ("counts", "right", "not_wrong"),
    [
        (Faithful(right=8), 1, 1),
        (Faithful(right=6, missing=2), 0.75, 1),
        (Faithful(right=6, flagged=2, missing=2), 0.75, 1),
        (Faithful(right=6, flagged=1, wrong=1, missing=2), 0.75, 0.875),
    ],
)
def test_what_is_flagged_is_not_wrong(counts: Faithful, right: float, not_wrong: float) -> None:
    assert counts.share_right == right
    assert counts.share_not_wrong == not_wrong


@pytest.mark.parametrize(
    ("right", "count", "low", "high"), [(0, 0, 0.0, 1.0), (87, 87, 0.958, 1.0), (50, 100, 0.404, 0.596)]
)
def test_the_interval_of_a_share(right: int, count: int, low: float, high: float) -> None:
    assert interval(right, count) == pytest.approx((low, high), abs=0.001)
