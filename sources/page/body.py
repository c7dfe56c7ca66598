"""Converts the tree of an extracted article body to text with exact spans.

The tree is trafilatura's (`p`, `head`, `list/item`, `quote`, `table/row/cell`); links and posts are taken from
the page's own tree and mapped onto the text, because an extraction that keeps links finds less of the article.
"""

from __future__ import annotations

import bisect
import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from claims.records import Block, BlockKind, Link, Page, Post, Reason, Span
from sources import urls
from sources.markup.charset import legal
from sources.markup.non_article import Piece, is_furniture, without_furniture
from sources.markup.tree import MARK_END, POST, lxml, walk
from sources.page import posts
from sources.references import html_marks

PARAGRAPH_BREAK = "\n\n"
_MARK = f"{POST}{{}}{MARK_END}"
_MARKED = re.compile(rf"{POST}(\d+){MARK_END}")
# Lengthens a short post so that the extraction does not drop it; removed again afterwards.
_FILLER = (
    " This is an embedded post, shown in the article as a quotation,"
    " which stands between its paragraphs, and is read with it."
)
_MOST_LOOKED_AT = 10**9  # letters compared in search of pieces out of order: about a second
# Each sentence costs time with every claim; the longest of 349 cited pages (WiCE dev) has 1,131.
_MOST_SENTENCES = 20_000
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*\s")
# Older sites separate paragraphs by two line breaks.
_EMPTY_LINE = re.compile(r"\n\s*\n")
_KINDS = {
    "head": BlockKind.HEADING,
    "quote": BlockKind.QUOTE,
    "item": BlockKind.ITEM,
    "row": BlockKind.ITEM,
}
_BLOCKS = frozenset({"p", "head", "quote", "item", "row", "code", "list", "table", "div", "fw"})
# The blocks of running text in a page's markup.
_WHOLE = ("h1", "h2", "h3", "h4", "h5", "h6", "p")


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """The text of an article with its blocks, links and posts."""

    text: str
    blocks: tuple[Block, ...]
    links: tuple[Link, ...]
    posts: tuple[Post, ...]
    uncited: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class _Anchor:
    start: int
    end: int
    href: str


def take_out_posts(tree: Any) -> list[posts.Embed]:
    """Replace every embedded post of the tree by a mark, in place; the n-th mark refers to the n-th post."""
    embeds: list[posts.Embed] = []
    for element in tree.xpath(f"//*[{posts.EMBEDS}]"):
        parent = element.getparent()
        embed = posts.read_embed(element) if parent is not None else None
        if embed is None:
            continue
        mark = element.makeelement("p")
        mark.text = _MARK.format(len(embeds)) + _FILLER
        mark.tail = element.tail
        _topmost(element).getparent().replace(_topmost(element), mark)
        embeds.append(embed)
    return embeds


def _topmost(element: Any) -> Any:
    """The outermost wrapper that holds nothing but this post: its class names would have it thrown away."""
    while True:
        parent = element.getparent()
        alone = parent is not None and parent.tag in ("div", "figure", "center", "span", "section", "aside")
        others = (
            [node for node in parent if node is not element and node.tag not in ("script", "style")] if alone else []
        )
        if not alone or others or (parent.text or "").strip() or parent.getparent() is None:
            return element
        if any((node.tail or "").strip() for node in parent):
            return element
        tail, parent.tail = parent.tail, parent.tail
        element = parent
        element.tail = tail


def read_body(
    tree: Any,
    body: Any,
    embeds: Sequence[posts.Embed],
    marks: list[html_marks.Mark],
    *,
    base: str | None,
    title: str | None,
) -> Body:
    """Text, blocks, links, reference marks and posts from the extraction's ``body`` and the page's ``tree``."""
    pieces = [Piece(kind, text, _MARKED.match(text) is not None) for kind, text in _tree_pieces(body)]
    line, anchors = _single_spaced(tree, base)
    spots = _piece_places(pieces, line)
    own = without_furniture(
        pieces, [_link_share(piece, spot, anchors) for piece, spot in zip(pieces, spots, strict=True)], title
    )
    return _composed([(pieces[n], spots[n]) for n in own], anchors, embeds, marks)


