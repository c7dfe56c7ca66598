"""A number that the source gives of another party than the claim."""

from __future__ import annotations

import pytest

from claims.verification.clauses.owners import number_of_another


@pytest.mark.parametrize(
    ("claim", "passage", "other"),
    [
        (
            "Police put the number of marchers at 120,000.",
            "The hosts spoke of 120,000; the police counted 35,000.",
            True,
        ),
        ("Norway won 14 medals.", "Norway won nine medals and Sweden won 14 medals.", True),
        ("Norway won nine medals.", "Norway won nine medals and Sweden won 14 medals.", False),
        ("Norway won 14 medals.", "Sweden won 14 medals.", False),
        ("Norway won 14 medals.", "Norway lost four players and Sweden won 14 percent of the vote.", False),
        ("The union said 4,000 walked out.", "The union said 2,500 walked out; the firm said 4,000 did.", True),
        ("It won 14 medals.", "Norway won nine medals and Sweden won 14 medals.", False),
    ],
)
def test_whose_number_it_is(claim: str, passage: str, other: bool) -> None:
    assert bool(number_of_another(claim, passage)) is other
