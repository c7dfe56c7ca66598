"""How long the pages of the desk take on a large ledger.

    python -m benchmarks.review [CLAIMS] [--folder FOLDER] [--write]

The pages are asked of the desk's application in this process, without a socket; the ledger is that of
``benchmarks.ledger``.
"""

from __future__ import annotations

import asyncio
import sqlite3
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from benchmarks.common import table
from benchmarks.ledger import run, some_claims
from review.desk import desk

ROUNDS = 15


def pages(path: Path) -> list[str]:
    """The addresses of every kind of page."""
    with closing(sqlite3.connect(path)) as connection:
        (article,) = connection.execute("SELECT id FROM articles LIMIT 1 OFFSET 7").fetchone()
        (behind, no) = connection.execute(
            "SELECT checked_at, no FROM standings ORDER BY checked_at DESC LIMIT 1 OFFSET 3000"
        ).fetchone()
    claim = some_claims(path, 1)[0]
    lists = [f"/ledger/{name}" for name in ("current", "queue", "changes", "unread")]
    tables = [f"/ledger/{name}" for name in ("claims", "verdicts", "evidence", "articles", "reviews", "log", "sources")]
    searches = [f"/ledger/current?{query}" for query in ("standing=contradicted", "_search=Putin", "_search=e17")]
    later = [f"/ledger/current?_behind={behind}~{no}".replace("+", "%2B")]
    nested = [f"/ledger/{name}" for name in ("speakers", "outlets", "quotations")]
    return [
        "/",
        "/queue",
        f"/claim/{claim}",
        f"/article/{article}",
        *lists,
        *searches,
        *later,
        "/ledger",
        *tables,
        *nested,
    ]


async def measured(path: Path) -> str:
    """The table of all pages."""
    app = desk(path)
    await app.invoke_startup()
    body = []
    for address in pages(path):
        middle, high = await _timed(app, address)
        body.append((f"`{address}`", f"{middle:.0f}", f"{high:.0f}"))
    return table(("page", "median, ms", "95 %, ms"), body)


async def _timed(app: Any, address: str) -> tuple[float, float]:
    taken = []
    for number in range(ROUNDS + 1):
        before = time.perf_counter()
        answer = await app.client.get(address)
        if answer.status_code != 200:
            raise SystemExit(f"{address}: {answer.status_code}")
        if number:  # the first one does not count
            taken.append(1000 * (time.perf_counter() - before))
    return median(taken), quantiles(taken, n=20)[-1]


def _section(path: Path, claims: int) -> str:
    return (
        f"## The desk on a large ledger\n\nMeasured by `python -m benchmarks.review {claims}` on "
        f"{datetime.now(UTC):%Y-%m-%d}: milliseconds of {ROUNDS} answers, without a socket.\n\n"
    ) + asyncio.run(measured(path))


if __name__ == "__main__":
    run("review", __doc__, _section)
