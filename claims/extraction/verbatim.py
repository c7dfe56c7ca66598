"""Lists the verbatim words of others on a page: its quotations and embedded posts."""

from __future__ import annotations

from claims.extraction.speech.candidates import quotes_of
from claims.extraction.text.document import Document
from claims.extraction.text.embedded_posts import embeds
from claims.records import Page, Span


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
