"""Recognizes extracted text that is not part of the article: repeated headline, teasers, prompts, references.

The patterns are in `boilerplate` and `markers`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from claims.records import BlockKind
from sources.markup import boilerplate, markers

_ABOVE = 4  # pieces: a headline that comes later is quoted, or stands under the text
_LABEL = 60  # characters: a longer line is no heading of a box
_PROMPT = 200  # characters: a prompt to subscribe is no longer; an article that speaks of one may be


@dataclass(frozen=True, slots=True)
class Piece:
    """A block of the extracted text; ``post`` marks the place of an embedded post."""

    kind: BlockKind
    text: str
    post: bool = False


def without_furniture(pieces: Sequence[Piece], covered: Sequence[float], title: str | None) -> list[int]:
    """The indices of the pieces that belong to the article: no repeated headline, teasers, sign-ups, references."""
    own: list[int] = []
    section: re.Pattern[str] | None = None
    for number, piece in enumerate(pieces):
        section = _section(piece, covered[number], section)
        if len(own) <= _ABOVE and title is not None and _same_as_title(piece.text, title):
            own.clear()  # nothing above the headline is the article, and the headline is the page's title
            section = None
            continue
        furniture = section or is_furniture(piece, covered[number])
        if not furniture and not _is_teaser(number, pieces, covered):
            own.append(number)
    return own


def _section(piece: Piece, covered: float, before: re.Pattern[str] | None) -> re.Pattern[str] | None:
    """The kind of the section outside the article that contains a piece; None in the article itself."""
    heading = piece.kind is BlockKind.HEADING
    for pattern in (boilerplate.ENDINGS, boilerplate.TEASERS):
        short = len(piece.text) < _LABEL and pattern is boilerplate.TEASERS
        if (heading or short) and pattern.fullmatch(piece.text.rstrip(" :")):
            return pattern
    if heading or (before is boilerplate.TEASERS and len(piece.text) > boilerplate.SHORT and covered < 0.5):
        return None
    return before


def is_furniture(piece: Piece, covered: float) -> bool:
    """Whether a piece is a sign-up, a prompt or a teaser of the site; ``covered`` is its share of links."""
    if piece.post:
        return False
    if boilerplate.ALWAYS.match(piece.text):
        return True
    if len(piece.text) <= _PROMPT and markers.PROMPTS.search(piece.text):
        return True
    sentence = piece.text.endswith((".", "”", '"', "?", "!"))
    short = len(piece.text) <= boilerplate.SHORT and not sentence
    return (short or covered > 0.5) and boilerplate.PARAGRAPHS.match(piece.text) is not None


def _is_teaser(number: int, pieces: Sequence[Piece], covered: Sequence[float]) -> bool:
    """Whether an item is nothing but a link among items that are: a list of other stories."""

    def bare_link(n: int) -> bool:
        return 0 <= n < len(pieces) and pieces[n].kind is BlockKind.ITEM and covered[n] > 0.95 and " " in pieces[n].text

    return bare_link(number) and (bare_link(number - 1) or bare_link(number + 1))


def _same_as_title(text: str, title: str) -> bool:
    def bare(words: str) -> str:
        return "".join(re.findall(r"\w+", words.casefold()))

    return bool(bare(text)) and bare(title).startswith(bare(text)) and len(bare(text)) > 0.5 * len(bare(title))
