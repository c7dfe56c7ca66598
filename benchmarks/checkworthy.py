"""Measures check-worthiness and trains its weights.

    python -m benchmarks.checkworthy            # 5-fold on cw_claimbuster.train; asked on cw_policlaim.train_gold
    python -m benchmarks.checkworthy --train    # writes claims/extraction/checkworthy.npz

PoliClaim is only asked, never trained on: no licence was found for it. Needs scikit-learn (the group "bench").
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, f1_score, precision_score, recall_score
from sklearn.model_selection import StratifiedKFold

from benchmarks.common import data_folder, hashes, rows, table, write_section
from claims.extraction.checkworthy import BUCKETS, WEIGHTS, hashed_counts, weighted
from claims.extraction.text.document import english_pipeline

TRAIN, ASKED = "cw_claimbuster.train.jsonl.gz", "cw_policlaim.train_gold.jsonl.gz"
FOLDS, SEED = 5, 0
# Inverse regularisation: over the folds 1 was no worse than 3 (with words, tags and grammar .768 against .763).
STRENGTH = 1.0
# A feature seen in fewer sentences is left out.
FEWEST = 3

Counts = list[list[Counter[int]]]


def load(name: str) -> tuple[Counts, Any]:
    """The hashed features of a file's sentences and their labels (1 is check-worthy)."""
    sentences = list(rows(data_folder() / "claims" / name))
    documents = english_pipeline().pipe((row["text"] for row in sentences), batch_size=128)
    return [hashed_counts(list(document)) for document in documents], np.array(
        [row["checkworthy"] for row in sentences]
    )


def frequencies(counts: Counts) -> Any:
    """The inverse document frequency of each bucket, 0 if it is too rare."""
    seen = np.zeros(BUCKETS)
    for groups in counts:
        seen[list(set().union(*groups))] += 1
    idf = np.log((1 + len(counts)) / (1 + seen)) + 1
    idf[seen < FEWEST] = 0
    return idf


def matrix(counts: Counts, idf: Any) -> Any:
    """Sentences by buckets."""
    starts, columns, values = [0], [], []
    for groups in counts:
        row = weighted(groups, idf)
        columns += list(row)
        values += list(row.values())
        starts.append(len(columns))
    return csr_matrix((values, columns, starts), shape=(len(counts), BUCKETS))


def fit(counts: Counts, labels: Any) -> tuple[Any, Any]:
    """The document frequencies and the regression of a training set."""
    idf = frequencies(counts)
    model = LogisticRegression(C=STRENGTH, max_iter=500, class_weight="balanced")
    return idf, model.fit(matrix(counts, idf), labels)


def folded(counts: Counts, labels: Any) -> Any:
    """For each sentence the probability given by the folds that did not see it."""
    probabilities = np.zeros(len(labels))
    for seen, unseen in StratifiedKFold(FOLDS, shuffle=True, random_state=SEED).split(labels, labels):
        idf, model = fit([counts[i] for i in seen], labels[seen])
        probabilities[unseen] = model.predict_proba(matrix([counts[i] for i in unseen], idf))[:, 1]
    return probabilities


def train(counts: Counts, labels: Any) -> None:
    """Write the weights of a model of everything."""
    idf, model = fit(counts, labels)
    np.savez_compressed(
        WEIGHTS,
        idf=idf.astype(np.float16),
        coefficients=model.coef_[0].astype(np.float16),
        bias=model.intercept_[0],
    )
    print(f"{WEIGHTS} written, {WEIGHTS.stat().st_size:,} bytes")


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the figures, and write the section where asked to; or train."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--train", action="store_true", help="write the weights that ship")
    parser.add_argument("--write", action="store_true", help="put the figures into docs/benchmarks.md")
    chosen = parser.parse_args(arguments)
    counts, labels = load(TRAIN)
    if chosen.train:
        train(counts, labels)
        return
    scores = folded(counts, labels)
    positive = scores >= 0.5
    held_out, held_out_labels = load(ASKED)
    idf, model = fit(counts, labels)
    answers = model.predict_proba(matrix(held_out, idf))[:, 1]
    body = [
        ("F1 of the positive class", TRAIN, f"{f1_score(labels, positive):.3f}", ".80"),
        (
            "precision / recall",
            TRAIN,
            f"{precision_score(labels, positive):.3f} / {recall_score(labels, positive):.3f}",
            "",
        ),
        ("average precision", TRAIN, f"{average_precision_score(labels, scores):.3f}", ""),
        ("average precision", ASKED, f"{average_precision_score(held_out_labels, answers):.3f}", ".85"),
    ]
    text = table(("measure", "data", "Factdesk", "target"), body)
    folder = data_folder() / "claims"
    note = f"{FOLDS}-fold on ClaimBuster; PoliClaim asked of a model of all of ClaimBuster."
    print(text)
    if chosen.write:
        write_section(
            "checkworthy", f"## Check-worthiness\n\n{note}\n\n{text}\n\n{hashes([folder / TRAIN, folder / ASKED])}"
        )


if __name__ == "__main__":
    main()
