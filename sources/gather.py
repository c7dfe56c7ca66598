"""Turns the citations of an article into sources, each read or unavailable with a reason."""

from __future__ import annotations

import dataclasses
import functools
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from claims.glossary import LASTING, PASSING
from claims.records import (
    Candidate,
    Citation,
    CitationKind,
    Claim,
    OutletDirectory,
    Page,
    Reading,
    Reason,
    Source,
)
from sources import urls
from sources.candidate import as_read, check_fit, check_new, read_or_copy
from sources.contained import contained
from sources.errors import Unavailable
from sources.fetching.fetch import Fetcher
from sources.fetching.once_per_run import Once, Outcome
from sources.finding import likeness
from sources.finding.resolve import Lookup, Resolved, survey
from sources.finding.search_protocol import SearchService

BY_A_PERSON = "attached by a person"
READ_BEFORE = "where it was read before"
_MOST_TRIES = 4  # maximum number of candidates tried for one source; each takes a request and some seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """The means for reading the sources of a run: the fetcher, the outlets by name, the services that find pages.

    ``once`` remembers earlier requests; it is shared by all sources of a run.
    """

    fetcher: Fetcher
    outlets: OutletDirectory
    search: tuple[SearchService, ...] = ()
    once: Once = field(default_factory=Once)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Failure:
    """Why one candidate could not be read."""

    candidate: Candidate
    reason: Reason
    detail: str


def plan(claims: Sequence[Claim]) -> list[Source]:
    """The distinct sources that the claims rely on, not read yet, in reading order."""
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
    network: Network,
    *,
    barred: frozenset[str] = frozenset(),
) -> Reading:
    """Read a source: return it with its page, or with the reason why it could not be read.

    The candidates in ``source`` (an address that a person attached, or where it was read before) are tried first; if
    none can be read, others are searched for and tried, best first, within the fetcher's limits. If the page of an
    earlier capture (``source.capture``) cannot be reached now, no other page is read instead. Expected failures and
    services that give no answer are values. Candidates that are too doubtful to be read are listed after the others.
    ``barred`` are the keys of addresses that cannot be the source.
    Raises WriteError if the captures cannot be written.
    """
    return await _Attempt(source, article, claims, network, barred=barred).reading()


class _Attempt:
    """The attempt to read one source: the candidates tried, and their results."""

    def __init__(
        self, source: Source, article: Page, claims: Sequence[Claim], network: Network, *, barred: frozenset[str]
    ) -> None:
        self._kept = source.capture
        self._source = dataclasses.replace(source, capture=None)
        self._article, self._network, self._fetcher = article, network, network.fetcher
        self._barred = barred
        self._leaning = [claim for claim in claims if claim.id in source.claims]
        self._failures: list[_Failure] = []
        self._unasked: tuple[str, ...] = ()
        self._began = time.monotonic()

    async def reading(self) -> Reading:
        """The source with its page, or with the reason why it could not be read."""
        if self._fetcher.cut_off:
            return self._unread(Reason.OFFLINE, "nothing is fetched offline")
        given_candidates, _ = _barring(self._source.candidates, (), self._barred)
        outcome = await self._first_read(given_candidates)
        if outcome is None and not self._out_of_reach:
            resolved = await self._survey()
            more = (
                candidate
                for candidate in resolved.candidates
                if not any(_same_address(candidate.url, other.url) for other in given_candidates)
            )
            to_try, doubtful = _barring((*given_candidates, *more), resolved.doubtful, self._barred)
            self._unasked += resolved.unasked
            self._source = dataclasses.replace(self._source, candidates=(*to_try, *doubtful))
            outcome = await self._first_read(to_try[len(given_candidates) :])
        if outcome is None:
            return self._unread(*self._given_up())
        return Reading(source=as_read(self._source, *outcome), page=outcome[1], unasked=self._unasked)

    def _unread(self, reason: Reason, detail: str) -> Reading:
        source = dataclasses.replace(self._source, reason=reason, detail=detail)
        return Reading(source=source, unasked=tuple(dict.fromkeys(self._unasked)))

    async def _survey(self) -> Resolved:
        lookup = Lookup(
            outlets=self._network.outlets,
            known=self._fetcher.known_urls(),
            search=self._network.search,
            patience=self._fetcher.policy.total,
        )
        try:
            with contained("looking for the address of a source"):
                return await survey(self._source, self._article, self._leaning, lookup)
        except Unavailable as error:
            return Resolved(candidates=(), unasked=(error.detail,))

    @property
    def _out_of_reach(self) -> bool:
        """Whether the page read before is only temporarily out of reach: another one found may be a different page."""
        last = self._failures[-1] if self._failures else None
        return bool(last and self._is_kept(last.candidate) and last.reason in PASSING)

    def _is_kept(self, candidate: Candidate) -> bool:
        return self._kept is not None and _same_address(self._kept.url, candidate.url)

    async def _first_read(self, candidates: Sequence[Candidate]) -> Outcome | None:
        """The first of the candidates that can be read, within the fetcher's limits."""
        for candidate in candidates[: _MOST_TRIES - len(self._failures)]:
            spent = time.monotonic() - self._began
            if self._out_of_reach or (self._failures and spent > self._fetcher.policy.total):
                break
            try:
                with contained(candidate.url):
                    return await self._read(candidate)
            except Unavailable as error:
                self._unasked += error.unasked
                self._failures.append(_Failure(candidate=candidate, reason=error.reason, detail=error.detail))
        return None

    async def _read(self, candidate: Candidate) -> Outcome:
        """The page of a candidate; raises Unavailable if it cannot be read or is not the source."""
        captured = self._is_kept(candidate)
        ask = functools.partial(
            read_or_copy,
            candidate,
            self._article,
            self._fetcher,
            self._network.outlets,
            self._network.search,
            captured=captured,
        )
        address = _request_key(candidate, self._article, self._fetcher, captured=captured)
        capture, page = await self._network.once.page(address, ask)
        check_new(candidate, page, self._barred)
        if not _is_given(self._source, candidate, self._article):
            check_fit(candidate, page, self._leaning)
        return capture, page

    def _given_up(self) -> tuple[Reason, str]:
        """The reason of the best candidate, and a detail that also names services and archives that did not help."""
        informative = [failure for failure in self._failures if failure.reason is not Reason.UNRESOLVED]
        if self._unasked and not any(self._is_sure(failure.candidate) for failure in informative):
            failed_requests = (failure.detail or failure.candidate.url for failure in self._failures)
            return Reason.UNREACHABLE, "; ".join(
                (f"could not be searched for: {', '.join(self._unasked)}", *failed_requests)
            )
        if not self._failures:
            return Reason.UNRESOLVED, _no_address(self._source, self._fetcher)
        if self._out_of_reach:
            informative = self._failures[-1:]
        elif self._source.citation.kind is CitationKind.POST and self._source.citation.url:
            # A post's own page is built by scripts and may look like a soft 404; a missing public embed shows that the
            # post is gone.
            informative.sort(key=lambda failure: failure.reason not in LASTING - {Reason.SOFT_404})
        failure = (informative or self._failures)[0]
        # What became of the address that a person gave comes before what became of others.
        given = next((other for other in self._failures if other.candidate.found_by == BY_A_PERSON), failure)
        explanations = dict.fromkeys(each.detail or each.candidate.url for each in (given, failure))
        reason = failure.reason if self._out_of_reach else given.reason
        return reason, "; failed requests:  ".join(filter(None, ("; ".join(explanations), ", ".join(self._unasked))))

    def _is_sure(self, candidate: Candidate) -> bool:
        """Whether an address is known to be the source's: given by the article or a person, or read before."""
        return candidate.found_by == READ_BEFORE or _is_given(self._source, candidate, self._article)


