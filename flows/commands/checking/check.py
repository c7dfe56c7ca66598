"""`factdesk check`: checks articles against the sources they cite."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import click
from rich.console import Console

from claims.privacy import write_text
from claims.records import Check, Label
from claims.verification.judges.load import costs
from flows.checks import conductor, pipeline, steps
from flows.checks.news import news_of_check
from flows.checks.waiting import waiting_for
from flows.commands.article_lists import with_listed
from flows.commands.options import LABEL, article_argument, json_option, on_ledger, replayed
from flows.commands.output import print_json, progress, unreadable
from flows.config.setup import CheckOptions, Setup, setup
from flows.errors import NOT_HELD, UsageError
from flows.serving.server import server_answers
from flows.serving.telling import tell_directly
from flows.show import json_documents
from flows.show.advice import outages, unsearched
from flows.show.table import print_check
from sources.errors import UnreadableError

_UNWATCHED = "To watch runs in the Prefect UI, start `factdesk up`: docs/scheduling.md says how."


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckOutput:
    """The requested output of a check besides its verdicts in the ledger."""

    json: bool = False
    report: Path | None = None
    fail_on: frozenset[Label] = field(default_factory=frozenset)


@click.command()
@article_argument
@on_ledger
@json_option
@replayed
@click.option("--offline", is_flag=True, help="Do not fetch anything; all sources are unavailable.")
@click.option("--report", type=click.Path(path_type=Path), help="Write a self-contained HTML report to this file.")
@click.option("--fail-on", multiple=True, type=LABEL, help="Exit with code 1 if a claim has this label.")
def check(  # noqa: PLR0913  an argument for each option
    *,
    sources: tuple[str, ...],
    list_: str | None,
    config: str | None,
    db: str | None,
    json_: bool,
    replay: str | None,
    offline: bool,
    report: Path | None,
    fail_on: tuple[str, ...],
) -> None:
    """Check articles against the sources they cite, and log every verdict.

    SOURCE is an address, an .html, .txt, .md, .docx, .vtt, .srt or .pdf file, or - for standard input.
    """
    sources = with_listed(sources, list_)
    wanted = CheckOutput(json=json_, report=report, fail_on=frozenset(map(Label, fail_on)))
    options = CheckOptions(config=config, ledger=db, offline=offline, replay=replay)
    sys.exit(check_all(sources, setup(options), wanted))


def check_all(sources: Sequence[str], how: Setup, output: CheckOutput) -> int:
    """Check every source, print each result when it is finished, and return the exit code."""
    if output.report and len(sources) > 1:
        raise UsageError("--report writes one page: give only one SOURCE.")
    if output.report and not output.report.parent.is_dir():
        raise UsageError(f"--report {output.report}: there is no folder {output.report.parent}")
    codes, any_checked = [0], False
    with ExitStack() as stack:
        run, notice = _runner(how, stack)
        for source in sources:
            try:
                done = run(source)
            except UnreadableError as error:
                codes.append(unreadable(source, error, json_=output.json))
                continue
            any_checked = True
            _deliver(done, output, how)
            if any(verdict.label in output.fail_on for verdict in done.verdicts):
                codes.append(NOT_HELD)
    for line in costs(steps.engine(how.judge, how.settings.llm.policy)) if any_checked else ():
        click.echo(f"factdesk: {line}", err=True)
    if notice and any_checked:
        click.echo(notice, err=True)
    return max(codes)


@contextmanager
def shared_network(how: Setup) -> Iterator[asyncio.Runner]:
    """One event loop and one network for all articles of a command, so that per-host delays and caches are shared.

    Raises SourcesError if the archive to replay or a search service cannot be used.
    """
    with asyncio.Runner() as runner:
        shared = steps.network(how)
        runner.run(shared.__aenter__())
        try:
            yield runner
        finally:
            runner.run(shared.__aexit__(None, None, None))


def _runner(how: Setup, stack: ExitStack) -> tuple[Callable[[str], Check], str]:
    """A function that checks one source, as a flow run if a Prefect server answers, and a notice to print.

    The resources that the checks share are closed with ``stack``.
    """
    address = os.environ.get("PREFECT_API_URL")
    if address:
        from flows.watched_check import watched  # noqa: PLC0415  Prefect costs 1.5 s: only where it is used

        if asyncio.run(server_answers()):
            return lambda source: asyncio.run(watched(source, how.asked)), ""
    shared = stack.enter_context(shared_network(how))
    gone = f"No Prefect server answers at {address}; this check ran without it."

    def run(source: str) -> Check:
        with progress() as watch:
            done = shared.run(pipeline.check(source, how, conductor.Conductor(watch)))
        shared.run(tell_directly(news_of_check(done, how), how))
        return done

    return run, gone if address else _UNWATCHED


def checked_document(done: Check, how: Setup) -> json_documents.Document:
    """A check that was logged, for JSON."""
    return json_documents.document(done, waiting_for(done, how), outlets=how.outlets)


def _deliver(done: Check, output: CheckOutput, how: Setup) -> None:
    """Print a finished check and write its report."""
    outlets, scale, waiting = how.outlets, how.scale, waiting_for(done, how)
    if output.json:
        print_json(checked_document(done, how))
    else:
        print_check(done, Console(), outlets=outlets, scale=scale, waiting=waiting)
    searching = any(service.finds_pages for service in how.settings.search)
    for line in (*outages(done, outlets), *unsearched(done, searching=searching)):
        click.echo(f"factdesk: {line}", err=True)
    if output.report:
        from flows.show.webpage import render  # noqa: PLC0415  the template engine is only needed here

        write_text(output.report, render(done, outlets=outlets, scale=scale, waiting=waiting))
        click.echo(f"Report: {output.report}", err=True)
