"""Finds places where claims without a source may be settled: what is at hand first, then the search services.

Nothing that is found here is evidence: no page is read and no verdict changes. A person looks, and attaches the page
that settles the claim.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from claims.addresses import host, site
from claims.glossary import LABELS
from claims.ledger.entries import ClaimRow
from claims.ledger.ledger import Ledger
from claims.matching.same_claim import same_claims
from claims.naming import cited_name, outlet_name
from claims.records import Check, Claim, Label, Lead, LeadKind, Page
from flows.config.setup import Setup
from flows.show.json_documents import is_read
from sources import urls
from sources.errors import SourcesError
from sources.finding.fact_checks import FactCheckFile, read_fact_checks
from sources.finding.likeness import is_front, share, topic
from sources.finding.search_protocol import Hit, Query, SearchService, service_hits
from sources.finding.services import FactChecks
from sources.leads.linked_pages import LinkedPages, only_lists
from sources.leads.own_sites import OwnSites
from sources.leads.published import is_authors_own
from sources.leads.registers import Registers

# Earlier claims with another label say nothing about the claim.
_TELLING = tuple(
    label for label in Label if label not in (Label.NO_SOURCE, Label.NOT_CHECKABLE, Label.SOURCE_UNAVAILABLE)
)
_MOST_CLAIMS = 60  # claims of an article for which places are looked for, those most worth checking
_MOST_SEARCHED = 8  # of these, the claims that search services are asked about: each costs a request and its pause
_MOST_ALIKE, _MOST_OF_A_KIND = 40, 2
_HIT_SHARE = 0.5  # the least share of a claim's words in the title and snippet of a page that is shown


def unsourced(check: Check) -> list[Claim]:
    """The claims that no source speaks of, those most worth checking first."""
    open_ids = {verdict.claim for verdict in check.verdicts if verdict.label is Label.NO_SOURCE}
    checkable = [claim for claim in check.extraction.claims if claim.id in open_ids and claim.checkable]
    return sorted(checkable, key=lambda claim: -claim.checkworthiness)


def leads_at_hand(check: Check, setup: Setup) -> tuple[list[Lead], list[str]]:
    """What the ledger, files of fact-checks and the article itself offer, and which files could not be read.

    Nothing is fetched.

    Raises:
        ModelError: the sentence encoder cannot be loaded.
        LedgerError: the ledger cannot be read.
    """
    claims = unsourced(check)[:_MOST_CLAIMS]
    files, unread = _files(setup) if claims else ([], [])
    earlier = _resembling(claims, check.article, setup)
    sites, linked = OwnSites(check.article, setup.outlets), _linked_pages(check)
    registers = Registers(check.article)
    leads: list[Lead] = []
    for claim in claims:
        leads += list(_of_ledger(claim, earlier.get(claim.id, ())))[:_MOST_OF_A_KIND]
        leads += [lead for file in files for lead in _of_file(claim, file)][:_MOST_OF_A_KIND]
        beside = {lead.url or lead.name: lead for lead in (*_beside(claim, check, setup), *linked.places(claim))}
        leads += list(beside.values())[:_MOST_OF_A_KIND]
        own = list(sites.places(claim))[:_MOST_OF_A_KIND]
        leads += _without_fronts(own, list(registers.places(claim))[:_MOST_OF_A_KIND])
    return leads, unread


def _without_fronts(own: Sequence[Lead], kept: Sequence[Lead]) -> list[Lead]:
    """The own sites and the registers of a claim, each site once and with the page that leads further into it."""
    leads: dict[str, Lead] = {}
    for lead in (*own, *kept):
        at = site(lead.url) or lead.name
        known = leads.get(at)
        if known is None or len(lead.url or "") > len(known.url or ""):
            leads[at] = lead
    return list(leads.values())


def _files(setup: Setup) -> tuple[list[FactCheckFile], list[str]]:
    """The configured files of fact-checks, and those that cannot be used, each with the reason."""
    files, unread = [], []
    for path in (entry.path for entry in setup.settings.search if entry.path):
        try:
            files.append(read_fact_checks(path))
        except SourcesError as error:
            unread.append(str(error))
    return files, unread


def by_worth(check: Check, leads: Iterable[Lead]) -> tuple[Lead, ...]:
    """The leads in the order of their claims' check-worthiness, and for one claim in the order of their kinds."""
    claims, kinds = {claim.id: place for place, claim in enumerate(unsourced(check))}, list(LeadKind)
    return tuple(sorted(leads, key=lambda lead: (claims[lead.claim], kinds.index(lead.kind))))


def to_search(check: Check, at_hand: Sequence[Lead]) -> list[Claim]:
    """The claims that search services are asked about: those without an earlier check ``at_hand``."""
    settled = {lead.claim for lead in at_hand if lead.kind in (LeadKind.LEDGER, LeadKind.FACT_CHECK)}
    return [claim for claim in unsourced(check) if claim.id not in settled][:_MOST_SEARCHED]


async def leads_by_search(
    claims: Sequence[Claim], article: Page, services: Sequence[SearchService], patience: float | None
) -> tuple[list[Lead], list[str]]:
    """What search services offer for claims, and what could not be asked.

    A service that does not answer at all, or not within ``patience`` seconds, is not asked again; one of which only a
    part does not answer is.
    """
    leads: list[Lead] = []
    asked = list(services)
    silent: dict[str, str] = {}
    for claim in claims:
        for service in tuple(asked):
            hits, why = await service_hits(service, _query_about(claim, article), patience)
            if why:
                silent.setdefault(service.name, why)
            if hits is None:
                asked.remove(service)
            leads += [_of_hit(claim, hit, service) for hit in _fitting(hits or (), claim, article, service)]
    return leads, list(silent.values())


