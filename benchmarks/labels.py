"""Compares the labels of a check on the claims of WiCE dev with the human annotations.

WiCE tells claims that a page supports, supports in part, or does not support. With and without judging a claim part
by part, which is what finds the claims of the second kind. Called by ``verification.py``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any
from unittest.mock import patch

from benchmarks.pair_sets import cited
from claims.records import Label, Policy, Stamp
from claims.verification.judges.judge import Judge
from claims.verification.verify import verify
from claims.verification.weighing import question

SAID = {"supported": "supported", "partially_supported": "in part", "not_supported": "not supported"}
SHOWN = (Label.SUPPORTED, Label.PARTLY_SUPPORTED, Label.CONTRADICTED, Label.NOT_IN_SOURCE)


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
