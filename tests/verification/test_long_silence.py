"""A long page that says a claim in other words alone: it is not called silent without a person being asked."""

from __future__ import annotations

import pytest

from claims.records import Citation, CitationKind, Claim, ClaimKind, Label, Page, Policy, Reading, Source, Stamp
from claims.verification.judges.judge import Judge
from claims.verification.judges.load import load_judge
from claims.verification.verify import verify

# What else stands on the page, in twelve paragraphs.
FURTHER = """\
A spokeswoman had no comment. Neighbours gathered at the fence and talked until dusk.
Nothing like it has been seen here for a generation. An inquiry of 2009 filled two shelves, and few have opened them.
"I was hanging out the washing when the phone rang," one woman recalled. Her husband only shook his head.
Academics speak of a slow decline. They name old machines, thin budgets and a lack of young people.
The other parties want answers. Their leaders have asked for a sitting before the holidays.
In Austria something similar was settled in private ten years ago. The papers are under lock and key.
It was a mild day, with a light wind from the south. By the evening clouds had come up.
Traders fear for their takings. Some speak of a loss of 7 million euros, which others think is far too much.
Many take it to heart. The letters page of the local weekly has been full of it since Easter.
What follows is open. The next meeting is on the 21st, and minutes will be sent out later.
Trams ran with long gaps. At the station a queue reached as far as the fountain.
Otherwise the town went about its business. On the green the fair was set up as it is every year."""
PARAPHRASES = (
    (
        "The Swedish cabinet resigned over a dispute on wolf hunting quotas.",
        "Kristersson's team of ministers gave up on Sunday. They could not agree on how many predators may be shot.",
    ),
    (
        "Gotham's transit authority abolished paper tickets for commuters.",
        "Riders in New York have to tap a card or a phone from now on: slips with a magnetic strip are history.",
    ),
    (
        "The Vatican appointed a nun as head of its hospital department.",
        "For the first time a sister runs the clinics of the Holy See.",
    ),
    (
        "Wolfsburg's carmaker postponed its electric limousine by two years.",
        "VW will not show the Trinity, a saloon that runs on batteries, before 2028.",
    ),
    (
        "Chancellor Scholz dismissed his finance minister amid a budget quarrel.",
        "Lindner was thrown out of the government on Wednesday. They had fallen out over how to fill the hole.",
    ),
    (
        "A tanker spilled diesel into a nature reserve off Corsica.",
        "Fuel ran from a ship into waters where birds are protected. The slick off Bastia is three miles long.",
    ),
)


@pytest.fixture(scope="module")
def judge() -> Judge:
    return load_judge("embedded")


@pytest.mark.parametrize(("asked", "said"), PARAPHRASES, ids=[asked for asked, _ in PARAPHRASES])
def test_a_long_page_is_not_silent_unseen(judge: Judge, asked: str, said: str) -> None:
    citation = Citation(kind=CitationKind.LINK, url="https://paper.example/story")
    claim = Claim(
        article="a", text=asked, spans=(), statement=asked, kind=ClaimKind.STATEMENT, checkable=True,
        citations=(citation,),
    )  # fmt: skip
    page = Page(text=f"{said}\n{FURTHER}", url=citation.url)
    stamp = Stamp(run="r", policy=Policy(), now="2025-01-21T09:00:00Z")
    [verdict] = verify([claim], Page(text=asked), [Reading(source=Source(citation=citation), page=page)], judge, stamp)
    assert verdict.label is not Label.NOT_IN_SOURCE or verdict.needs_review
