"""What looks like an agreement or a clash and is neither: figures of other things, tolls, negatives that are none."""

import pytest

from claims.verification.clauses.structure import structure
from claims.verification.forms.tolls import toll_told
from claims.verification.rules.framing import scattered
from claims.verification.rules.polarity import opposite
from claims.verification.rules.quantities import clashes, compare


@pytest.mark.parametrize(
    ("claim", "passage", "clashing"),
    [
        # A change does not lend its unit to the level that it led to.
        ("Cases rose to 42.", "Cases rose 12 percent to 35.", ["42"]),
        ("The Nikkei rose to 39,900.", "The Nikkei rose 2 percent to 38,500.", ["39,900"]),
        ("The rate was 35 percent before.", "The rate was 40 percent, up from 35 before.", []),
        # A number takes the scale word of the one before it, too.
        ("Exports were 35 million tonnes before.", "Exports were 40 million tonnes, up from 35 before.", []),
        ("Exports were 35 tonnes before.", "Exports were 40 million tonnes, up from 35 before.", ["35 tonnes"]),
        # A difference has the unit of what it is the difference of.
        ("It was 16 million pounds over.", "It cost 47 million pounds, 16 million more than planned.", []),
        (
            "It was 18 million pounds over.",
            "It cost 47 million pounds, 16 million more than planned.",
            ["18 million pounds"],
        ),
        # A rank is the higher the lower its number.
        ("The song peaked higher than 35.", "The song peaked at 31.", []),
        ("The song peaked higher than 35.", "The song peaked at 36.", []),
        ("The song peaked no higher than 35.", "The song peaked at 36.", []),
        # The faster the shorter the time.
        ("Ann Fox ran it faster than 10 seconds.", "Ann Fox ran it in 9.8 seconds.", []),
        ("Inflation was no higher than 5 percent.", "Inflation was 4.2 percent.", []),
        ("Inflation was no higher than 5 percent.", "Inflation was 6.2 percent.", ["no higher than 5 percent"]),
        # So much a day of one thing is not so much of another.
        ("Eaters of nuts lost two kilograms.", "Eaters of 30 grams of nuts a day lost weight.", []),
        # What a toll is from is no earlier toll.
        ("Two bombings killed 30 people.", "The death toll from two bombings rose to 30 people.", []),
        ("Three crashes killed 30 people.", "The number of people killed rose to 30 from three crashes.", []),
        ("The fire killed 12 people.", "The death toll of the fire was lowered to 9 from 12.", ["12"]),
        ("The fire killed 12 people.", "The death toll of the fire was lowered to 9 from 12 people.", ["12"]),
    ],
)
def test_only_what_is_read_in_full_clashes(claim: str, passage: str, clashing: list[str]) -> None:
    found = clashes(compare(claim, passage))
    assert [finding.claimed.split(" people")[0] for finding in found if finding.kind != "name"] == clashing


def test_a_change_to_a_bare_level_agrees_with_no_percentage() -> None:
    (finding,) = compare("Cases rose to 35 percent.", "Cases rose 12 percent to 35.")
    assert not finding.agrees


@pytest.mark.parametrize(
    ("claim", "passage", "expected"),
    [
        ("Veltra sold 5 mills in 2023.", "Veltra sold 4 mills in 2022 and 5 in 2023.", True),
        ("Veltra sold 5 mills in 2023.", "Veltra sold 4 mills in 2022 and 5 mills in 2023.", True),
        ("Veltra sold 5 mills in 2023.", "Veltra sold 4 mills in 2022 and 5 ships in 2023.", False),
        (
            "The board set the fee at 5 euros and the council is about to open the pool.",
            "The council set the fee at 5 euros and is about to open the pool.",
            False,
        ),
        ("The council will open the pool.", "The council is about to open the pool.", True),
    ],
)
def test_only_the_same_deed_agrees(claim: str, passage: str, expected: bool) -> None:
    assert structure(claim, passage, compare(claim, passage)).agrees is expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The death toll of the fire rose to 9.", True),
        ("The death toll of the fire rose to 19.", False),
        ("The death toll of the fire rose to 9.5.", False),
        ("The death toll of the fire rose to 9,000.", False),
    ],
)
def test_a_toll_has_the_whole_figure(sentence: str, expected: bool) -> None:
    claim = "The fire killed 9 people."
    agreeing = compare(claim, "The fire killed 9 people.")
    assert toll_told(claim, [sentence], agreeing) is expected


