"""Reads where each content word of a sentence stands: the words and relations above it, up to its predicate.

"From Dublin to Leeds" and "from Leeds to Dublin" have the same words and the same clauses; only the places of two of
them are exchanged. The records are read from the parse tree, so that code that compares two sentences does not need the
parser.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from claims.extraction.text.syntax import SUBJECTS, child, is_verb, lemma, subject
from claims.lexicon.framing import PART_WORDS

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM"})
_COMPARED = frozenset({"JJR", "RBR"})
_BESIDE = frozenset({"amod", "compound", "nmod", "nummod", "npadvmod", "advmod", "quantmod"})
_IS = frozenset({"attr", "acomp", "oprd"})
_CLAUSES = frozenset({"advcl", "relcl", "acl", "ccomp", "xcomp", "pcomp", "csubj", "parataxis"})
_CLIMB = 8
# So many words before "and", or behind it, are of the phrase beside it.
_PHRASE = 3


@dataclass(frozen=True, slots=True)
class Placement:
    """A content word, as lemma and as ``text``, and the way from it to its predicate: relation, word above, and so on.

    Of "the red team lost" red stands at ("mod", "team", "agent", "lose"); a preposition or conjunction is its own
    relation: ("from", "move"). The way of a main verb is empty.
    """

    word: str
    text: str
    way: tuple[str, ...]


def placements_of(doc: Doc) -> tuple[Placement, ...]:
    """Where each noun, name, number, adjective and verb of a parsed sentence stands, in order."""
    verbs = Counter(lemma(token) for token in doc if is_verb(token))
    gaps = [token for token in doc if _lacks_verb(token)]
    unsure = {place for gap in gaps for place in range(min(gap.i, gap.head.i), max(gap.i, gap.head.i) + 1)}
    return tuple(
        Placement(_compared_form(token), token.text, tuple(_way_up(token, verbs)))
        for token in doc
        if _is_placed(token) and not (token.i in unsure or token.head in gaps)
    )


def _is_placed(token: Token) -> bool:
    if token.tag_ in _COMPARED:
        return token.dep_ != "quantmod"
    return token.pos_ in _CONTENT or (token.pos_ == "AUX" and token.dep_ not in ("aux", "auxpass"))


def _lacks_verb(token: Token) -> bool:
    """Whether a noun begins a clause without its verb: "won 12 seats and the Liberals 9", "in May and Rome in June".

    The parser joins it to the noun before "and", whose place it has not; what stands between them is misread as well.
    """
    doc, behind = token.doc, token.i + 1
    joints = [word.i for word in doc[max(0, token.i - _PHRASE) : token.i] if word.pos_ == "CCONJ"]
    if not joints or behind == len(doc) or token.pos_ not in ("NOUN", "PROPN", "NUM"):
        return False
    if doc[behind].pos_ in ("DET", "NUM"):
        return True
    before = {word.lower_ for word in doc[max(0, joints[-1] - _PHRASE) : joints[-1]]}
    return doc[behind].pos_ == "ADP" and token.dep_ == "conj" and doc[behind].lower_ in before


def _compared_form(token: Token) -> str:
    """A word's lemma; a comparative as it is written, for "worse" is no form of "bad" to compare by."""
    return token.lower_ if token.tag_ in _COMPARED else lemma(token)


def _way_up(token: Token, verbs: Mapping[str, int]) -> Iterator[str]:
    """The relations and words above a word; of a verb that the sentence has twice also whose clause it is."""
    by_subject = False
    token = _first_joined(token, "conj", "appos")
    for _ in range(_CLIMB):
        token = _first_joined(token, "conj")
        above = token.head
        if above.i == token.i:
            return
        if _is_preposition(above):
            token = yield from _by_preposition(above)
            above = token.head
        else:
            yield _relation(token)
            by_subject = by_subject or token.dep_ in SUBJECTS
        yield _compared_form(above)
        if is_verb(above) and above.dep_ not in ("amod", "compound"):
            if verbs.get(lemma(above), 0) > 1 and not by_subject and token.dep_ not in _CLAUSES:
                yield from _clause_of(above)
            return
        token = above


def _clause_of(verb: Token) -> Iterator[str]:
    who = subject(verb)
    if who is None:
        return
    of = next((kid for kid in who.children if kid.dep_ == "prep" and kid.lower_ == "of"), None)
    whole = child(of, "pobj") if of is not None and who.lower_ in PART_WORDS else None
    yield _compared_form(whole if whole is not None else who)


def _first_joined(token: Token, *joints: str) -> Token:
    """The first of words that "and" or "but" joins, or a comma (apposition): what is joined stands at one place."""
    for _ in range(_CLIMB):
        if token.dep_ not in joints or is_verb(token):
            break
        token = token.head
    return token


def _is_preposition(token: Token) -> bool:
    return token.pos_ == "ADP" or token.dep_ in ("prep", "agent", "dative")


def _by_preposition(preposition: Token) -> Generator[str, None, Token]:
    """The relation that a preposition makes, "by" in a passive being who does it; returns below what it hangs.

    The parser hangs "to" on the "from" before it, and "than" on the comparative, on the verb or on a noun.
    """
    yield "agent" if preposition.dep_ == "agent" else preposition.lower_
    first = preposition
    while _is_preposition(preposition.head) and preposition.head.i != preposition.i:
        preposition = preposition.head
    if preposition.lower_ != "than":
        yield from ["as"] if preposition.lower_ == "as" and preposition.i != first.i else []
        return preposition
    yield next((word.lower_ for word in reversed(list(preposition.doc[: preposition.i])) if word.tag_ in _COMPARED), "")
    while not is_verb(preposition.head) and preposition.head.i != preposition.i:
        preposition = preposition.head
    return preposition


def _relation(token: Token) -> str:
    if is_verb(token) and token.dep_ in _CLAUSES:
        return next((kid.lower_ for kid in token.lefts if kid.dep_ in ("mark", "advmod")), token.dep_)
    if token.dep_ in SUBJECTS:
        return "patient" if token.dep_ == "nsubjpass" else "agent"
    if token.dep_ == "dobj":
        return "patient"
    if token.dep_ in _IS:
        return "is"
    return "mod" if token.dep_ in _BESIDE else token.dep_
