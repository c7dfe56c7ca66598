"""Converts a person's search words into a safe full-text query. Pure.

Words in quotation marks (straight or curly) are looked for together; a word may end in * for "starts with".
Everything else (AND, NEAR, -, :, parentheses) is treated as plain text, not as FTS5 syntax.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_PHRASES = re.compile(r'"([^"]*)"|“([^”]*)”|„([^“”]*)[“”]|«([^»]*)»')
_WORD = re.compile(r"\w+\*?")


def match(words: str) -> str:
    """The FTS5 query for texts that contain all of ``words``; empty if there is nothing to search for."""
    phrases = ["".join(phrase.groups(default="")) for phrase in _PHRASES.finditer(words)]
    rest = _PHRASES.sub(" ", words)
    return " AND ".join(filter(None, [*map(_phrase, phrases), *(_quoted_term(word) for word in _WORD.findall(rest))]))


def match_some(words: Iterable[str]) -> str:
    """The FTS5 query for texts that contain any of ``words``; empty if there are none."""
    return " OR ".join(_quoted_term(word) for word in words)


def _phrase(words: str) -> str:
    terms = re.findall(r"\w+", words)
    return f'"{" ".join(terms)}"' if terms else ""


def _quoted_term(word: str) -> str:
    return f'"{word[:-1]}"*' if word.endswith("*") else f'"{word}"'
