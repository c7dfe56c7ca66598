"""Whether a verb belongs with the one that the parser joined it to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from claims.extraction.splitting.borrowing import (
    BREAKS,
    RELATIVE,
    SUBJECTS,
    auxiliaries,
    before,
    is_finite_verb,
    own_subject,
    unopened,
)
from claims.extraction.text.syntax import FINITE, child, is_verb, lemma
from claims.lexicon.clauses import JOINING, SHORT_SUBJECTS
from claims.lexicon.verbs import DONE_TO_SOMEBODY, past_is_participle

if TYPE_CHECKING:
    from spacy.tokens import Token

# What may stand right before a verb that shares a subject.
_JOINTS = JOINING | {"or", "nor", "then", "also", "even", "still", "later", "not"}
# The farthest that a verb stands behind the conjunction that joins it, in tokens.
_FARTHEST = 7
_ORDINALS = frozenset({"second", "third", "fourth", "fifth", "sixth"})
_APOSTROPHES = frozenset({"'", "’"})
_MARKS = frozenset({'"', "”", "“", "’", "‘", "'", "``", "''"})


def misjoined(verb: Token) -> bool:
    """Whether the parser joined a verb to one with which it cannot be coordinated; the sentence is then not split.

    As in "until the next of kin could be told", "a video of the moment she was rescued was released": a finite verb
    without a subject, and no conjunction, comma or dash that would give it one.
    """
    head = verb.head
    if (
        verb.dep_ != "conj"
        or not is_verb(head)
        or not is_finite_verb(verb)
        or child(verb, *SUBJECTS, "expl", "csubj") is not None
    ):
        return False
    place = verb.left_edge.i
    while place > 0 and verb.doc[place - 1].text in _MARKS:
        place -= 1
    opener = before(verb.doc[place])
    joint = opener.lower() in _JOINTS or opener in (*BREAKS, ";", ":") or verb.left_edge.lower_ in _JOINTS
    return not joint or _unjoined(verb)


def is_torn(verb: Token, words: Sequence[Token]) -> bool:
    """Whether the words of a clause begin or end where no clause does: the parser read over its bounds.

    As in "both of whom | the mayor quarrelled with", "to cut the visitors’ | lead to two", "beat Uchida 6-1 and | Ono
    won": a clause begins behind no preposition, article or relative pronoun, nor behind a conjunction of something
    else, and ends before a sign, a conjunction or the end of the sentence.
    """
    own = unopened(list(words))
    solid = [word for word in own if word.text in _APOSTROPHES or not (word.is_punct or word.is_space)]
    if not solid:
        return False
    first, last = solid[0], solid[-1]
    opener = first.doc[first.i - 1] if first.i > first.sent.start else None
    follower = first.doc[last.i + 1] if last.i + 1 < last.sent.end else None
    runs_on = (opener is not None and _runs_into(opener, verb)) or (follower is not None and _is_run_into(follower))
    return runs_on or _starts_late(verb, first) or _has_another_subject(verb, first)


def _starts_late(verb: Token, first: Token) -> bool:
    """As in "was late, and in a storm, | would have sunk": words behind the conjunction are not among the clause's."""
    joints = [kid.i for kid in verb.head.children if kid.dep_ == "cc" and kid.i < first.i]
    between = verb.doc[joints[-1] + 1 : first.i] if joints and verb.dep_ == "conj" and verb.i > verb.head.i else ()
    return any(word.is_alpha and word.dep_ not in ("cc", "preconj", "neg") for word in between)


def _has_another_subject(verb: Token, first: Token) -> bool:
    """As in "I told the board and after a year Hall and the firm have agreed": a noun stands where a subject does.

    Or a clause does: "but when he comes is open".
    """
    if verb.dep_ != "conj" or own_subject(verb) is not None:
        return False
    place = min((verb, *auxiliaries(verb)), key=lambda word: word.i).i - 1
    if any(word.tag_ in RELATIVE or word.tag_ in FINITE for word in verb.doc[first.i : place + 1]):
        return True
    while place > first.i and verb.doc[place].pos_ == "ADV":
        place -= 1
    noun = verb.doc[place]
    timed = noun.dep_ == "npadvmod" or noun.ent_type_ in ("DATE", "TIME")
    return place >= first.i and noun.pos_ in ("NOUN", "PROPN", "PRON") and not timed


def _runs_into(opener: Token, verb: Token) -> bool:
    if opener.tag_ == "CC":
        return opener.head.i not in (verb.i, verb.head.i) and not is_verb(opener.head)
    unjoined = verb.dep_ == "conj" and opener.is_alpha and opener.head.i != verb.i
    return unjoined or opener.tag_ in RELATIVE or opener.dep_ in ("prep", "det", "poss", "compound")


def _is_run_into(follower: Token) -> bool:
    owned = follower.tag_ == "POS" or follower.text in ("'s", "’s")
    return owned or (follower.is_alpha and follower.dep_ not in ("cc", "mark", "advmod"))


