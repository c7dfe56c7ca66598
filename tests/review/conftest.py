"""A desk on a ledger with one of everything."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

# The sample check is the ledger's; test folders are no packages.
sys.path.insert(0, str(Path(__file__).parents[1] / "ledger"))

from in_browser import chromium, served
from playwright.sync_api import Browser
from review_sample import reviewed
from sample_check import again, build, relabel

from claims.ledger.ledger import Ledger
from claims.records import Check, Label, QuoteFinding, QuoteGrade
from review.desk import desk as make_desk

DIFF = (("=", "a"), ("-", "long-term"), ("+", "long-lasting"), ("=", "peace"))


@pytest.fixture
def check() -> Check:
    """One check with every label."""
    return build()


@pytest.fixture
def ledger_path(tmp_path: Path, check: Check) -> Path:
    """A ledger with a check, a decision, a page handed in and a verdict that changed."""
    path = tmp_path / "factdesk.db"
    quote = QuoteFinding(quote="long-term", grade=QuoteGrade.PARAPHRASE_IN_QUOTES, similarity=0.7, diff=DIFF)
    with Ledger.open(path) as ledger:
        reviewed(ledger, check)
        second = again(check, run="run-2", at="2025-01-22T08:00:00+00:00")
        ledger.record(relabel(second, 0, label=Label.CONTRADICTED, confidence=0.81, quote=quote))
    return path


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser without a window; while it is open no asynchronous test can run, so such tests are in other modules."""
    with chromium() as opened:
        yield opened


@pytest.fixture
def desk(ledger_path: Path) -> Iterator[str]:
    """The address of a desk on the ledger."""
    with served(ledger_path) as address:
        yield address


@pytest.fixture
async def app(ledger_path: Path) -> AsyncIterator[Any]:
    """The desk as a Datasette, started and not served."""
    datasette = make_desk(ledger_path)
    await datasette.invoke_startup()
    yield datasette
    for database in datasette.databases.values():
        database.close()