def _barring(
    candidates: Sequence[Candidate], doubtful: Sequence[Candidate], barred: frozenset[str]
) -> tuple[tuple[Candidate, ...], tuple[Candidate, ...]]:
    """The candidates to try and the doubtful ones, without barred addresses and repetitions."""
    seen = set(barred)
    chosen: list[list[Candidate]] = [[], []]
    for place, group in enumerate((candidates, doubtful)):
        for candidate in group:
            if urls.key(candidate.url) not in seen:
                chosen[place].append(candidate)
        seen.update(urls.key(candidate.url) for candidate in chosen[0])
    return tuple(chosen[0]), tuple(chosen[1])


def _same_address(url: str, other: str) -> bool:
    """Whether two addresses are one; an archived copy has the key of the page that it is of."""
    return urls.key(url) == urls.key(other) and urls.is_archived(url) == urls.is_archived(other)


def _request_key(candidate: Candidate, article: Page, fetcher: Fetcher, *, captured: bool) -> str:
    """The key of a request: the address and, in an archive of dated captures, the requested day.

    If we have a capture no archived copy may replace the page, so such a request has its own key.
    """
    near = article.published if fetcher.known_urls() else None
    return f"{candidate.url} {near or ''}{' kept' if captured else ''}"


def _is_given(source: Source, candidate: Candidate, article: Page) -> bool:
    """Whether the article itself, or a person, says that this address is its source, whatever the page says."""
    if candidate.found_by == BY_A_PERSON:
        return True
    if source.citation.url or source.citation.kind is CitationKind.POST:
        return True
    linked = {urls.key(link.href) for link in article.links}
    return candidate.score >= likeness.SURE and urls.key(candidate.url) in linked


def _no_address(source: Source, fetcher: Fetcher) -> str:
    """In words, that no address of a source is known, and which came nearest."""
    named = source.citation.url or source.citation.handle or source.citation.outlet or source.citation.text
    if source.candidates:
        nearest = source.candidates[0].url
        return f"no address found for {named} is certain enough to be read; the closest is {nearest}"
    where = " in the archive" if fetcher.known_urls() else ""
    return f"no address was found{where} for {named}"
