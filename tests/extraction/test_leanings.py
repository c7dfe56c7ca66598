"""What one passage of a page leans on: read out of its paragraphs alone, and pointed at in the whole page's text."""

from __future__ import annotations

import pytest

from claims.extraction.bare_words import excerpt
from claims.extraction.extract import leanings
from claims.records import Block, BlockKind, CitationKind, Link, Page, Post
from sources.outlets import load_outlets

OUTLETS = load_outlets()
BEFORE = "Moscow woke to frost.\n\nTASS reported in the morning that the square had been closed.\n\nShops stayed open."
AFTER = "Bild reported in the evening that the square was open again."
HREF = "https://www.interfax.com/newsroom/top-stories/110023/"


def page(passage: str, link: str | None = None, outlet: str = "wsj") -> Page:
    text = f"{BEFORE}\n\n{passage}\n\n{AFTER}"
    at = text.index(link) if link else 0
    links = (Link(span=(at, at + len(link)), href=HREF),) if link else ()
    return Page(text=text, url="https://www.wsj.com/world/frost", outlet=outlet, links=links)


@pytest.mark.parametrize(
    ("passage", "expected"),
    [
        ("The ruble strengthened against the dollar on Monday, Reuters reported.", [("outlet", "reuters", "Reuters")]),
        ("“The talks have failed,” Lavrov told ABC News on Tuesday.", [("broadcast", "abcnews", "ABC News")]),
        ("Putin wants a lasting peace, according to the Kremlin.", [("outlet", "kremlin", "Kremlin")]),
        ("The council met, citing the Interfax news agency.", [("outlet", "interfax", "Interfax news agency")]),
        ("The council met, said a statement on kremlin.ru.", [("document", None, "a statement on kremlin.ru")]),
        ("The ceremony was moved indoors because of the bitter cold.", []),
        ("The Kremlin said that no telephone call had been agreed so far.", []),
        ("Officials said on condition of anonymity that the talks had failed.", []),
        ("The talks had failed, The Wall Street Journal reported first.", []),
    ],
)  # fmt: skip
def test_a_passage_leans_on_whom_it_names_and_on_nobody_else(
    passage: str, expected: list[tuple[str, str | None, str]]
) -> None:
    here = page(passage)
    start = here.text.index(passage)
    found = leanings(here, (start, start + len(passage)), OUTLETS, {})
    assert [(one.kind.value, one.outlet, one.text) for one in found] == expected
    assert all(one.span and here.text[slice(*one.span)] == one.text for one in found)


def test_a_link_on_its_words_is_what_a_passage_leans_on() -> None:
    passage = "The ruble strengthened against the dollar on Monday, dealers in Moscow said."
    here = page(passage, link="strengthened against the dollar")
    start = here.text.index(passage)
    (found,) = leanings(here, (start, start + len(passage)), OUTLETS, {})
    assert (found.kind, found.url, found.outlet) == (CitationKind.LINK, HREF, "interfax")
    assert found.span == here.links[0].span
    assert leanings(here, (0, 21), OUTLETS, {}) == ()


def test_a_post_in_the_passage_is_what_it_leans_on() -> None:
    shown = "Putin congratulates Trump on his inauguration\n— RT (@RT_com) January 20, 2025"
    here = page(shown)
    start = here.text.index(shown)
    (found,) = leanings(here, (start, start + 40), OUTLETS, {})
    assert (found.kind, found.handle, found.date) == (CitationKind.POST, "RT_com", "2025-01-20")


@pytest.mark.parametrize("blocks", [True, False])
def test_the_excerpt_is_the_page_around_the_words(blocks: bool) -> None:
    lines = [f"Paragraph number {number} says something." for number in range(9)]
    text = "\n\n".join(lines)
    starts = [text.index(line) for line in lines]
    spans = [(start, start + len(line)) for start, line in zip(starts, lines, strict=True)]
    whole = Page(
        text=text,
        blocks=tuple(Block(kind=BlockKind.PARAGRAPH, span=span) for span in spans) if blocks else (),
        links=tuple(Link(span=(start, start + 9), href=f"https://a.example/{start}") for start in starts),
        posts=(Post(handle="a", text=lines[4], span=spans[4]), Post(handle="b", text=lines[8], span=spans[8])),
    )
    cut, start = excerpt(whole, (starts[5] + 3, starts[5] + 9))
    assert cut.text == "\n\n".join(lines[3:7])
    assert (start, len(cut.blocks)) == (starts[3], 4 if blocks else 0)
    assert [cut.text[slice(*link.span)] for link in cut.links] == ["Paragraph"] * 4
    assert [(post.handle, cut.text[slice(*post.span)]) for post in cut.posts] == [("a", lines[4])]


def test_a_page_of_one_endless_line_is_cut_before_and_behind_the_words() -> None:
    text = "word " * 5000 + "the end."
    cut, start = excerpt(Page(text=text), (24_000, 24_010))
    assert (start, cut.text[:10]) == (22_000, text[22_000:22_010])
    assert excerpt(Page(text=text), (3_000, 3_010))[0].text == text[1_000:5_010]
    assert excerpt(Page(text=""), (0, 0))[0].text == ""


def test_lines_that_were_broken_at_a_fixed_width_are_one_paragraph() -> None:
    first, last = "The minister said in Leeds that the bridge over the river would be closed", "to all cars for long"
    broken = "\n".join([first, *["as the repairs of the old stone pillars and of the iron arches go on and"] * 4, last])
    text = "\n\n".join([broken, broken, broken])
    at = text.rindex(last)
    cut, start = excerpt(Page(text=text), (at, at + 20))
    assert (start, cut.text) == (0, text)
