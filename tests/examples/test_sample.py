"""The sample article, checked through the real doors with its own archive and no network: every planted label."""

from __future__ import annotations

import asyncio
import importlib.util
import re
import socket
from pathlib import Path

import pytest
import yaml
from warcio.archiveiterator import ArchiveIterator

from claims.glossary import LABELS
from claims.ledger.attention import waits
from claims.records import Basis, Check, Claim, Label, Policy, QuoteGrade, Reason, Verdict, Via
from claims.verification.weighing.question import question
from claims.verification.words import content, coverage
from flows.checks import pipeline
from flows.config.setup import Setup
from sources.fetching.fetch import FetchPolicy

SAMPLE = Path(__file__).parents[2] / "examples" / "inauguration"

# Words of the article, and the verdict that an editor would give with the archive in hand.
PLANTED = [
    ("congratulated Donald Trump on taking office", Label.SUPPORTED),
    ("No telephone call between the two men had been agreed", Label.SUPPORTED),
    ("We are ready for talks on any terms", Label.CONTRADICTED),
    ("lasting peace and not a short truce", Label.SUPPORTED),
    ("any settlement must respect the interests", Label.SUPPORTED),
    ("moved indoors because of the bitter cold", Label.SUPPORTED),
    ("900 guests watched the oath", Label.CONTRADICTED),
    ("ordered all state channels to show the ceremony", Label.NOT_IN_SOURCE),
    ("The preparations are under way", Label.MISATTRIBUTED),
    ("told a rally in Washington on Sunday", Label.SUPPORTED),
    ("offered Budapest as the place for a summit", Label.SOURCE_UNAVAILABLE),
    ("met in Brussels on Sunday evening", Label.SOURCE_UNAVAILABLE),
    ("asked for a telephone call with Trump", Label.SOURCE_UNAVAILABLE),
    ("sent their congratulations in letters signed on Monday morning", Label.PARTLY_SUPPORTED),
    ("Putin congratulates Trump on his inauguration", Label.SUPPORTED),
    ("The ruble strengthened against the dollar", Label.CONFLICTING),
    ("renamed its dark beer", Label.NO_SOURCE),
    ("will be held before the end of April", Label.NOT_CHECKABLE),
    ("Moscow should be pleased with its day", Label.NOT_CHECKABLE),
]


@pytest.fixture(scope="module")
def checked(tmp_path_factory) -> Check:
    """The sample, checked as `factdesk check --replay` does it; any way out to the network is shut."""
    folder = tmp_path_factory.mktemp("sample")
    fetch = FetchPolicy(replay=SAMPLE / "sources.warc.gz", captures=folder / "captures")
    setup = Setup(fetch=fetch, policy=Policy(), judge="embedded", ledger=folder / "factdesk.db")

    def refuse(*_: object) -> None:
        raise AssertionError("the sample asked the network")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", refuse)
        patch.setattr(socket, "getaddrinfo", refuse)
        return asyncio.run(pipeline.check(str(SAMPLE / "article.html"), setup))


def about(checked: Check, words: str) -> tuple[Claim, Verdict]:
    """The claim that these words of the article belong to (the shortest one), and its verdict."""
    assert words in checked.article.text, f"not in the article's text: {words}"
    start = checked.article.text.index(words)
    end = start + len(words)
    over = [claim for claim in checked.extraction.claims if any(a < end and b > start for a, b in claim.spans)]
    assert over, f"no claim has these words: {words}"

    def misfit(claim: Claim) -> int:
        """How many characters belong to the claim or to the words, and not to both."""
        shared = sum(max(0, min(b, end) - max(a, start)) for a, b in claim.spans)
        return sum(b - a for a, b in claim.spans) + (end - start) - 2 * shared

    best = min(over, key=misfit)
    return best, checked.verdict_of[best.id]


@pytest.mark.parametrize(("words", "label"), PLANTED, ids=[words for words, _ in PLANTED])
def test_the_planted_claim_gets_its_label(checked, words, label):
    claim, verdict = about(checked, words)
    assert verdict.label is label, f"{claim.statement!r}: {verdict.rationale}"


def test_every_planted_label_is_brought_out_and_no_other(checked):
    assert {verdict.label for verdict in checked.verdicts} == {label for _, label in PLANTED}


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("offered Budapest", Reason.NOT_FOUND),
        ("met in Brussels on Sunday evening", Reason.PAYWALL),
        ("asked for a telephone call with Trump", Reason.PAYWALL),
    ],
)
def test_unread_sources_say_why(checked, words, reason):
    assert about(checked, words)[1].reason == reason


def test_the_source_that_is_only_named_was_found_in_the_archive(checked):
    claim, verdict = about(checked, "lasting peace and not a short truce")
    assert verdict.evidence[0].passage.url == (
        "https://www.wsj.com/world/russia/sample-putin-security-council-lasting-peace-2025-01-20"
    )
    assert {citation.outlet for citation in claim.citations} == {"wsj"}
    _, judged = about(checked, "The preparations are under way")
    assert judged.evidence[0].passage.url.startswith("https://abcnews.go.com/")


