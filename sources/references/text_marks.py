"""Reference marks of plain text and Markdown: "[3]", "[^3]" and superscript digits that lead to an entry's address.

A text of ten megabytes is read in steps linear in its length.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from claims.records import Link, Span
from sources.references.entries import HEADING, MOST, POWER, Reference, bare_addresses, entry_of

_FOOTNOTE = re.compile(r"^ {0,3}\[\^(?P<name>[^\]\s]{1,40})\]:[ \t]*", re.MULTILINE)
_NUMBERED = re.compile(
    r"^[ \t]{0,4}(?:[-*•]\s+)?(?:\[(?P<boxed>\d{1,3})\]:?|(?P<plain>\d{1,3})[.):]|\^(?P<raised>\d{1,3}))[ \t]+",
    re.MULTILINE,
)
# A footnote as pages of print have it: a raised digit at the beginning of a line.
_RAISED_NOTE = re.compile(r"^[ \t]{0,4}(?P<name>[⁰¹²³⁴-⁹]{1,3})[ \t]*(?=\S)", re.MULTILINE)
_NOTE_LINES = 4  # lines of a footnote that are looked at
_MARK = re.compile(
    r"(?<!\!)\[(?P<boxed>\^?[\w-]{1,40}(?:\s*[,;–-]\s*\^?\d{1,3}){0,20})\](?![(:])"
    r"|(?P<raised>[⁰¹²³⁴-⁹]{1,3})|<sup>\[?(?P<tagged>\d{1,3})\]?</sup>|\^(?P<caret>\d{1,3})\^"
)
_SELF = re.compile(
    r"\[\[?(?P<label>\d{1,3})\]?\]\((?P<href>[^\s()]+(?:\([^\s()]*\)[^\s()]*)*)(?:\s+[\"'][^\n]*?[\"'])?\)"
)
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_LINE = re.compile(r"[^\n]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class TextMarks:
    """The marks as links, and the spans of the text that are entries and not part of the article's text."""

    links: tuple[Link, ...]
    entries: tuple[Span, ...]


def read_marks(text: str, links: Sequence[Link]) -> TextMarks:
    """The reference marks of a text with the other links ``links``; marks without an address are left out."""
    entries = _entries(text)
    starts = [link.span[0] for link in links]
    known: dict[str, Reference] = {}
    for name, (start, end) in entries:
        inside = links[bisect_left(starts, start) : bisect_left(starts, end)]
        entry = entry_of([*(link.href for link in inside), *bare_addresses(text[start:end])])
        if entry is not None:
            known.setdefault(name, entry)
    entry_spans = sorted(span for _, span in entries)
    marks = [*_selfs(text), *(_linked_marks(text, known, entry_spans) if known else ())]
    return TextMarks(links=tuple(sorted(marks[:MOST], key=lambda link: link.span)), entries=tuple(entry_spans))


def _entries(text: str) -> list[tuple[str, Span]]:
    """The entries with their names: footnotes of Markdown, and the numbered lines after a heading or at the end."""
    heads = [(match["name"], match.start(), match.end()) for match in _FOOTNOTE.finditer(text)]
    start = _list_start(text)
    if start is not None:
        for match in _NUMBERED.finditer(text, start):
            name = match["boxed"] or match["plain"] or match["raised"]
            heads.append((name, match.start(), match.end()))
    heads.sort(key=lambda entry: entry[1])
    ends = [*(head[1] for head in heads[1:]), len(text)]
    listed = [
        (name, (begin, _end(text, begin, end))) for (name, begin, _), end in zip(heads[:MOST], ends, strict=False)
    ]
    return listed or _raised_notes(text)[:MOST]


def _raised_notes(text: str) -> list[tuple[str, Span]]:
    """The footnotes of printed pages that give an address, each up to the line in which its last one is.

    A number that several pages have leads nowhere, rather than to another page's.
    """
    matches = list(_RAISED_NOTE.finditer(text))
    limits = [*(match.start() for match in matches[1:]), len(text)]
    notes = []
    for match, limit in zip(matches, limits, strict=False):
        lines = list(islice(_LINE.finditer(text, match.start(), _end(text, match.start(), limit)), _NOTE_LINES))
        addressed = [line.end() for line in lines if "://" in line[0]]
        if addressed:
            notes.append((match["name"].translate(_RAISED), (match.start(), addressed[-1])))
    counts = Counter(name for name, _ in notes)
    return [(name if counts[name] == 1 else f"{name} of several", span) for name, span in notes]


def _end(text: str, begin: int, limit: int) -> int:
    """Where an entry ends: before the next one, or at an empty line."""
    gap = text.find("\n\n", begin, limit)
    return gap if gap >= 0 else limit


def _list_start(text: str) -> int | None:
    """Where the list of sources begins: behind the last line that heads one, or with the last "[1]" of a line."""
    start = None
    boxed = None
    for line in _LINE.finditer(text):
        if len(line[0]) <= 60 and HEADING.fullmatch(line[0]):
            start = line.end()
        elif line[0].lstrip().startswith("[1]"):
            boxed = line.start()
    if start is not None and _NUMBERED.search(text, start):
        return start
    return boxed if boxed is not None and text.find("[1]") < boxed else None


def _selfs(text: str) -> Iterator[Link]:
    """Marks that are links themselves: "[1](https://...)", as language models write them."""
    for match in _SELF.finditer(text):
        entry = entry_of([match["href"]])
        if entry is not None and match["href"].startswith(("http://", "https://")):
            yield Link(span=match.span(), href=entry.href, mark=f"[{match['label']}]")


def _linked_marks(text: str, known: dict[str, Reference], entry_spans: Sequence[Span]) -> Iterator[Link]:
    starts = [span[0] for span in entry_spans]
    for match in _MARK.finditer(text):
        place = bisect_left(starts, match.start() + 1) - 1
        if place >= 0 and match.start() < entry_spans[place][1]:
            continue
        if not match["boxed"] and POWER.search(text[max(0, match.start() - 4) : match.start()]):
            continue
        for name in _named_entries(next(filter(None, match.groups())), known):
            entry = known[name]
            yield Link(span=match.span(), href=entry.href, mark=match[0], copy=entry.copy)


def _named_entries(label: str, known: dict[str, Reference]) -> list[str]:
    """The entries that a label names: "3", "3, 5" or "3–5"; none where one of them is not known."""
    label = label.translate(_RAISED)
    if label.removeprefix("^") in known:
        return [label.removeprefix("^")]
    names: list[str] = []
    for part in re.split(r"\s*[,;]\s*", label.replace("^", "")):
        first, dash, last = re.sub(r"\s", "", part).replace("–", "-").partition("-")
        if not first.isdigit() or (dash and not last.isdigit()):
            return []
        names += map(str, range(int(first), min(int(last or first), int(first) + 20) + 1))
    return [name for name in names if name in known] if all(name in known for name in names) else []
