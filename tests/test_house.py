"""The rules of the source tree: who may import what, how large files and folders may be, and what a module must have.

Each test collects all that is wrong and fails with one list.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path

import house
import pytest

from claims.records import Label, Reason

ALL = house.read_modules()
MODULES = {name: module for name, module in ALL.items() if not module.is_package_file}
PRODUCT = {name: module for name, module in MODULES.items() if not name.startswith("training.")}
TABLE = house.read_table()
PLACES = {module.folder for module in PRODUCT.values()} | {name.replace(".", "/") for name in PRODUCT}

# Third-party libraries, and the standard library's ways to a database and the network: where they may be imported.
# A place is a file, a folder with all below it ("review/"), or a folder without its sub-folders ("flows/*").
LIBRARIES = {
    "apprise": ("flows/serving/telling.py",),
    "asn1crypto": ("sources/fetching/timestamps.py",),
    "bm25s": ("claims/verification/evidence/",),
    "brotli": ("sources/captures/content_coding.py",),
    "bs4": ("sources/page/", "sources/markup/"),
    "charset_normalizer": ("sources/markup/charset.py",),
    "click": ("flows/cli.py", "flows/commands/", "flows/config/template.py"),
    "dask": ("flows/runners/dask_pool.py",),
    "datasette": ("review/",),
    "distributed": ("flows/runners/dask_pool.py",),
    "docx": ("flows/show/documents/word_file.py",),
    "fastapi": ("flows/api/",),
    "feedparser": ("sources/finding/feeds.py",),
    "httpcore": ("sources/fetching/",),
    "filelock": ("flows/*", "flows/serving/"),
    "httpx": ("sources/fetching/", "flows/serving/watching.py"),  # there only the errors of Prefect's client
    "idna": ("sources/fetching/",),
    "jinja2": ("flows/show/", "review/"),
    "llm": ("claims/verification/judges/",),
    "lxml": ("sources/page/", "sources/markup/"),
    "mammoth": ("sources/formats/office.py",),
    "markdown_it": ("sources/formats/markdown_places.py",),
    "markupsafe": ("flows/show/", "review/"),
    "mcp": ("flows/api/tools.py",),
    "mcp_types": ("flows/api/tools.py",),
    "numpy": ("claims/extraction/checkworthy.py", "claims/verification/"),
    "onnxruntime": ("claims/verification/",),
    "prefect": ("flows/*", "flows/serving/", "flows/runners/work_pool.py"),
    "protego": ("sources/fetching/",),
    "pydantic": ("flows/config/", "flows/api/"),
    "pydantic_settings": ("flows/config/",),
    "pypdf": ("sources/page/",),
    "rapidfuzz": (
        "claims/extraction/text/",
        "claims/verification/quotes/",
        "claims/verification/forms/",
        "sources/captures/",
    ),
    "ray": ("flows/runners/ray_pool.py",),
    "rich": ("flows/commands/", "flows/show/"),
    "spacy": ("claims/extraction/",),
    "sqlite_utils": ("claims/ledger/",),
    "starlette": ("flows/api/",),
    "tokenizers": ("claims/verification/",),
    "torch": ("claims/verification/",),
    "trafilatura": ("sources/page/", "sources/markup/"),
    "transformers": ("claims/verification/",),
    "uvicorn": ("review/desk.py", "flows/commands/running/api.py"),
    "warcio": ("sources/captures/warc.py", "sources/captures/scan.py"),
    "yaml": ("flows/config/", "sources/*", "sources/names/contexts.py", "sources/markup/markers.py"),
    "zstandard": ("sources/captures/content_coding.py",),
    "ftplib": (),
    "http.client": (),
    "smtplib": (),
    "socket": (
        "sources/fetching/guard.py",
        "flows/commands/setup/doctor.py",
        "flows/commands/running/api.py",
        "flows/serving/server.py",
        "review/desk.py",
    ),
    "sqlite3": ("claims/ledger/",),
    "urllib.request": (),
}
# What the folders below the first name may import of the packages, whatever the table says.
BORDERS = {
    "claims/lexicon": ("claims/lexicon", "claims/records"),
    "claims": ("claims",),
    "sources": ("sources", "claims/records", "claims/glossary", "claims/addresses", "claims/privacy"),
    "review": ("review", "claims"),
    "flows": ("flows", "review", "sources", "claims"),
}
# records.py holds the vocabulary in one place.
LONGEST, LONGER = 320, {"claims.records"}
MOST_IN_A_FOLDER = 11
# A subcommand and the function that it calls may share a name, and every program has its ``main``.
MOST_SHARED_FUNCTION_NAMES = 20


REASONS = frozenset(reason.value for reason in Reason)
LABELS = frozenset(label.value for label in Label)


_FILE = r"(?<![\w./-])(?:tests|benchmarks|docs|claims|sources|flows|review|training)/[\w/]+\.[a-z]+\b"


def none_of(problems: list[str]) -> None:
    if problems:
        pytest.fail("\n".join(problems), pytrace=False)


def is_at(path: str, place: str) -> bool:
    if place.endswith("/*"):
        return path.rpartition("/")[0] == place[:-2]
    return path.startswith(place) if place.endswith("/") else path == place


def is_below(path: str, place: str) -> bool:
    return path == place or path.startswith(place + "/")


def test_libraries_are_imported_only_where_they_belong() -> None:
    problems = []
    for module in PRODUCT.values():
        for imported in module.imports:
            top = imported.module.split(".")[0]
            if top in house.PACKAGES:
                continue
            whole = f"{imported.module}.{imported.name}." if imported.name else f"{imported.module}."
            library = next((name for name in LIBRARIES if whole.startswith(name + ".")), None)
            at = f"{module.path}:{imported.line}: imports {imported.module}"
            if library is None and top not in sys.stdlib_module_names:
                problems.append(f"{at}, which has no place yet: add it to LIBRARIES")
            elif library and not any(is_at(module.path.as_posix(), place) for place in LIBRARIES[library]):
                problems.append(f"{at}; {library} belongs to {', '.join(LIBRARIES[library]) or 'no module'}")
    none_of(problems)


def test_folders_import_only_what_the_table_allows() -> None:
    problems = []
    for module in PRODUCT.values():
        allowed = TABLE[module.folder].may_import if module.folder in TABLE else frozenset()
        for imported in module.imports:
            if imported.module.split(".")[0] not in house.PACKAGES:
                continue
            target = ALL.get(imported.module)
            if target is None or target.is_package_file:
                problems.append(f"{module.path}:{imported.line}: imports {imported.module}, which is no module")
            elif target.folder != module.folder and not allowed & {target.folder, imported.module.replace(".", "/")}:
                problems.append(f"{module.path}:{imported.line}: {module.folder} may not import {imported.module}")
    none_of(problems)


def test_the_packages_stay_apart() -> None:
    problems = []
    for module in PRODUCT.values():
        for below, allowed in BORDERS.items():
            if is_below(module.folder, below):
                problems += [
                    f"{module.path}:{imported.line}: {below} may not import {imported.module}"
                    for imported in module.imports
                    if imported.module in ALL
                    and not any(is_below(imported.module.replace(".", "/"), at) for at in allowed)
                ]
    none_of(problems)


def test_folders_are_entered_through_their_public_names() -> None:
    problems = []
    for module in PRODUCT.values():
        for imported in module.imports:
            target = MODULES.get(imported.module)
            if target is None or target.folder == module.folder or imported.name is None:
                continue
            short = target.path.stem
            public = TABLE[target.folder].public if target.folder in TABLE else frozenset()
            if imported.name.startswith("_") or not public & {short, f"{short}.{imported.name}"}:
                problems.append(
                    f"{module.path}:{imported.line}: {short}.{imported.name} of {target.folder} is not public"
                )
    none_of(problems)


def test_the_table_of_folders_matches_the_code() -> None:
    problems = [f"{folder}: no row" for folder in {module.folder for module in PRODUCT.values()} - set(TABLE)]
    for folder, row in TABLE.items():
        inside = {module.path.stem: module for module in PRODUCT.values() if module.folder == folder}
        if not inside:
            problems.append(f"{folder}: a row, but no modules")
        for entry in row.public:
            short, _, name = entry.partition(".")
            if short not in inside or (name and name not in inside[short].names):
                problems.append(f"{folder}: {entry} does not exist")
        problems += [f"{folder}: may import {entry}, which does not exist" for entry in row.may_import - PLACES]
    none_of(sorted(problems))


def test_there_are_no_circles() -> None:
    groups = house.circles(house.arrows(MODULES)) + house.circles(house.branch_arrows(MODULES))
    none_of([f"import each other in a circle: {', '.join(group)}" for group in groups])


def test_a_class_name_is_defined_in_one_file() -> None:
    names = house.repeated(MODULES, "classes")
    none_of([f"class {name} is defined in {', '.join(places)}" for name, places in names.items()])


def test_few_function_names_are_defined_in_two_files() -> None:
    names = house.repeated(MODULES, "functions")
    if len(names) >= MOST_SHARED_FUNCTION_NAMES:
        none_of([f"function {name} is defined in {', '.join(places)}" for name, places in names.items()])


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("def weight(): ...", "def weight(): ...", {"weight": ["claims.one", "claims.two"]}),
        ("def _weight(): ...", "async def _weight(): ...", {"_weight": ["claims.one", "claims.two"]}),
        ("def weight(): ...", "def weigh(): ...", {}),
        ("def weight(): ...", "from claims.one import weight", {}),
        ("class A:\n    def weight(self): ...", "class B:\n    def weight(self): ...", {}),
        ("def outer():\n    def weight(): ...", "def weight(): ...", {}),
    ],
)
def test_repeated_names_are_seen(first: str, second: str, expected: dict[str, list[str]]) -> None:
    paths = Path("claims/one.py"), Path("claims/two.py")
    parsed = [house.parse(text, path, frozenset()) for text, path in zip((first, second), paths, strict=True)]
    assert house.repeated({module.name: module for module in parsed}, "functions") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("def f():\n    found = 1", [(2, "found")]),
        ("def f(one, other): ...", [(1, "one")]),
        ("def f(rows):\n    return [said for said in rows]", [(2, "said")]),
        ("def f(rows):\n    for here, there in rows:\n        here = 1", [(2, "here")]),
        ("class A:\n    def f(self):\n        return lambda mine: mine", [(3, "mine")]),
        ("def f():\n    def g():\n        told = 1", [(3, "told")]),
        ("def f(row):\n    match row:\n        case [heard]: ...", [(3, "heard")]),
        ("def f(row):\n    return row.found", []),
        ("def f(row):\n    row.found = 1", []),
        ("def f(row):\n    return replace(row, found=1)", []),
        ("class A:\n    found: str", []),
        ("def f():\n    foundation = 1", []),
    ],
)
def test_vague_locals_are_seen(text: str, expected: list[tuple[int, str]]) -> None:
    assert house.vague_locals(text) == expected


def test_locals_say_what_they_hold() -> None:
    none_of([f"{place}: name it after what it holds" for place in house.all_vague_locals()])


def test_folders_stay_small() -> None:
    sizes = Counter(module.folder for module in MODULES.values() if not module.folder.startswith("training"))
    none_of(
        [
            f"{folder}: {size} modules, at most {MOST_IN_A_FOLDER}"
            for folder, size in sizes.items()
            if size > MOST_IN_A_FOLDER
        ]
    )


def test_files_stay_small_and_say_what_they_do() -> None:
    problems = []
    for name, module in ALL.items():
        if module.is_package_file:
            problems += [f"{module.path}: not empty"] * bool(module.lines)
            continue
        if module.docstring is None:
            problems.append(f"{module.path}: no docstring")
        if module.lines > LONGEST and name not in LONGER:
            problems.append(f"{module.path}: {module.lines} lines, {LONGEST} at most")
    none_of(problems)


def test_files_that_are_named_in_the_code_exist() -> None:
    problems = []
    known = {path.relative_to(house.ROOT).as_posix() for path in house.ROOT.glob("[!.]*/**/*.*")}
    names = {path.rpartition("/")[2] for path in known}
    sources = [path for path in known if path.endswith(".py") and path.split("/")[0] in (*house.PACKAGES, "benchmarks")]
    for source in sorted(sources):
        for number, line in enumerate((house.ROOT / source).read_text(encoding="utf-8").splitlines(), 1):
            problems += [
                f"{source}:{number}: names {named}, which does not exist"
                for named in re.findall(r"`([a-z_/]+\.py)`", line) + re.findall(_FILE, line)
                if named not in (known if "/" in named else names)
            ]
    none_of(problems)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("A = {Reason.PAYWALL: 'closed'}", 1),
        ("A = {records.Reason.PAYWALL: 'closed'}", 1),
        ("A = frozenset({Reason.PAYWALL, Reason.ROBOTS})", 1),
        ("if reason in (Reason.PAYWALL, Reason.ROBOTS): pass", 1),
        ("A = {'paywall': 'closed', 'bot_wall': 'closed'}", 1),
        ("A = ['geo_block', 'soft_404']", 1),
        ("SQL = \"reason IN ('paywall', 'robots')\"", 1),
        ("SQL = f\"reason IN ('paywall', {x}, 'robots')\"", 1),
        (
            "A = {Label.SUPPORTED: 1, Label.CONTRADICTED: 2, Label.CONFLICTING: 3, Label.NO_SOURCE: 4, Label.OTHER: 5}",
            1,
        ),
        ("A = {402: (Reason.PAYWALL, 'asks for payment'), 451: (Reason.GEO_BLOCK, 'closed')}", 0),
        ("if reason is Reason.OFFLINE: pass", 0),
        ("A = {Label.SUPPORTED: Stance.SUPPORTS, Label.CONTRADICTED: Stance.REFUTES}", 0),
        ("A = ['deleted', 'inserted']", 0),
    ],
)
def test_every_table_of_reasons_and_labels_is_seen(line: str, expected: int) -> None:
    assert len(house.tables_of_words(line, REASONS, LABELS)) == expected


def test_reasons_and_labels_are_told_in_one_table() -> None:
    problems = []
    for module in PRODUCT.values():
        if module.name not in ("claims.glossary", "claims.records"):
            lines = house.tables_of_words((house.ROOT / module.path).read_text(encoding="utf-8"), REASONS, LABELS)
            problems += [
                f"{module.path}:{line}: a table of reasons or labels, beside claims/glossary.py" for line in lines
            ]
    for path in sorted(path for package in house.PACKAGES for path in (house.ROOT / package).rglob("templates/*")):
        reasons = REASONS & set(re.findall(r"[\"']([a-z_0-9]+)[\"']", path.read_text(encoding="utf-8")))
        problems += [f"{path}: names the reasons {', '.join(sorted(reasons))}"] * (len(reasons) > 1)
    none_of(problems)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("import httpx", {("httpx", None)}),
        ("import urllib.request", {("urllib.request", None)}),
        ("from claims.records import Span", {("claims.records", "Span")}),
        ("from claims import records", {("claims.records", None)}),
        ("from claims import records as r\nr.Span", {("claims.records", None), ("claims.records", "Span")}),
        ("if TYPE_CHECKING:\n    from claims.records import Span", {("claims.records", "Span")}),
        ("def f():\n    import httpx", {("httpx", None)}),
        ('llm = import_module("llm")', {("llm", None)}),
        ("records = 1\nrecords.Span", set()),
        ("'import httpx'", set()),
    ],
)
def test_every_kind_of_import_is_seen(line: str, expected: set[tuple[str, str | None]]) -> None:
    module = house.parse(line, Path("claims/sample.py"), frozenset({"claims.records"}))
    assert {(imported.module, imported.name) for imported in module.imports} == expected


def test_relative_imports_are_refused() -> None:
    with pytest.raises(ValueError, match=r"claims\.sample, line 1: relative import"):
        house.parse("from . import records", Path("claims/sample.py"), frozenset())


@pytest.mark.parametrize(
    ("graph", "expected"),
    [
        ({"a": {"b"}, "b": {"c"}, "c": set()}, []),
        ({"a": {"b", "c"}, "b": {"d"}, "c": {"d"}, "d": set()}, []),
        ({"a": {"b"}, "b": {"a"}}, [["a", "b"]]),
        ({"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": {"e"}, "e": {"d"}}, [["b", "c"], ["d", "e"]]),
        ({"a": {"b"}, "b": {"c"}, "c": {"d"}, "d": {"a", "b"}}, [["a", "b", "c", "d"]]),
    ],
)
def test_circles_are_found(graph: dict[str, set[str]], expected: list[list[str]]) -> None:
    assert house.circles(graph) == expected


def test_test_files_have_names_of_their_own() -> None:
    """Pytest imports a test file by its name alone: with two of one name the whole run stops."""
    names = Counter(path.name for path in (house.ROOT / "tests").rglob("test_*.py"))
    assert [name for name, count in names.items() if count > 1] == []
