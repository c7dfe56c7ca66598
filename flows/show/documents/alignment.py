"""Finds the words of one text in another that has nearly the same words, such as an article in its Word file. Pure."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TypeAlias

from claims.records import Span

_LINE = re.compile(r"[^\n]+")
_TOKEN = re.compile(r"\w+|[^\w\s]")
# Words that take up this many times their length in the other text have other words between them there.
_LONGEST = 2

Token: TypeAlias = tuple[str, Span]  # a word or a sign, and its place in the text


@dataclass(frozen=True, slots=True, kw_only=True)
class TextMap:
    """For the words of a text that the other text has too: their places, in order, and those in the other text."""

    places: tuple[Span, ...] = ()
    others: tuple[Span, ...] = ()

    def stretch(self, span: Span) -> Span | None:
        """Where the words at a span stand in the other text; None if they are not there, or far apart."""
        first = bisect_left(self.places, (span[0], span[0]))
        last = bisect_left(self.places, (span[1], span[1]))
        if first == last:
            return None
        start, end = self.others[first][0], self.others[last - 1][1]
        return None if end - start > _LONGEST * (span[1] - span[0]) else (start, end)


def aligned(text: str, other: str) -> TextMap:
    """Map the words of a text to another text: whole lines first, then the words of the lines that differ."""
    pairs: list[tuple[Token, Token]] = []
    lines, other_lines = _token_lines(text), _token_lines(other)
    for same, a, b in _common_slices([_words(line) for line in lines], [_words(line) for line in other_lines]):
        left, right = ([token for line in some for token in line] for some in (lines[a], other_lines[b]))
        pairs += zip(left, right, strict=True) if same else _matching(left, right)
    return TextMap(places=tuple(token[1] for token, _ in pairs), others=tuple(token[1] for _, token in pairs))


def _token_lines(text: str) -> list[list[Token]]:
    """The words of every line that has some."""
    lines = (
        [(token[0], token.span()) for token in _TOKEN.finditer(text, *line.span())] for line in _LINE.finditer(text)
    )
    return [line for line in lines if line]


def _words(tokens: Sequence[Token]) -> tuple[str, ...]:
    return tuple(word for word, _ in tokens)


def _matching(left: Sequence[Token], right: Sequence[Token]) -> Iterator[tuple[Token, Token]]:
    for same, a, b in _common_slices(_words(left), _words(right)):
        if same:
            yield from zip(left[a], right[b], strict=True)


def _common_slices(left: Sequence[object], right: Sequence[object]) -> Iterator[tuple[bool, slice, slice]]:
    """The stretches of two sequences that are the same or were replaced, in order."""
    for kind, a, a_end, b, b_end in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if kind in ("equal", "replace"):
            yield kind == "equal", slice(a, a_end), slice(b, b_end)
