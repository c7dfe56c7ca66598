"""Marks a flow run as alive: it holds a file lock for as long as its process lives.

The operating system releases the lock when the process ends, however it ends, so a run whose lock is free is dead.
The run's ``infrastructure_pid`` on the server names the machine and the lock file.
"""

from __future__ import annotations

import platform
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import UUID

from filelock import FileLock, Timeout
from prefect import runtime
from prefect.client.orchestration import get_client

from claims.privacy import make_folder
from flows.serving.watching import Reports, reports


def locks_folder(ledger: Path) -> Path:
    """The folder of lock files beside a ledger."""
    return ledger.resolve().with_name(ledger.name + ".locks")


@asynccontextmanager
async def alive(ledger: Path) -> AsyncIterator[Reports]:
    """Mark the flow run that is going on as alive until the block ends; gives the queue of calls to the server."""
    run = str(runtime.flow_run.id)
    path = locks_folder(ledger) / f"{run}.lock"
    make_folder(path.parent)

    async def mark() -> None:
        async with get_client() as client:
            await client.update_flow_run(UUID(run), infrastructure_pid=f"{platform.node()}:{path}")

    with FileLock(path):
        try:
            async with reports() as queue:
                queue.put(mark)
                yield queue
        finally:
            path.unlink(missing_ok=True)


def is_dead(mark: str) -> bool:
    """Whether the process that marked a run has ended; False for a run of another machine."""
    host, _, path = mark.partition(":")
    if host != platform.node():
        return False
    lock = Path(path)
    if not lock.exists():
        return True
    try:
        with FileLock(lock, timeout=0):
            lock.unlink(missing_ok=True)
    except Timeout:
        return False
    return True
