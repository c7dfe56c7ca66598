"""Corrects tokens and tags: "Editor-in-chief" is one word, and the "May" of "May said no" a name."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from claims.lexicon.clauses import word_set
from claims.lexicon.people import HUMAN_NOUNS, OCCUPATIONS, OFFICES, PERSONAL_TITLES, ROLES
from claims.lexicon.verbs import SPEAKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_HYPHENS = frozenset("-‐‑")
# Beginnings that are no words, and what stands between the parts of "father-in-law", "Hay-on-Wye", "up-to-date".
_PREFIXES = word_set("re co de ex un non pre anti semi mid neo sub multi ultra inter intra micro macro bi tri")
_MIDDLES = word_set("in of to on at by and the de la for")
_NAMES = frozenset({"May", "Will"})
_PAST = frozenset({"VBD", "VBZ", "VBN"})
_PEOPLE = HUMAN_NOUNS | ROLES | OCCUPATIONS
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "expl", "csubj"})


def hyphens_merged(doc: Doc) -> Doc:
    """Merge the tokens of words that the tokenizer split at hyphens and whose parts are not words of their own."""
    runs = list(_hyphenated_words(doc))
    if runs:
        with doc.retokenize() as retokenizer:
            for start, end in runs:
                retokenizer.merge(doc[start:end])
    return doc


def _hyphenated_words(doc: Doc) -> Iterator[tuple[int, int]]:
    place = 0
    while place < len(doc):
        end = _word_end(doc, place)
        if end > place + 1 and _is_one(doc, place, end):
            yield place, end
        place = max(end, place + 1)


def _word_end(doc: Doc, start: int) -> int:
    """Where the hyphenated word that begins at a token ends; the token's own end where it is none."""
    place = start
    while (
        place + 2 < len(doc)
        and _adjoining(doc, place)
        and _adjoining(doc, place + 1)
        and doc[place + 1].text in _HYPHENS
    ):
        place += 2
    return place + 1


def _adjoining(doc: Doc, place: int) -> bool:
    current, after = doc[place], doc[place + 1]
    letters = (current.text in _HYPHENS or current.is_alpha) and (after.text in _HYPHENS or after.is_alpha)
    return letters and not current.whitespace_


def _is_one(doc: Doc, start: int, end: int) -> bool:
    first = doc[start]
    middles = [doc[place].lower_ for place in range(start + 2, end - 1, 2)]
    return (
        first.lower_ in _PREFIXES
        or len(first) == 1
        or (bool(middles) and all(middle in _MIDDLES for middle in middles))
    )


def names_marked(doc: Doc) -> Doc:
    """Make names of capitalised words that the tagger takes for modals and prepositions.

    A text that was only tagged has no clauses to tell it by: reading the children of its tokens ends the process.
    """
    if not doc.has_annotation("DEP"):
        return doc
    _name_prepositions(doc)
    _name_modals(doc)
    _name_titled(doc)
    for token in doc[1:]:
        # "A will found in the desk".
        if token.tag_ == "MD" and token.text == "will" and token.nbor(-1).lower_ in ("a", "the"):
            token.tag_, token.pos_, token.dep_ = "NN", "NOUN", "nsubj"
    return doc


def _name_prepositions(doc: Doc) -> None:
    """Make a name of a capitalised preposition within a sentence and the name behind it: "her lawyer Per Holm".

    What it names stands right before it. "Fees Per Pupil" is a headline, unless a noun for a person is before it.
    """
    for token in doc:
        name = next((kid for kid in token.children if kid.dep_ == "pobj"), None) if _in_mid_name(token) else None
        if name is None or name.tag_ != "NNP" or not _adjoined(token, name):
            continue
        named = token.head
        name.head, name.dep_ = named, "appos"
        token.head, token.dep_ = name, "compound"
        token.tag_, token.pos_, token.lemma_ = "NNP", "PROPN", token.text
        if named.lemma_.lower() in _PEOPLE:
            person = doc.char_span(token.idx, name.idx + len(name), label="PERSON")
            doc.set_ents([person] if person is not None else [], default="unmodified")


