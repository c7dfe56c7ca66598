"""The desk refuses every forbidden request of the benchmark and answers the permitted ones."""

from pathlib import Path

from benchmarks.refusals import refused, sample_ledger


async def test_every_forbidden_request_is_refused(tmp_path: Path) -> None:
    counts, answered = await refused(sample_ledger(tmp_path / "desk.db"))
    assert answered == []
    assert sum(sent for sent, _ in counts.values()) >= 150
    assert all(sent == refusals for sent, refusals in counts.values())
