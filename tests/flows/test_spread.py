"""Several articles at once in processes of their own: the same verdicts in the same order, and one ledger."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from claims.ledger.ledger import Ledger
from claims.records import Check
from flows.checks.spread import examine_all
from flows.cli import factdesk
from flows.config.setup import CheckOptions, setup
from sources.errors import UnreadableError

ROOT = Path(__file__).parents[2]
ARTICLE = ROOT / "examples" / "inauguration" / "article.html"
ARCHIVE = ROOT / "examples" / "inauguration" / "sources.warc.gz"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    (tmp_path / "trees.txt").write_text("The mayor said on Friday that 20 trees were felled.\n")
    return tmp_path


def documents(runner: str, *, code: int = 3) -> list[dict[str, Any]]:
    Path("config.yaml").write_text(f"runner: {runner}\nledger: {runner}.db\n")
    sources = ("trees.txt", "missing.txt", str(ARTICLE))
    done = CliRunner().invoke(factdesk, ["check", *sources, "--replay", str(ARCHIVE), "--json"], obj={"debug": False})
    assert done.exit_code == code, done.output
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.long
def test_processes_find_the_same_as_one_process() -> None:
    found = {runner: documents(runner) for runner in ("local", "processes")}
    for here, there in zip(found["local"], found["processes"], strict=True):
        for document in (here, there):
            document.pop("run", None)
        assert here == there
    assert found["processes"][1].keys() == {"source", "error"}
    assert len(found["processes"][2]["claims"]) > 10
    for runner in found:
        with Ledger.open(Path(f"{runner}.db"), create=False) as ledger:
            assert ledger.counts()["articles"] == 2
            assert ledger.audit().holds


def test_nothing_is_logged_by_an_examination() -> None:
    how = replace(setup(CheckOptions(offline=True)), judge="lexical")
    (source, done), (other, error) = examine_all(["trees.txt", "missing.txt"], how, workers=1)
    assert (source, other) == ("trees.txt", "missing.txt")
    assert isinstance(done, Check)
    assert done.verdicts
    assert isinstance(error, UnreadableError)
    assert not how.ledger.exists()
    assert list(examine_all([], how)) == []
