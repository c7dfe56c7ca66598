"""What a number in a text is: its kind, its ends, how it is bounded, what it is given for, a change or a level."""

from __future__ import annotations

import pytest

from claims.verification.rules.numbers import numbers
from claims.verification.rules.quantity import Quantity

# (text, kind, low, high, then what else is told of it: the bound, the rate or the role)
READINGS: list[tuple[str, str, float, float, str]] = [
    # Ranges, and what only looks like one.
    ("between 9 and 12 percent", "percent", 9, 12, ""),
    ("from 9 to 12 percent", "percent", 9, 12, "to"),
    ("lies 5 to 9 kilometres away", "length", 5000, 9000, ""),
    ("9 or 10 people", "count", 9, 10, ""),
    ("-5 to 3 degrees", "degrees", -5, 3, ""),
    ("3 to 4 million people", "count", 3e6, 4e6, ""),
    ("5 million to 6 million people", "count", 5e6, 6e6, ""),
    ("$5-6 million", "money:usd", 5e6, 6e6, ""),
    ("rose by 5 to 7 percent", "percent", 5, 7, "by"),
    # Parts of a whole, and parts of a number.
    ("cut by half", "percent", 50, 50, "by"),
    ("half the houses", "percent", 50, 50, ""),
    ("a third of the houses", "percent", 100 / 3, 100 / 3, "of"),
    ("one in five pupils", "percent", 20, 20, ""),
    ("nine out of 10 pupils", "percent", 90, 90, ""),
    ("three quarters of a million", "count", 750_000, 750_000, ""),
    ("half of 60", "count", 30, 30, ""),
    ("half a point", "points", 0.5, 0.5, ""),
    ("a quarter of a percentage point", "points", 0.25, 0.25, ""),
    ("one and a half tonnes", "weight", 1500, 1500, ""),
    ("a day and a half", "duration", 1.5, 1.5, ""),
    # Bounds before and behind.
    ("more than 5 people", "count", 5, 5, "over"),
    ("not more than 5 people", "count", 5, 5, "most"),
    ("no more than 5 people", "count", 5, 5, "most"),
    ("no higher than 5 percent", "percent", 5, 5, "most"),
    ("is not older than 5 days", "duration", 5, 5, "most"),
    ("isn't shorter than 5 km", "length", 5000, 5000, "least"),
    ("faster than 5 km/h", "speed", 5, 5, "over"),
    ("5 or fewer people", "count", 5, 5, "most"),
    ("up to 5 people", "count", 5, 5, "most"),
    ("some 5,000 people", "count", 5000, 5000, "about"),
    ("nearly 5,000 people", "count", 5000, 5000, "nearly"),
    ("nearly half of the houses", "percent", 50, 50, "nearly"),
    ("dozens of people", "count", 20, 200, "vague"),
    # What it is given for.
    ("5 dollars an hour", "money:usd", 5, 5, "hour"),
    ("5 euros per litre", "money:eur", 5, 5, "litre"),
    ("60 miles an hour", "speed", 96.558, 96.558, ""),
    ("90 km/h", "speed", 90, 90, ""),
    ("30 kilometres", "length", 30_000, 30_000, ""),
    # Changes and levels.
    ("up 5 percent", "percent", 5, 5, "by"),
    ("a pay rise of 5 percent", "percent", 5, 5, "by"),
    ("a share of 5 percent", "percent", 5, 5, "to"),
    ("to 5 percent", "percent", 5, 5, "to"),
    # Kinds.
    ("aged 45", "age", 45, 45, ""),
    ("a 45-year-old", "age", 45, 45, ""),
    ("45 years", "duration", 45 * 365, 45 * 365, ""),
    ("a quake of magnitude 6.2", "magnitude", 6.2, 6.2, ""),
    ("a 6.2-magnitude quake", "magnitude", 6.2, 6.2, ""),
    ("50 degrees F", "temperature", 10, 10, ""),
    ("10C", "temperature", 10, 10, ""),
    ("20 square metres", "count", 20, 20, ""),
    ("5 won", "money:krw", 5, 5, ""),
    ("5 won a medal", "count", 5, 5, ""),
    ("5,000 won a month", "money:krw", 5000, 5000, "month"),
    ("the twenty-first time", "ordinal", 21, 21, ""),
    ("a second man", "ordinal", 2, 2, ""),
    ("tripled", "factor", 3, 3, ""),
    # Results.
    ("3-1", "pair", 3, 1, ""),
    ("lost 1-3", "pair", 1, 3, ""),
    ("a 4-5 vote", "pair", 4, 5, ""),
    ("a 0-2 defeat", "pair", 0, 2, ""),
    ("won 2:1", "pair", 2, 1, ""),
    ("voted 61 to 39", "pair", 61, 39, ""),
    ("by 5 to 3", "pair", 5, 3, ""),
    ("from 5 to 3", "count", 3, 5, "to"),
    ("a split of 3:1", "pair", 3, 1, ""),
    ("voted nine to four", "pair", 9, 4, ""),
    ("by nine votes to four", "pair", 9, 4, ""),
    ("thirty-one to twenty-two", "pair", 31, 22, ""),
    ("from nine to four", "count", 4, 9, "to"),
    ("scores of people", "count", 30, 300, "vague"),
    ("The blast killed scores.", "count", 30, 300, "vague"),
    ("3-4 days", "duration", 3, 4, ""),
]


