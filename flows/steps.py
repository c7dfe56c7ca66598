"""The steps of a check: plain functions of records, one per door, and who runs them.

A ``Conductor`` runs the steps as the plain functions that they are; ``flows/tasks.py`` has one that runs the
same steps as Prefect tasks inside a flow run.
"""

from __future__ import annotations

import inspect
import json
import os
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache
from typing import Any

from claims.extraction.extract import extract
from claims.ledger.entries import Choice, Fit
from claims.ledger.ledger import Ledger
from claims.records import Candidate, Capture, Check, Claim, Extraction, Page, Reading, Reason, Run, Source, Verdict
from claims.verification.judge import Judge, load_judge
from claims.verification.verify import verify
from flows.hops import Hop, hops
from flows.setup import Setup
from sources.article import read_article
from sources.fetch import Fetcher
from sources.gather import BY_A_PERSON, read_source
from sources.hop import read_hop
from sources.kept import reread
from sources.once import Once
from sources.outlets import Outlets, load_outlets
from sources.search import SearchService
from sources.services import build


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """What a check asks the world with: its fetcher, the services that find pages, and what was asked already."""

    fetcher: Fetcher
    search: tuple[SearchService, ...]
    once: Once = field(default_factory=Once)


# What keeps us from a source today and says nothing of whether it is still there.
PASSING = frozenset({Reason.TIMEOUT, Reason.UNREACHABLE, Reason.OFFLINE, Reason.BOT_WALL, Reason.GEO_BLOCK})

# The network of the check that is running here: politeness per host needs one for all its sources.
_current: ContextVar[Network | None] = ContextVar("network", default=None)


class Stage(StrEnum):
    """The stages of a check, in order."""

    READ = "read"
    CLAIMS = "claims"
    SOURCES = "sources"
    JUDGE = "judge"
    LEDGER = "ledger"


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Where a check stands: ``done`` of ``total`` steps, and what is being worked on."""

    stage: Stage
    detail: str
    done: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """An article that was checked before: its sources as they stood last, and what people chose for them."""

    article: Page
    extraction: Extraction
    sources: tuple[Source, ...]
    chosen: Mapping[str, Choice]


Watch = Callable[[Progress], Awaitable[None] | None]


class Conductor:
    """Runs the steps of one check as plain functions, and tells ``watch`` where it stands."""

    def __init__(self, watch: Watch = lambda _: None) -> None:
        self._watch = watch
        self._done = 0
        self._total = len(Stage) - 1

    def expect(self, sources: int) -> None:
        """So many sources are to be read."""
        self._total += sources

    async def step(self, stage: Stage, detail: str, step: Callable[..., Any], *arguments: Any) -> Any:
        """The result of ``step(*arguments)``; what it raises is raised."""
        await self._tell(stage, detail)
        result = await self.call(stage, detail, step, *arguments)
        self._done += 1
        await self._tell(stage, detail)
        return result

    async def call(self, stage: Stage, detail: str, step: Callable[..., Any], *arguments: Any) -> Any:
        """Run the step here and now."""
        result = step(*arguments)
        return await result if inspect.isawaitable(result) else result

    async def _tell(self, stage: Stage, detail: str) -> None:
        told = self._watch(Progress(stage=stage, detail=detail, done=self._done, total=self._total))
        if told is not None:
            await told


def now() -> str:
    """This moment, ISO 8601 in UTC."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


@cache
def directory(additions: tuple[str, ...]) -> Outlets:
    """Who is who, with config.yaml's additions."""
    return load_outlets([json.loads(addition) for addition in additions])


@cache
def engine(name: str) -> Judge:
    """The judge of this name, loaded once a process."""
    return load_judge(name)


@asynccontextmanager
async def network(setup: Setup) -> AsyncIterator[Network]:
    """The network of the check that is running, or (also where a step runs in another process) a fresh one.

    Raises SourcesError where a search service is configured wrongly.
    """
    running = _current.get()
    if running is not None:
        yield running
        return
    async with Fetcher(setup.fetch) as fetcher:
        entries = [{"kind": "feeds"}, *map(json.loads, setup.search)]
        search = () if fetcher.cut_off or setup.fetch.replay else build(entries, fetcher.get, os.environ)
        net = Network(fetcher=fetcher, search=tuple(search))
        token = _current.set(net)
        try:
            yield net
        finally:
            _current.reset(token)


