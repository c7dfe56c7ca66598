"""Two words of a claim that stand each at the other's place in the source, which has all of its words."""

from __future__ import annotations

import pytest

from claims.verification.clauses.exchanges import exchange, exchanged_word, reordered


@pytest.mark.parametrize(
    ("claim", "passage", "words"),
    [
        (
            "The firm moved its offices from Dublin to Leeds.",
            "It moved its offices from Leeds to Dublin.",
            "Dublin Leeds",
        ),
        (
            "The firm moved its offices from Dublin to Leeds.",
            "The firm moved its offices from Leeds to Dublin.",
            "Dublin Leeds",
        ),
        (
            "The council replaced the gravel with asphalt.",
            "The council replaced the asphalt with gravel.",
            "gravel asphalt",
        ),
        (
            "The share of women fell while the share of men rose.",
            "The share of men fell while that of women rose.",
            None,
        ),
        (
            "The share of women fell while the share of men rose.",
            "The share of men fell while the share of women rose.",
            "women men",
        ),
        ("Petrol is dearer in Austria than in Italy.", "Petrol is dearer in Italy than in Austria.", "Austria Italy"),
        ("The new bridge is longer than the old one.", "The old bridge is longer than the new one.", "new old"),
        ("Unemployment rose because exports fell.", "Exports fell because unemployment rose.", "rose fell"),
        (
            "The fire broke out after the police arrived.",
            "The police arrived after the fire broke out.",
            "broke arrived",
        ),
        ("The husband is 62 and the wife is 58.", "The husband is 58 and the wife is 62.", "62 58"),
        (
            "Nurses will get a raise but doctors will not.",
            "Doctors will get a raise but nurses will not.",
            "Nurses doctors",
        ),
        (
            "Norway bought gas from Russia and sold oil to Poland.",
            "Norway bought oil from Russia and sold gas to Poland.",
            "gas oil",
        ),
        (
            "Twice as many people died in the north as in the south.",
            "Twice as many people died in the south as in the north.",
            "north south",
        ),
        # It is said as well, or comes to the same.
        (
            "The red team lost to the blue team.",
            "The blue team lost to the red team. The red team lost to the blue team, too.",
            None,
        ),
        ("The winner is Ann Fox.", "Ann Fox is the winner.", None),
        ("Ann Fox met Bo Lind in Rome.", "Bo Lind met Ann Fox in Rome.", None),
        ("The first patient to be treated was a nurse.", "A nurse was the first patient to be treated.", None),
        ("The winner, Eva Roth, won a car.", "Eva Roth, the winner, won a car.", None),
        ("Eva Roth, the chief of Tarn, resigned.", "Tarn's chief, Eva Roth, resigned.", None),
        (
            "Roth, the mayor, sued Lind, the editor.",
            "Roth, the editor, sued Lind, the mayor.",
            "mayor editor",
        ),
        ("The road links Hamburg with Bremen.", "The road links Bremen with Hamburg.", None),
        ("Nordia negotiated with Sudia.", "Sudia negotiated with Nordia.", None),
        ("Bo Lind is an enemy of Ann Fox.", "Ann Fox is an enemy of Bo Lind.", None),
        # The parser misreads a clause without its verb.
        ("Snow fell in the north and rain in the south.", "Rain fell in the south and snow in the north.", None),
        (
            "The Greens won 12 seats and the Liberals 9 seats.",
            "The Liberals won 9 seats and the Greens 12 seats.",
            None,
        ),
        ("It set a record temperature in May.", "It set a temperature record in May.", None),
        ("Trains between Vienna and Graz were late.", "Trains between Graz and Vienna were late.", None),
        ("On Monday the mayor opened the bridge.", "The mayor opened the bridge on Monday.", None),
        ("The bridge was opened by the mayor.", "The mayor opened the bridge.", None),
        ("The tower fell before the crew arrived.", "The crew arrived after the tower fell.", None),
    ],
)
def test_what_has_changed_places(claim: str, passage: str, words: str | None) -> None:
    swap = exchange(claim, passage)
    assert (f"{swap.first} {swap.second}" if swap else None) == words
    assert swap is None or not swap.turned


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("Boys did worse than girls in the test.", "Girls did better than boys in the test."),
        ("The new bridge is bigger than the old bridge.", "The old bridge is smaller than the new bridge."),
    ],
)
def test_what_is_turned_twice_is_the_same(claim: str, passage: str) -> None:
    swap = exchange(claim, passage)
    assert swap is not None and swap.turned


@pytest.mark.parametrize(
    ("claim", "passage", "changed"),
    [
        ("The judge freed Adams and jailed Brown.", "The judge freed Brown and jailed Adams.", True),
        ("More women than men signed it.", "More men than women signed it.", True),
        (
            "Smith, the driver, survived and Jones, the passenger, died.",
            "Smith, the passenger, survived and Jones, the driver, died.",
            True,
        ),
        ("The judge freed Adams and jailed Brown.", "On Friday the judge freed Adams and jailed Brown.", False),
        ("Nordia merged with Alpina.", "Alpina merged with Nordia.", False),
        ("Ships of Norland and Sudland sank.", "Ships of Sudland and Norland sank.", False),
    ],
)
def test_another_order_of_words(claim: str, passage: str, changed: bool) -> None:
    assert reordered(claim, passage) is changed


@pytest.mark.parametrize(
    ("claim", "passage", "pair"),
    [
        ("A man and her child met a man in white.", "A woman and her child met a man in white.", ("man", "woman")),
        ("Late 2018 or early 2018 is the time.", "Late 2017 or early 2018 is the time.", ("2018", "2017")),
        ("A man met a child in Leeds.", "A man met a boy in Leeds.", None),  # the coverage sees it
        (
            "The price of gas rose and that of oil fell.",
            "Gas became dearer; oil got cheaper, and its price fell.",
            None,
        ),
    ],
)
def test_a_word_that_stands_elsewhere_is_not_in_its_place(
    claim: str, passage: str, pair: tuple[str, str] | None
) -> None:
    assert exchanged_word(claim, passage) == pair
