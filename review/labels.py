"""How each label is shown: its word, its tone (a class of the stylesheet) and what it means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from claims.glossary import OBSTACLES
from claims.records import Label


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A label for readers: ``sign`` tells it without colour."""

    word: str
    sign: str
    tone: str
    meaning: str


LOOKS: Mapping[str, Look] = MappingProxyType(
    {
        Label.SUPPORTED: Look(word="supported", sign="✓", tone="good", meaning="A source that could be read says it."),
        Label.PARTLY_SUPPORTED: Look(
            word="partly supported", sign="◐", tone="fair", meaning="A source says part of it."
        ),
        Label.CONTRADICTED: Look(
            word="contradicted",
            sign="✗",
            tone="bad",
            meaning="A source says the opposite, or another number, date or name.",
        ),
        Label.CONFLICTING: Look(
            word="conflicting", sign="≠", tone="split", meaning="The sources disagree with each other."
        ),
        Label.MISATTRIBUTED: Look(
            word="misattributed",
            sign="↷",
            tone="wrong",
            meaning="The source says it, but of another speaker, date or outlet.",
        ),
        Label.NOT_IN_SOURCE: Look(
            word="not in source", sign="∅", tone="absent", meaning="The source was read and does not speak of it."
        ),
        Label.SOURCE_UNAVAILABLE: Look(
            word="source unavailable",
            sign="⊘",
            tone="unread",
            meaning="The source could not be read. That says nothing about the claim.",
        ),
        Label.NO_SOURCE: Look(
            word="no source",
            sign="–",
            tone="none",
            meaning="The article names no source for it, and none of the sources at hand speaks of it.",
        ),
        Label.NOT_CHECKABLE: Look(
            word="not checkable",
            sign="·",
            tone="none",
            meaning="A forecast, an opinion, a question, an instruction, or an anonymous source.",
        ),
        "void": Look(word="struck out", sign="×", tone="void", meaning="A person took this claim out."),
    }
)

# What a person can do with a source that could not be read.
ADVICE: Mapping[str, str] = MappingProxyType(
    {reason: f"{one.meaning.capitalize()}: {one.todo}." for reason, one in OBSTACLES.items()}
)
