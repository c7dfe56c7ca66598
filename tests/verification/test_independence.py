"""Whether two sources are two: copies, one outlet, a page that leans on the other; and what that does to a verdict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from claims.records import (
    Citation,
    CitationKind,
    Claim,
    ClaimKind,
    Label,
    Link,
    Page,
    Policy,
    Probabilities,
    Reading,
    Source,
    Stamp,
    Verdict,
)
from claims.verification.judges.judge import Judge
from claims.verification.judges.load import load_judge
from claims.verification.verdict.independence import copied_share, tie
from claims.verification.verify import verify

WIRE = (
    "MOSCOW, Jan 20 (Reuters) - A missile strike on the city of Dnipro killed 12 people on Sunday, the governor said.\n"
    "Rescuers searched the rubble of an apartment block through the night, and the power went out in three districts.\n"
    "The mayor called for three days of mourning and said that schools will stay closed until Thursday."
)
CUT = (
    WIRE.split("\n", maxsplit=1)[0]
    + "\nOur correspondent adds that the road to the airport is open again for all cars."
)
OWN = (
    "Twelve residents died when a rocket hit Dnipro on Sunday, according to a list that a hospital gave us.\n"
    "Neighbours told our reporter how the stairwell filled with smoke; the fire brigade came after ten minutes."
)
FAR = "The ruble rose against the dollar on Monday as traders looked towards the decision of the central bank on rates."


def reading(
    host: str, text: str, *, outlet: str | None = None, links: Sequence[str] = (), path: str = "story", **page: str
) -> Reading:
    url = f"https://www.{host}/world/{path}"
    citation = Citation(kind=CitationKind.LINK, url=url)
    made = tuple(Link(span=(0, 1), href=href) for href in links)
    return Reading(source=Source(citation=citation), page=Page(text=text, url=url, outlet=outlet, links=made, **page))  # type: ignore[arg-type]  # test data


REUTERS = reading("reuters.com", WIRE, outlet="reuters")

POST = replace(
    reading("post.example", FAR),
    source=Source(citation=Citation(kind=CitationKind.OUTLET, outlet="post", text="the Evening Post")),
)
MOVED = Reading(
    source=Source(citation=Citation(kind=CitationKind.LINK, url="https://short.example/1")),
    page=Page(text=OWN, url="https://short.example/1", final_url="https://long.example/1"),
)


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        (REUTERS, reading("gazette.example", WIRE), "reuters.com and gazette.example carry the same Reuters text"),
        (REUTERS, reading("gazette.example", CUT), "carry the same Reuters text"),
        (REUTERS, reading("gazette.example", WIRE.replace("12 people", "21 people")), "carry the same Reuters text"),
        (REUTERS, reading("gazette.example", WIRE.replace("killed", "left dead").replace("power", "light")),
         "carry the same Reuters text"),
        (reading("a.example", OWN), reading("b.example", OWN), "a.example and b.example carry the same text"),
        (REUTERS, reading("reuters.com", FAR, path="ruble"), "belong to the same outlet"),
        (reading("a.example", OWN, outlet="herald"), reading("b.example", FAR, outlet="herald"),
         "belong to the same outlet"),
        (reading("gazette.example", f"{OWN}\nThe toll was confirmed, according to Reuters."), REUTERS,
         "gazette.example names reuters.com as its source"),
        (REUTERS, reading("gazette.example", f"{OWN}\nReuters first reported the strike."),
         "gazette.example names reuters.com"),
        (reading("gazette.example", f"The governor told Reuters that it was a rocket. {OWN}"), REUTERS,
         "names reuters.com"),
        (reading("gazette.example", OWN, links=["https://reuters.com/world/story/"]), REUTERS, "names reuters.com"),
        (reading("a.example", f"PARIS (AFP) - {OWN}"), reading("b.example", FAR, byline="AFP, Paris"),
         "a.example and b.example both credit AFP"),
        (reading("a.example", FAR), reading("m.a.example", OWN), "a.example and m.a.example belong to the same outlet"),
        (reading("gazette.example", f"{OWN}\nThe toll was confirmed, according to the Evening Post."), POST,
         "gazette.example names post.example as its source"),
        (replace(POST, page=None), REUTERS, None),
        (REUTERS, reading("gazette.example", f"{OWN}\nThe toll was confirmed, according to the evening post."), None),
        (reading("gazette.example", FAR, links=["https://short.example/1"]), MOVED, "names long.example as its source"),
        (reading("gazette.example", FAR, links=["https://long.example/1"]), MOVED, "names long.example as its source"),
        (reading("a.example", FAR, byline="AP"), reading("b.example", OWN, byline="Reuters"), None),
        # Independent.
        (REUTERS, reading("gazette.example", OWN), None),
        (REUTERS, reading("gazette.example", FAR), None),
        (REUTERS, reading("gazette.example", f"{OWN}\nReuters shares fell on Monday."), None),
        (REUTERS, reading("gazette.example", OWN, links=["https://www.reuters.com/"]), None),
        (REUTERS, reading("gazette.example", OWN, links=["https://www.reuters.com/other"]), None),
        (reading("a.example", "It rained."), reading("b.example", "It rained."), None),
        (reading("a.example", f"{OWN}\nHe apparently told it."), reading("it.example", FAR, outlet="it"), None),
        (reading("a.example", f"{OWN} AP classes start."), reading("b.example", f"{FAR} An AP teacher."), None),
    ],
)  # fmt: skip
def test_why_two_sources_count_as_one(one: Reading, other: Reading, why: str | None) -> None:
    found = tie(one, other)
    assert (found is None) is (why is None), found
    if why is not None:
        assert found is not None
        assert why in found
        assert tie(other, one) is not None


def test_a_source_is_not_tied_to_itself_nor_to_one_that_could_not_be_read() -> None:
    assert tie(REUTERS, REUTERS) is None
    assert (
        tie(REUTERS, Reading(source=Source(citation=Citation(kind=CitationKind.LINK, url="https://b.example/"))))
        is None
    )


@pytest.mark.parametrize(
    ("one", "other", "low", "high"),
    [
        (WIRE, WIRE, 1.0, 1.0),
        (WIRE, CUT, 0.5, 0.8),
        (WIRE, OWN, 0.0, 0.1),
        ("", WIRE, 0.0, 0.0),
        ("One two.", "One two.", 0.0, 0.0),
    ],
)  # fmt: skip
def test_containment(one: str, other: str, low: float, high: float) -> None:
    assert low <= copied_share(one, other) <= high
    assert copied_share(one, other) == copied_share(other, one)


CLAIM = "A missile strike on the city of Dnipro killed 12 people on Sunday."


def check(*readings: Reading, judge: Judge | None = None, cited: bool = True, text: str = CLAIM) -> Verdict:
    citations = tuple(one.source.citation for one in readings) if cited else ()
    claim = Claim(
        article="a", text=text, spans=(), statement=text, kind=ClaimKind.STATEMENT, checkable=True, citations=citations
    )
    asked = judge or load_judge("lexical")
    policy, now = Policy(), "2025-01-21T09:00:00Z"
    [verdict] = verify([claim], Page(text=text), readings, asked, Stamp(run="r", policy=policy, now=now))
    return verdict


SECOND = reading("gazette.example", f"{CLAIM} {OWN}")


@pytest.mark.parametrize("cited", [True, False])
def test_what_independent_sources_say_is_counted(cited: bool) -> None:
    verdict = check(REUTERS, SECOND, cited=cited)
    assert verdict.label is Label.SUPPORTED
    assert "2 independent sources say so." in verdict.rationale
    assert "count as one" not in verdict.rationale


@pytest.mark.parametrize("cited", [True, False])
def test_copies_are_counted_once(cited: bool) -> None:
    copy, third = reading("herald.example", WIRE), reading("post.example", CUT)
    verdict = check(REUTERS, copy, third, cited=cited)
    assert verdict.label is Label.SUPPORTED
    assert "independent sources" not in verdict.rationale
    assert verdict.rationale.count("they count as one source.") == 2
    assert "carry the same Reuters text" in verdict.rationale
    verdict = check(REUTERS, copy, SECOND, cited=cited)
    assert "2 independent sources say so." in verdict.rationale
    assert verdict.rationale.count("they count as one source.") == 1


def test_one_page_reached_in_two_ways_is_one_page() -> None:
    again = replace(REUTERS, source=replace(REUTERS.source, hop_of="another"))
    assert "count as one" not in check(REUTERS, again).rationale
    twice = check(REUTERS, reading("reuters.com", WIRE, path="copy"))
    assert "Two pages of reuters.com carry the same Reuters text; they count as one source." in twice.rationale


def test_files_without_an_address_are_several() -> None:
    files = [replace(one, page=Page(text=one.page.text)) for one in (REUTERS, SECOND) if one.page]
    assert "2 independent sources say so." in check(*files).rationale


def test_one_source_alone_is_not_counted() -> None:
    assert "source" not in check(REUTERS).rationale.replace("sources", "")


class Fickle:
    """A judge that reads the second of two copies differently."""

    name, version = "fickle", "1"

    def judge(self, pairs: Sequence[tuple[str, str]]) -> list[Probabilities]:
        yes, no = Probabilities(supported=0.9, refuted=0.05), Probabilities(supported=0.02, refuted=0.95)
        return [no if "Gazette" in passage else yes for _, passage in pairs]


CLOSED = "Officials of the council decided to shut both bridges over the river until the summer, a spokesman said."
BRIDGES = "The council closed both bridges over the river."


def test_two_readings_of_one_text_are_no_conflict() -> None:
    one = reading("herald.example", CLOSED)
    copy = reading("gazette.example", CLOSED.replace("a spokesman", "a Gazette spokesman"))
    other = reading(
        "gazette.example", "Both bridges over the river stay open, the council has decided, says the Gazette."
    )
    verdict = check(one, copy, judge=Fickle(), text=BRIDGES)
    assert (verdict.label, verdict.needs_review) == (Label.SUPPORTED, True)
    assert "carry the same text, but they were judged differently." in verdict.rationale
    assert check(one, other, judge=Fickle(), text=BRIDGES).label is Label.CONFLICTING


def test_a_copy_with_another_number_in_it_disagrees() -> None:
    verdict = check(REUTERS, reading("gazette.example", WIRE.replace("12 people", "30 people")))
    assert verdict.label is Label.CONFLICTING
