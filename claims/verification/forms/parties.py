"""Identifies states, unions and central banks by any of their names: "Moscow", "the Kremlin", "Russian".

The table is ``claims/lexicon/states.py``. A name is a party only if the whole of it is in the table: "British Airways"
is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from claims.lexicon.people import LEADERS
from claims.lexicon.states import BODIES, CAPITALS, CENTRAL_BANKS, CONTINENTS, GOVERNING, PEOPLES, STATE_NAMES
from claims.records import Span
from claims.verification.words import folded, plain, remembered


class PartySort(StrEnum):
    """How a party is named: by the state's name, its capital, a body or seat, its people, its bank or its leader."""

    STATE = "state"
    CAPITAL = "capital"
    BODY = "body"
    PEOPLE = "people"
    BANK = "bank"
    LEADER = "leader"
    CONTINENT = "continent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """What a phrase refers to: the keys of the states that it may mean, and the way in which it names them."""

    span: Span
    keys: frozenset[str]
    sort: PartySort


_TABLES = (
    (PartySort.BANK, CENTRAL_BANKS),
    (PartySort.BODY, BODIES),
    (PartySort.CAPITAL, CAPITALS),
    (PartySort.PEOPLE, PEOPLES),
    (PartySort.STATE, STATE_NAMES),
    (PartySort.CONTINENT, CONTINENTS),
)
# Common surnames, which do not identify a person without a first name.
_COMMON = frozenset(
    [
        "bennett",
        "blair",
        "brown",
        "bush",
        "cameron",
        "carney",
        "carter",
        "duda",
        "harper",
        "harris",
        "johnson",
        "kennedy",
        "kim",
        "li",
        "may",
        "nixon",
        "pence",
        "raisi",
        "reagan",
        "tusk",
        "abe",
        "vance",
    ]
)
_LEADERS = {folded(name).lower(): nation for name, (nation, _) in LEADERS.items()}
_PLURALS = tuple(phrase for phrase in PEOPLES if phrase[-1] not in "sh" and not phrase.endswith("ese"))


def _looked_up() -> dict[str, tuple[frozenset[str], PartySort]]:
    """Every phrase, in lower case unless it is an acronym, with the keys of all its states."""
    phrases: dict[str, tuple[frozenset[str], PartySort]] = {}
    for sort, table in _TABLES:
        for phrase, keys in table.items():
            form = _form(phrase)
            before = phrases.get(form, (frozenset(), sort))[0]
            phrases[form] = (before | keys, sort)
    for phrase in _PLURALS:
        phrases[_form(phrase + "s")] = (PEOPLES[phrase], PartySort.PEOPLE)
    return phrases


def _form(phrase: str) -> str:
    return phrase if _is_acronym(phrase) else phrase.lower()


def _is_acronym(phrase: str) -> bool:
    return sum(letter.isupper() for letter in phrase) > 1 and " " not in phrase and len(phrase) <= 6


_PHRASES = _looked_up()


def _phrases_pattern(phrases: Iterable[str], flags: int) -> re.Pattern[str]:
    longest_first = sorted(phrases, key=len, reverse=True)
    return re.compile(r"(?<![\w.@#-])(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)", flags)


_SPELT_OUT = _phrases_pattern((phrase for phrase in _PHRASES if phrase.islower()), re.I)
_ACRONYM = _phrases_pattern((phrase for phrase in _PHRASES if not phrase.islower()), 0)
_BANK = re.compile(r"(?:'s?)?\s(?:central\sbank|national\sbank)\b", re.I)
_GOVERNS = re.compile(r"(?:'s?)?(?:\s(?:" + "|".join(sorted(GOVERNING, key=len, reverse=True)) + r")\b)+", re.I)


@remembered
def parties(text: str) -> list[Party]:
    """Every state, union and central bank that ``text`` names, in order; "the Russian leader" is a body of Russia."""
    flat = folded(plain(text))
    result: list[Party] = []
    matches = [*_ACRONYM.finditer(flat), *_SPELT_OUT.finditer(flat)]
    for match in sorted(matches, key=lambda phrase: (phrase.start(), -phrase.end())):
        if not match.group()[0].isupper() or (result and match.start() < result[-1].span[1]):
            continue
        keys, sort = _PHRASES[match.group()] if match.group() in _PHRASES else _PHRASES[match.group().lower()]
        result.append(_extended_party(flat, match, keys, sort))
    return result


def _extended_party(text: str, match: re.Match[str], keys: frozenset[str], sort: PartySort) -> Party:
    """The party with the nouns after its name that speak for it: "Sweden's central bank", "US Defense Department"."""
    if sort in (PartySort.STATE, PartySort.PEOPLE):
        if bank := _BANK.match(text, match.end()):
            return Party(span=(match.start(), bank.end()), keys=keys, sort=PartySort.BANK)
        if governs := _GOVERNS.match(text, match.end()):
            return Party(span=(match.start(), governs.end()), keys=keys, sort=PartySort.BODY)
    return Party(span=match.span(), keys=keys, sort=sort)


def leader(surname: str, span: Span) -> Party | None:
    """The party of a well-known leader by surname (folded, in lower case)."""
    nation = None if surname in _COMMON else _LEADERS.get(surname)
    return Party(span=span, keys=frozenset((nation,)), sort=PartySort.LEADER) if nation else None


def same_party(first: Party, second: Party) -> bool | None:
    """Whether two parties are the same; None if they share a state but may be two different bodies of it."""
    sorts = {first.sort, second.sort}
    if PartySort.CONTINENT in sorts:
        # A state may be part of a continent but is not one.
        return first.keys == second.keys if len(sorts) == 1 else None
    if not first.keys & second.keys:
        return None if _is_people_adjective(first, second) or _is_people_adjective(second, first) else False
    if PartySort.LEADER in sorts or (PartySort.BANK in sorts and len(sorts) > 1) or sorts == {PartySort.BODY}:
        return None
    return True


def _is_people_adjective(first: Party, second: Party) -> bool:
    """Whether only the first party is a nationality, which may describe something else: "a Russian newspaper"."""
    return first.sort is PartySort.PEOPLE and second.sort is not PartySort.PEOPLE
