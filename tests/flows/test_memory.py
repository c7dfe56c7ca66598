"""Settings that save memory, also where the C library has none."""

from __future__ import annotations

import ctypes
import gc
from collections.abc import Iterator

import pytest

from flows.config.memory import save_memory


@pytest.fixture(autouse=True)
def thresholds() -> Iterator[None]:
    """The thresholds of the garbage collector, put back after the test."""
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)


def test_garbage_is_looked_for_rarely() -> None:
    save_memory()
    assert gc.isenabled()
    assert gc.get_threshold()[0] == 10_000


@pytest.mark.parametrize("error", [AttributeError, OSError, TypeError])
def test_another_c_library_is_left_alone(monkeypatch: pytest.MonkeyPatch, error: type[Exception]) -> None:
    def no_library(_name: object) -> object:
        raise error

    monkeypatch.setattr(ctypes, "CDLL", no_library)
    save_memory()
    assert gc.get_threshold()[0] == 10_000
