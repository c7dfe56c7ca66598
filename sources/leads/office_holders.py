"""Where the words of those who hold an office are kept: members of parliaments, and presidents of the United States."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import quote_plus

from sources.leads.offices import UNKNOWN, countries, country_in, president_of, state_in, state_named, states

_NAME = r"(?:[A-Z][\w.'’-]+\s){0,3}"
_UNITED_STATES = re.compile(r"\b(?:Republicans?|Democrats?|Democratic|GOP|[RD]-[A-Z]|White House|Capitol Hill)\b")
_BRITAIN = re.compile(r"\b(?:Labour|Conservatives?|Tory|Tories|Lib Dems?|Westminster|SNP|Downing Street|Brexit)\b")

_FEDERAL = re.compile(r"\b(?:White House|(?:Trump|Biden|Obama) administration|US|U\.S\.)(?!\w)")
_AFTER = r"(?:chancellor|(?:foreign|home|health|defence|education|transport|business) secretary|prime minister)"
_MINISTERS = r"(?:Foreign|Home|Health|Defence|Education|Transport|Business) Secretary|Chancellor(?: of the Exchequer)?"
_GOV_UK = "https://www.gov.uk/search/news-and-communications?keywords={0}"
_HANSARD = "https://hansard.parliament.uk/search/Members?searchTerm={0}"
_PRESIDENCY = "https://www.presidency.ucsb.edu/advanced-search?field-keywords={0}"
# Whose speeches and statements the Presidency Project keeps: presidents, vice presidents, and those who ran for it.
_CANDIDATES = re.compile(
    r"\b(?:Al Gore|Amy Klobuchar|Andrew Yang|Barack Obama|Ben Carson|Bernie Sanders|Bobby Jindal"
    r"|Carly Fiorina|Chris Christie|Cory Booker|Dick Cheney|Donald (?:J\. )?Trump|Elizabeth Warren|George W\. Bush"
    r"|Herman Cain|Hillary (?:Rodham )?Clinton|J\.?D\.? Vance|Jeb Bush|Joe Biden|Joseph R\. Biden|John Edwards"
    r"|John Kasich|John Kerry|John McCain|Kamala Harris|Lindsey Graham|Marco Rubio|Martin O[’']Malley|Michele Bachmann"
    r"|Mike Huckabee|Mike Pence|Mitt Romney|Newt Gingrich|Nikki Haley|Paul Ryan|Pete Buttigieg|Rand Paul|Rick Perry"
    r"|Rick Santorum|Ron DeSantis|Ron Paul|Ronald Reagan|Sarah Palin|Scott Walker|Ted Cruz|Tim Kaine|Tim Walz"
    r"|Tulsi Gabbard)\b"
)
_PRESIDENTS = re.compile(
    r"Biden|Bush|Carter|Cheney|Clinton|Eisenhower|Ford|Gore|Harris|Johnson|Kennedy|Nixon|Obama|Pence|Reagan|Roosevelt"
    r"|Truman|Trump|Vance"
)
_PRESIDENT = r"President(?:-elect)? (?:[A-Z]\w+ )?(?:Trump|Biden|Obama|Bush|Clinton)"

_ADJECTIVES = "|".join(country.adjective for country in countries() if country.adjective != "American")
_STATES = "|".join(name for name, _ in states())
# Whose office is of another country, of a body ("CNN President") or, for leaders of a House, of a state.
_ELSEWHERE = re.compile(
    rf"(?:{_ADJECTIVES}|(?!US\b|GOP\b)[A-Z]{{2,}}|[A-Z]\w+['’]s) (?:\w+ )?\Z"
    # "Alibaba Group President", "Harvard University President"
    r"|(?<!\w)[A-Z][\w&.-]+ (?:Bank|Club|Co\.|College|Company|Corp\.|Corporation|Federation|Foundation|Group|Inc\."
    r"|Institute|League|Motors?|Society|Union|University) \Z"
)
_OF_STATE = re.compile(rf"(?P<state>{_STATES})(?:['’]s)? \Z")
_FORMER = re.compile(r"\b(?:[Ff]ormer|[Ee]x-)\s?(?:[\w.]+\s){0,2}\Z")
# An article that tells of the head of one of these may call her "President Ray" as well.
_OF_CLUB = re.compile(
    r"\b(?:[Pp]resident|[Cc]hair\w*) of (?:its|the|their) (?:[\w’'-]+ ){0,4}"
    r"(?i:academy|association|bank|board|club|college|company|federation|league|society|union|university)\b"
)
_OFTEN = 3  # how often an article names somebody of whose campaign it tells
_KEPT = 64  # answers for speakers of an article that are kept, since its claims ask again
_BEFORE = 30  # characters before an office in which whose it is stands


_IN_PUBLIC = re.compile(
    r"\b(?:addressing|audience|convention|crowds?|debate[ds]?|events?|rall(?:y|ies|ied)|remarks|speech(?:es)?|stage|statement"
    r"|stump\w*|supporters|town hall|victory|announc\w+|addressed|address to)\b"
)
_INTERVIEW = re.compile(
    r"\b(?:interview\w*|host|podcast|radio|Meet the Press|Face the Nation|This Week|State of the Union|Late Show"
    r"|Tonight Show|ABC|CBS|CNN|Fox|MSNBC|NBC)\b"
)
# What a minister told a broadcaster or paper is on no site of the government.
_TOLD = re.compile(r"\btold (?:the )?(?!MPs|Parliament|Commons|House)(?:[A-Z]|reporters from|a newspaper)")
_RACE = re.compile(
    r"\b(?:Senate (?:race|seat|candidate|campaign|contest)|re-?election|running for|challenger|gubernatorial)\b"
)
_CAMPAIGN = re.compile(r"\b(?:[Pp]rimary|[Pp]rimaries|caucus\w*|nomination|presidential campaign|super PACs?)\b")
# What is said in a parliament or does its work; what a member tells reporters is in no record of it.
_IN_CONGRESS = re.compile(
    r"\b(?:amendment|bills?|co-?sponsor\w*|committee|Congress|filibuster|floor|(?:an?|the) (?:\w+ )?hearing|introduced"
    r"|legislation|resolution|roll call|subcommittee|testi(?:fied|mony))\b"
)
_IN_PARLIAMENT = re.compile(
    r"\b(?:Commons|told (?:MPs|peers|Parliament|the House)|PMQs|Prime Minister[’']s Questions|in Parliament"
    r"|select committee|inform the house|asked ministers|adjournment debate|despatch box|urgent question)\b"
)
_ANYTHING = re.compile("")


class _Record(NamedTuple):
    """An office: what stands before its holder's name, what article and passage speak of, and where it leads."""

    name: str
    address: str
    before: str
    about: re.Pattern[str]
    within: re.Pattern[str] = _ANYTHING


