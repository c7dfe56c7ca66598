"""The names of the offices of countries, states and towns, with the hosts of their own sites, from `offices.txt`.

"China" gives "Chinese foreign minister" and "China's central bank"; "Ohio" gives "Ohio Gov." and "governor of Ohio";
"Leeds" gives "Leeds police" and "Leeds City Council".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

_TABLE = Path(__file__).with_name("offices.txt")
UNKNOWN = "-"
# What follows "Chinese" or "China's", by column: government, foreign ministry, statistics, central bank, elections,
# parliament.
_MINISTERS = tuple(
    f"{field} {office}"
    for field in ("interior", "defense", "defence", "finance", "health", "education", "justice", "transport", "energy")
    for office in ("minister", "ministry")
)
_OF_COUNTRY = (
    ("prime minister", "government", "cabinet", *_MINISTERS),
    (
        "foreign ministry",
        "foreign minister",
        "foreign secretary",
        "ministry of foreign affairs",
        "foreign office",
        "ambassador",
    ),
    ("statistics office", "statistics agency", "statistics bureau", "bureau of statistics"),
    ("central bank",),
    ("election commission", "electoral commission", "election authority"),
    ("parliament", "parliamentary committee"),
)
# What follows "Ohio" or "Ohio's", by column: governor, elections, attorney general, legislature, departments; the first
# of each may have "of Ohio" behind it.
_OF_STATE = (
    ("governor", "Gov"),
    ("secretary of state", "board of elections", "state board of elections", "department of elections"),
    ("attorney general",),
    ("legislature", "general assembly", "house of representatives", "state senate", "lawmakers"),
    ("department of", "state police", "highway patrol", "state troopers", "health officials", "officials"),
)
_POLICE = ("police", "police department")
# Capitals by which a government is called.
_CAPITALS = {
    "Ankara": "Turkey",
    "Beijing": "China",
    "Kyiv": "Ukraine",
    "Moscow": "Russia",
    "New Delhi": "India",
    "Seoul": "South Korea",
    "Tokyo": "Japan",
    "US": "United States",
    "U.S.": "United States",
    "Washington": "United States",
    "UK": "Britain",
}
_OFTEN, _CLEARLY = 2, 2  # how often a town is named in an article about it, and how many times as often as any other
_SMALL = frozenset({"of", "and"})


@dataclass(frozen=True, slots=True)
class Country:
    """A country by its names, with the hosts of those that keep its figures; "-" where one is not known."""

    name: str
    adjective: str
    government: str
    statistics: str
    bank: str
    elections: str
    parliament: str


def office_sites() -> Iterator[tuple[str, str]]:
    """Every name of an office with the host of its site."""
    for name, adjective, *sites in _rows_below("countries"):
        yield from _office_names((*_owners(name), adjective), sites, _OF_COUNTRY)
        head = president_of(name) or UNKNOWN
        yield from _office_names((*_owners(name), adjective), (head,), (("president",),))
    for name, *sites in _rows_below("states"):
        yield from _office_names((name, f"{name} State", *_owners(name)), sites, _OF_STATE)
        for site, (office, *_) in zip(sites, _OF_STATE, strict=True):
            yield from ((f"{form} of {name}", site) for form in _cases(office) if site != UNKNOWN)
    for name, site in _rows_below("police"):
        yield from ((f"{name} {form}", site) for office in _POLICE for form in _cases(office))
    for name, site in _rows_below("councils"):
        yield from ((f"{name} {form}", site) for form in _cases("council"))


@cache
def countries() -> tuple[Country, ...]:
    """The countries of the table."""
    rows = (row for row in _rows_below("countries"))
    return tuple(Country(name, adj, gov, *sites) for name, adj, gov, _, *sites in rows)


def country_names() -> tuple[str, ...]:
    """The names of all countries of the table, also of those whose sites are not known."""
    return tuple(name for part in ("countries", "other countries") for name, *_ in _rows_below(part))


@cache
def states() -> tuple[tuple[str, str], ...]:
    """The states of the US with the hosts of those that count their elections."""
    return tuple((name, elections) for name, _, elections, *_ in _rows_below("states"))


def government_of(speaker: str) -> str | None:
    """The host of the government of a country that speaks: "Austria", "Beijing"."""
    return _governments().get(speaker)


def president_of(country: str) -> str | None:
    """The host of the president of a country."""
    return next((site for name, site in _rows_below("presidents") if name == country), None)


@lru_cache(maxsize=8)
def country_in(text: str) -> Country | None:
    """The country that a text names most, if it is clear which that is."""
    by_name = {country.name: country for country in countries()}
    rows = [
        (len(re.findall(rf"\b(?:{country.name}|{country.adjective})\b", text)), (country.name,))
        for country in by_name.values()
    ]
    rows += [
        (len(re.findall(rf"\b(?:{name}|{adjective})\b", text)), (name,))
        for name, adjective in _rows_below("other countries")
    ]
    row = _clearest(rows)
    return by_name.get(row[0]) if row else None


def government_in(text: str) -> tuple[str, str] | None:
    """The government of the country that a text names most, with its host, if it is clear which that is."""
    country = country_in(text)
    known = country is not None and country.government != UNKNOWN
    return (f"{country.adjective} government", country.government) if country and known else None


@lru_cache(maxsize=8)
def state_in(text: str) -> tuple[str, ...] | None:
    """The row of the state of the US that a text names most, if it is clear which that is."""
    return _clearest([(len(re.findall(rf"\b{row[0]}\b", text)), row) for row in _rows_below("states")])


def state_named(name: str) -> tuple[str, ...] | None:
    """The row of a state of the US."""
    return next((row for row in _rows_below("states") if row[0] == name), None)


def _clearest(rows: Sequence[tuple[int, tuple[str, ...]]]) -> tuple[str, ...] | None:
    """The row that is named most, if it is named often and much more than those that its name does not hold."""
    (times, first), (next_times, second) = sorted(rows, key=lambda row: (-row[0], -len(row[1][0])))[:2]
    if times < _OFTEN or (next_times * _CLEARLY > times and second[0] not in first[0]):
        return None
    return first


@lru_cache(maxsize=8)
def police_in(text: str) -> tuple[str, str] | None:
    """The police of the town that a text names most, with its host, if it is clear which that is."""
    rows = [(len(re.findall(rf"\b{re.escape(row[0])}\b", text)), row) for row in _rows_below("police")]
    row = _clearest(rows)
    return (f"{row[0]} police", row[1]) if row else None


@cache
def _governments() -> dict[str, str]:
    by_name = {country.name: country.government for country in countries() if country.government != UNKNOWN}
    return by_name | {capital: by_name[name] for capital, name in _CAPITALS.items()}


def _office_names(
    owners: Sequence[str], sites: Sequence[str], offices: Sequence[Sequence[str]]
) -> Iterator[tuple[str, str]]:
    for site, names in zip(sites, offices, strict=True):
        if site != UNKNOWN:
            yield from ((f"{owner} {form}", site) for owner in owners for name in names for form in _cases(name))


def _owners(name: str) -> tuple[str, str]:
    return f"{name}'s", f"{name}’s"


def _cases(office: str) -> tuple[str, ...]:
    """An office in small letters and in capitals: "foreign minister", "Foreign Minister"."""
    capital = " ".join(word if word in _SMALL else word[:1].upper() + word[1:] for word in office.split())
    return tuple(dict.fromkeys((office, capital)))


@cache
def _rows_below(part: str) -> tuple[tuple[str, ...], ...]:
    """The rows below the heading that begins with a word."""
    rows, within = [], False
    for line in _TABLE.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            within = line.startswith(f"# {part}")
        elif line and within:
            rows.append(tuple(cell.strip() for cell in line.split(" | ")))
    return tuple(rows)
