"""The media types of readable pages, and their file suffixes."""

from __future__ import annotations

from collections.abc import Mapping

HTML, XHTML, PLAIN, MARKDOWN, PDF = (
    "text/html", "application/xhtml+xml", "text/plain", "text/markdown", "application/pdf",
)  # fmt: skip
CAPTIONS = frozenset({"text/vtt", "application/x-subrip"})
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MARKUP = frozenset({HTML, XHTML, "application/xml", "text/xml"})
OF_SUFFIX: Mapping[str, str] = {
    ".html": HTML,
    ".htm": HTML,
    ".xhtml": HTML,
    ".txt": PLAIN,
    ".text": PLAIN,
    ".md": MARKDOWN,
    ".markdown": MARKDOWN,
    ".pdf": PDF,
    ".docx": DOCX,
    ".vtt": "text/vtt",
    ".srt": "application/x-subrip",
}
# What is told by its bytes, whatever control codes are in it.
PACKED = frozenset({HTML, PDF, DOCX})
# How files begin that are no text.
_MAGIC = (
    b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"PK\x03\x04", b"\x1f\x8b", b"RIFF", b"\x7fELF", b"\xd0\xcf\x11\xe0", b"MZ",
    b"OggS", b"ID3", b"fLaC", b"\x1aE\xdf\xa3", b"BZh", b"7z\xbc\xaf", b"Rar!", b"SQLite format 3", b"\x00asm", b"BM6",
)  # fmt: skip
TAKEN = ".html, .txt, .md, .docx, .pdf, .vtt or .srt"


def declared(content_type: str | None) -> str:
    """The media type in the value of a Content-Type header, without its parameters; nothing if there is none."""
    return (content_type or "").partition(";")[0].strip().lower()


def is_docx(data: bytes) -> bool:
    """Whether bytes are a .docx: a ZIP archive whose first or last kilobytes name its body."""
    if not data.startswith(b"PK\x03\x04"):
        return False
    return b"word/document.xml" in data[:4096] or b"word/document.xml" in data[-65536:]


def is_binary(start: bytes) -> bool:
    """Whether bytes with this beginning are no text."""
    wide = start.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff"))
    controls = sum(byte < 9 or 13 < byte < 27 or 27 < byte < 32 for byte in start)
    return start.startswith(_MAGIC) or (not wide and (b"\x00" in start or controls > len(start) // 50))
