"""A page cut down to some of its words and the paragraphs around them, to be read as a page of its own."""

from __future__ import annotations

from dataclasses import replace

from claims.extraction.blocks import paragraphs
from claims.records import Page, Span

# Paragraphs that are kept around the words: before, a colon, a speaker or an outlet reaches no further than these;
# after, the line with the author of a post.
_BEFORE, _AFTER = 2, 1
_MOST_BEFORE = 2000  # characters; without paragraphs, a page would be kept from its start


def excerpt(page: Page, span: Span) -> tuple[Page, int]:
    """The page from a little before ``span`` to a little after it, and where that begins in the page's text.

    Blocks, links and posts that lie in it come along, their spans moved.
    """
    start, end = _bounds(page, span)

    def inside(other: Span) -> bool:
        return start <= other[0] and other[1] <= end

    def moved(other: Span) -> Span:
        return other[0] - start, other[1] - start

    cut = replace(
        page,
        text=page.text[start:end],
        blocks=tuple(replace(one, span=moved(one.span)) for one in page.blocks if inside(one.span)),
        links=tuple(replace(one, span=moved(one.span)) for one in page.links if inside(one.span)),
        posts=tuple(replace(one, span=moved(one.span)) for one in page.posts if inside(one.span)),
    )
    return cut, start


def _bounds(page: Page, span: Span) -> Span:
    blocks = page.blocks or [block for block, _ in paragraphs(page.text)]
    known = [block.span for block in blocks]
    touched = [place for place, (start, end) in enumerate(known) if start < span[1] and span[0] < end]
    if not touched:
        return span
    first = next(
        place
        for place in range(max(0, touched[0] - _BEFORE), touched[0] + 1)
        if place == touched[0] or span[0] - known[place][0] <= _MOST_BEFORE
    )
    start = min(span[0], known[first][0])
    last = min(touched[-1] + _AFTER, len(known) - 1)
    return max(start, span[0] - _MOST_BEFORE), max(span[1], known[last][1])
