"""The date of a page that only its readers are told, and dates that are not that of its publication."""

from __future__ import annotations

import pytest

from sources.page.page import read_page

TEXT = "<p>Every port with more than 3 cranes must register them, the ministry said on Monday, or pay a fine.</p>"
FIRST = "2020-03-03"
LATER = "2021-05-05"
DATES = [
    (f"<time class='updated' datetime='{LATER}'>5 May 2021</time><time datetime='{FIRST}'>3 March</time>", FIRST),
    (f"<p>Last updated: <time datetime='{LATER}'></time></p><p>Published: <time datetime='{FIRST}'></time></p>", FIRST),
    (f"<p>By Ann Ray | <time datetime='{FIRST}'>3 Mar</time> | Updated <time datetime='{LATER}'></time></p>", FIRST),
    ("<dl><dt>Updated</dt><dd>5 May 2021</dd><dt>Published</dt><dd>3 March 2020</dd></dl>", FIRST),
    ("<p>Updated 5 May 2021. First published on 3 March 2020</p>", FIRST),
    ("<span>Published March 3, 2020</span>", FIRST),
    (
        f"<span itemprop='dateModified' content='{LATER}'></span><i itemprop='datePublished' content='{FIRST}'></i>",
        FIRST,
    ),
    # No date of its publication.
    (f"<time itemprop='dateModified' datetime='{LATER}'>5 May 2021</time>", None),
    ("<p>Last reviewed 5 May 2021</p>", None),
    ("<p>The report was published on 5 May 2021 by the ministry.</p>", None),
    (f'<script type=\'application/ld+json\'>{{"@type":"NewsArticle","dateModified":"{LATER}"}}</script>', None),
    (f"<meta property='article:modified_time' content='{LATER}'>", None),
]


@pytest.mark.parametrize(("shown", "expected"), DATES)
def test_the_date_that_a_page_shows(shown: str, expected: str | None) -> None:
    page = f"<html lang='en'><head><title>Cranes</title></head><body><h1>Cranes</h1>{shown}{TEXT}</body></html>"
    assert read_page(page.encode(), content_type="text/html").published == expected


@pytest.mark.parametrize("name", ["govuk:first-published-at", "article:published_time"])
def test_what_the_metadata_says_comes_first(name: str) -> None:
    head = f"<meta name='govuk:updated-at' content='{LATER}'><meta name='{name}' content='{FIRST}'>"
    page = f"<html><head>{head}</head><body><p>Published 5 May 2021</p>{TEXT}</body></html>"
    assert read_page(page.encode(), content_type="text/html").published == FIRST
