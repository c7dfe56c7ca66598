"""Social posts in an article: those embedded in the page, and those in plain text recognized by their last line."""

from __future__ import annotations

import re

from claims.extraction.text.document import Document
from claims.lexicon.quantities import MONTHS
from claims.records import Citation, CitationKind, Page, Post, Span

# "— RT (@RT_com) January 20, 2025": what Twitter's embed code leaves when its markup is lost.
_SIGNATURE = re.compile(
    r"(?:^|(?<=\s))[-–—]{1,2}[ \t]*(?P<name>[^\n()]{1,80}?)[ \t]*\(@(?P<handle>\w{1,30})\)[ \t]*"
    r"(?:(?P<month>[A-Z][a-z]+)\.? (?P<day>\d{1,2}), (?P<year>\d{4}))?[ \t]*$",
    re.MULTILINE,
)
_STATUS = re.compile(r"https?://(?:www\.|mobile\.)?(?:twitter|x)\.com/(?P<handle>\w{1,30})/status/\d+")


def embeds(document: Document, page: Page) -> list[Post]:
    """Every post of the page in order: the embedded ones, and each signature line with the block before it."""
    posts = list(page.posts)
    post_spans = [post.span for post in posts]
    for match in _SIGNATURE.finditer(document.text):
        if any(start <= match.start() <= end for start, end in post_spans):
            continue
        span = _with_words(document, match.span())
        words = document.text[span[0] : match.start()].strip()
        posts.append(Post(handle=match["handle"], text=words, span=span, date=_signature_date(match), url=None))
    return sorted(posts, key=lambda post: post.span)


def signatures(document: Document) -> list[Span]:
    """The spans of the signatures of posts, which are not sentences."""
    return [match.span() for match in _SIGNATURE.finditer(document.text)]


def status_handle(address: str) -> str | None:
    """Whose post an address on X points to."""
    match = _STATUS.match(address)
    return match["handle"] if match else None


def _with_words(document: Document, line: Span) -> Span:
    """The signature with the rest of its block before it, or with the block before where it stands alone."""
    own = document.block_at(line[0])
    if own is not None and document.text[own.span[0] : line[0]].strip(" -–—\n\t"):
        return (own.span[0], line[1])
    before = document.blocks[own.index - 1] if own is not None and own.index else None
    return (before.span[0], line[1]) if before is not None else line


def _signature_date(match: re.Match[str]) -> str | None:
    name = (match["month"] or "").lower()
    if name not in MONTHS:
        return None
    day = int(match["day"])
    return f"{match['year']}-{MONTHS[name]:02}-{day:02}" if 1 <= day <= 31 else None


def post_citation(post: Post) -> Citation:
    """An embedded post as a citation."""
    text = post.text[:280]
    return Citation(kind=CitationKind.POST, text=text, span=post.span, url=post.url, handle=post.handle, date=post.date)
