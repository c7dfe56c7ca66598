"""On a large ledger no table page counts, facets or searches every row, and the next page begins behind a row."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from claims.ledger.ledger import Ledger
from review.lists import bounds

CLAIM = re.compile(r'class="statement" href="/claim/([0-9a-f]+)"')


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """The ledger of the tests counts as large."""
    monkeypatch.setattr(bounds, "LARGE", 3)


async def text_of(app: Any, path: str) -> str:
    answer = await app.client.get(path)
    assert answer.status_code == 200, answer.text
    return str(answer.text)


# address, and whether the page has facets where the ledger is small and where it is large
FACETS = [
    ("/ledger/current", True, False),
    ("/ledger/queue", True, False),
    ("/ledger/current?standing=supported", True, False),
    ("/ledger/current?_search=Putin", True, True),
    ("/ledger/current?_facet=speaker", True, True),
]


@pytest.mark.parametrize(("path", "small", "_large"), FACETS)
async def test_a_small_ledger_is_counted_and_faceted(app: Any, path: str, small: bool, _large: bool) -> None:
    assert ("choice-of" in await text_of(app, path)) is small


@pytest.mark.parametrize(("path", "_small", "faceted"), FACETS)
@pytest.mark.usefixtures("large")
async def test_a_large_one_only_where_it_is_asked(app: Any, path: str, _small: bool, faceted: bool) -> None:
    assert ("choice-of" in await text_of(app, path)) is faceted


@pytest.mark.usefixtures("large")
async def test_a_large_one_shows_the_kept_counts(app: Any, ledger_path: Path) -> None:
    with Ledger.open(ledger_path) as ledger:
        labels, waiting = ledger.labels(), ledger.queue_length()
    claims = await text_of(app, "/ledger/current")
    assert f"<small>{sum(labels.values())}</small>" in claims
    for label, n in labels.items():
        assert f'?standing={label}"><b>{n}</b>' in claims
    assert f"<small>{waiting}</small>" in await text_of(app, "/ledger/queue")
    answer = await app.client.get("/ledger/current.json")
    assert answer.json()["filtered_table_rows_count"] is None
    assert (await app.client.get("/ledger/log.json")).json()["filtered_table_rows_count"] is None


@pytest.mark.parametrize("size", [1, 2, 5])
async def test_the_pages_of_a_list_have_every_claim_once(app: Any, size: int) -> None:
    whole = CLAIM.findall(await text_of(app, "/ledger/current"))
    ids, path = [], f"/ledger/current?_size={size}"
    while path:
        html = await text_of(app, path)
        ids += CLAIM.findall(html)
        following = re.search(r'class="more"><a href="([^"]+)">Next page', html)
        path = following[1].replace("&amp;", "&") if following else ""
        assert "_next=" not in path
    assert ids == whole
    assert len(ids) == len(set(ids)) > 5


# words, and whether they are found; signs of FTS5 are only words
@pytest.mark.parametrize(
    ("words", "matches"),
    [("Putin", True), ("nobodyatall", False), ('"', True), ("Putin OR", False), ("a* NEAR(", False)],
)
async def test_a_search_finds_the_words_and_never_fails(app: Any, words: str, matches: bool) -> None:
    answer = await app.client.get("/ledger/current", params={"_search": words})
    assert answer.status_code == 200
    assert bool(CLAIM.findall(answer.text)) is matches


async def test_a_search_looks_at_the_matches_that_were_added_last(app: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    every = CLAIM.findall(await text_of(app, "/ledger/current?_search=January"))
    assert len(every) > 3
    monkeypatch.setattr(bounds, "MOST_FOUND", 2)
    few = CLAIM.findall(await text_of(app, "/ledger/current?_search=January"))
    assert len(few) == 2
    assert set(few) < set(every)


@pytest.mark.parametrize("behind", ["", "~", "2025-01-22~x", "x", "~~~", "2025-01-22T08:00:00+00:00~-1"])
async def test_a_place_that_is_none_begins_at_the_start(app: Any, behind: str) -> None:
    whole = CLAIM.findall(await text_of(app, "/ledger/current"))
    answer = await app.client.get("/ledger/current", params={"_behind": behind})
    assert CLAIM.findall(answer.text) == whole


# the rows of the log that a row's page leads to, by an index, also where the id is not one
@pytest.mark.parametrize("argument", ["row_id", "row_id__exact"])
async def test_the_log_of_one_row_is_found_by_an_index(app: Any, ledger_path: Path, argument: str) -> None:
    with Ledger.open(ledger_path) as ledger:
        claim = ledger.claims()[0].id
    answer = (await app.client.get(f"/ledger/log.json?_shape=array&{argument}={claim}")).json()
    assert [(row["kind"], row["row_id"]) for row in answer] == [("claims", claim)] * len(answer)
    assert answer
    query = (await app.client.get(f"/ledger/log.json?{argument}={claim}")).json()["query"]
    plan = await app.get_database("ledger").execute(f"EXPLAIN QUERY PLAN {query['sql']}", query["params"])
    assert any("idx_log_entries_row" in row["detail"] for row in plan.rows)
    assert (await app.client.get(f"/ledger/log.json?_shape=array&{argument}=run'")).json() == []


BAD = ["current?_next=abc", "queue?_next=-1", "claims?_sort=nope", "current?_sort_desc=nope", "claims?_timelimit=x"]


@pytest.mark.parametrize("path", BAD)
async def test_an_address_that_cannot_be_answered_is_not_the_desks_failure(app: Any, path: str) -> None:
    answer = await app.client.get(f"/ledger/{path}")
    assert (answer.status_code, "Back to the desk" in answer.text) == (400, True)
