"""Compares the labels of a check on the claims of WiCE dev with the human annotations.

WiCE tells claims that a page supports, supports in part, or does not support. With and without judging a claim part
by part, which is what finds the claims of the second kind. Called by ``verification.py``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from typing import Any
from unittest.mock import patch

from benchmarks.pair_sets import cited
from claims.records import Label, Policy, Probabilities, Stamp
from claims.verification.asking import second_reader
from claims.verification.evidence.sentence_encoder import Encoder, encoder_of
from claims.verification.judges.judge import Judge
from claims.verification.verify import verify
from claims.verification.weighing import question

SAID = {"supported": "supported", "partially_supported": "in part", "not_supported": "not supported"}
SHOWN = (Label.SUPPORTED, Label.PARTLY_SUPPORTED, Label.CONTRADICTED, Label.NOT_IN_SOURCE)


class Remembering:
    """A judge that is asked about each pair once, however often the claims are checked."""

    def __init__(self, judge: Judge, known: dict[tuple[str, str], Probabilities] | None = None) -> None:
        """``known`` are answers that the judge gave before; new ones are added to it."""
        self.name, self.version, self._judge = judge.name, judge.version, judge
        self._known = {} if known is None else known

    def judge(self, pairs: Sequence[tuple[str, str]]) -> list[Probabilities]:
        """One answer for each pair, in order."""
        new = [pair for pair in dict.fromkeys(pairs) if pair not in self._known]
        self._known |= dict(zip(new, self._judge.judge(new), strict=True))
        return [self._known[pair] for pair in pairs]

    def encoder(self) -> Encoder | None:
        """The encoder of the judge behind."""
        return encoder_of(self._judge)

    @cached_property
    def second(self) -> Remembering | None:
        """The second reader of the judge behind, if it has one."""
        reader = second_reader(self._judge)
        return None if reader is None else Remembering(reader)


def given(rows: Sequence[dict[str, Any]], judge: Judge) -> dict[str, Counter[tuple[Label, bool]]]:
    """For each word of WiCE how often a check gives each label, flagged or not."""
    counts: dict[str, Counter[tuple[Label, bool]]] = {grade: Counter() for grade in SAID}
    for row in rows:
        claim, article, reading = cited(row)
        [verdict] = verify(
            [claim], article, [reading], judge, Stamp(run="r", policy=Policy(), now="2025-01-01T00:00:00Z")
        )
        counts[row["extra"]["orig_label"]][verdict.label, verdict.needs_review] += 1
    return counts


def section(rows: Sequence[dict[str, Any]], judge: Judge) -> list[str]:
    """The table as Markdown."""
    whole = given(rows, judge)
    with patch.object(question, "_PARTS", 0):
        apart = given(rows, judge)
    lines = [
        "",
        "Labels that a check gives to the claims of WiCE dev, of which the cited page is read whole"
        " (in brackets those that no person need look at):",
        "",
        f"| | claims | {' | '.join(label.value.replace('_', ' ') for label in SHOWN)} |",
        "|---|---|" + "---|" * len(SHOWN),
    ]
    for title, graded in (("", whole), (", not judged part by part", apart)):
        for grade, words in SAID.items():
            counts = graded[grade]
            cells = [f"{counts[label, True] + counts[label, False]} ({counts[label, False]})" for label in SHOWN]
            lines.append(f"| {words}{title} | {counts.total()} | {' | '.join(cells)} |")
    return lines
