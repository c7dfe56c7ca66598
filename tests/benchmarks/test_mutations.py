"""The faults that are put into the code: one at a time, and none into what is not run."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from benchmarks.mutations import FaultMaker, possible_faults


@pytest.mark.parametrize(
    ("code", "faulty"),
    [
        ("a < b", ["a <= b"]),
        ("a in b", ["a not in b"]),
        ("a is None", ["a is not None"]),
        ("a and b", ["a or b"]),
        ("not a", ["a"]),
        ("-a", []),
        ("f(1, True, 'one')", ["f(2, True, 'one')", "f(1, False, 'one')"]),
        ("f(60)", ["f(90)"]),
        ("x: Literal[1] = 1", ["x: Literal[1] = 2"]),
        ("x: int", []),
        ("def f(a: Literal[1]) -> None:\n    pass", []),
        ("a < b or not c", ["a <= b or not c", "a < b or c", "a < b and (not c)"]),
    ],
)
def test_each_fault_changes_one_thing(code: str, faulty: list[str]) -> None:
    places = FaultMaker()
    places.visit(ast.parse(code))
    made = [ast.unparse(FaultMaker(number).visit(ast.parse(code))) for number in range(len(places.places))]
    assert sorted(made) == sorted(faulty)
    assert ast.unparse(FaultMaker().visit(ast.parse(code))) == ast.unparse(ast.parse(code))


def test_a_fault_says_where_it_is(tmp_path: Path) -> None:
    file = tmp_path / "module.py"
    file.write_text("x = 1\ny = x < 2\n")
    assert [(fault.line, fault.what) for fault in possible_faults(file)] == [
        (1, "1 becomes 2"), (2, "2 becomes 3"), (2, "Lt becomes LtE"),
    ]  # fmt: skip
