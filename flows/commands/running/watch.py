"""`factdesk watch`: checks new articles in the feeds, once now or on their schedules."""

from __future__ import annotations

import asyncio
import sys
from functools import partial

import click

from claims.display.text import counted
from claims.privacy import hide
from flows.checks import pipeline
from flows.commands.checking.check import CheckOutput, check_all
from flows.commands.checking.runs import shared_network
from flows.commands.options import configured
from flows.commands.output import unreadable
from flows.commands.running.serve import RUNS_AT_ONCE
from flows.config.settings import ScheduledFeed
from flows.config.setup import CheckOptions, Setup, setup
from flows.errors import UsageError
from flows.serving.server import use_kept_password
from sources.errors import UnreadableError


@click.command()
@click.option("--once", is_flag=True, help="Check once now, without a Prefect server.")
@configured
def watch(config: str | None, once: bool) -> None:
    """Check new articles in the feeds of config.yaml, once now or on their schedules until stopped."""
    how = setup(CheckOptions(config=config))
    if once:
        sys.exit(watch_once(how))
    use_kept_password(how.ledger)
    from flows.serve import serve_schedules  # noqa: PLC0415  Prefect costs 1.5 s: only where it is used

    serve_schedules(how, RUNS_AT_ONCE, articles=False)


def watch_once(how: Setup) -> int:
    """Check new articles in the feeds; return the exit code. A feed that cannot be read does not affect the others."""
    if not how.settings.feeds:
        raise UsageError("no feeds to watch: add them under `feeds:` in config.yaml (`factdesk init` shows how)")
    with shared_network(how) as shared:
        return max(_check_new(feed, how, shared) for feed in how.settings.feeds)


def _check_new(feed: ScheduledFeed, how: Setup, shared: asyncio.Runner) -> int:
    """Check the new articles of one feed; return the exit code."""
    try:
        addresses, resting = shared.run(pipeline.new_articles(feed.url, feed.limit, how))
    except UnreadableError as error:
        return unreadable(feed.url, error, json_=False)
    name, left = feed.name or hide(feed.url), pipeline.left_today(how)
    click.echo(f"{name}: {counted(len(addresses), 'new article')}")
    if resting:
        left_out = f"{counted(resting, 'article')} that could not be read"
        click.echo(f"{name}: left out {left_out} (`factdesk check ADDRESS` tries one again now)", err=True)
    if left is not None and left < len(addresses):
        click.echo(f"{name}: {left} of them today (watch.per_day)", err=True)
        addresses = addresses[:left]
    output = CheckOutput(unread=partial(pipeline.note_unreadable, setup=how))
    return check_all(addresses, how, output, shared) if addresses else 0
