"""Who did what to whom: the clauses of a claim set beside those of the sentences that have most of its words.

The clauses are read by the parser (``claims/extraction/text/predications.py``). Two clauses are of one deed where
their verbs are the same. A clash is found only where both name who does it and to whom, the other way round. All else
that the source has and the claim lacks (a condition, a plan, a part, another speaker) is a reason to look.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from claims.extraction.text.predications import Phrase, Predication, predications
from claims.lexicon.evidence import CONVERSES, SAME_DEEDS
from claims.lexicon.framing import (
    BEARINGS,
    CONDITIONS,
    LIMITING,
    MUTUAL_DEEDS,
    NOT_YET_DONE,
    PRONOUNS,
    REPORTING,
    SYMMETRIC_DEEDS,
)
from claims.lexicon.verbs import SPEAKER_FORMS
from claims.verification.evidence.sentences import sentence_spans
from claims.verification.forms.deeds import deed_of, one_sided, told_deed
from claims.verification.forms.parties import PartySort, parties
from claims.verification.rules.names import Name, alike, names
from claims.verification.words import content, coverage, opposed, stem, words

# Passages and sentences with less of the claim are not read: they speak of something else.
READ = 0.6
# Sentences that have nearly as much of the claim as the best one may say it as well.
_AS_GOOD = 0.1
_MOST = 3
_ROOT = 4
_CONDITION = re.compile(CONDITIONS, re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class Structure:
    """What the clauses show: that the source says just this, that it turns it round, or why a person must look.

    ``near`` where it says so of one who may be the same party: "Moscow" and "the Kremlin's spokesman". ``read`` where
    every clause of the claim was set beside one of the same verb, with who does it in both.
    """

    agrees: bool = False
    near: bool = False
    read: bool = False
    turned: str = ""
    doubt: str = ""


def structure(claim: str, passage: str) -> Structure:
    """The clauses of ``claim`` compared with those of the nearest sentences of ``passage``; one that agrees counts."""
    near = nearest_sentences(claim, passage)
    if not near:
        return Structure()
    claimed, *sourced = ([one_sided(clause) for clause in clauses] for clauses in predications((claim, *near)))
    main = _asserted_clauses(claimed)
    if not main:
        return Structure()
    results = [_compare_clauses(claim, main, sentence, theirs) for sentence, theirs in zip(near, sourced, strict=True)]
    return min(results, key=lambda result: (not result.agrees, not result.near, bool(result.turned or result.doubt)))


def nearest_sentences(claim: str, passage: str) -> list[str]:
    """The sentences of a passage that have most of a claim's words, the best first; none that has too few."""
    claimed = content(claim)
    shares = [
        (coverage(claimed, content(passage[start:end])), passage[start:end]) for start, end in sentence_spans(passage)
    ]
    best = max((share for share, _ in shares), default=0.0)
    near = [scored for scored in shares if scored[0] >= max(READ, best - _AS_GOOD)]
    return [sentence for _, sentence in sorted(near, key=lambda scored: -scored[0])[:_MOST]]


def said_by(statement: str, passage: str) -> list[Phrase]:
    """Who is said to say it in the sentence that has most of a statement; nothing where the text says it itself."""
    near = nearest_sentences(statement, passage)[:1]
    claimed, *sourced = predications((statement, *near))
    deeds = {deed_of(clause) for clause in claimed}
    spoken = [clause for clauses in sourced for clause in clauses if clause.speaker is not None]
    same = [clause for clause in spoken if deed_of(clause) in deeds] or spoken
    return [clause.speaker for clause in same if clause.speaker is not None]


def acting(passage: str) -> list[Phrase]:
    """Everybody who does something in a passage, in order."""
    read = predications(passage[start:end] for start, end in sentence_spans(passage))
    return [clause.agent for clauses in read for clause in clauses if clause.agent is not None]


def _asserted_clauses(every: Sequence[Predication]) -> list[Predication]:
    """The clauses of a claim that say something themselves: not "X said", where it has what X said."""
    speaking = {clause.speaker.text for clause in every if clause.speaker is not None}
    reports = SPEAKER_FORMS | REPORTING
    return [
        clause
        for clause in every
        if clause.predicate not in reports or not (clause.agent and clause.agent.text in speaking)
    ]


def deed_there(claim: str, passage: str) -> bool:
    """Whether a passage has the verb of the first clause of a claim, or one of its meaning."""
    main = _asserted_clauses(predications([claim])[0])[:1]
    known = set(content(passage))
    if not all(
        set(map(stem, clause.predicate.split()[1:])) <= known for clause in main if clause.predicate.startswith("be ")
    ):
        return False  # what somebody is
    stems = [stem(word.norm) for word in words(passage)]
    pairs = [f"{word} {other}" for word, other in pairwise(stems)]
    deeds = {SAME_DEEDS.get(token, token) for token in (*stems, *pairs)}
    return all(deed_of(clause)[0] in deeds for clause in main if clause.predicate.split()[0] not in MUTUAL_DEEDS)


