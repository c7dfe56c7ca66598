"""Scores text extraction as defined by the article-extraction benchmark.

Texts are compared as bags of 4-grams of words; true and false positives and false negatives of a page are divided
by their sum, so that long pages do not weigh more; precision and recall are means over the pages, and F1 is theirs
(github.com/scrapinghub/article-extraction-benchmark, evaluate.py).
"""

from __future__ import annotations

import gzip
import re
import statistics
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

from benchmarks.common import rows

_WORD = re.compile(r"\w+")


def texts(folder: Path, read: Callable[[bytes, str], str]) -> Iterable[tuple[str, str]]:
    """The true text and the one that ``read`` finds, for every page of the data."""
    for row in rows(folder / "gold.jsonl.gz"):
        data = gzip.decompress((folder / row["html"]).read_bytes())
        yield row["articleBody"], read(data, row["url"])


def f1(pairs: Iterable[tuple[str, str]]) -> float:
    """F1 over pairs of true and found texts."""
    counted = [_counts(true, extracted) for true, extracted in pairs]
    precision = statistics.fmean(_share(tp, fp, fn) for tp, fp, fn in counted)
    recall = statistics.fmean(_share(tp, fn, fp) for tp, fp, fn in counted)
    return 2 * precision * recall / (precision + recall)


def _share(right: float, wrong: float, other: float) -> float:
    if wrong == other == 0:
        return 1.0
    return right / (right + wrong) if right or wrong else 0.0


def _counts(true: str, extracted: str) -> tuple[float, float, float]:
    wanted, got = _shingles(true), _shingles(extracted)
    tp = sum((wanted & got).values())
    fp, fn = sum(got.values()) - tp, sum(wanted.values()) - tp
    whole = tp + fp + fn or 1
    return tp / whole, fp / whole, fn / whole


def _shingles(text: str, length: int = 4) -> Counter[tuple[str, ...]]:
    words = _WORD.findall(text)
    return Counter(tuple(words[at : at + length]) for at in range(max(1, len(words) - length + 1)) if words)
