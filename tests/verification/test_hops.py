"""What a cited page leans on itself: named in the verdict, and weighed as an editor would."""

from __future__ import annotations

import pytest

from claims.records import (
    Citation,
    CitationKind,
    Claim,
    ClaimKind,
    Label,
    Page,
    Policy,
    Reading,
    Reason,
    Source,
    Stamp,
    Verdict,
)
from claims.verification.judges.judge import Judge
from claims.verification.judges.load import load_judge
from claims.verification.verify import nearest, verify

STRIKE = (
    "A missile strike on the city of Dnipro killed 12 people on Sunday, Reuters reported.\n"
    "Rescuers searched the rubble of an apartment block through the night."
)
SAME = "A missile strike on the city of Dnipro killed 12 people on Sunday, the regional governor said."
OTHER_NUMBER = "A missile strike on the city of Dnipro killed 7 people on Sunday, the regional governor said."
ELSEWHERE = "Snow closed the airport of Oslo on Sunday, and hundreds of passengers slept in its halls."
CLAIM = "A missile strike on the city of Dnipro killed 12 people on Sunday."
WSJ = "https://www.wsj.com/world/dnipro"
REUTERS = "https://www.reuters.com/world/dnipro"


@pytest.fixture(scope="module", params=["embedded", "lexical"])
def judge(request: pytest.FixtureRequest) -> Judge:
    return load_judge(request.param)


def cited(text: str | None = STRIKE) -> Reading:
    source = Source(
        citation=Citation(kind=CitationKind.LINK, outlet="wsj", url=WSJ), reason=None if text else Reason.ROBOTS
    )
    page = Page(text=text, url=WSJ, final_url=WSJ, outlet="wsj", published="2025-01-20") if text else None
    return Reading(source=source, page=page)


def claim(checkable: bool = True) -> Claim:
    return Claim(
        article="a",
        text=CLAIM,
        spans=(),
        statement=CLAIM,
        kind=ClaimKind.STATEMENT,
        checkable=checkable,
        citations=(cited().source.citation,),
    )


def further(text: str | None, reason: Reason | None = None, *, of: str | None = None, linked: bool = False) -> Reading:
    """What the page of the Journal leans on: Reuters, by name or by a link."""
    citation = Citation(
        kind=CitationKind.LINK if linked else CitationKind.OUTLET,
        text="Reuters",
        outlet="reuters",
        url=REUTERS if linked else None,
    )
    source = Source(
        citation=citation, claims=(claim().id,), reason=reason, hop_of=cited().source.id if of is None else of
    )
    page = Page(text=text, url=REUTERS, final_url=REUTERS, outlet="reuters", published="2025-01-20") if text else None
    return Reading(source=source, page=page)


def check(judge: Judge, *readings: Reading, one: Claim | None = None) -> Verdict:
    article = Page(text=CLAIM, published="2025-01-21")
    [verdict] = verify(
        [one or claim()], article, readings, judge, Stamp(run="r", policy=Policy(), now="2025-01-21T09:00:00Z")
    )
    return verdict


def test_a_page_that_says_so_too_is_named_and_joins_the_evidence(judge: Judge) -> None:
    before, verdict = check(judge, cited()), check(judge, cited(), further(SAME))
    assert verdict.label is before.label is Label.SUPPORTED
    assert (verdict.confidence, verdict.needs_review) == (before.confidence, before.needs_review)
    assert verdict.rationale.endswith(f"wsj.com itself relies on Reuters for it ({REUTERS}), which says so too.")
    assert [piece.passage.outlet for piece in verdict.evidence][:2] == ["wsj", "reuters"]


@pytest.mark.parametrize(
    ("reading", "said"),
    [
        (
            further(None, Reason.PAYWALL, linked=True),
            f"reuters.com for it ({REUTERS}), which could not be read: pay",
        ),
        (further(None, Reason.BOT_WALL), "relies on Reuters for it, which could not be read: bot wall."),
        (further(None, Reason.UNRESOLVED), "relies on Reuters for it, and no address was found for that."),
        (further(ELSEWHERE), f"Reuters for it ({REUTERS}), which was read and does not mention it."),
    ],
)
def test_a_page_that_cannot_be_read_or_is_silent_takes_nothing_away(judge: Judge, reading: Reading, said: str) -> None:
    before, verdict = check(judge, cited()), check(judge, cited(), reading)
    assert (verdict.label, verdict.confidence, verdict.needs_review) == (
        before.label,
        before.confidence,
        before.needs_review,
    )
    assert said in verdict.rationale
    assert verdict.evidence == before.evidence


def test_a_page_with_another_number_is_a_disagreement(judge: Judge) -> None:
    verdict = check(judge, cited(), further(OTHER_NUMBER))
    assert (verdict.label, verdict.needs_review) == (Label.CONFLICTING, True)
    assert verdict.rationale.startswith("The sources disagree. wsj.com says so")
    assert f"relies on Reuters for it ({REUTERS}), which says otherwise" in verdict.rationale


def test_two_pages_that_say_otherwise_say_the_same(judge: Judge) -> None:
    verdict = check(judge, cited(STRIKE.replace("12", "7")), further(OTHER_NUMBER))
    assert verdict.label is Label.CONTRADICTED
    assert "which says the same: “A missile strike on the city of Dnipro killed 7 people" in verdict.rationale


def test_it_is_no_other_source_at_hand_for_its_claim(judge: Judge) -> None:
    silent = check(judge, cited(ELSEWHERE), further(SAME))
    assert silent.label is Label.NOT_IN_SOURCE
    assert "Another page" not in silent.rationale
    assert silent.rationale.endswith("which says so.")


@pytest.mark.parametrize(
    "readings",
    [
        (cited(None), further(SAME)),  # the cited page was not read: nothing is known to lean on it
        (cited(), further(SAME, of="another source")),
    ],
)
def test_only_what_a_page_that_was_read_leans_on_is_named(judge: Judge, readings: tuple[Reading, ...]) -> None:
    assert "itself relies on" not in check(judge, *readings).rationale


def test_what_cannot_be_checked_stays_so(judge: Judge) -> None:
    verdict = check(judge, cited(), further(OTHER_NUMBER), one=claim(checkable=False))
    assert verdict.label is Label.NOT_CHECKABLE
    assert "itself relies on" not in verdict.rationale


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (STRIKE, "A missile strike on the city of Dnipro killed 12 people on Sunday, Reuters reported."),
        (ELSEWHERE, None),
    ],
)
def test_the_nearest_passage_is_the_shortest_that_has_the_words(text: str, expected: str | None) -> None:
    found = nearest(claim(), Page(text=CLAIM), Page(text=text))
    assert (found and found.text) == expected
    assert found is None or text[slice(*found.span)] == expected
