"""`factdesk attach`: stores a page that a person could read and Factdesk could not, and checks its claims again."""

from __future__ import annotations

import asyncio
import getpass
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click

from claims.addresses import is_address
from claims.clock import now
from claims.display.wording import source_name
from claims.ledger.entries import Attachment
from claims.ledger.ledger import Ledger
from claims.records import Capture, CitationKind, Reason, Source
from flows.checks.standing import by_a_person
from flows.commands.checking.recheck import print_recheck
from flows.commands.options import complete_files, on_ledger
from flows.config.setup import CheckOptions, Setup, setup
from flows.errors import UsageError
from sources.captures.reread import hand_in
from sources.errors import UnreadableError


@click.command()
@click.argument("claim", metavar="CLAIM")
@click.argument("file", shell_complete=complete_files)
@on_ledger
@click.option("--source", help="Source that the page belongs to: part of its name or address.")
@click.option("--note", default="", help="Note on where the page comes from.")
@click.option("--replay", type=click.Path(), help="Read pages from this WARC archive instead of the network.")
def attach(
    *, claim: str, file: str, config: str | None, db: str | None, source: str | None, note: str, replay: str | None
) -> None:
    """Attach a page that Factdesk could not read, and check the claims of its article again.

    The page is hashed and marked as added by hand. FILE may also be the address of a source that was not found.
    """
    attach_page(setup(CheckOptions(config=config, ledger=db, replay=replay)), claim, file, source, note)


def attach_page(how: Setup, claim: str, place: str, source: str | None, note: str) -> None:
    """Store what a person attaches for a source of a claim, and judge the article's claims with it.

    ``place`` is a file, which is stored unchanged, or the address of the source, which is fetched now.
    """
    with Ledger.open(how.ledger, create=False) as ledger:
        entry = ledger.show(claim)
    chosen = _chosen(entry.row.id, entry.sources, source, how)
    capture = keep_attachment(how, entry.row.id, chosen, place, by=getpass.getuser(), note=note)
    if capture is None:
        click.echo(f"{_attached_to(chosen, how)} will be read at {place}.")
    else:
        click.echo(
            f"Attached {place} to {_attached_to(chosen, how)}: SHA-256 {capture.sha256}, stored in {capture.warc}."
        )
    with asyncio.Runner() as runner:
        print_recheck(entry.article.id, how, runner, fetch=is_address(place))
    with Ledger.open(how.ledger, create=False) as ledger:
        row = ledger.show(entry.row.id).row
    click.echo(f"{row.id[:8]}: {row.label.value}. {row.rationale}")


def keep_attachment(how: Setup, claim: str, chosen: Source, place: str, *, by: str, note: str = "") -> Capture | None:
    """Add a file, or an address, for a source of a claim; the capture that the file became.

    Raises UsageError where the source was read or the file cannot be, LedgerError where the ledger refuses it.
    """
    at = now()
    if "://" in place and not is_address(place):
        raise UsageError(f"{place}: give an address that begins with http:// or https://, or the name of a file")
    read = chosen.capture is not None and not chosen.reason and not chosen.detail and not _given_by_a_person(chosen)
    if read and not is_address(place):
        raise UsageError(f"{_attached_to(chosen, how)} was read; attach pages only to sources that could not be read")
    made = Attachment(claim=claim, source=chosen.id, by=by, at=at, note=note)
    capture = None if is_address(place) else _handed_in(Path(place), chosen, at, how)
    with Ledger.open(how.ledger, create=False) as ledger:
        if capture is None:
            ledger.attach(replace(made, url=place))
        else:
            ledger.attach(replace(made, capture=capture.id), capture)
    return capture


def _given_by_a_person(source: Source) -> bool:
    """Whether a source was read at an address that a person gave, which may have been the wrong one."""
    url = source.capture.url if source.capture else ""
    return any(candidate.url == url and by_a_person(candidate) for candidate in source.candidates)


def _handed_in(file: Path, source: Source, at: str, how: Setup) -> Capture:
    """The file as a capture of the source's address; not of one that may be another page's."""
    given = {candidate.url for candidate in source.candidates if by_a_person(candidate)}
    tried = [candidate.url for candidate in source.candidates if source.reason not in (None, Reason.UNRESOLVED)]
    read = [source.capture.url] if source.capture and not source.reason else tried
    own = (url for url in read if url not in given)
    address = source.citation.url or next(own, f"urn:factdesk:{source.id}")
    try:
        return hand_in(file, address, at, how.captures, how.outlets)
    except UnreadableError as error:
        raise UsageError(str(error)) from error


def _chosen(claim: str, sources: Sequence[Source], query: str | None, how: Setup) -> Source:
    """The source that a page is attached to: the only one, the only unread one, or the one that is named."""
    matching = [candidate for candidate in sources if candidate.citation.kind is not CitationKind.NONE]
    if not matching:
        raise UsageError(
            f"claim {claim[:8]} cites no source that a page could belong to; read the page yourself, and decide: "
            f"factdesk decide {claim[:8]} --overrule LABEL --note ADDRESS"
        )
    if query:
        matching = [
            candidate
            for candidate in matching
            if query.casefold() in (_attached_to(candidate, how) + (candidate.citation.url or "")).casefold()
        ]
    elif len(matching) > 1:
        matching = [candidate for candidate in matching if candidate.capture is None or candidate.reason] or matching
    if len(matching) == 1:
        return matching[0]
    names = ", ".join(_attached_to(candidate, how) for candidate in sources) or "none"
    raise UsageError(f"use --source to choose the source that the page belongs to; the claim cites: {names}")


def _attached_to(source: Source, how: Setup) -> str:
    return source_name(source.citation, how.outlets, source.citation.text)
