"""Services start in order, are restarted when they end, and stop together."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from flows.errors import UsageError
from flows.serving.processes import Processes, Service

ROOT = Path(__file__).parents[3]
# Writes its process number into a file, prints a line, and waits; with a child that would outlive it.
WAITS = """
import os, pathlib, subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
pathlib.Path(sys.argv[1]).write_text(f"{os.getpid()} {child.pid}")
print("at work", os.environ.get("COLOUR"))
time.sleep(600)
"""


def service(place: Path, **changes: object) -> Service:
    given: dict[str, object] = {
        "name": place.name,
        "command": (sys.executable, "-c", WAITS, str(place)),
        "ready": place.exists,
        "environment": {"COLOUR": "green"},
    }
    return Service(**{**given, **changes})  # type: ignore[arg-type]


def numbers(place: Path) -> list[int]:
    return [int(word) for word in place.read_text().split()]


def lives(number: int) -> bool:
    try:
        state = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def eventually(holds: Callable[[], bool]) -> None:
    for _ in range(600):
        if holds():
            return
        time.sleep(0.1)
    pytest.fail("it never came to hold")


def test_all_stop_with_their_children(tmp_path: Path) -> None:
    lines: list[str] = []
    services = Processes(lines.append)
    for name in ("first", "second"):
        services.start(service(tmp_path / name))
        eventually(lambda name=name: f"{name}: at work green" in lines)  # type: ignore[misc]
    eventually(lambda: all(len(numbers(tmp_path / name)) == 2 for name in ("first", "second")))
    pids = [*numbers(tmp_path / "first"), *numbers(tmp_path / "second")]
    services.stop()
    eventually(lambda: not any(map(lives, pids)))


def test_one_that_ends_is_restarted(tmp_path: Path) -> None:
    lines: list[str] = []
    services = Processes(lines.append)
    services.start(service(tmp_path / "first"))
    eventually(lambda: len(numbers(tmp_path / "first")) == 2)
    keeper = threading.Thread(target=services.keep)
    keeper.start()
    try:
        for _ in range(2):
            before = numbers(tmp_path / "first")[0]
            os.kill(before, 9)
            eventually(lambda before=before: numbers(tmp_path / "first")[:1] not in ([before], []))  # type: ignore[misc]
        assert [line for line in lines if "ended" in line] == [
            "first ended; it starts again in 1 s",
            "first ended; it starts again in 2 s",
        ]
    finally:
        services.stop()
        keeper.join()


@pytest.mark.parametrize(
    ("code", "within", "message"),
    [
        ("raise SystemExit('factdesk: the port is in use')", 60, "first did not start: the port is in use"),
        ("pass", 60, "first did not start: it ended at once"),
        ("import time; time.sleep(600)", 0.5, "first did not answer within 0 seconds"),
    ],
)
def test_one_that_does_not_start_is_an_error(tmp_path: Path, code: str, within: float, message: str) -> None:
    services = Processes(lambda _: None)
    command = (sys.executable, "-c", code)
    with pytest.raises(UsageError, match=message):
        services.start(service(tmp_path / "first", command=command, within=within))
    services.stop()


WRITES = "import os, pathlib, sys, time; pathlib.Path(sys.argv[1]).write_text(f'{os.getpid()} '); time.sleep(600)"
STARTS = """
import pathlib, signal, sys
from flows.serving.processes import Processes, Service
place, writes = pathlib.Path(sys.argv[1]), sys.argv[2]
command = (sys.executable, "-c", writes, str(place))
Processes(print).start(Service(name="waits", command=command, ready=lambda: place.exists() and place.read_text()))
print("started", flush=True)
signal.pause()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process that its parent has ended")
def test_a_service_ends_with_a_process_that_is_killed(tmp_path: Path) -> None:
    place = tmp_path / "number"
    with subprocess.Popen(
        [sys.executable, "-c", STARTS, str(place), WRITES], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as starts:
        assert starts.stdout is not None
        assert starts.stdout.readline() == "started\n"
        (number,) = numbers(place)
        assert lives(number)
        starts.kill()
    eventually(lambda: not lives(number))