@pytest.mark.parametrize(
    ("claim", "passage", "expected"),
    [
        ("It was a tense night in Bergen.", "It was an intense night in Bergen.", False),
        ("It was a legal strike in Bergen.", "It was an illegal strike in Bergen.", True),
    ],
)
def test_a_word_that_begins_like_a_negative_is_none(claim: str, passage: str, expected: bool) -> None:
    assert bool(opposite(claim, passage)) is expected


def test_a_week_is_no_pronoun() -> None:
    federation = "The Norwegian harbour workers' federation"
    passage = f"{federation} met on Monday. This week the shipowners rejected the offer."
    assert scattered(f"{federation} rejected the offer.", passage)


@pytest.mark.parametrize(
    ("claim", "passage", "outcome"),
    [
        # The same deed of the same parties, told from either side.
        ("Ana Berg sued Orbis.", "Orbis was sued by Ana Berg.", "agrees"),
        ("Ana Berg sued Orbis.", "Ana Berg sued Orbis and Velia.", "agrees"),
        ("Ana Berg met Jon Falk.", "Jon Falk met Ana Berg.", "agrees"),
        ("Orbis bought the mill from Velia.", "Velia sold the mill to Orbis.", "agrees"),
        ("The firm cut 40 jobs.", "The firm said it cut 40 jobs.", "agrees"),
        ("Ana Berg cut jobs and sold the mill.", "Ana Berg cut jobs and sold the mill.", "agrees"),
        ("Moscow rejected the offer.", "The Russian leader rejected the offer.", "near"),
        # The other way round, or the opposite.
        ("Ana Berg sued Orbis.", "Orbis sued Ana Berg.", "the other way round"),
        ("Ana Berg sold the mill to Jon Falk.", "Jon Falk sold the mill to Ana Berg.", "the other way round"),
        ("Ana Berg accepted the offer.", "Ana Berg turned down the offer.", "the opposite"),
        ("The council approved the plan.", "The council declined to approve the plan.", "the opposite"),
        ("Jon Falk was released from prison.", "Jon Falk remains in prison.", "the opposite"),
        # Not done, not yet, in part, under a condition, or by another.
        ("The council approved the plan.", "The council wants to approve the plan.", "not give it as done"),
        ("The council approved the plan.", "The council would approve the plan.", "not give it as done"),
        ("The council approved the plan.", "The council will approve the plan.", "still to come"),
        ("The council approved the plan.", "The council approved part of the plan.", "of a part only"),
        ("The council approved the plan.", "If the mayor agrees, the council approved the plan.", "under a condition"),
        ("Ana Berg opened the mill.", "Jon Falk opened the mill; Ana Berg was away.", "it of Jon Falk"),
        # Nothing that is certain.
        ("Ana Berg opened the mill.", "Jon Falk opened the mill along with Ana Berg.", ""),
        ("Ana Berg sued Orbis.", "Jon Falk and Ana Berg sued Orbis.", ""),
        ("Ana Berg accepted the offer.", "Jon Falk rejected the offer.", ""),
        ("Ana Berg accepted the offer.", "Ana Berg rejected the plan.", ""),
        ("The council will approve the plan.", "The council approved the plan.", ""),
        ("The council approved the plan.", "The council nearly approved the plan.", ""),
        ("The council approved the plan.", "The plan was approved.", ""),
        ("The Russian parliament rejected the offer.", "The Russian government rejected the offer.", ""),
        ("The mine is an open mine.", "The mine is an open mine in Orrin.", ""),
        ("Orbis bought the mill from Velia.", "Velia sold the mill to Tessel.", ""),
        ("Ana Berg cut jobs and sold the mill.", "Ana Berg cut jobs.", ""),
        ("Ana Berg cut jobs.", "", ""),
    ],
)
def test_who_did_what(claim: str, passage: str, outcome: str) -> None:
    result = structure(claim, passage)
    assert (result.agrees, result.near) == (outcome == "agrees", outcome == "near")
    told = result.turned or result.doubt
    assert bool(told) is (outcome not in ("agrees", "near", ""))
    assert not told or outcome in told
