"""How good the verdicts are on the dev sets of FACTDESK_DATA/verification/dev, and how fast.

    python benchmarks/verification.py [--sample N] [--write]

Prints Markdown; ``--write`` puts it between the markers of docs/benchmarks.md. "Held out" means that every row was
scored by a fit that saw neither the row nor its group, and with a threshold chosen on the rows that this fit saw
(see ``calibration.py``); SummEdits is in no fit at all. Intervals are 95 % bootstrap intervals over rows.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent))

from calibration import DATA, ROOT, Table, balanced, crossed, digest, fit, joined, load, table, threshold
from common import write_section

from claims.records import Citation, CitationKind, Claim, ClaimKind, Page, Policy, Reading, Source
from claims.verification.judge import Judge, load_judge
from claims.verification.verify import verify
from claims.verification.words import content, coverage

WICE, ORACLE = "dev/wice_claim.dev", "dev/wice_claim_oracle.dev"
FEVER, SUMM = "dev/fever_symmetric.dev", "dev/summedits_news_a"
FACTCHECK, VITAMINC, MNLI = "train/factcheck_bench_stance.all", "train/vitaminc", "train/mnli_olora"
SETS = {
    WICE: "WiCE dev, whole page",
    ORACLE: "WiCE dev, gold chunks",
    FEVER: "FEVER-Symmetric dev",
    SUMM: "SummEdits news",
}
SIZES = {FACTCHECK: 1500, VITAMINC: 2500, MNLI: 500}
OVERLAP = 0.8
# Verdicts below this are flagged for review (the default of ``verdicts.review_below``).
REVIEW_BELOW = 0.8
PARTS = {
    "all": (),
    "without the rules": ("clashes", "agreeing", "uncompared", "numbers_absent", "names_absent", "negation_differs",
                          "opposites", "numbers"),
    "without the model": ("supported_", "refuted_"),
    "without reading passages together": ("supported_together", "refuted_together"),
    "without the words covered": ("covered_", "pairs_", "run", "heaviest_absent", "weight_absent", "nothing_absent"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Scored:
    """Probabilities, answers and the truth for a set: one entry for each claim."""

    probability: Any
    answer: Any
    truth: Any


def held_out(tables: dict[str, Table], name: str) -> Scored:
    """Every row of a set scored by a fit that did not see it."""
    mine = tables[name]
    if name == SUMM:
        model = fit(joined([tables[WICE], tables[FACTCHECK]]), mine.names, "page")
        cut = threshold(model.probabilities(tables[WICE].rows), tables[WICE].labels == "supported")
        probability = model.probabilities(mine.rows)
        return Scored(probability, probability >= cut, mine.labels == "supported")
    short = name == FEVER
    others = [tables[VITAMINC], tables[FACTCHECK], tables[MNLI]] if short else [tables[FACTCHECK]]
    probability, cut = crossed(mine, others, "passage" if short else "page")
    scored = Scored(probability, probability >= cut, mine.labels == "supported")
    return by_claim(scored, mine.groups) if name == ORACLE else scored


def by_claim(scored: Scored, groups: Sequence[str]) -> Scored:
    """Several rows a claim: the best one speaks for it."""
    places: dict[str, list[int]] = {}
    for place, one in enumerate(groups):
        places.setdefault(one, []).append(place)
    best = [max(some, key=lambda place: scored.probability[place]) for some in places.values()]
    answer = np.array([scored.answer[some].any() for some in places.values()])
    truth = np.array([scored.truth[some].any() for some in places.values()])
    return Scored(scored.probability[best], answer, truth)


def overlap(name: str, rows: Sequence[dict[str, Any]]) -> Scored:
    """The floor: the share of the claim's content words that the evidence has, at 0.8."""
    share = np.array([coverage(content(row["claim"]), content(" ".join(row["evidence"]))) for row in rows])
    truth = np.array([row["label"] == "supported" for row in rows])
    scored = Scored(share, share >= OVERLAP, truth)
    return by_claim(scored, [str(row["id"]).split("#")[0] for row in rows]) if name == ORACLE else scored


