"""The thesaurus: forms of words, words of like sense, and words of another."""

from __future__ import annotations

from pathlib import Path

import pytest
from books import opened, written

from training.thesaurus import Thesaurus, WordForm


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Thesaurus:
    return opened(tmp_path_factory.mktemp("books"))


@pytest.mark.parametrize(
    ("word", "form"),
    [
        ("arrested", WordForm("arrest", "v", "ed")),
        ("arresting", WordForm("arrest", "v", "ing")),
        ("dropped", WordForm("drop", "v", "ed")),
        ("fell", WordForm("fall", "v", "ed")),
        ("fallen", WordForm("fall", "v", "en")),
        ("cities", WordForm("city", "n", "s")),
        ("churches", WordForm("church", "n", "s")),
        ("quickly", WordForm("quickly", "r", "")),
        ("fall", None),  # a noun as often as a verb
        ("unheard", None),
    ],
)
def test_the_form_of_a_word(books: Thesaurus, word: str, form: WordForm | None) -> None:
    assert books.form(word) == form


@pytest.mark.parametrize(
    ("form", "same"),
    [
        (
            WordForm("arrest", "v", "ed"),
            {"detained"},
        ),  # not "nailed", which the texts do not have, nor "captured", no verb here
        (WordForm("city", "n", ""), {"municipality", "town"}),
        (WordForm("drop", "v", "ed"), {"fell"}),
        (WordForm("quickly", "r", ""), {"rapidly"}),
        (WordForm("hotel", "n", ""), set()),
        (WordForm("old", "a", ""), set()),
    ],
)
def test_words_of_like_sense_stand_in_the_same_form(books: Thesaurus, form: WordForm, same: set[str]) -> None:
    assert set(books.same(form)) == same


@pytest.mark.parametrize(
    ("form", "others"),
    [
        (WordForm("arrest", "v", "ed"), {"released"}),
        (WordForm("hotel", "n", ""), {"hospital"}),  # Moby lists the church with it
        (WordForm("church", "n", ""), {"hospital", "hotel"}),
        (WordForm("old", "a", ""), {"new"}),
        (WordForm("famous", "a", ""), set()),
    ],
)
def test_words_of_another_sense(books: Thesaurus, form: WordForm, others: set[str]) -> None:
    assert set(books.others(form)) == others
    assert not set(books.others(form)) & set(books.same(form))


def test_words_that_are_unlike_are_of_the_same_form_and_far_away(books: Thesaurus) -> None:
    some = ["detained", "dropped", "released", "hotel", "drop"]
    assert books.unlike(WordForm("arrest", "v", "ed"), some) == ["dropped", "released"]


def test_a_book_that_is_not_there_is_told(tmp_path: Path) -> None:
    wordnet, _ = written(tmp_path)
    with pytest.raises(FileNotFoundError, match=r"nowhere\.txt"):
        Thesaurus(wordnet, tmp_path / "nowhere.txt", [], lambda some: NotImplemented)
