"""Direct speech: quotations and the words around them that say whose they are.

A quotation is framed after ("...", said Waltz), before (he stressed, "...") or in the middle ("...", he said,
"..."). What follows in quotation marks without a frame of its own goes on with the same speech.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from claims.extraction.clauses import child, is_verb, lemma, negated, subject
from claims.extraction.frames import Frame
from claims.extraction.quotations import Quotation
from claims.extraction.sentences import Document, ParsedBlock, char_span
from claims.records import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

# How far from its quotation a frame may stand, in tokens: the longest in PolNeAR's train articles that was
# still right had 38 ("..., said X, the long title of somebody who ...").
_REACH = 40
_STOPS = frozenset({".", "!", "?", ";"})
_SPEECH_WORDS = 3


@dataclass(slots=True)
class _Speech:
    """A direct attribution that later quotations may still join."""

    frame: Frame
    content: list[Span] = field(default_factory=list)
    block: int = 0


def direct_speech(document: Document, quotes: Sequence[Quotation], speaks: Callable[[str], bool]) -> Iterator[Frame]:
    """Every framed quotation. ``speaks`` tells whether a verb's lemma introduces direct speech."""
    starts = [quote.span[0] for quote in quotes]
    speech: _Speech | None = None
    for block in document.blocks:
        here = quotes[bisect_left(starts, block.span[0]) : bisect_left(starts, block.span[1])]
        if not here:
            if speech is not None and speech.block < block.index - 1:
                yield _closed(speech)
                speech = None
            colon = _hanging_colon(block, speaks)
            if colon is not None:
                if speech is not None:
                    yield _closed(speech)
                speech = _Speech(colon, [], block.index)
            continue
        line = _Line(block, here)
        for quote in here:
            frame = line.frame(quote, speaks)
            if frame is not None:
                if speech is not None:
                    if speech.frame.anchor is frame.anchor:
                        speech.content.append(quote.span)
                        continue
                    yield _closed(speech)
                speech = _Speech(frame, [quote.span], block.index)
            elif speech is not None and line.joins(quote, speech.block, document.text):
                speech.content.append(quote.span)
                speech.block = block.index
    if speech is not None:
        yield _closed(speech)


def _closed(speech: _Speech) -> Frame:
    frame = speech.frame
    return Frame(
        kind="direct",
        key=frame.key,
        anchor=frame.anchor,
        cue=frame.cue,
        source=frame.source,
        content=tuple(speech.content),
        negated=frame.negated,
    )


def _hanging_colon(block: ParsedBlock, speaks: Callable[[str], bool]) -> Frame | None:
    """ "Cruz continued:" at a block's end: what it announces stands in the next block."""
    if not block.sentences:
        return None
    tokens = [token for token in block.sentences[-1].tokens if not token.is_space]
    if tokens[-1].text != ":":
        return None
    return _nearest(list(reversed(tokens[:-1])), speaks)


