"""A pair to learn from: evidence, claim and label."""

from __future__ import annotations

from dataclasses import dataclass

# The last is for sets that say only that a claim is not supported: refuted or not enough information.
SUPPORTED, REFUTED, NEI, NOT_SUPPORTED = range(4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """One training pair, with the set it came from.

    ``group`` names the text that it is about: pairs of one group may be twins (``twins.py``).
    """

    evidence: str
    claim: str
    label: int
    source: str
    group: str = ""
