"""Finds beside a claim's words, in the same sentence, what only alleges, plans, limits or undoes them.

"The firm dumped mercury in the lake, prosecutors allege", "..., in a model" and "..., only to resume on Friday" have
all words of the claim in front of a comma, and what stands behind it is no detail. The same may stand in front of them
or between two commas: "According to the lawsuit, ...".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from claims.extraction.text.predications import Predication, predications
from claims.lexicon.clauses import BESIDE, word_set
from claims.lexicon.evidence import UNDONE
from claims.lexicon.framing import UNASSERTED
from claims.lexicon.moods import UNMEANT
from claims.lexicon.states import REGIONS
from claims.lexicon.verbs import TELLING
from claims.verification.evidence.sentences import nearest_sentences
from claims.verification.wording.trimming import dateline_of
from claims.verification.words import all_stems, content, plain, words

_JOINT = re.compile(r",\s|[;:]\s|\s[–—-]\s|[()]")
_UNASSERTED, _UNMEANT, _UNDONE = (re.compile(pattern, re.I) for pattern in (UNASSERTED, UNMEANT, UNDONE))
# A segment with more of the claim's words than this is part of what it tells.
_OWN = 0.34
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
# A figure that is one of something, or of each: "5% of its 1932 level", "0.8% per head".
_OF_WHAT = re.compile(r"\s(?:of\s(?:its|their|the\s\d|what)|per\s(?:head|capita|person|household|cent\sof))\b", re.I)
_FIGURE = re.compile(r"\d[\d.,]*\s?(?:%|per\scent|percent|\w+illion)?")
_AND_OTHERS = r"(?:,\s[A-Z][\w'-]+)*,?\sand\s[A-Z][\w'-]+(?=\s*(?:[.,;]|$|\sin\b|\son\b))"
_STATE = re.compile(
    rf",\s(?:{'|'.join(sorted(map(re.escape, {*REGIONS, 'new york'}), key=len, reverse=True))})\b", re.I
)
# Behind the claim's last word: what is counted together with it, or how long it was so.
_NOT_ALONE = re.compile(
    r"\s?(?:and\s(?:(?:19|20)\d\d\b|the\s(?:year|month|week|season)s?\b|(?:\w+\s)?others?\b)|until\b|at\s\w+\sand\s\d)",
    re.I,
)
# "Deputy Mayor" is not the mayor.
_OTHER_RANK = re.compile(r"\b(?P<rank>former|vice|deputy|shadow|acting|assistant|ex)[-\s](?P<title>[A-Za-z]+)", re.I)
_FIRM_WORDS = word_set("motor motors group corp inc plc ltd holdings ag sa se co company")
_OTHER_TIME = re.compile(
    r"\b(?:the\s)?last\stime\b|\bwhen\s(?:it|he|she|they)\slast\b|\bin\s(?:act|scene|episode)\s\w+", re.I
)
# A part of a land of which the claim tells, and what others had a share in.
_PART_OF = re.compile(
    r"\b(?:state|province|island|region|canton|prefecture|county|district|department|emirate)\sof\s[A-Z][\w-]+"
    r"|\b(?:together|jointly)\swith\b"
)
# "Had agreed to buy it, but the deal collapsed" is no longer so: "has agreed".
_HAD_BUT = re.compile(r"\bhad\b[^.;]*?,\s(?:but|until|before|only)\b")
# A clause that begins so stands beside another one.
_BESIDE = re.compile(rf"\W*(?:{BESIDE})\b", re.I)


def set_beside(claim: str, own: str, passage: str, *, reported: bool) -> str:
    """What stands beside a claim's words in the sentence nearest to it and leaves them unsaid or narrows them.

    In words for an editor, empty for nothing. What the article has as well (``own``) does not count. ``reported`` if
    the claim is what somebody said.
    """
    for sentence in nearest_sentences(claim, passage)[:1]:
        flat = plain(sentence[len(dateline_of(sentence)) :])
        ours = all_stems(f"{claim} {own}")
        if (unsure := _unasserted(claim, flat, ours)) or (reported and (unsure := _report_within(claim, flat, ours))):
            return f"the source does not give it as a fact (“{unsure}”)"
        if other := _of_something_else(claim, own, flat) or _done_to_other(claim, flat):
            return f"the source says it of something else or narrower (“{other}”)"
    return ""


def _unasserted(claim: str, sentence: str, ours: set[str]) -> str:
    asked = set(content(claim))
    for segment in filter(None, map(str.strip, _JOINT.split(sentence))):
        telling = set(content(segment))
        if len(telling & asked) > _OWN * max(len(telling), 1):
            continue
        matches = chain(_UNASSERTED.finditer(segment), _UNDONE.finditer(segment))
        if strange := next((match.group() for match in matches if not _are_all_ours(match.group(), ours)), ""):
            return strange
    return ""


def _are_all_ours(text: str, ours: set[str]) -> bool:
    return all_stems(text) <= ours


def _report_within(claim: str, sentence: str, ours: set[str]) -> str:
    """As in "Lund said that the mayor had promised that ...", "said in jest that ...": what is before the report."""
    [claimed], [there] = predications([claim]), predications([sentence])
    deeds = {clause.predicate for clause in claimed}
    place = next((number for number, clause in enumerate(there) if clause.predicate in deeds), None)
    if not place:
        return ""
    saying = next((clause for clause in there[:place] if clause.predicate.split()[0] in TELLING), None)
    if saying is None:
        return ""
    if (match := _UNMEANT.search(saying.clause)) and not _are_all_ours(match.group(), ours):
        return match.group()
    between = there[there.index(saying) + 1 : place]
    more = (clause for clause in between if not _BESIDE.match(clause.clause))
    extra = next((clause for clause in more if not _are_all_ours(clause.predicate, ours)), None)
    return extra.clause.strip(" ,.") if extra is not None else ""


def _of_something_else(claim: str, own: str, sentence: str) -> str:
    """Of what else, when or where else the source says it: "in 1997", "Oslo, Minnesota", "Wroclaw and Opole"."""
    flat = plain(claim)
    known = f"{flat} {own}"
    elsewhere = next(iter([*_other_times(known, sentence), *_other_ranks(known, sentence)]), "")
    return elsewhere or next(iter([*_counted_with(flat, known, sentence), *_other_figures(flat, sentence)]), "")


def _other_times(known: str, sentence: str) -> Iterator[str]:
    """Times and places of the sentence that are none of the article's."""
    if (time := _OTHER_TIME.search(sentence)) and time.group().lower() not in known.lower():
        yield time.group()
    if (state := _STATE.search(sentence)) and state.group()[2:].lower() not in known.lower():
        yield state.group()[2:]
    if (part := _PART_OF.search(sentence)) and part.group().lower() not in known.lower():
        yield part.group()
    if _HAD_BUT.search(sentence) and re.search(r"\b(?:has|have)\b", known) and not re.search(r"\bhad\b", known):
        yield "had, but"
    if not _YEAR.search(known) and (year := _YEAR.search(sentence)):
        yield year.group()


