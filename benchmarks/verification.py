"""Measures the quality and speed of verdicts on the development sets in FACTDESK_DATA/verification/dev.

    python -m benchmarks.verification [--sample N] [--write]

Prints Markdown; ``--write`` puts it between the markers of docs/benchmarks.md. "Held out" means that every row was
scored by a fit that saw neither the row nor its group, and with a threshold chosen on the rows that this fit saw
(see ``calibration.py``); SummEdits is in no fit at all. Intervals are 95 % bootstrap intervals over rows.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import numpy as np

from benchmarks import labels, retrieval, speed
from benchmarks.altered import NAME as ALTERED
from benchmarks.calibration import elsewhere
from benchmarks.cascade import Accuser, Band, crossed, fit_readers
from benchmarks.common import of_tests, write_section
from benchmarks.feature_tables import Table, table
from benchmarks.fitting import threshold
from benchmarks.pair_sets import DATA, digest, load
from benchmarks.remembering import Remembering
from benchmarks.trust import RATE, Scored, accuracy, cell, interval, reliable, trusted
from claims.verification.judges.judge import Judge
from claims.verification.judges.load import load_judge
from claims.verification.weighing.calibration import calibration
from claims.verification.words import content, coverage

WICE, ORACLE = "dev/wice_claim.dev", "dev/wice_claim_oracle.dev"
FEVER, SUMM = "dev/fever_symmetric.dev", "dev/summedits_news_a"
FACTCHECK, VITAMINC, MNLI = "train/factcheck_bench_stance.all", "train/vitaminc", "train/mnli_olora"
DEFACTO = "dev/defacto.val"
SETS = {
    WICE: "WiCE dev, whole page",
    ORACLE: "WiCE dev, gold chunks",
    FEVER: "FEVER-Symmetric dev",
    SUMM: "SummEdits news",
}
SIZES = {FACTCHECK: 1500, VITAMINC: 2500, MNLI: 500, DEFACTO: 800, ALTERED: 1000}
# On which other sets the bound of a set is chosen as well, as in the fit that ships.
BESIDE = {WICE: (SUMM, DEFACTO), ORACLE: (SUMM, DEFACTO), SUMM: (WICE, DEFACTO)}
OVERLAP = 0.8
PARTS = {
    "all": (),
    "without the rules": ("clashes", "agreeing", "uncompared", "numbers_absent", "names_absent", "negation_differs",
                          "opposites", "numbers"),
    "without the model": ("supported_", "refuted_", "unsaid_"),
    "without the words marked as not said": ("unsaid_",),
    "without reading passages together": ("supported_together", "refuted_together"),
    "without the words covered": ("covered_", "pairs_", "run", "heaviest_absent", "weight_absent", "nothing_absent"),
}  # fmt: skip


def held_out(tables: dict[str, Table], name: str) -> Scored:
    """Every row of a set scored by a fit that did not see it, against bounds that were chosen without it."""
    held = tables[name]
    probability, cut = scores(tables, name)
    truth = held.labels == "supported"
    others = [(scores(tables, other)[0], tables[other].labels == "supported") for other in BESIDE.get(name, ())]
    bound = elsewhere(probability, truth, held.groups, RATE, others)
    scored = Scored(probability, probability >= cut, truth, bound)
    return by_claim(scored, held.groups) if name == ORACLE else scored


def scores(tables: dict[str, Table], name: str) -> tuple[Any, Any]:
    """For every row of a set the probability and the threshold of a fit that did not see it."""
    held = tables[name]
    if name == SUMM:
        fitting = [tables[other] for other in (WICE, FACTCHECK, DEFACTO, ALTERED)]
        readers = fit_readers(fitting, "page", *asked_in_use(held, "page"))
        cut = threshold(readers.probabilities(tables[WICE]), tables[WICE].labels == "supported")
        return readers.probabilities(held), np.full(len(held.labels), cut)
    short = name == FEVER
    names = (VITAMINC, FACTCHECK, MNLI) if short else (WICE if name == DEFACTO else DEFACTO, FACTCHECK, ALTERED)
    regime = "passage" if short else "page"
    return crossed(held, [tables[other] for other in names], regime, *asked_in_use(held, regime))


def asked_in_use(features: Table, regime: str) -> tuple[Band | None, Accuser | None]:
    """Where the fit that ships asks the second reader of a table; two times None for one reader."""
    fitted = calibration("embedded") if features.second is not None else None
    if fitted is None or not fitted.second:
        return None, None
    curve = fitted.passage["refuted"]
    weights = np.array([curve.weights.get(name, 0.0) for name in features.names])
    return fitted.second[regime].band, lambda rows: 1 / (1 + np.exp(-(rows @ weights + curve.bias)))


def by_claim(scored: Scored, groups: Sequence[str]) -> Scored:
    """Several rows a claim: the best one speaks for it."""
    places: dict[str, list[int]] = {}
    for place, claim in enumerate(groups):
        places.setdefault(claim, []).append(place)
    best = [max(some, key=lambda place: scored.probability[place]) for some in places.values()]
    answer = np.array([scored.answer[some].any() for some in places.values()])
    truth = np.array([scored.truth[some].any() for some in places.values()])
    return Scored(scored.probability[best], answer, truth, scored.bound[best])


def overlap(name: str, rows: Sequence[dict[str, Any]]) -> Scored:
    """The floor: the share of the claim's content words that the evidence has, at 0.8."""
    share = np.array([coverage(content(row["claim"]), content(" ".join(row["evidence"]))) for row in rows])
    truth = np.array([row["label"] == "supported" for row in rows])
    scored = Scored(share, share >= OVERLAP, truth, np.full(len(rows), OVERLAP))
    return by_claim(scored, [str(row["id"]).split("#")[0] for row in rows]) if name == ORACLE else scored