async def read(source: str, setup: Setup) -> tuple[Page, Capture | None]:
    """The article, and its capture where it was fetched. Raises UnreadableError."""
    async with network(setup) as net:
        stdin = sys.stdin.buffer.read() if source == "-" else None
        return await read_article(source, net.fetcher, directory(setup.outlets), stdin)


def split(article: Page, setup: Setup) -> Extraction:
    """The article's attributions and claims."""
    return extract(article, directory(setup.outlets))


async def gather(
    source: Source, article: Page, claims: Sequence[Claim], setup: Setup, page: Page | None = None
) -> Reading:
    """One source, read or unavailable; looked for from ``page`` where that is a cited page that leans on it."""
    async with network(setup) as net:
        outlets = directory(setup.outlets)
        if page is None:
            return await read_source(source, article, claims, net.fetcher, outlets, net.search, once=net.once)
        return await read_hop(
            source, page, article, claims, net.fetcher, outlets=outlets, search=net.search, once=net.once
        )


def second_hand(claims: Sequence[Claim], article: Page, readings: Sequence[Reading], setup: Setup) -> list[Hop]:
    """What the cited pages lean on themselves, to be followed one hop further."""
    return hops(claims, article, readings, directory(setup.outlets), setup.hops) if setup.hops else []


def recall(article: str, setup: Setup) -> Known:
    """An article as the ledger knows it. Raises LedgerError."""
    with Ledger.open(setup.ledger, create=False) as ledger:
        page, extraction = ledger.article(article), ledger.extraction(article)
        return Known(
            article=page,
            extraction=extraction,
            sources=ledger.article_sources(article),
            chosen=ledger.choices(page, extraction.claims),
        )


def chosen_before(article: Page, claims: Sequence[Claim], setup: Setup) -> Mapping[str, Choice]:
    """What people chose for sources of an article that may be new to the ledger, by source id."""
    if not setup.ledger.exists():
        return {}
    with Ledger.open(setup.ledger, create=False) as ledger:
        return ledger.choices(article, claims)


def reread_source(source: Source, setup: Setup) -> Reading:
    """One source from its capture, without asking anybody."""
    return reread(source, setup.captures, directory(setup.outlets))


def at_address(source: Source, chosen: Mapping[str, Choice]) -> Source:
    """The source, to be looked for first at the address that a person chose for it, if any."""
    choice = chosen.get(source.id)
    if choice is None or choice.url is None:
        return source
    found_by = BY_A_PERSON if choice.fit is Fit.SAME_ARTICLE else f"chosen by {choice.by} for the {choice.fit.value}"
    return replace(source, candidates=(Candidate(url=choice.url, score=1.0, found_by=found_by),))


def remember(reading: Reading, before: Sequence[Source], setup: Setup) -> Reading:
    """The reading, or the source's last capture where it could not be reached just now."""
    if reading.source.reason not in PASSING:
        return reading
    known = next((one for one in before if one.id == reading.source.id and one.capture and not one.reason), None)
    if known is None or known.capture is None:
        return reading
    detail = f"not reached now ({reading.source.detail}); read from the capture of {known.capture.fetched_at}"
    return reread_source(replace(known, detail=detail), setup)


def stand_in(reading: Reading, chosen: Mapping[str, Choice], setup: Setup) -> Reading:
    """The reading of a source, or the page that a person handed in where it could not be read, or only in part."""
    choice = chosen.get(reading.source.id)
    if choice is None or choice.capture is None or (reading.page is not None and reading.page.partial is None):
        return reading
    detail = "handed in by a person" + ("" if choice.fit is Fit.SAME_ARTICLE else f" for the {choice.fit.value}")
    return reread_source(replace(reading.source, capture=choice.capture, reason=None, detail=detail), setup)


def judge(extraction: Extraction, article: Page, readings: Sequence[Reading], run: Run, setup: Setup) -> list[Verdict]:
    """A verdict for each claim."""
    judge_, claims = engine(setup.judge), extraction.claims
    return verify(claims, article, readings, judge_, run=run.id, policy=setup.policy, now=run.started_at)


def log(check: Check, setup: Setup, whole: bool) -> int:
    """Everything into the ledger, in one transaction; how many verdicts are new or changed.

    ``whole`` is False where the claims were not read from the article now, but from the ledger.
    """
    with Ledger.open(setup.ledger) as ledger:
        return len(ledger.record(check, whole=whole).added)
