"""PDF to text, page by page, with the links that stand in it."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from claims.records import Block, BlockKind, Link, Reason
from sources.errors import Unavailable
from sources.page import plain

MAX_PAGES = 300
MAX_CHARACTERS = 2_000_000
_HYPHENATED = re.compile(r"(?<=[a-zà-ÿ])[-\u00ad]\n(?=[a-zà-ÿ])")
_DATE = re.compile(r"D:((?:19|20)\d\d)(\d\d)(\d\d)")
_PAGE_NUMBER = re.compile(r"(?:page\s+)?\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pdf:
    """What could be read of a PDF."""

    text: str
    title: str | None
    author: str | None
    published: str | None
    blocks: tuple[Block, ...]
    links: tuple[Link, ...]


def read_pdf(data: bytes) -> Pdf:
    """The text and metadata of a PDF. Raises Unavailable where it is broken, locked or holds pictures only."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it has to say is said in our words
    from pypdf import PdfReader  # noqa: PLC0415  loaded with the first PDF
    from pypdf.errors import PyPdfError  # noqa: PLC0415  as above

    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unavailable(Reason.UNSUPPORTED_TYPE, "this PDF is locked with a password")
        text = _text(reader)
        about = reader.metadata
        title, author, made = (_said(about, key) for key in ("/Title", "/Author", "/CreationDate"))
    except (PyPdfError, ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError, OSError) as error:
        raise Unavailable(Reason.UNSUPPORTED_TYPE, f"this PDF is damaged ({type(error).__name__})") from error
    if not text.strip():
        raise Unavailable(Reason.UNSUPPORTED_TYPE, "this PDF holds no text, only pictures; it would need OCR")
    found = plain.read_plain(text)
    day = _DATE.match(made or "")
    return Pdf(
        text=text,
        title=title or found.title,
        author=author,
        published=f"{day[1]}-{day[2]}-{day[3]}" if day else None,
        blocks=tuple(_paragraphs(text)),
        links=found.links,
    )


def _text(reader: Any) -> str:
    pages: list[str] = []
    length = 0
    for number, page in enumerate(reader.pages):
        if number >= MAX_PAGES or length > MAX_CHARACTERS:
            break
        words = _HYPHENATED.sub("", page.extract_text() or "")
        lines = [line.strip() for line in words.splitlines()]
        pages.append("\n".join(line for line in lines if not _PAGE_NUMBER.fullmatch(line)).strip())
        length += len(words)
    return "\n\n".join(page for page in pages if page)


def _paragraphs(text: str) -> Iterator[Block]:
    """Stretches of lines; a line that ends a sentence and is shorter than its page's lines ends a paragraph."""
    lines = [(m.start(), m.end()) for m in re.finditer(r"[^\n]+", text)]
    widest = sorted(end - start for start, end in lines)[int(len(lines) * 0.9)] if lines else 0
    start: int | None = None
    for number, (begin, end) in enumerate(lines):
        start = begin if start is None else start
        after = lines[number + 1][0] if number + 1 < len(lines) else len(text)
        gap = text[end:after].count("\n") > 1
        short = end - begin < 0.8 * widest and text[begin:end].rstrip().endswith((".", "!", "?", "”", '"', ":"))
        if gap or short or number + 1 == len(lines):
            yield Block(kind=BlockKind.PARAGRAPH, span=(start, end))
            start = None


def _said(about: Any, key: str) -> str | None:
    value = about.get(key) if about else None
    return " ".join(str(value).split()) or None if value else None
