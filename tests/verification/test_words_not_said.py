"""The words that a source does not seem to say: which are marked, and where they stand in the article."""

from __future__ import annotations

from pathlib import Path

import pytest
from stand_in import larger_reader

from claims.highlights import marked_claim
from claims.records import (
    Citation,
    CitationKind,
    Claim,
    ClaimKind,
    Label,
    Page,
    Policy,
    Probabilities,
    QuantityFinding,
    Reading,
    Source,
    Span,
    Stamp,
    Verdict,
    WordMark,
)
from claims.verification.judges.embedded import EntailmentJudge
from claims.verification.judges.judge import Judge
from claims.verification.verify import verify
from claims.verification.weighing.unsaid import NOTHING_MARKED, Unsaid, common, marked, unsaid_spans

TEXT = "On Monday, the council of Ulm, which met in secret, closed both old bridges over the Danube."


def span(text: str, part: str) -> Span:
    return text.index(part), text.index(part) + len(part)


def claim_of(*pieces: str, statement: str = "") -> Claim:
    spans = tuple(span(TEXT, piece) for piece in pieces)
    text = " ".join(pieces)
    return Claim(
        article="a", text=text, spans=spans, statement=statement or text, kind=ClaimKind.STATEMENT, checkable=True
    )


@pytest.mark.parametrize(
    ("statement", "parts", "expected"),
    [
        ("The council of Ulm closed both old bridges.", ("old", "bridges"), ["old bridges"]),
        ("The council of Ulm closed both old bridges.", ("Ulm", "bridges"), ["Ulm", "bridges"]),
        # What the statement has and the article has not is no place in it.
        ("On Monday (20 January 2025) the town council closed bridges.", ("2025", "town", "Monday"), ["Monday"]),
        ("Nobody said anything of the sort.", ("Nobody", "anything", "sort"), []),
        ("The council of Ulm closed both old bridges.", (), []),
    ],
)
def test_words_of_the_statement_at_their_place_in_the_article(
    statement: str, parts: tuple[str, ...], expected: list[str]
) -> None:
    claim = claim_of("On Monday, the council of Ulm", "closed both old bridges over the Danube")
    unsaid = Unsaid(statement=statement, spans=tuple(sorted(span(statement, part) for part in parts)))
    found = unsaid_spans(claim, unsaid)
    assert [TEXT[start:end] for start, end in found] == expected
    assert [text for text, over in marked_claim(claim, found) if over] == expected
    assert "".join(text for text, _ in marked_claim(claim, found)) == claim.text


def test_a_phrase_over_two_pieces_of_a_claim_is_two_places() -> None:
    claim = claim_of("the council of Ulm", "closed both old bridges")
    statement = "The council of Ulm closed both old bridges."
    unsaid = Unsaid(statement=statement, spans=(span(statement, "Ulm"), span(statement, "closed")))
    assert unsaid.phrases == ("Ulm closed",)
    assert [TEXT[start:end] for start, end in unsaid_spans(claim, unsaid)] == ["Ulm", "closed"]


def test_a_claim_without_a_place_has_no_marks() -> None:
    claim = Claim(article="a", text=TEXT, spans=(), statement=TEXT, kind=ClaimKind.STATEMENT, checkable=True)
    assert unsaid_spans(claim, Unsaid(statement=TEXT, spans=(span(TEXT, "Ulm"),))) == ()


@pytest.mark.parametrize(
    ("probability", "agrees", "expected"),
    [(0.5, None, ("two hours",)), (0.49, None, ()), (0.9, True, ()), (0.9, False, ("two hours",))],
)
def test_a_word_that_a_rule_found_in_another_form_is_said(
    probability: float, agrees: bool | None, expected: tuple[str, ...]
) -> None:
    statement = "They met for two hours."
    marks = tuple(WordMark(span=span(statement, part), unsaid=probability) for part in ("two", "hours"))
    answer = Probabilities(supported=0.2, refuted=0.1, words=marks)
    finding = QuantityFinding(kind="duration", claimed="two hours", found="120 minutes", agrees=agrees)
    assert marked(statement, answer, [(), (finding,)]).phrases == expected