def interval(scored: Scored, measure: Callable[[Scored], float], rounds: int = 500) -> tuple[float, float, float]:
    """The measure with its 95 % bootstrap interval."""
    random = np.random.RandomState(0)
    values = []
    for _ in range(rounds):
        take = random.randint(0, len(scored.truth), len(scored.truth))
        drawn = Scored(scored.probability[take], scored.answer[take], scored.truth[take])
        if 0 < drawn.truth.sum() < len(take):
            values.append(measure(drawn))
    return measure(scored), float(np.percentile(values, 2.5)), float(np.percentile(values, 97.5))


def accuracy(scored: Scored) -> float:
    """Balanced accuracy, supported against not."""
    return balanced(scored.truth, scored.answer)


def false_supported(scored: Scored) -> float:
    """Of the claims that are not supported, the share called supported without a flag for review."""
    return float((scored.probability[~scored.truth] >= REVIEW_BELOW).mean())


def found(scored: Scored) -> float:
    """Of the supported claims, the share called supported without a flag for review."""
    return float((scored.probability[scored.truth] >= REVIEW_BELOW).mean())


def at_five(scored: Scored) -> float:
    """Of the supported claims, the share found when one in twenty of the others is let through."""
    bound = np.quantile(scored.probability[~scored.truth], 0.95)
    return float((scored.probability[scored.truth] > bound).mean())


def calibration_error(scored: Scored, bins: int = 10) -> float:
    """Expected calibration error of the probability of "supported" (Guo et al. 2017), ten equal bins."""
    total = 0.0
    for number in range(bins):
        inside = (scored.probability > number / bins) & (scored.probability <= (number + 1) / bins)
        if inside.any():
            gap = abs(scored.probability[inside].mean() - scored.truth[inside].mean())
            total += float(inside.mean() * gap)
    return total


def without(one: Table, dropped: Sequence[str]) -> Table:
    """The table without the columns whose names start so."""
    kept = [place for place, name in enumerate(one.names) if not name.startswith(tuple(dropped) or ("\0",))]
    names = tuple(one.names[place] for place in kept)
    return Table(names, one.rows[:, kept], one.labels, one.groups, one.windows, one.binary)


def speed(judge: Judge) -> str:
    """Pairs per second at about 128 tokens."""
    passage = " ".join(["The council voted on Monday to close the two bridges over the river for repairs"] * 7)[:520]
    pairs = [(f"The council closed bridge number {number}.", passage) for number in range(160)]
    judge.judge(pairs[:16])
    begun = time.perf_counter()
    judge.judge(pairs)
    return f"{len(pairs) / (time.perf_counter() - begun):.0f}"


def article_seconds(judge: Judge) -> str:
    """Seconds for an article of 25 claims that cite nothing, so that all five sources are asked for each."""
    texts: dict[str, list[str]] = {}
    for row in load(SUMM):
        texts.setdefault("\n".join(row["evidence"]), []).append(row["claim"])
    pages = list(texts)[:5]
    made = [
        Reading(
            source=Source(citation=Citation(kind=CitationKind.LINK, url=f"https://{place}.example/")),
            page=Page(text=text),
        )
        for place, text in enumerate(pages)
    ]
    statements = [claim for text in pages for claim in texts[text][:5]]
    claims = [
        Claim(article="a", text=one, spans=(), statement=one, kind=ClaimKind.STATEMENT, checkable=True)
        for one in statements
    ]
    begun = time.perf_counter()
    verify(claims, Page(text=""), made, judge, run="r", policy=Policy(), now="2025-01-01T00:00:00Z")
    return f"{time.perf_counter() - begun:.1f}"


def by_hand() -> list[str]:
    """The tables made by hand: altered quotations, clashes and harmless rewordings, and the half that was held out."""
    sys.path.insert(0, str(ROOT / "tests" / "verification"))
    import test_quantities  # noqa: PLC0415  the tables live with their tests
    import test_quotes  # noqa: PLC0415  as above

    lines = ["", "Tables made by hand, share graded right:", "", "| table | written with | held out |", "|---|---|---|"]
    graded = [
        [
            test_quotes.grade(quote, source, translated=foreign).grade is wanted
            for source, foreign, wanted, quote in half
        ]
        for half in test_quotes.rows()
    ]
    lines.append(f"| altered quotations | {' | '.join(f'{np.mean(half):.3f} of {len(half)}' for half in graded)} |")
    for title, clashing in (("clashing numbers, dates, names", True), ("harmless rewordings", False)):
        right = [
            [test_quantities.clash(claim, source) is clashing for source, claim, wanted in half if wanted is clashing]
            for half in test_quantities.rows()
        ]
        lines.append(f"| {title} | {' | '.join(f'{np.mean(half):.3f} of {len(half)}' for half in right)} |")
    return lines