def _compare_clauses(
    claim: str, main: Sequence[Predication], sentence: str, clauses: Sequence[Predication]
) -> Structure:
    pairs = [(ours, [theirs for theirs in clauses if _same_deed(ours, theirs)]) for ours in main]
    for ours, same in pairs:
        if same and all(_roles_exchanged(ours, theirs) for theirs in same):
            return Structure(turned="the source says it the other way round (who did it to whom)", read=True)
    if any(_is_reversed(ours, theirs) for ours, same in pairs if not same for theirs in clauses):
        return Structure(turned="the source says the opposite of what was done", read=True)
    read = all(ours.agent is not None and any(clause.agent for clause in same) for ours, same in pairs)
    doubts = [
        doubts[0] for ours, same in pairs if same and all(doubts := [_left_out(claim, ours, theirs) for theirs in same])
    ]
    doubts += [_told_as_plan(ours, theirs) for ours, same in pairs if not same for theirs in clauses]
    doubts = list(filter(None, doubts))
    if doubts:
        return Structure(doubt=doubts[0], read=read)
    if _is_limited(claim, sentence):
        return Structure(read=read)
    agrees = all(any(_says_the_same(claim, ours, theirs, clauses) for theirs in same) for ours, same in pairs)
    near = len(pairs) == 1 and any(_nearly(pairs[0][0], theirs) for theirs in pairs[0][1])
    return Structure(agrees=agrees and _complete(claim, main, sentence), near=near, read=read)


def _complete(claim: str, main: Sequence[Predication], sentence: str) -> bool:
    """Whether a sentence has every content word of a claim but the verbs, which it may have in another word."""
    deeds = {word for clause in main for word in told_deed(clause)}
    return set(content(claim)) - set(content(sentence)) <= deeds


def _same_deed(first: Predication, second: Predication) -> bool:
    return deed_of(first) == deed_of(second)


def _roles_exchanged(ours: Predication, theirs: Predication) -> bool:
    """Whether who does it in one has it done to them in the other, both ways; or is there after "to"."""
    if ours.agent is None or theirs.agent is None or ours.predicate.split()[0] in MUTUAL_DEEDS:
        return False
    if not _one_phrase(ours.agent, theirs.agent) and any(
        case == their_case and case != "with" and _one_phrase(ours.agent, their) and _one_phrase(our, theirs.agent)
        for case, our in ours.beside
        for their_case, their in theirs.beside
    ):
        return True
    if ours.patient is None or theirs.patient is None:
        return False
    crossed = _one_phrase(ours.agent, theirs.patient) and _one_phrase(ours.patient, theirs.agent)
    straight = _one_phrase(ours.agent, theirs.agent) or _one_phrase(ours.patient, theirs.patient)
    return bool(crossed) and not straight


def _is_reversed(ours: Predication, theirs: Predication) -> bool:
    """Whether the same party does the opposite there, to the same: "accepted the offer", "turned down the offer"."""
    if ours.negated != theirs.negated or ours.held or theirs.held:
        return False
    if not opposed(deed_of(ours)[0], deed_of(theirs)[0]):
        return False
    bare = ours.patient is None and theirs.patient is None
    return _one_phrase(ours.agent, theirs.agent) and (bare or _one_phrase(ours.patient, theirs.patient))


def _one_phrase(first: Phrase | None, second: Phrase | None) -> bool:
    """Whether two phrases name one thing: the same noun, or the same name."""
    if first is None or second is None:
        return False
    if stem(first.head) == stem(second.head):
        alone = content(first.text) == content(second.text)
        return _same_names(first.text, second.text) and (alone or not first.head[:1].isdigit())
    ours, theirs = names(f"by {first.text}"), names(f"by {second.text}")
    return any(alike(our, their) for our in ours for their in theirs)


def _same_names(first: str, second: str) -> bool:
    """Whether two phrases with one noun have no names that are another's: "the mayor of A", "the mayor of B"."""
    ours, theirs = _names_of(first, second), _names_of(second, first)
    return not ours or not theirs or any(alike(our, their) is not False for our in ours for their in theirs)


