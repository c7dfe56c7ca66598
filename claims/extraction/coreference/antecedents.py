"""What a pronoun may go back to: the candidates of `referents.py`, and the questions of grammar that rank them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from claims.extraction.text.document import Sentence, char_span
from claims.extraction.text.syntax import lemma
from claims.lexicon.people import ROLES
from claims.lexicon.pointers import CALLED, HE, IT, PEOPLE, PUBLIC, SHE, THEY

if TYPE_CHECKING:
    from spacy.tokens import Token

# "it" often means nothing in particular, and "they" is seldom a company: only a subject of this or the last
# sentence will do.
_LEAST = 3.0
SUBJECTS = ("nsubj", "nsubjpass")
# A singular noun is remembered as a subject only; "they" also goes back to objects.
_HELD = (frozenset(SUBJECTS), frozenset({*SUBJECTS, "dobj"}))
# People are remembered wherever they stand: "there was no sign of the girl".
_PEOPLE_HELD = ("dobj", "pobj", "poss", "dative", "nsubjpass", "appos")


@dataclass(frozen=True, slots=True, kw_only=True)
class Antecedent:
    """``kind`` is person(s), place, group, thing(s), or "name" for a name that may be any of the first three."""

    name: str
    kind: str
    gender: str | None
    sentence: int
    subject: bool
    inner: bool
    quoted: bool
    named: bool
    token: Token

    @property
    def key(self) -> str:
        """What two names of one figure share: people are known by their last names."""
        return last_word(self.name) if self.kind in ("person", "name") else self.name


def names(token: Token) -> bool:
    """As in "It was his first win": what is named so is an event as often as a thing."""
    return token.dep_ in SUBJECTS and lemma(token.head) == "be" and any(k.dep_ == "attr" for k in token.head.children)


def kinds(token: Token) -> tuple[str, ...]:
    """The kinds of candidate that a pronoun may mean."""
    if token.lower_ in HE | SHE:
        return ("person",)
    if token.lower_ in THEY:
        return ("group", "persons") if token.dep_ == "poss" else ("group", "things", "persons")
    return ("group", "place", "thing")


def score(token: Token, sentence: Sentence, one: Antecedent) -> float:
    """How well a candidate fits by nearness, by being the subject and by its place."""
    distance = sentence.index - one.sentence
    score = 3.0 - distance + (1.0 if one.subject else 0.0) - (0.5 if one.inner else 0.0)
    if distance == 0 and one.subject and token.dep_ in (*SUBJECTS, "poss"):
        score += 0.5
    return score


def held(token: Token) -> bool:
    """Whether a common noun is remembered."""
    one = token.tag_ == "NN" and human(token)
    return token.dep_ in _HELD[token.tag_ == "NNS"] or (one and token.dep_ in _PEOPLE_HELD)


def human(token: Token) -> bool:
    """Whether a common noun is a person."""
    return lemma(token) in PEOPLE or lemma(token) in ROLES


def apposed(token: Token) -> bool:
    """As in "the mayor of Lund, Eva Dahl": the name is what is remembered."""
    return any(kid.dep_ == "appos" and kid.pos_ == "PROPN" for kid in token.children)


def last_word(name: str) -> str:
    """A name's last word, by which people are known."""
    return name.rsplit(maxsplit=1)[-1]


def may_be_called(noun: str, name: str) -> bool:
    """Whether a body of this name may be "the company" or "the university"."""
    words = set(name.lower().split())
    called = CALLED.get(noun)
    return bool(words & set(called)) if called else not words & PUBLIC


def small(words: str, first: Token) -> str:
    """Words without the capital of a sentence's start."""
    return words if first.pos_ == "PROPN" else words[:1].lower() + words[1:]


def is_subject(token: Token) -> bool:
    """Whether a noun, or what it is joined to or stands beside, is a subject."""
    while token.dep_ in ("conj", "appos") and token.head.pos_ in ("NOUN", "PROPN", "PRON"):
        token = token.head
    return token.dep_ in SUBJECTS


def same(name: str, other: str) -> bool:
    """Whether two names end alike."""
    return name.split()[-1:] == other.split()[-1:]


def one_name(one: str, other: str) -> bool:
    """Whether two names are one, or the end of the other: "Donald Trump", later "Trump"."""
    return one == other or one.endswith(f" {other}") or other.endswith(f" {one}")


def is_definite(token: Token) -> bool:
    """Whether nothing but an article stands before a noun."""
    kids = [kid for kid in token.children if kid.dep_ != "case"]
    return len(kids) == 1 and kids[0].lower_ in ("the", "that", "this")


def top(token: Token, end: int) -> Token:
    """The head of the name that begins with ``token`` and ends before the offset ``end``."""
    while (
        token.dep_ in ("compound", "amod", "nmod", "det") and token.i < token.head.i and char_span(token.head)[1] <= end
    ):
        token = token.head
    return token


def clause(token: Token) -> Token:
    """The verb of a word's clause."""
    while token.head.i != token.i and token.pos_ not in ("VERB", "AUX"):
        token = token.head
    return token


def doubtful(token: Token, best: Antecedent, found: float, others: Iterable[Antecedent]) -> bool:
    """Whether the best candidate is too weak to be named all the same."""
    if not best.subject and (best.kind in ("things", "persons") or (not best.named and any(o.named for o in others))):
        return True
    weak = found < _LEAST
    if token.lower_ in IT:
        return weak or names(token)
    return token.lower_ in THEY and best.kind == "group" and weak
