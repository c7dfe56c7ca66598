"""A source that says less than a claim with the same words."""

from __future__ import annotations

import pytest

from claims.verification.clauses.scopes import narrower

NARROWER, EXCEPTED, ONE_OF_TWO = "something narrower", "excepts some", "one of two things"
NO_FACT, ANOTHER = "as a fact", "something else"


@pytest.mark.parametrize(
    ("claim", "passage", "why"),
    [
        # Of none.
        ("No children were hurt in the fire.", "No children were seriously hurt in the fire.", NARROWER),
        ("Police did not find weapons.", "Police did not find automatic weapons.", NARROWER),
        ("Farmers did not use glyphosate.", "Farmers did not use glyphosate near rivers.", NARROWER),
        ("Police found no evidence.", "Police found no evidence that the fire was set.", NARROWER),
        ("The law bans smoking in cars.", "The law bans smoking in cars with children.", NARROWER),
        ("Parents may visit the ward.", "Parents may visit the ward with the consent of a doctor.", NARROWER),
        ("The minister did not know of it.", "The minister did not know of it until May, he said.", NARROWER),
        ("No children were hurt in the fire.", "No children were hurt in the fire on Monday, police said.", ""),
        ("The minister has not met the envoy.", "The minister, Anna Berg, has not met the envoy.", ""),
        ("Bo Lind was not a hero.", "Bo Lind did not become a hero.", ""),
        ("Police did not find weapons.", "Police did not find automatic weapons. Police did not find weapons.", ""),
        ("The firm stopped selling cars.", "The firm stopped selling electric cars.", NARROWER),
        ("The firm refused to pay its workers.", "The firm refused to pay its former workers.", NARROWER),
        ("The tower is the tallest in Europe.", "The tower was the tallest in Europe until 2012.", NARROWER),
        ("The firm stopped production.", "The firm stopped production on Monday.", ""),
        ("He refused to resign.", "He refused to resign despite calls from his own party.", ""),
        ("The firm did not comment.", "The firm did not immediately comment.", ""),
        ("No state has recognised it.", "No state has so far recognised it.", ""),
        ("The museum is closed.", "The museum is closed until April.", ""),
        # Of all, and of the first.
        ("It applies to all firms.", "It applies to all firms with more than 500 employees.", NARROWER),
        ("Everyone in the village was evacuated.", "Everyone in the upper village was evacuated.", NARROWER),
        ("Every child got a present.", "Every child got a small present.", ""),
        ("The first patient was treated in March.", "The first patient was treated at the clinic in March.", ""),
        ("All schools in Norland will close.", "All primary schools in Norland will close.", NARROWER),
        ("All flights were cancelled.", "All domestic flights were cancelled.", NARROWER),
        ("Every passenger was tested.", "Every passenger over 60 was tested.", NARROWER),
        ("Every passenger was tested.", "Every passenger was tested twice.", ""),
        ("It is the largest wind farm in the world.", "It is the largest offshore wind farm in the world.", NARROWER),
        ("May was the hottest month on record.", "May was the hottest month on record in Norland.", NARROWER),
        ("May was the hottest month on record.", "May was the hottest month on record, officials said.", ""),
        ("She is the first woman to lead the bank.", "She is the first Swedish woman to lead the bank.", NARROWER),
        ("Ten percent of pupils were ill.", "Ten percent of pupils in the capital were ill.", NARROWER),
        ("Ten firemen were ill.", "Ten firemen of the village were ill.", ""),
        ("Guests found traces of gas.", "Four rooms held traces of gas, guests found.", ""),
        ("Michael Lind is an American.", "Michael Lind is a former American football coach.", ""),
        ("Trade fell in the first quarter.", "Trade fell in the first full quarter.", ""),
        # Exceptions, choices, what is left open.
        ("All schools will close.", "All schools will close except those in the capital.", EXCEPTED),
        ("The ban covers all drinks.", "The ban covers all drinks other than milk.", EXCEPTED),
        ("Two firms were fined.", "Apart from Delko, two firms were fined.", ""),
        ("The striker will leave the club.", "The striker will leave the club or retire.", ONE_OF_TWO),
        ("Visitors pay ten euros.", "Visitors pay ten euros or nothing.", ONE_OF_TWO),
        ("The firm cut 1,200 jobs.", "The firm cut 1,200 jobs, or about a tenth of all.", ""),
        ("The council will close the pool.", "The council will probably close the pool.", NO_FACT),
        ("A minister was arrested.", "A former minister was arrested.", NO_FACT),
        ("The gun was found.", "The replica gun was found.", NO_FACT),
        ("The bridge collapsed.", "The bridge almost collapsed.", NO_FACT),
        ("The bridge lost half its traffic.", "The bridge lost almost half its traffic.", ""),
        # Of somebody else.
        ("The president was poisoned.", "The president's dog was poisoned.", ANOTHER),
        ("The driver of the lorry was arrested.", "The brother of the driver of the lorry was arrested.", ANOTHER),
        ("The court heard the witness.", "The court heard the witness had been paid.", ANOTHER),
        ("The firm doubled its profit.", "The firm doubled its profit forecast.", ANOTHER),
        ("The fire destroyed the church.", "The fire destroyed the church building.", ""),
        ("The charity helps the poor.", "The charity helps poor families.", ""),
        ("The attack killed five.", "The attack killed five soldiers.", ""),
        ("Police arrested Bo Lind.", "Police officers arrested Bo Lind.", ""),
        ("Facebook paid the fine.", "Meta, the owner of Facebook, paid the fine.", ""),
        ("The bank agreed to the sale.", "The bank's board agreed to the sale.", ""),
        ("Nurses have sued the clinic.", "A group of nurses have sued the clinic.", ""),
        ("Minister Anna Berg resigned.", "The minister, Anna Berg, resigned.", ""),
    ],
)
def test_what_the_source_says_less(claim: str, passage: str, why: str) -> None:
    assert why in narrower(claim, passage)
    assert bool(why) is bool(narrower(claim, passage))


@pytest.mark.parametrize(
    ("claim", "passage", "to"),
    [
        ("The clinic offered a loan.", "The clinic was offered a loan.", "clinic"),
        ("The port granted a licence.", "The port has been granted a licence by the state.", "port"),
        ("Berg sent a letter.", "Berg sent a letter and was sent a reply.", ""),
        ("The team won the cup.", "The cup was won by the team.", ""),
        ("The shop closed in May.", "The shop was closed in May.", ""),
        ("Wiese married Rehm.", "Rehm married Wiese.", ""),
        ("The firm was paid 3 million euros.", "The firm was paid 3 million euros.", ""),
    ],
)
def test_what_is_done_to_somebody_is_not_done_by_them(claim: str, passage: str, to: str) -> None:
    assert narrower(claim, passage) == (f"the source has it done to “{to}”" if to else "")
