"""What is remembered of a text: the same answer each time, and a list that its caller may change."""

from __future__ import annotations

import pytest

from claims.verification.rules.dates import dates
from claims.verification.rules.numbers import numbers
from claims.verification.words import content, remembered, words


@pytest.mark.parametrize("repeat", [1, 2_000], ids=["short", "long"])
def test_a_caller_s_list_is_its_own(repeat: int) -> None:
    text = "Snow fell. " * repeat
    first = content(text)
    first.clear()
    assert content(text) == ["snow", "fall"] * repeat


def test_short_texts_are_worked_out_once_and_long_ones_are_not_kept() -> None:
    asked = []

    @remembered
    def lengths(text: str) -> list[int]:
        asked.append(text)
        return [len(text)]

    assert [lengths(text) for text in ("snow", "snow", "ice")] == [[4], [4], [3]]
    assert asked == ["snow", "ice"]
    assert lengths("x" * 100_000) == lengths("x" * 100_000) == [100_000]
    assert len(asked) == 4


def test_what_goes_with_the_text_counts() -> None:
    assert dates("It rained on Monday.", "2025-01-22")[0].first != dates("It rained on Monday.", "2025-02-05")[0].first
    assert dates("It rained on Monday.")[0].first is None
    text = "In 2019 it had 40 beds."
    assert [found.text for found in numbers(text, ((3, 7),))] == ["40"]
    assert len(numbers(text)) == 2


def test_a_word_keeps_its_letters_and_its_place() -> None:
    found = words("“İstanbul’s” U.S.–born")
    assert [(word.text, word.norm, word.span) for word in found] == [
        ("İstanbul’s", "i̇stanbul's", (1, 11)),
        ("U.S", "u.s", (13, 16)),
        ("born", "born", (18, 22)),
    ]
