"""Logging a check: once, again, changed, changed back; and what is refused."""

import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_check import LINES, again, build, capture, relabel
from sample_records import make_attribution

from claims.errors import LedgerError, MovedOnError
from claims.ledger.ledger import Ledger
from claims.ledger.reading.records import attribution_of
from claims.ledger.writing.record import same_verdict
from claims.ledger.writing.rows import as_json, verdict_content, verdict_row
from claims.records import (
    Change,
    Check,
    Decision,
    DeskState,
    Evidence,
    Extraction,
    Label,
    Passage,
    QuantityFinding,
    QuoteFinding,
    QuoteGrade,
    Reading,
    Reason,
    Review,
    SpeechMode,
    Stance,
    Verdict,
)

LATER = "2025-01-22T08:00:00+00:00"
STEADY = ("articles", "claims", "citations", "captures", "sources", "verdicts", "evidence", "reviews")


def grown(before: dict[str, int], after: dict[str, int]) -> dict[str, int]:
    return {name: after[name] - before[name] for name in after if after[name] != before[name] and name != "log"}


def test_everything_is_there_after_a_check(ledger: Ledger, check: Check) -> None:
    recorded = ledger.record(check)
    counts = ledger.counts()
    assert recorded.new_article
    assert (recorded.claims, len(recorded.added), recorded.confirmed) == (9, 9, ())
    assert {name: counts[name] for name in ("articles", "runs", "claims", "verdicts")} == {
        "articles": 1,
        "runs": 1,
        "claims": 9,
        "verdicts": 9,
    }
    assert counts["captures"] == 4  # wsj is cited twice, ft could not be read
    assert counts["sources"] == 5
    assert ledger.audit().holds


def test_the_same_article_checked_twice_adds_a_run_and_nothing_else(ledger: Ledger, check: Check) -> None:
    ledger.record(check)
    before = ledger.counts()
    recorded = ledger.record(again(check, run="run-2", at=LATER))
    assert grown(before, ledger.counts()) == {"runs": 1}
    assert ledger.counts()["log"] == before["log"] + 1
    assert (recorded.added, len(recorded.confirmed), recorded.new_article) == ((), 9, False)
    row = ledger.claims()[0]
    assert (row.since[:10], row.checked_at[:10]) == ("2025-01-21", "2025-01-22")


def test_one_run_logged_twice_is_logged_once(ledger: Ledger, check: Check) -> None:
    first = ledger.record(check)
    before = ledger.counts()
    second = ledger.record(check)
    assert ledger.counts() == before
    assert (first.added, first.claims) == (second.added, second.claims)


def test_a_verdict_that_changes_and_changes_back_leaves_three(ledger: Ledger, check: Check) -> None:
    ledger.record(check)
    changed = relabel(again(check, run="run-2", at=LATER), 0, label=Label.CONTRADICTED)
    assert len(ledger.record(changed).added) == 1
    assert len(ledger.record(again(check, run="run-3", at="2025-01-23T08:00:00+00:00")).added) == 1
    entry = ledger.show(check.extraction.claims[0].id)
    assert [row.verdict.label for row in entry.verdicts] == [Label.SUPPORTED, Label.CONTRADICTED, Label.SUPPORTED]
    assert len({row.id for row in entry.verdicts}) == 3
    assert [row.number for row in entry.verdicts] == [1, 2, 3]
    assert entry.verdicts[0].evidence == entry.verdicts[2].evidence
    assert [run.id for run in entry.runs] == ["run-1", "run-2", "run-3"]
    assert ledger.audit().holds


EVIDENCE = Evidence(
    passage=Passage(capture=capture("wsj").id, span=(0, 3), text="A b.", url="https://wsj.example/a"),
    stance=Stance.SUPPORTS,
    score=0.905,
)
VERDICT = Verdict(
    claim="c",
    run="r",
    label=Label.SUPPORTED,
    confidence=0.845,
    needs_review=False,
    rationale="",
    judge="j 1",
    checked_at="2025",
    evidence=(EVIDENCE,),
)
QUOTE = QuoteFinding(quote="a", grade=QuoteGrade.VERBATIM, similarity=1.0, found="a")
QUANTITY = QuantityFinding(kind="number", claimed="1", found="2", agrees=False)


