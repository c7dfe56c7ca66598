"""The bounds from which a verdict needs no person: the mean of several sets keeps to the rate, and so does each set."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from benchmarks.fitting import unflagged, upper

SOME = np.linspace(0.0, 0.9, 400)


def truth(scores: Any) -> Any:
    return np.zeros(len(scores), bool)


def above(scores: Any, bound: float) -> float:
    return float((scores >= bound).mean())


@pytest.mark.parametrize(
    "sets",
    [
        [SOME],
        [SOME, np.concatenate([SOME[:380], np.full(20, 0.99)])],
        [SOME, SOME, SOME, np.concatenate([SOME[:115], np.linspace(0.95, 0.99, 10)])],
    ],
    ids=["one set", "a bad one of two", "a bad one of four"],
)
def test_neither_the_mean_nor_a_single_set_exceeds_the_rate(sets: list[Any]) -> None:
    bounds = unflagged([(scores, truth(scores)) for scores in sets])
    size = len(sets) ** 2 / sum(1 / len(scores) for scores in sets)
    for rate, bound in bounds.items():
        shares = [above(scores, bound) for scores in sets]
        assert upper(float(np.mean(shares)), size) <= rate
        assert max(shares) <= rate
