"""What a bracket that credits a source adds to the question to that source: nothing."""

from __future__ import annotations

import pytest

from claims.records import Citation, CitationKind, Claim, ClaimKind, Page
from claims.verification.weighing.question import question

ADDRESS = "https://www.handball-today.example/cup"
POST = "https://www.thebrestpost.example/cup"
CREDITED = (
    ("Lund won the cup (source).", "source", "Lund won the cup."),
    ("Lund won the cup [link].", "link", "Lund won the cup."),
    ("Lund won the cup (see the full report here).", "here", "Lund won the cup."),
    ("Lund won the cup (via Handball Today) on Sunday.", "Handball Today", "Lund won the cup on Sunday."),
    ("Lund won the cup (Brest Post).", "Brest Post", "Lund won the cup."),
    # What tells something is asked.
    ("Lund won the cup (see hand).", "see hand", "Lund won the cup (see hand)."),
    ("Lund won the cup (to the day).", "to the day", "Lund won the cup (to the day)."),
    ("Lund won the cup (for the third time).", "for the third time", "Lund won the cup (for the third time)."),
    ("The captain (Ann Lund) won the cup.", "Ann Lund", "The captain (Ann Lund) won the cup."),
    ("Lund won the cup (in May).", "in May", "Lund won the cup (in May)."),
    ("The source (a spring) is dry.", "source", "The source (a spring) is dry."),
)


@pytest.mark.parametrize(("text", "link", "asked"), CREDITED)
def test_a_credit_is_not_asked(text: str, link: str, asked: str) -> None:
    citation = Citation(kind=CitationKind.LINK, text=link, url=POST if "Post" in link else ADDRESS)
    claim = Claim(
        article="a",
        text=text,
        spans=(),
        statement=text,
        kind=ClaimKind.STATEMENT,
        checkable=True,
        citations=(citation,),
    )
    assert question(claim, Page(text=text)).statement == asked
