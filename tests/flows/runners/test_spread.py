"""A check whose article is examined elsewhere: its steps, its progress, and what the ledger adds."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from claims.ledger.ledger import Ledger
from claims.records import Check
from flows.checks import pipeline
from flows.checks.conductor import Conductor, Progress, Stage
from flows.config.setup import CheckOptions, Setup, setup
from flows.runners.placement import placement
from flows.runners.spread import examining
from sources.errors import UnreadableError

ROOT = Path(__file__).parents[3]
SAMPLE = ROOT / "examples" / "inauguration"
CONFIG = "judge: lexical\nrunner: {}\n"


@pytest.fixture
def sources(folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.setenv("FACTDESK_PROCESSES", "1")
    (folder / "config.yaml").write_text(CONFIG.format("processes"))
    return ["trees.txt", "missing.txt", str(SAMPLE / "article.html")]


def spread_checks(sources: list[str], how: Setup, seen: list[Progress]) -> list[Check | str]:
    """The checks of the sources, or why they are unreadable."""

    async def run() -> list[Check | str]:
        results: list[Check | str] = []
        async with examining(sources, how, placement(how, len(sources))):
            for source in sources:
                seen.clear()
                try:
                    results.append(await pipeline.check(source, how, Conductor(seen.append)))
                except UnreadableError as error:
                    results.append(str(error))
        return results

    return asyncio.run(run())


def test_the_steps_of_an_article_that_was_examined_elsewhere(sources: list[str]) -> None:
    how = setup(CheckOptions(replay=str(SAMPLE / "sources.warc.gz")))
    seen: list[Progress] = []
    first, missing, sample = spread_checks(sources, how, seen)
    assert isinstance(first, Check)
    assert isinstance(missing, str)
    assert "no such file" in missing
    assert isinstance(sample, Check)
    assert list(dict.fromkeys(progress.stage for progress in seen)) == [Stage.EXAMINE, Stage.SOURCES, Stage.LEDGER]
    reported = {progress.detail for progress in seen if progress.stage is Stage.SOURCES}
    assert "The Wall Street Journal" in reported
    assert seen[-1].done == seen[-1].total
    with Ledger.open(how.ledger, create=False) as ledger:
        assert ledger.counts()["runs"] == 2
        assert ledger.audit().holds


def test_what_is_checked_again_gives_the_same(sources: list[str]) -> None:
    how = setup(CheckOptions(replay=str(SAMPLE / "sources.warc.gz")))
    first, again = (spread_checks(sources, how, [])[2] for _ in range(2))
    assert isinstance(first, Check)
    assert isinstance(again, Check)
    labels = [[(verdict.claim, verdict.label) for verdict in done.verdicts] for done in (first, again)]
    assert labels[0] == labels[1]
    with Ledger.open(how.ledger, create=False) as ledger:
        assert ledger.counts()["articles"] == 2
        assert ledger.counts()["verdicts"] == ledger.counts()["claims"]


@pytest.mark.parametrize("runner", ["local", "processes"])
def test_one_article_is_examined_here(sources: list[str], runner: str) -> None:
    Path("config.yaml").write_text(CONFIG.format(runner))
    seen: list[Progress] = []
    (done,) = spread_checks(sources[:1], setup(CheckOptions(offline=True)), seen)
    assert isinstance(done, Check)
    assert Stage.EXAMINE not in {progress.stage for progress in seen}
    assert seen[-1].done == seen[-1].total
