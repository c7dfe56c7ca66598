"""Finds what a source adds to a claim's own clause so that it says less: an object, a relative clause, another doer.

"The companies have merged" is more than "the companies have merged their fleets", and "prisoners may vote" more than
"prisoners who serve less than a year may vote". The source has all of the claim's words, and a judge that was trained
on words in common takes the one for the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, product

from claims.extraction.text.placements import Placement
from claims.extraction.text.predications import Predication, placements, predications
from claims.lexicon.clauses import word_set
from claims.lexicon.framing import ACTING_FOR, PART_WORDS, PRONOUNS
from claims.verification.evidence.sentences import of_every
from claims.verification.forms.deeds import asserted_clauses
from claims.verification.words import content, stem, words

_CAUSED = re.compile(r"\b(?:because|due\sto|owing\sto|thanks\sto|caused\sby|as\sa\sresult\sof|on\saccount\sof)\b", re.I)
# Whatever may tell a reason: only a sentence without any of them gives none.
_CAUSE = re.compile(
    r"\b(?:account|after|amid|as|at|attribut\w+|because|blam\w+|brought|by|caus\w+|cit(?:ed|es|ing)|due|fault|follow\w*|"
    r"for|forc\w+|from|given|hence|le[ad]d?s?|leading|link\w*|ma[dk]e?s?|making|mean\w*|on|over|owing|prompt\w+|reasons?|"
    r"responsib\w+|result\w*|since|so|spark\w+|stem\w*|thanks|therefore|through|thus|trigger\w+|under|until|when|why|"
    r"with)\b",
    re.I,
)
_HYPHENATED = re.compile(r"-(\w+)")
_RELATIVE_CLAUSE = re.compile(r"(?:which|who|whose)\b", re.I)
_RELATIVE = frozenset({"relcl", "acl"})
_EVERY = word_set("every each any all")
# Behind one of these a noun is some of its kind: where two men who fled were caught, two men were caught.
_SOME = word_set("""
    a an another few many more most one other several some two three four five six seven eight nine ten dozens
    hundreds thousands
