"""Appositions that say who somebody is: "Maria Lopez, the mayor of Leeds", "national security adviser Mike Waltz"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from claims.extraction.clauses import lemma, phrase
from claims.extraction.lexicon import ROLES

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(frozen=True, slots=True, kw_only=True)
class Apposition:
    """``named`` are the words of the name with head ``name``; ``role`` heads what is said of it."""

    name: Token
    named: tuple[Token, ...]
    role: Token
    dropped: frozenset[int] = frozenset()


def apposition(role: Token) -> Apposition | None:
    """The name that a role noun is said of by an apposition after a comma, or None."""
    name = role.head
    if role.dep_ != "appos" or role.pos_ != "NOUN" or lemma(role) not in ROLES:
        return None
    if name.ent_type_ != "PERSON" or name.i > role.i:
        return None
    words = phrase(role)
    if len(words) < 2 or name.doc[words[0].i - 1].text not in (",", "("):
        return None
    named = [token for token in phrase(name) if token.i <= name.i and token.ent_type_ == "PERSON"]
    return Apposition(name=name, named=tuple(named), role=role) if named else None
