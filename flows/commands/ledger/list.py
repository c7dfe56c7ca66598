"""`factdesk list`: lists the claims in the ledger, or those that need review."""

from __future__ import annotations

import click

from claims.clock import now
from claims.ledger.ledger import Ledger
from flows.commands.ledger.claim_rows import print_rows
from flows.commands.options import LABEL, json_option, limited, on_ledger
from flows.config.setup import CheckOptions, Setup, setup


@click.command(name="list")
@on_ledger
@json_option
@click.option("--label", "labels", multiple=True, type=LABEL, help="Only claims with this label; several are allowed.")
@click.option("--outlet", help="Only claims that this outlet published or that cite it.")
@click.option("--speaker", help="Only claims by this speaker.")
@click.option("--queue", is_flag=True, help="Only claims that need review, most urgent first.")
@limited
def list_(  # noqa: PLR0913  an argument for each option
    *,
    config: str | None,
    db: str | None,
    json_: bool,
    labels: tuple[str, ...],
    outlet: str | None,
    speaker: str | None,
    queue: bool,
    limit: int,
) -> None:
    """List the claims in the ledger with their current verdicts, most recently checked first."""
    if queue and (outlet or speaker):
        raise click.UsageError("--queue lists all claims that need review: omit --outlet and --speaker")
    how = setup(CheckOptions(config=config, ledger=db))
    if queue:
        list_queue(how, labels, json_=json_, limit=limit)
        return
    with Ledger.open(how.ledger, create=False) as book:
        rows = book.claims(label=labels, outlet=outlet, speaker=speaker, limit=limit)
        print_rows(rows, how, json_=json_)


def list_queue(how: Setup, labels: tuple[str, ...], *, json_: bool, limit: int) -> None:
    """Print claims that need review, the most urgent first; only those with one of ``labels``, if any are given."""
    with Ledger.open(how.ledger, create=False) as book:
        book.sign_off(how.settings.review.asked_sign_off, at=now())
        print_rows(book.queue(limit, labels), how, json_=json_)