""")
# They say nothing by themselves of who is in which place.
_EMPTY = word_set("be have do get")
_ROLES = (("agent",), ("patient",))
# What opens a phrase that says which ones of a kind.
_WHICH = word_set("in at of with without from on under over")
# How far before a noun its number or "every" stands.
_BEFORE = 3


def added(claim: str, passage: str) -> str:
    """What the sentences nearest to the claim add to its clause so that they say less, in words for an editor.

    Empty if one of them adds nothing; only those with nearly all of the claim's words are compared.
    """
    return of_every(_added_in, claim, passage)


def _added_in(claim: str, sentence: str) -> str:
    claimed, sourced = predications((claim, sentence))
    ours, theirs = placements((claim, sentence))
    main, known = asserted_clauses(claimed), set(content(claim)) | {stem(place.word) for place in ours}
    others = known | {stem(part) for part in _HYPHENATED.findall(sentence.lower())}  # "Ju-hyun" is read as two words
    narrower, some = "the source says it of something narrower", "the source says it of some only"
    another, more = "the source says it of something else", "the source counts it together with something else"
    findings = chain(
        ((narrower, thing) for thing in _object_added(claim, main, ours, sourced, known)),
        ((some, limit) for limit in _some_only(main, ours, sentence, theirs, known)),
        ((another, other) for other in _done_by_another(main, ours, theirs, others)),
        ((another, other) for other in _another_is(ours, theirs, others)),
        ((another, apart) for apart in _told_beside(main, ours, sourced, theirs)),
        ((more, joined) for joined in _counted_together(main, ours, theirs, known)),
    )
    if finding := next(findings, None):
        return f"{finding[0]} (“{finding[1]}”)"
    caused = _CAUSED.search(claim)
    if caused is None or _CAUSE.search(sentence) or _cause_does_it(set(content(claim[caused.end() :])), main, sourced):
        return ""
    return "the source does not give the reason"


def _cause_does_it(cause: set[str], main: Sequence[Predication], sourced: Sequence[Predication]) -> bool:
    """Whether what the claim gives as the reason does there what the claim tells: "ice closed the bridge"."""
    verbs = [verb for verb in _verbs_of(main) if stem(verb) not in cause]
    done = [clause for clause in sourced if clause.patient is not None and set(_verbs_of([clause])) & set(verbs)]
    return any(clause.agent is not None and cause & set(content(clause.agent.text)) for clause in done)


def _object_added(
    claim: str, main: Sequence[Predication], ours: Sequence[Placement], sourced: Sequence[Predication], known: set[str]
) -> Iterator[str]:
    """The object of a verb that has none in the claim: "have merged their fleets"."""
    for clause in main:
        if clause.agent is None or clause.patient is not None or not _lacks_object(claim, clause, ours):
            continue
        same = [other for other in sourced if other.predicate == clause.predicate and other.agent is not None]
        things = [other.patient.text for other in same if other.patient is not None]
        if same and len(things) == len(same) and not any(known & set(content(thing)) for thing in things):
            yield things[0]


def _lacks_object(claim: str, clause: Predication, ours: Sequence[Placement]) -> bool:
    """Whether nothing stands behind a verb of the claim but a preposition: the parser may have missed its object."""
    verb = next((place.text for place in ours if place.word == clause.predicate.split()[0] and not place.way), "")
    behind = re.search(rf"\b{re.escape(verb)}\b\W*(\w*)", claim) if verb else None
    return behind is not None and (not behind[1] or behind[1].lower() in _WHICH | {"to", "for", "by", "into"})


def _some_only(
    main: Sequence[Predication], ours: Sequence[Placement], sentence: str, theirs: Sequence[Placement], known: set[str]
) -> Iterator[str]:
    """The word of a clause without a comma that says which ones, where the claim says it of all of a kind.

    Not of the past: what was done to some was done.
    """
    if not main or any(clause.past for clause in main):
        return
    kinds = {place.word for place in ours}
    for place in theirs:
        relation, noun = (*place.way, "", "")[:2]
        if noun not in kinds or _is_of_claim(place, known):
            continue
        texts = {other.text for other in theirs if other.word == noun}
        if relation in _RELATIVE:
            within = {stem(other.word) for other in theirs if other.way[-1:] == (place.word,)}
            which = not within or not within <= known  # "statements directed against China" are statements against it
        else:
            which = relation in _WHICH and place.text.islower() and place.way[2:3] == ("agent",)
        if which and any(_says_which(sentence, text, noun, place.text) for text in texts):
            yield place.text


def _says_which(sentence: str, text: str, noun: str, verb: str) -> bool:
    """Whether a clause follows, without a comma, a noun in the plural or behind "every", and no number of them."""
    clause = re.search(rf"\b{re.escape(text)}\b[^,;:–—()]*?\b{re.escape(verb)}\b", sentence)
    if clause is None:
        return False
    before = [word.norm for word in words(sentence[: clause.start()])][-_BEFORE:]
    if set(before) & _EVERY:
        return True
    counted = any(word in _SOME or word[:1].isdigit() for word in before)
    named = text[:1].isupper() and bool(before)
    return text.lower() != noun and not (counted or named)


def _done_by_another(
    main: Sequence[Predication], ours: Sequence[Placement], theirs: Sequence[Placement], known: set[str]
) -> Iterator[str]:
    """Who does it in the sentence, or has it done to them, where whom the claim has in that place stands elsewhere.

    "Ruiz watched as her pupil broke the record" does not say that Ruiz broke it.
    """
    for verb, role in product(_verbs_of(main), ("agent", "patient")):
        if verb in _EMPTY:
            continue
        asked = {place.word for place in ours if place.way == (role, verb)}
        filled = _fillers(role, verb, theirs)
        elsewhere = any(place.word in asked and place.way[:1] in _ROLES for place in theirs)
        if filled and elsewhere and all(_is_other(place, known) for place in filled):
            yield filled[0].text


def _fillers(role: str, verb: str, theirs: Sequence[Placement]) -> list[Placement]:
    """Who stands in a role of a verb in a sentence; of a clause that begins with "who" those before it."""
    named = [place for place in theirs if place.way[:2] == (role, verb)]
    if named or role != "agent":
        return named
    heads = {place.way[1] for place in theirs if place.word == verb and place.way[:1] == ("relcl",)}
    return [place for place in theirs if place.word in heads and place.way[:1] != ("is",)]


def _another_is(ours: Sequence[Placement], theirs: Sequence[Placement], known: set[str]) -> Iterator[str]:
    """What another is that the claim says of its subject: "plays a divorced man" for "is divorced"."""
    verb = next((place for place in ours if not place.way), None)
    if verb is None:
        return
    qualities, role = [verb.text], "patient"
    if verb.word == "be":
        qualities, role = [place.text for place in ours if place.way == ("is", "be")], "agent"
    subjects = {place.word for place in ours if place.way == (role, verb.word)}
    at = {place.way for place in theirs if place.word in subjects}
    for quality in qualities if at else ():
        alike = [place for place in theirs if place.text.lower() == quality.lower()]
        bearers = [bearer for place in alike if (bearer := _noun_of(place, theirs)) is not None]
        others = [
            bearer
            for bearer in bearers
            if _is_other(bearer, known) and bearer.way not in at and not subjects & set(bearer.way)
        ]
        if alike and len(others) == len(alike):
            yield f"{quality} {others[0].text}"


def _noun_of(place: Placement, theirs: Sequence[Placement]) -> Placement | None:
    """The noun before which an adjective stands, as who does something or to whom it is done."""
    if place.way[:1] != ("mod",):
        return None
    noun = next((other for other in theirs if other.word == place.way[1] and other.way == place.way[2:]), None)
    return noun if noun is not None and noun.way[:1] in _ROLES else None


def _told_beside(
    main: Sequence[Predication], ours: Sequence[Placement], sourced: Sequence[Predication], theirs: Sequence[Placement]
) -> Iterator[str]:
    """A word on the claim's verb that the sentence has outside the relative clause of that verb, and only there.

    "It froze over this winter" is not "it, which froze over in 1963, drew crowds this winter".
    """
    there, verbs = {place.text.lower() for place in theirs}, _verbs_of(main)
    for clause in main:
        [verb] = _verbs_of([clause])
        same = [other.clause for other in sourced if verb in _verbs_of([other])]
        if not same or _RELATIVE_CLAUSE.match(clause.clause) or not all(map(_RELATIVE_CLAUSE.match, same)):
            continue
        for place in ours:
            beside = place.way[-1:] == (verb,) and place.way[-2] not in ("agent", "patient", "is")
            beside = beside and place.word not in verbs
            before = _determined(clause.clause, place.text)
            if beside and place.text.lower() in there and not any(before in text.lower() for text in same):
                yield f"{same[0]} … {before}"


def _counted_together(
    main: Sequence[Predication], ours: Sequence[Placement], theirs: Sequence[Placement], known: set[str]
) -> Iterator[str]:
    """What shares a number with the claim's doer there: "the city and its suburbs have 2 million inhabitants"."""
    for verb in _verbs_of(main):
        beside = [place for place in ours if place.way[-1:] == (verb,) and "agent" not in place.way]
        doers = [place for place in theirs if place.way == ("agent", verb)]
        counted = any(place.text[:1].isdigit() for place in beside)
        if counted and any(_is_of_claim(doer, known) for doer in doers):
            yield from (doer.text for doer in doers if not _is_of_claim(doer, known))


def _verbs_of(clauses: Iterable[Predication]) -> list[str]:
    """The verbs of some clauses without their particles, each once, in order."""
    return list(dict.fromkeys(clause.predicate.split()[0] for clause in clauses))


def _determined(text: str, noun: str) -> str:
    """A word as it stands in a text, with "this", "last" or "next" before it: this winter is no other winter."""
    match = re.search(rf"(?:\b(?:this|last|next)\s)?\b{re.escape(noun)}\b", text, re.I)
    return match.group().lower() if match else noun.lower()


def _is_other(place: Placement, known: set[str]) -> bool:
    """Whether a noun is of another thing or person than the claim's: no name, and none that may stand for one."""
    return (
        len(place.text) > 2
        and place.text.isalpha()
        and place.text.islower()
        and not _is_of_claim(place, known)
        and place.word not in PRONOUNS | ACTING_FOR | PART_WORDS
    )


def _is_of_claim(place: Placement, known: set[str]) -> bool:
    return bool({stem(place.word), stem(place.text.lower())} & known)
