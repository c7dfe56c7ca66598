"""The outlet that words were told to, or that reported them: "telling ABC News that", "via The Wall Street Journal"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import islice, takewhile

from claims.extraction.candidates import Candidate
from claims.extraction.sentences import Document, char_span
from claims.records import Mention, Span

# What may stand right before an outlet's name when words were said to it or through it.
_LEADING = """tell tells told telling teling with to on in via by for from at per cited citing quoted through and told
    interview writing wrote writes informed informing according"""
_ARTICLES = frozenset({"the", "a", "an", "state-run", "state", "russian", "britain's", "us", "its", "of"})


def outlet_of(
    candidate: Candidate, source: Sequence[Span], document: Document, mentions: Sequence[Mention]
) -> str | None:
    """The id of the outlet in the clause around the cue, outside of what was said; None where there is none."""
    sentence = document.sentence_at(char_span(candidate.frame.anchor)[0])
    if sentence is None:
        return None
    start, end = sentence.span
    first = bisect_left(mentions, start, key=lambda mention: mention.span[0])
    for mention in takewhile(lambda mention: mention.span[0] < end, islice(mentions, first, None)):
        if _touches(mention.span, candidate.content):
            continue
        if _touches(mention.span, source):
            if mention.certain:
                return mention.outlet.id
        elif _led(document.text[start : mention.span[0]]):
            return mention.outlet.id
    return None


def _touches(span: Span, others: Sequence[Span]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)


def _led(before: str) -> bool:
    words = before.lower().replace(",", " ").split()
    while words and words[-1] in _ARTICLES:
        words.pop()
    return bool(words) and words[-1] in _LEADING.split()
