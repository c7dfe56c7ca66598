"""Scores for rows of any set: attributions, page texts, claims, and verdicts on pairs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from statistics import fmean
from typing import Any

from benchmarks.attributions import Score, Spans, add, spans
from benchmarks.sources_text import f1
from claims.extraction.extract import extract
from claims.extraction.speech.attribution import attributions
from claims.extraction.text.document import parse_text
from claims.records import OutletDirectory, Page
from claims.verification.judges.judge import Judge
from claims.verification.pairs import verify_pairs
from sources.errors import Unavailable
from sources.page.page import read_page

Measured = dict[str, float]


def who_said_what(articles: Iterable[Mapping[str, Any]], outlets: OutletDirectory) -> Measured:
    """F1 of the attributions, and the shares of gold whose match has the right speaker and the right cue.

    Rows are PolNeAR's: ``text``, and ``attributions`` with spans of source, cue and content.
    """
    score, cues = Score(), Score()
    for row in articles:
        predicted = attributions(parse_text(row["text"]), Page(text=row["text"]), outlets)
        marked = [
            attribution for attribution in row["attributions"] if attribution["content"] and attribution["source"]
        ]
        contents = [spans(attribution["content"]) for attribution in marked]
        for part, sum_, ours in (
            ("source", score, [attribution.source_spans for attribution in predicted]),
            ("cue", cues, [attribution.cue_spans for attribution in predicted]),
        ):
            gold = zip(contents, [spans(attribution[part]) for attribution in marked], strict=True)
            add(
                sum_, list(gold), list(zip([attribution.content_spans for attribution in predicted], ours, strict=True))
            )
    return {
        "attributions: F1": score.f1,
        "attributions: right speaker": score.speaker_recall,
        "attributions: right cue": cues.speaker_recall,
    }


def page_text(pages: Iterable[tuple[str, str]]) -> Measured:
    """F1 of the text of pages; pairs of the true text and the one that was read."""
    return {"pages: F1 of the text": f1(pages)}


def read(data: bytes, url: str) -> str:
    """The text of an HTML page, empty if it cannot be read."""
    try:
        return read_page(data, url=url, content_type="text/html").text
    except Unavailable:
        return ""


def sorted_claims(rows: Sequence[Mapping[str, Any]], outlets: OutletDirectory) -> Measured:
    """The shares of texts with the right number of claims, all kinds right, and all told rightly whether checkable."""
    predicted = [extract(Page(text=row["text"]), outlets).claims for row in rows]
    both = [(row["claims"], claims) for row, claims in zip(rows, predicted, strict=True)]
    return {
        "claims: right number": fmean(len(gold) == len(ours) for gold, ours in both),
        "claims: right kinds": fmean(
            [claim["kind"] for claim in gold] == [claim.kind for claim in ours] for gold, ours in both
        ),
        "claims: right whether checkable": fmean(
            [claim["checkable"] for claim in gold] == [claim.checkable for claim in ours] for gold, ours in both
        ),
    }


def verdicts(rows: Sequence[Mapping[str, Any]], judge: Judge) -> Measured:
    """The share of pairs with the right label, and of those that are not supported the share not called supported.

    The labels are those of ``factdesk verify``. Where rows have a ``kind``, each kind is measured as well.
    """
    hits: dict[str, list[bool]] = defaultdict(list)
    for row, answer in zip(rows, verify_pairs(rows, judge), strict=True):
        hits["right label"].append(answer["label"] == row["label"])
        if row["label"] != "supported":
            hits["not supported, and not called so"].append(answer["label"] != "supported")
        if "kind" in row:
            hits[row["kind"]].append(answer["label"] == row["label"])
    return {f"verdicts: {name}": fmean(some) for name, some in hits.items()}


def spans_of(text: str, words: Iterable[str]) -> Spans:
    """Where each of the words stands in a text that has them once.

    Raises:
        ValueError: the text does not have them, or has them more than once.
    """
    places = []
    for phrase in words:
        if text.count(phrase) != 1:
            raise ValueError(f"{phrase!r} stands {text.count(phrase)} times in {text!r}, and should once")
        start = text.index(phrase)
        places.append((start, start + len(phrase)))
    return tuple(places)
