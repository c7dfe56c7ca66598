"""Which deed a clause tells, whatever verb it tells it with: "sold to" is "bought" from the other side."""

from __future__ import annotations

from dataclasses import replace

from claims.extraction.text.predications import Predication
from claims.lexicon.evidence import CONVERSES, SAME_DEEDS
from claims.verification.words import content, stem, words

# The preposition of the other party of a converse verb, and the one that it has the other way round.
_CONVERSE_CASES = {"sell": ("to", "from"), "borrow": ("from", "to"), "rent": ("from", "to"), "lose": ("to", "")}


def one_sided(clause: Predication) -> Predication:
    """A clause turned round where its verb tells the deed from its other side.

    "A sold the mill to B" is "B bought the mill from A", "A lost to B" is "B beat A".
    """
    deed, *rest = deed_of(clause)
    way, back = _CONVERSE_CASES.get(deed, ("", ""))
    other = next((noun for case, noun in clause.beside if case == way), None) if way else clause.patient
    if deed not in CONVERSES or other is None:
        return clause
    patient = clause.patient if back else clause.agent
    left = tuple(pair for pair in clause.beside if pair[1] is not other)
    beside = (*left, (back, clause.agent)) if back and clause.agent else left
    return replace(clause, predicate=" ".join((CONVERSES[deed], *rest)), agent=other, patient=patient, beside=beside)


def deed_of(clause: Predication) -> tuple[str, ...]:
    """The stem of a clause's verb, or of the verb of its meaning, and what further words belong to it."""
    verb, *rest = clause.predicate.split()
    meant = SAME_DEEDS.get(" ".join((stem(verb), *rest)))
    return (meant,) if meant else (SAME_DEEDS.get(stem(verb), stem(verb)), *map(stem, rest))


def told_deed(clause: Predication) -> set[str]:
    """The words of a clause that are its verb: "step" and "down" of "stepped down"."""
    deed, clause_words = deed_of(clause)[0], set(content(clause.clause)) | {word.norm for word in words(clause.clause)}
    meant = {deed, *(verb for verb, other in CONVERSES.items() if other == deed)}
    return {word for verb, same in SAME_DEEDS.items() if same in meant for word in verb.split()} & clause_words | (
        meant & clause_words
    )
