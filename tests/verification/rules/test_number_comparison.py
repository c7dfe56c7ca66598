"""Two numbers of one kind: rounding, bounds, ranges, rates and changes, each tried on both sides of its limit."""

from __future__ import annotations

import pytest

from claims.verification.rules.agreement import matches
from claims.verification.rules.numbers import numbers
from claims.verification.rules.quantities import compare

AGREES, CLASHES, NOT_COMPARED = True, False, None
PAIRS = [
    # Two kinds.
    ("4 percent", "5 percentage points", NOT_COMPARED),
    ("doubled", "by 104 percent", AGREES),
    ("doubled", "by 106 percent", NOT_COMPARED),
    ("tripled", "by 200 percent", AGREES),
    ("by 50 percent", "halved", AGREES),
    ("a 40-year-old man", "40 people", AGREES),
    ("aged 40", "41 people", NOT_COMPARED),
    ("40 million kroner", "40 million Danish kroner", NOT_COMPARED),
    ("$9 million", "£8 million", NOT_COMPARED),
    ("9 tonnes", "9 kilometres", NOT_COMPARED),
    # Rates.
    ("2 calls a second", "121 calls a minute", AGREES),
    ("2 calls a second", "140 calls a minute", NOT_COMPARED),
    ("3 cases a day", "21 cases a week", AGREES),
    ("24 cases a day", "1 case an hour", AGREES),
    ("$2 an hour", "$2 an hour", AGREES),
    ("$2 an hour", "$48 a day", NOT_COMPARED),
    ("60 litres an hour", "60 litres a person", CLASHES),
    ("60 mph", "97 kilometres per hour", AGREES),
    ("60 miles an hour", "60 mph", AGREES),
    ("60 mph", "60 kilometres per hour", CLASHES),
    # A change and a level.
    ("to 4 percent", "by 4 percent", NOT_COMPARED),
    ("to 4 percent", "to 9 percent", CLASHES),
    ("by 4 percent", "4 percent", AGREES),
    ("rose by 4 percent", "a rise of 4 percent", AGREES),
    ("fell 4 percent", "a drop of 9 percent", CLASHES),
    # Bounds.
    ("at least 50 people", "fewer than 50 people", CLASHES),
    ("at least 50 people", "at most 50 people", NOT_COMPARED),
    ("at least 51 people", "at most 50 people", CLASHES),
    ("under 40 people", "over 50 people", CLASHES),
    ("nearly 50 people", "more than 50 people", CLASHES),
    ("just over 50 people", "nearly 50 people", CLASHES),
    ("more than 51 people", "more than 50 people", AGREES),
    ("more than 53 people", "more than 50 people", CLASHES),
    ("more than 50 people", "at least 60 people", AGREES),
    ("at least 50 people", "74 people", AGREES),
    ("at least 50 people", "76 people", NOT_COMPARED),
    ("at least 50 people", "50 people", AGREES),
    ("under 50 people", "26 people", AGREES),
    ("under 50 people", "24 people", CLASHES),
    ("up to 50 people", "50 people", AGREES),
    ("up to 50 people", "51 people", CLASHES),
    ("nearly 50 people", "45 people", AGREES),
    ("nearly 50 people", "44 people", CLASHES),
    ("just over 50 people", "55 people", AGREES),
    ("just over 50 people", "56 people", CLASHES),
    ("about 50 people", "45 people", AGREES),
    ("about 50 people", "55 people", AGREES),
    ("about 50 people", "44 people", CLASHES),
    ("about 50 people", "56 people", CLASHES),
    ("52 people", "more than 50 people", AGREES),
    ("49 people", "more than 50 people", CLASHES),
    ("80 people", "more than 50 people", CLASHES),
    # A bound that leaves out its own number, and the number itself.
    ("more than 50 people", "50 people", NOT_COMPARED),
    ("over 50 people", "50 people", NOT_COMPARED),
    ("just over 50 people", "50 people", NOT_COMPARED),
    ("fewer than 50 people", "50 people", NOT_COMPARED),
    ("under 50 people", "50 people", NOT_COMPARED),
    ("nearly 50 people", "50 people", NOT_COMPARED),
    ("50 people", "more than 50 people", NOT_COMPARED),
    ("50 people", "fewer than 50 people", NOT_COMPARED),
    ("more than 50 people", "at least 50 people", NOT_COMPARED),
    ("fewer than 50 people", "at most 50 people", NOT_COMPARED),
    ("more than 1.2 million people", "1,200,000 people", NOT_COMPARED),
    ("more than half of the people", "50 percent", NOT_COMPARED),
    ("more than 2 calls a second", "120 calls a minute", NOT_COMPARED),
    ("more than 2 calls a second", "121 calls a minute", AGREES),
    ("more than doubled", "doubled", NOT_COMPARED),
    ("more than doubled", "by 100 percent", NOT_COMPARED),
    ("more than doubled", "by 98 percent", NOT_COMPARED),
    ("more than doubled", "by 102 percent", AGREES),
    ("nearly doubled", "by 98 percent", AGREES),
    ("nearly halved", "by 48 percent", AGREES),
    ("nearly halved", "by 52 percent", NOT_COMPARED),
    ("more than halved", "by 52 percent", AGREES),
    ("more than halved", "doubled", CLASHES),
    ("more than doubled", "tripled", AGREES),
    ("nearly tripled", "doubled", CLASHES),
    ("at least 50 people", "more than 50 people", AGREES),
    ("at most 50 people", "50 people", AGREES),
    ("no more than 50 people", "50 people", AGREES),
    ("at most 50 people", "fewer than 50 people", AGREES),
    ("50 people", "at least 50 people", AGREES),
    ("50 people", "up to 50 people", NOT_COMPARED),
    ("more than 50 people", "more than 50 people", AGREES),
    ("more than 50 people", "51 people", AGREES),
    ("fewer than 50 people", "49 people", AGREES),
    ("more than 50 people", "about 50 people", AGREES),
    # Ranges.
    ("60 to 70 tonnes", "65 to 80 tonnes", NOT_COMPARED),
    ("60 to 70 tonnes", "80 to 90 tonnes", CLASHES),
    ("80 to 90 tonnes", "60 to 70 tonnes", CLASHES),
    ("60 to 70 people", "50 to 70 people", CLASHES),
    ("65 people", "60 to 70 people", AGREES),
    ("71 people", "60 to 70 people", CLASHES),
    ("60 to 70 people", "75 people", CLASHES),
    ("60 to 70 people", "65 people", AGREES),
    ("60 to 70 people", "60 to 70 people", AGREES),
    ("60 to 70 people", "70 to 80 people", NOT_COMPARED),
    ("70 to 80 people", "60 to 70 people", NOT_COMPARED),
    ("about 60 to 70 people", "64 to 72 people", AGREES),
    ("dozens of people", "65 people", AGREES),
    ("0 people", "0 people", AGREES),
    # Results.
    ("nine votes to four", "9-4", AGREES),
    ("nine votes to four", "eight votes to four", CLASHES),
    ("nine votes to four", "4-9", NOT_COMPARED),
    # Rounding: of large numbers, measures, shares and temperatures, and never of what is counted one by one.
    ("1,200 people", "1,249 people", AGREES),
    ("1,200 people", "1,251 people", CLASHES),
    ("1 million people", "1,049,000 people", AGREES),
    ("1 million people", "1,060,000 people", CLASHES),
    ("2,000 people", "1,500 people", CLASHES),
    ("4 percent", "4.4 percent", AGREES),
    ("4 percent", "4.6 percent", CLASHES),
    ("4.4 percent", "4 percent", AGREES),
    ("4.6 percent", "4 percent", CLASHES),
    ("4 percent", "5 percent", CLASHES),
    ("two thirds of the votes", "67 percent", AGREES),
    ("two thirds of the votes", "69 percent", CLASHES),
    ("7 degrees Celsius", "7.4 degrees Celsius", AGREES),
    ("7 degrees Celsius", "7.6 degrees Celsius", CLASHES),
    ("100 kilometres", "102 kilometres", AGREES),
    ("100 kilometres", "104 kilometres", CLASHES),
    ("15 kilometres", "15.45 kilometres", AGREES),
    ("$1.5 billion", "$1.46 billion", AGREES),
    ("$1.5 billion", "$1.44 billion", CLASHES),
    ("aged 40", "aged 41", CLASHES),
    ("fifth", "fourth", CLASHES),
    # A share is not compared with a change.
    ("a quarter of the guests", "9% more guests", NOT_COMPARED),
    ("half as much wine", "6% fewer bottles", NOT_COMPARED),
    ("9% higher", "6% higher", CLASHES),
    ("60% of pupils", "three quarters of the pupils", CLASHES),
    ("magnitude 6", "magnitude 6.1", CLASHES),
]  # fmt: skip


