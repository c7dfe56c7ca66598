"""Attributes text by its layout: transcripts, lists below an introduction, and texts that only report speech."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import available_timezones

from claims.extraction.speech.verb_frames import Frame
from claims.extraction.text.blocks import speaker_label, trimmed_span
from claims.extraction.text.document import Document, ParsedBlock, char_span, english_pipeline
from claims.extraction.text.quotations import Stretches
from claims.extraction.text.syntax import is_verb, lemma, phrase, spans, subject
from claims.lexicon.clauses import RENDERINGS
from claims.lexicon.states import NATIONS
from claims.lexicon.verbs import SPEAKING
from claims.records import Attribution, BlockKind, OutletDirectory, Page, Span, SpeechMode

if TYPE_CHECKING:
    from spacy.tokens import Token

# The lines in which a report begins, its headline among them, and what ends a line of running text.
_LINES, _STOPS = 4, tuple(".?!:”\"’'")
# The number of characters of a text's first line in which a place name at its start is recognised.
_OPENING = 200
_PLACE, _SPEAKER = "place", "speaker"
_TURN_CUES = frozenset(":—–")
_SPOKEN = re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur|[Yy]ou|[Yy]our)\b|\?")


def handed_on(attributions: Sequence[Attribution], document: Document) -> list[Attribution]:
    """The attributions, extended according to the layout, in reading order."""
    result = [_labelled_paragraph(attribution, document) for attribution in _through_texts(attributions, document)]
    content_spans = {span for attribution in result for span in attribution.content_spans}
    result += [listed for listed in _introduced_lists(document) if not content_spans & set(listed.content_spans)]
    return sorted(result, key=_reading_place)


def is_turn(attribution: Attribution, document: Document) -> bool:
    """Whether an attribution is a turn of a transcript: its speaker is in capitals, or a dialogue's, before a colon."""
    if attribution.cue.strip() not in _TURN_CUES or not attribution.source_spans:
        return False
    if all(document.words(span).isupper() for span in attribution.source_spans):
        return True
    block = document.block_at(attribution.source_spans[0][0])
    label = speaker_label(document.text, block.span) if block is not None else None
    return label is not None and attribution.source_spans[0][1] <= label.end()


def opening_label(document: Document) -> tuple[Span, bool]:
    """The name in capitals that opens a text's first line and is nobody who speaks, and whether that is open.

    "NEW DELHI: Nearly 150 people returned" is told from a place; "LEEDS: " may be somebody who speaks. The span is
    empty without such a name.
    """
    label, kind = _opening_label(document)
    return (label.span(), kind is None) if label is not None and kind is not _SPEAKER else ((0, 0), False)


def _opening_label(document: Document) -> tuple[re.Match[str] | None, str | None]:
    """The label of a text's first line, and whether it is a place or somebody who speaks; None if that is open.

    A headline and a byline may stand before the line. A name in capitals before a colon is a place where a list or the
    recogniser says so; somebody speaks where another line begins with a label, the text has the name again or what
    follows says "I" or "you".
    """
    opening = next((block for block in document.blocks[:_LINES] if _is_running(document, block)), None)
    label = speaker_label(document.text, opening.span) if opening is not None else None
    if opening is None or label is None:
        return None, None
    name, rest = label.group(1), document.text[label.end() : min(label.end() + _OPENING, opening.span[1])]
    # The recogniser finds few places in capitals.
    kind = next(
        (entity.label_ for entity in english_pipeline()(f"{name.title()}: {rest}").ents if entity.start == 0), ""
    )
    if kind == "GPE" or name.lower().replace(" ", "-") in NATIONS:
        return label, _PLACE
    turns = any(speaker_label(document.text, block.span) for block in document.blocks if block is not opening)
    if turns or not rest or _SPOKEN.search(rest):
        return label, _SPEAKER
    if kind in ("LOC", "FAC") or name.lower() in _towns():
        return label, _PLACE
    named = kind == "PERSON" or " " in name or "." in name or label.group().count("(")
    return label, _SPEAKER if named or name.title() in document.text[label.end() :] else None


def _is_running(document: Document, block: ParsedBlock) -> bool:
    """Whether a block is running text: a headline and a byline have no stop."""
    return block.kind is not BlockKind.HEADING and document.words(block.span).rstrip()[-1:] in _STOPS


