"""Pages to passages: exact spans, nothing but the article's own sentences, the right ones first."""

from __future__ import annotations

import logging
from importlib import import_module
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.records import Block, BlockKind, Link, Page
from claims.verification.evidence.passages import MAX_SENTENCES, MAX_WORDS, Ranked, read_as_one, windows
from claims.verification.evidence.sentences import sentence_spans, sentences

TEXT = (
    "Rotunda filled early\n"
    "About 600 guests watched the oath in the Rotunda, Mr. Lane of the U.S. Capitol staff said. Thousands more "
    "followed it on screens.\n"
    "Snow fell all day. The metro opened at four."
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two. Three.", ["One.", "Two.", "Three."]),
        ("Mr. Lane met Dr. Voss. They spoke.", ["Mr. Lane met Dr. Voss.", "They spoke."]),
        ("The U.S. Capitol was closed. It snowed.", ["The U.S. Capitol was closed.", "It snowed."]),
        ("“We will go.” He left.", ["“We will go.”", "He left."]),
        ("It cost 1.5 million. Nobody paid.", ["It cost 1.5 million.", "Nobody paid."]),
        ("John F. Kennedy spoke. He won!", ["John F. Kennedy spoke.", "He won!"]),
        ("Why? Because.", ["Why?", "Because."]),
        ("no end here", ["no end here"]),
        ("", []),
        ("   ", []),
    ],
)
def test_sentences_are_split(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in sentence_spans(text)] == expected


@settings(max_examples=150)
@given(st.text(max_size=300))
def test_spans_lie_in_any_text_and_do_not_overlap(text: str) -> None:
    spans = sentence_spans(text)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
    for window in windows(Page(text=text)):
        assert text[window.passage.span[0] : window.passage.span[1]] == window.passage.text


def test_passages_are_short_runs_of_sentences() -> None:
    page = Page(text=TEXT)
    for window in windows(page):
        first, last = window.sentences
        assert 1 <= last - first <= MAX_SENTENCES
        assert len(window.passage.text.split()) <= MAX_WORDS


def test_the_nearest_passage_is_first_and_short() -> None:
    top = Ranked(Page(text=TEXT)).top("900 guests watched the oath in the Rotunda")
    assert top[0].passage.text.startswith("About 600 guests")
    assert "Thousands" not in top[0].passage.text


def test_nothing_shared_nothing_found() -> None:
    assert Ranked(Page(text=TEXT)).top("zebra quagga okapi") == []
    assert Ranked(Page(text="")).top("zebra") == []
    assert Ranked(Page(text=TEXT)).top("") == []


def test_headings_are_context_and_never_quoted() -> None:
    cut = TEXT.index("\n")
    blocks = (
        Block(kind=BlockKind.HEADING, span=(0, cut)),
        Block(kind=BlockKind.PARAGRAPH, span=(cut + 1, len(TEXT))),
    )
    page = Page(text=TEXT, blocks=blocks, title="The day")
    found = Ranked(page).top("Rotunda filled early")
    assert all("filled early" not in window.passage.text for window in found)
    assert all(window.context == "The day. Rotunda filled early" for window in found)


@pytest.mark.parametrize(
    "line",
    [
        "Read more: Kremlin orders all channels to show the ceremony",
        "Related: Kremlin orders all channels to show the ceremony",
        "Sign up for our newsletter on the Kremlin",
        "© 2025 Kremlin News. All rights reserved.",
    ],
)
def test_what_surrounds_an_article_is_no_sentence(line: str) -> None:
    page = Page(text=f"The day began with tea.\n{line}\nIt ended with balls.")
    assert [sentence.text for sentence in sentences(page)] == ["The day began with tea.", "It ended with balls."]


def test_an_item_that_is_a_link_leads_elsewhere() -> None:
    text = "Kremlin orders all channels to show the ceremony\nThe day began with tea."
    cut = text.index("\n")
    blocks = (Block(kind=BlockKind.ITEM, span=(0, cut)), Block(kind=BlockKind.PARAGRAPH, span=(cut + 1, len(text))))
    linked = Page(text=text, blocks=blocks, links=(Link(span=(0, cut), href="https://x.example/"),))
    assert len(sentences(linked)) == 1
    assert len(sentences(Page(text=text, blocks=blocks))) == 2


def test_passages_read_together_keep_the_page_s_order() -> None:
    ranked = Ranked(Page(text=TEXT))
    both = read_as_one(ranked.top("The metro opened at four and 600 guests watched the oath"))
    assert both.index("600 guests") < both.index("metro")


def test_ranking_leaves_scipy_to_others() -> None:
    Ranked(Page(text=TEXT)).top("guests")
    assert import_module("scipy.sparse").csc_matrix


def test_ranking_says_nothing(capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        Ranked(Page(text=TEXT)).top("guests")
    assert capfd.readouterr() == ("", "")
    assert not [record for record in caplog.records if record.name.startswith("bm25s")]
