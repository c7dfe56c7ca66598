"""Reads Markdown into the parts of a page. The text itself is not changed; its markup is listed."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from claims.records import Block, BlockKind, Span
from sources.formats.markdown_places import places
from sources.page.plain import Plain, front_matter, lies_in, read_plain


@dataclass(frozen=True, slots=True, kw_only=True)
class Markdown:
    """What could be read off a Markdown text: its parts, its markup, and whether that is only its beginning."""

    parts: Plain
    markup: tuple[Span, ...]
    cut: bool = False


def read_markdown(text: str) -> Markdown:
    """The blocks, links, posts, title and markup of a Markdown text; all spans are into ``text``.

    Reference marks and entries that give an address are what they are in plain text.
    """
    parts = read_plain(text)
    _, start = front_matter(text)
    layout = places(text, start)
    blocks = tuple(_laid_over(layout.blocks, parts))
    heading = next((block for block in blocks if block.kind is BlockKind.HEADING), None)
    marks = sorted([*(link.span for link in parts.links if link.mark), *parts.uncited])
    entries = [block.span for block in blocks if block.kind is BlockKind.REFERENCE]
    markup = tuple(span for span in layout.markup if not lies_in(span, marks) and not lies_in(span, entries))
    title = parts.fields.get("title") or (heading and _without_markup(text, heading.span, markup))
    return Markdown(
        parts=replace(parts, blocks=blocks, title=title or parts.title),
        markup=tuple(_without_marks(markup, marks)),
        cut=layout.cut,
    )


def _laid_over(blocks: Sequence[Block], parts: Plain) -> Iterator[Block]:
    """The blocks of the Markdown; entries of references and posts are those that plain text has."""
    entries = [block for block in parts.blocks if block.kind is BlockKind.REFERENCE]
    owned = sorted([*entries, *(Block(kind=BlockKind.POST, span=post.span) for post in parts.posts)], key=_block_start)
    spans = [block.span for block in owned]
    left = [block for block in blocks if not _overlaps_any(block.span, spans)]
    yield from sorted([*left, *owned], key=_block_start)


def _block_start(block: Block) -> int:
    return block.span[0]


def _overlaps_any(span: Span, others: Sequence[Span]) -> bool:
    place = bisect_right(others, span[1] - 1, key=lambda other: other[0]) - 1
    return place >= 0 and others[place][1] > span[0]


def _without_marks(markup: Sequence[Span], marks: Sequence[Span]) -> Iterator[Span]:
    """The markup without the reference marks in it."""
    for start, end in markup:
        first = bisect_right(marks, (start, start))
        at = start
        for mark in marks[first:]:
            if mark[0] >= end:
                break
            if at < mark[0]:
                yield at, mark[0]
            at = max(at, mark[1])
        if at < end:
            yield at, end


def _without_markup(text: str, span: Span, markup: Sequence[Span]) -> str:
    at = span[0]
    pieces: list[str] = []
    for start, end in markup:
        if span[0] <= start < span[1]:
            pieces.append(text[at:start])
            at = end
    return " ".join("".join((*pieces, text[at : span[1]])).split())
