from __future__ import annotations

import pytest

from claims.lexicon import clauses, people, quantities
from claims.lexicon.states import NATIONS, PEOPLES
from claims.records import Page
from claims.verification.evidence.sentences import sentences


def test_a_phrase_of_boilerplate_stands_in_one_table() -> None:
    assert not set(clauses.BOILERPLATE) & set(clauses.CREDITS)
    assert len(set(clauses.BOILERPLATE)) == len(clauses.BOILERPLATE)
    assert len(set(clauses.SECTIONS)) == len(clauses.SECTIONS)


@pytest.mark.parametrize(
    ("line", "evidence"),
    [
        ("Contact us at desk@example.org", False),
        ("Continue reading the story below", False),
        ("Trending: ten bridges worth a visit", False),
        ("Photo: the mayor on the bridge in May", True),
        ("Trending upward since May, rents rose again", True),
        ("The council closed the bridge in May", True),
    ],
)
def test_a_line_around_an_article_is_no_evidence(line: str, evidence: bool) -> None:
    lines = sentences(Page(text=f"The bridge was closed on Monday.\n{line}."))
    assert any(line in sentence.text for sentence in lines) is evidence


@pytest.mark.parametrize(
    ("word", "number"), [("january", 1), ("jan", 1), ("may", 5), ("sept", 9), ("december", 12), ("maybe", None)]
)
def test_the_months(word: str, number: int | None) -> None:
    assert quantities.MONTHS.get(word) == number


def test_names_and_abbreviations_of_months_and_weekdays_are_told_apart() -> None:
    assert len(quantities.MONTH_NAMES) == 12
    assert len(quantities.WEEKDAY_NAMES) == 7
    assert "may" not in quantities.MONTH_ABBREVIATIONS
    assert {"sep", "sept", "dec"} <= quantities.MONTH_ABBREVIATIONS


def test_a_noun_for_a_person_stands_in_its_table_once() -> None:
    listed = [word for _, some in people._ENTRIES for word in some.split()]
    assert sorted(listed) == sorted(set(listed))
    assert {word for group in people.ROLE_GROUPS for word in group} <= people.ROLES


@pytest.mark.parametrize(
    ("word", "tables"),
    [
        ("senator", {"TITLES", "PERSONAL_TITLES", "ROLES", "OCCUPATIONS", "ROLE_WORDS", "PERSON_NOUNS"}),
        ("general", {"TITLES", "ROLES", "OCCUPATIONS", "ROLE_WORDS", "PERSON_NOUNS"}),
        ("queen", {"TITLES", "ROLES", "OCCUPATIONS", "ROLE_WORDS", "PERSON_NOUNS", "FEMALE_TITLES", "FEMALE_WORDS"}),
        ("brother", {"TITLES", "PERSON_NOUNS", "MALE_WORDS"}),
        ("widow", {"FEMALE_WORDS"}),
        ("editor", {"OCCUPATIONS"}),
        ("he", {"MALE_WORDS"}),
        ("bridge", set()),
    ],
)
def test_what_a_noun_for_a_person_is_taken_for(word: str, tables: set[str]) -> None:
    names = (
        "TITLES", "PERSONAL_TITLES", "ROLES", "OCCUPATIONS", "ROLE_WORDS", "PERSON_NOUNS",
        "MALE_TITLES", "FEMALE_TITLES", "MALE_WORDS", "FEMALE_WORDS",
    )  # fmt: skip
    assert {name for name in names if word in getattr(people, name)} == tables


@pytest.mark.parametrize(
    ("word", "role", "occupation"),
    [("senator", True, True), ("editor", False, True), ("wife", True, False), ("bridge", False, False)],
)
def test_what_a_noun_for_a_person_may_stand_for(word: str, role: bool, occupation: bool) -> None:
    assert (word in people.ROLES, word in people.OCCUPATIONS) == (role, occupation)


@pytest.mark.parametrize(
    ("word", "nation"),
    [
        ("swedish", "se"), ("nairobi", "ke"), ("bundestag", "de"), ("kremlin", "ru"), ("u.s.", "us"), ("us", "us"),
        ("european", "eu"), ("brussels", "eu"), ("south-korean", "kr"),
        ("who", None), ("un", None), ("car", None), ("pole", None), ("congo", None), ("jordan", None), ("bridge", None),
    ],
)  # fmt: skip
def test_the_nation_that_a_word_names(word: str, nation: str | None) -> None:
    assert NATIONS.get(word) == nation


def test_every_leader_is_of_a_state_that_the_table_has() -> None:
    assert {nation for nation, _ in people.LEADERS.values()} <= set(NATIONS.values())
    assert {key for keys in PEOPLES.values() for key in keys} - set(NATIONS.values()) <= {"cd", "cg"}
