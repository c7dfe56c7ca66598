"""Says where the articles of a command or flow run are examined: where `runner` of config.yaml says.

With `local` that is this process, or, if they are many, processes of this machine.
"""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from claims.verification.judges.load import NO_READER, ships
from claims.verification.onnx_runtime import core_count
from flows.config.settings import Runner
from flows.config.setup import Setup
from flows.errors import RunnerError

PROCESSES = "FACTDESK_PROCESSES"
_MOST_PROCESSES = 256
# With fewer articles, starting the processes takes longer than they save (two cores, 2026-11-28: six articles take as
# long as in one process, eight .8 and sixteen .7 of the time).
MANY = 8
_MOST_UNASKED = 4  # processes that start although nobody asked for them
_MEMORY = 350_000_000  # bytes of each: 290 MB with the sample article, and some more with longer ones
# What a container, or a machine, still has.
_LIMIT, _USED, _MACHINE = (
    Path("/sys/fs/cgroup/memory.max"), Path("/sys/fs/cgroup/memory.current"), Path("/proc/meminfo")
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where several articles are examined, and in how many processes of this machine if in such.

    ``chosen`` says whether config.yaml names it.
    """

    runner: Runner
    processes: int = 1
    chosen: bool = True

    @property
    def at_once(self) -> int:
        """How many checks of several are begun in this process; a runner begins others elsewhere by itself."""
        return 2 if self.runner == "local" else 1


def placement(how: Setup, articles: int) -> Place:
    """The place for so many different articles; one alone is examined here. Raises RunnerError."""
    runner = how.settings.runner
    if articles < 2:
        return Place(runner="local")
    if runner == "processes":
        return Place(runner=runner, processes=min(process_count(), articles))
    if runner == "local" and articles >= MANY and (processes := min(_unasked(how), articles)) > 1:
        return Place(runner="processes", processes=processes, chosen=False)
    return Place(runner=runner)


def process_count() -> int:
    """The number of processes on this machine: ``FACTDESK_PROCESSES``, or one for each core. Raises RunnerError."""
    wanted = os.environ.get(PROCESSES, "").strip()
    if wanted and not (wanted.isdecimal() and 0 < int(wanted) <= _MOST_PROCESSES):
        raise RunnerError(f"{PROCESSES}: write a number from 1 to {_MOST_PROCESSES}")
    return int(wanted) if wanted else core_count()


def _unasked(how: Setup) -> int:
    """How many processes many articles get although config.yaml does not ask for any.

    Only where the models are those that ship: others may be large, be asked over the network, or cost money.
    """
    if not ships(how.judge) or how.settings.reader != NO_READER:
        return 1
    count = process_count()
    if os.environ.get(PROCESSES, "").strip():
        return count
    free = free_memory()
    return min(count, _MOST_UNASKED, count if free is None else free // _MEMORY)


def free_memory() -> int | None:
    """Bytes of memory that new processes can take, or None where the system (other than Linux) does not say."""
    free = []
    with suppress(OSError, ValueError, LookupError):
        lines = dict(line.split(":", 1) for line in _MACHINE.read_text().splitlines())
        free.append(1024 * int(lines["MemAvailable"].split()[0]))
    with suppress(OSError, ValueError):  # not in a container, or "max"
        free.append(int(_LIMIT.read_text()) - int(_USED.read_text()))
    return max(0, min(free)) if free else None
