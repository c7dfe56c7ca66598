"""Reads earlier fact-checks (schema.org ClaimReview) from files: data feeds, dumps, and JSON Lines.

The forms that are in use differ in what surrounds the reviews (Google's Data Commons feed, a list, an ``@graph``, a
line each); every object with a ``claimReviewed`` counts, wherever it stands.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from sources.errors import SourcesError
from sources.finding.likeness import stems
from sources.finding.search_protocol import text_at
from sources.page import metadata

_MOST_BYTES = 500_000_000
_MOST_ALIKE = 30  # reviews that are compared with a claim in full


@dataclass(frozen=True, slots=True, kw_only=True)
class FactCheck:
    """An earlier fact-check: the claim, how it was rated, by whom, when and where."""

    claim: str
    rating: str = ""
    publisher: str = ""
    url: str | None = None
    day: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FactCheckFile:
    """The fact-checks of a file, found by the words of their claims."""

    reviews: tuple[FactCheck, ...]
    places: Mapping[str, Sequence[int]] = field(repr=False)

    def alike(self, claim: str) -> list[FactCheck]:
        """Those whose claims share most words with ``claim``, rare words first; whether they say the same is open."""
        shared: Counter[int] = Counter()
        words = sorted(stems(claim) & self.places.keys(), key=lambda word: (len(self.places[word]), word))
        for word in words:
            shared.update(self.places[word])
        enough = max(2, len(words) // 2)
        return [self.reviews[place] for place, count in shared.most_common(_MOST_ALIKE) if count >= enough]


def read_fact_checks(path: Path) -> FactCheckFile:
    """The fact-checks of a file, read again only if it changed.

    Raises:
        SourcesError: the file cannot be read, is too large, or holds no ClaimReview.
    """
    try:
        stat = path.stat()
        if stat.st_size > _MOST_BYTES:
            raise SourcesError(f"search: {path} has more than {_MOST_BYTES // 1_000_000} MB; split it")
        return _read_file(path, stat.st_mtime_ns, stat.st_size)
    except OSError as error:
        raise SourcesError(f"search: {path} cannot be read: {error.strerror}") from error


@lru_cache(maxsize=8)
def _read_file(path: Path, _changed: int, _size: int) -> FactCheckFile:
    text = path.read_bytes().decode("utf-8-sig", "replace")
    reviews = tuple(_fact_checks(_documents(text, path)))
    if not reviews:
        raise SourcesError(f"search: {path} holds no ClaimReview (JSON or JSON Lines with claimReviewed)")
    places: dict[str, list[int]] = defaultdict(list)
    for place, review in enumerate(reviews):
        for word in stems(review.claim):
            places[word].append(place)
    return FactCheckFile(reviews=reviews, places=dict(places))


def _documents(text: str, path: Path) -> list[Any]:
    """The file as one JSON document, or as one in each line."""
    try:
        return [json.loads(text)]
    except (ValueError, RecursionError):
        lines = [line for line in text.split("\n") if line.strip()]  # a text may hold other line separators
    try:
        return [json.loads(line) for line in lines]
    except (ValueError, RecursionError) as error:
        raise SourcesError(f"search: {path} is neither JSON nor JSON Lines ({error})") from error


def _fact_checks(documents: list[Any]) -> Iterator[FactCheck]:
    """Every ClaimReview, in the order of the file."""
    open_items = documents[::-1]
    while open_items:
        item = open_items.pop()
        if isinstance(item, dict):
            if text_at(item, "claimReviewed").strip():
                yield _fact_check(item)
            open_items.extend(list(item.values())[::-1])
        elif isinstance(item, list):
            open_items.extend(item[::-1])


def _fact_check(item: Mapping[str, Any]) -> FactCheck:
    author, rating = _first(item.get("author")), _first(item.get("reviewRating"))
    return FactCheck(
        claim=" ".join(text_at(item, "claimReviewed").split()),
        rating=text_at(rating, "alternateName") or text_at(rating, "name"),
        publisher=text_at(author, "name") or text_at(_first(item.get("publisher")), "name"),
        url=text_at(item, "url") or None,
        day=metadata.iso(text_at(item, "datePublished")),
    )


def _first(value: object) -> Mapping[str, Any]:
    """An object, or the first of a list of objects; empty where there is none."""
    if isinstance(value, list):
        value = value[0] if value else None
    return value if isinstance(value, dict) else {}
