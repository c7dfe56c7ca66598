"""Lists the verbatim words of others on a page, and tells which of several attributions holds the others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from claims.extraction.speech.candidates import quotes_of
from claims.extraction.text.document import Document
from claims.extraction.text.embedded_posts import embeds
from claims.extraction.text.syntax import overlap
from claims.records import Attribution, Page, Span


def verbatim_spans(document: Document, page: Page) -> list[Span]:
    """Somebody's very words: quotations and posts, in order, what overlaps made one."""
    spans: list[Span] = []
    quotes = [quote.span for quote in quotes_of(document)]
    for start, end in sorted([*quotes, *(post.span for post in embeds(document, page))]):
        if spans and start < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return spans


@dataclass(frozen=True, slots=True)
class Said:
    """An attribution with where its first and last words stand."""

    attribution: Attribution
    start: int
    end: int


def extent(voice: Attribution) -> Said:
    """An attribution with where its first and last words stand."""
    spans = [*voice.content_spans, *voice.cue_spans, *voice.source_spans] or [(0, 0)]
    return Said(voice, min(span[0] for span in spans), max(span[1] for span in spans))


def outermost(voice: Attribution, others: Iterable[Attribution]) -> Attribution:
    """As in "Three have shown an interest, the council said": the council speaks, and tells what three do.

    "The road is shut, the police said, according to Reuters" is what the police said.
    """
    around = (other for other in others if not (voice.clausal and " " in other.cue.strip()))
    spans = voice.cue_spans
    return next((o for o in around if spans and all(overlap(o.content_spans, span) for span in spans)), voice)
