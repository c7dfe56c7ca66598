"""Prepares the cards of the queue: the claim in its paragraph, and the words of the source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from claims.deciding import deciding
from claims.highlights import layered
from claims.ledger.queue_cards import QueueCard
from claims.records import Capture, Claim, Evidence, Label, Page, Passage, QuantityFinding, Span, Stance, Verdict
from claims.word_marks import differing, word_places

# How much of the paragraph around a claim is shown, in characters on either side.
_AROUND = 320

_SAYS = {
    Stance.SUPPORTS: "supports it",
    Stance.REFUTES: "contradicts it",
    Stance.NEUTRAL: "the closest passage",
}

Pieces = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exhibit:
    """A deciding passage in pieces; ``capture`` is None if it was not stored."""

    evidence: Evidence
    pieces: Pieces
    capture: Capture | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CardView:
    """A card in pieces: text with its marks (``in-claim``, ``differs``). ``next`` is the following card."""

    card: QueueCard
    paragraph: Pieces
    exhibits: tuple[Exhibit, ...]
    next: str = ""


def card_views(cards: Sequence[QueueCard]) -> list[CardView]:
    """The views of the cards, in their order."""
    following = (card.row.id for card in cards[1:])
    return [_view(card, next(following, "")) for card in cards]


def _view(card: QueueCard, after: str) -> CardView:
    exhibits, ours = _compared_passages(card.article, card.claim, card.verdict, card.captures)
    paragraph = in_paragraph(card.article, card.claim, {"differs": ours})
    return CardView(card=card, paragraph=paragraph, exhibits=exhibits, next=after)


def _compared_passages(
    page: Page, claim: Claim, verdict: Verdict, captures: Mapping[str, Capture]
) -> tuple[tuple[Exhibit, ...], tuple[Span, ...]]:
    """The deciding passages of a verdict, and the places in the article of the words in which they differ from it."""
    ours: list[Span] = []
    exhibits = []
    for evidence in deciding(verdict):
        pieces, article_spans = compared_passage(page, claim, verdict, evidence.passage)
        ours += article_spans
        exhibits.append(Exhibit(evidence=evidence, pieces=pieces, capture=captures.get(evidence.passage.capture)))
    ours += [span for finding in _clashing(verdict) for span in word_places(page.text, claim.spans, finding.claimed)]
    return tuple(exhibits), tuple(ours)


def compared_passage(page: Page, claim: Claim, verdict: Verdict, passage: Passage) -> tuple[Pieces, list[Span]]:
    """A passage in pieces, the words in which it differs from the claim marked, and their places in the article."""
    article_spans, passage_spans = differing(page.text, claim.spans, passage.text)
    whole = (0, len(passage.text))
    passage_spans += [
        span
        for finding in _clashing(verdict)
        if finding.found
        for span in word_places(passage.text, [whole], finding.found)
    ]
    return tuple(layered(passage.text, whole, {"differs": passage_spans})), article_spans


def stance_words(verdict: Verdict, stance: Stance) -> str:
    """What a passage says of the claim, in words.

    Under "misattributed" a passage that has the words does not speak for the claim, and a part does not support it.
    """
    if stance_look(verdict, stance) == "elsewhere":
        return "has these words, but from another speaker"
    return "says part of it" if has_only_a_part(verdict, stance) else _SAYS[stance]


def stance_look(verdict: Verdict, stance: Stance) -> str:
    """The class of a passage in the style sheets."""
    elsewhere = verdict.label is Label.MISATTRIBUTED and stance is Stance.SUPPORTS
    return "elsewhere" if elsewhere else stance.value


def has_only_a_part(verdict: Verdict, stance: Stance) -> bool:
    """Whether a passage has only a part of the claim: its score is that of the whole claim."""
    return verdict.label is Label.PARTLY_SUPPORTED and stance is Stance.SUPPORTS


def _clashing(verdict: Verdict) -> list[QuantityFinding]:
    return [finding for finding in verdict.quantities if finding.agrees is False]


def in_paragraph(page: Page, claim: Claim, layers: dict[str, tuple[Span, ...]]) -> Pieces:
    """The paragraph around a claim in pieces, with the claim marked and omitted text replaced by an ellipsis."""
    if not claim.spans:
        return ((claim.text, ("in-claim",)),)
    start, end = _paragraph(page, claim.spans)
    first, last = claim.spans[0][0], max(span[1] for span in claim.spans)
    left = max(start, page.text.rfind(" ", start, first - _AROUND) + 1) if first - start > _AROUND else start
    last_space = page.text.find(" ", last + _AROUND, end) if end - last > _AROUND else -1
    right = last_space if last_space >= 0 else end
    pieces = tuple(layered(page.text, (left, right), {"in-claim": claim.spans, **layers}))
    before, behind = ((("… ", ()),) if left > start else ()), (((" …", ()),) if right < end else ())
    return (*before, *pieces, *behind)


def _paragraph(page: Page, spans: Sequence[Span]) -> Span:
    """The blocks that contain a claim, or the lines if the article has no blocks there."""
    first, last = spans[0][0], max(span[1] for span in spans)
    over = [block.span for block in page.blocks if block.span[0] < last and block.span[1] > first]
    if not over:
        behind = page.text.find("\n", last)
        over = [(page.text.rfind("\n", 0, first) + 1, behind if behind >= 0 else len(page.text))]
    return min(first, *(start for start, _ in over)), max(last, *(end for _, end in over))


def quotation_diff(verdict: Verdict) -> Iterator[tuple[str, str]]:
    """The words of a quotation that differ from the source, with their signs; empty if none differ."""
    if verdict.quote and any(sign != "=" for sign, _ in verdict.quote.diff):
        yield from verdict.quote.diff
