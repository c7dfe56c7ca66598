"""Compares who did what to whom: the clauses of a claim with those of the sentences that share most of its words.

Two clauses describe the same action if their verbs are the same. A clash requires that both name the agent and the
patient, the other way round. Anything that the source adds (a condition, a plan, a part) is a reason for review.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from claims.extraction.text.predications import Phrase, Predication, predications
from claims.lexicon.evidence import CONVERSES, STOPWORDS
from claims.lexicon.framing import (
    BEARINGS,
    CONDITIONS,
    DONE_ALL_THE_SAME,
    LIMITING,
    LIMITING_NEXT,
    PRONOUNS,
    SYMMETRIC_DEEDS,
)
from claims.lexicon.verbs import SPEAKER_FORMS
from claims.records import QuantityFinding
from claims.verification.clauses.reversals import on_other_side, turned_round
from claims.verification.evidence.sentences import nearest_sentences, sentence_texts
from claims.verification.forms.deeds import (
    asserted_clauses,
    by_deed,
    told,
    told_as_plan,
    told_deed,
    whole_of,
)
from claims.verification.forms.names import Name, alike, names, namesakes
from claims.verification.forms.pairing import spelt_out
from claims.verification.forms.parties import PartySort, parties
from claims.verification.forms.phrases import fills, one_phrase, phrase_names
from claims.verification.forms.tolls import toll_told
from claims.verification.rules.dates import dates
from claims.verification.rules.numbers import numbers
from claims.verification.words import content, stem, words

_CONDITION = re.compile(CONDITIONS, re.I)
_IS = re.compile(r"\b(?:is|are)\b|['’](?:s|re)\s")
# Between two who do something together: "Carlos Mena, the governor, and President Ana Ruiz opened the airport".
_TOGETHER = r"(?:,[^,;.]{2,60},|,)?\s(?:and|with|as well as|together with|along with|alongside)\s(?:[\w.'-]+\s){0,5}"
_ALONG = r"(?:(?:together|along|jointly) with|alongside) (?:[\w.'-]+ ){0,5}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Structure:
    """The result of comparing clauses: the source agrees, reverses the roles, or gives a reason for review.

    ``near`` if it agrees about somebody who may be the same party: "Moscow" and "the Kremlin's spokesman". ``read`` if
    every clause of the claim was compared with one of the same verb, with an agent in both.
    """

    agrees: bool = False
    near: bool = False
    read: bool = False
    turned: str = ""
    doubt: str = ""


def structure(claim: str, passage: str, quantities: Sequence[QuantityFinding] = ()) -> Structure:
    """The clauses of ``claim`` compared with those of the nearest sentences of ``passage``; one that agrees counts.

    With ``quantities``, their compared numbers, a toll with the claim's number says nearly the same.
    """
    nearest = _of_nearest(claim, [part for near in nearest_sentences(claim, passage) for part in _expanded(near)])
    if nearest.agrees or nearest.turned or nearest.doubt:
        return nearest
    sentences = sentence_texts(passage)
    return replace(nearest, near=nearest.near or toll_told(claim, sentences, quantities))


def _expanded(sentence: str) -> list[str]:
    """A sentence, and what it says in short of its second figure: "it sold 4 tonnes in 2022 and 5 in 2023"."""
    when = dates(sentence)
    figures = numbers(sentence, tuple(part.span for part in when))
    return [sentence, *spelt_out(sentence, [part.span for part in figures], [part.span for part in when])]


def _of_nearest(claim: str, near: Sequence[str]) -> Structure:
    claimed, *sourced = (told(clauses) for clauses in predications((claim, *near)))
    main = asserted_clauses(claimed) if near else []
    if not main:
        return Structure()
    results = [_compare_clauses(claim, main, sentence, theirs) for sentence, theirs in zip(near, sourced, strict=True)]
    return min(results, key=lambda result: (not result.agrees, not result.near, bool(result.turned or result.doubt)))


def _compare_clauses(
    claim: str, main: Sequence[Predication], sentence: str, clauses: Sequence[Predication]
) -> Structure:
    pairs = by_deed(main, clauses)
    if turned := turned_round(pairs, clauses):
        return Structure(turned=turned, read=True)
    if another := next(filter(None, (_another_party(ours, same) for ours, same in pairs)), None):
        of_another = f"the source says it of {another[1].text}"
        if another[0].parts[0] not in content(sentence):
            return Structure(turned=of_another, read=True)
        if not _is_joined(*another, sentence):
            return Structure(doubt=of_another, read=True)
    read = all(ours.agent is not None and any(_has_roles_of(ours, theirs) for theirs in same) for ours, same in pairs)
    doubts = [
        doubts[0] for ours, same in pairs if same and all(doubts := [_left_out(claim, ours, theirs) for theirs in same])
    ]
    doubts += [on_other_side(ours, same) for ours, same in pairs]
    doubts += [told_as_plan(ours, theirs) for ours, same in pairs if not same for theirs in clauses]
    if doubt := next(filter(None, doubts), ""):
        return Structure(doubt=doubt, read=read)
    if _is_limited(claim, sentence):
        return Structure(read=read)
    agrees = all(any(_says_the_same(claim, ours, theirs, clauses) for theirs in same) for ours, same in pairs)
    near = len(pairs) == 1 and any(_nearly(pairs[0][0], theirs) for theirs in pairs[0][1])
    return Structure(agrees=agrees and _complete(claim, main, sentence), near=near, read=read)


def _has_roles_of(ours: Predication, theirs: Predication) -> bool:
    """Whether a clause was read with everybody that the claim's clause names."""
    return theirs.agent is not None and (ours.patient is None or theirs.patient is not None)


