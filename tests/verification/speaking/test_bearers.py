"""The source says a claim's words of somebody else whom it names."""

from __future__ import annotations

import pytest

from claims.verification.speaking.bearers import (
    acts_alone,
    exchanged,
    quoted_of_another,
    said_of_another,
    told_by_another,
)


@pytest.mark.parametrize(
    ("claim", "passage", "other"),
    [
        (
            "Brightwell has lost customers for five years and cut its forecast.",
            "Brightwell will buy Oakden. Oakden has lost customers for five years and cut its forecast.",
            "Oakden",
        ),
        (
            "Hana Shimizu had her left knee strapped in the first set.",
            "Hana Shimizu beat Lotte Claessens. Claessens had her left knee strapped in the first set.",
            "Lotte Claessens",
        ),
        # A pronoun, and a noun for the same: the claim's name may be meant.
        (
            "Brightwell has lost customers for five years.",
            "Brightwell will buy Oakden. It has lost customers for five years.",
            "",
        ),
        (
            "Brightwell has lost customers for five years.",
            "Brightwell will buy Oakden. The chain has lost customers for five years.",
            "",
        ),
        # Who reports it, and where or when it was.
        (
            "Brightwell has lost customers for five years.",
            "Carla Nystrom said that the company has lost customers for five years.",
            "",
        ),
        (
            "Brightwell has lost customers for five years.",
            "In Ohio the chain has lost customers for five years.",
            "",
        ),
        # The same name in another form.
        ("Ana Ruiz resigned over the flood.", "The mayor is Ana Ruiz. Ruiz resigned over the flood.", ""),
        # Little of the claim is there.
        ("Brightwell has lost customers for five years.", "Oakden opened a shop in Ohio.", ""),
    ],
)  # fmt: skip
def test_a_sentence_about_another(claim: str, passage: str, other: str) -> None:
    assert said_of_another(claim, passage) == other


@pytest.mark.parametrize(
    ("claim", "passage", "turned"),
    [
        (
            "Konrad Bielik becomes interior minister, and Sabine Aurich takes finance.",
            "Finance goes to Konrad Bielik, and the interior ministry to Sabine Aurich.",
            True,
        ),
        (
            "Declan Hurley, 38, pleaded guilty, while Maura Moran, 52, got a suspended sentence.",
            "Declan Hurley, 52, pleaded guilty. His co-accused, Maura Moran, 38, got a suspended sentence.",
            True,
        ),
        (
            "People in Yarrobil could return, but Tallagong would stay closed until Friday.",
            "People in Tallagong could return, but Yarrobil would stay closed until Friday.",
            True,
        ),
        (
            "Konrad Bielik becomes interior minister, and Sabine Aurich takes finance.",
            "Finance goes to Sabine Aurich, and the interior ministry to Konrad Bielik.",
            False,
        ),
        (
            "Declan Hurley, 52, pleaded guilty, while Maura Moran, 38, got a suspended sentence.",
            "Declan Hurley, 52, pleaded guilty. His co-accused, Maura Moran, 38, got a suspended sentence.",
            False,
        ),
        ("Rovers beat Town 2-1, and Harlow lost.", "Harlow lost. Town were beaten 2-1 by Rovers.", False),
        ("Rovers won, and their coach resigned.", "The coach resigned, but Rovers won.", False),
    ],
)
def test_two_who_have_what_is_said_of_the_other(claim: str, passage: str, turned: bool) -> None:
    assert bool(exchanged(claim, passage)) is turned


@pytest.mark.parametrize(
    ("passage", "other"),
    [
        ('Duarte voted. The anglers\' leader, Hank Orsini, called it "a disaster for this town."', "Hank Orsini"),
        ('Duarte voted. The pier was "a disaster for this town", her rival Lee Marsh told the Post.', "Lee Marsh"),
        ('Duarte voted. Harbour pilot Lee Marsh called it "a disaster for this town."', "Lee Marsh"),
        ('Mayor Duarte called it "a disaster for this town."', ""),
        ('Mayor Duarte spoke first. She called it "a disaster for this town."', ""),
        ('The Orsini plan, she said, was "a disaster for this town."', ""),
        ('Outside, a banner read "a disaster for this town."', ""),
    ],
)  # fmt: skip
def test_quoted_words_may_be_those_of_another(passage: str, other: str) -> None:
    claim = 'Mayor Carmen Duarte called the pier "a disaster for this town".'
    assert quoted_of_another(claim, "a disaster for this town", passage) == other


@pytest.mark.parametrize(
    ("passage", "alone"),
    [
        ('The anglers\' leader, Lee Marsh, called it "a disaster".', True),
        ('The pier was "a disaster", her rival Lee Marsh told the Post.', True),
        ('In a letter to Lee Marsh, the mayor called it "a disaster".', False),
        ('The mayor called it "a disaster" while Lee Marsh looked on.', False),
        ('It was "a disaster", according to Lee Marsh.', False),
        ("Lee Marsh left.", False),
    ],
)
def test_who_alone_can_have_said_quoted_words(passage: str, alone: bool) -> None:
    assert acts_alone("Lee Marsh", "a disaster", passage) is alone


@pytest.mark.parametrize(
    ("statement", "passage", "other"),
    [
        ("The dam is safe, Otto Kern said.", "The dam is safe, Lisa Bohl said. Otto Kern is ill.", "Lisa Bohl"),
        ("The dam is safe, Otto Kern said.", "The dam is safe, the engineer Otto Kern said.", ""),
        ("The dam is safe, Otto Kern said.", "The dam is safe, Kern said.", ""),
        ("The dam is safe, the mayor said.", "The dam is safe, Lisa Bohl said.", ""),
        ("The dam is safe.", "The dam is safe, Lisa Bohl said.", ""),
        ("The minister, Tove Dahl, said that a cull would be “a gift”.", "Aksel Brandt said a cull would be “a gift”.",
         "Aksel Brandt"),
        ("The dam is safe, Otto Kern said.", "The bridge has cracks, Lisa Bohl said.", ""),
        ("The dam is safe, Otto Kern said.", "Ann Bell said he told her the dam is safe.", ""),
    ],
)  # fmt: skip
def test_another_says_it(statement: str, passage: str, other: str) -> None:
    assert told_by_another(statement, passage) == other
