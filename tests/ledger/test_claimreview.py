"""ClaimReview: only what the desk stands for, in its own words, and valid by schema.org's definitions."""

from __future__ import annotations

import copy
import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from review_sample import AT
from sample_check import LINES, again, build, relabel
from schema_org import faults

from claims.errors import LedgerError
from claims.ledger.exports.authors import author_type
from claims.ledger.ledger import Ledger
from claims.records import Check, Decision, Label, Review
from sources.outlets import load_outlets

PAGE = "https://desk.example/{id}"
LATER = "2025-01-24T09:00:00+00:00"
OUTLETS = load_outlets()


def decide(ledger: Ledger, check: Check, place: int, reviewer: str = "Ana", **fields: Any) -> None:
    given = {"decision": Decision.CONFIRM, "at": AT, "note": "the PDF says so", **fields}
    ledger.review(Review(claim=check.extraction.claims[place].id, reviewer=reviewer, **given))


def export(ledger: Ledger, **options: Any) -> tuple[dict[str, dict[str, Any]], dict[str, str]]:
    """The ClaimReviews by claim, every one of them valid, and the claims that were refused with the reason."""
    refused: dict[str, str] = {}
    options = {"publisher": "The Desk", "page": PAGE, **options}
    lines = ledger.export("claimreview", refused=refused.__setitem__, **options)
    by_id = {item["url"].rpartition("/")[2]: item for item in map(json.loads, lines)}
    assert {claim: faults(item) for claim, item in by_id.items()} == {claim: [] for claim in by_id}
    return by_id, refused


