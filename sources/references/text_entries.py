"""Finds the entries of references in plain text and Markdown: footnotes, numbered lists, and notes of printed pages."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from claims.records import Link, Span
from sources.references import author_years
from sources.references.entries import (
    LINKS,
    MOST,
    NUMBERED_WORD,
    Given,
    bare_addresses,
    count_up,
    entry_of,
    given_back,
    heads_list,
    referred_back,
    short_addresses,
)

RAISED = "⁰¹²³⁴-⁹"
DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹˒ʼ⁻", "0123456789,,-")
_FOOTNOTE = re.compile(r"^ {0,3}\[(?:\^|(?=@))(?P<name>[^\]\s]{1,40})\]:[ \t]*", re.MULTILINE)
# "[1]: https://..." is an entry wherever it stands, and takes one line.
_DEFINED = re.compile(r"^ {0,3}\[(?P<name>\d{1,3})\]:[ \t]+<?https?://[^\n]*", re.MULTILINE)
_NUMBERED = re.compile(
    r"^[ \t]{0,4}(?:<a [^>\n]{1,80}>(?:</a>)?[ \t]*)?(?:[-*•+]\s+)?[*_]{0,2}"
    r"(?:\\?\[(?P<boxed>\d{1,3})\\?\]:?[*_]{0,2}[ \t]*"
    r"|(?P<plain>\d{1,3})[.):][*_]{0,2}[ \t]+|\((?P<round>\d{1,3})\):?[*_]{0,2}[ \t]*"
    r"|\{(?P<curly>\d{1,3})\}:?[ \t]*|\[fn:(?P<org>\d{1,3})\][ \t]*|\[?#(?P<hash>\d{1,3})\]?[.):]?[ \t]+"
    rf"|{NUMBERED_WORD} (?P<word>\d{{1,3}})[*_]{{0,2}}[.:)–-][ \t]*"
    r"|【(?P<source>\d{1,3}(?::\d{1,3})?)(?:†[^】\n]{0,80})?】:?[ \t]*"
    rf"|\^(?P<caret>\d{{1,3}})[ \t]+|(?P<raised>[{RAISED}]{{1,3}})[ \t]*(?=\S)"
    # Letters, and numbers with nothing behind them, only in a line with an address.
    r"|\\?\[(?P<letter>[a-z]|[ivx]{2,6})\\?\][ \t]*(?=[^\n]*://)|(?P<bare>\d{1,3})[ \t]+(?=[^\n]*://)"
    r"|(?P<lettered>[a-z])[.)][ \t]+(?=https?://))",
    re.MULTILINE,
)
# "Sources: [1] https://... [2] https://...": a list in one line.
_IN_LINE = re.compile(
    r"(?:(?<=\s)|^)(?:\[(?P<boxed>\d{1,3})\]|(?P<plain>\d{1,3})[.)]|\((?P<round>\d{1,3})\))[ \t]+(?=\S)"
)
# Raised digits that were copied as plain ones: "in May.3 The".
COPIED = re.compile(r"(?<=[\w%)][.!?])(?P<label>\d{1,3}(?:[,–-] ?\d{1,3}){0,20})(?=[ \t]*\n|\s+[A-Z“\"#*-]|\s*\Z)")
# A footnote as pages of print have it: a raised digit at the beginning of a line, which may have been copied so, too.
_RAISED_NOTE = re.compile(
    rf"^[ \t]{{0,4}}(?:(?P<name>[{RAISED}]{{1,3}})[ \t]*(?=\S)|(?P<plain>\d{{1,3}})[ \t]+(?=[A-Z“‘\"(]|https?://))",
    re.MULTILINE,
)
_FIRST = ("[1]", "\\[1\\]", "【1】")  # an entry at the beginning of a line
_NOTE_LINES = 4  # lines of a footnote that are looked at
_LONGEST_LIST = 100_000  # characters at the end of a text
LINE = re.compile(r"[^\n]+")
_INDENTED = re.compile(r"\n\s*\n(?: {2,}|\t)\S")  # a footnote's next paragraph


@dataclass(frozen=True, slots=True, kw_only=True)
class TextEntry:
    """An entry of a list: its name, its place, what it gives, how its number is written, and the number of its list.

    A footnote, which a mark anywhere in the text may name, is of no list.
    """

    name: str
    span: Span
    given: Given
    form: str = ""
    listed: int | None = None


@dataclass(frozen=True, slots=True)
class _Head:
    name: str
    start: int
    end: int
    form: str
    listed: int | None = None


def text_entries_of(text: str, links: Sequence[Link]) -> list[TextEntry]:
    """The entries of a text in order; the first of a name counts. ``links`` are the links of the text, in order."""
    return list(_resolved(text, links))


def links_in(span: Span, links: Sequence[Link]) -> Sequence[Link]:
    """Those of the links of a text, in order, that begin in a span."""
    first, end = (bisect_left(links, place, key=lambda link: link.span[0]) for place in span)
    return links[first:end]


def given_in(text: str, span: Span, links: Sequence[Link]) -> Given:
    """What an entry with this span gives, by its links and the addresses written out beside them."""
    linked = [link.href for link in links_in(span, links)[:LINKS]]
    bare = (
        url
        for url in islice(bare_addresses(text[slice(*span)]), LINKS)
        if not any(url.startswith(href) or href.startswith(url) for href in linked)
    )
    addresses = [*linked, *bare]
    return entry_of(addresses or short_addresses(text[slice(*span)]))


def _resolved(text: str, links: Sequence[Link]) -> Iterator[TextEntry]:
    """The entries with what they give; "Ibid." gives what the entry before it does."""
    known: dict[str, Given] = {}
    before: Given = ()
    listed: int | None = None
    for head, span in _spans(text):
        if head.listed is not None and head.listed != listed:
            known, before, listed = {}, (), head.listed
        own = given_in(text, span, links)
        own = before = own or given_back(text[head.end : span[1]].lstrip(), before, known)
        known.setdefault(head.name, own)
        yield TextEntry(name=head.name, span=span, given=known[head.name], form=head.form, listed=head.listed)


def _spans(text: str) -> list[tuple[_Head, Span]]:
    heads = [_Head(match["name"], match.start(), match.end(), "note") for match in _FOOTNOTE.finditer(text)]
    defined = {match.start(): match.end() for match in _DEFINED.finditer(text)}
    heads += [_Head(match["name"], match.start(), match.start("name"), "boxed") for match in _DEFINED.finditer(text)]
    lists = _lists(text)
    for number, (start, end) in enumerate(lists):
        listed = (match for match in _NUMBERED.finditer(text, start, end) if match.start() not in defined)
        heads += [
            _Head(_entry_number(match), match.start(), match.end(), match.lastgroup or "", number) for match in listed
        ]
    if not lists:
        heads += _heads_in_line(text)
        lists = [
            (head.start, _line_end(text, head.start)) for head in heads if head.listed is not None and head.name == "1"
        ]
    heads.sort(key=lambda head: head.start)
    ends = [*(head.start for head in heads[1:]), len(text)]
    listed_spans = [
        (head, (head.start, defined.get(head.start) or _end(text, head, _limit_in_list(lists, head, end))))
        for head, end in zip(heads[:MOST], ends, strict=False)
    ]
    return listed_spans or _raised_notes(text)[:MOST]


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return end if end >= 0 else len(text)


def _limit_in_list(lists: Sequence[Span], head: _Head, next_start: int) -> int:
    return next_start if head.listed is None else min(next_start, lists[head.listed][1])


def _entry_number(match: re.Match[str]) -> str:
    name: str = next(filter(None, match.groups()))
    return name.translate(DIGITS)


def _raised_notes(text: str) -> list[tuple[_Head, Span]]:
    """The footnotes of printed pages that give an address, each up to the line in which its last one is.

    A number that several pages have leads nowhere, rather than to another page's. One in plain digits is a footnote
    only behind a mark that was copied so.
    """
    copied = _copied_places(text)
    matches = [
        match
        for match in _RAISED_NOTE.finditer(text)
        if match["name"] or copied.get(match["plain"], len(text)) < match.start()
    ]
    limits = [*(match.start() for match in matches[1:]), len(text)]
    notes: list[tuple[re.Match[str], Span]] = []
    for match, limit in zip(matches, limits, strict=False):
        end = _empty_line(text, match.start(), limit)
        lines = list(islice(LINE.finditer(text, match.start(), end), _NOTE_LINES))
        last = [line.end() for line in lines if "://" in line[0]]
        if not last and notes and referred_back(text[match.end() : end]) is not None:
            last = [lines[0].end()]
        if last:
            notes.append((match, (match.start(), last[-1])))
    counts = Counter(_note_name(match) for match, _ in notes)
    heads = []
    for match, span in notes:
        name = _note_name(match)
        name = name if counts[name] == 1 else f"{name} of several"
        heads.append((_Head(name, match.start(), match.end(), "raised"), span))
    return heads


def _note_name(match: re.Match[str]) -> str:
    return (match["name"] or match["plain"]).translate(DIGITS)


def _copied_places(text: str) -> dict[str, int]:
    """Where each number first is a mark in plain digits, if those are numbered from 1."""
    places: dict[str, int] = {}
    for match in islice(COPIED.finditer(text), MOST):
        for number in re.findall(r"\d+", match["label"]):
            places.setdefault(number, match.start())
    return places if count_up(places) else {}


def _end(text: str, head: _Head, limit: int) -> int:
    """Where an entry ends: before the next one, or at an empty line, unless a footnote goes on indented."""
    end = _empty_line(text, head.start, limit)
    while head.form == "note" and end < limit and (more := _INDENTED.match(text, end)):
        end = _empty_line(text, more.end(), limit)
    return end


def _empty_line(text: str, begin: int, limit: int) -> int:
    gap = text.find("\n\n", begin, limit)
    return gap if gap >= 0 else limit


def _lists(text: str) -> list[Span]:
    """Where the lists of sources stand: the last one with the rest of the text, and those of earlier sections.

    An earlier one begins directly below its heading, or with "[1]" and an address, and its lines count up.
    """
    headed = [line.end() for line in LINE.finditer(text) if heads_list(line[0])]
    boxed = [line.start() for line in LINE.finditer(text) if line[0].lstrip().startswith(_FIRST)]
    last = _list_start(text, headed, boxed)
    if last is None:
        return []
    earlier: list[Span] = []
    for start in sorted([*headed, *boxed])[:MOST]:
        after = earlier[-1][1] if earlier else 0
        end = _run_end(text, start, last, with_addresses=start in boxed) if after <= start < last else start
        if end > start and "://" in text[start:end]:
            earlier.append((start, end))
    return [*earlier, (last, len(text))]


def _run_end(text: str, start: int, limit: int, *, with_addresses: bool) -> int:
    """Where the numbered lines that begin at a place, and count up from any number, end."""
    end, number = start, None
    for line in LINE.finditer(text, start, limit):
        match = _NUMBERED.match(line[0]) if line[0].strip() else None
        name = _entry_number(match) if match else ""
        goes_on = name.isdigit() and (number is None or int(name) == number + 1)
        if goes_on and ("://" in line[0] or not with_addresses):
            end, number = line.end(), int(name)
        elif line[0].strip() and not (number is not None and match is None and _is_rest(line[0])):
            break
        elif line[0].strip():
            end = line.end()
    return end


def _is_rest(line: str) -> bool:
    """Whether a line is the rest of an entry: it is indented, or an address."""
    return line.startswith(("  ", "\t")) or line.lstrip().startswith("http")


def _list_start(text: str, headed: Sequence[int], boxed: Sequence[int]) -> int | None:
    """Where the last list of sources begins: behind the last line that heads one, or with the last "[1]" of a line."""
    if headed and _NUMBERED.search(text, headed[-1]):
        return headed[-1]
    if boxed and text.find("[1]") < boxed[-1]:
        return boxed[-1]
    return _closing_list(text)


def _heads_in_line(text: str) -> list[_Head]:
    """The entries of lists that take one line: a heading, and numbers that count up, each with an address."""
    heads: list[_Head] = []
    number = 0
    for line in LINE.finditer(text):
        parts = list(islice(_IN_LINE.finditer(text, *line.span()), MOST))
        names = [_entry_number(part) for part in parts]
        if len(parts) < 2 or not count_up(names) or not heads_list(text[line.start() : parts[0].start()]):
            continue
        starts = [line.start(), *(part.start() for part in parts[1:]), line.end()]
        if all("://" in text[start:end] for start, end in pairwise(starts)):
            heads += [
                _Head(name, start, part.end(), part.lastgroup or "", number)
                for name, start, part in zip(names, starts, parts, strict=False)
            ]
            number += 1
    return heads


def place_of_letter(name: str) -> str:
    """The place of a letter in the alphabet: "b" is "2"; any other name is itself."""
    return str(ord(name) - ord("a") + 1) if len(name) == 1 and "a" <= name <= "z" else name


def _closing_list(text: str) -> int | None:
    """Where a list begins with which a text ends, if its lines count up from 1 and all give an address."""
    lines = list(LINE.finditer(text.rstrip(), max(0, len(text) - _LONGEST_LIST)))
    start = None
    for line in reversed(lines):
        match = _NUMBERED.match(line[0])
        if not line[0].strip():
            continue
        if match is None or match["raised"] or "://" not in line[0]:
            break
        start = (line.start(), _entry_number(match))
    return start[0] if start and start[1] in ("1", "a") else None


def works_listed(text: str, links: Sequence[Link]) -> Iterator[tuple[author_years.Work, Span]]:
    """The works below the last heading of a list of references, a line each."""
    heading = None
    for line in LINE.finditer(text):
        if heads_list(line[0]):
            heading = line.end()
    if heading is None:
        return
    for line in islice(LINE.finditer(text, heading), MOST):
        work = author_years.work_of(line[0], given_in(text, line.span(), links))
        if work is not None:
            yield work, line.span()
