"""A realistic check to show, one with hostile text, and a desk to work on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from newsweb import Desk, open_desk
from sample_article import hostile_check, sample_check

from claims.records import Check


@pytest.fixture
def check() -> Check:
    """The sample check."""
    return sample_check()


@pytest.fixture
def hostile() -> Callable[[str], Check]:
    """The sample check with some text put into every field that came from outside."""
    return hostile_check


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """An article, its archive and its ledger in a folder of their own."""
    monkeypatch.chdir(tmp_path)
    return open_desk(tmp_path)