class _Line:
    """A block's tokens, and which of them stand inside quotation marks."""

    def __init__(self, block: ParsedBlock, quotes: Sequence[Quotation]) -> None:
        self.block = block
        self.tokens = [token for s in block.sentences for token in s.tokens if not token.is_space]
        self.starts = [char_span(token)[0] for token in self.tokens]
        self.quotes = quotes

    def frame(self, quote: Quotation, speaks: Callable[[str], bool]) -> Frame | None:
        """The frame of a quotation, after it or before it; None where there is none."""
        last = self._last(quote)
        if last in tuple(",?!—–-…") or self._comma_after(quote):
            after = _nearest(self._after(quote), speaks, first_clause=True)
            if after is not None:
                return after
        before = self._before(quote)
        if before and (before[0].text in (",", ":", "—", "–", "-") or self._is_cue(before[0], quote, speaks)):
            return _nearest(before, speaks)
        return None

    def joins(self, quote: Quotation, block: int, text: str) -> bool:
        """Whether an unframed quotation goes on with the speech that block ``block`` had last."""
        if block not in (self.block.index, self.block.index - 1):
            return False
        if self._after(quote) or len(text[slice(*quote.inner)].split()) <= _SPEECH_WORDS:
            return False
        before = self._before(quote)
        if block == self.block.index - 1:
            # A paragraph that opens with a quotation and has no frame of its own.
            return all(token.is_punct for token in before)
        return not before or before[0].text == ","

    def _last(self, quote: Quotation) -> str:
        for place in range(bisect_left(self.starts, quote.inner[1]) - 1, -1, -1):
            word = self.tokens[place].text.rstrip("'’” ")
            if word:
                return word[-1]
        return ""

    def _comma_after(self, quote: Quotation) -> bool:
        place = bisect_left(self.starts, quote.span[1])
        return place < len(self.tokens) and self.tokens[place].text in (",", "—", "–", "-")

    def _after(self, quote: Quotation) -> list[Token]:
        """The tokens after a quotation, to the sentence's end or the next quotation."""
        begin = bisect_left(self.starts, quote.span[1])
        taken = []
        for place in range(begin, min(begin + _REACH, len(self.tokens))):
            token = self.tokens[place]
            if token.text in _STOPS or self._quoted(self.starts[place]):
                break
            taken.append(token)
        return taken

    def _before(self, quote: Quotation) -> list[Token]:
        """The tokens before a quotation, nearest first, back to the sentence before or the last quotation."""
        end = bisect_left(self.starts, quote.span[0])
        taken = []
        for place in range(end - 1, max(end - 1 - _REACH, -1), -1):
            token = self.tokens[place]
            if self._quoted(self.starts[place]) or (token.text in _STOPS and token.text != ";"):
                break
            taken.append(token)
        return taken

    def _quoted(self, offset: int) -> bool:
        return any(quote.span[0] <= offset < quote.span[1] for quote in self.quotes)

    def _is_cue(self, token: Token, quote: Quotation, speaks: Callable[[str], bool]) -> bool:
        return is_verb(token) and speaks(lemma(token)) and quote.inner[1] - quote.inner[0] > 12


def _nearest(tokens: list[Token], speaks: Callable[[str], bool], *, first_clause: bool = False) -> Frame | None:
    """The frame made by the nearest verb of saying among tokens in order of nearness."""
    for place, token in enumerate(tokens):
        if token.pos_ not in ("VERB", "AUX", "NOUN") or not speaks(lemma(token)):
            continue
        if not is_verb(token) or token.dep_ in ("amod", "compound"):
            continue
        if first_clause and token.dep_ in ("relcl", "acl") and place > 4 and child(token, "nsubj") is None:
            continue
        return Frame(
            kind="direct",
            key=lemma(token),
            anchor=token,
            cue=(token,),
            source=speaker_of(token, tokens, place),
            content=(),
            negated=negated(token),
        )
    return None


def speaker_of(verb: Token, tokens: Sequence[Token], place: int) -> Token | None:
    """Who says it: the verb's subject where it stands in the frame, else the name or noun next to the verb."""
    known = {(id(token.doc), token.i) for token in tokens}
    found = subject(verb)
    if found is not None and (id(found.doc), found.i) in known:
        return found
    for step in (1, -1):
        near = place + step
        while 0 <= near < len(tokens) and abs(near - place) < 4:
            token = tokens[near]
            if token.pos_ in ("PROPN", "PRON", "NOUN"):
                return _top_of_name(token, known)
            if token.pos_ not in ("DET", "ADJ", "ADV", "AUX", "NUM"):
                break
            near += step
    return found


def _top_of_name(token: Token, known: set[tuple[int, int]]) -> Token:
    while token.dep_ in ("compound", "amod", "nmod", "poss") and (id(token.doc), token.head.i) in known:
        token = token.head
    return token