def _complete(claim: str, main: Sequence[Predication], sentence: str) -> bool:
    """Whether a sentence has every content word of a claim but the verbs, which it may have in another word."""
    deeds = {word for clause in main for word in told_deed(clause)}
    return set(content(claim)) - set(content(sentence)) <= deeds


def _another_party(ours: Predication, same: Sequence[Predication]) -> tuple[Name, Name] | None:
    """The claim's name and that of another who does it, or has it done to them, in every clause of a deed."""
    every = [_stranger(ours, theirs) for theirs in same]
    return every[0] if every and all(every) else None


def _is_joined(claimed: Name, other: Name, sentence: str) -> bool:
    """Whether a sentence names both together: "Mena and President Ruiz opened it", "Mena opened it along with Ruiz"."""
    our, their = (re.escape(name.text.split()[-1]) for name in (claimed, other))
    joined = (rf"\b{our}{_TOGETHER}{their}\b", rf"\b{their}{_TOGETHER}{our}\b", rf"\b{_ALONG}{our}\b")
    return any(re.search(pattern, sentence) for pattern in joined)


def _stranger(ours: Predication, theirs: Predication) -> tuple[Name, Name] | None:
    """The full name in a role of a claim's clause, and the full name of somebody else in the same role there."""
    roles = ((ours.agent, theirs.agent), (ours.patient, theirs.patient))
    apart = [(our, their) for our, their in roles if our and their and not one_phrase(our, their)]
    if len(apart) != 1 or ours.predicate.startswith("be ") or ours.negated != theirs.negated:
        return None
    our_names, their_names = (phrase_names(this.text, that.text) for this, that in (apart[0], apart[0][::-1]))
    full = [(our, their) for our in our_names for their in their_names if min(len(our.parts), len(their.parts)) > 1]
    known = [pair for pair in full if alike(*pair) is False or namesakes(*pair)]
    return known[0] if len(known) == len(our_names) == len(their_names) == 1 else None


def _left_out(claim: str, ours: Predication, theirs: Predication) -> str:
    """What the source's clause has that the claim leaves out, in words for an editor; empty for nothing."""
    for our, their in ((ours.agent, theirs.agent), (ours.patient, theirs.patient)):
        if their and their.part and our and not our.part and whole_of(our, their):
            return f"the source says it of a part only (“{their.part} {their.text}”)"
    to_come = theirs.clause.startswith("to ") and not ours.future  # "is to close its plant"
    unsure = [word for word in theirs.held if word not in DONE_ALL_THE_SAME or (word == "be" and to_come)]
    held = [word for word in unsure if stem(word) not in content(claim)]
    if held and not ours.held and (ours.past or held != ["would"]):
        return f"the source does not give it as done (“{held[0]}”)"
    if theirs.condition and not (_CONDITION.search(claim) or theirs.condition in claim.lower().split()):
        return f"the source says it under a condition (“{theirs.condition}”)"
    if theirs.future and ours.past and not ours.held:
        return "the source gives it as still to come (“will”)"
    is_so, was_so = (clause.predicate.split()[0] == "be" and not clause.held for clause in (ours, theirs))
    if is_so and was_so and theirs.past and theirs.speaker is None and _IS.search(ours.clause):
        return "the source gives it as past (“was”)"
    return ""