@pytest.mark.parametrize(
    ("changes", "alike"),
    [
        ({}, True),
        ({"rationale": "in other words"}, True),
        ({"checked_at": "2026"}, True),
        ({"run": "another"}, True),
        ({"confidence": 0.8451}, True),
        ({"confidence": 0.854}, True),
        ({"confidence": 0.87}, False),
        ({"label": Label.CONTRADICTED}, False),
        ({"needs_review": True}, False),
        ({"reason": "paywall"}, False),
        ({"judge": "j 2"}, False),
        ({"evidence": ()}, False),
        ({"evidence": (replace(EVIDENCE, score=0.9049),)}, True),
        ({"evidence": (replace(EVIDENCE, score=0.7),)}, False),
        ({"evidence": (replace(EVIDENCE, stance=Stance.REFUTES),)}, False),
        # Another advertisement on the page: other bytes, other offsets, the same words.
        ({"evidence": (replace(EVIDENCE, passage=replace(EVIDENCE.passage, capture="x", span=(9, 12))),)}, True),
        ({"evidence": (replace(EVIDENCE, passage=replace(EVIDENCE.passage, text="A  b.")),)}, True),
        ({"evidence": (replace(EVIDENCE, passage=replace(EVIDENCE.passage, text="A c.")),)}, False),
        ({"evidence": (EVIDENCE, EVIDENCE)}, False),
        ({"quote": QUOTE}, False),
        ({"quantities": (QUANTITY,)}, False),
        ({"unsaid": ((4, 9),)}, False),
    ],
)
def test_what_makes_a_verdict_another_one(changes: dict[str, object], alike: bool) -> None:
    other = replace(VERDICT, **changes)  # type: ignore[arg-type]  # any field of a verdict
    assert same_verdict(VERDICT, other) is alike
    assert same_verdict(other, VERDICT) is alike


@given(
    st.lists(st.tuples(st.sampled_from(list(Label)), st.integers(0, 100), st.booleans()), min_size=1, max_size=9),
)
def test_ids_follow_content_and_place_in_the_history(steps: list[tuple[Label, int, bool]]) -> None:
    """Every verdict of a history has its own id, and the same history gives the same ids."""

    def history() -> list[str]:
        rows: list[dict[str, object]] = []
        for label, share, look in steps:
            verdict = replace(VERDICT, label=label, confidence=share / 100, needs_review=look)
            rows.append(verdict_row(verdict, rows[-1] if rows else None))
        return [str(row["id"]) for row in rows]

    assert history() == history()
    assert len(set(history())) == len(steps)


@given(st.floats(0, 1), st.floats(0, 1))
def test_rounding_never_hides_a_change_of_two_hundredths(first: float, second: float) -> None:
    alike = same_verdict(replace(VERDICT, confidence=first), replace(VERDICT, confidence=second))
    if abs(first - second) > 0.0201:
        assert not alike
    if first == second:
        assert alike
    assert verdict_content(VERDICT)["confidence"] in (0.84, 0.85)


def test_a_source_that_is_lost_or_found_is_a_new_state(ledger: Ledger, check: Check) -> None:
    ledger.record(check)
    before = ledger.counts()
    lost = replace(check.readings[0].source, capture=None, reason=Reason.DELETED, detail="gone")
    readings = (Reading(source=lost), *check.readings[1:])
    changed = again(replace(check, readings=readings), run="run-2", at=LATER)
    without = replace(changed.verdicts[0], label=Label.SOURCE_UNAVAILABLE, reason="deleted", evidence=())
    verdicts = (without, *(replace(v, evidence=()) for v in changed.verdicts[1:]))
    ledger.record(replace(changed, verdicts=verdicts))
    assert grown(before, ledger.counts())["sources"] == 1
    source = next(s for s in ledger.article_sources(check.article.id) if s.id == lost.id)
    assert (source.reason, source.detail, source.capture) == (Reason.DELETED, "gone", None)


def test_a_claim_that_a_new_reading_does_not_find_is_superseded_and_kept(ledger: Ledger, check: Check) -> None:
    ledger.record(check)
    gone = check.extraction.claims[3]
    fewer = replace(
        again(check, run="run-2", at=LATER),
        extraction=Extraction(
            attributions=(), claims=tuple(claim for claim in check.extraction.claims if claim.id != gone.id)
        ),
    )
    fewer = replace(fewer, verdicts=tuple(v for v in fewer.verdicts if v.claim != gone.id))
    ledger.record(fewer)
    assert gone.id not in {row.id for row in ledger.claims()}
    assert ledger.show(gone.id).superseded
    assert ledger.show(gone.id).row.label is Label.CONFLICTING
    assert len(ledger.article_claims(check.article.id)) == 8
    ledger.record(again(check, run="run-3", at="2025-01-23T08:00:00+00:00"))
    assert not ledger.show(gone.id).superseded
    assert ledger.audit().holds


