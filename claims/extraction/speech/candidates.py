"""Lists all possible attributions of a document, before the cue tables are applied."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from claims.extraction.coreference.antecedents import human
from claims.extraction.speech.direct_speech import direct_speech, transcript
from claims.extraction.speech.layout import opening_label, signed
from claims.extraction.speech.phrase_frames import noun_frames, phrases
from claims.extraction.speech.verb_frames import Frame, frames
from claims.extraction.text.blocks import place_line_end
from claims.extraction.text.document import Document, char_span
from claims.extraction.text.quotations import Quotation, Stretches, quotations
from claims.records import BlockKind, Span

# The longest sentence of 484 PolNeAR articles has 222 tokens; what is longer is noise, and the phrases under
# its words are counted in squares.
_LONGEST_SENTENCE = 300
# What the parser makes of a subject behind a place line.
_BEHIND_PLACE = frozenset({"appos", "conj", "nsubj", "dep"})


@dataclass(frozen=True, slots=True)
class AttributionCandidate:
    """A frame with its content fitted to the quotation marks; ``quoted`` where the cue itself is inside some."""

    frame: Frame
    content: tuple[Span, ...]
    quoted: bool


# A label with its colon, and the word behind it where that has a capital, in so many characters.
_LABEL = re.compile(r"[^:\n]+:\s[A-Z]\w*")
_NEXT_WORD = 40


def candidates(
    document: Document, quotes: Sequence[Quotation], speaks: Callable[[str], bool]
) -> Iterator[AttributionCandidate]:
    """Every frame of the document with a content, direct speech first."""
    stretches = Stretches(quote.span for quote in quotes)
    for frame in direct_speech(document, quotes, speaks):
        if frame.content:
            yield AttributionCandidate(frame, frame.content, False)
    filed, _ = opening_label(document)
    labelled = (frame for frame in transcript(document) if not _stands_in(frame, filed))
    for frame in chain(labelled, signed(document, stretches)):
        yield AttributionCandidate(frame, frame.content, False)
    for sentence in document.sentences:
        block = document.blocks[sentence.block]
        place_end = place_line_end(document.text, block.span)
        around = (
            frame
            for frame in phrases(sentence)
            if not (_stands_in(frame, filed) or _is_in_title(frame, document.text, sentence.span[0]))
            and not (block.kind is BlockKind.ITEM and _is_topic(frame))
        )
        yield from (_fitted(frame, quotes, stretches) for frame in around)
        if len(sentence.tokens) > _LONGEST_SENTENCE:
            continue
        for token in sentence.tokens:
            for frame in chain(frames(token), noun_frames(token)):
                if frame.content and not _is_behind_semicolon(frame, document.text):
                    yield _fitted(_behind_place_line(_to_semicolon(frame, document.text), place_end), quotes, stretches)


def _stands_in(frame: Frame, label: Span) -> bool:
    return label[0] <= char_span(frame.anchor)[0] < label[1]


def _to_semicolon(frame: Frame, text: str) -> Frame:
    """The frame without what follows a semicolon: "She left, the port said; the mayor stayed"."""
    anchor = char_span(frame.anchor)[1]
    kept = tuple(span for span in frame.content if span[0] < anchor or ";" not in text[anchor : span[0]])
    return replace(frame, content=kept) if kept else frame


def _is_topic(frame: Frame) -> bool:
    """As in the item "Pool: shut from 1 January": a word before a colon that is nobody's name tells of what it is."""
    word = frame.source
    if word is None or frame.kind != "label" or word.ent_type_ in ("PERSON", "ORG") or human(word):
        return False
    return word.left_edge.i == word.i == frame.anchor.i - 1 and word.i <= word.sent.start + 1


def _is_behind_semicolon(frame: Frame, text: str) -> bool:
    """As in "The ferry sank; the mayor came to the quay": the parser takes the clause before for what is said."""
    return ";" in text[max(end for _, end in frame.content) : char_span(frame.anchor)[0]]


def _is_in_title(frame: Frame, text: str, start: int) -> bool:
    """Whether the label that opens a sentence at ``start`` is the first half of a title: "Dune: Part Two".

    The text has it with the colon and the word behind it within another sentence, too, where nobody begins to speak.
    """
    if frame.kind != "label":
        return False
    written = _LABEL.match(text, start, char_span(frame.anchor)[1] + _NEXT_WORD)
    return written is not None and re.search(rf"(?:\b[a-z]+|,) {re.escape(written.group())}\b", text) is not None


def _behind_place_line(frame: Frame, place_end: int) -> Frame:
    """The frame with the noun behind the place line for its source: Albany says nothing in "ALBANY — A senator said".

    The parser takes the place for the subject and the noun for its apposition.
    """
    source = frame.source
    if source is None or char_span(source)[0] >= place_end:
        return frame
    behind = (token for token in source.subtree if char_span(token)[0] >= place_end and token.dep_ in _BEHIND_PLACE)
    return replace(frame, source=next(behind, None))


def quotes_of(document: Document) -> list[Quotation]:
    """The outermost quotations of a document."""
    return quotations(document.text, [block.span for block in document.blocks])


def _fitted(frame: Frame, quotes: Sequence[Quotation], stretches: Stretches) -> AttributionCandidate:
    around = stretches.at(char_span(frame.anchor)[0])
    if around is not None:
        inner = [_clipped(span, quotes[around].inner) for span in frame.content]
        return AttributionCandidate(frame, tuple(span for span in inner if span is not None), True)
    grown = [_grown(span, stretches) for span in frame.content]
    return AttributionCandidate(frame, _merged_spans(grown), False)


def _clipped(span: Span, limits: Span) -> Span | None:
    start, end = max(span[0], limits[0]), min(span[1], limits[1])
    return (start, end) if start < end else None


def _grown(span: Span, stretches: Stretches) -> Span:
    """A content that cuts through a quotation takes in the whole of it, over as many sentences as it runs."""
    start, end = span
    first = stretches.around(start)
    if first is not None:
        start = first[0]
    last = stretches.around(end - 1)
    if last is not None and last[1] > end and last[0] >= start:
        end = last[1]
    return (start, end)


def _merged_spans(spans: Sequence[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span[0] <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], span[1]))
        else:
            merged.append(span)
    return tuple(merged)


def moved(candidate: AttributionCandidate, content: tuple[Span, ...]) -> AttributionCandidate:
    """The candidate with another content."""
    return replace(candidate, content=content)
