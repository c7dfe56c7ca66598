"""The words of a text: tokens with positions, normalized forms, content words and their overlap."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache, wraps
from math import fsum
from typing import Concatenate, ParamSpec, TypeVar

from claims.lexicon.evidence import (
    ANTONYMS,
    IRREGULAR,
    NEGATIONS,
    NEGATIVE_PREFIXES,
    NO_NEGATIVES,
    SPELLINGS,
    STOPWORDS,
)
from claims.records import Span

# A claim and the passages of its pages are read again by every rule: 25 claims on five pages have some 600 texts.
_KEPT = 4096
# Longer texts are pages, which are read once and would take too much memory in a cache.
_SHORT = 2000
_P = ParamSpec("_P")
_R = TypeVar("_R")
# "Non-binding" and "nonbinding" are one word, and the opposite of "binding"; "UN-backed" is backed by the UN.
_DENYING = r"(?:\b(?:[Nn]on|[Uu]n)[-\u2010\u2011](?=[^\W\d_]{3}))?"
_WORD = re.compile(_DENYING + r"[^\W_]+(?:[.,](?=\d)\d+)*(?:['’][^\W_]+)*(?:\.[^\W\d_](?=\.|\b))*|%")
_HYPHENS = re.compile("[-\u2010\u2011]")
# "18%", "18 per cent" and "18 percent" are the same words.
_PERCENT = re.compile(r"\bper[ \u00a0-]cent\b|(?<=\d)\s?%", re.I)
# The month, which says something, and not the verb, which does not: "in May", "3 May", "May 3". Its norm is "mai".
_MONTH_OF_MAY = re.compile(
    r"(?:\b(?i:in|since|by|last|until|of|from|next|on|to|early|late|mid|this|before|after|during|through)[ \u00a0-]"
    r"|\d(?:st|nd|rd|th)?\s)(M(?:ay|AY))\b|\b(M(?:ay|AY))(?=\s\d)"
)
_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "–": "-", "—": "-"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word of a text at its place: ``text`` as written, ``norm`` in lower case with plain apostrophes."""

    text: str
    norm: str
    span: Span


def plain(text: str) -> str:
    """The text with curly quotation marks and long dashes replaced by plain ones; its length does not change."""
    return text.translate(_QUOTES)


# Letters that Unicode does not take apart, and the plain one that English writes instead.
_UNDIVIDED = str.maketrans("øØłŁđĐßıæÆœŒðÐþÞ", "oOlLdDsiaAoOdDtT")


@lru_cache(maxsize=4096)
def _base_letter(letter: str) -> str:
    return unicodedata.normalize("NFD", letter)[0]


def folded(text: str) -> str:
    """The text without accents, "José" as "Jose"; its length does not change."""
    return text if text.isascii() else "".join(map(_base_letter, text.translate(_UNDIVIDED)))


def cut(text: str, most: int = 150) -> str:
    """The first ``most`` words of the text, because aligning a very long claim would take minutes."""
    return text if len(text) < most * 4 or len(text.split()) <= most else " ".join(text.split()[:most])


def remembered(find: Callable[Concatenate[str, _P], list[_R]]) -> Callable[Concatenate[str, _P], list[_R]]:
    """``find`` with a cache for recent short texts; every caller gets its own list."""
    cached = lru_cache(maxsize=_KEPT)(find)

    @wraps(find)
    def wrapped(text: str, /, *args: _P.args, **kwargs: _P.kwargs) -> list[_R]:
        if len(text) > _SHORT:
            return find(text, *args, **kwargs)
        return [*cached(text, *args, **kwargs)]  # type: ignore[arg-type]  # dates and spans can be hashed

    return wrapped


