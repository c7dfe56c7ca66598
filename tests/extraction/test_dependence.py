"""A clause is cut off only if it says the same by itself; else it stays in its sentence."""

from __future__ import annotations

import pytest

from claims.extraction.extract import extract
from claims.records import Page
from tests.extraction.small_directory import DIRECTORY

WHOLE = [
    "The ship carried rice, and three tugs brought it to the port.",
    "The firm bought the mill in 2019, and in 2021 it sold it.",
    # A noun that another clause names.
    "Though several are still closed, the shops along the river have opened again.",
    "The north has enough doctors, but many more work in the south.",
    "Trams are new in this part of the country: the first ran in 2018, and others were added in 2020.",
    "The council bought two sites, but neither has been cleared.",
    "Most of the drivers stayed at home, and it is clear that more will follow.",
    "I was tempted to ask the mayor but didn’t.",
    "The north paid for the bridge on time, but the south did not.",
    "Between March and May the mill lost 40 clients and won 12.",
    "The clinic had 60 beds in 2010 and has 45 today.",
    "The union fined two firms and it sued a bank, but neither case has been heard.",
    # An object that two clauses have in common.
    "The act bans, and the court has confirmed the ban on, night flights.",
    "The senate wrote, and in May the house passed, the budget.",
    # What is compared with what.
    "Rents rose by 4 percent in Ulm, but wages rose less.",
    # A word that leads back to the other clause, or on to it.
    "The firm must pay by May; otherwise the bank will sell the mill.",
    "The bank raised its rates in March and that step hurt builders.",
    "It is not only that the ferry is late; the harbour has no crane.",
    "The mill keeps a spare pump on the ground floor so for the flood of May it took an hour to drain.",
    # When or where both clauses hold.
    "While we are on the island, we drink bottled water.",
    "Without the subsidy, the line closes and 40 people lose their jobs.",
    "Under the plan, the school moves to Ulm and the library shuts.",
    "When you think of Norway you think of fjords, but most people live in towns.",
    # One or none that did both.
    "No driver resigned and was charged.",
    "Only Ann Hall came on Monday and spoke to the council.",
    # A pronoun or a day that the sentence itself settles.
    "Farmers like the new tractors, and they are buying more of them than ever.",
    "The lander is based on an older model, which the firm tested on its test track.",
    "The museum opened on 4 May 2019 and closed later that month.",
    "Even though the sensors are precise, they are still anonymous.",
    # Bounds that the parser took wrongly.
    "I showed Ann the mill and after a year of slow talks led by Beth Ray, Hall and the firm have agreed on a price.",
    "The ferry may return to the island in May, but when it sails is still open.",
    "Hall was booked for a foul, but was safe on most balls, and against better teams, would have been sent off.",
    # Brackets and quotation marks.
    "The firm (the owner disclosed no number and called it small) let 60 people go.",
]


@pytest.mark.parametrize("text", WHOLE)
def test_a_clause_that_needs_its_sentence_stays_in_it(text: str) -> None:
    (claim,) = extract(Page(text=text, published="2024-05-15"), DIRECTORY).claims
    assert claim.text == text.rstrip(".")


SPLIT = [
    # Each figure is checked for itself.
    ("The oath drew 900 guests, and thousands more followed it on screens in a nearby hall.", 2),
    ("The ship carried 40 tons of rice, and three tugs brought it to the port.", 2),
    ("Most of the shops have opened again, though several of the cafes are still closed.", 2),
    ("Two people were hurt, and a third man was arrested.", 2),
    ("Rents rose by 4 percent in Ulm, but wages rose by 2 percent.", 2),
    ("Rents were higher than in May, and wages were lower than in June.", 2),
    ("The state bank raised its rates in March, and the mayor of Ulm wrote a letter.", 2),
    ("While the north has enough doctors, the south has none of its own.", 2),
    ("On Monday, the school moved to Ulm and the library shut in May.", 2),
    ("After a long debate, the council approved the bridge and rejected the tunnel.", 2),
    ("Ann Hall resigned in May and was charged in June.", 2),
    ("Farmers bought 400 tractors, and the ministry gave the mills a loan.", 2),
    ("The council bought two sites, but neither of the sites has been cleared.", 2),
    ("The firm said it had paid, and the ministry denied the report.", 2),
    ("A friend saw the car in the street and called 911.", 2),
    ("The mill lost 40 clients in May and won 12 clients in June.", 2),
    ("The storm killed 12 people in the north, and both of the bridges were closed.", 2),
]


@pytest.mark.parametrize(("text", "count"), SPLIT)
def test_a_clause_that_says_the_same_is_cut_off(text: str, count: int) -> None:
    assert len(extract(Page(text=text, published="2024-05-15"), DIRECTORY).claims) == count


def test_who_may_be_meant_among_several_is_asked() -> None:
    """A pronoun for one of two people is flagged, cut off or not, and so is one in a report."""
    for text in (
        "Prime Minister Jonas Lund denied it, but party leader Kai Moe said he was lying.",
        "The drivers left at noon, but the owners said they would return.",
        "The ministry has denied the singer’s claims, saying they were false.",
    ):
        claims = extract(Page(text=text, published="2024-05-15"), DIRECTORY).claims
        assert any("could not be settled" in reason for reason in claims[-1].reasons)


def test_the_object_of_a_second_verb_is_not_its_subject() -> None:
    text = "The court fined the firm in May and ordered it to repay its clients."
    claims = extract(Page(text=text, published="2024-05-15"), DIRECTORY).claims
    assert [claim.text for claim in claims] == [text.rstrip(".")]


def test_only_what_is_quoted_stands_in_quotation_marks() -> None:
    text = 'The Danish foreign ministry said it "regrets any step likely to encourage... new building".'
    (claim,) = extract(Page(text=text, published="2024-05-15"), DIRECTORY).claims
    assert claim.statement == text


def test_a_row_of_a_table_is_one_claim() -> None:
    (claim,) = extract(Page(text="MF | Leo Marsh | 29 | 39% | No goals scored."), DIRECTORY).claims
    assert claim.text == "MF | Leo Marsh | 29 | 39% | No goals scored"
