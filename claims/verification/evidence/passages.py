"""Splits pages into passages of one to four sentences with exact spans and selects the relevant ones for a claim.

Ranking is BM25 (Robertson and Zaragoza 2009, through bm25s) over windows of sentences, combined with the semantic
similarity of their sentences if an encoder is available. Of overlapping windows the shortest is kept, unless a longer
one adds words of the claim.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from claims.records import Page, Passage, content_id
from claims.verification.evidence.ranking import LEAST, combined_scores, of_runs
from claims.verification.evidence.sentence_encoder import Encoder
from claims.verification.evidence.sentences import EvidenceSentence, sentences
from claims.verification.words import content, coverage

# About 90 words suit the embedded model: measured on WiCE, AUROC .775 with 90-word windows, .733 with whole chunks.
MAX_WORDS = 90
# Of 100 sub-claims of WiCE's training split the five passages hold .836 of the gold sentences with three sentences at
# most and .858 with four, ranked by words; .901 and .898 ranked by words and meaning.
MAX_SENTENCES = 4
# Measured on WiCE dev: four to eight preselected passages lose nothing against judging every window.
TOP = 5
# So many of the best passages are read as one text as well.
AS_ONE = 4
# A page with more sentences is read to its end, but ranked sentence by sentence and by words alone: a book is not an
# article, and encoding it would take longer than judging it.
LONG_PAGE = 1500
# So is one with more characters in its sentences: of 349 cited pages (WiCE dev) the longest has 102,000 in 1,131
# sentences, and 400,000 that are one paragraph without a full stop took 8 s to encode.
LONG_TEXT = 120_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A passage with its context for the judge and the rules, and its content words.

    ``context`` is the page's title and the heading above; it is never quoted. ``before`` is the text just before
    the passage, for "he said", and ``after`` the sentence behind it, which may take it back. The page's date goes to
    the rules with the page.
    """

    passage: Passage
    context: str
    before: str
    after: str
    content: tuple[str, ...]
    sentences: tuple[int, int]


class Ranked:
    """A page cut into windows and indexed once; it is searched for each claim."""

    def __init__(self, page: Page, capture: str | None = None, encoder: Encoder | None = None) -> None:
        """Cut ``page`` into windows; ``capture`` names the capture where the page does not.

        With an ``encoder`` the page's sentences are made vectors when the page is first asked.
        """
        self.page = page
        self.windows = windows(page, capture)
        self._alone = [window for window in self.windows if window.sentences[1] - window.sentences[0] == 1]
        self.sequence = tuple(word for window in self._alone for word in window.content)
        self.vocabulary = frozenset(self.sequence)
        self._index = _bm25_index([list(window.content) for window in self.windows])
        self._encoder = None if _is_long([window.passage.text for window in self._alone]) else encoder

    def top(self, text: str, k: int = TOP) -> list[Window]:
        """At most ``k`` windows that are relevant to ``text``, best first.

        A window is irrelevant if it shares no content word with ``text`` and, where there is an encoder, is not near it
        in meaning either.
        """
        claim_words = content(text)
        return self._chosen(claim_words, self._cosines(text), k) if claim_words and self.windows else []

    def alike(self, text: str) -> tuple[float, Window] | None:
        """The sentence that is nearest to ``text`` in meaning, with its cosine; None without encoder or sentence."""
        cosines = self._cosines(text) if self.windows else None
        if cosines is None:
            return None
        place = max(range(len(cosines)), key=lambda place: cosines[place])
        return cosines[place], self._alone[place]

    def _chosen(self, claim_words: Sequence[str], cosines: Sequence[float] | None, k: int) -> list[Window]:
        words = _scores(self._index, claim_words, len(self.windows))
        near = None if cosines is None else of_runs(cosines, [window.sentences for window in self.windows])
        scores = combined_scores(words, near)
        order = sorted(range(len(scores)), key=lambda place: (-scores[place], *self._tight(place)))
        chosen: list[tuple[Window, float]] = []
        for place in order:
            if scores[place] <= 0 or len(chosen) == k:
                break
            window = self.windows[place]
            covered = coverage(claim_words, window.content)
            # A window that overlaps another one must contain an additional word of the claim.
            if not any(_windows_overlap(window, other) and covered <= most + 1e-9 for other, most in chosen):
                chosen.append((window, covered))
        best_windows = [window for window, _ in chosen]
        if near is not None and len(best_windows) == k:
            self._let_in_nearest(best_windows, words, near)
        return best_windows

    def _let_in_nearest(self, best_windows: list[Window], words: Sequence[float], near: Sequence[float]) -> None:
        """Put the window nearest in meaning in the last place if it shares no word with the claim."""
        place = min(range(len(near)), key=lambda place: (-near[place], *self._tight(place)))
        if near[place] >= LEAST and words[place] <= 0 and self.windows[place] not in best_windows:
            best_windows[-1] = self.windows[place]

    def _tight(self, place: int) -> tuple[int, int]:
        """Of passages that rank alike the shortest goes first, then the first on the page."""
        first, last = self.windows[place].sentences
        return last - first, first

    def _cosines(self, text: str) -> list[float] | None:
        """How near each sentence is to ``text``; None without an encoder."""
        if self._encoder is None:
            return None
        return [float(cosine) for cosine in self._vectors @ self._encoder.claim(text)]

    @cached_property
    def _vectors(self) -> Any:
        assert self._encoder is not None  # noqa: S101  only an encoder's cosines ask for them
        return self._encoder.page([window.passage.text for window in self._alone])


