"""`factdesk show`: shows a claim with its evidence and history."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from claims.addresses import linkable_address
from claims.display.text import ID_LENGTH, clean, json_line
from claims.display.wording import source_name, word
from claims.glossary import AGREEMENT, DEEDS, OBSTACLES, UNSAID, shown_confidence
from claims.highlights import marked_claim
from claims.ledger.ledger import Ledger
from claims.naming import clock_time, quoted
from claims.privacy import hide_in
from claims.records import Capture, Claim, Evidence, OutletDirectory, Page, Source, Verdict
from flows.checks.source_changes import Changed, changes_of_sources
from flows.commands.change_lines import changed_lines, changed_row, diff_line, is_shown, verdict_line
from flows.commands.ledger.claim_rows import fold, row_lines
from flows.commands.options import json_option, on_ledger
from flows.config.setup import CheckOptions, Setup, setup
from flows.show.leads import place_line

if TYPE_CHECKING:
    from claims.ledger.entries import Entry, VerdictChange, VerdictRow


@click.command()
@click.argument("claim", metavar="ID")
@on_ledger
@json_option
def show(claim: str, config: str | None, db: str | None, json_: bool) -> None:
    """Show a claim with its evidence, all its verdicts, and the changes in its sources."""
    show_claim(setup(CheckOptions(config=config, ledger=db)), claim, json_=json_)


def show_claim(how: Setup, claim: str, *, json_: bool) -> None:
    """Print everything about one claim, with the changes of its sources since they were first read."""
    entry, changed = entry_and_changes(how, claim)
    if json_:
        click.echo(entry_line(entry, changed))
    else:
        click.echo(hide_in("\n".join([*_entry(entry, how), *_changed(changed, how.outlets)])))


def entry_line(entry: Entry, changed: Sequence[Changed]) -> str:
    """Everything about one claim as a line of JSON."""
    return json_line(asdict(entry) | {"changed": list(map(changed_row, changed))})


def entry_and_changes(how: Setup, claim: str) -> tuple[Entry, Sequence[Changed]]:
    """Everything about one claim, and the changes of its sources. Raises LedgerError."""

    def read_capture(capture: Capture) -> Page:
        from sources.captures.reread import captured  # noqa: PLC0415  half a second that only a changed source needs

        return captured(capture, how.captures, how.outlets)

    with Ledger.open(how.ledger, create=False) as book:
        entry = book.show(claim)
        changed = changes_of_sources(
            book, entry.article.id, read_capture, sources=[source.id for source in entry.sources]
        )
    return entry, changed


def _entry(entry: Entry, how: Setup) -> Iterator[str]:
    row, claim, outlets = entry.row, entry.claim, how.outlets
    yield from row_lines(row, how)
    yield ""
    yield from _words_and_speaker(claim)
    yield from _field("article", " ".join(filter(None, (entry.article.title, entry.article.url))))
    yield from _field("id", f"{row.id}, {claim.kind.value}, check-worthiness {claim.checkworthiness:.2f}")
    for reason in claim.reasons:
        yield from _field("note", reason)
    for source in entry.sources:
        yield from _field("source" if source.hop_of is None else "cites", _source_line(source, outlets))
        for candidate in source.candidates if source.capture is None else source.candidates[:1]:
            yield from fold(f"{candidate.score:.2f} {candidate.url} ({candidate.found_by})", 12)
        for missed in entry.missed:
            if missed.source == source.id:
                yield from fold(f"could not be read on {row.checked_at[:19]}: {missed.detail}")
    for lead in entry.leads:
        yield from _field("look at", place_line(lead))
    causes = {change.verdict: change for change in entry.changes}
    for number, verdict in enumerate(reversed(entry.verdicts)):
        yield ""
        yield from _verdict_lines(claim, verdict.verdict, "verdict" if number == 0 else "before", how.scale)
        yield from _difference(verdict, causes.get(verdict.id))
    for review in entry.reviews:
        label = f" {review.label.value}" if review.label else ""
        kind = f", {review.correction.value} correction" if review.correction else ""
        says = f"{review.at} {review.reviewer}: {DEEDS[review.decision].done}{label}{kind}. {review.note}"
        yield from _field("decided", says)
    shown = f"--verdict {row.verdict} --after {row.decisions}{how.db_option}"
    yield from _field("to decide", f"factdesk decide {row.id[:ID_LENGTH]} {shown}")


def _difference(verdict: VerdictRow, change: VerdictChange | None) -> Iterator[str]:
    """What a verdict changed, and the words that the one before was on."""
    if change and is_shown(change):
        yield from fold(verdict_line(change))
    if verdict.statement_before is not None:
        yield from fold(f"before, on “{verdict.statement_before}” ({verdict.speaker_before or 'nobody named'})")


def _changed(changed: Sequence[Changed], outlets: OutletDirectory) -> Iterator[str]:
    for change in changed:
        first, *rest = changed_lines(change, outlets)
        yield ""
        yield from _field("changed", first)
        for line in rest:
            yield from fold(line)


def _field(name: str, text: str) -> Iterator[str]:
    first, *rest = fold(text) or [" " * 10]
    yield f"{name:<10}{first.strip()}"
    yield from rest


def _words_and_speaker(claim: Claim) -> Iterator[str]:
    yield from _field("words", quoted(claim.text))
    for change in claim.changes:
        yield from _field("changed", f"{quoted(change.was)} → {quoted(change.now)} ({change.reason})")
    if claim.attribution:
        yield from _field("said by", f"{claim.attribution.speaker or 'not named'} ({claim.attribution.cue})")


def _source_line(source: Source, outlets: OutletDirectory) -> str:
    name = source_name(source.citation, outlets)
    if source.capture and not source.reason:
        capture = source.capture
        address = linkable_address(capture.final_url) or "an attached page"
        return f"{name}: {address}, {capture.via.value} {capture.fetched_at}, SHA-256 {capture.sha256}"
    return f"{name}: not read, {OBSTACLES[source.reason].meaning if source.reason else 'unknown'}. {source.detail}"


def _verdict_lines(claim: Claim, verdict: Verdict, name: str, scale: Mapping[str, str]) -> Iterator[str]:
    label = " ".join(filter(None, (word(verdict.label, scale), shown_confidence(verdict.label, verdict.confidence))))
    line = f"{label}, {verdict.checked_at}, {verdict.judge}"
    yield from _field(name, line)
    yield from fold(verdict.rationale)
    if verdict.unsaid:
        marked = ", ".join(f"“{text}”" for text, unsaid in marked_claim(claim, verdict.unsaid) if unsaid)
        yield from _field("unsaid", f"{UNSAID}: {marked}")
    for evidence in verdict.evidence:
        yield from _evidence_lines(evidence)
    if verdict.quote:
        yield from _field(
            "quotation", f"{verdict.quote.grade.value.replace('_', ' ')}: {diff_line(verdict.quote.diff)}"
        )
        if verdict.quote.original:
            yield from _field("original", f"as the source gives it: {verdict.quote.original}")
        if verdict.quote.second is not None:
            yield from _field("spoken", f"at {clock_time(verdict.quote.second)} of the recording")
    for finding in verdict.quantities:
        compared = f"{finding.claimed} / {finding.found or '-'}"
        yield from _field(finding.kind, f"{compared}: {AGREEMENT[finding.agrees]}. {finding.note}")


def _evidence_lines(evidence: Evidence) -> Iterator[str]:
    passage = evidence.passage
    where = clean(linkable_address(passage.url) or passage.outlet or f"capture {passage.capture}")
    yield from _field(evidence.stance.value, quoted(passage.text))
    yield from fold(f"{where}, characters {passage.span[0]}-{passage.span[1]}, score {evidence.score:.2f}")
