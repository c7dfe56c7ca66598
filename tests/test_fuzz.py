"""A small run of benchmarks/fuzz.py: mutated inputs of each kind have a result or one clear line, never a traceback."""

from __future__ import annotations

import pytest

from benchmarks.fuzz import mutated, outcomes
from benchmarks.fuzz_kinds import KINDS

SEED = 7
SLOW = {
    "pdf": 12,
    "html": 30,
    "text": 30,
    "markdown": 15,
    "docx": 60,
    "captions": 20,
}  # a process, or a language model, for each input


@pytest.mark.parametrize("name", KINDS)
def test_no_mutated_input_has_a_wrong_answer(name: str) -> None:
    results = list(outcomes(KINDS[name], SLOW.get(name, 60), SEED))
    assert [(result.number, result.answer) for result in results if result.wrong] == []
    assert {result.answer for result in results} <= {"read", "refused"}
    assert any(result.answer == "read" for result in results)


@pytest.mark.parametrize("name", KINDS)
def test_the_same_seed_makes_the_same_inputs_and_they_are_not_the_originals(name: str) -> None:
    kind = KINDS[name]
    inputs = [mutated(kind, number, SEED) for number in range(20)]
    assert inputs == [mutated(kind, number, SEED) for number in range(20)]
    assert len(set(inputs)) > 15
    assert sum(data in kind.seeds for data in inputs) < 5


def test_a_wrong_answer_is_counted() -> None:
    from dataclasses import replace
    from pathlib import Path

    from sources.errors import Unavailable

    def fail(data: bytes, _folder: Path) -> None:
        error = (ValueError("not ours"), Unavailable(*_two_lines()), Unavailable(*_one_line()))[data[0] % 3]
        raise error

    broken = replace(KINDS["gzip"], read=fail, seeds=(b"\x00", b"\x01", b"\x02"))
    results = list(outcomes(broken, 40, SEED))
    assert {result.answer.partition(":")[0] for result in results if result.data} >= {
        "unexpected ValueError",
        "no clear line",
        "refused",
    }


def _two_lines() -> tuple[object, str]:
    from claims.records import Reason

    return Reason.TIMEOUT, "one\x1b[2J line"


def _one_line() -> tuple[object, str]:
    from claims.records import Reason

    return Reason.TIMEOUT, "one line"
