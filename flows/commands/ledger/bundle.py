"""`factdesk bundle`: packs claims with all their evidence into one file."""

from __future__ import annotations

from pathlib import Path

import click

from claims.clock import now
from claims.ledger.ledger import Ledger
from flows.commands.ledger.captured_bytes import loader
from flows.commands.options import on_ledger
from flows.config.setup import CheckOptions, setup
from flows.show.text import counted


@click.command()
@click.argument("claims", nargs=-1, required=True, metavar="ID...")
@on_ledger
@click.option(
    "--output", type=click.Path(path_type=Path), default="bundle.zip", show_default=True, help="Name of the new file."
)
def bundle(claims: tuple[str, ...], config: str | None, db: str | None, output: Path) -> None:
    """Pack claims with all their evidence, including the captured bytes, for independent verification."""
    how = setup(CheckOptions(config=config, ledger=db))
    with Ledger.open(how.ledger, create=False) as book:
        count = book.bundle(claims, output, loader(how.captures), at=now())
    click.echo(f"Wrote {output}: {counted(count, 'file')}.")