def test_a_decided_claim_has_the_fields_that_google_asks_for(ledger: Ledger, check: Check) -> None:
    ledger.record(check)
    decide(ledger, check, 0, note="")
    claim = check.extraction.claims[0]
    reviews, refused = export(ledger, site="https://desk.example/")
    assert reviews == {
        claim.id: {
            "@context": "https://schema.org",
            "@type": "ClaimReview",
            "url": f"https://desk.example/{claim.id}",
            "datePublished": AT[:10],
            "author": {"@type": "Organization", "name": "The Desk", "url": "https://desk.example/"},
            "claimReviewed": claim.statement,
            "reviewRating": {
                "@type": "Rating",
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
    }
    assert set(refused) == {other.id for other in check.extraction.claims[1:]}


# (what is decided on claim 0 by whom, how many must agree, why it is refused; None where it is published)
OVERRULE = {"decision": Decision.OVERRULE, "label": Label.CONFLICTING}
REFUSALS: tuple[tuple[Sequence[tuple[str, dict[str, Any]]], int, str | None], ...] = (
    ((), 1, "undecided"),
    ((("Ana", {}),), 1, None),
    ((("Ana", {}),), 2, "needs review: decided by Ana; another reviewer"),
    ((("Ana", {}), ("Ben", {})), 2, None),
    ((("Ana", {}), ("ANA", {"note": "again"})), 2, "needs review"),
    ((("Ana", {}), ("A\u200bna", {"note": "again"})), 2, "needs review"),
    ((("Ana", {}), ("Ben", OVERRULE)), 1, "disputed"),
    ((("Ana", {}), ("Ben", OVERRULE)), 2, "disputed"),
    ((("Ana", {}), ("Ben", OVERRULE), ("Cleo", OVERRULE)), 1, None),
    ((("Ana", {}), ("Ben", OVERRULE), ("Ana", OVERRULE)), 1, None),
    ((("Ana", {}), ("Ben", OVERRULE), ("Ben", {"decision": Decision.UNDO})), 1, None),
    ((("Ana", {}), ("Ana", {"decision": Decision.UNDO})), 1, "undecided"),
    ((("Ana", {"decision": Decision.VOID}),), 1, "void"),
    ((("Ana", {"decision": Decision.VOID}),), 2, "needs review"),
)


@pytest.mark.parametrize(("decisions", "people", "reason"), REFUSALS)
def test_only_what_enough_people_decided_alike_is_published(
    ledger: Ledger, check: Check, decisions: Any, people: int, reason: str | None
) -> None:
    ledger.record(check)
    ledger.sign_off(people, at=AT)
    for reviewer, fields in decisions:
        decide(ledger, check, 0, reviewer, **fields)
    reviews, refused = export(ledger)
    claim = check.extraction.claims[0].id
    assert (claim in reviews) is (reason is None)
    if reason is not None:
        assert refused[claim].startswith(reason)
        assert claim not in {json.loads(line)["claim"] for line in ledger.export("jsonl")}
        assert claim not in "\n".join(ledger.export("csv"))


def test_a_verdict_that_changed_after_the_decision_is_not_published(ledger: Ledger, check: Check) -> None:
    ledger.record(check)
    decide(ledger, check, 0)
    ledger.record(relabel(again(check, run="run-2", at=LATER), 0, label=Label.CONTRADICTED))
    reviews, refused = export(ledger)
    assert reviews == {}
    assert refused[check.extraction.claims[0].id] == "needs review: the verdict changed after Ana decided"
    decide(ledger, check, 0, at=LATER)
    assert set(export(ledger)[0]) == {check.extraction.claims[0].id}


def test_a_decided_claim_that_its_article_no_longer_makes_is_named(ledger: Ledger, check: Check) -> None:
    ledger.record(check)
    decide(ledger, check, 0)
    decide(ledger, check, 1)
    decide(ledger, check, 1, decision=Decision.UNDO)
    changed = build(LINES[2:], run="run-2", at=LATER)
    ledger.record(changed)
    reviews, refused = export(ledger)
    assert reviews == {}
    gone = {claim.id: refused.get(claim.id) for claim in check.extraction.claims[:2]}
    assert list(gone.values()) == ["superseded: its article no longer makes this claim", None]


def test_a_check_has_the_date_of_the_decision_that_stands(ledger: Ledger, check: Check) -> None:
    ledger.record(check)
    decide(ledger, check, 0)
    decide(ledger, check, 0, "Ben", at=LATER, **OVERRULE)
    decide(ledger, check, 0, "Ben", at=LATER, decision=Decision.UNDO)
    ((_, item),) = export(ledger)[0].items()
    assert item["datePublished"] == AT[:10]


@pytest.mark.parametrize("place", range(9))
@pytest.mark.parametrize("scale", [{}, {"supported": "True", "contradicted": "Falsch"}])
def test_a_rating_is_the_desks_word_or_the_label_and_never_a_number(
    ledger: Ledger, check: Check, place: int, scale: dict[str, str]
) -> None:
    ledger.record(check)
    decide(ledger, check, place)
    ((_, item),) = export(ledger, scale=scale)[0].items()
    label = check.verdicts[place].label
    wanted = scale.get(label.value) or label.value.replace("_", " ").capitalize()
    assert item["reviewRating"] == {
        "@type": "Rating",
        "alternateName": wanted,
        "ratingExplanation": "the PDF says so",
    }


def test_an_overruled_verdict_is_rated_as_the_person_decided(ledger: Ledger, check: Check) -> None:
    ledger.record(check)
    decide(ledger, check, 7, decision=Decision.OVERRULE, label=Label.CONTRADICTED, note="see the law")
    ((_, item),) = export(ledger, scale={"contradicted": "False"})[0].items()
    rating = item["reviewRating"]
    assert (rating["alternateName"], rating["ratingExplanation"], item["datePublished"]) == (
        "False",
        "see the law",
        AT[:10],
    )


@pytest.mark.parametrize(
    ("publisher", "page", "place", "refused"),
    [
        ("Putin", PAGE, 0, True),
        ("The  PUTIN", PAGE, 0, True),
        ("news_example", PAGE, 2, True),  # the article says it itself
        ("The Desk", "https://www.news.example/checks/{id}", 2, True),  # it is published beside the article
        ("The Desk", "https://checks.news.example/{id}", 2, True),
        ("The Desk", "https://othernews.example/{id}", 2, False),
        ("The Desk", "https://www.news.example/checks/{id}", 0, False),  # a speaker says it
        ("Putin Watch", PAGE, 0, False),
        ("news_example", PAGE, 0, False),
    ],
)
def test_a_desk_does_not_review_its_own_claims(
    ledger: Ledger, check: Check, publisher: str, page: str, place: int, refused: bool
) -> None:
    ledger.record(check)
    decide(ledger, check, place)
    reviews, reasons = export(ledger, publisher=publisher, page=page)
    assert bool(reviews) is not refused
    assert ("who publishes the review" in reasons.get(check.extraction.claims[place].id, "")) is refused


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("Putin", "", "Person"),
        ("Marco Rubio", "", "Person"),
        ("Ukraine’s president", "", "Person"),
        ("Senator Grillo", "", "Person"),
        ("the minister of defence", "", "Person"),
        ("Waltz", "Incoming adviser Mike Waltz spoke.", "Person"),
        ("Waltz", "Dr. Waltz spoke.", "Person"),
        ("Waltz", "A waltz was played; Waltz said so.", None),
        ("the Kremlin", "", "Organization"),
        ("Ministry of Defence", "", "Organization"),
        ("World Health Organization", "", "Organization"),
        ("Justice Department", "", "Organization"),
        ("Interfax", "", "Organization"),
        ("@Reuters", "", "Organization"),
        ("Apple", "", "Organization"),
        ("Moscow", "", None),
        ("Brazil", "", None),
        ("Carla Dunne", "", None),
        ("Margaret Court", "", None),  # a player, or a court
        ("Virginia Tech", "", None),
        ("Johnson & Johnson", "", None),
        ("General Motors", "", None),
        ("Fox", "", None),  # a channel, or Vicente Fox
        ("officials", "", None),
        ("…", "", None),
    ],
)
def test_an_author_is_typed_only_where_it_is_known_what_it_is(name: str, text: str, expected: str | None) -> None:
    assert author_type(name, OUTLETS, text) == expected


