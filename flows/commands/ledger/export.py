"""`factdesk export`: writes the decided claims for publication."""

from __future__ import annotations

from collections import Counter

import click

from claims.clock import now
from claims.display.text import clean, counted
from claims.ledger.exports.formats import FORMATS, UNDECIDED
from claims.ledger.ledger import Ledger
from flows.commands.options import on_ledger
from flows.config.setup import CheckOptions, Setup, setup


@click.command()
@on_ledger
@click.option(
    "--format", "kind", type=click.Choice(list(FORMATS)), default="jsonl", show_default=True, help="Output format."
)
@click.option("--page", default="", help="For ClaimReview: address of the published check, with {id} for the claim.")
@click.option("--unreviewed", is_flag=True, help=f"For {' and '.join(UNDECIDED)}: include claims without a decision.")
def export(config: str | None, db: str | None, kind: str, page: str, unreviewed: bool) -> None:
    """Write the decided claims to stdout, and the claims left out and the reasons to stderr."""
    export_claims(setup(CheckOptions(config=config, ledger=db)), kind, page, unreviewed=unreviewed)


def export_claims(how: Setup, kind: str, page: str, *, unreviewed: bool) -> None:
    """Print the decided claims in one of the formats, and on stderr the claims left out with reason and count.

    Raises LedgerError.
    """
    left_out: dict[str, str] = {}
    with Ledger.open(how.ledger, create=False) as book:
        book.sign_off(how.settings.review.asked_sign_off, at=now())
        lines = book.export(
            kind,
            page=page,
            unreviewed=unreviewed,
            refused=left_out.__setitem__,
            publisher=how.settings.desk.name,
            scale=how.scale,
            outlets={outlet.id: outlet.name for outlet in how.outlets},
            directory=how.outlets,
        )
        for line in lines:
            click.echo(line.rstrip("\n"))
    if left_out:
        _tell(left_out, kind)


def _tell(left_out: dict[str, str], kind: str) -> None:
    """Every refused claim with its reason, and how many there are of each sort."""
    for claim, reason in left_out.items():
        click.echo(f"{claim[:8]} not exported: {clean(reason)}", err=True)
    sorts = Counter(reason.partition(":")[0] for reason in left_out.values())
    each = ", ".join(f"{count} {sort}" for sort, count in sorts.most_common())
    hint = "; --unreviewed includes those that are not decided" if kind in UNDECIDED else ""
    click.echo(f"factdesk: {counted(len(left_out), 'claim')} not exported ({each}){hint}", err=True)
