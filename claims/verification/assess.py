"""One claim against one page: what the page's passages, the rules and the judge say together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeAlias

from claims.records import (
    Attribution,
    Evidence,
    Judgment,
    Page,
    Probabilities,
    QuantityFinding,
    QuoteFinding,
    QuoteGrade,
    Reading,
    Stance,
)
from claims.verification import changes, parts, quantities, speakers
from claims.verification.evidence import Window
from claims.verification.speakers import Speaker
from claims.verification.weigh import ABOUT, FAITHFUL, Weighed, weigh
from claims.verification.words import content, words

# Where a page starts to say it, and to deny it. Chosen for a false-supported rate under 5 % (docs/verdicts.md).
SUPPORTS, PARTLY, REFUTES = 0.55, 0.35, 0.5
# A judge alone, without a rule beside it, must be surer before a page is said to contradict.
REFUTES_ALONE = 0.65


class Outcome(StrEnum):
    """What one page does with a claim."""

    SUPPORTS = "supports"
    PARTLY = "partly"
    REFUTES = "refutes"
    MISATTRIBUTES = "misattributes"
    SILENT = "silent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked of every page: the claim's statement, its quotations, its speaker, the article's date.

    ``around`` are the claim's words outside its quotation marks.
    """

    statement: str
    quotes: tuple[str, ...] = ()
    around: str = ""
    attribution: Attribution | None = None
    asked_on: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """One page's answer: the outcome, how probable it is, what it rests on and what is doubtful about it.

    ``probability`` is that of the outcome; ``missing`` are words of the claim that no passage has; ``speaker``
    is the other speaker of a misattribution; ``ruled`` says that a rule and not the judge alone decided.
    """

    reading: Reading
    outcome: Outcome
    probability: float
    evidence: tuple[Evidence, ...] = ()
    judgment: Judgment | None = None
    covered: float = 0.0
    missing: tuple[str, ...] = ()
    speaker: str = ""
    doubts: tuple[str, ...] = ()
    ruled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One passage of a page with its judgment and what the rules made of it."""

    window: Window
    judgment: Judgment
    weighed: Weighed


# The page's probabilities from all its judged passages together.
Calibrated: TypeAlias = Callable[[Sequence[Judged]], Probabilities]


def find_quotes(question: Question, page: Page, where: Sequence[Window]) -> tuple[QuoteFinding, ...]:
    """The claim's quotations as they stand in the page's readable passages (never in navigation)."""
    from claims.verification import quotes  # noqa: PLC0415  only where a claim quotes

    if not question.quotes or not where:
        return ()
    translated = quotes.foreign(page)
    found = []
    for quote in question.quotes:
        finding = quotes.grade(quote, page.text, translated=translated, around=question.around)
        readable = finding.span is not None and any(
            window.passage.span[0] <= finding.span[0] < window.passage.span[1] for window in where
        )
        if finding.span is not None and not readable:
            finding = QuoteFinding(quote=quote, grade=QuoteGrade.NOT_FOUND, similarity=finding.similarity)
        found.append(finding)
    return tuple(found)


def assess(
    question: Question,
    reading: Reading,
    windows: Sequence[Window],
    answers: Sequence[Probabilities],
    quoted: Sequence[QuoteFinding],
    partly: Sequence[Probabilities] = (),
    calibrated: Calibrated | None = None,
) -> View:
    """Weigh every passage of a page and name the page's outcome.

    ``windows`` and ``answers`` belong together; ``quoted`` are the page's findings for the claim's quotations;
    ``partly`` are the answers for the claim without the words that the windows lack (see ``parts.kernel``).
    """
    page = reading.page
    if page is None or not windows:
        return View(reading=reading, outcome=Outcome.SILENT, probability=0.9)
    judged = [_judge(question, page, window, answer, quoted) for window, answer in zip(windows, answers, strict=True)]
    best = _shortest(judged)
    worst = max(judged, key=lambda one: (one.weighed.refuted, one.weighed.covered))
    if calibrated is not None:
        best, worst = (_recalibrated(question, one, calibrated(judged), quoted) for one in (best, worst))
    missing = parts.missing(question.statement, _there(page, windows))
    if _denies(best, worst):
        return _view(reading, Outcome.REFUTES, worst, judged, missing, worst.weighed.refuted)
    quoting = max((one for one in judged if one.judgment.quote), key=lambda one: one.weighed.covered, default=None)
    if quoting is not None and best.weighed.supported < SUPPORTS:
        best = quoting
    part = max((answer.supported for answer in partly), default=0.0)
    if quoting is None and part >= SUPPORTS > best.weighed.supported:
        nearest = max(judged, key=lambda one: one.weighed.covered)
        return _supported(question, reading, nearest, judged, missing, part)
    if quoting is None and (best.weighed.supported < PARTLY or best.weighed.covered < ABOUT):
        sure = 1 - max(best.weighed.supported, worst.weighed.refuted)
        return _view(reading, Outcome.SILENT, best, judged, missing, sure)
    return _supported(question, reading, best, judged, missing)


def _judge(
    question: Question, page: Page, window: Window, answer: Probabilities, quoted: Sequence[QuoteFinding]
) -> Judged:
    here = [quote for quote in quoted if _inside(quote, window)]
    compared = quantities.compare(
        question.statement,
        window.passage.text,
        claimed_on=question.asked_on,
        found_on=page.published,
        context=f"{window.context} {window.before}",
    )
    compared = _without_speaker(compared, question.attribution)
    faithful = here if len(here) == len(question.quotes) else []
    weighed = weigh(question.statement, window.passage.text, answer, compared, faithful)
    weighed = _with_quotes(weighed, here)
    judgment = Judgment(
        passage=window.passage,
        p_supported=round(weighed.supported, 4),
        p_refuted=round(weighed.refuted, 4),
        quote=_worst(here),
        quantities=compared,
        findings=weighed.findings,
    )
    return Judged(window=window, judgment=judgment, weighed=weighed)


def _shortest(judged: Sequence[Judged]) -> Judged:
    """The best supporting passage; of those that are nearly as good, the shortest."""
    top = max(judged, key=lambda one: (one.weighed.supported, one.weighed.covered)).weighed
    near = [
        one
        for one in judged
        if one.weighed.supported >= top.supported - 0.1 and one.weighed.covered >= top.covered - 0.05
    ]
    return min(near, key=lambda one: (len(one.window.passage.text), one.window.passage.span))


def _recalibrated(question: Question, one: Judged, answer: Probabilities, quoted: Sequence[QuoteFinding]) -> Judged:
    """The passage weighed again with the probabilities of the whole page; the rules overrule these too."""
    here = [quote for quote in quoted if _inside(quote, one.window)]
    faithful = here if len(here) == len(question.quotes) else []
    compared = one.judgment.quantities
    weighed = weigh(question.statement, one.window.passage.text, answer, compared, faithful, calibrated=True)
    weighed = _with_quotes(weighed, here)
    judgment = replace(one.judgment, p_supported=round(weighed.supported, 4), p_refuted=round(weighed.refuted, 4))
    return Judged(window=one.window, judgment=judgment, weighed=weighed)


def _without_speaker(
    compared: tuple[QuantityFinding, ...], attribution: Attribution | None
) -> tuple[QuantityFinding, ...]:
    """The findings without the speaker's own name: another speaker is a misattribution, not a clash."""
    said = attribution.speaker if attribution and attribution.speaker else ""
    return tuple(
        finding for finding in compared if finding.kind != "name" or not said or finding.claimed.split()[-1] not in said
    )


