"""Reads lists for --from: a text file with a SOURCE on each line, or a CSV file with a column of them or of claims."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from flows.errors import UsageError

_MOST_BYTES = 10_000_000
_COLUMNS = ("url", "source", "address", "link", "article", "file")
_CLAIM_COLUMNS = ("claim", "claims", "statement", "sentence", "text")


def with_listed(sources: tuple[str, ...], listed: str | None) -> tuple[str, ...]:
    """The given SOURCEs, then those of the list, without repetitions; a file in the list is relative to its folder.

    Raises UsageError where the list cannot be read, or where there is no SOURCE at all.
    """
    if any(not source.strip() for source in sources):
        raise UsageError("a SOURCE is empty; name an address that begins with http:// or https://, a file, or -")
    every = tuple(dict.fromkeys((*sources, *(_listed_sources(Path(listed)) if listed else ()))))
    if not every:
        problem = (
            f"--from {listed}: there is no SOURCE in it" if listed else "name a SOURCE, or a list of them with --from"
        )
        raise UsageError(problem)
    return every


def listed_claims(listed: str | None) -> dict[int, str]:
    """The texts in the column of claims of a CSV file by the number of their row; empty where there is no such column.

    Raises UsageError where the list cannot be read.
    """
    path = Path(listed or "")
    if path.suffix.lower() != ".csv":
        return {}
    rows = _csv_rows(path, _list_text(path))
    place = _place_of_column(rows, _CLAIM_COLUMNS)
    if place is None:
        return {}
    return {number: row[place].strip() for number, row in enumerate(rows[1:], 2) if row[place : place + 1] > [""]}


def _listed_sources(path: Path) -> Iterator[str]:
    text = _list_text(path)
    lines = _source_column(path, text) if path.suffix.lower() == ".csv" else text.splitlines()
    for line in map(str.strip, lines):
        if line and not line.startswith("#"):
            yield line if "://" in line or line == "-" or Path(line).is_absolute() else _file_beside(path, line)


def _list_text(path: Path) -> str:
    try:
        with path.expanduser().open("rb") as file:
            data = file.read(_MOST_BYTES + 1)
        text = data.decode("utf-8-sig")
    except OSError as error:
        raise UsageError(f"--from {path}: cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        number = data.count(b"\n", 0, error.start) + 1
        raise UsageError(f"--from {path}: line {number} is not UTF-8; save the list as a text file or .csv") from error
    if len(data) > _MOST_BYTES or "\x00" in text:
        raise UsageError(f"--from {path}: is not a list of SOURCEs: name a text file with one per line, or a .csv")
    return text


def _file_beside(path: Path, name: str) -> str:
    beside = path.expanduser().parent / name
    return str(beside) if beside.exists() else name


def _csv_rows(path: Path, text: str) -> list[list[str]]:
    try:
        return [row for row in csv.reader(io.StringIO(text), strict=True) if any(map(str.strip, row))]
    except csv.Error as error:
        raise UsageError(f"--from {path}: is not a CSV file ({error})") from error


def _place_of_column(rows: Sequence[Sequence[str]], names: Sequence[str]) -> int | None:
    head = [name.strip().casefold() for name in rows[0]] if rows else []
    return next((head.index(name) for name in names if name in head), None)


def _source_column(path: Path, text: str) -> Iterator[str]:
    """The column of a CSV file that holds the SOURCEs: one with such a name, or the only one."""
    rows = _csv_rows(path, text)
    place = _place_of_column(rows, _COLUMNS)
    if place is None and _place_of_column(rows, _CLAIM_COLUMNS) is not None:
        raise UsageError(f"--from {path}: it lists claims and no SOURCEs; `factdesk claims --from` reads them")
    if place is None and any(len(row) > 1 for row in rows):
        raise UsageError(f"--from {path}: none of its columns is named {', '.join(_COLUMNS)}")
    for row in rows[place is not None :]:
        yield row[place or 0] if len(row) > (place or 0) else ""
