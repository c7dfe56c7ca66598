"""The registers, courts and statistical offices that keep what a claim names by a number or a title.

"CVE-2021-44228" is in the National Vulnerability Database, "Regulation (EU) 2016/679" at EUR-Lex, the unemployment
rate of the United States at its Bureau of Labor Statistics. The table is `registers.txt`; the offices of countries and
states that keep figures and votes are those of `offices.txt`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import quote_plus

from claims.addresses import host
from claims.records import Claim, Lead, LeadKind, Page
from sources.leads.listings import Listings
from sources.leads.offices import UNKNOWN, Country, countries, country_names, states
from sources.leads.published import is_published

_TABLE = Path(__file__).with_name("registers.txt")
_CLEARLY = 2  # how many times as often as any other a country or competition is named in an article about it
# Patterns of what happened or was said at a match or hearing, or in a poll.
_OF_EVENTS = ("=match", "=women", "=quote", "=poll")
_OFTEN = 3  # how often an article names the league, competition or kind of hearing that it is about
_LONGEST = 1_000  # characters of a claim that are looked at
_LONGEST_TEXT = 100_000  # characters of an article that are looked at
_FIGURE = re.compile(r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|half|double[ds]?)\b")
_CLOSE = 40  # characters behind a match in which its figure stands
_QUOTES = ('"', "“", "‘")  # what is quoted is somebody's words, even where nobody knows whose
_SAID = "said"  # the mark of a row that keeps what somebody said
_FIGURES = (
    r"\b(?i:(?:un)?employment(?: rate)?(?! (?:agenc|contract|law|minister|opportunit|tribunal))|jobless(?:ness| rate)?"
    r"|inflation|consumer prices?|GDP|gross domestic product"
    r"|economy|industrial (?:output|production)|retail sales|exports|imports|trade (?:surplus|deficit)|population"
    r"|birth rate|tourist arrivals)\b[^.]{0,60}?\d"
)
_RATES = (
    r"\b(?:key|policy|benchmark|repo|base|main|lending|interest) (?:interest |lending )?rates?\b[^.]{0,60}?"
    r"\b(?:\d|unchanged|cut|raised?|rise|hike\w*)|\bforeign[- ]exchange reserves\b"
)
_VOTES = (
    r"\b(?:elections?|referendum|run-?off|ballots?|vote)\b[^.]{0,80}?\b(?:won|wins?|turnout|seats?|per ?cent"
    r"|majority|held|called)\b"
    r"|\b(?:won|took|gained|lost|flipp\w+)\b[^.]{0,50}\b(?:seats?|of the vote|elections?|majority)\b"
    r"|\b[Tt]urnout\b[^.]{0,80}?(?:\d|\b(?:elections?|poll\w*|referendum|vot\w+)\b)"
    r"|\bcandidate\b.{0,60}?\d ?(?:%|per ?cent\b)"
    r"|\bvoters (?:narrowly |overwhelmingly |have |had |has )*(?:rejected|approved|accepted|backed)\b[^.]{0,60}?"
    r"(?:\d ?(?:%|per ?cent)|\b(?:amendment|ban|bill|constitution|initiative|law|measure|plan|proposal|reform"
    r"|referendum|tax|treaty)\b)"
)
_LAWS = (
    r"^(?!.*\b(?:upper house|Bundesrat|Senate)\b)(?:.*?\b(?:[Ll]awmakers|MPs|[Dd]eputies|[Ss]enators|[Pp]arliament"
    r"|[Ll]egislators|lower house)\b[^.]{0,80}?\b(?:adopted|approved|backed|passed|ratified|rejected|repealed|voted)\b"
    r"|.*?\bvoted in favou?r\b)"
)
# Countries whose parliaments have rows of their own in the table.
_OWN_ROWS = frozenset({"Britain", "United States"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Register:
    name: str
    address: str
    pattern: str
    about: re.Pattern[str] | None
    name_in: str = ""  # a name without which the pattern does not match
    said: bool = False  # whether it keeps what somebody said; the others answer figures only if somebody says them
    often: bool = False  # whether an article must speak of it often, or in the title
    titled: bool = False  # whether the title must be about it, too

    def search(self, words: str) -> re.Match[str] | None:
        """Where the words name what the register keeps."""
        return _compiled(self.pattern).search(words) if self.name_in in words else None


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


class Registers:
    """Where the numbers and titles in the claims of an article lead."""

    def __init__(self, article: Page) -> None:
        title = article.title or ""
        text = f"{title}\n{article.text[:_LONGEST_TEXT]}"
        self._article = article
        self._own = host(article.final_url or article.url)
        times = {about: len(about.findall(text)) for row in _registers() if (about := row.about)}
        self._clear = [
            tuple(row for row in rows if row.about is None or _is_clear(times, row, rows, title))
            for rows in _by_pattern()
        ]
        self._listings = Listings(text)

    def places(self, claim: Claim) -> Iterator[Lead]:
        """The registers that keep what a claim names."""
        words = claim.certain[:_LONGEST]
        if not is_published(claim, self._article):
            return
        for rows, clear in zip(_by_pattern(), self._clear, strict=True):
            match = rows[0].search(words)
            voiced = claim.attribution is not None or words.startswith(_QUOTES)
            if match is None or (voiced and not (rows[0].said or _figure_near(words, match))):
                continue
            named = [row for row in rows if row.about and row.about.search(words)]
            # A claim that names several competitions or countries is clearly about none.
            for row in named if len(named) == 1 else () if len({row.address for row in named}) > 1 else clear:
                yield from self._place(claim, row.name, _address(row, match))
        if (filed := self._listings.place(claim)) is not None:
            yield from self._place(claim, *filed)

    def _place(self, claim: Claim, name: str, url: str) -> Iterator[Lead]:
        if url.rpartition("/")[2] != UNKNOWN and host(url) != self._own:
            yield Lead(claim=claim.id, kind=LeadKind.REGISTER, name=name, url=url)


def _figure_near(words: str, match: re.Match[str]) -> bool:
    """Whether what was found holds a figure, or has one close behind."""
    return _FIGURE.search(words, match.start(), match.end() + _CLOSE) is not None


def _is_clear(times: dict[re.Pattern[str], int], row: _Register, rows: tuple[_Register, ...], title: str) -> bool:
    """Whether an article is clearly about what a row is about, more than about that of any other."""
    if row.about is None or (row.titled and not row.about.search(title)):
        return False
    own = times[row.about]
    if row.often and own < _OFTEN and not row.about.search(title):
        return False
    others = (times[other.about] for other in rows if other.about and other.address != row.address)
    named_once = own == 1 and not row.about.search(title)
    return own > 0 and not (row.said and named_once) and all(own >= _CLEARLY * other for other in others)


def _address(row: _Register, match: re.Match[str]) -> str:
    """The address of what was found; in the query of an address its words are escaped."""
    parts = [match[0], *(group or "" for group in match.groups())]
    return row.address.format(*(map(quote_plus, parts) if "?" in row.address else parts))


@cache
def _by_pattern() -> tuple[tuple[_Register, ...], ...]:
    """The rows, those with the same pattern together."""
    rows: dict[str, list[_Register]] = {}
    for row in _registers():
        rows.setdefault(row.pattern, []).append(row)
    return tuple(map(tuple, rows.values()))


@cache
def _registers() -> tuple[_Register, ...]:
    lines = _TABLE.read_text(encoding="utf-8").splitlines()
    shared = _shared_patterns(line for line in lines if line.startswith("="))
    listed = [_register(line, shared) for line in lines if line and line[0] not in "#="]
    return (*listed, *_of_countries(), *_of_states())


def _shared_patterns(lines: Iterable[str]) -> dict[str, str]:
    """The patterns by their names; "{=women}" within one is another that stands above it, "{=country}" any country."""
    shared = {"=country": "|".join(country_names())}
    for line in lines:
        name, pattern = line.split(" ", 1)
        shared[name] = _filled_in(pattern, shared)
    return shared


def _filled_in(pattern: str, shared: dict[str, str]) -> str:
    for name, given in shared.items():
        pattern = pattern.replace(f"{{{name}}}", given)
    return pattern


def _register(line: str, shared: dict[str, str]) -> _Register:
    name, address, *patterns = line.split(" | ")
    keeps_words = patterns[-1] == _SAID
    pattern, *about = (shared.get(given) or _filled_in(given, shared) for given in patterns if given != _SAID)
    return _Register(
        name=name,
        address=address,
        said=keeps_words,
        often=patterns[0] in _OF_EVENTS,
        pattern=pattern,
        about=re.compile(rf"\b(?:{about[0]})") if about else None,
    )


def _of_countries() -> Iterator[_Register]:
    """Who keeps the figures, interest rates and votes of a country."""
    for country in countries():
        about = re.compile(rf"\b(?:{_words_for(country)})\b")
        for name, site, pattern in (
            (f"{country.adjective} statistics", country.statistics, _FIGURES),
            (f"{country.adjective} central bank", country.bank, _RATES),
            (f"{country.adjective} elections", country.elections, _VOTES),
            (f"{country.adjective} parliament", UNKNOWN if country.name in _OWN_ROWS else country.parliament, _LAWS),
        ):
            yield _Register(name=name, address=f"https://{site}", pattern=pattern, about=about, titled=True)


def _words_for(country: Country) -> str:
    others = {
        "Britain": "|UK|U\\.K|United Kingdom",
        "Germany": "|Bundestag|Bundesrat",
        "Israel": "|Knesset",
        "Netherlands": "|Holland",
        "Poland": "|Sejm",
        "Sweden": "|Riksdag",
        "United States": "|US|U\\.S",
    }
    return f"{country.name}|{country.adjective}{others.get(country.name, '')}"


def _of_states() -> Iterator[_Register]:
    """Who counts the votes of a state of the US that a claim names."""
    for name, elections in states():
        words = r"(?<!West )Virginia" if name == "Virginia" else name
        pattern = rf"(?s:\b{words}\b.*(?:{_VOTES})|(?:{_VOTES}).*\b{words}\b)"
        yield _Register(
            name=f"{name} elections", address=f"https://{elections}", pattern=pattern, about=None, name_in=name
        )
