"""A realistic check, made from records alone: every label, every kind of citation, hostile spans included."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sample_records import (
    make_attribution,
    make_capture,
    make_check,
    make_claim,
    make_evidence,
    make_verdict,
    span_of,
)

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
    Label,
    Page,
    Passage,
    QuantityFinding,
    QuoteFinding,
    QuoteGrade,
    Reading,
    Reason,
    Source,
    Span,
    SpeechMode,
    Stance,
    Verdict,
)

PARAGRAPHS = (
    "Moscow greets the new president",
    "President Vladimir Putin congratulated Donald Trump on Monday. "
    "He said Moscow was “open to a dialog on equal terms.”",
    "About 420 guests saw the oath in the Rotunda, and the parade was moved indoors because of the cold.",
    "In remarks carried by The Wall Street Journal, Putin said Russia wanted a lasting peace.",
    "“The preparations are under way,” Dmitry Peskov told ABC News.",
    "Talks will open in Riyadh before the spring.",
    "Oil fell by 3 percent after the speech; the ruble gained.",
    "Putin praises Trump's readiness to talk\n— RT (@RT_com) January 20, 2025",
)
TEXT = "\n\n".join(PARAGRAPHS)
DAY = "2025-01-20T19:00:00+00:00"


def where(words: str) -> Span:
    """The span of some words of the article."""
    return span_of(words, TEXT)


def blocks(text: str = TEXT) -> tuple[Block, ...]:
    """The article's paragraphs as blocks."""
    found = []
    at = 0
    for number, paragraph in enumerate(text.split("\n\n")):
        kind = BlockKind.HEADING if number == 0 else BlockKind.PARAGRAPH
        kind = BlockKind.POST if "— RT (@" in paragraph else kind
        found.append(Block(kind=kind, span=(at, at + len(paragraph))))
        at += len(paragraph) + 2
    return tuple(found)


def _capture(url: str, body: str, status: int = 200) -> Capture:
    return make_capture(
        url,
        status=status,
        fetched_at=DAY,
        sha256=body * 64,
        headers=(("content-type", "text/html"),),
        offset=1024,
    )


REUTERS_URL = "https://www.reuters.com/world/putin-congratulates-trump-2025-01-20/"
WSJ_URL = "https://www.wsj.com/world/russia/putin-security-council-2025-01-20"
NYT_URL = "https://www.nytimes.com/2025/01/20/us/politics/rotunda.html"
BBC_URL = "https://www.bbc.com/news/articles/gone"
REUTERS = Citation(
    kind=CitationKind.LINK,
    text="congratulated",
    span=where("congratulated"),
    outlet="reuters",
    url=REUTERS_URL,
)
WSJ = Citation(
    kind=CitationKind.OUTLET,
    text="The Wall Street Journal",
    span=where("The Wall Street Journal"),
    outlet="wsj",
)
ABC = Citation(kind=CitationKind.BROADCAST, text="ABC News", span=where("ABC News"), outlet="abcnews")
NYT = Citation(kind=CitationKind.LINK, text="moved indoors", span=where("moved indoors"), outlet="nyt", url=NYT_URL)
BBC = Citation(kind=CitationKind.LINK, text="Oil fell", span=where("Oil fell"), outlet="bbc", url=BBC_URL)
POST = Citation(
    kind=CitationKind.POST,
    text="@RT_com",
    span=where("RT (@RT_com)"),
    outlet="rt",
    handle="RT_com",
    date="2025-01-20",
)
REUTERS_CAPTURE = _capture(REUTERS_URL, "a")
WSJ_CAPTURE = _capture(WSJ_URL, "b")


def shows(
    words: str, stance: Stance, score: float, page: Capture = REUTERS_CAPTURE, outlet: str = "reuters"
) -> Evidence:
    """A passage with its stance."""
    return make_evidence(page, outlet, words, stance, score)


def said(speaker: str, cue: str, words: str, mode: SpeechMode, *, source: str | None = None) -> Attribution:
    """Who said some words of the article."""
    sources = () if source is None else (where(source),)
    return make_attribution(speaker, cue, mode, where(words), source_spans=sources, cue_spans=(where(cue),))


def article(text: str = TEXT) -> Page:
    """The article."""
    return Page(
        text=text,
        url="https://desk.example/2025/01/20/moscow-greets",
        title="Moscow greets the new president",
        byline="A. Reporter",
        published="2025-01-20",
        outlet="desk-example",
        language="en",
        blocks=blocks(text),
        sha256="c" * 64,
    )


def verdict(claim: Claim, label: Label, confidence: float, rationale: str, **fields: Any) -> Verdict:
    """A verdict on a claim of the article."""
    return make_verdict(claim, label, confidence, rationale, checked_at=DAY, **fields)


