"""Reference marks of plain text and Markdown: "[3]", "[^3]" and superscript digits that lead to an entry's address.

A text of ten megabytes is read in steps linear in its length.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from claims.records import Link, Span
from sources.references.entries import HEADING, MOST, POWER, Reference, bare_addresses, entry_of

_FOOTNOTE = re.compile(r"^ {0,3}\[\^(?P<name>[^\]\s]{1,40})\]:[ \t]*", re.MULTILINE)
_NUMBERED = re.compile(
    r"^[ \t]{0,4}(?:[-*•]\s+)?(?:\[(?P<boxed>\d{1,3})\]:?|(?P<plain>\d{1,3})[.):]|\^(?P<raised>\d{1,3}))[ \t]+",
    re.MULTILINE,
)
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
    """The marks as links, and the stretches of the text that are entries and not the article's own words."""

    links: tuple[Link, ...]
    entries: tuple[Span, ...]


def read_marks(text: str, links: Sequence[Link]) -> TextMarks:
    """The reference marks of a text whose other links are ``links``; a mark without an address is left out."""
    found = _entries(text)
    starts = [link.span[0] for link in links]
    known: dict[str, Reference] = {}
    for name, (start, end) in found:
        inside = links[bisect_left(starts, start) : bisect_left(starts, end)]
        entry = entry_of([*(link.href for link in inside), *bare_addresses(text[start:end])])
        if entry is not None:
            known.setdefault(name, entry)
    taken = sorted(span for _, span in found)
    marks = [*_selfs(text), *(_marks(text, known, taken) if known else ())]
    return TextMarks(links=tuple(sorted(marks[:MOST], key=lambda link: link.span)), entries=tuple(taken))


def _entries(text: str) -> list[tuple[str, Span]]:
    """The entries with their names: footnotes of Markdown, and the numbered lines behind a heading or at the end."""
    heads = [(found["name"], found.start(), found.end()) for found in _FOOTNOTE.finditer(text)]
    start = _list_start(text)
    if start is not None:
        for found in _NUMBERED.finditer(text, start):
            name = found["boxed"] or found["plain"] or found["raised"]
            heads.append((name, found.start(), found.end()))
    heads.sort(key=lambda one: one[1])
    ends = [*(head[1] for head in heads[1:]), len(text)]
    return [(name, (begin, _end(text, begin, end))) for (name, begin, _), end in zip(heads[:MOST], ends, strict=False)]


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
    for found in _SELF.finditer(text):
        entry = entry_of([found["href"]])
        if entry is not None and found["href"].startswith(("http://", "https://")):
            yield Link(span=found.span(), href=entry.href, mark=f"[{found['label']}]")


def _marks(text: str, known: dict[str, Reference], taken: Sequence[Span]) -> Iterator[Link]:
    starts = [span[0] for span in taken]
    for found in _MARK.finditer(text):
        place = bisect_left(starts, found.start() + 1) - 1
        if place >= 0 and found.start() < taken[place][1]:
            continue
        if not found["boxed"] and POWER.search(text[max(0, found.start() - 4) : found.start()]):
            continue
        for name in _names(next(filter(None, found.groups())), known):
            entry = known[name]
            yield Link(span=found.span(), href=entry.href, mark=found[0], copy=entry.copy)


def _names(label: str, known: dict[str, Reference]) -> list[str]:
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
