"""Several articles at once in processes of their own: the same verdicts in the same order, and one ledger."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from channel import open_channel, publish
from click.testing import CliRunner

from claims.ledger.ledger import Ledger
from claims.records import Check
from claims.verification.onnx_runtime import THREADS, cores
from flows.checks import steps
from flows.checks.spread import _process_pool, examine_all
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
    found = {"local": documents("local")}
    steps.engine.cache_clear()
    found["processes"] = documents("processes")
    assert not steps.engine.cache_info().currsize, "the processes judge, and not this one"
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


# Counts the states of the hosts, to which the delays between requests belong, after each article.
HOSTS = """
import sys
from flows.api.answers import ApiAnswers
from flows.api.articles import HandedArticle
from flows.checks.spread import _examine_one
from flows.config.setup import CheckOptions, setup
from sources.fetching import politeness

how, hosts = setup(CheckOptions()), []
for address in sys.argv[2:]:
    if sys.argv[1] == "api":
        ApiAnswers(how).claims(HandedArticle(address=address))
    else:
        assert _examine_one(address, how).verdicts
    hosts += [host for states in politeness._HOSTS.values() for host in states.values()]
print(len(hosts), len(set(map(id, hosts))))
"""


@pytest.mark.parametrize("way", ["api", "process"])
def test_the_delay_per_host_holds_from_one_article_to_the_next(way: str) -> None:
    Path("config.yaml").write_text("judge: lexical\nfetch: {allow_private: true, per_host_delay: 0s}\n")
    with open_channel() as channel:
        article = publish(channel)
        paths = ("/one", "/two", "/three")
        channel.pages |= dict.fromkeys(paths, (200, article))
        addresses = [f"{channel.address}{path}" for path in paths]
        command = [sys.executable, "-W", "always::ResourceWarning", "-c", HOSTS, way, *addresses]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert (done.stdout, done.stderr) == ("3 1\n", "")


@pytest.mark.parametrize(("given", "expected"), [("", max(1, len(os.sched_getaffinity(0)) // 2)), ("5", 5)])
def test_the_processes_share_the_model_threads(monkeypatch: pytest.MonkeyPatch, given: str, expected: int) -> None:
    monkeypatch.delenv(THREADS, raising=False)
    if given:
        monkeypatch.setenv(THREADS, given)
    with _process_pool(2) as pool:
        assert pool.submit(cores).result(60) == expected


def test_nothing_is_logged_by_an_examination(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PYTHONWARNINGS", "always::ResourceWarning")
    how = replace(setup(CheckOptions(offline=True)), judge="lexical")
    (source, done), (other, error) = examine_all(["trees.txt", "missing.txt"], how, workers=1)
    assert (source, other) == ("trees.txt", "missing.txt")
    assert isinstance(done, Check)
    assert done.verdicts
    assert isinstance(error, UnreadableError)
    assert not how.ledger.exists()
    assert list(examine_all([], how)) == []
    assert capfd.readouterr().err == ""
