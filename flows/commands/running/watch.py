"""`factdesk watch`: checks new articles in the feeds, once now or on their schedules."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import replace
from functools import partial

import click

from claims.privacy import hide
from flows.checks import pipeline
from flows.commands.checking.check import CheckOutput, check_all
from flows.commands.options import configured
from flows.commands.output import unreadable
from flows.commands.running.serve import RUNS_AT_ONCE
from flows.config.setup import CheckOptions, Setup, setup
from flows.errors import UsageError
from flows.show.text import counted
from sources.errors import UnreadableError


@click.command()
@click.option("--once", is_flag=True, help="Check once now, without a Prefect server.")
@configured
def watch(config: str | None, once: bool) -> None:
    """Check new articles in the feeds of config.yaml, once now or on their schedules until stopped."""
    how = setup(CheckOptions(config=config))
    if once:
        sys.exit(watch_once(how))
    from flows.serve import serve_schedules  # noqa: PLC0415  Prefect costs 1.5 s: only where it is used

    only_feeds = how.settings.model_copy(update={"articles": ()})
    serve_schedules(replace(how, settings=only_feeds), RUNS_AT_ONCE)


def watch_once(how: Setup) -> int:
    """Check new articles in the feeds; return the exit code. A feed that cannot be read does not affect the others."""
    if not how.settings.feeds:
        raise UsageError("no feeds to watch: add them under `feeds:` in config.yaml (`factdesk init` shows how)")
    codes = [0]
    for feed in how.settings.feeds:
        try:
            addresses = asyncio.run(pipeline.new_articles(feed.url, feed.limit, how))
        except UnreadableError as error:
            codes.append(unreadable(feed.url, error, json_=False))
            continue
        click.echo(f"{feed.name or hide(feed.url)}: {counted(len(addresses), 'new article')}")
        output = CheckOutput(unread=partial(pipeline.note_unreadable, setup=how))
        codes.append(check_all(addresses, how, output) if addresses else 0)
    return max(codes)