def test_checking_some_claims_again_supersedes_none(ledger: Ledger, check: Check) -> None:
    ledger.record(check)
    some = again(check, run="run-2", at=LATER)
    some = replace(some, extraction=Extraction(attributions=(), claims=check.extraction.claims[:2]))
    ledger.record(replace(some, verdicts=some.verdicts[:2]), whole=False)
    assert len(ledger.article_claims(check.article.id)) == 9
    assert ledger.extraction(check.article.id) == check.extraction  # the attributions too
    checked = {row.id: row.checked_at[:10] for row in ledger.claims()}
    assert sorted(checked.values()) == ["2025-01-21"] * 7 + ["2025-01-22"] * 2


def read_again(check: Check, **changes: object) -> Check:
    """The check, run again with another reading of its first claim."""
    claims = (replace(check.extraction.claims[0], **changes), *check.extraction.claims[1:])  # type: ignore[arg-type]  # any field
    return again(replace(check, extraction=replace(check.extraction, claims=claims)), run="run-2", at=LATER)


ABE = make_attribution("Abe", "said", SpeechMode.INDIRECT, (0, 44))
PUTIN = make_attribution("Putin", "denied", SpeechMode.INDIRECT, (0, 44))
GUESS = Change(span=(0, 5), was="Putin", now="Putin", sure=False, reason="perhaps he")


@pytest.mark.parametrize(
    ("changes", "verdicts"),
    [
        ({}, 0),
        ({"citations": ()}, 0),
        ({"checkworthiness": 0.1}, 0),
        ({"reasons": ("another",)}, 0),
        ({"statement": "Putin said so."}, 1),
        ({"asked": "Did Putin say so?"}, 0),
        ({"attribution": ABE}, 1),
        ({"attribution": None}, 1),
        ({"attribution": PUTIN}, 0),
        ({"attribution": replace(PUTIN, negated=True)}, 1),  # then he is not published as its author
        ({"attribution": replace(PUTIN, anonymous=True)}, 1),
        ({"changes": (GUESS,)}, 0),  # the same words with and without it
        ({"changes": (replace(GUESS, was="He"),)}, 1),
    ],
)
def test_a_verdict_is_on_the_words_that_were_judged(
    ledger: Ledger, check: Check, changes: dict[str, object], verdicts: int
) -> None:
    ledger.record(check)
    claim = check.extraction.claims[0]
    ledger.review(Review(claim=claim.id, reviewer="Ana", decision=Decision.CONFIRM, at=LATER))
    before = ledger.counts()
    recorded = ledger.record(read_again(check, **changes))
    assert len(recorded.added) == verdicts
    assert ledger.counts()["verdicts"] == before["verdicts"] + verdicts
    entry = ledger.show(claim.id)
    decided = DeskState.NEEDS_REVIEW if verdicts else DeskState.DECIDED
    assert (entry.row.state, entry.row.stale) == (decided, bool(verdicts))
    assert entry.row.why == ("the statement changed after Ana decided" if verdicts else None)
    assert len(list(ledger.export("jsonl"))) == 1 - verdicts
    assert entry.verdicts[-1].statement_before == (claim.statement if verdicts else None)
    assert [change.changed for change in entry.changes] == ["statement"] * verdicts
    assert not any(change.is_news for change in entry.changes)
    assert ledger.record(again(read_again(check, **changes), run="run-3", at=LATER)).added == ()
    assert ledger.audit().holds


@pytest.mark.parametrize(("before", "now", "verdicts"), [("a", "b", 2), ("a", "a", 0), (None, "a", 0), ("a", None, 2)])
def test_a_verdict_is_on_the_publisher_where_nobody_else_says_it(
    ledger: Ledger, check: Check, before: str | None, now: str | None, verdicts: int
) -> None:
    lines = (LINES[6], LINES[7], LINES[0])  # Putin says the last one
    first, later = build(lines), build(lines, run="run-2", at=LATER)
    ledger.record(replace(first, article=replace(first.article, outlet=before)))
    own = first.extraction.claims[0].id
    ledger.review(Review(claim=own, reviewer="Ana", decision=Decision.CONFIRM, at=LATER))
    recorded = ledger.record(replace(later, article=replace(later.article, outlet=now)))
    assert len(recorded.added) == verdicts
    assert ledger.show(own).row.state == (DeskState.NEEDS_REVIEW if verdicts else DeskState.DECIDED)


