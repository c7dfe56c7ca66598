"""`factdesk backup`: copies the ledger."""

from __future__ import annotations

from pathlib import Path

import click

from claims.ledger.ledger import Ledger
from flows.commands.options import on_ledger
from flows.config.setup import CheckOptions, setup


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@on_ledger
def backup(file: Path, config: str | None, db: str | None) -> None:
    """Copy the ledger to a new FILE, even while other programs write to it."""
    with Ledger.open(setup(CheckOptions(config=config, ledger=db)).ledger, create=False) as book:
        book.backup(file)
    click.echo(f"Wrote {file}.")
