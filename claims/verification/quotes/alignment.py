"""Aligns a quotation with a source: the closest run of its words, or the pieces that it was joined from.

The run is found with rapidfuzz's partial alignment of the normalized words, then adjusted word by word.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from claims.lexicon.evidence import ROMAN
from claims.verification.words import Word

# Two pieces of a quotation that stand further apart than this many words were not one statement.
FAR = 15
ELLIPSIS = re.compile(r"\.{3,}|…|\[\s*(?:\.{3,}|…)?\s*\]|\(\s*(?:\.{3,}|…)\s*\)")
_ENDS = re.compile(r"[.!?…\n]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Alignment:
    """The best match in the source: words ``first`` to ``last`` (excluded), and the similarity from 0 to 1."""

    first: int
    last: int
    similarity: float


def norms(run: Sequence[Word]) -> list[str]:
    """The normalized words for comparison, with Roman numerals as numbers."""
    return [ROMAN.get(word.norm, word.norm) if word.text.isupper() else word.norm for word in run]


def locate(quoted: list[str], source: list[str], quote: str) -> Alignment:
    """The run of the source's words that is most similar to the quotation."""
    from rapidfuzz import fuzz  # noqa: PLC0415  only needed where a claim quotes

    line, starts = " ".join(source), _starts(source)
    sought = " ".join(quoted)
    hit = fuzz.partial_ratio_alignment(sought, line)
    if hit is None or len(sought) > len(line):
        return _trimmed_alignment(quoted, source, 0, len(source))
    first = _word_at(starts, hit.dest_start)
    last = _word_at(starts, max(hit.dest_start, hit.dest_end - 1)) + 1
    # A gap marked by an ellipsis makes the source's words longer than the quotation's.
    room = 3 + (FAR if ELLIPSIS.search(quote) else len(quoted) // 4)
    return _trimmed_alignment(quoted, source, max(0, first - room), min(len(source), last + room))


# Longer quotations are sentences, in which "of" stands between other things than a name and its bearer.
_NOUN_PHRASE = 8
_ARTICLES = ("the", "a", "an")


def inverted(quoted: Sequence[str], source: Sequence[str]) -> Alignment | None:
    """Where the source has a quoted noun phrase with "of" the other way: "propaganda of X" for "X propaganda"."""
    if len(quoted) > _NOUN_PHRASE:
        return None
    if len(quoted) > 2 and quoted[0] in _ARTICLES:
        return inverted(quoted[1:], source)
    variants = [
        [*quoted[place:], "of", *article, *quoted[:place]]
        for place in range(1, len(quoted))
        for article in ([], ["the"])
    ]
    for place in (place for place, word in enumerate(quoted) if word == "of" and 0 < place < len(quoted) - 1):
        owner = quoted[place + 1 :]
        variants.append([*(owner[1:] if owner[0] in _ARTICLES else owner), *quoted[:place]])
    line = f" {' '.join(source)} "
    for variant in variants:
        before, there, _ = line.partition(f" {' '.join(variant)} ")
        if there:
            first = len(before.split())
            return Alignment(first=first, last=first + len(variant), similarity=1.0)
    return None


def _starts(tokens: Sequence[str]) -> list[int]:
    starts, at = [], 0
    for token in tokens:
        starts.append(at)
        at += len(token) + 1
    return starts


def _word_at(starts: Sequence[int], letter: int) -> int:
    return bisect_right(starts, letter) - 1


def _trimmed_alignment(quoted: list[str], source: list[str], first: int, last: int) -> Alignment:
    """The alignment without unmatched words at its edges, with its similarity by letters."""
    blocks = [
        block
        for block in SequenceMatcher(None, quoted, source[first:last], autojunk=False).get_matching_blocks()
        if block.size
    ]
    if not blocks:
        return Alignment(first=first, last=last, similarity=0.0)
    # Words before the first and after the last match may be exchanged ones: as many as the quotation has there.
    start = max(0, blocks[0].b - blocks[0].a)
    end = min(last - first, blocks[-1].b + blocks[-1].size + len(quoted) - blocks[-1].a - blocks[-1].size)
    return _edged(quoted, source, first + start, first + end)


def _edged(quoted: list[str], source: list[str], first: int, last: int) -> Alignment:
    """The alignment with its edges moved by one word if that is more similar: "under way" for "underway"."""
    from rapidfuzz import fuzz  # noqa: PLC0415  only needed where a claim quotes

    sought = "".join(quoted)
    runs = [
        (start, end)
        for start in range(max(0, first - 1), first + 1)
        for end in range(last, min(len(source), last + 1) + 1)
        if start < end
    ]
    best = max(runs, key=lambda run: (fuzz.ratio(sought, "".join(source[run[0] : run[1]])), run == (first, last)))
    similarity = fuzz.ratio(" ".join(quoted), " ".join(source[best[0] : best[1]])) / 100
    return Alignment(first=best[0], last=best[1], similarity=similarity)


def clipped(quoted: Sequence[Word], source: Sequence[Word], place: Alignment, text: str) -> Alignment:
    """The alignment without unmatched words that lie beyond the end of a sentence."""
    run = source[place.first : place.last]
    matcher = SequenceMatcher(None, norms(quoted), norms(run), autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    if not blocks:
        return place
    first, last = place.first, place.last
    for at in range(place.first, place.first + blocks[0].b):
        if _ENDS.search(text[source[at].span[1] : source[at + 1].span[0]]):
            first = at + 1
    for at in range(place.last - 1, place.first + blocks[-1].b + blocks[-1].size - 1, -1):
        if _ENDS.search(text[source[at - 1].span[1] : source[at].span[0]]):
            last = at
    return Alignment(first=first, last=last, similarity=place.similarity)


def pieces_of(quoted: list[Word], source: list[Word]) -> list[tuple[int, int, int]] | None:
    """The two to four pieces of the source, far apart, that a quotation was joined from.

    Each piece is (place in the quotation, place in the source, size), counted in words. None if the quotation comes
    from one place, or does not consist of pieces of the source.
    """
    ours, theirs = [word.norm for word in quoted], [word.norm for word in source]
    if len(ours) < 6:
        return None
    pieces, at = [], 0
    while at < len(ours):
        size, place = _longest(ours[at:], theirs)
        if size < 3:
            return None
        pieces.append((at, place, size))
        at += size
    far = any(not 0 <= after[1] - before[1] - before[2] <= FAR for before, after in pairwise(pieces))
    return pieces if 2 <= len(pieces) <= 4 and far else None


def _longest(head: list[str], right: list[str]) -> tuple[int, int]:
    """The longest beginning of ``head`` that is in ``right``, and where."""
    best, where = 0, 0
    for place, word in enumerate(right):
        if word != head[0]:
            continue
        size = 1
        while size < len(head) and place + size < len(right) and head[size] == right[place + size]:
            size += 1
        if size > best:
            best, where = size, place
    return best, where
