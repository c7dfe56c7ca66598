"""A complete check: its steps in the order of the data flow."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from typing import TypeAlias
from urllib.parse import urlsplit
from uuid import uuid4
from zoneinfo import ZoneInfo

from claims.addresses import is_address
from claims.clock import now
from claims.display.text import counted
from claims.display.wording import source_name
from claims.ledger.entries import Due
from claims.ledger.ledger import Ledger
from claims.privacy import hide_in
from claims.records import Check, Claim, Extraction, Label, Page, Reading, Run, Source
from flows.checks import elsewhere, steps
from flows.checks.anchor import anchor
from flows.checks.conductor import Conductor, Stage, in_thread
from flows.checks.standing import Before
from flows.config.setup import Setup
from sources import urls
from sources.errors import Unavailable, UnreadableError
from sources.finding import feeds
from sources.gather import plan

Turn: TypeAlias = Callable[[], Awaitable[object]]


async def check(source: str, setup: Setup, conductor: Conductor | None = None, turn: Turn | None = None) -> Check:
    """Check one article and log it.

    A source that was read before and cannot be reached now is read from its last capture. An article that was announced
    to another process or machine is examined there. If another check is going on, ``turn`` waits until it is logged.

    Raises:
        UnreadableError: the article itself cannot be read.
        ClaimsError: a model or the ledger cannot be used.
        SourcesError: the archive to replay, or to write captures to, cannot be used.
    """
    runner = conductor or Conductor()
    if not elsewhere.is_elsewhere(source):
        return await log_check(await examine_article(source, setup, runner, turn=turn), setup, runner)
    runner.expect(-2)  # reading, extracting and judging are one step
    examined = await runner.step(Stage.EXAMINE, source, elsewhere.examined_elsewhere, source)
    runner.expect(len(examined.readings))
    for reading in examined.readings:
        await runner.step(Stage.SOURCES, _name_and_path(reading.source, setup), elsewhere.report_source, reading)
    return await log_check(examined, setup, runner)


async def examine_article(
    source: str, setup: Setup, conductor: Conductor | None = None, *, turn: Turn | None = None
) -> Check:
    """Read one article and its sources, and judge its claims; captures are stored, but nothing is logged.

    With ``turn``, the result is what it would have been if all of it had been done afterwards. Raises what
    ``judged_article`` raises.
    """
    judged, before = await judged_article(source, setup, conductor)
    if turn is None:
        return await _with_leads(judged, setup, search=True)
    await turn()
    return await finish_examination(judged, before, source, setup, conductor)


async def judged_article(
    source: str, setup: Setup, conductor: Conductor | None = None, *, ledger: bool = True
) -> tuple[Check, Before]:
    """An article with its verdicts, and what the ledger said of its sources: nothing if it is not read (``ledger``).

    Nothing is said of where claims without a source may be settled: ``finish_examination`` adds that.

    Raises:
        UnreadableError: the article itself cannot be read.
        ClaimsError: a model or the ledger cannot be used.
        SourcesError: the archive to replay, or to write captures to, cannot be used.
    """
    runner, started = conductor or Conductor(), now()
    async with steps.network(setup) as net:
        article, capture = await runner.step(Stage.READ, source, steps.fetch_article, source, setup)
        extraction = await runner.step(Stage.CLAIMS, article.title or source, steps.extract_claims, article, setup)
        before = await steps.known_before(article, extraction.claims, setup) if ledger else Before()
        readings = await _gather(article, extraction.claims, setup, runner, before)
        await net.fetcher.flush()
    run = await in_thread(Stage.JUDGE, new_run, article, started, setup)  # which loads the judge
    unjudged = Check(
        article=article, extraction=extraction, readings=readings, verdicts=(), run=run, article_capture=capture
    )
    return await _judge_claims(unjudged, setup, runner), before


async def finish_examination(
    judged: Check, before: Before, source: str, setup: Setup, conductor: Conductor | None = None
) -> Check:
    """A judged article with what the ledger says now of where its claims without a source may be settled.

    Where the ledger now says something else of the article's sources than ``before``, such as an earlier capture or a
    page that a person attached, the article is examined again. Raises what ``judged_article`` raises.
    """
    if await steps.known_before(judged.article, judged.extraction.claims, setup) != before:
        judged, _ = await judged_article(source, setup, conductor)
    return await _with_leads(judged, setup, search=True)


async def recheck(
    article: str,
    setup: Setup,
    conductor: Conductor | None = None,
    *,
    fetch: bool = True,
    only: Collection[str] | None = None,
) -> Check:
    """Check claims of an article of the ledger again, against their sources as they are now.

    ``only`` are the ids of the claims; None means all claims of the article. The sources of the other claims are read
    from their captures. A source that cannot be reached now is read from its last capture, so that an outage does not
    change a verdict; one that is gone is unavailable. A page that a person attached replaces it. Without ``fetch`` all
    sources are read from their captures and nothing is requested.

    Raises:
        LedgerError: the ledger does not know the article.
        SourcesError: the archive to replay, or to write captures to, cannot be used.
    """
    runner, started = conductor or Conductor(), now()
    earlier = await runner.step(Stage.READ, article, steps.recall, article, setup)
    claims = earlier.extraction.claims
    due_claims = claims if only is None else tuple(claim for claim in claims if claim.id in set(only))
    fresh: tuple[Reading, ...] = ()
    if fetch:
        async with steps.network(setup) as net:
            fresh = await _gather(earlier.article, claims, setup, runner, earlier.before, due_claims)
            await net.fetcher.flush()
    fresh_ids = {answered.source.id for answered in fresh}
    rest = () if fetch and only is None else [source for source in earlier.sources if source.id not in fresh_ids]
    at_hand = (steps.at_hand(source, earlier, due_claims, setup, strict=not fetch) for source in rest)
    readings = (*fresh, *(reading for reading in at_hand if reading))
    unjudged = Check(
        article=earlier.article,
        extraction=replace(earlier.extraction, claims=due_claims),
        readings=readings,
        verdicts=(),
        run=new_run(earlier.article, started, setup),
        leads=earlier.leads,
    )
    judged = await _with_leads(await _judge_claims(unjudged, setup, runner), setup, search=fetch)
    return await log_check(judged, setup, runner, whole=False)


async def new_articles(feed: str, limit: int, setup: Setup) -> tuple[list[str], int]:
    """The addresses of a feed's articles that the ledger does not know, at most ``limit``, in the feed's order.

    Those that could not be read lately are left out: they rest longer after each attempt, and in the end for good. How
    many these are is given, too. Raises UnreadableError if the feed cannot be read.
    """
    async with steps.network(setup) as net:
        try:
            feed_read = await feeds.read_feed(feed, net.fetcher.get)
        except Unavailable as error:
            raise UnreadableError(f"{feed}: {error}") from error
    addresses = [entry.url for entry in feed_read.entries]
    with Ledger.open(setup.ledger) as ledger:
        known = ledger.addresses.known_keys(addresses, urls.key)
        resting = ledger.addresses.resting_keys(map(urls.key, addresses), at=now())
    new = [entry.url for entry in feeds.new_entries(feed_read, known | resting, limit)]
    return new, len(resting - known)


def left_today(setup: Setup) -> int | None:
    """How many more new articles may be checked today (`watch.per_day`); None if there is no maximum.

    Raises LedgerError.
    """
    most = setup.settings.watch.per_day
    if most is None:
        return None
    midnight = datetime.now(ZoneInfo(setup.settings.desk.timezone)).replace(hour=0, minute=0, second=0, microsecond=0)
    with Ledger.open(setup.ledger) as ledger:
        since = midnight.astimezone(UTC).isoformat(timespec="milliseconds")
        return max(0, most - ledger.addresses.first_checked(since=since))


def note_unreadable(address: str, error: UnreadableError, setup: Setup) -> None:
    """Note that a feed's article could not be read, so that it rests before it is tried again. Raises LedgerError."""
    with Ledger.open(setup.ledger) as ledger:
        ledger.addresses.note_failure(urls.key(address), address, at=now(), reason=hide_in(str(error)))


