"""What `factdesk list`, `show` and `search` print of the ledger."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from functools import cache
from pathlib import Path
from shutil import get_terminal_size
from textwrap import wrap
from typing import TYPE_CHECKING, Any

import click

from claims.glossary import LABELS, OBSTACLES, STRUCK_OUT, per_cent
from claims.ledger.ledger import Ledger
from claims.privacy import hide_in
from claims.records import Capture, Claim, Decision, Evidence, Label, Page, Source, Verdict
from flows.checks.source_changes import Changed, changes
from flows.commands.change_lines import changed_lines, changed_row, diff_line, verdict_line
from flows.show.text import clean, json_line
from flows.show.wording import source_name
from sources.outlets import load_outlets

if TYPE_CHECKING:
    from claims.ledger.entries import ClaimRow, Entry

_ID = 8
VOID = "void"
DECIDED = {Decision.CONFIRM: "confirmed", Decision.OVERRULE: "overruled", Decision.VOID: "struck out"}
DECIDED[Decision.UNDO] = "last decision taken back"


def list_claims(ledger: Path, *, json_: bool, **wanted: Any) -> None:
    """Print the claims checked last, with their current verdicts."""
    with Ledger.open(ledger, create=False) as book:
        _print(book.claims(**wanted), json_=json_)


def list_queue(ledger: Path, sign_off: int, *, json_: bool, limit: int) -> None:
    """Print what a person must look at, the most urgent first, where ``sign_off`` people must decide alike."""
    from flows.checks.steps import now  # noqa: PLC0415  loads the models' libraries, which no other list needs

    with Ledger.open(ledger, create=False) as book:
        book.sign_off(sign_off, at=now())
        _print(book.queue(limit), json_=json_)


def search_claims(ledger: Path, words: str, *, json_: bool, limit: int) -> None:
    """Print the claims whose words, or whose evidence, have all of ``words``."""
    with Ledger.open(ledger, create=False) as book:
        _print(book.search(words, limit), json_=json_)


def show_claim(ledger: Path, captures: Path, claim: str, *, json_: bool) -> None:
    """Print all that is known of one claim, and how its sources have changed since they were first read."""

    def kept(capture: Capture) -> Page:
        from sources.captures.reread import captured  # noqa: PLC0415  half a second that only a changed source needs

        return captured(capture, captures, load_outlets())

    with Ledger.open(ledger, create=False) as book:
        entry = book.show(claim)
        changed = changes(book, entry.article.id, kept, sources=[one.id for one in entry.sources])
    if json_:
        click.echo(json_line(asdict(entry) | {"changed": list(map(changed_row, changed))}))
    else:
        click.echo(hide_in("\n".join([*_entry(entry), *_changed(changed)])))


def _print(rows: Sequence[ClaimRow], *, json_: bool) -> None:
    for row in rows:
        click.echo(json_line(asdict(row)) if json_ else hide_in("\n".join(_row(row))))
    if not rows and not json_:
        click.echo("no claims")


@cache
def _outlet_names() -> dict[str, str]:
    """The names of the outlets that ship, by id."""
    return {outlet.id: outlet.name for outlet in load_outlets()}


def _fold(text: str, indent: int = 10) -> list[str]:
    """Text folded to the terminal, every line indented."""
    width = max(40, min(get_terminal_size().columns, 120) - indent)
    return [" " * indent + line for line in wrap(clean(text), width)]


def _badge(standing: str) -> str:
    """What the desk holds to be so: a label in its colour, or struck out."""
    look = STRUCK_OUT if standing == VOID else LABELS[Label(standing)]
    return click.style(f"{look.symbol} {look.word}", fg=look.colour.replace("bright_black", "black"), bold=True)


def _row(row: ClaimRow) -> Iterator[str]:
    review = click.style("review", fg="yellow") if row.needs_review else ""
    decided = f"{DECIDED[row.decision]} by {row.reviewer}" if row.decision else ""
    names = _outlet_names()
    who = ", ".join(
        dict.fromkeys(filter(None, (clean(row.speaker or ""), *(clean(names.get(one, one)) for one in row.outlets))))
    )
    parts = (row.id[:_ID], _badge(row.standing), per_cent(row.confidence), review, clean(decided), who)
    yield "  ".join(filter(None, parts))
    yield from _fold(row.statement)
    if row.why:
        yield from _fold(f"({row.why})")


def _entry(entry: Entry) -> Iterator[str]:
    row, claim = entry.row, entry.claim
    yield from _row(row)
    yield ""
    yield from _words_and_speaker(claim)
    yield from _field("article", " ".join(filter(None, (entry.article.title, entry.article.url))))
    yield from _field("id", f"{row.id}, {claim.kind.value}, worth checking {claim.checkworthiness:.2f}")
    for reason in claim.reasons:
        yield from _field("note", reason)
    for source in entry.sources:
        yield from _field("source" if source.hop_of is None else "leans on", _source(source))
        for found in source.candidates if source.capture is None else source.candidates[:1]:
            yield from _fold(f"{found.score:.2f} {found.url} ({found.found_by})", 12)
        for missed in entry.missed:
            if missed.source == source.id:
                yield from _fold(f"could not be read on {row.checked_at[:19]}: {missed.detail}")
    causes = {change.verdict: change for change in entry.changes}
    for number, verdict in enumerate(reversed(entry.verdicts)):
        yield ""
        yield from _verdict(verdict.verdict, "verdict" if number == 0 else "before")
        if change := causes.get(verdict.id):
            yield from _fold(verdict_line(change))
    for review in entry.reviews:
        label = f" {review.label.value}" if review.label else ""
        kind = f", {review.correction.value} correction" if review.correction else ""
        says = f"{review.at} {review.reviewer}: {DECIDED[review.decision]}{label}{kind}. {review.note}"
        yield from _field("decided", says)
    yield from _field("to decide", f"factdesk decide {row.id[:_ID]} --verdict {row.verdict} --after {row.decisions}")


def _words_and_speaker(claim: Claim) -> Iterator[str]:
    yield from _field("words", f"“{claim.text}”")
    for change in claim.changes:
        yield from _field("changed", f"“{change.was}” → “{change.now}” ({change.reason})")
    if claim.attribution:
        yield from _field("said by", f"{claim.attribution.speaker or 'nobody named'} ({claim.attribution.cue})")


def _changed(changed: Sequence[Changed]) -> Iterator[str]:
    for change in changed:
        first, *rest = changed_lines(change)
        yield ""
        yield from _field("changed", first)
        for line in rest:
            yield from _fold(line)


def _field(name: str, text: str) -> Iterator[str]:
    first, *rest = _fold(text) or [" " * 10]
    yield f"{name:<10}{first.strip()}"
    yield from rest


def _source(source: Source) -> str:
    name = source_name(source.citation)
    if source.capture and not source.reason:
        capture = source.capture
        return f"{name}: {capture.final_url}, {capture.via.value} {capture.fetched_at}, SHA-256 {capture.sha256}"
    return f"{name}: not read, {OBSTACLES[source.reason].meaning if source.reason else 'unknown'}. {source.detail}"


def _verdict(verdict: Verdict, name: str) -> Iterator[str]:
    says = f"{LABELS[verdict.label].word} {per_cent(verdict.confidence)}, {verdict.checked_at}, {verdict.judge}"
    yield from _field(name, says)
    yield from _fold(verdict.rationale)
    for evidence in verdict.evidence:
        yield from _evidence(evidence)
    if verdict.quote:
        yield from _field(
            "quotation", f"{verdict.quote.grade.value.replace('_', ' ')}: {diff_line(verdict.quote.diff)}"
        )
        if verdict.quote.original:
            yield from _field("original", f"as the source gives it: {verdict.quote.original}")
    for found in verdict.quantities:
        agrees = {True: "agrees", False: "differs", None: "nothing to compare"}[found.agrees]
        yield from _field(found.kind, f"{found.claimed} / {found.found or '-'}: {agrees}. {found.note}")


def _evidence(evidence: Evidence) -> Iterator[str]:
    passage = evidence.passage
    where = clean(passage.url or passage.outlet or passage.capture)
    yield from _field(evidence.stance.value, f"“{passage.text}”")
    yield from _fold(f"{where}, characters {passage.span[0]}-{passage.span[1]}, score {evidence.score:.2f}")