def test_authors_in_an_export_are_typed_by_the_directory(ledger: Ledger) -> None:
    speakers = ("Interfax", "Carla Dunne", "Marco Rubio")
    check = build([(f"{who} said so.", who, Label.SUPPORTED, 0.9, "wsj") for who in speakers])
    ledger.record(check)
    for place in range(len(speakers)):
        decide(ledger, check, place)
    reviews, _ = export(ledger, directory=OUTLETS)
    assert [reviews[claim.id]["itemReviewed"]["author"] for claim in check.extraction.claims] == [
        {"@type": "Organization", "name": "Interfax"},
        {"name": "Carla Dunne"},
        {"@type": "Person", "name": "Marco Rubio"},
    ]


@pytest.mark.parametrize("changes", [{"speaker": "an official", "anonymous": True}, {"negated": True}])
def test_who_is_anonymous_or_did_not_say_it_is_not_the_author(
    ledger: Ledger, check: Check, changes: dict[str, Any]
) -> None:
    claim = check.extraction.claims[0]
    assert claim.attribution
    hidden = replace(claim, attribution=replace(claim.attribution, **changes))
    claims = (hidden, *check.extraction.claims[1:])
    changed = replace(check, extraction=replace(check.extraction, claims=claims))
    ledger.record(changed)
    decide(ledger, changed, 0)
    reviews, _ = export(ledger, outlets={"news_example": "The Example"})
    assert reviews[claim.id]["itemReviewed"]["author"] == {"@type": "Organization", "name": "The Example"}