def _says_the_same(claim: str, ours: Predication, theirs: Predication, clauses: Sequence[Predication]) -> bool:
    """Whether a clause of the source says what a clause of the claim says: the same words in the same roles."""
    to_come = ours.future or (theirs.future and "would" in ours.held)
    if ours.predicate.startswith("be ") and not set(content(theirs.clause)) <= set(content(claim)):
        return False  # "is a rock band" is said of an electronic one, too: what is left out may be the point
    held = set(ours.held) - ({"would"} if theirs.future else set())
    if ours.negated != theirs.negated or to_come != theirs.future or held != set(theirs.held) or theirs.condition:
        return False
    if ours.speaker is not None and not fills(ours.speaker, theirs.speaker, ()):
        return False
    agent = ours.speaker if ours.agent is not None and ours.agent.head in PRONOUNS and ours.speaker else ours.agent
    roles = [(agent, theirs.agent), (ours.patient, theirs.patient)]
    both = [theirs.agent, theirs.patient, *(noun for _, noun in theirs.beside)]
    if ours.predicate in SYMMETRIC_DEEDS:
        met_by = all(our is None or any(fills(our, their, clauses) for their in both) for our, _ in roles)
    else:
        met_by = all(our is None or fills(our, their, clauses) for our, their in roles)
    if not met_by:
        return False
    spoken = {stem(word.norm) for word in words(ours.clause) if word.norm in SPEAKER_FORMS}
    met = set(content(theirs.clause)) | {word for clause in clauses for word in _meant(theirs, clause)}
    if not set(content(ours.clause)) - spoken - told_deed(ours) <= met:
        return False
    return _bearings(ours.clause) - told_deed(ours) <= _bearings(theirs.clause) or _same_parties_beside(
        ours, theirs, clauses
    )


def _same_parties_beside(ours: Predication, theirs: Predication, clauses: Sequence[Predication]) -> bool:
    """Whether a deed that one tells from its other side has the same parties after its prepositions."""
    if not (told_deed(ours) ^ told_deed(theirs)) & set(CONVERSES):
        return False
    cases = [[their for case, their in theirs.beside if case == our_case] for our_case, _ in ours.beside]
    return all(
        any(fills(our, their, clauses) for their in named) for (_, our), named in zip(ours.beside, cases, strict=True)
    )


def _meant(theirs: Predication, other: Predication) -> list[str]:
    """The words of who acts in another clause of the sentence, where this one only has "it" for them."""
    pronoun = theirs.agent is not None and theirs.agent.head in PRONOUNS
    return content(other.agent.text) if pronoun and other.agent is not None else []


def _nearly(ours: Predication, theirs: Predication) -> bool:
    """Whether only who does it is told in other words, and may be the same party."""
    same = ours.negated == theirs.negated and ours.future == theirs.future and not ours.held and not theirs.held
    if not same or ours.agent is None or theirs.agent is None:
        return False
    if not _one_state(ours.agent, theirs.agent):
        return False
    return set(content(ours.clause)) - set(content(ours.agent.text)) <= set(content(theirs.clause))


def _one_state(first: Phrase, second: Phrase) -> bool:
    """Whether two phrases are of one state, and not of two bodies of it: "Moscow", "the Russian leader"."""
    ours, theirs = parties(first.text), parties(second.text)
    known = [name.party for name in names(f"by {first.text}") if name.party]
    our, their = [*ours, *known], [*theirs, *(name.party for name in names(f"by {second.text}") if name.party)]
    shared = [(a, b) for a in our for b in their if a.keys & b.keys]
    return any({a.sort, b.sort} != {PartySort.BODY} for a, b in shared)


def _bearings(text: str) -> set[str]:
    return {word.norm for word in words(text)} & BEARINGS


def _is_limited(claim: str, sentence: str) -> bool:
    """Whether the sentence has a word that limits what it says ("nearly", "only", "if") which the claim has not."""
    ours = {word.norm for word in words(claim)}
    if _CONDITION.search(sentence) and not _CONDITION.search(claim):
        return True
    for place, word in enumerate(every := words(sentence)):
        near = {
            stem(later.norm) for later in [after for after in every[place + 1 :] if after.norm not in STOPWORDS][:2]
        }
        if word.norm in LIMITING - ours and (word.norm not in LIMITING_NEXT or near & set(content(claim))):
            return True
    return False