def test_the_altered_word_of_the_quotation_is_shown(checked):
    _, verdict = about(checked, "We are ready for talks on any terms")
    assert verdict.quote is not None
    assert verdict.quote.grade is QuoteGrade.PARAPHRASE_IN_QUOTES
    assert ("-", "any") in verdict.quote.diff
    assert ("+", "equal") in verdict.quote.diff


def test_the_changed_number_is_shown(checked):
    _, verdict = about(checked, "900 guests watched the oath")
    (finding,) = [quantity for quantity in verdict.quantities if quantity.agrees is False]
    assert ("900" in finding.claimed, "600" in (finding.found or "")) == (True, True)


def test_a_source_that_was_not_cited_for_it_is_called_corroborating(checked):
    _, verdict = about(checked, "moved indoors because of the bitter cold")
    assert verdict.basis is Basis.CORROBORATING


def test_what_the_cited_page_leans_on_was_read_one_hop_further(checked):
    _, verdict = about(checked, "any settlement must respect the interests")
    assert "wsj.com itself relies on Kremlin for it (http://en.kremlin.ru/" in verdict.rationale
    assert verdict.rationale.endswith("which says so too.")
    _, other = about(checked, "We are ready for talks on any terms")
    assert other.rationale.endswith("itself relies on Kremlin for it, and no address was found for that.")


def by_hand() -> list[tuple[str, ...]]:
    """The verdicts that docs/verdicts.md follows by hand: label, words, content words, coverage, confidence, review."""
    page = (SAMPLE.parents[1] / "docs" / "verdicts.md").read_text(encoding="utf-8")
    cell = r" ([\d.]+|-) \|"
    return re.findall(rf"^\| `(\w+)` \| ([^|]+) \|{cell}{cell}{cell} (yes|no) \|$", page, re.MULTILINE)


def test_one_verdict_of_each_label_is_followed_by_hand():
    assert sorted(label for label, *_ in by_hand()) == sorted(Label)


@pytest.mark.parametrize(("label", "words", "counted", "covered", "confidence", "review"), by_hand())
def test_the_verdict_that_the_docs_follow_is_that_of_the_check(
    checked, label, words, counted, covered, confidence, review
):
    claim, verdict = about(checked, words)
    asked = content(question(claim, checked.article).statement)
    share = coverage(asked, content(verdict.evidence[0].passage.text)) if verdict.evidence else None
    shown = verdict.confidence if LABELS[verdict.label].estimated else None
    assert verdict.label == label
    assert len(set(asked)) == int(counted)
    assert covered == ("-" if share is None else f"{share:.2f}")
    assert (shown is None) == (confidence == "-")
    assert shown is None or shown == pytest.approx(float(confidence), abs=0.02)
    assert (claim.id in waits([verdict], [claim])) == (review == "yes")


def test_no_evidence_comes_from_comments_or_teasers(checked):
    for verdict in checked.verdicts:
        for piece in verdict.evidence:
            assert "ordered all state channels" not in piece.passage.text
            assert "Kremlin orders" not in piece.passage.text


def test_no_claim_comes_from_comments_teasers_or_the_page_around_the_article(checked):
    text = " ".join(claim.text for claim in checked.extraction.claims)
    for words in ("my cousin counted", "never congratulated anybody", "40 million dollars", "does not exist"):
        assert words not in text


def test_nothing_came_from_the_network(checked):
    captures = [reading.source.capture for reading in checked.readings if reading.source.capture]
    assert captures
    assert {capture.via for capture in captures} == {Via.REPLAY}


def builder():
    """The script beside the sample."""
    spec = importlib.util.spec_from_file_location("sample_builder", SAMPLE / "build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def records(path: Path) -> list[tuple[str, str, bytes]]:
    """What an archive holds, whatever its compression."""
    with path.open("rb") as stream:
        return [
            (record.rec_type, str(record.rec_headers), record.content_stream().read())
            for record in ArchiveIterator(stream)
        ]


def test_the_archive_is_what_its_script_builds(tmp_path):
    build = builder().build
    assert build(tmp_path / "a.warc.gz") == build(tmp_path / "b.warc.gz")
    assert (tmp_path / "a.warc.gz").read_bytes() == (tmp_path / "b.warc.gz").read_bytes()
    assert records(tmp_path / "a.warc.gz") == records(SAMPLE / "sources.warc.gz")


def test_every_page_says_that_its_outlet_did_not_publish_it():
    entries = yaml.safe_load((SAMPLE / "pages" / "manifest.yaml").read_text(encoding="utf-8"))
    assert {entry["file"] for entry in entries} == {path.name for path in (SAMPLE / "pages").glob("*.html")}
    for entry in entries:
        page = (SAMPLE / "pages" / entry["file"]).read_text(encoding="utf-8")
        assert "Sample page written for the Factdesk demo; not published by" in page
        assert "noindex" in page
        assert "sample" in entry["url"] or "twitter.com" in entry["url"]
