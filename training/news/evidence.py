"""Changed pages: the claim stays, and what the evidence says about it is removed or made vague.

Only the unchanged page supports the claim. For every changed page there is also the pair of the claim and the unchanged
page; pages that were made vague also support an equally vague claim.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence

from claims.glossary import with_capital
from claims.lexicon.people import FIRST_NAMES
from training.made import NOT_SUPPORTED, SUPPORTED, Made
from training.news.details import Detail, details_of
from training.news.sentences import VERB_FORM, claim_from, evidence_with

_PEOPLE = (
    "one person", "somebody", "a man", "a woman", "one of them", "another person", "one of those involved",
)  # fmt: skip
_POLITICIANS = (
    "a politician",
    "a political figure",
    "an official",
    "a senior figure",
    "a member of parliament",
    "a spokesperson",
)
_POLITICS = re.compile(
    r"\b(?:minister|president|party|election|government|senator|MPs?|vote|parliament|council|White House|bill)\b", re.I
)
_BODIES = (
    "an organisation",
    "one organisation",
    "a body",
    "one of the organisations",
    "another organisation",
    "one of the parties",
)
_SUBJECT = re.compile(
    r"^(?P<name>[A-Z][\w'’-]*[a-z](?: [A-Z][\w'’-]*[a-z])+)(?P<age>, \d\d,)? (?=(?:has|had|is|was|will|said|says|told|"
    r"would|could|won|made|took|became|added|died|joined|played|[a-z]+ed)\b)"
)
_ORGANISATION = re.compile(
    r"\b(?:University|Council|Inc|Ltd|Association|Party|Group|Bank|Company|Corporation|Institute|Agency|Police"
    r"|United|City|FC|Trust)$"
)
_PREPOSITIONAL = re.compile(
    r",? (?P<phrase>(?:because of|due to|in|at|after|during|near|until|since|outside|by|on) (?:[\w£$€%'’.-]+ "
    r"){0,5}?[\w£$€%'’-]+)(?=,(?! [A-Z])|\.| (?:but|which|who|after|before|because)\b)"
)
_WORD = re.compile(r"[\w'’]+")


def without_sentence(page: Sequence[str], place: int, source: str, chance: random.Random) -> Iterator[Made]:
    """The page with and without the sentence that supports the claim."""
    claim = claim_from(page[place], chance)
    evidence = evidence_with(page, [place], chance)
    rest = evidence.replace(page[place], "").replace("  ", " ").strip()
    if not claim or len(rest.split()) < 12 or evidence.count(page[place]) != 1:
        return
    telling = {word for word in _WORD.findall(claim)[1:] if word[0].isupper() or word[0].isdigit() or len(word) > 6}
    if len(telling) < 3 or sum(word in rest for word in telling) > len(telling) * 0.5:
        return
    yield evidence, claim, SUPPORTED, source
    yield rest, claim, NOT_SUPPORTED, source


def without_actor(page: Sequence[str], place: int, source: str, chance: random.Random) -> Iterator[Made]:
    """The page with the name of the actor, and with "an official" instead."""
    subject = _SUBJECT.match(page[place])
    claim = claim_from(page[place], chance) if subject else None
    if not claim or not subject or not claim.startswith(subject["name"]):
        return
    vague = _vague(subject["name"], page[place], chance)
    if not vague:
        return
    evidence = evidence_with(page, [place], chance)
    start = evidence.find(page[place])
    after = evidence[start + len(page[place]) :]
    if start < 0 or subject["name"].split()[-1] in after or subject["name"].split()[-1] in page[place][subject.end() :]:
        return
    if re.match(r" (?:He|She|It|They|His|Her|\"|“)", after) or re.search(r"\b(?:himself|herself)\b", page[place]):
        return
    hidden = page[place].replace(subject["name"] + (subject["age"] or ""), with_capital(vague), 1)
    yield evidence, claim, SUPPORTED, source
    yield evidence.replace(page[place], hidden), claim, NOT_SUPPORTED, source
    if chance.random() < 0.5:
        bare = claim.replace(subject["name"] + (subject["age"] or ""), with_capital(vague), 1)
        yield evidence.replace(page[place], hidden), bare, SUPPORTED, source


def _vague(name: str, sentence: str, chance: random.Random) -> str:
    if _ORGANISATION.search(name):
        return chance.choice(_BODIES)
    first = name.split(maxsplit=1)[0].lower()
    if first not in FIRST_NAMES:
        return ""
    if _POLITICS.search(sentence):
        return chance.choice(_POLITICIANS)
    wrong = "a woman" if FIRST_NAMES[first] == "m" else "a man"
    return chance.choice([phrase for phrase in _PEOPLE if phrase != wrong])


def without_detail(page: Sequence[str], place: int, source: str, chance: random.Random) -> Iterator[Made]:
    """The page with and without the phrase that says when, where, why or with whom."""
    claim = claim_from(page[place], chance) if _PREPOSITIONAL.search(page[place]) else None
    if not claim:
        return
    phrases = [
        phrase for phrase in _PREPOSITIONAL.finditer(page[place]) if phrase["phrase"] in claim and _is_adjunct(phrase)
    ]
    if not phrases:
        return
    phrase = chance.choice(phrases)
    evidence = evidence_with(page, [place], chance)
    bare = page[place].replace(phrase.group(), "", 1)
    rest = evidence.replace(page[place], bare)
    heads = [
        word for word in _WORD.findall(phrase["phrase"])[1:] if word[0].isupper() or word[0].isdigit() or len(word) > 4
    ]
    if not heads or any(re.search(rf"\b{re.escape(word[:6])}", rest) for word in heads) or rest == evidence:
        return
    yield evidence, claim, SUPPORTED, source
    yield rest, claim, NOT_SUPPORTED, source
    shorter = claim.replace(phrase.group(), "", 1)
    if chance.random() < 0.5 and shorter != claim:
        yield rest, shorter, SUPPORTED, source


def _is_adjunct(match: re.Match[str]) -> bool:
    """Whether the sentence is whole without the phrase."""
    before = match.string[: match.start()].split()
    if VERB_FORM.search(match["phrase"]) or re.search(r"\bto\b|\w+ed\b", match["phrase"]):
        return False
    telling = re.search(r"[A-Z\d]|(?:because of|due to)", match["phrase"][1:])
    incomplete = {
        "is",
        "was",
        "are",
        "were",
        "be",
        "been",
        "and",
        "of",
        "to",
        "the",
        "lives",
        "lived",
        "born",
        "based",
        "put",
        "along",
        "place",
        "interest",
    }
    return bool(telling) and len(before) > 5 and before[-1] not in incomplete and not before[-1].endswith("ing")


def vaguer_figures(page: Sequence[str], place: int, source: str, chance: random.Random) -> Iterator[Made]:
    """The page with the figure, and with "several" or "a number of" instead."""
    claim = claim_from(page[place], chance) if any(letter.isdigit() for letter in page[place]) else None
    figures = [figure for figure in details_of(claim or "") if figure.sort.startswith("quantity")]
    figures = [figure for figure in figures if page[place].count(figure.text) == 1]
    if not claim or not figures:
        return
    figure: Detail = chance.choice(figures)
    evidence = evidence_with(page, [place], chance)
    if len(re.findall(rf"\b{re.escape(figure.text)}\b", evidence)) != 1 or re.search(
        r"\b(?:the|than|least|about|over|nearly|almost|around|some|every|to|under|only|up to|of|just|last|first"
        r"|these|those|further|another|an?) $|[^ ]$",
        claim[: figure.start],
    ):
        return
    vague = chance.choice(("several", "a number of", "some", "many", "various"))
    hidden = page[place].replace(figure.text, vague, 1)
    yield evidence, claim, SUPPORTED, source
    yield evidence.replace(page[place], with_capital(hidden)), claim, NOT_SUPPORTED, source
    if chance.random() < 0.5:
        yield (
            evidence.replace(page[place], with_capital(hidden)),
            with_capital(claim.replace(figure.text, vague, 1)),
            SUPPORTED,
            source,
        )
