"""What `factdesk decide`, `export`, `bundle`, `backup` and `audit` do with the ledger."""

from __future__ import annotations

import getpass
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import click

from claims.ledger.entries import ClaimRow
from claims.ledger.ledger import Ledger
from claims.privacy import hide_in
from claims.records import Capture, Correction, Decision, Label, Review
from flows.checks.anchor import noted
from flows.checks.steps import directory, now
from flows.commands.listing import DECIDED
from flows.commands.options import ledger_at, settings_from
from flows.config.setup import CheckOptions, setup
from flows.errors import UsageError
from flows.show.text import clean, counted
from sources.captures.store import load
from sources.contained import contained
from sources.errors import Unavailable

NOT_HELD = 1
# The formats that can also have what nobody has decided on.
_OPEN = ("csv", "jsonl")


def decide_claim(
    ledger: Path,
    claim: str,
    *,
    note: str,
    reviewer: str | None,
    verdict: str | None,
    after: int | None,
    **asked: str | bool | None,
) -> None:
    """Put one decision on a claim: ``confirm``, ``overrule`` (a label), ``void`` or ``undo``.

    ``verdict`` and ``after`` bind it to what was shown. Raises UsageError, LedgerError.
    """
    correction = asked.pop("correction")
    decisions = [Decision(name) for name, wanted in asked.items() if wanted]
    if len(decisions) != 1:
        raise UsageError("decide on one of --confirm, --overrule LABEL, --void and --undo")
    made = Review(
        claim=claim,
        reviewer=reviewer or getpass.getuser(),
        decision=decisions[0],
        at=now(),
        label=Label(str(asked["overrule"])) if asked["overrule"] else None,
        note=note,
        verdict=verdict,
        correction=Correction(str(correction)) if correction else None,
    )
    with Ledger.open(ledger, create=False) as book:
        book.review(made, after=after)
        entry = book.show(claim)
    done, row = entry.reviews[-1], entry.row
    click.echo(f"{row.id[:8]}: {DECIDED[done.decision]} by {done.reviewer}; it stands as {row.standing}{_still(row)}.")


def _still(row: ClaimRow) -> str:
    """What is still wanted of other people, if anything."""
    return f", and a person must look: {row.why}" if row.why else ""


def export_claims(config: str | None, db: str | None, kind: str, page: str, *, unreviewed: bool) -> None:
    """Print what people decided, in one of the formats; what is refused goes to stderr, with its reason and a count.

    Raises UsageError, LedgerError.
    """
    if unreviewed and kind not in _OPEN:
        raise UsageError(f"--unreviewed is for {' and '.join(_OPEN)}: {kind} has only what people decided")
    settings = settings_from(config)
    outlets = directory(setup(CheckOptions(config=config)).outlets)
    left_out: dict[str, str] = {}
    with Ledger.open(ledger_at(db, config), create=False) as book:
        book.sign_off(settings.review.sign_off, at=now())
        lines = book.export(
            kind,
            page=page,
            unreviewed=unreviewed,
            refused=left_out.__setitem__,
            desk=settings.desk.name,
            scale={label.value: word for label, word in settings.scale.items()},
            outlets={outlet.id: outlet.name for outlet in outlets},
            directory=outlets,
        )
        for line in lines:
            click.echo(line.rstrip("\n"))
    if left_out:
        _tell(left_out, kind)


def _tell(left_out: dict[str, str], kind: str) -> None:
    """Every refused claim with its reason, and how many there are of each sort."""
    for claim, reason in left_out.items():
        click.echo(f"{claim[:8]} refused: {clean(reason)}", err=True)
    sorts = Counter(reason.partition(":")[0] for reason in left_out.values())
    each = ", ".join(f"{count} {sort}" for sort, count in sorts.most_common())
    hint = "; --unreviewed writes them too" if kind in _OPEN else ""
    click.echo(f"factdesk: {counted(len(left_out), 'claim')} refused ({each}){hint}", err=True)


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
            with contained(capture.url):
                return load(capture, folder)
        except Unavailable as error:
            raise OSError(str(error)) from error

    return read
