"""How faithfully a quotation stands in a source: found by fuzzy alignment, graded by a word diff.

The place is found with rapidfuzz's partial alignment over the words in plain form; the grade comes from the words
themselves: what was exchanged, left out, joined or cut away, and whether that can change the sense.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from claims.records import Page, QuoteFinding, QuoteGrade
from claims.verification.changes import Change, compare
from claims.verification.lexicon import DISTANCING, FOREIGN_CUES, FOREIGN_DOMAINS, QUALIFIERS, SPEAKING
from claims.verification.words import Word, content, coverage, is_negation, plain, stem, words

# Below this similarity of letters nothing in the source is a rendering of the quotation.
# Tuned on the first half of tests/verification/quotations.jsonl.
_FOUND, _FOUND_TRANSLATED = 0.62, 0.5
# A paraphrase shares at least this share of its content words with the place found.
_SHARED = 0.4
# Two pieces of a quotation that stand further apart than this many words were not one statement.
_FAR = 15
_OPEN_CLOSE = re.compile(r'"([^"\n]+)"|"([^"\n]+)$|^([^"\n]+)"(?!\w)')
_ELLIPSIS = re.compile(r"\.{3,}|…|\[\s*(?:\.{3,}|…)?\s*\]|\(\s*(?:\.{3,}|…)\s*\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Where the source comes nearest: words ``first`` to ``last`` (excluded) of it, and how near."""

    first: int
    last: int
    similarity: float


def quotations(text: str) -> list[str]:
    """The quoted words of a claim, in order. A mark that never closes (or never opened) quotes to the edge."""
    found = []
    for match in _OPEN_CLOSE.finditer(plain(text)):
        number = next(index for index in (1, 2, 3) if match.group(index))
        words_there = text[match.start(number) : match.end(number)].strip()
        if len(words(words_there)) >= 2:
            found.append(words_there)
    return found


def foreign(page: Page) -> bool:
    """Whether the page gives words that were said in another language: its language, country or its own words."""
    if page.language and not page.language.lower().startswith("en"):
        return True
    host = re.sub(r"^\w+://|[/:?#].*$", "", page.final_url or page.url or "").lower()
    return host.endswith(FOREIGN_DOMAINS) or any(cue in page.text.lower() for cue in FOREIGN_CUES)


def grade(quote: str, text: str, *, translated: bool = False, around: str = "") -> QuoteFinding:
    """Find ``quote`` in ``text`` and grade it.

    ``translated`` says that the words were first said in another language, which allows two renderings.
    ``around`` is the article's sentence outside the quotation marks: a negation there is not lost.
    """
    asked, there = words(_ELLIPSIS.sub(" ", quote)), words(text)
    if not asked or not there:
        return QuoteFinding(quote=quote, grade=QuoteGrade.NOT_FOUND, similarity=0.0)
    place = _locate([word.norm for word in asked], [word.norm for word in there], quote)
    pieces = _pieces(asked, there)
    if pieces is not None:
        return _spliced(quote, asked, there, pieces, text)
    if place.similarity < (_FOUND_TRANSLATED if translated else _FOUND):
        return QuoteFinding(quote=quote, grade=QuoteGrade.NOT_FOUND, similarity=round(place.similarity, 3))
    return _graded(quote, asked, there, place, text, translated=translated, around=around)


def _graded(
    quote: str,
    asked: list[Word],
    there: list[Word],
    place: _Place,
    text: str,
    *,
    translated: bool,
    around: str,
) -> QuoteFinding:
    found = there[place.first : place.last]
    span = (found[0].span[0], found[-1].span[1])
    changes = compare([word.norm for word in asked], [word.norm for word in found])
    name = _grade_of(quote, asked, there, place, text, changes, translated=translated, around=around)
    if name is QuoteGrade.NOT_FOUND:
        return QuoteFinding(quote=quote, grade=name, similarity=round(place.similarity, 3))
    return QuoteFinding(
        quote=quote,
        grade=name,
        similarity=round(place.similarity, 3),
        found=text[span[0] : span[1]],
        span=span,
        diff=_diff(asked, found),
    )


