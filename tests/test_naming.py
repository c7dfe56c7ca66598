"""What sites, outlets and cited sources are called."""

import pytest

from claims.naming import cited_name, linkable_address, site
from claims.records import Citation, CitationKind

URL = "https://www.wsj.com/a"


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://www.wsj.com/a?b=1", "wsj.com"),
        ("HTTP://Edition.CNN.com:8080/a", "edition.cnn.com"),
        (" http://ft.com ", "ft.com"),
        ("http://user:secret@ft.com/", "ft.com"),
        ("http://[2001:db8::1]/a", "2001:db8::1"),
        ("javascript:alert(1)", ""),
        ("JavaScript://x/%0aalert(1)", ""),
        ("data:text/html,x", ""),
        ("file:///etc/passwd", ""),
        ("//wsj.com/a", ""),
        ("wsj.com/a", ""),
        ("http://[broken", ""),
        ("https:", ""),
        ("", ""),
        (None, ""),
    ],
)
def test_the_site_of_an_address(url: str | None, name: str) -> None:
    assert site(url) == name


@pytest.mark.parametrize(
    ("kind", "fields", "outlet", "name"),
    [
        (
            CitationKind.OUTLET,
            {"text": "the Journal", "outlet": "wsj"},
            "The Wall Street Journal",
            "The Wall Street Journal",
        ),
        (CitationKind.OUTLET, {"text": "the Journal", "outlet": "wsj"}, "", "the Journal"),
        (CitationKind.OUTLET, {"text": " ", "outlet": "wsj"}, "", "wsj"),
        (CitationKind.LINK, {"text": "said", "url": URL}, "", "wsj.com"),
        (CitationKind.LINK, {"text": "said", "url": URL}, "The Wall Street Journal", "The Wall Street Journal"),
        (CitationKind.LINK, {"text": "said", "url": "javascript:x"}, "", "said"),
        (CitationKind.POST, {"text": "RT", "handle": "RT_com", "outlet": "rt", "url": URL}, "RT", "@RT_com"),
        (CitationKind.POST, {"text": "RT", "handle": "@RT_com"}, "", "@RT_com"),
        (CitationKind.POST, {"text": "a post", "url": URL}, "", "wsj.com"),
        (CitationKind.DOCUMENT, {"text": "the report"}, "", "the report"),
        (CitationKind.DOCUMENT, {}, "", ""),
        (CitationKind.NONE, {"text": "sources"}, "", ""),
    ],
)
def test_the_name_of_a_cited_source(kind: CitationKind, fields: dict[str, str], outlet: str, name: str) -> None:
    assert cited_name(Citation(kind=kind, **fields), outlet) == name  # type: ignore[arg-type]  # texts only


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://www.wsj.com/a?b=1", True),
        ("http://ft.com", True),
        ("HTTP://ft.com/", True),
        ("https://:443/a", False),
        ("javascript:alert(1)", False),
        ("JavaScript://x/%0aalert(1)", False),
        ("data:text/html,x", False),
        ("file:///etc/passwd", False),
        ("//wsj.com/a", False),
        ("http://[broken", False),
        ("https:", False),
        ("", False),
        (None, False),
    ],
)
def test_only_web_addresses_become_links(url: str | None, safe: bool) -> None:
    assert linkable_address(url) == (url if safe else None)
