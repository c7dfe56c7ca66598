"""Whether claim and passage say the same thing the other way round: a negation or an opposite on a shared word.

A negation counts only for the words just after it: "dealers did not expect it" does not deny the rest of its sentence.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import pairwise

from claims.lexicon.evidence import DENIALS, HEDGES, STOPWORDS, WEAK_HEDGES
from claims.verification.rules.names import names
from claims.verification.words import content, is_negation, opposed, stem, words

# A negation reaches the next two content words, a verb of denying the next four ("denied that a date had been set").
_REACH, _REACH_DENIED = 2, 4
# Once it has reached a word, a preposition ends its reach: "through no fault of ours by the administration".
_ENDS = frozenset(("of", "by", "in", "at", "for", "with", "from", "on", "and", "but", "because"))
_WAYS = (("in", "out"), ("on", "off"), ("up", "down"), ("for", "against"))
_OTHER_WAY = {one: other for pair in _WAYS for one, other in (pair, pair[::-1])}


def turned(claim: str, passage: str) -> bool:
    """Whether a shared word is denied in one only, a word exchanged for its opposite, or who did it to whom."""
    turns = (denied, opposite, swapped, redirected)
    return any(turn(claim, passage) for turn in turns)


def denied(claim: str, passage: str) -> bool:
    """Whether a word that both share is denied in exactly one of them."""
    ours, theirs = negated(claim), negated(passage)
    shared = set(content(claim)) & set(content(passage))
    return bool((ours ^ theirs) & shared) and not ours & theirs & shared


def opposite(claim: str, passage: str) -> bool:
    """Whether a word of the claim that the passage lacks has its opposite there."""
    asked, there = set(content(claim)), set(content(passage))
    return any(opposed(one, other) for one in asked - there for other in there - asked)


def swapped(claim: str, passage: str) -> bool:
    """Whether who does it to whom is exchanged: the same word between the same two names, the other way round."""
    theirs = set(_deeds(passage))
    return any((two, deed, one) in theirs and (one, deed, two) not in theirs for one, deed, two in _deeds(claim))


def redirected(claim: str, passage: str) -> bool:
    """Whether one verb has the opposite particle there: "ruled out" and "ruled in", "voted for" and "voted against"."""
    theirs = set(_led(passage))
    return any((verb, _OTHER_WAY[way]) in theirs and (verb, way) not in theirs for verb, way in _led(claim))


def _led(text: str) -> Iterator[tuple[str, str]]:
    """(word, particle) for every content word with a particle right behind it."""
    for one, other in pairwise(words(text)):
        if other.norm in _OTHER_WAY and one.norm not in STOPWORDS:
            yield stem(one.norm), other.norm


def _deeds(text: str) -> Iterator[tuple[str, str, str]]:
    """(name, word, name) for every content word between two neighbouring names; a passive is turned round."""
    found = names(text)
    for first, second in pairwise(found):
        between = text[first.span[1] : second.span[0]]
        if len(between.split()) > 6:
            continue
        one, two = first.parts[-1], second.parts[-1]
        if re.search(r"\bby\b", between):
            one, two = two, one
        yield from ((one, word, two) for word in content(between))


def hedged(claim: str, passage: str) -> bool:
    """Whether the passage gives as possible, planned or alleged what the claim gives as a fact."""
    shared = set(content(claim)) & set(content(passage))
    return any((_reached(passage, some) - _reached(claim, some)) & shared for some in (HEDGES, WEAK_HEDGES))


def _reached(text: str, openers: Collection[str]) -> set[str]:
    """The stems of the two content words after each opening word."""
    reached: set[str] = set()
    left = 0
    for word in words(text):
        if left and word.norm not in STOPWORDS:
            reached.add(stem(word.norm))
            left -= 1
        if word.norm in openers:
            left = _REACH
    return reached


def negated(text: str) -> set[str]:
    """The stems of the content words that a negation or a denial reaches."""
    reached: set[str] = set()
    left, fresh = 0, False
    for word in words(text):
        if is_negation(word.norm):
            left, fresh = max(left, _REACH), True
        elif word.norm == "only" and left == _REACH:
            left = 0  # "not only" denies nothing
        elif word.norm in DENIALS and left:
            left = 0  # "never refused" is two negations
        elif word.norm in DENIALS:
            left, fresh = max(left, _REACH_DENIED), True
        elif left and word.norm not in STOPWORDS:
            reached.add(stem(word.norm))
            left -= 1
            fresh = False
        elif left and not fresh and word.norm in _ENDS:
            left = 0
    return reached
