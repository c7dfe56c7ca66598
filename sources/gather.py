"""The door: from the citations of an article to sources, each read or unavailable with its reason."""

from __future__ import annotations

import asyncio
import dataclasses
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
)
from sources.errors import Unavailable
from sources.fetch import Fetched, Fetcher
from sources.page import read_page
from sources.resolve import resolve
from sources.search import SearchService
from sources.states import state_of

_MOST_TRIES = 4  # candidates of one source; each costs its host a request and the reader seconds

ADVICE = {
    Reason.PAYWALL: "attach the page with `factdesk attach`",
    Reason.ROBOTS: "read it in a browser and attach it with `factdesk attach`",
    Reason.BOT_WALL: "open it in a browser and attach it with `factdesk attach`",
    Reason.GEO_BLOCK: "attach a copy with `factdesk attach`",
    Reason.DELETED: "look for an archived copy and attach it with `factdesk attach`",
    Reason.SOFT_404: "look for an archived copy and attach it with `factdesk attach`",
    Reason.NOT_FOUND: "look for an archived copy and attach it with `factdesk attach`",
    Reason.TIMEOUT: "try again with `factdesk recheck --unavailable`",
    Reason.UNREACHABLE: "try again with `factdesk recheck --unavailable`",
    Reason.REFUSED_ADDRESS: "set fetch.allow_private if it lies in your own network",
    Reason.TOO_LARGE: "raise fetch.max_bytes",
    Reason.UNSUPPORTED_TYPE: "attach a transcript with `factdesk attach`",
    Reason.UNRESOLVED: "find it and attach it with `factdesk attach`",
    Reason.OFFLINE: "run again without --offline, or with --replay",
}


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


async def read_source(
    source: Source,
    article: Page,
    claims: Sequence[Claim],
    fetcher: Fetcher,
    outlets: OutletDirectory,
    search: Sequence[SearchService] = (),
) -> Reading:
    """The source with its page, or with the reason why it could not be read and what to do about it.

    Candidate addresses are tried best first within the fetcher's limits; an expected failure is a value.
    Raises ArchiveError where the replayed archive is damaged or the captures cannot be written.
    """
    if fetcher.cut_off:
        return _unread(source, Reason.OFFLINE, "nothing is fetched offline")
    leaning = [claim for claim in claims if claim.id in source.claims]
    try:
        async with asyncio.timeout(fetcher.policy.total):
            candidates = await resolve(source, article, leaning, outlets, known=fetcher.known_urls(), search=search)
    except TimeoutError:
        return _unread(source, Reason.TIMEOUT, "no address was found in time")
    source = dataclasses.replace(source, candidates=tuple(candidates))
    failures: list[_Failure] = []
    for candidate in source.candidates[:_MOST_TRIES]:
        try:
            capture, page = await _read(candidate, fetcher, outlets)
        except Unavailable as error:
            failures.append(_Failure(candidate=candidate, reason=error.reason, detail=error.detail))
        else:
            return Reading(source=_with(source, capture, page), page=page)
    return _given_up(source, failures, fetcher)


async def _read(candidate: Candidate, fetcher: Fetcher, outlets: OutletDirectory) -> tuple[Capture, Page]:
    """The capture and page of a candidate; raises Unavailable.

    The free lead above a paywall is still evidence: such a page is read, and told by its ``partial``.
    """
    fetched = await fetcher.fetch(candidate.url)
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
    """The source as read; of a page that was read in part the reason is kept beside the capture."""
    if page.partial is None:
        return dataclasses.replace(source, capture=capture)
    detail = f"only the free part could be read ({page.partial.value}); {ADVICE[page.partial]}"
    return dataclasses.replace(source, capture=capture, detail=detail)


def _given_up(source: Source, failures: Sequence[_Failure], fetcher: Fetcher) -> Reading:
    """The reason of the best candidate; an archive that lacks it says so."""
    if not failures:
        named = source.citation.url or source.citation.handle or source.citation.outlet or source.citation.text
        where = " in the archive" if fetcher.known_urls() else ""
        return _unread(source, Reason.UNRESOLVED, f"no address was found{where} for {named}")
    telling = [failure for failure in failures if failure.reason is not Reason.UNRESOLVED]
    failure = (telling or list(failures))[0]
    return _unread(source, failure.reason, failure.detail or failure.candidate.url)


def _unread(source: Source, reason: Reason, detail: str) -> Reading:
    return Reading(source=dataclasses.replace(source, reason=reason, detail=f"{detail}; {ADVICE[reason]}"))
