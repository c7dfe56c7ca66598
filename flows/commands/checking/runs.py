"""The checks of several articles by a command, as flow runs if a Prefect server watches them."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Coroutine, Generator, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, contextmanager
from typing import TYPE_CHECKING, Any, TypeAlias

import click

from claims.records import Check
from flows.checks import pipeline, steps
from flows.checks.conductor import Conductor, Watch
from flows.checks.pipeline import Turn
from flows.commands.output import ProgressDisplay, end_at_once
from flows.config.setup import Setup
from flows.runners.in_flight import InFlight, stopped_at_end
from flows.runners.placement import placement
from flows.runners.spread import examining
from flows.serving.server import require_access, server_answers, use_kept_password
from flows.serving.telling import tell_of_check
from sources.errors import UnreadableError

if TYPE_CHECKING:
    from flows.watched_check import Watched

Examined = Check | UnreadableError
Checks: TypeAlias = Generator[tuple[str, Examined], None, None]

_UNWATCHED = "To watch runs in the Prefect UI, use `factdesk up` and set PREFECT_API_URL: docs/scheduling.md says how."


@contextmanager
def shared_network(how: Setup) -> Iterator[asyncio.Runner]:
    """One event loop and one network for all articles of a command, so that per-host delays and caches are shared.

    Raises SourcesError if the archive to replay or a search service cannot be used.
    """
    with asyncio.Runner() as runner, _entered(steps.network(how), runner):
        try:
            yield runner
        except KeyboardInterrupt:
            end_at_once()  # a thread may still read or judge
            raise


@contextmanager
def _entered(context: AbstractAsyncContextManager[object], runner: asyncio.Runner) -> Iterator[None]:
    """Keep an asynchronous context open between what an event loop is given to run."""
    stack = AsyncExitStack()
    runner.run(stack.enter_async_context(context))
    try:
        yield
    finally:
        runner.run(stack.aclose())


def checks_of(sources: Sequence[str], how: Setup, shared: asyncio.Runner) -> tuple[Checks, str]:
    """The checks of the sources in order, as flow runs if a Prefect server answers, and a notice to print."""
    display, address = ProgressDisplay(len(sources)), os.environ.get("PREFECT_API_URL")
    place = placement(how, len(set(sources)))

    def checking(source: str, watch: Watch, turn: Turn | None) -> Coroutine[Any, Any, Check]:
        return pipeline.check(source, how, Conductor(watch), turn)

    plain_checks = InFlight(sources, place.at_once, checking)

    def check_here(source: str) -> Check:
        return _check_here(source, how, shared, display, plain_checks)

    if address:
        use_kept_password(how.ledger)
        # Before Prefect is asked anything, since it reads its settings when it is imported.
        from flows.watched_check import one_client, watched  # noqa: PLC0415  Prefect costs 1.5 s: only where it is used

        def watching(source: str, _: Watch, turn: Turn | None) -> Coroutine[Any, Any, Watched]:
            return watched(source, how.asked, turn)

        if asyncio.run(server_answers()):
            asyncio.run(require_access())
            plain_checks.begin_no_more()  # an article that it would begin may still be watched
            watched_checks = InFlight(sources, place.at_once, watching)
            watched_check = _watched_while_there(how, shared, watched_checks, check_here)
            around = _both(one_client(), stopped_at_end(plain_checks, watched_checks))
            return _each(sources, examining(sources, how, place), shared, watched_check, around), ""
    hint = "" if how.ledger.exists() else _UNWATCHED
    gone = f"No Prefect server answers at {address}; this check ran without it."
    checks = _each(sources, examining(sources, how, place), shared, check_here, stopped_at_end(plain_checks))
    return checks, gone if address else hint


@asynccontextmanager
async def _both(
    first: AbstractAsyncContextManager[object], second: AbstractAsyncContextManager[object]
) -> AsyncIterator[None]:
    async with first, second:
        yield


def _watched_while_there(
    how: Setup, shared: asyncio.Runner, watched_checks: InFlight[Watched], check_here: Callable[[str], Check]
) -> Callable[[str], Check]:
    """Checks an article as a flow run, and without the server from the time that it is gone."""
    there = True

    def check(source: str) -> Check:
        nonlocal there
        run = shared.run(watched_checks.check(source)) if there or watched_checks.has_begun(source) else None
        if run is not None and run.lost and there:
            there = False
            watched_checks.begin_no_more()
            end_at_once()
            click.echo("factdesk: the Prefect server is gone; the check goes on without it.", err=True)
        if run is None or run.check is None:
            return check_here(source)
        if run.lost:
            shared.run(tell_of_check(run.check, how))
        return run.check

    return check


def _each(
    sources: Sequence[str],
    elsewhere: AbstractAsyncContextManager[object],
    shared: asyncio.Runner,
    run: Callable[[str], Check],
    around: AbstractAsyncContextManager[object],
) -> Checks:
    """The check of each source or why it is unreadable; those that begin ``elsewhere`` are examined there."""
    with _entered(around, shared), _entered(elsewhere, shared):
        for source in sources:
            try:
                yield source, run(source)
            except UnreadableError as error:
                yield source, error


def _check_here(
    source: str, how: Setup, shared: asyncio.Runner, display: ProgressDisplay, checks: InFlight[Check]
) -> Check:
    with display.article() as watch:
        done = shared.run(checks.check(source, watch))
    shared.run(tell_of_check(done, how))
    return done