def told(quantity: Quantity) -> str:
    return quantity.bound or quantity.rate or quantity.role


@pytest.mark.parametrize(("text", "kind", "low", "high", "more"), READINGS)
def test_one_number(text: str, kind: str, low: float, high: float, more: str) -> None:
    [found] = numbers(text)
    assert (found.kind, told(found)) == (kind, more)
    assert (found.low, found.high) == (pytest.approx(low), pytest.approx(high))


@pytest.mark.parametrize(
    "text",
    [
        "at 10:45",
        "at 3:15",
        "in a second",
        "second, he left",
        "half",
        "5G",
        "12x faster",
        "B52",
        "the 1990s",
        "Orrin scores late",
        "a record of 7-3-1",
    ],
)
def test_no_number(text: str) -> None:
    assert numbers(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("9 and 12 percent", [("9", "percent", 9), ("12 percent", "percent", 12)]),
        ("rose 5 percent to 22 percent", [("5 percent", "percent", 5), ("22 percent", "percent", 22)]),
        ("prices grew from 5 to 9 dollars", [("5", "money:usd", 5), ("9 dollars", "money:usd", 9)]),
        ("40 million tonnes, up from 35", [("40 million tonnes", "weight", 4e10), ("35", "weight", 3.5e10)]),
        ("40 million tonnes, up from 38,000", [("40 million tonnes", "weight", 4e10), ("38,000", "weight", 3.8e7)]),
        ("40 tonnes, 35 of them coal", [("40 tonnes", "weight", 40_000), ("35", "count", 35)]),
        ("40 percent and 35 people", [("40 percent", "percent", 40), ("35", "count", 35)]),
        ("20 million euros, 3 more than planned", [("20 million euros", "money:eur", 2e7), ("3", "money:eur", 3e6)]),
        (
            "rose from 20 to 22 euros in two years",
            [("20", "money:eur", 20), ("22 euros", "money:eur", 22), ("two years", "duration", 730)],
        ),
        ("In 12 towns of Orrin or Tessel, more than 30 mills", [("12", "count", 12), ("more than 30", "count", 30)]),
        ("rose 5 or 6 percent", [("5", "percent", 5), ("6 percent", "percent", 6)]),
        ("5 in 4 pupils", [("5", "count", 5), ("4", "count", 4)]),
    ],
)  # fmt: skip
def test_two_numbers_side_by_side(text: str, expected: list[tuple[str, str, float]]) -> None:
    found = [(quantity.text, quantity.kind, pytest.approx(quantity.low)) for quantity in numbers(text)]
    assert found == expected
