"""Splits a page into the sentences that may serve as evidence, from the page's blocks.

Headings, navigation, teasers, comments and reference lists are left out here, so that no later step
can quote them. No language model is used: the page's blocks give most of the boundaries.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from claims.lexicon.clauses import BOILERPLATE, SECTIONS
from claims.lexicon.evidence import ABBREVIATIONS
from claims.records import Block, BlockKind, Page, Span
from claims.verification.words import content, coverage

# A sentence ends at . ! ? … (and the quotation marks or brackets that close on it) before a space.
_END = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s+[\"'“‘(\[—–-]?\s?[\w@❗])")
_LONGEST = 120
# Passages and sentences with less of a claim speak of something else.
READ = 0.6
# Sentences that have nearly as much of a claim as the best one may say it as well.
_AS_GOOD = 0.1
_MOST = 3
# Sentences with fewer of a claim's words say it in others, which may be narrower words or not.
_NEARLY_ALL = 0.7
_NEXT = re.compile(r"\s*(\S)")
_LINE = re.compile(r"[^\n]*\S[^\n]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceSentence:
    """A sentence of a page: its span, the number of its block, and the heading above it."""

    span: Span
    text: str
    block: int
    heading: str = ""


def sentences(page: Page) -> list[EvidenceSentence]:
    """The page's sentences in order, without headings, navigation and other text around the article."""
    result: list[EvidenceSentence] = []
    heading, hidden = "", False
    for number, block in enumerate(page.blocks or _lines_as_blocks(page.text)):
        words = page.text[block.span[0] : block.span[1]].strip()
        if block.kind is BlockKind.HEADING:
            heading = words
            hidden = _is_chrome_heading(words)
        elif not hidden and words and not _is_chrome(words, block, page):
            result += [
                EvidenceSentence(span=span, text=page.text[span[0] : span[1]], block=number, heading=heading)
                for whole in sentence_spans(page.text, block.span)
                for span in _short_spans(page.text, whole)
            ]
    return result


def sentence_spans(text: str, within: Span | None = None) -> list[Span]:
    """The spans of the sentences of ``text`` (inside ``within``), trimmed of white space."""
    start, stop = within or (0, len(text))
    spans: list[Span] = []
    for match in _END.finditer(text, start, stop):
        if not _abbreviation(text, start, match):
            spans.append((start, match.end()))
            start = match.end()
    spans.append((start, stop))
    return [trimmed for span in spans if (trimmed := _trim(text, span))[0] < trimmed[1]]


def sentence_texts(text: str) -> list[str]:
    """The sentences of ``text``."""
    return [text[start:end] for start, end in sentence_spans(text)]


def _short_spans(text: str, span: Span) -> list[Span]:
    """The span, or pieces of it of at most 120 words if it is very long, as text without full stops is."""
    if span[1] - span[0] < 4 * _LONGEST:
        return [span]
    tokens = [match.span() for match in re.finditer(r"\S+", text[span[0] : span[1]])]
    runs = [tokens[first : first + _LONGEST] for first in range(0, len(tokens), _LONGEST)]
    return [(span[0] + run[0][0], span[0] + run[-1][1]) for run in runs]


def _trim(text: str, span: Span) -> Span:
    piece = text[span[0] : span[1]]
    return span[0] + len(piece) - len(piece.lstrip()), span[0] + len(piece.rstrip())


def _abbreviation(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether the point belongs to an abbreviation or an initial, or the next word continues in lower case."""
    follows = _NEXT.match(text, match.end())
    if follows and follows[1].islower():
        return True
    if match.group()[:1] != ".":
        return False
    before = text[max(start, match.start() - 12) : match.start()].split()
    last = before[-1].lower().strip("(\"“'’‘") if before else ""
    return last in ABBREVIATIONS or (len(last) == 1 and last.isalpha() and last != "i")


def _lines_as_blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a page that names none: its lines."""
    return tuple(Block(kind=BlockKind.PARAGRAPH, span=match.span()) for match in _LINE.finditer(text))


def _is_chrome_heading(words: str) -> bool:
    low = words.lower().rstrip(":")
    return any(low == cue or low.startswith(cue + " ") for cue in SECTIONS) and len(low.split()) <= 5


def _is_chrome(words: str, block: Block, page: Page) -> bool:
    """Whether a block is navigation or a teaser: a short one that opens with a known phrase, or one made of links."""
    low = words.lower()
    if len(low.split()) <= 14 and low.startswith(BOILERPLATE):
        return True
    linked = sum(
        min(link.span[1], block.span[1]) - max(link.span[0], block.span[0])
        for link in page.links
        if link.span[0] < block.span[1] and link.span[1] > block.span[0]
    )
    # A paragraph may be one link; a list item or a short line that is nothing but a link leads elsewhere.
    short = block.kind is BlockKind.ITEM or len(low.split()) <= 12
    return short and linked >= 0.9 * len(words) and not low.endswith((".", "!", "?", '"', "”"))


def sentence_shares(asked: Sequence[str], text: str) -> list[tuple[float, Span]]:
    """The share of the content words ``asked`` that each sentence of a text covers, with its span, in order."""
    return [(coverage(asked, content(text[slice(*span)])), span) for span in sentence_spans(text)]


def nearest_sentences(claim: str, passage: str) -> list[str]:
    """The sentences of a passage that have most of a claim's words, the best first; none that has too few."""
    shares = sentence_shares(content(claim), passage)
    best = max((share for share, _ in shares), default=0.0)
    near = [scored for scored in shares if scored[0] >= max(READ, best - _AS_GOOD)]
    return [passage[slice(*span)] for _, span in sorted(near, key=lambda scored: -scored[0])[:_MOST]]


def of_every(find: Callable[[str, str], str], claim: str, passage: str) -> str:
    """What ``find`` says of a claim and the first sentence that has nearly all of its words; empty for nothing.

    So it is, too, if ``find`` has nothing to say of another such sentence.
    """
    asked = content(claim)
    near = [text for text in nearest_sentences(claim, passage) if coverage(asked, content(text)) >= _NEARLY_ALL]
    findings = [find(claim, text) for text in near]
    return findings[0] if findings and all(findings) else ""
