"""What `factdesk check` and `claims` do with the articles they are given, one after another."""

from __future__ import annotations

import asyncio
import os
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn

from claims.privacy import hide, hide_in, write_text
from claims.records import Check, Label
from claims.verification.judges.load import costs
from flows.checks import conductor, pipeline, steps
from flows.checks.waiting import waiting_for
from flows.config.settings import ScheduledFeed
from flows.config.setup import CheckOptions, Setup, setup
from flows.errors import UsageError
from flows.show import json_documents
from flows.show.advice import outages
from flows.show.table import print_check, print_claims
from flows.show.text import counted, json_line
from sources.errors import UnreadableError

NOT_HELD, UNREADABLE = 1, 3
_UNWATCHED = (
    "Not watched: run `prefect server start` and set PREFECT_API_URL=http://127.0.0.1:4200/api "
    "to see runs in the Prefect UI."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckOutput:
    """What is wanted of a check besides its verdicts in the ledger."""

    json: bool = False
    report: Path | None = None
    fail_on: frozenset[Label] = field(default_factory=frozenset)


def check_all(sources: Sequence[str], asked: CheckOptions, wanted: CheckOutput) -> int:
    """Check every source, print each as it is done; the exit code."""
    if wanted.report and len(sources) > 1:
        raise UsageError("--report writes one page: give one SOURCE, or a --report for each in its own command.")
    if wanted.report and not wanted.report.parent.is_dir():
        raise UsageError(f"--report {wanted.report}: there is no folder {wanted.report.parent}")
    how = setup(asked)
    codes, any_checked = [0], False
    with ExitStack() as stack:
        run, notice = _runner(asked, how, stack)
        for source in sources:
            try:
                done = run(source)
            except UnreadableError as error:
                codes.append(_unreadable(source, error, json_=wanted.json))
                continue
            any_checked = True
            _deliver(done, wanted, how)
            if any(verdict.label in wanted.fail_on for verdict in done.verdicts):
                codes.append(NOT_HELD)
    for line in costs(steps.engine(how.judge)) if any_checked else ():
        click.echo(f"factdesk: {line}", err=True)
    if notice and any_checked:
        click.echo(notice, err=True)
    return max(codes)


def watch_once(asked: CheckOptions, watched: Sequence[ScheduledFeed]) -> int:
    """Check what the feeds have that the ledger does not know; the exit code. A broken feed keeps no other back."""
    if not watched:
        raise UsageError("no feeds to watch: name them under `feeds:` in config.yaml (`factdesk init` shows how)")
    how, codes = setup(asked), [0]
    for feed in watched:
        try:
            found = asyncio.run(pipeline.new_articles(feed.url, feed.limit, how))
        except UnreadableError as error:
            codes.append(_unreadable(feed.url, error, json_=False))
            continue
        click.echo(f"{feed.name or hide(feed.url)}: {counted(len(found), 'new article')}")
        codes.append(check_all(found, asked, CheckOutput()) if found else 0)
    return max(codes)


def claims_all(sources: Sequence[str], how: Setup, *, json_: bool) -> int:
    """Print the claims of every source; the exit code."""
    codes = [0]
    for source in sources:
        try:
            article, extraction = asyncio.run(pipeline.claims_only(source, how))
        except UnreadableError as error:
            codes.append(_unreadable(source, error, json_=json_))
            continue
        if json_:
            _print_json(json_documents.claims_document(article, extraction))
        else:
            print_claims(article, extraction, Console(), outlets=steps.directory(how.outlets))
    return max(codes)


@contextmanager
def together(how: Setup) -> Iterator[asyncio.Runner]:
    """One event loop and one network for all articles of a command: pauses hold, an address is asked once.

    Raises SourcesError where the archive to replay or a search service cannot be used.
    """
    with asyncio.Runner() as runner:
        shared = steps.network(how)
        runner.run(shared.__aenter__())
        try:
            yield runner
        finally:
            runner.run(shared.__aexit__(None, None, None))


def _runner(asked: CheckOptions, how: Setup, stack: ExitStack) -> tuple[Callable[[str], Check], str]:
    """Checks one source: in a flow run where a Prefect server answers, elsewhere plainly, with a notice to print.

    What all checks share is closed with ``stack``.
    """
    address = os.environ.get("PREFECT_API_URL")
    if address:
        from flows.watched_check import server_answers, watched  # noqa: PLC0415  Prefect costs 1.5 s: only where it is used

        if asyncio.run(server_answers()):
            return lambda source: asyncio.run(watched(source, asked)), ""
    shared = stack.enter_context(together(how))
    gone = f"No Prefect server answers at {address}: this check ran, but is not seen there."

    def run(source: str) -> Check:
        with progress() as watch:
            return shared.run(pipeline.check(source, how, conductor.Conductor(watch)))

    return run, gone if address else _UNWATCHED


@contextmanager
def progress() -> Iterator[conductor.Watch]:
    """A bar on stderr with the stage and what is worked on; silent where stderr is no terminal."""
    console = Console(stderr=True)
    columns = (
        SpinnerColumn(),
        TextColumn("{task.fields[stage]:<8}"),
        BarColumn(),
        TextColumn("{task.fields[detail]}"),
    )
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("check", stage="start", detail="", total=None)

        def watch(progress: conductor.Progress) -> None:
            bar.update(
                task,
                completed=progress.done,
                total=progress.total,
                stage=progress.stage.value,
                detail=progress.detail[:60],
            )

        yield watch


def _deliver(done: Check, wanted: CheckOutput, how: Setup) -> None:
    """Print a finished check and write its report."""
    outlets, scale, waiting = steps.directory(how.outlets), dict(how.scale), waiting_for(done, how)
    if wanted.json:
        _print_json(json_documents.document(done, waiting))
    else:
        print_check(done, Console(), outlets=outlets, scale=scale, waiting=waiting)
    for line in outages(done, outlets):
        click.echo(f"factdesk: {line}", err=True)
    if wanted.report:
        from flows.show.webpage import render  # noqa: PLC0415  the template engine is only needed here

        write_text(wanted.report, render(done, outlets=outlets, scale=scale, waiting=waiting))
        click.echo(f"Report: {wanted.report}", err=True)


def _unreadable(source: str, error: UnreadableError, *, json_: bool) -> int:
    """Say that an article could not be read; the exit code."""
    if json_:
        _print_json(json_documents.failure(source, str(error)))
    if click.get_current_context().find_root().obj["debug"]:
        traceback.print_exception(error)
    click.echo(hide_in(f"factdesk: {error}"), err=True)
    return UNREADABLE


def _print_json(document: dict[str, Any]) -> None:
    sys.stdout.write(json_line(document) + "\n")
    sys.stdout.flush()
