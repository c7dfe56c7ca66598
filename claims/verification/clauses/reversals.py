"""Finds clauses of a source that say the opposite of a claim's: the roles exchanged, done and undone, called off."""

from __future__ import annotations

from collections.abc import Sequence

from claims.extraction.text.predications import Predication, predications
from claims.lexicon.framing import IN_FORCE, LEFT_UNDONE, PRONOUNS, SETTLING, TAKING_PLACE, UNDOING
from claims.verification.evidence.sentences import sentence_spans
from claims.verification.forms.deeds import asserted_clauses, by_deed, deed_of, is_mutual, told
from claims.verification.forms.names import names
from claims.verification.forms.phrases import fills, one_phrase
from claims.verification.rules.dates import agree, dates
from claims.verification.words import content, opposed

ROLES_EXCHANGED = "the source says it the other way round (who did it to whom)"
CALLED_OFF = "the source says that it was called off"


def turned_round(pairs: Sequence[tuple[Predication, Sequence[Predication]]], clauses: Sequence[Predication]) -> str:
    """How the source says the opposite of a clause, in words for an editor; empty if it does not."""
    for ours, same in pairs:
        if same and all(_roles_exchanged(ours, theirs) for theirs in same):
            return ROLES_EXCHANGED
    left = any(same and all(_is_left_undone(ours, theirs, clauses) for theirs in same) for ours, same in pairs)
    undone = [ours for ours, same in pairs if not any(_is_done_by(ours, theirs) for theirs in same)]
    own = {deed_of(ours) for ours, _ in pairs}  # "began in May and ended in July" has both
    others = [theirs for theirs in clauses if deed_of(theirs) not in own]
    if left or any(_is_reversed(ours, theirs, clauses) for ours in undone for theirs in others):
        return "the source says the opposite of what was done"
    if any(_is_called_off(ours, theirs) for ours, _ in pairs for theirs in clauses):
        return CALLED_OFF
    return ""


def _is_done_by(ours: Predication, theirs: Predication) -> bool:
    """Whether the same party does it in both, or may: "it ended in July"."""
    return one_phrase(ours.agent, theirs.agent) or (theirs.agent is not None and theirs.agent.head in PRONOUNS)


def roles_exchanged(claim: str, passage: str) -> str:
    """That a sentence which names both parties of a claim has them the other way round, however few words it shares.

    In words for an editor; empty where no sentence has.
    """
    parties = [set(name.parts) for name in names(f"by {claim}")]
    spans = sentence_spans(passage) if len(parties) > 1 else []
    near = [passage[slice(*span)] for span in spans]
    near = [text for text in near if sum(bool(some & set(content(text))) for some in parties) > 1]
    if not near:
        return ""
    claimed, *sourced = (told(clauses) for clauses in predications((claim, *near)))
    main = asserted_clauses(claimed)
    exchanged = any(
        same and all(_roles_exchanged(ours, theirs) and _of_one_occasion(ours, theirs) for theirs in same)
        for clauses in sourced
        for ours, same in by_deed(main, clauses)
    )
    return ROLES_EXCHANGED if exchanged else ""


def _of_one_occasion(ours: Predication, theirs: Predication) -> bool:
    """Whether two clauses may tell of one occasion: no date in the source's alone, no other thing after a preposition.

    "Lenovo sued Nokia over radio patents" is not the suit over video patents, and "was cancelled in 2020" is not this
    year's event.
    """
    dated = any(dates(noun.text) and not dates(ours.clause) for _, noun in theirs.beside)
    apart = any(
        case == their_case and not dates(our.text) and not one_phrase(our, their)
        for case, our in ours.beside
        for their_case, their in theirs.beside
        if case not in ("in", "at", "by", "for")
    )
    return not dated and not apart


def _is_called_off(ours: Predication, theirs: Predication) -> bool:
    """Whether what a claim says will be, or was held, was called off: "will be held in May", "has been cancelled"."""
    deed, event = deed_of(ours), ours.patient if ours.agent is None else ours.agent
    if ours.negated or ours.held or not (ours.future or " ".join(deed) in TAKING_PLACE) or deed[0] in UNDOING:
        return False
    undone = deed_of(theirs)[0] in UNDOING and theirs.past and not (theirs.negated or theirs.held or theirs.condition)
    return undone and one_phrase(event, theirs.patient) and _of_one_occasion(ours, theirs)


