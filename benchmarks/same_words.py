"""How often a source with a claim's words that does not say it is called `supported` and nobody is asked to look.

    python -m benchmarks.same_words [--write]

The rows are those of the training's sets of pairs with nearly the same words that the training held out: HANS (McCoy,
Pavlick and Linzen, ACL 2019: words exchanged, a clause taken for a fact), MED and HELP (Yanaka et al., 2019: words that
narrow what is said of all or of none), ConjNLI (Saha, Nie and Bansal, EMNLP 2020: "and", "or"), and Breaking NLI
(Glockner, Shwartz and Goldberg, ACL 2018: one word changed). "Own" are the pairs of ``same_words.txt``, in our own
wording, and "speakers" those of ``who_said_it.txt``, whose claims have a speaker; the rules were tuned on them. The
data folder is named by FACTDESK_DATA.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.common import report_counts
from benchmarks.pair_sets import cited, load
from benchmarks.remembering import Remembering
from claims.extraction.extract import extract
from claims.records import Claim, Label, OutletDirectory, Page, Policy, Reading, Stamp
from claims.verification.judges.load import load_judge
from claims.verification.verify import verify
from sources.outlets import load_outlets

OWN = {"own": Path(__file__).with_suffix(".txt"), "speakers": Path(__file__).with_name("who_said_it.txt")}
SETS = {
    "own": "own",
    "speakers": "speakers",
    "train/hans.regen_train": "HANS",
    "train/med": "MED",
    "train/help": "HELP",
    "train/conjnli.train_adversarial": "ConjNLI",
    "train/breaking_nli": "Breaking NLI",
}
# All of our own, and so many rows of each other set, drawn with this seed.
_MOST, _SEED = 300, 3


def _drawn(name: str) -> list[dict[str, Any]]:
    """The rows of a set whose evidence does not say the claim."""
    if name in OWN:
        return _own(name)
    unsaid = [row for row in load(name) if row["label"] != "supported"]
    return Random(_SEED).sample(unsaid, min(_MOST, len(unsaid)))


def _own(name: str) -> list[dict[str, Any]]:
    lines = [line for line in OWN[name].read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    pairs = [line.split(" | ", 1) for line in lines]
    return [
        {"id": f"{name}-{number}", "claim": claim, "evidence": source.split(" / "), "label": "nei", "extra": {}}
        for number, (claim, source) in enumerate(pairs)
    ]


def _asked(row: dict[str, Any], outlets: OutletDirectory, *, attributed: bool) -> tuple[Claim, Page, Reading]:
    """A row as a check sees it; with the claim's speaker, as it is extracted, if the set is about speakers."""
    claim, article, reading = cited(row)
    if not attributed:
        return claim, article, reading
    page = Page(text=row["claim"])
    return replace(extract(page, outlets).claims[0], citations=claim.citations), page, reading


def measure() -> tuple[dict[str, list[int]], list[str]]:
    """For each set how many rows were tried, and how many are not `supported` without review; and the others."""
    judge = Remembering(load_judge("embedded"))
    outlets = load_outlets()
    stamp = Stamp(run="same-words", policy=Policy(), now="2025-01-01T00:00:00Z")
    counts: dict[str, list[int]] = {title: [0, 0] for title in SETS.values()}
    missed = []
    for name, title in SETS.items():
        for row in _drawn(name):
            claim, article, reading = _asked(row, outlets, attributed=name == "speakers")
            [verdict] = verify([claim], article, [reading], judge, stamp)
            passed = verdict.label is Label.SUPPORTED and not verdict.needs_review
            counts[title][0] += 1
            counts[title][1] += not passed
            if passed:
                missed.append(f"{title}: {row['claim']} | {' '.join(row['evidence'])}")
    return counts, missed


if __name__ == "__main__":
    report_counts(
        "same_words", "Sources with the claim's words that do not say it", __doc__,
        ("set", "rows", "not `supported` without review"), measure,
    )  # fmt: skip