def searched_before(check: Check, known: Sequence[Lead]) -> list[Lead]:
    """Further leads of an earlier run that search services gave for claims that are still without a source."""
    left = {claim.id for claim in unsourced(check)}
    kinds = (LeadKind.SEARCH, LeadKind.FACT_CHECK)
    return [lead for lead in check.leads if lead.kind in kinds and lead.claim in left and lead not in known]


def _resembling(claims: Sequence[Claim], article: Page, setup: Setup) -> dict[str, list[ClaimRow]]:
    """The claims of other articles in the ledger that share words with each claim, and have a telling verdict."""
    if not claims or not setup.ledger.exists():
        return {}
    with Ledger.open(setup.ledger) as ledger:
        return {claim.id: ledger.resembling(claim.certain, article, _TELLING, _MOST_ALIKE) for claim in claims}


def _of_ledger(claim: Claim, rows: Sequence[ClaimRow]) -> Iterator[Lead]:
    for place, _ in same_claims(claim.certain, [row.statement for row in rows]):
        row = rows[place]
        decided = f", decided by {row.reviewer}" if row.decision and row.reviewer else ", not decided by anybody yet"
        yield Lead(
            claim=claim.id,
            kind=LeadKind.LEDGER,
            name=row.title or host(row.url) or row.article,
            url=row.url,
            says=row.statement,
            rating=f"{LABELS[Label(row.standing)].word}{decided}",
            day=row.checked_at[:10],
            known=row.id,
        )


def _of_file(claim: Claim, file: FactCheckFile) -> Iterator[Lead]:
    reviews = file.alike(claim.certain)
    for place, _ in same_claims(claim.certain, [review.claim for review in reviews]):
        review = reviews[place]
        yield Lead(
            claim=claim.id,
            kind=LeadKind.FACT_CHECK,
            name=review.publisher or host(review.url) or "a fact-check",
            url=review.url,
            says=review.claim,
            rating=review.rating,
            day=review.day,
        )


def _beside(claim: Claim, check: Check, setup: Setup) -> Iterator[Lead]:
    """The pages that the article cites in the same paragraph, in the same voice, and that could not be read.

    An outlet without an address of its story is no place: its front page settles nothing.
    """
    unread = {reading.source.id: reading.source for reading in check.readings if not is_read(reading)}
    block = next((part.span for part in check.article.blocks if part.span[0] <= claim.spans[0][0] < part.span[1]), None)
    if block is None or not unread or is_authors_own(claim):
        return
    named = {
        citation.source_id: citation
        for other in check.extraction.claims
        if block[0] <= other.spans[0][0] < block[1]
        if _same_voice(claim, other)
        for citation in other.citations
        if citation.source_id in unread
    }
    for source_id, citation in named.items():
        stories = (
            candidate.url
            for candidate in unread[source_id].candidates
            if not (is_front(candidate.url) or only_lists(candidate.url))
        )
        url = citation.url or next(stories, None)
        if url and not only_lists(url):
            name = cited_name(citation, outlet_name(citation.outlet, setup.outlets))
            yield Lead(claim=claim.id, kind=LeadKind.BESIDE, name=name, url=url)


def _same_voice(claim: Claim, other: Claim) -> bool:
    """Whether a source of another claim may have this one: what somebody said is not in what the article links."""
    speaker = claim.attribution.speaker if claim.attribution else None
    return speaker is None or speaker == (other.attribution.speaker if other.attribution else None)


def _linked_pages(check: Check) -> LinkedPages:
    """The pages that the article links and that were not read."""
    read = {
        urls.key(url)
        for reading in check.readings
        if is_read(reading) and reading.page
        for url in (reading.source.citation.url, reading.page.url, reading.page.final_url)
        if url
    }
    return LinkedPages(check.article, read)


def _query_about(claim: Claim, article: Page) -> Query:
    about = topic([claim], article)
    return Query(words=about.keywords, quote=about.quote, day=about.day)


def _fitting(hits: Sequence[Hit], claim: Claim, article: Page, service: SearchService) -> list[Hit]:
    """The best hits that seem to be about the claim, without the article itself."""
    own = urls.key(article.final_url or article.url or "")
    fitting = (hit for hit in hits if urls.key(hit.url) != own and _speaks_of(claim, hit, service))
    return list(islice(fitting, _MOST_OF_A_KIND))


def _speaks_of(claim: Claim, hit: Hit, service: SearchService) -> bool:
    """Whether a page seems to be about the claim; a fact-check must be of the same claim."""
    if isinstance(service, FactChecks):
        return bool(hit.snippet and same_claims(claim.certain, [hit.snippet]))
    return share(claim.certain, f"{hit.title} {hit.snippet}") >= _HIT_SHARE


def _of_hit(claim: Claim, hit: Hit, service: SearchService) -> Lead:
    return Lead(
        claim=claim.id,
        kind=LeadKind.FACT_CHECK if isinstance(service, FactChecks) else LeadKind.SEARCH,
        name=host(hit.url) or service.name,
        url=hit.url,
        says=hit.snippet if isinstance(service, FactChecks) else hit.title,
        rating=hit.title if isinstance(service, FactChecks) else "",
        day=hit.published[:10] if hit.published else None,
    )
