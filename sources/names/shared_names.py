"""Decides whether a name that several papers bear ("The Times", "The Journal") means the outlet of the list.

A name of the list that papers elsewhere bear as often (`shared` in outlets.yaml) counts only if the text speaks of the
outlet's country, the page is of that country, or the words beside the name say what kind of outlet it is. Another name
that is a newspaper's common noun ("The Sun") counts unless the page or the places in the text are of another country.
The words are in `contexts.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from claims.records import Mention, Outlet
from sources.names.contexts import contexts

_BESIDE = 40  # characters beside a name in which its kind stands
_KINDS = {
    "magazine": re.compile(r"\b(?:magazine|weekly|monthly|review)\b"),
    "online": re.compile(r"\b(?:outlet|site|website|newsletter|portal|online)\b"),
    "broadcaster": re.compile(r"\b(?:broadcaster|television|TV|channel|network)\b"),
    "newspaper": re.compile(r"(?!)"),  # the others of the name are papers as well
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedOutlet:
    """A mention with what its name is: ``shared`` with other outlets, or a newspaper's common noun."""

    mention: Mention
    shared: bool = False
    common: bool = False


def clear_mentions(text: str, named: Sequence[NamedOutlet], home: str) -> tuple[Mention, ...]:
    """The mentions without those that may mean another outlet; ``home`` is the country of the page, if it is known."""
    return tuple(
        candidate.mention
        for candidate in named
        if not (candidate.shared or candidate.common) or _is_meant(text, candidate, named, home)
    )


def _is_meant(text: str, candidate: NamedOutlet, named: Sequence[NamedOutlet], home: str) -> bool:
    outlet = candidate.mention.outlet
    if any(another.mention.outlet.id == outlet.id and not (another.shared or another.common) for another in named):
        return True
    at_home = home == outlet.country != "US" or _names_country(text, outlet)
    if candidate.shared:
        return at_home or _is_kind(text, candidate.mention)
    return at_home or not (home not in {"", outlet.country} or _other_places().search(text))


def _names_country(text: str, outlet: Outlet) -> bool:
    """Whether a text names the country of an outlet; the United States have too many papers of a name to count."""
    words = _countries().get(outlet.country)
    return words is not None and bool(words.search(text))


def _is_kind(text: str, mention: Mention) -> bool:
    start, end = mention.span
    before = re.split(r"[.!?:;\n]", text[max(0, start - _BESIDE) : start])[-1]
    after = re.split(r"[.!?:;\n]", text[end : end + _BESIDE])[0]
    kind = _KINDS.get(mention.outlet.kind)
    return kind is not None and bool(re.search(rf"{kind.pattern}[ ,]+(?:the )?$", before) or _kind_follows(kind, after))


def _kind_follows(kind: re.Pattern[str], after: str) -> bool:
    return bool(re.match(rf" {kind.pattern}", after) or re.match(rf",? (?:the|an?) [^,]*{kind.pattern}", after))


@cache
def _countries() -> Mapping[str, re.Pattern[str]]:
    return {country: _any_of(words) for country, words in contexts()["at_home"].items()}


@cache
def _other_places() -> re.Pattern[str]:
    return _any_of(contexts()["elsewhere"])


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b")
