"""Measures verdicts as people get them: what is wrong without a person asked, on every development set of pairs.

    python -m benchmarks.verdicts [--sample N] [--wrong SET] [--write]

Every row is a claim that cites its evidence as a page, and is given a verdict as in a check; "verify" columns are the
labels of ``factdesk verify`` for the same rows. The fit that ships is used, whose bounds were chosen on some of these
sets: ``verification.py`` measures with bounds and fits that did not see a row. ``--wrong SET`` prints the wrong answers
of one set instead, those that nobody is asked to look at first.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from benchmarks import whole_checks
from benchmarks.common import table, write_section
from benchmarks.pair_sets import DATA, cited, digest, load
from benchmarks.remembering import Remembering
from benchmarks.trust import BINS
from claims.records import Label, Policy, Stamp, Verdict
from claims.verification.judges.judge import Judge
from claims.verification.judges.load import load_judge
from claims.verification.pairs import verify_pairs
from claims.verification.verify import verify

TRANSLATIONS = "dev/translations_ruen.dev"
SETS = {
    "dev/own_pairs.dev": "own pairs",
    TRANSLATIONS: "translations",
    "dev/fever_symmetric.dev": "FEVER-Symmetric dev",
    "dev/wice_claim.dev": "WiCE dev",
    "dev/summedits_news_a": "SummEdits news",
    "dev/defacto.val": "DeFacto val",
}
# The labels that say what a row's own label says.
SAME = {
    "supported": (Label.SUPPORTED,),
    "refuted": (Label.CONTRADICTED, Label.MISATTRIBUTED),
    "nei": (Label.NOT_IN_SOURCE,),
}
_STAMP = Stamp(run="r", policy=Policy(), now="2025-01-01T00:00:00Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A row with its verdict and the label of ``factdesk verify``."""

    row: Mapping[str, Any]
    verdict: Verdict
    verify: str

    @property
    def truth(self) -> str:
        """The row's own label: supported, refuted or nei."""
        return str(self.row["label"])

    @property
    def binary(self) -> bool:
        """Whether the row's label says only supported or not."""
        return bool(self.row["extra"].get("binary_only"))

    @property
    def right(self) -> bool:
        """Whether the verdict says what the row says; of a row with two labels, whether it is supported."""
        if self.binary:
            return (self.verdict.label is Label.SUPPORTED) == (self.truth == "supported")
        return self.verdict.label in SAME[self.truth]

    @property
    def unflagged(self) -> bool:
        """Whether nobody is asked to look."""
        return not self.verdict.needs_review


def answered(name: str, judge: Judge, sample: int | None = None) -> list[Answered]:
    """The rows of a set with their answers."""
    rows = load(name, sample)
    labels = [str(answer["label"]) for answer in verify_pairs(rows, judge)]
    return [
        Answered(row=row, verdict=verdict, verify=label)
        for row, verdict, label in zip(rows, _verdicts(rows, judge), labels, strict=True)
    ]


def _verdicts(rows: Sequence[Mapping[str, Any]], judge: Judge) -> Iterator[Verdict]:
    for row in rows:
        claim, article, reading = cited(row)
        yield from verify([claim], article, [reading], judge, _STAMP)


def share(hits: int, of: int) -> str:
    """A share with its counts; a dash where nothing was counted."""
    return f"{hits / of:.3f} ({hits} of {of})" if of else "-"


def by_set(sets: Mapping[str, Sequence[Answered]]) -> str:
    """What each set's verdicts are worth, as Markdown."""
    body = []
    for name, rows in sets.items():
        supported = [row for row in rows if row.truth == "supported"]
        others = [row for row in rows if row.truth != "supported"]
        whole = [row for row in rows if not row.binary]
        three = {row.truth for row in whole} > {"supported"}
        accused = [row for row in (whole if three else supported) if _says(row, Label.CONTRADICTED) and row.unflagged]
        body.append((
            SETS[name],
            len(rows),
            share(sum(row.right for row in whole), len(whole)) if three else "-",
            share(sum(row.verify == row.truth for row in whole), len(whole)) if three else "-",
            share(sum(row.unflagged and not row.right for row in supported), len(supported)),
            share(sum(row.right for row in accused), len(accused)) if three
            else f"{len(accused)} of {len(supported)} supported",
            share(sum(row.unflagged and _says(row, Label.SUPPORTED) for row in others), len(others)),
            share(sum(row.unflagged and row.right for row in supported), len(supported)),
        ))  # fmt: skip
    return table(
        (
            "set", "rows", "right of three labels", "the same, verify", "supported, wrong and not flagged",
            "contradicted, not flagged: right", "not supported, called so and not flagged",
            "supported, found and not flagged",
        ),
        body,
    )  # fmt: skip


