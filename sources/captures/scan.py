"""Iterates over the records of a WARC file, even if it is partly damaged or truncated.

A crawler that was killed leaves an incomplete record at the end, and a faulty disk a damaged one in the middle; only
that record is lost.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Generic, TypeVar

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from sources.captures.warc import BROKEN, Record, lacks_length, open_warc, plain_line, read_headers, read_note
from sources.errors import ArchiveError

T = TypeVar("T")

_MOST_DAMAGED = 100  # places in one file; past that the rest of it is left
_STEP = 1024 * 1024
_GZIP = b"\x1f\x8b\x08"  # begins a record that is compressed by itself, as the standard asks
_HEADER_END = b"\r\n\r\n"
_LONGEST_HEADER = 64 * 1024
_PLAIN = _HEADER_END + b"WARC/1."  # ends a record that is not compressed and begins the next one


@dataclass(frozen=True, slots=True)
class _Damage:
    """A damaged place: what is wrong there, and whether it is the last record, cut short by the end of the file."""

    offset: int
    what: str
    tail: bool = False


def scan(path: Path, damage: list[str] | None = None) -> Iterator[tuple[int, Record]]:
    """Every response, revisit and resource of a file with its offset, without payloads.

    Each damaged place is added to ``damage`` as a line that names the file, and the scan continues after it. A damaged
    record is yielded too if its headers can be read; reading it then raises the error.
    Raises ArchiveError if nothing of the file can be read.
    """
    damages: list[_Damage] = []
    any_record = False
    for offset, record, _ in _walk(path, read_headers, damages):
        any_record = True
        yield offset, record
    if damages and not any_record:
        raise ArchiveError(f"{_damage_line(path, damages[0])}; it cannot be read as a web archive")
    if damage is not None:
        damage += (_damage_line(path, place) for place in damages)


def notes(path: Path) -> Iterator[dict[str, str]]:
    """The fields of every note that we recorded in a file, in order.

    Raises ArchiveError after the last one if the file is damaged. A truncated last record is not an error: it was left
    by a killed process, and nothing refers to it.
    """
    damages: list[_Damage] = []
    for _, fields, whole in _walk(path, read_note, damages):
        if whole:
            yield fields
    reported = [place for place in damages if not place.tail]
    if reported:
        raise ArchiveError(_damage_line(path, reported[0]))


def _walk(path: Path, read: Callable[[Any], T | None], damage: list[_Damage]) -> Iterator[tuple[int, T, bool]]:
    """What ``read`` makes of each record, with its offset and whether the record is whole; adds to ``damage``."""
    start: int | None = 0
    while start is not None and len(damage) < _MOST_DAMAGED:
        with open_warc(path) as file:
            stretch = _Stretch(file, start, read)
            yield from stretch.records()
            damage += stretch.damage
            start = stretch.behind


def _damage_line(path: Path, damage: _Damage) -> str:
    return f"{path}: damaged at offset {damage.offset} ({damage.what})"


class _CutError(ArchiveError):
    """A record is shorter than it says, or breaks off before it says how long it is."""


class _Records(ArchiveIterator):  # type: ignore[misc]  # the library ships no types
    """The library's iterator, which would print to stderr if a record is longer than it states."""

    def _consume_blanklines(self) -> tuple[bytes | None, int]:
        """Read the empty lines behind a record: the first line that is not empty, and the length of those before it."""
        length = 0
        while line := self.reader.readline():
            if line.strip():
                if not length:
                    raise ArchiveLoadFailed("the record is longer than its stated length")
                return line, length
            length += len(line)
        return None, length


class _Stretch(Generic[T]):
    """The records from an offset on up to the first break; ``behind`` is where the next stretch may begin."""

    def __init__(self, file: IO[bytes], start: int, read: Callable[[Any], T | None]) -> None:
        self.damage: list[_Damage] = []
        self.behind: int | None = None
        self._file, self._read = file, read
        file.seek(start)
        self._records = _Records(file, check_digests=True)

    def records(self) -> Iterator[tuple[int, T, bool]]:
        """What is read of the records, with their offsets and whether they are whole; of the broken one too."""
        result: T | None = None
        try:
            for record in self._records:
                result = None
                self._check_header(record)
                result = self._read(record)
                offset = self._records.get_record_offset()  # reads to the end of the record, which checks its digests
                whole = self._is_whole(record, offset)
                if result is not None:
                    yield offset, result, whole
                result = None
            if self._records.offset < self._file.seek(0, os.SEEK_END):  # warcio takes half a header for the end
                self.damage.append(_Damage(self._records.offset, "the record is truncated", tail=True))
        except (ArchiveError, *BROKEN) as error:
            if "non-chunked gzip" in str(error):
                raise  # one gzip around all records: none can be found again by its offset
            at = self._records.offset
            self.behind = _next_record(self._file, at + 1)
            tail = self.behind is None and (isinstance(error, _CutError) or _breaks_off(self._file, at))
            self.damage.append(_Damage(at, plain_line(error), tail=tail))
            if result is not None:
                yield at, result, False

    @staticmethod
    def _check_header(record: Any) -> None:
        if record.rec_type is None:
            raise _CutError("the header of the record is truncated")
        if lacks_length(record):
            raise _CutError("the record does not state its length")  # its header may be all that is left of it

    def _is_whole(self, record: Any, offset: int) -> bool:
        """Note a record whose digest is wrong; raise _CutError for one that is cut short."""
        if getattr(record.raw_stream, "limit", 0):  # warcio takes an early end of the file for the end of the record
            raise _CutError("the record is truncated")
        if record.digest_checker is not None and record.digest_checker.passed is False:
            self.damage.append(_Damage(offset, "the record does not match its digest"))
            return False
        return True


def _breaks_off(file: IO[bytes], start: int) -> bool:
    """Whether the file ends within the header or the compressed data of the record at an offset."""
    file.seek(start)
    piece = file.read(_LONGEST_HEADER)
    if piece[:2] != _GZIP[:2]:
        return len(piece) < _LONGEST_HEADER and _HEADER_END not in piece
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        while piece and not unpacker.eof:
            unpacker.decompress(piece, _STEP)
            piece = unpacker.unconsumed_tail or file.read(_STEP)
    except zlib.error:
        return False
    return not unpacker.eof


def _next_record(file: IO[bytes], start: int) -> int | None:
    """Where the next record may begin; None if there is none."""
    file.seek(0)
    mark, before = (_GZIP, 0) if file.read(2) == _GZIP[:2] else (_PLAIN, 4)
    file.seek(start)
    window = b""
    while piece := file.read(_STEP):
        window = window[-len(mark) :] + piece
        offset = window.find(mark)
        if offset >= 0:
            return file.tell() - len(window) + offset + before
    return None