@pytest.mark.parametrize("published", ["20 January 2025", "yesterday", "2025-13-01", ""])
def test_a_date_that_is_none_is_left_out(ledger: Ledger, check: Check, published: str) -> None:
    ledger.record(replace(check, article=replace(check.article, published=published)))
    decide(ledger, check, 0)
    ((_, item),) = export(ledger)[0].items()
    assert "datePublished" not in item["itemReviewed"]


@pytest.mark.parametrize("page", ["", "desk.example/{id}", "https://desk.example/", "ftp://desk.example/{id}"])
def test_claim_review_needs_the_address_where_it_is_published(ledger: Ledger, page: str) -> None:
    with pytest.raises(LedgerError, match="address of the published check"):
        ledger.export("claimreview", page=page)


VALID: dict[str, Any] = {
    "@context": "https://schema.org",
    "@type": "ClaimReview",
    "url": "https://desk.example/1",
    "datePublished": "2025-01-20",
    "author": {"@type": "Organization", "name": "The Desk"},
    "claimReviewed": "Words.",
    "reviewRating": {"@type": "Rating", "alternateName": "False"},
    "itemReviewed": {"@type": "Claim", "author": {"@type": "Person", "name": "Putin"}},
}


@pytest.mark.parametrize(
    ("path", "value", "fault"),
    [
        ((), None, None),
        (("itemReviewed", "author"), {"name": "Moscow"}, None),
        (("reviewRating", "ratingValue"), 1, None),
        (("@context",), "http://other.example", "@context"),
        (("@type",), "Review", "no ClaimReview"),
        (("url",), "desk.example/1", "is no URL"),
        (("datePublished",), "20 January 2025", "is no Date"),
        (("datePublished",), "2025-02-30", "is no Date"),
        (("claimReviewed",), "", "without claimReviewed"),
        (("reviewRating", "alternateName"), None, "without alternateName"),
        (("reviewRating", "headline"), "x", "a Rating has no headline"),
        (("reviewRating", "ratingLabel"), "x", "no property ratingLabel"),
        (("author",), {"@type": "Rating", "alternateName": "x"}, "is no Organization or Person"),
        (("author",), "The Desk", "is no Organization or Person"),
        (("itemReviewed", "author"), {"@type": "Ministry", "name": "x"}, "no type Ministry"),
        (("itemReviewed", "author"), {"headline": "x"}, "untyped"),
    ],
)
def test_the_validator_finds_what_is_wrong(path: tuple[str, ...], value: Any, fault: str | None) -> None:
    document = copy.deepcopy(VALID)
    if path:
        place = document
        for step in path[:-1]:
            place = place[step]
        place[path[-1]] = value
    problems = faults(document)
    assert (problems == []) if fault is None else any(fault in problem for problem in problems), problems


def test_nothing_invisible_turns_or_splits_what_is_published(ledger: Ledger) -> None:
    check = build([("The \u202epeace\u202c was long.", None, Label.SUPPORTED, 0.9, None)])
    title, outlet = "Ta\u2066lks\x1b[31m \u200bof\npeace", "The De\u200bsk"
    ledger.record(replace(check, article=replace(check.article, title=title, outlet=outlet)))
    decide(ledger, check, 0, note="as the \u202ePDF\u202c says")
    reviews, _ = export(ledger, publisher="Another desk")
    (text,) = (json.dumps(review, ensure_ascii=False) for review in reviews.values())
    assert not {"\u202e", "\u202c", "\u2066", "\u200b", "\x1b"} & set(text)
    assert '"headline": "Talks[31m of peace"' in text
    assert export(ledger)[0] == {}  # its own claim, whatever stands between the letters of its name


def test_no_words_end_the_element_that_a_review_stands_in(ledger: Ledger, check: Check) -> None:
    ledger.record(check)
    decide(ledger, check, 0, note="</script><script>alert(1)</script>")
    (line,) = ledger.export("claimreview", publisher="The Desk", page=PAGE)
    assert "<" not in line
    assert json.loads(line)["reviewRating"]["ratingExplanation"] == "</script><script>alert(1)</script>"
