"""Where the articles of a command are examined: many of them in processes, also where config.yaml names none."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from flows.config.setup import CheckOptions, setup
from flows.errors import RunnerError
from flows.runners.placement import MANY, PROCESSES, Place, free_memory, placement, process_count
from flows.runners.readiness import runner_place

CORES = len(os.sched_getaffinity(0))
HERE = Place(runner="local")


@pytest.mark.parametrize(("given", "expected"), [("", CORES), ("5", 5), (" 12 ", 12)])
def test_the_number_of_processes(monkeypatch: pytest.MonkeyPatch, given: str, expected: int) -> None:
    monkeypatch.setenv(PROCESSES, given)
    assert process_count() == expected


@pytest.mark.parametrize("given", ["0", "-1", "many", "2.5", "1000"])
def test_another_number_of_processes_is_refused(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv(PROCESSES, given)
    with pytest.raises(RunnerError, match="FACTDESK_PROCESSES: write a number from 1 to 256"):
        process_count()


def spread(processes: int) -> Place:
    """Processes that config.yaml does not ask for."""
    return Place(runner="processes", processes=processes, chosen=False)


@pytest.mark.parametrize(
    ("config", "processes", "articles", "expected"),
    [
        ("", "2", MANY, spread(2)),
        ("", "20", MANY, spread(MANY)),
        ("", "2", MANY - 1, HERE),
        ("", "1", 100, HERE),
        ("judge: embedded:small", "3", 100, spread(3)),
        ("judge: lexical", "3", 100, spread(3)),
        ("judge: [embedded, lexical]", "3", 100, spread(3)),
        ("judge: llm:small", "3", 100, HERE),
        ("judge: hub:large", "3", 100, HERE),
        ("judge: [embedded, llm:small]", "3", 100, HERE),
        ("reader: llm:small", "3", 100, HERE),
        ("runner: processes", "3", 2, Place(runner="processes", processes=2)),
        ("runner: processes", "3", 100, Place(runner="processes", processes=3)),
        ("runner: processes", "3", 1, HERE),
        ("runner: dask", "3", 100, Place(runner="dask")),
    ],
)
def test_where_articles_are_examined(
    folder: Path, monkeypatch: pytest.MonkeyPatch, config: str, processes: str, articles: int, expected: Place
) -> None:
    (folder / "config.yaml").write_text(config)
    monkeypatch.setenv(PROCESSES, processes)
    place = placement(setup(CheckOptions()), articles)
    assert place == expected
    assert place.at_once == (2 if expected == HERE else 1)


@pytest.mark.parametrize(
    ("free", "used", "limit", "expected"),
    [
        ("", "", "", min(CORES, 4)),
        ("MemTotal: 900 kB\nMemAvailable: 9000000 kB\n", "0", "max", min(CORES, 4)),
        ("MemTotal: 9000000 kB\nMemAvailable: 500000 kB\n", "0", "max", 1),
        ("MemAvailable: 9000000 kB\n", "300000000", "800000000", 1),
    ],
)
def test_processes_that_nobody_asked_for_leave_cores_and_memory(
    folder: Path, monkeypatch: pytest.MonkeyPatch, free: str, used: str, limit: str, expected: int
) -> None:
    monkeypatch.delenv(PROCESSES, raising=False)
    for name, text in (("_MACHINE", free), ("_USED", used), ("_LIMIT", limit)):
        (folder / name).write_text(text)
        monkeypatch.setattr(f"flows.runners.placement.{name}", folder / name)
    assert placement(setup(CheckOptions()), 100).processes == expected


def test_the_free_memory_of_this_machine() -> None:
    free = free_memory()
    assert free is not None
    assert free > 0


@pytest.mark.parametrize(
    ("processes", "expected"), [("3", f"; {MANY} or more in 3 processes"), ("1", "in one process")]
)
@pytest.mark.usefixtures("folder")
async def test_doctor_says_where(monkeypatch: pytest.MonkeyPatch, processes: str, expected: str) -> None:
    monkeypatch.setenv(PROCESSES, processes)
    assert (await runner_place(setup(CheckOptions()))).endswith(expected)
