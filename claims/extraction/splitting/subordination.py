"""Splits off subordinate clauses that make an assertion of their own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from claims.extraction.splitting.borrowing import (
    BREAKS,
    DASHES,
    RELATIVE,
    SUBJECTS,
    auxiliaries,
    before,
    noun_phrase,
    reported,
)
from claims.extraction.splitting.parts import Cut, Form
from claims.extraction.text.syntax import FINITE, base, child, is_own_report, is_plural, is_verb, lemma, phrase, subject
from claims.lexicon import people, pointers
from claims.lexicon.clauses import ASSERTING, RESULTING, UTTERANCES
from claims.lexicon.moods import MAYBE, THINGS
from claims.lexicon.verbs import SHOWING, SPEAKING, past, present

if TYPE_CHECKING:
    from spacy.tokens import Token

_GIVEN_REACH = 12
_SPEAKERS = (
    people.ROLES
    | people.OCCUPATIONS
    | people.ANONYMOUS
    | people.DOCUMENTS
    | people.UTTERANCES
    | people.PERSON_NOUNS
    | pointers.GROUPS
) | (pointers.BODIES | THINGS | UTTERANCES)


def absolute_clause(verb: Token) -> Cut | None:
    """As in "..., with President Putin making statements": no finite verb, but a subject of its own."""
    own = child(verb, *SUBJECTS)
    if own is None or verb.tag_ != "VBG" or own.i > verb.i or auxiliaries(verb):
        return None
    above = verb.head
    if verb.dep_ == "pcomp":
        if above.lower_ != "with" or before(above) != "," or reported(above.head):
            return None
        if _has_a_second(verb):
            return None
        above = above.head
    elif verb.dep_ != "advcl" or reported(above) or before(phrase(verb)[0]) not in BREAKS:
        return None
    finite_form = _finite_form(verb, above, own)
    return _finite(verb, finite_form) if finite_form is not None else None


def _has_a_second(verb: Token) -> bool:
    """As in "with A beating B and C beating D": more of the sentence belongs to it than the parser says."""
    behind = verb.doc[verb.right_edge.i + 1 : verb.sent.end]
    doing = any(word.tag_ == "VBG" and word.i > verb.i for word in phrase(verb))
    return doing or not all(word.is_punct or word.is_space for word in behind)


def participle(verb: Token) -> Cut | None:
    """As in "..., explaining that Moscow has never ...": said by whoever does what the main verb says.

    Only a participle of saying is cut off: any other may be done by the noun before it, or by the whole event.
    """
    above = verb.head
    if verb.dep_ != "advcl" or verb.tag_ != "VBG" or not is_verb(above) or above.i > verb.i or reported(above):
        return None
    words = phrase(verb)
    if before(words[0]) not in (",", *DASHES) or auxiliaries(verb) or child(verb, "mark") is not None:
        return None
    if child(verb, "dobj", "ccomp", "xcomp") is None or _of_the_event(verb, above):
        return None
    shared = subject(above)
    if shared is None or shared.dep_ in ("expl", "nsubjpass") or shared.tag_ in RELATIVE or shared.lower_ == "that":
        return None
    if base(verb.lower_, lemma(verb)) not in SPEAKING or not _can_speak(shared):
        # "The talks ended, citing violence": whoever cited it, the talks did not.
        return None
    finite_form = _finite_form(verb, above, shared)
    return _finite(verb, finite_form, noun_phrase(shared)) if finite_form is not None else None


def _can_speak(noun: Token) -> bool:
    named = noun.pos_ == "PROPN" or noun.ent_type_ in ("PERSON", "ORG", "GPE", "NORP")
    return named or noun.pos_ == "PRON" or bool({noun.lower_, lemma(noun)} & _SPEAKERS)


def _of_the_event(verb: Token, above: Token) -> bool:
    """Whether a participle tells of the whole event: ", leaving three dead", ", highlighting the risk"."""
    return lemma(verb) in RESULTING or (lemma(verb) in SHOWING and not _speaks(above))


def _speaks(verb: Token) -> bool:
    """Whether a clause is about somebody speaking: "said", "made the remarks"."""
    objects = (kid for kid in verb.children if kid.dep_ in ("dobj", "nsubjpass"))
    return lemma(verb) in SPEAKING or any(lemma(kid) in UTTERANCES for kid in objects)


def _finite(verb: Token, finite_form: str, lead: Sequence[Token] = ()) -> Cut:
    return Cut(form=Form.PARTICIPLE, head=verb, lead=tuple(lead), swapped=((verb.i, finite_form),))


def _finite_form(verb: Token, above: Token, own: Token) -> str | None:
    """A participle as a finite verb in the tense of the clause that it hangs on; None if that is about what may be.

    "Sales rise, with China leading": "China leads"; "will visit Kyiv, meeting the mayor" tells of no meeting yet.
    """
    helpers = auxiliaries(above)
    if above.tag_ == "VB" or any(helper.tag_ == "MD" for over in (above, *above.ancestors) for helper in over.children):
        return None
    if above.tag_ == "VBG" and helpers and helpers[-1].is_alpha:
        return f"{helpers[-1].text} {verb.lower_}"
    form = base(verb.lower_, lemma(verb))
    if helpers or above.tag_ not in ("VBZ", "VBP"):
        return past(form)
    return present(form, plural=is_plural(own))


def including(verb: Token) -> Cut | None:
    """As in "..., including having captured several villages"."""
    preposition = verb.head
    if verb.dep_ != "pcomp" or preposition.lower_ != "including" or reported(preposition):
        return None
    shared = subject(verb)
    having = next((kid for kid in verb.lefts if kid.lower_ == "having"), None)
    if shared is None or shared.dep_ not in SUBJECTS or (having is None and verb.tag_ != "VBG"):
        return None
    if having is not None:
        swapped = ((having.i, "have" if is_plural(shared) else "has"),)
    else:
        swapped = ((verb.i, past(lemma(verb))),)
    return Cut(form=Form.PARTICIPLE, head=verb, lead=tuple(noun_phrase(shared)), swapped=swapped)


def given(verb: Token) -> Cut | None:
    """As in "given (that) the city is central": the parser ties the words after "given" to almost anything."""
    opener = _given_before(verb)
    if opener is None:
        return None
    between = [verb.doc[i] for i in range(opener.i + 1, verb.i)]
    lead = [token for token in between if token.lower_ != "that" and not verb.is_ancestor(token)]
    removed = frozenset(range(opener.i, verb.i))
    return Cut(form=Form.ADVERBIAL, head=verb, lead=tuple(lead), removed=removed)


def adverbial(verb: Token) -> Cut | None:
    """As in "..., even as Ukraine tries ...", "although": asserted in any case."""
    contrasted = _is_other_report(verb)
    if verb.dep_ != "advcl" or child(verb, *SUBJECTS, "expl") is None or (reported(verb.head) and not contrasted):
        return None
    marks = [k for k in verb.lefts if k.dep_ in ("mark", "advmod") and k.lower_ in ("even", "as", *ASSERTING)]
    if " ".join(kid.lower_ for kid in marks) not in ASSERTING or phrase(verb)[0] not in marks:
        return None
    if any(helper.lower_ in MAYBE for helper in auxiliaries(verb.head)):
        # "Some would like to see China agree while the US keeps its tariffs": what is wished for is no fact.
        return None
    return Cut(form=Form.ADVERBIAL, head=verb, dropped=frozenset(kid.i for kid in marks))


def _is_other_report(verb: Token) -> bool:
    """As in "Kern said the firm had paid, while Lowe said it had not": the second report is not Kern's."""
    cue, mark = verb.head.head, child(verb, "mark")
    contrasts = mark is not None and mark.lower_ in ("while", "whereas") and mark.i > verb.head.i
    beside = verb.head.dep_ == "ccomp" and cue.dep_ == "ROOT" and lemma(cue) in SPEAKING and cue.tag_ == verb.tag_
    return contrasts and beside and is_own_report(verb)


def _given_before(verb: Token) -> Token | None:
    """The "given" that a clause hangs on, however the parser attached it: it often takes the subject away."""
    if (
        verb.dep_ == "ROOT"
        or verb.tag_ not in FINITE
        or any(verb.doc[i].dep_ == "cc" for i in range(verb.head.i, verb.i))
    ):
        return None
    first = verb.sent.start
    for place in range(verb.i - 1, max(verb.i - _GIVEN_REACH, first) - 1, -1):
        token = verb.doc[place]
        if token.lower_ == "given" and (place == first or before(token) in (",", *DASHES)):
            return token
        if token.is_punct or token.tag_ in FINITE:
            return None
    return None