def due(
    older_than: float,
    labels: Sequence[Label],
    setup: Setup,
    *,
    outlet: str = "",
    limit: int | None = None,
    create: bool = False,
) -> list[Due]:
    """The claims, by article, that were last checked more than ``older_than`` seconds ago, under one of ``labels``.

    At most ``limit`` claims, those that were checked longest ago; only those that ``outlet`` (an id) published or that
    cite it, if given. ``create`` creates a missing ledger, in which nothing is due. Raises LedgerError.
    """
    before = datetime.now(UTC) - timedelta(seconds=older_than)
    moment = before.isoformat(timespec="milliseconds")
    with Ledger.open(setup.ledger, create=create) as ledger:
        return ledger.due(before=moment, labels=labels, outlet=outlet, limit=limit)


async def unchecked(sources: Sequence[str], setup: Setup) -> list[str]:
    """Those of the sources that the ledger does not have: neither at an address, nor in a file as it is now.

    Standard input is always one of them. Raises LedgerError.
    """
    if not setup.ledger.exists():
        return list(sources)
    with Ledger.open(setup.ledger) as ledger:
        known = ledger.addresses.known_keys(filter(is_address, sources), urls.key)

        async def checked(source: str) -> bool:
            if source == "-":
                return False
            if is_address(source):
                return urls.key(source) in known
            try:
                article, _ = await steps.fetch_article(source, setup)
            except UnreadableError:
                return False  # it is tried again, and then reported
            return bool(ledger.versions(article.id))

        return [source for source in sources if not await checked(source)]


