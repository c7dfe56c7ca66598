"""The door: claims and the pages that were read, to one verdict for each claim. Deterministic; no network."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from claims.records import (
    CitationKind,
    Claim,
    Page,
    Policy,
    Probabilities,
    QuoteFinding,
    Reading,
    SpeechMode,
    Verdict,
)
from claims.verification.assess import Calibrated, assess
from claims.verification.calibrated import Calibration, calibration
from claims.verification.evidence import TOP, Ranked, Window, together
from claims.verification.features import features, read
from claims.verification.judge import Judge, ask
from claims.verification.parts import kernel
from claims.verification.quotes import quotations
from claims.verification.quoting import find_quotes
from claims.verification.verdict import Decision, decide, stamp
from claims.verification.views import Heard, Judged, Question, View
from claims.verification.weigh import ABOUT
from claims.verification.words import content, coverage, cut, plain

# Pages that a claim does not cite are asked for fewer passages: they can only corroborate.
_TOP_BESIDE = 3
# The claim without the words that a passage lacks is put to so many of the nearest passages.
_PARTS = 2


# A statement that stands alone says after "on Monday" which day that was; the sources are asked without.
_GLOSS = re.compile(r"\s\((?:\w+ )?\d{1,2} \w+ \d{4}\)|\s\(\w+ \d{4}\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """One claim put to one page: the passages to judge and the page's quotation findings."""

    claim: str
    question: Question
    reading: Reading
    ranked: Ranked
    windows: tuple[Window, ...]
    quotes: tuple[QuoteFinding, ...]

    @property
    def near(self) -> bool:
        """Whether any passage has enough of the claim's words, or a quotation of it, to be worth judging.

        Below ``ABOUT`` a page is silent whatever a judge says, so the judge is not asked.
        """
        asked = content(self.question.statement)
        covered = max((coverage(asked, window.content) for window in self.windows), default=0.0)
        return covered >= ABOUT or any(quote.span for quote in self.quotes)


def verify(
    claims: Sequence[Claim],
    article: Page,
    readings: Sequence[Reading],
    judge: Judge,
    *,
    run: str,
    policy: Policy,
    now: str,
) -> list[Verdict]:
    """One verdict for each claim, in order.

    ``readings`` are the article's sources, read or not; ``run`` is the run's id, ``now`` ISO 8601 in UTC.
    All (claim, passage) pairs of the article go through the judge together.

    Raises:
        JudgeError: the judge did not answer as its protocol promises.
    """
    pages = {
        reading.source.id: Ranked(reading.page, reading.source.capture.id if reading.source.capture else None)
        for reading in readings
        if reading.page is not None and reading.page.text != article.text
    }
    asked = [one for claim in claims if claim.checkable for one in _ask(claim, article, readings, pages)]
    pairs = [pair for one in asked for pair in _pairs(one)]
    views = _views(asked, ask(judge, pairs), calibration(judge.name))
    version = f"{judge.name} {judge.version}"
    return [
        stamp(claim, _decide(claim, readings, views), run=run, judge=version, policy=policy, now=now)
        for claim in claims
    ]


def question(claim: Claim, article: Page) -> Question:
    """What is asked of the sources: the claim's content without "X said that", its quotations, its speaker."""
    quoted = _quotations(claim, article)
    around = plain(claim.text)
    for quote in quoted:
        around = around.replace(plain(quote), " ")
    return Question(
        statement=cut(_content(claim)),
        quotes=tuple(cut(quote) for quote in quoted[:6]),
        around=around,
        attribution=claim.attribution,
        asked_on=article.published,
    )


def _ask(claim: Claim, article: Page, readings: Sequence[Reading], pages: Mapping[str, Ranked]) -> list[_Asked]:
    asked = question(claim, article)
    cited = _cited(claim)
    found = []
    for reading in readings:
        ranked = pages.get(reading.source.id)
        if ranked is None or reading.page is None:
            continue
        k = TOP if reading.source.id in cited or not cited else _TOP_BESIDE
        quotes = find_quotes(asked, reading.page, ranked.windows)
        windows = _with_quoted(ranked.top(asked.statement, k), quotes, ranked)
        found.append(
            _Asked(
                claim=claim.id, question=asked, reading=reading, ranked=ranked, windows=tuple(windows), quotes=quotes
            )
        )
    return found


def _with_quoted(top: list[Window], quotes: Sequence[QuoteFinding], ranked: Ranked) -> list[Window]:
    """The top passages and, for each quotation found, the shortest passage that holds it whole."""
    chosen = list(top)
    for quote in quotes:
        if quote.span is None:
            continue
        start, end = quote.span
        holders = [
            window for window in ranked.windows if window.passage.span[0] <= start and end <= window.passage.span[1]
        ]
        best = min(holders, key=lambda window: len(window.passage.text), default=None)
        if best is not None and best not in chosen:
            chosen.append(best)
    return chosen


