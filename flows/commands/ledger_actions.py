"""What `factdesk decide`, `export`, `bundle`, `backup` and `audit` do with the ledger."""

from __future__ import annotations

import getpass
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import click

from claims.ledger.ledger import Ledger
from claims.privacy import hide_in
from claims.records import Capture, Decision, Label, Review
from flows.checks.anchor import noted
from flows.checks.steps import directory, now
from flows.commands.listing import DECIDED
from flows.commands.options import ledger_at, settings_from
from flows.config.setup import CheckOptions, setup
from flows.errors import UsageError
from flows.show.text import counted
from sources.captures.store import load
from sources.errors import ArchiveError

NOT_HELD = 1


def decide_claim(ledger: Path, claim: str, *, note: str, reviewer: str | None, **asked: str | bool | None) -> None:
    """Put one decision on a claim: ``confirm``, ``overrule`` (a label) or ``void``. Raises UsageError, LedgerError."""
    decisions = [Decision(name) for name, wanted in asked.items() if wanted]
    if len(decisions) != 1:
        raise UsageError("decide on one of --confirm, --overrule LABEL and --void")
    with Ledger.open(ledger, create=False) as book:
        made = Review(
            claim=claim,
            reviewer=reviewer or getpass.getuser(),
            decision=decisions[0],
            at=now(),
            label=Label(str(asked["overrule"])) if asked["overrule"] else None,
            note=note,
        )
        book.review(made)
        row = book.show(claim).row
    click.echo(f"{row.id[:8]}: {DECIDED[made.decision]} by {made.reviewer}; it stands as {row.standing}.")


def export_claims(config: str | None, db: str | None, kind: str, page: str) -> None:
    """Print every claim that stands, in one of the formats."""
    settings = settings_from(config)
    with Ledger.open(ledger_at(db, config), create=False) as book:
        lines = book.export(
            kind,
            desk=settings.desk.name,
            page=page,
            scale={label.value: word for label, word in settings.scale.items()},
            outlets={outlet.id: outlet.name for outlet in directory(setup(CheckOptions(config=config)).outlets)},
        )
        for line in lines:
            click.echo(line.rstrip("\n"))


def bundle_claims(config: str | None, db: str | None, claims: Sequence[str], output: Path) -> None:
    """Pack claims with everything behind them into a new file."""
    with Ledger.open(ledger_at(db, config), create=False) as book:
        count = book.bundle(claims, output, _loader(config), at=now())
    click.echo(f"Wrote {output}: {counted(count, 'file')}.")


def backup_ledger(ledger: Path, file: Path) -> None:
    """Copy the ledger to a new file."""
    with Ledger.open(ledger, create=False) as book:
        book.backup(file)
    click.echo(f"Wrote {file}.")


def audit_ledger(config: str | None, db: str | None, head: str | None) -> int:
    """Print what does not hold, also against the ``head`` that somebody noted down; the exit code."""
    path = ledger_at(db, config)
    with Ledger.open(path, create=False) as book:
        heads, damaged = noted(path, settings_from(config).captures)
        found = book.audit(_loader(config), head=head, noted=heads)
    found = replace(found, faults=(*found.faults, *damaged))
    for fault in found.faults:
        click.echo(hide_in(f"{fault.row}: {fault.detail}"))
    count = len(found.faults)
    says = "everything holds" if found.holds else f"{count} do{'es' if count == 1 else ''} not hold"
    held = f"{counted(found.rows, 'row')} and {counted(found.captures, 'capture')}"
    click.echo(f"{held}: {says}. Chain ends in {found.head}")
    return 0 if found.holds else NOT_HELD


def _loader(config: str | None) -> Callable[[Capture], bytes]:
    """Reads captures again; one that cannot be is an OSError, as the ledger expects."""
    folder = settings_from(config).captures

    def read(capture: Capture) -> bytes:
        try:
            return load(capture, folder)
        except ArchiveError as error:
            raise OSError(str(error)) from error

    return read
