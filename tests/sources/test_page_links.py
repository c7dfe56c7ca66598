"""Links of a page that lead somewhere else than they seem to."""

from __future__ import annotations

import pytest

from sources.page.page import read_page

PARAGRAPH = "<p>The ministry counted 4,200 new flats in the north of the country this year, after long delays.</p>"
HOME = "https://ministry.example/news/1"


@pytest.mark.parametrize(
    ("base", "href", "expected"),
    [
        ("", "/?p=123", "https://ministry.example/?p=123"),
        ("", "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fexample.org%2Fa%3Fp%3D1&amp;data=05",
         "https://example.org/a?p=1"),
        ("", "https://example.org/a#:~:text=the%20words", "https://example.org/a"),
        ("https://other.example/x/", "stats/1", "https://other.example/x/stats/1"),
        ("/archive/", "stats/1", "https://ministry.example/archive/stats/1"),
    ],
)  # fmt: skip
def test_where_a_link_leads(base: str, href: str, expected: str) -> None:
    head = f'<base href="{base}">' if base else ""
    sentence = f'<p>The number rose by 12 percent <a href="{href}">according to the statistics</a> of the office.</p>'
    markup = (
        f"<html><head><title>Flats</title>{head}</head><body><article><h1>Flats</h1>{PARAGRAPH * 3}{sentence}"
        f"{PARAGRAPH}</article></body></html>"
    )
    page = read_page(markup.encode(), url=HOME, final_url=HOME, content_type="text/html")
    assert [link.href for link in page.links] == [expected]
