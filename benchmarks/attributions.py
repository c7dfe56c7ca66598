"""Scores attributions by the rule in the data folder's README, for Factdesk and for the saved results of peers.

Gold is every annotated attribution that has both a source and a content. A prediction matches one when the
characters of their contents overlap by at least half of their union; one to one, greedily, in gold order,
best overlap first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Spans = tuple[tuple[int, int], ...]
# A content and its source.
Pair = tuple[Spans, Spans]
_HALF = 0.5


@dataclass(slots=True)
class Score:
    """Counts over articles."""

    gold: int = 0
    predicted: int = 0
    matched: int = 0
    right_speaker: int = 0
    gave_up: int = 0

    @property
    def precision(self) -> float:
        """The share of predictions that match."""
        return self.matched / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """The share of gold that is matched."""
        return self.matched / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of the two."""
        return 2 * self.matched / (self.gold + self.predicted) if self.gold + self.predicted else 0.0

    @property
    def speaker_recall(self) -> float:
        """The share of gold whose match names a source that shares a character with the gold source."""
        return self.right_speaker / self.gold if self.gold else 0.0


def spans(fields: Iterable[Sequence[Any]]) -> Spans:
    """Spans of a row; PolNeAR's carry the words as a third field."""
    return tuple((int(span[0]), int(span[1])) for span in fields)


def gold(row: Mapping[str, Any]) -> list[Pair]:
    """The attributions of a PolNeAR row that have both a source and a content."""
    return [
        (spans(item["content"]), spans(item["source"]))
        for item in row["attributions"]
        if item["content"] and item["source"]
    ]


def overlap(left: Spans, right: Spans) -> float:
    """The characters that two sets of spans share, over those of either."""
    if max(end for _, end in left) <= min(start for start, _ in right):
        return 0.0
    if max(end for _, end in right) <= min(start for start, _ in left):
        return 0.0
    first = {place for start, end in left for place in range(start, end)}
    second = {place for start, end in right for place in range(start, end)}
    return len(first & second) / len(first | second)


def match(marked: Sequence[Pair], predicted: Sequence[Pair]) -> dict[int, int]:
    """Gold index -> index of its prediction."""
    free = {i for i, pair in enumerate(predicted) if pair[0]}
    matches: dict[int, int] = {}
    for place, (content, _) in enumerate(marked):
        best = max(free, key=lambda i: (overlap(content, predicted[i][0]), -i), default=None)
        if best is not None and overlap(content, predicted[best][0]) >= _HALF:
            matches[place] = best
            free.discard(best)
    return matches


def add(score: Score, marked: Sequence[Pair], predicted: Sequence[Pair]) -> None:
    """Add one article's counts."""
    pairs = match(marked, predicted)
    score.gold += len(marked)
    score.predicted += len(predicted)
    score.matched += len(pairs)
    score.right_speaker += sum(touches(marked[i][1], predicted[j][1]) for i, j in pairs.items())


def touches(left: Spans, right: Spans) -> bool:
    """Whether two sets of spans share a character."""
    return any(a < d and c < b for a, b in left for c, d in right)
