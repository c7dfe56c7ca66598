"""Compares two captures of a page: removed, new and reworded sentences, title and date.

A page that is changed without notice ("stealth edit") may invalidate a verdict.
Differences in spaces, typographic marks or order do not count as changes.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from claims.records import Capture, Page, Reason, Via

# From this share of common words on (twice the common ones through all of both), two sentences are one that was
# reworded. On the 16,015 pairs of sentences before and after a revision in VitaminC's train rows, 87 % reach it, and
# 4.5 % of sentences reach it with the nearest of 60 others that were drawn at random.
_REWORDED = 0.5
_MOST_PAIRS = 40_000  # sentences compared with one another: beyond it (200 changed ones) it is another page
_LONGEST = 400  # words of a sentence that are compared one by one
_SENTENCE_END = re.compile(r"(?:(?<=[.!?])|(?<=[.!?][\"”’»)\]]))\s+(?=[\"“‘«(\[]*[\w$€£])|(?<=[。！？])(?=\w)")
_WORD = re.compile(r"\w+(?:[.,’'-]\w+)*|[^\w\s]")
_PLAIN = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "–": "-", "—": "-"})


class Kind(StrEnum):
    """How a sentence changed."""

    GONE = "gone"
    NEW = "new"
    REWORDED = "reworded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One sentence changed: its words before and after (empty if it was not there), and their word diff.

    ``diff`` is in reading order: ``("=", words)``, ``("-", words before)``, ``("+", words after)``.
    """

    kind: Kind
    before: str = ""
    after: str = ""
    diff: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """The changes of a page. ``title`` and ``published`` are (before, after) if they differ.

    ``closed`` is the reason why less of the page can be read than before (such as a new paywall); text that cannot be
    read is not reported as removed.
    """

    edits: tuple[Edit, ...] = ()
    title: tuple[str, str] | None = None
    published: tuple[str, str] | None = None
    closed: Reason | None = None

    def __bool__(self) -> bool:
        """Whether anything changed."""
        return bool(self.edits or self.title or self.published or self.closed)

    def touching(self, before: Sequence[str] = (), after: Sequence[str] = ()) -> tuple[Edit, ...]:
        """The edits inside these passages of the page as it was (``before``) or as it is (``after``)."""
        old, new = ([f" {_normalized(passage)} " for passage in side] for side in (before, after))
        return tuple(edit for edit in self.edits if _stands_within(edit.before, old) or _stands_within(edit.after, new))


def comparable(before: Capture, after: Capture) -> bool:
    """Whether two captures can be compared; a page saved by a person is not compared with a server's response."""
    return (before.via is Via.MANUAL) == (after.via is Via.MANUAL)


def revision_between(before: Page, after: Page) -> Revision:
    """The changes from one capture of a page to another."""
    closed = after.partial if before.partial is None else None
    gone, new = _only(before.text, after.text), _only(after.text, before.text)
    edits = _paired(gone, new)
    if closed or before.partial:  # the free lead of a page is no edit of it, and what a subscription opens is not new
        edits = [edit for edit in edits if edit.kind is Kind.REWORDED]
    return Revision(
        edits=tuple(edits),
        title=_differs(before.title, after.title),
        published=_differs(before.published, after.published),
        closed=closed,
    )


def line_sentences(text: str) -> Iterator[str]:
    """The sentences of a page's text, split by simple rules, since both captures only need to be split alike."""
    for line in text.splitlines():
        yield from (" ".join(piece.split()) for piece in _SENTENCE_END.split(line) if piece.strip())


def _only(text: str, other: str) -> list[str]:
    """The sentences of a text that the other one does not have, each as often as it lacks them."""
    there = Counter(map(_normalized, line_sentences(other)))
    missing = []
    for sentence in line_sentences(text):
        plain = _normalized(sentence)
        if there[plain]:
            there[plain] -= 1
        elif any(map(str.isalnum, plain)):
            missing.append(sentence)
    return missing


def _paired(gone: Sequence[str], new: Sequence[str]) -> list[Edit]:
    """Pair removed sentences with the most similar new ones; the edits are in the order of the earlier page."""
    partner = dict(_reworded_pairs(gone, new))
    edits = [
        Edit(kind=Kind.GONE, before=sentence)
        if at not in partner
        else Edit(
            kind=Kind.REWORDED, before=sentence, after=new[partner[at]], diff=word_diff(sentence, new[partner[at]])
        )
        for at, sentence in enumerate(gone)
    ]
    used = set(partner.values())
    return edits + [Edit(kind=Kind.NEW, after=sentence) for at, sentence in enumerate(new) if at not in used]


def _reworded_pairs(gone: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int]]:
    if len(gone) * len(new) > _MOST_PAIRS:
        return
    from rapidfuzz.distance import Indel  # noqa: PLC0415  not into every command that can show a change

    old, now = ([_WORD.findall(_normalized(sentence).lower())[:_LONGEST] for sentence in side] for side in (gone, new))
    alike = [
        (score, i, j)
        for i, words in enumerate(old)
        for j, others in enumerate(now)
        if (score := Indel.normalized_similarity(words, others, score_cutoff=_REWORDED)) >= _REWORDED
    ]
    left, right = set(range(len(gone))), set(range(len(new)))
    for _, i, j in sorted(alike, key=lambda pair: (-pair[0], pair[1:])):
        if i in left and j in right:
            left.remove(i)
            right.remove(j)
            yield i, j


def word_diff(before: str, after: str) -> tuple[tuple[str, str], ...]:
    """The unchanged, removed and new words, in reading order."""
    from rapidfuzz.distance import Indel  # noqa: PLC0415  not into every command that can show a change

    old, new = before.split()[:_LONGEST], after.split()[:_LONGEST]
    steps = Indel.opcodes([_normalized(word) for word in old], [_normalized(word) for word in new])
    parts = []
    for same, group in groupby(steps, key=lambda step: step.tag == "equal"):
        run = list(group)
        went = " ".join(word for step in run for word in old[step.src_start : step.src_end])
        came = " ".join(word for step in run for word in new[step.dest_start : step.dest_end])
        parts += [("=", came)] if same else [("-", went), ("+", came)]
    return tuple(part for part in parts if part[1])


def _normalized(text: str) -> str:
    """A text without what only looks different."""
    return " ".join(unicodedata.normalize("NFKC", text).translate(_PLAIN).replace("\u00ad", "").split())


def _stands_within(sentence: str, passages: Sequence[str]) -> bool:
    """Whether a sentence is in one of the passages, or one of them in it; passages are plain and padded."""
    padded = f" {_normalized(sentence)} "
    return bool(sentence) and any(padded in passage or passage in padded for passage in passages)


def _differs(before: str | None, after: str | None) -> tuple[str, str] | None:
    old, new = (" ".join((text or "").split()) for text in (before, after))
    return None if _normalized(old) == _normalized(new) or not (old and new) else (old, new)
