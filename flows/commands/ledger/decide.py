"""`factdesk decide`: records a person's decision on a claim."""

from __future__ import annotations

import getpass
import sys
from dataclasses import replace

import click

from claims.clock import now
from claims.glossary import DEEDS
from claims.ledger.entries import ClaimRow, Entry
from claims.ledger.ledger import Ledger
from claims.privacy import hide_in
from claims.records import Correction, Decision, Label, Review
from flows.commands.ledger.claim_rows import fold, row_lines
from flows.commands.options import LABEL, on_ledger
from flows.config.setup import CheckOptions, Setup, setup
from flows.errors import UsageError


@click.command()
@click.argument("claim", metavar="ID")
@on_ledger
@click.option("--confirm", is_flag=True, help="The verdict is right.")
@click.option("--overrule", type=LABEL, help="Replace the label with this one.")
@click.option("--void", is_flag=True, help="Strike out the claim: it is not a claim of the article.")
@click.option("--undo", is_flag=True, help="Undo the last decision.")
@click.option("--note", default="", help="Reason; required for --overrule and --void.")
@click.option(
    "--correction",
    type=click.Choice([kind.value for kind in Correction]),
    help="Mark this as a correction of an earlier decision; published by `export --format corrections`.",
)
@click.option("--reviewer", help="Name of the reviewer. Default: your login name.")
@click.option(
    "--verdict", metavar="ID", help="Decide only if this is still the verdict, as printed by `factdesk show`."
)
@click.option("--after", metavar="N", type=click.IntRange(0), help="Decide only if decision N is still the last one.")
def decide(  # noqa: PLR0913  an argument for each option
    *,
    claim: str,
    config: str | None,
    db: str | None,
    confirm: bool,
    overrule: str | None,
    void: bool,
    undo: bool,
    note: str,
    correction: str | None,
    reviewer: str | None,
    verdict: str | None,
    after: int | None,
) -> None:
    """Record a decision on a claim; the verdict itself stays in the ledger.

    On a terminal, the claim is shown and you are asked first, unless --verdict names the verdict that you were shown.
    """
    decision_made = Review(
        claim=claim,
        reviewer=getpass.getuser() if reviewer is None else reviewer,
        decision=chosen_decision(confirm=confirm, overrule=overrule is not None, void=void, undo=undo),
        at=now(),
        label=Label(overrule) if overrule else None,
        note=note,
        verdict=verdict,
        correction=Correction(correction) if correction else None,
    )
    how = setup(CheckOptions(config=config, ledger=db))
    if not verdict and sys.stdin.isatty():
        decision_made, after = _asked_first(how, decision_made, after)
    entry = record_decision(how, decision_made, after)
    done, row = entry.reviews[-1], entry.row
    click.echo(
        f"{row.id[:8]}: {DEEDS[done.decision].done} by {done.reviewer}; the label is now {row.standing}{_still(row)}."
    )


def _asked_first(how: Setup, decision_made: Review, after: int | None) -> tuple[Review, int]:
    """The decision on the claim as it is shown now, and the number of the last one on it.

    Raises UsageError if the answer is no.
    """
    with Ledger.open(how.ledger, create=False) as book:
        entry = book.show(decision_made.claim)
    shown = [*row_lines(entry.row, how), *fold(entry.verdict.rationale)]
    click.echo(hide_in("\n".join(shown)), err=True)
    if not click.confirm("Record this decision?", err=True):
        raise UsageError("nothing was recorded")
    return replace(decision_made, verdict=entry.row.verdict), entry.row.decisions if after is None else after


def record_decision(how: Setup, decision_made: Review, after: int | None) -> Entry:
    """Record the decision, if decision ``after`` is still the last one (None: in any case); the claim afterwards.

    Raises MovedOnError if the claim has changed since it was shown, LedgerError if the decision is refused.
    """
    with Ledger.open(how.ledger, create=False) as book:
        book.review(decision_made, after=after)
        return book.show(decision_made.claim)


def chosen_decision(*, confirm: bool, overrule: bool, void: bool, undo: bool) -> Decision:
    """The requested decision. Raises UsageError if there is none, or more than one."""
    flags = {
        Decision.CONFIRM: confirm,
        Decision.OVERRULE: overrule,
        Decision.VOID: void,
        Decision.UNDO: undo,
    }
    decisions = [decision for decision, is_set in flags.items() if is_set]
    if len(decisions) != 1:
        raise UsageError("give exactly one of --confirm, --overrule LABEL, --void and --undo")
    return decisions[0]


def _still(row: ClaimRow) -> str:
    """What is still wanted of other people, if anything."""
    return f", and it needs review: {row.why}" if row.why else ""
