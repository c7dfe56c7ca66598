"""What the desk costs beside the judging: known articles, feeds with nothing new, a server, missed schedules, kills.

    python -m benchmarks.flows                 all of them, with a Prefect server of its own on loopback
    python -m benchmarks.flows known feed      some of them: known, feed, cold, articles, server, late, kills
    python -m benchmarks.flows late --write    also put what was measured into docs/benchmarks.md
    FACTDESK_KILLS=10 python -m benchmarks.flows kills    fewer kills than 50
    FACTDESK_LATE=24 python -m benchmarks.flows late      fewer missed runs than 336 of each deployment

CPU seconds are those of the processes themselves, so they hold on a machine that does other work; what was measured by
the clock says so.
"""

from __future__ import annotations

import argparse
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.common import table, write_section
from benchmarks.flows.kills import kills
from benchmarks.flows.measures import articles, cold, feed, known, late, server
from claims.verification.onnx_runtime import core_count

MEASURES = {measure.__name__: measure for measure in (known, feed, cold, articles, server, late, kills)}


def main() -> None:
    """Print a table of what was measured, one line as soon as it is known."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(MEASURES))
    parser.add_argument("--write", action="store_true", help="also put each measure into docs/benchmarks.md")
    options = parser.parse_args()
    if unknown := set(options.names) - set(MEASURES):
        parser.error(f"{', '.join(sorted(unknown))}: choose from {', '.join(MEASURES)}")
    print(f"| {'what':58} | {'measured':42} | goal |\n|---|---|---|", flush=True)
    for name in options.names or MEASURES:
        rows = []
        with tempfile.TemporaryDirectory() as folder:
            for row in MEASURES[name](Path(folder)):
                rows.append(row)
                print(f"| {row[0]:58} | {row[1]:42} | {row[2]} |", flush=True)
        if options.write:
            measured = f"Measured by `python -m benchmarks.flows {name}` on {datetime.now(UTC):%Y-%m-%d}"
            text = f"{measured}, {core_count()} cores.\n\n{table(('what', 'measured', 'goal'), rows)}"
            write_section(f"flows-{name}", text)


if __name__ == "__main__":
    main()
