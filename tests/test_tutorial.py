"""The tutorial can be followed word for word: its commands run in its order and print what it shows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from flows.cli import factdesk

pytestmark = pytest.mark.beside

TUTORIAL = Path(__file__).parent.parent / "docs" / "tutorial.md"


def blocks() -> list[list[str]]:
    """The indented blocks of the tutorial, as lines."""
    text = TUTORIAL.read_text(encoding="utf-8")
    return [
        [line[4:] for line in block.splitlines()] for block in re.findall(r"(?:^ {4}.*\n)+", text, flags=re.MULTILINE)
    ]


def words(line: str) -> list[str]:
    return [quoted or plain for quoted, plain in re.findall(r'"([^"]*)"|(\S+)', line)]


def test_its_commands_print_what_it_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    printed, commands = "", 0
    for block in blocks():
        if block[0].startswith("factdesk "):
            done = CliRunner().invoke(factdesk, words(block[0])[1:])
            assert done.exit_code == 0, f"{block[0]}: {done.output}"
            printed, commands = " ".join(done.output.split()), commands + 1
        else:
            for line in block:
                assert " ".join(line.split()) in printed, f"the tutorial shows a line that is not printed: {line}"
    assert commands == 5
    counts = re.search(r"(\d+) need review.*lists the (\d+) claims", TUTORIAL.read_text(encoding="utf-8"), re.DOTALL)
    assert counts
    assert counts[1] == counts[2]
