"""Numbers are read whole or not at all; what agrees, what clashes, and what is only not compared."""

from __future__ import annotations

import pytest

from claims.verification.rules.agreement import matches
from claims.verification.rules.numbers import numbers
from claims.verification.rules.quantities import compare
from claims.verification.words import content, coverage


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("416 000 hectares", [("area", 416_000 * 10_000)]),
        ("416\u202f000 people", [("count", 416_000)]),
        ("416\u00a0000 people", [("count", 416_000)]),
        ("1.416.000 people", [("count", 1_416_000)]),
        ("3,45,000 rupees", [("money:inr", 345_000)]),
        ("Rs 7.5 crore", [("money:inr", 75_000_000)]),
        ("4 lakh voters", [("count", 400_000)]),
        ("2 lakh crore rupees", [("money:inr", 2e12)]),
        ("three point four million hens", [("count", 3_400_000)]),
        ("EUR12.5 million", [("money:eur", 12_500_000)]),
        ("US$12.5m", [("money:usd", 12_500_000)]),
        ("12.5 million US dollars", [("count", 12_500_000)]),
        ("2,5 Mio euros", [("money:eur", 2_500_000)]),
        ("€4tln", [("money:eur", 4e12)]),
        ("4 trn yen", [("money:jpy", 4e12)]),
        ("800 billion kroner", [("money:krone", 8e11)]),
        ("minus 7 degrees", [("degrees", -7)]),
        ("\u22127C", [("temperature", -7)]),
        ("-7 per cent", [("percent", -7)]),
        ("a word-7 people", []),
        ("50F", [("temperature", 10)]),
        ("10 degrees Celsius", [("temperature", 10)]),
        ("half of 80", [("count", 40)]),
        ("half a million homes", [("count", 500_000)]),
        ("three fifths of the seats", [("percent", 60)]),
        ("two and a half years", [("duration", 912.5)]),
        ("a week and a half", [("duration", 10.5)]),
        ("0.5 percentage points", [("points", 0.5)]),
        ("the F-35 and COVID-19", []),
        ("a 5G mast", []),
        ("section 4.2.1", []),
        ("at 10:45", []),
        ("a 200m race", []),
        ("12m viewers", [("count", 12_000_000)]),
        ("3k homes", [("count", 3000)]),
        ("", []),
    ],
)
def test_numbers_are_read_whole(text: str, expected: list[tuple[str, float]]) -> None:
    found = [(quantity.kind, quantity.low) for quantity in numbers(text)]
    assert [(kind, pytest.approx(low)) for kind, low in found] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the vote was 61-39", (61, 39)),
        ("they won 3–2", (3, 2)),
        ("his record stands at 4-7", (4, 7)),
        ("a ratio of 5:2", (5, 2)),
        ("carried by 44 to 31", (44, 31)),
        ("by 7 votes to 2", (7, 2)),
        ("won 12-15 seats", None),
        ("10-15 people", None),
        ("from 9 to 5", None),
        ("between 40 and 30 percent", None),
    ],
)
def test_a_score_is_one_quantity(text: str, expected: tuple[int, int] | None) -> None:
    pairs = [(quantity.low, quantity.high) for quantity in numbers(text) if quantity.kind == "pair"]
    assert pairs == ([expected] if expected else [])


AGREES, CLASHES, NOT_COMPARED = True, False, None


@pytest.mark.parametrize(
    ("claimed", "found", "expected"),
    [
        ("61-39", "61-39", AGREES),
        ("61-39", "61-38", CLASHES),
        ("won 2-1", "lost 1-2", NOT_COMPARED),
        ("4 lakh voters", "400,000 voters", AGREES),
        ("4 lakh voters", "4 million voters", CLASHES),
        ("416 tonnes", "416 000 tonnes", CLASHES),
        ("$9m", "$9bn", CLASHES),
        ("$9 million", "USD9 million", AGREES),
        ("9 million dollars", "A$9 million", AGREES),
        ("9 million dollars", "A$12 million", NOT_COMPARED),
        ("$9 million", "9 million euros", CLASHES),
        ("12 dollars a day", "$12 an hour", CLASHES),
        ("12 dollars a day", "$20 an hour", NOT_COMPARED),
        ("120 calls a minute", "2 calls per second", AGREES),
        ("300 litres per person", "300 litres", AGREES),
        ("300 litres per person", "900 litres", NOT_COMPARED),
        ("4 percent", "4 percentage points", CLASHES),
        ("by 4 percent", "to 4 percent", NOT_COMPARED),
        ("by 4 percent", "to 9 percent", NOT_COMPARED),
        ("by 4 percent", "by 9 percent", CLASHES),
        ("95 degrees Fahrenheit", "35C", AGREES),
        ("95 degrees Fahrenheit", "45C", CLASHES),
        ("35 degrees", "35C", AGREES),
        ("95 degrees", "35C", NOT_COMPARED),
        ("nearly 8,000 people", "7,912 people", AGREES),
        ("nearly 8,000 people", "8,412 people", CLASHES),
        ("more than 8 billion euros", "7.96 billion euros", CLASHES),
        ("almost 8 billion euros", "7.96 billion euros", AGREES),
        ("8 billion euros", "7.96 billion euros", AGREES),
        ("just under magnitude 6", "magnitude of 5.8", AGREES),
        ("just over magnitude 6", "magnitude of 5.8", CLASHES),
        ("more than half", "nearly half of the votes", CLASHES),
        ("more than 20 people", "300 people", NOT_COMPARED),
        ("more than 20 people", "fewer than 30 people", NOT_COMPARED),
        ("more than 30 people", "fewer than 30 people", CLASHES),
        ("about 3 million people", "1.9 million people", CLASHES),
        ("85 percent", "between 60 and 70 percent", CLASHES),
        ("between 60 and 70 percent", "between 60 and 80 percent", CLASHES),
        ("60-70 tonnes", "60-70 tonnes", AGREES),
        ("half a million homes", "500,000 homes", AGREES),
        ("75 miles", "120 kilometres", AGREES),
        ("120 miles", "120 kilometres", CLASHES),
        ("a year and a half", "eighteen months", AGREES),
        ("-7 degrees", "7 degrees", CLASHES),
        ("30 people", "30 percent", NOT_COMPARED),
    ],
)
def test_two_numbers(claimed: str, found: str, expected: bool | None) -> None:
    [ours], [theirs] = (
        numbers(claimed.replace("half", "half of the votes") if "than half" in claimed else claimed),
        numbers(found),
    )
    assert matches(ours, theirs)[0] is expected


