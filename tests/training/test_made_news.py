"""Pairs from news pages: the label fits, each has its twin, and what is unsafe is left alone."""

import random
from collections import defaultdict

import pytest

from training.made import NOT_SUPPORTED, SUPPORTED
from training.made_news import made_from_news
from training.news.amounts import movements, quantifiers, regions, units
from training.news.attribution import acts_of_speech, in_reported_speech, speaker_and_content
from training.news.conditions import certainty, split_condition
from training.news.details import PageDetails, details
from training.news.evidence import without_actor, without_sentence
from training.news.numbers import rewritten_numbers, ways_to_write
from training.news.parties import nationalities, speaking_parties
from training.news.roles import voices
from training.news.sentences import Finder, with_turn

PAGE = [
    "Anna Berg bought the old mill in Graz in 1921 and paid 4,000 crowns for it.",
    "The town council of Linz rejected the plan for a new bridge in 1935 after a long debate.",
    "Karl Moser said the bridge would cost at least 12 million crowns and take three years.",
    "If the parliament agrees, the railway will reach the town of Steyr before the end of the year.",
    "Eva Lind told reporters on Monday that most of the houses near the river had been flooded.",
    "Moscow said on Tuesday that it would send 300 soldiers to the border with Finland.",
    "Anna Berg sued Karl Moser in 1940 because of a wall between the two gardens.",
    "Unemployment rose by 3% in March, while the number of open posts fell to 2,500 in the region.",
]


def outcomes(find: Finder, claim: str) -> set[str]:
    return {with_turn(claim, turn) for seed in range(60) for turn in find(claim, random.Random(seed))}


@pytest.mark.parametrize(
    ("find", "claim", "changed"),
    [
        (quantifiers, "Most of the farmers left.", "All of the farmers left."),
        (quantifiers, "It took more than 20 hours.", "It took fewer than 20 hours."),
        (regions, "Rain fell in northern Italy.", "Rain fell throughout Italy."),
        (units, "It cost 3 million crowns.", "It cost 3 billion crowns."),
        (units, "He earned £200 a week there.", "He earned £200 a month there."),
        (movements, "Prices rose by 5% in May.", "Prices rose to 5% in May."),
        (movements, "Prices rose 5% in May.", "Prices rose 5 percentage points in May."),
        (certainty, "The club may sell the ground.", "The club will sell the ground."),
        (acts_of_speech, "The mayor denied that it was closed.", "The mayor confirmed that it was closed."),
        (speaking_parties, "Moscow said it had no plans.", "London said it had no plans."),
        (nationalities, "The German chancellor spoke.", "Italy's chancellor spoke."),
    ],
)
def test_one_phrase_is_changed(find: Finder, claim: str, changed: str) -> None:
    assert changed in outcomes(find, claim)


@pytest.mark.parametrize(
    ("find", "claim"),
    [
        (quantifiers, "He is one of the most famous."),
        (quantifiers, "Not all of the farmers left."),
        (quantifiers, "It began at about 23:40 on Monday."),
        (quantifiers, "She lived there for over two years."),
        (units, "He left a year ago."),
        (movements, "Prices rose from 3% to 5%."),
        (certainty, "The club may not sell it."),
        (certainty, "She agreed to a new deal."),
        (acts_of_speech, "They were denied boarding at the gate."),
        (speaking_parties, "England beat Wales in the cup."),
        (speaking_parties, "England said the team would play the match."),
        (nationalities, "The former German chancellor spoke."),
    ],
)
def test_what_is_unsafe_is_left_alone(find: Finder, claim: str) -> None:
    assert outcomes(find, claim) == set()


@pytest.mark.parametrize(
    ("claim", "passive", "exchanged"),
    [
        ("Ann Lee sued Bob Ray.", "Bob Ray was sued by Ann Lee.", "Bob Ray sued Ann Lee."),
        ("Police arrested Bob Ray on Monday.", "Bob Ray was arrested by police on Monday.",
         "Bob Ray arrested police on Monday."),
        ("The court had told Bob Ray to leave.", "Bob Ray had been told by the court to leave.",
         "Bob Ray had told the court to leave."),
    ],
)  # fmt: skip
def test_who_did_what_to_whom(claim: str, passive: str, exchanged: str) -> None:
    found = voices(claim)
    assert found is not None
    assert found[0][1] == passive
    assert found[1][0] == exchanged


