"""The statements of our own passages, and the shares that are counted of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.gold_statements import GOLD_CLAIMS, GoldStatement, Kept, outcome
from benchmarks.statement_aims import by_hand, cases_passed
from benchmarks.statements import GOLD, Faithful, edited_passages, interval
from claims.extraction.extract import extract
from claims.records import Page
from sources.outlets import load_outlets


def test_every_passage_has_statements_that_an_editor_accepts() -> None:
    passages = list(edited_passages())
    assert all(text and accepted for text, accepted in passages)
    assert sum(len(accepted) for _, accepted in passages) >= 200


@pytest.mark.parametrize(
    ("counts", "right", "not_wrong"),
    [
        (Faithful(right=8), 1, 1),
        (Faithful(right=6, missing=2), 0.75, 1),
        (Faithful(right=6, flagged=2, missing=2), 0.75, 1),
        (Faithful(right=6, flagged=1, wrong=1, missing=2), 0.75, 0.875),
    ],
)
def test_what_is_flagged_is_not_wrong(counts: Faithful, right: float, not_wrong: float) -> None:
    assert counts.share_right == right
    assert counts.share_not_wrong == not_wrong


@pytest.mark.parametrize(
    ("right", "count", "low", "high"), [(0, 0, 0.0, 1.0), (87, 87, 0.958, 1.0), (50, 100, 0.404, 0.596)]
)
def test_the_interval_of_a_share(right: int, count: int, low: float, high: float) -> None:
    assert interval(right, count) == pytest.approx((low, high), abs=0.001)


TEXT = (
    "Holm closed the mill. The engine is new, yet Volvo says it saves fuel. Reed met a man who left, and sang."
    " “We closed early,” Holm said."
)


@pytest.mark.parametrize(
    ("words", "statement", "kept"),
    [
        ("Holm closed the mill", "Holm closed the mill.", Kept.FAITHFUL),
        ("Holm closed the mill", "Holm shut the mill.", Kept.WHOLE),
        ("Volvo says it saves fuel", "Volvo says the engine saves fuel.", Kept.OPEN),
        ("sang", "Reed sang.", Kept.WHOLE),
        ("“We closed early,” Holm said", "The owners said: “We closed early”", Kept.WRONG),
    ],
)
def test_what_became_of_an_accepted_statement(words: str, statement: str, kept: Kept) -> None:
    start = TEXT.index(words)
    gold = GoldStatement("", (start, start + len(words)), statement, "test")
    assert outcome(gold, extract(Page(text=TEXT), load_outlets()).claims, TEXT) is kept


def test_a_statement_without_a_claim_is_missing() -> None:
    assert outcome(GoldStatement("", (0, 9), "Holm left.", "test"), (), "Holm left.") is Kept.MISSING


def test_the_gold_files_are_large_enough_and_halved() -> None:
    rows = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    claims = [json.loads(line) for line in GOLD_CLAIMS.read_text(encoding="utf-8").splitlines()]
    assert len(rows) >= 300
    assert len(claims) >= 200
    for half in ("tune", "test"):
        assert sum(row["use"] == half for row in claims) >= 90


def test_what_was_read_by_hand_has_its_aim_and_date() -> None:
    read = by_hand()
    assert len(read) >= 3
    assert all("(read 20" in measured and reached in ("yes", "no") for _, _, measured, reached in read)


def test_cases_are_counted_by_what_their_program_prints(tmp_path: Path) -> None:
    (tmp_path / "run-all").write_text(
        "import sys\nprint(f'{len(sys.argv) - 2} of {len(sys.argv) - 1} cases as expected')\n"
    )
    assert cases_passed(tmp_path, ("16", "17", "26")) == (2, 3)
