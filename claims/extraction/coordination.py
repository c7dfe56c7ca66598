"""Where to cut between coordinated clauses: "X did this and did that", "A said so; however, B denied it"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claims.extraction.borrowing import DASHES, SUBJECTS, auxiliaries, noun_phrase, reported, unopened
from claims.extraction.clauses import child, is_verb, lemma, phrase, subject
from claims.extraction.lexicon import JOINING
from claims.extraction.parts import Cut, Form, Word

if TYPE_CHECKING:
    from spacy.tokens import Token


def coordinate(verb: Token) -> Cut | None:
    """The cut before a verb that is joined to another; what they share is borrowed."""
    if verb.dep_ != "conj" or not is_verb(verb.head):
        return None
    above = _superior(verb)
    joint = [kid.lower_ for kid in verb.head.children if kid.dep_ == "cc" and kid.i < verb.i]
    if joint and joint[-1] not in JOINING:
        return None
    own = child(verb, *SUBJECTS, "expl")
    if above.dep_ == "ccomp" and above.head.i != above.i:
        return _within_report(verb, above, own)
    if above.dep_ in ("relcl", "acl", "advcl") or reported(above):
        return None
    return Cut(form=Form.COORDINATE, head=verb) if own is not None else _sharing(verb, above)


def beside(verb: Token) -> Cut | None:
    """The cut after a clause that the parser hung under the next one: "A suggests that ...; B has rejected it"."""
    if verb.dep_ not in ("ccomp", "parataxis") or child(verb, *SUBJECTS, "expl") is None:
        return None
    low, high = sorted((verb.i, verb.head.i))
    joints = [verb.doc[i].text for i in range(low, high) if verb.doc[i].head.i in (verb.i, verb.head.i)]
    if ";" in joints or (verb.dep_ == "parataxis" and any(text in DASHES for text in joints)):
        return Cut(form=Form.COORDINATE, head=verb)
    return None


def _pattern(verb: Token) -> tuple[str, ...]:
    return (*(lemma(kid) for kid in auxiliaries(verb)), verb.tag_)


def _superior(verb: Token) -> Token:
    """The verb that a coordinated verb is really joined to: "has said that he wants ..., and has called"."""
    above = verb.head
    over = above.head
    same_form = _pattern(verb) == _pattern(over) != _pattern(above)
    if above.dep_ == "ccomp" and above.i > over.i and same_form and child(verb, *SUBJECTS) is None:
        return over
    return above


def _sharing(verb: Token, above: Token) -> Cut | None:
    shared = subject(above)
    if shared is not None and shared.lower_ == "it" and child(above, "ccomp", "xcomp", "acomp") is not None:
        # "It is apparent that ...": nothing is meant by "it" that could do anything else.
        return None
    if shared is None or shared.dep_ == "expl" or shared.tag_ in ("WP", "WDT") or len(phrase(verb)) < 2:
        return None
    if not _agrees(shared, verb):
        return None
    modal = any(aux.dep_ == "aux" for aux in auxiliaries(above))
    if verb.tag_ == "VB" and not auxiliaries(verb) and not modal:
        return None
    lead: list[Word] = list(noun_phrase(shared))
    if verb.tag_ in ("VB", "VBG", "VBN") and not auxiliaries(verb):
        lead += auxiliaries(above)
    return Cut(form=Form.COORDINATE, head=verb, lead=tuple(lead))


def _agrees(shared: Token, verb: Token) -> bool:
    """Whether subject and verb agree in number: where they do not, the parser joined the wrong two."""
    finite = next((aux for aux in auxiliaries(verb) if aux.tag_ in ("VBZ", "VBP")), verb)
    plural = shared.tag_ in ("NNS", "NNPS") or any(kid.dep_ == "conj" for kid in shared.children)
    if finite.tag_ == "VBZ":
        return not plural
    return not (finite.tag_ == "VBP" and shared.tag_ in ("NN", "NNP") and not plural)


def _within_report(verb: Token, above: Token, own: Token | None) -> Cut | None:
    """As in "Officials said the bridge was closed and two people were hurt": the second after the same words."""
    cue = above.head
    if own is None or cue.dep_ not in ("ROOT", "conj") or reported(cue):
        return None
    if above.i > cue.i:
        words = [token for token in phrase(cue, without=[above]) if token.i < above.left_edge.i]
        words += [kid for kid in above.lefts if kid.dep_ == "mark" and child(verb, "mark") is None]
        return Cut(form=Form.COORDINATE, head=verb, lead=tuple(unopened(words)))
    # "The bridge was closed and two people were hurt, officials said."
    words = [token for token in phrase(cue, without=[above]) if token.i > above.right_edge.i]
    words = [token for token in unopened(words) if not token.is_punct]
    return Cut(form=Form.COORDINATE, head=verb, after=(",", *words)) if words else None
