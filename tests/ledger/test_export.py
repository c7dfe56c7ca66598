"""The ledger as files for others, and as a backup."""

import csv
import io
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from review_sample import AT, reviewed
from sample_check import again, build, relabel

from claims.errors import LedgerError
from claims.ledger.ledger import Ledger
from claims.records import Check, Decision, Label, Review

PAGE = "https://desk.example/{id}"


def table(lines: Iterator[str]) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO("\n".join(lines))))


def confirmed(ledger: Ledger, check: Check, *positions: int) -> None:
    """Log a check and have Ana confirm these of its verdicts (all, where none is named)."""
    ledger.record(check)
    for place in positions or range(len(check.extraction.claims)):
        claim = check.extraction.claims[place].id
        ledger.review(Review(claim=claim, reviewer="Ana", decision=Decision.CONFIRM, at=AT))


def test_csv_has_every_claim_on_a_line(ledger: Ledger, check: Check) -> None:
    reviewed(ledger, check)
    rows = table(ledger.export("csv", unreviewed=True))
    assert [row["text"] for row in rows] == [claim.text for claim in check.extraction.claims]
    assert (rows[2]["label"], rows[2]["standing"], rows[2]["reviewer"]) == ("contradicted", "supported", "Ana")
    assert rows[0]["outlets"] == "wsj"


@pytest.mark.parametrize("text", ["=HYPERLINK(1)", "+1", "-1", "@sum", "\tx", "＝1+1", "＠sum"])
def test_csv_never_hands_a_formula_to_a_spreadsheet(ledger: Ledger, text: str) -> None:
    ledger.record(build([(text, None, Label.NO_SOURCE, 0.5, None)]))
    (row,) = table(ledger.export("csv", unreviewed=True))
    assert row["text"] == f"'{text}"


def test_csv_has_no_control_characters(ledger: Ledger) -> None:
    ledger.record(build([("\x00=1 was \x1b[2Ksaid\x07.", None, Label.NO_SOURCE, 0.5, None)]))
    (row,) = table(ledger.export("csv", unreviewed=True))
    assert row["text"] == "'=1 was [2Ksaid."


def test_json_lines_have_the_evidence(ledger: Ledger, check: Check) -> None:
    ledger.record(check)
    rows = [json.loads(line) for line in ledger.export("jsonl", unreviewed=True)]
    assert len(rows) == 9
    assert rows[0]["outlets"] == ["wsj"]
    assert rows[0]["evidence"][0]["stance"] == "supports"
    assert rows[8]["evidence"] == []


def test_an_unknown_format_is_refused(ledger: Ledger) -> None:
    with pytest.raises(LedgerError, match="csv, jsonl, claimreview, markdown, webannotation or corrections"):
        ledger.export("xml")


def test_a_backup_is_whole_and_one_file(ledger: Ledger, check: Check, tmp_path: Path) -> None:
    reviewed(ledger, check)
    copy = tmp_path / "copy.db"
    ledger.backup(copy)
    ledger.record(again(check, run="run-2", at="2025-01-22T08:00:00+00:00"))
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == ["copy.db"]
    with Ledger.open(copy, create=False) as kept:
        assert (kept.counts()["runs"], kept.audit().holds) == (1, True)
        kept.record(again(check, run="run-9", at="2025-01-22T08:00:00+00:00"))


def test_a_backup_overwrites_nothing(ledger: Ledger, tmp_path: Path) -> None:
    there = tmp_path / "there.db"
    there.write_text("mine")
    with pytest.raises(LedgerError, match="exists already"):
        ledger.backup(there)
    assert there.read_text() == "mine"
    with pytest.raises(LedgerError, match="no folder"):
        ledger.backup(tmp_path / "missing" / "copy.db")


@pytest.mark.parametrize("kind", ["csv", "jsonl", "claimreview", "markdown", "webannotation"])
def test_an_export_is_of_one_state_of_the_ledger(ledger: Ledger, check: Check, kind: str) -> None:
    confirmed(ledger, check, 0, 1)
    whole = list(ledger.export(kind, page=PAGE))
    lines = ledger.export(kind, page=PAGE)
    written = [next(lines)]
    with Ledger.open(ledger.path) as other:  # a check and a colleague, while the lines are being written
        later = again(check, run="run-2", at="2025-01-25T08:00:00+00:00")
        other.record(relabel(later, 1, label=Label.CONTRADICTED, confidence=0.9))
        other.review(Review(claim=check.extraction.claims[0].id, reviewer="Ben", decision=Decision.UNDO, at=AT))
    assert [*written, *lines] == whole


def test_a_decision_that_was_taken_back_is_not_the_day_of_the_review(ledger: Ledger, check: Check) -> None:
    confirmed(ledger, check, 0)
    claim = check.extraction.claims[0].id
    ledger.review(Review(claim=claim, reviewer="Ben", decision=Decision.CONFIRM, at="2025-03-01T09:00:00+00:00"))
    ledger.review(Review(claim=claim, reviewer="Ben", decision=Decision.UNDO, at="2025-03-02T09:00:00+00:00"))
    (line,) = ledger.export("claimreview", page=PAGE)
    assert json.loads(line)["datePublished"] == AT[:10]
