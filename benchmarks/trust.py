"""Measures calibration: intervals, reliability, and claims labelled supported without a flag.

Called by ``verification.py``. Every probability here is held out: its row was scored by a fit that saw neither it nor
its group; and so is the bound from which on nobody looks.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from benchmarks.fitting import balanced

# The false-supported rate that the bounds are chosen for (the default of ``verdicts.false_supported_rate``).
RATE = 0.02
BINS = 10


@dataclass(frozen=True, slots=True)
class Scored:
    """Probabilities, answers and the truth for a set, and from where on nobody looks: one entry for each claim."""

    probability: Any
    answer: Any
    truth: Any
    bound: Any


def interval(scored: Scored, measure: Callable[[Scored], float], rounds: int = 500) -> tuple[float, float, float]:
    """The measure with its 95 % bootstrap interval."""
    random = np.random.RandomState(0)
    values = []
    for _ in range(rounds):
        take = random.randint(0, len(scored.truth), len(scored.truth))
        drawn = Scored(scored.probability[take], scored.answer[take], scored.truth[take], scored.bound[take])
        if 0 < drawn.truth.sum() < len(take):
            values.append(measure(drawn))
    return measure(scored), float(np.percentile(values, 2.5)), float(np.percentile(values, 97.5))


def accuracy(scored: Scored) -> float:
    """Balanced accuracy, supported against not."""
    return balanced(scored.truth, scored.answer)


def false_supported(scored: Scored) -> float:
    """Of the claims that are not supported, the share called supported without a flag for review."""
    return float((scored.probability >= scored.bound)[~scored.truth].mean())


def found(scored: Scored) -> float:
    """Of the supported claims, the share called supported without a flag for review."""
    return float((scored.probability >= scored.bound)[scored.truth].mean())


def at_five(scored: Scored) -> float:
    """Of the supported claims, the share found when one in twenty of the others is let through."""
    bound = np.quantile(scored.probability[~scored.truth], 0.95)
    return float((scored.probability[scored.truth] > bound).mean())


def calibration_error(scored: Scored, bins: int = BINS) -> float:
    """Expected calibration error of the probability of "supported" (Guo et al. 2017), ten equal bins."""
    return sum(share * abs(predicted - observed) for _, share, predicted, observed in reliability(scored, bins))


def reliability(scored: Scored, bins: int = BINS) -> list[tuple[int, float, float, float]]:
    """For each bin that is not empty its number, its share of the claims, the mean probability, the share supported."""
    bins_used = []
    for number in range(bins):
        inside = (scored.probability > number / bins) & (scored.probability <= (number + 1) / bins)
        if inside.any():
            predicted, observed = scored.probability[inside].mean(), scored.truth[inside].mean()
            bins_used.append((number, float(inside.mean()), float(predicted), float(observed)))
    return bins_used


def cell(values: tuple[float, float, float]) -> str:
    """A figure with its interval."""
    return " – ".join((f"{values[0]:.3f} ({values[1]:.3f}", f"{values[2]:.3f})"))


def trusted(scored: Mapping[str, Scored], titles: Mapping[str, str]) -> list[str]:
    """What is called supported without a flag, and how much of it is wrong."""
    lines = [
        "",
        f"The embedded model's probabilities, held out; unflagged from the bound for a stated rate of {RATE:.0%},"
        " chosen on other rows:",
        "",
        "| set | not supported, yet called so unflagged | supported and found unflagged "
        "| found at one false in twenty | ECE |",
        "|---|---|---|---|---|",
    ]
    for name, title in titles.items():
        figures = [cell(interval(scored[name], measure)) for measure in (false_supported, found, at_five)]
        error = cell(interval(scored[name], calibration_error))
        lines.append(f"| {title} | {' | '.join(figures)} | {error} |")
    return lines


def reliable(scored: Mapping[str, Scored], titles: Mapping[str, str]) -> list[str]:
    """The reliability table: of the claims given about this probability, how many are supported."""
    lines = [
        "",
        'Reliability: of the claims whose probability of "supported" lies in a tenth, the mean probability → the share'
        " that is supported (claims):",
        "",
        f"| probability | {' | '.join(titles.values())} |",
        "|---|" + "---|" * len(titles),
    ]
    bins = {
        name: {
            number: f"{predicted:.2f} → {observed:.2f} ({round(share * len(scored[name].truth))})"
            for number, share, predicted, observed in reliability(scored[name])
        }
        for name in titles
    }
    for number in range(BINS):
        cells = [bins[name].get(number, "-") for name in titles]
        lines.append(f"| {number / BINS:.1f} – {(number + 1) / BINS:.1f} | {' | '.join(cells)} |")
    return lines
