"""The words that a part of a sentence may borrow from the rest, and when it must not be split off."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from claims.extraction.splitting.parts import Word
from claims.extraction.text.syntax import FINITE, is_plural, lemma, phrase
from claims.lexicon.verbs import SPEAKING

if TYPE_CHECKING:
    from spacy.tokens import Token

SUBJECTS = ("nsubj", "nsubjpass")
DASHES = ("-", "–", "—", "―")
BREAKS = (",", "(", *DASHES)
# Tags of the words that open a relative clause.
RELATIVE = frozenset({"WP", "WDT", "WP$", "WRB"})
# How a share of something named before is counted: "31 percent", "half", "others".
_SHARES = frozenset({"percent", "cent", "%", "half", "quarter", "third", "rest", "other", "most", "some", "majority"})
_BASES = frozenset({"of", "among", "in", "at", "from"})
_UNDECIDED = ("if", "unless", "whether")


def noun_phrase(noun: Token) -> list[Token]:
    """A noun with its modifiers, without its clauses and appositions after a comma, but with its name.

    "The owner, Ann Lee," is "the owner Ann Lee": whom "her" means there is told by the name.
    """
    loose = [
        kid
        for kid in noun.children
        if kid.dep_ in ("relcl", "appos", "acl") and kid.i > noun.i and before(kid.left_edge) in BREAKS
    ]
    words = phrase(noun, without=loose)
    name = next((kid for kid in loose if kid.dep_ == "appos" and _is_name_of(kid, noun)), None)
    if name is not None:
        behind = [word for word in words if word.i > name.i]
        while behind and behind[0].text in BREAKS:
            behind.pop(0)
        words = [word for word in words if word.i <= noun.i] + list(noun.doc[name.left_edge.i : name.i + 1]) + behind
    empty = {
        place
        for opener, closer in pairwise(words)
        if (opener.text, closer.text) == ("(", ")")
        for place in (opener.i, closer.i)
    }
    words = [word for word in words if word.i not in empty]
    while words and words[-1].text in (*BREAKS, ";", ":", "."):
        words.pop()
    return words


def _is_name_of(name: Token, noun: Token) -> bool:
    """Whether an apposition is nothing but the name of the person that a noun describes."""
    plain = all(word.pos_ == "PROPN" for word in noun.doc[name.left_edge.i : name.i + 1])
    return noun.pos_ == "NOUN" and name.left_edge.i == noun.i + 2 and plain and name.ent_type_ == "PERSON"


def own_subject(verb: Token) -> Token | None:
    """The subject that a verb has itself, or that the parser hung on its auxiliary: "the manager did n’t care"."""
    holders = (verb, *(kid for kid in verb.lefts if kid.dep_ in ("aux", "auxpass")))
    return next((kid for holder in holders for kid in holder.children if kid.dep_ in (*SUBJECTS, "expl")), None)


def auxiliaries(verb: Token) -> tuple[Token, ...]:
    """The auxiliaries and the negation before a verb."""
    return tuple(kid for kid in verb.lefts if kid.dep_ in ("aux", "auxpass", "neg"))


def present_form(verb: Token) -> Token | None:
    """The word that shows a verb's number: its auxiliary or itself, if in the present; else None."""
    return next((word for word in (*auxiliaries(verb), verb) if word.tag_ in ("VBZ", "VBP")), None)


def is_finite_verb(verb: Token) -> bool:
    """Whether a verb is finite, by itself or with its auxiliaries."""
    return any(word.tag_ in FINITE for word in (verb, *auxiliaries(verb)))


def before(token: Token) -> str:
    """The token before this one, as text; "" at the start."""
    return str(token.doc[token.i - 1].text) if token.i > 0 else ""


def mark(verb: Token) -> str:
    """The word that subordinates a clause: "although", "even as", "if"; "" where there is none."""
    words = [kid.lower_ for kid in verb.lefts if kid.dep_ in ("mark", "advmod")]
    return " ".join(words[:2]) if words[:1] == ["even"] else next(iter(words), "")


def reported(token: Token) -> bool:
    """Whether a token is inside what somebody says or thinks, or inside a condition: it is not asserted."""
    while token.head.i != token.i:
        if token.dep_ in ("ccomp", "xcomp", "csubj", "pcomp"):
            return True
        if token.dep_ == "advcl" and mark(token) in _UNDECIDED:
            return True
        if token.dep_ in ("relcl", "acl") and token.left_edge.lower_ == "that" and _is_person_told(token.head):
            return True
        token = token.head
    return False


def _is_person_told(noun: Token) -> bool:
    """As in "tells the paper that he fought": what follows the person told is the report."""
    return noun.dep_ in ("dobj", "dative") and lemma(noun.head) in SPEAKING


def unopened(tokens: list[Token]) -> list[Token]:
    """Tokens without the conjunctions and commas that they begin with."""
    start = 0
    while start < len(tokens) and (tokens[start].dep_ == "cc" or tokens[start].text in (";", ":", *BREAKS)):
        start += 1
    return tokens[start:]


def is_share(own: Token) -> bool:
    """Whether a subject counts a part of something that is named elsewhere: "9 percent had diabetes", "three died"."""
    if any(kid.dep_ == "prep" and kid.lower_ in _BASES for kid in own.children):
        return False
    return own.tag_ == "CD" or lemma(own) in _SHARES


def total_phrase(verb: Token) -> tuple[Word, ...] | None:
    """What a share is one of, where the sentence begins with it: "Of the 2,400 patients,"; None if it does not."""
    first = next((token for token in verb.sent if not token.is_punct and not token.is_space), verb)
    if first.dep_ != "prep" or first.lower_ not in _BASES:
        return None
    words = [token for token in phrase(first) if not token.is_punct or token.i < first.right_edge.i]
    return (*words, ",") if words[-1].i < verb.left_edge.i else None


def in_number(helper: Token, own: Token) -> str:
    """A helper as a second subject has it: "one man was killed and four were hurt"."""
    if helper.lower_ not in ("was", "were"):
        return helper.text
    many = is_plural(own) or (own.tag_ == "CD" and own.lower_ not in ("1", "one"))
    return "were" if many else "was"
