"""Whether claim and passage say the same thing the other way round: a negation or an opposite on a shared word.

A negation counts only for the words just after it: "dealers did not expect it" does not deny the rest of its sentence.
"""

from __future__ import annotations

from claims.verification.lexicon import DENIALS, STOPWORDS
from claims.verification.words import content, is_negation, opposed, stem, words

# A negation reaches the next two content words, a verb of denying the next four ("denied that a date had been set").
_REACH, _REACH_DENIED = 2, 4
# Once it has reached a word, a preposition ends its reach: "through no fault of ours by the administration".
_ENDS = frozenset(("of", "by", "in", "at", "for", "with", "from", "on", "and", "but", "because"))


def turned(claim: str, passage: str) -> bool:
    """Whether a word that both share is denied in one and not in the other, or exchanged for its opposite."""
    return denied(claim, passage) or opposite(claim, passage)


def denied(claim: str, passage: str) -> bool:
    """Whether a word that both share is denied in exactly one of them."""
    ours, theirs = negated(claim), negated(passage)
    shared = set(content(claim)) & set(content(passage))
    return bool((ours ^ theirs) & shared) and not ours & theirs & shared


def opposite(claim: str, passage: str) -> bool:
    """Whether a word of the claim that the passage lacks has its opposite there."""
    asked, there = set(content(claim)), set(content(passage))
    return any(opposed(one, other) for one in asked - there for other in there - asked)


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
