"""A judge without a model, based on word overlap and on negated or opposite words.

It is the baseline for every model, and the judge for machines that cannot run one.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp

from claims.records import Probabilities
from claims.verification.rules.polarity import turned
from claims.verification.words import content, coverage

# Logistic curve over coverage: the middle lies at .8, the threshold that does best for word overlap on WiCE dev.
_MIDDLE, _STEEP = 0.8, 12.0


class LexicalJudge:
    """Word overlap with a check for negation and antonyms."""

    name = "lexical"
    version = "1"

    def judge(self, pairs: Sequence[tuple[str, str]]) -> list[Probabilities]:
        """One answer for each (claim, passage) pair, in order."""
        return [_overlap_answer(claim, passage) for claim, passage in pairs]


def _overlap_answer(claim: str, passage: str) -> Probabilities:
    claim_words, passage_words = content(claim), content(passage)
    shared = 1.0 / (1.0 + exp(-_STEEP * (coverage(claim_words, passage_words) - _MIDDLE)))
    supported, refuted = (0.2 * shared, 0.6 * shared) if turned(claim, passage) else (0.9 * shared, 0.03 * shared)
    return Probabilities(supported=supported, refuted=refuted)
