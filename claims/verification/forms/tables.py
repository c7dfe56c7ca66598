"""Reads tables in a text: finds the cells that a statement names by row and column.

A row is a line of cells separated by " | ", the first of which is its label; the first row has the columns' labels. If
lines were joined, a label after a number starts the next row. A table that lost its separators is read if a run of
years is followed by rows of a label and the same number of figures.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from claims.verification.words import content

MARK = " | "
# The last cell of a row and the label of the next one, where their lines were joined: "4,120 Skansen".
_JOINED = re.compile(r"([-+]?[$€£]?\d[\d.,]*\s?%?)\s+([^\W\d_].*)")
_FIGURE = r"[-+]?[$€£]?\d[\d.,]*%?"
_YEARS = re.compile(r"(?<![\d-])((?:19|20)\d\d(?:\s(?:19|20)\d\d)+)\s(?=[^\W\d_])")
# Labels that change what a cell's number means: it is not read then. "(%)" only says that it is a percentage.
_SCALED = re.compile(r"\b(?:thousands?|millions?|billions?|000s?|index|rank)\b|\((?!(?:in\s)?(?:%|per\s?cent)\))", re.I)
_PERCENT = re.compile(r"\s*\((?:in\s)?(?:%|per\s?cent)\)", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell with the labels of its row and its column."""

    row: str
    column: str
    text: str


def named_cells(statement: str, text: str) -> list[Cell]:
    """The cells in the rows that a statement names, only from the columns that it names if it names any."""
    rows = _table_rows(text)
    if len(rows) < 2:
        return []
    header, claim_words = rows[0], set(content(statement))
    if any(_SCALED.search(label) for label in header[1:]):
        return []
    columns = [place for place in range(1, len(header)) if _label_is_asked(header[place], claim_words)]
    cells = []
    for row in rows[1:]:
        if len(row) != len(header) or not _label_is_asked(row[0], claim_words) or _SCALED.search(row[0]):
            continue
        cells += [Cell(row=row[0], column=header[place], text=row[place]) for place in columns or range(1, len(header))]
    return cells


def _label_is_asked(label: str, claim_words: set[str]) -> bool:
    label_words = set(content(_PERCENT.sub("", label)))
    return bool(label_words) and label_words <= claim_words


def _table_rows(text: str) -> list[Sequence[str]]:
    return _marked_rows(text) or _bare_rows(text)


def _bare_rows(text: str) -> list[Sequence[str]]:
    """The rows of a table whose separators were lost: "Region 2021 2022 Norrland 3,980 4,120 Skansen 2,310 2,295"."""
    flat = " ".join(text.split())
    head = _YEARS.search(flat)
    if head is None:
        return []
    columns = head[1].split()
    row = re.compile(rf"\s?([^\W\d_][^\d.;:!?]{{0,60}}?)((?:\s{_FIGURE}){{{len(columns)}}})(?=\s[^\W\d_]|\s*$)")
    rows: list[Sequence[str]] = [["", *columns]]
    at = head.end()
    while match := row.match(flat, at):
        rows.append([match[1], *match[2].split()])
        at = match.end()
    return rows if len(rows) > 2 else []


def _marked_rows(text: str) -> list[Sequence[str]]:
    rows: list[Sequence[str]] = []
    for line in text.split("\n"):
        if MARK not in line:
            continue
        row: list[str] = []
        for cell in line.split(MARK):
            joined = _JOINED.fullmatch(cell.strip())
            if joined and row:
                rows.append([*row, joined[1]])
                row = [joined[2]]
            else:
                row.append(cell.strip())
        rows.append(row)
    return rows