def belongs_elsewhere(verb: Token, above: Token) -> bool:
    """Whether a second verb without a subject may have another subject than the first, or needs more of it."""
    misread = _is_apart_from(verb, above) or _goes_on_around(verb, above) or _lost_its_helper(verb, above)
    return misread or _goes_on_in_clause(verb, above) or _has_short_subject(verb)


def _goes_on_in_clause(verb: Token, above: Token) -> bool:
    """As in "It was foiled when a guard bit one of them and hid his gun": the second verb may go on in the clause."""
    clauses = (kid for kid in above.children if kid.dep_ == "advcl" and above.i < kid.i < verb.i)
    return any(is_finite_verb(clause) and own_subject(clause) is not None for clause in clauses)


def _has_short_subject(verb: Token) -> bool:
    """As in "Few voted and most stayed home": the parser takes the subject for an adverb."""
    between = verb.doc[verb.head.i + 1 : verb.i] if verb.head.i < verb.i else ()
    ordinal = any(word.lower_ in _ORDINALS and word.nbor(-1).lower_ in ("a", "the") for word in between)
    first = verb.left_edge
    short = first.i < verb.i and first.lower_ in SHORT_SUBJECTS and first.dep_ in ("advmod", "amod", "dep", "det")
    return short or (ordinal and verb.tag_ == "VBN")


def is_cut_by_comma(subject: Token) -> bool:
    """As in "sold it and, the Mail claims, moved": no comma parts a subject from its verb; the parser misread it."""
    last = subject.doc[subject.right_edge.i]
    return last.text == "," and not any(word.text == "," for word in subject.doc[subject.left_edge.i : last.i])


def _is_apart_from(verb: Token, above: Token) -> bool:
    """Whether a second verb without a subject may belong to something else than the first.

    As in "spoke to one mother, who knew it, but didn't mind", where a relative clause stands between; or where there is
    no conjunction, or so much between it and the verb that a subject may be among it.
    """
    between = [
        word
        for word in verb.doc[above.i + 1 : verb.i]
        if word.dep_ == "relcl" and any(kid.tag_ in ("WP", "WDT") for kid in word.children)
    ]
    if between and not _is_parallel(verb, above, between):
        return True
    joints = [word.i for word in verb.doc[above.i + 1 : verb.i] if word.dep_ == "cc"]
    return (bool(joints) and verb.i - joints[-1] > _FARTHEST) or _unjoined(verb)


def _is_parallel(verb: Token, above: Token, between: list[Token]) -> bool:
    """Whether a comma and a tense that only the first verb shares join a second to it over relative clauses.

    As in "has said that he wants to end the war, which is about to enter its fourth year, and has called for talks".
    """
    first = next((word for word in verb.doc[between[-1].i : verb.i] if word.dep_ == "cc"), None)
    pattern = verb_pattern(verb)
    return (
        first is not None
        and before(first) == ","
        and bool(auxiliaries(verb))
        and pattern == verb_pattern(above)
        and all(verb_pattern(clause) != pattern for clause in between)
    )


def verb_pattern(verb: Token) -> tuple[str, ...]:
    """A verb's auxiliaries and tag: two verbs with the same pattern have the same tense."""
    return (*(lemma(kid) for kid in auxiliaries(verb)), verb.tag_)


def _unjoined(verb: Token) -> bool:
    """As in "visited the prison, dubbed the Hilton": no conjunction before the verb or later in its coordination."""
    row = [verb.head, *verb.head.children, *verb.children]
    place = verb.head.i
    return not any(joint.dep_ in ("cc", "preconj") and joint.i > place and _joins_here(joint, verb) for joint in row)


def _joins_here(joint: Token, verb: Token) -> bool:
    """Whether a conjunction directly precedes a verb, or joins one that follows it."""
    return joint.i > verb.i or not any(is_verb(word) and word.dep_ == "conj" for word in verb.doc[joint.i + 1 : verb.i])


def _goes_on_around(verb: Token, above: Token) -> bool:
    """As in "Berg took the car, the jury heard, and left": it was not the jury that left.

    "“We won,” she said, and left" has who left behind a quotation.
    """
    content = next((kid for kid in above.children if kid.dep_ == "ccomp" and kid.i < above.i), None)
    return content is not None and not any(word.is_quote for word in verb.doc[content.i : above.i])


def _lost_its_helper(verb: Token, above: Token) -> bool:
    """Whether a verb that looks like a past tense may share the helper of the first: "was beaten and shot in the leg".

    With "would have" it tells what was not done; behind a passive what may have been done to its subject: "was fined
    and ordered to pay", "was held and denied a lawyer". Nor is "were outplayed but led" a passive for sure.
    """
    if auxiliaries(verb) or verb.tag_ not in ("VBD", "VBN"):
        return False
    helpers = auxiliaries(above)
    passive = child(above, "auxpass") is not None
    if verb.tag_ == "VBN":
        return passive and any(kid.lower_ == "but" for kid in above.children if above.i < kid.i < verb.i)
    modal = any(helper.tag_ == "MD" for helper in helpers)
    acts = child(verb, "dobj") is not None and lemma(verb) not in DONE_TO_SOMEBODY
    return modal or (passive and past_is_participle(lemma(verb)) and not acts)
