"""The number of model threads: of the environment, or one per core."""

from __future__ import annotations

import os

import pytest

from claims.errors import ModelError
from claims.verification.onnx_runtime import THREADS, cores


@pytest.mark.parametrize(("given", "expected"), [("1", 1), (" 3 ", 3), ("64", 64)])
def test_the_environment_says_how_many(monkeypatch: pytest.MonkeyPatch, given: str, expected: int) -> None:
    monkeypatch.setenv(THREADS, given)
    assert cores() == expected


@pytest.mark.parametrize("given", ["", " "])
def test_otherwise_there_is_one_for_each_core(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv(THREADS, given)
    assert cores() == min(8, len(os.sched_getaffinity(0)))


@pytest.mark.parametrize("given", ["0", "-1", "two", "1.5", "65", "9" * 30])
def test_what_is_no_number_of_threads_is_said(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv(THREADS, given)
    with pytest.raises(ModelError, match="write a number of threads from 1 to 64"):
        cores()
