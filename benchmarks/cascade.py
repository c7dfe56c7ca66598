"""Fits a judge of one reader or of two: the curves of both, and where the second one is asked.

The second curves are fitted on all rows, with the second reader's answers in place of the first one's, and then scaled
(Platt 1999) on the rows that it is asked about, since they serve for these alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any, TypeAlias

import numpy as np

from benchmarks.feature_tables import Table, joined
from benchmarks.fitting import DOWN, UP, Logistic, Sign, folds, threshold
from claims.verification.weighing.calibration import LIKELY

# From which probability of "supported" by the first reader to below which the second one is asked.
Band: TypeAlias = tuple[float, float]
# The probability of "refuted" for each row of features.
Accuser: TypeAlias = Callable[[Any], Any]
# The largest share of claims that is asked again; each set weighs the same.
ASKED_AGAIN = 0.3
# A probability counts as no surer than this when the gain is worked out, so that a few rows do not decide.
SURE = 0.98
EDGES = np.round(np.linspace(0.0, 1.0, 51), 2)
# A band in which no probability lies.
NEVER_ASKED: Band = (1.0, 1.0)
# How little the weights are held back. Tuned on the dev sets, ten folds by group: on pages .005, .02, .05, .2 and 1
# gave a balanced accuracy of .741, .744, .735, .737 and .744; on short evidence .751, .758, .756, .761 and .760.
STRENGTH = {"page": 0.02, "passage": 0.2}
# Which way each feature may count; one that is not named is free.
SIGNS: dict[str, dict[str, Sign]] = {
    "supported": {
        "supported_": UP, "refuted_": DOWN, "covered_": UP, "pairs_": UP, "run": UP, "numbers_absent": DOWN,
        "names_absent": DOWN, "heaviest_": DOWN, "weight_": DOWN, "nothing_": UP, "clashes": DOWN, "agreeing": UP,
        "uncompared": DOWN, "negation_": DOWN, "opposites": DOWN, "unsaid_": DOWN,
    },
    "refuted": {
        "supported_": DOWN, "refuted_": UP, "clashes": UP, "agreeing": DOWN, "negation_": UP, "opposites": UP,
    },
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class TwoReaders:
    """The fits of "supported" for the first reader and for the second; ``again`` is None where there is no second.

    ``accuser`` gives the first reader's probability of "refuted"; where it is likely, the second reader is asked too.
    """

    first: Logistic
    again: Logistic | None = None
    band: Band = NEVER_ASKED
    accuser: Accuser | None = None

    def probabilities(self, table: Table) -> Any:
        """The probability of "supported" for each row."""
        alone = self.first.probabilities(table.rows)
        if self.again is None:
            return alone
        return np.where(self.asks(table.rows), self.again.probabilities(table.second), alone)

    def asks(self, rows: Any) -> Any:
        """Which rows of the first reader's features the second reader is asked about."""
        undecided = inside(self.first.probabilities(rows), self.band)
        return undecided if self.accuser is None else undecided | (self.accuser(rows) >= LIKELY)


def fit(data: tuple[Any, Any, Any], names: Sequence[str], regime: str, answer: str = "supported") -> Logistic:
    """Fit one answer on rows, labels and weights as ``joined`` gives them."""
    rows, labels, weight = data
    return Logistic(names, SIGNS[answer], STRENGTH[regime]).fit(rows, labels == answer, weight)


def fit_readers(
    tables: Sequence[Table], regime: str, band: Band | None = None, accuser: Accuser | None = None
) -> TwoReaders:
    """Fit "supported" on several sets: for the first reader, and with a ``band`` for the second as well."""
    names = tables[0].names
    first = TwoReaders(fit(joined(tables), names, regime))
    if band is None:
        return first
    both = replace(first, band=band, accuser=accuser)
    return replace(both, again=fit_again(tables, both, regime))


def fit_again(tables: Sequence[Table], readers: TwoReaders, regime: str, answer: str = "supported") -> Logistic:
    """Fit one answer on rows with the second reader's answers, scaled on those that ``readers`` ask it about."""
    three_way = answer == "refuted"
    rows, labels, weight = joined([table.read_again() for table in tables], three_way=three_way)
    again = fit((rows, labels, weight), tables[0].names, regime, answer)
    places = readers.asks(joined(tables, three_way=three_way)[0])
    return again.scaled(rows[places], labels[places] == answer, weight[places])


def crossed(
    table: Table, others: Sequence[Table], regime: str, band: Band | None = None, accuser: Accuser | None = None
) -> tuple[Any, Any]:
    """For each row of ``table`` the probability of "supported" and the threshold of a fit without its group."""
    probabilities, cuts = np.zeros(len(table.labels)), np.zeros(len(table.labels))
    for seen, unseen in folds(table.rows, table.labels == "supported", table.groups):
        part = table.only(seen)
        readers = fit_readers([part, *others], regime, band, accuser)
        probabilities[unseen] = readers.probabilities(table.only(unseen))
        cuts[unseen] = threshold(readers.probabilities(part), part.labels == "supported")
    return probabilities, cuts


def inside(probabilities: Any, band: Band) -> Any:
    """Which probabilities lie in a band."""
    return (probabilities >= band[0]) & (probabilities < band[1])


def band_of(tables: Mapping[str, Table], regime: str) -> Band | None:
    """The band for sets that two readers read, every row scored by fits that saw neither it nor its group.

    None where there is no second reader.
    """
    if any(table.second is None for table in tables.values()):
        return None
    sets = []
    for name, held in tables.items():
        others = [table for other, table in tables.items() if other != name]
        first, _ = crossed(held, others, regime)
        second, _ = crossed(held.read_again(), [table.read_again() for table in others], regime)
        sets.append((first, second, held.labels == "supported"))
    return chosen_band(sets)


def chosen_band(sets: Sequence[tuple[Any, Any, Any]]) -> Band:
    """The band with the greatest gain in log loss that takes in at most ``ASKED_AGAIN`` of the rows.

    ``sets`` are probabilities of "supported" with the first and with the second reader, and the truth; each set weighs
    the same. Where no band gains anything the second reader is never asked.
    """
    best, most = NEVER_ASKED, 0.0
    gains = [_log_loss(first, wanted) - _log_loss(second, wanted) for first, second, wanted in sets]
    # Of bands that gain the same, the narrowest is chosen.
    for low, high in sorted(combinations(EDGES.tolist(), 2), key=lambda band: band[1] - band[0]):
        inside_band = [inside(first, (low, high)) for first, _, _ in sets]
        gain = float(np.mean([(places * gained).mean() for places, gained in zip(inside_band, gains, strict=True)]))
        if gain > most + 1e-9 and np.mean([places.mean() for places in inside_band]) <= ASKED_AGAIN:
            best, most = (low, high), gain
    return best


def _log_loss(probabilities: Any, wanted: Any) -> Any:
    bounded = np.clip(probabilities, 1 - SURE, SURE)
    return -np.log(np.where(wanted, bounded, 1 - bounded))