def read_as_one(ranked: Sequence[Window]) -> str:
    """The ``AS_ONE`` best passages as one text, in page order and without overlaps, for support spread over several."""
    text, end = [], -1
    for window in sorted(ranked[:AS_ONE], key=lambda window: window.passage.span):
        if window.passage.span[0] >= end:
            text.append(window.passage.text)
            end = window.passage.span[1]
    return " ".join(text)


def windows(page: Page, capture: str | None = None) -> list[Window]:
    """Every run of one to four sentences of at most 90 words that does not cross a heading."""
    lines = sentences(page)
    longest = 1 if _is_long([line.text for line in lines]) else MAX_SENTENCES
    source = page.capture or capture or content_id("page", page.id)
    bags = [content(line.text) for line in lines]
    cut_windows = []
    for first in range(len(lines)):
        for last in range(first, min(first + longest, len(lines))):
            if last > first and not _fit_together(lines, first, last):
                break
            cut_windows.append(_window(page, source, lines, bags, (first, last + 1)))
    return cut_windows


def _is_long(texts: Sequence[str]) -> bool:
    """Whether a page with these sentences is too long to be encoded."""
    return len(texts) > LONG_PAGE or sum(map(len, texts)) > LONG_TEXT


def _fit_together(lines: Sequence[EvidenceSentence], first: int, last: int) -> bool:
    size = sum(len(line.text.split()) for line in lines[first : last + 1])
    return size <= MAX_WORDS and lines[last].heading == lines[first].heading


def _window(
    page: Page, capture: str, lines: Sequence[EvidenceSentence], bags: Sequence[list[str]], run: tuple[int, int]
) -> Window:
    first, last = lines[run[0]], lines[run[1] - 1]
    span = (first.span[0], last.span[1])
    text = page.text[span[0] : span[1]]
    passage = Passage(capture=capture, span=span, text=text, url=page.final_url or page.url, outlet=page.outlet)
    before = " ".join(line.text for line in lines[max(0, run[0] - 3) : run[0]])
    parts = dict.fromkeys(part for part in (page.title or "", first.heading) if part)
    return Window(
        passage=passage,
        context=". ".join(parts),
        before=before,
        after=next((line.text for line in lines[run[1] : run[1] + 1]), ""),
        content=tuple(word for bag in bags[run[0] : run[1]] for word in bag),
        sentences=run,
    )


def _windows_overlap(first: Window, second: Window) -> bool:
    return first.sentences[0] < second.sentences[1] and second.sentences[0] < first.sentences[1]


def _bm25_index(bags: list[list[str]]) -> Any:
    """A silent BM25 index; None if no window has a word."""
    if not any(bags):
        return None
    logging.getLogger("bm25s").setLevel(logging.ERROR)
    index = _without_scipy().BM25(method="lucene", csc_backend="numpy")
    index.index(bags, show_progress=False)
    return index


@cache
def _without_scipy() -> Any:
    """The module bm25s without SciPy, which it takes for one of its two ways to build an index: .2 s and 22 MB less.

    And without progress bars, for which tqdm makes a semaphore that outlives a process which is ended at once.
    """
    os.environ.setdefault("DISABLE_TQDM", "1")
    blocked = "scipy.sparse" not in sys.modules
    if blocked:
        sys.modules["scipy.sparse"] = None  # type: ignore[assignment]  # so that the module is "not installed"
    try:
        import bm25s  # noqa: PLC0415  numpy is heavy: loaded when a page is read
    finally:
        if blocked:
            del sys.modules["scipy.sparse"]
    return bm25s


def _scores(index: Any, claim_words: Sequence[str], count: int) -> list[float]:
    known = [word for word in claim_words if index is not None and word in index.vocab_dict]
    if not known:
        return [0.0] * count
    return [float(score) for score in index.get_scores(known)]