def on_other_side(ours: Predication, same: Sequence[Predication]) -> str:
    """That one who does it in the claim has it done to them in all clauses of the deed, whoever does it there.

    In words for an editor; empty where it is not so: a reason to look, since the other party may be the same in other
    words ("a coastguard ship from Latvia", "a Latvian coastguard vessel").
    """
    if ours.agent is None or ours.patient is None or is_mutual(ours) or not same:
        return ""
    if not all(their.agent and their.patient and (their.past or their.future) for their in same):
        return ""  # who does what is often misread in "formed by earthquakes, the island is ..."
    straight = any(one_phrase(ours.agent, their.agent) or one_phrase(ours.patient, their.patient) for their in same)
    crossed = all(one_phrase(ours.agent, their.patient) or one_phrase(ours.patient, their.agent) for their in same)
    return f"the source has {ours.agent.text} on the other side of it" if crossed and not straight else ""


def _roles_exchanged(ours: Predication, theirs: Predication) -> bool:
    """Whether who does it in one has it done to them in the other, both ways; or is there after "to"."""
    if ours.agent is None or theirs.agent is None or is_mutual(ours):
        return False
    if not one_phrase(ours.agent, theirs.agent) and any(
        case == their_case and case != "with" and one_phrase(ours.agent, their) and one_phrase(our, theirs.agent)
        for case, our in ours.beside
        for their_case, their in theirs.beside
    ):
        return True
    if ours.patient is None or theirs.patient is None:
        return False
    crossed = one_phrase(ours.agent, theirs.patient) and one_phrase(ours.patient, theirs.agent)
    straight = one_phrase(ours.agent, theirs.agent) or one_phrase(ours.patient, theirs.patient)
    return bool(crossed) and not straight


def _is_reversed(ours: Predication, theirs: Predication, clauses: Sequence[Predication]) -> bool:
    """Whether the same party does the opposite there, to the same: "accepted the offer", "turned down the offer"."""
    if ours.negated != theirs.negated or ours.held or theirs.held:
        return False
    if _still_holds(ours, theirs):
        return True
    our, their = deed_of(ours)[0], deed_of(theirs)[0]
    if not opposed(our, their) or their == "remain" or _at_other_times(ours.clause, theirs.clause):
        return False
    if theirs.patient is None and ours.patient is not None and one_phrase(ours.patient, theirs.agent):
        return not theirs.past  # "called off the strike", "the strike will go ahead"; "it opened" may be long ago
    opposites = one_phrase(ours.agent, theirs.agent)
    if not opposites or ours.patient is None:
        return opposites and theirs.patient is None
    return fills(ours.patient, theirs.patient, clauses)


def _at_other_times(ours: str, theirs: str) -> bool:
    """Whether each has a date, and none is the other's: what began on Monday may have ended on Friday."""
    our, their = dates(ours), dates(theirs)
    return bool(our and their) and all(agree(first, second) is False for first in our for second in their)


def _is_left_undone(ours: Predication, theirs: Predication, clauses: Sequence[Predication]) -> bool:
    """Whether one tells as done what the same party would not do in the other: "approved", "declined to approve"."""
    our, their = set(ours.held) - SETTLING, set(theirs.held) - SETTLING
    if not our ^ their or not our | their <= LEFT_UNDONE or (our and their) or ours.negated or theirs.negated:
        return False
    same_patient = ours.patient is None or fills(ours.patient, theirs.patient, clauses)
    return one_phrase(ours.agent, theirs.agent) and same_patient


def _still_holds(ours: Predication, theirs: Predication) -> bool:
    """Whether what the claim says was ended remains there: "the ban was lifted", "the ban remains in force".

    So does somebody who was "released from prison" and "remains in prison".
    """
    if theirs.patient is not None or not opposed(deed_of(ours)[0], deed_of(theirs)[0]):
        return False
    left = {noun.head for case, noun in ours.beside if case == "from"}
    held = all(noun.head in IN_FORCE | left for case, noun in theirs.beside if case in ("in", "at"))
    return held and one_phrase(ours.patient or ours.agent, theirs.agent)
