"""The ledger file: opening, upgrading and transactions, with SQLite errors translated.

Reading needs only Python's sqlite3 module; sqlite-utils is loaded for upgrades and writing, so that commands that only
read start fast.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from claims.errors import LedgerError
from claims.privacy import make_file, make_folder

if TYPE_CHECKING:
    from sqlite_utils import Database

Row: TypeAlias = dict[str, Any]

# "FACT": marks an SQLite file as a ledger of ours.
APPLICATION_ID = 0x46414354
# How many migrations schema.py has; a test holds the two together.
VERSION = 24
# Bytes of a page of a new file. With 4,096, which is SQLite's own, the rows of a claim leave more of a page empty: a
# claim takes 3 % more; with 16,384, the long rows of articles do.
_PAGE_SIZE = 8192
# How long a writer waits for another one, in seconds; a whole article is written in well under one.
BUSY = 30.0

# Limits for other people's queries: bytes of a value or row (an article's text must fit), a statement, a LIKE pattern.
_LENGTHS = {
    sqlite3.SQLITE_LIMIT_LENGTH: 2**25,
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 50_000,
    sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH: 200,
}

_UNDECODED = "Could not decode to UTF-8"
_WORDS = (
    ("file is not a database", "is not an SQLite file; name the ledger with --db"),
    ("readonly database", "cannot be written: the file or its folder is read-only"),
    ("locked", "is locked by another program; try again when it has finished"),
    ("disk is full", "cannot be written: the disk is full"),
    ("malformed", "is damaged; restore a backup (factdesk backup creates them)"),
    ("unable to open", "cannot be opened: check the permissions of its folder"),
    ("interrupted", "was interrupted; the last step was not saved"),
)


class Store:
    """An open ledger file. ``db`` is the same connection through sqlite-utils."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self.connection = connection
        self._db: Database | None = None
        # How texts are read once one was found that is not UTF-8, which only another program can have written.
        self._decode: Callable[[bytes], str | bytes] = _with_signs

    @classmethod
    def open(cls, path: Path, *, create: bool) -> Store:
        """Open the ledger at ``path`` and upgrade an older one in place. Raises LedgerError."""
        _refuse_unusable(path, create=create)
        with speaking(path):
            connection = sqlite3.connect(
                f"{path.resolve().as_uri()}?{_open_mode(path, create=create)}",
                uri=True,
                timeout=BUSY,
                isolation_level=None,
                check_same_thread=False,
            )
            store = cls(path, connection)
            try:
                store._settle(create=create)
            except BaseException:
                connection.close()
                raise
        return store

    @property
    def db(self) -> Database:
        """The connection wrapped by sqlite-utils."""
        if self._db is None:
            from sqlite_utils import Database  # noqa: PLC0415  a tenth of a second that readers do not need

            self._db = Database(self.connection, execute_plugins=False)
        return self._db

    def close(self) -> None:
        """Close the file."""
        self.connection.close()

    def rows(self, sql: str, values: Sequence[object] | Mapping[str, object] = ()) -> list[Row]:
        """All rows of a query."""
        return list(self.each(sql, values))

    def each(self, sql: str, values: Sequence[object] | Mapping[str, object] = ()) -> Iterator[Row]:
        """The rows of a query one at a time, for results that may not fit in memory."""
        given = 0
        with speaking(self.path):
            try:
                for row in self.connection.execute(sql, values):
                    yield dict(row)
                    given += 1
            except sqlite3.OperationalError as error:
                if _UNDECODED not in str(error):
                    raise
                self.connection.text_factory = self._decode
                yield from map(dict, islice(self.connection.execute(sql, values), given, None))

    def one(self, sql: str, values: Sequence[object] = ()) -> Row | None:
        """The first row of a query, or None."""
        return next(iter(self.rows(sql, values)), None)

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Read several queries from one consistent state of the ledger, even while others write."""
        if self.connection.in_transaction:  # of one state already
            yield
            return
        with speaking(self.path):
            self.connection.execute("BEGIN")
            try:
                yield
            finally:
                self.connection.execute("ROLLBACK")

    def of_one_state(self, lines: Iterator[str]) -> Iterator[str]:
        """What reads the ledger while it is consumed, from one consistent state of it."""
        with self.reading():
            self.one("SELECT 1 FROM sqlite_master")  # the first query fixes the state
            yield from lines

    @contextmanager
    def undecoded(self) -> Iterator[None]:
        """Read texts that are not UTF-8 as bytes, so that none equals another text."""
        usual, self._decode = self._decode, _text_or_bytes
        self.connection.text_factory = str
        try:
            yield
        finally:
            self._decode = usual
            self.connection.text_factory = str

    @contextmanager
    def transaction(self) -> Iterator[Database]:
        """A transaction that takes the write lock at the start, so that values read inside are current."""
        with speaking(self.path):
            db = self.db
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield db
                self.connection.execute("COMMIT")
            except BaseException:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise

    def _settle(self, *, create: bool) -> None:
        """Check that the file is a ledger, upgrade an older one, and make the settings of the connection."""
        self.connection.row_factory = sqlite3.Row
        version = self._version()
        if not version and not create:
            raise LedgerError(f"{self.path} has no tables, so it is not a ledger; name the ledger with --db")
        if version < VERSION:
            self._upgrade()
        # Every committed article is flushed to the disk, so that it survives a crash of the machine.
        for pragma in ("synchronous=FULL", "foreign_keys=ON", "recursive_triggers=ON"):
            self.connection.execute(f"PRAGMA {pragma}")

    def _version(self) -> int:
        """The version of the ledger: 0 for an empty file; a foreign or newer one is refused."""
        version, owner, tables = (
            int(self.connection.execute(sql).fetchone()[0])
            for sql in ("PRAGMA user_version", "PRAGMA application_id", "SELECT count(*) FROM sqlite_master")
        )
        if tables and owner != APPLICATION_ID:
            raise LedgerError(f"{self.path} is an SQLite file but not a ledger of Factdesk; name the ledger with --db")
        if version > VERSION:
            raise LedgerError(
                f"{self.path} was written by a newer Factdesk (ledger version {version}, this one knows {VERSION}); "
                "upgrade Factdesk"
            )
        if tables and version < VERSION:
            version = max(version, self._applied())
        return version if tables else 0

    def _applied(self) -> int:
        """How many migrations were applied: a version in the header that was lowered must not hide altered views."""
        try:
            return int(self.connection.execute("SELECT count(*) FROM _sqlite_migrations").fetchone()[0])
        except sqlite3.OperationalError:
            return 0

    def _upgrade(self) -> None:
        """Bring the file to this version; two programs that start at once do it one after the other."""
        from claims.ledger.schema import upgrade  # noqa: PLC0415  loads sqlite-utils

        self.connection.execute(f"PRAGMA page_size={_PAGE_SIZE}")  # counts for an empty file only
        self._write_ahead()
        with self.transaction() as db:
            if self._version() < VERSION:
                db.execute(f"PRAGMA application_id={APPLICATION_ID}")
                upgrade(db)
                db.execute(f"PRAGMA user_version={VERSION}")

    def _write_ahead(self) -> None:
        """Switch to WAL. SQLite does not wait for others here, so we do."""
        deadline = time.monotonic() + BUSY
        while True:
            try:
                self.connection.execute("PRAGMA journal_mode=WAL")
            except sqlite3.OperationalError as error:
                if "locked" not in str(error) or time.monotonic() > deadline:
                    raise
                time.sleep(0.02)
            else:
                return


def bound_lengths(connection: sqlite3.Connection) -> None:
    """Limit the length of values, statements and patterns on a connection that runs other people's queries."""
    for category, most in _LENGTHS.items():
        connection.setlimit(category, most)


