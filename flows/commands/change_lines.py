"""The changes of a page as lines for the terminal and rows for JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import Any

from claims.addresses import linkable_address
from claims.display.text import clean, counted, short, shown_day
from claims.display.wording import cause_words, reason_words, source_name
from claims.glossary import LABELS, OBSTACLES, shown_confidence
from claims.ledger.entries import VerdictChange
from claims.records import Capture, Check, Label, OutletDirectory
from flows.checks.source_changes import Changed
from flows.show.json_documents import leads_documents
from sources.captures.revisions import Edit, Kind, Revision

_LONGEST = 400  # characters of an edit that are shown
_MOST = 20  # edits of a page that are shown
_MARKS = {"-": "[-{}-]", "+": "{{+{}+}}"}


def diff_line(diff: Sequence[tuple[str, str]]) -> str:
    """A word diff in one line: [-words before-] {+words after+}."""
    return " ".join(_MARKS.get(sign, "{}").format(words) for sign, words in diff)


def edit_line(edit: Edit) -> str:
    """One sentence that changed, in one line."""
    if edit.kind is Kind.REWORDED:
        return f"reworded: {short(diff_line(edit.diff), _LONGEST)}"
    return f"{edit.kind.value}: “{short(edit.before or edit.after, _LONGEST)}”"


def revision_lines(revision: Revision, *, most: int = _MOST) -> Iterator[str]:
    """All that changed on a page: its title, its date, its sentences."""
    for name, pair in (("title", revision.title), ("date", revision.published)):
        if pair:
            yield f"{name}: {short(pair[0], 200)} → {short(pair[1], 200)}"
    if revision.closed:
        yield f"only part of it can be read now: {OBSTACLES[revision.closed].meaning}"
    yield from (edit_line(edit) for edit in revision.edits[:most])
    if len(revision.edits) > most:
        yield f"and {counted(len(revision.edits) - most, 'more sentence')}"


def changed_lines(change: Changed, outlets: OutletDirectory | None = None) -> Iterator[str]:
    """A source that changed, in lines: what and when, then the text that verdicts rely on, then both captures."""
    name = source_name(change.source.citation, outlets)
    since, now = _shown_dates(change)
    if change.lost:
        at = f" ({url})" if (url := linkable_address(change.url)) else ""
        yield f"{name} could be read on {since} and cannot now: {OBSTACLES[change.lost].meaning}{at}"
        yield f"before: {_where(change.before)}"
        return
    yield f"{name} changed between {since} and {now}: {change.url}"
    if change.note:
        yield change.note
    if change.revision:
        yield from _revision(change, change.revision)
    yield from (
        f"{word}: {_where(capture)}" for word, capture in (("before", change.before), ("now", change.after)) if capture
    )


def _revision(change: Changed, revision: Revision) -> Iterator[str]:
    """What verdicts rely on comes first; the rest is only counted."""
    for relied in change.relied:
        ids = ", ".join(claim[:8] for claim in relied.claims)
        yield f"{edit_line(relied.edit)} — a verdict relies on it ({ids})"
    yield from revision_lines(Revision(title=revision.title, published=revision.published, closed=revision.closed))
    others = len(revision.edits) - len(change.relied)
    if others:
        yield f"{counted(others, 'sentence')} that no verdict relies on (factdesk sources {change.url} --history)"


def verdict_lines(verdicts: Iterable[VerdictChange]) -> Iterator[str]:
    """Changed verdicts, old and new: first those with a new cause, then those that only the judge changed."""
    for change in sorted(filter(is_shown, verdicts), key=lambda verdict_change: not verdict_change.is_news):
        yield f"{change.claim[:8]}  {verdict_line(change)}: {short(change.statement, 200)}"


def is_shown(change: VerdictChange) -> bool:
    """Whether a change is one for readers: not if a source is out of reach as it was before, in other words."""
    unread = change.before is change.label is Label.SOURCE_UNAVAILABLE
    return not unread or change.reason_before != change.reason


def verdict_line(change: VerdictChange) -> str:
    """A change of a verdict in one line: "supported 82 % → contradicted 90 % (the source changed)"."""
    before = _verdict_words(change.before, change.reason_before, change.confidence_before)
    now = _verdict_words(change.label, change.reason, change.confidence)
    news = "" if change.is_news else "; no news"
    return f"{before} → {now} ({cause_words(change.before, change.label, change.cause)}{news})"


def _verdict_words(label: Label, reason: str | None, confidence: float) -> str:
    why = reason_words(label, reason)
    share = shown_confidence(label, confidence)
    return f"{LABELS[label].word}{f', {why}' if why else f' {share}' if share else ''}"


def recheck_row(done: Check, verdicts: Iterable[VerdictChange], changed: Iterable[Changed]) -> dict[str, Any]:
    """An article whose claims were checked again, for JSON."""
    missed = [asdict(reading.missed) for reading in done.readings if reading.missed]
    return {
        "article": {
            "id": done.article.id,
            "url": done.article.final_url or done.article.url,
            "title": done.article.title,
        },
        "run": done.run.id,
        "claims": [claim.id for claim in done.extraction.claims],
        "changes": [asdict(change) | {"news": change.is_news} for change in verdicts],
        "sources": list(map(changed_row, changed)),
        "missed": missed,
        "leads": {
            claim.id: leads["leads"] for claim in done.extraction.claims if (leads := leads_documents(done, claim.id))
        },
        "unsearched": list(done.unsearched),
        "unasked": list(dict.fromkeys(service for reading in done.readings for service in reading.unasked)),
    }


def _where(capture: Capture) -> str:
    place = f"{capture.warc} at {capture.offset}, " if capture.warc else ""
    return clean(f"{place}{capture.via.value} {capture.fetched_at}, SHA-256 {capture.sha256}")


def _shown_dates(change: Changed) -> tuple[str, str]:
    """The two days, or the two times where it is one day."""
    since, now = shown_day(change.since), shown_day(change.at)
    return (change.since[:19], change.at[:19]) if since == now else (since, now)


def revision_row(revision: Revision) -> dict[str, Any]:
    """A revision for JSON."""
    return {
        "title": revision.title,
        "published": revision.published,
        "closed": revision.closed,
        "edits": [
            {"kind": edit.kind, "before": edit.before, "after": edit.after, "diff": edit.diff}
            for edit in revision.edits
        ],
    }


def changed_row(change: Changed) -> dict[str, Any]:
    """A source that changed, for JSON."""
    return {
        "url": change.url,
        "since": change.since,
        "at": change.at,
        "before": change.before.id,
        "after": change.after.id if change.after else None,
        "lost": change.lost,
        "note": change.note,
        "revision": revision_row(change.revision) if change.revision else None,
        "relied": [{"before": r.edit.before, "after": r.edit.after, "claims": r.claims} for r in change.relied],
    }
