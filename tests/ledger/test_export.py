"""The ledger as files for others, and as a backup."""

import csv
import io
import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from review_sample import AT, reviewed
from sample_check import again, build

from claims.errors import LedgerError
from claims.ledger.ledger import Ledger
from claims.records import Check, Decision, Label, Review

PAGE = "https://desk.example/{id}"


def test_csv_has_every_claim_on_a_line(ledger: Ledger, check: Check) -> None:
    reviewed(ledger, check)
    rows = list(csv.DictReader(io.StringIO("\n".join(ledger.export("csv")))))
    assert [row["text"] for row in rows] == [claim.text for claim in check.extraction.claims]
    assert (rows[2]["label"], rows[2]["standing"], rows[2]["reviewer"]) == ("contradicted", "supported", "Ana")
    assert rows[0]["outlets"] == "wsj"


@pytest.mark.parametrize("text", ["=HYPERLINK(1)", "+1", "-1", "@sum", "\tx"])
def test_csv_never_hands_a_formula_to_a_spreadsheet(ledger: Ledger, text: str) -> None:
    ledger.record(build([(text, None, Label.NO_SOURCE, 0.5, None)]))
    (row,) = csv.DictReader(io.StringIO("\n".join(ledger.export("csv"))))
    assert row["text"] == f"'{text}"


def test_json_lines_have_the_evidence(ledger: Ledger, check: Check) -> None:
    ledger.record(check)
    rows = [json.loads(line) for line in ledger.export("jsonl")]
    assert len(rows) == 9
    assert rows[0]["outlets"] == ["wsj"]
    assert rows[0]["evidence"][0]["stance"] == "supports"
    assert rows[8]["evidence"] == []


def test_an_unknown_format_is_refused(ledger: Ledger) -> None:
    with pytest.raises(LedgerError, match="csv, jsonl or claimreview"):
        ledger.export("xml")


def reviews(ledger: Ledger, **options: object) -> list[dict[str, object]]:
    lines = ledger.export("claimreview", desk="The Desk", page=PAGE, **options)  # type: ignore[arg-type]  # per test
    return [json.loads(line) for line in lines]


def test_claim_review_has_the_fields_that_google_asks_for(ledger: Ledger, check: Check) -> None:
    ledger.record(check)
    claim = check.extraction.claims[0]
    first = next(item for item in reviews(ledger, site="https://desk.example/") if claim.id in str(item["url"]))
    assert first == {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": f"https://desk.example/{claim.id}",
        "datePublished": "2025-01-21",
        "author": {"@type": "Organization", "name": "The Desk", "url": "https://desk.example/"},
        "claimReviewed": claim.statement,
        "reviewRating": {
            "@type": "Rating",
            "ratingValue": 5,
            "bestRating": 5,
            "worstRating": 1,
            "alternateName": "Supported",
            "ratingExplanation": "The source supported.",
        },
        "itemReviewed": {
            "@type": "Claim",
            "author": {"@type": "Person", "name": "Putin"},
            "datePublished": "2025-01-20",
            "appearance": {
                "@type": "CreativeWork",
                "url": "https://news.example/inauguration",
                "headline": "Putin congratulates Trump",
                "publisher": {"@type": "Organization", "name": "news_example"},
            },
        },
    }


@pytest.mark.parametrize("page", ["", "desk.example/{id}", "https://desk.example/", "ftp://desk.example/{id}"])
def test_claim_review_needs_the_address_where_it_is_published(ledger: Ledger, page: str) -> None:
    with pytest.raises(LedgerError, match="where the check is published"):
        ledger.export("claimreview", page=page)


def test_claim_review_speaks_the_desks_own_scale(ledger: Ledger, check: Check) -> None:
    ledger.record(check)
    names = {str(item["reviewRating"]["alternateName"]) for item in reviews(ledger, scale={"contradicted": "Falsch"})}  # type: ignore[index]  # JSON
    assert "Falsch" in names
    assert "Supported" in names
    assert "Contradicted" not in names


def test_outlets_are_named_as_the_desk_names_them(ledger: Ledger, check: Check) -> None:
    ledger.record(check)
    first = reviews(ledger, outlets={"news_example": "The Example"})[0]
    assert first["itemReviewed"]["appearance"]["publisher"]["name"] == "The Example"  # type: ignore[index]  # JSON


def test_only_what_could_be_rated_is_published(ledger: Ledger, check: Check) -> None:
    ledger.record(check)
    rated = {"supported", "partly_supported", "contradicted", "conflicting", "misattributed"}
    assert len(reviews(ledger)) == len(rated)
    claim = check.extraction.claims
    ledger.review(Review(claim=claim[0].id, reviewer="Ana", decision=Decision.VOID, at=AT, note="no claim"))
    ledger.review(
        Review(
            claim=claim[7].id, reviewer="Ana", decision=Decision.OVERRULE, at=AT, label=Label.CONTRADICTED, note="no"
        )
    )
    published = {str(item["url"])[-16:]: item for item in reviews(ledger)}
    assert claim[0].id not in published
    rating = published[claim[7].id]["reviewRating"]
    assert (rating["ratingValue"], rating["ratingExplanation"]) == (1, "no")  # type: ignore[index]  # JSON
    assert published[claim[7].id]["datePublished"] == AT[:10]


def test_an_anonymous_speaker_is_not_named(ledger: Ledger, check: Check) -> None:
    claim = check.extraction.claims[0]
    assert claim.attribution
    hidden = replace(claim, attribution=replace(claim.attribution, speaker="an official", anonymous=True))
    claims = (hidden, *check.extraction.claims[1:])
    ledger.record(replace(check, extraction=replace(check.extraction, claims=claims)))
    item = next(item for item in reviews(ledger) if claim.id in str(item["url"]))
    assert item["itemReviewed"]["author"] == {"@type": "Organization", "name": "news_example"}  # type: ignore[index]  # JSON


def test_a_backup_is_whole_and_one_file(ledger: Ledger, check: Check, tmp_path: Path) -> None:
    reviewed(ledger, check)
    copy = tmp_path / "copy.db"
    ledger.backup(copy)
    ledger.record(again(check, run="run-2", at="2025-01-22T08:00:00+00:00"))
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == ["copy.db"]
    with Ledger.open(copy, create=False) as kept:
        assert (kept.counts()["runs"], kept.audit().holds) == (1, True)
        kept.record(again(check, run="run-9", at="2025-01-22T08:00:00+00:00"))


def test_a_backup_overwrites_nothing(ledger: Ledger, tmp_path: Path) -> None:
    there = tmp_path / "there.db"
    there.write_text("mine")
    with pytest.raises(LedgerError, match="exists already"):
        ledger.backup(there)
    assert there.read_text() == "mine"
    with pytest.raises(LedgerError, match="no folder"):
        ledger.backup(tmp_path / "missing" / "copy.db")
