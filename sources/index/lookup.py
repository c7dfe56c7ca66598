"""The index of the captures in a folder, by address and by payload.

Every WARC file has its lines beside it, in the order of its records (see `cdxj`). ``index/`` in the folder holds the
same lines in sorted files, which are looked up without reading them, and says how much of each file they cover; only
the lines behind that are read when an index is opened, and are sorted in when there are many. ``index/`` holds nothing
else, so that it may be deleted at any time, and is made again where it does not fit the files.

Several processes may use it at once: the sorted files are new ones each time, the list of what they cover is replaced
in one step, and one process sorts at a time. One that is killed leaves at most files that nothing refers to.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from claims.privacy import make_folder, private, whole_file
from sources.errors import ArchiveError, error_words
from sources.index.cdxj import Kept, digest_of, entry_on_line, surt_key
from sources.index.sorted_file import SortedLines, merged

FOLDER = "index"
_COVERED = "covered.json"
_FEW = 500_000  # bytes of lines that are read at each start rather than sorted in
_SHARE = 16  # ... or this part of the sorted ones


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sorted:
    """The sorted files, and how many bytes of each index file they cover."""

    by_address: SortedLines
    by_payload: SortedLines
    covered: Mapping[str, int]


class Index:
    """The index of a folder by address and by payload; lines are parsed only when they are needed."""

    def __init__(self, folder: Path, few: int = _FEW) -> None:
        self._by_key: dict[bytes, list[bytes]] = {}
        self._by_digest: dict[bytes, bytes] = {}
        self._sorted = _sorted_files(folder)
        sizes = _sizes(folder)
        if self._sorted and any(sizes.get(name, 0) < size for name, size in self._sorted.covered.items()):
            self._sorted = None  # a file is gone, or is another one
        waiting = sum(sizes.values()) - sum(self._sorted.covered.values() if self._sorted else ())
        if waiting > max(few, _length(self._sorted) // _SHARE):
            with contextlib.suppress(OSError):  # a folder that cannot be written to is read without sorting
                self._sorted = _sorted_anew(folder, sizes, self._sorted) or self._sorted
        for line in _uncovered_lines(folder, sizes, dict(self._sorted.covered) if self._sorted else {}):
            self._add(line.removesuffix(b"\n"))

    def add(self, text: str) -> None:
        """Add a line to the index."""
        self._add(text.encode())

    def _add(self, line: bytes) -> None:
        self._by_key.setdefault(line.partition(b" ")[0], []).append(line)
        digest = digest_of(line)
        if digest:
            self._by_digest.setdefault(digest, line)

    def captures(self, url: str) -> list[Kept]:
        """Every dated capture of an address, oldest first."""
        key = surt_key(url).encode()
        lines = list(self._sorted.by_address.beginning_with(key + b" ")) if self._sorted else []
        entries = (entry_on_line(line) for line in (*lines, *self._by_key.get(key, ())))
        return sorted((entry for entry in entries if entry is not None), key=lambda entry: entry.date)

    def latest(self, url: str) -> Kept | None:
        """The last complete 200 response of an address, if the server supports a conditional request for it."""
        whole = [entry for entry in self.captures(url) if entry.status == 200]
        return whole[-1] if whole and whole[-1].validated else None

    def payload(self, digest: str) -> Kept | None:
        """The first record with this payload."""
        wanted = digest.encode()
        if self._sorted is not None:
            for line in self._sorted.by_payload.beginning_with(wanted + b" "):
                return entry_on_line(self._sorted.by_address.line_at(int(line.rpartition(b" ")[2])))
        added = self._by_digest.get(wanted)
        return entry_on_line(added) if added else None


def history(folder: Path, url: str) -> tuple[Kept, ...]:
    """Every dated capture of an address in a folder, oldest first; raises ArchiveError."""
    return tuple(Index(folder).captures(url))


def _sizes(folder: Path) -> dict[str, int]:
    """The index files of a folder with their sizes, in the order of their names."""
    try:
        with os.scandir(folder) as entries:
            return dict(sorted((entry.name, entry.stat().st_size) for entry in entries if entry.name.endswith(".cdxj")))
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as error:
        raise ArchiveError(f"{folder}: cannot be read ({error_words(error)})") from error


def _uncovered_lines(folder: Path, sizes: Mapping[str, int], covered: dict[str, int]) -> Iterator[bytes]:
    """The whole lines of the index files behind what is covered, which then covers them.

    A line without an end was left by a killed process, or is being written.
    """
    for name in sizes:
        if sizes[name] > covered.get(name, 0):
            try:
                with (folder / name).open("rb") as file:
                    start = file.seek(covered.get(name, 0))
                    data = file.read(sizes[name] - start)
            except OSError as error:
                raise ArchiveError(f"{folder / name}: cannot be read ({error_words(error)})") from error
            covered[name] = start + data.rfind(b"\n") + 1
            yield from (line + b"\n" for line in data.split(b"\n")[:-1])


def _sorted_files(folder: Path) -> _Sorted | None:
    """The sorted files; None where there are none, or they do not belong together."""
    for _ in range(3):  # another process may replace them in between
        try:
            listed = json.loads((folder / FOLDER / _COVERED).read_bytes())
            return _Sorted(
                by_address=SortedLines(folder / FOLDER / str(listed["address"])),
                by_payload=SortedLines(folder / FOLDER / str(listed["payload"])),
                covered={str(name): int(size) for name, size in listed["covered"].items()},
            )
        except (FileNotFoundError, NotADirectoryError):
            continue
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None
    return None


def _length(files: _Sorted | None) -> int:
    return sum(files.covered.values()) if files else 0


def _sorted_anew(folder: Path, sizes: Mapping[str, int], before: _Sorted | None) -> _Sorted | None:
    """New sorted files with all lines; None if another process is sorting now. Raises OSError."""
    place = folder / FOLDER
    make_folder(place)
    with open(place / "lock", "ab", opener=private) as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return None
        mark, covered = secrets.token_hex(6), dict(before.covered) if before else {}
        names = f"by-address-{mark}.cdxj", f"by-payload-{mark}.txt"
        with _durable_file(place / names[0]) as by_address, _durable_file(place / names[1]) as by_payload:
            waiting = _uncovered_lines(folder, sizes, covered)
            everything = merged(waiting, [iter(before.by_address)] if before else [], place)
            by_payload.writelines(merged(_payload_lines(everything, by_address), [], place))
        listed = {"address": names[0], "payload": names[1], "covered": covered}
        with whole_file(place / _COVERED) as file:
            file.write(json.dumps(listed).encode())
        for path in place.iterdir():
            if path.name not in (*names, _COVERED, "lock"):
                path.unlink(missing_ok=True)
    return _sorted_files(folder)


def _payload_lines(lines: Iterable[bytes], file: IO[bytes]) -> Iterator[bytes]:
    """Write the lines by address; gives for each payload where its line stands, the oldest first."""
    for line in lines:
        digest = digest_of(line)
        if digest:
            yield b"%s %s %d\n" % (digest, line.split(b" ", 2)[1], file.tell())
        file.write(line)


@contextlib.contextmanager
def _durable_file(path: Path) -> Iterator[IO[bytes]]:
    """A new file that is on the disk when it is closed."""
    with open(path, "xb", opener=private) as file:
        yield file
        file.flush()
        os.fsync(file.fileno())