def _grade_of(  # noqa: PLR0913  one return for each grade, over both sides
    quote: str,
    asked: list[Word],
    there: list[Word],
    place: _Place,
    text: str,
    changes: Sequence[Change],
    *,
    translated: bool,
    around: str,
) -> QuoteGrade:
    found = there[place.first : place.last]
    bracketed = _bracketed(quote, asked)
    changes = [change for change in changes if not _inserted(change, bracketed)]
    exchanged = [change for change in changes if not change.trivial and not change.omission]
    if not exchanged:
        gaps = [change for change in changes if change.omission and not _interruption(change, found, text)]
        if any(change.weighty for change in gaps) or (gaps and not _ELLIPSIS.search(quote)):
            return QuoteGrade.TRUNCATED
        if _cut_changes_sense(there, place, text, around):
            return QuoteGrade.TRUNCATED
        return (
            QuoteGrade.VERBATIM
            if not changes and not bracketed and _same_letters(quote, found, text)
            else QuoteGrade.TRIVIAL_EDIT
        )
    shared = coverage(content(quote), content(" ".join(word.norm for word in found)))
    if shared < _SHARED and not (translated and shared >= _SHARED / 2):
        return QuoteGrade.NOT_FOUND
    if translated and not any(change.turns or _renames(change, asked, found) for change in exchanged):
        return QuoteGrade.TRANSLATION_VARIANT
    return QuoteGrade.PARAPHRASE_IN_QUOTES


def _bracketed(quote: str, asked: Sequence[Word]) -> frozenset[int]:
    """The places of the words that stand in square brackets: the article's own, and owned up to."""
    bare = _ELLIPSIS.sub(" ", quote)
    spans = [match.span() for match in re.finditer(r"\[[^\]]*\]", bare)]
    return frozenset(place for place, word in enumerate(asked) for start, end in spans if start <= word.span[0] < end)


def _inserted(change: Change, bracketed: frozenset[int]) -> bool:
    """Whether a change is nothing but words in brackets, in place of at most three of the source's."""
    places = range(*change.here)
    return bool(places) and all(place in bracketed for place in places) and len(change.theirs) <= 3


def _renames(change: Change, asked: Sequence[Word], found: Sequence[Word]) -> bool:
    """Whether a name was exchanged, or a verb put into another tense: no translation does that."""
    ours, theirs = asked[slice(*change.here)], found[slice(*change.there)]
    named = [{stem(word.norm) for word in run if word.text[:1].isupper()} for run in (ours, theirs)]
    first = change.here[0] == 0 or change.there[0] == 0
    inflected = [stem(word.norm) for word in ours] == [stem(word.norm) for word in theirs]
    return inflected or (named[0] != named[1] and not first)


def _locate(asked: list[str], there: list[str], quote: str) -> _Place:
    """The run of the source's words that is nearest to the quotation's."""
    from rapidfuzz import fuzz  # noqa: PLC0415  only needed where a claim quotes

    line, starts = " ".join(there), _starts(there)
    sought = " ".join(asked)
    hit = fuzz.partial_ratio_alignment(sought, line)
    if hit is None or len(sought) > len(line):
        return _trimmed(asked, there, 0, len(there))
    first = _word_at(starts, hit.dest_start)
    last = _word_at(starts, max(hit.dest_start, hit.dest_end - 1)) + 1
    # A gap that an ellipsis owns up to makes the source's words longer than the quotation's.
    room = _FAR if _ELLIPSIS.search(quote) else 3
    return _trimmed(asked, there, max(0, first - room), min(len(there), last + room))


def _starts(tokens: Sequence[str]) -> list[int]:
    starts, at = [], 0
    for token in tokens:
        starts.append(at)
        at += len(token) + 1
    return starts


def _word_at(starts: Sequence[int], letter: int) -> int:
    from bisect import bisect_right  # noqa: PLC0415  one use

    return bisect_right(starts, letter) - 1


def _trimmed(asked: list[str], there: list[str], first: int, last: int) -> _Place:
    """The place without the words at its edges that match nothing, and its similarity by letters."""
    blocks = [
        block
        for block in SequenceMatcher(None, asked, there[first:last], autojunk=False).get_matching_blocks()
        if block.size
    ]
    if not blocks:
        return _Place(first=first, last=last, similarity=0.0)
    # Words before the first and after the last match may be exchanged ones: as many as the quotation has there.
    start = max(0, blocks[0].b - blocks[0].a)
    end = min(last - first, blocks[-1].b + blocks[-1].size + len(asked) - blocks[-1].a - blocks[-1].size)
    return _edged(asked, there, first + start, first + end)


def _edged(asked: list[str], there: list[str], first: int, last: int) -> _Place:
    """The place with its edges moved by a word where that fits better: "under way" for "underway"."""
    from rapidfuzz import fuzz  # noqa: PLC0415  only needed where a claim quotes

    sought = "".join(asked)
    runs = [
        (start, end)
        for start in range(max(0, first - 1), first + 2)
        for end in range(last - 1, min(len(there), last + 1) + 1)
        if start < end
    ]
    best = max(runs, key=lambda run: (fuzz.ratio(sought, "".join(there[run[0] : run[1]])), run == (first, last)))
    similarity = fuzz.ratio(" ".join(asked), " ".join(there[best[0] : best[1]])) / 100
    return _Place(first=best[0], last=best[1], similarity=similarity)


