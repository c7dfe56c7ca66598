"""What a person chose for a source is remembered where it fits again, and nowhere else."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sample_check import LINES, build, capture

from claims.errors import LedgerError
from claims.ledger.entries import Attachment, Choice, Fit
from claims.ledger.ledger import Ledger
from claims.ledger.reading.choices import same_words
from claims.records import Candidate, Check, Citation, CitationKind, Claim, Reading, Reason, Source

AT, LATER = "2025-01-23T09:00:00+00:00", "2025-01-24T09:00:00+00:00"
KNOWN = "https://ft.example/real"
FT = 6  # the claim that leans on ft, which could not be read


def attach(ledger: Ledger, claim: Claim, source: str | None = None, at: str = AT) -> Attachment:
    made = Attachment(claim=claim.id, source=source or claim.citations[0].source_id, by="Ben", at=at, url=KNOWN)
    ledger.attach(made)
    return made


def fits(ledger: Ledger, check: Check) -> dict[str, Fit]:
    choices = ledger.choices(check.article, check.extraction.claims)
    return {source: choice.fit for source, choice in choices.items()}


def test_it_counts_in_its_article_and_in_the_articles_other_versions(ledger: Ledger, check: Check) -> None:
    ledger.record(check)
    assert ledger.choices(check.article, check.extraction.claims) == {}
    made = attach(ledger, check.extraction.claims[FT])
    choice = Choice(url=KNOWN, by="Ben", at=AT, fit=Fit.SAME_ARTICLE)
    assert ledger.choices(check.article, check.extraction.claims) == {made.source: choice}
    corrected = build(LINES[3:], run="run-2", at=AT)
    assert ledger.choices(corrected.article, corrected.extraction.claims) == {made.source: choice}  # not logged yet


def test_the_later_choice_counts(ledger: Ledger, check: Check) -> None:
    ledger.record(check)
    made = attach(ledger, check.extraction.claims[FT])
    ledger.attach(replace(made, url=None, capture=capture("ft").id, at=LATER), capture("ft"))
    (choice,) = ledger.choices(check.article, check.extraction.claims).values()
    assert (choice.url, choice.capture, choice.at) == (None, capture("ft"), LATER)


def test_another_article_that_names_the_outlet_for_the_same_words_uses_it(ledger: Ledger, check: Check) -> None:
    ledger.record(check)
    made = attach(ledger, check.extraction.claims[FT])
    same = build(LINES[FT:], run="run-2", at=AT, address="https://other.example/")
    assert fits(ledger, same) == {made.source: Fit.SAME_WORDS}
    words, *rest = LINES[FT]
    changed = (words.replace("fireworks", "champagne and the buses of the guests"), *rest)
    other = build((changed, *LINES[7:]), run="run-3", at=AT, address="https://other.example/")  # type: ignore[arg-type]  # a line is a tuple of five
    assert {claim.citations[0].outlet for claim in other.extraction.claims if claim.citations} == {"ft"}
    assert fits(ledger, other) == {}


def test_the_closer_fit_counts_before_the_later_one(ledger: Ledger, check: Check) -> None:
    ledger.record(check)
    other = build(LINES[FT:], run="run-2", at=AT, address="https://other.example/")
    ledger.record(other)
    own = attach(ledger, other.extraction.claims[0])
    attach(ledger, check.extraction.claims[FT], at=LATER)
    (choice,) = ledger.choices(other.article, other.extraction.claims).values()
    assert (choice.fit, choice.at) == (Fit.SAME_ARTICLE, own.at)


def test_a_link_is_the_same_page_wherever_it_is_cited(ledger: Ledger, check: Check) -> None:
    link = Citation(kind=CitationKind.LINK, text="reported", url="https://ft.example/walled")

    def citing(cited: Check, place: int) -> Check:
        claims = list(cited.extraction.claims)
        claims[place] = replace(claims[place], citations=(link,))
        return replace(cited, extraction=replace(cited.extraction, claims=tuple(claims)))

    first = citing(check, FT)
    ledger.record(first)
    made = attach(ledger, first.extraction.claims[FT])
    other = citing(build(LINES[:3], run="run-2", at=AT, address="https://other.example/"), 1)
    assert fits(ledger, other) == {made.source: Fit.SAME_ADDRESS}
    assert fits(ledger, build(LINES[:3], address="https://third.example/")) == {}


def test_what_a_cited_page_leans_on_is_kept_shown_and_can_be_handed_in(ledger: Ledger, check: Check) -> None:
    claim = check.extraction.claims[0]
    candidate = Candidate(
        url="https://reuters.example/a", score=0.9, found_by="hop from https://wsj.example/putin: a link"
    )
    hop = Source(
        citation=Citation(kind=CitationKind.OUTLET, text="Reuters", span=(3, 10), outlet="reuters"),
        claims=(claim.id,),
        candidates=(candidate,),
        reason=Reason.PAYWALL,
        hop_of=claim.citations[0].source_id,
    )
    ledger.record(replace(check, readings=(*check.readings, Reading(source=hop))))
    assert hop in ledger.show(claim.id).sources
    assert hop in ledger.article_sources(check.article.id)
    assert hop not in ledger.show(check.extraction.claims[5].id).sources  # it cites the same page, for other words
    made = attach(ledger, claim, hop.id)
    assert fits(ledger, check) == {made.source: Fit.SAME_ARTICLE}
    with pytest.raises(LedgerError, match="does not cite"):
        attach(ledger, check.extraction.claims[5], hop.id)
    ledger.record(build(run="run-2", at=LATER))  # the cited page speaks for itself now
    assert hop not in ledger.show(claim.id).sources
    assert hop not in ledger.article_sources(check.article.id)
    assert ledger.audit().holds


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("Putin said Russia sought a long-term peace.", "Putin said Russia sought a long-term peace", True),
        ("Putin said Russia sought a long-term peace.", "Putin says Russia sought a “long-term peace”", True),
        ("Putin said Russia sought a long-term peace.", "Vladimir Putin said Russia sought a long-term peace.", True),
        ("The plan offers Ukraine a 20-year wait.", "The plan offers Ukraine a 10-year wait.", False),
        ("The plan offers Ukraine a 20-year wait.", "The plan offers Ukraine a wait.", False),
        ("Putin said Russia sought a long-term peace.", "Putin said Moscow wanted a peace that lasts.", False),
        ("Ambassadors met in Brussels.", "Ambassadors met in Brussels to agree on sanctions against Russia.", False),
        ("", "", False),
    ],
)
def test_the_same_words_are_the_same_but_for_a_few(first: str, second: str, expected: bool) -> None:
    assert same_words(first, second) is same_words(second, first) is expected
