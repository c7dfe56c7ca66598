"""What the words of a verdict mean to readers, and what they can do: one table for all who show them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from claims.records import Label, Reason

# CLAIM stands for the id of a claim that leans on the source.
_HAND_IN = "factdesk attach CLAIM FILE"
_LATER = "try again later: factdesk recheck --unavailable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A label in a reader's words; ``symbol`` tells it without colour."""

    word: str
    symbol: str
    meaning: str


LABELS: Mapping[Label, Term] = MappingProxyType(
    {
        Label.SUPPORTED: Term(word="supported", symbol="✓", meaning="a source that could be read says it"),
        Label.PARTLY_SUPPORTED: Term(word="partly supported", symbol="◐", meaning="a source says part of it"),
        Label.CONTRADICTED: Term(
            word="contradicted", symbol="✗", meaning="a source says the opposite, or another number, date or name"
        ),
        Label.CONFLICTING: Term(word="conflicting", symbol="≠", meaning="sources disagree with each other"),
        Label.MISATTRIBUTED: Term(
            word="misattributed", symbol="↷", meaning="the source says it, but of another speaker, date or outlet"
        ),
        Label.NOT_IN_SOURCE: Term(
            word="not in source", symbol="∅", meaning="the source was read and does not speak of it"
        ),
        Label.SOURCE_UNAVAILABLE: Term(word="unavailable", symbol="⊘", meaning="the source could not be read"),
        Label.NO_SOURCE: Term(word="no source", symbol="○", meaning="the article names no source for it"),
        Label.NOT_CHECKABLE: Term(
            word="not checkable",
            symbol="·",
            meaning="a forecast, an opinion, a question, an instruction, or an anonymous source",
        ),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """A reason in a reader's words, and what to do about it."""

    meaning: str
    todo: str


OBSTACLES: Mapping[Reason, Obstacle] = MappingProxyType(
    {
        Reason.PAYWALL: Obstacle(meaning="paywall", todo=f"read it yourself and hand it in: {_HAND_IN}"),
        Reason.ROBOTS: Obstacle(
            meaning="kept from robots",
            todo=f"the site asks robots to keep out; open it in your browser, save it, then {_HAND_IN}",
        ),
        Reason.BOT_WALL: Obstacle(
            meaning="bot wall", todo=f"a challenge for robots; open it in your browser, save it, then {_HAND_IN}"
        ),
        Reason.GEO_BLOCK: Obstacle(
            meaning="blocked by country",
            todo=f"not shown in this country; have a colleague elsewhere save it, then {_HAND_IN}",
        ),
        Reason.DELETED: Obstacle(
            meaning="deleted", todo=f"taken down; look for a copy at web.archive.org, then {_HAND_IN}"
        ),
        Reason.SOFT_404: Obstacle(
            meaning="gone (soft 404)",
            todo=f"gone, though the site answers 200; look at web.archive.org, then {_HAND_IN}",
        ),
        Reason.NOT_FOUND: Obstacle(
            meaning="not found", todo=f"check the address for a slip; look at web.archive.org, then {_HAND_IN}"
        ),
        Reason.TIMEOUT: Obstacle(meaning="timed out", todo=f"too slow to answer; {_LATER}"),
        Reason.UNREACHABLE: Obstacle(meaning="unreachable", todo=f"no connection; {_LATER}"),
        Reason.REFUSED_ADDRESS: Obstacle(
            meaning="refused address", todo=f"not a public address; save it if you trust it, then {_HAND_IN}"
        ),
        Reason.TOO_LARGE: Obstacle(
            meaning="too large",
            todo=f"over fetch.max_bytes; raise that in config.yaml, or save a part, then {_HAND_IN}",
        ),
        Reason.UNSUPPORTED_TYPE: Obstacle(
            meaning="unsupported type", todo=f"not HTML, text or PDF; save it as one of these, then {_HAND_IN}"
        ),
        Reason.UNRESOLVED: Obstacle(
            meaning="no address found", todo=f"no address found; find the piece yourself, then {_HAND_IN}"
        ),
        Reason.OFFLINE: Obstacle(meaning="offline", todo="not fetched offline; run it again without --offline"),
    }
)

# Where a person can do what we could not: find the page, read it, and hand it in.
HAND_IN: frozenset[Reason] = frozenset(reason for reason, one in OBSTACLES.items() if _HAND_IN in one.todo)
