"""The steps of a check: plain functions of records.

A ``Conductor`` runs the steps as the plain functions that they are; ``flows/tasks.py`` has one that runs the
same steps as Prefect tasks inside a flow run.
"""

from __future__ import annotations

import asyncio
import atexit
import os
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from functools import cache

from claims.extraction.extract import extract
from claims.extraction.suggestions import Reader, with_suggestions
from claims.ledger.ledger import Ledger
from claims.records import (
    Capture,
    Check,
    Claim,
    Extraction,
    Lead,
    LlmPolicy,
    Page,
    Reading,
    Run,
    Source,
    Stamp,
    Verdict,
)
from claims.verification.judges.judge import Judge
from claims.verification.judges.load import load_judge, load_reader
from claims.verification.verify import verify
from flows.checks.conductor import Stage, in_thread
from flows.checks.hops import PendingHop, hops
from flows.checks.leads import by_worth, leads_at_hand, leads_by_search, searched_before, to_search
from flows.checks.standing import Before
from flows.config.setup import Setup
from sources.article import read_article
from sources.captures.reread import reread
from sources.fetching.fetch import Fetcher
from sources.finding.services import configured_services
from sources.gather import Network, read_source
from sources.hop import read_hop

# The network of the check that is running here: politeness per host needs one for all its sources.
_current: ContextVar[Network | None] = ContextVar("network", default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """An article that was checked before: the last state of its sources, and what is known of them.

    ``leads`` are where its claims without a source may be settled, according to the last check of each.
    """

    article: Page
    extraction: Extraction
    sources: tuple[Source, ...]
    leads: tuple[Lead, ...]
    before: Before


@cache
def engine(name: str, policy: LlmPolicy) -> Judge:
    """The judge of this name, loaded once a process; ``policy`` says what language models may be sent."""
    return load_judge(name, policy)


@cache
def event_loop() -> asyncio.Runner:
    """The event loop of this process, for programs that check many articles; closed at the process's end.

    The delays between two requests to a host belong to a loop, so they hold from one article to the next only in one.
    """
    runner = asyncio.Runner()
    atexit.register(_close_idle, runner)
    return runner


def _close_idle(runner: asyncio.Runner) -> None:
    """Close a loop, unless a thread still runs it while the process ends.

    Not by ``runner.close()``, which starts a thread to wait for others: that is no longer possible in Python 3.12.
    """
    loop = runner.get_loop()
    if not loop.is_running():
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()


@asynccontextmanager
async def network(setup: Setup) -> AsyncIterator[Network]:
    """The network of the check that is running, or (also where a step runs in another process) a fresh one.

    Raises SourcesError if a search service is configured wrongly.
    """
    running = _current.get()
    if running is not None:
        yield running
        return
    async with Fetcher(setup.fetch) as fetcher:
        services = (service.model_dump(exclude_none=True) for service in setup.settings.search if not service.path)
        entries = [*services, {"kind": "feeds"}]
        search = () if fetcher.cut_off or setup.fetch.replay else configured_services(entries, fetcher.get, os.environ)
        net = Network(fetcher=fetcher, outlets=setup.outlets, search=tuple(search))
        token = _current.set(net)
        try:
            yield net
        finally:
            _current.reset(token)


async def current_network() -> Network | None:
    """The network that ``network`` has opened here and not closed yet, if any."""
    return _current.get()


@cache
def reader_named(name: str, policy: LlmPolicy) -> Reader | None:
    """The reader of this name, loaded once a process; None where none is configured."""
    return load_reader(name, policy)


async def fetch_article(source: str, setup: Setup) -> tuple[Page, Capture | None]:
    """The article, and its capture where it was fetched. Raises UnreadableError."""
    async with network(setup) as net:
        stdin = sys.stdin.buffer.read() if source == "-" else None
        return await read_article(source, net.fetcher, setup.outlets, stdin)


def extract_claims(article: Page, setup: Setup) -> Extraction:
    """The article's attributions and claims, with the suggestions of the reader, if one is configured.

    Raises ModelError if the reader cannot be asked.
    """
    extraction = extract(article, setup.outlets)
    reader = reader_named(setup.settings.reader, setup.settings.llm.policy)
    return with_suggestions(extraction, article, reader) if reader is not None else extraction


async def gather(
    source: Source, article: Page, claims: Sequence[Claim], setup: Setup, page: Page | None = None
) -> Reading:
    """One source, read or unavailable; looked for from ``page`` where that is a cited page that relies on it."""
    async with network(setup) as net:
        if page is None:
            return await read_source(source, article, claims, net)
        return await read_hop(source, page, article, claims, net)


def second_hand(claims: Sequence[Claim], article: Page, readings: Sequence[Reading], setup: Setup) -> list[PendingHop]:
    """What the cited pages rely on themselves, to be followed one hop further."""
    most = setup.settings.fetch.hops
    return hops(claims, article, readings, setup.outlets, most) if most else []


def recall(article: str, setup: Setup) -> Known:
    """An article as the ledger knows it. Raises LedgerError."""
    with Ledger.open(setup.ledger, create=False) as ledger:
        page, extraction = ledger.article(article), ledger.extraction(article)
        return Known(
            article=page,
            extraction=extraction,
            sources=ledger.article_sources(article),
            leads=ledger.leads(article),
            before=_before(ledger, page, extraction.claims),
        )


async def known_before(article: Page, claims: Sequence[Claim], setup: Setup) -> Before:
    """What the ledger says now of the sources of an article, which may be new to it."""

    def looked_up() -> Before:
        # Where another run has just begun to make the ledger, or was killed meanwhile, this one goes on with it.
        with Ledger.open(setup.ledger) as ledger:
            return _before(ledger, article, claims)

    return await in_thread(Stage.LEDGER, looked_up) if setup.ledger.exists() else Before()


def _before(ledger: Ledger, article: Page, claims: Sequence[Claim]) -> Before:
    return Before(chosen=ledger.choices(article, claims), standing=ledger.standing(article))


def at_hand(source: Source, known: Known, rechecked: Sequence[Claim], setup: Setup, *, strict: bool) -> Reading | None:
    """A source that is not read now, in its last state: from its capture, or from a page that a person attached.

    A capture that is lost makes its source unavailable, unless a page was attached to it. Where others are asked
    (not ``strict``) such a source is left out, and what a page relied on for the ``rechecked`` claims is for those
    others to say.
    """
    if source.hop_of is not None and not strict:
        again = {claim.id for claim in rechecked}
        source = replace(source, claims=tuple(claim_id for claim_id in source.claims if claim_id not in again))
    outlets = setup.outlets
    reading = reread(source, setup.captures, outlets)
    if reading.source.reason is source.reason:
        return known.before.stands(reading, setup, outlets)
    reading = known.before.handed_in(reading, setup, outlets)
    return reading if strict or reading.page is not None else None


def judge(extraction: Extraction, article: Page, readings: Sequence[Reading], run: Run, setup: Setup) -> list[Verdict]:
    """A verdict for each claim."""
    judge_, claims = engine(setup.judge, setup.settings.llm.policy), extraction.claims
    stamp = Stamp(run=run.id, policy=setup.policy, now=run.started_at)
    return verify(claims, article, readings, judge_, stamp)


async def leads(check: Check, setup: Setup, *, search: bool) -> tuple[tuple[Lead, ...], tuple[str, ...]]:
    """Where claims without a source may be settled, and what could not be asked about them, each with the reason.

    Search services are asked only with ``search`` and where the network is used at all. Where one does not answer,
    what they gave an earlier run (the ``leads`` of the check) is kept.
    """
    at_hand, unread = await in_thread(Stage.JUDGE, leads_at_hand, check, setup)  # which asks the sentence encoder
    services = [service.kind for service in setup.settings.search if service.finds_pages]
    claims = to_search(check, at_hand) if services else []
    if not claims:
        return by_worth(check, at_hand), tuple(unread)
    searched: list[Lead] = []
    if not search or setup.fetch.offline or setup.fetch.replay:
        silent = [f"{kind}: not asked (offline)" for kind in services]
    else:
        async with network(setup) as net:
            searched, silent = await leads_by_search(claims, check.article, net.search, net.fetcher.policy.total)
    earlier = searched_before(check, (*at_hand, *searched)) if silent else []
    return by_worth(check, (*at_hand, *searched, *earlier)), (*unread, *silent)


def log(check: Check, setup: Setup, whole: bool) -> int:
    """Everything into the ledger, in one transaction; how many verdicts are new or changed.

    ``whole`` is False if the claims were not read from the article now, but from the ledger.
    """
    with Ledger.open(setup.ledger) as ledger:
        return len(ledger.record(check, whole=whole).added)
