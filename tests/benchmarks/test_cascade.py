"""The fit of two readers: the band in which the second one is asked, and the scaling of its curve."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from benchmarks.cascade import ASKED_AGAIN, NEVER_ASKED, chosen_band, inside
from benchmarks.fitting import UP, Logistic

FIRST = np.linspace(0.005, 0.995, 100)


def readings(mended: tuple[float, float], *, better: bool = True) -> tuple[Any, Any, Any]:
    """A set whose second reader says what is true (or its opposite) for the probabilities in ``mended``."""
    wanted = np.arange(100) % 2 == 0
    sure = np.where(wanted == better, 0.95, 0.05)
    return FIRST, np.where(inside(FIRST, mended), sure, FIRST), wanted


@pytest.mark.parametrize("mended", [(0.4, 0.6), (0.1, 0.3), (0.7, 0.98)])
def test_the_band_is_where_the_second_reader_helps(mended: tuple[float, float]) -> None:
    low, high = chosen_band([readings(mended)])
    assert (low, high) == pytest.approx(mended, abs=0.03)


def test_the_band_takes_in_no_more_than_its_share() -> None:
    low, high = chosen_band([readings((0.1, 0.9))])
    assert 0.2 < high - low <= ASKED_AGAIN + 1e-9
    assert 0.1 <= low < high <= 0.9


def test_every_set_weighs_the_same() -> None:
    few = tuple(np.tile(part, 1) for part in readings((0.1, 0.3)))
    many = tuple(np.tile(part, 50) for part in readings((0.4, 0.6), better=False))
    assert chosen_band([few, many]) == pytest.approx((0.1, 0.3), abs=0.03)  # type: ignore[list-item]  # three each


def test_a_second_reader_that_only_harms_is_never_asked() -> None:
    assert chosen_band([readings((0.0, 1.0), better=False)]) == NEVER_ASKED
    assert not inside(FIRST, NEVER_ASKED).any()


def test_a_scaled_curve_is_calibrated_on_its_rows_and_keeps_the_signs() -> None:
    chance = np.random.default_rng(3)
    rows = chance.normal(size=(4000, 2))
    wanted = chance.random(4000) < 1 / (1 + np.exp(-rows[:, 0]))
    model = Logistic(("a", "b"), {"a": UP}, 0.2).fit(rows, wanted, np.ones(4000))
    # In these rows the answer is yes less often than the fit thinks.
    some = chance.normal(size=(4000, 2))
    rarer = chance.random(4000) < 1 / (1 + np.exp(-(0.5 * some[:, 0] - 1)))
    scaled = model.scaled(some, rarer, np.ones(4000))
    assert model.probabilities(some).mean() > rarer.mean() + 0.1
    assert scaled.probabilities(some).mean() == pytest.approx(rarer.mean(), abs=0.02)
    assert 0 < scaled.point[1] < model.point[1]
    assert model.scaled(some, np.ones(4000, bool), np.ones(4000)) is model
