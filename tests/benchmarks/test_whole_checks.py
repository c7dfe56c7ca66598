"""The whole checks: their rows, and what the table counts."""

from __future__ import annotations

from collections import Counter

from benchmarks.whole_checks import KINDS, checked, report, rows
from claims.records import Label


def test_each_half_has_its_thirds_and_known_labels() -> None:
    for half, third in (("dev", 50), ("test", 10), ("pages", 45), ("third", 40), ("fourth", 40)):
        some = rows(half)
        assert Counter(row["kind"] for row in some) == dict.fromkeys(KINDS, third)
        assert all(set(row["wanted"]) <= {label.value for label in Label} for row in some)
    assert Counter(row["kind"] for row in rows("new")) == {"plain": 35, "denied": 29, "absent": 16}
    assert len({row["id"] for row in rows()}) == len(rows())


def test_a_claim_that_stands_there_and_one_that_is_changed() -> None:
    some = [row for row in rows("dev") if row["id"] in ("court-word", "econ-number")]
    checks = list(checked(some))
    assert [check.verdict.label for check in checks if check.verdict] == [Label.SUPPORTED, Label.CONTRADICTED]
    assert "| all | 2 | 2 | 0 | 1 |" in report(checks)
