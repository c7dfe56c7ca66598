"""Everything in a document that may be an attribution, before the tables of cues have their say."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from claims.extraction.direct import direct_speech, transcript
from claims.extraction.frames import Frame, frames
from claims.extraction.nouns import noun_frames
from claims.extraction.phrases import phrases
from claims.extraction.quotations import Quotation, quotations
from claims.extraction.sentences import Document, char_span
from claims.extraction.signed import signed
from claims.records import Span

# The longest sentence of 484 PolNeAR articles has 222 tokens; what is longer is noise, and the phrases under
# its words are counted in squares.
_LONGEST_SENTENCE = 300


@dataclass(frozen=True, slots=True)
class Candidate:
    """A frame with its content fitted to the quotation marks; ``quoted`` where the cue itself is inside some."""

    frame: Frame
    content: tuple[Span, ...]
    quoted: bool


def candidates(document: Document, quotes: Sequence[Quotation], speaks: Callable[[str], bool]) -> Iterator[Candidate]:
    """Every frame of the document that has a content, direct speech first."""
    starts = [quote.span[0] for quote in quotes]
    for frame in direct_speech(document, quotes, speaks):
        if frame.content:
            yield Candidate(frame, frame.content, False)
    for frame in chain(transcript(document), signed(document, quotes)):
        yield Candidate(frame, frame.content, False)
    for sentence in document.sentences:
        for frame in phrases(sentence):
            yield _fitted(frame, quotes, starts)
        if len(sentence.tokens) > _LONGEST_SENTENCE:
            continue
        for token in sentence.tokens:
            for frame in chain(frames(token), noun_frames(token)):
                if frame.content:
                    yield _fitted(frame, quotes, starts)


def quotes_of(document: Document) -> list[Quotation]:
    """The outermost quotations of a document."""
    return quotations(document.text, [block.span for block in document.blocks])


def _fitted(frame: Frame, quotes: Sequence[Quotation], starts: Sequence[int]) -> Candidate:
    around = _quotation_at(char_span(frame.anchor)[0], quotes, starts)
    if around is not None:
        inner = [_clipped(span, around.inner) for span in frame.content]
        return Candidate(frame, tuple(span for span in inner if span is not None), True)
    grown = [_grown(span, quotes, starts) for span in frame.content]
    return Candidate(frame, _merged(grown), False)


def _quotation_at(offset: int, quotes: Sequence[Quotation], starts: Sequence[int]) -> Quotation | None:
    place = bisect_right(starts, offset) - 1
    return quotes[place] if place >= 0 and offset < quotes[place].span[1] else None


def _clipped(span: Span, limits: Span) -> Span | None:
    start, end = max(span[0], limits[0]), min(span[1], limits[1])
    return (start, end) if start < end else None


def _grown(span: Span, quotes: Sequence[Quotation], starts: Sequence[int]) -> Span:
    """A content that cuts through a quotation takes in the whole of it, over as many sentences as it runs."""
    start, end = span
    first = _quotation_at(start, quotes, starts)
    if first is not None:
        start = first.span[0]
    last = _quotation_at(end - 1, quotes, starts)
    following = _quotation_at(end, quotes, starts)
    if last is None and following is not None and following.span[0] < end:
        last = following
    if last is not None and last.span[1] > end and last.span[0] >= start:
        end = last.span[1]
    return (start, end)


def _merged(spans: Sequence[Span]) -> tuple[Span, ...]:
    found: list[Span] = []
    for span in sorted(spans):
        if found and span[0] <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], span[1]))
        else:
            found.append(span)
    return tuple(found)


def moved(candidate: Candidate, content: tuple[Span, ...]) -> Candidate:
    """The same candidate over other words."""
    return replace(candidate, content=content)
