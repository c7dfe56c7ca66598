"""Where in a recording a quotation is spoken, when its source is a transcript with times."""

from __future__ import annotations

import pytest

from claims.naming import clock_time
from claims.records import Citation, CitationKind, Claim, ClaimKind, Page, Policy, Reading, Source, Stamp
from claims.verification.judges.load import load_judge
from claims.verification.verify import verify

SAID = "The bridge will open before the end of the summer"
TIMES = ((0, 1.0), (60, 65.0), (200, 300.0))
TEXT = f"ANNA BERG: We have waited for it for a very long time now. {SAID}, whatever it takes."


@pytest.mark.parametrize(("times", "second"), [(TIMES, 1.0), ((*TIMES[:1], (59, 65.0)), 65.0), ((), None)])
def test_a_finding_names_the_second(times: tuple[tuple[int, float], ...], second: float | None) -> None:
    source = Source(citation=Citation(kind=CitationKind.LINK, url="https://council.example/1.vtt"))
    reading = Reading(source=source, page=Page(text=TEXT, url=source.citation.url, times=times))
    quoted = f"“{SAID},” Berg said."
    claim = Claim(
        article="a", text=quoted, spans=(), statement=quoted, kind=ClaimKind.QUOTATION, checkable=True,
        citations=(source.citation,),
    )  # fmt: skip
    stamp = Stamp(run="r", policy=Policy(), now="2025-01-21T09:00:00Z")
    [verdict] = verify([claim], Page(text=quoted), [reading], load_judge("lexical"), stamp)
    assert verdict.quote is not None
    assert verdict.quote.second == second
    assert (f"at {clock_time(second)} of the recording" in verdict.rationale) if second else second is None


@pytest.mark.parametrize(("seconds", "shown"), [(0, "0:00"), (65.9, "1:05"), (3723, "1:02:03")])
def test_clock_times(seconds: float, shown: str) -> None:
    assert clock_time(seconds) == shown
