"""A run goes on although the process that started it, and reads its lines, was killed."""

from __future__ import annotations

import os
import subprocess
import sys

from flows.run_log import NAME, VARIABLE

LINES = """
import sys
from prefect import flow  # which prepares the logging
from prefect.logging import get_logger
log = get_logger("run")
log.warning("read")
sys.stdin.readline()
for line in ("unread", "after it"):
    log.warning(line)
"""


def test_a_run_outlives_the_reader_of_its_lines() -> None:
    ended = []
    for variables in ({}, {VARIABLE: NAME}):
        with start(variables) as run:
            assert run.stdin is not None
            assert run.stderr is not None
            while "read" not in run.stderr.readline():  # what Prefect prints before
                pass
            run.stderr.close()
            run.communicate("go on\n", timeout=60)
        ended.append(run.returncode == 0)
    assert ended == [False, True], "with Prefect's own handler, and with ours"


def start(variables: dict[str, str]) -> subprocess.Popen[str]:
    """A process that prints a line, waits to be told, and prints two more."""
    command, pipe = [sys.executable, "-c", LINES], subprocess.PIPE
    return subprocess.Popen(command, stdin=pipe, stderr=pipe, text=True, env={**os.environ, **variables})
