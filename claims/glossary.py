"""The wording and appearance of labels, unavailable reasons and percentages, for all outputs.

A label is shown in four places: a terminal with colours, a terminal with ASCII only, the report and the desk.
The reason why a source could not be read is shown in a verdict's rationale, in lists, and beside the source; its
consequences (whether an archived copy may be used, whether a person can attach the page) are defined here as well.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from claims.records import Decision, Label, LeadKind, Reason

# CLAIM stands for the id of a claim that relies on the source.
_HAND_IN = "factdesk attach CLAIM FILE"
_RECHECK = "factdesk recheck --unavailable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """The presentation of a label: ``word`` is its name, ``symbol`` its sign without colour.

    ``letter`` is the symbol where the terminal knows ASCII only; ``colour`` is a rich colour name; ``tone`` is a class
    of the desk's style sheet (that of the report has one for each label, by its value). ``count`` follows a number,
    where that is not the word. ``estimated`` is false for a label that states what was seen, without a probability.
    """

    word: str
    symbol: str
    letter: str
    colour: str
    tone: str
    meaning: str
    count: str = ""
    estimated: bool = True

    @property
    def sentence(self) -> str:
        """Its meaning as a sentence."""
        return as_sentence(self.meaning)


def as_sentence(words: str) -> str:
    """Words as a sentence: with a capital letter and a full stop."""
    return f"{with_capital(words)}."


def with_capital(words: str) -> str:
    """Words with a capital letter at the start."""
    return words[:1].upper() + words[1:]


def without_capital(words: str) -> str:
    """Words with a small letter at the start."""
    return words[:1].lower() + words[1:]


# Whether a number, date or name of the claim agrees with the source's.
AGREEMENT: Mapping[bool | None, str] = MappingProxyType({True: "agrees", False: "differs", None: "not compared"})

# What the words are that a judge marks in a claim.
UNSAID = "the words that the source does not seem to say"

# fmt: off

LABELS: Mapping[Label, Term] = MappingProxyType(
    {
        Label.SUPPORTED: Term(
            word="supported", symbol="✓", letter="+", colour="green", tone="good",
            meaning="a source that could be read says it",
        ),
        Label.PARTLY_SUPPORTED: Term(
            word="partly supported", symbol="◐", letter="~", colour="green", tone="fair",
            meaning="a source says part of it",
        ),
        Label.CONTRADICTED: Term(
            word="contradicted", symbol="✗", letter="x", colour="red", tone="bad",
            meaning="a source says the opposite, or gives another number, date or name",
        ),
        Label.CONFLICTING: Term(
            word="conflicting", symbol="≠", letter="%", colour="magenta", tone="split",
            meaning="sources disagree with each other",
        ),
        Label.MISATTRIBUTED: Term(
            word="misattributed", symbol="↷", letter="@", colour="magenta", tone="wrong",
            meaning="the source says it, but attributes it to another speaker, date or outlet",
        ),
        Label.NOT_IN_SOURCE: Term(
            word="not in source", count="not in the source", symbol="∅", letter="0", colour="yellow", tone="absent",
            meaning="the source was read and does not mention it",
        ),
        Label.SOURCE_UNAVAILABLE: Term(
            word="unavailable", symbol="⊘", letter="#", colour="cyan", tone="unread",
            meaning="the source could not be read", estimated=False,
        ),
        Label.NO_SOURCE: Term(
            word="no source", count="without a source", symbol="○", letter="o", colour="blue", tone="bare",
            meaning="the article cites no source for it", estimated=False,
        ),
        Label.NOT_CHECKABLE: Term(
            word="not checkable", symbol="·", letter=".", colour="bright_black", tone="none",
            meaning="a forecast, an opinion, a question, an instruction, or an anonymous source", estimated=False,
        ),
    }
)

# fmt: on

# What a place is where a claim without a source may be settled.
LEADS: Mapping[LeadKind, str] = MappingProxyType(
    {
        LeadKind.LEDGER: "checked before",
        LeadKind.FACT_CHECK: "fact-checked before",
        LeadKind.BESIDE: "cited in the article, not read",
        LeadKind.OWN_SITE: "their own site",
        LeadKind.OWN_POST: "their own posts",
        LeadKind.REGISTER: "where it is kept",
        LeadKind.SEARCH: "found by search",
    }
)

# How a claim is shown that has no verdict, and one that a person took out.
UNJUDGED = Term(word="not judged", symbol="?", letter="?", colour="", tone="none", meaning="it has not been judged")
STRUCK_OUT = Term(
    word="struck out",
    symbol="×",
    letter="-",
    colour="bright_black",
    tone="void",
    meaning="a reviewer struck out this claim",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """A decision in words: ``done`` stands before "by" and a name, ``did`` after the name."""

    done: str
    did: str


DEEDS: Mapping[Decision, Deed] = MappingProxyType(
    {
        Decision.CONFIRM: Deed(done="confirmed", did="confirmed it"),
        Decision.OVERRULE: Deed(done="overruled", did="overruled it"),
        Decision.VOID: Deed(done="struck out", did="struck it out"),
        Decision.UNDO: Deed(done="last decision taken back", did="took the last decision back"),
    }
)


def per_cent(share: float | None) -> str:
    """A share in per cent, such as "94 %"; only what is certain is 100, and nothing if nothing was estimated."""
    return "" if share is None else f"{min(round(share * 100), 100 if share >= 1 else 99)} %"


def shown_confidence(label: Label, confidence: float | None) -> str:
    """How sure a verdict is, in per cent; nothing for a label that no probability was estimated for."""
    return per_cent(confidence) if LABELS[label].estimated else ""


class Persistence(StrEnum):
    """What a reason says of the page itself."""

    LASTING = "lasting"  # it is no longer there
    PASSING = "passing"  # nothing: it is kept from us today, whatever stands there
    UNKNOWN = "unknown"  # nobody who was asked knows an address of it


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """The presentation of a reason, and its consequences.

    ``meaning`` is its name in a list, ``sentence`` follows the name of the source, ``remedy`` is the first thing to do.
    ``archived`` if an archived copy may be used: for what is gone, broken or closed to programs by accident
    of the network; never for what its publisher sells or has asked programs not to read. ``hand_in`` if a person
    can find the page, save it and attach it, which Factdesk cannot.
    """

    meaning: str
    sentence: str
    remedy: str
    persistence: Persistence
    archived: bool
    hand_in: bool

    @property
    def todo(self) -> str:
        """What to do about a source, with the command."""
        return f"{self.remedy} and attach it: {_HAND_IN}" if self.hand_in else self.remedy

    @property
    def todo_for_article(self) -> str:
        """What to do about an article that was to be checked itself."""
        return (
            f"{self.remedy}, save the page and check the saved file" if self.hand_in else self.remedy.partition(":")[0]
        )

    @property
    def todo_for_file(self) -> str:
        """What to do about a file that was to be checked: no archive has a copy of it, and it is saved already."""
        if "web.archive.org" in self.remedy:
            return "open it and see whether it is the right one"
        return self.remedy.removeprefix("raise fetch.max_bytes in config.yaml, or ")

    @property
    def rationale(self) -> str:
        """What a verdict says of a source, after its name: the reason, and what to do."""
        remedy = f"{self.remedy} and attach it with factdesk attach" if self.hand_in else self.remedy
        return f"{self.sentence}; {remedy}"

    @property
    def advice(self) -> str:
        """The reason and what to do about a source, as a complete sentence."""
        return f"{with_capital(self.meaning)}: {self.todo}."


# fmt: off
OBSTACLES: Mapping[Reason, Obstacle] = MappingProxyType(
    {
        Reason.PAYWALL: Obstacle(
            meaning="paywall", sentence="is behind a paywall",
            remedy="read it yourself",
            persistence=Persistence.PASSING, archived=False, hand_in=True,
        ),
        Reason.ROBOTS: Obstacle(
            meaning="blocked by robots.txt", sentence="does not allow automated access (robots.txt)",
            remedy="open it in your browser",
            persistence=Persistence.PASSING, archived=False, hand_in=True,
        ),
        Reason.BOT_WALL: Obstacle(
            meaning="bot wall", sentence="answered with a bot check",
            remedy="open it in your browser",
            persistence=Persistence.PASSING, archived=True, hand_in=True,
        ),
        Reason.GEO_BLOCK: Obstacle(
            meaning="blocked in this country", sentence="is not available in this country",
            remedy="ask someone in another country for a copy",
            persistence=Persistence.PASSING, archived=True, hand_in=True,
        ),
        Reason.DELETED: Obstacle(
            meaning="deleted", sentence="has been taken down",
            remedy="look for a copy at web.archive.org",
            persistence=Persistence.LASTING, archived=True, hand_in=True,
        ),
        Reason.SOFT_404: Obstacle(
            meaning="gone (soft 404)", sentence="shows a placeholder instead of the page",
            remedy="check the address or look for a copy at web.archive.org",
            persistence=Persistence.LASTING, archived=True, hand_in=True,
        ),
        Reason.NOT_FOUND: Obstacle(
            meaning="not found", sentence="was not found",
            remedy="check the address or look for a copy at web.archive.org",
            persistence=Persistence.LASTING, archived=True, hand_in=True,
        ),
        Reason.TIMEOUT: Obstacle(
            meaning="timed out", sentence="did not answer in time",
            remedy=f"try again later: {_RECHECK}",
            persistence=Persistence.PASSING, archived=True, hand_in=False,
        ),
        Reason.UNREACHABLE: Obstacle(
            meaning="unreachable", sentence="could not be reached",
            remedy=f"try again later: {_RECHECK}",
            persistence=Persistence.PASSING, archived=True, hand_in=False,
        ),
        Reason.REFUSED_ADDRESS: Obstacle(
            meaning="refused address", sentence="has an address that is not fetched for security reasons",
            remedy="set fetch.allow_private if it is in your own network, or open it in your browser",
            persistence=Persistence.PASSING, archived=False, hand_in=True,
        ),
        Reason.TOO_LARGE: Obstacle(
            meaning="too large", sentence="is larger than the limit for one page",
            remedy="raise fetch.max_bytes in config.yaml, or save only the relevant part",
            persistence=Persistence.PASSING, archived=False, hand_in=True,
        ),
        Reason.UNSUPPORTED_TYPE: Obstacle(
            meaning="unsupported type", sentence="has a format that cannot be read as text",
            remedy="convert it to HTML, text or PDF, or find a transcript",
            persistence=Persistence.PASSING, archived=False, hand_in=True,
        ),
        Reason.UNRESOLVED: Obstacle(
            meaning="no address found", sentence="could not be found: its address is not known",
            remedy="find the page yourself",
            persistence=Persistence.UNKNOWN, archived=False, hand_in=True,
        ),
        Reason.OFFLINE: Obstacle(
            meaning="offline", sentence="was not fetched, because the check ran offline",
            remedy="run it again without --offline",
            persistence=Persistence.PASSING, archived=False, hand_in=False,
        ),
    }
)
# fmt: on

LASTING = frozenset(reason for reason, one in OBSTACLES.items() if one.persistence is Persistence.LASTING)
PASSING = frozenset(reason for reason, one in OBSTACLES.items() if one.persistence is Persistence.PASSING)
# Where a person can do what we could not: find the page, read it, and hand it in.
HAND_IN = frozenset(reason for reason, one in OBSTACLES.items() if one.hand_in)


def read_in_part(reason: Reason) -> str:
    """What an article of which only a part was read is told with."""
    if reason is Reason.TOO_LARGE:
        return "only a part of the text was read (too large, or nested too deeply); save only what you need"
    return f"only a part of the text was read ({OBSTACLES[reason].meaning})"


def part_of_page(reason: Reason) -> str:
    """What a source is told with of which only a part could be read."""
    part = "the free part" if reason is Reason.PAYWALL else "a part"
    return f"only {part} could be read ({OBSTACLES[reason].meaning})"
