"""Appositions that identify a person: "Maria Lopez, the mayor of Leeds", "national security adviser Mike Waltz"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from claims.extraction.splitting.borrowing import before
from claims.extraction.text.syntax import is_plural, lemma, phrase
from claims.lexicon.people import OCCUPATIONS, ONE_OF_MANY

if TYPE_CHECKING:
    from spacy.tokens import Token


# Prepositions that say of what, for whom or where somebody has an office.
_OF_OFFICE = frozenset({"of", "for", "at", "in", "to", "with", "from"})
# What stands before a verb, and not before an adjective that looks like one ("a convicted killer").
_BEFORE_VERBS = frozenset({"AUX", "NOUN", "PROPN", "PRON", "ADV", "PART"})
_HONOURS = frozenset({"Mr", "Mrs", "Ms", "Dr", "Rep", "Sen", "Gov", "Gen", "Lt", "Col", "Sir", "Lord", "Prof"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Apposition:
    """``named`` are the words of the name with head ``name``; ``role`` heads what is said of it in ``words``."""

    name: Token
    named: tuple[Token, ...]
    role: Token
    words: tuple[Token, ...] = ()


def titled(name: Token) -> Apposition | None:
    """The role noun in front of a name: "national security adviser Mike Waltz", with or without a comma."""
    if name.ent_type_ != "PERSON" or name.ent_iob_ != "B" or name.i == 0:
        return None
    doc = name.doc
    name_tokens = [name]
    while name_tokens[-1].i + 1 < len(doc) and doc[name_tokens[-1].i + 1].ent_iob_ == "I":
        name_tokens.append(doc[name_tokens[-1].i + 1])
    first = name.i
    while first > 0 and doc[first - 1].text.rstrip(".") in _HONOURS:
        first -= 1
    role = doc[first - 1] if first > 0 and doc[first - 1].text != "," else doc[first - 2] if first > 1 else None
    if (
        role is None
        or role.text != role.lower_
        or lemma(role) not in OCCUPATIONS
        or role.tag_ != "NN"
        or len(name_tokens) < 2
    ):
        return None
    words = [role]
    while words[0].i > 0 and _describes(doc[words[0].i - 1]):
        words.insert(0, doc[words[0].i - 1])
    if words[0].i > 0 and doc[words[0].i - 1].lower_ in ("the", "a", "an"):
        words.insert(0, doc[words[0].i - 1])
    if doc[first - 1].text == "," and _is_apart(role, words[0], [*doc[first : name.i], *name_tokens]):
        return None
    owned = words[0].i > 0 and words[0].nbor(-1).tag_ == "PRP$"
    if len(words) < 2 or owned or _is_coordinated(words[0]) or _is_only_called(words):
        # "His business partner Scott Borchetta": whose, only its sentence tells.
        return None
    if words[0].sent.start != role.sent.start or [word.lower_ for word in words[:-1]] == ["the"]:
        return None
    bare = [token for token in name_tokens if token.text not in ("'s", "’s", "'", "’")]
    return Apposition(name=name, named=tuple(bare), role=role, words=tuple(words))


def _is_apart(role: Token, first: Token, named: list[Token]) -> bool:
    """As in "Before she became a judge, Noor Rahimi worked": role and name are in two clauses.

    A title without an article ("on the heels of national security adviser, Rep. Mike Waltz, saying") belongs to the
    name, whatever the parser says.
    """
    beside = role.head in named or any(word.head.i == role.i for word in named)
    return not beside and (first.tag_ == "DT" or role.dep_ in ("attr", "oprd"))


def _is_only_called(words: list[Token]) -> bool:
    """As in "its then minister Max Gill", "the so-called doctor Piet Maas": not that he is one."""
    near = [*words[0].doc[max(words[0].i - 1, 0) : words[0].i], *words]
    return any(word.lower_ in _NO_LONGER for word in near)


def _is_coordinated(first: Token) -> bool:
    """As in "science fiction and fantasy author Ann Lee": the words are a piece of a longer description.

    "Hill and police chief Ann Lee" are two people; behind a verb or a sign another clause begins.
    """
    joint = first.nbor(-1) if first.i > first.sent.start else first
    if joint.tag_ != "CC" or joint.i == first.sent.start:
        return False
    before_joint = joint.nbor(-1)
    return _describes(before_joint) and before_joint.ent_type_ != "PERSON"


# Words before a title of which there is one, or of which the article does not say that there are more.
_UNIQUE = frozenset({"chief", "first", "only", "then", "acting", "incoming", "outgoing", "current", "top", "lead"})
_PAST = frozenset({"former", "retired"})
_NO_LONGER = frozenset({"then", "called", "styled", "alleged", "would", "wannabe", "fake"})
# The sound that a word begins with: "a university", "a US aide", "an hour", "an FBI agent", "a NATO aide".
_CONSONANT = re.compile(r"(?:uni(?![dmn])|us[aeu]|ut[ei]|u\.?[sk]\b|u[gkr][aeiou]|eu|ew|one\b|once\b)", re.IGNORECASE)
_VOWEL = re.compile(r"[aeiou]|hour|honou?r|honest|heir|8|1[18]\b", re.IGNORECASE)
_SPELLED = re.compile(r"[AEFHILMNORSX](?:[A-Z]{0,2}|[B-DF-HJ-NP-TV-Z]+)\b")


def indefinite_article(described: Apposition) -> str:
    """The word "a" or "an" before what is said of a name, if it needs one: "is a teacher", "is prime minister"."""
    many = lemma(described.role) in ONE_OF_MANY or described.words[0].lower_ in _PAST
    if not many or described.words[-1].i != described.role.i:
        return ""
    if any(word.tag_ in ("DT", "POS", "PRP$", "JJS", "CD") or word.lower_ in _UNIQUE for word in described.words):
        return ""
    first = described.words[0].text
    opens = _SPELLED.match(first) or (_VOWEL.match(first) and not _CONSONANT.match(first))
    return "an" if opens else "a"


def _leads_away(word: Token) -> bool:
    """Whether a word leads on to what need not be said of the role: any preposition but those of an office."""
    timed = any(kid.ent_type_ in ("DATE", "TIME") for kid in word.children)
    return word.dep_ == "prep" and word.head.dep_ != "relcl" and (word.lower_ not in _OF_OFFICE or timed)


def _describes(token: Token) -> bool:
    if token.tag_ in ("VBD", "VBN") and token.i > token.sent.start and token.nbor(-1).pos_ in _BEFORE_VERBS:
        # "Rovers have sacked manager Ann Lee", "the club sacked manager Ann Lee": it was done to her.
        return False
    if token.pos_ in ("NOUN", "PROPN", "ADJ") or token.tag_ == "HYPH" or token.dep_ == "amod":
        return True
    return token.tag_ == "POS"


def apposition(role: Token) -> Apposition | None:
    """The name that a role noun is said of by an apposition after a comma, or None."""
    name = role.head
    if role.dep_ != "appos" or role.pos_ != "NOUN" or lemma(role) not in OCCUPATIONS:
        return None
    if name.ent_type_ != "PERSON" or name.i > role.i or is_plural(role) or any(k.dep_ == "conj" for k in name.children):
        return None
    tails = [kid for kid in role.children if kid.dep_ in ("cc", "conj") and kid.i > role.i + 1]
    words = phrase(role, without=[kid for kid in tails if kid.dep_ == "cc" or before(kid.left_edge) == ","])
    # "grilled Ann Fox, an aide to the mayor, on a call", and where no comma stands before "on": it may be either's.
    end = next((word.i for word in words if word.i > role.i and _leads_away(word)), words[-1].i + 1)
    words = [word for word in words if word.i < end]
    while words and words[-1].is_punct:
        words.pop()
    if any(word.tag_ == "WP$" for word in words):
        return None  # "Reeves, whose deputy, Jones, said": the parser hangs it on her
    if len(words) < 2 or name.doc[words[0].i - 1].text not in (",", "(") or words[0].lower_ == "another":
        return None
    named = [token for token in phrase(name) if token.i <= name.i and token.ent_type_ == "PERSON"]
    return Apposition(name=name, named=tuple(named), role=role, words=tuple(words)) if named else None
