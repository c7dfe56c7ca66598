"""Looks up a claim's quotations in a page and adjusts the judgment accordingly."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from claims.records import Page, QuoteFinding, QuoteGrade
from claims.verification.evidence.passages import Window
from claims.verification.quotes import grading, word_changes
from claims.verification.quotes.originals import original
from claims.verification.weighing.weigh import ABOUT, FAITHFUL, Question, Weighed
from claims.verification.words import content, words

# So many words at most are exchanged one for another.
_FEW = 8


def find_quotes(question: Question, page: Page, where: Sequence[Window]) -> tuple[QuoteFinding, ...]:
    """The claim's quotations as found in the page's readable passages (never in navigation)."""
    if not question.quotes or not where:
        return ()
    translated = grading.foreign(page)
    findings = []
    for quote in question.quotes:
        finding = grading.grade(quote, page.text, translated=translated, around=question.around)
        readable = finding.span is not None and any(
            window.passage.span[0] <= finding.span[0] < window.passage.span[1] for window in where
        )
        if finding.span is not None and not readable:
            finding = QuoteFinding(quote=quote, grade=QuoteGrade.NOT_FOUND, similarity=finding.similarity)
        elif finding.span is not None:
            second = _spoken_at(page, finding.span[0])
            finding = replace(finding, original=original(page.text, finding.span), second=second)
        findings.append(finding)
    return tuple(findings)


def _spoken_at(page: Page, place: int) -> float | None:
    """The second of a recording on which the words at a place of its transcript are spoken."""
    number = bisect_right(page.times, place, key=lambda cue: cue[0])
    return page.times[number - 1][1] if number else None


def with_quotes(weighed: Weighed, quotes: Sequence[QuoteFinding]) -> Weighed:
    """Lower the support if a quotation has an exchanged word, because quotation marks promise the exact words."""
    for quote in quotes:
        turned = turns_sense(quote)
        if quote.grade is QuoteGrade.PARAPHRASE_IN_QUOTES and (turned or _altered(quote)):
            return Weighed(
                supported=min(weighed.supported, 0.05),
                refuted=max(weighed.refuted, 0.9 if turned else 0.75),
                covered=max(weighed.covered, ABOUT),
                findings=(*weighed.findings, "the quotation differs in wording from the source"),
            )
    return weighed


def turns_sense(quote: QuoteFinding) -> bool:
    """Whether the exchanged words of a quotation are opposites, or differ in number, negation or modality.

    Where much is exchanged it is worded anew, and single words of it are no longer in each other's place.
    """
    ours, theirs = _side(quote, "-"), _side(quote, "+")
    return word_changes.turns(ours, theirs, anew=max(len(ours), len(theirs)) > _FEW)


def _altered(quote: QuoteFinding) -> bool:
    """Whether the quotation differs from the source only in one or two words: altered, not paraphrased."""
    ours, theirs = _side(quote, "-"), _side(quote, "+")
    if ("of" in ours) != ("of" in theirs) and Counter(content(" ".join(ours))) == Counter(content(" ".join(theirs))):
        return False  # "propaganda of X" for "X propaganda"
    unchanged = _side(quote, "=")
    return max(len(ours), len(theirs)) <= 2 and len(unchanged) >= 3 * max(1, len(ours))


def _side(quote: QuoteFinding, side: str) -> list[str]:
    return [word.norm for kind, run in quote.diff if kind == side for word in words(run)]


def stands_in(quote: QuoteFinding, window: Window) -> bool:
    """Whether the matched words begin inside the passage."""
    if quote.span is None:
        return False
    start, end = window.passage.span
    return start <= quote.span[0] < end


def worst(findings: Sequence[QuoteFinding]) -> QuoteFinding | None:
    """The least faithful finding; None if there are none."""
    order = list(QuoteGrade)
    return max(findings, key=lambda quote: (quote.grade not in FAITHFUL, order.index(quote.grade)), default=None)