def test_nobody_confirms_a_statement_that_was_not_shown(ledger: Ledger, check: Check) -> None:
    ledger.record(check)
    claim = check.extraction.claims[0].id
    shown = ledger.show(claim).row
    ledger.record(read_again(check, statement="Abe said so."))
    confirmation = Review(claim=claim, reviewer="Ana", decision=Decision.CONFIRM, at=LATER, verdict=shown.verdict)
    with pytest.raises(MovedOnError) as moved:
        ledger.review(confirmation, after=shown.decisions)
    assert moved.value.changes[0] == f"the statement is “Abe said so.”, no longer “{shown.statement}”"
    assert ledger.search("so")[0].id == claim


def test_nobody_confirms_words_that_were_said_in_another_way(ledger: Ledger, check: Check) -> None:
    ledger.record(check)
    shown = ledger.show(check.extraction.claims[0].id).row
    ledger.record(read_again(check, attribution=replace(PUTIN, negated=True)))
    confirmation = Review(claim=shown.id, reviewer="Ana", decision=Decision.CONFIRM, at=LATER, verdict=shown.verdict)
    with pytest.raises(MovedOnError) as moved:
        ledger.review(confirmation)
    assert moved.value.changes[0] == "the article is read as having said it in another way, or by somebody else"


def test_the_capture_of_the_article_is_kept(ledger: Ledger, check: Check) -> None:
    ledger.record(replace(check, article_capture=capture("news")))
    assert capture("news") in list(ledger.captures())


def test_text_that_sqlite_cannot_hold_is_kept_as_near_as_can_be(ledger: Ledger) -> None:
    check = build([("Half a pair \ud83d and a zero \x00 byte.", None, Label.NO_SOURCE, 0.5, None)])
    ledger.record(check)
    assert ledger.claims()[0].text == "Half a pair ? and a zero \x00 byte."
    assert ledger.audit().holds


BROKEN: list[tuple[Callable[[Check], Check], str]] = [
    (lambda c: replace(c, run=replace(c.run, article="another")), "is of article another"),
    (lambda c: replace(c, verdicts=c.verdicts[1:]), "has no verdict"),
    (lambda c: replace(c, verdicts=(*c.verdicts, replace(c.verdicts[0], claim="f" * 16))), "is not of this article"),
    (lambda c: replace(c, verdicts=(*c.verdicts, c.verdicts[0])), "has two verdicts"),
    (lambda c: relabel(c, 2, run="another"), "is of run another"),
    (lambda c: replace(c, readings=()), "is not among the sources read"),
    (lambda c: relabel(c, 1, confidence=float("nan")), "NOT NULL"),
]


@pytest.mark.parametrize(("spoil", "words"), BROKEN)
def test_a_check_that_breaks_its_promises_is_refused_whole(
    ledger: Ledger, check: Check, spoil: Callable[[Check], Check], words: str
) -> None:
    with pytest.raises(LedgerError, match=words):
        ledger.record(spoil(check))
    assert not any(ledger.counts().values())
    ledger.record(check)
    assert ledger.counts()["claims"] == len(LINES)


def steps(ledger: Ledger, check: Check) -> int:
    """How many thousand instructions SQLite needs to log a check."""
    count = 0

    def tick() -> int:
        nonlocal count
        count += 1
        return 0

    ledger._store.connection.set_progress_handler(tick, 1000)
    ledger.record(check)
    ledger._store.connection.set_progress_handler(None, 0)
    return count


def test_logging_takes_no_longer_as_the_ledger_grows(ledger: Ledger) -> None:
    ledger.record(build(run="first", address="https://a.example/first"))
    early = steps(ledger, build(run="early", address="https://a.example/early"))
    for number in range(60):
        ledger.record(build(run=f"r{number}", address=f"https://a.example/{number}"))
    late = steps(ledger, build(run="late", address="https://a.example/late"))
    assert late < 2 * early


def test_empty_fields_are_left_out_of_json_and_read_as_such() -> None:
    whole = make_attribution("Putin", "said", SpeechMode.INDIRECT, (11, 20), source_spans=((0, 5),))
    stored = json.loads(as_json(whole))
    assert stored.keys() == {"speaker", "cue", "mode", "source_spans", "content_spans"}
    older = {**stored, "cue_spans": [], "negated": False, "anonymous": False, "outlet": None, "clausal": False}
    assert attribution_of(stored) == attribution_of(older) == whole
