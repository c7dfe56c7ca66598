"""The thesaurus: forms of words, words of like sense, and words of another."""

from __future__ import annotations

from pathlib import Path

import pytest
from books import opened, written

from training.thesaurus import Form, Thesaurus


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Thesaurus:
    return opened(tmp_path_factory.mktemp("books"))


@pytest.mark.parametrize(
    ("word", "form"),
    [
        ("arrested", Form("arrest", "v", "ed")),
        ("arresting", Form("arrest", "v", "ing")),
        ("dropped", Form("drop", "v", "ed")),
        ("fell", Form("fall", "v", "ed")),
        ("fallen", Form("fall", "v", "en")),
        ("cities", Form("city", "n", "s")),
        ("churches", Form("church", "n", "s")),
        ("quickly", Form("quickly", "r", "")),
        ("fall", None),  # a noun as often as a verb
        ("unheard", None),
    ],
)
def test_the_form_of_a_word(books: Thesaurus, word: str, form: Form | None) -> None:
    assert books.form(word) == form


@pytest.mark.parametrize(
    ("form", "same"),
    [
        (
            Form("arrest", "v", "ed"),
            {"detained"},
        ),  # not "nailed", which the texts do not have, nor "captured", no verb here
        (Form("city", "n", ""), {"municipality", "town"}),
        (Form("drop", "v", "ed"), {"fell"}),
        (Form("quickly", "r", ""), {"rapidly"}),
        (Form("hotel", "n", ""), set()),
        (Form("old", "a", ""), set()),
    ],
)
def test_words_of_like_sense_stand_in_the_same_form(books: Thesaurus, form: Form, same: set[str]) -> None:
    assert set(books.same(form)) == same


@pytest.mark.parametrize(
    ("form", "others"),
    [
        (Form("arrest", "v", "ed"), {"released"}),
        (Form("hotel", "n", ""), {"hospital"}),  # Moby lists the church with it
        (Form("church", "n", ""), {"hospital", "hotel"}),
        (Form("old", "a", ""), {"new"}),
        (Form("famous", "a", ""), set()),
    ],
)
def test_words_of_another_sense(books: Thesaurus, form: Form, others: set[str]) -> None:
    assert set(books.others(form)) == others
    assert not set(books.others(form)) & set(books.same(form))


def test_words_that_are_unlike_are_of_the_same_form_and_far_away(books: Thesaurus) -> None:
    some = ["detained", "dropped", "released", "hotel", "drop"]
    assert books.unlike(Form("arrest", "v", "ed"), some) == ["dropped", "released"]


def test_a_book_that_is_not_there_is_told(tmp_path: Path) -> None:
    wordnet, _ = written(tmp_path)
    with pytest.raises(FileNotFoundError, match=r"nowhere\.txt"):
        Thesaurus(wordnet, tmp_path / "nowhere.txt", [], lambda some: NotImplemented)