@remembered
def words(text: str) -> list[Word]:
    """Every word of ``text`` in order. Hyphenated words but "non-" and "un-" are split; numbers keep their points."""
    flat = plain(text)
    percents = {match.start(): match.end() for match in _PERCENT.finditer(text)}
    months = {match.start(match.lastindex or 0) for match in _MONTH_OF_MAY.finditer(text)}
    result: list[Word] = []
    for match in _WORD.finditer(text):
        start, end = match.span()
        if result and end <= result[-1].span[1]:
            continue  # the "cent" of "per cent"
        if match.group() == "%" or start in percents:
            end = percents.get(start, end)
            result.append(Word(text=text[start:end], norm="percent", span=(start, end)))
        else:
            norm = "mai" if start in months else _HYPHENS.sub("", flat[start:end].lower())
            result.append(Word(text=match.group(), norm=norm, span=(start, end)))
    return result


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """A common form for a word's inflections: possessive, plural, past and -ing are removed, irregulars looked up."""
    word = folded(word).removesuffix("'s").removesuffix("'").rstrip(".")
    if word in SPELLINGS:
        return SPELLINGS[word]
    word = IRREGULAR.get(word, word)
    if len(word) < 4 or not word.isalpha():
        return word
    return _regular_stem(word)


def _regular_stem(word: str) -> str:
    for suffix, ending in (("ies", "y"), ("sses", "ss"), ("ied", "y"), ("ing", ""), ("ed", ""), ("es", ""), ("s", "")):
        if not word.endswith(suffix) or word.endswith(("ss", "us", "is")):
            continue
        base = word[: -len(suffix)] + ending
        if len(base) < 3 or not re.search(r"[aeiouy]", base):
            continue
        if suffix in ("ing", "ed") and len(base) > 3 and base[-1] == base[-2] and base[-1] not in "lsz":
            base = base[:-1]
        return base.removesuffix("e") if len(base) > 3 else base
    return word.removesuffix("e") if len(word) > 4 else word


def all_stems(text: str) -> set[str]:
    """The stems of all words of a text, function words as well."""
    return {stem(word.norm) for word in words(text)}


@remembered
def content(text: str) -> list[str]:
    """The stems of the content words of ``text``, in order, repeated ones kept."""
    return [stem(word.norm) for word in content_words(text)]


def content_words(text: str) -> list[Word]:
    """The words of ``text`` that say something by themselves, in order."""
    return [word for word in words(text) if word.norm not in STOPWORDS and _is_long_enough(word.norm)]


def _is_long_enough(norm: str) -> bool:
    return len(norm) > 1 or norm.isdigit()


def weight(token: str) -> float:
    """The weight of a content word, higher for longer words and numbers; it is used instead of document frequency."""
    return 1.5 if token[:1].isdigit() else min(1.6, 0.5 + len(token) / 8)


def coverage(claim: Iterable[str], passage: Iterable[str]) -> float:
    """The share (by weight, 0 to 1) of the claim's content words that the passage has; 0 if the claim has none."""
    claim_words, passage_words = set(claim), set(passage)
    total = fsum(map(weight, claim_words))  # exact, because the order of sets differs between processes
    return fsum(weight(token) for token in claim_words if token in passage_words) / total if total else 0.0


def is_negation(norm: str) -> bool:
    """Whether a word (in lower case, plain apostrophe) negates."""
    return norm in NEGATIONS or norm.endswith("n't")


@lru_cache(maxsize=1)
def _antonyms() -> frozenset[frozenset[str]]:
    """The pairs of opposites as stems: texts are compared by these."""
    stems = (frozenset(map(stem, pair)) for pair in ANTONYMS)
    return frozenset(pair for pair in stems if len(pair) > 1)


@lru_cache(maxsize=1)
def _no_negatives() -> frozenset[str]:
    """The words that only look like negatives, and their stems."""
    return NO_NEGATIVES | frozenset(map(stem, NO_NEGATIVES))


def opposed(first: str, second: str) -> bool:
    """Whether two words are opposites: antonyms, or one is the other with a negating prefix."""
    pair = frozenset((first, second))
    if pair in ANTONYMS or pair in _antonyms() or frozenset((stem(first), stem(second))) in _antonyms():
        return True
    short, long = sorted((first, second), key=len)
    negating = long not in _no_negatives() and any(long == prefix + short for prefix in NEGATIVE_PREFIXES)
    return len(short) > 3 and negating
