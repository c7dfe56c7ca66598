"""When a pronoun needs no name: its noun stands in the claim itself, or nothing in particular is meant."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from claims.extraction.clauses import lemma
from claims.extraction.pointers import HE, IT, PEOPLE, SHE, THEY

if TYPE_CHECKING:
    from spacy.tokens import Token


def tied(token: Token) -> int:
    """The last token that is written together with this one: of "he's" it is the second."""
    place = int(token.i)
    while not token.doc[place].whitespace_ and place + 1 < len(token.doc) and token.doc[place + 1].text[:1] in "'’":
        place += 1
    return place


def antecedent_in(token: Token, seen: Sequence[Token]) -> bool:
    """Whether the claim's own words before a pronoun hold a noun that it may well stand for."""
    roles = ("nsubj", "nsubjpass", "dobj", "pobj", "poss", "dative", "conj")
    for other in seen:
        if other.pos_ not in ("NOUN", "PROPN") or other.dep_ not in roles or other.ent_type_ in ("DATE", "TIME"):
            continue
        if token.lower_ in THEY:
            fits = other.tag_ in ("NNS", "NNPS") or other.dep_ in ("nsubj", "nsubjpass")
        elif token.lower_ in IT:
            fits = other.tag_ in ("NN", "NNP") and other.ent_type_ != "PERSON" and lemma(other) not in PEOPLE
        else:
            fits = other.ent_type_ == "PERSON" or lemma(other) in PEOPLE
        if fits:
            return True
    return False


def either(token: Token) -> bool:
    """As in "his or her": anybody is meant."""
    around = [token.doc[i].lower_ for i in range(max(token.i - 2, 0), min(token.i + 3, len(token.doc)))]
    return "or" in around and bool(HE & set(around)) and bool(SHE & set(around))


def empty(token: Token) -> bool:
    """As in "It rains", "it is likely that": nothing is meant by it."""
    if either(token):
        return True
    if token.lower_ != "it":
        return False
    head = token.head
    if token.dep_ == "expl" or lemma(head) in ("rain", "snow", "hail"):
        return True
    empty = lemma(head) in ("be", "seem", "appear", "turn", "take")
    return empty and any(kid.dep_ in ("ccomp", "xcomp", "acomp", "advcl", "attr") for kid in head.children)