@lru_cache(maxsize=1)
def _towns() -> frozenset[str]:
    """The towns after which the time zones are named, in small letters: "lagos" of "Africa/Lagos"."""
    return frozenset(zone.rpartition("/")[2].replace("_", " ").lower() for zone in available_timezones())


def _reading_place(attribution: Attribution) -> int:
    return min(
        (span[0] for span in (*attribution.content_spans, *attribution.cue_spans, *attribution.source_spans)), default=0
    )


def _labelled_paragraph(attribution: Attribution, document: Document) -> Attribution:
    """Extend a turn of a transcript ("WALLACE: ...") from its first sentence to the whole paragraph.

    A label in small letters may also be the subject of a note ("Lakers: James sat out. Davis scored 30."): its turn is
    extended only if somebody says "I", "we" or "you", or asks.
    """
    if attribution.cue.strip() not in _TURN_CUES or len(attribution.content_spans) != 1 or not attribution.source_spans:
        return attribution
    block = document.block_at(attribution.source_spans[0][0])
    if (
        block is None
        or not (is_turn(attribution, document) or _SPOKEN.search(document.text, *block.span))
        or attribution.source_spans[0][0] != block.span[0]
        or attribution.content_spans[0][1] > block.span[1]
    ):
        return attribution
    return replace(attribution, content_spans=((attribution.content_spans[0][0], block.span[1]),))


def _through_texts(attributions: Sequence[Attribution], document: Document) -> list[Attribution]:
    """Attribute the words of a translation or transcript ("it reads") to the person quoted just before it."""
    result: list[Attribution] = []
    speaker: tuple[str, int] | None = None
    for attribution in attributions:
        block = document.block_at(
            min((span[0] for span in (*attribution.cue_spans, *attribution.content_spans)), default=0)
        )
        index = block.index if block is not None else 0
        words = {word.lower() for span in attribution.source_spans for word in document.words(span).split()}
        if attribution.mode is SpeechMode.DIRECT and words & RENDERINGS and speaker and index - speaker[1] <= 1:
            result.append(replace(attribution, speaker=speaker[0]))
            continue
        if attribution.mode is SpeechMode.DIRECT and attribution.speaker and not attribution.anonymous:
            speaker = (attribution.speaker, index)
        result.append(attribution)
    return result


def _introduced_lists(document: Document) -> Iterator[Attribution]:
    """As in "The report found:" before a list: each item is what it found."""
    for block, after in zip(document.blocks, document.blocks[1:], strict=False):
        if after.kind is not BlockKind.ITEM or not document.words(block.span).rstrip().endswith(":"):
            continue
        if not block.sentences:
            continue
        verb = block.sentences[-1].tokens.root
        speaker = subject(verb)
        if lemma(verb) not in SPEAKING or speaker is None:
            continue
        yield Attribution(
            speaker=" ".join(token.text for token in phrase(speaker)),
            cue=verb.text,
            mode=SpeechMode.INDIRECT,
            source_spans=spans(phrase(speaker)),
            cue_spans=(char_span(verb),),
            content_spans=tuple(item.span for item in _list_items(document, after)),
            clausal=True,
        )


def _list_items(document: Document, first: ParsedBlock) -> Iterator[ParsedBlock]:
    for block in document.blocks[first.index :]:
        if block.kind is not BlockKind.ITEM:
            return
        yield block


# "— Angela Fox, mayor of Leeds": no handle, which posts have, and no more words than a name, a title, a place.
_LINE = re.compile(r"\s*(?:[—–―]|--?)\s*(?=[A-Z])[^()@\n]{2,100}$")
_LONGEST = 14
# A quotation of so many paragraphs at most is looked back over.
_PARAGRAPHS = 6


def signed(document: Document, quotes: Stretches) -> Iterator[Frame]:
    """The frame of each signature line, its content the quotation in the blocks right before it."""
    for block in document.blocks[1:]:
        tokens = _signature(document, block)
        content = _above(document, block, quotes) if tokens else ()
        name = next((token for token in tokens if token.pos_ == "PROPN"), None)
        if name is not None and content:
            while name.dep_ in ("compound", "amod", "nmod") and name.head.pos_ == "PROPN":
                name = name.head
            cue = tokens[0]
            yield Frame(kind="direct", key="dash", anchor=cue, cue=(cue,), source=name, content=content)