def without(features: Table, dropped: Sequence[str]) -> Table:
    """The table without the columns whose names start so."""
    columns = [place for place, name in enumerate(features.names) if not name.startswith(tuple(dropped) or ("\0",))]
    second = None if features.second is None else features.second[:, columns]
    return replace(
        features, names=tuple(features.names[place] for place in columns), rows=features.rows[:, columns], second=second
    )


def graded() -> list[tuple[str, list[list[bool]]]]:
    """The tables of the tests: title, and for the half written with the rules and the half held out what is right."""
    # The tables live with their tests.
    test_quantities, test_quotes = of_tests("verification/test_quantities"), of_tests("verification/test_quotes")
    quotations = [
        [
            test_quotes.grade(quote, source, translated=foreign).grade is wanted
            for source, foreign, wanted, quote in half
        ]
        for half in test_quotes.rows()
    ]
    amounts = [
        (
            title,
            [
                [
                    test_quantities.clash(claim, source) is clashing
                    for source, claim, wanted in half
                    if wanted is clashing
                ]
                for half in test_quantities.rows()
            ],
        )
        for title, clashing in (("clashing numbers, dates, names", True), ("harmless rewordings", False))
    ]
    return [("altered quotations", quotations), *amounts]


def by_hand() -> list[str]:
    """The tables made by hand: altered quotations, clashes and harmless rewordings, and the half that was held out."""
    lines = ["", "Tables made by hand, share graded right:", "", "| table | written with | held out |", "|---|---|---|"]
    for title, halves in graded():
        lines.append(f"| {title} | {' | '.join(f'{np.mean(half):.3f} of {len(half)}' for half in halves)} |")
    return lines


