"""How each label is shown: its word, its tone (a class of the stylesheet) and what it means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

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
    {
        "paywall": "Whoever has a subscription can read it and hand the page in with `factdesk attach`.",
        "robots": "The site asks programs to stay away. Read it yourself and hand the page in.",
        "bot_wall": "The site turns programs away. Read it yourself and hand the page in.",
        "geo_block": "The site shows this page in other countries only.",
        "deleted": "The page was taken down. Look for an archived copy.",
        "soft_404": "The address shows a page without the article. Look for its new address.",
        "not_found": "The address leads nowhere. Look for its new address or an archived copy.",
        "timeout": "The site did not answer in time. Check again later.",
        "unreachable": "The site cannot be reached. Check again later.",
        "refused_address": "The address is not a public one, so it was not fetched.",
        "too_large": "The page is larger than the limit in config.yaml.",
        "unsupported_type": "The address gives a kind of file that cannot be read as text.",
        "unresolved": "The article names this source without an address, and none was found. Do you know it?",
        "offline": "Nothing was fetched. Check again without --offline.",
    }
)
