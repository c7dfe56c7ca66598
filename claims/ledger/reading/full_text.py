"""Converts a person's search words into a safe full-text query. Pure.

Words in quotation marks (straight or curly) are looked for together; a word may end in * for "starts with".
Everything else (AND, NEAR, -, :, parentheses) is only words: nobody at a desk writes FTS5.
"""

from __future__ import annotations

import re

_PHRASES = re.compile(r'"([^"]*)"|“([^”]*)”|„([^“”]*)[“”]|«([^»]*)»')
_WORD = re.compile(r"\w+\*?")


def match(words: str) -> str:
    """The FTS5 query for ``words``: all of them must be there. Empty if there is nothing to look for."""
    phrases = ["".join(found.groups(default="")) for found in _PHRASES.finditer(words)]
    rest = _PHRASES.sub(" ", words)
    return " AND ".join(filter(None, [*map(_phrase, phrases), *(_quoted_term(word) for word in _WORD.findall(rest))]))


def _phrase(words: str) -> str:
    found = re.findall(r"\w+", words)
    return f'"{" ".join(found)}"' if found else ""


def _quoted_term(word: str) -> str:
    return f'"{word[:-1]}"*' if word.endswith("*") else f'"{word}"'