def _there(page: Page, windows: Sequence[Window]) -> set[str]:
    """Every content word that the passages or the title have."""
    return {token for window in windows for token in window.content} | set(content(page.title or ""))


def _with_quotes(weighed: Weighed, here: Sequence[QuoteFinding]) -> Weighed:
    """A quotation with a word exchanged is contradicted by its source: quotation marks vouch for the words."""
    for quote in here:
        turned = turns_sense(quote)
        if quote.grade is QuoteGrade.PARAPHRASE_IN_QUOTES and (turned or _altered(quote)):
            return Weighed(
                supported=min(weighed.supported, 0.05),
                refuted=max(weighed.refuted, 0.9 if turned else 0.75),
                covered=max(weighed.covered, ABOUT),
                findings=(*weighed.findings, "the quotation has other words than the source"),
            )
    return weighed


def turns_sense(quote: QuoteFinding) -> bool:
    """Whether the exchanged words of a quotation are opposites, or differ in number, negation or modality."""
    return changes.turns(_side(quote, "-"), _side(quote, "+"))


def _altered(quote: QuoteFinding) -> bool:
    """Whether the quotation is the source's but for one or two words: altered, not retold."""
    ours, theirs = _side(quote, "-"), _side(quote, "+")
    kept = _side(quote, "=")
    return max(len(ours), len(theirs)) <= 2 and len(kept) >= 3 * max(1, len(ours))


