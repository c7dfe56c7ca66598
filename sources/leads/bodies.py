"""Finds the bodies that a text names (companies, agencies, clubs, universities) and the hosts of their own sites.

The bodies are those of `bodies.txt`, the outlets that speak for themselves (ministries, institutes), and the short
forms that an article itself introduces: "Sierra Nevada Corporation (SNC)", or initials that it has as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from claims.records import OutletDirectory, Span
from sources.leads.offices import office_sites

_TABLE = Path(__file__).with_name("bodies.txt")
# Kinds of outlets that publish what they say and do themselves.
SPEAKING = frozenset(("government", "organisation", "think_tank"))
# A name in front of these is that of a place: "Amazon River", "Oracle Park".
_PLACES = (
    r"(?!(?:['’]?s)?\s+(?:Arena|Avenue|Basin|Bridge|Caf[eé]|(?<!Google )Drive|Gardens|Hotel|Lane|Rainforest|Restaurant"
    r"|River|Road|Square|Stadium|Street|Tower|Valley)\b"
    r"|\s+(?:Center|Centre|Field|Park)\b)"
)
# Another body that bears the name: "Domino's Pizza Enterprises".
_OTHERS = (
    r"(?!\s(?:Arms|Association|Benevolent|Club|Enterprises|Federation|Foundation|Hospitality|Museum|Racing|Society|Supporters"
    r"|Union|Ventures)\b|\s[A-Z][a-z]+, an?\s|\s[a-z]+s['’]\s"
    r"|\s(?:[a-z]+\s)?(?:band|choir|orchestra)\b"
    # "Google's chess club", "Tesla's rivals": who has to do with it, and does not speak for it.
    r"|['’]s?\s(?:[a-z-]+\s){0,2}(?:alumni|band|choir|clubs?|competitors?|critics|customers?|drivers|fans|landlord|league"
    r"|neighbou?rs|opponents|orchestra|owners?|passengers|rivals?|shareholders|shoppers|suppliers?|supporters|team"
    r"(?= (?:beat|drew|finished|lost|played|won)\b)|users|viewers)\b"
    r"|\s[A-Z][a-z]+['’]s?\s(?:Association|Club|Federation|Society|Union)\b)"
)
# What people do with a product, and not its maker: "a Google search shows".
_USES = (
    r"(?!\s(?:buyers?|champions?|clubs?|customers?|debut|defenders?|games?|match(?:es)?|midfielders?|players?|season|sides?|strikers?|title|dealers?|dealerships?|drivers?|enthusiasts?|fans?|owners?|pickers?|shoppers?|supporters?|[Gg]reats?|[Ll]egends?|[Ss]tars?|[Vv]eterans?"
    r"|subscribers?|vans?|viewers?)['’]?(?!\w))"
    r"(?!\s(?:employees|staff|workers)\s(?:accus|alleg|demand|earn|picket|protest|rall|sa(?:id|y)|str(?:ike|uck)|told|vot|walk))"
    r"(?!\s(?:accounts?|campaigns?|feeds?|groups?|hashtags?|maps?|messages?|pages?|polls?|posts?|search(?:es)?|threads?"
    r"|users?|videos?)\b)"
)
_WORD = re.compile(r"(?<![\w@./-])\w+")
# "The French president of the bank" is no head of state.
_ELSEWHERE = r"(?!(?<=resident) of\b)"
_NAME_END = re.compile(rf"(?![\w@]|\.\w){_PLACES}{_OTHERS}{_USES}{_ELSEWHERE}")
# A name that begins with one of these is another body's behind a name or adjective: "European Environment Agency".
_GENERIC = frozenset(
    {"Bureau", "Commerce", "Commission", "Competition", "Department", "Education", "Energy", "Environment", "Financial"}
    | {"Football", "Health", "Information", "Interior", "Labor", "Ministry", "National", "Office", "Transportation"}
)
_FORMER = re.compile(r"\b(?:[Ff]ormer |[Ee]x-)\Z")  # who was there once does not speak or act for it
_OWNED = re.compile(r"(?:(?!The\b|In\b|On\b|At\b)[A-Z][\w’'-]+|['’]s)\s\Z")
_SHORT_FORM = re.compile(r"[\s,]{1,2}\((?:the )?([A-Z][A-Z&]{1,6})\)")
# A name that may be that of a product: no word of an office ("NASA Administrator"), no place, no month.
_NO_PRODUCT = (
    r"(?!(?:Chief|CEO|CFO|COO|CTO|President|Chair\w*|Director|Administrator|Secretary|Minister|Vice|Executive|Senior"
    r"|Professor|Dr|Spokes\w+|Manager|Head|Founder|Inc|Corp\w*|Ltd|Group|Company|University|The|A|In|On|And|But|It"
    r"|North|South|West|East|Europe|Asia|America\w*|China|India|Japan|UK|US|U|January|February|March|April|May|June"
    r"|July|August|September|October|November|December|\w+day)\b)"
)
_INTRODUCED = re.compile(r"((?:[A-Z][\w’'-]+ (?:(?:and|for|in|of|on|the) ){0,2}){2,7})\(([A-Z][A-Z&]{2,5})\)")
_FEWEST_INITIALS = 3
_PRODUCT_WORD = rf"{_NO_PRODUCT}[A-Z][\w-]{{2,}}"
_PRODUCT = re.compile(_PRODUCT_WORD)
_MADE = re.compile(rf"(?:['’]s)?\s(?:new\s|latest\s|upcoming\s|popular\s)?({_PRODUCT_WORD})(?!\s(?:said|says|told))")
_FROM = re.compile(rf"\b({_PRODUCT_WORD})\s(?:from|by)\s\Z")


class NamedBody(NamedTuple):
    """A body by the name that a text has for it, and the host of its own site."""

    name: str
    site: str


class Bodies:
    """The bodies that the texts of one article name."""

    def __init__(self, outlets: OutletDirectory, text: str, printed: Mapping[str, str] = MappingProxyType({})) -> None:
        """The bodies of an article with this text; ``printed`` are further names in it with their hosts."""
        self._outlets = outlets
        self._others = frozenset(_spelled_otherwise(text))
        self._short = {name: NamedBody(name, site) for name, site in printed.items() if name not in _hosts()}
        self._short_pattern = _pattern_of(self._short)
        named = self.places(text)
        for (_, end), body in named:
            if given := _SHORT_FORM.match(text, end):
                self._short[given[1]] = body
        self._short.update(_initials(text, (body for _, body in named)))
        self._short_pattern = _pattern_of(self._short)
        self._makers = dict(_products(text, [*named, *self._short_places(text)]))

    def places(self, text: str) -> list[tuple[Span, NamedBody]]:
        """Where bodies are named in a text, by their names or the short forms that the article introduces."""
        return [
            *(place for place in _listed(text) if place[1].name not in self._others),
            *self._short_places(text),
            *(
                (mention.span, NamedBody(text[slice(*mention.span)], mention.outlet.domains[0]))
                for mention in self._outlets.mentions(text)
                if mention.outlet.kind in SPEAKING and mention.certain and mention.outlet.domains
            ),
        ]

    def _short_places(self, text: str) -> list[tuple[Span, NamedBody]]:
        """Where the short forms that the article introduces stand in a text."""
        if not self._short:
            return []
        return [(match.span(), self._short[match.group()]) for match in self._short_pattern.finditer(text)]

    def first(self, text: str, at: int | None = None) -> NamedBody | None:
        """The first body named in a text, or the one that is named at a place of it."""
        fitting = [
            place
            for place in self.places(text)
            if place[0][0] == at or (at is None and not text[: place[0][0]].endswith(" on "))
        ]
        return min(fitting)[1] if fitting else None

    def end(self, text: str, at: int) -> int:
        """Where the name of the body ends that begins at a place of a text."""
        return max((end for (start, end), _ in self.places(text[: at + 80]) if start == at), default=at)

    def maker(self, text: str, at: int) -> NamedBody | None:
        """The body whose product is named at a place of a text."""
        word = _PRODUCT.match(text, at)
        return self._makers.get(word[0]) if word else None


def _spelled_otherwise(text: str) -> Iterator[str]:
    """Letters of the table that the article introduces for another body: "Police Complaints Commission (IPCC)"."""
    for match in _INTRODUCED.finditer(text):
        words, letters = re.findall(r"[A-Z][\w’'-]*", match[1]), match[2]
        site = _hosts().get(letters)
        named = "".join(word[0] for word in words).endswith(letters)
        own = any(_hosts().get(name) == site for name in _forms_behind(match[1]))
        if site in _written_both_ways() and named and not own:
            yield letters


def _forms_behind(name: str) -> Iterator[str]:
    """A name, and the same without its first words."""
    words = name.split()
    return (" ".join(words[place:]) for place in range(len(words)))


@cache
def _written_both_ways() -> frozenset[str]:
    """The sites of which the table has the letters and the words for which they are short."""
    return frozenset(
        site
        for name, site in _hosts().items()
        if _hosts().get("".join(re.findall(r"\b[A-Z]", name))) == site
        if " " in name
    )


def _initials(text: str, bodies: Iterable[NamedBody]) -> Iterator[tuple[str, NamedBody]]:
    """The initials of bodies that the text also uses: "ONS" of the Office for National Statistics."""
    by_letters: dict[str, dict[str, NamedBody]] = {}
    for body in set(bodies):
        letters = "".join(word[0] for word in re.findall(r"[A-Z][a-z]+", body.name))
        if len(letters) >= _FEWEST_INITIALS and letters not in _hosts():
            by_letters.setdefault(letters, {})[body.site] = body
    for letters, owners in by_letters.items():
        if len(owners) == 1 and re.search(rf"(?<![\w.&-]){letters}(?![\w&-]|\.\w)", text):
            yield letters, next(iter(owners.values()))


def _pattern_of(names: Iterable[str]) -> re.Pattern[str]:
    forms = "|".join(map(re.escape, sorted(names, key=len, reverse=True))) or "(?!)"
    return re.compile(rf"(?<![\w@./-])(?:{forms})(?![\w@-]|\.\w)")


@cache
def _hosts() -> dict[str, str]:
    """The hosts by name."""
    rows = (line.partition(": ") for line in _TABLE.read_text(encoding="utf-8").splitlines())
    listed = {
        form: site
        for site, colon, names in rows
        if colon and site[0] != "#"
        for name in names.split(" | ")
        for form in _name_forms(name.strip())
    }
    return {**dict(office_sites()), **listed}


def _name_forms(name: str) -> Iterator[str]:
    """The forms of a name: "China's~Chinese commerce ministry" has both, as "Commerce Ministry", too."""
    possessive, tilde, rest = name.partition("~")
    if not tilde:
        yield name
        return
    adjective, subject, office = rest.rsplit(" ", 2)
    for owner in (possessive, possessive.replace("'", "’"), adjective):
        yield from (f"{owner} {subject} {office}", f"{owner} {subject.title()} {office.title()}")
        yield f"{owner} {office.title()} of {subject.title()}{' Affairs' * (subject == 'foreign')}"
        if office == "ministry":
            yield from (f"{owner} {subject} minister", f"{owner} {subject.title()} Minister")


@cache
def _by_first_word() -> dict[str, list[str]]:
    """The names by their first words, the longest first."""
    index: dict[str, list[str]] = {}
    for name in sorted(_hosts(), key=len, reverse=True):
        if first := _WORD.search(name):
            index.setdefault(first[0], []).append(name)
    return index


def _listed(text: str) -> Iterator[tuple[Span, NamedBody]]:
    """Where the bodies of the table are named in a text."""
    end = 0
    for word in _WORD.finditer(text):
        names = _by_first_word().get(word[0], ()) if word.start() >= end else ()
        for name in names:
            end_of_name = word.start() + len(name)
            if _FORMER.search(text, max(0, word.start() - 10), word.start()):
                break
            if word[0] in _GENERIC and _OWNED.search(text, max(0, word.start() - 30), word.start()):
                break
            if text.startswith(name, word.start()) and _NAME_END.match(text, end_of_name):
                end = end_of_name
                yield (word.start(), end), NamedBody(name, _hosts()[name])
                break


def _products(text: str, places: Iterable[tuple[Span, NamedBody]]) -> Iterator[tuple[str, NamedBody]]:
    """The products of an article with their makers: "the Toyota RAV4", "Google's Stadia", "a Sentra from Nissan".

    A word counts if the article has it again without its maker, and never in small letters.
    """
    named: dict[str, set[NamedBody]] = {}
    for (start, end), body in places:
        behind, before = _MADE.match(text, end), _FROM.search(text[max(0, start - 40) : start])
        for word in filter(None, (behind and behind[1], before and before[1])):
            named.setdefault(word, set()).add(body)
    for word, makers in named.items():
        sites = {maker.site for maker in makers}
        again = len(re.findall(rf"\b{word}\b", text)) > 1
        if len(sites) == 1 and again and not re.search(rf"\b{word.lower()}\b", text):
            yield word, min(makers)
