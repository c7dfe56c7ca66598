"""A realistic check to log: one article with a claim under every label, built from the records alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from claims.records import (
    Attribution,
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
    Extraction,
    Label,
    Link,
    Page,
    Passage,
    Post,
    QuantityFinding,
    QuoteFinding,
    QuoteGrade,
    Reading,
    Reason,
    Run,
    Source,
    SpeechMode,
    Stance,
    Verdict,
    Via,
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
    verdicts = [_verdict(claim, line, run, at, judge) for claim, line in zip(claims, lines, strict=True)]
    attributions = tuple(claim.attribution for claim in claims if claim.attribution)
    return Check(
        article=page,
        extraction=Extraction(attributions=attributions, claims=tuple(claims)),
        readings=tuple(readings.values()),
        verdicts=tuple(verdicts),
        run=Run(id=run, article=page.id, started_at=at, finished_at=at, judge=judge, version="0.1.0"),
    )


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
    return Capture(
        url=f"https://{outlet}.example/putin",
        final_url=f"https://{outlet}.example/putin?x=1",
        status=200,
        fetched_at="2025-01-21T07:59:00+00:00",
        via=Via.REPLAY,
        sha256=content_id(outlet) * 4,
        headers=(("content-type", "text/html"), ("set-cookie", "a")),
        warc="sources.warc.gz",
        offset=1234,
        tool="factdesk 0.1.0",
    )


def _claim(page: Page, span: tuple[int, int], line: tuple[str, str | None, Label, float, str | None]) -> Claim:
    words, speaker, label, _, outlet = line
    citation = outlet and Citation(kind=CitationKind.OUTLET, text=f"via {outlet}", span=span, outlet=outlet)
    attribution = speaker and Attribution(
        speaker=speaker, cue="said", mode=SpeechMode.INDIRECT, source_spans=(span,), content_spans=(span,)
    )
    return Claim(
        article=page.id,
        text=words,
        spans=(span,),
        statement=f"{words[:-1]} (20 January 2025).",
        asked=words,
        kind=ClaimKind.FORECAST if label is Label.NOT_CHECKABLE else ClaimKind.STATEMENT,
        checkable=label is not Label.NOT_CHECKABLE,
        reasons=("a fact that can be checked",),
        checkworthiness=0.7,
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


def _verdict(
    claim: Claim, line: tuple[str, str | None, Label, float, str | None], run: str, at: str, judge: str
) -> Verdict:
    words, _, label, confidence, outlet = line
    read = outlet and label is not Label.SOURCE_UNAVAILABLE
    return Verdict(
        claim=claim.id,
        run=run,
        label=label,
        confidence=confidence,
        needs_review=label not in SURE,
        rationale=f"The source {label.value.replace('_', ' ')}.",
        judge=judge,
        checked_at=at,
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
    found = capture(outlet)
    passage = Passage(
        capture=found.id,
        span=(10, 10 + len(words)),
        text=f"As {outlet} reported: {words} Zürich’s café agreed.",
        url=found.final_url,
        outlet=outlet,
    )
    stance = {Label.SUPPORTED: Stance.SUPPORTS, Label.CONTRADICTED: Stance.REFUTES}.get(label, Stance.NEUTRAL)
    return Evidence(passage=passage, stance=stance, score=0.91)
