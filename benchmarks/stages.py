"""Measures the seconds of each stage of `factdesk check` on the sample, including imports, and of the whole process.

    python -m benchmarks.stages [--runs 5] [--write] [SOURCE] [--replay FILE.warc.gz]

Prints a Markdown table with the median of the runs; each run is a fresh process, as a user starts it.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks import common

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "examples" / "inauguration"


def once(source: str, replay: str) -> dict[str, float]:
    """In this process: seconds for the imports and each stage, in order."""
    begun = time.perf_counter()
    from flows.checks import pipeline  # noqa: PLC0415  the import is what is timed
    from flows.checks.conductor import Conductor, Stage  # noqa: PLC0415
    from flows.config.setup import CheckOptions, setup  # noqa: PLC0415

    seconds = {"imports": time.perf_counter() - begun}

    class Timed(Conductor):
        async def call(self, stage: Stage, detail: str, step: Callable[..., Any], *arguments: Any) -> Any:
            start = time.perf_counter()
            result = await super().call(stage, detail, step, *arguments)
            seconds[stage.value] = seconds.get(stage.value, 0.0) + time.perf_counter() - start
            return result

    with tempfile.TemporaryDirectory() as folder:
        options = CheckOptions(ledger=str(Path(folder) / "bench.db"), replay=replay)
        asyncio.run(pipeline.check(source, setup(options), Timed()))
    return seconds


def whole(command: list[str]) -> float:
    """Seconds for a command as a whole process."""
    begun = time.perf_counter()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
    return time.perf_counter() - begun


def _path(name: str) -> str:
    return str(Path(name).resolve())


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("source", nargs="?", default=str(SAMPLE / "article.html"), type=_path)
    parser.add_argument("--replay", default=str(SAMPLE / "sources.warc.gz"), type=_path)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--write", action="store_true", help="put the table into docs/benchmarks.md")
    parser.add_argument("--once", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.once:
        print(json.dumps(once(options.source, options.replay)))
        return
    command = [sys.executable, "-m", "benchmarks.stages", options.source, "--replay", options.replay, "--once"]
    runs = [
        json.loads(subprocess.run(command, check=True, capture_output=True, cwd=ROOT).stdout)
        for _ in range(options.runs)
    ]
    factdesk = str(Path(sys.executable).parent / "factdesk")
    with tempfile.TemporaryDirectory() as folder:
        ledger = str(Path(folder) / "bench.db")
        check = [factdesk, "check", options.source, "--replay", options.replay, "--db", ledger]
        wholes = [whole(check) for _ in range(options.runs)]
        lists = [whole([factdesk, "list", "--db", ledger]) for _ in range(options.runs)]
    rows = [(stage, [run[stage] for run in runs]) for stage in runs[0]]
    rows += [("`factdesk check`, whole", wholes), ("`factdesk list`, whole", lists)]
    figures = [
        (name, *(f"{value:.2f}" for value in (statistics.median(each), min(each), max(each)))) for name, each in rows
    ]
    text = (
        "## Time of a check\n\n"
        f"Measured by `python -m benchmarks.stages --write` on {date.today()}, the sample article, "
        f"{os.cpu_count()} cores: seconds, median of {options.runs} fresh processes.\n"
        "The sources are read at once, so that their line is the sum of times that overlap.\n"
        "The targets: the whole check under 6 s, `factdesk list` under 0.5 s.\n\n"
        + common.table(("stage", "median", "min", "max"), figures)
    )
    print(text)
    if options.write:
        common.write_section("stages", text)


if __name__ == "__main__":
    main()
