"""Prints a check in the terminal: claims in reading order, sources that could not be read, and totals.

Wide terminals get columns, narrow ones stacked lines; if stdout is not a terminal, plain lines are printed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from claims.display.text import ID_LENGTH, clean, printable, shown_day
from claims.display.wording import (
    claim_source,
    claim_totals,
    in_the_article,
    reason_of,
    said_there,
    speaker,
    totals,
    who_and_where,
    why_uncheckable,
    word,
)
from claims.glossary import LABELS, shown_confidence
from claims.ledger.ledger import Ledger
from claims.records import Check, Claim, Extraction, OutletDirectory, Page, Verdict
from flows.show.advice import Unread, unread
from flows.show.leads import lead_lines
from flows.show.plain import REVIEW, check_lines, claims_lines

__all__ = ["print_check", "print_claims", "totals", "verdict_table"]

Scale = Mapping[str, str]

WIDE = 100  # columns; below it, six of them leave less than 25 characters for the claim


def verdict_table(
    check: Check,
    *,
    width: int = 120,
    ascii_only: bool = False,
    outlets: OutletDirectory | None = None,
    scale: Scale | None = None,
    waiting: Collection[str] | None = None,
) -> Table:
    """The claims in reading order as a rich table for a terminal of ``width`` columns.

    ``waiting`` are the claims that need review according to the ledger; without it, no claim counts as decided.
    """
    waiting = Ledger.waits(check.verdicts, check.extraction.claims) if waiting is None else waiting
    wide = width >= WIDE
    table = _verdicts_frame(wide=wide)
    verdicts = check.verdict_of
    for number, claim in enumerate(check.extraction.claims, start=1):
        verdict = verdicts.get(claim.id)
        mark = _mark(claim, verdict, review=claim.id in waiting, ascii_only=ascii_only, scale=scale)
        words = _marked_statement(claim)
        source = claim_source(claim, verdict, outlets)
        passage = _styled(said_there(claim, verdict, 140 if wide else 150), "dim")
        if wide:
            table.add_row(str(number), mark, _styled(speaker(claim)), words, _styled(source), passage)
        else:
            below = who_and_where(claim, verdict, outlets, " — ")
            table.add_row(str(number), mark, _stack(words, below, passage))
    return table


def print_check(
    check: Check,
    console: Console,
    *,
    outlets: OutletDirectory | None = None,
    scale: Scale | None = None,
    waiting: Collection[str] | None = None,
) -> None:
    """Print a check: table, unread sources with what to do, notes, totals.

    ``waiting`` are the claims that need review according to the ledger; without it, no claim counts as decided.
    """
    if not console.is_terminal:
        _print_plain(check_lines(check, outlets=outlets, scale=scale, waiting=waiting), console)
        return
    _print_head(check.article, console)
    if check.extraction.claims:
        width, plain = console.width, console.options.ascii_only
        table = verdict_table(check, width=width, ascii_only=plain, outlets=outlets, scale=scale, waiting=waiting)
        console.print(table)
    missing = unread(check, outlets)
    if missing:
        console.print(_styled("Sources that could not be read", "bold"))
        console.print(_unread_table(missing))
        console.print()
    if check.leads:
        heading, *lines = lead_lines(check)
        console.print(_styled(heading, "bold"))
        console.print(_styled("\n".join(lines)))
        console.print()
    for note in check.extraction.notes:
        console.print(_styled(clean(note), "yellow"))
    console.print(_styled(totals(check, waiting), "bold"))


def print_claims(
    article: Page, extraction: Extraction, console: Console, *, outlets: OutletDirectory | None = None
) -> None:
    """Print the claims alone: who says each, its source, and why some cannot be checked."""
    if not console.is_terminal:
        _print_plain(claims_lines(article, extraction, outlets), console)
        return
    _print_head(article, console)
    table = _claims_frame()
    for number, claim in enumerate(extraction.claims, start=1):
        style = "" if claim.checkable else "dim"
        below = who_and_where(claim, None, outlets, " — ")
        stacked = _stack(_marked_statement(claim, style), below, _styled(why_uncheckable(claim), "dim"))
        table.add_row(str(number), _styled(claim.kind.value, style), f"{claim.checkworthiness:.2f}", stacked)
    console.print(table)
    for note in extraction.notes:
        console.print(_styled(clean(note), "yellow"))
    console.print(_styled(claim_totals(extraction), "bold"))


def _verdicts_frame(*, wide: bool) -> Table:
    table = Table(box=box.SIMPLE_HEAD, leading=1, pad_edge=False, padding=(0, 1, 0, 0), expand=True, header_style="dim")
    table.add_column("#", justify="right", style="dim", no_wrap=True)
    table.add_column("Verdict", no_wrap=True)
    if wide:
        table.add_column("Who", min_width=8, max_width=16)
    table.add_column("Claim", ratio=5)
    if wide:
        table.add_column("Source", min_width=10, max_width=18)
        table.add_column("What it says", ratio=4)
    return table


def _claims_frame() -> Table:
    table = Table(box=box.SIMPLE_HEAD, leading=1, pad_edge=False, padding=(0, 1, 0, 0), expand=True, header_style="dim")
    table.add_column("#", justify="right", style="dim", no_wrap=True)
    table.add_column("Kind", no_wrap=True)
    table.add_column("Worth", justify="right", no_wrap=True)
    table.add_column("Claim", ratio=1)
    return table


def _styled(text: str, style: str = "") -> Text:
    return Text(text, style=style)


def _marked_statement(claim: Claim, style: str = "") -> Text:
    """The statement with what was put in underlined and suggestions in yellow, above the article's own words."""
    words = Text(style=style)
    for text, change in claim.pieces:
        mark = "" if change is None else "underline" if change.sure else "bold yellow"
        words.append(printable(text), style=mark)
    if claim.changes:
        words.append(f"\n{in_the_article(claim)}", style="dim")
    return words


