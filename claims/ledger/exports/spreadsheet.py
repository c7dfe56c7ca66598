"""Keeps a spreadsheet from running the text of a page as a formula. Pure."""

from __future__ import annotations

import re

# A spreadsheet runs a cell that starts with one of these.
_RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")  # the last ones are full-width
# No text, and programs that read comma-separated values stop at the first of them.
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?", re.IGNORECASE)
_LINES = re.compile(r"[^\n]*\n|[^\n]+")
_CELL = re.compile(r'(?P<quote>"?)(?P<text>(?<=")(?:[^"]|"")*(?="(?:[,\r\n]|\Z))|[^",\r\n]*)(?P<end>"?(?:,|\r?\n|\Z))')


def not_run(value: object) -> object:
    """A cell without control characters, and with an apostrophe before a text that a spreadsheet would run."""
    if not isinstance(value, str):
        return value
    text = _CONTROLS.sub("", value)
    return f"'{text}" if text.startswith(_RISKY) else text


class HarmlessRows:
    """Makes the cells of comma-separated values (RFC 4180) harmless, whose text comes piece by piece."""

    def __init__(self) -> None:
        self._row: list[str] = []
        self._quotes = 0

    def passed(self, text: str, *, last: bool) -> str:
        """The rows that are whole with this piece; with the ``last`` one all of them."""
        rows = []
        for line in _LINES.findall(text):
            self._row.append(line)
            self._quotes += line.count('"')
            if line.endswith("\n") and self._quotes % 2 == 0:
                rows.append(self._taken())
        return "".join([*rows, self._taken() if last else ""])

    def _taken(self) -> str:
        row, self._row, self._quotes = "".join(self._row), [], 0
        return _CELL.sub(_harmless_cell, row)


def _harmless_cell(cell: re.Match[str]) -> str:
    """The cell of a row; a number, which may have a sign before it, stays one."""
    if not cell["text"].startswith(_RISKY) or (not cell["quote"] and _NUMBER.fullmatch(cell["text"])):
        return cell[0]
    return f"{cell['quote']}'{cell['text']}{cell['end']}"
