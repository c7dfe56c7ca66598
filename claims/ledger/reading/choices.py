"""Pages and addresses that people chose for a source earlier, for use wherever they apply again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from operator import itemgetter
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
    the later choice. An address that takes precedence over an attached page leaves that as its ``stand_in``.
    """
    leaning: dict[str, list[Claim]] = {}
    for claim in claims:
        for citation in claim.citations:
            if citation.kind is not CitationKind.NONE:
                leaning.setdefault(citation.source_id, []).append(claim)
    ranked: dict[str, list[tuple[tuple[int, int], Choice]]] = {}
    for number, row in enumerate(store.rows(_SQL)):
        if fit := _fit(row, article, leaning.get(row["source"], ())):
            capture = records.capture_of(row) if row["id"] else None
            choice = Choice(url=row["known"], capture=capture, by=row["by"], at=row["at"], fit=fit)
            ranked.setdefault(row["source"], []).append(((_BEST_LAST.index(fit), number), choice))
    for of_source in ranked.values():
        of_source.sort(key=itemgetter(0))
    return {source: _best_choice([choice for _, choice in of_source]) for source, of_source in ranked.items()}


def _best_choice(best_last: Sequence[Choice]) -> Choice:
    """The last of the choices; with the last attached page in reserve if it is an address."""
    best = best_last[-1]
    pages = [choice for choice in best_last if choice.capture is not None]
    return replace(best, stand_in=pages[-1]) if pages and best.capture is None else best


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
