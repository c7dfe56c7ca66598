"""Trains the pronoun ranker on GAP and measures it on GAP's validation rows.

    python -m training.coreference --data ../shared/data/coreference

GAP (Webster and others 2018, Apache-2.0) has Wikipedia passages with one pronoun and two names each. The ranker is a
conditional logit over the candidates that the resolver sees and "none of them". It is fitted to the development rows;
in a second round, pronouns that were resolved in the first round count as mentions.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import hashlib
import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from claims.extraction.coreference.antecedents import one_name
from claims.extraction.coreference.ranking import FILE, Features, Option, of_nobody, ranker
from claims.extraction.coreference.referents import Referents
from claims.extraction.speech.candidates import quotes_of
from claims.extraction.text.document import char_span, model_name, parse_text

DEVELOPMENT, VALIDATION = "gap.development.tsv.gz", "gap.validation.tsv.gz"
RARE = 8  # a feature of fewer candidates has no weight of its own
PENALTY, STEPS, RATE = 1.0, 400, 0.1
ROUNDS = 2


@dataclass(frozen=True, slots=True)
class Row:
    """A pronoun with its candidates: ``right`` are its antecedents, ``wrong`` are known not to be.

    ``told`` is False if the antecedent is not among the candidates; such a row is not used for training.
    """

    options: tuple[Option, ...]
    nobody: Features
    right: frozenset[int]
    wrong: frozenset[int]
    told: bool


def read_gap(path: Path, weights: Mapping[str, float]) -> Iterator[Row]:
    """The rows of a GAP file whose pronoun the resolver sees, with their candidates."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            parsed = _gap_row(row, weights)
            if parsed is not None:
                yield parsed


def _gap_row(row: Mapping[str, str], weights: Mapping[str, float]) -> Row | None:
    document = parse_text(row["Text"])
    offset = int(row["Pronoun-offset"])
    sentence = document.sentence_at(offset)
    token = next((t for t in sentence.tokens if char_span(t)[0] == offset), None) if sentence else None
    if sentence is None or token is None:
        return None
    referents = Referents(document, [quote.span for quote in quotes_of(document)], weights=weights)
    options = tuple(referents.options(offset))
    if not options:
        return None
    named = {letter: _at(options, int(row[f"{letter}-offset"]), row[letter]) for letter in "AB"}
    right = {letter for letter in "AB" if row[f"{letter}-coref"] == "TRUE"}
    meant = frozenset(place for letter in right for place in named[letter])
    every = frozenset(range(len(options)))
    wrong = every - meant if right else frozenset(place for letter in "AB" for place in named[letter])
    groups = [option.mentions for option in options]
    return Row(options, of_nobody(token, sentence.index, groups), meant, wrong, told=bool(meant) or not right)


def _at(options: Sequence[Option], start: int, name: str) -> set[int]:
    """The candidates that a name at an offset is a mention of, or that are called by it."""
    end = start + len(name)
    return {
        place
        for place, option in enumerate(options)
        if one_name(option.last.name, name)
        or any(start <= mention.offset < end and not mention.settled for mention in option.mentions)
    }


def fit(rows: Sequence[Row]) -> dict[str, float]:
    """The weights, by Adam on the penalised likelihood; only features that are common enough."""
    names = _feature_names(rows)
    place = {name: number for number, name in enumerate(names)}
    table, present, allowed = _tables(rows, place)
    weights, first, second = (np.zeros(len(names)) for _ in range(3))
    for step in range(1, STEPS + 1):
        slope = (_slope(table, present, allowed, weights) - PENALTY * weights) / len(rows)
        first, second = 0.9 * first + 0.1 * slope, 0.999 * second + 0.001 * slope**2
        weights += RATE * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    return {name: round(float(weights[number]), 3) for name, number in place.items()}


