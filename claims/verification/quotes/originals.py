"""Finds the original-language text of a quotation that a page gives beside its translation, without checking it.

An original is known by its script (Cyrillic, Arabic, Chinese ...), by marks that English does not use («...», „...“),
or by the words before it ("in the original: ...").
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from claims.records import Span

# Maximum distance of an original from its translation in characters, before or after it.
NEAR = 300
# A translation is seldom more than three times as long as its original, or three times as short; Chinese is shorter.
_LONGER, _LONGER_HAN = 3.0, 6.0
_LEAST_WORDS, _LEAST_LETTERS = 3, 8
# A run without Latin letters: words of another script with what stands between them.
_OTHER = re.compile(r"[^\W\d_A-Za-zÀ-ɏ](?:[^A-Za-zÀ-ɏ\n]*[^\W\d_A-Za-zÀ-ɏ])?[.!?…。！？]?")
_MARKED = re.compile(r"«\s*([^«»\n]{8,600}?)\s*»|„\s*([^„“”\n]{8,600}?)\s*[“”]")
_TOLD = re.compile(
    r"\b(?:in the original|original(?:ly)?(?: text| wording| language)?|in (?:Arabic|Chinese|Czech|Dutch|Farsi|French|"
    r"German|Greek|Hebrew|Hindi|Hungarian|Italian|Japanese|Korean|Persian|Polish|Portuguese|Romanian|Russian|Serbian|"
    r"Spanish|Turkish|Ukrainian|Urdu))\b[^\n\w“\"'‘]{0,4}[“\"'‘]\s*([^“”\"\n]{8,600}?)\s*[”\"'’]",
    re.I,
)
_HAN = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "THAI")


def original(text: str, span: Span) -> str:
    """The original-language text nearest to the words at ``span`` of ``text``; empty if there is none."""
    start, end = span
    if _is_foreign_script(text[start:end]):
        return ""
    low, high = max(0, start - NEAR), min(len(text), end + NEAR)
    candidates = [
        (max(at - end, start - (at + len(words)), 0), at, words)
        for at, words in _given_originals(text[low:high], low)
        if (at >= end or at + len(words) <= start) and _fits(words, text[start:end])
    ]
    return min(candidates)[2] if candidates else ""


def _given_originals(text: str, offset: int) -> Iterator[tuple[int, str]]:
    for pattern in (_MARKED, _TOLD, _OTHER):
        for match in pattern.finditer(text):
            group = match.lastindex or 0
            yield offset + match.start(group), match.group(group)


def _fits(words: str, translation: str) -> bool:
    """Whether it is long enough to be words that were said, and about as long as their translation."""
    letters = sum(map(str.isalpha, words))
    han = any(_script(letter) in _HAN for letter in words if letter.isalpha())
    if letters < _LEAST_LETTERS or (not han and (len(words.split()) < _LEAST_WORDS or words.istitle())):
        # A name in its original script is not an original of the quotation.
        return False
    ours = sum(map(str.isalpha, translation))
    return ours / (_LONGER_HAN if han else _LONGER) <= letters <= ours * _LONGER


def _is_foreign_script(text: str) -> bool:
    """Whether most letters are of another script than Latin."""
    letters = [letter for letter in text if letter.isalpha()]
    return sum(_script(letter) != "LATIN" for letter in letters) * 2 > len(letters)


@lru_cache(maxsize=4096)
def _script(letter: str) -> str:
    return unicodedata.name(letter, "?").split(" ")[0].split("-")[0]