def is_signature(document: Document, block: ParsedBlock, quotes: Stretches) -> bool:
    """Whether a block is a signature line, which asserts nothing."""
    return bool(_signature(document, block)) and bool(_above(document, block, quotes))


def _signature(document: Document, block: ParsedBlock) -> list[Token]:
    if not block.sentences or not _LINE.match(document.words(block.span)):
        return []
    tokens = [token for s in block.sentences for token in s.tokens if not token.is_space]
    return tokens if len(tokens) <= _LONGEST and not any(map(is_verb, tokens)) else []


def _above(document: Document, block: ParsedBlock, quotes: Stretches) -> tuple[Span, ...]:
    """The quotation before a block: blocks marked as one, or paragraphs that are in quotation marks throughout."""
    spans_above: list[Span] = []
    for place in range(block.index - 1, max(block.index - 1 - _PARAGRAPHS, -1), -1):
        before = document.blocks[place]
        near = quotes.near((before.span[0] - 1, before.span[0] + 2))
        whole = any(abs(start - before.span[0]) < 2 and abs(end - before.span[1]) < 2 for start, end in near)
        if not (whole or before.kind is BlockKind.QUOTE):
            break
        spans_above.insert(0, before.span)
    return tuple(spans_above)


# "— RT (@RT_com) January 20, 2025", as X's own embed code writes it.
_SIGNATURE = re.compile(
    r"(?P<dash>[—–]|--?)\s*(?P<name>[^\n()@]{1,60}?)\s*\((?P<handle>@\w{1,20})\)(?P<date>[^\n]{0,40})"
)


def posted(document: Document, page: Page, outlets: OutletDirectory) -> list[Attribution]:
    """An attribution for every post of the page, and for every signature of one in its text."""
    result: list[Attribution] = []
    for match in _SIGNATURE.finditer(document.text):
        content = _signed_span(document, page, match)
        if content is not None:
            result.append(_signature_attribution(document, match, content, outlets))
    signed = [item.content_spans[0] for item in result]
    result += [item for item in _unsigned(page, outlets, document) if not _overlaps(item.content_spans[0], signed)]
    return result


def _signed_span(document: Document, page: Page, match: re.Match[str]) -> Span | None:
    """What the signature signs: the post it belongs to, else the text before it in its block or the block before."""
    for post in page.posts:
        if post.span[0] <= match.start() <= post.span[1] + 3:
            return trimmed_span(document.text, post.span[0], min(match.start(), post.span[1]))
    block = document.block_at(match.start())
    if block is None:
        return None
    own = trimmed_span(document.text, block.span[0], match.start())
    if own is not None:
        return own
    before = document.blocks[block.index - 1].span if block.index else None
    return trimmed_span(document.text, *before) if before is not None else None


def _signature_attribution(
    document: Document, match: re.Match[str], content: Span, outlets: OutletDirectory
) -> Attribution:
    outlet = outlets.by_handle(match["handle"])
    return Attribution(
        speaker=match["name"].strip() or match["handle"],
        cue=match["dash"],
        mode=SpeechMode.DIRECT,
        source_spans=((match.start("name"), match.end("handle") + 1),),
        cue_spans=(match.span("dash"),),
        content_spans=(content,),
        clausal=True,
        outlet=outlet.id if outlet is not None else None,
    )


def _unsigned(page: Page, outlets: OutletDirectory, document: Document) -> Iterator[Attribution]:
    """Posts that the page marks up without a signature in the text."""
    for post in page.posts:
        content = trimmed_span(document.text, *post.span)
        if content is not None:
            outlet = outlets.by_handle(post.handle)
            yield Attribution(
                speaker=outlet.name if outlet is not None else post.handle,
                cue=BlockKind.POST.value,
                mode=SpeechMode.DIRECT,
                content_spans=(content,),
                clausal=True,
                outlet=outlet.id if outlet is not None else None,
            )


def _overlaps(span: Span, others: list[Span]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)
