"""`factdesk recheck`: checks claims in the ledger against the current version of their sources."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import partial

import click

from claims.display.text import counted, json_line
from claims.display.wording import totals
from claims.ledger.ledger import Ledger
from claims.privacy import hide_in
from claims.records import Label
from flows.checks import pipeline
from flows.checks.conductor import Conductor
from flows.checks.source_changes import changes_of_sources
from flows.checks.waiting import waiting_for
from flows.commands.change_lines import changed_lines, recheck_row, verdict_lines
from flows.commands.checking.runs import shared_network
from flows.commands.options import LABEL, json_option, on_ledger, replayed
from flows.commands.output import ProgressDisplay
from flows.config.setup import CheckOptions, Setup, setup
from flows.config.units import seconds
from flows.errors import UsageError
from flows.serving.telling import tell_of_check
from flows.show.advice import outages, unsearched
from flows.show.leads import lead_lines
from sources.captures.reread import captured


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which claims are checked again: minimum age of the last check, labels, and maximum number."""

    older_than: str | None = None
    labels: Sequence[Label] = ()
    limit: int | None = None
    json: bool = False


@click.command()
@on_ledger
@json_option
@click.option("--older-than", metavar="TIME", help="Only claims last checked longer ago than TIME, such as 12h or 7d.")
@click.option("--unavailable", is_flag=True, help="Only claims whose source could not be read.")
@click.option("--label", "labels", multiple=True, type=LABEL, help="Only claims with this label.")
@click.option(
    "--limit", type=click.IntRange(1), help="Maximum number of claims. Default: recheck.limit of config.yaml."
)
@replayed
def recheck(  # noqa: PLR0913  an argument for each option
    *,
    config: str | None,
    db: str | None,
    json_: bool,
    older_than: str | None,
    unavailable: bool,
    labels: tuple[str, ...],
    limit: int | None,
    replay: str | None,
) -> None:
    """Check claims in the ledger against the current version of their sources.

    The claims checked longest ago come first. Prints the verdicts that changed, and whether the source, the article
    or the judge caused the change.
    """
    how = setup(CheckOptions(config=config, ledger=db, replay=replay))
    under = [*map(Label, labels), *([Label.SOURCE_UNAVAILABLE] if unavailable else [])]
    limit = limit or how.settings.recheck.limit
    recheck_due(how, Wanted(older_than=older_than, labels=under, limit=limit, json=json_))


def recheck_due(how: Setup, criteria: Wanted) -> None:
    """Check the claims that are due, the ones checked longest ago first, and print what changed."""
    every = pipeline.due(_age(criteria.older_than), criteria.labels, how)
    due = pipeline.due(_age(criteria.older_than), criteria.labels, how, limit=criteria.limit)
    if not due and not criteria.json:
        click.echo("no claims are due")
    if not due:
        return
    with shared_network(how) as shared:
        for due_article in due:
            print_recheck(due_article.article, how, shared, only=due_article.claims, json_=criteria.json)
    remaining = sum(len(article.claims) for article in every) - sum(len(article.claims) for article in due)
    if remaining:
        click.echo(
            f"factdesk: {counted(remaining, 'more claim')} due (--limit {criteria.limit}); run it again", err=True
        )


def _age(older_than: str | None) -> float:
    try:
        return seconds(older_than) if older_than else 0.0
    except ValueError as error:
        raise UsageError(f"--older-than {older_than}: {error}") from error


def print_recheck(
    article: str,
    how: Setup,
    runner: asyncio.Runner,
    *,
    fetch: bool = True,
    only: Collection[str] | None = None,
    json_: bool = False,
) -> None:
    """Check some or all claims of an article again and print the changes."""
    with ProgressDisplay().article() as watch:
        done = runner.run(pipeline.recheck(article, how, Conductor(watch), fetch=fetch, only=only))
    runner.run(tell_of_check(done, how))
    outlets = how.outlets
    with Ledger.open(how.ledger, create=False) as ledger:
        read_capture = partial(captured, folder=how.captures, outlets=outlets)
        source_changes = changes_of_sources(ledger, done.article.id, read_capture, run=done.run.id)
        verdicts = ledger.changes(done.run.id)
    if json_:
        click.echo(json_line(recheck_row(done, verdicts, source_changes)))
        return
    name = done.article.title or done.article.url or done.article.id
    click.echo(hide_in(f"{name}: {totals(done, waiting_for(done, how))}"))
    lines = [*verdict_lines(verdicts), *outages(done, outlets), *unsearched(done, searching=True), *lead_lines(done)]
    for change in source_changes:
        first, *rest = changed_lines(change, outlets)
        lines += [first, *(f"  {line}" for line in rest)]
    if lines:
        click.echo(hide_in("\n".join(f"  {line}" for line in lines)))
