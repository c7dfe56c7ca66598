"""Says why a clash with a source may not be the source's last word on a claim, or may be about something else.

A sentence that clashes with a claim contradicts it for certain only if nothing else stands in it: not another year
("lost the seat in 2010"), another team ("Bayern's women"), a second clause ("but passed it on Thursday") or a word that
counts or denies. What such a word does to the clash is not worked out here: that it is there is reason to ask a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from claims.lexicon.clauses import word_set
from claims.lexicon.framing import LEFT_UNDONE, PRONOUNS
from claims.lexicon.verbs import SPEAKING_FORMS
from claims.records import QuantityFinding
from claims.verification.evidence.sentences import sentence_texts
from claims.verification.rules.dates import dates
from claims.verification.words import (
    Word,
    all_stems,
    content,
    content_words,
    coverage,
    is_negation,
    opposed,
    stem,
    words,
)

_MORE = "the source has more than what clashes (“{}”), and may mean another time, case or matter"
_GOES_ON = "the source goes on, and may come to say it (“{}”)"
_SET_BEFORE = "the source may tell of another time (“{}”)"
_OF_ANOTHER = "the source says it of {}, which does not say that nobody else did"
_ELSEWHERE = "the source has another number, date or name in the place of what clashes"
# Words without content by which a sentence speaks of an earlier state, of a turn, of a part or of what is not sure.
_TURNING = word_set("""
    first then later again before after until till since when while once but yet though although however than if unless
    whether would could may might should had each every apiece per few only still already nearly almost hardly barely
    initially originally previously formerly earlier instead except
""")
# Behind a number: it is that of each, or of a day.
_RATE = re.compile(r"\s(?:an?|per|each|every|apiece)\b|/", re.I)
# Before a number: it is a difference.
_DIFFERENCE = re.compile(r"\b(?:by|another|extra|up|down)\s(?:(?:about|some|nearly|almost|around)\s)?$", re.I)
# Who said it, at the end of a sentence: ", the governor said on Monday".
_SAID_BY = re.compile(
    rf",\s(?:according\sto\s[^,;:]+|(?:[^,;:]{{1,60}}\s)?(?:{'|'.join(sorted(SPEAKING_FORMS))})\b[^,;:]{{0,40}})\W*$",
    re.I,
)
# What a following sentence turns round with, beside a date of its own.
_TURNS = re.compile(
    r"\b(?:but|yet|however|then|later|again|since|until|now|today|tonight|finally|eventually|instead|afterwards?|"
    r"subsequently|meanwhile|nevertheless|this\s(?:time|year|week|month|season|spring|summer|autumn|fall|winter)|"
    r"in\s(?:fact|the\send|reality|truth)|at\s(?:last|the\ssecond)|the\s(?:next|following|same)|"
    r"(?:did|does|has|had|have|is|was|were)\s(?:so|not|it)\b|second|back|\w+\slater|"
    r"lift(?:s|ed)|overturn\w*|overrul\w+|revers\w+|quash\w*|annul\w*|withdr[ae]w\w*|revok\w+|repeal\w*|retract\w*|"
    r"correct(?:s|ed|ion)|deni(?:es|ed)|restor\w+|resum\w+|reinstat\w+|reopen\w*|wrong\w*|false\w*|untrue|lied?|baseless)\b"
    r"|\b(?:did|does|has|had|have|is|was|were)[.!;]",
    re.I,
)
# An earlier time, in the sentence before.
_PAST = re.compile(
    r"\b(?:(?:1[5-9]|20)\d\d|\w+\sago|last\s(?:year|season|spring|summer|autumn|fall|winter|month|week|time)|"
    r"earlier|at\sthe\stime|back\sthen|used\sto|once|in\sthose\sdays|at\sfirst|previous(?:ly)?|former(?:ly)?)\b",
    re.I,
)
# A sentence that begins so goes on about the same.
_SAME = re.compile(
    r"(?:(?:but|and|then|now|yet|later|(?:in|on|by)\s\w+|this\stime|\w+\s\w+\slater),?\s)*"
    r"(?:he|she|it|they|this|that|these|those|both)\b",
    re.I,
)
_POINTING = PRONOUNS | word_set("his her its their")
# So many sentences behind the one that clashes are read, and so many of their first words name whom they are about.
_FOLLOWING, _OPENING = 2, 3
# So many words are named at most.
_NAMED = 3


def unsettled(claim: str, passage: str, before: str, after: str, clashes: Sequence[QuantityFinding]) -> str:
    """Why a passage that clashes with a claim may not settle it, in words for an editor; empty where it does.

    ``clashes`` are the numbers, dates and names that clash, without which the deed is turned round; ``before`` and
    ``after`` stand around the passage. "Labour lost Swindon in 2010." does not settle "Labour won Swindon.", for its
    year; "Labour lost Swindon." does.
    """
    every = sentence_texts(passage)
    if not every:
        return ""
    asked = content(claim)
    place = max(range(len(every)), key=lambda at: (_has_all(every[at], clashes), coverage(asked, content(every[at]))))
    plain = _without_teller(every[place])
    if not _has_all(plain, clashes):
        return _ELSEWHERE
    if other := next((clash.found for clash in clashes if _is_another_party(plain, clash)), None):
        return _OF_ANOTHER.format(other)
    if more := list(_beyond(claim, plain, clashes)):
        return _MORE.format("”, “".join(dict.fromkeys(more)))
    preceding = [*_sentences_in(before), *every[:place]][-1:]
    past = next((match.group() for text in preceding if (match := _PAST.search(text))), "")
    if past and not set(content(past)) <= set(asked):
        return _SET_BEFORE.format(past)
    following = [*every[place + 1 :], *_sentences_in(after)][:_FOLLOWING]
    matter = {*asked, *content(plain)}
    turn = next((turn for text in following if (turn := _turn_in(claim, matter, text))), "")
    return _GOES_ON.format(turn) if turn else ""


def _sentences_in(text: str) -> list[str]:
    return [sentence for line in text.splitlines() for sentence in sentence_texts(line)]


def _is_another_party(sentence: str, clash: QuantityFinding) -> bool:
    """Whether a sentence begins with the name that clashes, so that it tells of another's deed."""
    named = clash.kind == "name" and bool(clash.found)
    return named and sentence.removeprefix("The ").startswith(clash.found or "")


