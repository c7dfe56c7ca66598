"""`factdesk audit`: whether the captures, the chain of the log and the schema still hold."""

from __future__ import annotations

import sys
from dataclasses import replace

import click

from claims.ledger.ledger import Ledger
from claims.privacy import hide_in
from flows.checks.anchor import noted
from flows.commands.ledger.captured_bytes import loader
from flows.commands.options import on_ledger
from flows.config.setup import CheckOptions, Setup, setup
from flows.errors import NOT_HELD
from flows.show.text import counted


@click.command()
@on_ledger
@click.option("--head", metavar="HASH", help="A head noted down earlier: it must stand in the log.")
def audit(config: str | None, db: str | None, head: str | None) -> None:
    """Re-hash every capture and the chain of the ledger, compare its schema; exit 1 where one does not hold."""
    sys.exit(audit_ledger(setup(CheckOptions(config=config, ledger=db)), head))


def audit_ledger(how: Setup, head: str | None) -> int:
    """Print what does not hold, also against the ``head`` that somebody noted down; the exit code."""
    with Ledger.open(how.ledger, create=False) as book:
        heads, damaged = noted(how.ledger, how.captures)
        found = book.audit(loader(how.captures), head=head, noted=heads)
    found = replace(found, faults=(*found.faults, *damaged))
    for fault in found.faults:
        click.echo(hide_in(f"{fault.row}: {fault.detail}"))
    count = len(found.faults)
    says = "everything holds" if found.holds else f"{count} do{'es' if count == 1 else ''} not hold"
    held = f"{counted(found.rows, 'row')} and {counted(found.captures, 'capture')}"
    click.echo(f"{held}: {says}. Chain ends in {found.head}")
    return 0 if found.holds else NOT_HELD
