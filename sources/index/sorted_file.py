"""Looks lines up in a sorted file, by their beginning, without reading the file."""

from __future__ import annotations

import contextlib
import heapq
import mmap
import os
import tempfile
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

_RUN = 50_000  # lines that are sorted in memory at once, about 20 MB


class SortedLines:
    """A file of lines in the order of their bytes. Raises OSError if it cannot be opened."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            empty = not os.fstat(file.fileno()).st_size
            self._map = b"" if empty else mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)

    def __iter__(self) -> Iterator[bytes]:
        """The lines with their ends."""
        place = 0
        while place < len(self._map):
            line = self.line_at(place)
            yield line + b"\n"
            place += len(line) + 1

    def beginning_with(self, prefix: bytes) -> Iterator[bytes]:
        """The lines that begin with these bytes, in order and without their ends."""
        place = self._first_not_before(prefix)
        while place < len(self._map):
            line = self.line_at(place)
            if not line.startswith(prefix):
                return
            yield line
            place += len(line) + 1

    def line_at(self, place: int) -> bytes:
        """The line that begins at a place of the file."""
        end = self._map.find(b"\n", place)
        return bytes(self._map[place : end if end >= 0 else len(self._map)])

    def _first_not_before(self, prefix: bytes) -> int:
        """Where the first line begins that is not smaller than the prefix."""
        low, high = 0, len(self._map)
        while low < high:
            middle = self._map.rfind(b"\n", low, (low + high) // 2) + 1 or low
            line = self.line_at(middle)
            if line < prefix:
                low = middle + len(line) + 1
            else:
                high = middle
        return low


def merged(lines: Iterable[bytes], sorted_lines: Iterable[Iterable[bytes]], folder: Path) -> Iterator[bytes]:
    """All lines (each with its end) in the order of their bytes; not more than a part of them is ever in memory."""
    with contextlib.ExitStack() as stack:
        unsorted, runs = iter(lines), list(sorted_lines)
        while run := sorted(islice(unsorted, _RUN)):
            file = stack.enter_context(tempfile.TemporaryFile(dir=folder))
            file.writelines(run)
            file.seek(0)
            runs.append(file)
        yield from heapq.merge(*runs)
