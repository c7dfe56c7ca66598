"""The sample: how many claims wait for a person is one number, wherever it is shown."""

from __future__ import annotations

import io
import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path

from rich.console import Console

from claims.display.wording import totals
from claims.ledger.ledger import Ledger
from claims.records import Check, Decision, Review
from flows import artifacts
from flows.checks import pipeline
from flows.checks.waiting import waiting_for
from flows.config.setup import CheckOptions, Setup, setup
from flows.show.json_documents import document
from flows.show.table import print_check
from flows.show.webpage import render
from review.desk import desk

SAMPLE = Path(__file__).parents[2] / "examples" / "inauguration"


async def shown(done: Check, how: Setup) -> dict[str, int]:
    """How many claims wait for a person, by who says so."""
    outlets, waiting = how.outlets, waiting_for(done, how)
    printed = io.StringIO()
    print_check(done, Console(file=printed, width=200), outlets=outlets, waiting=waiting)
    page = render(done, outlets=outlets, waiting=waiting)
    with Ledger.open(how.ledger, create=False) as ledger:
        listed, counted = ledger.queue(), ledger.counts()["queue"]
        exported = [json.loads(line) for line in ledger.export("jsonl", unreviewed=True)]
    with closing(sqlite3.connect(how.ledger)) as connection:
        (view,) = connection.execute("SELECT count(*) FROM queue").fetchone()
    datasette = desk(how.ledger)
    await datasette.invoke_startup()
    start = (await datasette.client.get("/")).text
    rows = artifacts.artifact_rows(done, outlets, waiting)
    claims = document(done, waiting)["claims"]
    assert isinstance(claims, list)
    return {
        "badge": int(re.findall(r"(\d+) needs? review", totals(done, waiting))[0]),
        "terminal": len(re.findall(r"^ +\d+  [a-z ]+(?:\d+ %)?  +review", printed.getvalue(), re.MULTILINE)),
        "report": page.count('class="flag">needs review'),
        "json": sum(claim["verdict"]["needs_review"] for claim in claims),
        "prefect": sum(row["confidence"].endswith("review") for row in rows),
        "list --queue": len(listed),
        "counts": counted,
        "view": view,
        "desk": int(re.findall(r"(\d+) waiting", start)[0]),
        "exports": sum(row["state"] == "needs_review" for row in exported),
    }


async def test_everybody_counts_the_same_before_and_after_a_decision(tmp_path: Path) -> None:
    how = setup(CheckOptions(ledger=str(tmp_path / "desk.db"), replay=str(SAMPLE / "sources.warc.gz")))
    done = await pipeline.check(str(SAMPLE / "article.html"), how)
    before = await shown(done, how)
    assert before == dict.fromkeys(before, 16)
    assert totals(done) == totals(done, waiting_for(done, how))
    with Ledger.open(how.ledger, create=False) as ledger:
        first = ledger.queue()[0].id
        ledger.review(Review(claim=first, reviewer="Ana", decision=Decision.CONFIRM, at="2025-01-25T08:00:00+00:00"))
    after = await shown(done, how)
    assert after == dict.fromkeys(after, 15)
