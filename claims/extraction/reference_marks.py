"""What a reference mark ("[3]") stands for: the words between it and the mark before it, within its paragraph."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from claims.extraction.text.document import Document
from claims.records import Link, Page, Span

_BETWEEN = " \t\n.,;:!?)\"'’”»"  # what may stand between a word and its mark


@dataclass(frozen=True, slots=True)
class Referred:
    """A mark and its ``reach``: the words that lean on what it leads to."""

    link: Link
    reach: Span

    def stands_for(self, spans: Sequence[Span], text: str) -> bool:
        """Whether the word right before the mark is one of a claim's words."""
        word = self.reach[0] + len(text[slice(*self.reach)].rstrip(_BETWEEN)) - 1
        return any(start <= word < end for start, end in spans)

    def reaches(self, spans: Sequence[Span]) -> bool:
        """Whether a claim's last word lies between the mark and the one before."""
        return bool(spans) and self.reach[0] < spans[-1][1] <= self.reach[1]


def leading(marks: Sequence[Referred], spans: Sequence[Span], text: str) -> list[Referred]:
    """The marks of a claim: those behind one of its words, else the next one behind all of them."""
    return [one for one in marks if one.stands_for(spans, text)] or [one for one in marks if one.reaches(spans)]


def referred(document: Document, page: Page) -> list[Referred]:
    """The marks of a page in order, each with its reach; marks that stand side by side share theirs."""
    starts = [block.span[0] for block in document.blocks]
    found: list[Referred] = []
    before: Referred | None = None
    for link in sorted((one for one in page.links if one.mark), key=lambda one: one.span):
        place = link.span[0]
        number = bisect_left(starts, max(place, 1)) - 1
        start = starts[number] if number >= 0 else 0
        if before is not None and before.link.span[1] > start:
            beside = not document.text[before.link.span[1] : place].strip(" ,;.")
            start = before.reach[0] if beside else before.link.span[1]
        before = Referred(link, (start, place))
        found.append(before)
    return found


def between_marks(spans: Sequence[Span], marks: Sequence[Span], text: str) -> tuple[Span, ...]:
    """The spans of a claim without the marks in them, which are in order; white space at a cut is left out."""
    kept: list[Span] = []
    for start, end in spans:
        at = start
        first = bisect_right(marks, (start, start))
        for mark in marks[first : bisect_left(marks, (end, end))]:
            kept.append((at, mark[0]))
            at = max(at, mark[1])
        kept.append((at, end))
    return tuple(cut for span in kept if (cut := _trimmed(span, text)) is not None)


def _trimmed(span: Span, text: str) -> Span | None:
    words = text[span[0] : span[1]]
    start = span[0] + len(words) - len(words.lstrip())
    return (start, start + len(words.strip())) if words.strip() else None
