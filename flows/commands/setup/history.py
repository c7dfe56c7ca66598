"""`factdesk sources ADDRESS --history`: lists the captures of an address and the changes between them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from claims.addresses import is_address
from claims.display.text import clean, counted, json_line
from claims.ledger.ledger import Ledger
from claims.privacy import hide, hide_in
from claims.records import Capture
from flows.commands.change_lines import revision_lines, revision_row
from flows.config.setup import Setup
from flows.errors import NOT_HELD, UsageError
from sources.captures.history import Dated, dated, in_archive, in_folder


def print_history(url: str, how: Setup, *, json_: bool) -> int:
    """Print every capture of an address with the changes since the previous one, oldest first; return 1 if none.

    The captures come from the captures folder and the ledger, or from the archive to replay.
    """
    if not is_address(url):
        raise UsageError(f"--history needs the address of a page, such as https://example.org/a, not {url}")
    captures = dated(_known_captures(url, how), how.captures, how.outlets)
    if not captures:
        click.echo(f"{hide(url)}: no capture of this address in {how.fetch.replay or how.captures}", err=True)
        return NOT_HELD
    if json_:
        for entry in captures:
            click.echo(json_line(_dated_row(entry)))
        return 0
    click.echo(f"{clean(url)}: {counted(len(captures), 'capture')}")
    for number, entry in enumerate(captures):
        before = next((other for other in reversed(captures[:number]) if other.page), None)
        _print_dated(entry, before)
    return 0


def _known_captures(url: str, how: Setup) -> tuple[Capture, ...]:
    if how.fetch.replay:
        return in_archive(url, Path(how.fetch.replay))
    logged: tuple[Capture, ...] = ()
    if how.ledger.exists():
        with Ledger.open(how.ledger, create=False) as book:
            logged = book.captures_of(url)
    return (*(capture for capture in logged if capture.warc), *in_folder(url, how.captures))


def _print_dated(entry: Dated, before: Dated | None) -> None:
    capture = entry.capture
    click.echo(
        hide_in(f"{capture.fetched_at[:19]}  {capture.via.value:<7}  {capture.status}  {_in_few_words(entry, before)}")
    )
    click.echo(f"    SHA-256 {capture.sha256}, {capture.warc} at {capture.offset}")
    if entry.revision:
        for line in revision_lines(entry.revision):
            click.echo(f"    {line}")


def _in_few_words(entry: Dated, before: Dated | None) -> str:
    """A short description: the page, that it is unchanged, or why there is none."""
    if entry.page is None:
        return clean(entry.note)
    if before is not None and before.capture.sha256 == entry.capture.sha256:
        return "unchanged"
    if entry.revision is not None and not entry.revision:
        return "different bytes, same text"
    title = clean(entry.page.title or "no title")
    words = f"“{title}”, {counted(len(entry.page.text), 'character')}"
    return f"{words}, changed:" if entry.revision else words


def _dated_row(entry: Dated) -> dict[str, Any]:
    capture, page = entry.capture, entry.page
    return {
        **{name: getattr(capture, name) for name in ("url", "final_url", "fetched_at", "via", "status", "sha256")},
        **{name: getattr(capture, name) for name in ("warc", "offset")},
        "title": page.title if page else None,
        "published": page.published if page else None,
        "characters": len(page.text) if page else None,
        "note": entry.note,
        "changed": revision_row(entry.revision) if entry.revision else None,
    }
