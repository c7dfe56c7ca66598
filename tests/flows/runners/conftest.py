"""The folder in which a desk and the processes that it starts find the same article."""

from __future__ import annotations

from pathlib import Path

import pytest
from channel import TREES

ROOT = Path(__file__).parents[3]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, with an article; processes that are started there import this checkout."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    (tmp_path / "trees.txt").write_text(TREES)
    return tmp_path
