"""States as parties, and nationalities: "Moscow" is "the Kremlin" and "the Russian government", and not "Kyiv"."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from claims.lexicon.clauses import word_set
from claims.lexicon.people import ROLES
from claims.lexicon.states import BODIES, CAPITALS, NATIONS, PEOPLES, STATE_NAMES
from claims.verification.forms.parties import Party, PartySort, parties
from training.made import NOT_SUPPORTED
from training.news.sentences import Turn

# Bodies that stand for a government as a whole; a parliament or an army does not.
_SEATS = frozenset((
    "Kremlin", "White House", "Downing Street", "Whitehall", "Elysee", "Elysee Palace", "Casa Rosada", "Blue House",
    "Planalto", "La Moneda", "Moncloa",
))  # fmt: skip
_WITH_ARTICLE = frozenset(
    ("ae", "bs", "cd", "cf", "cg", "cz", "do", "gb", "gm", "km", "mh", "mv", "nl", "ph", "sb", "us")
)
_NEWSWORTHY = sorted(word_set(
    "us gb ru ua cn de fr it es pl tr ir il iq sy eg sa in pk jp kr kp au ca br mx gr nl se za ng ke ve"
))  # fmt: skip
_UNIONS = frozenset(("eu", "un", "nato", "va", "ps"))
_SAYS = (
    r"(?:said|says|has said|announced|has announced|warned|has warned|accused|has accused|denied|denies|has "
    r"denied|rejected"
    r"|has rejected|condemned|has condemned|insisted|insists|argued|argues|agreed|has agreed|signed|imposed|has imposed"
    r"|called (?:for|on)|has called (?:for|on)|urged|has urged|pledged|has pledged|promised|has promised|threatened"
    r"|has threatened|demanded|demands|wants|refused|has refused|confirmed|has confirmed|claims|claimed"
    r"|supports|opposes"
    r"|backs|recognised|recalled|summoned|vetoed|lifted|suspended|expelled|welcomed|dismissed|responded|would not)"
)
_VERB_NEXT = re.compile(
    rf"(?P<speaks> (?:spokesman|spokeswoman|spokesperson)(?: [A-Z][\w'’-]+){{0,2}})? {_SAYS}\b(?! \d)"
)
_ANY_VERB = re.compile(rf"\b{_SAYS}\b")
_SPORT = re.compile(
    r"\b(?:match|cup|team|goals?|coach|innings|striker|wickets?|squad|players?|captain|semi-final|tournament"
    r"|defeat|medal"
    r"|champions?|championships?|league|penalty|rugby|football|cricket|Olympics?)\b",
    re.I,
)
_HEADS = (
    r"(?:president|prime minister|chancellor|foreign minister|finance minister|defence minister|interior "
    r"minister|government"
    r"|parliament|army|navy|military|authorities|ambassador|embassy|economy|constitution|capital|king|queen"
    r"|central bank"
    r"|police|armed forces|air force|foreign ministry|supreme court)"
)
_PEOPLE_HEADS = "|".join(
    sorted(role for role in ROLES if role.isalpha() and role not in ("leader", "head", "chief", "star"))
)
_FIXED = r"(?<!former )(?<!ex-)(?<!then )(?<!new )(?<!first )(?<!next )(?<!deputy )(?<!acting )(?<!late )(?<!current )"


def _by_state(table: Mapping[str, frozenset[str]]) -> dict[str, str]:
    """The first phrase of each state that means no other."""
    phrases: dict[str, str] = {}
    for phrase, keys in table.items():
        (key, *others) = keys
        known = NATIONS.get(phrase.lower().replace(" ", "-")) == key
        if not others and known and key not in _UNIONS:
            phrases.setdefault(key, phrase)
    return phrases


_NAMES, _CAPITALS, _PEOPLES = _by_state(STATE_NAMES), _by_state(CAPITALS), _by_state(PEOPLES)
_SEAT_OF = {next(iter(keys)): body for body, keys in BODIES.items() if body in _SEATS and body != "Whitehall"}
_ADJECTIVE = "|".join(
    sorted((phrase for phrase, keys in PEOPLES.items() if _PEOPLES.keys() & keys), key=len, reverse=True)
)
_NAME = "|".join(
    sorted((re.escape(phrase) for phrase, keys in STATE_NAMES.items() if _NAMES.keys() & keys), key=len, reverse=True)
)
_NATION = (
    re.compile(
        rf"\b(?P<the>[Tt]he ){_FIXED}(?P<state>{_ADJECTIVE}) (?P<head>{_HEADS})(?!['’]| (?:of|for|to)\b| [A-Z])\b"
    ),
    re.compile(
        rf"(?<![\w-])(?P<the>){_FIXED}(?:the )?(?P<state>{_NAME})['’]s (?P<head>{_HEADS})(?!['’]| (?:of|for"
        rf"|to)\b| [A-Z])\b"
    ),
    re.compile(rf"\b(?P<the>[Tt]he )(?P<head>{_HEADS}) of (?:the )?(?P<state>{_NAME})(?![\w'’]| [A-Z])"),
)
_OF_PERSON = re.compile(
    rf"\b(?P<article>[Aa]n?) (?P<state>{_ADJECTIVE}) (?P<head>{_PEOPLE_HEADS})(?![\w'’-]| [A-Za-z]+(?:er|or|man)\b)"
)
_TITLED = re.compile(
    rf"(?:(?<=^)|(?<=[a-z,] )){_FIXED}(?P<state>{_ADJECTIVE}) (?P<head>(?:[Pp]rime [Mm]inister|[Pp]resident"
    rf"|[Cc]hancellor|[Ff]oreign [Mm]inister"
    r"|[Ff]inance [Mm]inister)) (?P<name>[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,2})(?!['’])"
)


def states_on(page: Iterable[str]) -> list[str]:
    """The states that a page names."""
    return sorted(
        {key for text in page for party in parties(text) for key in party.keys if key in _NAMES and key in _PEOPLES}
    )


def speaking_parties(claim: str, chance: random.Random, *, page: Sequence[str] = ()) -> Iterator[Turn]:
    """A state that says or does something, named in another way, and another state named in that way."""
    if not _ANY_VERB.search(claim) or _SPORT.search(claim):
        return
    for party in parties(claim):
        start, end = _with_words_beside(claim, party)
        speaks = _VERB_NEXT.match(claim, end)
        key = next(iter(party.keys))
        if not speaks or len(party.keys) > 1 or not _stands_for_state(claim[start:end], party) or key not in _NAMES:
            continue
        if not re.search(r"(?:^|, |\bthat |\bbut |\band |\bwhile )$", claim[:start]):
            continue
        end = end if not speaks["speaks"] else speaks.end("speaks")
        forms, others = ways_to_name(key), ways_to_name(_other_state(key, (claim, page), chance))
        own = claim[start:end].lower()
        same = tuple(form for form in forms if form.lower() not in own)
        if same and others:
            yield Turn(
                start=start,
                end=end,
                new=chance.choice(others),
                label=NOT_SUPPORTED,
                same=same,
                both=True,
                crossed=False,
            )


def ways_to_name(key: str) -> list[str]:
    """A state as a party: its name, its capital, its government and the seat of it, as they stand in a sentence."""
    adjective = "US" if key == "us" else _PEOPLES.get(key, "")
    ways = [_state_name(key)] + ([_CAPITALS[key]] * 2 if key in _CAPITALS else [])
    if adjective:
        ways += [f"the {adjective} government", f"the government of {_state_name(key)}"]
    if key in _SEAT_OF:
        seat = _SEAT_OF[key]
        ways += [seat if seat == "Downing Street" else f"the {seat}"] * 2
    return ways


def nationalities(claim: str, chance: random.Random, *, page: Sequence[str] = ()) -> Iterator[Turn]:
    """The nationality of an office or a person put in another way, and another nationality in that way."""
    for match in (match for pattern in _NATION for match in pattern.finditer(claim)):
        key = _key(match["state"])
        forms = _offices(key, match["head"])
        other = _other_state(key, (claim, page), chance)
        same = tuple(form for form in forms if form.lower() != match.group().lower())
        yield _turn(match, chance.choice(_offices(other, match["head"])), same)
    for match in _TITLED.finditer(claim):
        key, head = _key(match["state"]), match["head"].lower()
        name, other = match["name"], _other_state(key, (claim, page), chance)
        same = (f"{_possessive(key)} {head} {name}", f"the {head} of {_state_name(key)} {name}")
        new = (f"{_PEOPLES[other]} {match['head']} {name}", f"{_possessive(other)} {head} {name}")
        yield _turn(match, chance.choice(new), same[:1])
    for match in _OF_PERSON.finditer(claim):
        key, head = _key(match["state"]), match["head"]
        other = _other_state(key, (claim, page), chance)
        article = "an" if head[0] in "aeio" else "a"
        before = "an" if _PEOPLES[other][0] in "AEIO" else "a"
        new = (f"{article} {head} from {_state_name(other)}", f"{before} {_PEOPLES[other]} {head}")
        yield _turn(match, chance.choice(new), (f"{article} {head} from {_state_name(key)}",))


def _turn(match: re.Match[str], new: str, same: tuple[str, ...]) -> Turn:
    return Turn(start=match.start(), end=match.end(), new=new, label=NOT_SUPPORTED, same=same, crossed=False)


def _offices(key: str, head: str) -> list[str]:
    plural = "the" if head else ""
    return [f"{plural} {_PEOPLES[key]} {head}", f"{_possessive(key)} {head}", f"the {head} of {_state_name(key)}"]


def _possessive(key: str) -> str:
    name = _state_name(key)
    return name + ("'" if name.endswith("s") else "'s")


def _state_name(key: str) -> str:
    name = "US" if key == "us" else "UK" if key == "gb" else _NAMES[key]
    return f"the {name}" if key in _WITH_ARTICLE else name


def _key(phrase: str) -> str:
    (key,) = PEOPLES.get(phrase) or STATE_NAMES[phrase]
    return key


def _other_state(key: str, claim_and_page: tuple[str, Sequence[str]], chance: random.Random) -> str:
    """Another state: half of the time one that the claim or its page names."""
    claim, page = claim_and_page
    others = [other for other in (*states_on([claim]), *page) if other != key]
    if others and chance.random() < 0.6:
        return chance.choice(others)
    return chance.choice([other for other in _NEWSWORTHY if other not in others and other != key and other in _PEOPLES])


def _stands_for_state(phrase: str, party: Party) -> bool:
    if party.sort in (PartySort.STATE, PartySort.CAPITAL):
        return True
    words = phrase.lower().removeprefix("the ")
    seats = {seat.lower() for seat in _SEATS}
    return party.sort is PartySort.BODY and (words in seats or words.endswith((" government", " administration")))


def _with_words_beside(claim: str, party: Party) -> tuple[int, int]:
    start, end = party.span
    article = re.search(r"\b(?:[Tt]he|[Aa]n?) $", claim[:start])
    return (article.start() if article else start), end
