"""`factdesk sources`: identifies an outlet and checks whether it can be reached."""

from __future__ import annotations

import asyncio
import json
import sys
from dataclasses import asdict

import click

from claims.records import Citation, CitationKind, Outlet, Page, Source
from flows.checks import steps
from flows.commands.options import json_option, on_ledger
from flows.commands.setup.history import print_history
from flows.config.setup import CheckOptions, Setup, setup
from flows.errors import NOT_HELD
from flows.show.advice import meaning


@click.command()
@click.argument("name", required=False)
@on_ledger
@json_option
@click.option("--reach", is_flag=True, help="Also check whether its front page can be read.")
@click.option("--history", is_flag=True, help="List the captures of an address and the changes between them.")
@click.option("--replay", type=click.Path(), help="With --history: list the captures in this WARC archive.")
def sources(
    *,
    name: str | None,
    config: str | None,
    db: str | None,
    json_: bool,
    reach: bool,
    history: bool,
    replay: str | None,
) -> None:
    """Identify an outlet by its NAME, address or @handle; without NAME, list all outlets."""
    how = setup(CheckOptions(config=config, ledger=db, replay=replay))
    if history:
        sys.exit(print_history(name or "", how, json_=json_))
    sys.exit(explain(name, how, json_=json_, reach=reach) if name else list_outlets(how, json_=json_))


def list_outlets(how: Setup, *, json_: bool) -> int:
    """Print all known outlets and return the exit code."""
    for outlet in how.outlets:
        if json_:
            click.echo(json.dumps(asdict(outlet), ensure_ascii=False))
        else:
            wall = "paywall" if outlet.paywall else ""
            click.echo(f"{outlet.name:<38}  {outlet.kind:<13}  {outlet.country:<3}  {wall:<7}  {outlet.id}".rstrip())
    return 0


def explain(name: str, how: Setup, *, json_: bool, reach: bool) -> int:
    """Print which outlet a name refers to, and why; return 1 if there is none."""
    match = _recognised(name, how)
    if match is None:
        click.echo(
            f"{name}: no outlet of this name, address or handle; add one under `outlets:` in config.yaml", err=True
        )
        return NOT_HELD
    outlet, why = match
    reached = _front_page_answer(outlet, how) if reach else None
    if json_:
        more = {"why": why, **({"reach": reached} if reach else {})}
        click.echo(json.dumps(asdict(outlet) | more, ensure_ascii=False))
        return 0
    click.echo(f"{outlet.name} ({outlet.id}): {why}")
    state = "; often behind a paywall" if outlet.paywall else ""
    click.echo(f"  {outlet.kind.replace('_', ' ')}, {outlet.country}, {outlet.language}{state}")
    for what in ("aliases", "domains", "handles", "feeds"):
        values = getattr(outlet, what)
        if values:
            click.echo(f"  {what:<8} {', '.join(values)}")
    if outlet.ambiguous:
        click.echo("  its name is also a common word: it is recognized only in context, as in “told …” or “via …”")
    if reached:
        click.echo(f"  {reached}")
    return 0


def _recognised(name: str, how: Setup) -> tuple[Outlet, str] | None:
    """The outlet that a name refers to, or that a phrase names, and how it was recognised."""
    outlets = how.outlets
    known = outlets.explain(name)
    if known is not None:
        return known
    return next(((mention.outlet, f"it is named in “{name}”") for mention in outlets.mentions(name)), None)


def _front_page_answer(outlet: Outlet, how: Setup) -> str:
    """Whether the front page can be read, in words."""
    if not outlet.domains:
        return "it has no known address"
    url = f"https://{outlet.domains[0]}/"
    citation = Citation(kind=CitationKind.LINK, url=url)
    reading = asyncio.run(steps.gather(Source(citation=citation), Page(text=""), (), how))
    reason = reading.source.reason
    return f"{url} can be read" if reason is None else f"{url}: {meaning(reason)}. {reading.source.detail}"
