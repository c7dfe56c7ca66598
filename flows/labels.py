"""How each label looks: its word, its symbol, its colour. Shared by the terminal and the page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

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


LOOKS: Mapping[Label, Look] = MappingProxyType(
    {
        Label.SUPPORTED: Look(
            word="supported",
            count="supported",
            symbol="✓",
            letter="+",
            colour="green",
            meaning="a source that could be read says it",
        ),
        Label.PARTLY_SUPPORTED: Look(
            word="partly supported",
            count="partly supported",
            symbol="◐",
            letter="~",
            colour="green",
            meaning="a source says part of it",
        ),
        Label.CONTRADICTED: Look(
            word="contradicted",
            count="contradicted",
            symbol="✗",
            letter="x",
            colour="red",
            meaning="a source says the opposite, or another number, date or name",
        ),
        Label.CONFLICTING: Look(
            word="conflicting",
            count="conflicting",
            symbol="≠",
            letter="%",
            colour="magenta",
            meaning="sources disagree with each other",
        ),
        Label.MISATTRIBUTED: Look(
            word="misattributed",
            count="misattributed",
            symbol="↷",
            letter="@",
            colour="magenta",
            meaning="the source says it, but of another speaker, date or outlet",
        ),
        Label.NOT_IN_SOURCE: Look(
            word="not in source",
            count="not in the source",
            symbol="∅",
            letter="0",
            colour="yellow",
            meaning="the source was read and does not speak of it",
        ),
        Label.SOURCE_UNAVAILABLE: Look(
            word="unavailable",
            count="unavailable",
            symbol="⊘",
            letter="#",
            colour="cyan",
            meaning="the source could not be read",
        ),
        Label.NO_SOURCE: Look(
            word="no source",
            count="without a source",
            symbol="○",
            letter="o",
            colour="blue",
            meaning="the article names no source for it",
        ),
        Label.NOT_CHECKABLE: Look(
            word="not checkable",
            count="not checkable",
            symbol="·",
            letter=".",
            colour="bright_black",
            meaning="a forecast, an opinion, a question, an instruction, or an anonymous source",
        ),
    }
)


def word(label: Label, scale: Mapping[str, str] | None = None) -> str:
    """The label's word, or the desk's own where config.yaml's `scale` has one."""
    return (scale or {}).get(label.value) or LOOKS[label].word
