"""Markdown: only what the desk decided, with the text of others as text."""

from __future__ import annotations

from dataclasses import replace

import pytest
from markdown_it import MarkdownIt
from review_sample import AT, reviewed
from sample_check import build

from claims.ledger.exports.markdown import plain_text
from claims.ledger.ledger import Ledger
from claims.records import Change, Check, Decision, Label, Review


def markdown(ledger: Ledger, **options: object) -> str:
    return "\n".join(ledger.export("markdown", publisher="The Desk", **options))  # type: ignore[arg-type]


def confirm(ledger: Ledger, check: Check, *places: int) -> None:
    ledger.record(check)
    for place in places:
        claim = check.extraction.claims[place].id
        ledger.review(Review(claim=claim, reviewer="Ana", decision=Decision.CONFIRM, at=AT))


def test_an_article_with_its_decided_claims(ledger: Ledger, check: Check) -> None:
    confirm(ledger, check, 0, 7)
    assert markdown(ledger, scale={"supported": "Correctly quoted"}) == (
        "# Putin congratulates Trump\n\n"
        "[news.example](https://news.example/inauguration), 2025-01-20, checked by The Desk\n\n"
        "## Correctly quoted\n\n"
        "> Putin said Russia sought a long-term peace.\n\n"
        "The source supported.\n\n"
        "Source: [wsj.example](https://wsj.example/putin?x=1)\n\n"
        "Decided on 2025-01-23.\n\n"
        "## No source\n\n"
        "> Pokrovsk is central to logistics in Donetsk.\n\n"
        "The source no source.\n\n"
        "Decided on 2025-01-23.\n"
    )


def test_an_overruled_verdict_is_not_supported_by_its_passages(ledger: Ledger, check: Check) -> None:
    reviewed(ledger, check)
    text = markdown(ledger)
    assert text.count("## ") == 1
    assert "## Supported" in text
    assert "the paper's own PDF says twenty" in text
    assert "reuters.example" not in text


def test_each_article_has_one_heading_and_undecided_claims_are_left_out(ledger: Ledger, check: Check) -> None:
    confirm(ledger, check, 0, 1)
    other = build(address="https://news.example/other", run="run-2")
    confirm(ledger, other, 3)
    ledger.record(build(address="https://news.example/third", run="run-3"))
    assert sum(line.startswith("# ") for line in markdown(ledger).splitlines()) == 2


def test_a_statement_is_shown_with_what_was_put_in_for_certain_only(ledger: Ledger) -> None:
    check = build()
    claim = replace(
        check.extraction.claims[7],
        text="He said so on Monday.",
        statement="[Putin?] said so on Monday (20 January 2025).",
        changes=(
            Change(span=(0, 2), was="He", now="[Putin?]", sure=False, reason="he"),
            Change(span=(21, 21), was="", now=" (20 January 2025)", reason="the day of the article"),
        ),
    )
    extraction = replace(check.extraction, claims=(claim,))
    verdicts = (replace(check.verdicts[7], claim=claim.id),)
    confirm(ledger, replace(check, extraction=extraction, verdicts=verdicts, readings=()), 0)
    assert "> He said so on Monday.\n\nThe claim: He said so on Monday (20 January 2025).\n" in markdown(ledger)


@pytest.mark.parametrize(
    "words",
    [
        "<script>alert(1)</script>",
        "[a link](javascript:alert(1)) ![x](http://evil.example/x.png)",
        "**bold** _it_ `code` ~~gone~~ $x$ a|b",
        "# no heading",
        "- no list",
        "1. no list",
        "12) no list",
        "+ no list",
        "> no quotation",
        "two\n\nparagraphs &amp; an entity",
        "a back\\slash and \\* a star",
        "<https://evil.example>",
        "a \u202eturn\u2066 and an \x1b[31mescape",
        "=== \n---",
        "He paid 5 * 3 - 2 = 13 # exactly.",
    ],
)
def test_text_from_outside_stays_text(ledger: Ledger, words: str) -> None:
    shown = "".join(character for character in " ".join(words.split()) if character not in "\u202e\u2066\x1b")
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(plain_text(words))
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    assert {child.type for child in tokens[1].children or []} <= {"text", "text_special"}
    assert "".join(child.content for child in tokens[1].children or []) == shown
    confirm(ledger, build([(words.replace("\n", " "), None, Label.NO_SOURCE, 0.5, None)]), 0)
    html = MarkdownIt().render(markdown(ledger))
    assert "<script" not in html
    assert html.count("<a ") == html.count("<h1>") == html.count("<h2>") == html.count("<blockquote>") == 1


def test_an_address_cannot_end_its_link(ledger: Ledger) -> None:
    check = build(address="https://news.example/a)b<c>(d) [e]?token=geheim12345678901234")
    confirm(ledger, check, 0)
    text = markdown(ledger)
    assert "geheim" not in text
    html = MarkdownIt().render(text)
    assert 'href="https://news.example/a%29b%3Cc%3E%28d%29%20%5Be%5D?token=-"' in html