def report(sample: int | None) -> str:
    """The whole section as Markdown."""
    rows = {name: load(name, sample) for name in SETS}
    lines = [
        "Balanced accuracy (supported or not), held out, with 95 % intervals:",
        "",
        "| set | rows | word overlap 0.8 | lexical judge | embedded model |",
        "|---|---|---|---|---|",
    ]
    judges = {"lexical": load_judge("lexical"), "embedded": Remembering(load_judge("embedded"))}
    tables = {kind: _tables(judge, rows, sample) for kind, judge in judges.items()}
    scored = {kind: {name: held_out(some, name) for name in SETS} for kind, some in tables.items()}
    for name, title in SETS.items():
        figures = [interval(overlap(name, rows[name]), accuracy)]
        figures += [interval(scored[kind][name], accuracy) for kind in judges]
        lines.append(f"| {title} | {len(rows[name])} | {' | '.join(map(cell, figures))} |")
    lines += trusted(scored["embedded"], SETS) + reliable(scored["embedded"], SETS)
    lines += _ablations(tables["embedded"], judges["embedded"], rows[WICE], sample)
    lines += retrieval.section(sample) + labels.section(rows[WICE], judges["embedded"]) + by_hand()
    lines += speed.section(article(load(SUMM)))
    lines += ["", "Data (first digits of the SHA-256 of each file): "]
    lines[-1] += ", ".join(f"{name.split('/')[1]} `{digest(name)}`" for name in (*SETS, *SIZES)) + "."
    return "\n".join(lines)


def article(rows: Sequence[dict[str, Any]], pages: int = 5, claims: int = 5) -> list[tuple[str, list[str]]]:
    """News articles with claims about each: what an article of 25 claims and 5 sources is made of."""
    texts: dict[str, list[str]] = {}
    for row in rows:
        texts.setdefault("\n".join(row["evidence"]), []).append(row["claim"])
    whole = [(text, some[:claims]) for text, some in texts.items() if len(some) >= claims]
    return whole[:pages] or [(text, some[:claims]) for text, some in list(texts.items())[:pages]]


def _tables(judge: Judge, rows: dict[str, list[dict[str, Any]]], sample: int | None) -> dict[str, Table]:
    return {name: table(name, some, judge) for name, some in (rows | _fitting(sample)).items()}


def _fitting(sample: int | None) -> dict[str, list[dict[str, Any]]]:
    return {name: load(name, min(most, sample or most)) for name, most in SIZES.items()}


def _ablations(
    tables: dict[str, Table], judge: Judge, pages: Sequence[dict[str, Any]], sample: int | None
) -> list[str]:
    """What each part brings: balanced accuracy without it. Short evidence has nothing to rank."""
    lines = ["", "What each part brings (balanced accuracy, held out):", "", "| | WiCE dev | FEVER-Symmetric dev |"]
    lines.append("|---|---|---|")
    for title, dropped in PARTS.items():
        less = {name: without(features, dropped) for name, features in tables.items()}
        figures = [f"{accuracy(held_out(less, name)):.3f}" for name in (WICE, FEVER)]
        lines.append(f"| {title} | {' | '.join(figures)} |")
    some = {name: rows for name, rows in _fitting(sample).items() if name in (FACTCHECK, DEFACTO, ALTERED)} | {
        WICE: pages
    }
    for title, ranking in (("without the encoder's ranking", "words"), ("without any ranking", "order")):
        otherwise = {name: table(name, rows, judge, ranking) for name, rows in some.items()}
        lines.append(f"| {title} | {accuracy(held_out(tables | otherwise, WICE)):.3f} | - |")
    return lines


def main() -> None:
    """Measure, print, and write where asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sample", type=int, help="so many rows of each set only")
    parser.add_argument("--write", action="store_true", help="write into docs/benchmarks.md")
    options = parser.parse_args()
    if not DATA.is_dir():
        sys.exit(f"no data at {DATA}: set FACTDESK_DATA")
    command = "python -m benchmarks.verification" + (f" --sample {options.sample}" if options.sample else "")
    judge = load_judge("embedded")
    head = (
        f"Measured with `{command} --write` on {datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores, {judge.version}."
    )
    section = f"{head}\n\n{report(options.sample)}\n"
    print(section)
    if options.write:
        write_section("verification", f"## Verification\n\n{section}")


if __name__ == "__main__":
    main()
