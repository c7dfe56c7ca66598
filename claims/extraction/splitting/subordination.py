"""Splits off subordinate clauses that make an assertion of their own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from claims.extraction.splitting.borrowing import BREAKS, DASHES, SUBJECTS, auxiliaries, before, noun_phrase, reported
from claims.extraction.splitting.parts import Cut, Form, Word
from claims.extraction.text.inflection import base
from claims.extraction.text.syntax import child, is_plural, is_verb, lemma, phrase, subject
from claims.lexicon import people, pointers
from claims.lexicon.clauses import ASSERTING, RESULTING, UTTERANCES
from claims.lexicon.moods import MAYBE, THINGS
from claims.lexicon.verbs import SHOWING, SPEAKING, past, present

if TYPE_CHECKING:
    from spacy.tokens import Token

_RELATIVE = frozenset({"WP", "WDT", "WP$", "WRB"})
_FINITE = ("VBZ", "VBP", "VBD", "MD")
_GIVEN_REACH = 12
# What only people, bodies and texts do; the other verbs of saying are also said of events.
_SPOKEN = (
    SPEAKING - SHOWING - {"begin", "continue", "go", "call", "show", "find", "signal", "suggest", "indicate", "post"}
)
_SPEAKERS = (
    people.ROLES
    | people.OCCUPATIONS
    | people.ANONYMOUS
    | people.DOCUMENTS
    | people.UTTERANCES
    | people.PERSON_NOUNS
    | pointers.GROUPS
) | (pointers.BODIES | THINGS | UTTERANCES)


def relative(verb: Token) -> Cut | None:
    """As in ", who has been skeptical": non-restrictive, so it follows a comma or a dash."""
    noun = verb.head
    # "In other words, who cares?": what hangs on an opening phrase is the sentence itself.
    opening = noun.dep_ == "pobj" and noun.head.dep_ == "ROOT"
    if verb.dep_ not in ("relcl", "acl", "advcl") or noun.pos_ not in ("NOUN", "PROPN") or opening or reported(noun):
        return None
    words = phrase(verb)
    pronoun = next((token for token in words[:3] if token.tag_ in _RELATIVE), None)
    if pronoun is None or before(words[0]) not in BREAKS or _overrun(words) or _is_reported(verb, pronoun):
        return None
    if pronoun.lower_ == "which" and noun.ent_type_ == "PERSON":
        # "Maria Lopez, the mayor of Leeds, which has ...": the parser likes the first noun, "which" no person.
        noun = verb.doc[words[0].i - 2]
        if noun.pos_ not in ("NOUN", "PROPN") or noun.ent_type_ == "PERSON":
            return None
    antecedent = [token for token in noun_phrase(noun) if token.i < words[0].i]
    while antecedent and antecedent[-1].text in BREAKS:
        antecedent.pop()
    if pronoun.tag_ == "WP$":
        owned = "'" if antecedent and antecedent[-1].text.endswith("s") else "'s"
        return Cut(form=Form.RELATIVE, head=verb, lead=tuple(antecedent), swapped=((pronoun.i, owned),))
    if pronoun.dep_ in SUBJECTS and pronoun.head.i == verb.i:
        return Cut(form=Form.RELATIVE, head=verb, lead=tuple(antecedent), dropped=frozenset({pronoun.i}))
    return _moved(verb, pronoun, antecedent) if child(verb, *SUBJECTS) is not None else None


def second_relative(verb: Token) -> Cut | None:
    """As in ", which employs 1,200 people and was re-opened in 2019": the second verb of the same clause.

    It is not split off if it has no finite verb, or follows reported speech or directly follows the first verb.
    """
    above = verb.head
    if verb.dep_ != "conj" or above.dep_ != "relcl" or child(verb, *SUBJECTS, "expl", "mark") is not None:
        return None
    joint = [kid.lower_ for kid in above.children if kid.dep_ == "cc" and above.i < kid.i < verb.i]
    finite = any(word.tag_ in _FINITE for word in (verb, *auxiliaries(verb)))
    first = relative(above) if joint in (["and"], ["but"]) and finite else None
    if first is None or not first.dropped or first.after or child(above, "ccomp", "xcomp") is not None:
        return None
    return Cut(form=Form.RELATIVE, head=verb, lead=first.lead) if verb.left_edge.i - above.i > 2 else None


def _is_reported(verb: Token, pronoun: Token) -> bool:
    """As in "Wang, who police say fled to Spain": what it says of the noun is somebody's report."""
    return pronoun.tag_ == "WP" and any(
        kid.dep_ in SUBJECTS for place in range(pronoun.i + 1, verb.i + 1) for kid in [verb.doc[place]]
    )


