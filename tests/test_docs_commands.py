"""Every command of the docs runs: those of files and the ledger here, word for word, and the others where said."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from documents import docx, paragraph, run
from test_docs import shown_commands

from flows.cli import factdesk

pytestmark = pytest.mark.beside

ROOT = Path(__file__).parent.parent
STORY = "The council of Leeds closed the bridge on Monday. The repairs will cost 3 million pounds."
# In this order, for some read what others wrote, and with the exit status.
HERE = {
    "factdesk init": 0,
    "factdesk check story.html --report story-checked.html": 0,
    "factdesk claims story.txt": 0,
    "factdesk check story.docx --comments checked.docx": 0,
    "factdesk list --label contradicted": 0,
    "factdesk export --format claimreview --page https://desk.example/{id}": 0,
    "factdesk bundle ID --wacz": 0,
    "factdesk backup /backup/factdesk-$(date +%F).db": 0,
    "factdesk audit": 0,
    # The sample's archive, which stands for web.warc.gz, has no capture of the address.
    "factdesk sources https://example.org/a --history --replay web.warc.gz": 1,
}
# What needs the open web, a server or a browser, and the tests that run it against one on this machine.
ELSEWHERE = {
    "factdesk api": "flows/api/test_http_api.py",
    "factdesk check https://news.example/story": "flows/test_further.py",
    "factdesk deploy --pool desk": "flows/test_prefect.py",
    "factdesk doctor": "flows/test_cli.py",
    "factdesk mcp": "flows/api/test_mcp_server.py",
    "factdesk review": "review/test_open_page.py",
    "factdesk serve": "flows/test_schedule_fires.py",
    "factdesk sources https://example.org/a --history": "flows/test_cli.py",
    "factdesk up": "flows/test_prefect.py",
    "factdesk watch --once": "flows/test_watch_day.py",
}


def test_every_command_is_here_or_elsewhere() -> None:
    shown = {line for page, line in shown_commands() if page != "tutorial.md"}
    assert shown - {"factdesk demo"} == HERE.keys() | ELSEWHERE.keys()


@pytest.mark.parametrize(("line", "test"), ELSEWHERE.items())
def test_a_command_runs_in_its_test(line: str, test: str) -> None:
    assert f'"{line.split()[1]}"' in (ROOT / "tests" / test).read_text(encoding="utf-8")


def test_commands_of_files_and_the_ledger_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FACTDESK_JUDGE", "lexical")
    Path("story.html").write_text(f"<html><title>Bridge</title><article><p>{STORY}</p></article></html>", "utf-8")
    Path("story.txt").write_text(STORY, encoding="utf-8")
    Path("story.docx").write_bytes(docx(paragraph(run(STORY))))
    shutil.copy(ROOT / "examples" / "inauguration" / "sources.warc.gz", "web.warc.gz")
    for line, status in HERE.items():
        listed = CliRunner().invoke(factdesk, ["list"]).output if "ID" in line else ""
        typed = line.replace("ID", listed[:8]).replace("/backup/factdesk-$(date +%F)", "copy")
        done = CliRunner().invoke(factdesk, re.split(" +", typed)[1:])
        assert done.exit_code == status, f"{line}: {done.output}"
    made = {"config.yaml", "story-checked.html", "checked.docx", "bundle.wacz", "copy.db", "factdesk.db"}
    assert made <= {path.name for path in tmp_path.iterdir()}