def number(claim: str, source: str) -> bool | None:
    """What becomes of the claim's first number."""
    return next(finding.agrees for finding in compare(claim, source) if finding.kind not in ("name", "date"))


@pytest.mark.parametrize(
    ("claim", "source", "expected"),
    [
        ("Complaints in Tarrow doubled.", "Tarrow had 84 complaints, up from 42.", AGREES),
        ("Complaints in Tarrow halved.", "Tarrow had 84 complaints, up from 42.", NOT_COMPARED),
        ("Staff at the mill fell by a quarter.", "The mill cut its staff from 8 to 6.", AGREES),
        ("Two thirds of the board backed the sale.", "Of the 30 members of the board, 20 backed the sale.", AGREES),
        ("Half of the 40 judges signed.", "Twenty of the 40 judges signed.", AGREES),
        ("Three quarters of the 40 judges signed.", "Twenty of the 40 judges signed.", CLASHES),
        ("The share in Tarrow fell to 22 percent.", "In Tarrow the share is 22 percent, up from 17 percent.", CLASHES),
        ("The share in Tarrow rose to 22 percent.", "In Tarrow the share is 22 percent, up from 17 percent.", AGREES),
        ("Profit in Tarrow fell to $3.", "Profit in Tarrow fell to $3, up from $2 in forecasts.", AGREES),
        ("Profit in Tarrow rose to $3.", "Profit in Tarrow fell to $3, up from $2 in forecasts.", CLASHES),
        ("The tax rises by two percentage points.", "The tax goes up from 8 percent to 10 percent.", AGREES),
        ("The tax rises by 2 percent.", "The tax goes up from 8 percent to 10 percent.", CLASHES),
        ("The tax rises by 8 percent.", "The tax goes up from 8 percent to 10 percent.", NOT_COMPARED),
        ("The blaze in Orrin killed 9 people.", "The blaze in Orrin killed 7 people.", CLASHES),
        ("The blaze in Orrin killed 9 people.", "The blaze in Orrin killed 9 people, 3 of them children.", AGREES),
        ("The blaze in Orrin killed 9 people.", "The blaze in Tessel killed 7 people.", NOT_COMPARED),
        ("The toll of the Orrin blaze is 9.", "The toll of the Orrin blaze, first put at 9, is now 7.", CLASHES),
        ("The toll of the Orrin blaze is 7.", "The toll of the Orrin blaze, first put at 9, is now 7.", AGREES),
        ("He rose from sixth place to second.", "He came in second, up from sixth position.", NOT_COMPARED),
    ],
)
def test_a_number_in_its_sentence(claim: str, source: str, expected: bool | None) -> None:
    assert number(claim, source) is expected


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("It grew 18%.", "It grew 18 percent."),
        ("It grew 18 per cent.", "It grew 18%."),
        ("It grew 18 %.", "It grew 18%."),
    ],
)
def test_percent_is_one_word_for_coverage(claim: str, source: str) -> None:
    assert coverage(content(claim), content(source)) == 1


def test_another_number_is_another_word() -> None:
    assert coverage(content("It grew 18%."), content("It grew 81%.")) < 1


@pytest.mark.parametrize(
    ("claim", "source", "agrees", "note"),
    [
        ("About 900 guests came.", "About 600 guests came.", False, ""),
        ("900 guests came.", "600 guests came.", False, ""),
    ],
)
def test_a_number_that_differs_is_never_called_not_compared(
    claim: str, source: str, agrees: bool | None, note: str
) -> None:
    (found,) = compare(claim, source)
    assert (found.agrees, found.note) == (agrees, note)
