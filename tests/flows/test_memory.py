"""Settings that save memory, also where the C library has none."""

from __future__ import annotations

import atexit
import ctypes
import gc
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.config.memory import save_memory

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def settings(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The settings of this process, put back after the test."""
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "3")
    before = gc.get_threshold()
    save_memory.cache_clear()
    yield
    gc.set_threshold(*before)
    atexit.unregister(gc.freeze)


def test_garbage_is_looked_for_rarely() -> None:
    save_memory()
    assert gc.isenabled()
    assert gc.get_threshold()[0] == 10_000


def test_a_user_may_set_the_threads_of_numpy() -> None:
    save_memory()
    assert os.environ["OPENBLAS_NUM_THREADS"] == "3"


def test_numpy_multiplies_with_one_thread_and_nothing_is_looked_for_at_the_end() -> None:
    lines = (
        "import atexit, gc, os; from flows.config.memory import save_memory",
        "atexit.register(lambda: print(gc.get_freeze_count() > 1000))",
        "save_memory(); print(os.environ['OPENBLAS_NUM_THREADS'])",
    )
    environment = {name: value for name, value in os.environ.items() if name != "OPENBLAS_NUM_THREADS"}
    done = subprocess.run(
        [sys.executable, "-c", "; ".join(lines)], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["1", "True"]


@pytest.mark.parametrize("error", [AttributeError, OSError, TypeError])
def test_another_c_library_is_left_alone(monkeypatch: pytest.MonkeyPatch, error: type[Exception]) -> None:
    def no_library(_name: object) -> object:
        raise error

    monkeypatch.setattr(ctypes, "CDLL", no_library)
    save_memory()
    assert gc.get_threshold()[0] == 10_000
