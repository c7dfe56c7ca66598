"""What all processes that use one captures folder share of a host: whose turn it is, its pause, and its robots.txt.

Each host has a file that is locked during its turn (flock; released by the system if the process is killed) and holds
the time at which the pause ends. The times are those of the system's clock.
"""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import io
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from claims.privacy import make_folder, private, whole_file
from claims.records import Reason
from sources.errors import Unavailable, WriteError, error_words

FOLDER = "hosts"  # beside the captures
_LONGEST_PAUSE = 30.0  # seconds; a clock that was set back must not stop a host
_LONGEST_WAIT = 600.0  # seconds for the turns of other processes
_LOOK_AGAIN = 0.05  # seconds between two looks at a lock that another process holds
_LONGEST_NAME = 200


class HostFile:
    """The file of a host in a folder; one turn at a time among all processes."""

    def __init__(self, folder: Path, host: str) -> None:
        self._path = folder / FOLDER / f"{_quoted_name(host)}.turn"
        self._file: io.FileIO | None = None

    async def lock(self, pause: float = 0.0) -> float:
        """Wait for the turn; the seconds until the pause after the last turn ends, where ``pause`` may be the longest.

        Raises Unavailable(timeout) if other processes keep the host for ten minutes, WriteError if the folder cannot
        be written.
        """
        file = await asyncio.to_thread(self._opened)
        try:
            await _locked(file, self._path)
            file.seek(0)
            left = _seconds_left(file.read(100), max(_LONGEST_PAUSE, pause))
        except BaseException:
            file.close()
            raise
        self._file = file
        return left

    def _opened(self) -> io.FileIO:
        with _write_errors(self._path):
            make_folder(self._path.parent)
            return open(self._path, "a+b", buffering=0, opener=private)

    def release(self, pause: float) -> None:
        """End the turn; the next one begins in ``pause`` seconds. Raises WriteError."""
        file, self._file = self._file, None
        if file is None:
            return
        with contextlib.closing(file), _write_errors(self._path):
            file.truncate(0)
            file.write(f"{time.time() + pause:.3f}".encode())


async def _locked(file: io.FileIO, path: Path) -> None:
    for _ in range(int(_LONGEST_WAIT / _LOOK_AGAIN)):
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            await asyncio.sleep(_LOOK_AGAIN)
        else:
            return
    raise Unavailable(Reason.TIMEOUT, f"other checks have been reading {path.stem} for {_LONGEST_WAIT:g} seconds")


def _seconds_left(text: bytes, longest: float) -> float:
    """The rest of the pause; none for a file that is new or was left half written."""
    try:
        left = float(text) - time.time()
    except ValueError:
        return 0.0
    return left if 0.0 < left <= longest else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class RobotsFile:
    """A robots.txt as it was received: the status, the body, and how many seconds ago."""

    status: int
    body: bytes
    age: float


def stored_robots(folder: Path, site: str) -> RobotsFile | None:
    """The robots.txt of a site that some process has stored; None if there is none, or it cannot be read."""
    try:
        head, _, body = _robots_path(folder, site).read_bytes().partition(b"\n")
        fields = json.loads(head)
        age = time.time() - float(fields["at"])
        return RobotsFile(status=int(fields["status"]), body=body, age=age) if age >= 0 else None
    except (OSError, ValueError, KeyError, TypeError):
        return None  # it is asked for again


def store_robots(folder: Path, site: str, status: int, body: bytes) -> None:
    """Store the robots.txt of a site for all processes; raises WriteError."""
    path = _robots_path(folder, site)
    with _write_errors(path):
        make_folder(path.parent)
        with whole_file(path) as file:
            file.write(json.dumps({"at": time.time(), "status": status}).encode() + b"\n" + body)


def _robots_path(folder: Path, site: str) -> Path:
    return folder / FOLDER / f"{_quoted_name(site)}.robots"


def _quoted_name(host: str) -> str:
    return quote(host, safe="")[:_LONGEST_NAME]


@contextlib.contextmanager
def _write_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise WriteError(f"{path}: cannot be written ({error_words(error)})") from error
