"""A part of a sentence: one assertion with its words, including borrowed ones."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

from claims.extraction.text.document import Sentence
from claims.extraction.text.syntax import spans
from claims.records import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

Word: TypeAlias = "Token | str"


class Form(StrEnum):
    """How a part was cut off."""

    MAIN = "main"
    COORDINATE = "coordinate"
    RELATIVE = "relative"
    PARTICIPLE = "participle"
    ADVERBIAL = "adverbial"
    APPOSITION = "apposition"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One assertion of a sentence.

    ``tokens`` are its words in the text, the borrowed ones included, in order; ``line`` is what it says in its
    own order, with words of ours where grammar asks for them; ``head`` is its verb.
    """

    sentence: Sentence
    form: Form
    head: Token
    tokens: tuple[Token, ...]
    line: tuple[Word, ...]

    @property
    def spans(self) -> tuple[Span, ...]:
        """Where its words stand in the page's text; outer commas and stops are left out."""
        return spans(self.tokens)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """``head`` and what hangs under it leaves the sentence, and the tokens ``removed`` with it.

    ``lead`` is put before it and ``after`` behind it; ``dropped`` are left out and ``swapped`` said otherwise
    (all by token index).
    """

    form: Form
    head: Token
    lead: tuple[Word, ...] = ()
    after: tuple[Word, ...] = ()
    dropped: frozenset[int] = frozenset()
    swapped: tuple[tuple[int, str], ...] = ()
    removed: frozenset[int] = frozenset()
