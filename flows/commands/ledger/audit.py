"""`factdesk audit`: verifies the captures, the hash chain of the log and the schema."""

from __future__ import annotations

import sys
from dataclasses import replace

import click

from claims.display.text import counted
from claims.ledger.ledger import Ledger
from claims.privacy import hide_in
from flows.checks.anchor import noted
from flows.commands.ledger.captured_bytes import loader
from flows.commands.options import on_ledger
from flows.config.setup import CheckOptions, Setup, setup
from flows.errors import NOT_HELD
from sources import urls


@click.command()
@on_ledger
@click.option("--head", metavar="HASH", help="Head hash that you recorded earlier; it must be in the log.")
@click.option("--rebuild", is_flag=True, help="First fill the derived tables again.")
def audit(config: str | None, db: str | None, head: str | None, *, rebuild: bool) -> None:
    """Verify the captures, the hash chain of the log and the schema; exit with code 1 if one is invalid."""
    how = setup(CheckOptions(config=config, ledger=db))
    if rebuild:
        with Ledger.open(how.ledger, create=False) as book:
            book.rebuild()
    sys.exit(audit_ledger(how, head))


def audit_ledger(how: Setup, head: str | None) -> int:
    """Print every fault, compare the log with the recorded ``head`` if given, and return the exit code."""
    with Ledger.open(how.ledger, create=False) as book:
        heads, damaged = noted(how.ledger, how.captures)
        report = book.audit(loader(how.captures), head=head, noted=heads, key_of=urls.key)
    report = replace(report, faults=(*report.faults, *damaged))
    for fault in (*report.remarks, *report.faults):
        click.echo(hide_in(f"{fault.row}: {fault.detail}"))
    result = "no errors" if report.holds else counted(len(report.faults), "error")
    subject = f"{counted(report.rows, 'row')} and {counted(report.captures, 'capture')}"
    click.echo(f"{subject}: {result}. Chain ends in {report.head}")
    return 0 if report.holds else NOT_HELD
