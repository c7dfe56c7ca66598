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
from typing import Any

from benchmarks.common import table
from benchmarks.ledger import TIMES, columns, run, some_claims
from review.desk import desk

ROUNDS = 15

# Tables of which the page of one row is asked.
_ROWS = ("claims", "verdicts", "runs", "captures")


def pages(path: Path) -> list[str]:
    """The addresses of every kind of page."""
    with closing(sqlite3.connect(path)) as connection:
        (article,) = connection.execute("SELECT id FROM articles LIMIT 1 OFFSET 7").fetchone()
        (behind, no) = connection.execute(
            "SELECT checked_at, no FROM standings ORDER BY checked_at DESC LIMIT 1 OFFSET 3000"
        ).fetchone()
        ids = [connection.execute(f"SELECT id FROM {name} LIMIT 1 OFFSET 7").fetchone()[0] for name in _ROWS]
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
        *(f"/ledger/{name}/{row_id}" for name, row_id in zip(_ROWS, ids, strict=True)),
        f"/ledger/log?row_id={claim}",
        *nested,
    ]


async def measured(path: Path) -> str:
    """The table of all pages."""
    app = desk(path)
    await app.invoke_startup()
    body = [(f"`{address}`", *await _timed(app, address)) for address in pages(path)]
    return table(("page", *TIMES), body)


async def _timed(app: Any, address: str) -> tuple[str, str, str]:
    taken, busy = [], []
    for number in range(ROUNDS + 1):
        before, used = time.perf_counter(), time.process_time()
        answer = await app.client.get(address)
        if answer.status_code != 200:
            raise SystemExit(f"{address}: {answer.status_code}")
        if number:  # the first one does not count
            taken.append(1000 * (time.perf_counter() - before))
            busy.append(1000 * (time.process_time() - used))
    return columns(taken, busy)


def _section(path: Path, claims: int) -> str:
    return (
        f"## The desk on a large ledger\n\nMeasured by `python -m benchmarks.review {claims}` on "
        f"{datetime.now(UTC):%Y-%m-%d}: milliseconds of {ROUNDS} answers, without a socket.\n\n"
    ) + asyncio.run(measured(path))


if __name__ == "__main__":
    run("review", __doc__, _section)
