"""Names in a text: runs of capitalised words, and whether two of them are the same person, place or body.

Two names are the same, different, or not compared: a similar spelling, a short form or a description may be the same.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from claims.extraction.text.predications import name_starts
from claims.lexicon.clauses import word_set
from claims.lexicon.evidence import SPELLINGS, STOPWORDS
from claims.lexicon.people import FIRST_NAMES, PERSONAL_TITLES, ROLE_WORDS
from claims.lexicon.quantities import MONTHS, WEEKDAYS
from claims.lexicon.states import GOVERNING, REGIONS
from claims.records import Span
from claims.verification.forms.parties import Party, PartySort, leader, parties, same_party
from claims.verification.forms.spellings import nickname, sounded, spelt_alike
from claims.verification.words import content, folded, opposed, plain, remembered, stem

_RUN = re.compile(
    r"(?<![\w@#])(?:(?:Mr|Mrs|Ms|Dr|St|Sen|Rep|Gen|Gov|Col|Lt|[A-Z])\.(?=\s)|(?:[A-Z]\.){2,}|[A-Z][\w'-]*)(?:\s(?:(?:of|de|d[aiou]|d[aeo]s|del|la|le|el|von|van|bin|al|der|zu|the)\s)?(?:[A-Z][\w'-]*|[A-Z]\.))*"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A name in a text: as written, its span, and its distinctive words in normalized form without titles.

    ``party`` is the state, union or central bank that the whole name refers to.
    """

    text: str
    span: Span
    parts: tuple[str, ...]
    party: Party | None = None


# Titles and offices beside a name; "s" is a possessive's.
_BESIDE = ROLE_WORDS | PERSONAL_TITLES | STOPWORDS | GOVERNING | {"s"}
_REGIONS = frozenset(map(folded, REGIONS))
# Two words or more in capitals alone stand in a heading or a dateline ("ROSTER TORONTO"), where names run together.
_HEADING = re.compile(r"[A-Z]{3,}(?:[\s-]+[A-Z]{3,})+")


@remembered
def names(text: str) -> list[Name]:
    """Every name of ``text`` in order.

    The first word of a sentence counts only as part of a longer name, or if it is not an ordinary word.
    """
    flat = folded(plain(text))
    known_parties = parties(text)
    result: list[Name] = []
    for match in _RUN.finditer(flat):
        span = _without_start(flat, match)
        if span is None:
            continue
        span = _without_place(flat, span)
        run, party = flat[span[0] : span[1]], _party(flat, span, known_parties)
        if party is None and _opens(flat, span) and _ordinary(run, flat[span[1] :]):
            continue
        parts = _name_parts(run)
        if parts and not _HEADING.fullmatch(run):
            result.append(Name(text=text[span[0] : span[1]], span=span, parts=parts, party=party))
    return result


def _without_place(text: str, span: Span) -> Span:
    """The span of a person's name without "of" and what follows: "Helen Marsden" of "Leeds University"."""
    run = text[span[0] : span[1]]
    head, of, _ = run.partition(" of ")
    tokens = _name_tokens(head)
    return (span[0], span[0] + len(head)) if of and len(tokens) > 1 and tokens[0] in FIRST_NAMES else span


def _party(text: str, span: Span, known: Sequence[Party]) -> Party | None:
    """The party that a run of capitalised words refers to; None if it has other significant words."""
    for party in known:
        if party.span[1] <= span[0] or party.span[0] >= span[1]:
            continue
        left = text[span[0] : max(span[0], party.span[0])] + " " + text[party.span[1] : span[1]]
        if not [word for word in re.findall(r"[\w-]+", left.lower()) if word not in _BESIDE]:
            return party
    last = re.search(r"([\w-]+)(?:'s?)?$", text[span[0] : span[1]])
    others = re.findall(r"[\w-]+", text[span[0] : span[0] + (last.start() if last else 0)].lower())
    return leader(last[1].lower(), span) if last and all(word in _BESIDE for word in others) else None


def _opens(text: str, span: Span) -> bool:
    """Whether the run begins a sentence, so that its capital letter is not significant."""
    return bool(re.search(r"(?:^|[.!?…:]\s+|[\"(\n]\s*)$", text[max(0, span[0] - 4) : span[0]]))


def _ordinary(run: str, after: str) -> bool:
    """Whether a single opening word looks like a common noun or verb form: plural, -ing, "of" after it."""
    if " " in run or not run.isalpha() or run.isupper():
        return False
    plural = run.endswith("s") and not run.endswith(("ss", "us", "is", "as", "os"))
    formed = run.lower().endswith(("ing", "ed", "ly", "tion", "ment", "ness", "ance", "ence", "ity", "ship", "age"))
    return plural or formed or run.lower() in ROLE_WORDS or bool(re.match(r"\s(?:of|who|that)\b", after))


