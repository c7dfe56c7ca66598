"""Every benchmark is a module of one package: it imports, and needs no path of its own."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import common

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "benchmarks").rglob("*.py"))
MODULES = [
    ".".join(path.relative_to(ROOT).with_suffix("").parts)
    for path in FILES
    if path.name not in ("__init__.py", "__main__.py")
]
PAGES = [*(ROOT / "docs").glob("*.md"), ROOT / "CONTRIBUTING.md", ROOT / "training" / "README.md", *FILES]
# In a process of their own: some load modules of the tests under the names that pytest gives them.
IMPORTING = """
import importlib, sys
for name in sys.argv[1:]:
    try:
        importlib.import_module(name)
        print(name)
    except ModuleNotFoundError as lacking:
        if lacking.name not in ("sklearn", "scipy", "torch", "transformers"):
            raise
        print(name, "skipped:", lacking)
"""


def test_every_benchmark_can_be_imported() -> None:
    done = subprocess.run(
        [sys.executable, "-c", IMPORTING, *MODULES], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert done.returncode == 0, done.stderr
    assert [line.split()[0] for line in done.stdout.splitlines()] == MODULES


def test_no_benchmark_changes_the_path() -> None:
    assert not [path.name for path in FILES if "sys.path" in path.read_text(encoding="utf-8")]


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_commands_that_are_named_exist(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert "python benchmarks/" not in text
    for name in re.findall(r"python -m benchmarks\.([a-z_]+)", text):
        at = ROOT / "benchmarks" / name
        assert at.with_suffix(".py").is_file() or (at / "__main__.py").is_file(), f"{page.name} names {name}"


def test_a_module_of_the_tests_is_known_by_its_last_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "effort", raising=False)
    assert common.of_tests("effort") is sys.modules["effort"]
    with pytest.raises(FileNotFoundError):
        common.of_tests("sources/none_such")


@pytest.mark.parametrize("target", ["test", "slow", "long", "floors", "bench", "bench NAME=verification"])
def test_make_knows_its_targets(target: str) -> None:
    done = subprocess.run(["make", "-n", *target.split()], capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    assert "python -m" in done.stdout
