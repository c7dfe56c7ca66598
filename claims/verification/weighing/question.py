"""The question to each page about a claim: the statement without its attribution, its quotations, and the passages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from claims.records import (
    Attribution,
    CitationKind,
    Claim,
    Page,
    QuantityFinding,
    QuoteFinding,
    Reading,
    SpeechMode,
)
from claims.verification.evidence.passages import TOP, Ranked, Window
from claims.verification.evidence.ranking import ALIKE
from claims.verification.quotes.grading import quoted_words
from claims.verification.rules.quantities import settled
from claims.verification.speaking.credits import without_credits
from claims.verification.speaking.own_voice import asked_of
from claims.verification.weighing.claim_parts import kernel
from claims.verification.weighing.quotation_findings import find_quotes
from claims.verification.weighing.source_forms import compare_windows, judge_pairs
from claims.verification.weighing.weigh import ABOUT, Question
from claims.verification.words import content, coverage, cut, plain

# Pages that a claim does not cite are asked for fewer passages: they can only corroborate.
_TOP_BESIDE = 3
# The claim without the words that a passage lacks is put to so many of the nearest passages.
_PARTS = 2
# A statement that stands alone says after "on Monday" which day that was. Ledgers of older versions kept it only so.
_DATE = re.compile(r"\s\((?:\w+ ){0,3}?(?:\d{1,2} )?(?:[A-Z]\w+ )?\d{4}\)")


@dataclass(frozen=True, kw_only=True)
class PageQuestion:
    """One claim put to one page: the passages to judge, the page's quotation findings, and what the judge is asked.

    ``alike`` is the page's sentence that is nearest in meaning. A judge is ``asked`` if the claim cites the page, or a
    passage has enough of its words or a quotation of it; ``worded`` if one has.
    """

    claim: str
    question: Question
    reading: Reading
    ranked: Ranked
    windows: tuple[Window, ...]
    quotes: tuple[QuoteFinding, ...]
    alike: tuple[float, Window] | None
    asked: bool
    worded: bool = True

    @property
    def statement(self) -> str:
        """The statement that is compared with the page."""
        return self.question.statement

    @cached_property
    def compared(self) -> list[tuple[QuantityFinding, ...]]:
        """Each passage's numbers, dates and names compared with the claim's."""
        per_window = compare_windows(
            self.statement,
            self.windows,
            self.words,
            asked_on=self.question.asked_on,
            published=self.ranked.page.published,
        )
        return settled([_without_speaker(findings, self.question.attribution) for findings in per_window])

    @property
    def words(self) -> frozenset[str]:
        """The content words of the whole page, for the rules; none if no judge needs to be asked."""
        return self.ranked.vocabulary if self.asked else frozenset()

    @property
    def reworded(self) -> bool:
        """Whether no passage has enough of the words, and one sentence is near the claim in meaning."""
        return self.asked and not self.worded and self.alike is not None and self.alike[0] >= ALIKE

    @cached_property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """What a judge is asked, as claim and evidence; empty if it need not be."""
        if not self.asked:
            return ()
        return (*judge_pairs(self.statement, self.windows, self.compared), *self._kernels())

    def _kernels(self) -> Iterator[tuple[str, str]]:
        """What is left of the claim without the words that a passage lacks, with that passage."""
        shares = _shares(self.statement, self.windows)
        for place in sorted(range(len(self.windows)), key=lambda place: -shares[place])[:_PARTS]:
            if rest := kernel(self.statement, set(self.windows[place].content)):
                yield rest, self.windows[place].passage.text


def question(claim: Claim, article: Page) -> Question:
    """The question to the sources: the claim without "X said that", its quotations, its speaker."""
    quoted = _quotations(claim, article)
    around = plain(claim.text)
    for quote in quoted:
        around = around.replace(plain(quote), " ")
    return Question(
        statement=cut(without_credits(_asked_statement(claim), claim.citations)),
        whole=not claim.asked or claim.asked == _undated(claim),
        quotes=tuple(cut(quote) for quote in quoted[:6]),
        around=around,
        attribution=claim.attribution,
        asked_on=article.published,
    )


def _without_speaker(
    compared: tuple[QuantityFinding, ...], attribution: Attribution | None
) -> tuple[QuantityFinding, ...]:
    """The findings without the speaker's own name: another speaker is a misattribution, not a clash."""
    speaker = attribution.speaker if attribution and attribution.speaker else ""
    return tuple(
        finding
        for finding in compared
        if finding.kind != "name" or not speaker or finding.claimed.split()[-1] not in speaker
    )


def ask_pages(
    claim: Claim, article: Page, readings: Sequence[Reading], pages: Mapping[str, Ranked]
) -> list[PageQuestion]:
    """The claim put to every page that was read; ``pages`` are their passages by the source's id."""
    put = question(claim, article)
    cited = cited_by(claim)
    questions = []
    for reading in readings:
        ranked = pages.get(reading.source.id)
        if ranked is None or reading.page is None:
            continue
        k = TOP if reading.source.id in cited or not cited else _TOP_BESIDE
        statement, own = asked_of(put.statement, put.attribution, reading.page)
        page_own = replace(put, statement=statement, own=own)
        quotes = find_quotes(page_own, reading.page, ranked.windows)
        windows = _with_quoted(ranked.top(statement, k), quotes, ranked)
        alike, worded = ranked.alike(statement), _worded(statement, windows, quotes)
        if not worded and alike and alike[0] >= ALIKE and alike[1] not in windows:
            windows = (alike[1], *windows)
        questions.append(
            PageQuestion(
                claim=claim.id,
                question=page_own,
                reading=reading,
                ranked=ranked,
                windows=windows,
                quotes=quotes,
                alike=alike,
                asked=worded or (bool(windows) and reading.source.id in cited),
                worded=worded,
            )
        )
    return questions


def _with_quoted(top: Sequence[Window], quotes: Sequence[QuoteFinding], ranked: Ranked) -> tuple[Window, ...]:
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
    return tuple(chosen)


def _worded(statement: str, windows: Sequence[Window], quotes: Sequence[QuoteFinding]) -> bool:
    """Whether a passage has enough of the claim's words, or a quotation of it."""
    return max(_shares(statement, windows), default=0.0) >= ABOUT or any(quote.span for quote in quotes)


def _shares(statement: str, windows: Sequence[Window]) -> list[float]:
    claim_words = content(statement)
    return [coverage(claim_words, window.content) for window in windows]


def cited_by(claim: Claim) -> set[str]:
    """The ids of the sources that the claim cites."""
    return {citation.source_id for citation in claim.citations if citation.kind is not CitationKind.NONE}


def _quotations(claim: Claim, article: Page) -> list[str]:
    """The claim's quoted words. A claim from inside a long quotation has no marks of its own."""
    pieces = []
    for start, end in claim.spans:
        before, after = article.text[max(0, start - 1) : start], article.text[end : end + 1]
        pieces.append(
            (before if plain(before) == '"' else "") + article.text[start:end] + (after if plain(after) == '"' else "")
        )
    quoted = quoted_words(" ".join(pieces) if pieces else claim.text)
    direct = claim.attribution is not None and claim.attribution.mode is SpeechMode.DIRECT
    if not quoted and direct and '"' not in plain(claim.text):
        return [claim.text]
    return quoted


def _asked_statement(claim: Claim) -> str:
    """The statement as it is asked: as the extraction gives it, else whole, without dates that are not in the text."""
    return claim.asked or _undated(claim)


def _undated(claim: Claim) -> str:
    return _DATE.sub(lambda match: match.group() if match.group().strip() in claim.text else "", claim.certain)