def _moved(verb: Token, pronoun: Token, antecedent: list[Token]) -> Cut | None:
    """As in "Leeds, where he was born": "he was born in Leeds"."""
    place: Word | None = {"where": "in", "when": "in"}.get(pronoun.lower_)
    dropped = {pronoun.i}
    after: list[Word] = [] if place is None else [place]
    preposition = pronoun.head
    if pronoun.dep_ == "pobj" and preposition.head.i == verb.i and pronoun.i == preposition.i + 1:
        if _nested(verb.head):
            # "a call he made to her office, in which he said": the parser likes the nearest noun, right or wrong.
            return None
        after = [preposition]
        dropped.add(preposition.i)
    elif place is None and (pronoun.dep_ != "dobj" or pronoun.head.i != verb.i):
        return None
    return Cut(form=Form.RELATIVE, head=verb, dropped=frozenset(dropped), after=(*after, *antecedent))


def _overrun(words: list[Token]) -> bool:
    """Whether a clause between dashes continues after the second: the parser read over its end."""
    return before(words[0]) in DASHES and any(token.text in DASHES for token in words[1:-1])


def _nested(noun: Token) -> bool:
    """Whether a noun is the object of a preposition that belongs to another noun or to a clause of its own."""
    if noun.dep_ != "pobj":
        return False
    above = noun.head.head
    return above.pos_ in ("NOUN", "PROPN") or above.dep_ in ("relcl", "acl")


def absolute_clause(verb: Token) -> Cut | None:
    """As in "..., with President Putin making statements": no finite verb, but a subject of its own."""
    own = child(verb, *SUBJECTS)
    if own is None or verb.tag_ != "VBG" or own.i > verb.i or auxiliaries(verb):
        return None
    above = verb.head
    if verb.dep_ == "pcomp":
        if above.lower_ != "with" or before(above) != "," or reported(above.head):
            return None
        above = above.head
    elif verb.dep_ != "advcl" or reported(above) or before(phrase(verb)[0]) not in BREAKS:
        return None
    finite_form = _finite_form(verb, above, own)
    return _finite(verb, finite_form) if finite_form is not None else None


def participle(verb: Token) -> Cut | None:
    """As in "..., explaining that Moscow has never ...": its subject is that of the main verb."""
    above = verb.head
    if verb.dep_ != "advcl" or verb.tag_ != "VBG" or not is_verb(above) or above.i > verb.i or reported(above):
        return None
    words = phrase(verb)
    if before(words[0]) not in (",", *DASHES) or auxiliaries(verb) or child(verb, "mark") is not None:
        return None
    if child(verb, "dobj", "ccomp", "xcomp") is None or _of_the_event(verb, above):
        return None
    shared = subject(above)
    if shared is None or shared.dep_ in ("expl", "nsubjpass") or shared.tag_ in _RELATIVE or shared.lower_ == "that":
        return None
    if base(verb.lower_, lemma(verb)) in _SPOKEN and not _can_speak(shared):
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
    if any(helper.tag_ == "MD" for helper in helpers):
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
    if shared is None or (having is None and verb.tag_ != "VBG"):
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
    if verb.dep_ != "advcl" or child(verb, *SUBJECTS, "expl") is None or reported(verb.head):
        return None
    marks = [k for k in verb.lefts if k.dep_ in ("mark", "advmod") and k.lower_ in ("even", "as", *ASSERTING)]
    if " ".join(kid.lower_ for kid in marks) not in ASSERTING:
        return None
    if any(helper.lower_ in MAYBE for helper in auxiliaries(verb.head)):
        # "Some would like to see China agree while the US keeps its tariffs": what is wished for is no fact.
        return None
    return Cut(form=Form.ADVERBIAL, head=verb, dropped=frozenset(kid.i for kid in marks))


def _given_before(verb: Token) -> Token | None:
    """The "given" that a clause hangs on, however the parser attached it: it often takes the subject away."""
    if (
        verb.dep_ == "ROOT"
        or verb.tag_ not in _FINITE
        or any(verb.doc[i].dep_ == "cc" for i in range(verb.head.i, verb.i))
    ):
        return None
    first = verb.sent.start
    for place in range(verb.i - 1, max(verb.i - _GIVEN_REACH, first) - 1, -1):
        token = verb.doc[place]
        if token.lower_ == "given" and (place == first or before(token) in (",", *DASHES)):
            return token
        if token.is_punct or token.tag_ in _FINITE:
            return None
    return None
