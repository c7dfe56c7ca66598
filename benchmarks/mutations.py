"""How many small faults in the code the tests notice (the mutation score), on a sample of faults drawn at random.

    python -m benchmarks.mutations [SUBJECT] [--sample N] [--seed N] [--write]

A fault is one changed comparison, condition, operator or constant of a module. Each is tried in a process of its own,
in which the changed module is loaded in place of the file; the files stay as they are. A fault that no test of the
subject notices is printed. The draw is the same every time; --seed makes another, for a figure on faults that nobody
has looked at. The options of a dataclass are no faults, and neither are types. With --write the table goes into
docs/benchmarks.md.
"""

from __future__ import annotations

import argparse
import ast
import importlib.util
import os
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from importlib.abc import MetaPathFinder, SourceLoader
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType

import pytest

from benchmarks.common import table, write_section

ROOT = Path(__file__).parent.parent
# The modules of a subject, and the tests that are to notice their faults.
SUBJECTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "rules": (
        "claims/verification/rules",
        (
            "rules",
            "test_polarity.py",
            "test_quantities.py",
            "test_rivals.py",
            "test_framing.py",
            "test_tables.py",
            "test_same_speaker.py",
            "test_spoken.py",
        ),
    ),
    "verdict": (
        "claims/verification/verdict",
        (
            "test_draft_verdict.py",
            "test_independence.py",
            "test_bounds.py",
            "test_panel.py",
            "test_hops.py",
            "test_uncited.py",
            "test_spoken.py",
            "test_named_source.py",
            "test_exhibits.py",
            "test_parts.py",
            "test_same_speaker.py",
            "test_originals.py",
            "test_asked_pages.py",
            "test_words_not_said.py",
        ),
    ),
    "statements": (
        "claims/extraction/standalone",
        tuple(
            f"../extraction/test_{name}.py"
            for name in (
                "statement_words",
                "lead_ins",
                "day_glosses",
                "standalone",
                "asked",
                "suggestions",
                "unsaid",
                "passages",
                "edited",
                "handing",
                "dependence",
                "quotations",
                "extract",
                "changes",
            )
        ),
    ),
    "chain": ("claims/ledger/log/chain.py", ("../ledger/test_chain.py",)),
    "guard": ("sources/fetching/guard.py", ("../sources/test_guard.py",)),
}
_COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
_LARGE = 10
_SECONDS = 240  # for the tests of one fault; an endless loop is noticed too


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """The n-th fault of a file, its line and what was changed."""

    file: Path
    number: int
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.file.relative_to(ROOT)}:{self.line}: {self.what}"


