"""Parses plain text and Markdown into the parts of a page. The text itself is not changed."""

from __future__ import annotations

import bisect
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice, pairwise

from claims.records import Block, BlockKind, Link, Post, Span
from sources import urls
from sources.page import posts
from sources.references.text_marks import read_marks

_LINK = re.compile(
    r"(?<!!)\[(?P<words>(?:[^\[\]\n]|\[[^\[\]\n]{1,40}\]){0,500})\]\((?P<href><[^>\n]+>|[^\s()]+(?:\([^\s()]*\)[^\s()]*)*)(?:\s+[\"'][^\n]*?[\"'])?\)"
)
_REFERENCE = re.compile(r"(?<!!)\[(?P<words>[^\[\]\n]{1,500})\]\[(?P<name>[^\[\]\n]{0,100})\]")
_DEFINITION = re.compile(r"^ {0,3}\[(?P<name>[^\[\]\n]{1,100})\]:\s*<?(?P<href>\S+?)>?(?:\s+[\"'(].*)?$", re.MULTILINE)
_BARE = re.compile(r"(?:https?://|www\.)[^\s<>\"“”«»]{1,2000}", re.IGNORECASE)
_FRONT = re.compile(r"\A---[ \t]*\n(?P<fields>.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_FIELD = re.compile(
    r"^(?P<key>title|author|byline|date|published|url|link|language|lang)\s*:\s*(?P<value>.+)$", re.MULTILINE
)

_HEADING = re.compile(r" {0,3}#{1,6}\s+\S")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-{3,})\s*$")
_ITEM = re.compile(r"\s{0,8}(?:[-*+•]|\d{1,3}[.)])\s+\S")
_QUOTE = re.compile(r"\s{0,3}>")
_ENDS = re.compile(r"[.!?:;…][\"'”’»)\]*_]*\s*$")
_MARKS_AT_END = re.compile(r"(?:\s*(?:\[\^?\w{1,6}\]|[(\[]?(?:[Ss]ources?:? )?<?https?://\S+))+\s*$")
_MOST_LINKS = 20_000  # of one form in a text; a page of the web has no more tags
_TITLE_LENGTH = 140  # characters; longer first lines are a paragraph


@dataclass(frozen=True, slots=True, kw_only=True)
class Plain:
    """The parts of a plain text."""

    blocks: tuple[Block, ...]
    links: tuple[Link, ...]
    posts: tuple[Post, ...]
    uncited: tuple[Span, ...] = ()
    title: str | None = None
    fields: dict[str, str] = field(default_factory=dict)


def read_plain(text: str) -> Plain:
    """The blocks, links, posts and title of a plain or Markdown text; all spans are into ``text``."""
    fields, start = front_matter(text)
    shown = posts.in_plain(text)
    links = sorted(_written_links(text), key=lambda link: link.span)
    marks = read_marks(text, links)
    blocks = tuple(
        replace(block, kind=BlockKind.REFERENCE) if lies_in(block.span, marks.entries) else block
        for block in _line_blocks(text, start, shown, marks.entries)
    )
    marked = sorted([*(mark.span for mark in marks.links), *marks.uncited])
    written = [link for link in links if not lies_in(link.span, marked)]
    return Plain(
        blocks=blocks,
        links=tuple(sorted((*written, *marks.links), key=lambda link: link.span)),
        posts=shown,
        uncited=marks.uncited,
        title=fields.get("title") or _title_line(text, blocks),
        fields=fields,
    )


def front_matter(text: str) -> tuple[dict[str, str], int]:
    """The fields between two lines of dashes at the beginning of a text, and the offset where the text continues."""
    front = _FRONT.match(text)
    fields = {m["key"]: m["value"].strip(" \"'") for m in _FIELD.finditer(front["fields"])} if front else {}
    return fields, front.end() if front else 0


def lies_in(span: Span, others: Sequence[Span]) -> bool:
    """Whether a span begins in one of the others, which are in order and apart."""
    place = bisect.bisect_right(others, (span[0], sys.maxsize)) - 1
    return place >= 0 and span[0] < others[place][1]


