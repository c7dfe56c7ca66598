"""Decides which words besides pronouns are meant to be looked for before the claim: "this", "the two", "do so"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from claims.extraction.coreference.antecedents import SUBJECTS, clause, human, report_over
from claims.extraction.text.syntax import FINITE, in_passing, is_verb, lemma
from claims.lexicon.clauses import DONE_TO_PEOPLE, HELPERS, PAIRS, SHORT_SUBJECTS

if TYPE_CHECKING:
    from spacy.tokens import Token


_WRITERS = frozenset({"reporter", "writer", "author", "correspondent", "journalist", "columnist"})
_TIMES = frozenset({"DATE", "TIME"})


def pointing(token: Token, seen: Sequence[Token]) -> bool:
    """Whether a bare "this", "that", "these" or "those" is meant to be looked for before the claim.

    As in "This angered the mayor", "He denied this"; if another clause precedes it, it refers to that clause.
    """
    nouns = [other for other in seen if other.pos_ in ("NOUN", "PROPN")]
    if (open_noun := _lacks_noun(token, nouns)) is not None:
        return open_noun
    if _means_what_was_done(token):
        return not any(other.pos_ == "VERB" and other.i not in _infinitives_over(token) for other in seen)
    if _answers_only(token):
        return not any(other.pos_ == "VERB" for other in seen)
    return _is_bare_demonstrative(token, seen)


def _lacks_noun(token: Token, nouns: Sequence[Token]) -> bool | None:
    """Whether none of the nouns before a word that does without its own can be meant; None for any other word."""
    objects = [other for other in nouns if other.dep_ in ("pobj", "dobj")]
    if _is_place_named_before(token):
        return all(human(other) or other.ent_type_ in _TIMES for other in objects)
    if _is_short_subject(token):
        return not (nouns if token.tag_ != "RB" else objects)
    if _is_short_object(token):
        return not objects
    if _points_at_several(token):
        return not nouns
    return not any(other.tag_ in ("NNS", "NNPS") for other in nouns) if _is_of_a_pair(token) else None


def _points_at_several(token: Token) -> bool:
    """As in "These figures leave out the camp", "5 of those hits were his": which, a sentence before says."""
    noun = token.head
    narrowed = any(kid.dep_ in ("relcl", "acl", "prep", "appos") for kid in noun.children)
    counted = noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.head.dep_ in SUBJECTS
    asked = any(kid.tag_.startswith("W") for kid in noun.head.lefts)  # "what those signals might be"
    leads = (noun.dep_ in SUBJECTS and noun.head.dep_ in ("ROOT", "conj", "ccomp", "advcl") and not asked) or counted
    # "This guy learned it early": who, a picture shows or a sentence before says.
    several = token.lower_ in ("these", "those") and noun.tag_ == "NNS"
    somebody = token.lower_ in ("this", "that") and noun.tag_ == "NN" and human(noun) and lemma(noun) not in _WRITERS
    return (several or somebody) and token.dep_ == "det" and leads and not narrowed


def _is_bare_demonstrative(token: Token, seen: Sequence[Token]) -> bool:
    if token.lower_ not in ("this", "that", "these", "those") or in_passing(token.head):
        return False
    if _points_by_case(token) or _leads_the_sentence(token):
        return not any(other.tag_ in FINITE and other.i < token.i for other in seen)
    # "Estimates that could be more": the tagger takes the subject for a relative pronoun.
    verb = clause(token)
    mistagged = token.tag_ == "WDT" and verb.dep_ == "ccomp" and verb.head.i == token.i - 1 and token.dep_ in SUBJECTS
    # "Lift the lid and that stops": so it does behind "and".
    mistagged |= token.tag_ == "WDT" and verb.dep_ == "conj" and verb.head.dep_ == "ROOT" and token.dep_ in SUBJECTS
    if _is_named_in_quotes(token):
        return not any(other.tag_ in FINITE and other.head.i != token.head.head.i for other in seen)
    if token.tag_ != "DT" and not mistagged:
        return False
    if token.dep_ not in ("nsubj", "nsubjpass", "dobj", "pobj") or token.head.dep_ in ("relcl", "acl"):
        return False
    narrowed = any(kid.dep_ in ("prep", "relcl", "acl") for kid in token.children)
    own = {other.i for other in clause(token).children} | {clause(token).i}
    report = report_over(token)
    own |= {report.i} if report is not None else set()  # what "says that helps" means, "says" does not tell
    above = clause(token).head
    if lemma(above) in ("appear", "seem") and any(kid.lower_ == "it" for kid in above.lefts):
        # "It would appear that’s so": nothing appears.
        own |= {other.i for other in above.children} | {above.i}
    return not narrowed and not any(other.tag_ in FINITE and other.i not in own for other in seen)


def _answers_only(token: Token) -> bool:
    """As in "I did.", "The second club was not.": what, a sentence before says."""
    if lemma(token) not in HELPERS or token.tag_ not in (*FINITE, "MD") or token.dep_ != "ROOT":
        return False
    own = [kid.dep_ for kid in token.children if not kid.is_punct and kid.dep_ != "cc"]
    if lemma(token) == "do":
        return not any(dep in ("acomp", "advmod", "ccomp", "dobj", "prep", "xcomp") for dep in own)
    return "neg" in own and all(dep in (*SUBJECTS, "neg", "aux", "intj") for dep in own)


def _means_what_was_done(token: Token) -> bool:
    """As in "Those who fail to do so": what, a clause before says."""
    return token.lower_ == "so" and token.i > 0 and lemma(token.nbor(-1)) == "do" and is_verb(token.nbor(-1))


def _infinitives_over(token: Token) -> set[int]:
    """The verbs that a verb's infinitive hangs on: "fail" and "do" of "fail to do so"."""
    verb = token.nbor(-1)
    verbs = {verb.i}
    while verb.dep_ == "xcomp":
        verb = verb.head
        verbs.add(verb.i)
    return verbs


