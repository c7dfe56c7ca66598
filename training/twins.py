"""Finds minimal pairs: for an unsupported claim, the most similar supported claim.

Two claims about one text of which one is supported, or one claim about a text before and after a change, differ only in
what matters. The loss ranks the supported claim above its twin (``losses.py``), and the words in which two such claims
differ are the words that the text does not say.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from difflib import SequenceMatcher

from training.pair import SUPPORTED

SAID, UNSAID, UNKNOWN = 0, 1, 2
ALIKE = 0.3  # least share of words that two claims about one text have in common to be twins
MARKED = 0.6  # least similarity of two claims for their differences to be what makes one of them wrong
_WORD = re.compile(r"\w+")


def find_twins(groups: Sequence[str], claims: Sequence[str], labels: Sequence[int]) -> list[int]:
    """For each pair the place of its supported twin, or -1.

    ``groups`` name the text that a claim is about: the twin is the most similar supported claim about the same text,
    else the same claim supported by another text.
    """
    about: dict[str, list[int]] = defaultdict(list)
    worded: dict[str, int] = {}
    bags = [frozenset(_WORD.findall(claim.lower())) for claim in claims]
    for place, label in enumerate(labels):
        if label == SUPPORTED:
            about[groups[place]].append(place)
            worded.setdefault(claims[place], place)
    twin_places = []
    for place, label in enumerate(labels):
        if label == SUPPORTED:
            twin_places.append(-1)
            continue
        others = [(_shared(bags[place], bags[other]), -other) for other in about.get(groups[place], ())]
        share, other = max(others, default=(0.0, 1))
        twin_places.append(-other if share >= ALIKE else worded.get(claims[place], -1))
    return twin_places


def _shared(words: frozenset[str], other_words: frozenset[str]) -> float:
    """The share of the words of either that both have (Jaccard)."""
    return len(words & other_words) / max(1, len(words | other_words))


def token_marks(claim: Sequence[int], twin: Sequence[int] | None, label: int) -> list[int]:
    """For each token of a claim whether the text says it: ``SAID``, ``UNSAID``, or ``UNKNOWN``.

    All tokens of a supported claim are ``SAID``. In other claims the tokens that are missing from the twin, a claim
    about the same text, are ``UNSAID`` and the rest ``SAID``; without a twin, or with one that differs too much, all
    are ``UNKNOWN``.
    """
    if label == SUPPORTED:
        return [SAID] * len(claim)
    matcher = SequenceMatcher(None, twin or (), claim, autojunk=False)
    if twin is None or matcher.ratio() < MARKED:
        return [UNKNOWN] * len(claim)
    marks = [UNSAID] * len(claim)
    for _, start, size in matcher.get_matching_blocks():
        marks[start : start + size] = [SAID] * size
    return marks if UNSAID in marks else [UNKNOWN] * len(claim)
