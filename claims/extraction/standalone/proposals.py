"""Proposals made in one claim, for later claims that refer to "this proposal" or "that plan"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from claims.extraction.coreference.antecedents import human, report_over, subject_beside
from claims.extraction.coreference.certainty import Answer
from claims.extraction.coreference.referents import Referents
from claims.extraction.splitting.parts import Part
from claims.extraction.standalone.wording import Changes, as_case, joined
from claims.extraction.text.syntax import SUBJECTS, child, lemma, subject
from claims.lexicon.pointers import HE, PROPOSING, SHE, THIRD

if TYPE_CHECKING:
    from spacy.tokens import Token


def proposed(part: Part, referents: Referents) -> str | None:
    """The words for what was last proposed in ``part``, its pronouns replaced; None if one of them is not certain."""
    proposal = _proposed(part)
    changes = None if proposal is None else _changes_of(part, proposal, referents)
    return None if proposal is None or changes is None else joined(proposal, changes)


def _changes_of(part: Part, words: Sequence[Token], referents: Referents) -> Changes | None:
    changes = Changes()
    for token in words:
        if token.lower_ in THIRD:
            answer = referents.answer(token)
            # "Offered Ukraine a loan before it can join": whose "his" or "its" is, the one to whom it is given or not?
            given = _given_to(part) if token.lower_ == "it" else None
            name = given or (answer.name if answer.sure else None)
            if name is None:
                return None
            if not named_in(name, " ".join(word.text for word in words)):
                changes.instead[token.i] = as_case(token, name)
    return changes


def _proposed(part: Part) -> list[Token] | None:
    """What was last proposed: the object of the verb of proposing, with what follows it in its clause."""
    for verb in part.tokens:
        target = child(verb, "dobj") if lemma(verb) in PROPOSING else None
        if target is None:
            continue
        start, end = target.left_edge.i, verb.right_edge.i
        return [token for token in part.tokens if start <= token.i <= end and not (token.i == end and token.is_punct)]
    return None


def _given_to(part: Part) -> str | None:
    return next((str(token.text) for token in part.tokens if token.dep_ == "dative" and token.ent_type_), None)


def named_in(name: str, words: str) -> bool:
    """Whether the last word of a name is in ``words``."""
    # The parser takes "Van-Dorn" for three words.
    return bool(name) and name.rsplit(maxsplit=1)[-1] in words.replace(" - ", "-")


def may_be_two(token: Token, answer: Answer, seen: Sequence[Token]) -> bool:
    """As in "Kerr told Webb that he would lose his seat": either of two people whom the claim names before.

    So it may be in "when Kerr met Webb, he hit him", and in "Webb's son's agent says that he will leave".
    """
    report, words = report_over(token), " ".join(word.text for word in seen)
    sayer = subject(report) if report is not None else None
    owner = child(sayer, "poss") if sayer is not None and human(sayer) and sayer.i < token.i else None
    if owner is not None and child(owner, "poss") is not None and human(owner):
        return True
    met = _meets_another(token)
    people = {*answer.people, *(answer.plausible if met else ())}
    return (met or report is not None) and sum(named_in(name, words) for name in people) > 1


def _meets_another(token: Token) -> bool:
    """As in "he hit him": two pronouns of one gender are subject and object of one verb."""
    other = subject_beside(token)
    if other is None and token.dep_ in SUBJECTS:
        other = next((kid for kid in token.head.children if kid.dep_ in ("dobj", "dative")), None)
    return other is not None and any({other.lower_, token.lower_} <= words for words in (HE, SHE))
