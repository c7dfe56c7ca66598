"""Measures quality on small data sets and fails if a measure is below its floor.

    python -m benchmarks.floors [own] [data] [--floors FILE]

``own`` are the sets of this repository, in our own wording: attributions, text of pages, claims and their kinds,
verdicts on pairs, the tables of the tests, and the sample article. ``data`` are dev sets of the data folder: PolNeAR
for attributions, 102 saved pages, and the pairs of own_pairs.dev, whose labels are those of ``factdesk verify``.
Without a name both are measured; where the data folder is absent, ``data`` is skipped with a message.

Whoever makes a measure better raises its floor in benchmarks/floors/floors.yaml; whoever must lower one says why.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.common import data_folder
from benchmarks.floors import pinned, sets

GROUPS = ("own", "data")


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what was asked for: 0 where every floor holds, otherwise 1."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("groups", nargs="*", help="own, data or both (both)")
    parser.add_argument("--floors", type=Path, default=pinned.FLOORS, help="another file of floors")
    options = parser.parse_args(arguments)
    groups = options.groups or list(GROUPS)
    if unknown := set(groups) - set(GROUPS):
        parser.error(f"unknown: {', '.join(sorted(unknown))}; there are own and data")
    floors = pinned.read(options.floors)
    held = True
    if "own" in groups:
        print("Our own sets")
        held &= pinned.report(floors["own"], sets.own())
    if "data" in groups:
        try:
            folder = data_folder()
        except SystemExit as absent:
            print(absent)
        else:
            print(f"The dev sets in {folder}")
            held &= pinned.report(floors["data"], sets.data(folder))
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
