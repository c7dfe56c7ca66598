"""Normalizes the action of a clause across verbs: "A sold to B" is "B bought from A"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from claims.extraction.text.predications import Phrase, Predication, predications
from claims.lexicon.evidence import CONVERSES, NOUN_DEEDS, SAME_DEEDS
from claims.lexicon.framing import COMING, MUTUAL_DEEDS, MUTUAL_RELATIONS, NOT_YET_DONE, RELATIVES, REPORTING
from claims.lexicon.verbs import SPEAKER_FORMS
from claims.verification.words import content, stem, words

# The preposition of the other party of a converse verb, and the one that it has the other way round.
_CONVERSE_CASES = {"sell": ("to", "from"), "borrow": ("from", "to"), "rent": ("from", "to"), "lose": ("to", "")}
# So many letters at the beginning show that a noun is that of a verb: "merger", "merge".
_ROOT = 4
_REPORTS = SPEAKER_FORMS | REPORTING


def told(clauses: Sequence[Predication]) -> list[Predication]:
    """The clauses of a sentence in the form in which they are compared: one-sided, and "is about to" as "will"."""
    coming = [clause for clause in clauses if set(clause.held) & COMING]
    left = [clause for clause in clauses if not coming or not _only_holds(clause)]
    return [one_sided(_foretold(clause) if clause in coming else clause) for clause in left]


def _only_holds(clause: Predication) -> bool:
    """Whether a clause is no more than the "is about" of "is about to", as "set the fee" is not."""
    return clause.patient is None and clause.predicate.removeprefix("be ") in COMING


def _foretold(coming: Predication) -> Predication:
    """A clause that is "about to" come as one with "will"."""
    deed = re.sub(r"\bto\s(?=\w)", "", coming.clause, count=1)
    reworded = f"{coming.agent.text} will {deed}" if coming.agent and coming.agent.text not in deed else deed
    return replace(coming, held=tuple(word for word in coming.held if word not in COMING), future=True, clause=reworded)


def one_sided(clause: Predication) -> Predication:
    """A clause with its roles exchanged if its verb describes the action from the other side.

    "A sold the mill to B" is "B bought the mill from A", "A lost to B" is "B beat A".
    """
    clause = _with_verb(clause)
    deed, *rest = deed_of(clause)
    way, back = _CONVERSE_CASES.get(deed, ("", ""))
    other = next((noun for case, noun in clause.beside if case == way), None) if way else clause.patient
    if deed not in CONVERSES or other is None:
        return clause
    patient = clause.patient if back else clause.agent
    left = tuple(pair for pair in clause.beside if pair[1] is not other)
    beside = (*left, (back, clause.agent)) if back and clause.agent else left
    return replace(clause, predicate=" ".join((CONVERSES[deed], *rest)), agent=other, patient=patient, beside=beside)


def _with_verb(clause: Predication) -> Predication:
    """A clause whose object names the deed as one with its verb: "filed a lawsuit against X" as "sued X".

    Whom a lead is over is an object, too: "is ahead of X".
    """
    verbs, cases, deed = NOUN_DEEDS.get(clause.patient.head if clause.patient else "", ([], [], ""))
    if clause.predicate.endswith(" ahead"):
        cases, deed = ["ahead of"], clause.predicate
    elif clause.predicate.replace(" ", "_") not in verbs:
        return clause
    other = next((pair for pair in clause.beside if pair[0] in cases), None)
    if other is None:
        return clause
    beside = tuple(pair for pair in clause.beside if pair is not other)
    return replace(clause, predicate=deed, patient=other[1], beside=beside)


def deed_of(clause: Predication) -> tuple[str, ...]:
    """The stem of a clause's verb, or of the verb of its meaning, and what further words belong to it."""
    verb, *rest = clause.predicate.split()
    meant = SAME_DEEDS.get(" ".join((stem(verb), *rest)))
    return (meant,) if meant else (SAME_DEEDS.get(stem(verb), stem(verb)), *map(stem, rest))


