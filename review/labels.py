"""How each label is shown: its word, its tone (a class of the stylesheet) and what it means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from claims.glossary import LABELS, OBSTACLES
from claims.records import Label


@dataclass(frozen=True, slots=True, kw_only=True)
class Badge:
    """A label for readers: ``sign`` tells it without colour."""

    word: str
    sign: str
    tone: str
    meaning: str


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


_TONES: Mapping[Label, str] = {
    Label.SUPPORTED: "good",
    Label.PARTLY_SUPPORTED: "fair",
    Label.CONTRADICTED: "bad",
    Label.CONFLICTING: "split",
    Label.MISATTRIBUTED: "wrong",
    Label.NOT_IN_SOURCE: "absent",
    Label.SOURCE_UNAVAILABLE: "unread",
    Label.NO_SOURCE: "none",
    Label.NOT_CHECKABLE: "none",
}

LOOKS: Mapping[str, Badge] = MappingProxyType(
    {
        **{
            label: Badge(word=term.word, sign=term.symbol, tone=_TONES[label], meaning=f"{_sentence(term.meaning)}.")
            for label, term in LABELS.items()
        },
        "void": Badge(word="struck out", sign="×", tone="void", meaning="A person took this claim out."),
    }
)

# What a person can do with a source that could not be read.
ADVICE: Mapping[str, str] = MappingProxyType(
    {reason: f"{_sentence(one.meaning)}: {one.todo}." for reason, one in OBSTACLES.items()}
)