def _feature_names(rows: Sequence[Row]) -> list[str]:
    counts: dict[str, int] = {}
    for row in rows:
        for features in (*(option.features for option in row.options), row.nobody):
            for name in features:
                counts[name] = counts.get(name, 0) + 1
    return sorted(name for name, count in counts.items() if count >= RARE)


def _tables(rows: Sequence[Row], place: Mapping[str, int]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Features (rows by candidates by features), which candidates exist, and which of them may be the antecedent.

    The last candidate is "none of them".
    """
    most = max(len(row.options) for row in rows) + 1
    table = np.zeros((len(rows), most, len(place)), dtype=np.float32)
    present, allowed = (np.zeros((len(rows), most), dtype=bool) for _ in range(2))
    for number, row in enumerate(rows):
        lines = [*range(len(row.options)), most - 1]
        for line, features in zip(lines, (*(option.features for option in row.options), row.nobody), strict=True):
            present[number, line] = True
            allowed[number, line] = line in row.right if row.right else line not in row.wrong
            for name, value in features.items():
                if name in place:
                    table[number, line, place[name]] = value
    return table, present, allowed


def _slope(table: np.ndarray, present: np.ndarray, allowed: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """The gradient of the log-likelihood that the antecedent is one of the allowed candidates."""
    scores = np.where(present, table @ weights, -np.inf)
    shares = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares /= shares.sum(axis=1, keepdims=True)
    kept = np.where(allowed, shares, 0.0)
    kept /= np.maximum(kept.sum(axis=1, keepdims=True), 1e-12)
    slope: np.ndarray = np.tensordot(kept - shares, table, axes=2)
    return slope


def curve(rows: Sequence[Row], weights: Mapping[str, float]) -> list[tuple[float, int, int]]:
    """For increasing thresholds: the threshold, the number of rows answered, and the number answered correctly."""
    best = []
    for row in rows:
        scores = [
            sum(weights.get(n, 0.0) * v for n, v in f.items()) for f in (*(o.features for o in row.options), row.nobody)
        ]
        top = max(scores)
        shares = [math.exp(score - top) for score in scores]
        place = max(range(len(row.options)), key=shares.__getitem__)
        if place in row.right or place in row.wrong:
            best.append((shares[place] / sum(shares), place in row.right))
    bounds = (0.0, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.97)
    return [
        (bound, sum(p >= bound for p, _ in best), sum(p >= bound and right for p, right in best)) for bound in bounds
    ]


def main(words: Sequence[str] | None = None) -> None:
    """Train, measure, and write the weights with their card."""
    parser = argparse.ArgumentParser(prog="python -m training.coreference", description="Train the ranker of pronouns.")
    parser.add_argument("--data", type=Path, default=Path("../shared/data/coreference"))
    parser.add_argument("--out", type=Path, default=FILE)
    arguments = parser.parse_args(words)
    weights: dict[str, float] = {}
    for turn in range(ROUNDS):
        rows = [row for row in read_gap(arguments.data / DEVELOPMENT, weights) if row.told]
        weights = fit(rows)
        print(f"round {turn + 1}: {len(rows)} rows, {len(weights)} weights", flush=True)
    held = list(read_gap(arguments.data / VALIDATION, weights))
    measured = curve(held, weights)
    for bound, answered, right in measured:
        share = right / answered if answered else 0.0
        print(f"  from {bound:.2f}: {answered / len(held):.2f} answered, {share:.3f} of these rightly")
    card = {
        "trained_on": "GAP development rows (Webster and others 2018), Apache-2.0",
        "command": "python -m training.coreference",
        "sha256": {
            name: hashlib.sha256((arguments.data / name).read_bytes()).hexdigest() for name in (DEVELOPMENT, VALIDATION)
        },
        "parser": model_name(),
        "rows": len(rows),
        "validation": [{"bound": b, "answered": a, "right": r} for b, a, r in measured],
        "penalty": PENALTY,
    }
    shipped = {"weights": dict(sorted(weights.items())), "bounds": ranker()["bounds"], "card": card}
    arguments.out.write_text(json.dumps(shipped, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