def _without_start(text: str, match: re.Match[str]) -> Span | None:
    """The span without a leading ordinary word that is capitalised only because a sentence begins."""
    start, end = match.span()
    while start < end:
        first = re.match(r"[\w'.-]+", text[start:end])
        if first is None:
            return None
        low = first.group().lower().removesuffix("'s")
        rest = text[start + first.end() : end].lstrip()
        acronym = len(low) > 1 and first.group().isupper()
        ordinary = (
            not acronym
            and (low in STOPWORDS or low.split("'")[0] in STOPWORDS or low in _SENTENCE_WORDS)
            and not (low in _ALSO_NAMES and rest[:1].isupper())
        )
        if low in MONTHS or low in WEEKDAYS or ordinary:
            start += first.end()
            start += len(text[start:end]) - len(text[start:end].lstrip())
            continue
        break
    return (start, end) if start < end else None


# "New York" is one name, "New figures" is none.
_ALSO_NAMES = frozenset(("new", "old", "united", "three", "seven"))
_SENTENCE_WORDS = word_set("""
    however meanwhile although despite according earlier later yesterday today tonight tomorrow last next
    many some several most both other another any every each no not never only even still yet also since
    officials people police prices sales shares thousands hundreds dozens millions experts critics voters
    residents protesters rescuers workers scientists researchers nearly almost about around roughly
    approximately more less fewer at one two three four five six seven eight nine ten eleven twelve twenty
    thirty forty fifty half inflation unemployment exports imports temperatures rainfall attendance
    revenue profit production output turnout asked speaking addressing following during under over prior
    recent new old yes i we the a an he she they it his her their its that this these those there here
    when where while what who why how if as in on for from by with to and but or so because after before
    until unless let please well of doctors firefighters forecasters analysts engineers investigators
    students teachers farmers passengers ministers leaders lawmakers demonstrators
""")


def _name_parts(name: str) -> tuple[str, ...]:
    # One spelling for a country and its people: Europe and European are the same name.
    return tuple(stem(SPELLINGS.get(token, token)) for token in _name_tokens(name))


def _name_tokens(name: str) -> list[str]:
    """The words of a name in lower case, without titles and offices unless nothing else is left."""
    tokens = [token.strip(".'").lower() for token in re.split(r"[\s-]+", name.removesuffix("'s").removesuffix("'"))]
    tokens_left = [
        token for token in tokens if token and (token not in PERSONAL_TITLES | STOPWORDS or tokens == [token])
    ]
    return [token for token in tokens_left if token not in ROLE_WORDS] or tokens_left


def same(first: Name, second: Name) -> bool:
    """Whether two names can be the same; a state and an unknown name are not taken to be the same."""
    verdict = alike(first, second)
    return verdict is True or (verdict is None and (first.party is None) == (second.party is None))


def is_name(text: str, span: Span) -> bool:
    """Whether a word that opens a sentence, where every word has a capital, is a name; any other is taken for one."""
    opens = re.search(r"(?:^|[.!?:]\s|[\"“(\n])\s*$", text[: span[0]]) is not None
    alone = " " not in text[span[0] : span[1]]
    return not (opens and alone) or span[0] in name_starts(text)


def share_neighbours(text: str, span: Span, other: str, other_span: Span) -> bool:
    """Whether one of the two words before, or after, a place in a text is also there at a place in another text."""
    before = set(content(text[: span[0]])[-2:]) & set(content(other[: other_span[0]])[-2:])
    return bool(before or set(content(text[span[1] :])[:2]) & set(content(other[other_span[1] :])[:2]))


def alike(first: Name, second: Name) -> bool | None:  # noqa: PLR0911  one return for each case
    """Whether two names are the same; None if they may be, and False only if both are understood and differ."""
    if first.party and second.party:
        equal = first.parts == second.parts or _acronym(first, second) or _acronym(second, first)
        return True if equal else same_party(first.party, second.party)
    if _is_state(first) != _is_state(second) and first.parts != second.parts:
        return True if _acronym(first, second) or _acronym(second, first) else None
    if set(first.parts) & set(second.parts):
        return _same_bearer(first, second)
    if _acronym(first, second) or _acronym(second, first):
        return True
    if _is_description(first) or _is_description(second) or (first.party is None) != (second.party is None):
        return None
    if _is_acronym_name(first) != _is_acronym_name(second):
        return None  # what an acronym stands for is not known here
    near = any(spelt_alike(ours, theirs) for ours in first.parts for theirs in second.parts)
    return None if near or nickname(first.parts[-1], second.parts[-1]) else False


def _is_state(name: Name) -> bool:
    return name.party is not None and name.party.sort is not PartySort.LEADER


def whole(name: Name) -> Span:
    """The span of a name with the nouns that make it a party: "the German government"."""
    if name.party is None:
        return name.span
    return min(name.span[0], name.party.span[0]), max(name.span[1], name.party.span[1])


