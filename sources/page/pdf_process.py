"""The process that reads a PDF: bytes on stdin, one JSON object on stdout; started by `pdf` for each file.

The process limits its own steps and sets limits of the operating system: if one page exceeds its CPU time, the reading
is interrupted and the pages read so far are the answer; past the total CPU time the process is killed, and past the
memory limit the library fails.
"""

from __future__ import annotations

import io
import json
import logging
import re
import resource
import signal
import sys
import time
from itertools import pairwise
from typing import Any

from claims.records import Reason

MAX_PAGES = 300
MAX_CHARACTERS = 2_000_000
# Operators of one page that show text: a page of a report has 50 to 450. The library takes 1 s for so many.
MAX_SHOWN = 6_000
MAX_CONTENT = 8_000_000  # bytes of all pages' contents, unpacked; a page of a report has 5 to 60 kB
# Seconds of the processor, from when the libraries are loaded: 40 pages of 450 operators take 3 to 4.
_SECONDS = 8
_PAGE_SECONDS = 2  # for one page, or for the structure of the file
_MEMORY = 400_000_000  # bytes of address space; 250 MB of them are used at most
_ABOUT = {"title": "/Title", "author": "/Author", "made": "/CreationDate"}
_SHOWS = (b"Tj", b"TJ", b"'", b'"')
# Columns that are drawn line by line: so many points lie between where two pieces on one line begin, so many lines
# have them, so wide is the gutter in letters, so many of the lines keep it clear, and are running text.
_JUMP = 120
_FEW_ROWS = 4
_NARROWEST = 2
_CLEAR = 0.7
_LINE = 16
_PROSE = 0.6
_WIDEST = 400  # letters of a line that are looked at
_GAP = re.compile(r" {3,}")
# Digits that are drawn so much smaller than the words beside them, and higher.
_SMALL = re.compile(r" ?\d{1,3}")
_SMALLER = 0.85
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
Piece = tuple[str, float, float]  # words, the size of their letters, and how high they stand


class _Late(BaseException):
    """A page takes too long; not an Exception, because the library catches those and continues."""


def main() -> None:
    """Read a PDF from stdin and write the answer to stdout."""
    from pypdf.errors import LimitReachedError  # noqa: PLC0415  loaded with the first PDF

    data = sys.stdin.buffer.read()
    try:
        answer = _read_pdf(data)
    except (MemoryError, RecursionError, LimitReachedError, _Late):
        answer = _refusal_answer(Reason.TOO_LARGE, "this PDF takes more time or memory than allowed; refused")
    except Exception as error:  # noqa: BLE001  whatever the library meets in a stranger's file is that file's fault
        answer = _refusal_answer(Reason.UNSUPPORTED_TYPE, f"this PDF is damaged ({type(error).__name__})")
    sys.stdout.write(json.dumps(answer))


def _refusal_answer(reason: Reason, detail: str) -> dict[str, Any]:
    return {"reason": reason.value, "detail": detail}


def _read_pdf(data: bytes) -> dict[str, Any]:
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it has to say is said in our words
    from pypdf import PdfReader, filters  # noqa: PLC0415  loaded before the time begins to count

    start = _limit_resources()
    filters.ZLIB_MAX_OUTPUT_LENGTH = MAX_CONTENT
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        return _refusal_answer(Reason.UNSUPPORTED_TYPE, "this PDF is protected by a password")
    pages, cut = _pages(reader, start + _SECONDS)
    about: Any = reader.metadata or {}
    metadata = {name: about.get(key) for name, key in _ABOUT.items()}
    return {"pages": pages, "cut": cut, **{name: str(value) if value else None for name, value in metadata.items()}}


def _limit_resources() -> float:
    """No more than so much time and memory from here on; the system sees to it. Gives the time that is used up."""
    used = time.process_time()
    signal.signal(signal.SIGXCPU, _stop)
    _limit(resource.RLIMIT_AS, _MEMORY, _MEMORY)
    _limit(resource.RLIMIT_CPU, int(used) + 1 + _PAGE_SECONDS, int(used) + 2 + _SECONDS + _PAGE_SECONDS)
    return used


def _limit(kind: int, soft: int, hard: int) -> None:
    set_before = resource.getrlimit(kind)[1]
    hard = hard if set_before == resource.RLIM_INFINITY else min(hard, set_before)
    resource.setrlimit(kind, (min(soft, hard), hard))


def _stop(_signal: int, _frame: object) -> None:
    signal.signal(signal.SIGXCPU, signal.SIG_IGN)  # the system repeats it every second
    raise _Late