def _other_ranks(known: str, sentence: str) -> Iterator[str]:
    named = {word.norm for word in words(known)}
    for rank in _OTHER_RANK.finditer(sentence):
        if rank["title"].lower() in named and rank["rank"].lower() not in named:
            yield rank.group()


def _counted_with(claim: str, known: str, sentence: str) -> Iterator[str]:
    """What stands behind the claim's last word, or name, and is counted with it."""
    ours = words(claim)
    at = sentence.rfind(ours[-1].text) if ours else -1
    more = _NOT_ALONE.match(sentence, at + len(ours[-1].text)) if at >= 0 else None
    if more and more.group().split()[0] not in known:
        yield more.group().strip()
    for word in ours if _FIGURE.search(claim) else ():
        named = word.text[:1].isupper()
        others = re.search(rf"\b{re.escape(word.text)}(?P<others>{_AND_OTHERS})", sentence) if named else None
        if others and others["others"] not in claim:
            yield word.text + others["others"]


def _other_figures(claim: str, sentence: str) -> Iterator[str]:
    """Figures of the claim that are one of something else there: "5% of its 1932 level"."""
    for figure in _FIGURE.finditer(claim):
        number = figure.group().strip()
        at = sentence.find(number)
        limit = _OF_WHAT.match(sentence, at + len(number)) if at >= 0 else None
        if limit and limit.group().strip() not in claim:
            yield number + limit.group()


def _done_to_other(claim: str, sentence: str) -> str:
    """As in "two dams failed an inspection", "the strike ended up in court": the verb has what the claim has not."""
    [claimed], [there] = predications([claim]), predications([sentence])
    asked = {word.norm for word in words(claim)} | set(content(claim))
    for clause in claimed:
        if larger := next((name for other in there if (name := _larger_name(clause, other))), ""):
            return larger
        if clause.patient is None and clause.agent is not None and clause.predicate.split()[0] != "be":
            same = [other for other in there if other.agent is not None and other.agent.head == clause.agent.head]
            bare = any(other.predicate == clause.predicate and other.patient is None for other in same)
            taken = "" if bare else next((more for other in same if (more := _taken_in(clause, other, asked))), "")
            if taken:
                return taken
    return ""


def _taken_in(clause: Predication, other: Predication, asked: set[str]) -> str:
    """What the same verb has there and not in the claim: an object, or a particle."""
    if other.predicate.startswith(f"{clause.predicate} ") and other.predicate.split()[-1] not in asked:
        return other.predicate
    if other.predicate != clause.predicate or other.patient is None or set(content(other.patient.text)) & asked:
        return ""
    return f"{clause.predicate} {other.patient.text}"


def _larger_name(clause: Predication, other: Predication) -> str:
    """As in "Renault Trucks cut 300 jobs": who does it there has a name that only begins with the claim's."""
    if clause.agent is None or other.agent is None or clause.predicate != other.predicate:
        return ""
    ours, theirs = clause.agent.text.split(), other.agent.text.split()
    more = theirs[len(ours) : len(ours) + 1]
    longer = theirs[: len(ours)] == ours and bool(more) and more[0][:1].isupper() and ours[-1][:1].isupper()
    return other.agent.text if longer and more[0].lower().strip(".,") not in _FIRM_WORDS else ""
