"""Removes markup and invisible characters from a page, or all but a few paragraphs, and maps the offsets."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from claims.extraction.text.blocks import paragraphs
from claims.records import Attribution, Change, Claim, Extraction, Page, Span, Unclaimed

# Characters that are not seen and part no words: zero-width spaces and joiners, soft hyphens, marks of direction.
INVISIBLE = re.compile("[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]+")

# The stars around bold words in a text that is no Markdown file.
_STARS = re.compile(r"(?<![\w*])(\*\*)(?=[^\s)\]])[^*\n]{1,500}(?<=[^\s(\[])(\*\*)(?![\w*])")


class BareWords:
    """A page as its reader sees it: ``page`` is without markup, `restored` leads an extraction back to the whole."""

    def __init__(self, page: Page) -> None:
        self._whole = page
        self._gone = list(_removed_spans(page))
        self._ends = [end for _, end in self._gone]
        cut = 0
        self._cuts: list[int] = []  # where each lies in the bare text
        self._lengths: list[int] = []  # what is gone up to and with each
        for start, end in self._gone:
            self._cuts.append(start - cut)
            cut += end - start
            self._lengths.append(cut)
        self.page = self._bare() if self._gone else page

    def _bare(self) -> Page:
        page, text, at = self._whole, [], 0
        for start, end in self._gone:
            text.append(page.text[at:start])
            at = end
        return replace(
            page,
            text="".join((*text, page.text[at:])),
            blocks=tuple(replace(item, span=self._moved(item.span)) for item in page.blocks),
            links=tuple(replace(item, span=self._moved(item.span)) for item in page.links),
            posts=tuple(replace(item, span=self._moved(item.span)) for item in page.posts),
            uncited=tuple(map(self._moved, page.uncited)),
            markup=(),
        )

    def _moved(self, span: Span) -> Span:
        return self._to_bare(span[0]), self._to_bare(span[1])

    def _to_bare(self, place: int) -> int:
        number = bisect_right(self._ends, place)
        gone = self._lengths[number - 1] if number else 0
        inside = place - self._gone[number][0] if number < len(self._gone) else 0
        return place - gone - max(inside, 0)

    def _to_whole(self, place: int, *, end: bool = False) -> int:
        number = bisect_right(self._cuts, place - 1 if end else place)
        return place + (self._lengths[number - 1] if number else 0)

    def _pieces(self, span: Span) -> Iterator[Span]:
        """A span of the bare text in the whole one, cut where something is gone; white space at a cut is left out."""
        first, last = bisect_right(self._cuts, span[0]), bisect_right(self._cuts, span[1] - 1)
        edges = [span[0], *self._cuts[first:last], span[1]]
        for start, end in pairwise(edges):
            words = self.page.text[start:end]
            if words.strip():
                begin = start + len(words) - len(words.lstrip())
                yield self._to_whole(begin), self._to_whole(begin + len(words.strip()), end=True)

    def _within(self, span: Span) -> Span:
        if span[0] >= span[1]:
            return (self._to_whole(span[0]),) * 2
        return self._to_whole(span[0]), self._to_whole(span[1], end=True)

    def restored(self, extraction: Extraction) -> Extraction:
        """What was found in the bare page, with the spans and words of the whole one."""
        if not self._gone:
            return extraction
        return replace(
            extraction,
            attributions=tuple(map(self._attribution, extraction.attributions)),
            claims=tuple(map(self._claim, extraction.claims)),
            unclaimed=tuple(
                Unclaimed(span=self._within(item.span), reason=item.reason) for item in extraction.unclaimed
            ),
        )

    def _attribution(self, attribution: Attribution) -> Attribution:
        return replace(
            attribution,
            source_spans=tuple(map(self._within, attribution.source_spans)),
            cue_spans=tuple(map(self._within, attribution.cue_spans)),
            content_spans=tuple(map(self._within, attribution.content_spans)),
        )

    def _claim(self, claim: Claim) -> Claim:
        spans = tuple(piece for span in claim.spans for piece in self._pieces(span))
        return replace(
            claim,
            article=self._whole.id,
            text=" ".join(self._whole.text[start:end] for start, end in spans),
            spans=spans,
            attribution=claim.attribution and self._attribution(claim.attribution),
            citations=tuple(replace(item, span=item.span and self._within(item.span)) for item in claim.citations),
            changes=tuple(self._change(item) for item in claim.changes),
        )

    def _change(self, change: Change) -> Change:
        return replace(change, span=self._within(change.span))


def _removed_spans(page: Page) -> Iterator[Span]:
    """The markup of a page and its invisible characters, in order and apart."""
    stars = [match.span(group) for match in _STARS.finditer(page.text) for group in (1, 2)]
    gone = sorted([*page.markup, *stars, *(match.span() for match in INVISIBLE.finditer(page.text))])
    at = 0
    for start, end in gone:
        if max(start, at) < end:
            yield max(start, at), end
            at = end


# Paragraphs kept around the words; no colon, speaker or outlet reaches further, nor the author of a post.
_BEFORE, _AFTER = 2, 1
_MOST_BEFORE = 2000  # characters; without paragraphs, a page would be kept from its start


def excerpt(page: Page, span: Span) -> tuple[Page, int]:
    """The page from a little before ``span`` to a little after it, and where that begins in the page's text.

    Blocks, links and posts that lie in it come along, their spans moved.
    """
    start, end = _bounds(page, span)

    def inside(other: Span) -> bool:
        return start <= other[0] and other[1] <= end

    def moved(other: Span) -> Span:
        return other[0] - start, other[1] - start

    cut = replace(
        page,
        text=page.text[start:end],
        blocks=tuple(replace(item, span=moved(item.span)) for item in page.blocks if inside(item.span)),
        links=tuple(replace(item, span=moved(item.span)) for item in page.links if inside(item.span)),
        posts=tuple(replace(item, span=moved(item.span)) for item in page.posts if inside(item.span)),
        markup=tuple(moved(span) for span in page.markup if inside(span)),
        uncited=tuple(moved(span) for span in page.uncited if inside(span)),
    )
    return cut, start


def _bounds(page: Page, span: Span) -> Span:
    blocks = page.blocks or [block for block, _ in paragraphs(page.text)]
    known = [block.span for block in blocks]
    touched = [place for place, (start, end) in enumerate(known) if start < span[1] and span[0] < end]
    if not touched:
        return span
    first = next(
        place
        for place in range(max(0, touched[0] - _BEFORE), touched[0] + 1)
        if place == touched[0] or span[0] - known[place][0] <= _MOST_BEFORE
    )
    start = min(span[0], known[first][0])
    last = min(touched[-1] + _AFTER, len(known) - 1)
    return max(start, span[0] - _MOST_BEFORE), min(max(span[1], known[last][1]), span[1] + _MOST_BEFORE)
