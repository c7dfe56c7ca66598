"""What the artifacts of a run say: a row for each claim, and a report in the same order."""

from __future__ import annotations

from claims.ledger.ledger import Ledger
from claims.records import Check
from flows.artifacts import artifact_rows, report
from sources.outlets import load_outlets


def test_the_report_has_the_rows_in_the_same_order(check: Check) -> None:
    outlets = load_outlets()
    waiting = Ledger.waits(check.verdicts, check.extraction.claims)
    rows = artifact_rows(check, outlets, waiting)
    text = report(check, outlets, waiting)
    assert len(rows) == len(check.extraction.claims)
    heads = [line for line in text.splitlines() if ". **" in line]
    for number, (row, head) in enumerate(zip(rows, heads, strict=True), 1):
        confidence = f" ({row['confidence']})" if row["confidence"] else ""
        assert head.startswith(f"{number}. **{row['verdict']}**{confidence}: ")
    assert {bool(row["confidence"]) for row in rows} == {True, False}, "the sample has both"
    assert "()" not in text


def test_what_is_most_urgent_comes_first(check: Check) -> None:
    *others, last = [claim.id for claim in check.extraction.claims]
    rows = artifact_rows(check, load_outlets(), {last: "first to be looked at", others[0]: ""})
    statements = {claim.id: claim.statement for claim in check.extraction.claims}
    assert [row["claim"] for row in rows][:3] == [statements[claim_id] for claim_id in (last, others[0], others[1])]
