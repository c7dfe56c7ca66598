"""A claim that waits, as its card shows it: the article's words in their paragraph beside the words of the source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from claims.deciding import deciding
from claims.highlights import layered
from claims.ledger.queue_cards import QueueCard
from claims.records import Capture, Claim, Evidence, Page, Span, Verdict
from claims.word_marks import differing, places

# How much of the paragraph around a claim is shown, in characters on either side.
_AROUND = 320

Pieces = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exhibit:
    """A passage that decides, in pieces; ``capture`` is None where it was not kept."""

    evidence: Evidence
    pieces: Pieces
    capture: Capture | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CardView:
    """A card in pieces: text with its marks (``in-claim``, ``differs``). ``next`` is the card behind it."""

    card: QueueCard
    paragraph: Pieces
    exhibits: tuple[Exhibit, ...]
    next: str = ""


def card_views(cards: Sequence[QueueCard]) -> list[CardView]:
    """The cards in their order."""
    following = (card.row.id for card in cards[1:])
    return [_view(card, next(following, "")) for card in cards]


def _view(card: QueueCard, after: str) -> CardView:
    found = deciding(card.verdict)
    clashing = [one for one in card.verdict.quantities if one.agrees is False]
    ours: list[Span] = []
    exhibits = []
    for evidence in found:
        passage = evidence.passage
        here, there = differing(card.article.text, card.claim.spans, passage.text)
        whole = [(0, len(passage.text))]
        there += [span for one in clashing if one.found for span in places(passage.text, whole, one.found)]
        ours += here
        pieces = tuple(layered(passage.text, whole[0], {"differs": there}))
        exhibits.append(Exhibit(evidence=evidence, pieces=pieces, capture=card.captures.get(passage.capture)))
    ours += [span for one in clashing for span in places(card.article.text, card.claim.spans, one.claimed)]
    paragraph = in_paragraph(card.article, card.claim, {"differs": tuple(ours)})
    return CardView(card=card, paragraph=paragraph, exhibits=tuple(exhibits), next=after)


def in_paragraph(page: Page, claim: Claim, layers: dict[str, tuple[Span, ...]]) -> Pieces:
    """The paragraph around a claim in pieces, the claim marked in it; an ellipsis stands for what is left out."""
    if not claim.spans:
        return ((claim.text, ("in-claim",)),)
    start, end = _paragraph(page, claim.spans)
    first, last = claim.spans[0][0], max(span[1] for span in claim.spans)
    left = max(start, page.text.rfind(" ", start, first - _AROUND) + 1) if first - start > _AROUND else start
    cut = page.text.find(" ", last + _AROUND, end) if end - last > _AROUND else -1
    right = cut if cut >= 0 else end
    pieces = tuple(layered(page.text, (left, right), {"in-claim": claim.spans, **layers}))
    before, behind = ((("… ", ()),) if left > start else ()), (((" …", ()),) if right < end else ())
    return (*before, *pieces, *behind)


def _paragraph(page: Page, spans: Sequence[Span]) -> Span:
    """The blocks that a claim stands in, or the lines where the article has no blocks there."""
    first, last = spans[0][0], max(span[1] for span in spans)
    over = [block.span for block in page.blocks if block.span[0] < last and block.span[1] > first]
    if not over:
        behind = page.text.find("\n", last)
        over = [(page.text.rfind("\n", 0, first) + 1, behind if behind >= 0 else len(page.text))]
    return min(first, *(start for start, _ in over)), max(last, *(end for _, end in over))


def quotation_diff(verdict: Verdict) -> Iterator[tuple[str, str]]:
    """The words of a quotation that differ from the source's, with their signs; nothing where none does."""
    if verdict.quote and any(sign != "=" for sign, _ in verdict.quote.diff):
        yield from verdict.quote.diff