def _says(row: Answered, label: Label) -> bool:
    return row.verdict.label is label


def translations(rows: Sequence[Answered]) -> str:
    """Two translations of one sentence, and the same with a changed number or a "not", as Markdown."""
    kinds = {
        "two translations": [row for row in rows if row.row["extra"]["kind"] == "translation_variant"],
        "number changed": [row for row in rows if row.row["extra"]["kind"].startswith("number changed")],
        '"not" put in': [row for row in rows if row.row["extra"]["kind"].startswith('"not"')],
    }
    body = [
        (
            title, len(some),
            share(sum(_says(row, Label.SUPPORTED) for row in some), len(some)),
            share(sum(_says(row, Label.CONTRADICTED) for row in some), len(some)),
            share(sum(_says(row, Label.CONTRADICTED) and row.unflagged for row in some), len(some)),
            share(sum(row.verify == "supported" for row in some), len(some)),
            share(sum(row.verify == "refuted" for row in some), len(some)),
        )
        for title, some in kinds.items()
    ]  # fmt: skip
    return table(
        ("", "rows", "supported", "contradicted", "contradicted, not flagged", "verify: supported", "verify: refuted"),
        body,
    )


def calibration_errors(sets: Mapping[str, Sequence[Answered]]) -> str:
    """The expected calibration error of each label on the sets with three labels (Guo et al. 2017), as Markdown.

    The confidence of a verdict is the probability that its label is right; ten equal bins.
    """
    body = []
    for name, rows in sets.items():
        whole = [row for row in rows if not row.binary]
        if not {row.truth for row in whole} > {"supported"}:
            continue
        cells = []
        for labels in SAME.values():
            some = [row for row in whole if _says(row, labels[0])]
            cells.append(f"{_error(some):.3f} ({len(some)})" if some else "-")
        body.append((SETS[name], *cells))
    return table(("set", "supported", "contradicted", "not in source"), body)


def _error(rows: Sequence[Answered]) -> float:
    bins: dict[int, list[Answered]] = {}
    for row in rows:
        bins.setdefault(min(int(row.verdict.confidence * BINS), BINS - 1), []).append(row)
    gaps = (abs(sum(row.verdict.confidence for row in some) - sum(row.right for row in some)) for some in bins.values())
    return sum(gaps) / len(rows)


def report(judge: Judge, sample: int | None) -> str:
    """The whole section as Markdown."""
    sets = {name: answered(name, judge, sample) for name in SETS}
    checks = list(whole_checks.checked(whole_checks.rows()))
    parts = (
        by_set(sets),
        "Two human translations of one Russian news sentence, and the same with one thing changed:",
        translations(sets[TRANSLATIONS]),
        "Expected calibration error of each label (verdicts):",
        calibration_errors(sets),
        "Whole checks (`benchmarks.whole_checks`):",
        whole_checks.report(checks),
        "Data: " + ", ".join(f"{name.split('/')[1]} `{digest(name)}`" for name in SETS) + ".",
    )
    return "\n\n".join(parts)


def wrong(rows: Sequence[Answered]) -> Iterator[str]:
    """The wrong answers, a block of lines each; those that nobody is asked to look at come first."""
    for row in sorted((row for row in rows if not row.right), key=lambda row: not row.unflagged):
        verdict, flag = row.verdict, "not flagged" if row.unflagged else "flagged"
        evidence = " | ".join(row.row["evidence"])[:600]
        yield f"{row.row['id']}: {row.truth}, called {verdict.label} {verdict.confidence:.2f}, {flag}"
        yield f"  claim: {row.row['claim']}\n  evidence: {evidence}\n  {verdict.rationale}"


def main() -> None:
    """Measure, print, and write where asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sample", type=int, help="at most this many rows of each set")
    parser.add_argument("--wrong", metavar="SET", choices=[name.split("/")[1] for name in SETS], help="wrong answers")
    parser.add_argument("--write", action="store_true", help="write into docs/benchmarks.md")
    options = parser.parse_args()
    if not DATA.is_dir():
        sys.exit(f"no data at {DATA}: set FACTDESK_DATA")
    judge = Remembering(load_judge("embedded"))
    if options.wrong:
        print("\n".join(wrong(answered(f"dev/{options.wrong}", judge, options.sample))))
        return
    section = f"Measured with `python -m benchmarks.verdicts --write` on {datetime.now(UTC):%Y-%m-%d}, {judge.version}."
    section = f"{section}\n\n{report(judge, options.sample)}\n"
    print(section)
    if options.write:
        write_section("verdicts", f"## Verdicts\n\n{section}")


if __name__ == "__main__":
    main()
