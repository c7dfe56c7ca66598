"""Fits how much each feature counts, and writes ``claims/verification/weights.json``.

    python benchmarks/calibration.py [--judges embedded,lexical] [--dry]

Two logistic regressions for each judge: on short evidence (FEVER-Symmetric dev, samples of VitaminC, Factcheck-Bench
and MultiNLI) and on whole pages (WiCE dev and Factcheck-Bench). ``refuted`` is fitted on the three-way rows of the
short evidence. The data folder is named by FACTDESK_DATA (default ../shared/data); scikit-learn is needed.

``crossed`` gives every row a probability from a fit that saw neither the row nor its group (same page, same FEVER
case, same article): what the benchmark reports as held out.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import os
import random
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from claims.records import Page  # noqa: E402  the repository's root must be on the path first
from claims.verification.calibrated import PAGE, WEIGHTS  # noqa: E402  as above
from claims.verification.evidence import TOP, Ranked, together  # noqa: E402  as above
from claims.verification.features import features, read  # noqa: E402  as above
from claims.verification.judge import Judge, ask, load_judge  # noqa: E402  as above

DATA = Path(os.environ.get("FACTDESK_DATA", ROOT.parent / "shared" / "data")) / "verification"
PASSAGES = {
    "dev/fever_symmetric.dev": None,
    "train/vitaminc": 2500,
    "train/factcheck_bench_stance.all": 1500,
    "train/mnli_olora": 500,
}
PAGES = {"dev/wice_claim.dev": None, "train/factcheck_bench_stance.all": 1500}
# How little the weights are held back. Tuned on the dev sets, ten folds by group: on pages .005, .02, .05, .2 and 1
# gave a balanced accuracy of .737, .737, .735, .720 and .731; on short evidence .751, .756, .758, .766 and .761.
STRENGTH = {"page": 0.02, "passage": 0.2}
FOLDS = 10


@dataclass(frozen=True, slots=True)
class Table:
    """The features of a set: rows by columns, labels (supported, refuted, nei), groups, windows, and who is binary."""

    names: tuple[str, ...]
    rows: Any
    labels: Any
    groups: tuple[str, ...]
    windows: Any
    binary: Any


def load(name: str, most: int | None = None) -> list[dict[str, Any]]:
    """The rows of a set, or a sample of whole groups of it that is always the same."""
    with gzip.open(DATA / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    if most is None or len(rows) <= most:
        return rows
    groups = sorted({group(name, row) for row in rows})
    random.Random(7).shuffle(groups)
    place = {one: number for number, one in enumerate(groups)}
    return sorted(rows, key=lambda row: (place[group(name, row)], row["id"]))[:most]


def digest(name: str) -> str:
    """The first sixteen digits of the SHA-256 of a set's file."""
    return hashlib.sha256((DATA / f"{name}.jsonl.gz").read_bytes()).hexdigest()[:16]


def group(name: str, row: dict[str, Any]) -> str:
    """What must not be torn apart between fitting and measuring: one page, one FEVER case, one article."""
    if "summedits" in name:
        return str(row["id"]).split("_", maxsplit=1)[0]
    if "wice" in name:
        return str(row["id"]).split("#", maxsplit=1)[0]
    return str(row["extra"].get("case_id") or " ".join(row["evidence"])[:80])


def table(name: str, rows: Sequence[dict[str, Any]], judge: Judge) -> Table:
    """The features of every row, worked out as ``factdesk verify`` does."""
    pages = [Ranked(Page(text="\n".join(" ".join(text.split()) for text in row["evidence"]))) for row in rows]
    tops = [page.top(row["claim"], TOP) for page, row in zip(pages, rows, strict=True)]
    pairs = [
        [(row["claim"], text) for text in (*(window.passage.text for window in top), together(top))]
        for row, top in zip(rows, tops, strict=True)
    ]
    answers = iter(ask(judge, [pair for some in pairs for pair in some]))
    found = []
    for row, page, top in zip(rows, pages, tops, strict=True):
        said = [next(answers) for _ in top]
        found.append(features(row["claim"], read(row["claim"], top, said, next(answers), page)))
    names = tuple(found[0])
    return Table(
        names=names,
        rows=np.array([[one[key] for key in names] for one in found]),
        labels=np.array([row["label"] for row in rows]),
        groups=tuple(group(name, row) for row in rows),
        windows=np.array([len(page.windows) for page in pages]),
        binary=np.array([bool(row["extra"].get("binary_only")) for row in rows]),
    )


def fit(rows: Any, wanted: Any, weight: Any, regime: str) -> Any:
    """A standardised logistic regression."""
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415  only the bench group has it
    from sklearn.pipeline import make_pipeline  # noqa: PLC0415  as above
    from sklearn.preprocessing import StandardScaler  # noqa: PLC0415  as above

    model = make_pipeline(StandardScaler(), LogisticRegression(C=STRENGTH[regime], max_iter=3000))
    model.fit(rows, wanted, logisticregression__sample_weight=weight)
    return model


