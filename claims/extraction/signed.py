"""Block quotations with a signature: a line of its own, a dash and a name, tells who is quoted above it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from claims.extraction.clauses import is_verb
from claims.extraction.frames import Frame
from claims.extraction.sentences import Document, ParsedBlock
from claims.extraction.stretches import Stretches
from claims.records import BlockKind, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

# "— Angela Fox, mayor of Leeds": no handle, which posts have, and no more words than a name, a title, a place.
_LINE = re.compile(r"\s*(?:[—–―]|--?)\s*(?=[A-Z])[^()@\n]{2,100}$")
_LONGEST = 14
# A quotation of so many paragraphs at most is looked back over.
_PARAGRAPHS = 6


def signed(document: Document, quotes: Stretches) -> Iterator[Frame]:
    """The frame of each signature line, its content the quotation in the blocks right before it."""
    for block in document.blocks[1:]:
        tokens = _signature(document, block)
        content = _above(document, block, quotes) if tokens else ()
        name = next((token for token in tokens if token.pos_ == "PROPN"), None)
        if name is not None and content:
            while name.dep_ in ("compound", "amod", "nmod") and name.head.pos_ == "PROPN":
                name = name.head
            cue = tokens[0]
            yield Frame(kind="direct", key="dash", anchor=cue, cue=(cue,), source=name, content=content)


def is_signature(document: Document, block: ParsedBlock, quotes: Stretches) -> bool:
    """Whether a block is such a line: it asserts nothing."""
    return bool(_signature(document, block)) and bool(_above(document, block, quotes))


def _signature(document: Document, block: ParsedBlock) -> list[Token]:
    if not block.sentences or not _LINE.match(document.words(block.span)):
        return []
    tokens = [token for s in block.sentences for token in s.tokens if not token.is_space]
    return tokens if len(tokens) <= _LONGEST and not any(map(is_verb, tokens)) else []


def _above(document: Document, block: ParsedBlock, quotes: Stretches) -> tuple[Span, ...]:
    """The quotation before a block: blocks marked as one, or paragraphs that stand in quotation marks throughout."""
    found: list[Span] = []
    for place in range(block.index - 1, max(block.index - 1 - _PARAGRAPHS, -1), -1):
        before = document.blocks[place]
        near = quotes.near((before.span[0] - 1, before.span[0] + 2))
        whole = any(abs(start - before.span[0]) < 2 and abs(end - before.span[1]) < 2 for start, end in near)
        if not (whole or before.kind is BlockKind.QUOTE):
            break
        found.insert(0, before.span)
    return tuple(found)
