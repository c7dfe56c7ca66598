"""Pairs values that stand in turn in a sentence: each figure with its year in "48 tonnes in 2022 and 52 in 2023"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from claims.records import Span
from claims.verification.words import content


def partners(figures: Sequence[Span], anchors: Sequence[Span]) -> dict[Span, Span]:
    """The anchor (a date) of every figure, where figures and anchors alternate; empty where they do not.

    There must be two of each at least: a single date may hold for the whole sentence.
    """
    turns = sorted([*((span, True) for span in figures), *((span, False) for span in anchors)])
    alternating = all(first[1] != second[1] for first, second in pairwise(turns))
    if len(figures) != len(anchors) or len(figures) < 2 or not alternating:
        return {}
    couples = ((turns[place][0], turns[place + 1][0]) for place in range(0, len(turns), 2))
    return dict(couples if turns[0][1] else ((figure, anchor) for anchor, figure in couples))


def spelt_out(sentence: str, figures: Sequence[Span], anchors: Sequence[Span]) -> list[str]:
    """What a sentence says in short of every figure but the first: "it sold 5 in 2023" of "4 in 2022 and 5 in 2023".

    Only where each figure stands before its own date, nothing but a conjunction between the two parts, and no other
    noun behind a later figure ("4 mills in 2022 and 5 ships in 2023").
    """
    of_date = partners(figures, anchors)
    if not of_date or any(figure > anchor for figure, anchor in of_date.items()):
        return []
    (first, then), *others = sorted(of_date.items())
    ends = [then, *(anchor for _, anchor in others)]
    joined = all(
        _CONJUNCTION.fullmatch(sentence[before[1] : figure[0]])
        for before, (figure, _) in zip(ends, others, strict=False)
    )
    head, middle = sentence[: first[0]], sentence[first[1] : then[0]]
    counted = content(middle)
    alike = all(content(sentence[figure[1] : anchor[0]]) in ([], counted) for figure, anchor in others)
    if not joined or not alike:
        return []
    tail = sentence[ends[-1][1] :]
    return [f"{head}{sentence[slice(*figure)]}{middle}{sentence[slice(*anchor)]}{tail}" for figure, anchor in others]


_CONJUNCTION = re.compile(r",?\s(?:and|but)\s(?:about\s|some\s|only\s)?|,\s", re.I)
