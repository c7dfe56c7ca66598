"""A ledger to write to, and a realistic check to write."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sample_check import build

from claims.ledger.ledger import Ledger
from claims.records import Check


@pytest.fixture
def check() -> Check:
    """One check with every label."""
    return build()


@pytest.fixture
def ledger_path(tmp_path: Path) -> Path:
    """Where a test keeps its ledger."""
    return tmp_path / "desk" / "factdesk.db"


@pytest.fixture
def ledger(ledger_path: Path) -> Iterator[Ledger]:
    """An empty ledger."""
    with Ledger.open(ledger_path) as opened:
        yield opened
