"""Finds what stands before a clause and holds for what is joined to it: "In the simulation, ...", "allegedly", "if".

"In the simulation, the wave reached the airport and flooded it" says of neither that it happened. A clause that is cut
off loses what stands in front of the first one. A day or a place that it loses makes it say less, and anything else may
make it say what the sentence does not; there the sentence is left whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING

from claims.extraction.splitting.borrowing import SUBJECTS
from claims.extraction.splitting.parts import Cut, Form
from claims.extraction.text.syntax import child, is_verb, lemma
from claims.lexicon.clauses import (
    ADDED_OPENERS,
    ASSERTING,
    CONDITIONAL_OPENERS,
    HAPPENING,
    NOT_ONLY,
    OPENERS,
    PERFORMED,
    SELDOM,
    UNSURE,
)
from claims.lexicon.verbs import SPEAKING

if TYPE_CHECKING:
    from spacy.tokens import Token

_NEGATIONS = frozenset({"not", "n't", "n’t"})
_WHEN_OR_WHERE = frozenset({"DATE", "TIME", "GPE", "LOC", "FAC", "EVENT"})
_YEAR = 4  # digits
# These are given to each clause that is cut off ("According to the bank, ...", "Of the 40 men, ...").
_GIVEN_TO_ALL = frozenset({"according", "of"})


def is_narrowed(cut: Cut, sentence: Sequence[Token]) -> bool:
    """Whether words before both clauses say when, how surely or where both hold, or join them ("not only")."""
    last = max(cut.head.i, cut.head.head.i)
    for word, after in pairwise(sentence):
        if word.lower_ in _NEGATIONS and after.lower_ in NOT_ONLY and word.i < last:
            return True
    if cut.form is Form.ADVERBIAL:
        return False
    top = cut.head
    while top.dep_ in ("conj", "ccomp", "parataxis") and is_verb(top.head):
        top = top.head
        if any(_is_unsure(kid, top) for kid in top.children) or _is_all_but(top):
            return True
    return any(_is_opening_condition(kid, top) for kid in top.children)


def is_of_its_time(words: Iterable[Token]) -> bool:
    """Whether a sentence tells of a year or of a film: who "mayor Ann Lee" was there, she need not be now, or ever.

    A year in a quotation is the speaker's.
    """
    own = list(takewhile(lambda word: not word.is_quote, words))
    years = any(word.is_digit and len(word) == _YEAR and word.text[:2] in ("19", "20") for word in own)
    return years or any(word.lower_ in PERFORMED for word in own)


def is_conditional(verb: Token, before: Token) -> bool:
    """Whether a condition stands before a clause: it holds for what is joined to the clause, too."""
    if any(kid.dep_ == "mark" and kid.lower_ != "that" for kid in verb.children):
        return True
    clauses = [kid for kid in verb.children if kid.dep_ == "advcl" and kid.i < before.i]
    openers = (word.lower_ for clause in clauses for word in clause.lefts if word.dep_ in ("mark", "advmod"))
    return any(opener in CONDITIONAL_OPENERS for opener in openers) or any(map(_is_inverted, clauses))


def _is_inverted(clause: Token) -> bool:
    """As in "Had the pilot not seen it, it would have struck and killed 40"."""
    own, first = child(clause, *SUBJECTS), clause.left_edge
    return first.lower_ in ("had", "were", "should") and own is not None and first.i < own.i


def _is_unsure(kid: Token, verb: Token) -> bool:
    """As in "allegedly took the car", "hardly ever closes": it is said of what is joined to the verb, too."""
    if kid.dep_ == "aux" and kid.i < verb.i:
        return any(_is_unsure(word, verb) for word in kid.lefts)  # "Rarely does the port close"
    return kid.dep_ in ("advmod", "neg") and kid.i < verb.i and kid.lower_ in UNSURE | SELDOM


def _is_all_but(verb: Token) -> bool:
    before = [word.lower_ for word in verb.doc[max(verb.i - 2, verb.sent.start) : verb.i]]
    return before == ["all", "but"]


def _is_opening_condition(kid: Token, top: Token) -> bool:
    """As in "Under the plan,", "In theory,", "When prices rise,"; not "On Monday,", "Although it rained,"."""
    own = child(top, *SUBJECTS, "expl")
    if kid.i > (own.i if own is not None else top.i):
        return False
    if kid.dep_ == "prep":
        return kid.lower_ not in HAPPENING | _GIVEN_TO_ALL and not _is_when_or_where(kid)
    if kid.dep_ == "advmod":
        return kid.lower_ not in OPENERS | ADDED_OPENERS and kid.tag_ != "WRB" and not kid.ent_type_
    if kid.dep_ != "advcl":
        return False
    opener = next((word.lower_ for word in kid.lefts if word.dep_ in ("mark", "advmod")), "")
    if opener == "as" and lemma(kid) in SPEAKING | {"have", "go"}:
        return True  # "As legend has it"
    return bool(opener) and opener not in ASSERTING and opener not in ("even", "as", "since", "after", "before")


def _is_when_or_where(preposition: Token) -> bool:
    """As in "In Leeds", "On 3 May"; and not "Excluding London", "Without Spain"."""
    if preposition.lower_ not in ("in", "on", "at", "near", "across", "around"):
        return False
    owned = any(word.tag_ == "PRP$" for word in preposition.subtree)  # "On his CV"
    return not owned and any(word.ent_type_ in _WHEN_OR_WHERE for word in preposition.subtree)
