"""Tests that no clause loses what makes it doubtful, made up or somebody else's when a sentence is split."""

from __future__ import annotations

import pytest

from claims.extraction.extract import extract
from claims.records import Page
from sources.outlets import load_outlets


def statements(text: str) -> list[str]:
    return [claim.statement for claim in extract(Page(text=text, published="2025-03-12"), load_outlets()).claims]


@pytest.mark.parametrize(
    "text",
    [
        # who did the second thing did the first, and is not who reports it
        "Denny Clarke robbed the shop, the jury heard, and stabbed its owner.",
        "The school closed in May, a governor told the Echo, and reopened as a hotel.",
        "The duke has sold the castle and, the Mail claims, moved to Nice.",
        "Delhi has, Reuters reports, frozen the visas and recalled its envoy.",
        "Officer Lusk, the complaint says, shoved the girl, dragged her to the car and broke a window.",
        # doubt
        "Hargreave allegedly punched a steward and stole a phone.",
        "Ek, allegedly, sold the mill, burned the house and fled to Bonn.",
        "Ek reportedly owns three banks and pays no tax.",
        "Perhaps the captain fell asleep and missed the buoy.",
        "Rarely does Lagos close its port and send ships to Cotonou.",
        "Ek all but admitted the theft and gave back most of the money.",
        # the frame
        "In the prosecution's case, Tilda Brandt drugged her aunt and took the ring.",
        "In the simulation, the tsunami reached the coast and flooded the airport.",
        "To his critics, Premier Boyd raised taxes and wrecked the health service.",
        "Excluding London, house prices fell by 2% and rents rose by 4%.",
        "On average, nurses work 40 hours and earn 30,000 euros.",
        "In theory, every bus runs at six and stops at the school.",
        # what was not done
        "Had the pilot not spotted the drone, the airliner would have struck it and killed 180 people.",
        "Ling would have beaten Kim and set a record but for a puncture.",
        # what was done to somebody
        "In May the editor was attacked outside the hall and shot in the leg.",
        "The bill was passed by the house and then vetoed.",
        "Tan was sentenced to 12 weeks in jail and ordered to compensate a shop.",
        "Khalil was detained at a flat and denied access to lawyers.",
        "Staff were called to a meeting and told the plant would close.",
        "Ng was dismissed in May and promised six months' pay.",
        "A Sydney woman was charged with fraud and refused bail.",
        # what was not done to somebody
        "The Tigers were outplayed in the first half but led at the break.",
        # of whom
        "Two workers were killed and a third injured in Pune.",
        "Oxfam was accused by the regulator of misleading donors and failing to keep accounts.",
        "Ms Reeves, whose deputy, Darren Jones, said a cap would go, refused to comment.",
    ],
)
def test_a_sentence_is_left_whole_where_a_clause_would_lose_what_holds_for_it(text: str) -> None:
    assert statements(text) == [text]


@pytest.mark.parametrize(
    ("text", "second"),
    [
        ("On Monday, Berg sold the mill and left Norland.", "Berg left Norland."),
        ("In Leeds, the bridge was closed and 40 people were hurt.", "40 people were hurt."),
        ("After the vote, Berg thanked his party and flew to Oslo.", "Berg flew to Oslo."),
        ("Later, the court freed Berg and fined Lund.", "The court fined Lund."),
        ("“We won,” Berg said, and left the hall.", "Berg left the hall."),
        ("The ship was built in Kiel and sank off Malta in 1940.", "The ship sank off Malta in 1940."),
        ("One man was killed and four pupils hurt in Pune.", "Four pupils were hurt in Pune."),
        ("Berg was arrested in May and sold a house.", "Berg sold a house."),
        ("Berg was jailed in 2019 and freed in 2021.", "Berg was freed in 2021."),
        ("The mine has been shut since January, when thieves took gold.", "In January, thieves took gold."),
        ("Berg has, however, sold the mill and bought a farm.", "Berg bought a farm."),
    ],
)
def test_a_day_or_a_place_before_two_clauses_does_not_hold_them_together(text: str, second: str) -> None:
    assert statements(text)[1:] == [second]


