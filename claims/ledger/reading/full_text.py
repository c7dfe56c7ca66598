"""Full-text search over claims and their evidence, from a person's words.

Words in quotation marks (straight or curly) are looked for together; a word may end in * for "starts with".
Everything else (AND, NEAR, -, :, parentheses) is treated as plain text, not as FTS5 syntax.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from claims.ledger.entries import ClaimRow, Labels
from claims.ledger.reading.lists import label_list, queried_claims
from claims.records import Page

if TYPE_CHECKING:
    from claims.ledger.store import Store

_PHRASES = re.compile(r'"([^"]*)"|“([^”]*)”|„([^“”]*)[“”]|«([^»]*)»')
_WORD = re.compile(r"\w+\*?")

# How many matches are ranked at most: the rank of a match costs a look at all of them.
_MOST_RANKED = 1000
_NEWEST = {
    index: f"SELECT rowid FROM {index} WHERE {index} MATCH ? ORDER BY rowid DESC LIMIT ?"  # noqa: S608  our own names
    for index in ("claims_fts", "evidence_fts")
}
_SEARCH_NEWEST = """
WITH own AS (SELECT rowid AS no FROM claims_fts WHERE claims_fts MATCH :words ORDER BY rowid DESC LIMIT :most),
shown AS (SELECT rowid AS no FROM evidence_fts WHERE evidence_fts MATCH :words ORDER BY rowid DESC LIMIT :most),
hits AS (
  SELECT no FROM own
  UNION SELECT c.no FROM shown CROSS JOIN evidence e ON e.no = shown.no CROSS JOIN verdicts v ON v.id = e.verdict
    CROSS JOIN claims c ON c.id = v.claim
)
SELECT s.no FROM hits CROSS JOIN standings s ON s.no = hits.no ORDER BY s.no DESC LIMIT :limit
"""
# The words of a claim by which others are looked for: the longest ones, since short ones are in every second claim.
_MOST_WORDS = 8
_RESEMBLING = """
WITH best AS (
  SELECT f.rowid AS no, f.rank AS rank FROM claims_fts f CROSS JOIN standings s ON s.no = f.rowid
  CROSS JOIN claims c ON c.no = f.rowid CROSS JOIN articles a ON a.id = c.article
  WHERE claims_fts MATCH :words AND s.standing IN (SELECT value FROM json_each(:labels))
    AND c.article <> :article AND (:address IS NULL OR coalesce(a.final_url, a.url) IS NOT :address)
  ORDER BY f.rank LIMIT :limit
)
SELECT no FROM best ORDER BY rank, no
"""
_SEARCH_BEST = """
WITH hits(no, rank) AS (
  SELECT rowid, rank FROM claims_fts WHERE claims_fts MATCH :words
  UNION ALL
  SELECT c.no, f.rank / 2 FROM evidence_fts f CROSS JOIN evidence e ON e.no = f.rowid
  CROSS JOIN verdicts v ON v.id = e.verdict CROSS JOIN claims c ON c.id = v.claim WHERE evidence_fts MATCH :words
), best AS (SELECT no, min(rank) AS rank FROM hits GROUP BY no)
SELECT s.no FROM best CROSS JOIN standings s ON s.no = best.no ORDER BY best.rank, s.no LIMIT :limit
"""


def match(words: str) -> str:
    """The FTS5 query for texts that contain all of ``words``; empty if there is nothing to search for."""
    phrases = ["".join(phrase.groups(default="")) for phrase in _PHRASES.finditer(words)]
    rest = _PHRASES.sub(" ", words)
    return " AND ".join(filter(None, [*map(_phrase, phrases), *(_quoted_term(word) for word in _WORD.findall(rest))]))


def match_some(words: Iterable[str]) -> str:
    """The FTS5 query for texts that contain any of ``words``; empty if there are none."""
    return " OR ".join(_quoted_term(word) for word in words)


def search(store: Store, words: str, limit: int = 50) -> list[ClaimRow]:
    """Claims whose text or evidence contains all of ``words``, best match first.

    Where more match than can be compared quickly, those that were added last come first.
    """
    query = match(words)
    if not query:
        return []
    many = any(len(store.rows(sql, [query, _MOST_RANKED])) == _MOST_RANKED for sql in _NEWEST.values())
    if many:
        return queried_claims(store, _SEARCH_NEWEST, {"words": query, "most": _MOST_RANKED, "limit": limit})
    return queried_claims(store, _SEARCH_BEST, {"words": query, "limit": limit})


def resembling(store: Store, text: str, article: Page, labels: Labels, limit: int) -> list[ClaimRow]:
    """Claims of articles at other addresses that share words with ``text``, those that share most first.

    Only those that stand under one of ``labels`` count.
    """
    longest = sorted(set(re.findall(r"\w{3,}", text.casefold())), key=lambda word: (-len(word), word))
    query = match_some(longest[:_MOST_WORDS])
    if not query:
        return []
    others = {"article": article.id, "address": article.final_url or article.url or None}
    values = {"words": query, "labels": label_list(labels), **others, "limit": limit}
    return queried_claims(store, _RESEMBLING, values)


def _phrase(words: str) -> str:
    terms = re.findall(r"\w+", words)
    return f'"{" ".join(terms)}"' if terms else ""


def _quoted_term(word: str) -> str:
    return f'"{word[:-1]}"*' if word.endswith("*") else f'"{word}"'
