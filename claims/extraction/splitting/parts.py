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
    """The construction that a part was split off from."""

    MAIN = "main"
    COORDINATE = "coordinate"
    RELATIVE = "relative"
    PARTICIPLE = "participle"
    ADVERBIAL = "adverbial"
    APPOSITION = "apposition"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One assertion of a sentence.

    ``tokens`` are its words in the text, including borrowed ones, in order; ``line`` are its words in the order of the
    statement, with words added for grammar; ``head`` is its verb.
    """

    sentence: Sentence
    form: Form
    head: Token
    tokens: tuple[Token, ...]
    line: tuple[Word, ...]

    @property
    def spans(self) -> tuple[Span, ...]:
        """The spans of its words in the page's text, without commas and stops at the ends."""
        return spans(self.tokens)

    def left_out_before(self, token: Token) -> list[Token]:
        """The words of its sentence before a token that are not its own."""
        own = {word.i for word in self.tokens}
        return [word for word in self.sentence.tokens if word.i < token.i and word.i not in own]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """Splits ``head`` with its subtree and the tokens ``removed`` off the sentence.

    ``lead`` is put before the part and ``after`` after it; ``dropped`` tokens are left out and ``swapped`` ones
    replaced (all by token index).
    """

    form: Form
    head: Token
    lead: tuple[Word, ...] = ()
    after: tuple[Word, ...] = ()
    dropped: frozenset[int] = frozenset()
    swapped: tuple[tuple[int, str], ...] = ()
    removed: frozenset[int] = frozenset()


def only_leads(part: Part) -> bool:
    """Whether a sentence is a clause that leads to another, as items of a list are: "if it pays", "Why it paid."."""
    first, last = part.tokens[0], part.tokens[-1]
    if part.form is not Form.MAIN or first.head.i != part.head.i:
        return False
    condition = first.dep_ == "mark" and first.text in ("if", "unless", "whether")
    return condition or (first.dep_ == "advmod" and first.lower_ in ("why", "how") and last.text != "?")
