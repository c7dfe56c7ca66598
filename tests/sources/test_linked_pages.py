"""Pages that an article links and that may settle a claim without a source: by its subject, or near it."""

from __future__ import annotations

import pytest

from claims.extraction.extract import extract
from claims.records import Link, Page
from sources import urls
from sources.leads.linked_pages import LinkedPages
from sources.outlets import load_outlets
from sources.page.page import read_page
from sources.page.plain import read_plain

PIER = "https://news.example/2026/01/05/pier-pavilion-to-close-in-may"


def _places(text: str, words: str, href: str, read: frozenset[str] = frozenset()) -> list[str | None]:
    start = text.index(words)
    link = Link(span=(start, start + len(words)), href=href)
    page = Page(url="https://paper.example/a", text=text, blocks=read_plain(text).blocks, links=(link,))
    claim = extract(page, load_outlets()).claims[-1]
    return [lead.url for lead in LinkedPages(page, read).places(claim)]


@pytest.mark.parametrize(
    ("last", "found"),
    [
        ("The Pier Pavilion has 400 seats.", [PIER]),
        ("Ann Ray visited the Pier Pavilion with 400 guests.", []),
        ("The theatre was bought by Lord Marlow for 9 million pounds in 2019.", [PIER]),
        ("Ann Ray said the theatre was bought by Lord Marlow for 9 million pounds in 2019.", []),
        ("The bridge has 12 arches.", []),
    ],
)
def test_a_page_is_a_place_for_its_subject_and_for_what_stands_near_it(last: str, found: list[str]) -> None:
    text = f"The theatre called Pier Pavilion was sold to Lord Marlow for 9 million pounds.\n\n{last}"
    assert _places(text, "Pier Pavilion", PIER) == found


STUDY = "https://pubmed.example/18589036"


@pytest.mark.parametrize(
    ("last", "found"),
    [
        ("Summary: Drinking more water may reduce hunger.", [STUDY]),
        ("Summary: Sleep may reduce hunger.", []),
        ("Ann Ray said drinking more water may reduce hunger.", []),
        ("</p><h2>Sleep</h2><p>Some drink water when hunger keeps them awake.", []),
    ],
)
def test_a_study_is_a_place_for_what_its_section_says_of_it(last: str, found: list[str]) -> None:
    told = f"A <a href={STUDY}>study</a> found that water before a meal lowered hunger by 13 percent."
    page = read_page(f"<article><h2>Water</h2><p>{told}</p><p>{last}</p></article>".encode(), url=PIER)
    claim = extract(page, load_outlets()).claims[-1]
    assert [lead.url for lead in LinkedPages(page, frozenset()).places(claim)] == found


@pytest.mark.parametrize(
    "href",
    [
        "https://paper.example/tags/pier",
        "https://pier.example/",
        "mailto:a@pier.example",
        "https://twitter.com/pier",
        "https://r.zdbb.net/u/bcnx",
    ],
)
def test_a_front_page_or_a_list_is_no_place(href: str) -> None:
    assert _places("The Pier Pavilion has 400 seats.", "Pier Pavilion", href) == []


def test_a_page_that_was_read_is_no_place() -> None:
    assert _places("The Pier Pavilion has 400 seats.", "Pier Pavilion", PIER, frozenset({urls.key(PIER)})) == []
