"""One verdict out of what the pages say: tables over answers of pages, without a judge."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from claims.records import (
    Basis,
    Citation,
    CitationKind,
    Claim,
    ClaimKind,
    Evidence,
    Judgment,
    Label,
    Page,
    Passage,
    Policy,
    QuantityFinding,
    QuoteFinding,
    QuoteGrade,
    Reading,
    Reason,
    Source,
    Stamp,
    Stance,
)
from claims.verification.verdict.decide import DraftVerdict, draft_verdict
from claims.verification.verdict.hops import follow
from claims.verification.verdict.rationale import exchanged_words, named, of_hop, of_view, unavailable
from claims.verification.verdict.stamp import stamp_verdict
from claims.verification.weighing.page_view import Outcome, View
from claims.verification.weighing.unsaid import Unsaid

TEXT = "The council closed both bridges over the river."
CLAIM = Claim(article="a", text=TEXT, spans=(), statement=TEXT, kind=ClaimKind.STATEMENT, checkable=True)
SAYS, PARTLY, DENIES, OTHER, SILENT = (
    Outcome.SUPPORTS, Outcome.PARTLY, Outcome.REFUTES, Outcome.MISATTRIBUTES, Outcome.SILENT,
)  # fmt: skip
PASSAGE = Passage(capture="", span=(0, 1), text="T")
QUOTE = QuoteFinding(quote="q", grade=QuoteGrade.VERBATIM, similarity=1)


def page_view(
    outcome: Outcome, probability: float = 0.9, at: str = "", *, partial: Reason | None = None, **more: object
) -> View:
    """The answer of a page of its own outlet, in words of its own."""
    name = f"{outcome.value}{round(probability * 100)}"
    url = f"https://{at or name}.example/{name}"
    source = Source(citation=Citation(kind=CitationKind.LINK, url=url))
    reading = Reading(source=source, page=Page(text=f"{url} said.", url=url, partial=partial))
    return View(reading=reading, outcome=outcome, probability=probability, covered=1.0, **more)  # type: ignore[arg-type]  # test data


def judged(*, grade: QuoteGrade | None = None, kind: str = "", agrees: bool | None = True) -> Judgment:
    quantities = (QuantityFinding(kind=kind, claimed="9", found="9", agrees=agrees),) if kind else ()
    quote = replace(QUOTE, grade=grade) if grade else None
    return Judgment(passage=PASSAGE, p_supported=0.9, p_refuted=0.0, quote=quote, quantities=quantities)


def decided(
    cited: Sequence[View] = (),
    others: Sequence[View] = (),
    unread: Sequence[Reading] = (),
    *,
    cites: bool = True,
    claim: Claim = CLAIM,
) -> DraftVerdict:
    return draft_verdict(claim, cited, unread, others, cites=cites)


RULED = page_view(DENIES, 0.8, ruled=True)
UNREAD = Reading(
    source=Source(citation=Citation(kind=CitationKind.LINK, url="https://shut.example/"), reason=Reason.PAYWALL)
)


@pytest.mark.parametrize(
    ("cited", "label", "confidence", "review"),
    [
        ([page_view(SAYS)], Label.SUPPORTED, 0.9, False),
        ([page_view(SAYS, doubts=("it is unnamed",))], Label.SUPPORTED, 0.9, True),
        ([page_view(SAYS, judgment=judged(grade=QuoteGrade.VERBATIM))], Label.SUPPORTED, 0.9, False),
        ([page_view(SAYS, judgment=judged(grade=QuoteGrade.TRIVIAL_EDIT))], Label.SUPPORTED, 0.9, False),
        ([page_view(SAYS, judgment=judged(grade=QuoteGrade.TRUNCATED))], Label.SUPPORTED, 0.9, True),
        ([page_view(SAYS, judgment=judged())], Label.SUPPORTED, 0.9, False),
        ([page_view(PARTLY)], Label.PARTLY_SUPPORTED, 0.9, True),
        ([page_view(OTHER, speaker="Ann Ray")], Label.MISATTRIBUTED, 0.9, True),
        ([page_view(DENIES)], Label.CONTRADICTED, 0.9, True),
        ([page_view(DENIES, ruled=True)], Label.CONTRADICTED, 0.9, False),
        # Of several pages the one that says most leads, and of these the surest.
        ([page_view(PARTLY, 0.99), page_view(SAYS, 0.6), page_view(SAYS, 0.7)], Label.SUPPORTED, 0.7, False),
        ([page_view(PARTLY, 0.99), page_view(OTHER, 0.5, speaker="Ann Ray")], Label.MISATTRIBUTED, 0.5, True),
        ([page_view(OTHER, 0.9, speaker="Ann Ray"), RULED], Label.CONTRADICTED, 0.8, False),
        ([page_view(SILENT, 0.99), page_view(SAYS, 0.6)], Label.SUPPORTED, 0.6, False),
        # Two that say the opposite of each other disagree, the less sure one bounds it; a part of it is no opposite.
        ([page_view(SAYS, 0.9), page_view(DENIES, 0.6)], Label.CONFLICTING, 0.6, True),
        ([page_view(SAYS, 0.9), page_view(DENIES, 0.6), page_view(DENIES, 0.7)], Label.CONFLICTING, 0.7, True),
        ([page_view(PARTLY, 0.9), page_view(DENIES, 0.6, ruled=True)], Label.CONTRADICTED, 0.6, False),
        # Of one outlet two pages do not disagree unless a rule says so; somebody looks.
        ([page_view(SAYS, 0.9, "a"), page_view(DENIES, 0.6, "a")], Label.SUPPORTED, 0.9, True),
        ([page_view(SAYS, 0.9, "a"), page_view(DENIES, 0.6, "a", ruled=True)], Label.CONFLICTING, 0.6, True),
        # A page that says nothing: near ones, and those about which there was no answer, are looked at.
        ([replace(page_view(SILENT), covered=0.39)], Label.NOT_IN_SOURCE, 0.9, False),
        ([replace(page_view(SILENT), covered=0.4)], Label.NOT_IN_SOURCE, 0.9, True),
        ([replace(page_view(SILENT, abstained=True), covered=0.1)], Label.NOT_IN_SOURCE, 0.9, True),
        ([replace(page_view(SILENT, reworded=True), covered=0.1)], Label.NOT_IN_SOURCE, 0.9, True),
        ([replace(page_view(SILENT, doubts=("it may say it in other words",)), covered=0.1)],
         Label.NOT_IN_SOURCE, 0.9, True),
        ([replace(page_view(SILENT, judgment=judged(kind="count")), covered=0.3)], Label.NOT_IN_SOURCE, 0.9, True),
        ([replace(page_view(SILENT, judgment=judged(kind="count")), covered=0.2)], Label.NOT_IN_SOURCE, 0.9, False),
        ([replace(page_view(SILENT, judgment=judged(kind="count", agrees=False)), covered=0.35)],
         Label.NOT_IN_SOURCE, 0.9, False),
        ([replace(page_view(SILENT, judgment=judged(kind="name")), covered=0.35)], Label.NOT_IN_SOURCE, 0.9, False),
        ([replace(page_view(SILENT, judgment=judged(kind="date")), covered=0.35)], Label.NOT_IN_SOURCE, 0.9, False),
        ([replace(page_view(SILENT, 0.7), covered=0.3), replace(page_view(SILENT, 0.8), covered=0.1)],
         Label.NOT_IN_SOURCE, 0.7, False),
        # What a page of which only a lead was read does not say may be in the rest.
        ([page_view(SILENT, partial=Reason.PAYWALL)], Label.SOURCE_UNAVAILABLE, 0.95, False),
        ([page_view(SILENT, partial=Reason.PAYWALL), page_view(SILENT, 0.8)], Label.SOURCE_UNAVAILABLE, 0.6, True),
        ([page_view(SAYS, partial=Reason.PAYWALL)], Label.SUPPORTED, 0.9, False),
        ([], Label.SOURCE_UNAVAILABLE, 0.95, False),
    ],
)  # fmt: skip
def test_what_cited_pages_make(cited: list[View], label: Label, confidence: float, review: bool) -> None:
    verdict = decided(cited)
    assert (verdict.label, verdict.confidence, verdict.needs_review) == (label, confidence, review)
    assert verdict.basis is Basis.CITED


@pytest.mark.parametrize(
    ("others", "label", "confidence", "review"),
    [
        ([], Label.NO_SOURCE, 0.95, False),
        ([page_view(SILENT)], Label.NO_SOURCE, 0.9, False),
        ([page_view(SILENT, 0.4, abstained=True)], Label.NO_SOURCE, 0.4, True),
        ([page_view(SILENT, 0.4)], Label.NO_SOURCE, 0.9, False),
        ([page_view(SAYS, 0.85)], Label.SUPPORTED, 0.85, False),
        ([replace(page_view(SAYS), covered=0.45)], Label.SUPPORTED, 0.9, False),
        ([replace(page_view(SAYS), covered=0.44)], Label.NO_SOURCE, 0.9, False),
        # One page denies it: it is looked at. Two independent ones contradict it, two of one outlet do not.
        ([RULED], Label.NO_SOURCE, 0.5, True),
        ([page_view(DENIES)], Label.NO_SOURCE, 0.9, False),
        ([RULED, page_view(DENIES, 0.7, ruled=True)], Label.CONTRADICTED, 0.8, False),
        ([page_view(DENIES, 0.8, "a", ruled=True), page_view(DENIES, 0.7, "a", ruled=True)],
         Label.NO_SOURCE, 0.5, True),
        ([RULED, page_view(SAYS)], Label.CONFLICTING, 0.8, True),
    ],
)  # fmt: skip
def test_what_other_pages_make_of_a_claim_without_a_source(
    others: list[View], label: Label, confidence: float, review: bool
) -> None:
    verdict = decided(others=others, cites=False)
    assert (verdict.label, verdict.confidence, verdict.needs_review) == (label, confidence, review)
    assert verdict.basis is (None if label is Label.NO_SOURCE else Basis.CORROBORATING)


@pytest.mark.parametrize(
    ("others", "words", "shown"),
    [
        ([], "and no other source was read.", 0),
        ([page_view(SILENT)], "and none of the other sources mentions it.", 1),
        ([replace(page_view(SILENT), covered=0.44)], "and none of the other sources mentions it.", 0),
        ([replace(page_view(SILENT), covered=0.45)], "and none of the other sources mentions it.", 1),
    ],
)
def test_a_claim_that_no_page_at_hand_mentions(others: list[View], words: str, shown: int) -> None:
    verdict = decided(others=others, cites=False)
    assert (verdict.rationale.endswith(words), len(verdict.views)) == (True, shown)


@pytest.mark.parametrize(
    ("checkable", "reasons", "worth", "confidence", "why"),
    [
        (False, ("it is a forecast", "it is vague"), 0.2, 0.9, "it is a forecast; it is vague"),
        (False, (), 0.9, 0.85, "a statement is not checkable"),
    ],
)
def test_what_cannot_be_checked(
    checkable: bool, reasons: tuple[str, ...], worth: float, confidence: float, why: str
) -> None:
    verdict = decided(
        [page_view(SAYS)], claim=replace(CLAIM, checkable=checkable, reasons=reasons, checkworthiness=worth)
    )
    assert (verdict.label, verdict.confidence, verdict.needs_review) == (Label.NOT_CHECKABLE, confidence, False)
    assert verdict.rationale == f"Not checkable: {why}."
    assert verdict.reason == (reasons[0] if reasons else "statement")


@pytest.mark.parametrize(
    ("others", "named", "review"),
    [
        ([page_view(DENIES, 0.7, ruled=True), RULED], "refutes80.example", True),
        ([replace(RULED, covered=0.7)], "refutes80.example", True),
        ([replace(RULED, covered=0.69)], "", False),
        ([page_view(DENIES, 0.9)], "", False),
        ([page_view(SAYS, 0.9, ruled=True)], "", False),
    ],
)
def test_another_page_that_denies_it_is_named_and_decides_nothing(others: list[View], named: str, review: bool) -> None:
    verdict = decided([page_view(SAYS)], others)
    assert (verdict.label, verdict.needs_review) == (Label.SUPPORTED, review)
    assert verdict.rationale.count("Another page, which the claim does not cite") == bool(named)
    assert named in verdict.rationale
    assert "refutes70.example" not in verdict.rationale


def test_a_source_that_was_not_read_beside_pages_that_say_nothing() -> None:
    elsewhere = [page_view(SAYS, 0.7), page_view(SAYS, 0.8), page_view(DENIES, 0.99)]
    alone, beside = decided([], elsewhere, [UNREAD]), decided([page_view(SILENT)], [], [UNREAD])
    assert (alone.label, alone.confidence, alone.needs_review, alone.reason) == (
        Label.SOURCE_UNAVAILABLE, 0.95, False, "paywall",
    )  # fmt: skip
    assert alone.rationale.endswith("Another page says it: supports80.example.")
    assert [view.probability for view in alone.views] == [0.7, 0.8]
    assert (beside.label, beside.confidence, beside.needs_review) == (Label.SOURCE_UNAVAILABLE, 0.6, True)
    assert "silent90.example was read and does not mention it." in beside.rationale
    assert decided([page_view(SAYS)], [], [UNREAD]).label is Label.SUPPORTED


def test_the_nearest_of_pages_that_say_nothing_is_shown() -> None:
    far, near = replace(page_view(SILENT, 0.7), covered=0.1), replace(page_view(SILENT, 0.8), covered=0.5)
    assert decided([far, near]).views == decided([near, far]).views == (near,)


@pytest.mark.parametrize(
    ("cited", "count"),
    [
        ([page_view(SAYS)], None),
        ([page_view(SAYS, 0.8), page_view(SAYS, 0.7)], "2 independent sources say so."),
        ([page_view(SAYS, 0.8), page_view(SAYS, 0.7), page_view(PARTLY)], "2 independent sources say so."),
        ([page_view(SAYS, 0.8, "a"), page_view(SAYS, 0.7, "b"), page_view(SAYS, 0.6, "c")], "3 independent"),
        ([page_view(SAYS, 0.8), page_view(PARTLY)], None),
    ],
)
def test_independent_sources_are_counted(cited: list[View], count: str | None) -> None:
    rationale = decided(cited).rationale
    assert (count or "says so") in rationale
    assert ("independent" in rationale) is (count is not None)


@pytest.mark.parametrize(
    ("lead", "hop", "label", "confidence", "review"),
    [
        (SAYS, page_view(DENIES, 0.7, ruled=True), Label.CONFLICTING, 0.7, True),
        (SAYS, replace(page_view(DENIES, 0.7, ruled=True), covered=0.7), Label.CONFLICTING, 0.7, True),
        (SAYS, replace(page_view(DENIES, 0.7, ruled=True), covered=0.69), Label.SUPPORTED, 0.9, True),
        (SAYS, page_view(DENIES, 0.7), Label.SUPPORTED, 0.9, True),
        (SAYS, page_view(OTHER, 0.7, speaker="Ann Ray"), Label.SUPPORTED, 0.9, True),
        (SAYS, page_view(SAYS, 0.7), Label.SUPPORTED, 0.9, False),
        (SAYS, page_view(SILENT, 0.7), Label.SUPPORTED, 0.9, False),
        (SAYS, None, Label.SUPPORTED, 0.9, False),
        (DENIES, page_view(SAYS, 0.7, ruled=True), Label.CONFLICTING, 0.7, True),
        (DENIES, page_view(SAYS, 0.7), Label.CONTRADICTED, 0.9, True),
        (DENIES, page_view(DENIES, 0.7), Label.CONTRADICTED, 0.9, False),
        (DENIES, page_view(OTHER, 0.7, speaker="Ann Ray"), Label.CONTRADICTED, 0.9, False),
    ],
)
def test_what_a_page_relies_on_is_weighed(
    lead: Outcome, hop: View | None, label: Label, confidence: float, review: bool
) -> None:
    cited = page_view(lead, ruled=True)
    reading = replace(UNREAD, source=replace(UNREAD.source, hop_of=cited.reading.source.id))
    before = decided([cited, page_view(PARTLY, 0.6)])
    verdict = follow(before, {cited.reading.source.id: cited}, [(reading, hop)])
    assert (verdict.label, verdict.confidence, verdict.needs_review) == (label, confidence, review)
    speaks = hop is not None and hop.outcome is not SILENT
    assert verdict.views == ((cited, hop, before.views[1]) if speaks else before.views)
    assert "itself relies on" in verdict.rationale


@pytest.mark.parametrize(
    ("diff", "words"),
    [
        ((("-", "fought"), ("+", "fight")), "the article has “fought”, the source “fight”"),
        ((("-", "a"), ("=", "b"), ("-", "c"), ("+", "d")), "the article has “a … c”, the source “d”"),
        ((("=", "we"), ("-", "bravely")), "the article adds “bravely”"),
        ((("+", "never"), ("=", "we")), "the article leaves out “never”"),
    ],
)
def test_the_exchanged_words_of_a_quotation(diff: tuple[tuple[str, str], ...], words: str) -> None:
    assert exchanged_words(replace(QUOTE, diff=diff)) == words


@pytest.mark.parametrize(
    ("reason", "unasked", "words", "absent"),
    [
        (Reason.PAYWALL, "", "shut.example", "requests"),
        (Reason.PAYWALL, "GDELT", "(failed requests: GDELT).", "searched"),
        (Reason.UNREACHABLE, "GDELT", "could not be searched for: GDELT;", "failed requests"),
        (Reason.UNREACHABLE, "", "shut.example", "searched"),
    ],
)
def test_why_a_source_was_not_read(reason: Reason, unasked: str, words: str, absent: str) -> None:
    told = unavailable([("shut.example", reason, unasked)])
    assert words in told
    assert absent not in told


@pytest.mark.parametrize(("count", "words"), [(1, "“w0”."), (4, "“w3”."), (5, "“w3”, …."), (0, "")])
def test_few_of_the_words_are_named_that_a_page_does_not_seem_to_say(count: int, words: str) -> None:
    statement = " x ".join(f"w{number}" for number in range(count))
    spans = tuple((5 * number, 5 * number + 2) for number in range(count))
    told = of_view(page_view(SILENT, unsaid=Unsaid(statement=statement, spans=spans)))
    assert told.endswith(words)
    assert ("It does not seem to say" in told) is bool(count)
    missing = page_view(SILENT, unsaid=Unsaid(statement=statement, spans=spans), missing=("nine",))
    assert of_view(missing).endswith("Not found there: nine.")


@pytest.mark.parametrize(
    ("view", "words"),
    [
        (page_view(PARTLY), "says part of it (not all of it)"),
        (page_view(PARTLY, missing=("nine", "ten")), "says part of it (not found there: nine, ten)"),
        (page_view(PARTLY, doubts=("it is vague",)), "contains the words, but may not say it"),
        (page_view(PARTLY, doubts=("it is vague",), missing=("nine",)), "says part of it (not found there: nine)"),
        (page_view(PARTLY, judgment=judged(grade=QuoteGrade.TRUNCATED)), "says it, but not as quoted"),
        (page_view(PARTLY, judgment=judged(grade=QuoteGrade.VERBATIM)), "says part of it (not all of it)"),
        (page_view(SILENT, abstained=True), "was read, but nothing was found in it."),
        (page_view(SILENT), "was read and does not mention it."),
        (page_view(DENIES), "says otherwise: "),
        (page_view(DENIES, judgment=replace(judged(), findings=("9 is 7", "b"))), "says otherwise; 9 is 7: "),
        (page_view(OTHER, speaker="Ann Ray"), "attributes these words to Ann Ray: "),
    ],
)
def test_what_is_told_of_a_page(view: View, words: str) -> None:
    assert of_view(view).startswith(f"{view.outcome.value}90.example {words}")


def _hop(page: Page | None, reason: Reason | None = None, **citation: str) -> Reading:
    kind = CitationKind.LINK if "url" in citation else CitationKind.OUTLET
    return Reading(source=Source(citation=Citation(kind=kind, **citation), reason=reason), page=page)  # type: ignore[arg-type]  # test data


WIRE = _hop(Page(text="T", url="https://wire.example/1"), outlet="wire", text="the Wire")
SHUT = _hop(None, Reason.PAYWALL, url="https://wire.example/1")


@pytest.mark.parametrize(
    ("lead", "reading", "hop", "words"),
    [
        (SAYS, WIRE, page_view(SAYS), "the Wire for it (https://wire.example/1), which says so too."),
        (PARTLY, WIRE, page_view(SAYS), "which says so."),
        (SAYS, WIRE, page_view(SAYS, judgment=judged(grade=QuoteGrade.VERBATIM)), "which says so too."),
        (SAYS, WIRE, page_view(SAYS, judgment=judged(grade=QuoteGrade.TRIVIAL_EDIT)), "which says so too."),
        (SAYS, WIRE, page_view(SAYS, judgment=judged(grade=QuoteGrade.SPLICED)),
         "which says so too. The quotation joins words from different places."),
        (SAYS, WIRE, page_view(PARTLY), "which says part of it: “”."),
        (SAYS, WIRE, page_view(DENIES), "which says otherwise: “”."),
        (SAYS, WIRE, page_view(DENIES, judgment=replace(judged(), findings=("9 is 7", "b"))),
         "which says otherwise; 9 is 7: “”."),
        (SAYS, WIRE, page_view(OTHER, speaker="Ann Ray"), "which attributes these words to Ann Ray: “”."),
        (DENIES, WIRE, page_view(DENIES), "which says the same: “”."),
        (OTHER, WIRE, page_view(OTHER), "which says the same: “”."),
        (PARTLY, WIRE, page_view(PARTLY), "which says part of it: “”."),
        (SAYS, WIRE, page_view(SILENT), "which was read and does not mention it."),
        (SAYS, replace(WIRE, page=Page(text="T", url="https://wire.example/1", partial=Reason.PAYWALL)),
         page_view(SILENT), "and that part does not mention it."),
        (SAYS, SHUT, None, "relies on wire.example for it (https://wire.example/1), which could not be read: paywall."),
        (SAYS, _hop(None, Reason.UNRESOLVED, outlet="wire", text="the Wire"), None,
         "relies on the Wire for it, and no address was found for that."),
        (SAYS, _hop(None, Reason.UNRESOLVED, url="https://wire.example/1"), None,
         "wire.example for it (https://wire.example/1), which could not be read: no address found."),
        (SAYS, _hop(None, outlet="wire", text="the Wire"), None, "the Wire for it, which could not be read: no"),
    ],
)  # fmt: skip
def test_what_is_told_of_what_a_page_relies_on(lead: Outcome, reading: Reading, hop: View | None, words: str) -> None:
    told = of_hop(page_view(lead), reading, hop)
    assert told.startswith(f"{lead.value}90.example itself relies on ")
    assert words in told
    assert told.endswith(".")


@pytest.mark.parametrize(
    ("page", "url", "name"),
    [
        (Page(text="T", url="https://www.wire.example/1"), "https://www.wire.example/1", "wire.example"),
        (Page(text="T", url="https://b.example/1", final_url="https://a.example/1"), None, "a.example"),
        (Page(text="T", url="https://archive.example/2/https://wire.example/1"), "https://wire.example/1",
         "wire.example (archived copy)"),
        (Page(text="T", url="https://archive.example/2"), "https://wire.example/1", "archive.example"),
        (Page(text="T", outlet="wire"), None, "wire"),
        (None, "https://wire.example/1", "wire.example"),
        (Page(text="T"), None, "the source"),
        (None, None, "the source"),
    ],
)  # fmt: skip
def test_what_a_source_is_called(page: Page | None, url: str | None, name: str) -> None:
    source = Source(citation=Citation(kind=CitationKind.LINK, url=url)) if url else None
    assert named(page, source) == name


@pytest.mark.parametrize(
    ("quote", "words"),
    [
        (QUOTE, "The quotation appears there word for word."),
        (replace(QUOTE, second=61), "word for word. It is spoken at 1:01 of the recording."),
        (replace(QUOTE, grade=QuoteGrade.PARAPHRASE_IN_QUOTES, diff=(("-", "a"), ("+", "b"))),
         "The words in quotation marks are not the source's: the article has “a”, the source “b”."),
    ],
)  # fmt: skip
def test_what_is_told_of_a_quotation(quote: QuoteFinding, words: str) -> None:
    assert of_view(page_view(SAYS, judgment=replace(judged(), quote=quote))).endswith(words)


@pytest.mark.parametrize(("length", "cut"), [(200, False), (201, True)])
def test_a_long_passage_is_cut_at_a_word(length: int, cut: bool) -> None:
    text = ("word " * 50)[: length - 4] + "last"
    evidence = Evidence(passage=replace(PASSAGE, text=text), stance=Stance.SUPPORTS, score=0.9)
    told = of_view(page_view(SAYS, evidence=(evidence,)))
    assert told.endswith(" …”" if cut else "last”")


def test_a_verdict_keeps_the_evidence_of_its_first_pages() -> None:
    def exhibit(at: int) -> Evidence:
        return Evidence(passage=replace(PASSAGE, span=(at, at + 1)), stance=Stance.SUPPORTS, score=0.9)

    views = [page_view(SAYS, 0.9 - page / 100, evidence=(exhibit(page),)) for page in range(4)]
    stamp = Stamp(run="r", policy=Policy(), now="2025-01-21T09:00:00Z")
    verdict = stamp_verdict(CLAIM, decided(views), stamp, "j")
    assert [piece.passage.span[0] for piece in verdict.evidence] == [0, 1, 2]
    many = page_view(SAYS, evidence=tuple(exhibit(at % 8) for at in range(16)))
    assert len(stamp_verdict(CLAIM, decided([many]), stamp, "j").evidence) == 6
    assert stamp_verdict(CLAIM, replace(decided(views), confidence=1.2), stamp, "j").confidence == 0.99
    assert stamp_verdict(CLAIM, replace(decided(views), confidence=-1), stamp, "j").confidence == 0.0
    assert stamp_verdict(CLAIM, replace(decided(views), confidence=0.87654), stamp, "j").confidence == 0.877
