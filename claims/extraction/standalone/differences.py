"""Lists the differences between a statement and the article's words, each with its reason.

The differences are computed from the two texts, so that none is missed; the reasons come from the restater.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from claims.records import Change, Span

# A word with what is written together with it, a suggestion or gloss in brackets, or a sign.
_TOKEN = re.compile(r"\[[^\[\]]{1,80}\?\]|[-−+]?\w+(?:[.,'’:/\-]\w+)*|[^\w\s]")
_PUT_IN, _LEFT_OUT = "put in so that the statement stands alone", "left out so that the statement stands alone"
_EXCHANGED = "put so that the statement stands alone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Why the words at ``span`` were replaced by ``now``, or ``now`` inserted after them."""

    span: Span
    now: str
    reason: str
    sure: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Restated:
    """A standalone statement, the part compared with the sources, what stays open, and why words were changed."""

    statement: str
    asked: str
    reasons: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class _Piece:
    """A token with its place in the text."""

    words: str
    start: int
    end: int


def differences(text: str, spans: Sequence[Span], statement: str, notes: Sequence[Note]) -> tuple[Change, ...]:
    """The differences of ``statement`` from ``text``, which is the article's text at ``spans`` joined by spaces."""
    was, now = list(_word_pieces(text)), list(_word_pieces(statement))
    matcher = SequenceMatcher(
        None, [_comparable_piece(token) for token in was], [_comparable_piece(token) for token in now], autojunk=False
    )
    changes = []
    for kind, i, j, k, m in matcher.get_opcodes():
        if kind == "equal" or not _differ_in_words(was[i:j], now[k:m]):
            continue
        start = was[i].start if i < len(was) else len(text)
        end = was[j - 1].end if j > i else start
        place = (
            (_placed(start, spans), _placed(end, spans, last=True)) if j > i else _insertion_point(i, was, spans, text)
        )
        words = text[start:end] if j > i else ""
        for piece in _cut_at_suggestions(now[k:m]):
            new_words = statement[piece[0].start : piece[-1].end] if piece else ""
            if words and new_words.endswith("?]"):
                changes.append(_change((place[0], place[0]), "", new_words, notes))
            else:
                changes.append(_change(place, words, new_words, notes))
                place, words = (place[1], place[1]), ""
        if words:
            changes.append(_change(place, words, "", notes))
    return tuple(changes)


def _cut_at_suggestions(now: Sequence[_Piece]) -> list[list[_Piece]]:
    """New words cut before and behind each suggestion, so that it can be taken out alone."""
    groups: list[list[_Piece]] = []
    for token in now:
        suggested = token.words.endswith("?]")
        if groups and not suggested and not groups[-1][0].words.endswith("?]"):
            groups[-1].append(token)
        else:
            groups.append([token])
    return groups or [[]]


def _word_pieces(text: str) -> Iterator[_Piece]:
    for match in _TOKEN.finditer(text):
        yield _Piece(match.group(), match.start(), match.end())


def _comparable_piece(piece: _Piece) -> str:
    return piece.words.replace("’", "'").lower()


def _differ_in_words(was: Sequence[_Piece], now: Sequence[_Piece]) -> bool:
    """Whether two stretches differ by more than stops, quotation marks and a capital."""
    first, second = (
        [piece.words.lower() for piece in side if any(map(str.isalnum, piece.words))] for side in (was, now)
    )
    return first != second


def _placed(offset: int, spans: Sequence[Span], *, last: bool = False) -> int:
    """An offset in the joined text as one in the article."""
    for start, end in spans:
        if offset < end - start or (last and offset == end - start):
            return start + offset
        offset -= end - start + 1
    return spans[-1][1] if spans else 0


def _insertion_point(place: int, was: Sequence[_Piece], spans: Sequence[Span], text: str) -> Span:
    """Where words are put in: right behind the token before, or at the start."""
    at = _placed(was[place - 1].end, spans, last=True) if place else _placed(0, spans)
    return (at, at)


def _change(span: Span, was: str, now: str, notes: Sequence[Note]) -> Change:
    if now.endswith("?]"):
        matching = [note for note in notes if not note.sure and note.now == now]
    else:
        near = [note for note in notes if note.sure and _touches(note.span, span)]
        matching = [note for note in near if not now or _share_a_word(note.now, now)]
    if matching:
        reasons = "; ".join(dict.fromkeys(note.reason for note in matching))
        return Change(span=span, was=was, now=now, sure=all(note.sure for note in matching), reason=reasons)
    return Change(span=span, was=was, now=now, reason=_PUT_IN if not was else _LEFT_OUT if not now else _EXCHANGED)


def _touches(first: Span, second: Span) -> bool:
    return first[0] <= second[1] and second[0] <= first[1]


def _share_a_word(first: str, second: str) -> bool:
    """Whether two stretches of words have a word in common."""
    return not first or bool({p.words for p in _word_pieces(first)} & {p.words for p in _word_pieces(second)})
