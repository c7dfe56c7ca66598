"""Decides whether two claims of different articles say the same, so that an earlier verdict can be shown.

Two claims match where their wording and meaning are alike and nothing in them differs that a verdict depends on: every
name, number and date of the one must be in the other, and neither may deny what the other asserts. A match is a place
to look, never a verdict.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from claims.verification.evidence.sentence_encoder import encoder
from claims.verification.forms.names import names, presence
from claims.verification.rules.dates import agree, dates
from claims.verification.rules.numbers import numbers
from claims.verification.rules.polarity import negated, opposite, redirected, swapped
from claims.verification.words import content, coverage, is_negation, words

# The mean of the cosine and of the words that both share, from which two claims match. Tuned on one Russian sentence in
# two human translations against its neighbour and against the same with a changed number or a "not" put in
# (`python -m benchmarks.same_claims`): recall .62 at precision .99.
ALIKE = 0.55
_CLOCK = re.compile(r"\b\d{1,2}[:.]\d\d\b(?!\d)")
# Relative days of two claims ("on Monday") are compared as if both were of one day: which it is does not matter.
_ONE_DAY = "2020-01-01"
_UPWARD, _DOWNWARD = frozenset(("over", "least")), frozenset(("under", "most", "nearly", "barely"))


def same_claims(claim: str, others: Sequence[str]) -> list[tuple[int, float]]:
    """The places of those of ``others`` that say the same as ``claim``, best first, each with its likeness (0 to 1).

    Raises:
        ModelError: the sentence encoder cannot be loaded.
    """
    left = [place for place, other in enumerate(others) if nothing_differs(claim, other)]
    if not left:
        return []
    cosines = encoder().embed([others[place] for place in left]) @ encoder().claim(claim)
    scored = [
        (place, (float(cosine) + _shared_words(claim, others[place])) / 2)
        for place, cosine in zip(left, cosines, strict=True)
    ]
    return sorted((match for match in scored if match[1] >= ALIKE), key=lambda match: -match[1])


def nothing_differs(claim: str, other: str) -> bool:
    """Whether nothing in two claims differs that a verdict depends on: names, numbers, dates, denials, directions."""
    return (
        _same_numbers(claim, other)
        and _same_dates(claim, other)
        and _same_polarity(claim, other)
        and _all_names_in(claim, other)
        and _all_names_in(other, claim)
    )


def _shared_words(claim: str, other: str) -> float:
    ours, theirs = content(claim), content(other)
    return min(coverage(ours, theirs), coverage(theirs, ours))


def _same_numbers(claim: str, other: str) -> bool:
    ours, theirs = (sorted((quantity.low, quantity.high) for quantity in numbers(text)) for text in (claim, other))
    if ours != theirs or set(_CLOCK.findall(claim)) != set(_CLOCK.findall(other)):
        return False
    bounds, their_bounds = ({quantity.bound for quantity in numbers(text)} for text in (claim, other))
    return not any(
        bounds & way and their_bounds & opposed for way, opposed in ((_UPWARD, _DOWNWARD), (_DOWNWARD, _UPWARD))
    )


def _same_dates(claim: str, other: str) -> bool:
    ours, theirs = dates(claim, _ONE_DAY), dates(other, _ONE_DAY)
    if not ours or not theirs:
        return not ours and not theirs
    return all(any(agree(our, their) is not False for their in theirs) for our in ours) and all(
        any(agree(our, their) is not False for our in ours) for their in theirs
    )


def _same_polarity(claim: str, other: str) -> bool:
    if _denials(claim) != _denials(other):
        return False
    if (negated(claim) ^ negated(other)) & set(content(claim)) & set(content(other)):
        return False
    pairs = ((claim, other), (other, claim))
    return not any(opposite(*pair) or redirected(*pair) or swapped(*pair) for pair in pairs)


def _denials(text: str) -> int:
    return sum(is_negation(word.norm) for word in words(text))


def _all_names_in(claim: str, other: str) -> bool:
    return all(presence(name, other) is True for name in names(claim))
