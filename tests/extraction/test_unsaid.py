"""What a statement must not say because the article does not: speakers, cuts, words, days and kinds."""

from __future__ import annotations

import pytest
from small_directory import DIRECTORY

from claims.extraction.extract import extract
from claims.records import Claim, ClaimKind, Extraction, Page, SpeechMode


def read(text: str) -> Extraction:
    return extract(Page(text=text, published="2024-05-15"), DIRECTORY)


def statements(text: str) -> list[str]:
    return [claim.statement for claim in read(text).claims]


def only(text: str) -> Claim:
    claims = read(text).claims
    assert len(claims) == 1, [claim.statement for claim in claims]
    return claims[0]


WHOLE = [
    'Police said Dunn told a guard, "Open the gate," and smashed a window.',
    "The bank said it had closed 12 branches, and opened 3 more.",
    'The guard recalled that he shouted, "Get out," the police said.',
    "Berg, who aides say left for Oslo, resigned in March.",
    "Ruiz and Lind, both judges of the court, were arrested.",
    "In 2023, 52 percent of women worked and 31 percent studied.",
    "Ten men were in the boat and three survived.",
    "The plan was dropped in March, citing high costs.",
    "The talks ended in May, citing violence.",
    "The paper claims the dam will hold, although given its age, we would not rule out a leak.",
    # What is wished for is no fact, and a name for a thing is nobody's sentence.
    "Some advisers would like to see Norway agree to a cap, while Denmark keeps its quota for now.",
    "Lisbon might join the pact, although Madrid leaves it in May.",
    "The roof is what engineers called “a folded sail” in 2019.",
    "Rivals dubbed Berg “the paper mayor” in 2021.",
]


@pytest.mark.parametrize("text", WHOLE)
def test_what_cannot_be_cut_for_certain_is_left_whole(text: str) -> None:
    assert statements(text) == [text]


CUT = [
    ("The mayor has said that taxes rose, and has promised a refund.", "The mayor has promised a refund."),
    ('Lund said, "I will stay," and closed the door of the office.', "Lund closed the door of the office."),
    (
        "Of the 80 firms in Velden, 40 percent grew, and 9 percent closed.",
        "Of the 80 firms in Velden, 9 percent closed.",
    ),
    ("Of the 300 firms, 40 percent closed and the bank lost 3 million euros.", "The bank lost 3 million euros."),
    ("Berg, who was ill, resigned in March.", "Berg was ill."),
    ("Russia attacked Kyiv, saying it had been provoked.", "Russia said it had been provoked."),
    (
        "The mayor, Ana Ruiz, a former judge, resigned in March.",
        "The mayor, Ana Ruiz, a former judge, resigned in March.",
    ),
    ("The union's chief, Jonas Falk, resigned in March.", "Jonas Falk is the union's chief."),
    ("The mill, which was co-founded in 1990 and employs 40 people, is shut.", "The mill is shut."),
    ("The ex-mayor bought the X-Ray unit in March.", "The ex-mayor bought the X-Ray unit in March."),
    ("-4 degrees were measured in Dorrit.", "-4 degrees were measured in Dorrit."),
    ("- The mill closed in May.", "The mill closed in May."),
]


@pytest.mark.parametrize(("text", "expected"), CUT)
def test_what_is_cut_keeps_its_subject_its_base_and_its_words(text: str, expected: str) -> None:
    assert expected in statements(text)


def test_a_bare_role_before_a_name_is_no_claim_of_its_own() -> None:
    assert statements("The minister, Tomas Reuel, said that the price was fair.") == [
        "The minister, Tomas Reuel, said that the price was fair."
    ]


KEPT = [
    "Parking costs €12 a day.",
    "Norrland imports 70 per cent of its gas.",
    "Schools staff 300 classes.",
    "Storms batter the coast of Norrland.",
    "The leader, Marcus Ridout, a Conservative, abstained.",
    "The views expressed here cost him his job.",
    "Villagers fleeing the flood slept in the church.",
]


@pytest.mark.parametrize("text", KEPT)
def test_a_sentence_whose_verb_the_tagger_missed_is_a_claim(text: str) -> None:
    assert statements(text) == [text]


