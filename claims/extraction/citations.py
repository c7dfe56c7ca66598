"""Finds what each claim cites (links, outlets, broadcasters, posts, documents) and how far each citation extends.

A citation extends to its sentence. The citations of a line that ends in a colon extend to the block that it
introduces, and those of a sentence to a block quotation after it; the citation of an interview extends to following
sentences of the same speaker, up to the next paragraph.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import urlsplit

from claims.extraction.coreference.antecedents import one_name
from claims.extraction.links import bare_links, is_own_furniture, is_own_site, links_report
from claims.extraction.named_sources import (
    REACH,
    NamedDocument,
    citation_kind,
    credit_behind,
    documents_in,
    goes_on,
    is_speaking,
    named_document,
    put_in,
)
from claims.extraction.reference_marks import Referred, leading, referred
from claims.extraction.text.blocks import filed_by, in_dateline
from claims.extraction.text.document import Document, ParsedBlock, Sentence
from claims.extraction.text.embedded_posts import embeds, post_citation, status_handle
from claims.extraction.text.syntax import overlap
from claims.lexicon.citing import AFTER, BACK, NO_SOURCE, WRITTEN
from claims.records import (
    Attribution,
    BlockKind,
    Citation,
    CitationKind,
    Link,
    Mention,
    OutletDirectory,
    Page,
    Span,
)

_T = TypeVar("_T")
_HANDED_KINDS = (BlockKind.QUOTE, BlockKind.ITEM, BlockKind.POST)


@dataclass(frozen=True, slots=True)
class _Found:
    """A citation; a ``local`` one (a link on some words) belongs only to the claims whose words carry it.

    A ``whole`` one belongs to all claims of the sentence. ``mark`` is the reference mark that leads to it. What a
    document says is at ``reach``: it is no source of what somebody else says in the same sentence.
    """

    citation: Citation
    reach: tuple[Span, ...] = ()
    local: bool = False
    whole: bool = False
    mark: Referred | None = None


@dataclass(slots=True)
class _Carried:
    """What was last cited, for whom, and in which block it was last taken up."""

    citations: tuple[Citation, ...]
    speaker: str | None
    block: int
    written: bool


class Leanings:
    """Finds the citations of claims in reading order: ``enter`` per sentence, then ``of`` for each of its claims."""

    def __init__(self, document: Document, page: Page, outlets: OutletDirectory) -> None:
        self._document, self._page, self._outlets = document, page, outlets
        self._mentions = list(outlets.mentions(document.text, page.outlet))
        self._mention_starts = [mention.span[0] for mention in self._mentions]
        unmarked = (link for link in page.links if not link.mark)
        self._links = sorted([*unmarked, *bare_links(document.text, page.links)], key=lambda link: link.span)
        self._link_starts = [link.span[0] for link in self._links]
        self._posts = embeds(document, page)
        self._referred = referred(document, page)
        self._handed: tuple[Citation, ...] = ()
        self._until = (-1, False)
        self._carried: _Carried | None = None
        self._own: list[_Found] = []
        self._given: tuple[Citation, ...] = ()

    def enter(self, sentence: Sentence, attributions: Sequence[Attribution]) -> None:
        """Advance to the next sentence; ``attributions`` are the attributions with words in it."""
        block = self._document.blocks[sentence.block]
        documents = self._written(sentence, attributions)
        linked = self._linked(sentence, documents)
        marked = self._marked(sentence)
        unlinked = [
            _Found(written.citation, reach=_told_by(written.citation, attributions))
            for written in documents
            if not marked and not any(map(written.is_linked_by, self._links_in(sentence)))
        ]
        named = [*self._named(sentence, attributions), *self._credited(sentence)]
        if named:  # "the International Crisis Group said in a report" is one source
            unlinked = [item for item in unlinked if not put_in(item.citation, self._document.text)]
        own = _without_linked_outlets([*linked, *named, *unlinked, *marked])
        self._own = own or list(self._filed(sentence))
        scope = tuple(item.citation for item in self._own if not item.local)
        handed = self._handed if self._in_reach(block) else ()
        speaker = next((a.speaker for a in attributions if a.speaker and not a.anonymous), None)
        self._given = _distinct((*handed, *(self._carry(sentence, block, speaker) if not scope else ())))
        if scope:
            written = any(citation.kind is not CitationKind.BROADCAST for citation in scope)
            self._carried = _Carried(scope, speaker, sentence.block, written)
        if self._document.words(sentence.span).rstrip().endswith(":"):
            self._hand_down(sentence, block, scope)

    def of(self, spans: Sequence[Span], *, voiced: bool, passing: bool = False) -> tuple[Citation, ...]:
        """The citations of a claim of the current sentence; ``spans`` are its words.

        ``voiced`` claims are attributed to somebody and rely on all citations of the sentence; the article's own claims
        rely only on those in their words. A claim made in ``passing`` (an apposition) relies only on its links.
        """
        local = [f for f in self._own if f.local and overlap(spans, f.citation.span)]
        linked = any(f.citation.url and not f.mark for f in local)
        marks = leading([item.mark for item in self._own if item.mark], spans, self._document.text, linked=linked)
        led = [item.citation for item in self._own if item.mark in marks]
        if passing:
            return _distinct((*(f.citation for f in local), *led))
        post_citations = [post_citation(post) for post in self._posts if overlap(spans, post.span)]
        own = [
            item.citation
            for item in self._own
            if item.whole or overlap(spans, item.citation.span) or (voiced and not item.local and _reaches(item, spans))
        ]
        return _distinct((*post_citations, *own, *led, *(self._given if not post_citations else ())))

    def _hand_down(self, sentence: Sentence, block: ParsedBlock, scope: tuple[Citation, ...]) -> None:
        last = block.sentences[-1].index == sentence.index
        known = scope or tuple(documents_in(self._document, sentence, everywhere=True))
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

    def _linked(self, sentence: Sentence, documents: Sequence[NamedDocument]) -> list[_Found]:
        """The links of a sentence; one over the words that name a document is where that document is.

        It belongs to the whole sentence, unless the sentence links several documents: then each claim has its own.
        """
        links = self._links_in(sentence)
        leading = [link for link in links if any(named.is_linked_by(link) for named in documents)]
        whole = leading if len({link.href for link in leading}) == 1 else []
        return [
            _Found(citation, local=link not in whole and not self._names_source(link, sentence))
            for link in links
            if (citation := self._link_citation(link)) is not None
        ]

    def _marked(self, sentence: Sentence) -> list[_Found]:
        """What the reference marks lead to whose reach touches a sentence."""
        result = []
        for place in range(*self._near_marks(sentence.span)):
            link = self._referred[place].link
            if link is None:
                continue
            outlet = self._outlets.by_url(link.href)
            span = link.span if link.span[0] < link.span[1] else None
            name = outlet.id if outlet else None
            cited = Citation(
                kind=CitationKind.LINK, text=link.mark, span=span, outlet=name, url=link.href, mark=link.mark
            )
            result.append(_Found(cited, local=True, mark=self._referred[place]))
        return result

    def _near_marks(self, span: Span) -> Span:
        first = bisect_right(self._referred, span[0], key=lambda referred: referred.reach[1])
        return first, bisect_left(self._referred, span[1], lo=first, key=lambda referred: referred.reach[0])

    def _links_in(self, sentence: Sentence) -> list[Link]:
        return self._between(self._links, self._link_starts, sentence.span)

    def _link_citation(self, link: Link) -> Citation | None:
        if NO_SOURCE.search(link.href) or not link.href.startswith(("http://", "https://")):
            return None
        outlet = self._outlets.by_url(link.href)
        name = outlet.id if outlet else None
        own = is_own_site(self._page, link.href, name)
        if own and is_own_furniture(self._page, link.href):
            return None
        words = self._document.words(link.span)
        if handle := status_handle(link.href):
            return Citation(
                kind=CitationKind.POST, text=words, span=link.span, outlet=name, url=link.href, handle=handle
            )
        address = urlsplit(link.href)
        if address.path in ("", "/") and not address.query:
            return Citation(kind=CitationKind.OUTLET, text=words, span=link.span, outlet=name) if name else None
        return Citation(kind=CitationKind.LINK, text=words, span=link.span, outlet=name, url=link.href, own_site=own)

    def _names_source(self, link: Link, sentence: Sentence) -> bool:
        """Whether the linked words are themselves the source: then the whole sentence relies on it."""
        if any(overlap((mention.span,), link.span) for mention in self._mentions_in(sentence.span)):
            return True
        before = self._document.text[max(sentence.span[0], link.span[0] - REACH) : link.span[0]]
        after = self._document.text[link.span[1] : min(sentence.span[1], link.span[1] + REACH)]
        return bool(WRITTEN.search(before) or AFTER.match(after))

    def _named(self, sentence: Sentence, attributions: Sequence[Attribution]) -> Iterator[_Found]:
        """The outlets that a sentence names as its source, besides the agency of its dateline."""
        for mention in self._mentions_in(sentence.span):
            if mention.outlet.id == self._page.outlet or goes_on(mention, self._document.text):
                continue
            if in_dateline(self._document.text, sentence.span[0], mention.span):
                continue
            speaking = is_speaking(mention, attributions)
            kind = citation_kind(mention, self._document.text, sentence.span, speaking=speaking)
            if kind is not None:
                words = self._document.words(mention.span)
                yield _Found(Citation(kind=kind, text=words, span=mention.span, outlet=mention.outlet.id))

    def _credited(self, sentence: Sentence) -> Iterator[_Found]:
        """The outlet of a credit directly behind a sentence, in its paragraph or the line below."""
        end = sentence.span[0] + len(self._document.words(sentence.span).rstrip())
        mention = credit_behind(self._document.text, end, self._mentions_in((end, end + REACH)))
        if mention is not None and mention.outlet.id != self._page.outlet:
            words, outlet = self._document.words(mention.span), mention.outlet.id
            citation = Citation(kind=CitationKind.OUTLET, text=words, span=mention.span, outlet=outlet)
            yield _Found(citation, whole=True)

    def _filed(self, sentence: Sentence) -> Iterator[_Found]:
        """The agency of the dateline of a sentence."""
        text, start = self._document.text, self._document.blocks[sentence.block].span[0]
        for mention in self._mentions_in((start, sentence.span[1])):
            own = mention.outlet.id == self._page.outlet
            if not own and filed_by(text, start, sentence.span[0], mention.span):
                words, outlet = self._document.words(mention.span), mention.outlet.id
                citation = Citation(kind=CitationKind.OUTLET, text=words, span=mention.span, outlet=outlet)
                yield _Found(citation, whole=True)

    def _written(self, sentence: Sentence, attributions: Sequence[Attribution]) -> list[NamedDocument]:
        """The documents that a sentence names as its source and that no outlet's name says more of."""
        sources = [span for attribution in attributions for span in attribution.source_spans]
        mention_spans = [mention.span for mention in self._mentions_in(sentence.span)]
        documents = documents_in(self._document, sentence, sources=sources)
        return [
            named_document(citation, attributions, self._document.text)
            for citation in documents
            if not overlap(mention_spans, citation.span)
        ]

    def _mentions_in(self, span: Span) -> list[Mention]:
        return self._between(self._mentions, self._mention_starts, span)

    @staticmethod
    def _between(items: list[_T], starts: list[int], span: Span) -> list[_T]:
        return items[bisect_left(starts, span[0]) : bisect_left(starts, span[1])]


