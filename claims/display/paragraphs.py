"""Splits the article into paragraphs of runs, each with the claims that cover it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from claims.display.text import printable
from claims.highlights import TextRun, claim_pieces, text_runs
from claims.records import Block, BlockKind, Claim, Page, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A block of the article as runs."""

    kind: BlockKind
    runs: tuple[TextRun, ...]

    @property
    def text(self) -> str:
        """The text of all runs."""
        return "".join(run.text for run in self.runs)


def highlighted_paragraphs(page: Page, claims: Sequence[Claim]) -> tuple[Paragraph, ...]:
    """The page's text as paragraphs of runs; claims are numbered from 1 in the order given."""
    marks = claim_pieces(page.text, [claim.spans for claim in claims])
    paragraphs = []
    for block in _all_blocks(page):
        block_runs = text_runs(page.text, block.span, marks)
        runs = tuple(replace(run, text=printable(run.text)) for run in block_runs)
        if any(run.text.strip() for run in runs):
            paragraphs.append(Paragraph(kind=block.kind, runs=runs))
    return tuple(paragraphs)


def _all_blocks(page: Page) -> Iterator[Block]:
    """The page's blocks, and the text between them as paragraphs."""
    at = 0
    for block in page.blocks:
        yield from _loose_paragraphs(page.text, (at, block.span[0]))
        yield block
        at = max(at, block.span[1])
    yield from _loose_paragraphs(page.text, (at, len(page.text)))


def _loose_paragraphs(text: str, span: Span) -> Iterator[Block]:
    """Text outside the blocks, cut at blank lines."""
    at = span[0]
    for piece in text[span[0] : span[1]].split("\n\n"):
        if piece.strip():
            yield Block(kind=BlockKind.PARAGRAPH, span=(at, at + len(piece)))
        at += len(piece) + 2