@pytest.mark.parametrize(
    "text",
    [
        "In the series Dr Ann Marr, a surgeon who poisons her husband, is played by Kim Holt.",
        "Norland's then defence minister Ihor Bilyk met bankers in Kyiv.",
        "In 1998, when defence secretary Max Gill visited Arle, a mill was closed.",
        "The so-called doctor, Piet Maas, was jailed in May.",
    ],
)
def test_nobody_is_said_to_be_what_they_play_or_were(text: str) -> None:
    assert statements(text) == [text]


@pytest.mark.parametrize(
    ("text", "statement"),
    [
        ("Ann Frith was told by the minister, “You will get nothing.”", "The minister said: “You will get nothing.”"),
        ("“You'll be sorry,” Mr Wynn was told by a caller.", "A caller said: “You'll be sorry”"),
        ("Coach Eddie Ray was asked by reporters, “Are you done?”", "Reporters asked: “Are you done?”"),
    ],
)
def test_who_is_told_something_has_not_said_it(text: str, statement: str) -> None:
    assert statements(text) == [statement]


@pytest.mark.parametrize(
    "text",
    [
        "“The mill is finished,” Menon's agent is quoted as saying.",
        "Lamptey has been accused by Oti of telling voters, “The mill is ours.”",
        "In a message read by police, Dunn allegedly wrote: “The mill must burn.”",
        "“The mill is mine,” Cole reportedly told a clerk.",
        "Ferris falsely told officers: “The mill was closed.”",
        "“The mill is closed,” President Arden says in a deepfake video.",
        "In a forged email, Archbishop Nduka told priests: “The mill is ours.”",
        "“The mill is mine,” Mbeki says in the play.",
    ],
)
def test_a_quotation_that_may_not_have_been_said_stays_in_its_sentence(text: str) -> None:
    assert statements(text) == [text]


@pytest.mark.parametrize(
    "text",
    [
        "Thandi Moyo's rapist was named on Friday. He lived in Arle.",
        "Carmen Ortega's body was found by a jogger in Arle. She called the police.",
        "The body of Kate Ross was found by a walker. She raised the alarm.",
        "Tom Avery's opponent conceded in Arle. He said the count was fair.",
        "Dr Hana Ito's patient died in Arle. She was 34.",
    ],
)
def test_a_pronoun_behind_somebody_of_a_named_person_is_open_and_no_name_is_suggested(text: str) -> None:
    claim = extract(Page(text=text, published="2025-03-12"), load_outlets()).claims[-1]
    assert "[" not in claim.statement
    assert any("could not be settled" in reason for reason in claim.reasons)


def test_the_company_is_open_where_an_unknown_name_acts_beside_a_known_one() -> None:
    text = "Mining group Kolt has sold its unit to Dacre Metals. The company said it would close 12 shops."
    assert statements(text)[-1] == "The company said it would close 12 shops."


def test_who_left_an_office_is_not_taken_for_who_holds_it() -> None:
    text = "President Dina Frey was ousted by her deputy, Karl Lund. The president told reporters taxes would fall."
    assert statements(text)[-1] == "The president told reporters taxes would fall."


@pytest.mark.parametrize(
    "text",
    [
        "Few residents voted and most stayed home.",
        "But for a tip-off, the gang would have boarded the ship.",
    ],
)
def test_a_short_subject_and_a_condition_keep_their_words(text: str) -> None:
    assert statements(text) == [text]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Sheriff Iain Fleming, sentencing Ross, said the attack was cruel.", "Sheriff Iain Fleming"),
        ("Iain Fleming, the sheriff, said the attack was cruel.", "Iain Fleming"),
    ],
)
def test_who_is_only_beside_the_speaker_is_not_the_speaker(text: str, speaker: str) -> None:
    claim = extract(Page(text=text, published="2025-03-12"), load_outlets()).claims[0]
    assert claim.attribution is not None
    assert claim.attribution.speaker == speaker
