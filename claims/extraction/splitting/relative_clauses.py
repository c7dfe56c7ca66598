"""Splits off relative clauses behind a comma or dash: "Trump, who has been skeptical, has called for a cease-fire".

A clause whose antecedent is open is left in its sentence: "the expansion in Louisiana, which gave coverage to 400,000"
may be said of either noun, and "the roads are icy, which is no surprise" of neither.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from claims.extraction.splitting.borrowing import (
    BREAKS,
    DASHES,
    RELATIVE,
    SUBJECTS,
    before,
    is_finite_verb,
    noun_phrase,
    own_subject,
    present_form,
    reported,
)
from claims.extraction.splitting.parts import Cut, Form, Word
from claims.extraction.text.syntax import child, is_plural, is_verb, lemma, phrase
from claims.lexicon import people
from claims.lexicon.clauses import RESULTING
from claims.lexicon.quantities import MONTHS

if TYPE_CHECKING:
    from spacy.tokens import Token

_PRONOUNS = frozenset({"that", "which", "who", "whom", "whose", "where", "when"})
_PLACES = frozenset({"GPE", "LOC", "FAC", "ORG", "EVENT"})
_TIMES = frozenset({"DATE", "TIME"})
# The prepositions that a place keeps ("at the fair, where ...": "At the fair, ..."), and those that lead to one.
_KEPT = frozenset({"at", "in", "on", "near", "inside", "outside", "aboard"})
_LEADING = _KEPT | {"to", "into", "from", "through", "toward", "towards"}
_PEOPLE = people.ROLES | people.OCCUPATIONS | people.PERSON_NOUNS


def relative(verb: Token) -> Cut | None:
    """As in ", who has been skeptical": non-restrictive, and said of the noun before it for certain."""
    noun = verb.head
    # "In other words, who cares?": what hangs on an opening phrase is the sentence itself.
    opening = noun.dep_ == "pobj" and noun.head.dep_ == "ROOT"
    if verb.dep_ not in ("relcl", "acl", "advcl") or noun.pos_ not in ("NOUN", "PROPN") or opening or reported(noun):
        return None
    words = phrase(verb)
    pronoun = next((token for token in words[:3] if token.tag_ in RELATIVE), None)
    if pronoun is None or pronoun.lower_ == "that" or not _is_set_off(words, pronoun) or _is_reported(verb, pronoun):
        return None
    if (pronoun.lower_ == "which" and noun.ent_type_ == "PERSON") or (pronoun.lower_ != "which" and _is_home_of(noun)):
        # "Maria Lopez, the mayor of Leeds, which has ...": the parser likes the first noun, "which" no person.
        return None
    antecedent = [token for token in noun_phrase(noun) if token.i < words[0].i]
    while antecedent and antecedent[-1].text in BREAKS:
        antecedent.pop()
    if _is_open(verb, pronoun, noun) or not antecedent or antecedent[0].lower_ in _PRONOUNS or _would_run_on(words):
        return None
    if pronoun.tag_ != "WP" and any(token.tag_ == "PRP$" for token in antecedent):
        # "They held their own service, which Hill attended": whose, only its sentence tells.
        return None
    return _relative_cut(verb, pronoun, antecedent)


def _is_home_of(noun: Token) -> bool:
    """As in "a couple from Surrey, who asked": whose home it is, does it."""
    if noun.dep_ != "pobj" or noun.head.lower_ not in _LEADING | {"of"} or noun.head.i == noun.sent.start:
        return False
    return lemma(noun.head.nbor(-1)) in _PEOPLE | {"couple", "family", "pair"} and lemma(noun) not in _PEOPLE


def _relative_cut(verb: Token, pronoun: Token, antecedent: list[Token]) -> Cut | None:
    """The cut before a relative clause, with its antecedent put in for its pronoun."""
    if pronoun.tag_ == "WP$":
        if pronoun.head.dep_ not in SUBJECTS or pronoun.head.head.i != verb.i:
            # "The ministry, whose figures the court doubts": the object would stand before its verb.
            return None
        owned = "'" if antecedent[-1].text.endswith("s") else "'s"
        return Cut(form=Form.RELATIVE, head=verb, lead=tuple(antecedent), swapped=((pronoun.i, owned),))
    if pronoun.dep_ in SUBJECTS and pronoun.head.i == verb.i:
        return Cut(form=Form.RELATIVE, head=verb, lead=tuple(antecedent), dropped=frozenset({pronoun.i}))
    return _moved(verb, pronoun, antecedent) if child(verb, *SUBJECTS) is not None else None


def second_relative(verb: Token) -> Cut | None:
    """As in ", which employs 1,200 people and was re-opened in 2019": the second verb of the same clause.

    One without a finite verb of its own, or behind a report or right behind the first verb, is not cut off.
    """
    above = verb.head
    first_subject = child(above, *SUBJECTS)
    if verb.dep_ != "conj" or above.dep_ != "relcl" or child(verb, *SUBJECTS, "expl", "mark") is not None:
        return None
    if first_subject is None or first_subject.tag_ not in RELATIVE:
        return None
    joint = [kid.lower_ for kid in above.children if kid.dep_ == "cc" and above.i < kid.i < verb.i]
    first = relative(above) if joint in (["and"], ["but"]) and is_finite_verb(verb) else None
    if first is None or not first.dropped or first.after or child(above, "ccomp", "xcomp") is not None:
        return None
    return Cut(form=Form.RELATIVE, head=verb, lead=first.lead) if verb.left_edge.i - above.i > 2 else None


def _is_set_off(words: list[Token], pronoun: Token) -> bool:
    """Whether a clause begins behind a comma, dash or bracket and ends before one: else the parser read over its end.

    Nothing is set off in turn behind its pronoun (", which, depending on whom you ask, ...").
    """
    opener, doc = before(words[0]), words[0].doc
    if opener not in BREAKS or (pronoun.i + 1 < len(doc) and doc[pronoun.i + 1].text in BREAKS):
        return False
    if opener in DASHES and any(token.text in DASHES for token in words[1:-1]):
        return False
    place = words[-1].i if words[-1].is_punct else words[-1].i + 1
    closer = doc[place].text if place < len(doc) else ""
    ends = place >= words[0].sent.end or closer in (".", "!", "?", ";", "”", '"', ")")
    if opener in DASHES:
        return ends or closer in DASHES
    return ends or (closer != "(" and (doc[place].is_punct or doc[place].is_space))


def _would_run_on(words: list[Token]) -> bool:
    """Whether what follows the clause would run into what stands before it: "in Graz, where ..., figures show".

    The parser takes the verb of such a report for a noun, and its subject for one more object of the verb above.
    """
    last = words[-1].i if words[-1].is_punct else words[-1].i + 1
    rest = list(words[0].doc[last + 1 : max(last + 1, words[0].sent.end)])
    head = next((token for token in rest if token.pos_ in ("NOUN", "PROPN") and token.dep_ != "compound"), None)
    if head is None or head.dep_ not in ("appos", "attr", "dobj", "npadvmod", "dep"):
        return False
    return all(token.dep_ in ("det", "amod", "poss", "compound") for token in rest[: head.i - rest[0].i])


def _is_open(verb: Token, pronoun: Token, noun: Token) -> bool:
    """Whether a clause may be said of something else than the noun that the parser hung it on."""
    # "Which the town built and which the county runs": the second clause has a pronoun of its own.
    second = any(word.tag_ in RELATIVE and word.i > pronoun.i and word.nbor(-1).tag_ == "CC" for word in phrase(verb))
    joined = any(kid.dep_ == "conj" and noun.i < kid.i < pronoun.i for kid in noun.children)
    if noun.dep_ == "conj" or joined or second or _takes_in_a_name(verb) or _verb_follows(verb, noun):
        return True
    if pronoun.lower_ in ("where", "when"):
        return not (_can_hold(noun) if pronoun.lower_ == "where" else noun.ent_type_ in _TIMES)
    if pronoun.tag_ == "WP":
        # "The widow of John Hall, who died in May": either of them may have.
        over = noun.head.head
        owned = noun.head.lower_ == "of" and noun.ent_type_ == "PERSON"
        return _nested(noun) and (owned or over.ent_type_ == "PERSON" or lemma(over) in _PEOPLE)
    if _nested(noun):
        return True
    return pronoun.dep_ in SUBJECTS and pronoun.tag_ == "WDT" and _may_mean_the_event(verb, noun)


def _may_mean_the_event(verb: Token, noun: Token) -> bool:
    """Whether ", which ..." may be said of the whole clause: "The fee is gone, which saves you 14 dollars".

    A subject's own clause in mid-sentence is said of the subject; behind an object it must be a name's, or passive.
    """
    finite = present_form(verb)
    if finite is not None and (finite.tag_ == "VBP") != is_plural(noun):
        return True
    if noun.dep_ in SUBJECTS and verb.right_edge.i < noun.head.i:
        return False
    acts = lemma(verb) in RESULTING and lemma(verb) not in ("be", "have", "do", "include", "become")
    named = noun.pos_ == "PROPN" or noun.ent_type_ != ""
    return acts or not (named or child(verb, "auxpass") is not None)


def _verb_follows(verb: Token, noun: Token) -> bool:
    """As in "We spoke to one mother, who knew it, but didn't mind": the last verb may be hers or ours."""
    over = noun.head
    while over.head.i != over.i and not is_verb(over):
        over = over.head
    return over.i < verb.i and any(
        other.dep_ == "conj" and other.i > verb.right_edge.i and own_subject(other) is None for other in over.children
    )


def _takes_in_a_name(verb: Token) -> bool:
    """As in "to Kim, who was the head of the office and Ann Lee, the mayor": the letter went to both."""
    return any(
        token.dep_ == "conj" and token.ent_type_ == "PERSON" and token.head.ent_type_ != "PERSON"
        for token in phrase(verb)
    )


def _can_hold(noun: Token) -> bool:
    """Whether something can be at a noun: the name of a place, or what a preposition of place leads to."""
    if noun.ent_type_:
        return noun.ent_type_ in _PLACES
    return noun.dep_ == "pobj" and noun.head.lower_ in _LEADING and lemma(noun) not in _PEOPLE


def _is_reported(verb: Token, pronoun: Token) -> bool:
    """As in "Wang, who police say fled", "who according to his lawyer fled": what it says is somebody's report."""
    between = [verb.doc[place] for place in range(pronoun.i + 1, verb.i + 1)]
    if any(token.lower_ == "according" for token in between):
        return True
    return pronoun.tag_ == "WP" and any(token.dep_ in SUBJECTS for token in between)


