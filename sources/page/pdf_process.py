"""The process that reads a PDF: bytes on stdin, one JSON object on stdout; started by `pdf` for each file.

It bounds what it does by steps, and itself by the system: past the time of the processor that one page may take it is
interrupted and what was read until then is the answer, past its whole time it is killed, past its memory the library
fails.
"""

from __future__ import annotations

import io
import json
import logging
import resource
import signal
import sys
import time
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
_SHOWS = (b"Tj", b"TJ")


class _Late(BaseException):
    """A page takes too long; no Exception, since the library goes on past those."""


def main() -> None:
    """Read stdin, write the answer."""
    from pypdf.errors import LimitReachedError  # noqa: PLC0415  loaded with the first PDF

    data = sys.stdin.buffer.read()
    try:
        answer = _read(data)
    except (MemoryError, RecursionError, LimitReachedError, _Late):
        answer = _refused(Reason.TOO_LARGE, "this PDF takes more time or memory than any real one; refused")
    except Exception as error:  # noqa: BLE001  whatever the library meets in a stranger's file is that file's fault
        answer = _refused(Reason.UNSUPPORTED_TYPE, f"this PDF is damaged ({type(error).__name__})")
    sys.stdout.write(json.dumps(answer))


def _refused(reason: Reason, detail: str) -> dict[str, Any]:
    return {"reason": reason.value, "detail": detail}


def _read(data: bytes) -> dict[str, Any]:
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it has to say is said in our words
    from pypdf import PdfReader, filters  # noqa: PLC0415  loaded before the time begins to count

    start = _bound()
    filters.ZLIB_MAX_OUTPUT_LENGTH = MAX_CONTENT
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        return _refused(Reason.UNSUPPORTED_TYPE, "this PDF is locked with a password")
    pages, cut = _pages(reader, start + _SECONDS)
    about: Any = reader.metadata or {}
    said = {name: about.get(key) for name, key in _ABOUT.items()}
    return {"pages": pages, "cut": cut, **{name: str(value) if value else None for name, value in said.items()}}


def _bound() -> float:
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
            if over or sum(map(stream.count, _SHOWS)) > MAX_SHOWN or time.process_time() > until:
                return pages, True
            pages.append(page.extract_text() or "")
            length += len(pages[-1])
    except _Late:
        return pages, True
    return pages, False


if __name__ == "__main__":
    main()
