"""Records the head of the log after a run outside the ledger: among the captures and with a time stamp authority.

An audit compares the recorded heads with the log. A failure to record the head does not fail the check.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from pathlib import Path

from claims.ledger.entries import Fault
from claims.ledger.ledger import Ledger
from claims.privacy import hide, hide_in
from claims.records import LogHead, Run
from flows.checks import steps
from flows.config.setup import Setup
from sources.captures.heads import files, note_head, noted_heads
from sources.errors import ArchiveError, SourcesError

_LOG = logging.getLogger("factdesk.anchor")


async def anchor(run: Run, setup: Setup) -> None:
    """Record the head of the log after a run; a failure is reported in one line. Raises LedgerError."""
    with Ledger.open(setup.ledger, create=False) as ledger:
        head = ledger.head(run.id)
    if head is None:
        return
    try:
        note_head(head, setup.captures, run.finished_at or run.started_at)
    except ArchiveError as error:
        _LOG.warning("factdesk: the head of the log was not recorded among the captures: %s", error)
    if setup.settings.anchor.tsa:
        await _ask_authority(head, setup.settings.anchor.tsa, setup)


def stamps_of(ledger: Path) -> Path:
    """The folder beside a ledger that contains its time stamps."""
    return ledger.with_name(f"{ledger.name}.stamps")


def noted(ledger: Path, captures: Path) -> tuple[list[LogHead], list[Fault]]:
    """All heads recorded among the captures or time-stamped, and the files that were altered."""
    heads: list[LogHead] = []
    faults: list[Fault] = []
    reads: list[tuple[Path, Callable[[Path], Iterable[LogHead]]]] = [(path, noted_heads) for path in files(captures)]
    stamps = sorted(stamps_of(ledger).glob("*.tsr"))
    if stamps:
        from sources.fetching.timestamps import stamped  # noqa: PLC0415  only where there are time stamps

        reads += [(path, lambda stamp_path: (stamped(stamp_path),)) for path in stamps]
    for path, read_heads in reads:
        try:
            heads.extend(read_heads(path))  # what was read before an error is raised counts as well
        except ArchiveError as error:
            faults.append(Fault(row=f"file {path.name}", detail=f"is damaged or was altered: {error}"))
    return heads, faults


async def _ask_authority(head: LogHead, authority: str, setup: Setup) -> None:
    from sources.fetching.timestamps import stamp_head  # noqa: PLC0415  only where an authority is configured

    try:
        async with steps.network(setup) as net:
            await stamp_head(head.hash, authority, stamps_of(setup.ledger), net.fetcher)
    except SourcesError as error:
        reason = hide_in(" ".join(str(error).split()))
        _LOG.warning("factdesk: no time stamp of the log's head from %s: %s", hide(authority), reason)
