"""Finds beside a claim's words, in the same sentence, what only alleges, plans, limits or undoes them.

"The firm dumped mercury in the lake, prosecutors allege", "..., in a model" and "..., only to resume on Friday" have all
words of the claim in front of a comma, and what stands behind it is no detail. The same may stand in front of them or
between two commas: "According to the lawsuit, ...".
"""

from __future__ import annotations

import re

from claims.extraction.text.predications import Predication, predications
from claims.lexicon.framing import UNASSERTED, UNMEANT
from claims.lexicon.states import REGIONS
from claims.lexicon.verbs import SAYING, SPEAKING
from claims.verification.evidence.sentences import nearest_sentences
from claims.verification.words import content, plain, stem, words

_JOINT = re.compile(r",\s|[;:]\s|\s[–—-]\s|[()]")
_UNASSERTED, _UNMEANT = re.compile(UNASSERTED, re.I), re.compile(UNMEANT, re.I)
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
_OTHER_TIME = re.compile(
    r"\b(?:the\s)?last\stime\b|\bwhen\s(?:it|he|she|they)\slast\b|\bin\s(?:act|scene|episode)\s\w+", re.I
)
# A clause that begins so stands beside another one.
_BESIDE = re.compile(r"\W*(?:and|who|whom|whose|which|where|when|while|as|after|since|during|following)\b", re.I)


def set_beside(claim: str, own: str, passage: str, *, reported: bool) -> str:
    """What stands beside a claim's words in the sentence nearest to it and leaves them unsaid or narrows them.

    In words for an editor, empty for nothing. What the article has as well (``own``) does not count. ``reported`` if
    the claim is what somebody said.
    """
    for sentence in nearest_sentences(claim, passage)[:1]:
        flat, ours = plain(sentence), {stem(word.norm) for word in words(f"{claim} {own}")}
        if (unsure := _unasserted(claim, flat, ours)) or (reported and (unsure := _nested(claim, flat, ours))):
            return f"the source does not give it as a fact (“{unsure}”)"
        if other := _of_other(claim, own, flat) or _done_to_other(claim, flat):
            return f"the source says it of something else or narrower (“{other}”)"
    return ""


def _unasserted(claim: str, sentence: str, ours: set[str]) -> str:
    asked = set(content(claim))
    for segment in filter(None, map(str.strip, _JOINT.split(sentence))):
        telling = set(content(segment))
        if len(telling & asked) > _OWN * max(len(telling), 1):
            continue
        if (match := _UNASSERTED.search(segment)) and not _is_ours(match.group(), ours):
            return match.group()
    return ""


def _is_ours(text: str, ours: set[str]) -> bool:
    return {stem(word.norm) for word in words(text)} <= ours


def _nested(claim: str, sentence: str, ours: set[str]) -> str:
    """As in "Lund said that the mayor had promised that ...", "said in jest that ...": what stands before the report."""
    [claimed], [there] = predications([claim]), predications([sentence])
    deeds = {clause.predicate for clause in claimed}
    place = next((number for number, clause in enumerate(there) if clause.predicate in deeds), None)
    if not place:
        return ""
    saying = next((clause for clause in there[:place] if _says(clause)), None)
    if saying is None:
        return ""
    if (match := _UNMEANT.search(saying.clause)) and not _is_ours(match.group(), ours):
        return match.group()
    more = (clause for clause in there[:place] if clause is not saying and not _BESIDE.match(clause.clause))
    extra = next((clause for clause in more if not _is_ours(clause.predicate, ours)), None)
    return extra.clause.strip(" ,.") if extra is not None else ""


def _says(clause: Predication) -> bool:
    return clause.predicate.split()[0] in SAYING | SPEAKING


def _of_other(claim: str, own: str, sentence: str) -> str:
    """Of what else, when or where else the source says it: "in 1997", "Oslo, Minnesota", "Wroclaw and Opole"."""
    flat = plain(claim)
    known = f"{flat} {own}"
    if (time := _OTHER_TIME.search(sentence)) and time.group().lower() not in known.lower():
        return time.group()
    if (state := _STATE.search(sentence)) and state.group()[2:].lower() not in known.lower():
        return state.group()[2:]
    if not _YEAR.search(known) and (year := _YEAR.search(sentence)):
        return year.group()
    for figure in _FIGURE.finditer(flat):
        at = sentence.find(figure.group().strip())
        limit = _OF_WHAT.match(sentence, at + len(figure.group().strip())) if at >= 0 else None
        if limit and limit.group().strip() not in flat:
            return figure.group().strip() + limit.group()
    ends = [word for word in words(flat) if word.text[:1].isupper() and word.span[0]]
    if ends and _FIGURE.search(flat):
        others = re.search(rf"\b{re.escape(ends[-1].text)}(?P<others>{_AND_OTHERS})", sentence)
        if others and others["others"] not in flat:
            return ends[-1].text + others["others"]
    return ""


def _done_to_other(claim: str, sentence: str) -> str:
    """As in "two dams failed an inspection", "the strike ended up in court": the verb takes in what the claim has not."""
    [claimed], [there] = predications([claim]), predications([sentence])
    asked = set(content(claim))
    for clause in claimed:
        if clause.patient is not None or clause.agent is None or clause.predicate.split()[0] == "be":
            continue
        same = [other for other in there if other.agent is not None and other.agent.head == clause.agent.head]
        if any(other.predicate == clause.predicate and other.patient is None for other in same):
            continue
        for other in same:
            particle = other.predicate.startswith(f"{clause.predicate} ") and other.predicate.split()[-1] not in asked
            taken = other.predicate == clause.predicate and other.patient is not None
            if particle or (taken and not set(content(other.patient.text)) & asked):
                return other.predicate if particle else f"{clause.predicate} {other.patient.text}"
    return ""
