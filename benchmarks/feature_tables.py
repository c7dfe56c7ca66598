"""The features of the rows of a set, worked out as ``factdesk verify`` does: what the curves are fitted on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from benchmarks.altered import NAME as ALTERED
from benchmarks.pair_sets import evidence_text, group
from benchmarks.whole_pairs import NAME as WHOLE
from claims.records import Page, Probabilities, QuantityFinding
from claims.verification.asking import asked_again, second_reader
from claims.verification.evidence.passages import TOP, Ranked, Window
from claims.verification.evidence.sentence_encoder import encoder_of
from claims.verification.judges.judge import Judge, ask
from claims.verification.rules.quantities import settled
from claims.verification.weighing.features import features
from claims.verification.weighing.source_forms import compare_windows, judge_pairs

# How much the altered claims weigh beside the other sets of pages. Tuned on the dev sets: at 0, .25, .5 and 1 the
# balanced accuracy on WiCE was .763, .755, .744 and .738, on SummEdits .564, .606, .607 and .620 (with the weights as
# they were learnt, before they were blended).
# The whole checks are the claims and pages that a desk has: at 0, 1 and 2 the area under the curve on those that a fit
# had not seen was .799, .824 and .834, on WiCE .836, .831 and .824, on our own pairs .803, .836 and .842.
SHARES = {ALTERED: 0.25, WHOLE: 2.0}


@dataclass(frozen=True, slots=True)
class Table:
    """The features of a set: rows by columns, labels (supported, refuted, nei), groups, windows, and who is binary.

    ``share`` is how much the set weighs in a fit, beside the 1 of the others. ``second`` are the rows with the second
    reader's answers put in, where the judge has one.
    """

    names: tuple[str, ...]
    rows: Any
    labels: Any
    groups: tuple[str, ...]
    windows: Any
    binary: Any
    share: float = 1.0
    second: Any = None

    def only(self, places: Any) -> Table:
        """The table of some of the rows, weighing as a whole set."""
        second = None if self.second is None else self.second[places]
        return Table(
            self.names, self.rows[places], self.labels[places], (), self.windows[places], self.binary[places],
            second=second,
        )  # fmt: skip

    def read_again(self) -> Table:
        """The table with the second reader's answers in place of the first one's."""
        return replace(self, rows=self.second)


def table(name: str, rows: Sequence[dict[str, Any]], judge: Judge, ranking: str = "both") -> Table:
    """The features of every row, worked out as ``factdesk verify`` does.

    ``ranking`` is what chooses the passages: ``both`` words and meaning (meaning where the judge brings an encoder),
    ``words`` alone, or the page's ``order``.
    """
    encoder = encoder_of(judge) if ranking == "both" else None
    pages = [Ranked(Page(text=evidence_text(row)), encoder=encoder) for row in rows]
    tops = [
        in_order(page) if ranking == "order" else page.top(row["claim"], TOP)
        for page, row in zip(pages, rows, strict=True)
    ]
    compared = [
        settled(compare_windows(row["claim"], top, page.vocabulary))
        for row, page, top in zip(rows, pages, tops, strict=True)
    ]
    pairs = [judge_pairs(row["claim"], *read) for row, read in zip(rows, zip(tops, compared, strict=True), strict=True)]
    answers = iter(ask(judge, [pair for some in pairs for pair in some]))
    answered = [[next(answers) for _ in some] for some in pairs]
    texts = [row["claim"] for row in rows]
    names, values = _features(texts, pages, tops, answered, compared)
    second = None
    if (reader := second_reader(judge)) is not None:
        places = [asked_again(len(top)) for top in tops]
        later = iter(ask(reader, [some[place] for some, again in zip(pairs, places, strict=True) for place in again]))
        for some, again in zip(answered, places, strict=True):
            for place in again:
                some[place] = next(later)
        _, second = _features(texts, pages, tops, answered, compared)
    return Table(
        names=names,
        rows=values,
        labels=np.array([row["label"] for row in rows]),
        groups=tuple(group(name, row) for row in rows),
        windows=np.array([len(page.windows) for page in pages]),
        binary=np.array([bool(row["extra"].get("binary_only")) for row in rows]),
        share=SHARES.get(name, 1.0),
        second=second,
    )


def _features(
    claims: Sequence[str],
    pages: Sequence[Ranked],
    tops: Sequence[Sequence[Window]],
    answers: Sequence[Sequence[Probabilities]],
    compared: Sequence[Sequence[tuple[QuantityFinding, ...]]],
) -> tuple[tuple[str, ...], Any]:
    """The names of the features, and a row of them for each claim."""
    rows = [features(*row) for row in zip(claims, pages, tops, answers, compared, strict=True)]
    names = tuple(rows[0])
    return names, np.array([[row[key] for key in names] for row in rows])


def in_order(ranked: Ranked) -> list[Window]:
    """The page's first passages that do not overlap, each as long as it may be: no ranking at all."""
    longest = {window.sentences[0]: window for window in ranked.windows}
    chosen: list[Window] = []
    for first in sorted(longest):
        if len(chosen) < TOP and (not chosen or first >= chosen[-1].sentences[1]):
            chosen.append(longest[first])
    return chosen


def joined(tables: Iterable[Table], *, three_way: bool = False) -> tuple[Any, Any, Any]:
    """Rows, labels and weights of several sets; every set weighs the same, however many rows it has (but ``share``)."""
    parts = []
    for data in tables:
        chosen = ~data.binary if three_way else np.ones(len(data.labels), bool)
        if chosen.any():
            weight = 500 * data.share / chosen.sum()
            parts.append((data.rows[chosen], data.labels[chosen], np.full(chosen.sum(), weight)))
    return tuple(np.concatenate([part[place] for part in parts]) for place in range(3))  # type: ignore[return-value]  # three of them
