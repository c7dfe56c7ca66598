"""The development sets as the product reads them, and the scores of a model on them.

Only the judge is measured: the area under the curve of "supported", the balanced accuracy at the best threshold (an
upper bound, for choosing between models; ``benchmarks/verification.py`` measures the product), how often the supported
claim of two twins is ranked above the other, and the F1 of the words that the evidence does not say.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from training.network import Verifier
from training.pair import NOT_SUPPORTED
from training.prepared import Prepared, read, write
from training.teach import answers
from training.twins import UNKNOWN, UNSAID

WICE, DEFACTO, SUMMEDITS = "wice_claim.dev", "defacto.val", "summedits_news_a"
SETS = (WICE, DEFACTO, SUMMEDITS, "fever_symmetric.dev", "own_pairs.dev")
CHOOSING = (WICE, DEFACTO, SUMMEDITS)  # whose mean area chooses between models


@dataclass(frozen=True, slots=True, kw_only=True)
class DevSets:
    """All pairs of all rows; for each pair its row, and whether it is the passages read as one.

    A row is a claim with the passages of its text that the product would ask about, and those read as one.
    """

    prepared: Prepared
    row: np.ndarray
    whole: np.ndarray
    sets: tuple[str, ...]  # of each row
    truth: np.ndarray  # of each row: supported
    twin: np.ndarray  # of each row: the row of its twin, or -1


def keep(sets: DevSets, path: Path) -> None:
    """Write the pairs to ``path`` and the rest beside it."""
    write(sets.prepared, path)
    np.savez_compressed(path.with_suffix(".rows.npz"), row=sets.row, whole=sets.whole, sets=np.array(sets.sets),
                        truth=sets.truth, twin=sets.twin)  # fmt: skip


def kept(path: Path) -> DevSets:
    """What ``keep`` wrote."""
    with np.load(path.with_suffix(".rows.npz")) as held:
        return DevSets(prepared=read(path), row=held["row"], whole=held["whole"], sets=tuple(held["sets"].tolist()),
                       truth=held["truth"], twin=held["twin"])  # fmt: skip


def dev_score(model: Verifier, sets: DevSets, device: str) -> dict[str, float]:
    """The scores of a model by set; ``mean`` is the mean area over the sets of ``CHOOSING``."""
    output = answers(model, sets.prepared, device, words=True)
    assert output.unsaid is not None  # noqa: S101  asked for
    return figures_of(output.logits.float().cpu().numpy(), output.unsaid.float().cpu().numpy(), sets)


def figures_of(logits: np.ndarray, unsaid: np.ndarray, sets: DevSets) -> dict[str, float]:
    """The scores of the answers to all pairs, given as logits (pairs by 3) and a logit for each token."""
    odds = logits[:, 0] - np.logaddexp(logits[:, 1], logits[:, 2])
    joined = np.full(len(sets.truth), -np.inf)
    best = joined.copy()
    np.maximum.at(best, sets.row, odds)
    joined[sets.row[sets.whole]] = odds[sets.whole]
    names = np.array(sets.sets)
    figures: dict[str, float] = {}
    for name in dict.fromkeys(sets.sets):
        in_set = names == name
        for kind, scores in (("best", best), ("joined", joined)):
            figures[f"{name} auc {kind}"] = auc(scores[in_set], sets.truth[in_set])
        figures[f"{name} balanced"] = max(_balanced(scores[in_set], sets.truth[in_set]) for scores in (best, joined))
    twins = np.flatnonzero((sets.twin >= 0) & (names == DEFACTO))
    figures["pairs in order"] = float((joined[sets.twin[twins]] > joined[twins]).mean()) if len(twins) else 0.0
    figures["words f1"] = words_f1(unsaid, sets)
    figures["mean"] = float(np.mean([max(figures[f"{name} auc {kind}"] for kind in ("best", "joined"))
                                     for name in CHOOSING if f"{name} auc best" in figures] or [0.0]))  # fmt: skip
    return {name: round(value, 4) for name, value in figures.items()}


def auc(scores: np.ndarray, truth: np.ndarray) -> float:
    """The area under the curve: how often a supported row is above one that is not (ties count half)."""
    order = np.argsort(scores, kind="stable")
    ranks = np.empty(len(scores))
    ranks[order] = np.arange(1, len(scores) + 1)
    for value in np.unique(scores):
        same = scores == value
        ranks[same] = ranks[same].mean()
    yes = int(truth.sum())
    no = len(truth) - yes
    return float((ranks[truth].sum() - yes * (yes + 1) / 2) / max(1, yes * no))


def _balanced(scores: np.ndarray, truth: np.ndarray) -> float:
    cuts = np.unique(scores)
    yes, no = max(1, truth.sum()), max(1, (~truth).sum())
    shares = [((scores >= cut) & truth).sum() / yes + ((scores < cut) & ~truth).sum() / no for cut in cuts]
    return float(max(shares, default=1.0)) / 2


def words_f1(unsaid: np.ndarray, sets: DevSets, threshold: float = 0.0) -> float:
    """F1 over the tokens of DeFacto's changed claims whose twins tell which words are not said."""
    prepared = sets.prepared
    source = prepared.names.index(DEFACTO) if DEFACTO in prepared.names else -1
    right = marked = wanted = 0
    starts, words = prepared.starts.numpy(), prepared.words.numpy()
    for place in np.flatnonzero(
        (prepared.sources.numpy() == source) & sets.whole & (prepared.labels.numpy() == NOT_SUPPORTED)
    ):
        tokens = slice(starts[place], starts[place + 1])
        known = words[tokens] != UNKNOWN
        gold, predicted = words[tokens][known] == UNSAID, unsaid[tokens][known] > threshold
        right, marked, wanted = (
            right + int((gold & predicted).sum()),
            marked + int(predicted.sum()),
            wanted + int(gold.sum()),
        )
    return 2 * right / max(1, marked + wanted)
