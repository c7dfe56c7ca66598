"""The walls of the house: who may import what, and how a room looks."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FOLDERS = ("claims", "sources", "flows", "review")
# What reads a clock or the memory, and what argues with hypothesis about how fast examples come.
CLOCKS = {
    "monotonic", "monotonic_ns", "perf_counter", "perf_counter_ns", "process_time", "process_time_ns", "thread_time",
    "time.time", "time.time_ns", "getrusage", "tracemalloc", "HealthCheck",
}  # fmt: skip
ARGUMENTS = {"suppress_health_check", "deadline"}
WAITING = {"_wait_for", "eventually"}  # until a server is up or has written something down, within a minute or two
FILES = sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))
NAMES = {path.relative_to(ROOT).as_posix(): path for path in FILES}

# library -> where it may be imported (a file, or a folder ending in /)
WALLS = {
    "httpx": ("sources/fetching/fetch.py",),
    "httpcore": ("sources/fetching/fetch.py", "sources/fetching/guard.py"),  # the guard makes the connections
    "sqlite_utils": ("claims/ledger/",),
    "sqlite3": ("claims/ledger/",),
    "prefect": ("flows/",),
    "bs4": ("sources/page/page.py",),
    "trafilatura": ("sources/page/page.py",),
    "feedparser": ("sources/finding/feeds.py",),
    "onnxruntime": ("claims/verification/",),
    "tokenizers": ("claims/verification/",),
    "transformers": ("claims/verification/",),
    "torch": ("claims/verification/",),
    "llm": ("claims/verification/",),
    "spacy": ("claims/extraction/",),
    "datasette": ("review/",),
    "requests": (),
    "urllib.request": (),
}


def imports(path: Path) -> Iterator[tuple[str, bool]]:
    """Every module that a file imports, and whether it is needed at run time."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    typing_only = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        real = id(node) not in typing_only
        if isinstance(node, ast.Import):
            yield from ((alias.name, real) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield from ((f"{node.module}.{alias.name}", real) for alias in node.names)


def is_under(module: str, package: str) -> bool:
    return module == package or module.startswith(package + ".")


@pytest.mark.parametrize("name", NAMES)
def test_libraries_stay_in_their_rooms(name: str) -> None:
    for module, _ in imports(NAMES[name]):
        for library, rooms in WALLS.items():
            if is_under(module, library):
                assert any(name == room or (room.endswith("/") and name.startswith(room)) for room in rooms), (
                    f"{name} imports {module}; {library} belongs to {rooms or 'nobody'}"
                )


@pytest.mark.parametrize("name", NAMES)
def test_folders_know_only_whom_they_may(name: str) -> None:
    allowed = {
        "claims": {"claims"},
        "sources": {"sources", "claims"},
        "flows": {"flows", "sources", "claims", "review"},
        "review": {"review", "claims"},
    }
    folder = name.split("/", maxsplit=1)[0]
    for module, _ in imports(NAMES[name]):
        top = module.split(".")[0]
        if top in FOLDERS:
            assert top in allowed[folder], f"{name} imports {module}"
        if folder == "sources" and top == "claims":
            assert is_under(module, "claims.records"), f"{name} imports {module}: only the vocabulary is for sources"


def test_rooms_of_claims_are_entered_through_doors() -> None:
    doors = {"claims.extraction.extract", "claims.verification.verify", "claims.verification.judges.judge",
             "claims.verification.judges.load",
             "claims.verification.pairs", "claims.ledger.ledger", "claims.ledger.entries",
             "claims.ledger.exports.claimreview"}  # fmt: skip
    for name, path in NAMES.items():
        for module, real in imports(path):
            for room in ("extraction", "verification", "ledger"):
                inside = name.startswith(f"claims/{room}/")
                if real and not inside and is_under(module, f"claims.{room}"):
                    assert any(is_under(module, door) for door in doors), f"{name} imports {module}, which is no door"


def test_there_are_no_circles() -> None:
    graph: dict[str, set[str]] = {}
    modules = {name.removesuffix(".py").replace("/", "."): path for name, path in NAMES.items()}
    for module, path in modules.items():
        found = {name for name, real in imports(path) if real}
        graph[module] = {other for other in modules if other != module and any(is_under(name, other) for name in found)}
    done: set[str] = set()

    def visit(module: str, trail: tuple[str, ...]) -> None:
        assert module not in trail, f"circle: {' -> '.join([*trail, module])}"
        if module not in done:
            for other in graph[module]:
                visit(other, (*trail, module))
            done.add(module)

    for module in graph:
        visit(module, ())


@pytest.mark.parametrize("name", NAMES)
def test_every_room_says_what_it_is_for(name: str) -> None:
    text = NAMES[name].read_text(encoding="utf-8")
    if name.endswith("__init__.py"):
        assert text == "", f"{name} is not empty"
    else:
        assert ast.get_docstring(ast.parse(text)), f"{name} has no docstring"


def test_files_stay_small() -> None:
    # records.py is the vocabulary, kept in one place on purpose.
    long = {name: count for name, path in NAMES.items() if (count := len(path.read_text().splitlines())) > 320}
    long.pop("claims/records.py", None)
    assert not long, f"too long, split them: {long}"


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
    for path in sorted((ROOT / "tests").rglob("*.py")):
        if path.name != "conftest.py":  # where the one profile of hypothesis stands
            assert not set(clocks(ast.parse(path.read_text(encoding="utf-8")))), f"{path.name} looks at the clock"


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("def test():\n    start = time.monotonic()", {"monotonic"}),
        ("def test():\n    assert time.time() < 5", {"time.time"}),
        ("@settings(deadline=None)\ndef test(): pass", {"deadline"}),
        ("@pytest.mark.slow\ndef test():\n    start = time.monotonic()", set()),
        ("def test():\n    time.sleep(1)", set()),
    ],
)
def test_a_look_at_the_clock_would_be_seen(code: str, found: set[str]) -> None:
    assert set(clocks(ast.parse(code))) == found
