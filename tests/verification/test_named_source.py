"""What an editor calls a source in a rationale."""

from __future__ import annotations

import pytest

from claims.records import Citation, CitationKind, Page, Source
from claims.verification.verdict.rationale import named

COPIES = "https://web.archive.org/web/2020/"


@pytest.mark.parametrize(
    ("cited", "read", "name"),
    [
        ("https://www.city.example/a", "https://city.example/a", "city.example"),
        ("https://city.example/a", "https://news.example/b", "news.example"),
        (
            "https://city.example/a",
            "https://web.archive.org/web/2020/https://city.example/a",
            "city.example (archived copy)",
        ),
        (None, f"{COPIES}https://city.example/a", "web.archive.org"),
    ],
)
def test_the_name_of_a_source(cited: str | None, read: str, name: str) -> None:
    source = Source(citation=Citation(kind=CitationKind.LINK, url=cited))
    assert named(Page(text="It is so.", url=cited, final_url=read), source) == name
