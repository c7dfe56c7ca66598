"""What `factdesk recheck` and `factdesk attach` do: articles of the ledger, looked at again."""

from __future__ import annotations

import asyncio
import getpass
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

from claims.ledger.entries import Attachment, Due
from claims.ledger.ledger import Ledger
from claims.records import CitationKind, Label, Source
from flows import pipeline
from flows.checking import progress
from flows.errors import UsageError
from flows.naming import source_name
from flows.setup import Asked, Setup, setup
from flows.steps import Conductor, directory, now
from flows.totals import totals
from flows.units import seconds
from sources.errors import UnreadableError
from sources.kept import hand_in


def recheck_claims(asked: Asked, older_than: str | None, labels: Sequence[Label]) -> None:
    """Check again every article with a claim that is due, and print how each stands now."""
    how = setup(asked)
    due = _due(how, older_than, labels)
    for one in due:
        _recheck(one.article, how, one.url or one.article)
    if not due:
        click.echo("nothing is due")


def _due(how: Setup, older_than: str | None, labels: Sequence[Label]) -> list[Due]:
    try:
        age = seconds(older_than) if older_than else 0.0
    except ValueError as error:
        raise UsageError(f"--older-than {older_than}: {error}") from error
    before = datetime.now(UTC) - timedelta(seconds=age)
    with Ledger.open(how.ledger, create=False) as ledger:
        return ledger.due(before=before.isoformat(timespec="milliseconds"), labels=labels)


def _recheck(article: str, how: Setup, name: str, *, fetch: bool = True) -> None:
    with progress() as watch:
        done = asyncio.run(pipeline.recheck(article, how, Conductor(watch), fetch=fetch))
    click.echo(f"{done.article.title or name}: {totals(done)}")


def attach_page(asked: Asked, claim: str, file: Path, source: str | None, note: str) -> None:
    """Keep a page that a person hands in for a source of a claim, and judge the article's claims with it."""
    how = setup(asked)
    with Ledger.open(how.ledger, create=False) as ledger:
        entry = ledger.show(claim)
        chosen = _chosen(entry.sources, source, how)
        address = chosen.citation.url or next((one.url for one in chosen.candidates), f"urn:factdesk:{chosen.id}")
        at = now()
        try:
            capture = hand_in(file, address, at, how.captures, directory(how.outlets))
        except UnreadableError as error:
            raise UsageError(str(error)) from error
        made = Attachment(
            claim=entry.row.id, source=chosen.id, by=getpass.getuser(), at=at, capture=capture.id, note=note
        )
        ledger.attach(made, capture)
    click.echo(f"{file} stands for {_name(chosen, how)}: SHA-256 {capture.sha256}, kept as {capture.warc}.")
    _recheck(entry.article.id, how, entry.article.id, fetch=False)
    with Ledger.open(how.ledger, create=False) as ledger:
        row = ledger.show(entry.row.id).row
    click.echo(f"{row.id[:8]}: {row.label.value}. {row.rationale}")


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
