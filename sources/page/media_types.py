"""The media types of readable pages, and their file suffixes."""

from __future__ import annotations

from collections.abc import Mapping

HTML, XHTML, PLAIN, MARKDOWN, PDF = (
    "text/html", "application/xhtml+xml", "text/plain", "text/markdown", "application/pdf",
)  # fmt: skip
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
}


def declared(content_type: str | None) -> str:
    """The media type in the value of a Content-Type header, without its parameters; nothing if there is none."""
    return (content_type or "").partition(";")[0].strip().lower()
