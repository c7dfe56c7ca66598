"""Turns the citations of an article into sources, each read or unavailable with its reason."""

from __future__ import annotations

import asyncio
import dataclasses
import functools
import time
from collections.abc import Sequence
from dataclasses import dataclass

from claims.records import (
    Candidate,
    Capture,
    Citation,
    CitationKind,
    Claim,
    OutletDirectory,
    Page,
    Reading,
    Reason,
    Source,
    Via,
)
from sources import urls
from sources.errors import Unavailable
from sources.fetching.fetch import Fetched, Fetcher
from sources.fetching.once_per_run import Once
from sources.finding import archived_copies, likeness
from sources.finding.resolve import Resolved, survey
from sources.finding.search_protocol import SearchService
from sources.page.page import read_page
from sources.page.states import state_of

BY_A_PERSON = "handed in by a person"
_MOST_TRIES = 4  # candidates of one source; each costs its host a request and the reader seconds
# The share of a claim's content words that a page must hold to be the one that was meant. On wice_claim.dev (349
# claims) 97 % of the pages that support a claim reach it, and 4 % of pages drawn at random.
_FITS = 0.4


@dataclass(frozen=True, slots=True, kw_only=True)
class _Failure:
    """Why one candidate could not be read."""

    candidate: Candidate
    reason: Reason
    detail: str


def plan(claims: Sequence[Claim]) -> list[Source]:
    """One unread source for each distinct one that the claims lean on, in reading order."""
    first: dict[str, Citation] = {}
    leaning: dict[str, list[str]] = {}
    for claim in claims:
        for citation in claim.citations:
            if citation.kind is CitationKind.NONE:
                continue
            first.setdefault(citation.source_id, citation)
            ids = leaning.setdefault(citation.source_id, [])
            if claim.id not in ids:
                ids.append(claim.id)
    return [Source(citation=citation, claims=tuple(leaning[key])) for key, citation in first.items()]


async def read_source(  # noqa: PLR0913  what is read, and all that it is read with
    source: Source,
    article: Page,
    claims: Sequence[Claim],
    fetcher: Fetcher,
    outlets: OutletDirectory,
    search: Sequence[SearchService] = (),
    *,
    once: Once | None = None,
    barred: frozenset[str] = frozenset(),
) -> Reading:
    """The source with its page, or with the reason why it could not be read.

    Candidates that ``source`` brings along (an address that a person handed in) are tried first, then those that
    are found, best first within the fetcher's limits; an expected failure is a value. Candidates that are too
    doubtful to be read are listed behind the others. ``once`` is shared by all sources of a run;
    ``barred`` are the keys of addresses that are never the source.
    Raises ArchiveError where the replayed archive is damaged or the captures cannot be written.
    """
    if fetcher.cut_off:
        return _unread(source, Reason.OFFLINE, "nothing is fetched offline")
    leaning = [claim for claim in claims if claim.id in source.claims]
    try:
        async with asyncio.timeout(fetcher.policy.total):
            resolved = await survey(source, article, leaning, outlets, known=fetcher.known_urls(), search=search)
    except TimeoutError:
        return _unread(source, Reason.TIMEOUT, "no address was found in time")
    tried, doubtful = _barring(source, resolved, barred)
    source = dataclasses.replace(source, candidates=(*tried, *doubtful))
    failures: list[_Failure] = []
    began = time.monotonic()
    once = once or Once()
    for candidate in tried[:_MOST_TRIES]:
        if failures and time.monotonic() - began > fetcher.policy.total:
            break
        try:
            ask = functools.partial(_read_or_copy, candidate, article, fetcher, outlets, search)
            capture, page = await once.page(_address(candidate, article, fetcher), ask)
            _check_new(candidate, page, barred)
            if not _given(source, candidate, article):
                _check_fit(candidate, page, leaning)
        except Unavailable as error:
            failures.append(_Failure(candidate=candidate, reason=error.reason, detail=error.detail))
        else:
            return Reading(source=_with(source, capture, page), page=page)
    return _given_up(source, failures, fetcher)


def _barring(
    source: Source, resolved: Resolved, barred: frozenset[str]
) -> tuple[tuple[Candidate, ...], tuple[Candidate, ...]]:
    """The candidates to try and the others, which are only shown; none of the barred addresses."""
    seen = set(barred)
    kept: list[list[Candidate]] = [[], []]
    for place, candidates in enumerate(((*source.candidates, *resolved.candidates), resolved.doubtful)):
        for candidate in candidates:
            key = urls.key(candidate.url)
            if key not in seen:
                kept[place].append(candidate)
        seen.update(urls.key(candidate.url) for candidate in kept[0])
    return tuple(kept[0]), tuple(kept[1])


def _address(candidate: Candidate, article: Page, fetcher: Fetcher) -> str:
    """What makes two requests one: the address and, in an archive of dated captures, the day that is asked for."""
    near = article.published if fetcher.known_urls() else None
    return f"{candidate.url} {near or ''}"


