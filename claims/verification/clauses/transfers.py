"""Finds that a thing goes the other way in a source: who lends, sells or gives it is there who gets it.

"The gallery lent the vase to the museum" and "the vase in the museum is on loan from the gallery" share few verbs, and
no roles: the direction is in the verb ("borrow"), in the preposition ("to", "from") or in a noun ("a gift from").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from claims.extraction.text.predications import Phrase, Predication, predications
from claims.lexicon.evidence import TRANSFERS
from claims.verification.evidence.sentences import sentence_texts
from claims.verification.forms.deeds import asserted_clauses
from claims.verification.words import content, stem

# The kind of transfer of each verb whose subject gives, of each whose subject gets, and of each noun.
_GIVING, _TAKING, _GIVEN = (
    {form(word): row[2].split()[0] for row in TRANSFERS for word in row[place].split()}
    for place, form in ((0, stem), (1, stem), (2, str))
)
TURNED = "the source has it go the other way round (from whom to whom)"
# "On loan from the Bellamy, which has owned it": the name ends where the next clause begins.
_NOUN = re.compile(rf"\b(?P<noun>{'|'.join(_GIVEN)})s?\s(?P<way>from|to|by)\s(?P<party>[^,;:.()\"]+)", re.I)
# A party may have so many words.
_LONGEST = 6


@dataclass(frozen=True, slots=True)
class _Transfer:
    """A kind of transfer ("lend", "sell", "give"), and who gives, who gets and what goes, as stems; empty if not told.

    ``noun`` is true where a noun tells it, which names one party only ("on loan from").
    """

    kind: str
    giver: frozenset[str]
    getter: frozenset[str]
    thing: frozenset[str] = frozenset()
    noun: bool = False


def gone_other_way(claim: str, passage: str) -> str:
    """That what a claim has one party give to another goes the other way, in words for an editor; else empty.

    Empty also where some sentence has it go as in the claim, or where the claim has no such deed.
    """
    [claimed] = predications([claim])
    ours = list(_transfers(asserted_clauses(claimed), claim))
    if not ours:
        return ""
    texts = sentence_texts(passage)
    theirs = [
        transfer
        for text, clauses in zip(texts, predications(texts), strict=True)
        for transfer in _transfers(clauses, text)
    ]
    pairs = [(our, their) for our in ours for their in theirs if our.kind == their.kind]
    straight = any(_may_be_one(our.giver, their.giver) or _may_be_one(our.getter, their.getter) for our, their in pairs)
    return TURNED if not straight and any(_goes_back(*pair, set(content(claim))) for pair in pairs) else ""


def _goes_back(our: _Transfer, their: _Transfer, named: set[str]) -> bool:
    """Whether the same thing goes the other way between the same two; a noun names one of them only.

    Who sold a house has once bought it, of somebody else, and who lends a vase may borrow paintings. ``named`` are the
    claim's words, among them those of a party that is not told by a preposition ("lent Dantec money").
    """
    if our.thing and their.thing and not our.thing & their.thing:
        return False
    ends = [(our.giver, their.getter), (our.getter, their.giver)]
    if their.noun:
        return any(_may_be_one(*end) for end in ends)
    return all(_may_be_one(ours, theirs) if ours else theirs and theirs <= named for ours, theirs in ends)


def _may_be_one(first: frozenset[str], second: frozenset[str]) -> bool:
    """Whether two parties may be one: the words of one are among those of the other."""
    return bool(first and second) and (first <= second or second <= first)


def _transfers(clauses: Sequence[Predication], text: str) -> Iterator[_Transfer]:
    for clause in clauses:
        verb = stem(clause.predicate.split()[0])
        if clause.negated or clause.agent is None:
            continue
        thing = frozenset(content(clause.patient.head)) if clause.patient is not None else frozenset()
        if kind := _GIVING.get(verb):
            yield _Transfer(kind, _party_words(clause.agent), _other_party_words(clause, "to"), thing)
        elif kind := _TAKING.get(verb):
            giver = _other_party_words(clause, "from") or _other_party_words(clause, "of")
            yield _Transfer(kind, giver, _party_words(clause.agent), thing)
    for match in _NOUN.finditer(text):
        party, none = frozenset(content(" ".join(match["party"].split()[:_LONGEST]))), frozenset[str]()
        thing = frozenset(content(text[: match.start()]))
        giver, getter = (none, party) if match["way"].lower() == "to" else (party, none)
        yield _Transfer(_GIVEN[match["noun"].lower()], giver, getter, thing, noun=True)


def _other_party_words(clause: Predication, case: str) -> frozenset[str]:
    return next((_party_words(noun) for preposition, noun in clause.beside if preposition == case), frozenset())


def _party_words(phrase: Phrase) -> frozenset[str]:
    """The stems of whom a phrase names, without what completes it: "the Bellamy, which has owned it"."""
    return frozenset(content(re.split(r"[,;:(]", phrase.text)[0]))