def _with_signs(text: bytes) -> str:
    return text.decode("utf-8", "replace")


def _text_or_bytes(text: bytes) -> str | bytes:
    try:
        return text.decode("utf-8")
    except UnicodeDecodeError:
        return text


@contextmanager
def speaking(path: Path) -> Iterator[None]:
    """Translate SQLite errors about the file at ``path`` into LedgerError."""
    try:
        yield
    except sqlite3.Error as error:
        message = str(error)
        words = next((words for sign, words in _WORDS if sign in message), f"refused: {message}")
        raise LedgerError(f"{path} {words}") from error


def _refuse_unusable(path: Path, *, create: bool) -> None:
    """Refuse, in clear words, what SQLite would only call unable to open."""
    if path.is_dir():
        raise LedgerError(f"{path} is a folder; name a file for the ledger")
    if not path.exists():
        if not create:
            raise LedgerError(f"there is no ledger at {path} yet; run `factdesk check` first, or name one with --db")
        _make_room(path)
    elif not os.access(path, os.R_OK):
        raise LedgerError(f"{path} cannot be read; check its permissions")
    elif not create and path.is_file() and not path.stat().st_size:
        raise LedgerError(f"{path} is empty, so it is not a ledger; restore a backup, or name the ledger with --db")


def _open_mode(path: Path, *, create: bool) -> str:
    """How SQLite opens the file: for writing, or as an immutable file if its folder cannot be written.

    A file in WAL mode needs its companions even to be read. In a read-only folder (a mounted backup, an archive
    disk) they cannot be made; without an unfinished log beside it the file alone is whole.
    """
    log = path.with_name(f"{path.name}-wal")
    if path.exists() and not os.access(path.resolve().parent, os.W_OK) and not (log.exists() and log.stat().st_size):
        return "immutable=1"
    return f"mode={'rwc' if create else 'rw'}"


def _make_room(path: Path) -> None:
    """Make the folder and the file, their owner's alone: what SQLite lays beside the file gets the file's mode."""
    folder = path.resolve().parent
    try:
        make_folder(folder)
    except OSError as error:
        raise LedgerError(f"the folder {folder} cannot be created: {error.strerror}") from error
    try:
        make_file(path)
    except OSError as error:
        raise LedgerError(f"{path} cannot be opened ({error.strerror}): check the permissions of its folder") from error
