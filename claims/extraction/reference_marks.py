"""Determines the words that a reference mark ("[3]") supports: those since the previous mark in its paragraph."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from claims.extraction.text.document import Document
from claims.lexicon.quantities import MONTHS
from claims.records import Link, Page, Span

_BETWEEN = " \t\n.,;:!?)\"'’”»"  # what may stand between a word and its mark
# What is no mark that could be read: a bracket behind a clause ("[see the table].", "(see note D)", "(Ray 17)."), or
# digits behind a full stop ("in May.2 The"); but
# neither a date nor what an editor puts into somebody's words: "(May 2020)", "[sic]", "[the mayor]".
_UNREAD = re.compile(
    r"(?:[\[{](?!(?:sic|emphasis|an?|he|her|his|it|its|she|that|the|their|they|this|we)\b)[^\[\]{}\n]{1,80}[\]}]"
    rf"|\((?!(?:{'|'.join(MONTHS)})\b)(?-i:[A-Z])[^()\n]{{1,80}} \d{{1,4}}[a-z]?\))"
    r"(?=[.,;:!?]|\s*\Z|\s+[A-Z\n])"
    r"|(?<=[a-z]{2}[.!?])\d{1,3}(?=\s+(?-i:[A-Z])|\s*\Z)"
    r"|\((?:see|cf\.|(?:foot|end)?notes?|pers(?:\.|onal) comm)\b[^()\n]{0,80}\)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Referred:
    """A mark and its ``reach``: the words that rely on its source; ``link`` is None if it has no address."""

    link: Link | None
    span: Span
    reach: Span

    def stands_for(self, spans: Sequence[Span], text: str) -> bool:
        """Whether the word directly before the mark belongs to a claim."""
        word = self.reach[0] + len(text[slice(*self.reach)].rstrip(_BETWEEN)) - 1
        return any(start <= word < end for start, end in spans)

    def reaches(self, spans: Sequence[Span]) -> bool:
        """Whether a claim's last word is between the previous mark and this one."""
        return bool(spans) and self.reach[0] < spans[-1][1] <= self.reach[1]


def leading(marks: Sequence[Referred], spans: Sequence[Span], text: str, *, linked: bool) -> list[Referred]:
    """The marks of a claim: those directly after one of its words, else the next one after all of them.

    A claim with a link of its own has its source, and does not rely on a later mark.
    """
    standing = [mark for mark in marks if mark.stands_for(spans, text)]
    return standing or [mark for mark in marks if not linked and mark.reaches(spans)]


def referred(document: Document, page: Page) -> list[Referred]:
    """The marks of a page in order, each with its reach, which adjacent marks share.

    What stands before a bracket that may be a mark of another form does not rely on the next mark.
    """
    starts = [block.span[0] for block in document.blocks]
    result: list[Referred] = []
    before: Referred | None = None
    marks: list[tuple[Span, Link | None]] = [(link.span, link) for link in page.links if link.mark]
    marks += [(span, None) for span in page.uncited]
    marks.sort(key=lambda mark: mark[0])
    unread = _unread_brackets(document.text, [span for span, _ in marks]) if marks else []
    for span, link in marks:
        place = span[0]
        number = bisect_left(starts, max(place, 1)) - 1
        start = starts[number] if number >= 0 else 0
        if before is not None and before.span[1] > start:
            beside = not document.text[before.span[1] : place].strip(" ,;.")
            start = before.reach[0] if beside else before.span[1]
        closed = bisect_right(unread, place) - 1
        start = max(start, unread[closed]) if closed >= 0 else start
        before = Referred(link, span, (start, place))
        result.append(before)
    return result


def _unread_brackets(text: str, marks: Sequence[Span]) -> list[int]:
    """Where brackets end that may be marks and are none of ``marks``, which are in order."""
    brackets = [match.span() for match in _UNREAD.finditer(text)]
    befores = [bisect_left(marks, (end, end)) - 1 for _, end in brackets]
    return [
        end for (start, end), number in zip(brackets, befores, strict=True) if number < 0 or marks[number][1] <= start
    ]


def mark_spans(page: Page) -> list[Span]:
    """Where the marks of a page stand, with and without an address."""
    return [*(link.span for link in page.links if link.mark), *page.uncited]


def between_marks(spans: Sequence[Span], marks: Sequence[Span], text: str) -> tuple[Span, ...]:
    """The spans of a claim without the marks in them, which are in order; white space at a cut is left out."""
    pieces: list[Span] = []
    for start, end in spans:
        at = start
        first = bisect_right(marks, (start, start))
        for mark in marks[first : bisect_left(marks, (end, end))]:
            pieces.append((at, mark[0]))
            at = max(at, mark[1])
        pieces.append((at, end))
    return tuple(trimmed for span in pieces if (trimmed := _trimmed(span, text)) is not None)


def _trimmed(span: Span, text: str) -> Span | None:
    words = text[span[0] : span[1]]
    start = span[0] + len(words) - len(words.lstrip())
    return (start, start + len(words.strip())) if words.strip() else None