@pytest.mark.parametrize(
    "claim",
    ["Ann Lee and Bob Ray won.", "Ann Lee criticised Bob Ray's plan.", "Ann Lee met Bob Ray.", "She sued Bob Ray."],
)
def test_no_exchange_where_it_could_stay_true(claim: str) -> None:
    assert voices(claim) is None


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        ("If members agree, the club will move to Graz.", ("if members agree", "The club will move to Graz")),
        ("The club will move to Graz unless members object.", ("unless members object", "The club will move to Graz")),
        ("He asked the club to see if members agree.", None),
        ("If members agree, the club moves to Graz.", None),
    ],
)
def test_condition(claim: str, expected: tuple[str, str] | None) -> None:
    assert split_condition(claim) == expected


@pytest.mark.parametrize(
    ("value", "currency", "percent", "ways"),
    [
        (10_000, "", False, {"10,000", "10 000", "10000", "ten thousand"}),
        (1.5e6, "£", False, {"£1.5 million", "£1.5m", "£1,500,000", "£1 500 000", "1.5 million pounds"}),
        (20, "", True, {"20%", "20 per cent", "20 percent", "twenty percent"}),
        (42, "", False, {"42", "forty-two"}),
    ],
)
def test_ways_to_write_a_figure(value: float, currency: str, percent: bool, ways: set[str]) -> None:
    assert set(filter(None, ways_to_write(value, currency, percent=percent))) == ways


@pytest.mark.parametrize("sentence", ["The flight left for Vienna at 14:15 with all its crew on board.",
                                      "She was born in the village in 1921 and lived there all her life."])  # fmt: skip
def test_times_and_years_are_no_figures(sentence: str) -> None:
    assert [pair for seed in range(20) for pair in rewritten_numbers([sentence], 0, "n", random.Random(seed))] == []


def test_a_detail_of_another_sentence_is_in_the_evidence() -> None:
    page = PageDetails(PAGE, range(len(PAGE)))
    made = [one for seed in range(30) for one in details(PAGE, 0, page, "d", random.Random(seed))]
    wrong = {claim for _, claim, label, _ in made if label != SUPPORTED}
    assert any("in 1935" in claim or "in 1940" in claim for claim in wrong)
    assert any("Linz" in evidence for evidence, *_ in made)


def test_pages_that_say_less() -> None:
    for make in (without_sentence, without_actor):
        made = [one for seed in range(30) for one in make(PAGE, 0, "e", random.Random(seed))]
        assert {label for *_, label, _ in made} <= {SUPPORTED, NOT_SUPPORTED}
        assert all("Anna Berg bought" not in evidence for evidence, _, label, _ in made if label)


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        ("Karl Moser said that the bridge would be closed for a year.",
         ("Karl Moser", "the bridge would be closed for a year")),
        ('"We have waited for this for years," Eva Lind said.', ("Eva Lind", '"We have waited for this for years"')),
        ("She said that the bridge would be closed for a year.", None),
    ],
)  # fmt: skip
def test_speaker_and_content(claim: str, expected: tuple[str, str] | None) -> None:
    assert speaker_and_content(claim) == expected


def test_reported() -> None:
    assert in_reported_speech("Eva Lind", "The mill is closed", 0) == "Eva Lind said that the mill is closed."
    assert in_reported_speech("Eva Lind", '"It is closed"', 1) == '"It is closed," said Eva Lind.'


def test_every_wrong_claim_has_a_twin() -> None:
    made = [one for seed in range(40) for one in made_from_news([PAGE], random.Random(seed))]
    assert made == [one for seed in range(40) for one in made_from_news([PAGE], random.Random(seed))]
    by_evidence, by_claim = defaultdict(set), defaultdict(set)
    for evidence, claim, label, _ in made:
        by_evidence[evidence].add(label)
        by_claim[claim].add(label)
    assert len({source for *_, source in made}) > 8
    for evidence, claim, label, _ in made:
        assert label == SUPPORTED or SUPPORTED in by_evidence[evidence] | by_claim[claim]
