"""Advice for sources that could not be read, by reason."""

from __future__ import annotations

from dataclasses import dataclass

from claims.display.text import clean, counted, shown_day
from claims.display.wording import source_name
from claims.glossary import OBSTACLES
from claims.records import Capture, Check, Label, OutletDirectory, Reading, Reason, Via
from flows.show.json_documents import is_read


def advice(reason: Reason, claim: str | None = None) -> str:
    """What the user can do about an unavailable source; with a claim's id, the command can be run unchanged."""
    words = OBSTACLES[reason].todo
    return words if claim is None else words.replace("CLAIM", claim[:8])


def meaning(reason: Reason) -> str:
    """The reason in words."""
    return OBSTACLES[reason].meaning


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """A source that was not read, or only in part: its name, the reason, and what the user can do."""

    name: str
    why: str
    todo: str


def unread(check: Check, outlets: OutletDirectory | None = None) -> tuple[Unread, ...]:
    """The unread sources of a check, in reading order.

    Unread sources of a cited page that was read are left out, because no verdict depends on them.
    """
    cited = (reading for reading in check.readings if reading.source.hop_of is None)
    return tuple(_unread(reading, check, outlets) for reading in cited if _obstacle(reading))


def outages(check: Check, outlets: OutletDirectory | None = None) -> tuple[str, ...]:
    """One line for each failure to answer in a check: sources read from their last capture, then services."""
    missed = [
        f"{source_name(reading.source.citation, outlets)} could not be read now ({clean(reading.missed.detail)}); "
        f"{_instead(reading.source.capture)} is used instead"
        for reading in check.readings
        if reading.missed and reading.source.capture
    ]
    unasked = [f"no answer: {clean(service)}" for reading in check.readings for service in reading.unasked]
    return tuple(dict.fromkeys((*missed, *unasked)))


def _instead(capture: Capture) -> str:
    """The capture that is used for a source that could not be read: an earlier one, or a page that was attached."""
    day = shown_day(capture.fetched_at)
    return f"the page attached on {day}" if capture.via is Via.MANUAL else f"its capture of {day}"


NOTHING_READ = "no source read"


def nothing_read(check: Check) -> bool:
    """Whether the article has sources and none of them could be read."""
    return bool(check.readings) and not any(map(is_read, check.readings))


NO_SEARCH = "no search service is configured for claims without a source"
START_SEARCH = (
    "Start SearXNG (docker run -p 8888:8080 searxng/searxng, with `formats: [html, json]` in its settings.yml) and add "
    '{kind: searxng, url: "http://127.0.0.1:8888"} to `search:` in config.yaml; '
    "then `factdesk recheck --label no_source`."
)


def unsearched(check: Check, *, searching: bool) -> tuple[str, ...]:
    """What was not asked about claims without a source: services that gave no answer, or that none is configured."""
    silent = tuple(f"not searched: {clean(service)}" for service in check.unsearched)
    unsourced = sum(verdict.label is Label.NO_SOURCE for verdict in check.verdicts)
    if searching or not unsourced:
        return silent
    return (*silent, f"{counted(unsourced, 'claim')} without a source, and {NO_SEARCH}: see `factdesk doctor`")


def _partial(reading: Reading) -> Reason | None:
    return reading.page.partial if reading.page is not None else None


def _obstacle(reading: Reading) -> bool:
    return not is_read(reading) or _partial(reading) is not None


def _unread(reading: Reading, check: Check, outlets: OutletDirectory | None) -> Unread:
    source = reading.source
    name = source_name(source.citation, outlets, "a source without a name")
    detail = clean(source.detail)
    reason = source.reason or _partial(reading)
    if reason is None:
        return Unread(name=name, why=detail or "not read", todo="run it again: factdesk recheck --unavailable")
    if is_read(reading):
        why = f"only a part could be read: {meaning(reason)}"
    else:
        why = ": ".join(filter(None, (meaning(reason), "" if detail.lower() in meaning(reason) else detail)))
    return Unread(name=name, why=why, todo=advice(reason, _first_claim(reading, check)))


def _first_claim(reading: Reading, check: Check) -> str | None:
    """The id of the first claim that relies on a source: the argument of `factdesk attach`."""
    if reading.source.claims:
        return reading.source.claims[0]
    leaning = (
        claim.id
        for claim in check.extraction.claims
        if reading.source.id in {citation.source_id for citation in claim.citations}
    )
    return next(leaning, None)
