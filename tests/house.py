"""The source tree as data: its modules, what they import, circles, and names that are defined more than once.

``python tests/house.py`` (or ``make house``) prints the counts; ``test_house.py`` checks the rules on the same data.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGES = ("claims", "sources", "flows", "review", "training")
PLAN = ROOT / "docs" / "architecture.md"
# Names of parameters and local variables that do not say what they hold.
VAGUE = frozenset({"told", "said", "heard", "mine", "here", "one", "found"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """What one module takes from another; ``name`` is None where the module itself is imported.

    An attribute of an imported module (``feeds.parse_feed``) counts as an import of that name, and so does
    ``import_module("llm")``. Imports under ``TYPE_CHECKING`` and inside functions count like any other.
    """

    module: str
    name: str | None
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Module:
    """One source file, parsed once; ``functions`` and ``names`` are those of the module level, ``classes`` all."""

    name: str
    path: Path
    lines: int
    docstring: str | None
    imports: tuple[Import, ...]
    classes: frozenset[str]
    functions: frozenset[str]
    names: frozenset[str]

    @property
    def folder(self) -> str:
        """The folder of the file, with slashes: "claims/ledger"."""
        return self.path.parent.as_posix()

    @property
    def is_package_file(self) -> bool:
        """Whether it is an ``__init__.py``."""
        return self.path.name == "__init__.py"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of the table of folders: the names others may use, and the folders or modules it may import."""

    public: frozenset[str]
    may_import: frozenset[str]


def read_modules() -> dict[str, Module]:
    """Every module of the packages by its dotted name, ``__init__.py`` files included.

    Raises:
        ValueError: a module has a relative import.
    """
    paths = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
    names = {path: _dotted(path.relative_to(ROOT)) for path in paths}
    known = frozenset(names.values())
    return {
        name: parse(path.read_text(encoding="utf-8"), path.relative_to(ROOT), known) for path, name in names.items()
    }


def parse(text: str, path: Path, known: frozenset[str]) -> Module:
    """One source file; ``path`` is relative to the root, ``known`` are the names of all modules.

    Raises:
        ValueError: it has a relative import.
    """
    tree = ast.parse(text)
    name = _dotted(path)
    return Module(
        name=name,
        path=path,
        lines=len(text.splitlines()),
        docstring=ast.get_docstring(tree),
        imports=tuple(_imports(tree, name, known)),
        classes=frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef)),
        functions=frozenset(n.name for n in tree.body if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)),
        names=frozenset(_defined(tree.body)),
    )