LEFT = [
    ("A review of leaked documents by the paper.", "fragment"),
    ("By Jane Doe", "byline"),
    ("By environment reporter Jane Doe", "byline"),
    ("Read more about the flood", "boilerplate"),
    ("The views expressed in this article are the author's own.", "boilerplate"),
    ("This is a breaking story, more follows.", "boilerplate"),
    ("The views expressed here do not reflect those of the Echo.", "boilerplate"),
    ("This interview has been edited for length.", "boilerplate"),
    ("Associated Press writer Ana Pinto contributed to this report.", "boilerplate"),
    ("Follow BBC Westmarch on Facebook, on X, or on Instagram.", "boilerplate"),
    ("Follow the Echo's coverage of the vote in Lund at https://www.echo.example/vote.", "boilerplate"),
    ("Send your story ideas to westmarch@example.org.", "boilerplate"),
    ("Hello there.", "fragment"),
]


@pytest.mark.parametrize(("line", "reason"), LEFT)
def test_a_sentence_without_a_claim_is_listed_with_its_reason(line: str, reason: str) -> None:
    text = f"{line}\n\nThe mill in Dorrit closed in May."
    found = read(text)
    assert [(text[slice(*one.span)], one.reason) for one in found.unclaimed] == [(line, reason)]
    assert len(found.claims) == 1


DAYS = [
    ("The trial, set for Monday, was moved to Thursday.", "The trial, set for Monday, was moved to Thursday."),
    ("The court will discuss Monday's attack.", "The court will discuss Monday's attack."),
    ("The inquest follows evidence Tuesday by two nurses.", "The inquest follows evidence Tuesday by two nurses."),
    ("Ministers could meet on Friday.", "Ministers could meet on Friday."),
    ("A hotel due to open Saturday was sold.", "A hotel due to open Saturday was sold."),
    ("A hearing planned for Friday was cancelled.", "A hearing planned for Friday was cancelled."),
    ("A man held on Monday was released.", "A man held on Monday (13 May 2024) was released."),
    ("The council voted on Monday.", "The council voted on Monday (13 May 2024)."),
    ("The council will vote on Friday.", "The council will vote on Friday (17 May 2024)."),
    ("The mayor is closing the port on Friday.", "The mayor is closing the port on Friday (17 May 2024)."),
]


@pytest.mark.parametrize(("text", "expected"), DAYS)
def test_a_day_that_is_neither_past_nor_ahead_for_certain_has_no_date(text: str, expected: str) -> None:
    claim = only(text)
    assert claim.statement == expected
    assert any("could not be settled" in reason and "day" in reason for reason in claim.reasons) == (text == expected)


QUOTED = [
    ("‘The workers’ pay isn’t fair,’ said Ann Ray.", "Ann Ray said: “The workers’ pay isn’t fair”"),
    ("'We don't have a plan,' Jonas Falk said.", "Jonas Falk said: “We don't have a plan”"),
    ("»The lake is low«, said Karl Weiss.", "Karl Weiss said: “The lake is low”"),
    ("Eva Lind shrugged. “We have seen it all before.”", "Eva Lind said: “We have seen it all before.”"),
    ("The chief, Jonas Falk, was clear:\n\n“We will not pay.”", "Jonas Falk said: “We will not pay.”"),
    ("Eva Lind met Jonas Falk. “We have seen it all before.”", "“We have seen it all before.”"),
    ("The plant shut. “We have seen it all before.”", "“We have seen it all before.”"),
]


@pytest.mark.parametrize(("text", "expected"), QUOTED)
def test_a_quotation_has_its_marks_and_its_speaker(text: str, expected: str) -> None:
    assert statements(text)[-1] == expected


NO_QUOTATION = [
    'The mayor called the plan "a gift to the rich".',
    "The teachers' union rejected the owners' plan in the '90s.",
    'As my grandfather would say, "Never trust a calm sea."',
]


@pytest.mark.parametrize("text", NO_QUOTATION)
def test_scare_quotes_apostrophes_and_invented_words_are_no_quotation(text: str) -> None:
    claim = only(text)
    assert claim.statement == text
    assert claim.attribution is None or claim.attribution.mode is not SpeechMode.DIRECT


