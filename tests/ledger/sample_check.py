"""A realistic check to log: one article with a claim under every label, built from the records alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sample_records import make_attribution, make_capture, make_check, make_claim, make_evidence, make_verdict

from claims.records import (
    Basis,
    Block,
    BlockKind,
    Candidate,
    Capture,
    Check,
    Citation,
    CitationKind,
    Claim,
    ClaimKind,
    Evidence,
    Label,
    Link,
    Page,
    Post,
    QuantityFinding,
    QuoteFinding,
    QuoteGrade,
    Reading,
    Reason,
    Source,
    SpeechMode,
    Stance,
    Verdict,
    content_id,
)

# (words, speaker, label, confidence, outlet)
LINES: tuple[tuple[str, str | None, Label, float, str | None], ...] = (
    ("Putin said Russia sought a long-term peace.", "Putin", Label.SUPPORTED, 0.94, "wsj"),
    ("Waltz told ABC News that the preparations are underway.", "Waltz", Label.PARTLY_SUPPORTED, 0.71, "abc"),
    ("The plan offers Ukraine a twenty-year wait.", None, Label.CONTRADICTED, 0.88, "reuters"),
    ("Moscow has rejected a twenty-year wait.", "Moscow", Label.CONFLICTING, 0.64, "reuters"),
    ("Peskov praised the oath, the Kremlin’s own words.", "Peskov", Label.MISATTRIBUTED, 0.83, "tass"),
    ("Trump promised a cease-fire by Easter.", "Trump", Label.NOT_IN_SOURCE, 0.77, "wsj"),
    ("The Kremlin paid for the ceremony’s “fireworks”.", None, Label.SOURCE_UNAVAILABLE, 0.5, "ft"),
    ("Pokrovsk is central to logistics in Donetsk.", None, Label.NO_SOURCE, 0.6, None),
    ("The whole of Donetsk will fall as soon as Pokrovsk falls.", None, Label.NOT_CHECKABLE, 0.9, None),
)
SURE = {Label.SUPPORTED, Label.NOT_CHECKABLE, Label.CONTRADICTED, Label.MISATTRIBUTED}


def build(
    lines: Sequence[tuple[str, str | None, Label, float, str | None]] = LINES,
    *,
    run: str = "run-1",
    at: str = "2025-01-21T08:00:00+00:00",
    address: str = "https://news.example/inauguration",
    judge: str = "embedded 1",
) -> Check:
    """A check of an article that consists of ``lines``."""
    text, spans = "", []
    for words, *_ in lines:
        spans.append((len(text), len(text) + len(words)))
        text += f"{words}\n"
    page = Page(
        text=text,
        url=address,
        final_url=address,
        title="Putin congratulates Trump",
        byline="A. Writer",
        published="2025-01-20",
        outlet="news_example",
        language="en",
        links=(Link(span=spans[0], href="https://wsj.example/putin"),),
        posts=(Post(handle="RT_com", text="Putin congratulates", span=spans[0], date="2025-01-20"),),
        blocks=tuple(Block(kind=BlockKind.PARAGRAPH, span=span) for span in spans),
        sha256="ab" * 32,
    )
    claims = [_claim(page, span, line) for span, line in zip(spans, lines, strict=True)]
    readings = {reading.source.id: reading for claim in claims for reading in _readings(claim, claims)}
    verdicts = [
        _verdict(claim, line, run=run, checked_at=at, judge=judge) for claim, line in zip(claims, lines, strict=True)
    ]
    return make_check(page, claims, readings.values(), verdicts, id=run, started_at=at, finished_at=at, judge=judge)


def again(check: Check, *, run: str, at: str) -> Check:
    """The same check, run once more with the same outcome."""
    verdicts = tuple(replace(verdict, run=run, checked_at=at) for verdict in check.verdicts)
    return replace(check, verdicts=verdicts, run=replace(check.run, id=run, started_at=at, finished_at=at))


def relabel(check: Check, position: int, **changes: object) -> Check:
    """The check with one verdict changed."""
    verdicts = list(check.verdicts)
    verdicts[position] = replace(verdicts[position], **changes)  # type: ignore[arg-type]  # any field of a verdict
    return replace(check, verdicts=tuple(verdicts))


def capture(outlet: str) -> Capture:
    """What was fetched of an outlet."""
    return make_capture(
        f"https://{outlet}.example/putin",
        final_url=f"https://{outlet}.example/putin?x=1",
        fetched_at="2025-01-21T07:59:00+00:00",
        sha256=content_id(outlet) * 4,
        headers=(("content-type", "text/html"), ("set-cookie", "a")),
        offset=1234,
    )


def _claim(page: Page, span: tuple[int, int], line: tuple[str, str | None, Label, float, str | None]) -> Claim:
    words, speaker, label, _, outlet = line
    citation = outlet and Citation(kind=CitationKind.OUTLET, text=f"via {outlet}", span=span, outlet=outlet)
    attribution = speaker and make_attribution(speaker, "said", SpeechMode.INDIRECT, span, source_spans=(span,))
    return make_claim(
        page,
        words,
        spans=(span,),
        statement=f"{words[:-1]} (20 January 2025).",
        asked=words,
        kind=ClaimKind.FORECAST if label is Label.NOT_CHECKABLE else ClaimKind.STATEMENT,
        checkable=label is not Label.NOT_CHECKABLE,
        reasons=("a fact that can be checked",),
        attribution=attribution or None,
        citations=(citation,) if citation else (),
    )


def _readings(claim: Claim, claims: list[Claim]) -> list[Reading]:
    readings = []
    for citation in claim.citations:
        outlet = citation.outlet or ""
        lost = outlet == "ft"
        source = Source(
            citation=citation,
            claims=tuple(other.id for other in claims if citation.source_id in {c.source_id for c in other.citations}),
            candidates=(Candidate(url=f"https://{outlet}.example/putin", score=0.9, found_by="link"),),
            capture=None if lost else capture(outlet),
            reason=Reason.PAYWALL if lost else None,
            detail="requires a subscription" if lost else "",
        )
        readings.append(Reading(source=source))
    return readings


def _verdict(claim: Claim, line: tuple[str, str | None, Label, float, str | None], **stamp: str) -> Verdict:
    words, _, label, confidence, outlet = line
    read = outlet and label is not Label.SOURCE_UNAVAILABLE
    return make_verdict(
        claim,
        label,
        confidence,
        f"The source {label.value.replace('_', ' ')}.",
        **stamp,
        needs_review=label not in SURE,
        basis=Basis.CITED if read else None,
        reason="paywall" if label is Label.SOURCE_UNAVAILABLE else None,
        evidence=(_evidence(outlet, words, label),) if read and outlet else (),
        quote=QuoteFinding(
            quote="long-term peace",
            grade=QuoteGrade.VERBATIM,
            similarity=1.0,
            found="long-term peace",
            span=(3, 9),
            diff=(("=", "long-term peace"),),
        )
        if label is Label.SUPPORTED
        else None,
        quantities=(QuantityFinding(kind="duration", claimed="twenty years", found="ten years", agrees=False),)
        if label is Label.CONTRADICTED
        else (),
    )


def _evidence(outlet: str, words: str, label: Label) -> Evidence:
    stance = {Label.SUPPORTED: Stance.SUPPORTS, Label.CONTRADICTED: Stance.REFUTES}.get(label, Stance.NEUTRAL)
    passage = f"As {outlet} reported: {words} Zürich’s café agreed."
    return make_evidence(capture(outlet), outlet, passage, stance, 0.91, start=10)