def _pieces(asked: list[Word], there: list[Word]) -> list[tuple[int, int, int]] | None:
    """Two or three long pieces (place in the quotation, place in the source, size) that stand far apart.

    None where the quotation stands in one place, or is not made of pieces of the source at all.
    """
    left, right = [word.norm for word in asked], [word.norm for word in there]
    if len(left) < 6:
        return None
    pieces, at = [], 0
    while at < len(left):
        size, place = _longest(left[at:], right)
        if size < 3:
            return None
        pieces.append((at, place, size))
        at += size
    far = any(not 0 <= after[1] - before[1] - before[2] <= _FAR for before, after in pairwise(pieces))
    return pieces if 2 <= len(pieces) <= 4 and far else None


def _longest(head: list[str], right: list[str]) -> tuple[int, int]:
    """The longest beginning of ``head`` that stands in ``right``, and where."""
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


def _spliced(
    quote: str, asked: list[Word], there: list[Word], pieces: list[tuple[int, int, int]], text: str
) -> QuoteFinding:
    runs = [there[place : place + size] for _, place, size in pieces]
    stretches = [text[run[0].span[0] : run[-1].span[1]] for run in runs]
    diff: list[tuple[str, str]] = []
    for number, (at, _, size) in enumerate(pieces):
        if number:
            diff.append(("+", "[…]"))
        diff.append(("=", " ".join(word.text for word in asked[at : at + size])))
    return QuoteFinding(
        quote=quote,
        grade=QuoteGrade.SPLICED,
        similarity=1.0,
        found=" […] ".join(stretches),
        span=(runs[0][0].span[0], runs[0][-1].span[1]),
        diff=tuple(diff),
    )


def _interruption(change: Change, found: Sequence[Word], text: str) -> bool:
    """Whether the words left out are the source's own "he said" between two quoted parts."""
    first, last = change.there
    gap = text[found[first].span[0] - 3 : found[last - 1].span[1] + 3]
    speaking = any(word.norm in SPEAKING for word in found[first:last])
    return speaking and plain(gap).count('"') >= 2 and last - first <= 12


def _cut_changes_sense(there: list[Word], place: _Place, text: str, around: str) -> bool:
    """Whether the same sentence of the source, outside the words quoted, denies or limits them."""
    left = _same_sentence(there, place.first - 1, -1, text)
    right = _same_sentence(there, place.last, 1, text)
    outside = {word.norm for word in words(around)}
    if any(is_negation(norm) or norm in DISTANCING for norm in outside):
        return False
    distanced = any(norm in DISTANCING or is_negation(norm) for norm in left[:8]) or bool({"if", "unless"} & set(left))
    return distanced or bool(right and right[0] in QUALIFIERS and not outside & QUALIFIERS)


def _same_sentence(there: list[Word], at: int, step: int, text: str) -> list[str]:
    """The words from ``at`` in the direction of ``step``, to the sentence's end or a quotation mark."""
    found: list[str] = []
    while 0 <= at < len(there) and len(found) < 15:
        near = at - step
        gap = text[min(there[at].span[1], there[near].span[1]) : max(there[at].span[0], there[near].span[0])]
        if re.search(r"[.!?…\n\"]", plain(gap)):
            break
        found.append(there[at].norm)
        at += step
    return found


def _same_letters(quote: str, found: Sequence[Word], text: str) -> bool:
    """Whether quotation and source agree in case and inner punctuation too (quotation marks and dashes apart)."""
    return _bare(quote) == _bare(text[found[0].span[0] : found[-1].span[1]])


def _bare(text: str) -> str:
    return " ".join(plain(text).replace('"', "'").split()).strip(" '.,;:!?-")


def _diff(asked: Sequence[Word], found: Sequence[Word]) -> tuple[tuple[str, str], ...]:
    matcher = SequenceMatcher(None, [word.norm for word in asked], [word.norm for word in found], autojunk=False)
    diff: list[tuple[str, str]] = []
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        left, right = (" ".join(word.text for word in run) for run in (asked[i1:i2], found[j1:j2]))
        if kind == "equal":
            diff.append(("=", left))
        else:
            diff += [pair for pair in (("-", left), ("+", right)) if pair[1]]
    return tuple(diff)
