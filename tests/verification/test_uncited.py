"""A page that the claim does not cite may have it looked at, and never contradicts it alone."""

from __future__ import annotations

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

BLAZE = "A blaze in the town of Orrin killed 9 people on Sunday, the fire brigade said."


@pytest.fixture(scope="module", params=["embedded", "lexical"])
def judge(request: pytest.FixtureRequest) -> Judge:
    return load_judge(request.param)


def source(name: str, text: str) -> Reading:
    citation = Citation(kind=CitationKind.LINK, outlet=name, url=f"https://{name}.example/story")
    page = Page(text=text, url=citation.url, outlet=name, published="2025-01-20")
    return Reading(source=Source(citation=citation), page=page)


def check(judge: Judge, text: str, cited: tuple[Reading, ...], others: tuple[Reading, ...]) -> Verdict:
    one = Claim(
        article="a", text=text, spans=(), statement=text, kind=ClaimKind.STATEMENT, checkable=True,
        citations=tuple(reading.source.citation for reading in cited),
    )  # fmt: skip
    article = Page(text=text, published="2025-01-21")
    now = "2025-01-21T09:00:00Z"
    [verdict] = verify([one], article, (*cited, *others), judge, Stamp(run="r", policy=Policy(), now=now))
    return verdict


def test_another_page_flags_what_the_cited_one_supports(judge: Judge) -> None:
    other = source("gazette", BLAZE.replace("9 people", "7 people"))
    verdict = check(
        judge, "A blaze in the town of Orrin killed 9 people on Sunday.", (source("herald", BLAZE),), (other,)
    )
    assert (verdict.label, verdict.needs_review) == (Label.SUPPORTED, True)
    assert "Another page, which the claim does not cite: gazette" in verdict.rationale


def test_a_claim_without_a_source_is_not_contradicted_by_one_page(judge: Judge) -> None:
    text = "A blaze in the town of Orrin killed 9 people on Sunday."
    one = source("gazette", BLAZE.replace("9 people", "7 people"))
    verdict = check(judge, text, (), (one,))
    assert (verdict.label, verdict.needs_review) == (Label.NO_SOURCE, True)
    assert "7 people" in verdict.rationale


def test_several_independent_pages_contradict_it(judge: Judge) -> None:
    text = "A blaze in the town of Orrin killed 9 people on Sunday."
    one = source("gazette", BLAZE.replace("9 people", "7 people"))
    two = source("courier", "On Sunday a blaze killed 7 people in the town of Orrin. Two houses burnt down by noon.")
    assert check(judge, text, (), (one, two)).label is Label.CONTRADICTED


def test_the_cited_page_itself_contradicts(judge: Judge) -> None:
    one = source("gazette", BLAZE.replace("9 people", "7 people"))
    verdict = check(judge, "A blaze in the town of Orrin killed 9 people on Sunday.", (one,), ())
    assert verdict.label is Label.CONTRADICTED


def test_the_date_that_agrees_is_not_listed_as_missing(judge: Judge) -> None:
    page = source("herald", "The mayor of Orrin resigned yesterday, and her deputy took over.")
    verdict = check(judge, "The mayor of Orrin resigned on Sunday and left the country.", (page,), ())
    assert "Sunday" not in verdict.rationale.split("“")[0]


def test_a_cited_page_with_the_articles_own_text_is_named_and_no_source(judge: Judge) -> None:
    copy = source("herald", BLAZE)
    verdict = check(judge, BLAZE, (copy,), ())
    assert verdict.label is Label.NO_SOURCE
    assert verdict.rationale == (
        "herald.example has the article's own text and is no other source for this, and no other source was read."
    )