def same_deed(first: Predication, second: Predication) -> bool:
    """Whether two clauses have the same verb, or verbs of one meaning."""
    return deed_of(first) == deed_of(second)


def by_deed(main: Sequence[Predication], clauses: Sequence[Predication]) -> list[tuple[Predication, list[Predication]]]:
    """Each clause of a claim with those of a source that have its verb, or one of its meaning."""
    return [(ours, [theirs for theirs in clauses if same_deed(ours, theirs)]) for ours in main]


def is_mutual(clause: Predication) -> bool:
    """Whether who comes first makes no difference: "met", "is an ally of", but not "is the mother of"."""
    verb, *complement = clause.predicate.split()
    if verb == "be" and complement and clause.beside:
        return complement[-1] in MUTUAL_RELATIONS
    return verb in MUTUAL_DEEDS


def told_deed(clause: Predication) -> set[str]:
    """The words of a clause that are its verb: "step" and "down" of "stepped down"."""
    deed, clause_words = deed_of(clause)[0], set(content(clause.clause)) | {word.norm for word in words(clause.clause)}
    meant = {deed, *(verb for verb, other in CONVERSES.items() if other == deed)}
    return {word for verb, same in SAME_DEEDS.items() if same in meant for word in verb.split()} & clause_words | (
        meant & clause_words
    )


def asserted_clauses(every: Sequence[Predication]) -> list[Predication]:
    """The clauses of a claim that say something themselves: not "X said", where it has what X said."""
    speaking = {clause.speaker.text for clause in every if clause.speaker is not None}
    return [
        clause
        for clause in every
        if clause.predicate not in _REPORTS or not (clause.agent and clause.agent.text in speaking)
    ]


def deed_there(claim: str, passage: str) -> bool:
    """Whether a passage has the verb of a claim's first main clause, or one of its meaning; not if none is read."""
    every = asserted_clauses(predications([claim])[0])
    main = [
        clause
        for clause in every
        if not _only_says_who(clause, every) and (clause.agent is None or clause.agent.head not in RELATIVES)
    ][:1]
    if not main:
        return False
    known = set(content(passage))
    if not all(
        set(map(stem, clause.predicate.split()[1:])) <= known for clause in main if clause.predicate.startswith("be ")
    ):
        return False  # what somebody is
    stems = [stem(word.norm) for word in words(passage)]
    pairs = [f"{word} {other}" for word, other in pairwise(stems)]
    deeds = {SAME_DEEDS.get(token, token) for token in (*stems, *pairs)}
    return all(deed_of(clause)[0] in deeds for clause in main if clause.predicate.split()[0] not in MUTUAL_DEEDS)


def tells_event(claim: str) -> bool:
    """Whether a claim tells what was or will be done, and no rule: "entry is free"."""
    [clauses] = predications([claim])
    return any(clause.past or clause.future for clause in asserted_clauses(clauses))


def _only_says_who(clause: Predication, every: Sequence[Predication]) -> bool:
    """Whether a clause only says which party another one is about: "banned for life, he blamed ..."."""
    if clause.agent is not None or clause.past or clause.future or clause.patient is None:
        return False
    others = (party for other in every if other is not clause for party in (other.agent, other.patient))
    return any(party is not None and party.text == clause.patient.text for party in others)


def told_as_plan(ours: Predication, theirs: Predication) -> str:
    """What a claim tells as done and the source only as a noun that is planned: "are considering a merger"."""
    root, noun = stem(ours.predicate.split()[0])[:_ROOT], theirs.patient.head if theirs.patient else ""
    planned = theirs.predicate in NOT_YET_DONE and len(root) == _ROOT and noun.startswith(root)
    return f"the source does not give it as done (“{theirs.predicate}”)" if planned and not ours.held else ""


def whole_of(whole: Phrase, part: Phrase) -> bool:
    """Whether a claim speaks of the whole of which the source has a part: "the five reactors", not "a reactor"."""
    first = whole.text.split()[0].lower() if whole.text else ""
    return stem(whole.head) == stem(part.head) and first not in ("a", "an", *part.part.lower().split())
