"""Whether an article is ever half in the ledger when `check` is killed at random moments, and whether the audit holds.

    python -m benchmarks.kills [--write]

The kills are those of tests/flows/test_killed_check.py: SIGKILL up to 1.5 s after the first article of a check has
been logged, while the next ones are read, judged and written. The checks share one ledger, which is audited each time.
"""

from __future__ import annotations

import contextlib
import io
import tempfile
from pathlib import Path

from benchmarks.common import of_tests, report_counts

KILLS = 100


# How far a check had come when it was killed: the least number of logged articles, and its name.
_KINDS = ((11, "11 or more"), (4, "4 to 10"), (2, "2 or 3"), (0, "1"))


def counted() -> tuple[dict[str, list[int]], list[str]]:
    """The kills by the articles that the check had logged, those after which everything held, and what did not."""
    of_tests("flows/channel")
    tests = of_tests("flows/test_killed_check")
    counts: dict[str, list[int]] = {name: [0, 0] for _, name in reversed(_KINDS)}
    missed = []
    with tempfile.TemporaryDirectory() as name, contextlib.redirect_stdout(io.StringIO()):  # what the audits print
        folder = Path(name)
        with tests.articles_in(folder, KILLS):
            for logged, faults in tests.killed(folder, KILLS):
                count = counts[next(kind for least, kind in _KINDS if logged >= least)]
                count[0] += 1
                count[1] += not faults
                missed += faults
    return counts, missed


def main() -> None:
    """Kill as many checks, print the table, and write the section where that is wanted."""
    columns = ("articles that the check had logged", "kills", "no half article, and the audit holds")
    report_counts("kills", "Kills of a check", __doc__, columns, counted)


if __name__ == "__main__":
    main()
