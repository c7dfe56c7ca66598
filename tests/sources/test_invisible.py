"""Characters that nobody sees are no part of a page's text, and its links keep their places."""

from __future__ import annotations

import pytest

from sources.page.page import read_page

FILL = "<p>The exchange closed at its usual hour, and the turnover of the day was a little below the average.</p>" * 3


def article(words: str) -> str:
    return f"<html><head><title>Bridge</title></head><body><article><p>{words}</p>{FILL}</article></body></html>"


@pytest.mark.parametrize(
    "words",
    [
        "The coun\u00adcil closed the\u200b bridge on Mon\u00adday, it said.",
        "The coun&shy;cil closed the&#8203; bridge on Mon&#xAD;day, it said.",
        "\ufeffThe council closed the bridge on\u2060 Monday\u200e, it said.\u202c",
        "The council closed the bridge on Mon&ZeroWidthSpace;day, it said.",
    ],
)
def test_a_page_is_read_without_them(words: str) -> None:
    page = read_page(article(words).encode(), content_type="text/html")
    assert page.text.startswith("The council closed the bridge on Monday, it said.")


def test_a_link_stands_on_the_same_words() -> None:
    markup = article('The coun&shy;cil closed <a href="https://a.example/b?x=1&shy=2">the\u200b bridge</a> on Monday.')
    page = read_page(markup.encode(), url="https://b.example/c", content_type="text/html")
    (link,) = page.links
    assert (page.text[slice(*link.span)], link.href) == ("the bridge", "https://a.example/b?x=1&shy=2")


@pytest.mark.parametrize("words", ["می\u200cخواهم بروم, he said", "👩\u200d🚒 saved two, it said"])
def test_joiners_stay(words: str) -> None:
    assert words in read_page(article(words).encode(), content_type="text/html").text


def test_a_text_file_keeps_every_character() -> None:
    text = "The coun\u00adcil closed the bridge.\n"
    assert read_page(text.encode(), content_type="text/plain").text == text
