"""The figures of the desk: counted from the ledger, drawn to scale, with an interval where people decided."""

import re
from typing import Any

import pytest
from sample_check import LINES, again, build

from claims.ledger.ledger import Ledger
from claims.records import Check, Decision, Label, Review
from review.lists.figures import agreement, bars, wilson_interval

AT = "2025-02-01T09:00:00+00:00"


@pytest.mark.parametrize(
    ("hits", "count", "low", "high"),
    [
        (0, 0, 0.0, 1.0),
        (0, 10, 0.0, 0.278),
        (10, 10, 0.722, 1.0),
        (5, 10, 0.237, 0.763),
        (81, 263, 0.255, 0.366),  # the example of Newcombe (1998), table I
        (1, 29, 0.006, 0.172),  # the same
    ],
)
def test_the_interval_of_a_share(hits: int, count: int, low: float, high: float) -> None:
    assert wilson_interval(hits, count) == pytest.approx((low, high), abs=0.0006)


def row(name: str, standing: str, n: int) -> dict[str, Any]:
    return {"name": name, "standing": standing, "n": n}


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([], []),
        ([row("a", "x", 4)], [("a", 4, [("x", 4, 0.0, 100.0)])]),
        (
            [row("a", "x", 1), row("a", "y", 3), row("b", "x", 1)],
            [("a", 4, [("y", 3, 0.0, 75.0), ("x", 1, 75.0, 25.0)]), ("b", 1, [("x", 1, 0.0, 25.0)])],
        ),
    ],
)
def test_bars_are_drawn_to_one_scale(rows: list[dict[str, Any]], expected: list[Any]) -> None:
    assert [(bar.name, bar.total, list(bar.parts)) for bar in bars(rows)] == expected


def test_a_chart_has_few_bars() -> None:
    assert len(bars(row(str(number), "x", 1) for number in range(40))) == 12


def test_agreement_has_an_interval() -> None:
    told = agreement("supported", 9, 10)
    assert (told.label, told.agreed, told.decided) == ("supported", 9, 10)
    assert told.low < 0.9 < told.high


async def shown(app: Any) -> str:
    answer = await app.client.get("/figures")
    assert answer.status_code == 200, answer.text
    return " ".join(re.sub(r"<[^>]+>", " ", answer.text).split())


async def test_the_page_counts_what_the_ledger_has(app: Any, ledger_path: Any, check: Check) -> None:
    before = await shown(app)
    with Ledger.open(ledger_path) as ledger:
        for position, decision in ((1, {"decision": Decision.CONFIRM}), (5, {"decision": Decision.VOID, "note": "no"})):
            claim = check.extraction.claims[position].id
            ledger.review(Review(claim=claim, reviewer="Cem", at=AT, **decision))
    after = await shown(app)
    assert "partly supported 1 of 1 100 %" not in before
    assert re.search(r"partly supported 1 of 1 100 % \d+ % to 100 %", after)
    assert re.search(r"not in source 0 of 1 0 % 0 % to \d+ %", after)
    assert "paywall 1" in after.split("Sources that could not be read")[1]
    by_outlet = after.split("By cited outlet")[1].split("By speaker")[0]
    assert "reuters" in by_outlet
    with Ledger.open(ledger_path) as ledger:
        day = ledger.claims(limit=1)[0].checked_at[:10]
    assert day in after


async def test_an_empty_desk_has_a_page_too(tmp_path: Any) -> None:
    from review.desk import desk  # the fixture has a ledger with claims

    Ledger.open(tmp_path / "empty.db").close()
    app = desk(tmp_path / "empty.db")
    await app.invoke_startup()
    assert "Nobody has decided" in await shown(app)
    with Ledger.open(tmp_path / "empty.db") as ledger:
        ledger.record(again(build(LINES[:1]), run="one", at=AT))
    assert Label.SUPPORTED.value in await shown(app)