_RECORDS = (
    _Record(
        "Congress.gov",
        "https://www.congress.gov/members?q=%7B%22search%22%3A%22{0}%22%7D",
        r"(?:Sens?\.|Reps?\.|(?:U\.S\. )?Senator|(?:U\.S\. )?Representative|Congress(?:man|woman)|House Speaker"
        r"|Senate Majority Leader|Senate Minority Leader|House Minority Leader|House Majority Leader)",
        _UNITED_STATES,
        _IN_CONGRESS,
    ),
    _Record(
        "The American Presidency Project",
        _PRESIDENCY,
        r"(?:US |U\.S\. )?President(?:-elect)?",
        re.compile(rf"\b(?:White House|Oval Office|Air Force One|{_PRESIDENT})\b"),
    ),
    _Record("US State Department", "https://www.state.gov", r"(?:US |U\.S\. )?Secretary of State", _FEDERAL),
    _Record("US Department of Justice", "https://www.justice.gov", r"(?:US |U\.S\. )?Attorney General", _FEDERAL),
    _Record(
        "US Department of Justice",
        "https://www.justice.gov/news",
        r"(?:US|U\.S\.) Attorney(?: for [A-Z][\w ]{3,40},)?",
        _FEDERAL,
    ),
    _Record("US Treasury", "https://home.treasury.gov", r"(?:US |U\.S\. )?Treasury Secretary", _FEDERAL),
    _Record("US Department of Defense", "https://www.defense.gov", r"(?:US |U\.S\. )?Defense Secretary", _FEDERAL),
    _Record("Hansard", _HANSARD, rf"(?:{_MINISTERS}|(?:Prime Minister|PM))", _BRITAIN, _IN_PARLIAMENT),
    _Record("GOV.UK", _GOV_UK, rf"(?:{_MINISTERS}|(?:Prime Minister|PM))", _BRITAIN),
    _Record(
        "Hansard",
        _HANSARD,
        r"(?:(?:Labour|Conservative|Tory|Lib Dem|SNP|DUP|Green|Plaid Cymru) )?MP(?: for [A-Z]\w+)?,?",
        _BRITAIN,
        _IN_PARLIAMENT,
    ),
)


def is_of_campaign(text: str) -> bool:
    """Whether a text is about a campaign, of which no office tells."""
    return _RACE.search(text) is not None or _CAMPAIGN.search(text) is not None


def is_of_congress(text: str) -> bool:
    """Whether a text is about the work of the Congress of the United States."""
    return _IN_CONGRESS.search(text) is not None


