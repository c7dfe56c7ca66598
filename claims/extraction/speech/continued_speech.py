"""Continued speech: quotations without a frame of their own belong to the preceding speech."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from claims.extraction.speech.direct_speech import lines
from claims.extraction.text.document import Document
from claims.extraction.text.quotations import Quotation
from claims.records import Span

if TYPE_CHECKING:
    from spacy.tokens import Token


def continued(
    document: Document,
    quotes: Sequence[Quotation],
    contents: Sequence[tuple[Span, ...]],
    sources: Sequence[Token | None],
) -> list[tuple[Span, ...]]:
    """The contents, with the unattributed quotations added that continue the speech before them.

    ``sources`` are who speaks, as the parser has them. Behind a sentence that tells what somebody else said, it is open
    whose words a quotation is.
    """
    grown = [list(content) for content in contents]
    claims = _claims(document, contents)
    owner: int | None = None
    waiting: list[Span] = []
    last_block = -2
    for line in lines(document, quotes):
        index = line.block.index
        goes_on = line.quotes[0].continues
        if not goes_on or index > last_block + 1:
            # A quotation that nothing closed and nobody framed is nobody's.
            waiting = []
        if index > last_block + 1:
            owner = None
        claimed_here = False
        for quote in line.quotes:
            claimed = _claimant(quote, contents, claims.get(_sentence_index(document, quote), ()))
            if claimed is not None:
                # A paragraph left open belongs to the frame that its continuation has.
                grown[claimed] += waiting if quote.continues else []
                owner, waiting, claimed_here = claimed, [], True
            elif line.alone(quote) and (quote.span[0] == line.block.span[0] or last_block == index):
                reports = claims.get(_sentence_index(document, quote) - 1, ())
                if owner is not None and any(_of_two_speakers(sources, owner, other) for other in reports):
                    owner = None
                if owner is not None and (quote.closed or quote.continues or claimed_here):
                    grown[owner] += [*waiting, quote.span] if quote.closed else [quote.span]
                    waiting = waiting if not quote.closed else []
                else:
                    waiting.append(quote.span)
            last_block = index
        last_block = index
    return [tuple(sorted(set(content))) for content in grown]


def _of_two_speakers(sources: Sequence[Token | None], owner: int, other: int) -> bool:
    """Whether two that speak are named, and not alike; a pronoun may be either."""
    first, second = sources[owner], sources[other]
    if first is None or second is None or "PRON" in (first.pos_, second.pos_):
        return False
    return first.lower_ != second.lower_ and second.lower_ not in {token.lower_ for token in first.subtree}


def _sentence_index(document: Document, quote: Quotation) -> int:
    sentence = document.sentence_at(quote.inner[0]) or document.sentence_at(quote.span[0])
    return sentence.index if sentence is not None else -1


def _claims(document: Document, contents: Sequence[tuple[Span, ...]]) -> dict[int, list[int]]:
    """Sentence index -> the contents that reach into it."""
    by_sentence: dict[int, list[int]] = {}
    for index, content in enumerate(contents):
        for number in sorted({s.index for span in content for s in document.sentences_in(span)}):
            by_sentence.setdefault(number, []).append(index)
    return by_sentence


def _claimant(quote: Quotation, contents: Sequence[tuple[Span, ...]], near: Sequence[int]) -> int | None:
    """The index of the content that a quotation is part of; of several, the one that it fills the most."""
    best: tuple[float, int] | None = None
    for index in near:
        content = contents[index]
        shared = sum(max(0, min(end, quote.span[1]) - max(start, quote.span[0])) for start, end in content)
        if shared * 2 > quote.span[1] - quote.span[0]:
            share = shared / sum(end - start for start, end in content)
            if best is None or share > best[0]:
                best = (share, index)
    return best[1] if best is not None else None