def _line_blocks(text: str, start: int, shown: tuple[Post, ...], entries: Sequence[Span]) -> Iterator[Block]:
    """The lines as blocks; hard-wrapped lines are one paragraph, a post with its signature is one block.

    An entry of a list of references is a block of its own.
    """
    wrapped = _is_wrapped(text[: entries[0][0]] if entries else text)
    firsts = {entry[0] + len(text[entry[0] : entry[1]]) - len(text[entry[0] : entry[1]].lstrip()) for entry in entries}
    owners = sorted(post.span for post in shown)
    pending: Span | None = None
    for line in _line_spans(text, start):
        place = bisect.bisect_right(owners, (line[0], len(text))) - 1
        owner = owners[place] if place >= 0 and line[1] <= owners[place][1] else None
        words = text[line[0] : line[1]]
        plain = owner is None and _block_kind(words) is BlockKind.PARAGRAPH
        joins = (
            plain and pending is not None and line[0] not in firsts and _goes_on(text, pending, line, wrapped=wrapped)
        )
        if pending is not None and not joins:
            yield Block(kind=BlockKind.PARAGRAPH, span=pending)
            pending = None
        if owner is not None:
            if line[1] == owner[1]:
                yield Block(kind=BlockKind.POST, span=owner)
        elif _UNDERLINE.fullmatch(words) or _DEFINITION.fullmatch(words):
            continue
        elif plain:
            pending = (pending[0] if pending else line[0], line[1])
        else:
            yield Block(kind=_block_kind(words), span=line)
    if pending is not None:
        yield Block(kind=BlockKind.PARAGRAPH, span=pending)


def _goes_on(text: str, before: Span, line: Span, *, wrapped: bool) -> bool:
    """Whether a line continues with the paragraph before it: its text is wrapped, or a sentence evidently runs over.

    A form feed is the break of a page, over which a sentence runs whatever lines are empty there.
    """
    gap = text[before[1] : line[0]]
    if "\f" not in gap and gap.count("\n") != 1:
        return False
    is_open = not _ENDS.search(text[max(before[0], before[1] - 20) : before[1]])
    return (wrapped and (is_open or "\f" not in gap)) or (is_open and text[line[0]].islower())


def _line_spans(text: str, start: int) -> Iterator[Span]:
    """The spans of the non-empty lines, without surrounding white space."""
    for match in re.compile(r"[^\r\n]+").finditer(text, start):
        words = match[0].strip()
        if words:
            first = match.start() + len(match[0]) - len(match[0].lstrip())
            yield first, first + len(words)


def _block_kind(line: str) -> BlockKind:
    if _HEADING.match(line):
        return BlockKind.HEADING
    if _QUOTE.match(line):
        return BlockKind.QUOTE
    return BlockKind.ITEM if _ITEM.match(line) else BlockKind.PARAGRAPH


def _is_wrapped(text: str) -> bool:
    """Whether lines were broken to fit a width: no line is long, and most go on in the next one."""
    lines = text.splitlines()
    if any(len(line) > 120 for line in lines):
        return False
    followed = [
        line
        for line, after in pairwise(lines)
        if len(line) >= 50 and after.strip() and _block_kind(line) is _block_kind(after) is BlockKind.PARAGRAPH
    ]
    return len(followed) > 1 and sum(not _ENDS.search(line) for line in followed) > len(followed) * 0.6


def _title_line(text: str, blocks: tuple[Block, ...]) -> str | None:
    """The first heading, or a short first line without a full stop, followed by an empty line."""
    if not blocks:
        return None
    first = blocks[0]
    words = text[first.span[0] : first.span[1]]
    if first.kind is BlockKind.HEADING:
        return words.lstrip("# ").rstrip("# ") or None
    after = text[first.span[1] :]
    underlined = _UNDERLINE.match(after.lstrip("\r\n").split("\n", 1)[0]) is not None
    alone = re.match(r"[ \t]*\r?\n[ \t]*\r?\n", after) is not None and len(blocks) > 1
    short = first.kind is BlockKind.PARAGRAPH and len(words) <= _TITLE_LENGTH and "\n" not in words
    return words if short and (underlined or (alone and not _ENDS.search(_MARKS_AT_END.sub("", words)))) else None


def _written_links(text: str) -> Iterator[Link]:
    defined = list(islice(_DEFINITION.finditer(text), _MOST_LINKS))
    definitions = {match["name"].casefold(): match["href"] for match in defined}
    used = [match.span() for match in defined]
    for match in (*islice(_LINK.finditer(text), _MOST_LINKS), *islice(_REFERENCE.finditer(text), _MOST_LINKS)):
        target = match.groupdict().get("href") or definitions.get((match[2] or match[1]).casefold(), "")
        href = urls.target(None, target.strip("<>"))
        used.append(match.span())
        if href:
            yield Link(span=match.span("words"), href=href)
    used.sort()
    for match in islice(_BARE.finditer(text), _MOST_LINKS):
        place = bisect.bisect_right(used, (match.start(), len(text))) - 1
        if place >= 0 and match.start() < used[place][1]:
            continue
        address = urls.without_closing(match[0])
        href = urls.target(None, address if "://" in address else f"https://{address}")
        if href:
            yield Link(span=(match.start(), match.start() + len(address)), href=href)
