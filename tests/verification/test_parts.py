"""What is left of a claim without the words that a passage lacks."""

from __future__ import annotations

import pytest

from claims.verification.weighing.claim_parts import kernel, missing
from claims.verification.words import content

PASSAGE = set(content("China and India sent their congratulations in letters, officials in both countries said."))


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("China and India sent their congratulations in letters signed on Monday morning.",
         "China and India sent their congratulations in letters"),
        ("China and India sent their congratulations in letters.", None),
        ("Brazil and Mexico sent flowers and a band.", None),
        ("", None),
    ],
)  # fmt: skip
def test_kernel(statement: str, expected: str | None) -> None:
    assert kernel(statement, PASSAGE) == expected


def test_what_is_missing_is_named_as_written() -> None:
    assert missing("China sent letters signed on Monday morning.", PASSAGE) == ("signed", "Monday", "morning")
    assert missing("China sent letters.", PASSAGE) == ()