def parted(extracted: Any, root: Any) -> Any:
    """The extraction's body, split into the page's own blocks if it is one paragraph that joins several of them.

    For a very short page the extraction returns all words, including the headline, as one paragraph.
    """
    if len(extracted) != 1 or len(extracted[0]):
        return extracted
    words = "".join((extracted[0].text or "").split())
    blocks = [node for node in root.iter(*_WHOLE) if not any(True for _ in node.iterdescendants(*_WHOLE))]
    texts = ["".join(node.itertext()) for node in blocks]
    if len(blocks) < 2 or "".join("".join(text.split()) for text in texts) != words:
        return extracted
    etree = lxml()[1]
    whole = etree.Element("body")
    for node, text in zip(blocks, texts, strict=True):
        etree.SubElement(whole, "p" if node.tag == "p" else "head").text = legal(text)
    return whole


def from_words(words: str) -> Body:
    """A body from plain text in the page's metadata: every line is a paragraph, without links."""
    tidied = (_tidy(legal(html.unescape(line))) for line in words.splitlines())
    lines = [Piece(BlockKind.PARAGRAPH, text) for text in tidied if text]
    return _composed([(line, None) for line in lines if not is_furniture(line, 0.0)], (), (), [])


def _composed(
    placed: Sequence[tuple[Piece, int | None]],
    anchors: Sequence[_Anchor],
    embeds: Sequence[posts.Embed],
    marks: list[html_marks.Mark],
) -> Body:
    parts: list[str] = []
    length = 0
    blocks: list[Block] = []
    links: list[Link] = []
    shown_posts: list[Post] = []
    uncited: list[Span] = []
    for piece, spot in placed:
        embed = _embed_of(piece, embeds)
        bare, mark_places, removed = html_marks.cut_marks(_MARKED.sub("", piece.text), marks)
        words = embed.shown if embed else bare
        if words:
            start = length + (len(PARAGRAPH_BREAK) if parts else 0)
            length = start + len(words)
            parts.append(words)
            blocks.append(Block(kind=BlockKind.POST if embed else piece.kind, span=(start, length)))
        else:
            start = length
        if embed:
            span = (start, length)
            shown_posts.append(Post(handle=embed.handle, text=embed.text, span=span, date=embed.date, url=embed.url))
        else:
            links.extend(_shifted(_piece_links(piece.text, start, spot, anchors), start, removed))
            links.extend(link for place, mark in mark_places for link in mark.links(start + place))
            uncited += [(start + place,) * 2 for place, mark in mark_places if not mark.given]
    return Body(
        text=PARAGRAPH_BREAK.join(parts),
        blocks=tuple(blocks),
        links=tuple(links),
        posts=tuple(shown_posts),
        uncited=tuple(uncited),
    )


def _shifted(links: Iterator[Link], start: int, removed: Sequence[tuple[int, int]]) -> Iterator[Link]:
    """Links of a piece with their spans after the placeholders of marks were removed from it."""
    for link in links:
        first, last = (place - sum(size for at, size in removed if start + at < place) for place in link.span)
        if last > first:
            yield replace(link, span=(first, last))


def _embed_of(piece: Piece, embeds: Sequence[posts.Embed]) -> posts.Embed | None:
    mark = _MARKED.match(piece.text)
    return embeds[int(mark[1])] if mark and int(mark[1]) < len(embeds) else None


def _tree_pieces(body: Any) -> Iterator[tuple[BlockKind, str]]:
    """The blocks of the extraction's tree in order; text between blocks is a paragraph of its own."""
    kinds: list[BlockKind] = []
    buffer: list[str] = []

    def flush() -> Iterator[tuple[BlockKind, str]]:
        parts = [_tidy(part) for part in _EMPTY_LINE.split("".join(buffer))]
        buffer.clear()
        yield from ((kinds[-1] if kinds else BlockKind.PARAGRAPH, text) for text in parts if text)

    for event, node in walk(body):
        block = node.tag in _BLOCKS and node is not body
        if event == "start":
            if block:
                yield from flush()
                kinds.append(_KINDS.get(node.tag, kinds[-1] if kinds else BlockKind.PARAGRAPH))
            if node.tag == "lb":
                buffer.append("\n")
            if node.tag == "cell" and any(map(str.strip, buffer)):
                buffer.append(" | ")
            buffer.append((node.text or "").replace("\n", " "))
            continue
        if block:
            yield from flush()
            kinds.pop()
        if node is not body:
            buffer.append((node.tail or "").replace("\n", " "))
    yield from flush()


