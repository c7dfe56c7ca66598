"""What stands in for a source that could not be read now: for each reason, and each kind of source."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from claims.ledger.entries import Choice, Fit
from claims.records import Candidate, Capture, Citation, CitationKind, Page, Reading, Reason, Source, Via
from flows.checks.standing import Before
from flows.config.setup import CheckOptions, Setup, setup
from sources.captures.reread import hand_in
from sources.errors import NO_ARTICLE
from sources.gather import BY_A_PERSON, READ_BEFORE
from sources.outlets import load_outlets

OUTLETS = load_outlets()
URL = "https://www.reuters.com/world/mill"
WORDS = "The Brackwater mill laid off 512 workers on Friday, the union said. " * 4
LINK = Citation(kind=CitationKind.LINK, url=URL, text="said")
NAMED = Citation(kind=CitationKind.OUTLET, outlet="reuters", text="Reuters")
POST = Citation(kind=CitationKind.POST, handle="RT_com", date="2025-01-20", text="RT (@RT_com)")
KINDS = {
    "link": Source(citation=LINK),
    "named outlet": Source(citation=NAMED),
    "post": Source(citation=POST),
    "hop": Source(citation=NAMED, hop_of="abc"),
}
GONE = {Reason.DELETED, Reason.SOFT_404, Reason.NOT_FOUND, Reason.UNRESOLVED}
STANDS = {reason: reason not in GONE for reason in Reason}


@pytest.fixture
def how(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Setup:
    monkeypatch.chdir(tmp_path)
    return setup(CheckOptions(ledger="desk.db"))


@pytest.fixture
def capture(how: Setup) -> Capture:
    """A capture that is kept, as if it had been fetched."""
    Path("page.html").write_text(f"<html><body><article><h1>Mill</h1><p>{WORDS}</p></article></body></html>")
    kept = hand_in(Path("page.html"), URL, "2025-01-20T12:00:00Z", how.captures, OUTLETS)
    return replace(kept, via=Via.LIVE)


def before(source: Source, capture: Capture | None, reason: Reason | None = None) -> Before:
    return Before(standing={source.id: replace(source, capture=capture, reason=reason, detail="so it was")})


def unread(source: Source, reason: Reason, *unasked: str) -> Reading:
    return Reading(source=replace(source, reason=reason, detail="status 429"), unasked=unasked)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("reason", STANDS)
def test_a_passing_reason_leaves_the_last_capture_and_a_lasting_one_does_not(
    kind: str, reason: Reason, capture: Capture, how: Setup
) -> None:
    source = KINDS[kind]
    got = before(source, capture).stands(unread(source, reason), how, OUTLETS)
    if STANDS[reason]:
        assert got.page is not None and "512 workers" in got.page.text
        assert (got.source.capture, got.source.reason) == (capture, None)
        assert got.missed is not None and (got.missed.reason, got.missed.source) == (reason, source.id)
        assert "status 429" in got.missed.detail
    else:
        assert (got.page, got.missed, got.source.reason) == (None, None, reason)
    alone = Before().stands(unread(source, reason), how, OUTLETS)
    assert (alone.page, alone.source.reason) == (None, reason)


@pytest.mark.parametrize("was", [Reason.DELETED, Reason.NOT_FOUND, Reason.SOFT_404])
@pytest.mark.parametrize("now", [Reason.TIMEOUT, Reason.UNREACHABLE, Reason.BOT_WALL])
def test_what_was_gone_is_still_gone_in_an_outage(was: Reason, now: Reason, capture: Capture, how: Setup) -> None:
    source = KINDS["link"]
    got = before(source, capture, was).stands(unread(source, now), how, OUTLETS)
    assert (got.page, got.source.reason) == (None, was)
    assert "not reached now (status 429)" in got.source.detail


def test_a_copy_stays_while_its_archive_gives_no_answer(capture: Capture, how: Setup) -> None:
    source, copy = KINDS["link"], replace(capture, via=Via.ARCHIVE)
    silent = unread(source, Reason.NOT_FOUND, "the Wayback Machine answered with status 503")
    got = before(source, copy).stands(silent, how, OUTLETS)
    assert got.page is not None and got.missed is not None and "503" in got.missed.detail
    assert before(source, copy).stands(unread(source, Reason.NOT_FOUND), how, OUTLETS).page is None
    assert before(source, capture).stands(silent, how, OUTLETS).page is None


def test_what_a_replayed_archive_lacks_is_not_gone(capture: Capture, how: Setup) -> None:
    source = KINDS["link"]
    replayed = setup(CheckOptions(ledger="desk.db", replay="other.warc.gz"))
    assert before(source, capture).stands(unread(source, Reason.UNRESOLVED), replayed, OUTLETS).page is not None


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Enter the number of your room to go on. The hotel wishes you a pleasant stay at the lake.", True),
        ("The union said that the Brackwater mill laid off 312 workers on Friday.", False),  # it was corrected
        (f"{WORDS[:67]} The mill was sold.", False),
        ("The Brackwater mill was sold to a rival, and the buyer said that no work would be lost. " * 20, False),
    ],
)
def test_a_short_page_that_has_nothing_of_the_one_before_is_not_taken_for_the_source(
    text: str, kept: bool, capture: Capture, how: Setup
) -> None:
    source = replace(KINDS["link"], capture=capture)
    now = Reading(source=source, page=Page(text=text, url=URL, title="Mill"))
    got = before(source, capture).stands(now, how, OUTLETS)
    assert got.page is not None and ("512" in got.page.text and got.missed is not None) is kept
    gone = before(source, capture, Reason.NOT_FOUND).stands(now, how, OUTLETS)
    assert gone.page is now.page and gone.source.reason is None


def test_a_page_without_an_article_is_not_taken_for_a_sign_that_it_is_gone(capture: Capture, how: Setup) -> None:
    source = KINDS["link"]
    reading = Reading(source=replace(source, reason=Reason.SOFT_404, detail=NO_ARTICLE))
    assert before(source, capture).stands(reading, how, OUTLETS).page is not None


def test_a_capture_that_is_lost_is_said_to_be_so(capture: Capture, how: Setup) -> None:
    for file in how.captures.iterdir():
        file.unlink()
    source = KINDS["link"]
    got = before(source, capture).stands(unread(source, Reason.TIMEOUT), how, OUTLETS)
    assert (got.page, got.source.reason) == (None, Reason.TIMEOUT)
    assert "its capture of 2025-01-20T12:00:00Z cannot be read either" in got.source.detail


@pytest.mark.parametrize(
    ("lead", "kept"), [(WORDS[:67], True), (WORDS[:67].replace("512", "312"), False)], ids=["the same", "corrected"]
)
def test_a_page_behind_a_paywall_stands_as_it_was_unless_its_free_part_changed(
    lead: str, kept: bool, capture: Capture, how: Setup
) -> None:
    source = KINDS["link"]
    part = Page(text=f"Mill\n\n{lead}", url=URL, title="Mill", partial=Reason.PAYWALL)
    got = before(source, capture).stands(Reading(source=replace(source, capture=capture), page=part), how, OUTLETS)
    assert got.page is not None and (got.page.partial is None) is kept
    assert (got.missed is not None) is kept


def test_where_it_was_read_before_is_tried_first_after_what_a_person_chose(capture: Capture) -> None:
    source = replace(KINDS["named outlet"], candidates=(Candidate(url=URL, score=0.6, found_by="GDELT"),))
    known = before(source, capture)
    at = replace(known, chosen={}).at_address(KINDS["named outlet"])
    assert [(one.url, one.score, one.found_by) for one in at.candidates] == [(URL, 0.6, READ_BEFORE)]
    assert at.capture == capture
    choice = Choice(by="eva", at="2025-01-21", fit=Fit.SAME_ARTICLE, url="https://www.reuters.com/other")
    both = replace(known, chosen={source.id: choice}).at_address(KINDS["named outlet"])
    assert [one.found_by for one in both.candidates] == [BY_A_PERSON, READ_BEFORE]
    gone = before(source, capture, Reason.NOT_FOUND).at_address(KINDS["named outlet"])
    assert ([one.url for one in gone.candidates], gone.capture) == ([URL], None)
    assert before(KINDS["link"], capture).at_address(KINDS["link"]).candidates == ()
