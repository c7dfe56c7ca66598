"""Prints claims of the ledger as lines for the terminal or as JSON Lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from shutil import get_terminal_size
from textwrap import wrap
from typing import TYPE_CHECKING

import click

from claims.display.text import ID_LENGTH, clean, json_line
from claims.display.wording import word
from claims.glossary import DEEDS, LABELS, STRUCK_OUT, shown_confidence
from claims.naming import outlet_name
from claims.privacy import hide_in
from claims.records import Label

if TYPE_CHECKING:
    from claims.ledger.entries import ClaimRow
    from flows.config.setup import Setup

VOID = "void"


def print_rows(rows: Sequence[ClaimRow], how: Setup, *, json_: bool) -> None:
    """Print claims of the ledger as lines or as JSON objects."""
    for row in rows:
        click.echo(row_line(row) if json_ else hide_in("\n".join(row_lines(row, how))))
    if not rows and not json_:
        click.echo("no claims")


def row_line(row: ClaimRow) -> str:
    """A claim of the ledger as a line of JSON."""
    return json_line(asdict(row))


def fold(text: str, indent: int = 10) -> list[str]:
    """Text wrapped to the width of the terminal, with every line indented."""
    width = max(40, min(get_terminal_size().columns, 120) - indent)
    return [" " * indent + line for line in wrap(clean(text), width)]


def _badge(standing: str, scale: Mapping[str, str]) -> str:
    """The current label in its colour and the desk's word, or struck out if the claim is void."""
    if standing == VOID:
        look, words = STRUCK_OUT, STRUCK_OUT.word
    else:
        look, words = LABELS[Label(standing)], word(Label(standing), scale)
    return click.style(f"{look.symbol} {words}", fg=look.colour.replace("bright_black", "black"), bold=True)


def row_lines(row: ClaimRow, how: Setup) -> Iterator[str]:
    """A claim of the ledger in lines: id, verdict, who said it and where, its statement, why it needs review."""
    review = click.style("review", fg="yellow") if row.needs_review else ""
    decided = f"{DEEDS[row.decision].done} by {row.reviewer}" if row.decision else ""
    places = (clean(outlet_name(outlet, how.outlets)) for outlet in row.outlets)
    who = ", ".join(dict.fromkeys(filter(None, (clean(row.speaker or ""), *places))))
    parts = (
        row.id[:ID_LENGTH],
        _badge(row.standing, how.scale),
        shown_confidence(row.label, row.confidence),
        review,
        clean(decided),
        who,
    )
    yield "  ".join(filter(None, parts))
    yield from fold(row.statement)
    if row.why:
        yield from fold(f"({row.why})")
