"""What people type, as it is kept: one spelling, nothing invisible, bounded."""

import pytest

from claims.errors import LedgerError
from claims.ledger.writing.typed_text import NAME_LENGTH, NOTE_LENGTH, looks, name, person, typed_note


@pytest.mark.parametrize(
    "typed",
    [
        "Zoë Ek",
        "  Zoë   Ek ",
        "ZOË EK",
        "Zoe\u0308 Ek",  # the same letter in two characters
        "Zoë\u00a0Ek",
        "Zo\u200bë Ek",
        "Zoë\u00ad Ek",
        "\u2066Zoë Ek\u2069",
        "Zoë Ek\ufe0f",
        "Zoë\u3164Ek".replace("\u3164", "\u3164 "),
        "Ｚｏë Ｅｋ",
        "Zoë\u180e Ek\x1b",
        "Zoë \u2800Ek",
        "Zoë\tEk\n",
        "Zoë Ek\U000e0041",
    ],
)
def test_one_person_has_one_name(typed: str) -> None:
    assert person(name(typed, "no name")) == "zoë ek"


@pytest.mark.parametrize(("first", "second"), [("Zoe Ek", "Zoë Ek"), ("Ana", "Anna"), ("Ana B", "Anab"), ("李", "王")])
def test_two_people_have_two(first: str, second: str) -> None:
    assert person(name(first, "no name")) != person(name(second, "no name"))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Jo O'Neil", "Jo O’Neil"),
        ("Ana-Ray", "Ana\u2011Ray"),
        ("J. Ek", "J Ek"),
        ("Coco", "Сосо"),
        ("AHA", "АНА"),
        ("OX", "ΟΧ"),
        ("Zoe Ek", "Zoë Ek"),
        ("Ελένη", "ΕΛΕΝΗ"),
    ],
)
def test_names_that_look_alike_are_recognized(first: str, second: str) -> None:
    kept = [name(typed, "no name") for typed in (first, second)]
    assert person(kept[0]) != person(kept[1])
    assert looks(kept[0]) & looks(kept[1])


@pytest.mark.parametrize(("first", "second"), [("Ana", "Anna"), ("Al", "Ai"), ("李", "王"), ("राम", "रोम"), ("!", "?")])
def test_other_names_do_not_look_alike(first: str, second: str) -> None:
    assert not looks(first) & looks(second)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "no name"),
        (" \t\n", "no name"),
        ("\u200b\u2060\ufeff", "no name"),
        ("\u3164\u115f", "no name"),
        ("x" * (NAME_LENGTH + 1), "at most 100"),
        ("Аna", "mixes Cyrillic and Latin"),
        ("Ben Αna", "mixes Greek and Latin"),
        ("Ꭺna", "mixes Cherokee and Latin"),
        ("ᐱna", "mixes Canadian and Latin"),
    ],
)
def test_what_is_no_name_is_refused(typed: str, words: str) -> None:
    with pytest.raises(LedgerError, match=words):
        name(typed, "no name")


@pytest.mark.parametrize(
    "typed", ["Анна Ω", "Анна Ek", "山田 たろう", "田中ロジャーA", "Kaʻiulani", "Jean-Luc O’Neil", "x" * NAME_LENGTH]
)
def test_names_of_the_world_pass(typed: str) -> None:
    assert name(typed, "no name") == typed


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("see the PDF", "see the PDF"),
        ("  one \r\n two\u2028 ", "one\ntwo"),
        ("ﬁne\u202e print", "fine print"),
        ("\x1b[31mred", "[31mred"),
        ("", ""),
    ],
)
def test_a_note_keeps_its_lines(typed: str, kept: str) -> None:
    assert typed_note(typed) == kept


def test_a_note_is_bounded() -> None:
    assert len(typed_note("x" * NOTE_LENGTH)) == NOTE_LENGTH
    with pytest.raises(LedgerError, match="at most 4,000"):
        typed_note("x" * (NOTE_LENGTH + 1))
