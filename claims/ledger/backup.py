"""Copies the whole ledger while other programs may write to it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from claims.errors import LedgerError
from claims.ledger.store import speaking
from claims.privacy import whole_file

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
    try:
        with whole_file(path) as file, speaking(path), closing(sqlite3.connect(file.name)) as copy:
            store.connection.backup(copy)
            # A backup is a single file, without SQLite's additional files.
            copy.execute("PRAGMA journal_mode=DELETE")
    except OSError as error:
        raise LedgerError(f"{path} cannot be written: {error.strerror}") from error
