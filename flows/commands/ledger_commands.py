"""The commands that work on the ledger: what was found, what people decide, and what is handed on."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from claims.records import Correction, Label
from flows.commands.options import as_json, ledger_at, on_ledger, settings_from

_LABELS = click.Choice([label.value for label in Label])


@click.command(name="list", short_help="List the claims in the ledger.")
@on_ledger
@as_json
@click.option("--label", type=_LABELS, help="Only verdicts of this label.")
@click.option("--outlet", help="Only claims that lean on this outlet.")
@click.option("--speaker", help="Only claims of this speaker.")
@click.option("--queue", is_flag=True, help="Only what a person must look at, the most urgent first.")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1), help="Maximum number of claims.")
def list_(config: str | None, db: str | None, json_: bool, **wanted: Any) -> None:
    """List the claims in the ledger with their current verdicts, the ones checked last first."""
    from flows.commands.listing import list_claims, list_queue

    if wanted.pop("queue"):
        if wanted["label"] or wanted["outlet"] or wanted["speaker"]:
            raise click.UsageError("--queue lists all that waits: leave out --label, --outlet and --speaker")
        sign_off = settings_from(config).review.sign_off
        list_queue(ledger_at(db, config), sign_off, json_=json_, limit=wanted["limit"])
    else:
        list_claims(ledger_at(db, config), json_=json_, **wanted)


@click.command(short_help="Show all that is known of one claim.")
@click.argument("claim", metavar="ID")
@on_ledger
@as_json
def show(claim: str, config: str | None, db: str | None, json_: bool) -> None:
    """Show all that is known of one claim: its evidence, every verdict it ever had, what changed in its sources."""
    from flows.commands.listing import show_claim

    show_claim(ledger_at(db, config), settings_from(config).captures, claim, json_=json_)


@click.command(short_help="Find claims by their words.")
@click.argument("words", nargs=-1, required=True)
@on_ledger
@as_json
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1), help="Maximum number of claims.")
def search(words: tuple[str, ...], config: str | None, db: str | None, json_: bool, limit: int) -> None:
    """Find claims by their words, or by those of their evidence."""
    from flows.commands.listing import search_claims

    search_claims(ledger_at(db, config), " ".join(words), json_=json_, limit=limit)


@click.command(short_help="Put a person's decision on a claim.")
@click.argument("claim", metavar="ID")
@on_ledger
@click.option("--confirm", is_flag=True, help="The verdict is right.")
@click.option("--overrule", type=_LABELS, help="This label holds instead.")
@click.option("--void", is_flag=True, help="This is no claim to check: strike it out.")
@click.option("--undo", is_flag=True, help="Take the last decision back.")
@click.option("--note", default="", help="Why; needed for --overrule and --void.")
@click.option(
    "--correction",
    type=click.Choice([kind.value for kind in Correction]),
    help="How much this changes what was decided before; public in `export --format corrections`.",
)
@click.option("--reviewer", help="Who decides; the name you are logged in with unless said otherwise.")
@click.option("--verdict", metavar="ID", help="Only if this is still the verdict: `show` names it.")
@click.option("--after", metavar="N", type=click.IntRange(0), help="Only if decision N is still the last one.")
def decide(claim: str, config: str | None, db: str | None, **decided: Any) -> None:
    """Put a person's decision on a claim; the verdict before it stays in the ledger."""
    from flows.commands.ledger_actions import decide_claim

    decide_claim(ledger_at(db, config), claim, **decided)


@click.command(short_help="Hand in a page that Factdesk could not read.")
@click.argument("claim", metavar="CLAIM")
@click.argument("file")
@on_ledger
@click.option("--source", help="Which source of the claim it is: a part of its name or address.")
@click.option("--note", default="", help="Where the page comes from.")
@click.option("--replay", type=click.Path(), help="Fetch an address from this WARC archive instead of the network.")
def attach(claim: str, file: str, config: str | None, db: str | None, **more: str | None) -> None:
    """Hand in a page that you could read and Factdesk could not (a paywall): hashed, marked manual, judged at once.

    FILE may also be the address where a source that was not found is to be read.
    """
    from flows.commands.recheck import attach_page
    from flows.config.setup import CheckOptions

    asked = CheckOptions(config=config, ledger=db, replay=more["replay"])
    attach_page(asked, claim, file, more["source"], more["note"] or "")