def read_table() -> dict[str, Row]:
    """The table of folders in docs/architecture.md, by folder."""
    rows: dict[str, Row] = {}
    for line in PLAN.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| `") and len(cells) == 4:
            folder, public, imports = (frozenset(re.findall(r"`([^`]+)`", cells[at])) for at in (0, 2, 3))
            rows[next(iter(folder))] = Row(public=public, may_import=imports)
    return rows


def arrows(modules: Mapping[str, Module]) -> dict[str, set[str]]:
    """Which modules of the packages each module imports."""
    return {
        name: {imported.module for imported in module.imports if imported.module in modules} - {name}
        for name, module in modules.items()
    }


def folder_arrows(modules: Mapping[str, Module]) -> dict[str, set[str]]:
    """Which other folders the modules of each folder import."""
    imported: dict[str, set[str]] = defaultdict(set)
    for name, others in arrows(modules).items():
        imported[modules[name].folder] |= {modules[other].folder for other in others} - {modules[name].folder}
    return dict(imported)


def branch_arrows(modules: Mapping[str, Module]) -> dict[str, set[str]]:
    """The imports with each folder that has no sub-folders drawn together to one point.

    A folder with sub-folders holds both what these build on and what puts them together, so its modules stay apart.
    """
    folders = {module.folder for module in modules.values()}
    parents = {folder for folder in folders if any(other.startswith(folder + "/") for other in folders)}

    def point(name: str) -> str:
        folder = modules[name].folder
        return name if folder in parents else folder

    imported: dict[str, set[str]] = defaultdict(set)
    for name, others in arrows(modules).items():
        imported[point(name)] |= {point(other) for other in others} - {point(name)}
    return dict(imported)


def circles(graph: Mapping[str, Iterable[str]]) -> list[list[str]]:
    """The groups of points that can each be reached from one another (Tarjan's strongly connected components)."""
    order: dict[str, int] = {}
    lowest: dict[str, int] = {}
    stack: list[str] = []
    groups: list[list[str]] = []

    def visit(point: str) -> None:
        order[point] = lowest[point] = len(order)
        stack.append(point)
        for other in sorted(graph.get(point, ())):
            if other not in order:
                visit(other)
                lowest[point] = min(lowest[point], lowest[other])
            elif other in stack:
                lowest[point] = min(lowest[point], order[other])
        if lowest[point] == order[point]:
            at = stack.index(point)
            groups.append(sorted(stack[at:]))
            del stack[at:]

    for point in sorted(graph):
        if point not in order:
            visit(point)
    return [group for group in groups if len(group) > 1]


def repeated(modules: Mapping[str, Module], kind: str) -> dict[str, list[str]]:
    """The names of classes or functions (``kind``) defined in more than one module, with these modules.

    Functions are those of the module level: methods share names where classes share a protocol.
    """
    places: dict[str, list[str]] = defaultdict(list)
    for name, module in modules.items():
        for defined in getattr(module, kind):
            places[defined].append(name)
    return {name: modules_of for name, modules_of in sorted(places.items()) if len(modules_of) > 1}


def tables_of_words(text: str, reasons: frozenset[str], labels: frozenset[str]) -> list[int]:
    """The lines of a source file where a table of reasons or of labels begins.

    A mapping with a reason as its key, two reasons in one collection or one SQL list, or a mapping of five labels: as
    members of the enumerations (``Reason.PAYWALL``) or by their values ("paywall").
    """
    lines = set()
    for node in ast.walk(ast.parse(text)):
        members: list[ast.expr] = []
        if isinstance(node, ast.Dict):
            members = [key for key in node.keys if key is not None]
            keyed = sum(_is_member(key, "Label", labels) for key in members) > 4
            if keyed or any(_is_member(key, "Reason", frozenset()) for key in members):
                lines.add(node.lineno)
        elif isinstance(node, ast.Set | ast.List | ast.Tuple):
            members = node.elts
        values_named = sum(_is_member(member, "Reason", reasons) for member in members)
        if isinstance(node, ast.Constant | ast.JoinedStr):
            values_named = len(reasons & set(re.findall(r"'([a-z_0-9]+)'", _text(node))))
        if values_named > 1:
            lines.add(node.lineno)
    return sorted(lines)


def vague_locals(text: str) -> list[tuple[int, str]]:
    """The parameters and local variables of a source file with a name of `VAGUE`, each at the first line in a function.

    The variables of comprehensions and of functions inside the function count; attributes and fields do not.
    """
    places: dict[tuple[str, str], int] = {}
    for function in _functions(ast.parse(text)):
        for node in ast.walk(function):
            name = ""
            match node:
                case ast.Name(id=name, ctx=ast.Store()) | ast.arg(arg=name) | ast.MatchAs(name=str(name)):
                    pass
            if name in VAGUE:
                places.setdefault((f"{function.name}:{function.lineno}", name), getattr(node, "lineno", 0))
    return sorted((line, name) for (_, name), line in places.items())


def _functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """The functions and methods of a file, those inside another function left out."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node
        else:
            yield from _functions(node)


def all_vague_locals() -> list[str]:
    """The places of `vague_locals` in the packages and the benchmarks."""
    paths = sorted(path for folder in (*PACKAGES, "benchmarks") for path in (ROOT / folder).rglob("*.py"))
    return [
        f"{path.relative_to(ROOT)}:{line}: {name}"
        for path in paths
        for line, name in vague_locals(path.read_text(encoding="utf-8"))
    ]


def _is_member(node: ast.expr, kind: str, values: frozenset[str]) -> bool:
    match node:
        case ast.Attribute(value=ast.Name(id=name) | ast.Attribute(attr=name), attr=member):
            return name == kind and member.isupper()
        case ast.Constant(value=str(value)):
            return value in values
    return False


def _text(node: ast.Constant | ast.JoinedStr) -> str:
    parts = node.values if isinstance(node, ast.JoinedStr) else [node]
    return " ".join(part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str))


def _dotted(path: Path) -> str:
    return ".".join(path.with_suffix("").parts)


def _defined(body: Iterable[ast.stmt]) -> Iterator[str]:
    """The names that the statements of a module define, those under a condition included."""
    for node in body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name
        elif isinstance(node, ast.If | ast.Try):
            yield from _defined([*node.body, *node.orelse])
        else:
            yield from (n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store))


def _imports(tree: ast.Module, importer: str, known: frozenset[str]) -> Iterator[Import]:
    aliases: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (Import(module=alias.name, name=None, line=node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            if node.level or node.module is None:
                raise ValueError(f"{importer}, line {node.lineno}: relative import; name the module in full")
            for alias in node.names:
                if f"{node.module}.{alias.name}" in known:
                    aliases[alias.asname or alias.name] = f"{node.module}.{alias.name}"
                    yield Import(module=f"{node.module}.{alias.name}", name=None, line=node.lineno)
                else:
                    yield Import(module=node.module, name=alias.name, line=node.lineno)
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(value=ast.Name(id=local), attr=name) if local in aliases:
                yield Import(module=aliases[local], name=name, line=node.lineno)
            case ast.Call(func=ast.Name(id="import_module"), args=[ast.Constant(value=str(library))]):
                yield Import(module=library, name=None, line=node.lineno)


def main() -> None:
    """Print the counts, the circles and the repeated names."""
    modules = {name: module for name, module in read_modules().items() if not module.is_package_file}
    folders = folder_arrows(modules)
    print(f"modules {len(modules)}")
    print(f"folders {len({module.folder for module in modules.values()})}")
    print(f"imports between modules {sum(map(len, arrows(modules).values()))}")
    print(f"imports between folders {sum(map(len, folders.values()))}")
    for what, graph in (
        ("modules", arrows(modules)),
        ("folders", folders),
        ("folders, where a folder with sub-folders counts as its modules", branch_arrows(modules)),
    ):
        groups = circles(graph)
        print(f"circles of {what} {len(groups)}")
        for group in groups:
            print(f"    {', '.join(group)}")
    for kind in ("classes", "functions"):
        names = repeated(modules, kind)
        print(f"names of {kind} defined in more than one file {len(names)}")
        for name, places in names.items():
            print(f"    {name}: {', '.join(places)}")
    vague = all_vague_locals()
    print(f"parameters and locals with a vague name ({', '.join(sorted(VAGUE))}) {len(vague)}")
    for place in vague:
        print(f"    {place}")


if __name__ == "__main__":
    main()
