"""Another name, place or date in the claim's slot, and sentences that only have many names."""

from __future__ import annotations

import pytest

from claims.verification.rules.rivals import rival

LOPEZ = "Maria Lopez won the election with 52 percent of the vote."
SPAIN = "Unemployment in Spain fell to 11 percent."
OHIO = "About 12,000 people in Ohio lost their jobs."
FILM = "The film was directed by Jane Moor."
EXPORTS = "Exports were 40 million tonnes in 2020."


@pytest.mark.parametrize(
    ("claim", "passage", "expected"),
    [
        (LOPEZ, "Peter Hansen won the election with 52 percent of the vote, ahead of Maria Lopez.", "Peter Hansen"),
        (LOPEZ, "Maria Lopez lost. Peter Hansen easily won the election with 52 percent of the vote from Maria Lopez.",
         "Peter Hansen"),
        (SPAIN, "Unemployment in Portugal fell to 11 percent, while in Spain it rose.", "Portugal"),
        (OHIO, "About 12,000 people across the United States lost their jobs, 900 of them in Ohio.", "United States"),
        (FILM, "Jane Moor stars in the film, which was directed by Alan Pike.", "Alan Pike"),
        (FILM, "Moor stars in the film, directed by Alan Pike.", "Alan Pike"),
        ("The army shelled the hospital.", "The rebels shelled the hospital before the army arrived.", "rebels"),
        ("Germany has 68 million people.", "Poland has 68 million people and Germany 83 million.", "Poland"),
        (EXPORTS, "Exports were 40 million tonnes in 2019 and 50 million tonnes in 2020.", "2019"),
        (EXPORTS, "In 2019 exports were 40 million tonnes; in 2020 they were 50 million tonnes.", "2019"),
    ],
)  # fmt: skip
def test_a_rival_is_named(claim: str, passage: str, expected: str) -> None:
    assert expected in rival(claim, passage)


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        (LOPEZ, "Maria Lopez won the election with 52 percent of the vote, ahead of Peter Hansen."),
        (LOPEZ, "Maria Lopez, the mayor of Porto, won the election with 52 percent of the vote, beating Peter Hansen."),
        (
            LOPEZ,
            "Speaking to Peter Hansen in Porto, Maria Lopez said she won the election with 52 percent of the vote.",
        ),
        (SPAIN, "Unemployment in Spain fell to 11 percent, while in Portugal it rose."),
        (SPAIN, "In Spain, unemployment fell to 11 percent, the Madrid office said."),
        (OHIO, "About 12,000 people in Ohio lost their jobs, and 900 in Utah."),
        (OHIO, "In Ohio, which borders Indiana, about 12,000 people lost their jobs."),
        (FILM, "The film, which stars Alan Pike, was directed by Jane Moor."),
        (FILM, "The film was directed by Alan Pike and Jane Moor."),
        (EXPORTS, "Exports were 50 million tonnes in 2019 and 40 million tonnes in 2020."),
        (EXPORTS, "Exports fell from 50 million tonnes in 2019 to 40 million tonnes in 2020."),
        ("Lopez signed the treaty.", "Hansen and Lopez signed the treaty in Oslo."),
        ("Hansen signed the treaty.", "Hansen and Lopez signed the treaty in Oslo."),
        ("The army shelled the hospital.", "The army shelled the hospital before the rebels arrived."),
        ("The army shelled the hospital.", "At noon the hospital was shelled by the army."),
        ("The hospital was shelled.", "The rebels shelled the hospital."),
        ("Germany has 83 million people.", "Poland has 68 million people and Germany 83 million."),
        ("Milk is a drama film.", "Milk is a 2008 American drama film about Harvey Milk."),
        ("Paramore formed in 2004.", "Paramore is a band from Franklin, Tennessee, formed in 2004."),
        ("Pale Anchor is a jazz band.", "Pale Anchor is a Danish Jazz band from Orrin."),
        ("", LOPEZ),
        (LOPEZ, ""),
    ],
)
def test_no_rival_where_the_claim_s_own_name_is_in_its_slot(claim: str, passage: str) -> None:
    assert rival(claim, passage) == ""
