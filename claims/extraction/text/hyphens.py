"""Hyphens inside a word: "re-opened", "X-Ray" and "Editor-in-chief" are one word each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from claims.lexicon.clauses import word_set

if TYPE_CHECKING:
    from spacy.tokens import Doc

_HYPHENS = frozenset("-‐‑")
# Beginnings that are no words, and what stands between the parts of "father-in-law", "Hay-on-Wye", "up-to-date".
_PREFIXES = word_set("re co de ex un non pre anti semi mid neo sub multi ultra inter intra micro macro bi tri")
_MIDDLES = word_set("in of to on at by and the de la for")


def hyphens_merged(doc: Doc) -> Doc:
    """Merge the tokens of words that the tokenizer split at hyphens and whose parts are not words of their own."""
    runs = list(_hyphenated_words(doc))
    if runs:
        with doc.retokenize() as retokenizer:
            for start, end in runs:
                retokenizer.merge(doc[start:end])
    return doc


def _hyphenated_words(doc: Doc) -> Iterator[tuple[int, int]]:
    place = 0
    while place < len(doc):
        end = _word_end(doc, place)
        if end > place + 1 and _is_one(doc, place, end):
            yield place, end
        place = max(end, place + 1)


def _word_end(doc: Doc, start: int) -> int:
    """Where the hyphenated word that begins at a token ends; the token's own end where it is none."""
    place = start
    while (
        place + 2 < len(doc)
        and _adjoining(doc, place)
        and _adjoining(doc, place + 1)
        and doc[place + 1].text in _HYPHENS
    ):
        place += 2
    return place + 1


def _adjoining(doc: Doc, place: int) -> bool:
    current, after = doc[place], doc[place + 1]
    letters = (current.text in _HYPHENS or current.is_alpha) and (after.text in _HYPHENS or after.is_alpha)
    return letters and not current.whitespace_


def _is_one(doc: Doc, start: int, end: int) -> bool:
    first = doc[start]
    middles = [doc[place].lower_ for place in range(start + 2, end - 1, 2)]
    return (
        first.lower_ in _PREFIXES
        or len(first) == 1
        or (bool(middles) and all(middle in _MIDDLES for middle in middles))
    )
