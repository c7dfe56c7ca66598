"""Passages of the kinds that go wrong, each with the statements that an editor accepts: `passages.txt`."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_directory import DIRECTORY

from claims.extraction.extract import extract
from claims.records import UNSETTLED, Page

LINES = Path(__file__).with_name("passages.txt").read_text(encoding="utf-8")


def rows() -> list[tuple[str, list[str]]]:
    found = []
    for block in LINES.split("\n\n")[1:]:
        lines = block.strip().split("\n")
        text = "\n".join(line[2:] for line in lines if line.startswith(">"))
        found.append((text, [line[2:] for line in lines if line.startswith("= ")]))
    return found


@pytest.mark.parametrize(("text", "statements"), rows())
def test_a_passage_reads_as_an_editor_accepts_it(text, statements):
    claims = extract(Page(text=text, published="2024-05-15"), DIRECTORY).claims
    assert [claim.statement for claim in claims] == statements


@pytest.mark.parametrize(("text", "statements"), [row for row in rows() if any("?]" in one for one in row[1])])
def test_a_suggestion_is_flagged(text, statements):
    claims = extract(Page(text=text, published="2024-05-15"), DIRECTORY).claims
    assert all(any(UNSETTLED in why for why in one.reasons) for one in claims if "?]" in one.statement)
