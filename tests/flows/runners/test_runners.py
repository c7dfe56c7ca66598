"""Several articles at once, in processes or on a cluster: the same verdicts in the same order, and one ledger."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from channel import TREES, open_channel, publish
from click.testing import CliRunner

from claims.ledger.ledger import Ledger
from flows.cli import factdesk
from flows.runners.placement import MANY, PROCESSES

ROOT = Path(__file__).parents[3]
SAMPLE = ROOT / "examples" / "inauguration"
ARCHIVE = SAMPLE / "sources.warc.gz"
# Prints whether the judge was loaded in the process of the command.
COMMAND = """
import atexit, sys
from flows.checks import steps
from flows.cli import main
atexit.register(lambda: print("judged here:", bool(steps.engine.cache_info().currsize), file=sys.stderr))
main()
"""
# As if neither library were installed.
WITHOUT_EXTRAS = """
import importlib.util
found = importlib.util.find_spec
importlib.util.find_spec = lambda name, *rest: None if name in ("distributed", "ray") else found(name, *rest)
from flows.cli import main
main()
"""
WORKERS = {"PREFECT_DEFAULT_WORK_POOL_NAME": "examiners"}


@pytest.fixture(autouse=True)
def articles(folder: Path) -> None:
    write_story(folder)


def write_story(place: Path) -> None:
    (place / "story.html").write_bytes((SAMPLE / "article.html").read_bytes())


def installed(*modules: str) -> pytest.MarkDecorator:
    missing = [name for name in modules if find_spec(name) is None]
    return pytest.mark.skipif(bool(missing), reason=f"{', '.join(missing)} is not installed: pip install factdesk[...]")


def check(runner: str, environment: dict[str, str] | None = None) -> tuple[list[dict[str, Any]], str]:
    """The documents of a check of three articles without what is new in each run, and what stderr said."""
    Path("config.yaml").write_text(f"judge: embedded:small\nrunner: {runner}\nledger: {runner}.db\n")
    command = [sys.executable, "-c", COMMAND, "check", "trees.txt", "missing.txt", "story.html"]
    done = subprocess.run(
        [*command, "--replay", str(ARCHIVE), "--json"],
        env={**os.environ, **(environment or {})},
        capture_output=True,
        text=True,
        timeout=500,
        check=False,
    )
    assert done.returncode == 3, done.stderr
    documents = [json.loads(line) for line in done.stdout.splitlines()]
    for document in documents:
        document.pop("run", None)
    return documents, done.stderr


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """What one process finds."""
    place, before = tmp_path_factory.mktemp("local"), Path.cwd()
    write_story(place)
    (place / "trees.txt").write_text(TREES)
    os.chdir(place)
    try:
        return check("local", {"PYTHONPATH": str(ROOT)})[0]
    finally:
        os.chdir(before)


def agree(runner: str, expected: list[dict[str, Any]], environment: dict[str, str] | None = None) -> None:
    documents, said = check(runner, environment)
    assert documents == expected
    assert documents[1].keys() == {"source", "error"}
    assert len(documents[2]["claims"]) > 10
    assert "judged here: False" in said
    assert not list(Path("captures").glob(".shared-*"))
    with Ledger.open(Path(f"{runner}.db"), create=False) as ledger:
        assert ledger.counts()["articles"] == 2
        assert ledger.audit().holds


@pytest.mark.long
@pytest.mark.parametrize(
    "runner",
    [
        "processes",
        pytest.param("dask", marks=installed("dask", "distributed")),
        pytest.param("ray", marks=installed("ray")),
    ],
)
def test_a_runner_finds_the_same_as_one_process(runner: str, expected: list[dict[str, Any]]) -> None:
    agree(runner, expected)


@contextmanager
def started(*command: str, environment: dict[str, str], folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    with (folder / "output").open("ab") as output:
        process = subprocess.Popen(command, env=environment, cwd=folder, stdout=output, stderr=output)
        try:
            yield process
        finally:
            process.terminate()
            process.wait(30)


@pytest.mark.long
@pytest.mark.prefect
def test_the_workers_of_a_pool_find_the_same(
    prefect_environment: dict[str, str], expected: list[dict[str, Any]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    environment = {**prefect_environment, "PYTHONPATH": str(ROOT)}
    prefect = (sys.executable, "-m", "prefect")
    made = subprocess.run(
        [*prefect, "work-pool", "create", "examiners", "--type", "process"], env=environment, capture_output=True,
        timeout=120, check=False,
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    worker = (*prefect, "worker", "start", "--pool", "examiners")
    with started(*worker, environment=environment, folder=tmp_path_factory.mktemp("worker")):
        agree("workers", expected, {**WORKERS, "PREFECT_API_URL": prefect_environment["PREFECT_API_URL"]})
    assert not list(Path("captures", "results").glob("*"))


@pytest.mark.long
@installed("dask", "distributed")
def test_a_cluster_elsewhere_is_used(tmp_path_factory: pytest.TempPathFactory) -> None:
    """A worker in another folder reads addresses; a file that it does not have is examined by the desk."""
    folder = tmp_path_factory.mktemp("dask")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    found = folder / "scheduler.json"
    scheduler = (sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0")
    worker = (sys.executable, "-m", "distributed.cli.dask_worker", "--host", "127.0.0.1", "--nthreads", "1")
    joined = ("--no-dashboard", "--scheduler-file", str(found))
    with (
        started(*scheduler, *joined, environment=environment, folder=folder),
        started(*worker, *joined, environment=environment, folder=folder),
        open_channel() as channel,
    ):
        for _ in range(600):
            if found.exists():
                break
            time.sleep(0.1)
        there = {"DASK_SCHEDULER_ADDRESS": json.loads(found.read_text())["address"]}
        channel.pages |= dict.fromkeys(("/one", "/two"), (200, publish(channel)))
        lines = "judge: lexical\nrunner: dask\nfetch: {allow_private: true, per_host_delay: 0s, robots: false}\n"
        Path("config.yaml").write_text(lines)
        for sources, here in ((("/one", "/two"), False), (("/one", "trees.txt"), True)):
            names = [f"{channel.address}{name}" if name[0] == "/" else name for name in sources]
            Path("factdesk.db").unlink(missing_ok=True)
            done = subprocess.run(
                [sys.executable, "-c", COMMAND, "check", *names, "--brief"], env={**environment, **there},
                capture_output=True, text=True, timeout=300, check=False,
            )  # fmt: skip
            assert done.returncode == 0, done.stderr
            assert f"judged here: {here}" in done.stderr
    with Ledger.open(Path("factdesk.db"), create=False) as ledger:
        assert ledger.audit().holds


def test_many_articles_are_examined_in_processes_with_the_same_output(monkeypatch: pytest.MonkeyPatch) -> None:
    """Articles that cite one page, of which one is a copy and one cannot be read, with a ledger that knows another."""
    names = ["missing.txt", *(f"cut-{number}.html" for number in range(MANY - 2)), "copy.html"]
    with open_channel() as channel:
        article = publish(channel)
        for name in names[1:-1]:
            Path(name).write_text(article.replace("five percent", f"{name[4]} percent").replace("The cut", name))
        shutil.copy("cut-3.html", "copy.html")
        rules = "allow_private: true, per_host_delay: 0s, robots: false, archive: false"
        Path("config.yaml").write_text(f"judge: lexical\nfetch: {{{rules}}}\n")

        def printed(processes: str, *sources: str) -> tuple[list[dict[str, Any]], int]:
            """The documents without what is new in each run, and how often the cited page was requested."""
            channel.asked.clear()
            monkeypatch.setenv(PROCESSES, processes)
            words = ["check", *sources, "--json", "--db", f"{processes}.db"]
            done = CliRunner().invoke(factdesk, words, obj={"debug": False}, catch_exceptions=False)
            return [_lasting(json.loads(line)) for line in done.stdout.splitlines()], channel.asked.count("/plan")

        printed("1", names[-2])
        shutil.copy("1.db", "2.db")
        (alone, asked), (together, asked_together) = printed("1", *names), printed("2", *names)
    assert len(alone) == MANY
    assert together == alone
    assert asked < asked_together < MANY  # each process requests it, but not for each article
    counts = []
    for ledger in ("1.db", "2.db"):
        with Ledger.open(Path(ledger), create=False) as opened:
            assert opened.audit().holds
            counts.append(opened.counts())
    assert counts[0] == counts[1]


def _lasting(document: dict[str, Any]) -> dict[str, Any]:
    """A document without the names of captures and the run, which differ between two runs."""
    text = json.dumps({name: value for name, value in document.items() if name != "run"})
    lasting: dict[str, Any] = json.loads(re.sub(r'"capture": "[0-9a-f]+"', '"capture": ""', text))
    return lasting


@pytest.mark.parametrize("runner", ["dask", "ray", "workers"])
def test_a_runner_that_cannot_be_used_says_what_to_do(runner: str) -> None:
    Path("config.yaml").write_text(f"judge: lexical\nrunner: {runner}\n")
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_EXTRAS, "check", "trees.txt", "missing.txt"],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    wanted = "a Prefect server" if runner == "workers" else f"pip install 'factdesk[{runner}]'"
    assert done.returncode == 2, done.stderr
    assert done.stderr.startswith(f"factdesk: runner: {runner} needs "), done.stderr
    assert wanted in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not list(Path("captures").glob(".shared-*"))
