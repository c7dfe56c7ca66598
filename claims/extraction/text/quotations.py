"""Finds the text between quotation marks of any style."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from claims.records import Span

# Marks that always open, that always close, and the straight ones that may do either. Two apostrophes in a
# row, and the back-quote pair of old wire copy, count as one mark.
# The marks that a quotation begins or ends with, as the tokenizer leaves them.
DOUBLE_QUOTES = frozenset('"“”«»„')
_OPENERS = ("“", "„", "«", "‹", "「", "``")
_CLOSERS = ("”", "»", "›", "」")
# No quotation holds more marks than that; noise may.
_FARTHEST = 100
_MARK = re.compile(r"“|”|„|«|»|‹|›|「|」|``|''|’’|\"")
# Single marks, as half of the English press writes them. One opens behind a space and before a word (no "’90s"); one
# closes behind a sign of punctuation, or else behind a word, where it may also be an apostrophe ("the workers’ pay").
_SINGLE_OPENER = re.compile(r"(?<![\w'’‘.,!?])['‘](?!['’‘])(?=[A-Z(\[…]|[a-z](?!\w?['’])|\w{2}|[“\"£$€\d])")
_SINGLE_CLOSER = re.compile(r"(?<=[^\s'’‘])['’](?!['’\w])")
_ELIDED = re.compile(r"['‘](?:\d0s|\d\d\b|em\b|til\b|tis\b|twas\b|cause\b|n\b|bout\b|round\b)", re.IGNORECASE)
_FULL = frozenset(",.?!…—–")


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """The text between two quotation marks; ``span`` includes the marks.

    ``closed`` is False if the paragraph ends before the quotation does. ``continues`` is True if it takes
    up the quotation that the paragraph before left open.
    """

    span: Span
    inner: Span
    closed: bool = True
    continues: bool = False


@dataclass(frozen=True, slots=True)
class _QuotationMark:
    span: Span
    opens: bool
    closes: bool


def quotations(text: str, paragraphs: Iterable[Span]) -> list[Quotation]:
    """The outermost quotations of each paragraph, in order. A mark that never closes ends with its paragraph."""
    result: list[Quotation] = []
    open_before = False
    for paragraph in paragraphs:
        in_this = _outermost([*_in_paragraph(text, paragraph, open_before), *_single_quotations(text, paragraph)])
        if in_this and open_before and in_this[0].span[0] == paragraph[0]:
            in_this[0] = replace(in_this[0], continues=True)
        open_before = bool(in_this) and not in_this[-1].closed
        result += in_this
    return result


def _in_paragraph(text: str, paragraph: Span, open_before: bool) -> Iterator[Quotation]:
    marks = _marks(text, paragraph)
    if open_before and marks and marks[0].closes and not marks[0].opens:
        # The line before left a quotation open, and here it is closed without being opened again.
        yield Quotation(span=(paragraph[0], marks[0].span[1]), inner=(paragraph[0], marks[0].span[0]))
        marks = marks[1:]
    last_closing = max((i for i, mark in enumerate(marks) if mark.closes and not mark.opens), default=-1)
    place = 0
    while place < len(marks):
        opening = marks[place]
        if not opening.opens:
            place += 1
            continue
        closing = _closing_mark(marks, place, text)
        if closing is not None:
            end = marks[closing].span
            yield Quotation(span=(opening.span[0], end[1]), inner=(opening.span[1], end[0]))
            place = closing + 1
            continue
        if place > last_closing and _begins(text, opening):
            span = (opening.span[0], paragraph[1])
            yield Quotation(span=span, inner=(opening.span[1], paragraph[1]), closed=False)
            return
        place += 1


def _single_quotations(text: str, paragraph: Span) -> Iterator[Quotation]:
    """The quotations between single marks, each from its opener to the mark that closes it for certain.

    The first mark behind punctuation closes; a mark behind a word does where that word is no plural's owner, or where
    no other mark comes before the next opener. An opener that nothing closes is an apostrophe.
    """
    start, end = paragraph
    place = start
    while (opener := _SINGLE_OPENER.search(text, place, end)) is not None:
        place = opener.end()
        if _ELIDED.match(text, opener.start()):
            continue
        sign = "’" if opener.group() == "‘" else "'"
        closing = _single_closing(text, opener.end(), end, sign)
        if closing is not None:
            yield Quotation(span=(opener.start(), closing + 1), inner=(opener.end(), closing))
            place = closing + 1


def _single_closing(text: str, start: int, end: int, sign: str) -> int | None:
    doubtful: int | None = None
    for match in _SINGLE_CLOSER.finditer(text, start, end):
        if match.group() != sign:
            continue
        last = text[match.start() - 1]
        if last in _FULL or last in '”"':
            return match.start()
        if last.lower() != "s":
            return match.start() if doubtful is None or last.isalnum() else doubtful
        doubtful = doubtful if doubtful is not None else match.start()
    return doubtful


def _outermost(candidates: Iterable[Quotation]) -> list[Quotation]:
    """Quotations in order, without those that begin inside another."""
    outer: list[Quotation] = []
    for candidate in sorted(candidates, key=lambda quotation: quotation.span):
        if not outer or candidate.span[0] >= outer[-1].span[1]:
            outer.append(candidate)
    return outer


def _marks(text: str, paragraph: Span) -> list[_QuotationMark]:
    """The marks, each with what it can do here: a straight one opens before a word and closes after one."""
    start, end = paragraph
    marks: list[_QuotationMark] = []
    depth = 0
    for match in _MARK.finditer(text, start, end):
        before = text[match.start() - 1] if match.start() > start else " "
        after = text[match.end()] if match.end() < end else " "
        sign = match.group()
        tail = not before.isspace() and (after.isspace() or after in ",.;:)—–-")
        if sign in _OPENERS:
            # Some writers close with the opening mark.
            marks.append(_QuotationMark(match.span(), not tail, tail))
        elif sign in ("»", "›") and not after.isspace() and not before.isalnum() and not tail:
            # »Reversed«, as German and Danish papers have them.
            marks.append(_QuotationMark(match.span(), True, False))
        elif sign == "”" and match.start() == start and after.isalpha() and "”" in text[match.end() : end]:
            # The wrong mark at the head of a paragraph that another one closes.
            marks.append(_QuotationMark(match.span(), True, False))
        elif sign in _CLOSERS or sign == "’’":
            marks.append(_QuotationMark(match.span(), False, True))
        elif before.isspace() and after.isspace():
            # A mark that floats between spaces closes what is open; a lone one is a stray sign.
            marks.append(_QuotationMark(match.span(), False, True))
        elif not (sign == '"' and before.isdigit() and depth <= 0):
            opens = before.isspace() or before in "([{—–-/“'‘:" or not (after.isspace() or before.isalnum())
            closes = after.isspace() or not (after.isalnum() or after in "[($#@")
            marks.append(_QuotationMark(match.span(), opens and not after.isspace(), closes and not before.isspace()))
        depth += marks[-1].opens - marks[-1].closes if marks and marks[-1].span == match.span() else 0
    return marks


def _closing_mark(marks: list[_QuotationMark], place: int, text: str) -> int | None:
    """The mark that closes what the mark at ``place`` opened; quotations inside are passed over."""
    sign = text[slice(*marks[place].span)]
    depth = 0
    for other in range(place + 1, min(place + _FARTHEST, len(marks))):
        mark = marks[other]
        same = text[slice(*mark.span)] == sign
        if sign in ('"', "''") and same:
            # A straight mark has no direction: the next one that can close does.
            if mark.closes:
                return other
        elif mark.closes and (sign not in ('"', "''") or text[slice(*mark.span)] in _CLOSERS):
            if depth == 0:
                return other
            depth -= 1
        elif mark.opens:
            depth += 1
    return None


def _begins(text: str, opening: _QuotationMark) -> bool:
    """Whether a mark without a partner begins a quotation: it does where a word follows."""
    after = text[opening.span[1] : opening.span[1] + 1]
    return after.isalnum() or (after != "" and after in "[…‘'($@#")


class Stretches:
    """Spans sorted by their starts; of overlapping spans, the last one that begins before a character counts."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self.spans = sorted(spans)
        self._starts = [start for start, _ in self.spans]

    def at(self, offset: int) -> int | None:
        """The index of the span that the character at ``offset`` is in."""
        place = bisect_right(self._starts, offset) - 1
        return place if place >= 0 and offset < self.spans[place][1] else None

    def around(self, offset: int) -> Span | None:
        """The span that the character at ``offset`` is in."""
        place = self.at(offset)
        return self.spans[place] if place is not None else None

    def hold(self, offset: int) -> bool:
        """Whether the character at ``offset`` is in one of them."""
        return self.at(offset) is not None

    def near(self, span: Span) -> list[Span]:
        """Those that begin in ``span``, and the last one that begins before it."""
        first = max(bisect_right(self._starts, span[0]) - 1, 0)
        return self.spans[first : bisect_left(self._starts, span[1])]