def test_of_several_sources_only_what_none_seems_to_say() -> None:
    first, second = (Unsaid(statement="a b c", spans=spans) for spans in (((0, 1), (2, 3)), ((2, 3), (4, 5))))
    assert common([first, second]).spans == ((2, 3),)
    assert common([first, NOTHING_MARKED]) == first
    assert common([NOTHING_MARKED, first]) == first
    assert common([first, Unsaid(statement="a b c")]).spans == ()
    assert common([]) == common([NOTHING_MARKED]) == NOTHING_MARKED


@pytest.fixture(scope="module")
def marking(tmp_path_factory: pytest.TempPathFactory) -> Judge:
    """A judge that finds nothing supported, and marks the words that the passages do not have."""
    return EntailmentJudge(larger_reader(tmp_path_factory.mktemp("marking"), shift=(-20.0, -20.0, 0.0)))


def checked(judge: Judge, *pages: str) -> Verdict:
    readings = [
        Reading(
            source=Source(citation=Citation(kind=CitationKind.LINK, url=f"https://{place}.example/")),
            page=Page(text=text, url=f"https://{place}.example/"),
        )
        for place, text in enumerate(pages)
    ]
    claim = Claim(
        article="a",
        text=TEXT,
        spans=((0, len(TEXT)),),
        statement=TEXT,
        kind=ClaimKind.STATEMENT,
        checkable=True,
        citations=tuple(reading.source.citation for reading in readings),
    )
    stamp = Stamp(run="r", policy=Policy(), now="2025-01-21T09:00:00Z")
    [verdict] = verify([claim], Page(text=TEXT), readings, judge, stamp)
    return verdict


NEAR = "The council of Ulm met on Monday. It spoke of the old bridges over the Danube, both of them rusty, in secret."
WHOLE = f"{TEXT} Nobody was hurt."


def test_a_verdict_names_the_words_that_the_source_does_not_seem_to_say(marking: Judge) -> None:
    verdict = checked(marking, NEAR)
    assert verdict.label is not Label.SUPPORTED
    assert [TEXT[start:end] for start, end in verdict.unsaid] == ["closed"]


@pytest.mark.parametrize("pages", [(WHOLE,), (NEAR, WHOLE)])
def test_what_is_supported_has_no_marks(marking: Judge, pages: tuple[str, ...]) -> None:
    verdict = checked(marking, *pages)
    assert verdict.label is Label.SUPPORTED
    assert verdict.unsaid == ()


def test_what_another_cited_source_says_is_not_marked(marking: Judge) -> None:
    other = "The closed council of Ulm is old. Both bridges over the Danube are in secret, Monday or not."
    assert checked(marking, NEAR).unsaid
    assert checked(marking, NEAR, other).unsaid == ()


def test_a_page_of_something_else_marks_nothing(marking: Judge) -> None:
    verdict = checked(marking, "The orchestra of Vienna will tour Japan in spring.")
    assert verdict.label is Label.NOT_IN_SOURCE
    assert verdict.unsaid == ()


def test_the_rationale_names_them_where_no_word_is_missing_outright(marking: Judge, tmp_path: Path) -> None:
    strict = EntailmentJudge(larger_reader(tmp_path, shift=(-20.0, -20.0, 0.0), threshold=-9.0))  # marks every word
    text = checked(strict, "The closed council of Ulm met in secret on Monday; both old bridges over the Danube stay.")
    assert text.label is not Label.SUPPORTED
    assert "It does not seem to say: “" in text.rationale
    assert text.unsaid[0] == span(TEXT, "council")
    lacking = checked(marking, NEAR).rationale
    assert "does not seem to say" not in lacking
    assert "Not found there: closed" in lacking or "not found there: closed" in lacking
