"""Finds that a source says something of another who has the claim's: of "the mayor's dog", of the "profit forecast".

A source with all of a claim's words may say it of what stands beside its noun, and not of the noun itself.
"""

from __future__ import annotations

from collections.abc import Sequence

from claims.extraction.text.placements import Placement
from claims.extraction.text.predications import placements
from claims.lexicon.clauses import word_set
from claims.lexicon.framing import ACTING_FOR, PART_WORDS, SAME_THING

# The relations in which who has somebody is another than they: "talked to the mayor's son", not "in the town's park".
_ROLES = word_set("agent patient between with to against")
# Verbs before which a noun is moved to do something itself: "helped the driver solve it" has helped the driver.
_MOVING = word_set("help let make have get allow want ask enable force tell")


def holder(claim: str, sentence: str) -> str:
    """Of whom the sentence says it, where it has who the claim says it of only beside them: "the mayor's dog".

    So it has where what the claim has as the object of a verb does or is something itself: "heard the witness lied".
    """
    claimed, sourced = placements((claim, sentence))
    known, ways = {place.word for place in claimed}, {place.way for place in claimed}
    texts = {place.word: place.text for place in sourced}
    for ours in claimed:
        if len(ours.way) != 2 or ours.way[0] not in _ROLES or ("xcomp", ours.way[1]) in ways:
            continue  # "the arrival of the storm is expected" is "the storm is expected to arrive"
        theirs = [place.way for place in sourced if place.word == ours.word and place.way]
        if any(way[:2] == ours.way for way in theirs):
            continue
        for way in theirs:
            if _is_beside(ours, way) and _is_another(way[1], texts.get(way[1], ""), known):
                return f"{texts.get(ours.word, ours.text)} … {texts[way[1]]}"
            if _does_itself(ours, way, sourced):
                return f"{texts.get(ours.word, ours.text)} … {texts.get(way[-1], way[-1])}"
    return ""


def done_to(claim: str, sentence: str) -> str:
    """To whom the sentence has it done, where that is who does it in the claim: "was promised a refund".

    A claim whose verb has no object may say the same: "the shop closed", "the shop was closed".
    """
    claimed, sourced = placements((claim, sentence))
    acts_on = {place.way[1] for place in claimed if len(place.way) == 2 and place.way[0] == "patient"}
    for ours in claimed:
        if len(ours.way) == 2 and ours.way[0] == "agent" and ours.way[1] in acts_on:
            ways = [place.way[:2] for place in sourced if place.word == ours.word]
            # Where somebody else does it the two are exchanged, which means the same for "married".
            others = any(place.way[:2] == ours.way for place in sourced)
            if ("patient", ours.way[1]) in ways and not others:
                return ours.text
    return ""


def _is_beside(ours: Placement, way: Sequence[str]) -> bool:
    """Whether a word stands beside the noun that has its place of the claim: "the mayor's dog", "profit forecast".

    In the place of who does it a word before another says who: "police officers"; a number counts it.
    """
    counts = ours.word in PART_WORDS or not ours.text.isalpha()
    compound = way[0] == "mod" and ours.way[0] != "agent" and not (counts or way[1] in SAME_THING)
    return (compound or way[0] in ("poss", "of")) and way[2:4] == ours.way


def _does_itself(ours: Placement, way: Sequence[str], sourced: Sequence[Placement]) -> bool:
    """Whether the object of a verb of the claim is in the clause that is the verb's object there."""
    if ours.way[0] != "patient" or way[0] not in ("agent", "patient") or ours.way[1] in _MOVING:
        return False
    noun = next(place for place, there in enumerate(sourced) if there.word == ours.word and there.way == way)
    # Who stands behind the verb does nothing: "hives contained traces, researchers found".
    return next((there.way for there in sourced[noun:] if there.word == way[-1]), ()) == ("ccomp", ours.way[1])


def _is_another(head: str, text: str, known: set[str]) -> bool:
    """Whether a noun that the claim lacks is of another thing or person, and neither a name nor a body that acts."""
    return bool(text) and text[:1].islower() and head not in known | ACTING_FOR | PART_WORDS
