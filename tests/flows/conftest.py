"""A realistic Check, made from records alone: every label, every kind of citation, hostile spans included."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path

import pytest
from newsweb import Desk, open_desk

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
    Page,
    Passage,
    QuantityFinding,
    QuoteFinding,
    QuoteGrade,
    Reading,
    Reason,
    Run,
    Source,
    Span,
    SpeechMode,
    Stance,
    Verdict,
    Via,
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


def where(words: str, text: str = TEXT) -> Span:
    """The span of some words of the article."""
    start = text.index(words)
    return start, start + len(words)


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


def capture(url: str, *, status: int = 200, body: str = "a") -> Capture:
    """A capture out of a replay archive."""
    return Capture(
        url=url,
        final_url=url,
        status=status,
        fetched_at=DAY,
        via=Via.REPLAY,
        sha256=(body * 64)[:64],
        headers=(("content-type", "text/html"),),
        warc="sources.warc.gz",
        offset=1024,
        tool="factdesk 0.1.0",
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
REUTERS_CAPTURE = capture(REUTERS_URL, body="a")
WSJ_CAPTURE = capture(WSJ_URL, body="b")


def passage(words: str, got: Capture = REUTERS_CAPTURE, outlet: str = "reuters") -> Passage:
    """A passage of a captured page."""
    return Passage(capture=got.id, span=(40, 40 + len(words)), text=words, url=got.final_url, outlet=outlet)


def shows(
    words: str, stance: Stance, score: float, got: Capture = REUTERS_CAPTURE, outlet: str = "reuters"
) -> Evidence:
    """A passage with its stance."""
    return Evidence(passage=passage(words, got, outlet), stance=stance, score=score)


def said(speaker: str | None, cue: str, words: str, mode: SpeechMode, *, source: str | None = None) -> Attribution:
    """Who said some words of the article."""
    return Attribution(
        speaker=speaker,
        cue=cue,
        mode=mode,
        source_spans=() if source is None else (where(source),),
        cue_spans=(where(cue),),
        content_spans=(where(words),),
        anonymous=speaker is None,
    )


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


def claim(page: Page, *words: str, **fields: object) -> Claim:
    """A claim of the article; ``words`` are its pieces in order."""
    given: dict[str, object] = {
        "statement": " ".join(words),
        "kind": ClaimKind.STATEMENT,
        "checkable": True,
        "checkworthiness": 0.7,
        **fields,
    }
    return Claim(article=page.id, text=" ".join(words), spans=tuple(where(one, page.text) for one in words), **given)  # type: ignore[arg-type]  # the fields are checked by the record


def verdict(of: Claim, label: Label, confidence: float, rationale: str, **fields: object) -> Verdict:
    """A verdict on a claim."""
    given: dict[str, object] = {"needs_review": confidence < 0.8, **fields}
    return Verdict(
        claim=of.id,
        run="run-1",
        label=label,
        confidence=confidence,
        rationale=rationale,
        judge="embedded 1",
        checked_at=DAY,
        **given,  # type: ignore[arg-type]  # the fields are checked by the record
    )


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
    first = claim(
        page,
        "President Vladimir Putin congratulated Donald Trump on Monday",
        kind=ClaimKind.EVENT,
        citations=(REUTERS,),
        statement="President Vladimir Putin congratulated Donald Trump on Monday, 20 January 2025",
    )
    second = claim(
        page,
        "He said Moscow was “open to a dialog on equal terms.”",
        kind=ClaimKind.QUOTATION,
        attribution=quote,
        citations=(REUTERS,),
        statement="Putin said Moscow was “open to a dialog on equal terms.”",
    )
    third = claim(page, "About 420 guests saw the oath in the Rotunda", kind=ClaimKind.QUANTITY, citations=(REUTERS,))
    fourth = claim(page, "the parade was moved indoors because of the cold", citations=(NYT,))
    fifth = claim(
        page,
        "Putin said Russia wanted a lasting peace",
        citations=(WSJ,),
        attribution=said("Putin", "said", "Russia wanted a lasting peace", SpeechMode.INDIRECT),
    )
    sixth = claim(
        page,
        "“The preparations are under way,” Dmitry Peskov told ABC News.",
        kind=ClaimKind.QUOTATION,
        attribution=peskov,
        citations=(ABC,),
    )
    seventh = claim(
        page,
        "Talks will open in Riyadh before the spring.",
        kind=ClaimKind.FORECAST,
        checkable=False,
        reasons=("forecast",),
    )
    eighth = claim(page, "Oil fell by 3 percent after the speech", kind=ClaimKind.QUANTITY, citations=(BBC, REUTERS))
    ninth = claim(page, "the ruble gained", checkworthiness=0.4)
    tenth = claim(page, "Putin praises Trump's readiness to talk", citations=(POST,))
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
    return Check(
        article=page,
        extraction=Extraction(attributions=(quote, peskov), claims=claims),
        readings=sample_readings(claims),
        verdicts=verdicts,
        run=Run(
            id="run-1",
            article=page.id,
            started_at=DAY,
            finished_at="2025-01-20T19:00:04+00:00",
            judge="embedded 1",
            version="0.1.0",
        ),
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

    gone = capture(BBC_URL, status=404, body="d")
    walled = capture(NYT_URL, status=402, body="e")
    abc = capture("https://abcnews.go.com/Politics/waltz", body="f")
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


@pytest.fixture
def check() -> Check:
    """The sample check."""
    return sample_check()


@pytest.fixture
def hostile() -> Callable[[str], Check]:
    """The sample check with some text put into every field that came from outside."""

    def build(text: str) -> Check:
        plain = sample_check()
        page = dataclasses.replace(
            article(f"{TEXT}\n\n{text}"), title=text, byline=text, outlet=text, url=f"javascript:{text}"
        )
        link = Citation(kind=CitationKind.LINK, text=text, outlet=text, url=f"javascript:alert(1)//{text}")
        speaker = Attribution(speaker=text, cue=text, mode=SpeechMode.DIRECT)
        bad = claim(page, text, statement=text, reasons=(text,), attribution=speaker, citations=(link,))
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
        run = dataclasses.replace(plain.run, judge=text, version=text)
        return Check(
            article=page,
            extraction=Extraction(attributions=(speaker,), claims=(bad,), notes=(text,)),
            readings=(Reading(source=source),),
            verdicts=(answer,),
            run=run,
        )

    return build


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """An article, its archive and its ledger in a folder of their own."""
    monkeypatch.chdir(tmp_path)
    return open_desk(tmp_path)
