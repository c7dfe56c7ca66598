"""`factdesk search`: finds claims that contain all of the given words."""

from __future__ import annotations

import click

from claims.ledger.ledger import Ledger
from flows.commands.ledger.claim_rows import print_rows
from flows.commands.options import json_option, limited, on_ledger
from flows.config.setup import CheckOptions, setup


@click.command()
@click.argument("words", nargs=-1, required=True)
@on_ledger
@json_option
@limited
def search(words: tuple[str, ...], config: str | None, db: str | None, json_: bool, limit: int) -> None:
    """Search the text of claims and their evidence."""
    how = setup(CheckOptions(config=config, ledger=db))
    with Ledger.open(how.ledger, create=False) as book:
        print_rows(book.search(" ".join(words), limit), how, json_=json_)