def _pages(reader: Any, until: float) -> tuple[list[str], bool]:
    """The text of each page, up to the bounds, and whether there was more."""
    pages: list[str] = []
    length = content = 0
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    try:
        for page in reader.pages:
            _limit(resource.RLIMIT_CPU, int(time.process_time()) + 1 + _PAGE_SECONDS, hard)
            drawn = page.get_contents()
            stream = drawn.get_data() if drawn is not None else b""
            content += len(stream)
            over = len(pages) >= MAX_PAGES or length > MAX_CHARACTERS or content > MAX_CONTENT
            if over or sum(map(stream.count, (b"Tj", b"TJ"))) > MAX_SHOWN or time.process_time() > until:
                return pages, True
            pages.append(_text_of_page(page))
            length += len(pages[-1])
    except _Late:
        return pages, True
    return pages, False


def _text_of_page(page: Any) -> str:
    """The text of a page in reading order, with columns that were drawn line by line separated."""
    positions: list[tuple[float, float]] = []
    pieces: list[Piece] = []

    def note(operator: bytes, _operands: Any, outer: Any, inner: Any) -> None:
        if operator in _SHOWS:
            across = inner[4] * outer[0] + inner[5] * outer[2] + outer[4]
            positions.append((across, inner[4] * outer[1] + inner[5] * outer[3] + outer[5]))

    def take(words: str, _outer: Any, inner: Any, _font: Any, size: float) -> None:
        pieces.append((words, size * abs(inner[3]), inner[5]))

    text = page.extract_text(visitor_operand_before=note, visitor_text=take) or ""
    jumps = sum(abs(y - last) < 1 and x - before >= _JUMP for (before, last), (x, y) in pairwise(positions))
    if jumps < _FEW_ROWS:
        return with_raised_digits(pieces) if "".join(piece[0] for piece in pieces) == text else text
    return by_column(page.extract_text(extraction_mode="layout") or "") or text


def with_raised_digits(pieces: list[Piece]) -> str:
    """The pieces as one text, in which small digits above the line are superscripts: the marks of footnotes, powers."""
    worded = [piece for piece in pieces if piece[0].strip()]
    before: Piece | None = None
    text, place = "", 0
    for piece in pieces:
        words, size, height = piece
        if words.strip():
            place += 1
            beside = worded[place] if (before is None or text.endswith("\n")) and place < len(worded) else before
            if _SMALL.fullmatch(words) and beside and size <= _SMALLER * beside[1] and height > beside[2] + 1:
                text += words.strip().translate(_RAISED)
                continue
            before = piece
        text += words
    return text


def by_column(layout: str) -> str | None:
    """The text of a page in fixed-width layout, column by column; None unless it is prose in two or three columns.

    Rows that span the gutter (a running head, a headline over both columns) are placed above or between the columns.
    """
    rows = [row.rstrip() for row in layout.splitlines()]
    gutter = _gutter(rows)
    if gutter is None:
        return None
    blocks: list[str] = []
    left: list[str] = []
    right: list[str] = []

    def close() -> None:
        for column in (left, right):
            text = "\n".join(column).strip("\n")
            blocks.extend([by_column(text) or _single_spaced_lines(text)] if text else [])
            column.clear()

    for row in rows:
        if row[gutter - _NARROWEST : gutter].strip():
            close()
            blocks.append(_single_spaced_lines(row))
            continue
        left.append(row[:gutter].rstrip())
        right.append(row[gutter:].rstrip())
    close()
    return "\n\n".join(blocks)


def _gutter(rows: list[str]) -> int | None:
    """The middle of the blank stripe between two columns of prose; None if there is none."""
    width = min(max(map(len, rows), default=0), _WIDEST)
    clear = {place: [row for row in rows if _is_parted(row, place)] for place in range(_NARROWEST, width)}
    most = max(map(len, clear.values()), default=0)
    stripe = [place for place, parted in clear.items() if len(parted) == most]
    if most < _FEW_ROWS:
        return None
    place = stripe[len(stripe) // 2]
    over = sum(bool(row[:place].strip() and row[place:].strip()) for row in rows)
    sides = ([_GAP.split(row[:place].rstrip())[-1] for row in clear[place]],
             [_GAP.split(row[place:].strip())[0] for row in clear[place]])  # fmt: skip
    return place if most >= _CLEAR * over and all(map(_is_prose, sides)) else None


def _is_parted(row: str, place: int) -> bool:
    """Whether words are on both sides of a place and none over it."""
    return not row[place - _NARROWEST : place].strip() and bool(row[:place].strip() and row[place:].strip())


def _is_prose(lines: list[str]) -> bool:
    """Whether most lines of a column are several words of running text, not the cells of a table."""
    return sum(len(line) >= _LINE and len(line.split()) >= 3 for line in lines) >= _PROSE * len(lines)


def _single_spaced_lines(text: str) -> str:
    return "\n".join(" ".join(line.split()) for line in text.splitlines())


if __name__ == "__main__":
    main()
