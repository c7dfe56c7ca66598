"""Which deed a clause tells, whatever verb it tells it with: "sold to" is "bought" from the other side."""

from __future__ import annotations

from dataclasses import replace

from claims.extraction.text.predications import Predication
from claims.lexicon.evidence import CONVERSES, SAME_DEEDS
from claims.verification.words import content, stem, words

# The preposition of the other party of a converse verb, and the one that it has the other way round.
_CONVERSE_CASES = {"sell": ("to", "from"), "borrow": ("from", "to"), "rent": ("from", "to"), "lose": ("to", "")}


def one_sided(one: Predication) -> Predication:
    """A clause turned round where its verb tells the deed from its other side.

    "A sold the mill to B" is "B bought the mill from A", "A lost to B" is "B beat A".
    """
    deed, *rest = deed_of(one)
    way, back = _CONVERSE_CASES.get(deed, ("", ""))
    other = next((noun for case, noun in one.beside if case == way), None) if way else one.patient
    if deed not in CONVERSES or other is None:
        return one
    kept = one.patient if back else one.agent
    left = tuple(pair for pair in one.beside if pair[1] is not other)
    told = (*left, (back, one.agent)) if back and one.agent else left
    return replace(one, predicate=" ".join((CONVERSES[deed], *rest)), agent=other, patient=kept, beside=told)


def deed_of(one: Predication) -> tuple[str, ...]:
    """The stem of a clause's verb, or of the verb of its meaning, and what further words belong to it."""
    verb, *rest = one.predicate.split()
    meant = SAME_DEEDS.get(" ".join((stem(verb), *rest)))
    return (meant,) if meant else (SAME_DEEDS.get(stem(verb), stem(verb)), *map(stem, rest))


def told_deed(one: Predication) -> set[str]:
    """The words of a clause that are its verb: "step" and "down" of "stepped down"."""
    deed, told = deed_of(one)[0], set(content(one.clause)) | {word.norm for word in words(one.clause)}
    meant = {deed, *(verb for verb, other in CONVERSES.items() if other == deed)}
    return {word for verb, same in SAME_DEEDS.items() if same in meant for word in verb.split()} & told | (meant & told)