def _pairs(one: _Asked) -> list[tuple[str, str]]:
    """The pairs to judge: the claim with each passage, with the nearest read as one, and its kernels.

    A kernel is what is left of the claim without the words that a passage lacks.
    """
    if not one.near:
        return []
    statement = one.question.statement
    whole = [(statement, window.passage.text) for window in one.windows]
    asked = content(statement)
    nearest = sorted(one.windows, key=lambda window: -coverage(asked, window.content))
    kernels = [(kernel(statement, set(window.content)), window) for window in nearest[:_PARTS]]
    return [*whole, (statement, together(one.windows)), *((rest, w.passage.text) for rest, w in kernels if rest)]


def _views(
    asked: Sequence[_Asked], answers: Sequence[Probabilities], fitted: Calibration | None
) -> dict[tuple[str, str], View]:
    views, at = {}, 0
    for one in asked:
        whole, size = len(one.windows), len(_pairs(one))
        if not size:
            views[one.claim, one.reading.source.id] = _silent(one)
            continue
        mine, as_one, partly = answers[at : at + whole], answers[at + whole], answers[at + whole + 1 : at + size]
        at += size
        page = _calibrated(one, mine, as_one, fitted) if fitted else None
        heard = Heard(
            windows=one.windows,
            answers=tuple(mine),
            quotes=one.quotes,
            partly=tuple(partly),
            words=frozenset(one.ranked.sequence),
        )
        view = assess(one.question, one.reading, heard, page)
        views[one.claim, one.reading.source.id] = view
    return views


def _silent(one: _Asked) -> View:
    """The answer of a page that no judge needs to be asked about: what comes nearest is kept as a miss."""
    nothing = Probabilities(supported=0.0, refuted=0.0)
    heard = Heard(windows=one.windows[:1], answers=(nothing,) * len(one.windows[:1]))
    return assess(one.question, one.reading, heard)


def _calibrated(one: _Asked, mine: Sequence[Probabilities], as_one: Probabilities, fitted: Calibration) -> Calibrated:
    """The page's probabilities, worked out when its passages have been compared by the rules."""

    def of(judged: Sequence[Judged]) -> Probabilities:
        findings = {place: found.judgment.quantities for place, found in enumerate(judged)}
        seen = read(one.question.statement, one.windows, mine, as_one, one.ranked, findings)
        return fitted.probabilities(features(one.question.statement, seen), seen.windows)

    return of


def _decide(claim: Claim, readings: Sequence[Reading], views: Mapping[tuple[str, str], View]) -> Decision:
    cited = _cited(claim)
    mine = [reading for reading in readings if reading.source.id in cited]
    read = [view for reading in mine if (view := views.get((claim.id, reading.source.id)))]
    unread = [reading for reading in mine if reading.page is None]
    others = [
        view
        for reading in readings
        if reading.source.id not in cited and (view := views.get((claim.id, reading.source.id)))
    ]
    # An article that cites itself names no source; a source that nobody went to read is not silent.
    cites = bool(cited) and not (mine and not read and not unread)
    return decide(claim, read, unread, others, cites=cites)


def _cited(claim: Claim) -> set[str]:
    return {citation.source_id for citation in claim.citations if citation.kind is not CitationKind.NONE}


def _quotations(claim: Claim, article: Page) -> list[str]:
    """The claim's quoted words. A claim from inside a long quotation has no marks of its own."""
    pieces = []
    for start, end in claim.spans:
        before, after = article.text[max(0, start - 1) : start], article.text[end : end + 1]
        pieces.append(
            (before if plain(before) == '"' else "") + article.text[start:end] + (after if plain(after) == '"' else "")
        )
    found = quotations(" ".join(pieces) if pieces else claim.text)
    direct = claim.attribution is not None and claim.attribution.mode is SpeechMode.DIRECT
    if not found and direct and '"' not in plain(claim.text):
        return [claim.text]
    return found


def _content(claim: Claim) -> str:
    """The statement without its "X said that": what is attributed is looked up, the speaker compared by rule."""
    statement = _GLOSS.sub("", claim.statement)
    said = claim.attribution
    if said is None or said.negated or not said.cue:
        return statement
    cue = re.escape(said.cue.strip())
    head = re.match(rf"^[^\"“]{{0,120}}?\b{cue}\b(?:\s+that\b|\s*[,:])?\s+", statement, re.I)
    rest = statement[head.end() :] if head else statement
    if head is None:
        tail = re.search(rf",\s*[^,]{{0,80}}\b{cue}\b[^,]{{0,60}}$", statement, re.I)
        rest = statement[: tail.start()] + "." if tail else rest
    return rest if len(rest.split()) >= 4 else statement
