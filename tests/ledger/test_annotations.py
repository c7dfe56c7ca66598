"""Web Annotations: only what the desk decided, with selectors that lead back to the words."""

from __future__ import annotations

import json
import re
import uuid
from typing import Any

import pytest
from review_sample import AT, reviewed
from sample_records import make_claim

from claims.ledger.exports.annotations import selected_spans, text_selectors
from claims.ledger.ledger import Ledger
from claims.records import Block, BlockKind, Check, Decision, Page, Review

TEXT = "It rained. It rained on Monday.\n\nIt rained.\n\nNobody came, it rained."


def decided(ledger: Ledger, check: Check, **options: Any) -> tuple[list[dict[str, Any]], dict[str, str]]:
    refused: dict[str, str] = {}
    lines = ledger.export("webannotation", refused=refused.__setitem__, **{"publisher": "The Desk", **options})
    return [json.loads(line) for line in lines], refused


@pytest.mark.parametrize("start", [match.start() for match in re.finditer("[Ii]t rained", TEXT)])
@pytest.mark.parametrize("with_blocks", [True, False])
def test_the_selectors_lead_to_one_place(start: int, with_blocks: bool) -> None:
    blocks = [Block(kind=BlockKind.PARAGRAPH, span=match.span()) for match in re.finditer(r"[^\n]+", TEXT)]
    page = Page(text=TEXT, blocks=tuple(blocks) if with_blocks else ())
    quote, place, *_ = text_selectors(page, (start, start + 9))
    assert TEXT[place["start"] : place["end"]] == quote["exact"] == TEXT[start : start + 9]
    assert TEXT.count(quote["prefix"] + quote["exact"] + quote["suffix"]) == 1
    assert TEXT.index(quote["prefix"] + quote["exact"] + quote["suffix"]) + len(quote["prefix"]) == start


def test_the_words_around_are_of_the_same_paragraph_where_these_are_enough() -> None:
    blocks = [Block(kind=BlockKind.PARAGRAPH, span=match.span()) for match in re.finditer(r"[^\n]+", TEXT)]
    page = Page(text=TEXT, blocks=tuple(blocks))
    start = TEXT.index("Nobody")
    quote, *_ = text_selectors(page, (start, start + 11))
    assert (quote["prefix"], quote["suffix"]) == ("", ", it rained.")


@pytest.mark.parametrize(
    ("words", "beginning", "end"),
    [
        ("Ana Berg (D-Minn.) won on Monday.", "Ana Berg (D-Minn.)", "Nobody else ran"),
        ("Ana Berg (D-Minn.) won", "Ana Berg (D-Minn.)", "on Monday. Nobody"),
        ("Nobody else ran", "Nobody else ran", "It was late,"),
        ("Nobody else ran in Orrin.", "Nobody else ran", "It was late,"),
        ("It was late, he said.", None, None),
        ("Nobody else", None, None),
    ],
)
def test_a_range_leads_from_the_first_words_to_those_after(words: str, beginning: str | None, end: str | None) -> None:
    text = "Ana Berg (D-Minn.) won on Monday. Nobody else ran in Orrin.\n\nIt was late, he said."
    blocks = [Block(kind=BlockKind.PARAGRAPH, span=match.span()) for match in re.finditer(r"[^\n]+", text)]
    start = text.index(words)
    _, _, *ranges = text_selectors(Page(text=text, blocks=tuple(blocks)), (start, start + len(words)))
    found = [(way["startSelector"]["exact"], way["endSelector"]["exact"]) for way in ranges]
    assert found == ([(beginning, end)] if beginning else [])


@pytest.mark.parametrize(
    ("kind", "text", "words"),
    [
        (BlockKind.ITEM, "2020 | 12 million | a, b", ["2020", "12 million", "a, b"]),
        (BlockKind.ITEM, "One item.", ["One item."]),
        (BlockKind.PARAGRAPH, "a|b", ["a|b"]),
    ],
)
def test_a_row_of_a_table_is_selected_by_its_cells(kind: BlockKind, text: str, words: list[str]) -> None:
    page = Page(text=text, blocks=(Block(kind=kind, span=(0, len(text))),))
    spans = selected_spans(make_claim(page, text), page)
    assert [text[start:end] for start, end in spans] == words


def test_only_decided_claims_are_annotated(ledger: Ledger, check: Check) -> None:
    reviewed(ledger, check)
    (annotation,), refused = decided(ledger, check, site="https://desk.example/")
    claim = check.extraction.claims[2]
    assert len(refused) == len(check.extraction.claims) - 1
    assert uuid.UUID(annotation.pop("id")).version == 5
    assert annotation == {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "type": "Annotation",
        "motivation": "assessing",
        "creator": {"type": "Organization", "name": "The Desk", "homepage": "https://desk.example/"},
        "created": "2025-01-23T09:00:00Z",
        "generator": {"type": "Software", "name": "Factdesk"},
        "body": [  # overruled: the note alone, and not the passages of the verdict that no longer stands
            {
                "type": "TextualBody",
                "format": "text/plain",
                "language": "en",
                "purpose": "tagging",
                "value": "Supported",
            },
            {
                "type": "TextualBody",
                "format": "text/plain",
                "language": "en",
                "purpose": "commenting",
                "value": "the paper's own PDF says twenty",
            },
        ],
        "target": {
            "source": "https://news.example/inauguration",
            "selector": [
                {
                    "type": "TextQuoteSelector",
                    "exact": "The plan offers Ukraine a twenty-year wait.",
                    "prefix": "",
                    "suffix": "",
                },
                {"type": "TextPositionSelector", "start": claim.spans[0][0], "end": claim.spans[0][1]},
                {
                    "type": "RangeSelector",
                    "startSelector": {
                        "type": "TextQuoteSelector",
                        "exact": "The plan offers",
                        "prefix": "",
                        "suffix": " Ukraine a twenty-year wait.",
                    },
                    "endSelector": {
                        "type": "TextQuoteSelector",
                        "exact": "Moscow has rejected",
                        "prefix": "",
                        "suffix": " a twenty-year wait.",
                    },
                },
            ],
            "state": {"type": "TimeState", "sourceDate": "2025-01-21T08:00:00Z"},
        },
    }


def test_a_confirmed_verdict_has_its_passages_and_a_new_decision_is_a_new_annotation(
    ledger: Ledger, check: Check
) -> None:
    ledger.record(check)
    claim = check.extraction.claims[2]
    ledger.review(Review(claim=claim.id, reviewer="Ana", decision=Decision.CONFIRM, at=AT))
    (first,), _ = decided(ledger, check, scale={"contradicted": "False"})
    assert [body.get("value") for body in first["body"][:2]] == ["False", "The source contradicted."]
    assert first["body"][2] == {
        "type": "SpecificResource",
        "purpose": "linking",
        "source": "https://reuters.example/putin?x=1",
        "selector": {
            "type": "TextQuoteSelector",
            "exact": "As reuters reported: The plan offers Ukraine a twenty-year wait. Zürich’s café agreed.",
        },
    }
    (same,), _ = decided(ledger, check, scale={"contradicted": "False"})
    assert same == first
    ledger.review(Review(claim=claim.id, reviewer="Ana", decision=Decision.UNDO, at=AT))
    assert decided(ledger, check)[0] == []
    ledger.review(Review(claim=claim.id, reviewer="Ana", decision=Decision.CONFIRM, at=AT))
    (later,), _ = decided(ledger, check)
    assert later["id"] != first["id"]
