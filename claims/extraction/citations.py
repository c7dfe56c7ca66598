"""What each claim leans on: links, named outlets, broadcasters, posts, documents, and how far each reaches.

A citation reaches the sentence that it stands in. A line that ends in a colon hands its own down to the block
that it introduces; a block quotation takes those of the sentence before it; the same speaker goes on with the
same interview, sentence by sentence, as far as the next paragraph.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

from claims.extraction.coreference.antecedents import one_name
from claims.extraction.text.document import Document, ParsedBlock, Sentence
from claims.extraction.text.embedded_posts import embeds, status_handle
from claims.extraction.text.syntax import lemma, phrase, spans
from claims.lexicon.citing import (
    AFTER,
    BACK,
    BARE_ADDRESS,
    DATELINE,
    DOCUMENTS,
    LEANING,
    MEDIA,
    NO_SOURCE,
    SPOKEN,
    VIA,
    WRITTEN,
)
from claims.records import (
    Attribution,
    BlockKind,
    Citation,
    CitationKind,
    Link,
    Mention,
    OutletDirectory,
    Page,
    Post,
    Span,
)

if TYPE_CHECKING:
    from spacy.tokens import Token

_T = TypeVar("_T")
_REACH = 90
_LONGEST_DOCUMENT = 12
# "This post", "our analysis": the article itself.
_OWN = frozenset({"this", "these", "our", "my"})
_HANDED_KINDS = (BlockKind.QUOTE, BlockKind.ITEM, BlockKind.POST)


@dataclass(frozen=True, slots=True)
class _Found:
    """A citation; a ``local`` one (a link on some words) belongs only to the claims whose words carry it."""

    citation: Citation
    local: bool = False


@dataclass(slots=True)
class _Carried:
    """What was last cited, for whom, and in which block it was last taken up."""

    citations: tuple[Citation, ...]
    speaker: str | None
    block: int
    written: bool


class Leanings:
    """What the sentences of a page lean on, asked in reading order (each sentence once, then its claims)."""

    def __init__(self, document: Document, page: Page, outlets: OutletDirectory) -> None:
        self._document, self._page, self._outlets = document, page, outlets
        self._mentions = list(outlets.mentions(document.text))
        self._mention_starts = [mention.span[0] for mention in self._mentions]
        self._links = sorted([*page.links, *_bare_links(document.text, page.links)], key=lambda link: link.span)
        self._link_starts = [link.span[0] for link in self._links]
        self._posts = embeds(document, page)
        self._handed: tuple[Citation, ...] = ()
        self._until = (-1, False)
        self._carried: _Carried | None = None
        self._own: list[_Found] = []
        self._given: tuple[Citation, ...] = ()

    def enter(self, sentence: Sentence, said: Sequence[Attribution]) -> None:
        """Go on to the next sentence; ``said`` are the attributions whose words stand in it."""
        block = self._document.blocks[sentence.block]
        self._own = _merged([*self._linked(sentence), *self._named(sentence, said), *self._written(sentence, said)])
        scope = tuple(found.citation for found in self._own if not found.local)
        handed = self._handed if self._in_reach(block) else ()
        speaker = next((a.speaker for a in said if a.speaker and not a.anonymous), None)
        self._given = _distinct((*handed, *(self._carry(sentence, block, speaker) if not scope else ())))
        if scope:
            written = any(citation.kind is not CitationKind.BROADCAST for citation in scope)
            self._carried = _Carried(scope, speaker, sentence.block, written)
        if self._document.words(sentence.span).rstrip().endswith(":"):
            self._hand_down(sentence, block, scope)

    def of(self, spans: Sequence[Span], *, voiced: bool, passing: bool = False) -> tuple[Citation, ...]:
        """What a claim of the sentence just entered leans on; ``spans`` are its words.

        ``voiced`` claims are somebody's words and lean on whatever the sentence names; the article's own lean
        only on what stands in their words. What is said in ``passing`` (an apposition) leans on its links alone.
        """
        if passing:
            return tuple(f.citation for f in self._own if f.local and _overlap(spans, f.citation.span))
        shown = [_posted(post) for post in self._posts if _overlap(spans, post.span)]
        own = [
            found.citation
            for found in self._own
            if (voiced and not found.local) or _overlap(spans, found.citation.span)
        ]
        return _distinct((*shown, *own, *(self._given if not shown else ())))

    def _hand_down(self, sentence: Sentence, block: ParsedBlock, scope: tuple[Citation, ...]) -> None:
        last = block.sentences[-1].index == sentence.index
        known = scope or tuple(_documents(self._document, sentence, everywhere=True))
        self._handed = known
        self._until = (block.index + 1 if last else block.index, last)

    def _in_reach(self, block: ParsedBlock) -> bool:
        until, wide = self._until
        if block.index <= until:
            return True
        if wide and block.index == until + 1 and block.kind in _HANDED_KINDS:
            before = self._document.blocks[block.index - 1]
            if before.kind is block.kind:
                self._until = (block.index, True)
                return True
        return False

    def _carry(self, sentence: Sentence, block: ParsedBlock, speaker: str | None) -> tuple[Citation, ...]:
        carried = self._carried
        if carried is None or block.index > carried.block + 1:
            return ()
        quoted = block.kind is BlockKind.QUOTE and block.index == carried.block + 1
        back = carried.written and block.index == carried.block and BACK.match(self._document.words(sentence.span))
        same = speaker is not None and carried.speaker is not None and one_name(speaker, carried.speaker)
        if not (quoted or back or same):
            return ()
        if same:
            carried.block = block.index
        return carried.citations

    def _linked(self, sentence: Sentence) -> Iterator[_Found]:
        for link in self._between(self._links, self._link_starts, sentence.span):
            citation = self._link_citation(link)
            if citation is not None:
                yield _Found(citation, local=not self._names_source(link, sentence))

    def _link_citation(self, link: Link) -> Citation | None:
        if NO_SOURCE.search(link.href) or not link.href.startswith(("http://", "https://")):
            return None
        outlet = self._outlets.by_url(link.href)
        if self._is_self(link.href, outlet.id if outlet else None):
            return None
        name = outlet.id if outlet else None
        words = self._document.words(link.span)
        handle = status_handle(link.href)
        if handle:
            return Citation(
                kind=CitationKind.POST, text=words, span=link.span, outlet=name, url=link.href, handle=handle
            )
        if urlsplit(link.href).path in ("", "/"):
            return Citation(kind=CitationKind.OUTLET, text=words, span=link.span, outlet=name) if name else None
        return Citation(kind=CitationKind.LINK, text=words, span=link.span, outlet=name, url=link.href)

    def _is_self(self, address: str, outlet: str | None) -> bool:
        if outlet is not None and outlet == self._page.outlet:
            return True
        own = self._page.final_url or self._page.url or ""
        return bool(own) and urlsplit(own).netloc == urlsplit(address).netloc

    def _names_source(self, link: Link, sentence: Sentence) -> bool:
        """Whether the linked words are themselves the source: then the whole sentence leans on it."""
        if any(_overlap((mention.span,), link.span) for mention in self._mentions_in(sentence.span)):
            return True
        before = self._document.text[max(sentence.span[0], link.span[0] - _REACH) : link.span[0]]
        after = self._document.text[link.span[1] : min(sentence.span[1], link.span[1] + _REACH)]
        return bool(WRITTEN.search(before) or AFTER.match(after))

    def _named(self, sentence: Sentence, said: Sequence[Attribution]) -> Iterator[_Found]:
        told = {attribution.outlet for attribution in said if attribution.outlet}
        for mention in self._mentions_in(sentence.span):
            if mention.outlet.id == self._page.outlet:
                continue
            kind = self._kind(mention, sentence)
            if kind is None and mention.outlet.id in told and mention.outlet.kind in MEDIA:
                kind = CitationKind.BROADCAST if mention.outlet.kind == "broadcaster" else CitationKind.OUTLET
            if kind is not None:
                words = self._document.words(mention.span)
                yield _Found(Citation(kind=kind, text=words, span=mention.span, outlet=mention.outlet.id))

    def _kind(self, mention: Mention, sentence: Sentence) -> CitationKind | None:
        text, (start, end) = self._document.text, mention.span
        before = text[max(sentence.span[0], start - _REACH) : start]
        after = text[end : min(sentence.span[1], end + _REACH)]
        media = mention.outlet.kind in MEDIA
        if DATELINE.match(before) and after.startswith(")"):
            return None
        if media and VIA.search(before):
            return CitationKind.OUTLET
        if media and SPOKEN.search(before):
            return CitationKind.BROADCAST if mention.outlet.kind == "broadcaster" else CitationKind.OUTLET
        if WRITTEN.search(before) or (media and mention.certain and AFTER.match(after)):
            return CitationKind.OUTLET
        return None

    def _written(self, sentence: Sentence, said: Sequence[Attribution]) -> Iterator[_Found]:
        sources = [span for attribution in said for span in attribution.source_spans]
        for citation in _documents(self._document, sentence, sources=sources):
            if not any(_overlap((mention.span,), citation.span) for mention in self._mentions_in(sentence.span)):
                yield _Found(citation)

    def _mentions_in(self, span: Span) -> list[Mention]:
        return self._between(self._mentions, self._mention_starts, span)

    @staticmethod
    def _between(items: list[_T], starts: list[int], span: Span) -> list[_T]:
        return items[bisect_left(starts, span[0]) : bisect_left(starts, span[1])]


def _documents(
    document: Document, sentence: Sentence, sources: Sequence[Span] = (), *, everywhere: bool = False
) -> Iterator[Citation]:
    """The documents that a sentence names as its source: by an attribution, or after "in", "according to"."""
    for token in sentence.tokens:
        if token.pos_ != "NOUN" or (lemma(token) not in DOCUMENTS and token.lower_ not in DOCUMENTS):
            continue
        if token.dep_ == "compound" or _no_document(token):
            continue
        words = [other for other in phrase(token) if other.i <= token.i or other.i - token.i < _LONGEST_DOCUMENT]
        where = spans(words[: _LONGEST_DOCUMENT + token.i - words[0].i])[:1]
        if not where:
            continue
        if words[0].lower_ in _OWN:
            continue
        before = document.text[max(sentence.span[0], where[0][0] - _REACH) : where[0][0]]
        leans = bool(LEANING.search(before)) and token.dep_ == "pobj" and bool(sources)
        heads = any(start <= where[0][0] < end or where[0][0] <= start < where[0][1] for start, end in sources)
        subject = token.dep_ in ("nsubj", "nsubjpass") and (heads or everywhere)
        if subject or leans or (everywhere and bool(LEANING.search(before))):
            yield Citation(kind=CitationKind.DOCUMENT, text=document.words(where[0]), span=where[0])


def _no_document(noun: Token) -> bool:
    """Whether a word is no text here: the "order" of "in order to", the "release" of somebody ("their release")."""
    before = noun.nbor(-1).lower_ if noun.i else ""
    if lemma(noun) == "order" and before == "in":
        return True
    freed = lemma(noun) == "release" and not any(kid.dep_ in ("compound", "amod") for kid in noun.children)
    return freed and any(kid.dep_ == "poss" or kid.lower_ == "of" for kid in noun.children)


def _bare_links(text: str, known: Sequence[Link]) -> list[Link]:
    taken = [link.span for link in known]
    return [
        Link(span=match.span(), href=match.group())
        for match in BARE_ADDRESS.finditer(text)
        if not _overlap(taken, match.span())
    ]


def _posted(post: Post) -> Citation:
    return Citation(
        kind=CitationKind.POST,
        text=post.text[:280],
        span=post.span,
        url=post.url,
        handle=post.handle,
        date=post.date,
    )


def _merged(found: Sequence[_Found]) -> list[_Found]:
    """A named outlet that is linked in the same sentence is one source: the link."""
    linked = {item.citation.outlet for item in found if item.citation.url and not item.local}
    kept: list[_Found] = []
    for item in found:
        if item.citation.url is None and item.citation.outlet and item.citation.outlet in linked:
            continue
        if all(other.citation.source_id != item.citation.source_id for other in kept):
            kept.append(item)
    return kept


def _distinct(citations: Sequence[Citation]) -> tuple[Citation, ...]:
    return tuple({citation.source_id: citation for citation in reversed(citations)}.values())[::-1]


def _overlap(spans: Sequence[Span], span: Span | None) -> bool:
    return span is not None and any(start < span[1] and span[0] < end for start, end in spans)
