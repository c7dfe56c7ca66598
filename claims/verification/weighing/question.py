"""The question to each page about a claim: the statement without its attribution, its quotations, and the passages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
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
from claims.verification.evidence.passages import TOP, Ranked, Window, read_as_one
from claims.verification.evidence.ranking import ALIKE
from claims.verification.quotes.grading import quoted_words
from claims.verification.rules.quantities import compare, settled
from claims.verification.weighing.claim_parts import kernel
from claims.verification.weighing.quotation_findings import find_quotes
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

    ``alike`` is the page's sentence that is nearest in meaning; ``pairs`` is empty if no judge need be asked.
    ``reworded`` if no passage has enough of the claim's words, and the one pair is the claim with that sentence.
    """

    claim: str
    question: Question
    reading: Reading
    ranked: Ranked
    windows: tuple[Window, ...]
    quotes: tuple[QuoteFinding, ...]
    alike: tuple[float, Window] | None
    pairs: tuple[tuple[str, str], ...]
    reworded: bool = False

    @property
    def statement(self) -> str:
        """The statement that is compared with the page."""
        return self.question.statement

    @cached_property
    def compared(self) -> list[tuple[QuantityFinding, ...]]:
        """Each passage's numbers, dates and names compared with the claim's."""
        page = self.ranked.page
        per_window = [
            compare(
                self.statement,
                window.passage.text,
                claimed_on=self.question.asked_on,
                found_on=page.published,
                context=f"{window.context} {window.before}",
                page=self.words,
            )
            for window in self.windows
        ]
        return settled([_without_speaker(findings, self.question.attribution) for findings in per_window])

    @property
    def words(self) -> frozenset[str]:
        """The content words of the whole page, for the rules; none if no judge needs to be asked."""
        return self.ranked.vocabulary if self.pairs else frozenset()


def question(claim: Claim, article: Page) -> Question:
    """The question to the sources: the claim without "X said that", its quotations, its speaker."""
    quoted = _quotations(claim, article)
    around = plain(claim.text)
    for quote in quoted:
        around = around.replace(plain(quote), " ")
    return Question(
        statement=cut(_asked_statement(claim)),
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
        quotes = find_quotes(put, reading.page, ranked.windows)
        windows = _with_quoted(ranked.top(put.statement, k), quotes, ranked)
        pairs, alike = tuple(_asked_pairs(put.statement, windows, quotes)), ranked.alike(put.statement)
        reworded = not pairs and reading.source.id in cited and not put.quotes and bool(alike and alike[0] >= ALIKE)
        if reworded and alike:
            pairs, windows = ((put.statement, alike[1].passage.text),), (alike[1],)
        questions.append(
            PageQuestion(
                claim=claim.id,
                question=put,
                reading=reading,
                ranked=ranked,
                windows=windows,
                quotes=quotes,
                alike=alike,
                pairs=pairs,
                reworded=reworded,
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


def _asked_pairs(
    statement: str, windows: Sequence[Window], quotes: Sequence[QuoteFinding]
) -> Iterator[tuple[str, str]]:
    """The pairs to judge: the claim with each passage, with the nearest read as one, and its kernels.

    A kernel is what is left of the claim without the words that a passage lacks. There are none if no passage has
    enough of the claim's words, or a quotation of it: below ``ABOUT`` a page is silent whatever a judge says.
    """
    claim_words = content(statement)
    shares = [coverage(claim_words, window.content) for window in windows]
    if max(shares, default=0.0) < ABOUT and not any(quote.span for quote in quotes):
        return
    yield from ((statement, window.passage.text) for window in windows)
    yield statement, read_as_one(windows)
    for place in sorted(range(len(windows)), key=lambda place: -shares[place])[:_PARTS]:
        if rest := kernel(statement, set(windows[place].content)):
            yield rest, windows[place].passage.text


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