def _given(source: Source, candidate: Candidate, article: Page) -> bool:
    """Whether the article itself, or a person, says that this address is its source, whatever stands there."""
    if candidate.found_by == BY_A_PERSON:
        return True
    if source.citation.url or source.citation.kind is CitationKind.POST:
        return True
    linked = {urls.key(link.href) for link in article.links}
    return candidate.score >= likeness.SURE and urls.key(candidate.url) in linked


def _check_new(candidate: Candidate, page: Page, barred: frozenset[str]) -> None:
    """Raises Unavailable where redirects led to a page that is never the source."""
    if page.final_url and urls.key(page.final_url) in barred:
        raise Unavailable(Reason.UNRESOLVED, f"{candidate.url} leads back to where it was looked for")


def _check_fit(candidate: Candidate, page: Page, claims: Sequence[Claim]) -> None:
    """Raises Unavailable where a page was guessed for a named outlet and speaks of none of the claims.

    To call such a page silent would be wrong: it is most likely not the one that was meant.
    """
    if not claims:
        return
    words = f"{page.title or ''}\n{page.text}"
    if max(likeness.share(_said(claim), words) for claim in claims) < _FITS:
        detail = f"{candidate.url} was looked at ({candidate.found_by}) and speaks of something else"
        raise Unavailable(page.partial or Reason.UNRESOLVED, detail)


def _said(claim: Claim) -> str:
    """The claim without the one who said it: that a page has it from somebody else is for the verdict to find."""
    said = claim.statement or claim.text
    speaker = claim.attribution.speaker if claim.attribution else None
    return said.replace(speaker, " ") if speaker else said


async def _read_or_copy(
    candidate: Candidate,
    article: Page,
    fetcher: Fetcher,
    outlets: OutletDirectory,
    search: Sequence[SearchService],
) -> tuple[Capture, Page]:
    """The candidate live or, where that fails and an archive knows it, an archived copy; raises Unavailable."""
    try:
        return await _read(await fetcher.fetch(candidate.url, near=article.published), outlets)
    except Unavailable as error:
        if error.reason not in archived_copies.STANDS_IN_FOR or not fetcher.policy.archive or fetcher.policy.replay:
            raise
        live = error
    for hit in await archived_copies.copies(candidate.url, article.published, search):
        try:
            return await _read(await archived_copies.fetch_copy(candidate.url, hit, fetcher), outlets)
        except Unavailable:
            continue  # the reason that counts is the live page's
    raise live


async def _read(fetched: Fetched, outlets: OutletDirectory) -> tuple[Capture, Page]:
    """The capture and page of an answer; raises Unavailable.

    The free lead above a paywall is still evidence: such a page is read, and told by its ``partial``.
    """
    state = _state(fetched)
    if state is not None and state[0] is not Reason.PAYWALL:
        raise Unavailable(*state)
    try:
        page = await asyncio.to_thread(
            read_page,
            fetched.body,
            url=fetched.capture.url,
            final_url=fetched.capture.final_url,
            content_type=fetched.content_type,
            outlets=outlets,
            capture=fetched.capture.id,
        )
    except Unavailable as error:
        raise Unavailable(*(state or (error.reason, error.detail))) from error
    if state is not None and page.partial is None:
        raise Unavailable(*state)
    return fetched.capture, page


def _state(fetched: Fetched) -> tuple[Reason, str] | None:
    """What the response itself says, before its page is read."""
    capture = fetched.capture
    state = state_of(capture.status, capture.headers, fetched.body, capture.url, capture.final_url)
    if state is None and capture.status >= 400:
        return Reason.UNREACHABLE, f"the server answered with status {capture.status}"
    return state


def _with(source: Source, capture: Capture, page: Page) -> Source:
    """The source as read, and in words what was not as it should be: only a part, or only an archived copy."""
    notes = []
    if capture.via is Via.ARCHIVE:
        notes.append(f"an archived copy was read ({capture.final_url})")
    if page.partial is not None:
        notes.append(f"only the free part could be read ({page.partial.value})")
    return dataclasses.replace(source, capture=capture, detail=", ".join(notes))


def _given_up(source: Source, failures: Sequence[_Failure], fetcher: Fetcher) -> Reading:
    """The reason of the best candidate; an archive that lacks it says so."""
    if not failures:
        named = source.citation.url or source.citation.handle or source.citation.outlet or source.citation.text
        where = " in the archive" if fetcher.known_urls() else ""
        if source.candidates:
            best = source.candidates[0]
            said = f"no address found for {named} is sure enough to be read; {best.url} comes nearest"
            return _unread(source, Reason.UNRESOLVED, said)
        return _unread(source, Reason.UNRESOLVED, f"no address was found{where} for {named}")
    telling = [failure for failure in failures if failure.reason is not Reason.UNRESOLVED]
    if source.citation.kind is CitationKind.POST and source.citation.url:
        # A post's own page is a shell of scripts; that its public embed is gone says what became of the post.
        telling.sort(key=lambda failure: failure.reason not in (Reason.DELETED, Reason.NOT_FOUND))
    failure = (telling or list(failures))[0]
    return _unread(source, failure.reason, failure.detail or failure.candidate.url)


def _unread(source: Source, reason: Reason, detail: str) -> Reading:
    return Reading(source=dataclasses.replace(source, reason=reason, detail=detail))
