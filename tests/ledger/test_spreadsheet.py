"""Comma-separated values whose cells no spreadsheet runs."""

import csv
import io

import pytest

from claims.ledger.exports.spreadsheet import HarmlessRows

ROWS = [
    ["id", "text", "share"],
    ["1", "=HYPERLINK(1)", "-0.5"],
    ["2", '=HYPERLINK("a","b")', "1e-05"],
    ["3", '@sum(1, "2")', "-1"],
    ["4", 'plain, "quoted"\n=2 on a line', ""],
    ["5", "\n=1", "+3"],
    ["-6", "-x, y", "＝1"],
    ["", "", "-"],
]
HARMLESS = [
    ["id", "text", "share"],
    ["1", "'=HYPERLINK(1)", "-0.5"],
    ["2", '\'=HYPERLINK("a","b")', "1e-05"],
    ["3", '\'@sum(1, "2")', "-1"],
    ["4", 'plain, "quoted"\n=2 on a line', ""],
    ["5", "'\n=1", "+3"],
    ["-6", "'-x, y", "'＝1"],
    ["", "", "'-"],
]


@pytest.mark.parametrize("size", [1, 7, 10_000])
def test_no_cell_is_run_however_the_text_comes_in_pieces(size: int) -> None:
    buffer = io.StringIO()
    csv.writer(buffer).writerows(ROWS)
    text, rows = buffer.getvalue(), HarmlessRows()
    starts = range(0, len(text), size)
    passed = "".join(rows.passed(text[start : start + size], last=start == starts[-1]) for start in starts)
    assert list(csv.reader(io.StringIO(passed, newline=""))) == HARMLESS


def test_what_is_no_whole_row_is_passed_on_at_the_end() -> None:
    assert HarmlessRows().passed('a,"b', last=True) == 'a,"b'
    assert HarmlessRows().passed("", last=True) == ""