def record_of(speaker: str, text: str, passage: str, wide: str) -> tuple[str, str] | None:
    """The name and address of the record of what a speaker says in office, if the text names that office.

    For a member of a parliament, the passage must speak of its work; for a candidate, the wider one of a speech.
    """
    surname = speaker.rsplit(maxsplit=1)[-1]
    if not surname[:1].isupper() or not surname.isalpha():
        return None
    candidacy = _candidacy(speaker, surname, text, wide)
    if candidacy and _CAMPAIGN.search(text):
        return candidacy
    titled = next((record for record in _RECORDS if _is_held(record, surname, text, passage)), None)
    if titled and not (titled.about is _BRITAIN and _TOLD.search(passage)):
        return titled.name, titled.address.format(quote_plus(surname))
    if candidacy or re.search(rf"\b{surname}\b", _CANDIDATES.pattern):
        return candidacy
    return _governed_by(surname, text) or _headed_by(surname, text)


def _is_held(record: _Record, surname: str, text: str, passage: str) -> bool:
    """Whether the article gives an office to somebody, before the name, or for a minister of Britain behind it."""
    return record.within.search(passage) is not None and _has_office(record, surname, text)


@lru_cache(maxsize=_KEPT)
def _has_office(record: _Record, surname: str, text: str) -> bool:
    if not record.about.search(text):
        return False
    if record.address == _PRESIDENCY and not (
        _PRESIDENTS.fullmatch(surname) or re.search(rf"\bU\.?S\.? President(?:-elect)? {_NAME}{surname}\b", text)
    ):
        return False
    match = re.search(rf"(?<!\bstate )\b(?:{record.before})\s{_NAME}{surname}\b", text)
    if match and not _is_elsewhere(text, match):
        return True
    behind = rf"\b{surname}, (?:the |Britain['’]s |the UK )?{_AFTER}\b"
    return record.address == _GOV_UK and re.search(behind, text) is not None


@lru_cache(maxsize=_KEPT)
def _headed_by(surname: str, text: str) -> tuple[str, str] | None:
    """The office of the president or prime minister of another country than the United States and Britain."""
    title = re.search(rf"((?:[\w’'.-]+\s)?)\b(President|Prime Minister) {_NAME}{surname}\b(?P<of> of\b)?", text)
    if title is None or title["of"] or _FORMER.search(title[1]) or _OF_CLUB.search(text):
        return None
    before = title[1].strip()
    country = next((place for place in countries() if before == place.adjective), None)
    if country is None and (not before[:1].isupper() or before == "The"):
        country = country_in(text)
    if country is None:
        return None
    at = president_of(country.name) if title[2] == "President" else country.government
    return (f"{country.adjective} {title[2].lower()}", f"https://{at}") if at and at != UNKNOWN else None


def _candidacy(speaker: str, surname: str, text: str, passage: str) -> tuple[str, str] | None:
    """The record of what somebody who ran for president of the United States said in public, and in no interview."""
    if (
        len(re.findall(rf"\b{surname}\b", text)) < _OFTEN
        or not _IN_PUBLIC.search(passage)
        or _INTERVIEW.search(passage)
    ):
        return None
    known = {match[0] for match in _CANDIDATES.finditer(text)}
    if speaker in known or (speaker == surname and any(name.endswith(f" {surname}") for name in known)):
        return "The American Presidency Project", _PRESIDENCY.format(quote_plus(surname))
    return None


@lru_cache(maxsize=_KEPT)
def _governed_by(surname: str, text: str) -> tuple[str, str] | None:
    """The governor's site of the state whose governor somebody is: the one beside the title, or that of the text.

    What governors say in a campaign is not on it.
    """
    if is_of_campaign(text):
        return None
    titles = list(re.finditer(rf"\bGov(?:\.|ernor) {_NAME}{surname}\b(?: of (?P<state>{_STATES})\b)?", text))
    named = set()
    for title in titles:
        before = (max(0, title.start() - _BEFORE), title.start())
        if _FORMER.search(text, *before):
            return None
        beside = title if title["state"] else _OF_STATE.search(text, *before)
        if beside:
            named.add(beside["state"])
    state = state_named(named.pop()) if len(named) == 1 else state_in(text) if titles and not named else None
    return (f"{state[0]} governor", f"https://{state[1]}") if state else None


def _is_elsewhere(text: str, match: re.Match[str]) -> bool:
    """Whether an office that a text names is none of the United States or of Britain as a whole."""
    before = (max(0, match.start() - _BEFORE), match.start())
    leads_house = match[0].startswith(("House", "Senate")) and _OF_STATE.search(text, *before)
    was_once = _FORMER.search(text, *before) or (match[0].startswith("President") and "former president" in text)
    return bool(leads_house or was_once or _ELSEWHERE.search(text, *before))
