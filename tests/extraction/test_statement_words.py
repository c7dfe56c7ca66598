"""The small words of a statement: stops, marks, openers, the verb of saying, and where a change stands."""

from __future__ import annotations

import pytest

from claims.extraction.standalone.differences import Note, differences
from claims.extraction.standalone.lead_ins import is_description, renders, small, spoken
from claims.extraction.standalone.wording import bare, finished, possessive, unmarked
from claims.records import Span


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("however, the bill failed", "The bill failed."),
        ("And so the bill failed", "So the bill failed."),
        ("But, however, the bill failed", "The bill failed."),
        ("it is when the bill failed", "The bill failed."),
        ("that’s why the bill failed", "The bill failed."),
        ("– the bill failed;", "The bill failed."),
        ("-4 degrees were measured", "-4 degrees were measured."),
        ("the bill failed ,", "The bill failed."),
        ("the bill , it seems , failed", "The bill, it seems, failed."),
        ("the bill failed!", "The bill failed!"),
        ("the bill failed?”", "The bill failed?"),
        ("the bill (failed)", "The bill (failed)."),
        # A quotation mark that opens is closed, and one that closes nothing goes.
        ("the bill “failed", "The bill “failed”."),
        ("the bill “failed” and “fell", "The bill “failed” and “fell”."),
        ('he said "no', 'He said "no".'),
        ('he said "no" and "yes', 'He said "no" and "yes".'),
        ('the bill failed"', "The bill failed."),
        ("the bill failed.”", "The bill failed."),
        ("“the bill failed,” he said", "“the bill failed,” he said."),
        ("and", "And."),
        ("  ", ""),
    ],
)
def test_words_become_a_sentence(words: str, expected: str) -> None:
    assert finished(words) == expected


@pytest.mark.parametrize(
    ("words", "without", "marked"),
    [
        ("“Go”", "Go", "Go"),
        ("'Go home'", "Go home", "Go home"),
        ("'Go home", "'Go home", "'Go home"),
        ("“The ‘end’”", "The ‘end’", "The ‘end’"),
        ("The ‘end’", "The ‘end’", "The ‘end’"),
        ("The girls’", "The girls’", "The girls’"),
        ("He said “go”", "He said “go”", "He said “go”"),
        ('He said "go"', 'He said "go"', 'He said "go"'),
        ('"go"', "go", "go"),
        ("«go»", "go", "go"),
        ("“go,”", "go", "go,"),
        ("go’’", "go", "go’’"),
        ("“The girls’ song,’", "The girls’ song", "The girls’ song,’"),
    ],
)
def test_the_marks_around_words_go(words: str, without: str, marked: str) -> None:
    assert (bare(words), unmarked(words)) == (without, marked)


@pytest.mark.parametrize(
    ("cue", "expected"),
    [
        ("said", "said"), ("told", "said"), ("put", "said"), ("According to", "said"), ("in the words of", "said"),
        ("as reported", "said"), ("saying", "said"), (":", "said"), ("—", "said"), ("", "said"), ("warned", "warned"),
        (" Added ", "Added"), ("asked", "asked"),
    ],
)  # fmt: skip
def test_the_verb_of_saying(cue: str, expected: str) -> None:
    assert spoken(cue) == expected


@pytest.mark.parametrize(
    ("speaker", "words", "expected"),
    [
        ("council", "the council", True),
        ("Council", "the Council", True),
        ("Brits", "some Brits", True),
        ("Fox", "Ann Fox", False),
        ("Fox", "former mayor Fox", False),
        ("Fox", "Fox", False),
    ],
)
def test_a_speaker_who_is_described(speaker: str, words: str, expected: bool) -> None:
    assert is_description(speaker, words) is expected


def test_small_words() -> None:
    assert [small(words) for words in ("Monday", "On Monday", "The day")] == ["Monday", "on Monday", "the day"]
    assert (possessive("Fox"), possessive("the Doobie Brothers")) == ("Fox’s", "the Doobie Brothers’")
    assert (renders("a transcript"), renders("the minister")) == (True, False)


TEXT = "She thanked them. He left."


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("Fox thanked them. He left.", [((10, 13), "She", "Fox")]),
        ("She thanked the voters. He left.", [((22, 26), "them", "the voters")]),
        ("She thanked them in May. He left.", [((26, 26), "", "in May")]),
        ("In May she thanked them. He left.", [((10, 10), "", "In May")]),
        ("She thanked them. He left Leeds.", [((47, 47), "", "Leeds")]),
        ("She thanked them. Left.", [((40, 42), "He", "")]),
        ("She thanked them [the voters?]. He left.", [((26, 26), "", "[the voters?]")]),
        ("She thanked Fox [Ann Fox?]. He left.", [((22, 26), "them", "Fox"), ((26, 26), "", "[Ann Fox?]")]),
        ("she thanked “them” he left", []),
    ],
)
def test_a_change_stands_at_its_words(statement: str, expected: list[tuple[Span, str, str]]) -> None:
    changes = differences(TEXT, [(10, 27), (40, 48)], statement, ())
    assert [(change.span, change.was, change.now) for change in changes] == expected


@pytest.mark.parametrize(
    ("note", "statement", "reason", "sure"),
    [
        (Note(span=(10, 13), now="Fox", reason="she is Fox"), "Fox thanked them. He left.", "she is Fox", True),
        (Note(span=(40, 42), now="Fox", reason="he is Fox"), "Fox thanked them. He left.", "stands alone", True),
        (Note(span=(10, 13), now="Hall", reason="she is Hall"), "Fox thanked them. He left.", "stands alone", True),
        (Note(span=(22, 26), now="[Hall?]", reason="may be Hall", sure=False),
         "She thanked them [Hall?]. He left.", "may be Hall", False),
        (Note(span=(22, 26), now="[Moss?]", reason="may be Moss", sure=False),
         "She thanked them [Hall?]. He left.", "stands alone", True),
        (Note(span=(13, 13), now="", reason="the rest is asked alone"), "Thanked them. He left.",
         "the rest is asked alone", True),
    ],
)  # fmt: skip
def test_a_change_has_the_reason_of_its_place_and_words(note: Note, statement: str, reason: str, sure: bool) -> None:
    [change] = differences(TEXT, [(10, 27), (40, 48)], statement, (note,))
    assert reason in change.reason
    assert change.sure is sure