def _side(quote: QuoteFinding, side: str) -> list[str]:
    return [word.norm for kind, run in quote.diff if kind == side for word in words(run)]


def _inside(quote: QuoteFinding, window: Window) -> bool:
    if quote.span is None:
        return False
    start, end = window.passage.span
    return start <= quote.span[0] < end


def _worst(found: Sequence[QuoteFinding]) -> QuoteFinding | None:
    order = list(QuoteGrade)
    return max(found, key=lambda quote: (quote.grade not in FAITHFUL, order.index(quote.grade)), default=None)


def _denies(best: Judged, worst: Judged) -> bool:
    """Whether the page contradicts: a rule's clash, or a sure judge, and no passage that says it as fully."""
    need = REFUTES if worst.weighed.findings else REFUTES_ALONE
    if worst.weighed.refuted < need or worst.weighed.covered < ABOUT:
        return False
    if best.weighed.supported < SUPPORTS:
        return True
    return best.weighed.covered < worst.weighed.covered


def _supported(
    question: Question,
    reading: Reading,
    best: Judged,
    judged: Sequence[Judged],
    missing: tuple[str, ...],
    part: float = 0.0,
) -> View:
    """The page says it, in whole or in part: now whose words are they, and are they quoted faithfully?"""
    page = reading.page
    assert page is not None  # noqa: S101  assess() asks only read pages
    passage, before = best.window.passage, best.window.before
    who, other = speakers.compare(question.attribution, passage.text, before, page, passage.span[0])
    if who is Speaker.OTHER:
        return _view(reading, Outcome.MISATTRIBUTES, best, judged, missing, 0.7, speaker=other)
    doubts = ["the source does not name who says it"] if who is Speaker.UNKNOWN else []
    outcome = Outcome.SUPPORTS if best.weighed.supported >= SUPPORTS else Outcome.PARTLY
    quote = best.judgment.quote
    if question.quotes and quote is None:
        outcome = Outcome.PARTLY
        doubts.append("the words in quotation marks do not stand in the source")
    elif quote is not None and quote.grade not in FAITHFUL:
        outcome = Outcome.PARTLY
    return _view(reading, outcome, best, judged, missing, max(best.weighed.supported, part), doubts=tuple(doubts))


def _view(  # noqa: PLR0913  the parts of a view
    reading: Reading,
    outcome: Outcome,
    decisive: Judged,
    judged: Sequence[Judged],
    missing: tuple[str, ...],
    probability: float,
    *,
    speaker: str = "",
    doubts: tuple[str, ...] = (),
) -> View:
    return View(
        reading=reading,
        outcome=outcome,
        probability=probability,
        evidence=_evidence(outcome, decisive, judged),
        judgment=decisive.judgment,
        covered=decisive.weighed.covered,
        missing=missing,
        speaker=speaker,
        doubts=doubts,
        ruled=bool(decisive.weighed.findings) or decisive.judgment.quote is not None,
    )


def _evidence(outcome: Outcome, decisive: Judged, judged: Sequence[Judged]) -> tuple[Evidence, ...]:
    """The deciding passage first, then the best supporting, the best contradicting, and the nearest miss."""
    chosen = [decisive]
    for key in (lambda one: one.weighed.supported, lambda one: one.weighed.refuted, lambda one: one.weighed.covered):
        one = max(judged, key=key)
        if one not in chosen:
            chosen.append(one)
    return tuple(_exhibit(one, outcome if one is decisive else None) for one in chosen[:3])


def _exhibit(one: Judged, outcome: Outcome | None) -> Evidence:
    weighed = one.weighed
    if outcome is Outcome.REFUTES or (outcome is None and weighed.refuted >= REFUTES_ALONE):
        return Evidence(passage=one.judgment.passage, stance=Stance.REFUTES, score=round(weighed.refuted, 3))
    saying = outcome in (Outcome.SUPPORTS, Outcome.PARTLY, Outcome.MISATTRIBUTES)
    if saying or (outcome is None and weighed.supported >= SUPPORTS):
        return Evidence(passage=one.judgment.passage, stance=Stance.SUPPORTS, score=round(weighed.supported, 3))
    score = max(weighed.supported, weighed.refuted)
    return Evidence(passage=one.judgment.passage, stance=Stance.NEUTRAL, score=round(score, 3))
