"""The text of an article cut where claims begin and end, so that each stretch can be marked. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from claims.records import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A stretch of text and the claims that stand in it (none for what lies between)."""

    text: str
    claims: tuple[str, ...] = ()


def stretches(text: str, spans: Mapping[str, Sequence[Span]]) -> list[Stretch]:
    """Cut ``text`` at every border of ``spans`` (claim id to its spans); joined, the stretches are the text again."""
    inside = [(max(0, start), min(len(text), end), claim) for claim, pairs in spans.items() for start, end in pairs]
    borders = sorted({0, len(text), *_ends(inside)})
    return [
        Stretch(text=text[start:end], claims=tuple(claim for s, e, claim in inside if s <= start and end <= e))
        for start, end in pairwise(borders)
    ]


def _ends(inside: Iterable[tuple[int, int, str]]) -> set[int]:
    return {border for start, end, _ in inside if start < end for border in (start, end)}
