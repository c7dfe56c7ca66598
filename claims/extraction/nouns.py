"""Nouns that attribute: "Putin's claim that", "the announcement by", "a promise to", "his argument is that"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from claims.extraction.clauses import child, is_verb, lemma, negated, phrase, subject
from claims.extraction.frames import Frame, Maker

if TYPE_CHECKING:
    from spacy.tokens import Token

_OWNERS = ("by", "from", "among")


def noun_frames(noun: Token) -> Iterator[Frame]:
    """The candidates that a noun anchors; none for any other word."""
    if noun.pos_ != "NOUN":
        return
    owner, ownership = _owner(noun)
    verb = noun.head
    light = owner is None and noun.dep_ in ("dobj", "attr") and is_verb(verb)
    holder = subject(verb) if light else owner
    if holder is not None and holder.dep_ == "expl":
        # "There's widespread understanding that": nobody's.
        holder = None
    cue = (verb, noun) if light and holder is not None else (noun,)
    made = Maker(noun, lemma(noun), cue, holder, negated(noun) or (light and negated(verb)))
    yield from _complements(made, noun, "light" if light else "noun", ownership)
    if noun.dep_ == "nsubj" and lemma(verb) == "be":
        said = next((kid for kid in verb.children if kid.dep_ in ("ccomp", "xcomp") and kid.i > verb.i), None)
        if said is not None:
            inner = Maker(noun, lemma(noun), (noun, verb), owner, negated(verb))
            yield inner.frame("nounis", phrase(said))


def _complements(made: Maker, noun: Token, prefix: str, ownership: Token | None) -> Iterator[Frame]:
    for kid in noun.children:
        if kid.dep_ in ("acl", "ccomp", "relcl") and kid.i > noun.i:
            marker = child(kid, "mark")
            if marker is not None or kid.dep_ == "ccomp":
                yield made.frame(f"{prefix}cl", phrase(kid))
            elif kid.tag_ == "VB" and kid.dep_ == "acl":
                yield made.frame(f"{prefix}inf", phrase(kid))
        elif kid.dep_ == "prep" and kid is not ownership:
            held = child(kid, "pobj", "pcomp")
            if held is not None:
                yield made.frame(f"{prefix}prep", phrase(held), kid, key=f"{made.key}_{kid.lower_}")


def _owner(noun: Token) -> tuple[Token | None, Token | None]:
    """Whose statement it is, and the preposition that says so."""
    owner = child(noun, "poss")
    if owner is not None:
        return owner, None
    for kid in noun.children:
        if kid.dep_ == "prep" and kid.lower_ in _OWNERS:
            return child(kid, "pobj"), kid
    holders = [kid for kid in noun.children if kid.dep_ == "prep" and kid.lower_ == "of"]
    if holders and any(
        kid.dep_ in ("acl", "ccomp") or (kid.dep_ == "prep" and kid.lower_ != "of") for kid in noun.children
    ):
        return child(holders[0], "pobj"), holders[0]
    name = next(
        (kid for kid in noun.children if kid.dep_ in ("compound", "nmod", "amod") and kid.pos_ == "PROPN"), None
    )
    return name, None
