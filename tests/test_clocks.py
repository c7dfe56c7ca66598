"""No test that runs by default reads a clock or depends on the speed of the machine."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
# What reads a clock or the memory, and what argues with hypothesis about how fast examples come.
CLOCKS = {
    "monotonic", "monotonic_ns", "perf_counter", "perf_counter_ns", "process_time", "process_time_ns", "thread_time",
    "time.time", "time.time_ns", "getrusage", "tracemalloc", "HealthCheck",
}  # fmt: skip
ARGUMENTS = {"suppress_health_check", "deadline"}
WAITING = {"_wait_for", "eventually"}  # until a server is up or has written something down, within a minute or two


def clocks(node: ast.AST) -> Iterator[str]:
    """What reads a clock, but for the tests that are marked slow and the helpers that wait."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        if node.name in WAITING or any("mark.slow" in ast.unparse(mark) for mark in node.decorator_list):
            return
    elif isinstance(node, ast.Attribute | ast.Name):
        words = ast.unparse(node)
        yield from {words, words.rpartition(".")[2]} & CLOCKS
    elif isinstance(node, ast.keyword):
        yield from {str(node.arg)} & ARGUMENTS
    for child in ast.iter_child_nodes(node):
        yield from clocks(child)


def test_no_test_looks_at_the_clock_unless_it_is_marked_slow() -> None:
    for path in sorted(TESTS.rglob("*.py")):
        if path.name != "conftest.py":  # where the one profile of hypothesis stands
            assert not set(clocks(ast.parse(path.read_text(encoding="utf-8")))), f"{path.name} looks at the clock"


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("def test():\n    start = time.monotonic()", {"monotonic"}),
        ("def test():\n    assert time.time() < 5", {"time.time"}),
        ("@settings(deadline=None)\ndef test(): pass", {"deadline"}),
        ("@pytest.mark.slow\ndef test():\n    start = time.monotonic()", set()),
        ("def test():\n    time.sleep(1)", set()),
    ],
)
def test_a_look_at_the_clock_would_be_seen(code: str, names: set[str]) -> None:
    assert set(clocks(ast.parse(code))) == names
