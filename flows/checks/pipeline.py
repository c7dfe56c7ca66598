"""A check from end to end: the steps in the order that the data goes."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from uuid import uuid4

from claims.ledger.entries import Choice, Due
from claims.ledger.ledger import Ledger
from claims.records import Check, Claim, Extraction, Label, Page, Reading, Run, Source
from flows.checks import steps
from flows.checks.conductor import Conductor, Stage
from flows.checks.hops import PendingHop
from flows.config.setup import Setup
from flows.show.text import counted
from flows.show.wording import source_name
from sources.errors import Unavailable, UnreadableError
from sources.finding import feeds
from sources.gather import plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """What is known of an article's sources already: what people chose for them, and how they stood last."""

    chosen: Mapping[str, Choice]
    sources: tuple[Source, ...] = ()

    def standing(self, reading: Reading, setup: Setup) -> Reading:
        """The reading, or what stands in for it where it could not be had just now."""
        return steps.stand_in(steps.remember(reading, self.sources, setup), self.chosen, setup)


async def check(source: str, setup: Setup, conductor: Conductor | None = None) -> Check:
    """Check one article and log it.

    Raises:
        UnreadableError: the article itself cannot be read.
        ClaimsError: a model or the ledger cannot be used.
        SourcesError: the archive to replay, or to write captures to, cannot be used.
    """
    desk, started = conductor or Conductor(), steps.now()
    async with steps.network(setup) as net:
        article, capture = await desk.step(Stage.READ, source, steps.read, source, setup)
        extraction: Extraction = await desk.step(Stage.CLAIMS, article.title or source, steps.split, article, setup)
        chosen = steps.chosen_before(article, extraction.claims, setup)
        readings = await _gather(article, extraction.claims, setup, desk, Before(chosen=chosen))
        await net.fetcher.flush()
    read = Check(
        article=article,
        extraction=extraction,
        readings=readings,
        verdicts=(),
        run=new_run(article, started, setup),
        article_capture=capture,
    )
    return await _conclude(read, setup, desk)


async def recheck(article: str, setup: Setup, conductor: Conductor | None = None, *, fetch: bool = True) -> Check:
    """Check an article of the ledger again: the claims that it made, against its sources as they are now.

    A source that cannot be reached just now is read from its last capture, since an outage takes no verdict back;
    one that is gone is unavailable. A page that a person handed in stands in for it. Without ``fetch`` all sources
    are read from their captures, and nobody is asked.

    Raises:
        LedgerError: the ledger does not know the article.
        SourcesError: a capture is gone or damaged.
    """
    desk, started = conductor or Conductor(), steps.now()
    known: steps.Known = await desk.step(Stage.READ, article, steps.recall, article, setup)
    if fetch:
        async with steps.network(setup) as net:
            before = Before(chosen=known.chosen, sources=known.sources)
            readings = await _gather(known.article, known.extraction.claims, setup, desk, before)
            await net.fetcher.flush()
    else:
        again = (steps.reread_source(source, setup) for source in known.sources)
        readings = tuple(steps.stand_in(reading, known.chosen, setup) for reading in again)
    read = Check(
        article=known.article,
        extraction=known.extraction,
        readings=readings,
        verdicts=(),
        run=new_run(known.article, started, setup),
    )
    return await _conclude(read, setup, desk, whole=False)


async def new_articles(feed: str, limit: int, setup: Setup) -> list[str]:
    """The addresses of a feed's articles that the ledger does not know, at most ``limit``, in the feed's order.

    Raises UnreadableError where the feed cannot be read.
    """
    async with steps.network(setup) as net:
        try:
            found = await feeds.read(feed, net.fetcher.get)
        except Unavailable as error:
            raise UnreadableError(f"{feed}: {error}") from error
    with Ledger.open(setup.ledger) as ledger:
        known = [article.url for article in ledger.articles() if article.url]
    return [entry.url for entry in feeds.new_entries(found, known, limit)]


def due(older_than: float, labels: Sequence[Label], setup: Setup, *, create: bool = False) -> list[Due]:
    """The claims, by article, that were last checked more than ``older_than`` seconds ago, under one of ``labels``.

    ``create`` makes a ledger that is not there yet: nothing is due in it. Raises LedgerError where there is none.
    """
    before = datetime.now(UTC) - timedelta(seconds=older_than)
    with Ledger.open(setup.ledger, create=create) as ledger:
        return ledger.due(before=before.isoformat(timespec="milliseconds"), labels=labels)


async def claims_only(source: str, setup: Setup) -> tuple[Page, Extraction]:
    """Only the article and its claims: no source is fetched, nothing is logged. Raises UnreadableError."""
    article, _ = await steps.read(source, setup)
    return article, steps.split(article, setup)


async def _gather(
    article: Page, claims: Sequence[Claim], setup: Setup, desk: Conductor, before: Before
) -> tuple[Reading, ...]:
    """The distinct sources of the claims, all hosts at once, then what their pages lean on: one hop, no further."""

    async def one(source: Source, page: Page | None = None) -> Reading:
        leaning = [claim for claim in claims if claim.id in source.claims]
        at, name = steps.at_address(source, before.chosen), _name(source, setup)
        reading: Reading = await desk.step(Stage.SOURCES, name, steps.gather, at, article, leaning, setup, page)
        return before.standing(reading, setup)

    planned = plan(claims)
    desk.expect(len(planned) + 1)
    readings = await asyncio.gather(*map(one, planned))
    found: list[PendingHop] = await desk.step(
        Stage.SOURCES, "what they lean on", steps.second_hand, claims, article, readings, setup
    )
    desk.expect(len(found))
    return (*readings, *await asyncio.gather(*(one(hop.source, hop.page) for hop in found)))


def _name(source: Source, setup: Setup) -> str:
    return source_name(source.citation, steps.directory(setup.outlets)) or source.citation.kind.value


async def _conclude(read: Check, setup: Setup, desk: Conductor, *, whole: bool = True) -> Check:
    """Judge the claims against what was read, and log the check with its verdicts."""
    claims = counted(len(read.extraction.claims), "claim")
    verdicts = await desk.step(
        Stage.JUDGE, claims, steps.judge, read.extraction, read.article, read.readings, read.run, setup
    )
    done = replace(read, verdicts=tuple(verdicts), run=replace(read.run, finished_at=steps.now()))
    await desk.step(Stage.LEDGER, str(setup.ledger), steps.log, done, setup, whole)
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