def _is_place_named_before(token: Token) -> bool:
    """As in "He was held there": where, a sentence before says."""
    behind = token.lower_ == "there" and token.dep_ == "advmod" and token.i > token.head.i
    return behind and (is_verb(token.head) or token.head.pos_ == "NOUN")


def _is_of_a_pair(token: Token) -> bool:
    """As in "Her son is one of the two": of whom, a sentence before says."""
    the = any(kid.lower_ == "the" for kid in token.children) and not any(kid.dep_ == "prep" for kid in token.children)
    return the and token.tag_ == "CD" and token.dep_ == "pobj" and token.head.lower_ == "of"


def _is_short_subject(token: Token) -> bool:
    """As in "The two left in May", "Others were told": of whom, a sentence before says."""
    if token.dep_ in SUBJECTS and token.ent_type_ in _TIMES and any(kid.dep_ == "case" for kid in token.children):
        return True  # "Last year's was played in fog"
    if token.dep_ not in SUBJECTS or token.head.dep_ in ("relcl", "acl") or token.ent_type_ in _TIMES:
        return False
    kids = [kid for kid in token.children if not kid.is_punct]
    if clause(token).dep_ not in ("ROOT", "ccomp", "conj") or token.lower_ in ("one", "same"):
        return False
    counted = token.tag_ == "CD" and token.ent_type_ not in ("PERCENT", "MONEY", "QUANTITY") and not _is_toll(token)
    paired = token.lower_ in PAIRS and any(kid.lower_ == "the" for kid in kids)
    bare = ("det",) if paired else ("det", "quantmod", "advmod", "amod", "neg")
    return (counted or paired or token.lower_ in SHORT_SUBJECTS) and all(kid.dep_ in bare for kid in kids)


def _is_short_object(token: Token) -> bool:
    """As in "She reported neither", "The south lost none": of what, a sentence before says."""
    short = token.lower_ in ("neither", "none", "both") and token.dep_ == "dobj"
    return short and not any(kid.dep_ in ("prep", "relcl", "conj") for kid in token.children)


def _is_toll(number: Token) -> bool:
    """As in "Some 300 were arrested": people, who are counted here for the first time."""
    about = any(kid.dep_ in ("advmod", "det", "quantmod") and kid.lower_ != "the" for kid in number.lefts)
    return about and number.like_num and lemma(number.head) in DONE_TO_PEOPLE


def _points_by_case(token: Token) -> bool:
    """As in "In that case you pay less": in which, a sentence before says."""
    noun = token.head
    return token.dep_ == "det" and noun.lower_ in ("case", "event") and noun.head.lower_ == "in"


def _is_named_in_quotes(token: Token) -> bool:
    """As in "He had called that “a coincidence”": the parser takes it for the article of the noun in the marks."""
    behind = token.doc[token.i + 1 : token.i + 3]
    return token.dep_ == "det" and len(behind) > 1 and behind[0].is_quote and behind[1].lower_ in ("a", "an")


def _leads_the_sentence(token: Token) -> bool:
    """As in "In the news trade that’s a plan": the parser takes the clause for a relative one, and has no other."""
    noun = token.head.head
    return token.dep_ in SUBJECTS and token.head.dep_ == "relcl" and noun.dep_ == "pobj" and noun.head.dep_ == "ROOT"
