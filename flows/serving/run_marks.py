"""Marks a flow run as alive: it holds a file lock for as long as its process lives.

The operating system releases the lock when the process ends, however it ends, so a run whose lock is free is dead.
The run's ``infrastructure_pid`` on the server names the machine and the lock file, which is another in each start of
the run: until a run that was started again has its own mark, it still has that of the start before.
"""

from __future__ import annotations

import platform
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import UUID

from filelock import FileLock, Timeout
from prefect import runtime
from prefect.client.orchestration import get_client

from claims.privacy import make_folder
from flows.serving.watching import Reports, reports

_START = re.compile(r"\.(\d+)\.lock$")


def locks_folder(ledger: Path) -> Path:
    """The folder of lock files beside a ledger."""
    return ledger.resolve().with_name(ledger.name + ".locks")


def lock_of(locks: Path, run: UUID | str, start: int) -> Path:
    """The lock file of a run in its first, second or later start."""
    return locks / f"{run}.{start}.lock"


@asynccontextmanager
async def alive(ledger: Path, name: str | None = None) -> AsyncIterator[Reports]:
    """Mark the flow run that is going on as alive until the block ends; gives the queue of calls to the server.

    ``name`` becomes the run's name in the same request, if it is not None.
    """
    run = str(runtime.flow_run.id)
    path = lock_of(locks_folder(ledger), run, runtime.flow_run.run_count)
    make_folder(path.parent)

    async def mark() -> None:
        async with get_client() as client:
            await client.update_flow_run(UUID(run), name=name, infrastructure_pid=f"{platform.node()}:{path}")

    with FileLock(path):
        try:
            async with reports() as queue:
                queue.put(mark)
                yield queue
        finally:
            path.unlink(missing_ok=True)


def is_here(mark: str) -> bool:
    """Whether a mark was made on this machine."""
    return mark.partition(":")[0] == platform.node()


def is_of_start(mark: str, start: int) -> bool:
    """Whether a mark was made in this start of its run; a mark of an earlier version, which does not say, was."""
    number = _START.search(mark)
    return number is None or int(number[1]) == start


def is_dead(mark: str) -> bool:
    """Whether the process that marked a run has ended; False for a run of another machine."""
    return is_here(mark) and is_free(Path(mark.partition(":")[2]))


def is_free(lock: Path) -> bool:
    """Whether no process holds a run's lock; the file that one which was killed has left is removed."""
    if not lock.exists():
        return True
    try:
        with FileLock(lock, timeout=0):
            lock.unlink(missing_ok=True)
    except Timeout:
        return False
    return True
