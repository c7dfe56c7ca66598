"""An article that is corrected: the new version counts, the old one is kept, and neither is mistaken for the other."""

from sample_check import LINES, again, build

from claims.ledger.ledger import Ledger
from claims.records import Check, Decision, Extraction, Label, Review

CORRECTED = (("The plan offers Ukraine a ten-year wait.", None, Label.SUPPORTED, 0.9, "reuters"), *LINES[3:])
TOMORROW, LATER = "2025-01-22T08:00:00+00:00", "2025-01-23T08:00:00+00:00"


def corrected(ledger: Ledger, check: Check) -> Check:
    ledger.record(check)
    claim = check.extraction.claims[3].id
    ledger.review(Review(claim=claim, reviewer="Ana", decision=Decision.VOID, at=TOMORROW, note="a caption"))
    second = build(CORRECTED, run="run-2", at=TOMORROW)
    ledger.record(second)
    return second


def test_only_the_version_read_last_counts(ledger: Ledger, check: Check) -> None:
    second = corrected(ledger, check)
    assert {row.article for row in ledger.claims()} == {second.article.id}
    assert {row.article for row in ledger.queue()} == {second.article.id}
    assert ledger.show(check.extraction.claims[0].id).superseded
    assert [row.id for row in ledger.versions(check.article.id)] == [second.article.id, check.article.id]
    assert ledger.versions(second.article.id) == ledger.versions(check.article.id)
    assert ledger.audit().holds


def test_a_claim_knows_the_same_words_in_the_version_before(ledger: Ledger, check: Check) -> None:
    second = corrected(ledger, check)
    entry = ledger.show(second.extraction.claims[1].id)
    assert entry.earlier is not None
    assert (entry.earlier.id, entry.earlier.standing) == (check.extraction.claims[3].id, "void")
    assert (entry.row.standing, entry.reviews) == ("conflicting", ())  # a decision is on one version
    assert ledger.show(second.extraction.claims[0].id).earlier is None


def test_a_correction_that_is_taken_back_brings_the_old_claims_back(ledger: Ledger, check: Check) -> None:
    second = corrected(ledger, check)
    recorded = ledger.record(again(check, run="run-3", at=LATER))
    assert recorded.added == ()
    assert {row.article for row in ledger.claims()} == {check.article.id}
    assert ledger.show(check.extraction.claims[3].id).row.standing == "void"
    assert ledger.show(second.extraction.claims[0].id).superseded


def test_checking_some_claims_of_an_old_version_again_does_not_bring_it_back(ledger: Ledger, check: Check) -> None:
    second = corrected(ledger, check)
    some = again(check, run="run-3", at=LATER)
    extraction = Extraction(attributions=(), claims=check.extraction.claims[:1])
    partly = Check(
        article=some.article, extraction=extraction, readings=some.readings, verdicts=some.verdicts[:1], run=some.run
    )
    ledger.record(partly, whole=False)
    assert {row.article for row in ledger.claims()} == {second.article.id}


def test_other_addresses_and_files_are_let_alone(ledger: Ledger, check: Check) -> None:
    ledger.record(check)
    ledger.record(build(CORRECTED, run="run-2", at=TOMORROW, address="https://other.example/"))
    for number in range(2):
        lines = ((f"File {number}.", None, Label.NO_SOURCE, 0.9, None),)
        ledger.record(build(lines, run=f"file-{number}", at=TOMORROW, address=""))
    assert len(ledger.claims()) == len(LINES) + len(CORRECTED) + 2
    assert len(ledger.versions(check.article.id)) == 1