def _same_bearer(name1: Name, name2: Name) -> bool | None:
    """Whether two names with a word in common are the same: "Helen Marsden" may be "Ellen", but not "Paul"."""
    ours, theirs = name1.parts, name2.parts
    if set(ours) <= set(theirs) or set(theirs) <= set(ours):
        return True
    first, second = (_name_tokens(folded(plain(name.text)))[0] for name in (name1, name2))
    if ours[-1] != theirs[-1]:
        people = first == second and first in FIRST_NAMES and len(ours) == len(theirs) == 2
        return False if people and not spelt_alike(ours[-1], theirs[-1]) else None
    if opposed(first, second):
        return False
    if spelt_alike(first, second) or nickname(first, second) or 1 in (len(first), len(second)):
        return None
    return False if first in FIRST_NAMES and second in FIRST_NAMES else None


def may_contain(first: Name, second: Name) -> bool:
    """Whether one of two names is a part of a state, in which the other may lie: "Bavaria", "Munich"."""
    known = [folded(plain(name.text)).lower().removesuffix("'s") in _REGIONS for name in (first, second)]
    return known[0] != known[1]


def namesakes(name1: Name, name2: Name) -> bool:
    """Whether two full names are of two people of one surname: "Karl Brenner", "Heinz Brenner"."""
    if name1.party or name2.party or min(len(name1.parts), len(name2.parts)) < 2 or name1.parts[-1] != name2.parts[-1]:
        return False
    first, second = (_name_tokens(folded(plain(name.text)))[0] for name in (name1, name2))
    nested = set(name1.parts) <= set(name2.parts) or set(name2.parts) <= set(name1.parts)
    return not (nested or spelt_alike(first, second) or nickname(first, second) or 1 in (len(first), len(second)))


def to_be_looked_at(first: Name, second: Name) -> bool:
    """Whether two similar names that may be the same are not transliterations of one name: "Helen", "Ellen"."""
    if alike(first, second) is not None or first.party or second.party:
        return False
    ours, theirs = _name_tokens(folded(plain(first.text))), _name_tokens(folded(plain(second.text)))
    close = [(a, b) for a in ours for b in theirs if a != b and spelt_alike(a, b) and sounded(a) != sounded(b)]
    return bool(close) and not any(nickname(a, b) for a, b in close)


def _is_description(name: Name) -> bool:
    """Whether a name is no more than an office: "the Prime Minister", "the Company"."""
    return all(token in ROLE_WORDS or token in GOVERNING for token in _name_tokens(folded(plain(name.text))))


def _is_acronym_name(name: Name) -> bool:
    letters = name.text.replace(".", "")
    return letters.isupper() and 1 < len(letters) <= _LONGEST_ACRONYM


_LONGEST_ACRONYM = 8
_SMALL = re.compile(r"\b(?:of|the|and|for|de|des|du|la|le|et|y|und)\b", re.I)


def _acronym(short: Name, long: Name) -> bool:
    letters = folded(short.text).replace(".", "").removesuffix("'s")
    if " " in letters or len(letters) < 2 or sum(letter.isupper() for letter in letters) < 2:
        return False
    return letters.upper() in initials(long)


def initials(name: Name) -> frozenset[str]:
    """The acronyms that a name may have, with and without its small words; none for a name of one word."""
    every = [word[0] for word in re.split(r"[\s-]+", folded(plain(name.text))) if word]
    telling = [word[0] for word in re.split(r"[\s-]+", _SMALL.sub(" ", folded(plain(name.text)))) if word]
    return frozenset(("".join(every).upper(), "".join(telling).upper())) if len(telling) > 1 else frozenset()


def is_named_in(name: Name, text: str) -> bool:
    """Whether ``text`` contains the name: its last distinctive word, its party, its acronym or its full form."""
    return presence(name, text) is True


def presence(name: Name, text: str, beside: Sequence[Name] = ()) -> bool | None:
    """Whether ``text`` contains the name; None if it has a name that may be the same.

    ``beside`` are other names of the claim: a name of the text that matches one of them does not match this one.
    """
    others = [other for other in names(text) if not any(alike(claim_name, other) for claim_name in beside)]
    likenesses = {alike(name, other) for other in others}
    if name.party is not None:
        claim_parties = [claim_name.party for claim_name in beside if claim_name.party]
        free = [
            party for party in parties(text) if not any(same_party(claim_party, party) for claim_party in claim_parties)
        ]
        likenesses |= {same_party(name.party, party) for party in free}
    if True in likenesses:
        return True
    if name.party is not None and name.party.sort is not PartySort.LEADER:
        return None if None in likenesses else False
    low = {stem(token) for token in re.findall(r"[\w']+", plain(text).lower())}
    bearers = [other for other in others if name.parts and name.parts[-1] in other.parts]
    if name.parts and (name.parts[-1] in low or all(part in low for part in name.parts)) and not bearers:
        return True
    if SPELLINGS.get(name.text.lower()) in low:
        return True
    return None if None in likenesses else False


def more_than_names(claim: str, sentence: str) -> bool:
    """Whether both share a word that is no name (the same may do something else), or the claim has only names."""
    ours, theirs = (set(content(without_names(text))) for text in (claim, sentence))
    return not ours or bool(ours & theirs)


def without_names(text: str) -> str:
    """The text with a space for every name, with what belongs to it."""
    for start, end in sorted((whole(name) for name in names(text)), reverse=True):
        text = f"{text[:start]} {text[end:]}"
    return text
