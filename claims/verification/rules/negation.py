"""Finds the words of a text that a negation, a denial or a contrast reaches.

A negation applies only to the words just after it: "dealers did not expect it" does not deny the rest of its sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from claims.lexicon.clauses import word_set
from claims.lexicon.evidence import DENIALS, STOPWORDS
from claims.verification.words import Word, is_negation, words

# A negation reaches the next two content words, a verb of denying the next four ("denied that a date had been set").
NEAR_WORDS, _REACH_DENIED = 2, 4
# Once it has reached a word, a preposition ends its reach: "through no fault of ours by the administration".
_ENDS = frozenset(("of", "by", "in", "at", "for", "with", "from", "on", "and", "but", "because"))

_REASONS = frozenset(("because", "due", "owing", "thanks"))
_CONDITIONS = frozenset(("if", "unless", "until"))
# Words that deny as "not" does, unless an article stands before them: "few of the flats", not "a few".
_HARDLY = frozenset(("few", "rarely", "seldom"))
# They take what somebody calls a thing behind "as"; who denied that he worked as a spy denies it.
_DISMISSING = word_set("dismiss dismisses dismissed dismissing reject rejects rejected rejecting")
_ATTRIBUTES = frozenset(("false", "untrue", "incorrect", "baseless"))
_REPORTED = word_set(
    "that claim claims report reports rumour rumours rumor rumors allegation allegations story stories"
)
_ARTICLES = frozenset(("a", "the", "these", "those", "last", "next", "past", "first", "every", "quite"))
# Maximum distance in words from a negation to its reason: "did not leave the flat because of the noise".
_TO_REASON = 8


def reach(text: str) -> Iterator[tuple[Word, bool]]:
    """Every word of ``text`` with whether a negation or a denial reaches it."""
    every = words(text)
    left, fresh, conditional, aside, waiting, contrasted = 0, False, False, False, -1, False
    for place, word in enumerate(every):
        gap = text[every[place - 1].span[1] : word.span[0]] if place else ""
        closed = aside and "," in gap  # "the minister, not the mayor, resigned"
        aside = "," in gap if word.norm == "not" else aside and not closed
        if closed or re.search(r"[.;:!?\"“”]", gap) or (contrasted and "," in gap):
            left, waiting = 0, -1
        conditional = (conditional and not re.search(r"[,.;:!?\"“”]", gap)) or word.norm in _CONDITIONS
        reached = False
        if not conditional and (_negates(every, place) or _is_hardly(every, place)):
            waiting = _reason(every, place, text)
            left, fresh = (0 if waiting >= 0 else max(left, NEAR_WORDS)), True
            contrasted = not is_negation(word.norm)  # "instead of a pool the town"
        elif place == waiting:
            left, fresh = NEAR_WORDS, True
        elif word.norm == "only" and left == NEAR_WORDS:
            left = 0  # "not only" denies nothing
        elif _is_denial(every, place) and left:
            left = 0  # "never refused" is two negations
        elif _is_denial(every, place) and not conditional:
            left, fresh = max(left, _REACH_DENIED), True
        elif left and word.norm not in STOPWORDS:
            reached, fresh = True, False
            left -= 1
        elif left and not fresh and word.norm in (_ENDS | _ARTICLES if contrasted else _ENDS):
            left = 0
        yield word, reached or _has_none(every, place)


def _negates(every: Sequence[Word], place: int) -> bool:
    """Whether a word denies what follows: "not", "rather than", but not "no more than six" nor "nothing but rubble"."""
    following = [word.norm for word in every[place + 1 : place + 3]]
    if [word.norm for word in every[max(0, place - 1) : place + 1]] in _INSTEAD:
        return True
    bounds = following[:1] == ["but"] or (following[1:] == ["than"] and following[0] in _COMPARED)
    return is_negation(every[place].norm) and not bounds


_INSTEAD = (["rather", "than"], ["instead", "of"])
_COMPARED = word_set("more less fewer later earlier higher lower longer")


def _has_none(every: Sequence[Word], place: int) -> bool:
    """Whether a verb is denied by what follows: "found no evidence" is "did not find any evidence"."""
    word, following = every[place], [later.norm for later in every[place + 1 : place + 3]]
    if following == ["nothing"]:
        return word.text.islower() and word.norm not in STOPWORDS  # "won nothing"
    if following[:1] != ["no"]:
        return False
    if following[1:] in (["longer"], ["more"]):
        return place + 3 == len(every)  # "flies to Tehran no more"
    if following[1:] in (["doubt"], ["less"]):
        return False
    return word.text.islower() and word.norm not in STOPWORDS


def _is_denial(every: Sequence[Word], place: int) -> bool:
    """Whether a word denies what follows: "denied that", "the false claim that", but not "false information"."""
    if every[place].norm not in DENIALS or _calls_it(every, place):
        return False
    reported = any(word.norm in _REPORTED for word in every[place + 1 : place + 3])
    return reported or every[place].norm not in _ATTRIBUTES


def _calls_it(every: Sequence[Word], place: int) -> bool:
    """Whether a word only tells what somebody calls something: "dismissed the report as nonsense"."""
    behind = [word.norm for word in every[place + 1 : place + 1 + _REACH_DENIED]]
    return every[place].norm in _DISMISSING and "as" in takewhile(lambda norm: norm != "that", behind)


def _is_hardly(every: Sequence[Word], place: int) -> bool:
    return every[place].norm in _HARDLY and not (place and every[place - 1].norm in _ARTICLES)


def _reason(every: Sequence[Word], place: int, text: str) -> int:
    """Where the reason begins that a negation denies ("did not leave because of"), or -1."""
    for later in range(place + 1, min(len(every), place + _TO_REASON)):
        if re.search(r"[,.;:!?]", text[every[later - 1].span[1] : every[later].span[0]]):
            return -1
        if every[later].norm in _REASONS:
            return later
    return -1