def _left_out(claim: str, ours: Predication, theirs: Predication) -> str:
    """What the source's clause has that the claim leaves out, in words for an editor; empty for nothing."""
    for our, their in ((ours.agent, theirs.agent), (ours.patient, theirs.patient)):
        if their and their.part and our and not our.part and _whole_of(our, their):
            return f"the source says it of a part only (“{their.part} {their.text}”)"
    held = [word for word in theirs.held if word in NOT_YET_DONE and stem(word) not in content(claim)]
    if held and not ours.held and (ours.past or held != ["would"]):
        return f"the source does not give it as done (“{held[0]}”)"
    if theirs.condition and not _CONDITION.search(claim):
        return f"the source says it under a condition (“{theirs.condition}”)"
    if theirs.future and ours.past and not ours.held:
        return "the source gives it as still to come (“will”)"
    return ""


def _told_as_plan(ours: Predication, theirs: Predication) -> str:
    """What a claim tells as done and the source only as a noun that is planned: "are considering a merger"."""
    root, noun = stem(ours.predicate.split()[0])[:_ROOT], theirs.patient.head if theirs.patient else ""
    planned = theirs.predicate in NOT_YET_DONE and len(root) == _ROOT and noun.startswith(root)
    return f"the source does not give it as done (“{theirs.predicate}”)" if planned and not ours.held else ""


def _whole_of(whole: Phrase, part: Phrase) -> bool:
    """Whether a claim speaks of the whole of which the source has a part: "the five reactors", not "a reactor"."""
    first = whole.text.split()[0].lower() if whole.text else ""
    return stem(whole.head) == stem(part.head) and first not in ("a", "an", *part.part.lower().split())


def _says_the_same(claim: str, ours: Predication, theirs: Predication, clauses: Sequence[Predication]) -> bool:
    """Whether a clause of the source says what a clause of the claim says: the same words in the same roles."""
    to_come = ours.future or (theirs.future and "would" in ours.held)
    if ours.predicate.startswith("be ") and not set(content(theirs.clause)) <= set(content(claim)):
        return False  # "is a rock band" is said of an electronic one, too: what is left out may be the point
    held = set(ours.held) - ({"would"} if theirs.future else set())
    if ours.negated != theirs.negated or to_come != theirs.future or held != set(theirs.held) or theirs.condition:
        return False
    if ours.speaker is not None and not _fills(ours.speaker, theirs.speaker, ()):
        return False
    agent = ours.speaker if ours.agent is not None and ours.agent.head in PRONOUNS and ours.speaker else ours.agent
    roles = [(agent, theirs.agent), (ours.patient, theirs.patient)]
    both = [theirs.agent, theirs.patient, *(noun for _, noun in theirs.beside)]
    if ours.predicate in SYMMETRIC_DEEDS:
        met_by = all(our is None or any(_fills(our, their, clauses) for their in both) for our, _ in roles)
    else:
        met_by = all(our is None or _fills(our, their, clauses) for our, their in roles)
    if not met_by:
        return False
    spoken = {stem(word.norm) for word in words(ours.clause) if word.norm in SPEAKER_FORMS}
    met = set(content(theirs.clause)) | {word for clause in clauses for word in _meant(theirs, clause)}
    if not set(content(ours.clause)) - spoken - told_deed(ours) <= met:
        return False
    return _bearings(ours.clause) <= _bearings(theirs.clause) or _same_parties_beside(ours, theirs, clauses)


def _same_parties_beside(ours: Predication, theirs: Predication, clauses: Sequence[Predication]) -> bool:
    """Whether a deed that one tells from its other side has the same parties after its prepositions."""
    if not (told_deed(ours) ^ told_deed(theirs)) & set(CONVERSES):
        return False
    cases = [[their for case, their in theirs.beside if case == our_case] for our_case, _ in ours.beside]
    return all(
        any(_fills(our, their, clauses) for their in named) for (_, our), named in zip(ours.beside, cases, strict=True)
    )


def _fills(our: Phrase, their: Phrase | None, clauses: Sequence[Predication]) -> bool:
    """Whether a phrase of the source names what a phrase of the claim names; "it" stands for one named beside it."""
    if their is None:
        return False
    if their.head in PRONOUNS:
        return any(_one_phrase(our, named) for other in clauses for named in (other.agent, other.patient))
    return _one_phrase(our, their) and our.part == their.part and _named_alike(our.text, their.text)


def _named_alike(first: str, second: str) -> bool:
    """Whether the names of one phrase are those of the other, where both have some: "Mara Lind" is not "Olga Lind"."""
    ours, theirs = _names_of(first, second), _names_of(second, first)
    return not theirs or all(any(alike(our, their) for their in theirs) for our in ours)


def _names_of(phrase: str, beside: str) -> list[Name]:
    """The names of a phrase; a word that the other phrase has in small letters is none ("Customs", "customs")."""
    small = {word.text for word in words(beside) if word.text.islower()}
    return [name for name in names(f"by {phrase}") if name.text.lower() not in small]


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
    return any(word.norm in LIMITING and word.norm not in ours for word in words(sentence))
