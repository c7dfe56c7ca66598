"""Finds the words in which two similar texts differ, and the places of given words in a text. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from claims.records import Span

# Texts with fewer words in common are told apart by no mark: nearly every word would have one. Set by hand on the
# pairs of tests/test_word_marks.py.
_ALIKE = 0.5
_WORD = re.compile(r"\w+(?:[.,:’'\-]\w+)*%?")


def differing(ours: str, spans: Sequence[Span], theirs: str) -> tuple[list[Span], list[Span]]:
    """The words of ``ours`` (within ``spans``) and of ``theirs`` that the other one does not have in that place.

    Nothing on either side where the two are not alike. Case does not count.
    """
    left = [word for span in spans for word in _folded_words(ours, span)]
    right = list(_folded_words(theirs, (0, len(theirs))))
    matcher = SequenceMatcher(None, [word for word, _ in left], [word for word, _ in right], autojunk=False)
    if matcher.ratio() < _ALIKE:
        return [], []
    changed = [code for code in matcher.get_opcodes() if code[0] != "equal"]
    return (
        [span for _, start, end, _, _ in changed for span in _stretches(ours, left[start:end])],
        [span for _, _, _, start, end in changed for span in _stretches(theirs, right[start:end])],
    )


def word_places(text: str, within: Sequence[Span], words: str) -> list[Span]:
    """The spans of ``words`` as whole words in these spans of a text, ignoring case."""
    if not words.strip():
        return []
    pattern = re.compile(rf"(?<!\w){re.escape(words.strip())}(?!\w)", re.IGNORECASE)
    return [match.span() for start, end in within for match in pattern.finditer(text, start, end)]


def _stretches(text: str, words: Sequence[tuple[str, Span]]) -> Iterator[Span]:
    """The words as stretches: those with nothing but a blank between them are one."""
    held: Span | None = None
    for _, (start, end) in words:
        if held and text[held[1] : start] != " ":
            yield held
            held = None
        held = (held[0] if held else start, end)
    if held:
        yield held


def _folded_words(text: str, span: Span) -> Iterator[tuple[str, Span]]:
    for match in _WORD.finditer(text, *span):
        yield match[0].casefold(), match.span()