async def claims_only(source: str, setup: Setup) -> tuple[Page, Extraction]:
    """Read the article and its claims without fetching sources or logging. Raises UnreadableError."""
    article, _ = await steps.fetch_article(source, setup)
    return article, await in_thread(Stage.CLAIMS, steps.extract_claims, article, setup)


async def _gather(
    article: Page,
    claims: Sequence[Claim],
    setup: Setup,
    runner: Conductor,
    before: Before,
    chosen: Sequence[Claim] | None = None,
) -> tuple[Reading, ...]:
    """The distinct sources of the claims, all hosts at once, then what their pages rely on: one hop, no further.

    Where only some claims are ``chosen``, those are their sources; which page is meant is still told by all claims.
    """

    async def one(source: Source, page: Page | None = None) -> Reading:
        leaning = [claim for claim in claims if claim.id in source.claims]
        at, name = before.at_address(source), _name_and_path(source, setup)
        reading = await runner.step(Stage.SOURCES, name, steps.gather, at, article, leaning, setup, page)
        return before.stands(reading, setup, outlets)

    outlets, wanted = setup.outlets, claims if chosen is None else chosen
    ids = {claim.id for claim in wanted}
    planned = [source for source in plan(claims) if ids.intersection(source.claims)]
    runner.expect(len(planned) + 1)
    readings = await asyncio.gather(*map(one, planned))
    pending = await runner.step(
        Stage.SOURCES, "of the cited pages", steps.second_hand, wanted, article, readings, setup
    )
    runner.expect(len(pending))
    return (*readings, *await asyncio.gather(*(one(hop.source, hop.page) for hop in pending)))


def _name_and_path(source: Source, setup: Setup) -> str:
    """A name that distinguishes a source within a check: the outlet, and the path of the cited address, if any."""
    name = source_name(source.citation, setup.outlets, source.citation.kind.value)
    path = urlsplit(source.citation.url).path if source.citation.url else ""
    return f"{name} {path}" if path.strip("/") else name


async def _judge_claims(unjudged: Check, setup: Setup, runner: Conductor) -> Check:
    """The check with its verdicts: the claims judged against what was read."""
    claims = counted(len(unjudged.extraction.claims), "claim")
    verdicts = await runner.step(
        Stage.JUDGE, claims, steps.judge, unjudged.extraction, unjudged.article, unjudged.readings, unjudged.run, setup
    )
    return replace(unjudged, verdicts=tuple(verdicts), run=replace(unjudged.run, finished_at=now()))


async def _with_leads(judged: Check, setup: Setup, *, search: bool) -> Check:
    """The check with the places where claims without a source may be settled.

    ``search`` says whether search services are asked about them.
    """
    leads, silent = await steps.leads(judged, setup, search=search)
    return replace(judged, leads=leads, unsearched=silent, run=replace(judged.run, finished_at=now()))


async def log_check(examined: Check, setup: Setup, conductor: Conductor | None = None, *, whole: bool = True) -> Check:
    """Log a check that was examined, in one transaction, and record the head of the log.

    ``whole`` is False if the claims were not read from the article now, but from the ledger. Raises LedgerError.
    """
    await (conductor or Conductor()).step(Stage.LEDGER, str(setup.ledger), steps.log, examined, setup, whole)
    await anchor(examined.run, setup)
    return examined


def new_run(article: Page, started: str, setup: Setup) -> Run:
    """A run that began at ``started``, with a unique id, because two runs over one article are two runs."""
    judge = steps.engine(setup.judge, setup.settings.llm.policy)
    return Run(
        id=uuid4().hex[:16],
        article=article.id,
        started_at=started,
        judge=f"{judge.name} {judge.version}",
        version=version("factdesk"),
    )
