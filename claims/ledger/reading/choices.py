"""Pages and addresses that people chose for a source earlier, for use wherever they apply again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from claims.ledger.entries import Choice, Fit
from claims.ledger.reading import records
from claims.records import CitationKind, Claim, Page

if TYPE_CHECKING:
    from claims.ledger.store import Row, Store

# Two claims are in the same words when they share three quarters of all their words, and every number: a verb of
# another tense or a name in full may differ, hardly more. Set by hand on the pairs of tests/ledger/test_choices.py.
_SAME = 0.75
_BEST_LAST = (Fit.SAME_ADDRESS, Fit.SAME_WORDS, Fit.SAME_ARTICLE)
_SQL = """
    SELECT t.source, t.by, t.at, t.url AS known, c.article, c.text AS claimed, c.statement,
           coalesce(a.final_url, a.url) AS address, i.kind, i.url AS cited, i.handle, i.date, p.*
    FROM attachments t JOIN claims c ON c.id = t.claim JOIN articles a ON a.id = c.article
    LEFT JOIN citations i ON i.claim = t.claim AND i.source = t.source LEFT JOIN captures p ON p.id = t.capture
    ORDER BY t.rowid
"""


def choices(store: Store, article: Page, claims: Sequence[Claim]) -> dict[str, Choice]:
    """What people chose for sources of an article, by source id; the article need not be in the ledger.

    A choice applies to the article in which it was made and to its other versions. In other articles it applies to the
    same link or post, and to an outlet that is cited for a claim in the same words. A closer fit takes precedence, then
    the later choice.
    """
    leaning: dict[str, list[Claim]] = {}
    for claim in claims:
        for citation in claim.citations:
            if citation.kind is not CitationKind.NONE:
                leaning.setdefault(citation.source_id, []).append(claim)
    result: dict[str, Choice] = {}
    for row in store.rows(_SQL):
        fit = _fit(row, article, leaning.get(row["source"], ()))
        before = result.get(row["source"])
        if fit and (before is None or _BEST_LAST.index(fit) >= _BEST_LAST.index(before.fit)):
            capture = records.capture_of(row) if row["id"] else None
            result[row["source"]] = Choice(url=row["known"], capture=capture, by=row["by"], at=row["at"], fit=fit)
    return result


def _fit(row: Row, article: Page, leaning: Sequence[Claim]) -> Fit | None:
    """How a choice fits this article, whose claims ``leaning`` cite the source that it was made for."""
    address = article.final_url or article.url
    if row["article"] == article.id or (address and address == row["address"]):
        return Fit.SAME_ARTICLE
    if not leaning:
        return None
    if row["cited"] or (row["handle"] and row["date"]):
        return Fit.SAME_ADDRESS
    theirs = (row["claimed"], row["statement"])
    return Fit.SAME_WORDS if any(_alike((claim.text, claim.statement), theirs) for claim in leaning) else None


def _alike(ours: Iterable[str], theirs: Iterable[str]) -> bool:
    return any(same_words(our_text, their_text) for our_text in ours for their_text in theirs)


def same_words(first: str, second: str) -> bool:
    """Whether two claims have the same words except for a few; a different number makes them different."""
    ours, theirs = _distinct_words(first), _distinct_words(second)
    numbers = {word for word in ours ^ theirs if any(letter.isdigit() for letter in word)}
    return bool(ours) and not numbers and len(ours & theirs) >= _SAME * len(ours | theirs)


def _distinct_words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text.casefold()))
