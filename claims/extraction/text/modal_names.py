"""Surnames and first names that are also modal verbs: the "May" of "May said no" and the "Will" of "Will refused"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claims.lexicon.verbs import SPEAKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_NAMES = frozenset({"May", "Will"})
_PAST = frozenset({"VBD", "VBZ", "VBN"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "expl", "csubj"})


def modals_named(doc: Doc) -> Doc:
    """Make the subject of its verb of a capitalised modal before a verb in the past or present, and a person's name.

    Behind a modal verb only the bare form can stand, and a month says nothing.
    """
    for token in doc:
        if token.text in _NAMES and (_before_finite(token) or _speaks(token)):
            if token.dep_ == "aux":
                passive = any(kid.dep_ == "auxpass" for kid in token.head.children)
                token.dep_ = "nsubjpass" if passive else "nsubj"
            token.tag_, token.pos_, token.lemma_ = "NNP", "PROPN", token.text
            doc.set_ents([doc.char_span(token.idx, token.idx + len(token), label="PERSON")], default="unmodified")
    return doc


def _before_finite(token: Token) -> bool:
    verb = token.head
    if token.dep_ not in ("aux", "nsubj") or token.tag_ not in ("MD", "NNP") or verb.tag_ not in _PAST:
        return False
    if token.tag_ == "NNP" and token.dep_ == "nsubj":
        return False
    between = [word for word in token.doc[token.i + 1 : verb.i] if word.tag_ != "RB"]
    bare = any(word.tag_ == "VB" for word in between)
    others = (kid for kid in verb.children if kid.dep_ in _SUBJECTS and kid.i != token.i)
    return token.i < verb.i and not bare and not any(others)


def _speaks(token: Token) -> bool:
    return token.dep_ == "nsubj" and token.head.lemma_.lower() in SPEAKING and token.ent_type_ in ("", "DATE")
