"""Scores how well an address, a title or a snippet matches the claims that cite a source."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from claims import addresses
from claims.records import Claim, Page
from sources import urls
from sources.page import metadata

SURE = 0.75  # a candidate at least as good as this needs no search
_QUOTED = re.compile(r"[\"“«„]([^\"“”«»„]{12,300})[\"”»“]")
_STOPWORDS = Path(__file__).with_name("stopwords.txt")
_SECTIONS = frozenset({
    "news", "world", "politics", "europe", "us", "usa", "uk", "business", "article", "articles", "story", "stories",
    "live", "video", "en",
})  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """The topic of the claims: their content words by weight, a quotation, and the article's day."""

    weights: dict[str, float]
    keywords: tuple[str, ...]
    quote: str | None
    day: str | None

    def likeness(self, text: str) -> float:
        """0 to 1: the share of the claims' words in ``text``, and of the text's words in the claims."""
        there = stems(text)
        if not there or not self.weights:
            return 0.0
        shared = sum(self.weights.get(word, 0.0) for word in there)
        # Eight shared words count as a full match, because titles are short and there may be many claims.
        reached = shared / max(3.0, min(8.0, sum(self.weights.values())))
        fitting = sum(word in self.weights for word in there) / len(there)
        return min(1.0, 0.6 * min(1.0, reached) + 0.4 * fitting)

    def of_address(self, url: str, *, alone: bool = False) -> float:
        """The score of an address of the right outlet if nothing else is known about the page.

        ``alone`` says that it is the only known page of the outlet, so that a slug without words scores higher.
        """
        dated = self._dated(urls.date_in(url))
        if dated is None:
            return 0.0
        slug = [word for word in stems(" ".join(urls.slug_words(url))) if not word.isdigit() and word not in _SECTIONS]
        alike = self.likeness(" ".join(slug))
        if len(slug) < 2:
            return 0.3 + dated + (0.1 if alone else 0.0)
        if not alike:
            return 0.25 + (0.1 if alone else 0.0)
        return min(0.95, 0.25 + dated + 0.6 * alike)

    def of_page(self, url: str, words: str, published: str | None) -> float:
        """The score of a page of the right outlet whose title or snippet and day are known."""
        stated = metadata.day_of(published)
        dated = self._dated((stated.isoformat(), True) if stated else urls.date_in(url))
        if dated is None:
            return 0.0
        alike = self.likeness(f"{words} {' '.join(urls.slug_words(url))}")
        quoted = 0.25 if self.quote and share(self.quote, words) > 0.8 else 0.0
        return min(0.97, 0.1 + dated + 0.75 * alike + quoted) if alike > 0.1 else 0.0

    def _dated(self, stated: tuple[str, bool] | None) -> float | None:
        """What a date is worth: a little for the article's day and those before, None for one out of reach."""
        if stated is None or self.day is None:
            return 0.05
        apart = days_apart(self.day, stated[0], signed=True)
        if apart is None:
            return 0.05
        if not stated[1]:
            return 0.1 if -31 <= apart <= 31 else None
        if -2 <= apart <= 1:
            return 0.2
        # A source is older than the article that cites it; a day or two of slack is for time zones and updates.
        return 0.1 if -10 <= apart < -2 else 0.0 if -60 <= apart < -10 else None


def topic(claims: Sequence[Claim], article: Page) -> Topic:
    """The topic of the claims that rely on a source; words of the article's title have half the weight."""
    weights: dict[str, float] = {}
    for word in stems(article.title or ""):
        weights[word] = 0.5
    claims_text = " ".join(f"{claim.text} {claim.certain}" for claim in claims)
    names = {slug_stem(word) for word in re.findall(r"\b[A-ZÀ-ÞА-ЯЁ]\w+", claims_text)}
    for word in stems(claims_text):
        weights[word] = 1.5 if word in names or word.isdigit() else 1.0
    quotes = [quotation for claim in claims for quotation in _QUOTED.findall(claim.text)]
    day = metadata.day_of(article.published) or metadata.day_of(
        next(iter([p.date for p in article.posts if p.date]), None)
    )
    return Topic(
        weights=weights,
        keywords=_keywords(claims, weights),
        quote=max(quotes, key=len) if quotes else None,
        day=day.isoformat() if day else None,
    )


def _keywords(claims: Sequence[Claim], weights: dict[str, float]) -> tuple[str, ...]:
    """The words to search for: at most eight of the first claims, names first, as they are written."""
    seen: dict[str, str] = {}
    for claim in claims[:3]:
        for word in re.findall(r"[\w’'-]+", claim.certain or claim.text):
            plain = word.strip("’'-").removesuffix("’s").removesuffix("'s")
            if slug_stem(plain) in weights and len(plain) > 2:
                seen.setdefault(slug_stem(plain), plain)
    ranked = sorted(seen, key=lambda word: -weights[word])[:8]
    return tuple(seen[word] for word in seen if word in ranked)


def is_front(url: str) -> bool:
    """Whether an address is a front or section page rather than a single story."""
    parts = addresses.address_parts(url)
    if parts is None:
        return True
    steps = [step for step in parts.path.split("/") if step]
    return not steps or (
        len(steps) <= 2 and all(re.fullmatch(r"[a-z]{2,14}", step) for step in steps) and not parts.query
    )


def share(words: str, text: str) -> float:
    """The share (0 to 1) of the content words of ``words`` that are in ``text``."""
    needed, present = stems(words), stems(text)
    return sum(word in present for word in needed) / len(needed) if needed else 0.0


def days_apart(first_day: str, second_day: str, *, signed: bool = False) -> int | None:
    """The number of days between two ISO dates, with sign if ``signed``; None if one of them is not a date."""
    first, second = metadata.day_of(first_day), metadata.day_of(second_day)
    if first is None or second is None:
        return None
    apart = (second - first).days
    return apart if signed else abs(apart)


def stems(text: str) -> frozenset[str]:
    """The content words of a text, without endings, accents and stop words."""
    words = re.findall(r"[^\W\d_]{2,}|\d+(?:[.,]\d+)*", text)
    return frozenset(slug_stem(word) for word in words if word.casefold() not in _stopwords())


def slug_stem(word: str) -> str:
    """A word without accents and its commonest English endings; enough to match a slug with a sentence."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(c))
    for ending in ("ations", "ation", "ings", "ing", "ers", "ies", "ied", "ed", "es", "er", "s", "e", "y"):
        if plain.endswith(ending) and len(plain) - len(ending) >= 4:
            return plain[: -len(ending)]
    return plain


@cache
def _stopwords() -> frozenset[str]:
    return frozenset(_STOPWORDS.read_text(encoding="utf-8").split())