def _name_titled(doc: Doc) -> None:
    """Make a person's of a name behind a title that the recogniser passed over: "Dr Hale told the inquiry"."""
    for title, name in pairwise(doc):
        if title.lower_.rstrip(".") not in PERSONAL_TITLES or not title.text[0].isupper() or name.ent_type_:
            continue
        if name.tag_ == "NNP" and name.is_title and name.lower_ not in OFFICES:
            end = name.i + 1
            while end < len(doc) and doc[end].tag_ == "NNP" and not doc[end].ent_type_ and doc[end].is_title:
                end += 1
            person = doc.char_span(name.idx, doc[end - 1].idx + len(doc[end - 1]), label="PERSON")
            doc.set_ents([person] if person is not None else [], default="unmodified")


def _in_mid_name(token: Token) -> bool:
    """Whether a preposition has a capital that its place in the sentence does not give it."""
    if token.dep_ != "prep" or not token.is_title or token.i == token.sent.start:
        return False
    before = token.doc[token.i - 1]
    small = before.is_alpha and before.is_lower
    return small or (before.i == token.head.i and before.lemma_.lower() in _PEOPLE)


def _adjoined(token: Token, name: Token) -> bool:
    """Whether a name begins right behind a token, and what the token depends on is a noun before it."""
    named = token.head
    words = token.doc[token.i + 1 : name.i + 1]
    return named.i < token.i and named.pos_ in ("NOUN", "PROPN") and all(word.tag_ == "NNP" for word in words)


def _name_modals(doc: Doc) -> None:
    """Make the subject of its verb of a capitalised modal before a verb in the past or present, and a person's name.

    Behind a modal verb only the bare form can stand, and a month says nothing.
    """
    for token in doc:
        if token.text in _NAMES and _before_surname(token):
            token.tag_, token.pos_, token.dep_, token.lemma_ = "NNP", "PROPN", "compound", token.text
            token.head = token.nbor()
        elif token.text in _NAMES and (_before_finite(token) or _says_so(token)):
            if token.dep_ == "aux":
                passive = any(kid.dep_ == "auxpass" for kid in token.head.children)
                token.dep_ = "nsubjpass" if passive else "nsubj"
            token.tag_, token.pos_, token.lemma_ = "NNP", "PROPN", token.text
            name = doc.char_span(token.idx, token.idx + len(token), label="PERSON")
            doc.set_ents([name] if name is not None else [], default="unmodified")


def _before_surname(token: Token) -> bool:
    """As in "Will Hart, her deputy, will testify": a modal that begins a sentence asks."""
    after = token.doc[token.i + 1 : token.i + 3]
    named = len(after) > 1 and after[0].tag_ == "NNP" and (after[1].text == "," or after[1].tag_ in ("VBD", "MD", "CC"))
    return token.tag_ == "MD" and token.i == token.sent.start and named and token.sent.text.rstrip()[-1:] != "?"


def _before_finite(token: Token) -> bool:
    verb = token.head
    if token.tag_ == "MD" and token.i + 1 < len(token.doc) and token.nbor().tag_ == "MD":
        return token.i > 0 and token.dep_ == "aux"  # "and Will may join her"
    if token.dep_ not in ("aux", "nsubj") or token.tag_ not in ("MD", "NNP") or verb.tag_ not in _PAST:
        return False
    if token.tag_ == "NNP" and token.dep_ == "nsubj":
        return False
    between = [word for word in token.doc[token.i + 1 : verb.i] if word.tag_ != "RB"]
    bare = any(word.tag_ == "VB" for word in between)
    others = (kid for kid in verb.children if kid.dep_ in _SUBJECTS and kid.i != token.i)
    return token.i < verb.i and not bare and not any(others)


def _says_so(token: Token) -> bool:
    return token.dep_ == "nsubj" and token.head.lemma_.lower() in SPEAKING and token.ent_type_ in ("", "DATE")