def joined(tables: Iterable[Table], *, three_way: bool = False) -> tuple[Any, Any, Any]:
    """Rows, labels and weights of several sets; every set weighs the same, however many rows it has."""
    parts = []
    for one in tables:
        chosen = ~one.binary if three_way else np.ones(len(one.labels), bool)
        if chosen.any():
            parts.append((one.rows[chosen], one.labels[chosen], np.full(chosen.sum(), 500 / chosen.sum())))
    return tuple(np.concatenate([part[place] for part in parts]) for place in range(3))  # type: ignore[return-value]  # three of them


def threshold(probabilities: Any, wanted: Any) -> float:
    """Where the balanced accuracy is best: the middle of the best tenth of cuts, so that one row does not decide."""
    cuts = np.quantile(probabilities, np.linspace(0.02, 0.98, 97))
    scores = np.array([balanced(wanted, probabilities >= cut) for cut in cuts])
    return float(np.median(cuts[scores >= np.quantile(scores, 0.9)]))


def balanced(wanted: Any, answered: Any) -> float:
    """Balanced accuracy of yes and no."""
    return float((answered[wanted].mean() + (~answered[~wanted]).mean()) / 2)


def crossed(mine: Table, others: Sequence[Table], regime: str, answer: str = "supported") -> tuple[Any, Any]:
    """For each row of ``mine`` the probability and the threshold of a fit without its group."""
    from sklearn.model_selection import StratifiedGroupKFold  # noqa: PLC0415  only the bench group has it

    folds = min(FOLDS, len(set(mine.groups)))
    splitter = StratifiedGroupKFold(folds, shuffle=True, random_state=0)
    probabilities, cuts = np.zeros(len(mine.labels)), np.zeros(len(mine.labels))
    for seen, unseen in splitter.split(mine.rows, mine.labels == answer, mine.groups):
        part = Table(mine.names, mine.rows[seen], mine.labels[seen], (), mine.windows[seen], mine.binary[seen])
        rows, labels, weight = joined([part, *others])
        model = fit(rows, labels == answer, weight, regime)
        probabilities[unseen] = model.predict_proba(mine.rows[unseen])[:, 1]
        cuts[unseen] = threshold(model.predict_proba(part.rows)[:, 1], part.labels == answer)
    return probabilities, cuts


def curve(model: Any, names: Sequence[str], cut: float) -> dict[str, Any]:
    """The fit as plain weights on plain features: the standardisation is folded in."""
    scale, steps = model[0], model[1].coef_[0]
    weights = steps / scale.scale_
    bias = float(model[1].intercept_[0] - (weights * scale.mean_).sum())
    named = {name: round(float(weight), 5) for name, weight in zip(names, weights, strict=True)}
    return {"bias": round(bias, 5), "threshold": round(cut, 4), "weights": named}


def fitted(judge: Judge) -> dict[str, Any]:
    """The curves of one judge."""
    short = [table(name, load(name, most), judge) for name, most in PASSAGES.items()]
    pages = [table(name, load(name, most), judge) for name, most in PAGES.items()]
    curves: dict[str, Any] = {}
    rows, labels, weight = joined(short, three_way=True)
    refuted = fit(rows, labels == "refuted", weight, "passage")
    for regime, tables in (("passage", short), ("page", pages)):
        rows, labels, weight = joined(tables)
        supported = fit(rows, labels == "supported", weight, regime)
        lead = tables[0]
        cut = threshold(supported.predict_proba(lead.rows)[:, 1], lead.labels == "supported")
        no = threshold(refuted.predict_proba(short[0].rows)[:, 1], short[0].labels == "refuted")
        # No page set tells refuted from not mentioned: on pages the judge must be surer.
        curves[regime] = {
            "supported": curve(supported, lead.names, cut),
            "refuted": curve(refuted, lead.names, no if regime == "passage" else max(0.65, no)),
        }
    return curves


def main() -> None:
    """Fit and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--judges", default="embedded,lexical")
    parser.add_argument("--dry", action="store_true", help="print, do not write")
    options = parser.parse_args()
    if not DATA.is_dir():
        sys.exit(f"no data at {DATA}: set FACTDESK_DATA")
    made = json.loads(WEIGHTS.read_text(encoding="utf-8")) if WEIGHTS.is_file() else {"judges": {}}
    for name in options.judges.split(","):
        judge = load_judge(name)
        made["judges"][judge.name] = fitted(judge)
        made.setdefault("fitted_with", {})[judge.name] = judge.version
    made["data"] = {name: digest(name) for name in (*PASSAGES, *PAGES)}
    made["page_from_windows"] = PAGE
    text = json.dumps(made, indent=1) + "\n"
    if options.dry:
        print(text)
    else:
        WEIGHTS.write_text(text, encoding="utf-8")
        print(f"{WEIGHTS.name} written")


if __name__ == "__main__":
    main()
