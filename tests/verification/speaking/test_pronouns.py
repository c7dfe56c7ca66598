"""A "he" or "she" who cannot be the person whom the claim names."""

from __future__ import annotations

import pytest

from claims.verification.forms.names import names
from claims.verification.speaking.pronouns import other_by_pronoun


@pytest.mark.parametrize(
    ("speaker", "passage", "before", "other"),
    [
        ("Simon Vale", '"We were left in a corridor," she told the Argus.', "Joan Bickley, 79, came.", "Joan Bickley"),
        ("Simon Vale", 'Joan Bickley came at noon. "We were left alone," she said.', "", "Joan Bickley"),
        ("Simon Vale", '"We were left in a corridor," she told the Argus.', "The patients came at noon.", "she"),
        ("Simon Vale", '"We were left in a corridor," he told the Argus.', "Joan Bickley came at noon.", ""),
        ("Joan Bickley", '"We were left in a corridor," she said.', "Simon Vale came at noon.", ""),
        ("Lindsay Vale", '"We were left in a corridor," she said.', "Joan Bickley came at noon.", ""),
        ("Simon Vale", 'Vale said: "As she told me, we were left alone."', "Joan Bickley came at noon.", ""),
    ],
)  # fmt: skip
def test_who_speaks_by_the_pronoun(speaker: str, passage: str, before: str, other: str) -> None:
    [claimed] = names(f"by {speaker}")
    assert other_by_pronoun(claimed, passage, before) == other