def _moved(verb: Token, pronoun: Token, antecedent: list[Token]) -> Cut | None:
    """As in "Leeds, where he was born": "In Leeds, he was born"; "the prize, which he won": "he won the prize"."""
    noun, preposition = verb.head, pronoun.head
    if pronoun.lower_ in ("where", "when"):
        lead: tuple[Word, ...] = (_preposition_of(noun), *antecedent, ",")
        return Cut(form=Form.RELATIVE, head=verb, lead=lead, dropped=frozenset({pronoun.i}))
    if pronoun.dep_ == "pobj" and preposition.head.i == verb.i and pronoun.i == preposition.i + 1:
        if _nested(noun):
            # "a call he made to her office, in which he said": the parser likes the nearest noun, right or wrong.
            return None
        after: tuple[Word, ...] = (preposition, *antecedent)
        return Cut(form=Form.RELATIVE, head=verb, dropped=frozenset({pronoun.i, preposition.i}), after=after)
    if (
        pronoun.dep_ != "dobj"
        or pronoun.head.i != verb.i
        or any(word.i > verb.i and word.is_alpha for word in phrase(verb))
    ):
        # "Which he won with ease in Ulm": the object would stand far behind its verb.
        return None
    opener = ((antecedent[0].i, antecedent[0].lower_),) if antecedent[0].tag_ == "DT" else ()
    dropped = frozenset({pronoun.i})
    return Cut(form=Form.RELATIVE, head=verb, dropped=dropped, after=tuple(antecedent), swapped=opener)


def _preposition_of(noun: Token) -> str:
    if noun.dep_ == "pobj" and noun.head.lower_ in _KEPT:
        return noun.head.lower_
    if noun.ent_type_ in ("GPE", "LOC") or noun.lower_ in MONTHS or noun.is_digit:
        return "in"  # "shut since January, when ..."
    return "on" if noun.ent_type_ in _TIMES else "at"


def _nested(noun: Token) -> bool:
    """Whether a noun stands inside another noun's phrase or in a clause on a noun."""
    above = noun.head.head if noun.dep_ == "pobj" else noun.head
    if noun.dep_ == "pobj" and above.pos_ in ("NOUN", "PROPN"):
        return True
    return noun.dep_ in ("pobj", "dobj") and above.dep_ in ("relcl", "acl")
