"""A clash that is not a page's last word on the claim: a person is asked. The pairs are in ``open_clashes.txt``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from claims.records import (
    Citation,
    CitationKind,
    Claim,
    ClaimKind,
    Label,
    Page,
    Policy,
    Reading,
    Source,
    Stamp,
    Verdict,
)
from claims.verification.judges.judge import Judge
from claims.verification.judges.load import load_judge
from claims.verification.verify import verify

SETTLED = "settled"


def pairs() -> Iterator[tuple[str, str, str]]:
    """The heading, the claim and the page of each pair."""
    text = Path(__file__).with_name("open_clashes.txt").read_text(encoding="utf-8")
    for heading, below in re.findall(r"^\[(.+)\]\n([^\[]+)", text, re.M):
        for line in filter(None, below.splitlines()):
            asked, page = line.split(" | ")
            yield heading, asked, page


OPEN = [pair for pair in pairs() if pair[0] != SETTLED]
CLOSED = [pair[1:] for pair in pairs() if pair[0] == SETTLED]


@pytest.fixture(scope="module")
def judge() -> Judge:
    return load_judge("embedded")


def verdict_of(judge: Judge, asked: str, page: str) -> Verdict:
    citation = Citation(kind=CitationKind.LINK, url="https://paper.example/story")
    claim = Claim(
        article="a", text=asked, spans=(), statement=asked, kind=ClaimKind.STATEMENT, checkable=True,
        citations=(citation,),
    )  # fmt: skip
    reading = Reading(source=Source(citation=citation), page=Page(text=page, url=citation.url))
    stamp = Stamp(run="r", policy=Policy(), now="2025-01-21T09:00:00Z")
    [verdict] = verify([claim], Page(text=asked), [reading], judge, stamp)
    return verdict


@pytest.mark.parametrize(("heading", "asked", "page"), OPEN, ids=[page for _, _, page in OPEN])
def test_a_clash_that_may_not_be_the_last_word_is_looked_at(judge: Judge, heading: str, asked: str, page: str) -> None:
    verdict = verdict_of(judge, asked, page)
    assert verdict.needs_review or verdict.label is Label.SUPPORTED, heading


@pytest.mark.parametrize(("asked", "page"), CLOSED, ids=[page for _, page in CLOSED])
def test_a_clash_beside_which_nothing_stands_needs_nobody(judge: Judge, asked: str, page: str) -> None:
    verdict = verdict_of(judge, asked, page)
    assert (verdict.label, verdict.needs_review) == (Label.CONTRADICTED, False)


def test_the_rationale_says_why(judge: Judge) -> None:
    verdict = verdict_of(judge, "Porto won in Braga.", "Porto's reserves lost in Braga.")
    assert "has more than what clashes (“reserves”)" in verdict.rationale
    verdict = verdict_of(judge, "Norway banned the drug.", "Norway allowed the drug. Oslo then stopped its sale.")
    assert "goes on, and may come to say it (“then”)" in verdict.rationale