def _tidy(text: str) -> str:
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def _single_spaced(tree: Any, base: str | None) -> tuple[str, list[_Anchor]]:
    """The page's text in reading order without any blanks, and the places of its links in it."""
    pieces: list[str] = []
    anchors: list[_Anchor] = []
    open_at: list[tuple[Any, int]] = []
    length = 0

    def add(text: str | None) -> None:
        nonlocal length
        if text and (bare := "".join(text.split())):
            pieces.append(bare)
            length += len(bare)

    for event, node in walk(tree):
        if event == "start":
            if node.tag == "a":
                open_at.append((node, length))
            if node.tag not in ("script", "style", "noscript", "template"):
                add(node.text)
            continue
        if open_at and open_at[-1][0] is node:
            _, start = open_at.pop()
            href = urls.target(base, node.get("href") or "")
            if href and length > start:
                anchors.append(_Anchor(start, length, href))
        add(node.tail)
    return "".join(pieces), sorted(anchors, key=lambda anchor: anchor.start)


def _piece_places(pieces: Sequence[Piece], line: str) -> list[int | None]:
    """Where each piece is in the squeezed page: after the one before it if it can, else anywhere."""
    places: list[int | None] = []
    cursor = 0
    for piece in pieces:
        bare = "".join(piece.text.replace(" | ", "").split())
        spot = line.find(bare, cursor)
        if spot < 0 and len(pieces) * len(line) < _MOST_LOOKED_AT:
            spot = line.find(bare)
        places.append(spot if spot >= 0 else None)
        cursor = spot + len(bare) if spot >= cursor else cursor
    return places


def _link_share(piece: Piece, spot: int | None, anchors: Sequence[_Anchor]) -> float:
    """The share of a piece's letters that are link words."""
    length = sum(not letter.isspace() for letter in piece.text)
    if spot is None or not length:
        return 0.0
    inside = [(max(a.start, spot), min(a.end, spot + length)) for a in _anchors_within(anchors, spot, spot + length)]
    return sum(end - start for start, end in inside if end > start) / length


def _anchors_within(anchors: Sequence[_Anchor], start: int, end: int) -> list[_Anchor]:
    """The links that share a letter with a stretch; they are in order, and HTML does not nest them."""
    first = max(0, bisect.bisect_left(anchors, start, key=lambda anchor: anchor.start) - 1)
    last = bisect.bisect_left(anchors, end, key=lambda anchor: anchor.start)
    return [anchor for anchor in anchors[first:last] if anchor.end > start]


def _piece_links(text: str, start: int, spot: int | None, anchors: Sequence[_Anchor]) -> Iterator[Link]:
    """The links over a piece whose place in the page is known, with their spans in the final text."""
    if spot is None:
        return
    offsets = [place for place, letter in enumerate(text) if not letter.isspace()]
    for anchor in _anchors_within(anchors, spot, spot + len(offsets)):
        first, last = max(anchor.start - spot, 0), min(anchor.end - spot, len(offsets)) - 1
        if last >= first:
            yield Link(span=(start + offsets[first], start + offsets[last] + 1), href=anchor.href)


def shortened(page: Page) -> Page:
    """The page with the blocks of its first 20,000 sentences; one that has more is read in part."""
    ends = _SENTENCE_END.finditer(page.text)
    last = next(islice(ends, _MOST_SENTENCES - 1, None), None)
    if last is None or not page.text[last.end() :].strip():
        return page
    end = last.end()
    blocks = tuple(
        replace(block, span=(block.span[0], min(block.span[1], end))) for block in page.blocks if block.span[0] < end
    )
    return replace(page, blocks=blocks, partial=page.partial or Reason.TOO_LARGE)
