"""The process that reads a PDF: bytes on stdin, one JSON object on stdout; started by `pdf` for each file.

It bounds what it does by steps, and itself by the system: past its time of the processor it is killed, past its
memory the library fails.
"""

from __future__ import annotations

import io
import json
import logging
import resource
import sys
from typing import Any

from claims.records import Reason

MAX_PAGES = 300
MAX_CHARACTERS = 2_000_000
# Operators that show text, over all pages that are read: a page of a report has 50 to 450. The library takes 1 s for
# so many.
MAX_SHOWN = 6_000
MAX_CONTENT = 8_000_000  # bytes of all pages' contents, unpacked; a page of a report has 5 to 60 kB
_SECONDS = 2  # of the processor, from when the libraries are loaded
_MEMORY = 400_000_000  # bytes of address space; 250 MB of them are used at most
_ABOUT = {"title": "/Title", "author": "/Author", "made": "/CreationDate"}
_SHOWS = (b"Tj", b"TJ")


def main() -> None:
    """Read stdin, write the answer."""
    from pypdf.errors import LimitReachedError  # noqa: PLC0415  loaded with the first PDF

    data = sys.stdin.buffer.read()
    try:
        answer = _read(data)
    except (MemoryError, RecursionError, LimitReachedError):
        answer = _refused(Reason.TOO_LARGE, "this PDF takes more memory than any real one; refused")
    except Exception as error:  # noqa: BLE001  whatever the library meets in a stranger's file is that file's fault
        answer = _refused(Reason.UNSUPPORTED_TYPE, f"this PDF is damaged ({type(error).__name__})")
    sys.stdout.write(json.dumps(answer))


def _refused(reason: Reason, detail: str) -> dict[str, Any]:
    return {"reason": reason.value, "detail": detail}


def _read(data: bytes) -> dict[str, Any]:
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it has to say is said in our words
    from pypdf import PdfReader, filters  # noqa: PLC0415  loaded before the time begins to count

    _bound()
    filters.ZLIB_MAX_OUTPUT_LENGTH = MAX_CONTENT
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        return _refused(Reason.UNSUPPORTED_TYPE, "this PDF is locked with a password")
    pages, cut = _pages(reader)
    about: Any = reader.metadata or {}
    said = {name: about.get(key) for name, key in _ABOUT.items()}
    return {"pages": pages, "cut": cut, **{name: str(value) if value else None for name, value in said.items()}}


def _bound() -> None:
    """No more than so much time and memory from here on; the system sees to it."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime) + 1 + _SECONDS
    for kind, most in ((resource.RLIMIT_CPU, seconds), (resource.RLIMIT_AS, _MEMORY)):
        hard = resource.getrlimit(kind)[1]
        resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _pages(reader: Any) -> tuple[list[str], bool]:
    """The text of each page, up to the bounds, and whether there was more."""
    pages: list[str] = []
    length = shown = content = 0
    for page in reader.pages:
        drawn = page.get_contents()
        stream = drawn.get_data() if drawn is not None else b""
        shown += sum(map(stream.count, _SHOWS))
        content += len(stream)
        if len(pages) >= MAX_PAGES or length > MAX_CHARACTERS or shown > MAX_SHOWN or content > MAX_CONTENT:
            return pages, True
        pages.append(page.extract_text() or "")
        length += len(pages[-1])
    return pages, False


if __name__ == "__main__":
    main()
