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
SHARE = re.compile(r"\b\d+(?= %)")
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
    # Processors add floating-point numbers in different orders: a share near a half per cent is rounded up or down.
    near = {SHARE.sub(lambda share, by=by: str(int(share[0]) + by), line) for line in real for by in (-1, 0, 1)}
    for line in shown:
        assert line.rstrip() in near, f"the README shows a line that the sample does not print: {line}"


def test_the_figures_are_those_of_the_benchmarks() -> None:
    measured = (ROOT / "docs" / "benchmarks.md").read_text(encoding="utf-8")
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    whole = re.search(r"^\| all \| (\d+) \| (\d+) \| (\d+) \|", measured, re.MULTILINE)
    assert whole
    checks, right, unflagged = map(int, whole.groups())
    assert unflagged == 0, "say in the README how many wrong verdicts had no flag"
    assert f"Of {checks} whole checks, {right} got the right label, and none of the {checks - right} wrong" in readme
    held_out = measured.partition("The embedded model's probabilities, held out")[2].partition("\n\n")[2]
    rows = [line.split("|") for line in held_out.partition("\n\n")[0].splitlines()[2:]]
    assert len(rows) == 4
    for column, words in ((2, "calls {} of the unsupported claims"), (3, "only {} of the supported claims")):
        shares = [round(100 * float(row[column].split()[0])) for row in rows]
        assert words.format(f"{min(shares)} % to {max(shares)} %") in readme


def test_the_pictures_are_there_current_and_small() -> None:
    summary = re.search(r"^\d+ claims: .*", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert summary
    pictures = re.findall(r"docs/pictures/[a-z-]+\.png", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert sorted(pictures) == [
        f"docs/pictures/{name}-{scheme}.png" for name in ("desk", "report") for scheme in ("dark", "light")
    ]
    for picture in pictures:
        data = (ROOT / picture).read_bytes()
        assert data.startswith(b"\x89PNG")
        assert summary[0].encode() in data[:400], f"{picture} is of an earlier report: make pictures"
        assert len(data) < 250_000, f"{picture} is too large for a page that people open"
