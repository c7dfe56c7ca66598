"""Finds the bodies that a text names (companies, agencies, clubs, universities) and the hosts of their own sites.

The bodies are those of `bodies.txt`, the outlets that speak for themselves (ministries, institutes), and the short
forms that an article itself introduces: "Sierra Nevada Corporation (SNC)".
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from claims.records import OutletDirectory

_TABLE = Path(__file__).with_name("bodies.txt")
# Kinds of outlets that publish what they say and do themselves.
SPEAKING = frozenset(("government", "organisation", "think_tank"))
# A name in front of these is that of a place: "Amazon River", "Oracle Park".
_PLACES = r"(?!['’]?s?\s+(?:Arena|Avenue|Basin|Center|Centre|Field|Park|Rainforest|River|Stadium|Street|Valley)\b)"
_SHORT_FORM = re.compile(r"[\s,]{1,2}\((?:the )?([A-Z][A-Z&]{1,6})\)")


class NamedBody(NamedTuple):
    """A body by the name that a text has for it, and the host of its own site."""

    name: str
    site: str


class Bodies:
    """The bodies that the texts of one article name."""

    def __init__(self, outlets: OutletDirectory, text: str) -> None:
        self._outlets = outlets
        self._short: dict[str, NamedBody] = {}
        for start, body in self.places(text):
            if given := _SHORT_FORM.match(text, start + len(body.name)):
                self._short[given[1]] = body
        forms = "|".join(map(re.escape, self._short)) or "(?!)"
        self._short_pattern = re.compile(rf"(?<![\w@./-])(?:{forms})(?![\w@-]|\.\w)")

    def places(self, text: str) -> list[tuple[int, NamedBody]]:
        """Where bodies are named in a text."""
        result = [(m.start(), NamedBody(m.group(), _hosts()[m.group()])) for m in _names_pattern().finditer(text)]
        if self._short:
            result += [(match.start(), self._short[match.group()]) for match in self._short_pattern.finditer(text)]
        return result + [
            (mention.span[0], NamedBody(text[mention.span[0] : mention.span[1]], mention.outlet.domains[0]))
            for mention in self._outlets.mentions(text)
            if mention.outlet.kind in SPEAKING and mention.certain and mention.outlet.domains
        ]

    def first(self, text: str, at: int | None = None) -> NamedBody | None:
        """The first body named in a text, or the one that is named at a place of it."""
        fitting = [place for place in self.places(text) if at is None or place[0] == at]
        return min(fitting)[1] if fitting else None


@cache
def _hosts() -> dict[str, str]:
    """The hosts by name."""
    rows = (line.partition(": ") for line in _TABLE.read_text(encoding="utf-8").splitlines())
    return {
        name.strip(): site for site, colon, names in rows if colon and site[0] != "#" for name in names.split(" | ")
    }


@cache
def _names_pattern() -> re.Pattern[str]:
    names = sorted(_hosts(), key=len, reverse=True)
    return re.compile(rf"(?<![\w@./-])(?:{'|'.join(map(re.escape, names))})(?![\w@]|\.\w){_PLACES}")
