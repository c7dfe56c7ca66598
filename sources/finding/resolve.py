"""Resolves a citation to ranked candidate addresses, each with a score and how it was found.

In order of trust: the link itself, another link in the article to the same outlet, pages of the outlet in the replayed
archive, the outlet's feeds, search services. All candidates belong to the cited outlet; those below the threshold are
listed for review and not read.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from claims.records import Candidate, Citation, CitationKind, Claim, Outlet, OutletDirectory, Page, Post, Source, Span
from sources import urls
from sources.finding import likeness
from sources.finding.search_protocol import Hit, Query, SearchService, service_hits
from sources.page import post_page, posts

# Below it an address is left out. Lower for what the article or the archive at hand gives, where little competes,
# than for what a search gives. The second was tuned on the 15 sentences of tests/sources/named_sources.yaml: from
# 0.05 to 0.35 all resolve and three other pages of the outlets come along, at 0.45 none does, at 0.55 two sentences
# are lost. The first lets in the only page of an outlet in an archive when its address says nothing.
THRESHOLD = 0.35
SEARCHED = 0.45
_MOST = 8  # candidates of one source: what a person can look through
_SHOWN = 0.15  # below it, nothing but the outlet speaks for an address
_DOMAIN = re.compile(r"(?:[\w-]+\.)+[a-z]{2,24}(?![\w@.-]*\w)", re.IGNORECASE)
_UNKNOWN = re.compile(r"(?:an?|another|one|some|two|three|several|many)\b", re.IGNORECASE)
_POST_HOSTS = ("x.com", "twitter.com", "t.me", "truthsocial.com", "bsky.app")


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """The candidate addresses of a source, best first; ``doubtful`` ones are below the threshold.

    ``unasked`` are the search services that gave no answer, each with the reason in words.
    """

    candidates: tuple[Candidate, ...] = ()
    doubtful: tuple[Candidate, ...] = ()
    unasked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookup:
    """Where addresses are looked up.

    ``outlets`` are the outlets by name, ``known`` the addresses in a replayed archive, ``search`` the search services,
    each of which has ``patience`` seconds to answer (None: no limit).
    """

    outlets: OutletDirectory
    known: Sequence[str] = ()
    search: Sequence[SearchService] = ()
    patience: float | None = None


async def survey(source: Source, article: Page, claims: Sequence[Claim], lookup: Lookup) -> Resolved:
    """Find the candidate addresses of a source, including those that are too doubtful to be read.

    ``claims`` are those that rely on the source. A search service that fails, or does not answer in time, is listed in
    ``unasked`` without delaying the others. Expected failures raise nothing.
    """
    citation, outlets, known = source.citation, lookup.outlets, lookup.known
    if citation.url:
        copies = {copy for link in article.links if link.href == citation.url for copy in link.copies}
        beside = (Candidate(url=copy, score=0.9, found_by="the copy that the reference gives") for copy in copies)
        return _ranked([*_linked(citation.url, known), *beside])
    topic = likeness.topic(claims, article)
    if citation.kind is CitationKind.POST or citation.handle:
        candidates = list(_post_candidates(source, article, known))
    else:
        outlet = outlet_of(citation, outlets)
        if outlet is None:
            return _ranked(_titled(source, article))
        spots = [citation.span] if citation.span else [span for claim in claims for span in claim.spans]
        candidates = [
            *_elsewhere(article, spots, outlet, outlets, topic),
            *_archived(known, outlet, outlets, topic),
        ]
    if not lookup.search or any(candidate.score >= likeness.SURE for candidate in candidates):
        return _ranked(candidates)
    searched, unasked = await _searched(source, topic, lookup)
    return replace(_ranked(candidates, searched), unasked=unasked)


def outlet_of(citation: Citation, outlets: OutletDirectory) -> Outlet | None:
    """The outlet of a citation: by its id, its name, or a domain in its words ("a statement on kremlin.ru")."""
    if citation.outlet:
        return outlets.by_id(citation.outlet)
    by_name = outlets.by_name(citation.text)
    domains = _DOMAIN.findall(citation.text) if by_name is None else []
    return by_name or next((outlet for domain in domains if (outlet := outlets.by_url(f"https://{domain}/"))), None)


def _ranked(at_hand: Iterable[Candidate], searched: Iterable[Candidate] = ()) -> Resolved:
    """The best candidate of each page, best first; search results need a higher score than other candidates."""
    best: dict[str, tuple[bool, Candidate]] = {}
    for bound, candidates in ((THRESHOLD, at_hand), (SEARCHED, searched)):
        for candidate in candidates:
            key = f"{urls.key(candidate.url)} {urls.is_archived(candidate.url)}"
            rank = (candidate.score >= bound, candidate)
            if candidate.score >= _SHOWN and (key not in best or _weight(rank) > _weight(best[key])):
                best[key] = rank
    ranked = sorted(best.values(), key=_weight, reverse=True)[:_MOST]
    return Resolved(
        candidates=tuple(candidate for enough, candidate in ranked if enough),
        doubtful=tuple(candidate for enough, candidate in ranked if not enough),
    )


def _weight(rank: tuple[bool, Candidate]) -> tuple[bool, float]:
    return rank[0], rank[1].score


def _linked(url: str, known: Sequence[str]) -> Iterator[Candidate]:
    """The link itself: as the replayed archive has it, cleaned, and for an archived copy the page that it is of."""
    cleaned = urls.destination(url)
    for address in known:
        if urls.key(address) == urls.key(url):
            yield Candidate(url=address, score=1.0, found_by="the link itself")
    yield Candidate(url=cleaned, score=0.99, found_by="the link itself")
    yield from _embedded(cleaned, 0.95, known)
    if urls.is_archived(cleaned):
        yield Candidate(url=urls.origin(cleaned), score=0.9, found_by="the original of the linked copy")


def _embedded(url: str, score: float, known: Sequence[str]) -> Iterator[Candidate]:
    """The address where a post can be read without scripts; a replayed archive has it or does not."""
    public = post_page.embed_of(url)
    if public and (not known or public in known):
        yield Candidate(url=public, score=score, found_by="the public embed of the post")


def _elsewhere(
    article: Page, spots: Sequence[Span], outlet: Outlet, outlets: OutletDirectory, topic: likeness.Topic
) -> Iterator[Candidate]:
    """Links of the article to the outlet, scored by their distance to the ``spots`` where it is named."""
    for link in article.links:
        address = urls.destination(link.href)
        named = outlets.by_url(address)
        if named is None or named.id != outlet.id or likeness.is_front(address):
            continue
        words = article.text[link.span[0] : link.span[1]]
        near = min((_distance(link.span, spot) for spot in spots), default=10_000)
        closeness = 0.3 if near < 200 else 0.15 if near < 800 else 0.0
        score = 0.4 + closeness + 0.3 * topic.likeness(f"{words} {' '.join(urls.slug_words(address))}")
        yield Candidate(
            url=address, score=min(score, 0.98), found_by=f"a link elsewhere in the article to {outlet.name}"
        )


def _distance(first: tuple[int, int], second: tuple[int, int]) -> int:
    return max(0, max(first[0], second[0]) - min(first[1], second[1]))


def _archived(
    known: Sequence[str], outlet: Outlet, outlets: OutletDirectory, topic: likeness.Topic
) -> Iterator[Candidate]:
    """Pages of the outlet in the replayed archive, by the words and the date in their addresses."""
    own = [
        url for url in known if (named := outlets.by_url(url)) and named.id == outlet.id and not likeness.is_front(url)
    ]
    for url in own:
        score = topic.of_address(url, alone=len(own) == 1)
        yield Candidate(url=url, score=score, found_by=f"a page of {outlet.name} in the archive")


def _post_candidates(source: Source, article: Page, known: Sequence[str]) -> Iterator[Candidate]:
    """Addresses of the cited post: those the article gives, then those at hand, by handle and day."""
    handle = (source.citation.handle or "").lstrip("@").casefold()
    day = source.citation.date
    for post in article.posts:
        if post.url and _is_post(post, handle, day):
            yield from _linked(post.url, known)
    for found_by, addresses in (
        ("a link elsewhere in the article to the post", [link.href for link in article.links]),
        ("a post of this handle in the archive", list(known)),
    ):
        for url in addresses:
            at = posts.address(url)
            if at is None or at.handle.casefold() != handle:
                continue
            score = _on_day(day, at.date)
            if score:
                yield Candidate(url=urls.destination(url), score=score, found_by=found_by)
                yield from _embedded(url, 0.95 * score, known)


def _is_post(post: Post, handle: str, day: str | None) -> bool:
    return post.handle.lstrip("@").casefold() == handle and (day is None or post.date is None or post.date == day)


def _on_day(day: str | None, posted: str | None) -> float:
    """How likely a post of the right handle is the cited one: X shows dates in the reader's own time zone."""
    if day is None or posted is None:
        return 0.5
    apart = likeness.days_apart(day, posted)
    return {0: 0.9, 1: 0.7}.get(apart, 0.0) if apart is not None else 0.5


