"""Addresses that are written out behind a sentence as its source."""

from __future__ import annotations

import pytest

from benchmarks.reference_marks import led

A, B = "https://elm.example/papers/9", "https://oak.example/bread"
BAKERY = "The bakery of Tolle sold 4,100 loaves in March"
FERRY = "The ferry to Harn carried 312 lorries on Friday"
MILL = "The old mill burned down in 1987."


@pytest.mark.parametrize(
    "text",
    [
        f"{BAKERY}. {A} {FERRY}. {B}",
        f"{BAKERY}. <{A}> {FERRY}.\n{B}",
        f"{BAKERY}. ({A}) {FERRY}. [{B}]",
        f"{BAKERY}. (Source: {A}) {FERRY}. Source: {B}.",
        f"{BAKERY}.\nSource: {A}\n\n{FERRY}.\nSource: {B}\n\n{MILL}",
        f"Ann Ray said: “{BAKERY}.” {A}\n\n{FERRY}. {B}\n\n{MILL}",
        f"{BAKERY}.\n{A}\n\n{FERRY}.\n<{B}>\n",
        f"{BAKERY}. via {A}\n{FERRY}. [Source: {B}].\n",
    ],
)
@pytest.mark.parametrize("kind", ["text/plain", "text/markdown"])
def test_an_address_is_the_source_of_the_sentence_before_it(text: str, kind: str) -> None:
    _, claims = led(text.encode(), kind)
    loaves, lorries = (next(addresses for words, addresses in claims if key in words) for key in ("loaves", "lorries"))
    assert (loaves, lorries) == ([A], [B])
    assert not any("http" in words for words, _ in claims)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Several; two sentences of a paragraph; an address in brackets with a bracket in it.
        (f"{BAKERY}. {A}, {B} {MILL}", [[A, B], []]),
        (f"{BAKERY}. {MILL} {A}", [[A], [A]]),
        (f"{BAKERY}. (Source: {A}_(old).) {MILL}", [[f"{A}_(old)"], []]),
        # Before the text that it introduces, between empty lines, and in a line between two others, it stays open.
        (f"{BAKERY}.\n\n{A}\n\n{MILL}", [[], []]),
        (f"{BAKERY}.\n{A}\n{MILL}", [[], []]),
        # The subject of the next sentence is a link of that; a short form is no end of a sentence.
        (f"{MILL} {A} has its plan.", [[], [A]]),
        (f"{BAKERY}, e.g. {A} The mayor left in May.", [[A], []]),
        # A whole site, a picture and an invitation are no source of what stands before, nor of what stands behind.
        (f"{BAKERY}. https://elm.example {MILL}", [[], []]),
        (f"{BAKERY}. https://elm.example/oven.jpg {MILL}", [[], []]),
        (f"{BAKERY}. Read more. {A} {MILL}", [[], []]),
    ],
)
def test_an_address_counts_for_no_other_sentence(text: str, expected: list[list[str]]) -> None:
    _, claims = led(text.encode(), "text/plain")
    assert [addresses for words, addresses in claims if words not in (A, f"{A}.")] == expected


def test_the_works_below_a_heading_are_no_sources_of_their_titles() -> None:
    page, _ = led(
        f"{BAKERY} (Ray 2020).\n\nReferences\nRay, C. (2020). Bread. {A}\nHolm, B. Mills. {B}\n".encode(), "text/plain"
    )
    assert [(link.mark, link.href) for link in page.links if link.mark] == [("(Ray 2020)", A)]


def test_a_link_whose_words_are_an_address_counts_for_the_sentence_before_it() -> None:
    filler = "<p>The council meets again at its usual hour next week, and nobody expects that it will act.</p>"
    body = f"<p>{BAKERY}. <a href='{A}'>{A}</a> {FERRY}. <a href='https://oak.example/'>https://oak.example</a></p>"
    document = f"<html lang='en'><body><main><h1>Tolle</h1>{body}{filler}</main></body></html>"
    _, claims = led(document.encode(), "text/html")
    assert [addresses for words, addresses in claims if "loaves" in words or "lorries" in words] == [[A], []]
