"""How long the commands take on a large ledger, and how many bytes a claim takes.

    python -m benchmarks.ledger [CLAIMS] [--folder FOLDER] [--write]

The ledger is made in the folder (by default of the system's temporary files) and used again the next time.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import tempfile
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles

from benchmarks.common import table, write_section
from benchmarks.large_ledger import large_ledger
from claims.ledger.ledger import Ledger
from claims.records import Decision, Label, Review

ROUNDS = 30


def timed(work: Callable[[], object], rounds: int = ROUNDS) -> tuple[float, float]:
    """The median and the 95th percentile of so many calls, in milliseconds; a first one does not count."""
    work()
    taken = []
    for _ in range(rounds):
        before = time.perf_counter()
        work()
        taken.append(1000 * (time.perf_counter() - before))
    return median(taken), quantiles(taken, n=20)[-1]


def some_claims(path: Path, count: int) -> list[str]:
    """The ids of some claims, drawn with a fixed seed."""
    with closing(sqlite3.connect(path)) as connection:
        (last,) = connection.execute("SELECT max(no) FROM claims").fetchone()
        numbers = random.Random(1).sample(range(1, last + 1), count)
        marks = ", ".join("?" * count)
        return [row[0] for row in connection.execute(f"SELECT id FROM claims WHERE no IN ({marks})", numbers)]


def bytes_a_claim(path: Path) -> float:
    """The size of the file by its claims."""
    with closing(sqlite3.connect(path)) as connection:
        (claims,) = connection.execute("SELECT count(*) FROM claims").fetchone()
    return path.stat().st_size / float(claims)


def reads(path: Path) -> Mapping[str, Callable[[], object]]:
    """What a command asks of the ledger, each with the opening of the file."""
    claims = iter(some_claims(path, 200))

    def opened(question: Callable[[Ledger], object]) -> Callable[[], object]:
        def work() -> object:
            with Ledger.open(path, create=False) as ledger:
                return question(ledger)

        return work

    return {
        "list": opened(lambda ledger: ledger.claims()),
        "list --label contradicted": opened(lambda ledger: ledger.claims(label=Label.CONTRADICTED)),
        "list --queue": opened(lambda ledger: ledger.queue()),
        "search, a frequent word": opened(lambda ledger: ledger.search("Putin")),
        "search, two words": opened(lambda ledger: ledger.search("lasting peace")),
        "search, a rare word": opened(lambda ledger: ledger.search("e17")),
        "show": opened(lambda ledger: ledger.show(next(claims))),
        "next in the queue": opened(lambda ledger: ledger.following(next(claims))),
        "decide": opened(lambda ledger: _decide(ledger, next(claims))),
    }


def _decide(ledger: Ledger, claim: str) -> None:
    at = datetime.now(UTC).isoformat(timespec="seconds")
    ledger.review(Review(claim=claim, reviewer="Measure", decision=Decision.CONFIRM, at=at))


def measured(path: Path) -> str:
    """The table of all readings."""
    body = []
    for name, work in reads(path).items():
        middle, high = timed(work)
        body.append((f"`{name}`", f"{middle:.1f}", f"{high:.1f}"))
    return table(("in the ledger", "median, ms", "95 %, ms"), body)


def run(section: str, description: str | None, measure: Callable[[Path, int], str]) -> None:
    """Make the ledger that the command line asks for, measure, print, and write the section where that is wanted.

    ``measure`` gives the section of docs/benchmarks.md for a ledger and the number of claims that was asked for.
    """
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("claims", nargs="?", type=int, default=100_000)
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "factdesk-large")
    parser.add_argument("--write", action="store_true", help="also write the section of docs/benchmarks.md")
    options = parser.parse_args()
    text = measure(large_ledger(options.folder / f"{options.claims}.db", options.claims), options.claims)
    print(text)
    if options.write:
        write_section(section, text)


def _section(path: Path, claims: int) -> str:
    heading = (
        f"## A large ledger\n\nMeasured by `python -m benchmarks.ledger {claims}` on {datetime.now(UTC):%Y-%m-%d}: "
        f"copies of the check of the sample article, {bytes_a_claim(path):,.0f} bytes a claim, the file opened each "
        f"time, {ROUNDS} calls.\n\n"
    )
    return heading + measured(path)


if __name__ == "__main__":
    run("ledger", __doc__, _section)
