"""The published report of the sample is what `make demo` writes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from flows.cli import factdesk

PUBLISHED = Path(__file__).parents[2] / "examples" / "inauguration" / "report.html"
# What differs from run to run: its id, and the two times.
OF_THE_RUN = re.compile(r"(?<=<dt>run</dt><dd>)[^<]+|(?<=<dt>checked</dt><dd>)[^<]+")
# Processors add floating-point numbers in different orders, so a share near a half per cent is rounded up or down.
SHARE = re.compile(r"\b\d+(?= %)")


def test_the_published_report_is_the_one_of_the_demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(factdesk, ["demo", "--report", "demo.html"])
    assert done.exit_code == 0, done.output
    following = re.search(r"Next: `factdesk review --db (\S+)`", done.output)
    assert following
    assert Path(following[1]).exists()
    shown = [OF_THE_RUN.sub("-", path.read_text(encoding="utf-8")) for path in (Path("demo.html"), PUBLISHED)]
    changed = "the report of the sample has changed: look at it and run `make report`"
    assert SHARE.sub("-", shown[0]) == SHARE.sub("-", shown[1]), changed
    shares = [[int(share) for share in SHARE.findall(text)] for text in shown]
    assert all(abs(now - published) <= 1 for now, published in zip(*shares, strict=True)), changed
    assert len(OF_THE_RUN.findall(PUBLISHED.read_text(encoding="utf-8"))) == 2
