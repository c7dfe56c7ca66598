"""Measures how often retrieved passages contain the annotated sentences: by words, by meaning and combined.

On WiCE dev the gold sentences of whole cited articles; on the paraphrases of ``tests/verification/paraphrases.txt``
the one sentence that says the claim without one of its content words. Called by ``verification.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

import numpy as np

from benchmarks.common import of_tests
from benchmarks.feature_tables import in_order
from benchmarks.pair_sets import load
from benchmarks.remembering import remembering_encoder
from claims.records import Page, Span
from claims.verification.evidence.passages import TOP, Ranked, Window

WICE = "dev/wice_claim.dev"
# How many passages a way of ranking gives for a page and a claim.
Way: TypeAlias = Callable[[Page, str], Sequence[Window]]


def by_words(page: Page, claim: str) -> Sequence[Window]:
    """BM25 alone."""
    return Ranked(page).top(claim, TOP)


def by_both(page: Page, claim: str) -> Sequence[Window]:
    """BM25 joined with the encoder: what ships."""
    return Ranked(page, encoder=remembering_encoder()).top(claim, TOP)


def by_place(page: Page, claim: str) -> Sequence[Window]:
    """No ranking: the first passages of three sentences, or as many as go together, that do not overlap."""
    return in_order(Ranked(page))


WAYS: dict[str, Way] = {"the page's order": by_place, "words (BM25)": by_words, "words and meaning": by_both}


def covered(gold: Sequence[Sequence[Span]], passages: Sequence[Window]) -> float:
    """The share of gold sentences that some passage touches; of several gold sets the best."""
    spans = [window.passage.span for window in passages]
    return max(
        float(np.mean([any(first < end and start < last for first, last in spans) for start, end in gold_set]))
        for gold_set in gold
    )


def recalls(rows: Sequence[dict[str, Any]], way: Way) -> list[float]:
    """For each row with gold sentences the share of them among the passages."""
    shares = []
    for row in rows:
        sets = [gold_set for gold_set in row["extra"].get("supporting_sentences", []) if gold_set]
        if not sets:
            continue
        lines = [" ".join(text.split()) for text in row["evidence"]]
        starts = np.cumsum([0, *(len(line) + 1 for line in lines)])
        gold = [
            [(int(starts[place]), int(starts[place]) + len(lines[place])) for place in gold_set] for gold_set in sets
        ]
        shares.append(covered(gold, way(Page(text="\n".join(lines)), row["claim"])))
    return shares


def paraphrased() -> tuple[int, dict[str, int]]:
    """How many paraphrases stand in the table, and how many of them each way finds on one page of them all."""
    test_ranking = of_tests("verification/test_ranking")  # the table lives with its tests
    ranked = {"words (BM25)": test_ranking.BY_WORDS, "words and meaning": test_ranking.TOGETHER}
    hits = {
        name: sum(
            any(says in window.passage.text for window in page.top(claim)) for claim, says, _ in test_ranking.ROWS
        )
        for name, page in ranked.items()
    }
    return len(test_ranking.ROWS), hits


def section(sample: int | None) -> list[str]:
    """The table as Markdown."""
    rows = load(WICE, sample)
    lines = [
        "",
        f"Gold sentences among the {TOP} passages that the judge reads (WiCE dev, whole page, mean with 95 % interval),"
        " and paraphrases without a common content word that are found among 78 sentences:",
        "",
        "| passages chosen by | gold sentences | paraphrases |",
        "|---|---|---|",
    ]
    count, hits = paraphrased()
    for name, way in WAYS.items():
        shares = np.array(recalls(rows, way))
        random = np.random.RandomState(0)
        means = [shares[random.randint(0, len(shares), len(shares))].mean() for _ in range(500)]
        low, high = np.percentile(means, [2.5, 97.5])
        paraphrases = f"{hits[name]} of {count}" if name in hits else "-"
        lines.append(f"| {name} | {shares.mean():.3f} ({low:.3f} – {high:.3f}) | {paraphrases} |")
    return lines
