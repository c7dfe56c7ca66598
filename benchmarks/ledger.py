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
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles

from benchmarks.common import table, write_section
from benchmarks.large_ledger import large_ledger
from claims.ledger.ledger import Ledger
from claims.records import Decision, Label, Review

ROUNDS = 30


def timed(work: Callable[[], object], rounds: int = ROUNDS) -> tuple[str, str, str]:
    """What so many calls took, for a table (``TIMES``); a first one does not count."""
    work()
    taken, busy = [], []
    for _ in range(rounds):
        before, used = time.perf_counter(), time.process_time()
        work()
        taken.append(1000 * (time.perf_counter() - before))
        busy.append(1000 * (time.process_time() - used))
    return columns(taken, busy)


# The columns of ``columns``; the processor's time is the same whatever else the machine does.
TIMES = ("median, ms", "95 %, ms", "median of the processor's time, ms")


def columns(taken: Sequence[float], busy: Sequence[float]) -> tuple[str, str, str]:
    """The median and the 95th percentile of durations, and the median of the processor's time."""
    return f"{median(taken):.0f}", f"{quantiles(taken, n=20)[-1]:.0f}", f"{median(busy):.0f}"


def some_claims(path: Path, count: int) -> list[str]:
    """The ids of some claims, drawn with a fixed seed."""
    with closing(sqlite3.connect(path)) as connection:
        (last,) = connection.execute("SELECT max(no) FROM claims").fetchone()
        numbers = random.Random(1).sample(range(1, last + 1), count)
        marks = ", ".join("?" * count)
        return [row[0] for row in connection.execute(f"SELECT id FROM claims WHERE no IN ({marks})", numbers)]


_PAGES = {"page_count": 1, "freelist_count": -1}


def bytes_a_claim(path: Path) -> float:
    """The size of the file, without pages that an upgrade has freed, by its claims."""
    with closing(sqlite3.connect(path)) as connection:
        (claims,) = connection.execute("SELECT count(*) FROM claims").fetchone()
        pages = sum(sign * connection.execute(f"PRAGMA {name}").fetchone()[0] for name, sign in _PAGES.items())
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    return pages * size / float(claims)


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
        "list --label supported --label no_source": opened(
            lambda ledger: ledger.claims(label=(Label.SUPPORTED, Label.NO_SOURCE))
        ),
        "list --queue --label supported": opened(lambda ledger: ledger.queue(label=Label.SUPPORTED)),
        "list --queue": opened(lambda ledger: ledger.queue()),
        "list --outlet, a frequent name": opened(lambda ledger: ledger.claims(outlet="reuters")),
        "list --outlet, an unknown name": opened(lambda ledger: ledger.claims(outlet="nowhere")),
        "list --outlet, a frequent name, --label contradicted": opened(
            lambda ledger: ledger.claims(outlet="reuters", label=Label.CONTRADICTED)
        ),
        "list --speaker, a frequent name": opened(lambda ledger: ledger.claims(speaker="putin")),
        "list --speaker, an unknown name": opened(lambda ledger: ledger.claims(speaker="nobody")),
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
        body.append((f"`{name}`", *timed(work)))
    return table(("in the ledger", *TIMES), body)


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
