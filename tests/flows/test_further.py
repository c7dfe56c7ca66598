"""One hop further and what people chose before, end to end through the real doors: archive in, ledger out."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from pathlib import Path

import pytest
from newsweb import WSJ, Desk, page

from claims.records import Check, Label, Page, Reading, Reason, Verdict
from flows.checks import pipeline
from flows.checks.hops import hops
from flows.config.settings import Fetch

SAID = "The ruble strengthened against the dollar on Monday after the central bank sold 3 billion dollars."
LEANING = f"{SAID[:-1]}, Reuters reported."
REUTERS = "https://www.reuters.com/markets/currencies/ruble-strengthens-central-bank-sold-dollars-2025-01-20/"


def hop_of(check: Check) -> Reading:
    (found,) = [reading for reading in check.readings if reading.source.hop_of]
    return found


def about(check: Check, words: str = "ruble") -> Verdict:
    claim = next(claim for claim in check.extraction.claims if words in claim.text)
    return check.verdict_of[claim.id]


def test_what_the_cited_page_leans_on_is_read_named_and_kept(desk: Desk) -> None:
    desk.archive({WSJ: page("Ruble gains", LEANING), REUTERS: page("Ruble strengthens as central bank sells", SAID)})
    done = desk.check()
    hop, verdict = hop_of(done), about(done)
    assert hop.source.capture is not None and hop.source.capture.final_url == REUTERS
    assert hop.source.candidates[0].found_by.startswith(f"hop from {WSJ}: ")
    assert verdict.label is Label.SUPPORTED
    assert f"itself relies on Reuters for it ({REUTERS}), which says so too." in verdict.rationale
    assert REUTERS in {piece.passage.url for piece in verdict.evidence}
    with desk.ledger() as ledger:
        entry = ledger.show(verdict.claim)
        assert hop.source in entry.sources
        assert hop.source.capture in entry.captures
        assert ledger.audit().holds


def test_a_rerun_and_a_recheck_follow_the_same_way(desk: Desk) -> None:
    desk.archive({WSJ: page("Ruble gains", LEANING), REUTERS: page("Ruble strengthens as central bank sells", SAID)})
    first, second = desk.check(), desk.check()
    third = asyncio.run(pipeline.recheck(first.article.id, desk.setup))
    fourth = asyncio.run(pipeline.recheck(first.article.id, desk.offline, fetch=False))
    for other in (second, third):
        assert hop_of(other).page == hop_of(first).page
        assert hop_of(other).source.capture == hop_of(first).source.capture
    assert [about(check).rationale for check in (second, third)] == [about(first).rationale] * 2
    assert hop_of(fourth).source.hop_of == hop_of(first).source.hop_of
    with desk.ledger() as ledger:
        counts = ledger.counts()
        assert (counts["runs"], counts["verdicts"]) == (4, len(first.verdicts))


@pytest.mark.parametrize(
    ("status", "said"),
    [(404, "could not be read: not found"), (402, "could not be read: paywall"), (None, "no address")],
)
def test_a_hop_that_cannot_be_read_never_takes_the_verdict_away(desk: Desk, status: int | None, said: str) -> None:
    linked = LEANING.replace("Reuters reported", f'<a href="{REUTERS}">Reuters reported</a>') if status else LEANING
    desk.archive({WSJ: page("Ruble gains", linked), **({REUTERS: ("<p>Not here.</p>", status)} if status else {})})
    done = desk.check()
    assert about(done).label is Label.SUPPORTED
    assert said in about(done).rationale
    assert hop_of(done).source.reason is (
        {404: Reason.NOT_FOUND, 402: Reason.PAYWALL}[status] if status else Reason.UNRESOLVED
    )
    assert "Sources that could not be read" not in desk.run("check", str(desk.article), *desk.options)


def test_a_hop_that_says_otherwise_is_a_disagreement_that_a_person_sees(desk: Desk) -> None:
    other = SAID.replace("3 billion", "9 billion")
    desk.archive({WSJ: page("Ruble gains", LEANING), REUTERS: page("Ruble strengthens as central bank sells", other)})
    verdict = about(desk.check())
    assert (verdict.label, verdict.needs_review) == (Label.CONFLICTING, True)
    assert "itself relies on Reuters" in verdict.rationale and "says otherwise" in verdict.rationale


@pytest.mark.parametrize(
    "passage",
    [
        SAID,  # it speaks for itself
        f"{SAID} Bankers dined late. Reuters moved to a new office.",
        f"{SAID[:-1]}, The Wall Street Journal reported.",
        f'{SAID[:-1]}, <a href="https://desk.example/ruble">the Desk</a> reported.',  # the article itself
    ],
)
def test_there_is_no_hop_without_need_and_none_in_a_circle(desk: Desk, passage: str) -> None:
    desk.archive({WSJ: page("Ruble gains", passage), REUTERS: page("Ruble strengthens as central bank sells", SAID)})
    done = desk.check()
    assert all(reading.source.hop_of is None for reading in done.readings)
    assert "itself relies on" not in about(done).rationale


def test_one_hop_is_not_followed_by_another(desk: Desk) -> None:
    further = f"{SAID[:-1]}, Interfax reported."
    interfax = "https://interfax.com/newsroom/ruble-strengthens-central-bank-sold-dollars-2025-01-20/"
    desk.archive({
        WSJ: page("Ruble gains", LEANING),
        REUTERS: page("Ruble strengthens", further),
        interfax: page("Ruble strengthens", SAID),
    })  # fmt: skip
    done = desk.check()
    assert hop_of(done).source.citation.outlet == "reuters"
    assert interfax not in {reading.page.url for reading in done.readings if reading.page}


def test_hops_are_bounded_and_can_be_switched_off(desk: Desk) -> None:
    desk.archive({WSJ: page("Ruble gains", LEANING), REUTERS: page("Ruble strengthens", SAID)})
    no_hops = desk.setup.settings.model_copy(update={"fetch": Fetch(hops=0)})
    off = replace(desk.setup, settings=no_hops)
    assert all(one.source.hop_of is None for one in asyncio.run(pipeline.check(str(desk.article), off)).readings)
    done = desk.check()
    read = [reading for reading in done.readings if reading.source.hop_of is None]
    claims, outlets = done.extraction.claims, desk.setup.outlets
    assert len(hops(claims, done.article, read, outlets, 1)) == 1
    assert hops(claims, done.article, read, outlets, 0) == []
    assert hops(claims, Page(text="-", url=REUTERS, outlet="reuters"), read, outlets, 9) == []


def test_the_command_line_names_the_hop_everywhere(desk: Desk, tmp_path: Path) -> None:
    desk.archive({WSJ: page("Ruble gains", LEANING), REUTERS: page("Ruble strengthens as central bank sells", SAID)})
    report = tmp_path / "report.html"
    output = desk.run("check", str(desk.article), *desk.options, "--json", "--report", str(report))
    found = json.loads(output.splitlines()[0])
    assert [(one["outlet"], one["url"], one["status"]) for one in found["sources"]] == [
        ("wsj", WSJ, "captured"),
        ("reuters", REUTERS, "captured"),
    ]
    claim = next(one for one in found["claims"] if "ruble" in one["text"])
    assert "itself relies on Reuters" in claim["verdict"]["rationale"]
    assert "itself relies on Reuters" in report.read_text(encoding="utf-8")
    shown = " ".join(desk.run("show", claim["id"], "--db", str(desk.setup.ledger)).split())
    assert f"hop from {WSJ}" in shown
    assert "itself relies on Reuters" in shown
