"""How much a sentence is worth checking: 0 to 1, by a logistic regression trained on ClaimBuster.

The weights (`checkworthy.npz`) are made by `benchmarks/checkworthy.py --train`; docs/claims.md has their card.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import exp, log, sqrt
from pathlib import Path
from typing import TYPE_CHECKING

from claims.errors import ModelError
from claims.extraction.features import features

if TYPE_CHECKING:
    from spacy.tokens import Token

WEIGHTS = Path(__file__).with_name("checkworthy.npz")


@lru_cache(maxsize=1)
def _weights() -> tuple[list[float], list[float], float]:
    import numpy as np  # noqa: PLC0415  only an extraction pays for the import

    try:
        with np.load(WEIGHTS, allow_pickle=False) as stored:
            idf, coefficients = stored["idf"].astype(float), stored["coefficients"].astype(float)
            return idf.tolist(), coefficients.tolist(), float(stored["bias"])
    except (OSError, KeyError, ValueError) as error:
        raise ModelError(
            f"the check-worthiness weights {WEIGHTS.name} cannot be read ({error}): reinstall factdesk"
        ) from error


def score(tokens: Sequence[Token]) -> float:
    """The probability that a fact-checker would want a sentence checked. Raises ModelError without weights."""
    idf, coefficients, total = _weights()
    # The same sum as over `weighted`, group by group: no table of the values in between.
    for group in features(tokens):
        product = length = 0.0
        for bucket, count in group.items():
            value = idf[bucket] * (1 + log(count)) if count > 1 else idf[bucket]
            product += value * coefficients[bucket]
            length += value * value
        total += product / (sqrt(length) or 1.0)
    return 1 / (1 + exp(-max(-30.0, min(30.0, total))))
