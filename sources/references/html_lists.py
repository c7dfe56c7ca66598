"""Finds the lists of references of an HTML page: below a heading, at its end, or in an element named for them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, NamedTuple

from sources.references import author_years
from sources.references.entries import MOST, Given, given_back, heads_list
from sources.references.html_entries import (
    HEAD,
    LEVELS,
    bounded_text,
    given_by,
    separate_entries,
    unlabelled,
)

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "p", "div", "strong", "b", "summary"})
_NUMBER = re.compile(
    r"\s*(?:\[(\d{1,3})\]|【(\d{1,3})(?:†[^】]{0,80})?】|\((\d{1,3})\)|\[?#(\d{1,3})\b\]?|(\d{1,3})[.)])"
)
_BARE_NUMBER = re.compile(r"\s*(\d{1,3})\s*")
_SIGN = re.compile(r"\s*([*†‡§]{1,3})\s*\w")
_FIRST = re.compile(r"\s*(?:\[1\]|【1】)")
# The class or name of what holds the notes of a page.
_NOTES = re.compile(r"(?:^|[\s_-])(?:footnotes|endnotes|references|reflist|citations)(?:$|[\s_-])", re.IGNORECASE)
_HEAD_TEXTS = 10  # pieces of text of a heading
_MOST_HEADINGS = 50


class ListedEntry(NamedTuple):
    """An entry of a list: an element with its words and links, and the element of the page that holds it."""

    words: Any
    home: Any
    is_round: bool = False  # whether its number is written "(1)"


# The entries of a list with their numbers, in order.
Listed = list[tuple[str, ListedEntry]]


def _is_heading(element: Any) -> bool:
    if element.tag == "br":  # "<p>Sources:<br>1. ...": the first line of a paragraph
        return element.getprevious() is None and heads_list((element.getparent().text or "").strip())
    if element.tag not in _HEADINGS or len(element) >= 3:
        return False
    return heads_list(" ".join("".join(islice(element.itertext(), _HEAD_TEXTS)).split()))


def list_headings(root: Any) -> list[Any]:
    """The headings of lists of references in order, or what each is the last part of."""
    headings = [element for element in root.iter() if isinstance(element.tag, str) and _is_heading(element)]
    return list(dict.fromkeys(map(_ended_by, headings[-_MOST_HEADINGS:])))


def _ended_by(heading: Any) -> Any:
    while heading.getnext() is None and heading.getparent() is not None:
        heading = heading.getparent()
    return heading


def reference_lists(root: Any) -> list[Listed]:
    """The numbered lists of references of a page, in order: one at its end, and those directly below a heading."""
    headings = list_headings(root)
    last = list(_numbered_items(headings[-1])) if headings else closing_items(root)
    earlier = [list(_numbered_items(heading, directly=True)) for heading in headings[:-1]]
    lists = [listed for listed in (*earlier, last or noted_items(root)) if listed]
    order = {element: place for place, element in enumerate(root.iter())}
    by_place = {order[listed[0][1].home]: listed for listed in lists}
    return [by_place[place] for place in sorted(by_place)]


def closing_items(root: Any) -> Listed:
    """The entries of a list without a heading: paragraphs below each other that begin with "[1]", "[2]" and so on."""
    begins = None
    for element in root.iter():
        if isinstance(element.tag, str) and _FIRST.match(element.text or ""):
            begins = element
    above = () if begins is None else (begins, *islice(begins.iterancestors(), LEVELS))
    first = next((node for node in above if node.tag in ("p", "li", "div")), None)
    if first is None:
        return []
    items = _items_of_lines([first, *islice(first.itersiblings(first.tag), MOST)])
    return items if len(items) > 1 and _counts_up(items) else []


def noted_items(root: Any) -> Listed:
    """The entries of a list without a heading in an element that is named for them: `<div class="footnotes">`."""
    for element in root.iter("div", "section", "aside", "ol", "ul"):
        if not _NOTES.search(f"{element.get('class') or ''} {element.get('id') or ''}"):
            continue
        items = list(_items_in(element))
        numbered = element.tag == "ol" or element.find("ol") is not None
        if len(items) > 1 and (numbered or _counts_up(items)):
            return items
    return []


def signed_items(root: Any) -> dict[str, ListedEntry]:
    """The notes that begin with a sign and have a link, one for each sign: "* Annual report", "† The bill"."""
    items: dict[str, list[Any]] = {}
    for element in root.iter("p", "li"):
        match = _SIGN.match(bounded_text(element, HEAD)) if element.find(".//a[@href]") is not None else None
        if match:
            items.setdefault(match[1], []).append(element)
    return {sign: ListedEntry(homes[0], homes[0]) for sign, homes in items.items() if len(homes) == 1}


def given_by_all(items: Listed, address: str | None) -> dict[str, Given]:
    """What the entries of a list give; "Ibid." and "See note 4" give what the entry does to which they refer.

    A number that two entries have gives nothing, unless both give the same.
    """
    known: dict[str, Given] = {}
    before: Given = ()
    for number, entry in items:
        own = given_by(entry.words, address)
        before = own or given_back(unlabelled(entry.words), before, known)
        known[number] = before if known.get(number, before) == before else ()
    return known


def _numbered_items(heading: Any, *, directly: bool = False) -> Iterator[tuple[str, ListedEntry]]:
    """The entries of the list behind a heading of sources, with their numbers; ``directly`` those that stand there."""
    lines = _lines_beside(heading)
    if lines:
        yield from lines
        return
    for element in islice(heading.itersiblings(), MOST):
        items = list(_items_in(element)) if isinstance(element.tag, str) else []
        if directly and not items and bounded_text(element, HEAD):
            return
        yield from items
        if element.tag == "ol" or (items and element.tag in ("dl", "table")):
            return


def _lines_beside(heading: Any) -> Listed:
    """The numbered lines of the paragraph that a heading begins: `<b>Sources</b><br>1. ...<br>2. ...`."""
    paragraph = heading.getparent()
    begins = paragraph is not None and paragraph.tag in ("p", "div") and heading.getprevious() is None
    breaks = list(islice(paragraph.iterchildren("br"), MOST)) if begins else []
    if not breaks or (heading.tag != "br" and (paragraph.text or "").strip()):
        return []
    lines = [_numbered(line, paragraph) for line in separate_entries(paragraph, breaks)]
    return [line for line in lines if line is not None]


def _items_in(element: Any) -> Iterator[tuple[str, ListedEntry]]:
    """The numbered entries that an element holds, or is."""
    if element.tag in _LISTS:
        yield from _LISTS[element.tag](element)
        return
    for part in islice(element, MOST) if element.tag in ("ul", "div", "section", "aside") else (element,):
        if part.tag in _LISTS:
            yield from _LISTS[part.tag](part)
        elif isinstance(part.tag, str):
            yield from _items_of_lines([part])


def _ordered_items(element: Any) -> Iterator[tuple[str, ListedEntry]]:
    """The items of a list that a browser numbers; one with letters has no numbers that a mark could name."""
    if element.get("type", "1") != "1":
        return
    items = list(islice((item for item in element if item.tag == "li"), MOST))
    step = -1 if element.get("reversed") is not None else 1
    number = _whole_number(element.get("start"), len(items) if step < 0 else 1)
    for item in items:
        number = _whole_number(item.get("value"), number)
        yield str(number), ListedEntry(item, item)
        number += step


def _whole_number(words: str | None, otherwise: int) -> int:
    return int(words) if words and re.fullmatch(r"\s*\d{1,6}\s*", words) else otherwise


def _defined_items(element: Any) -> Iterator[tuple[str, ListedEntry]]:
    """The entries of a list of terms whose terms are all numbers: `<dt>[1]</dt><dd>...</dd>`."""
    terms = list(islice(element.iter("dt"), MOST))
    numbers = [_number_alone(term) for term in terms]
    if all(numbers):
        entries = separate_entries(element, terms)
        yield from ((number, ListedEntry(entry, element)) for number, entry in zip(numbers, entries, strict=True))


def _table_items(element: Any) -> Iterator[tuple[str, ListedEntry]]:
    """The rows of a table whose first cells are numbers, but for its head."""
    rows = [row for row in islice(element.iter("tr"), MOST) if len(row) > 1]
    numbered = [(_number_alone(row[0]), row) for row in rows]
    if all(number for number, _ in numbered[1:]):
        yield from ((number, ListedEntry(row, row)) for number, row in numbered if number)


def _number_alone(element: Any) -> str:
    """The number that an element consists of: "[1]", "1.", "1"; or ""."""
    words = bounded_text(element, HEAD)
    match = _NUMBER.fullmatch(words) or _BARE_NUMBER.fullmatch(words)
    return next(filter(None, match.groups())) if match else ""


_LISTS = {"ol": _ordered_items, "dl": _defined_items, "table": _table_items}


def _items_of_lines(parts: Iterable[Any]) -> Listed:
    lines = [(line, part) for part in parts for line in _numbered_lines(part)]
    return [entry for line, part in lines if (entry := _numbered(line, part)) is not None]


def _counts_up(items: Listed) -> bool:
    return [number for number, _ in items] == [str(place + 1) for place in range(len(items))]


def _numbered(line: Any, whole: Any) -> tuple[str, ListedEntry] | None:
    match = _NUMBER.match(bounded_text(line, HEAD))
    return (next(filter(None, match.groups())), ListedEntry(line, whole, bool(match[3]))) if match else None


def _numbered_lines(part: Any) -> list[Any]:
    """A paragraph, or an element for each of its lines if several begin with a number."""
    breaks = list(islice(part.iterchildren("br"), MOST))
    lines = separate_entries(part, [part, *breaks]) if breaks else []
    several = sum(_NUMBER.match(bounded_text(line, HEAD)) is not None for line in lines) > 1
    return lines if several else [part]


def works(heading: Any, address: str | None) -> list[tuple[author_years.Work, Any]]:
    """The works of the list behind a heading of sources, each with its element."""
    parts = [
        part
        for element in islice(heading.itersiblings(), MOST)
        for part in (element if element.tag in ("ul", "ol", "div", "section") else (element,))
        if isinstance(part.tag, str)
    ]
    listed = ((author_years.work_of(bounded_text(part, 400), given_by(part, address)), part) for part in parts[:MOST])
    return [(work, part) for work, part in listed if work is not None]
