"""The head of the log after a run, noted outside of the ledger: among the captures, and with a time stamp authority.

An audit compares what was noted with the log. Neither note keeps a check from its end: the verdicts are logged.
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
    """Note the head that a run left; what cannot be noted is said in one line. Raises LedgerError."""
    with Ledger.open(setup.ledger, create=False) as ledger:
        head = ledger.head(run.id)
    if head is None:
        return
    try:
        note_head(head, setup.captures, run.finished_at or run.started_at)
    except ArchiveError as error:
        _LOG.warning("factdesk: the head of the log was not noted among the captures: %s", error)
    if setup.settings.anchor.tsa:
        await _stamp(head, setup.settings.anchor.tsa, setup)


def stamps_of(ledger: Path) -> Path:
    """The folder beside a ledger that keeps its time stamps."""
    return ledger.with_name(f"{ledger.name}.stamps")


def noted(ledger: Path, captures: Path) -> tuple[list[LogHead], list[Fault]]:
    """Every head that was noted among the captures or stamped, and the files that are not what they were."""
    heads: list[LogHead] = []
    faults: list[Fault] = []
    reads: list[tuple[Path, Callable[[Path], Iterable[LogHead]]]] = [(path, noted_heads) for path in files(captures)]
    stamps = sorted(stamps_of(ledger).glob("*.tsr"))
    if stamps:
        from sources.fetching.timestamps import stamped  # noqa: PLC0415  only where there are time stamps

        reads += [(path, lambda one: (stamped(one),)) for path in stamps]
    for path, read in reads:
        try:
            heads.extend(read(path))  # what was read before an error is raised counts as well
        except ArchiveError as error:
            faults.append(Fault(row=f"file {path.name}", detail=f"is damaged or was altered: {error}"))
    return heads, faults


async def _stamp(head: LogHead, authority: str, setup: Setup) -> None:
    from sources.fetching.timestamps import stamp  # noqa: PLC0415  only where an authority is configured

    try:
        async with steps.network(setup) as net:
            await stamp(head.hash, authority, stamps_of(setup.ledger), net.fetcher)
    except SourcesError as error:
        said = hide_in(" ".join(str(error).split()))
        _LOG.warning("factdesk: no time stamp of the log's head from %s: %s", hide(authority), said)
