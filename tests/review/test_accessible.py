"""What is changed in Datasette's own templates, and what is left alone."""

import pytest

from review.markup.accessible import accessible


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<!DOCTYPE html>\n<html>\n", '<!DOCTYPE html>\n<html lang="en">\n'),
        ('<html lang="de">', '<html lang="de">'),
        ('<section class="content">', '<section class="content" role="main">'),
        ('<section class="other">', '<section class="other">'),
        ("<h3>{{ rows }} rows</h3>", "<h2>{{ rows }} rows</h2>"),
        ('<h3 class="x">a</h3><h2>b</h2>', '<h2 class="x">a</h2><h2>b</h2>'),
        ('<select name="_filter_op_1">', '<select aria-label="Comparison" name="_filter_op_1">'),
        ('<select name="_sort" id="s">', '<select aria-label="Sort by" name="_sort" id="s">'),
        ('<select name="other">', '<select name="other">'),
        ('<textarea id="sql-editor" name="sql">', '<textarea id="sql-editor" aria-label="SQL query" name="sql">'),
        (
            "@media only screen and (max-width: 576px) {\n{% for column in columns %}",
            "@media print, only screen and (max-width: 576px) {\n{% for column in columns %}",
        ),
        ("@media only screen and (max-width: 576px) {\n .a {}", "@media only screen and (max-width: 576px) {\n .a {}"),
    ],
)
def test_templates_are_made_accessible(source: str, expected: str) -> None:
    assert accessible(source) == expected
    assert accessible(expected) == expected  # once is enough
