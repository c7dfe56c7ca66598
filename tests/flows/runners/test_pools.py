"""The pools: how many articles each begins, and the threads of its processes."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
from concurrent.futures import CancelledError, Future
from pathlib import Path

import click
import pytest

from claims.verification.onnx_runtime import THREADS
from flows.cli import factdesk
from flows.commands.checking.check import CheckOutput, check_all
from flows.config.setup import CheckOptions, setup
from flows.errors import RunnerError
from flows.runners.assignment import ExaminedArticle, assigned
from flows.runners.placement import PROCESSES, Place
from flows.runners.pools import FuturePool, process_pool, threads_of
from flows.runners.work_pool import batches


@pytest.mark.parametrize(("given", "expected"), [("", max(1, len(os.sched_getaffinity(0)) // 2)), ("5", 5)])
def test_the_processes_share_the_model_threads(monkeypatch: pytest.MonkeyPatch, given: str, expected: int) -> None:
    monkeypatch.delenv(THREADS, raising=False)
    if given:
        monkeypatch.setenv(THREADS, given)
    assert int(threads_of(2)) == expected


async def test_a_process_examines_and_gives_unreadable_articles_as_values(folder: Path) -> None:
    (folder / "config.yaml").write_text("judge: lexical\n")
    place = Place(runner="processes")
    with assigned(setup(CheckOptions(offline=True)), ledger=False) as job, process_pool(job, place) as pool:
        assert pool.at_once == 2
        await pool.begin(["trees.txt", "missing.txt"])
        read, missing = await asyncio.gather(pool.outcome("trees.txt"), pool.outcome("missing.txt"))
    assert read.check is not None
    assert missing.error is not None


@pytest.mark.parametrize(("chosen", "says"), [(True, "^runner: processes: "), (False, "with FACTDESK_PROCESSES=1 ")])
async def test_a_process_that_is_killed_is_named_as_the_user_knows_it(folder: Path, chosen: bool, says: str) -> None:
    (folder / "config.yaml").write_text("judge: lexical\n")
    place = Place(runner="processes", chosen=chosen)
    with assigned(setup(CheckOptions(offline=True)), ledger=False) as job, process_pool(job, place) as pool:
        await pool.begin(["trees.txt"])
        (process,) = multiprocessing.active_children()
        process.kill()
        for article in ("trees.txt", "missing.txt"):
            with pytest.raises(RunnerError, match=says):
                await pool.outcome(article)
            await pool.begin(["missing.txt"])


def test_a_command_that_is_stopped_between_two_articles_ends_its_processes(
    folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    (folder / "config.yaml").write_text("judge: lexical\nrunner: processes\n")
    monkeypatch.setenv(PROCESSES, "1")

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    with click.Context(factdesk, obj={"debug": False}), pytest.raises(KeyboardInterrupt):
        check_all(["missing.txt", "trees.txt"], setup(CheckOptions(offline=True)), CheckOutput(unread=interrupt))
    assert not multiprocessing.active_children()
    assert not caplog.records


@pytest.mark.parametrize(
    ("count", "expected"),
    [(0, []), (1, [1]), (10, [10]), (11, [10, 1]), (40, [10, 10, 10, 10]), (60, [15] * 4), (110, [25] * 4 + [10])],
)
def test_batches(count: int, expected: list[int]) -> None:
    sources = [f"https://news.example/{number}" for number in range(count)]
    made = batches(sources)
    assert [len(batch) for batch in made] == expected
    assert [source for batch in made for source in batch] == sources


@pytest.mark.usefixtures("folder")
async def test_an_article_whose_workers_are_lost_says_so() -> None:
    lost: Future[ExaminedArticle] = Future()
    lost.cancel()

    def explained(error: Exception) -> Exception:
        return RunnerError("the workers were lost") if isinstance(error, CancelledError) else error

    with assigned(setup(CheckOptions(offline=True)), ledger=False) as assignment:
        pool = FuturePool(assignment, 1, lambda *_: lost, explained)
        await pool.begin(["trees.txt"])
        with pytest.raises(RunnerError, match="the workers were lost"):
            await pool.outcome("trees.txt")
