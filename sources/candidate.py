"""Reads a candidate address of a source, live or from an archive, and checks whether it is the cited page."""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import Sequence

from claims.glossary import OBSTACLES, PASSING, part_of_page
from claims.records import Candidate, Capture, Claim, OutletDirectory, Page, Reason, Source, Via
from sources import urls
from sources.contained import contained
from sources.errors import Unavailable
from sources.fetching.fetch import Fetched, Fetcher
from sources.fetching.once_per_run import Outcome
from sources.finding import archived_copies, likeness
from sources.finding.search_protocol import SearchService
from sources.page.page import read_page
from sources.page.states import state_of
from sources.refresh import fetch_page

# The share of a claim's content words that a page must hold to be the one that was meant. On wice_claim.dev (349
# claims) 97 % of the pages that support a claim reach it, and 4 % of pages drawn at random.
_FITS = 0.4


async def read_or_copy(
    candidate: Candidate,
    article: Page,
    fetcher: Fetcher,
    outlets: OutletDirectory,
    search: Sequence[SearchService],
    *,
    captured: bool,
) -> Outcome:
    """Read the candidate live or, if that fails, an archived copy.

    If we have a capture of it (``captured``), a page that is only temporarily out of reach is not replaced by an
    archived copy. Raises Unavailable with the reason of the live page; its ``unasked`` are the archives that gave no
    answer.
    """
    try:
        with contained(candidate.url):
            return await _read_capture(await fetch_page(fetcher, candidate.url, article.published), outlets)
    except Unavailable as error:
        live = error
    may_return = captured and live.reason in PASSING
    if may_return or not OBSTACLES[live.reason].archived or not fetcher.policy.archive or fetcher.policy.replay:
        raise live
    hits, unasked = await archived_copies.copies(candidate.url, article.published, search)
    for hit in hits:
        try:
            with contained(hit.url):
                return await _read_capture(await archived_copies.fetch_copy(candidate.url, hit, fetcher), outlets)
        except Unavailable as error:
            if error.reason in PASSING:
                unasked += (f"{hit.url}: {error.detail or error.reason.value}",)
    raise Unavailable(live.reason, live.detail, unasked) from live


def check_new(candidate: Candidate, page: Page, barred: frozenset[str]) -> None:
    """Raise Unavailable if redirects led to a page that cannot be the source."""
    if page.final_url and urls.key(page.final_url) in barred:
        raise Unavailable(Reason.UNRESOLVED, f"{candidate.url} leads back to where it was looked for")


def check_fit(candidate: Candidate, page: Page, claims: Sequence[Claim]) -> None:
    """Raise Unavailable if a page was guessed for a named outlet and is about none of the claims.

    Such a page must not count as silent, because it is probably not the one that is cited.
    """
    if not claims:
        return
    words = f"{page.title or ''}\n{page.text}"
    if max(likeness.share(_words_without_speaker(claim), words) for claim in claims) < _FITS:
        detail = f"{candidate.url} was read ({candidate.found_by}) and is about something else"
        raise Unavailable(page.partial or Reason.UNRESOLVED, detail)


def _words_without_speaker(claim: Claim) -> str:
    """The claim without its speaker, because the verdict checks whether the page attributes it to somebody else."""
    claim_words = claim.certain or claim.text
    speaker = claim.attribution.speaker if claim.attribution else None
    return claim_words.replace(speaker, " ") if speaker else claim_words


async def _read_capture(fetched: Fetched, outlets: OutletDirectory) -> tuple[Capture, Page]:
    """The capture and page of an answer, read beside the event loop within what is left of the source's budget."""
    try:
        async with asyncio.timeout(fetched.left):
            return fetched.capture, await asyncio.to_thread(_source_page, fetched, outlets)
    except TimeoutError as error:
        raise Unavailable(Reason.TIMEOUT, "the page was not read within the time limit for one source") from error


def _source_page(fetched: Fetched, outlets: OutletDirectory) -> Page:
    """The page of an answer; raises Unavailable.

    The free lead above a paywall is still evidence: such a page is read, and told by its ``partial``.
    """
    state = _state(fetched)
    if state is not None and state[0] is not Reason.PAYWALL:
        raise Unavailable(*state)
    try:
        page = read_page(
            fetched.body,
            url=fetched.capture.url,
            final_url=fetched.capture.final_url,
            content_type=fetched.content_type,
            outlets=outlets,
            capture=fetched.capture.id,
        )
    except Unavailable as error:
        raise Unavailable(*(state or (error.reason, error.detail))) from error
    if state is not None and page.partial is not Reason.PAYWALL:
        raise Unavailable(*state)
    return page


def _state(fetched: Fetched) -> tuple[Reason, str] | None:
    """What the response itself says, before its page is read."""
    capture = fetched.capture
    state = state_of(capture.status, capture.headers, fetched.body, capture.url, capture.final_url)
    if state is None and capture.status >= 400:
        return Reason.UNREACHABLE, f"the server answered with status {capture.status}"
    return state


def as_read(source: Source, capture: Capture, page: Page) -> Source:
    """The source with its capture; its detail says if only a part or an archived copy could be read."""
    notes = []
    if capture.via is Via.ARCHIVE:
        notes.append(f"an archived copy was read ({capture.final_url})")
    if page.partial is not None:
        notes.append(part_of_page(page.partial))
    return dataclasses.replace(source, capture=capture, detail=", ".join(notes))
