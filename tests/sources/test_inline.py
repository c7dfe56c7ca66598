"""Words inside a sentence are read whatever element they stand in, and what such an element opens is not."""

from __future__ import annotations

import pytest
from effort import calls
from lxml import html

from sources.markup.inline import keep_words
from sources.page.page import read_page

FILL = "<p>The exchange closed at its usual hour, and the turnover of the day was a little below the average.</p>" * 3


def first_paragraph(markup: str) -> str:
    page = f"<html><head><title>Bridge</title></head><body><article><p>{markup}</p>{FILL}</article></body></html>"
    return read_page(page.encode(), content_type="text/html").text.split("\n\n")[0]


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        (
            'He wrote to Sen. <span class="rollover-who"><a class="rollover-who-link" href="/p">Ada Holm</a>'
            '<span class="rollover-who-block"><a class="name">Ada Holm</a> <a>More on her</a></span></span> (D-Iowa).',
            "He wrote to Sen. Ada Holm (D-Iowa).",
        ),
        (
            'In May the <span class="tooltip">CPI<span class="tooltiptext">The price of a basket</span></span> rose.',
            "In May the CPI rose.",
        ),
        (
            '<abbr class="tooltip" title="x">NATO</abbr> will <b class="popover">not</b> send troops.',
            "NATO will not send troops.",
        ),
        (
            'He fears <button class="term" type="button">deflation</button> more than debt.',
            "He fears deflation more than debt.",
        ),
        ('The mayor, <b class="name">Ana<br>Ray</b>, left.', "The mayor, Ana\nRay, left."),
        (
            "The town cut rates <time>on 3 May</time>, and again <time>in June</time>.",
            "The town cut rates on 3 May, and again in June.",
        ),
        (
            'It was <span class="author-link">Edda Rahn</span> who wrote to <span class="promo-widget">Nils Ek</span>.',
            "It was Edda Rahn who wrote to Nils Ek.",
        ),
        (
            'Both <label for="n1" class="note">parties</label> agreed on <output>40</output> seats.',
            "Both parties agreed on 40 seats.",
        ),
        (
            'The <person-card who="1">mayor of Ulm</person-card> ran <code>ls</code> on it.',
            "The mayor of Ulm ran ls on it.",
        ),
        (
            'He met <noscript>Edda Rahn</noscript> there. <span class="share-name">Edda Rahn</span>’s car broke down.',
            "He met Edda Rahn there. Edda Rahn’s car broke down.",
        ),
        (
            'He met <span class="hover"><span class="tooltip-content">Born in 1960</span>Edda Rahn</span> in Ulm.',
            "He met Edda Rahn in Ulm.",
        ),
        ('Prices went <span class="share-x">up</span> by <b class="popup">4</b>.', "Prices went up by 4."),
        ("He paid <del>40</del> <ins>50</ins> dollars to <s>Ulm</s> Bonn.", "He paid 50 dollars to Bonn."),
    ],
)
def test_words_of_the_sentence_are_read(markup: str, text: str) -> None:
    assert first_paragraph(markup) == text


@pytest.mark.parametrize(
    "markup",
    [
        'The town<span class="popover">The oldest of the six towns</span> grew.',
        'The <a href="/t">town</a> <span class="popover">The oldest of the six towns</span> grew.',
        'The town<span role="tooltip">The oldest of the six towns</span> grew.',
        'The town <span class="popup-text">The oldest of the six towns</span> grew.',
        'The town <span class="tooltip" hidden>of old</span> grew.',
        'The town <span class="sr-only">(opens in a new window)</span> grew.',
        'The town <button aria-label="Information">i</button> grew.',
        "The town <button>Copy link</button> grew.",
        "The town grew. <button>Ask Ada about it</button>",
        '<button>Gift this</button> The town grew. <time class="stamp">3 May 2020</time>',
        '<span class="share-bar"><a href="/s">Share</a> <a href="/t">Tweet</a></span> The town grew.',
        'The town <span class="tooltip"><span class="tooltip-body">The oldest of the six</span></span> grew.',
    ],
)
def test_controls_and_cards_stay_out(markup: str) -> None:
    text = first_paragraph(markup)
    for words in ("oldest", "people", "opens", "old", "Copy", "Ask", "Gift", "2020", "Share", " i "):
        assert words not in text
    assert text.startswith("The")
    assert "town" in text
    assert text.endswith("grew.")


def test_a_page_inside_an_element_of_its_own_is_read() -> None:
    lines = "".join(f'<div class="line"><p>{FILL}</p></div>' for _ in range(3))
    markup = f'<html><body><main-page class="modal">{lines}<span class="box">{FILL}</span></main-page></body></html>'
    page = read_page(markup.encode(), content_type="text/html")
    assert page.text.count("The exchange closed") == 12


def test_elements_around_a_long_text_do_not_read_all_of_it() -> None:
    def work(depth: int, words: int) -> int:
        nested = "<span class=x>" * depth + "<span class=x>word </span>" * words + "</span>" * depth
        tree = html.document_fromstring(f"<p>{nested}</p>")
        return calls(lambda: keep_words(tree))

    assert work(60, 600) - work(60, 300) < 2 * (work(1, 600) - work(1, 300))
