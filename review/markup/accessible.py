"""Makes Datasette's own templates accessible: a language, a main region, headings in order, labels, and print."""

from __future__ import annotations

import re

_CHANGES = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"<html>", '<html lang="en">'),
        (r'<section class="content">', '<section class="content" role="main">'),
        # Under the heading of a page (h1) they are the next level.
        (r"<(/?)h3\b", r"<\1h2"),
        (r'<select name="_filter_column', r'<select aria-label="Column" name="_filter_column'),
        (r'<select name="_filter_op', r'<select aria-label="Comparison" name="_filter_op'),
        (r'<select name="_sort"', '<select aria-label="Sort by" name="_sort"'),
        (r'<input type="text" name="_filter_value', r'<input type="text" aria-label="Value" name="_filter_value'),
        # The names of columns before the values of a row: on paper as on a phone, a wide table does not fit.
        (
            r"@media only screen and \(max-width: 576px\) \{(?=\s*\{% for column in)",
            "@media print, only screen and (max-width: 576px) {",
        ),
        (r'<textarea id="sql-editor"(?! aria)', '<textarea id="sql-editor" aria-label="SQL query"'),
    )
)


def accessible(source: str) -> str:
    """The text of one of Datasette's templates with these changes."""
    for pattern, replacement in _CHANGES:
        source = pattern.sub(replacement, source)
    return source
