"""Records the heads of the ledger's log among the captures, to detect a truncated or rewritten log."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from claims.records import LogHead
from sources.captures.scan import notes
from sources.captures.software import tool
from sources.captures.store import CaptureStore

_HEAD, _ROW, _FIRST, _RUN = "factdesk-log-head", "factdesk-log-row", "factdesk-log-first", "factdesk-run"


def note_head(head: LogHead, folder: Path, at: str) -> None:
    """Record a head in the WARC file of the day; ``at`` is ISO 8601 in UTC. Raises WriteError."""
    fields = {_HEAD: head.hash, _ROW: str(head.seq), _FIRST: head.ledger, _RUN: head.run}
    store = CaptureStore(folder, tool())
    store.note(fields, at.replace("+00:00", "Z"))
    store.flush()


def files(folder: Path) -> list[Path]:
    """Our WARC files in a folder, oldest day first."""
    return sorted(folder.glob("factdesk-*.warc.gz"))


def noted_heads(path: Path) -> Iterator[LogHead]:
    """Every head recorded in a WARC file, in order; raises ArchiveError after them if the file is damaged."""
    for fields in notes(path):
        if fields.keys() >= {_HEAD, _ROW, _FIRST, _RUN} and fields[_ROW].isdecimal():
            yield LogHead(
                ledger=fields[_FIRST],
                run=fields[_RUN],
                seq=int(fields[_ROW]),
                hash=fields[_HEAD],
                noted=f"in {path.name}",
            )
