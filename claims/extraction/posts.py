"""Social posts inside an article: the account is the speaker, the post is what it said."""

from __future__ import annotations

import re
from collections.abc import Iterator

from claims.extraction.blocks import trimmed
from claims.extraction.sentences import Document
from claims.records import Attribution, BlockKind, OutletDirectory, Page, Span, SpeechMode

# "— RT (@RT_com) January 20, 2025", as X's own embed code writes it.
_SIGNATURE = re.compile(
    r"(?P<dash>[—–]|--?)\s*(?P<name>[^\n()@]{1,60}?)\s*\((?P<handle>@\w{1,20})\)(?P<date>[^\n]{0,40})"
)


def posted(document: Document, page: Page, outlets: OutletDirectory) -> list[Attribution]:
    """An attribution for every post of the page, and for every signature of one in its text."""
    found: list[Attribution] = []
    for match in _SIGNATURE.finditer(document.text):
        content = _signed(document, page, match)
        if content is not None:
            found.append(_attribution(document, match, content, outlets))
    signed = [item.content_spans[0] for item in found]
    found += [item for item in _unsigned(page, outlets, document) if not _overlaps(item.content_spans[0], signed)]
    return found


def _signed(document: Document, page: Page, match: re.Match[str]) -> Span | None:
    """What the signature signs: the post it belongs to, else the text before it in its block or the block before."""
    for post in page.posts:
        if post.span[0] <= match.start() <= post.span[1] + 3:
            return trimmed(document.text, post.span[0], min(match.start(), post.span[1]))
    block = document.block_at(match.start())
    if block is None:
        return None
    own = trimmed(document.text, block.span[0], match.start())
    if own is not None:
        return own
    before = document.blocks[block.index - 1].span if block.index else None
    return trimmed(document.text, *before) if before is not None else None


def _attribution(document: Document, match: re.Match[str], content: Span, outlets: OutletDirectory) -> Attribution:
    outlet = outlets.by_handle(match["handle"])
    return Attribution(
        speaker=match["name"].strip() or match["handle"],
        cue=match["dash"],
        mode=SpeechMode.DIRECT,
        source_spans=((match.start("name"), match.end("handle") + 1),),
        cue_spans=(match.span("dash"),),
        content_spans=(content,),
        outlet=outlet.id if outlet is not None else None,
    )


def _unsigned(page: Page, outlets: OutletDirectory, document: Document) -> Iterator[Attribution]:
    """Posts that the page marks up without a signature in the text."""
    for post in page.posts:
        content = trimmed(document.text, *post.span)
        if content is not None:
            outlet = outlets.by_handle(post.handle)
            yield Attribution(
                speaker=outlet.name if outlet is not None else post.handle,
                cue=BlockKind.POST.value,
                mode=SpeechMode.DIRECT,
                content_spans=(content,),
                outlet=outlet.id if outlet is not None else None,
            )


def _overlaps(span: Span, others: list[Span]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)