def cell(values: tuple[float, float, float]) -> str:
    """A figure with its interval."""
    return " – ".join((f"{values[0]:.3f} ({values[1]:.3f}", f"{values[2]:.3f})"))


def report(sample: int | None) -> str:
    """The whole section as Markdown."""
    rows = {name: load(name, sample) for name in SETS}
    lines = [
        "Balanced accuracy (supported or not), held out, with 95 % intervals:",
        "",
        "| set | rows | word overlap 0.8 | lexical judge | embedded model |",
        "|---|---|---|---|---|",
    ]
    judges = {name: load_judge(name) for name in ("lexical", "embedded")}
    tables = {kind: _tables(judge, rows, sample) for kind, judge in judges.items()}
    scored = {kind: {name: held_out(some, name) for name in SETS} for kind, some in tables.items()}
    for name, title in SETS.items():
        figures = [interval(overlap(name, rows[name]), accuracy)]
        figures += [interval(scored[kind][name], accuracy) for kind in judges]
        lines.append(f"| {title} | {len(rows[name])} | {' | '.join(map(cell, figures))} |")
    lines += _trust(scored["embedded"]) + _ablations(tables["embedded"], sample)
    lines += by_hand()
    lines += ["", f"Pairs per second at about 128 tokens, as this machine was loaded: {speed(judges['embedded'])}."]
    lines += [f"An article of 25 claims, each put to 5 pages: {article_seconds(judges['embedded'])} s."]
    lines += ["", "Data (first digits of the SHA-256 of each file): "]
    lines[-1] += ", ".join(f"{name.split('/')[1]} `{digest(name)}`" for name in (*SETS, *SIZES)) + "."
    return "\n".join(lines)


def _tables(judge: Judge, rows: dict[str, list[dict[str, Any]]], sample: int | None) -> dict[str, Table]:
    fitting = {name: load(name, min(most, sample or most)) for name, most in SIZES.items()}
    return {name: table(name, some, judge) for name, some in (rows | fitting).items()}


def _trust(scored: dict[str, Scored]) -> list[str]:
    """How far the probabilities can be trusted."""
    lines = [
        "",
        f"The embedded model's probabilities, held out; unflagged means {REVIEW_BELOW} or more:",
        "",
        "| set | not supported, yet called so unflagged | supported and found unflagged "
        "| found at one false in twenty | ECE |",
        "|---|---|---|---|---|",
    ]
    for name, title in SETS.items():
        figures = [cell(interval(scored[name], measure)) for measure in (false_supported, found, at_five)]
        lines.append(f"| {title} | {' | '.join(figures)} | {calibration_error(scored[name]):.3f} |")
    return lines


def _ablations(tables: dict[str, Table], sample: int | None) -> list[str]:
    """What each part brings: balanced accuracy without it."""
    lines = ["", "What each part brings (balanced accuracy, held out):", "", "| | WiCE dev | FEVER-Symmetric dev |"]
    lines.append("|---|---|---|")
    for title, dropped in PARTS.items():
        less = {name: without(one, dropped) for name, one in tables.items()}
        figures = [f"{accuracy(held_out(less, name)):.3f}" for name in (WICE, FEVER)]
        lines.append(f"| {title} | {' | '.join(figures)} |")
    return lines


def main() -> None:
    """Measure, print, and write where asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sample", type=int, help="so many rows of each set only")
    parser.add_argument("--write", action="store_true", help="write into docs/benchmarks.md")
    options = parser.parse_args()
    if not DATA.is_dir():
        sys.exit(f"no data at {DATA}: set FACTDESK_DATA")
    command = "python benchmarks/verification.py" + (f" --sample {options.sample}" if options.sample else "")
    head = f"Measured with `{command} --write` on {datetime.now(UTC):%Y-%m-%d}."
    section = f"{head}\n\n{report(options.sample)}\n"
    print(section)
    if options.write:
        write_section("verification", f"## Verification\n\n{section}")


if __name__ == "__main__":
    main()
