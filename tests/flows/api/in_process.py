"""The command line in a process of its own, and the sample article."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

SAMPLE = Path(__file__).parents[3] / "examples" / "inauguration"
ARTICLE, ARCHIVE = SAMPLE / "article.html", SAMPLE / "sources.warc.gz"
FACTDESK = (sys.executable, "-c", "from flows.cli import main; main()")
TOKEN = "a-token-of-the-tests"
_RUN = re.compile(r'"run": \{[^{}]*\}')


def without_run(line: str) -> str:
    """A check's line of JSON without its run, whose id and times are new each time."""
    without, count = _RUN.subn('"run": {}', line)
    assert count == 1, line
    return without


def factdesk(*arguments: object, stdin: str = "", code: int = 0) -> str:
    """What the command prints on stdout."""
    command = [*FACTDESK, *map(str, arguments)]
    done = subprocess.run(command, input=stdin, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == code, done.stderr
    return done.stdout


@dataclass(frozen=True)
class Served:
    address: str
    ledger: Path
