"""A check from end to end: the steps in the order that the data goes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from importlib.metadata import version
from uuid import uuid4

from claims.records import Check, Claim, Extraction, Page, Reading, Run, Source
from flows import steps
from flows.naming import source_name
from flows.setup import Setup
from flows.steps import Conductor, Stage
from sources.fetch import Fetcher
from sources.gather import plan


async def check(source: str, setup: Setup, conductor: Conductor | None = None) -> Check:
    """Check one article and log it.

    Raises:
        UnreadableError: the article itself cannot be read.
        ClaimsError: a model or the ledger cannot be used.
        SourcesError: the archive to replay, or to write captures to, cannot be used.
    """
    desk, started = conductor or Conductor(), steps.now()
    async with _fetching(setup):
        article: Page = await desk.step(Stage.READ, source, steps.read, source, setup)
        extraction: Extraction = await desk.step(Stage.CLAIMS, article.title or source, steps.split, article, setup)
        readings = await _gather(article, extraction.claims, setup, desk)
    return await _conclude(article, extraction, readings, started, setup, desk)


async def recheck(article: str, setup: Setup, conductor: Conductor | None = None, *, fetch: bool = True) -> Check:
    """Check an article of the ledger again: the claims that it made, against its sources as they are now.

    Without ``fetch`` the sources are read from their captures, and nobody is asked. A page that a person handed in
    stands in for a source that cannot be read.

    Raises:
        LedgerError: the ledger does not know the article.
        SourcesError: a capture is gone or damaged.
    """
    desk, started = conductor or Conductor(), steps.now()
    known: steps.Known = await desk.step(Stage.READ, article, steps.recall, article, setup)
    if fetch:
        async with _fetching(setup):
            readings = await _gather(known.article, known.extraction.claims, setup, desk)
    else:
        readings = tuple(steps.reread_source(source, setup) for source in known.sources)
    readings = tuple(steps.stand_in(reading, known.handed, setup) for reading in readings)
    return await _conclude(known.article, known.extraction, readings, started, setup, desk)


async def claims_only(source: str, setup: Setup) -> tuple[Page, Extraction]:
    """Only the article and its claims: no source is fetched, nothing is logged. Raises UnreadableError."""
    article = await steps.read(source, setup)
    return article, steps.split(article, setup)


@asynccontextmanager
async def _fetching(setup: Setup) -> AsyncIterator[None]:
    """One fetcher for all sources of a check, so that each host is asked politely."""
    async with Fetcher(setup.fetch) as fetcher:
        token = steps.current_fetcher.set(fetcher)
        try:
            yield
        finally:
            steps.current_fetcher.reset(token)


async def _gather(article: Page, claims: Sequence[Claim], setup: Setup, desk: Conductor) -> tuple[Reading, ...]:
    """The distinct sources of the claims, all hosts at once."""
    planned = plan(claims)
    desk.expect(len(planned))

    def name(source: Source) -> str:
        return source_name(source.citation, steps.directory(setup.outlets)) or source.citation.kind.value

    async def one(source: Source) -> Reading:
        leaning = [claim for claim in claims if claim.id in source.claims]
        reading: Reading = await desk.step(Stage.SOURCES, name(source), steps.gather, source, article, leaning, setup)
        return reading

    return tuple(await asyncio.gather(*map(one, planned)))


async def _conclude(
    article: Page, extraction: Extraction, readings: tuple[Reading, ...], started: str, setup: Setup, desk: Conductor
) -> Check:
    """Judge the claims against what was read, and log the whole check."""
    run, claims = new_run(article, started, setup), f"{len(extraction.claims)} claims"
    verdicts = await desk.step(Stage.JUDGE, claims, steps.judge, extraction, article, readings, run, setup)
    done = Check(
        article=article,
        extraction=extraction,
        readings=readings,
        verdicts=tuple(verdicts),
        run=replace(run, finished_at=steps.now()),
    )
    await desk.step(Stage.LEDGER, str(setup.ledger), steps.log, done, setup)
    return done


def new_run(article: Page, started: str, setup: Setup) -> Run:
    """A run that began at ``started``; its id is its own, since two runs over one article are two runs."""
    judge = steps.engine(setup.judge)
    return Run(
        id=uuid4().hex[:16],
        article=article.id,
        started_at=started,
        judge=f"{judge.name} {judge.version}",
        version=version("factdesk"),
    )