def _titled(source: Source, article: Page) -> Iterator[Candidate]:
    """Candidates for a document named without an outlet: a link in its name, or else the nearest link with that name.

    An indefinite name ("a report") is not matched with links elsewhere, because it introduces a new document.
    """
    citation = source.citation
    spot = citation.span
    alike: list[tuple[int, Candidate]] = []
    for link in article.links:
        words = article.text[link.span[0] : link.span[1]]
        inside = spot is not None and link.span[0] < spot[1] and spot[0] < link.span[1]
        share = likeness.share(citation.text, words)
        if inside:
            yield Candidate(url=urls.destination(link.href), score=0.9, found_by="a link in its name")
        elif share > 0.6 and not _UNKNOWN.match(citation.text):
            candidate = Candidate(
                url=urls.destination(link.href), score=0.5 + 0.3 * share, found_by="a link in its name"
            )
            alike.append((_distance(link.span, spot) if spot else 0, candidate))
    yield from (candidate for apart, candidate in alike if apart == min(alike, key=lambda entry: entry[0])[0])


async def _searched(source: Source, topic: likeness.Topic, lookup: Lookup) -> tuple[list[Candidate], tuple[str, ...]]:
    """The candidates from the search services, and the services that gave no answer."""
    citation = source.citation
    outlet = None if citation.handle else outlet_of(citation, lookup.outlets)
    domains = outlet.domains if outlet else (_POST_HOSTS if citation.handle else ())
    if not domains:
        return [], ()
    query = Query(
        words=topic.keywords, quote=topic.quote, outlet=outlet, domains=domains, day=citation.date or topic.day
    )
    answers = await asyncio.gather(*(service_hits(service, query, lookup.patience) for service in lookup.search))
    candidates: list[Candidate] = []
    for service, (hits, _) in zip(lookup.search, answers, strict=True):
        for hit in hits or ():
            score = _hit_score(hit, source, outlet, lookup.outlets, topic)
            candidates.append(Candidate(url=urls.destination(hit.url), score=score, found_by=service.name))
    return candidates, tuple(failed for _, failed in answers if failed)


def _hit_score(
    hit: Hit, source: Source, outlet: Outlet | None, outlets: OutletDirectory, topic: likeness.Topic
) -> float:
    """A hit by outlet, date and words; 0 for another outlet or another handle, whatever its words."""
    if source.citation.handle:
        at = posts.address(hit.url)
        if at is None or at.handle.casefold() != source.citation.handle.lstrip("@").casefold():
            return 0.0
        return _on_day(source.citation.date, at.date) * (0.5 + 0.5 * topic.likeness(f"{hit.title} {hit.snippet}"))
    named = outlets.by_url(hit.url)
    if outlet is None or named is None or named.id != outlet.id or likeness.is_front(hit.url):
        return 0.0
    return topic.of_page(hit.url, f"{hit.title} {hit.snippet}", hit.published)
