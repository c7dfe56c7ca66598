"""Finds places where claims without a source may be settled: what is at hand first, then the search services.

Nothing that is found here is evidence: no page is read and no verdict changes. A person looks, and attaches the page
that settles the claim.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from claims.addresses import host
from claims.ledger.entries import ClaimRow
from claims.ledger.ledger import Ledger
from claims.matching.same_claim import same_claims
from claims.naming import cited_name, outlet_name
from claims.records import Check, Claim, Label, Lead, LeadKind, Page
from flows.config.setup import Setup
from sources import urls
from sources.errors import SourcesError, Unavailable
from sources.finding.fact_checks import FactCheckFile, read_fact_checks
from sources.finding.likeness import share, topic
from sources.finding.own_sites import own_places
from sources.finding.search_protocol import Hit, PartlyAnswered, Query, SearchService, failure
from sources.finding.services import FactChecks

# Earlier claims with another label say nothing about the claim.
_TELLING = frozenset(
    label.value for label in Label if label not in (Label.NO_SOURCE, Label.NOT_CHECKABLE, Label.SOURCE_UNAVAILABLE)
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
    leads: list[Lead] = []
    for claim in claims:
        leads += list(_of_ledger(claim, earlier.get(claim.id, ())))[:_MOST_OF_A_KIND]
        leads += [lead for file in files for lead in _of_file(claim, file)][:_MOST_OF_A_KIND]
        leads += list(_beside(claim, check, setup))[:_MOST_OF_A_KIND]
        leads += list(own_places(claim, check.article, setup.outlets))[:_MOST_OF_A_KIND]
    return leads, unread


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


async def leads_by_search(
    check: Check, services: Sequence[SearchService], at_hand: Sequence[Lead]
) -> tuple[list[Lead], list[str]]:
    """What search services offer for claims without an earlier check ``at_hand``, and which gave no answer."""
    settled = {lead.claim for lead in at_hand if lead.kind in (LeadKind.LEDGER, LeadKind.FACT_CHECK)}
    left = [claim for claim in unsourced(check) if claim.id not in settled][:_MOST_SEARCHED]
    leads: list[Lead] = []
    silent: dict[str, str] = {}
    for claim in left:
        for service in services:
            if service.name in silent:
                continue
            hits, why = await _ask(service, claim, check.article)
            silent |= {service.name: why} if why else {}
            leads += [_of_hit(claim, hit, service) for hit in hits]
    return leads, list(silent.values())


def _resembling(claims: Sequence[Claim], article: Page, setup: Setup) -> dict[str, list[ClaimRow]]:
    """The claims of other articles in the ledger that share words with each claim, and have a telling verdict."""
    if not claims or not setup.ledger.exists():
        return {}
    with Ledger.open(setup.ledger, create=False) as ledger:
        return {
            claim.id: [
                row for row in ledger.resembling(claim.certain, article, _MOST_ALIKE) if row.standing in _TELLING
            ]
            for claim in claims
        }


def _of_ledger(claim: Claim, rows: Sequence[ClaimRow]) -> Iterator[Lead]:
    for place, _ in same_claims(claim.certain, [row.statement for row in rows]):
        row = rows[place]
        decided = f", decided by {row.reviewer}" if row.decision and row.reviewer else ", not decided by anybody yet"
        yield Lead(
            claim=claim.id,
            kind=LeadKind.LEDGER,
            name=row.title or host(row.url or "") or row.article,
            url=row.url,
            says=row.statement,
            rating=f"{row.standing.replace('_', ' ')}{decided}",
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
            name=review.publisher or host(review.url or "") or "a fact-check",
            url=review.url,
            says=review.claim,
            rating=review.rating,
            day=review.day,
        )


def _beside(claim: Claim, check: Check, setup: Setup) -> Iterator[Lead]:
    """The sources that the article cites in the same paragraph and that could not be read."""
    unread = {reading.source.id: reading.source for reading in check.readings if reading.page is None}
    block = next((part.span for part in check.article.blocks if part.span[0] <= claim.spans[0][0] < part.span[1]), None)
    if block is None or not unread:
        return
    named = {
        citation.source_id: citation
        for other in check.extraction.claims
        if block[0] <= other.spans[0][0] < block[1]
        for citation in other.citations
        if citation.source_id in unread
    }
    for source_id, citation in named.items():
        name = cited_name(citation, outlet_name(citation.outlet, setup.outlets))
        candidates = unread[source_id].candidates
        url = citation.url or (candidates[0].url if candidates else None)
        yield Lead(claim=claim.id, kind=LeadKind.BESIDE, name=name, url=url)


async def _ask(service: SearchService, claim: Claim, article: Page) -> tuple[list[Hit], str]:
    """The pages that a service finds for a claim, and why it gave no answer."""
    about = topic([claim], article)
    try:
        hits, why = list(await service.search(Query(words=about.keywords, quote=about.quote, day=about.day))), ""
    except PartlyAnswered as error:
        hits, why = list(error.hits), failure(service.name, error)
    except Unavailable as error:
        return [], failure(service.name, error)
    own = urls.key(article.final_url or article.url or "")
    fitting = [hit for hit in hits if urls.key(hit.url) != own and _speaks_of(claim, hit, service)]
    return fitting[:_MOST_OF_A_KIND], why


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