@click.command(short_help="Check claims of the ledger again.")
@on_ledger
@as_json
@click.option("--older-than", metavar="TIME", help="Only claims last checked longer ago than that: 12h, 7d.")
@click.option("--unavailable", is_flag=True, help="Only claims whose source could not be read.")
@click.option("--label", "labels", multiple=True, type=_LABELS, help="Only claims under this label.")
@click.option("--limit", type=click.IntRange(1), help="Maximum number of claims; recheck.limit unless given.")
@click.option("--replay", type=click.Path(), help="Answer from this WARC archive instead of the network.")
def recheck(config: str | None, db: str | None, unavailable: bool, **more: Any) -> None:
    """Check claims of the ledger again, against their sources as they are now, those checked longest ago first.

    Prints the verdicts that changed, and whether the source, the article or the judge changed.
    """
    from flows.commands.recheck import Wanted, recheck_claims
    from flows.config.setup import CheckOptions

    labels = [*map(Label, more["labels"]), *([Label.SOURCE_UNAVAILABLE] if unavailable else [])]
    limit = more["limit"] or settings_from(config).recheck.limit
    wanted = Wanted(older_than=more["older_than"], labels=labels, limit=limit, json=more["json_"])
    recheck_claims(CheckOptions(config=config, ledger=db, replay=more["replay"]), wanted)


@click.command(short_help="Write what people decided.")
@on_ledger
@click.option("--format", "kind", type=click.Choice(["claimreview", "csv", "jsonl", "corrections"]), default="jsonl")
@click.option("--page", default="", help="For ClaimReview: address of the published check, {id} for the claim.")
@click.option("--unreviewed", is_flag=True, help="For csv and jsonl: also what no person has decided on.")
def export(config: str | None, db: str | None, kind: str, page: str, unreviewed: bool) -> None:
    """Write the claims that people decided on to stdout, and to stderr what is left out and why."""
    from flows.commands.ledger_actions import export_claims

    export_claims(config, db, kind, page, unreviewed=unreviewed)


@click.command(short_help="Pack claims with everything behind them.")
@click.argument("claims", nargs=-1, required=True, metavar="ID...")
@on_ledger
@click.option(
    "--output", type=click.Path(path_type=Path), default="bundle.zip", show_default=True, help="The new file."
)
def bundle(claims: tuple[str, ...], config: str | None, db: str | None, output: Path) -> None:
    """Pack claims with everything behind them, the captured bytes too, for somebody who must check them alone."""
    from flows.commands.ledger_actions import bundle_claims

    bundle_claims(config, db, claims, output)


@click.command(short_help="Copy the ledger to a new file.")
@click.argument("file", type=click.Path(path_type=Path))
@on_ledger
def backup(file: Path, config: str | None, db: str | None) -> None:
    """Copy the ledger, as it is now and while others write, to a new FILE."""
    from flows.commands.ledger_actions import backup_ledger

    backup_ledger(ledger_at(db, config), file)


@click.command(short_help="Hash every capture and the chain again.")
@on_ledger
@click.option("--head", metavar="HASH", help="A head noted down earlier: it must stand in the log.")
def audit(config: str | None, db: str | None, head: str | None) -> None:
    """Re-hash every capture and the chain of the ledger, compare its schema; exit 1 where one does not hold."""
    from flows.commands.ledger_actions import audit_ledger

    sys.exit(audit_ledger(config, db, head))


COMMANDS = (list_, show, search, decide, attach, recheck, export, bundle, backup, audit)
