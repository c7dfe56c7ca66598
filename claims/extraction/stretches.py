"""Stretches of a text in order, quotations above all, and which of them a character stands in."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from claims.records import Span


class Stretches:
    """Spans by their starts; of those that overlap, the last one to begin before a character is asked."""

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
