"""What `factdesk recheck` and `factdesk attach` do: articles of the ledger, looked at again."""

from __future__ import annotations

import asyncio
import getpass
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import click

from claims.ledger.entries import Attachment
from claims.ledger.ledger import Ledger
from claims.privacy import hide_in
from claims.records import Capture, CitationKind, Label, Source
from flows.checks import pipeline
from flows.checks.conductor import Conductor
from flows.checks.source_changes import changes
from flows.checks.steps import directory, now
from flows.checks.waiting import waiting_for
from flows.commands.change_lines import changed_lines, recheck_row, verdict_lines
from flows.commands.check import progress, together
from flows.config.setup import CheckOptions, Setup, setup
from flows.config.units import seconds
from flows.errors import UsageError
from flows.show.advice import outages
from flows.show.text import counted, json_line
from flows.show.wording import source_name, totals
from sources.captures.reread import captured, hand_in
from sources.errors import UnreadableError


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which claims are checked again: last checked longer ago than that, under one of the labels, at most so many."""

    older_than: str | None = None
    labels: Sequence[Label] = ()
    limit: int | None = None
    json: bool = False


def recheck_claims(asked: CheckOptions, wanted: Wanted) -> None:
    """Check again the claims that are due, those checked longest ago first, and print what changed."""
    how = setup(asked)
    every = pipeline.due(_age(wanted.older_than), wanted.labels, how)
    due = pipeline.due(_age(wanted.older_than), wanted.labels, how, limit=wanted.limit)
    if not due and not wanted.json:
        click.echo("nothing is due")
    if not due:
        return
    with together(how) as shared:
        for one in due:
            _recheck(one.article, how, one.url or one.article, shared, only=one.claims, json_=wanted.json)
    left = sum(len(one.claims) for one in every) - sum(len(one.claims) for one in due)
    if left:
        click.echo(f"factdesk: {counted(left, 'more claim')} due (--limit {wanted.limit}); run it again", err=True)


def _age(older_than: str | None) -> float:
    try:
        return seconds(older_than) if older_than else 0.0
    except ValueError as error:
        raise UsageError(f"--older-than {older_than}: {error}") from error


def _recheck(
    article: str,
    how: Setup,
    name: str,
    runner: asyncio.Runner,
    *,
    fetch: bool = True,
    only: Collection[str] | None = None,
    json_: bool = False,
) -> None:
    with progress() as watch:
        done = runner.run(pipeline.recheck(article, how, Conductor(watch), fetch=fetch, only=only))
    outlets = directory(how.outlets)
    with Ledger.open(how.ledger, create=False) as ledger:
        kept = partial(captured, folder=how.captures, outlets=outlets)
        changed = changes(ledger, done.article.id, kept, run=done.run.id)
        verdicts = ledger.changes(done.run.id)
    if json_:
        click.echo(json_line(recheck_row(done, verdicts, changed)))
        return
    click.echo(hide_in(f"{done.article.title or name}: {totals(done, waiting_for(done, how))}"))
    lines = [*verdict_lines(verdicts), *outages(done, outlets)]
    for change in changed:
        first, *rest = changed_lines(change, outlets)
        lines += [first, *(f"  {line}" for line in rest)]
    if lines:
        click.echo(hide_in("\n".join(f"  {line}" for line in lines)))


def attach_page(asked: CheckOptions, claim: str, given: str, source: str | None, note: str) -> None:
    """Keep what a person hands in for a source of a claim, and judge the article's claims with it.

    ``given`` is a file, which is kept as it is, or the address where the source is to be read, which is fetched now.
    """
    how, at, by = setup(asked), now(), getpass.getuser()
    with Ledger.open(how.ledger, create=False) as ledger:
        entry = ledger.show(claim)
        chosen = _chosen(entry.sources, source, how)
        if chosen.capture and not chosen.reason and not chosen.detail and not _is_address(given):
            raise UsageError(f"{_name(chosen, how)} was read; a page is handed in for a source that could not be")
        made = Attachment(claim=entry.row.id, source=chosen.id, by=by, at=at, note=note)
        if _is_address(given):
            ledger.attach(replace(made, url=given))
            click.echo(f"{_name(chosen, how)} is read at {given}.")
        else:
            capture = _kept(Path(given), chosen, at, how)
            ledger.attach(replace(made, capture=capture.id), capture)
            click.echo(f"{given} stands for {_name(chosen, how)}: SHA-256 {capture.sha256}, kept as {capture.warc}.")
    with asyncio.Runner() as runner:
        _recheck(entry.article.id, how, entry.article.id, runner, fetch=_is_address(given))
    with Ledger.open(how.ledger, create=False) as ledger:
        row = ledger.show(entry.row.id).row
    click.echo(f"{row.id[:8]}: {row.label.value}. {row.rationale}")


def _is_address(given: str) -> bool:
    return given.lower().startswith(("http://", "https://"))


def _kept(file: Path, source: Source, at: str, how: Setup) -> Capture:
    """The file as a capture of the source's address."""
    address = source.citation.url or next((one.url for one in source.candidates), f"urn:factdesk:{source.id}")
    try:
        return hand_in(file, address, at, how.captures, directory(how.outlets))
    except UnreadableError as error:
        raise UsageError(str(error)) from error


def _chosen(sources: Sequence[Source], wanted: str | None, how: Setup) -> Source:
    """The source that a page is handed in for: the only one, the only unread one, or the one that is named."""
    named = [one for one in sources if one.citation.kind is not CitationKind.NONE]
    if wanted:
        named = [one for one in named if wanted.casefold() in (_name(one, how) + (one.citation.url or "")).casefold()]
    elif len(named) > 1:
        named = [one for one in named if one.capture is None or one.reason] or named
    if len(named) == 1:
        return named[0]
    names = ", ".join(_name(one, how) for one in sources) or "none"
    raise UsageError(f"say with --source which source of the claim the page is; it leans on: {names}")


def _name(source: Source, how: Setup) -> str:
    return source_name(source.citation, directory(how.outlets)) or source.citation.text
