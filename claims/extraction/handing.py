"""Whose words a stretch of text is by its layout: transcripts, lists under a line, texts that only render speech."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from claims.extraction.clauses import lemma, phrase, spans, subject
from claims.extraction.lexicon import RENDERINGS, SPEAKING
from claims.extraction.sentences import Document, ParsedBlock, char_span
from claims.records import Attribution, BlockKind, SpeechMode


def handed_on(said: Sequence[Attribution], document: Document) -> list[Attribution]:
    """The attributions as the layout widens them, in reading order."""
    found = [_labelled(one, document) for one in _through_texts(said, document)]
    taken = {span for one in found for span in one.content_spans}
    found += [one for one in _listed(document) if not taken & set(one.content_spans)]
    return sorted(found, key=_place)


def _place(one: Attribution) -> int:
    return min((span[0] for span in (*one.content_spans, *one.cue_spans, *one.source_spans)), default=0)


def _labelled(one: Attribution, document: Document) -> Attribution:
    """In a transcript ("WALLACE: ...") the whole paragraph is the speaker's, not its first sentence only."""
    if one.cue.strip() != ":" or len(one.content_spans) != 1 or not one.source_spans:
        return one
    block = document.block_at(one.source_spans[0][0])
    if block is None or one.source_spans[0][0] != block.span[0] or one.content_spans[0][1] > block.span[1]:
        return one
    return replace(one, content_spans=((one.content_spans[0][0], block.span[1]),))


def _through_texts(said: Sequence[Attribution], document: Document) -> list[Attribution]:
    """A translation or transcript that "reads" says what the person quoted just before it said."""
    found: list[Attribution] = []
    speaker: tuple[str, int] | None = None
    for one in said:
        block = document.block_at(min((span[0] for span in (*one.cue_spans, *one.content_spans)), default=0))
        index = block.index if block is not None else 0
        words = {word.lower() for span in one.source_spans for word in document.words(span).split()}
        if one.mode is SpeechMode.DIRECT and words & RENDERINGS and speaker and index - speaker[1] <= 1:
            found.append(replace(one, speaker=speaker[0]))
            continue
        if one.mode is SpeechMode.DIRECT and one.speaker and not one.anonymous:
            speaker = (one.speaker, index)
        found.append(one)
    return found


def _listed(document: Document) -> Iterator[Attribution]:
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
            content_spans=tuple(item.span for item in _items(document, after)),
        )


def _items(document: Document, first: ParsedBlock) -> Iterator[ParsedBlock]:
    for block in document.blocks[first.index :]:
        if block.kind is not BlockKind.ITEM:
            return
        yield block
