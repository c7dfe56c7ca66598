"""Tests: the same claim in other words is recognized, and one that differs in what a verdict depends on is not."""

from __future__ import annotations

import pytest

from claims.matching.same_claim import same_claims

SAME = (
    ("Jobless rates in Austria fell to 6.3% in March 2024.", "In March 2024 Austria's jobless rate fell to 6.3%."),
    ("The council closed the Elm Street bridge.", "The Elm Street bridge was closed by the council."),
    ("Anna Berg did not sign the contract with Port Graz.", "Anna Berg has not signed a contract with Port Graz."),
    ("About 800 shelters were built for the people of Graz.", "Some 800 shelters were built for people in Graz."),
    ("The ministry spent €4 million on the new clinic.", "The ministry spent four million euros on the new clinic."),
)  # fmt: skip

OTHER = (
    # a number, a bound, a time, a date
    ("Jobless rates in Austria fell to 6.3% in March 2024.", "Jobless rates in Austria fell to 6.8% in March 2024."),
    ("Jobless rates in Austria fell to 6.3% in March 2024.", "Jobless rates in Austria fell to 6.3% in March 2023."),
    ("At least 40 people were hurt in the Graz fire.", "At most 40 people were hurt in the Graz fire."),
    ("The train to Linz left at 12:25 on Monday.", "The train to Linz left at 22:25 on Monday."),
    ("The bridge was closed on 3 May 2021.", "The bridge was closed on 5 May 2021."),
    ("Three of the four mines were closed.", "Three of the five mines were closed."),
    # a denial, a direction, an opposite
    ("Anna Berg signed the contract with Port Graz.", "Anna Berg did not sign the contract with Port Graz."),
    ("The government has readied shelters for people.", "The government has readied no shelters for people."),
    ("It approved the budget and did not approve the toll.", "It did not approve the budget and approved the toll."),
    ("Wages in Norway rose by 3 percent.", "Wages in Norway fell by 3 percent."),
    ("The senator voted for the bill.", "The senator voted against the bill."),
    ("Germany sold the tanks to Poland.", "Poland sold the tanks to Germany."),
    # a name
    ("The mayor of Graz opened the new clinic.", "The mayor of Linz opened the new clinic."),
    ("Anna Berg resigned as head of the party.", "Carl Holm resigned as head of the party."),
    ("Unemployment in Austria fell last year.", "Unemployment in Australia fell last year."),
    # another matter
    ("The council closed the Elm Street bridge.", "The council will debate the Elm Street school on Friday."),
    ("The hurricane will bring heavy rain to Mexico.", "Authorities have set up shelters for the population."),
)  # fmt: skip


@pytest.mark.parametrize(("claim", "other"), SAME)
def test_the_same_claim_in_other_words_matches(claim: str, other: str) -> None:
    assert [place for place, _ in same_claims(claim, ["Rain is expected.", other])] == [1]
    assert same_claims(other, [claim])


@pytest.mark.parametrize(("claim", "other"), OTHER)
def test_a_claim_that_differs_in_what_counts_does_not(claim: str, other: str) -> None:
    assert same_claims(claim, [other]) == []
    assert same_claims(other, [claim]) == []


def test_the_closest_comes_first() -> None:
    claim, others = (
        "The council closed the Elm Street bridge.",
        ["The council shut the Elm Street bridge down.", "The council closed the Elm Street bridge."],
    )
    places = [place for place, _ in same_claims(claim, others)]
    assert places[0] == 1
