"""The number of sources behind a verdict, and whether one of them is first-hand, as fact-checking codes require."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from itertools import combinations
from typing import TYPE_CHECKING

from claims.addresses import site
from claims.copies import COPY, containment, shingles
from claims.lexicon.wires import WIRES
from claims.records import Stance

if TYPE_CHECKING:
    from claims.ledger.store import Row, Store

# Every passage that speaks for or against the claim in its latest verdict, with the source that its page was read for.
_PASSAGES = """
SELECT e.url, e.outlet, e.passage, s.source, s.hop_of FROM evidence e
LEFT JOIN sources s ON s.capture = e.capture AND s.article = ?
  AND EXISTS (SELECT 1 FROM json_each(s.claims) l WHERE l.value = ?)
  AND s.number = (SELECT max(number) FROM sources WHERE article = s.article AND source = s.source)
WHERE e.verdict = ? AND e.stance <> ? ORDER BY e.position
"""
# What the pages that were read for the claim rely on themselves.
_HOPS = """
SELECT DISTINCT s.hop_of AS leaning FROM sources s, json_each(s.claims) l
WHERE s.article = ? AND s.hop_of IS NOT NULL AND l.value = ?
"""


def origins(store: Store, row: Row) -> dict[str, int | None]:
    """``single_source`` and ``secondary_only`` of a row of ``current``: 1, 0, or None if no passage decides.

    Pages of the same outlet, copies of the same text, and a page and its own source count as one source. A page is
    secondary if it relies on another for the claim or prints the same text as another; an agency's page is not.
    """
    passages = store.rows(_PASSAGES, [row["article"], row["claim"], row["verdict"], str(Stance.NEUTRAL)])
    if not passages:
        return {"single_source": None, "secondary_only": None}
    leaning = {hop["leaning"] for hop in store.rows(_HOPS, [row["article"], row["claim"]])}
    copies = {place for pair in combinations(range(len(passages)), 2) if _copied(passages, *pair) for place in pair}
    first_hand = [
        passage
        for place, passage in enumerate(passages)
        if _is_wire(passage) or not (passage["source"] in leaning or (place in copies))
    ]
    return {"single_source": int(_groups(passages) == 1), "secondary_only": int(not first_hand)}


def _groups(passages: Sequence[Row]) -> int:
    groups: list[list[int]] = []
    for place in range(len(passages)):
        joined = [group for group in groups if any(_share_origin(passages, place, other) for other in group)]
        groups = [group for group in groups if group not in joined]
        groups.append([place, *(member for group in joined for member in group)])
    return len(groups)


def _share_origin(passages: Sequence[Row], first_place: int, second_place: int) -> bool:
    first, second = passages[first_place], passages[second_place]
    leans = any(a["hop_of"] and a["hop_of"] == b["source"] for a, b in ((first, second), (second, first)))
    return leans or _outlet_or_site(first) == _outlet_or_site(second) or _copied(passages, first_place, second_place)


def _copied(passages: Sequence[Row], first_place: int, second_place: int) -> bool:
    """Whether two outlets print the same text."""
    first, second = passages[first_place], passages[second_place]
    return (
        _outlet_or_site(first) != _outlet_or_site(second)
        and containment(_passage_shingles(first), _passage_shingles(second)) >= COPY
    )


def _passage_shingles(passage: Row) -> frozenset[tuple[str, ...]]:
    return shingles(re.findall(r"\w+", passage["passage"].casefold()))


def _outlet_or_site(passage: Row) -> str:
    """The publisher of a passage: the outlet, or the host if the outlet is not known."""
    return passage["outlet"] or site(passage["url"])


def _is_wire(passage: Row) -> bool:
    names = {name.casefold() for names in WIRES for name in names}
    return (
        _outlet_or_site(passage).replace("_", " ").casefold() in names
        or _outlet_or_site(passage).split(".")[0].casefold() in names
    )


def marks(row: Row) -> Row:
    """A row for export, with lists parsed and ``needs_review`` as the ledger defines it."""
    return {**row, "outlets": json.loads(row["outlets"] or "[]"), "needs_review": int(row["why"] is not None)}
