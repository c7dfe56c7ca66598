"""A run's mark is good for as long as its process lives."""

from __future__ import annotations

import platform
import subprocess
import sys
from pathlib import Path

import pytest

from flows.serving.run_marks import is_dead

HERE = platform.node()
HOLD = """
import sys
from filelock import FileLock
lock = FileLock(sys.argv[1])
lock.acquire()
print("held", flush=True)
input()
"""


def test_a_run_is_dead_when_its_process_was_killed(tmp_path: Path) -> None:
    lock = tmp_path / "run.lock"
    command = [sys.executable, "-c", HOLD, str(lock)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        assert not is_dead(f"{HERE}:{lock}")
        process.kill()
    assert is_dead(f"{HERE}:{lock}")
    assert is_dead(f"{HERE}:{lock}"), "and it stays so"


@pytest.mark.parametrize(
    ("host", "expected"), [(HERE, True), (f"{HERE}.elsewhere", False), ("another-machine", False), ("", False)]
)
def test_only_runs_of_this_machine_are_judged(tmp_path: Path, host: str, expected: bool) -> None:
    assert is_dead(f"{host}:{tmp_path / 'gone.lock'}") is expected