def _without_teller(sentence: str) -> str:
    return _SAID_BY.sub("", sentence)


def _has_all(sentence: str, clashes: Sequence[QuantityFinding]) -> bool:
    """Whether a sentence has all that clashes, as far as its words are known."""
    flat = sentence.casefold()
    return all((clash.found or "").casefold().rstrip(".") in flat for clash in clashes)


def _beyond(claim: str, sentence: str, clashes: Sequence[QuantityFinding]) -> Iterator[str]:
    """The words of a sentence that are neither the claim's nor what clashes with it."""
    ours = all_stems(claim)
    replaced = {token for clash in clashes for token in content(clash.found or "")}
    kept = ours | {stem(word.norm) for clash in clashes for word in words(clash.found or "")}
    yield from (word.text for word in words(sentence) if word.norm in _TURNING and stem(word.norm) not in kept)
    yield from (clash.found or "" for clash in clashes if _is_rate_or_difference(claim, sentence, clash))
    further = [word for word in content_words(sentence) if stem(word.norm) not in ours | replaced]
    denying = [word for word in further if is_negation(word.norm)]
    further = [word for word in further if word not in denying]
    turning = [word for word in further if _is_opposite(word, claim)] or ([] if clashes else further)
    yield from (word.text for word in denying if clashes)
    # A negation turns the deed round by itself. Of several words that may do so it is not known which one does.
    if len(turning) == 1 and not denying:
        further.remove(turning[0])
    yield from (word.text for word in further[:_NAMED])


def _is_opposite(word: Word, claim: str) -> bool:
    token = stem(word.norm)
    return token in LEFT_UNDONE or any(opposed(token, ours) for ours in content(claim))


def _is_rate_or_difference(claim: str, sentence: str, clash: QuantityFinding) -> bool:
    """Whether a number is one of each or a difference in the sentence, and is not in the claim."""
    theirs = _kind_of(sentence, clash.found or "")
    return theirs != _kind_of(claim, clash.claimed) and any(theirs)


def _kind_of(text: str, figure: str) -> tuple[bool, bool]:
    at = text.casefold().find(figure.casefold().rstrip("."))
    if not figure or at < 0:
        return False, False
    return bool(_RATE.match(text, at + len(figure.rstrip(".")))), bool(_DIFFERENCE.search(text[:at]))


def _turn_in(claim: str, matter: set[str], sentence: str) -> str:
    """What of a sentence may turn the matter round: that it is about the same party or thing, a turn, another date."""
    if match := _SAME.match(sentence):
        return match.group()
    opening = words(sentence)[:_OPENING]
    if same := next((word.text for word in opening if stem(word.norm) in matter), ""):
        return same
    if not (matter & set(content(sentence)) or _POINTING & {word.norm for word in words(sentence)}):
        return ""
    if match := _TURNS.search(sentence):
        return match.group()
    ours = claim.casefold()
    return next((when.text for when in dates(sentence) if when.text.casefold() not in ours), "")
