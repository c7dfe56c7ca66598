"""What of a page is kept as evidence: the best support, the best contradiction, the nearest miss, at exact offsets."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from claims.records import (
    Block,
    BlockKind,
    Citation,
    CitationKind,
    Page,
    Passage,
    Probabilities,
    Reading,
    Source,
    Stance,
)
from claims.verification.evidence.passages import Ranked, read_as_one
from claims.verification.weighing.assess import assess
from claims.verification.weighing.page_view import Outcome, View
from claims.verification.weighing.question import PageQuestion
from claims.verification.weighing.weigh import Question

CLAIM = "The council closed the old bridge on Monday."
SAYS = "On Monday the old bridge was closed on an order of the council."
DENIES = "The council did not close the old bridge on Monday."
MISS = "The council inspected the old bridge on Monday."
PAD = "Owls hunt at night."
READ = (MISS, DENIES, SAYS)
TEXT = "\n".join((PAD, MISS, PAD, DENIES, PAD, SAYS, PAD))
READING = Reading(
    source=Source(citation=Citation(kind=CitationKind.LINK, url="https://gazette.example/")),
    page=Page(text=TEXT, url="https://gazette.example/"),
)


def answered(*answers: tuple[float, float], claim: str = CLAIM, page: str = TEXT, read: Sequence[str] = READ) -> View:
    """The answer of a page of which some sentences were read, each with what a judge would say of it."""
    ranked = Ranked(Page(text=page, url="https://gazette.example/"))
    windows = [next(one for one in ranked.windows if one.passage.text == text) for text in read]
    asked = PageQuestion(
        claim="c", question=Question(statement=claim), reading=READING, ranked=ranked, windows=tuple(windows),
        quotes=(), alike=None, asked=True,
    )  # fmt: skip
    return assess(asked, [Probabilities(supported=yes, refuted=no) for yes, no in answers])


@pytest.mark.parametrize(
    ("answers", "outcome", "first"),
    [
        (((0.3, 0.1), (0.05, 0.9), (0.95, 0.02)), Outcome.SUPPORTS, SAYS),
        (((0.1, 0.2), (0.02, 0.95), (0.1, 0.1)), Outcome.REFUTES, DENIES),
    ],
    ids=["said", "denied"],
)
def test_the_deciding_passage_is_first(answers: tuple[tuple[float, float], ...], outcome: Outcome, first: str) -> None:
    view = answered(*answers)
    assert view.outcome is outcome
    assert view.evidence[0].passage.text == first


def test_support_contradiction_and_miss_are_kept() -> None:
    view = answered((0.3, 0.1), (0.05, 0.9), (0.95, 0.02))
    found = {one.passage.text: one.stance for one in view.evidence}
    assert found[SAYS] is Stance.SUPPORTS
    assert found[DENIES] is Stance.REFUTES


def test_a_silent_page_keeps_its_nearest_miss() -> None:
    sold = "The council will sell the old bridge to a museum in May."
    view = answered((0.05, 0.05), claim=sold, page=f"{PAD}\n{MISS}\n{PAD}", read=(MISS,))
    assert view.outcome is Outcome.SILENT
    assert [(one.passage.text, one.stance) for one in view.evidence] == [(MISS, Stance.NEUTRAL)]


def exact(passage: Passage, page: Page) -> bool:
    return page.text[passage.span[0] : passage.span[1]] == passage.text


def test_every_exhibit_stands_at_its_offsets() -> None:
    page = READING.page
    assert page is not None
    view = answered((0.3, 0.1), (0.05, 0.9), (0.95, 0.02))
    assert view.evidence
    assert all(exact(one.passage, page) for one in view.evidence)


def test_passages_know_their_heading_and_title() -> None:
    text = f"Bridges\n{MISS}\nRoads\n{SAYS}"
    spans = [(text.index(line), text.index(line) + len(line)) for line in text.split("\n")]
    kinds = (BlockKind.HEADING, BlockKind.PARAGRAPH) * 2
    blocks = tuple(Block(kind=kind, span=span) for kind, span in zip(kinds, spans, strict=True))
    windows = Ranked(Page(text=text, title="The week", blocks=blocks)).windows
    assert [(one.context, one.passage.text) for one in windows] == [
        ("The week. Bridges", MISS),
        ("The week. Roads", SAYS),
    ]


def test_support_that_is_spread_is_read_together() -> None:
    ranked = Ranked(Page(text=TEXT))
    whole = read_as_one(ranked.top("The council inspected the old bridge and closed it on Monday"))
    assert MISS in whole
    assert SAYS in whole
    assert whole.index(MISS) < whole.index(SAYS)
