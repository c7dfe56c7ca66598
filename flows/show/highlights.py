"""The article cut at the edges of its claims: paragraphs of runs, each run under the claims that cover it.

Claims may nest, overlap and stand in several pieces; a run belongs to all of them and looks like the innermost.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from claims.records import Block, BlockKind, Claim, Page, Span
from flows.show.text import printable


@dataclass(frozen=True, slots=True, kw_only=True)
class TextRun:
    """A stretch of text: the numbers of the claims over it, innermost first, and of those that end with it."""

    text: str
    claims: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A block of the article as runs."""

    kind: BlockKind
    runs: tuple[TextRun, ...]

    @property
    def text(self) -> str:
        """Its words."""
        return "".join(run.text for run in self.runs)


def paragraphs(page: Page, claims: Sequence[Claim]) -> tuple[Paragraph, ...]:
    """The page's text as paragraphs of runs; claims are numbered from 1 in the order given."""
    marks = _marks(page.text, claims)
    found = []
    for block in _blocks(page):
        runs = tuple(_runs(page.text, block.span, marks))
        if any(run.text.strip() for run in runs):
            found.append(Paragraph(kind=block.kind, runs=runs))
    return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class _ClaimPiece:
    """One piece of a claim: ``last`` where the claim ends with it, ``size`` the length of the whole claim."""

    number: int
    span: Span
    size: int
    last: bool


def _marks(text: str, claims: Sequence[Claim]) -> list[_ClaimPiece]:
    """The pieces of all claims that lie in the text, in order."""
    marks = []
    for number, claim in enumerate(claims, start=1):
        pieces = sorted((max(start, 0), min(end, len(text))) for start, end in claim.spans)
        pieces = [piece for piece in pieces if piece[0] < piece[1]]
        size = sum(end - start for start, end in pieces)
        marks += [_ClaimPiece(number=number, span=piece, size=size, last=piece == pieces[-1]) for piece in pieces]
    return sorted(marks, key=lambda mark: mark.span)


def _blocks(page: Page) -> Iterator[Block]:
    """The page's blocks, and as paragraphs whatever text lies between them."""
    at = 0
    for block in page.blocks:
        yield from _between(page.text, (at, block.span[0]))
        yield block
        at = max(at, block.span[1])
    yield from _between(page.text, (at, len(page.text)))


def _between(text: str, span: Span) -> Iterator[Block]:
    """Text outside the blocks, cut at blank lines."""
    at = span[0]
    for piece in text[span[0] : span[1]].split("\n\n"):
        if piece.strip():
            yield Block(kind=BlockKind.PARAGRAPH, span=(at, at + len(piece)))
        at += len(piece) + 2


def _runs(text: str, span: Span, marks: Sequence[_ClaimPiece]) -> Iterator[TextRun]:
    """One block cut at every edge of a claim inside it."""
    inside = [mark for mark in marks if mark.span[0] < span[1] and mark.span[1] > span[0]]
    edges = {span[0], span[1]}
    for mark in inside:
        edges.update(edge for edge in mark.span if span[0] < edge < span[1])
    cuts = sorted(edges)
    for start, end in pairwise(cuts):
        over = sorted(
            (mark for mark in inside if mark.span[0] <= start and mark.span[1] >= end),
            key=lambda mark: (mark.size, -mark.number),
        )
        ends = sorted(mark.number for mark in over if mark.last and mark.span[1] == end)
        yield TextRun(
            text=printable(text[start:end]),
            claims=tuple(dict.fromkeys(mark.number for mark in over)),
            ends=tuple(ends),
        )
