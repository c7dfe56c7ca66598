"""Splits a text at the boundaries of claims or other marks, so that each run can be shown with those that cover it.

Claims may nest, overlap and consist of several pieces; a run belongs to all claims that cover it and is shown in the
style of the innermost.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from claims.records import Claim, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class TextRun:
    """A stretch of text: the numbers of the claims over it, innermost first, and of those that end with it."""

    text: str
    claims: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimPiece:
    """One piece of a claim: ``last`` where the claim ends with it, ``size`` the length of the whole claim."""

    number: int
    span: Span
    size: int
    last: bool


def claim_pieces(text: str, claims: Sequence[Sequence[Span]]) -> list[ClaimPiece]:
    """The pieces of all claims that lie in the text, in order; claims are numbered from 1 in the order given."""
    pieces = []
    for number, spans in enumerate(claims, start=1):
        inside = sorted((max(start, 0), min(end, len(text))) for start, end in spans)
        inside = [span for span in inside if span[0] < span[1]]
        size = sum(end - start for start, end in inside)
        pieces += [ClaimPiece(number=number, span=span, size=size, last=span == inside[-1]) for span in inside]
    return sorted(pieces, key=lambda piece: piece.span)


def text_runs(text: str, within: Span, marks: Sequence[ClaimPiece]) -> Iterator[TextRun]:
    """A stretch of the text cut at every edge of a claim inside it; joined, the runs are the stretch again."""
    inside = [mark for mark in marks if mark.span[0] < within[1] and mark.span[1] > within[0]]
    for start, end in _uncut_spans(within, [mark.span for mark in inside]):
        over = sorted(
            (mark for mark in inside if mark.span[0] <= start and mark.span[1] >= end),
            key=lambda mark: (mark.size, -mark.number),
        )
        ends = sorted(mark.number for mark in over if mark.last and mark.span[1] == end)
        yield TextRun(text=text[start:end], claims=tuple(dict.fromkeys(mark.number for mark in over)), ends=tuple(ends))


def layered(text: str, within: Span, layers: Mapping[str, Sequence[Span]]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """A stretch of the text cut at every edge of a mark, each piece with the names of the layers over it.

    Joined, the pieces are the stretch again.
    """
    for start, end in _uncut_spans(within, [span for spans in layers.values() for span in spans]):
        over = tuple(name for name, spans in layers.items() if any(a <= start and end <= b for a, b in spans))
        yield text[start:end], over


def in_article(claim: Claim, spans: Iterable[Span]) -> Iterator[Span]:
    """Spans of a claim's text as spans of its article; one that reaches over two pieces of the claim is divided."""
    for start, end in spans:
        for place, (first, last) in _placed_pieces(claim):
            left, right = max(start, place), min(end, place + last - first)
            if left < right:
                yield first + left - place, first + right - place


def marked_claim(claim: Claim, marks: Iterable[Span]) -> list[tuple[str, bool]]:
    """A claim's words in pieces, each with whether the article's spans ``marks`` cover it."""
    own = [
        (max(start, first) - first + place, min(end, last) - first + place)
        for start, end in marks
        for place, (first, last) in _placed_pieces(claim)
        if start < last and end > first
    ]
    return [(text, bool(over)) for text, over in layered(claim.text, (0, len(claim.text)), {"marked": own})]


def _placed_pieces(claim: Claim) -> Iterator[tuple[int, Span]]:
    """The claim's pieces in the article, each with its place in the claim's text, where one space joins them."""
    place = 0
    for start, end in claim.spans:
        yield place, (start, end)
        place += end - start + 1


def _uncut_spans(within: Span, marks: Iterable[Span]) -> Iterator[Span]:
    """The stretches of ``within`` between one edge of a mark in it and the next."""
    edges = {*within, *(edge for mark in marks for edge in mark if within[0] < edge < within[1])}
    return pairwise(sorted(edges))
