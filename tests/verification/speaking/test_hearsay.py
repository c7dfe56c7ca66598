"""What a source only reports as somebody's words; and whose words an article gives as a fact."""

from __future__ import annotations

import pytest

from claims.verification.speaking.hearsay import hearsay

REPORTED = (
    ("The pit is safe.", "The pit is safe, a neighbour told us.", "a neighbour told"),
    ("The pit is safe.", "The pit is safe, says nine-year-old Mia, who lives beside it.", "says nine-year-old Mia"),
    ("Rents will double by May.", "Rents will double by May, his barber at the town hall said.", "his barber"),
    ("The dragon has woken.", "The dragon has woken, the players were told, and rolled the dice.", "were told"),
    ("The pit is safe.", "A neighbour told us that the pit is safe.", "A neighbour told"),
    ("The army shelled Brest.", "The rebels say that the army shelled Brest.", "rebels say"),
    ("The army shelled Brest.", "The army shelled Brest, residents told the paper.", "residents told"),
    ("Lund fought in the war.", "Lund fought in the war, he told his children.", "he told"),
    ("The pit is safe.", "According to a man in the pub, the pit is safe.", "a man in the pub"),
    ("The pit is safe.", "We were told by a neighbour that the pit is safe.", "by a neighbour"),
    ("The pit is safe.", "The pit is safe, a former director said.", "a former director"),
    ("The minister lied.", "The minister lied, the poster reads.", "the poster reads"),
    ("The well is cursed.", "The well is cursed, the legend goes.", "the legend goes"),
    ("The mayor sleeps at work.", "The mayor sleeps at work, people joke.", "people joke"),
    ("The well is cursed.", "The well is cursed, as the song has it.", "as the song has it"),
    ("The mayor has paid it back.", "“The mayor has paid it back,” I hope to read one day.", "quotation marks"),
)

GIVEN_AS_A_FACT = (
    ("The pit is safe.", "The pit is safe, the council said."),
    ("A nurse said that the pit is safe.", "A nurse said that the pit is safe."),
    ("The pit is safe.", "According to a study of 40 pits, the pit is safe."),
    ("Witnesses said that he fled.", "Witnesses said that he fled."),
    ("The pit is safe.", "A court found that the pit is safe."),
    ("Two men were arrested.", "Two men were arrested, a police spokesman said."),
    ("Two men were arrested.", "Two men were arrested, a court in Brest was told."),
    ("The mayor said: “I have paid it back.”", "“I have paid it back,” the mayor told his party."),
    ("Sales rose by a tenth.", "Sales rose by a tenth, its annual report says."),
    ("The pit is safe.", "The pit is safe, a neighbour told us. The pit is safe."),
    ("The dam leaks.", "The dam leaks, the records show."),
    ("The dam leaks.", "The dam leaks, engineers noticed."),
    ("Berg won the race.", "Berg won the race, and his brother cheered."),
    ("Berg won the race.", "Berg won the race, as did his brother."),
    # Who leads a body speaks for it.
    ("Profits rose by a tenth.", "Profits rose by a tenth, its chief executive said."),
    ("Two people were injured.", "Two people were injured, a fire chief said."),
    # Nobody says the claim: something else was said, at another time, or of another.
    ("The mill burned down in May.", "The mill burned down in May, a year after its owner said it was safe."),
    ("The bank cut 400 jobs.", "The bank cut 400 jobs, two years after she was told to save money."),
    ("The bomb claimed the lives of 12 people.", "A bomb claimed the lives of 12 people."),
    ("The woman died.", "A woman who warned of the leak died."),
    ("The ban ends on Friday.", "A ban announced by the mayor ends on Friday."),
)


@pytest.mark.parametrize(("claim", "source", "words"), REPORTED)
def test_words_of_one_person_are_no_fact(claim: str, source: str, words: str) -> None:
    assert words in hearsay(claim, source)


@pytest.mark.parametrize(("claim", "source"), GIVEN_AS_A_FACT)
def test_what_bodies_say_and_what_the_claim_quotes_is_left_alone(claim: str, source: str) -> None:
    assert hearsay(claim, source) == ""