def sample_check() -> Check:
    """Ten claims under nine labels, six sources of which three could be read (one of them in part)."""
    page = article()
    quote = said("Putin", "said", "Moscow was “open to a dialog on equal terms.”", SpeechMode.MIXED, source="He")
    peskov = said(
        "Dmitry Peskov",
        "told",
        "“The preparations are under way,”",
        SpeechMode.DIRECT,
        source="Dmitry Peskov",
    )
    first = make_claim(
        page,
        "President Vladimir Putin congratulated Donald Trump on Monday",
        kind=ClaimKind.EVENT,
        citations=(REUTERS,),
        statement="President Vladimir Putin congratulated Donald Trump on Monday, 20 January 2025",
    )
    second = make_claim(
        page,
        "He said Moscow was “open to a dialog on equal terms.”",
        kind=ClaimKind.QUOTATION,
        attribution=quote,
        citations=(REUTERS,),
        statement="Putin said Moscow was “open to a dialog on equal terms.”",
    )
    third = make_claim(
        page, "About 420 guests saw the oath in the Rotunda", kind=ClaimKind.QUANTITY, citations=(REUTERS,)
    )
    fourth = make_claim(page, "the parade was moved indoors because of the cold", citations=(NYT,))
    fifth = make_claim(
        page,
        "Putin said Russia wanted a lasting peace",
        citations=(WSJ,),
        attribution=said("Putin", "said", "Russia wanted a lasting peace", SpeechMode.INDIRECT),
    )
    sixth = make_claim(
        page,
        "“The preparations are under way,” Dmitry Peskov told ABC News.",
        kind=ClaimKind.QUOTATION,
        attribution=peskov,
        citations=(ABC,),
    )
    seventh = make_claim(
        page,
        "Talks will open in Riyadh before the spring.",
        kind=ClaimKind.FORECAST,
        checkable=False,
        reasons=("forecast",),
    )
    eighth = make_claim(
        page, "Oil fell by 3 percent after the speech", kind=ClaimKind.QUANTITY, citations=(BBC, REUTERS)
    )
    ninth = make_claim(page, "the ruble gained", checkworthiness=0.4)
    tenth = make_claim(page, "Putin praises Trump's readiness to talk", citations=(POST,))
    claims = (first, second, third, fourth, fifth, sixth, seventh, eighth, ninth, tenth)
    verdicts = (
        verdict(
            first,
            Label.SUPPORTED,
            0.97,
            "Reuters says it.",
            basis=Basis.CITED,
            evidence=(
                shows(
                    "Russian President Vladimir Putin congratulated Donald Trump on taking office.",
                    Stance.SUPPORTS,
                    0.97,
                ),
            ),
        ),
        verdict(
            second,
            Label.PARTLY_SUPPORTED,
            0.74,
            "Reuters has the sentence, but not word for word: "
            "“dialog on equal terms” stands there as “dialogue on an equal footing”.",
            basis=Basis.CITED,
            evidence=(
                shows(
                    "“We are open to a dialogue on an equal footing,” Putin said in televised remarks.",
                    Stance.SUPPORTS,
                    0.81,
                ),
            ),
            quote=QuoteFinding(
                quote="open to a dialog on equal terms",
                grade=QuoteGrade.PARAPHRASE_IN_QUOTES,
                similarity=0.78,
                found="open to a dialogue on an equal footing",
                span=(41, 79),
                capture=REUTERS_CAPTURE.id,
                diff=(
                    ("=", "open to a"),
                    ("-", "dialog on equal terms"),
                    ("+", "dialogue on an equal footing"),
                ),
            ),
        ),
        verdict(
            third,
            Label.CONTRADICTED,
            0.93,
            "Reuters gives another number: 600, not 420.",
            basis=Basis.CITED,
            evidence=(shows("Some 600 guests watched the oath under the dome of the Rotunda.", Stance.REFUTES, 0.93),),
            quantities=(
                QuantityFinding(
                    kind="number",
                    claimed="About 420 guests",
                    found="Some 600 guests",
                    agrees=False,
                    note="420 is not 600",
                ),
            ),
        ),
        verdict(
            fourth,
            Label.SOURCE_UNAVAILABLE,
            1.0,
            "The New York Times could not be read: paywall.",
            reason="paywall",
            needs_review=False,
        ),
        verdict(
            fifth,
            Label.NOT_IN_SOURCE,
            0.85,
            "The Wall Street Journal was read and does not speak of a lasting peace.",
            basis=Basis.CITED,
            evidence=(
                shows("Putin spoke to his security council on Monday.", Stance.NEUTRAL, 0.41, WSJ_CAPTURE, "wsj"),
            ),
        ),
        verdict(
            sixth,
            Label.MISATTRIBUTED,
            0.88,
            "The words stand in Reuters, but Mike Waltz says them, not Dmitry Peskov.",
            basis=Basis.CORROBORATING,
            evidence=(
                shows(
                    "“The preparations are underway,” incoming adviser Mike Waltz told ABC News.",
                    Stance.REFUTES,
                    0.88,
                ),
            ),
        ),
        verdict(seventh, Label.NOT_CHECKABLE, 0.95, "A forecast: nothing can say it yet.", reason="forecast"),
        verdict(
            eighth,
            Label.CONFLICTING,
            0.61,
            "Reuters and The Wall Street Journal disagree.",
            basis=Basis.CITED,
            evidence=(
                shows("Brent crude slipped 3% after the speech.", Stance.SUPPORTS, 0.83),
                shows("Oil rose 1 percent after the address.", Stance.REFUTES, 0.8, WSJ_CAPTURE, "wsj"),
            ),
        ),
        verdict(ninth, Label.NO_SOURCE, 0.9, "The article names no source for it."),
        verdict(
            tenth,
            Label.SOURCE_UNAVAILABLE,
            1.0,
            "The post of @RT_com could not be read.",
            reason="deleted",
            needs_review=False,
        ),
    )
    return make_check(
        page, claims, sample_readings(claims), verdicts, started_at=DAY, finished_at="2025-01-20T19:00:04+00:00"
    )