def _told_by(citation: Citation, attributions: Sequence[Attribution]) -> tuple[Span, ...]:
    """The words that a document says, if it is named as the one that says them."""
    saying = (attribution for attribution in attributions if overlap(attribution.source_spans, citation.span))
    return tuple(span for attribution in saying for span in (*attribution.cue_spans, *attribution.content_spans))


def _reaches(item: _Found, spans: Sequence[Span]) -> bool:
    return not item.reach or any(overlap(item.reach, span) for span in spans)


def _without_linked_outlets(citations: Sequence[_Found]) -> list[_Found]:
    """A named outlet that is linked in the same sentence is one source: the link."""
    linked = {item.citation.outlet for item in citations if item.citation.url and (not item.local or item.mark)}
    result: list[_Found] = []
    for item in citations:
        if item.citation.url is None and item.citation.outlet and item.citation.outlet in linked:
            continue
        if item.citation.url is None and any(links_report(other.citation, item.citation) for other in citations):
            continue
        if all((other.citation.source_id, other.mark) != (item.citation.source_id, item.mark) for other in result):
            result.append(item)
    return result


def _distinct(citations: Sequence[Citation]) -> tuple[Citation, ...]:
    return tuple({citation.source_id: citation for citation in reversed(citations)}.values())[::-1]
