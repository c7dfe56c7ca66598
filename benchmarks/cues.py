"""Counts the words that attribute speech in each construction and writes `claims/extraction/speech/cues.txt`.

Run `python -m benchmarks.cues` (about five minutes on one core). Only frequencies of words are written.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from benchmarks.attributions import overlap, spans, touches
from benchmarks.common import data_folder, rows
from claims.extraction.speech import candidates
from claims.extraction.text.document import char_span, parse_text

TABLE = Path(candidates.__file__).with_name("cues.txt")
# A word is listed when it was seen this often; rarer ones share the construction's default.
FEWEST = 3
# Smoothing: this many occurrences at the construction's own rate are added to each word's counts.
PRIOR = 3
# Shares below this can never reach the acceptance threshold and are left out where the default is lower.
LEAST = 0.08
_NO_SPEECH = frozenset({"be", "have", "do", "get", "go", "make", "will", "would", "can", "could", "may", "should"})

Key = tuple[str, str]


def observe(row: dict[str, Any]) -> Iterator[tuple[Key, bool]]:
    """Every candidate of an article that the scores treat at face value, and whether an annotator marked it."""
    items = [item for item in row["attributions"] if item["content"] and item["source"]]
    marked = [(spans(item["content"]), spans(item["cue"])) for item in items]
    document = parse_text(row["text"])
    for candidate in candidates.candidates(
        document, candidates.quotes_of(document), lambda word: word not in _NO_SPEECH
    ):
        if candidate.frame.source is None or not candidate.content or candidate.quoted:
            continue
        cue = tuple(char_span(token) for token in candidate.frame.cue)
        hit = any(touches(cue, words) and overlap(candidate.content, content) >= 0.5 for content, words in marked)
        yield (candidate.frame.kind, candidate.frame.key), hit


def shares(observed: Iterable[tuple[Key, bool]]) -> dict[str, dict[str, int]]:
    """Per construction and word the smoothed share in per cent; ``*`` is the default for words not listed."""
    seen: Counter[Key] = Counter()
    hits: Counter[Key] = Counter()
    for key, hit in observed:
        seen[key] += 1
        hits[key] += hit
    result: dict[str, dict[str, int]] = {}
    for kind in sorted({kind for kind, _ in seen}):
        keys = [key for key in seen if key[0] == kind]
        rate = sum(hits[key] for key in keys) / sum(seen[key] for key in keys)
        rare = [key for key in keys if seen[key] < FEWEST]
        default = sum(hits[key] for key in rare) / max(sum(seen[key] for key in rare), 1)
        listed = {"*": round(100 * default)}
        for key in sorted(keys):
            share = (hits[key] + PRIOR * rate) / (seen[key] + PRIOR)
            if seen[key] >= FEWEST and (share >= LEAST or default >= LEAST):
                listed[key[1]] = round(100 * share)
        result[kind] = listed
    return result


def write(table: dict[str, dict[str, int]], path: Path = TABLE) -> None:
    """Write the table: a line for each construction and share, the words after it."""
    lines = []
    for kind, words in table.items():
        by_share: dict[int, list[str]] = {}
        for word, share in words.items():
            by_share.setdefault(share, []).append(word)
        lines += [f"{kind} {share} {' '.join(by_share[share])}" for share in sorted(by_share, reverse=True)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Count and write."""
    articles = list(rows(data_folder() / "claims" / "attr_polnear.train.jsonl.gz"))
    limit = int(sys.argv[1]) if len(sys.argv) > 1 else len(articles)
    table = shares(item for row in articles[:limit] for item in observe(row))
    write(table)
    print(f"{sum(map(len, table.values()))} words in {len(table)} constructions from {limit} articles: {TABLE.name}")


if __name__ == "__main__":
    main()
