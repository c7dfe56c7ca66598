"""Tells rules in force ("visitors must show a permit at the gate") from what somebody thinks ought to be done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from claims.extraction.text.syntax import child, lemma
from claims.lexicon.moods import COMPLYING, DEMANDED_OF, OBSERVING, RULES, SELF
from claims.lexicon.pointers import PUBLIC

if TYPE_CHECKING:
    from spacy.tokens import Token


def in_force(head: Token, tokens: Sequence[Token], subject: Token | None) -> bool:
    """Whether a rule is told: "under the law, firms must ...", "must pay 12 dollars", "must answer by Friday"."""
    must = next((kid for kid in head.children if kid.lower_ == "must" and kid.dep_ == "aux"), None)
    if must is None or subject is None or subject.lower_ in SELF:
        return False
    ruled = any(lemma(token) in RULES and _frames_rule(token) for token in tokens)
    # "Germany must send 500 tanks": that is what somebody wants of it.
    bound = subject.pos_ != "PROPN" and not (subject.tag_ == "NN" and subject.lower_ in PUBLIC)
    counted = bound and any(
        (token.like_num and token.ent_type_ != "ORDINAL") or (_is_deadline(token) and lemma(subject) not in DEMANDED_OF)
        for token in tokens
    )
    said_of = child(head, "dobj", "prep", "nsubjpass") is not None
    return ruled or counted or (said_of and (lemma(head) in COMPLYING or _is_everybody_s(subject, head)))


def _is_everybody_s(subject: Token, head: Token) -> bool:
    """As in "visitors must leave their bags at the desk", "dogs must be kept on a lead"; not "cities must act"."""
    general = subject.tag_ == "NNS" and not any(kid.dep_ in ("det", "poss", "nummod") for kid in subject.children)
    passive = any(kid.dep_ == "auxpass" for kid in head.children)
    return general and lemma(subject) not in DEMANDED_OF and (passive or lemma(head) in OBSERVING)


def _is_deadline(token: Token) -> bool:
    return token.lower_ in ("by", "before", "until") and any(
        kid.ent_type_ in ("DATE", "TIME") for kid in token.children
    )


def _frames_rule(noun: Token) -> bool:
    return noun.dep_ == "pobj" and noun.head.lower_ in ("under", "by", "to") and noun.head.dep_ == "prep"
