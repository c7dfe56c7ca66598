"""The addresses of articles: which are known, and how long those rest that could not be read."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sample_check import build

from claims.ledger.ledger import Ledger
from claims.ledger.writing.addresses import _FIRST_CHECKED, WAITS
from sources import urls

AT = "2026-01-05T08:00:00.000+00:00"


def later(wait: timedelta) -> str:
    return (datetime.fromisoformat(AT) + wait).isoformat(timespec="milliseconds")


@pytest.fixture
def book(ledger: Ledger) -> Ledger:
    """An article whose address redirected, and one without an address."""
    check = build(address="https://www.news.example/a/")
    ledger.record(replace(check, article=replace(check.article, url="http://news.example/go?to=a")))
    return ledger


@pytest.mark.parametrize(
    ("address", "known"),
    [
        ("https://www.news.example/a/", True),
        ("http://news.example/a", True),
        ("http://news.example/go?to=a", True),  # what the feed lists, before the redirect
        ("https://news.example/go?to=b", False),
        ("https://news.example/a/b", False),
        ("https://other.example/a", False),
    ],
)
def test_an_address_is_known_by_its_key(book: Ledger, address: str, known: bool) -> None:
    for _ in range(2):
        assert book.addresses.known_keys([address], urls.key) == ({urls.key(address)} if known else set())
    assert book.audit().holds


def test_articles_that_are_logged_later_are_known_too(book: Ledger) -> None:
    wanted = ["https://news.example/new"]
    assert not book.addresses.known_keys(wanted, urls.key)
    book.record(build(run="run-2", address=wanted[0]))
    assert book.addresses.known_keys(wanted, urls.key)


def test_an_article_that_fails_rests_longer_each_time_and_is_given_up(ledger: Ledger) -> None:
    def rests(wait: timedelta) -> bool:
        return ledger.addresses.resting_keys(["gone", "other"], at=later(wait)) == {"gone"}

    assert not rests(timedelta())
    for wait in WAITS:
        ledger.addresses.note_failure("gone", "https://news.example/gone", at=AT, reason="not found")
        assert rests(wait - timedelta(seconds=1))
        assert not rests(wait)
    ledger.addresses.note_failure("gone", "https://news.example/gone", at=AT, reason="not found")
    assert rests(timedelta(days=3650))
    assert ledger.audit().holds


def test_the_look_up_goes_by_the_index(ledger_path: Path, ledger: Ledger) -> None:
    ledger.record(build())
    with closing(sqlite3.connect(ledger_path)) as connection:
        sql = "EXPLAIN QUERY PLAN SELECT DISTINCT key FROM addresses WHERE key IN (SELECT value FROM json_each(?))"
        plan = " ".join(row[3] for row in connection.execute(sql, ["[]"]))
    assert "USING COVERING INDEX idx_addresses_key (key=?)" in plan


@pytest.mark.parametrize(
    ("since", "expected"),
    [("2000-01-01T00:00:00.000+00:00", 3), ("2026-01-04T12:00:00.000+00:00", 2), ("2026-02-01T00:00:00.000+00:00", 0)],
)
def test_articles_are_counted_on_the_day_of_their_first_check(ledger: Ledger, since: str, expected: int) -> None:
    for run, address, text, at in (
        ("run-1", "https://news.example/a", "Five trees fell.", "2026-01-03T09:00:00.000+00:00"),
        ("run-2", "https://news.example/b", "Six trees fell.", "2026-01-05T09:00:00.000+00:00"),
        ("run-3", "https://news.example/a", "Five trees fell.", "2026-01-06T09:00:00.000+00:00"),  # checked again
        ("run-4", "https://news.example/a", "Four trees fell.", "2026-01-06T10:00:00.000+00:00"),  # another version
        ("run-5", "https://news.example/b", "Seven trees fell.", "2026-01-06T11:00:00.000+00:00"),  # of a new one
        ("run-6", "", "No address.", "2026-01-06T12:00:00.000+00:00"),
    ):
        check = build(run=run, address=address)
        article = replace(check.article, text=text, url=address or None, final_url=address or None)
        check = replace(check, article=article, extraction=replace(check.extraction, claims=(), attributions=()))
        check = replace(check, verdicts=(), readings=())
        ledger.record(replace(check, run=replace(check.run, article=article.id, started_at=at, finished_at=at)))
    assert ledger.addresses.first_checked(since=since) == expected


def test_the_count_of_a_day_reads_only_the_runs_of_the_day(ledger_path: Path, ledger: Ledger) -> None:
    ledger.record(build())
    with closing(sqlite3.connect(ledger_path)) as connection:
        plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {_FIRST_CHECKED}", [AT, AT])]
    assert any("SEARCH r USING INDEX idx_runs_last" in step for step in plan)
    assert not [step for step in plan if step.startswith("SCAN")]