KINDS = [
    ("Profits missed forecasts in April.", ClaimKind.EVENT, True),
    ("The ministry forecasts a loss.", ClaimKind.FORECAST, False),
    ("The port would have been closed in June.", ClaimKind.STATEMENT, False),
    ("The port would be closed.", ClaimKind.FORECAST, False),
    ("By law, ships must carry two lifeboats.", ClaimKind.STATEMENT, True),
    ("Drivers must pay 12 dollars.", ClaimKind.QUANTITY, True),
    ("Shops there may not hand out bags and must charge 10 cents.", ClaimKind.QUANTITY, True),
    ("Europe must act now.", ClaimKind.OPINION, False),
    ("I used the new buses in Ulm for a month, and they are a disgrace.", ClaimKind.OPINION, False),
    ("Sources said the firm would close.", ClaimKind.STATEMENT, False),
    ("Sources said the firm would close, according to Reuters.", ClaimKind.STATEMENT, True),
]


@pytest.mark.parametrize(("text", "kind", "checkable"), KINDS)
def test_a_claim_has_the_kind_that_its_words_have(text: str, kind: ClaimKind, checkable: bool) -> None:
    claim = only(text)
    assert (claim.kind, claim.checkable) == (kind, checkable)


CITED = [
    ("The office called on the state to withdraw units in order to reduce violence.", []),
    ("The families demanded in their release that he be freed.", []),
    ("“We had a plan,” Hill said, via Ann Ray of the Guardian.", []),
    ("“We had a plan,” Hill said, via Ann Ray of The Guardian.", ["The Guardian"]),
    ("According to a press release, the firm closed in May.", ["a press release"]),
]


@pytest.mark.parametrize(("text", "expected"), CITED)
def test_a_citation_is_a_source_and_no_turn_of_phrase(text: str, expected: list[str]) -> None:
    assert [citation.text for claim in read(text).claims for citation in claim.citations] == expected


@pytest.mark.parametrize(
    "text", ["The school's phone ban improved exam results.", "The town's bus subsidy raised fares."]
)
def test_a_verb_that_the_tagger_takes_for_a_participle_asserts(text: str) -> None:
    assert [claim.statement for claim in read(text).claims] == [text]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The council should promise to mend the bridge by May.", None),
        ("The minister must explain why 12 schools were closed.", None),
        ("The port ought to announce that 40 cranes are idle.", None),
        ("Opponents might argue that the tram lost 3 million euros.", None),
        ("Visitors may think that the tower was built in 1890.", None),
        ("You should also aim to repay the loan in two years.", None),
        ("You'll also find that the tower was built in 1890.", None),
        ("You can see that 40 cranes are idle.", None),
        ("Berg should resign and admit that the mill lost 3 million euros.", None),
        ("Berg must resign, Lund said, and pay 3 million euros.", "Lund"),
        ("Berg could not say how many of the 12 men were hurt.", "Berg"),
        ("Berg will tell the court that the mill closed in 2019.", "Berg"),
        ("Berg said that Lund should explain why 12 schools were closed.", "Berg"),
    ],
)
def test_who_ought_to_say_something_or_might_has_not_said_it(text: str, speaker: str | None) -> None:
    voices = [claim.attribution for claim in read(text).claims]
    assert {voice and voice.speaker for voice in voices} == {speaker}


@pytest.mark.parametrize("lead", ["Berg may resign and said", "Berg needs money and says"])
def test_what_is_said_beside_what_may_be_keeps_its_speaker(lead: str) -> None:
    voices = [claim.attribution for claim in read(f"{lead} that the mill lost 3 million euros.").claims]
    assert [voice.speaker for voice in voices if voice] == ["Berg"]


@pytest.mark.parametrize(
    ("text", "forecast"),
    [
        ("You will need a visa to enter Norland.", False),
        ("If you run up a debt, you'll pay 22 percent interest a year.", False),
        ("Guests will usually get a key at the desk.", False),
        ("As you climb, you will see the dam.", False),
        ("In 2040 you will fly to work.", True),
        ("If the bill passes, you will pay 300 euros more.", True),
        ("Under the new plan, you will pay 300 euros more.", True),
        ("You will soon pay 300 euros more.", True),
        ("Lund will pay 300 euros more.", True),
        ("“You will need a visa,” Lund told them.", False),  # a quotation
    ],
)
def test_what_you_will_need_is_a_rule_and_no_forecast(text: str, *, forecast: bool) -> None:
    assert [claim.kind is ClaimKind.FORECAST for claim in read(text).claims] == [forecast]