class FaultMaker(ast.NodeTransformer):
    """Lists the faults that can be made in a module, and makes the one of the given number."""

    def __init__(self, wanted: int = -1) -> None:
        self.places: list[tuple[int, str]] = []
        self._wanted = wanted

    def _is_wanted(self, node: ast.expr, what: str) -> bool:
        self.places.append((node.lineno, what))
        return len(self.places) - 1 == self._wanted

    def visit_Compare(self, node: ast.Compare) -> ast.expr:
        """Another comparison: "less" becomes "at most", "is" becomes "is not"."""
        self.generic_visit(node)
        other = _COMPARISONS[type(node.ops[0])]
        if self._is_wanted(node, f"{type(node.ops[0]).__name__} becomes {other.__name__}"):
            node.ops[0] = other()
        return node

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.expr:
        """``and`` becomes ``or``, and the other way round."""
        self.generic_visit(node)
        if self._is_wanted(node, "and and or are exchanged"):
            node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        return node

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.expr:
        """``not`` is left out."""
        self.generic_visit(node)
        if isinstance(node.op, ast.Not) and self._is_wanted(node, "not is left out"):
            return node.operand
        return node

    def visit_Constant(self, node: ast.Constant) -> ast.expr:
        """A truth value is exchanged, a whole number grows by one, and one from ten on by half.

        One more word or character in a window of sixty is no fault that a text can show.
        """
        if isinstance(node.value, bool) and self._is_wanted(node, f"{node.value} becomes {not node.value}"):
            return ast.copy_location(ast.Constant(not node.value), node)
        if type(node.value) is int:
            other = node.value + (node.value // 2 if node.value >= _LARGE else 1)
            if self._is_wanted(node, f"{node.value} becomes {other}"):
                return ast.copy_location(ast.Constant(other), node)
        return node

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.ClassDef:
        """Not the decorators: that a record is frozen and takes its fields by name is the house's style, and no act."""
        node.body = [self.visit(part) for part in node.body]
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AnnAssign:
        """Only the value: a type is not run."""
        if node.value is not None:
            node.value = self.visit(node.value)
        return node

    def visit_arg(self, node: ast.arg) -> ast.arg:
        """Nothing: a type is not run."""
        return node


class FaultyModules(MetaPathFinder, SourceLoader):
    """Loads one module with a fault."""

    def __init__(self, fault: Fault) -> None:
        self._fault = fault
        self._name = ".".join(fault.file.relative_to(ROOT).with_suffix("").parts)

    def find_spec(self, name: str, _path: object = None, _target: ModuleType | None = None) -> ModuleSpec | None:
        """The module with the fault, and no other."""
        return importlib.util.spec_from_loader(name, self, origin=str(self._fault.file)) if name == self._name else None

    def get_filename(self, _name: str) -> str:
        """Its file."""
        return str(self._fault.file)

    def get_data(self, path: str) -> bytes:
        """Its source, with the fault."""
        tree = FaultMaker(self._fault.number).visit(ast.parse(Path(path).read_text(encoding="utf-8")))
        return ast.unparse(ast.fix_missing_locations(tree)).encode()


def possible_faults(place: Path) -> Iterator[Fault]:
    """Every fault that can be made in a module, or in the modules of a folder."""
    for file in sorted(place.glob("*.py")) if place.is_dir() else [place]:
        maker = FaultMaker()
        maker.visit(ast.parse(file.read_text(encoding="utf-8")))
        for number, (line, what) in enumerate(maker.places):
            yield Fault(file=file, number=number, line=line, what=what)


def is_noticed(fault: Fault, tests: Sequence[str]) -> bool:
    """Whether a test fails with the fault; each is tried in a fork, which has the libraries loaded already."""
    child = os.fork()
    if child == 0:
        import signal  # noqa: PLC0415  only the fork needs it

        signal.alarm(_SECONDS)
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        sys.meta_path.insert(0, FaultyModules(fault))
        os._exit(int(pytest.main([*tests, "-q", "-x", "-p", "no:cacheprovider", "--no-header"]) != 0))
    return os.waitpid(child, 0)[1] != 0


def main() -> None:
    """Try the sample of each subject and print the shares."""
    parser = argparse.ArgumentParser()
    parser.add_argument("subject", nargs="?", choices=list(SUBJECTS))
    parser.add_argument("--sample", type=int, default=60)
    parser.add_argument("--seed", type=int, default=20261127)
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    import numpy  # noqa: F401, PLC0415  the forks have the libraries from here
    import rapidfuzz  # noqa: F401, PLC0415  same

    from claims.extraction.text.document import english_pipeline  # noqa: PLC0415  same

    english_pipeline()
    results = []
    for name in [arguments.subject] if arguments.subject else SUBJECTS:
        place, names = SUBJECTS[name]
        tests = [str((ROOT / "tests" / "verification" / test).resolve()) for test in names]
        faults = list(possible_faults(ROOT / place))
        if is_noticed(replace(faults[0], number=-1), tests):  # the module is loaded in the same way, without a fault
            sys.exit(f"{name}: its tests fail without a fault")
        drawn = random.Random(arguments.seed).sample(faults, min(arguments.sample, len(faults)))
        noticed = 0
        for fault in drawn:
            if is_noticed(fault, tests):
                noticed += 1
            else:
                print(fault, flush=True)
        results.append((f"`{place}`", len(faults), len(drawn), f"{noticed} ({noticed / len(drawn):.0%})"))
    report = "\n\n".join(
        [
            "## Faults that the tests notice",
            "Measured by `python -m benchmarks.mutations --write` on a sample of all single changed comparisons, "
            "conditions, operators and constants.",
            table(["modules", "possible faults", "tried", "noticed"], results),
        ]
    )
    print(report)
    if arguments.write:
        write_section("mutations", report)


if __name__ == "__main__":
    main()
