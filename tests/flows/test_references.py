"""A check by reference, from marks in a text to the line of totals and the JSON."""

from __future__ import annotations

import pytest

from claims.display.references import References, references
from claims.display.wording import totals
from claims.extraction.extract import extract
from claims.records import Check, Citation, CitationKind, Label, Page, Reading, Reason, Run, Source, Verdict
from flows.show.json_documents import document
from sources.outlets import load_outlets
from sources.page.page import read_page

TEXT = (
    "The mayor paid 40 dollars.[1] The bridge fell on Friday.[2] The school has 12 rooms.[1]\n\n"
    "Sources\n[1] https://one.example/report\n[2] https://two.example/report\n"
)
ONE, TWO = "https://one.example/report", "https://two.example/report"
SAID, UNSAID, OTHERWISE, UNREAD = (
    Label.SUPPORTED, Label.NOT_IN_SOURCE, Label.CONTRADICTED, Label.SOURCE_UNAVAILABLE,
)  # fmt: skip


def checked(text: str, labels: tuple[Label, ...], read: tuple[str, ...]) -> Check:
    page = read_page(text.encode(), content_type="text/plain")
    found = extract(page, load_outlets())
    verdicts = tuple(
        Verdict(
            claim=claim.id,
            run="r",
            label=label,
            confidence=0.9,
            needs_review=False,
            rationale="",
            judge="j",
            checked_at="2025-01-20T10:00:00Z",
        )
        for claim, label in zip(found.claims, labels, strict=True)
    )
    readings = tuple(
        Reading(source=source, page=Page(text="It is so.")) if url in read else Reading(source=source)
        for url in (ONE, TWO)
        if (
            source := Source(
                citation=Citation(kind=CitationKind.LINK, url=url), reason=None if url in read else Reason.PAYWALL
            )
        )
    )
    run = Run(id="r", article=page.id, started_at="2025-01-20T10:00:00Z", judge="j", version="1")
    return Check(article=page, extraction=found, readings=readings, verdicts=verdicts, run=run)


@pytest.mark.parametrize(
    ("labels", "read", "line"),
    [
        ((SAID, SAID, SAID), (ONE, TWO), "of 2 references 0 do not say it, 0 could not be read"),
        ((SAID, UNSAID, UNSAID), (ONE, TWO), "of 2 references 2 do not say it, 0 could not be read"),
        ((SAID, OTHERWISE, SAID), (ONE, TWO), "of 2 references 1 does not say it, 0 could not be read"),
        ((SAID, UNREAD, SAID), (ONE,), "of 2 references 0 do not say it, 1 could not be read"),
    ],
)
def test_a_check_is_told_by_reference(labels: tuple[Label, ...], read: tuple[str, ...], line: str) -> None:
    check = checked(TEXT, labels, read)
    assert totals(check).endswith(f"; {line}")
    counted = document(check)["references"]
    assert counted == {"total": 2, "unsaid": references(check).unsaid, "unread": 2 - len(read)}


def test_two_notes_with_one_page_are_two_references_and_a_note_with_two_pages_is_one() -> None:
    notes = f"\n\n[^a]: {ONE}\n[^b]: The same, {ONE}\n[^c]: {ONE}, {TWO}\n"
    text = f"The mayor paid 40 dollars.[^a] The bridge fell on Friday.[^b] The school has 12 rooms.[^c]{notes}"
    assert references(checked(text, (SAID, UNSAID, SAID), (TWO,))) == References(total=3, unsaid=0, unread=2)


def test_an_article_without_marks_has_no_such_line() -> None:
    check = checked("The mayor paid 40 dollars.", (UNSAID,), (ONE,))
    assert "reference" not in totals(check)
    assert document(check)["references"] == {"total": 0, "unsaid": 0, "unread": 0}