def _stack(words: Text, below: str, passage: Text) -> Text:
    """Claim, who and where, passage: one under the other, the empty ones left out."""
    return Text("\n").join(part for part in (words, _styled(below, "italic"), passage) if part.plain)


def _mark(claim: Claim, verdict: Verdict | None, *, review: bool, ascii_only: bool, scale: Scale | None) -> Text:
    """Symbol and word in the label's colour, the confidence, whether it needs review, and the claim's id."""
    if verdict is None:
        return _styled("not judged", "dim")
    look = LABELS[verdict.label]
    symbol = look.letter if ascii_only else look.symbol
    mark = Text.assemble((f"{symbol} {word(verdict.label, scale)}", f"bold {look.colour}"))
    mark.append(f"\n  {reason_of(verdict) or shown_confidence(verdict.label, verdict.confidence)}", style="dim")
    if review:
        mark.append(f" {REVIEW}", style="bold yellow")
    mark.append(f"\n  {claim.id[:ID_LENGTH]}", style="dim")
    return mark


def _print_head(article: Page, console: Console) -> None:
    console.print(_styled(clean(article.title or article.url or "Untitled"), "bold"))
    below = " · ".join(filter(None, (clean(article.url or ""), shown_day(article.published))))
    if below:
        console.print(_styled(below, "dim"))


def _unread_table(missing: Iterable[Unread]) -> Table:
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 1, 0), expand=True)
    table.add_column(max_width=26)
    table.add_column(ratio=1)
    for source in missing:
        text = _styled(source.why)
        text.append(f"\n{source.todo}", style="dim")
        table.add_row(_styled(source.name), text)
    return table


def _print_plain(lines: Iterable[str], console: Console) -> None:
    """Print every line unwrapped; characters missing in the stream's encoding become question marks."""
    for line in lines:
        console.out(line.encode(console.encoding, "replace").decode(console.encoding), highlight=False)
