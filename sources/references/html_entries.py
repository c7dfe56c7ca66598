"""Reads the entries of references in an HTML page: what each gives, and where a list of them stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, NamedTuple

from claims import addresses
from sources import urls
from sources.markup.tree import walk
from sources.references import author_years
from sources.references.entries import (
    LINKS,
    MOST,
    Given,
    bare_addresses,
    entry_of,
    given_back,
    heads_list,
    referred_back,
    short_addresses,
)

_INLINE = frozenset({"a", "span", "sup", "b", "strong", "i", "em", "small", "cite", "dt"})
_WHOLE = frozenset({"li", "p", "tr", "dd", "td", "section", "aside"})
_JOINING = _INLINE - {"a", "dt"} | {"sub", "wbr", "u", "code", "mark", "font", "q", "abbr"}
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "p", "div", "strong", "b", "summary"})
_NUMBER = re.compile(
    r"\s*(?:\[(\d{1,3})\]|【(\d{1,3})(?:†[^】]{0,80})?】|\((\d{1,3})\)|\[?#(\d{1,3})\b\]?|(\d{1,3})[.)])"
)
_SIGN = re.compile(r"\s*([*†‡§]{1,3})\s*\w")
_LABELLED = re.compile(r"\A(?:[^\w\s]|\d|[ivx]+\b|\s)+", re.IGNORECASE)
_FIRST = re.compile(r"\s*(?:\[1\]|【1】)")
# The class or name of what holds the notes of a page.
_NOTES = re.compile(r"(?:^|[\s_-])(?:footnotes|endnotes|references|reflist|citations)(?:$|[\s_-])", re.IGNORECASE)
_LEVELS = 5  # elements around the number or the anchor of an entry
_LONGEST_NUMBER = 12  # characters
_LONGEST = 3_000  # characters of an entry that are looked at
_HEAD = 60  # characters at the start of an element by which its number is told
_HEAD_TEXTS = 10  # pieces of text of a heading


def bounded_text(element: Any, most: int = _LONGEST, *, without: Any = ()) -> str:
    """The words of an element, with a space where a block or a link parts them; ``without`` those of some links."""
    pieces: list[str] = []
    length = 0
    inside = None
    for event, node in walk(element):
        if node in without and inside in (None, node):
            inside = node if event == "start" else None
        if inside is not None:
            continue
        parts = node.tag not in _JOINING and node is not element and isinstance(node.tag, str)
        if parts and pieces and (node.tag != "a" or pieces[-1][-1:].isalnum() or pieces[-1][-1:] in "/."):
            pieces.append(" ")
        words = node.text if event == "start" else node.tail if node is not element else None
        pieces.append(words or "")
        length += len(words or "")
        if length > most:
            break
    return " ".join("".join(pieces)[:most].split())


def given_by(home: Any, address: str | None) -> Given:
    """What an entry of the page at ``address`` gives: by its links, and the addresses written out beside them."""
    own_key = urls.key(address) if address else ""
    links = ((link, urls.target(address, link.get("href") or "")) for link in islice(home.iter("a"), LINKS))
    outward = {link: href for link, href in links if href and urls.key(href) != own_key}
    words = bounded_text(home, without=outward)
    bare = [url for bare_url in bare_addresses(words) if (url := urls.target(None, bare_url))]
    written = [] if outward or bare else short_addresses(words)
    return entry_of([*outward.values(), *bare, *written], own=addresses.host(address or ""))


def entry_at(target: Any) -> Any:
    """The element that holds the entry whose number or anchor is at ``target``."""
    home = target
    if home.tag == "dt" and home.getnext() is not None:
        return home.getnext()
    cell = next((node for node in (home, home.getparent()) if node is not None and node.tag in ("td", "th")), None)
    if cell is not None and cell.getparent() is not None and len(bounded_text(cell, 20)) <= _LONGEST_NUMBER:
        return cell.getparent()
    for _ in range(_LEVELS):
        if home.tag in _WHOLE or (home.tag not in _INLINE and _is_more_than_number(home)):
            break
        parent = home.getparent()
        if parent is None or parent.tag in ("body", "dl", "ol", "ul", "table", "tbody", "html"):
            break
        home = parent
    return home


def _is_more_than_number(home: Any) -> bool:
    """Whether an element holds more than the number of an entry, if only "Ibid."."""
    words = bounded_text(home)
    return len(words) > _LONGEST_NUMBER or referred_back(_LABELLED.sub("", words)) is not None


def fuller_entries(home: Any, named: dict[str, Any], order: dict[Any, int]) -> Iterator[Any]:
    """The fuller entries further down to which a short one leads ("Ray 2020, p. 5")."""
    for link in islice(home.iter("a"), LINKS):
        target = named.get((link.get("href") or "").rpartition("#")[2])
        if target is not None and order[target] > order[home]:
            yield target if target.tag not in _INLINE or len(bounded_text(target)) > 12 else target.getparent()


def whole_entry(target: Any) -> Any:
    """The list item or paragraph that consists of an entry."""
    parent = target.getparent()
    alone = parent is not None and parent.tag in _WHOLE and bounded_text(parent, _HEAD) == bounded_text(target, _HEAD)
    return parent if alone else target


def _is_heading(element: Any) -> bool:
    if element.tag not in _HEADINGS or len(element) >= 3:
        return False
    return heads_list(" ".join("".join(islice(element.itertext(), _HEAD_TEXTS)).split()))


def list_heading(root: Any) -> Any | None:
    """The last heading of a list of references, or what it is the last part of."""
    heading = None
    for element in root.iter():
        if _is_heading(element):
            heading = element
    while heading is not None and heading.getnext() is None and heading.getparent() is not None:
        heading = heading.getparent()
    return heading


class ListedEntry(NamedTuple):
    """An entry of a list: an element with its words and links, and the element of the page that holds it."""

    words: Any
    home: Any
    is_round: bool = False  # whether its number is written "(1)"


def closing_items(root: Any) -> dict[str, ListedEntry]:
    """The entries of a list without a heading: paragraphs below each other that begin with "[1]", "[2]" and so on."""
    begins = None
    for element in root.iter():
        if isinstance(element.tag, str) and _FIRST.match(element.text or ""):
            begins = element
    above = () if begins is None else (begins, *islice(begins.iterancestors(), _LEVELS))
    first = next((node for node in above if node.tag in ("p", "li", "div")), None)
    if first is None:
        return {}
    parts = [first, *islice(first.itersiblings(first.tag), MOST)]
    lines = [(line, part) for part in parts for line in _numbered_lines(part)]
    items = [entry for line, part in lines if (entry := _numbered(line, part)) is not None]
    numbers = [number for number, _ in items]
    return dict(items) if len(items) > 1 and numbers == [str(place + 1) for place in range(len(items))] else {}


def noted_items(root: Any) -> dict[str, ListedEntry]:
    """The entries of a list without a heading in an element that is named for them: `<div class="footnotes">`."""
    for element in root.iter("div", "section", "aside", "ol", "ul"):
        if not _NOTES.search(f"{element.get('class') or ''} {element.get('id') or ''}"):
            continue
        parts = [part for part in islice(element, MOST) if isinstance(part.tag, str)]
        lines = [(line, part) for part in parts for line in _numbered_lines(part)]
        items = [entry for line, part in lines if (entry := _numbered(line, part)) is not None]
        if element.tag == "ol":
            items = [(str(number), ListedEntry(item, item)) for number, item in enumerate(parts, 1)]
        if len(items) > 1 and [number for number, _ in items] == [str(place + 1) for place in range(len(items))]:
            return dict(items)
    return {}


def signed_items(root: Any) -> dict[str, ListedEntry]:
    """The notes that begin with a sign and have a link, one for each sign: "* Annual report", "† The bill"."""
    items: dict[str, list[Any]] = {}
    for element in root.iter("p", "li"):
        match = _SIGN.match(bounded_text(element, _HEAD)) if element.find(".//a[@href]") is not None else None
        if match:
            items.setdefault(match[1], []).append(element)
    return {sign: ListedEntry(homes[0], homes[0]) for sign, homes in items.items() if len(homes) == 1}


def unlabelled(entry: Any) -> str:
    """The first words of an entry, without its number."""
    return _LABELLED.sub("", bounded_text(entry, 200))


def given_by_all(items: Iterable[tuple[str, ListedEntry]], address: str | None) -> dict[str, Given]:
    """What the entries of a list give; "Ibid." and "See note 4" give what the entry does to which they refer."""
    known: dict[str, Given] = {}
    before: Given = ()
    for number, entry in items:
        own = given_by(entry.words, address)
        known[number] = before = own or given_back(unlabelled(entry.words), before, known)
    return known


def numbered_items(heading: Any) -> Iterator[tuple[str, ListedEntry]]:
    """The entries of the list behind a heading of sources, with their numbers."""
    for element in islice(heading.itersiblings(), MOST):
        if element.tag == "ol":
            items = islice((item for item in element if item.tag == "li"), MOST)
            yield from ((str(number), ListedEntry(item, item)) for number, item in enumerate(items, 1))
            return
        for part in element if element.tag in ("ul", "div", "section") else (element,):
            if isinstance(part.tag, str):
                yield from (entry for line in _numbered_lines(part) if (entry := _numbered(line, part)) is not None)


def _numbered(line: Any, whole: Any) -> tuple[str, ListedEntry] | None:
    match = _NUMBER.match(bounded_text(line, _HEAD))
    return (next(filter(None, match.groups())), ListedEntry(line, whole, bool(match[3]))) if match else None


def _numbered_lines(part: Any) -> list[Any]:
    """A paragraph, or an element for each of its lines if several begin with a number."""
    breaks = list(islice(part.iterchildren("br"), MOST))
    lines = separate_entries(part, [part, *breaks]) if breaks else []
    several = sum(_NUMBER.match(bounded_text(line, _HEAD)) is not None for line in lines) > 1
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


def separate_entries(home: Any, targets: list[Any]) -> list[Any]:
    """An element for each of the entries that begin at ``targets`` in one element: its own words and links."""
    starts = {target: number for number, target in enumerate(targets)}
    parts = [home.makeelement("p") for _ in targets]
    at = -1
    for event, node in walk(home):
        at = starts.get(node, at) if event == "start" else at
        words = node.text if event == "start" else node.tail if node is not home else None
        if at < 0 or not isinstance(node.tag, str):
            continue
        if event == "start" and node.tag == "a":
            piece = home.makeelement("a", {"href": node.get("href") or ""})
            piece.text = " ".join("".join(islice(node.itertext(), 20)).split())
            parts[at].append(piece)
        _append_words(parts[at], words, apart=node.tag not in _JOINING)
    return parts


def _append_words(part: Any, words: str | None, *, apart: bool) -> None:
    piece = f" {words}" if words and apart else words or ""
    if len(part):
        part[-1].tail = (part[-1].tail or "") + piece
    else:
        part.text = (part.text or "") + piece
