"""How each label looks: its word, its symbol, its colour. Shared by the terminal and the report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from claims.glossary import LABELS
from claims.records import Label


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A label for readers: ``word`` names it, ``count`` follows a number, ``symbol`` tells it without colour.

    ``letter`` is the symbol where the terminal knows ASCII only; ``colour`` is a rich colour name.
    """

    word: str
    count: str
    symbol: str
    letter: str
    colour: str
    meaning: str


# After a number, in ASCII, and as a rich colour.
_SHOWN: Mapping[Label, tuple[str, str, str]] = {
    Label.SUPPORTED: ("supported", "+", "green"),
    Label.PARTLY_SUPPORTED: ("partly supported", "~", "green"),
    Label.CONTRADICTED: ("contradicted", "x", "red"),
    Label.CONFLICTING: ("conflicting", "%", "magenta"),
    Label.MISATTRIBUTED: ("misattributed", "@", "magenta"),
    Label.NOT_IN_SOURCE: ("not in the source", "0", "yellow"),
    Label.SOURCE_UNAVAILABLE: ("unavailable", "#", "cyan"),
    Label.NO_SOURCE: ("without a source", "o", "blue"),
    Label.NOT_CHECKABLE: ("not checkable", ".", "bright_black"),
}

LOOKS: Mapping[Label, Look] = MappingProxyType(
    {
        label: Look(
            word=term.word,
            count=_SHOWN[label][0],
            symbol=term.symbol,
            letter=_SHOWN[label][1],
            colour=_SHOWN[label][2],
            meaning=term.meaning,
        )
        for label, term in LABELS.items()
    }
)


def word(label: Label, scale: Mapping[str, str] | None = None) -> str:
    """The label's word, or the desk's own where config.yaml's `scale` has one."""
    return (scale or {}).get(label.value) or LOOKS[label].word
