"""Converts PDF to text, page by page, with its links.

The bytes are untrusted and the library is pure Python, so they are read in a separate process with limited CPU time and
memory (`pdf_process`).
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from claims.records import Block, BlockKind, Link, Reason, Span
from sources.errors import Unavailable
from sources.markup.charset import legal
from sources.page import plain

_LONGEST = 60.0  # seconds on the clock; the process itself stops after far less time of the processor
_HYPHENATED = re.compile(r"(?<=[a-zà-ÿ])[-\u00ad]\n(?=[a-zà-ÿ])")
_OPEN_END = re.compile(r"[\w,;–—-]\Z")
_NEVER_LAST = re.compile(
    r"(?:,|\b(?:the|an?|of|to|in|by|with|from|and|or|but|that|which|who|than|between|its|their))\Z"
)
_GAPS = re.compile(r"\n{3,}")
_NUMBER = re.compile(r"\d+")
_SEVERAL = 3  # pages with the same first or last line: a running head
_DATE = re.compile(r"D:((?:19|20)\d\d)(\d\d)(\d\d)")
_PAGE_NUMBER = re.compile(r"(?:page\s+)?\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pdf:
    """The readable part of a PDF; ``cut`` says that it is only the beginning."""

    text: str
    title: str | None
    author: str | None
    published: str | None
    blocks: tuple[Block, ...]
    links: tuple[Link, ...]
    uncited: tuple[Span, ...]
    cut: bool = False


def read_pdf(data: bytes) -> Pdf:
    """The text and metadata of a PDF.

    Raises Unavailable: unsupported_type if it is damaged, locked or contains only images; too_large if it takes more
    time or memory than any real one.
    """
    answer = _process_answer(data)
    text = _as_one_text([page for page in map(_page_text, _without_running_heads(answer["pages"])) if page])
    if not text.strip():
        if answer["cut"]:
            raise Unavailable(Reason.TOO_LARGE, "the first page of this PDF is too large to be read")
        raise Unavailable(Reason.UNSUPPORTED_TYPE, "this PDF contains only images; it would need OCR")
    parsed = plain.read_plain(text)
    day = _DATE.match(answer["made"] or "")
    return Pdf(
        text=text,
        title=_legal_text(answer["title"]) or parsed.title,
        author=_legal_text(answer["author"]),
        published=f"{day[1]}-{day[2]}-{day[3]}" if day else None,
        blocks=tuple(_paragraph_blocks(text, [b.span for b in parsed.blocks if b.kind is BlockKind.REFERENCE])),
        links=parsed.links,
        uncited=parsed.uncited,
        cut=answer["cut"],
    )


def _process_answer(data: bytes) -> dict[str, Any]:
    """What the process found, as it wrote it; raises Unavailable if it found nothing or was stopped."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    command = [sys.executable, "-m", "sources.page.pdf_process"]
    try:
        ran = subprocess.run(command, input=data, capture_output=True, env=environment, timeout=_LONGEST, check=False)
    except subprocess.TimeoutExpired as error:
        raise Unavailable(Reason.TIMEOUT, f"this PDF was not read within {_LONGEST:g} seconds") from error
    try:
        answer: dict[str, Any] = json.loads(ran.stdout)
    except ValueError as error:  # killed by the system, or out of memory before it could say so
        raise Unavailable(Reason.TOO_LARGE, "this PDF takes more time or memory than allowed; refused") from error
    if "reason" in answer:
        raise Unavailable(Reason(answer["reason"]), answer["detail"])
    return answer


def _page_text(page: str) -> str:
    lines = [line.strip() for line in _HYPHENATED.sub("", legal(page)).splitlines()]
    own_lines = "\n".join(line for line in lines if not _PAGE_NUMBER.fullmatch(line)).strip()
    return _GAPS.sub("\n\n", own_lines)


def _without_running_heads(pages: list[str]) -> list[str]:
    """The pages without the lines that head or end several of them and differ in nothing but numbers."""
    lines = [page.strip().splitlines() for page in pages]
    ends = [{line for line in (own[0], own[-1]) if own.count(line) == 1} for own in lines if own]
    edges = Counter(edge for own in ends for edge in set(map(_edge, own)))
    heads = {edge for edge, count in edges.items() if count >= max(_SEVERAL, len(pages) / 3)}
    return ["\n".join(_inner(own, heads)) for own in lines]


def _inner(lines: list[str], heads: set[str]) -> list[str]:
    if lines and _edge(lines[0]) in heads:
        lines = lines[1:]
    return lines[:-1] if lines and _edge(lines[-1]) in heads else lines


def _edge(line: str) -> str:
    return " ".join(_NUMBER.sub("#", line).split())


def _as_one_text(pages: list[str]) -> str:
    """The pages as one text: a sentence that continues over a page break stays one."""
    widths = sorted(len(line) for page in pages for line in page.splitlines() if line)
    full = 0.8 * widths[int(len(widths) * 0.9)] if widths else 0
    text = ""
    for page in pages:
        goes_on = _OPEN_END.search(text) and (page[0].islower() or _runs_over(text, page, full))
        text = _HYPHENATED.sub("", f"{text}\n{page}") if goes_on else f"{text}\n\n{page}"
    return text.strip()


def _runs_over(before: str, after: str, full: float) -> bool:
    """Whether a sentence runs over into a page that begins with a capital or a digit.

    Its last word cannot end it, or the lines on both sides are as long as others (``full``), as no heading is.
    """
    last, first = before.rpartition("\n")[2], after.partition("\n")[0]
    return _NEVER_LAST.search(last) is not None or (len(last) >= full and len(first) >= full)


def _paragraph_blocks(text: str, entries: Sequence[Span]) -> Iterator[Block]:
    """Stretches of lines; a line that ends a sentence and is shorter than its page's lines ends a paragraph.

    So does one that an entry of a list of references follows.
    """
    firsts = {entry[0] for entry in entries}
    lines = [(m.start(), m.end()) for m in re.finditer(r"[^\n]+", text)]
    widest = sorted(end - start for start, end in lines)[int(len(lines) * 0.9)] if lines else 0
    start: int | None = None
    for number, (begin, end) in enumerate(lines):
        start = begin if start is None else start
        after = lines[number + 1][0] if number + 1 < len(lines) else len(text)
        gap = text[end:after].count("\n") > 1
        short = end - begin < 0.8 * widest and text[begin:end].rstrip().endswith((".", "!", "?", "”", '"', ":"))
        if gap or short or after in firsts or number + 1 == len(lines):
            kind = BlockKind.REFERENCE if plain.lies_in((start, end), entries) else BlockKind.PARAGRAPH
            yield Block(kind=kind, span=(start, end))
            start = None


def _legal_text(value: str | None) -> str | None:
    return " ".join(legal(value or "").split()) or None
