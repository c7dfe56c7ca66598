"""Measures how well the same claim in other words is recognized, on pairs of human translations.

    python -m benchmarks.same_claims [--write]

Each pair is one Russian news sentence in two human translations (to be matched), a translation and the neighbouring
sentence, or a translation with a number changed or a "not" put in (never to be matched). With --write the table goes
into docs/benchmarks.md.
"""

from __future__ import annotations

import sys
from collections import Counter
from datetime import UTC, datetime

from benchmarks.common import data_folder, hashes, rows, table, write_section
from claims.matching.same_claim import same_claims

_KINDS = {"supported": "the same sentence", "nei": "the neighbouring sentence", "refuted": "a number or a not changed"}


def main() -> None:
    """Measure, print, and write the section where asked to."""
    file = data_folder() / "verification" / "dev" / "translations_ruen.dev.jsonl.gz"
    every, matched = Counter[str](), Counter[str]()
    for row in rows(file):
        every[row["label"]] += 1
        matched[row["label"]] += bool(same_claims(row["claim"], row["evidence"][:1]))
    right = matched["supported"]
    report = "\n\n".join(
        [
            "## The same claim again",
            f"Measured by `python -m benchmarks.same_claims --write` on {datetime.now(UTC):%d %B %Y}: recall "
            f"{right / every['supported']:.3f}, precision {right / max(1, matched.total()):.3f}.\n"
            "The threshold was tuned on this set, which is a development set.",
            table(
                ["pair", "matched", "of"], [(words, matched[label], every[label]) for label, words in _KINDS.items()]
            ),
            hashes([file]),
        ]
    )
    print(report)
    if "--write" in sys.argv:
        write_section("same-claims", report)


if __name__ == "__main__":
    main()
