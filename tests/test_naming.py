"""What cited sources are called."""

import pytest

from claims.naming import cited_name
from claims.records import Citation, CitationKind

URL = "https://www.wsj.com/a"


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
