"""A thing that goes the other way in the source: lent by whom it is lent to."""

from __future__ import annotations

import pytest

from claims.verification.clauses.transfers import TURNED, gone_other_way


@pytest.mark.parametrize(
    ("claim", "passage", "other_way"),
    [
        ("The city museum lent the vase to the Halle gallery.", "The vase is on loan from the Halle gallery.", True),
        ("The city museum lent the vase to the Halle gallery.", "The vase is on loan to the Halle gallery.", False),
        (
            "The city museum lent the vase to the Halle gallery.",
            "The city museum lent it. It is on loan from Halle.",
            False,
        ),
        ("Corvo lent Dantec 2 million euros.", "Corvo borrowed 2 million euros from Dantec.", True),
        ("Corvo lent Dantec 2 million euros.", "Dantec borrowed 2 million euros from Corvo.", False),
        ("Oslo gave two boats to Riga.", "Oslo received two boats from Riga.", True),
        ("Oslo gave two boats to Riga.", "Riga received two boats from Oslo.", False),
        ("Oslo gave two boats to Riga.", "The boats were a gift from Riga, which built them.", True),
        ("Oslo gave two boats to Riga.", "Oslo has not received boats from Riga.", False),
        ("Oslo sold two boats to Riga.", "Oslo received two boats from Riga.", False),
        ("Oslo sold two boats to Riga.", "Oslo has bought two boats of Riga.", True),
        # Another party, or another thing.
        ("Oslo sold two boats to Riga.", "Oslo had bought the two boats from Bergen. Riga owns them now.", False),
        ("Oslo sold two boats to Riga.", "Oslo bought two boats in 1990.", False),
        ("Oslo sent two boats to Riga.", "Oslo received letters from Riga.", False),
        ("Oslo lent two boats to Riga.", "Two paintings in Oslo are on loan from Riga.", False),
        ("The boats left Oslo for Riga.", "The boats are on loan from Riga.", False),
    ],
)
def test_from_whom_to_whom(claim: str, passage: str, other_way: bool) -> None:
    assert gone_other_way(claim, passage) == (TURNED if other_way else "")
