"""Copies the whole ledger while other programs may write to it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from claims.errors import LedgerError
from claims.ledger.store import speaking
from claims.privacy import make_file

if TYPE_CHECKING:
    from claims.ledger.store import Store


def backup(store: Store, path: Path) -> None:
    """Copy the ledger to a new file at ``path`` with SQLite's backup interface.

    The copy is written to a temporary file and moved to ``path`` when complete. LedgerError if ``path`` exists or
    cannot be written.
    """
    if path.exists():
        raise LedgerError(f"{path} exists already; name a new file for the backup")
    if not path.resolve().parent.is_dir():
        raise LedgerError(f"there is no folder {path.resolve().parent} for the backup")
    part = path.with_name(f"{path.name}.part")
    try:
        _make_part(part)
        with speaking(part), closing(sqlite3.connect(part)) as copy:
            store.connection.backup(copy)
            # A backup is a single file, without SQLite's additional files.
            copy.execute("PRAGMA journal_mode=DELETE")
        part.rename(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _make_part(part: Path) -> None:
    try:
        make_file(part)
    except OSError as error:
        raise LedgerError(f"{part} cannot be written: {error.strerror}") from error
