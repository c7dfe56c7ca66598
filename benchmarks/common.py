"""Shared by the benchmarks: the data folder, the hashes of the data, and the marked sections of docs/benchmarks.md."""

from __future__ import annotations

import argparse
import gzip
import hashlib
import importlib.util
import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
REPORT = ROOT / "docs" / "benchmarks.md"


def data_folder() -> Path:
    """The folder of measuring data, named by FACTDESK_DATA; SystemExit says aloud where there is none."""
    folder = Path(os.environ.get("FACTDESK_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        raise SystemExit(f"skipped: no data at {folder}; set FACTDESK_DATA to the folder that holds it")
    return folder


def of_tests(name: str) -> ModuleType:
    """A module that stands with the tests, named by its path below tests/ ("sources/recorded").

    It is known by its last name from then on, as it is to pytest: load what it imports from its own folder first.

    Raises:
        FileNotFoundError: there is no such file.
    """
    path = (ROOT / "tests" / name).with_suffix(".py")
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{path} is no Python module")
    module = sys.modules[path.stem] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """The rows of a gzipped JSON Lines file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def sha256(path: Path) -> str:
    """The SHA-256 of a data file, so that a reader knows which data a figure was measured on."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        for chunk in iter(lambda: stream.read(1 << 20), b""):
            digest.update(chunk)
    return digest.hexdigest()


def hashes(paths: Iterable[Path]) -> str:
    """One list line per data file with the beginning of its hash."""
    return "\n".join(f"- `{path.name}` SHA-256 `{sha256(path)[:16]}…`" for path in paths)


def table(header: Sequence[str], body: Iterable[Sequence[object]]) -> str:
    """A Markdown table."""
    lines = ["| " + " | ".join(header) + " |", "|" + "---|" * len(header)]
    return "\n".join(lines + ["| " + " | ".join(map(str, row)) + " |" for row in body])


def chosen_rows(
    header: Sequence[str], measures: Mapping[str, Callable[[], Sequence[object]]], arguments: Sequence[str]
) -> str:
    """Print and return the table of the measures that the arguments name, or of all."""
    chosen = [name for name in measures if name in arguments] or list(measures)
    report = table(header, [measures[name]() for name in chosen])
    print(report)
    return report


def write_section(name: str, text: str, report: Path = REPORT) -> None:
    """Put ``text`` between ``<!-- name:begin -->`` and ``<!-- name:end -->``; the rest of the page stays."""
    begin, end = f"<!-- {name}:begin -->", f"<!-- {name}:end -->"
    section = f"{begin}\n{text.strip()}\n{end}"
    page = report.read_text(encoding="utf-8") if report.exists() else "# Benchmarks\n"
    pattern = re.compile(re.escape(begin) + ".*?" + re.escape(end), re.DOTALL)
    exists = pattern.search(page) is not None
    page = pattern.sub(lambda _: section, page) if exists else page.rstrip() + "\n\n" + section + "\n"
    report.parent.mkdir(parents=True, exist_ok=True)
    report.write_text(page, encoding="utf-8")


def report_counts(
    name: str,
    title: str,
    description: str | None,
    columns: tuple[str, str, str],
    measure: Callable[[], tuple[Mapping[str, Sequence[int]], Sequence[str]]],
) -> None:
    """The command of a benchmark that counts what was tried and what was caught, by kind.

    ``measure`` gives both counts of each kind, and a line for everything that was not caught. The table is printed and,
    with ``--write``, goes into the section ``name`` of docs/benchmarks.md.
    """
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="also write the section of docs/benchmarks.md")
    options = parser.parse_args()
    counts, missed = measure()
    sums = [sum(count[place] for count in counts.values()) for place in (0, 1)]
    body = [*((kind, *count) for kind, count in counts.items()), ("all", *sums)]
    heading = f"## {title}\n\nMeasured by `python -m benchmarks.{name}` on {datetime.now(UTC):%Y-%m-%d}.\n\n"
    text = heading + table(columns, body)
    print("\n".join([text, *missed]))
    if options.write:
        write_section(name, text)