def sample_readings(claims: tuple[Claim, ...]) -> tuple[Reading, ...]:
    """What came of the six sources."""

    def source(citation: Citation, **fields: object) -> Source:
        leaning = tuple(one.id for one in claims if citation in one.citations)
        return Source(citation=citation, claims=leaning, **fields)  # type: ignore[arg-type]  # the fields are checked by the record

    def page_of(got: Capture, outlet: str, partial: Reason | None = None) -> Page:
        return Page(
            text="…",
            url=got.url,
            final_url=got.final_url,
            outlet=outlet,
            sha256=got.sha256,
            capture=got.id,
            partial=partial,
        )

    gone = _capture(BBC_URL, "d", 404)
    walled = _capture(NYT_URL, "e", 402)
    abc = _capture("https://abcnews.go.com/Politics/waltz", "f")
    found = Candidate(url=WSJ_URL, score=0.82, found_by="a page of wsj.com in the archive, same day")
    return (
        Reading(source=source(REUTERS, capture=REUTERS_CAPTURE), page=page_of(REUTERS_CAPTURE, "reuters")),
        Reading(source=source(NYT, capture=walled, reason=Reason.PAYWALL, detail="402 Payment Required")),
        Reading(
            source=source(WSJ, capture=WSJ_CAPTURE, candidates=(found,)),
            page=page_of(WSJ_CAPTURE, "wsj", Reason.PAYWALL),
        ),
        Reading(source=source(ABC, capture=abc), page=page_of(abc, "abcnews")),
        Reading(source=source(BBC, capture=gone, reason=Reason.NOT_FOUND, detail="404 Not Found")),
        Reading(source=source(POST, reason=Reason.DELETED, detail="the post is no longer there")),
    )


def hostile_check(text: str) -> Check:
    """A check of one claim with some text put into every field that came from outside."""
    page = replace(article(f"{TEXT}\n\n{text}"), title=text, byline=text, outlet=text, url=f"javascript:{text}")
    link = Citation(kind=CitationKind.LINK, text=text, outlet=text, url=f"javascript:alert(1)//{text}")
    speaker = Attribution(speaker=text, cue=text, mode=SpeechMode.DIRECT)
    bad = make_claim(page, text, statement=text, reasons=(text,), attribution=speaker, citations=(link,))
    words = Passage(capture="x", span=(0, len(text)), text=text, url=f"javascript:{text}", outlet=text)
    answer = verdict(
        bad,
        Label.CONTRADICTED,
        0.5,
        text,
        reason=text,
        evidence=(Evidence(passage=words, stance=Stance.REFUTES, score=0.5),),
        quote=QuoteFinding(
            quote=text,
            grade=QuoteGrade.NOT_FOUND,
            similarity=0.1,
            found=text,
            diff=(("-", text), ("+", text)),
        ),
        quantities=(QuantityFinding(kind=text, claimed=text, found=text, agrees=False, note=text),),
    )
    source = Source(citation=link, claims=(bad.id,), reason=Reason.UNRESOLVED, detail=text)
    run = {"judge": text, "version": text, "started_at": DAY, "finished_at": "2025-01-20T19:00:04+00:00"}
    check = make_check(page, [bad], [Reading(source=source)], [answer], **run)
    return replace(check, extraction=replace(check.extraction, notes=(text,)))
