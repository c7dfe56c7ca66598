"""What to do next about a source that could not be read, for each reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from claims.records import Check, OutletDirectory, Reading, Reason
from flows.documents import is_read
from flows.naming import clean, source_name

# CLAIM stands for the id of a claim that leans on the source.
HAND_IN = "factdesk attach CLAIM FILE"

ADVICE: Mapping[Reason, str] = MappingProxyType(
    {
        Reason.PAYWALL: f"read it yourself and hand it in: {HAND_IN}",
        Reason.ROBOTS: f"the site asks robots to keep out; open it in your browser, save it, then {HAND_IN}",
        Reason.BOT_WALL: f"a challenge for robots; open it in your browser, save it, then {HAND_IN}",
        Reason.GEO_BLOCK: f"not shown in this country; have a colleague elsewhere save it, then {HAND_IN}",
        Reason.DELETED: f"taken down; look for a copy at web.archive.org, then {HAND_IN}",
        Reason.SOFT_404: f"gone, though the site answers 200; look at web.archive.org, then {HAND_IN}",
        Reason.NOT_FOUND: f"check the address for a slip; look at web.archive.org, then {HAND_IN}",
        Reason.TIMEOUT: "too slow to answer; try again later: factdesk recheck --unavailable",
        Reason.UNREACHABLE: "no connection; try again later: factdesk recheck --unavailable",
        Reason.REFUSED_ADDRESS: f"not a public address; save it if you trust it, then {HAND_IN}",
        Reason.TOO_LARGE: f"over fetch.max_bytes; raise that in config.yaml, or save a part, then {HAND_IN}",
        Reason.UNSUPPORTED_TYPE: f"not HTML, text or PDF; save it as one of these, then {HAND_IN}",
        Reason.UNRESOLVED: f"no address found; find the piece yourself, then {HAND_IN}",
        Reason.OFFLINE: "not fetched offline; run it again without --offline",
    }
)

MEANING: Mapping[Reason, str] = MappingProxyType(
    {
        Reason.PAYWALL: "paywall",
        Reason.ROBOTS: "kept from robots",
        Reason.BOT_WALL: "bot wall",
        Reason.GEO_BLOCK: "blocked by country",
        Reason.DELETED: "deleted",
        Reason.SOFT_404: "gone (soft 404)",
        Reason.NOT_FOUND: "not found",
        Reason.TIMEOUT: "timed out",
        Reason.UNREACHABLE: "unreachable",
        Reason.REFUSED_ADDRESS: "refused address",
        Reason.TOO_LARGE: "too large",
        Reason.UNSUPPORTED_TYPE: "unsupported type",
        Reason.UNRESOLVED: "no address found",
        Reason.OFFLINE: "offline",
    }
)


def advice(reason: Reason, claim: str | None = None) -> str:
    """What a person can do about it; with a claim's id, the command can be run as it stands."""
    words = ADVICE[reason]
    return words if claim is None else words.replace("CLAIM", claim[:8])


def meaning(reason: Reason) -> str:
    """The reason in a reader's words."""
    return MEANING[reason]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """A source that was not read, or only in part: who it is, why, and what a person can do about it."""

    name: str
    why: str
    todo: str


def unread(check: Check, outlets: OutletDirectory | None = None) -> tuple[Unread, ...]:
    """The sources of a check that a reader must be told about, in reading order."""
    return tuple(_unread(reading, check, outlets) for reading in check.readings if _obstacle(reading))


def _partial(reading: Reading) -> Reason | None:
    return reading.page.partial if reading.page is not None else None


def _obstacle(reading: Reading) -> bool:
    return not is_read(reading) or _partial(reading) is not None


def _unread(reading: Reading, check: Check, outlets: OutletDirectory | None) -> Unread:
    source = reading.source
    name = source_name(source.citation, outlets) or "a source without a name"
    detail = clean(source.detail).split(";")[0]  # what comes after it is advice, which stands below
    reason = source.reason or _partial(reading)
    if reason is None:
        return Unread(name=name, why=detail or "not read", todo="run it again: factdesk recheck --unavailable")
    if is_read(reading):
        why = f"only a part could be read: {meaning(reason)}"
    else:
        why = ": ".join(filter(None, (meaning(reason), "" if detail.lower() in meaning(reason) else detail)))
    return Unread(name=name, why=why, todo=advice(reason, _first_claim(reading, check)))


def _first_claim(reading: Reading, check: Check) -> str | None:
    """The id of the first claim that leans on a source: what `factdesk attach` is to be told."""
    if reading.source.claims:
        return reading.source.claims[0]
    leaning = (
        claim.id
        for claim in check.extraction.claims
        if reading.source.id in {citation.source_id for citation in claim.citations}
    )
    return next(leaning, None)
