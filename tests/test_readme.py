"""The README shows what is true: its session is the real output of the sample."""

from __future__ import annotations

import io
import re
from pathlib import Path

from rich.console import Console

from claims.records import Check
from flows.checks import pipeline
from flows.config.setup import CheckOptions, setup
from flows.show.table import print_check

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "examples" / "inauguration"


async def test_the_session_is_the_true_output_of_the_sample(tmp_path: Path) -> None:
    how = setup(CheckOptions(ledger=str(tmp_path / "desk.db"), replay=str(SAMPLE / "sources.warc.gz")))
    done: Check = await pipeline.check(str(SAMPLE / "article.html"), how)
    printed = io.StringIO()
    print_check(done, Console(file=printed, width=200), outlets=how.outlets)
    session = re.search(r"```\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert session
    shown = [line for line in session[1].splitlines() if line.strip() not in ("", "...")]
    assert len(shown) >= 10
    real = [line.rstrip() for line in printed.getvalue().splitlines()]
    for line in shown:
        assert line.rstrip() in real, f"the README shows a line that the sample does not print: {line}"
