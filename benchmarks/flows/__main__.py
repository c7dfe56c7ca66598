"""What the desk costs beside the judging: known articles, feeds with nothing new, a server, missed schedules, kills.

    python -m benchmarks.flows                 all of them, with a Prefect server of its own on loopback
    python -m benchmarks.flows known feed      some of them: known, feed, cold, articles, server, late, kills
    FACTDESK_KILLS=10 python -m benchmarks.flows kills    fewer kills than 50

CPU seconds are those of the processes themselves, so they hold on a machine that does other work; what was measured by
the clock says so.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from benchmarks.flows.kills import kills
from benchmarks.flows.measures import articles, cold, feed, known, late, server

MEASURES = {measure.__name__: measure for measure in (known, feed, cold, articles, server, late, kills)}


def main(names: list[str]) -> None:
    """Print a table of what was measured, one line as soon as it is known."""
    print(f"| {'what':58} | {'measured':42} | goal |\n|---|---|---|", flush=True)
    for name in names or MEASURES:
        with tempfile.TemporaryDirectory() as folder:
            for what, value, goal in MEASURES[name](Path(folder)):
                print(f"| {what:58} | {value:42} | {goal} |", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
