"""Pairs made from true ones: the change is there, it is one thing, and the label fits it."""

import random

import pytest

from training import made
from training.made import (
    NOT_SUPPORTED,
    REFUTED,
    SUPPORTED,
    change,
    harmless,
    made_from_claims,
    made_from_pages,
    shorten,
)
from training.words import HARMLESS, MONTHS, OPPOSITES, STRONGER

PAGE = [
    "(meta data) TITLE: The mill",
    "# The mill",
    "The mill (built by Anna Berg) opened in Vienna on 3 May 1921, and Karl Moser bought it for 4,000 crowns. "
    "In 1935 Moser sold the mill to Anna Berg, who closed it after the war had ended in Austria.",
    "The town council approved the new bridge in March, while the mayor said the cost had risen to 12 million. "
    "Nearly 300 people came to the opening, according to the Vienna Gazette.",
    "The river rose by two metres in the spring of 1940 and flooded several houses near the old bridge. "
    "Nobody was killed in the flood, but many people lost their homes that year.",
    "The old bridge was closed for repairs by order of the council in Linz for almost eleven months.",
    "A school for weavers moved into the upper floor of the town hall in the autumn of that year.",
    "Its first teacher, Eva Lind, taught forty children from the villages along the river Traun.",
    "The railway reached the town in 1958 and carried timber from the forest to the paper factory.",
    "The paper factory employed nearly nine hundred people before it closed at the end of 1971.",
]


@pytest.mark.parametrize(
    ("claim", "label"),
    [
        ("the fund paid 4,000 crowns", REFUTED),
        ("the council approved it", REFUTED),
        ("the mayor was there", REFUTED),
        ("they had not seen it", REFUTED),
        ("it may follow", NOT_SUPPORTED),
        ("it opened in March", REFUTED),
        ("the house of Karl Linder", NOT_SUPPORTED),
    ],
)
def test_one_thing_is_changed(claim: str, label: int) -> None:
    found = change(claim, claim, ["Eva Lind"], random.Random(1))
    assert found is not None
    assert found[0] != claim
    assert found[1] == label
    kept = set(claim.split()) & set(found[0].split())
    assert len(kept) >= len(claim.split()) - 3


@pytest.mark.parametrize("claim", ["it works well", "rain", ""])
def test_nothing_is_changed_where_nothing_can_be(claim: str) -> None:
    assert change(claim, claim, [], random.Random(1)) is None


@pytest.mark.parametrize(
    ("claim", "turned"),
    [
        ("Anna Berg sued Karl Moser", "Karl Moser sued Anna Berg"),
        ("Anna Berg and Karl Moser", None),
        ("Anna Berg won", None),
    ],
)
def test_who_did_what_to_whom(claim: str, turned: str | None) -> None:
    found = made._swapped(claim)
    assert (found[0] if found else None) == turned


def test_a_year_stays_a_year() -> None:
    for seed in range(50):
        found = made._other_number("it opened in 1921", "it opened in 1921", random.Random(seed))
        assert found is not None
        assert 1900 <= int(found[0].split()[-1]) <= 1940
        listed = made._other_number("in 1921, in Graz", "in 1921, in Graz", random.Random(seed))
        assert listed is not None
        assert 1900 <= int(listed[0].split()[1].removesuffix(",")) <= 1940


def test_brackets_go_and_a_second_clause_may_go() -> None:
    sentence = "The mill (built by Anna Berg) opened in Vienna in 1921, and Karl Moser bought it."
    found = {shorten(sentence, random.Random(seed)) for seed in range(10)}
    assert found == {
        "The mill opened in Vienna in 1921, and Karl Moser bought it.",
        "The mill opened in Vienna in 1921.",
    }


def test_pages_give_kept_changed_and_misplaced_claims() -> None:
    found = [one for seed in range(40) for one in made_from_pages([PAGE], random.Random(seed))]
    assert {label for _, _, label, _ in found} == {0, 1, 2, 3}
    for evidence, claim, label, source in found:
        assert source == "made_pages"
        assert "(meta" not in evidence
        if label == SUPPORTED:  # every word of it stands in the evidence, but for harmless ones
            spare = {word for words in HARMLESS.values() for some in words for word in some.split()}
            assert {word.strip(".,") for word in claim.split()} - spare <= {
                word.strip(".,()") for word in evidence.split()
            }


def test_changed_claims_never_equal_the_supported_ones() -> None:
    pairs = [(one, one) for one in PAGE if one.endswith(".")] * 5
    found = list(made_from_claims(pairs, random.Random(3)))
    assert found
    assert all(label in {REFUTED, NOT_SUPPORTED} and claim != evidence for evidence, claim, label, _ in found)


def test_harmless_words_are_never_opposites() -> None:
    for word, others in HARMLESS.items():
        assert not set(others) & set(OPPOSITES.get(word, ()))
        assert not set(others) & set(STRONGER.get(word, ()))
    assert all(name not in others for name, others in MONTHS.items())
    assert harmless("he said so", random.Random(2)).split()[0] == "he"