@pytest.mark.parametrize(("claimed", "found", "expected"), PAIRS)
def test_two_numbers(claimed: str, found: str, expected: bool | None) -> None:
    [ours], [theirs] = numbers(claimed), numbers(found)
    assert matches(ours, theirs)[0] is expected


@pytest.mark.parametrize(
    ("claim", "source", "expected", "note"),
    [
        # Worked out from what the source counts.
        ("40 percent of the voters turned out.", "Of the 150 voters, 60 turned out.", AGREES, "worked out"),
        ("40 percent of the voters turned out.", "60 of the 150 voters turned out.", AGREES, "worked out"),
        ("42 percent of the voters turned out.", "60 of the 150 voters turned out.", NOT_COMPARED, ""),
        ("Half of the 150 voters turned out.", "60 of the 150 voters turned out.", CLASHES, "worked out"),
        ("Over half of the 150 voters turned out.", "60 of the 150 voters turned out.", NOT_COMPARED, ""),
        ("Staff at Orbis fell by 20 percent.", "Orbis cut its staff from 500 to 400.", AGREES, "worked out"),
        ("Staff at Orbis fell by 24 percent.", "Orbis cut its staff from 500 to 400.", NOT_COMPARED, ""),
        ("Staff at Orbis fell by 100.", "Orbis cut its staff from 500 to 400.", AGREES, "worked out"),
        ("Rents at Orbis doubled.", "Rents at Orbis are 900 euros, up from 450 euros.", AGREES, "worked out"),
        ("Rents at Orbis tripled.", "Rents at Orbis are 900 euros, up from 450 euros.", NOT_COMPARED, ""),
        ("Orrin tax rose by 3 percentage points.", "Orrin tax is 9 percent, up from 6 percent.", AGREES, "worked out"),
        ("Orrin tax rose by 4 percentage points.", "Orrin tax is 9 percent, up from 6 percent.", NOT_COMPARED, ""),
        ("Orrin tax rose by 3 percent.", "Orrin tax is 9 percent, up from 6 percent.", CLASHES, "not percentage"),
        ("Over 40 percent of the voters turned out.", "60 of the 150 voters turned out.", NOT_COMPARED, ""),
        ("Over 39.8 percent of the voters turned out.", "60 of the 150 voters turned out.", AGREES, "worked out"),
        ("Rents at Orbis more than doubled.", "Rents at Orbis are 900 euros, up from 450.", NOT_COMPARED, ""),
        ("Rents at Orbis more than doubled.", "Rents at Orbis are 910 euros, up from 450.", AGREES, "worked out"),
        # More than a number, and the number.
        ("Over 50 people died in Orrin.", "In Orrin 50 people died.", NOT_COMPARED, "leaves out that number"),
        ("Over 50 people died in Orrin.", "In Orrin 50 people died. Later 53 people had died in Orrin.", AGREES, ""),
        ("Orrin inflation is at over 3 percent.", "Orrin inflation is at 3 percent.", NOT_COMPARED, "leaves out"),
        ("Orrin inflation is over 3 percent.", "Orrin prices rose 3 percent, inflation said.", NOT_COMPARED, ""),
        # More and less, rises and falls.
        ("Women earn 12 percent less than men.", "Women earn 12 percent more than men.", CLASHES, "the other way"),
        ("Women earn 12 percent less than men.", "Men earn 12 percent more than women.", AGREES, ""),
        ("Rents in Orrin rose by 9 percent.", "Rents in Orrin fell by 9 percent.", CLASHES, "the other way"),
        ("Rents in Orrin rose by 9 percent.", "Orrin saw a fall of 9 percent in rents.", CLASHES, "the other way"),
        ("Rents in Orrin rose by 9 percent.", "Orrin saw a jump of 9 percent in rents.", AGREES, ""),
        ("Orrin inflation is at 3 percent.", "Orrin prices rose 3 percent, by the inflation report.", AGREES, ""),
        ("The rate in Orrin is at 3 percent.", "The rate in Orrin rose 3 percent.", NOT_COMPARED, "not a level"),
        # Another bound, and a number that only has another unit beside it.
        ("The debt of Orrin is lower than 40 million euros.", "The debt of Orrin is 38 million euros.", AGREES, ""),
        ("The debt of Orrin is lower than 40 million euros.", "The debt of Orrin is 48 million euros.", CLASHES, ""),
        ("Orrin got over 50 complaints.", "Orrin got 59 and 4 complaints in two years.", AGREES, ""),
        ("The dam in Orrin held for 18 years.", "Dams in Orrin held for ten, 18 and 20 years.", AGREES, ""),
        ("Berg scored a 40 yarder in Orrin.", "In Orrin Berg hit a 40 yard goal and a 50 yarder.", NOT_COMPARED, ""),
        ("Orrin jobs rose by 3 percent.", "Orrin jobs rose by 3 percentage points in the third week.", CLASHES, ""),
        # What is counted.
        ("Ana Berg had 130 peat slabs.", "She also had 127 peat slabs and a drill.", CLASHES, ""),
        ("The storm hit 40 villages in Orrin.", "The storm hit 30 villages in Orrin.", CLASHES, ""),
        ("The storm hit 40 villages in Orrin.", "The storm hit 30 schools in Orrin.", NOT_COMPARED, ""),
        ("The storm in Orrin killed 40 villagers.", "The storm in Orrin killed 30 people.", NOT_COMPARED, ""),
        ("The storm in Orrin killed 40 women.", "The storm in Orrin killed 30 people.", CLASHES, ""),
        ("The storm in Orrin killed 40.", "The storm in Orrin killed 30.", CLASHES, ""),
    ],
)  # fmt: skip
def test_a_number_in_its_sentence(claim: str, source: str, expected: bool | None, note: str) -> None:
    finding = next(finding for finding in compare(claim, source) if finding.kind != "name")
    assert finding.agrees is expected
    assert note in finding.note
