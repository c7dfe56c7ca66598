"""Replaces reference marks in HTML (superscripts and "[3]" that lead to an entry of the page) with placeholders.

Each mark is replaced by a placeholder word, which the extraction keeps next to the text before it; `cut` removes it
from the extracted text and returns its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from claims import addresses
from claims.records import Link
from sources import urls
from sources.markup.tree import drop, walk
from sources.references.entries import HEADING, LABEL, MOST, POWER, Reference, bare_addresses, entry_of

_WORD = "zqmark{}zq"
_PLACE = re.compile(r"[ \t]?\[?zqmark(\d+)zq\]?(?:,(?=\[?zqmark))?")
_INLINE = frozenset({"a", "span", "sup", "b", "strong", "i", "em", "small", "cite", "dt"})
_WHOLE = frozenset({"li", "p", "tr", "dd", "td", "section", "aside"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "p", "div", "strong", "b"})
_BOXED = re.compile(r"\[(\d{1,3})\]")
_SUPERSCRIPT = re.compile(r"\s*\d{1,3}\s*")
_NUMBER = re.compile(r"\s*(?:\[(\d{1,3})\]|(\d{1,3})[.)])")
_LEVELS = 5  # elements that an entry is looked for above its anchor
_LONGEST = 3_000  # characters of an entry that are looked at
_HEAD = 60  # characters at the start of an element by which a heading or a number is told
_LINKS = 30  # links of an entry that are looked at


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A reference mark: its label, and the content of its entry, if any."""

    label: str
    entry: Reference | None

    def link(self, place: int) -> Link | None:
        """The mark as a link without words, at its place in the text; None if its entry has no address."""
        if self.entry is None:
            return None
        return Link(span=(place, place), href=self.entry.href, mark=self.label, copy=self.entry.copy)


def take_out_marks(root: Any, address: str | None) -> list[Mark]:
    """Replace every mark of an lxml tree by a placeholder, in place; the n-th placeholder refers to the n-th mark.

    Entries with an address are removed from the tree, because they are not part of the article's text.
    """
    marks: list[Mark] = []
    entries: dict[Any, Reference | None] = {}
    order = {element: place for place, element in enumerate(root.iter())}
    by_name = {name: element for element in order for name in (element.get("id"), element.get("name")) if name}
    for anchor in [node for node in order if node.tag == "a" and "#" in (node.get("href") or "")][:MOST]:
        label = _label(anchor)
        home = _entry_at(anchor, by_name, order, address) if label else None
        if label and home is not None:
            if home not in entries:
                entries[home] = _read(home, by_name, order, address)
            _replace(anchor, _WORD.format(len(marks)))
            marks.append(Mark(label=label, entry=entries[home]))
    if not marks:
        _read_listed_marks(root, address, marks, entries)
    for home in [home for home, entry in entries.items() if entry is not None]:
        if home.getparent() is not None:
            drop(home)
    return marks


def cut_marks(text: str, marks: list[Mark]) -> tuple[str, list[tuple[int, Mark]], list[tuple[int, int]]]:
    """The text without placeholders, the place of each mark, and the removed parts (place, length)."""
    pieces: list[str] = []
    places: list[tuple[int, Mark]] = []
    removed: list[tuple[int, int]] = []
    at = length = 0
    for match in _PLACE.finditer(text):
        if int(match[1]) >= len(marks):
            continue
        pieces.append(text[at : match.start()])
        length += match.start() - at
        at = match.end()
        places.append((length, marks[int(match[1])]))
        removed.append((match.start(), match.end() - match.start()))
    pieces.append(text[at:])
    return "".join(pieces), places, removed


def _label(anchor: Any) -> str:
    text = " ".join("".join(islice(anchor.itertext(), 20)).split())
    return text if len(text) <= 12 and LABEL.fullmatch(text) else ""


def _entry_at(anchor: Any, named: dict[str, Any], order: dict[Any, int], address: str | None) -> Any | None:
    """The entry further down this page to which a link leads; None if it leads elsewhere, or back up."""
    before, _, name = anchor.get("href").partition("#")
    if before and (not address or urls.key(urls.absolute(address, before) or "") != urls.key(address)):
        return None
    target = named.get(name)
    if target is None or order[target] <= order[anchor]:
        return None
    home = target
    for _ in range(_LEVELS):
        if home.tag in _WHOLE or (home.tag not in _INLINE and len(_bounded_text(home)) > 12):
            break
        parent = home.getparent()
        if parent is None or parent.tag in ("body", "ol", "ul", "table", "html"):
            break
        home = parent
    if home.tag == "dt" and home.getnext() is not None:
        home = home.getnext()
    return None if any(above is home for above in islice(anchor.iterancestors(), 600)) else home


def _read(home: Any, named: dict[str, Any], order: dict[Any, int], address: str | None) -> Reference | None:
    """What an entry gives; a short one ("Ray 2020, p. 5") may lead on to the one that has the address."""
    entry = _given(home, address)
    if entry is not None:
        return entry
    for link in islice(home.iter("a"), _LINKS):
        target = named.get((link.get("href") or "").removeprefix("#"))
        if target is not None and order[target] > order[home]:
            place = target if target.tag not in _INLINE or len(_bounded_text(target)) > 12 else target.getparent()
            return _given(place, address)
    return None


def _given(home: Any, address: str | None) -> Reference | None:
    links = (urls.target(address, link.get("href") or "") for link in islice(home.iter("a"), _LINKS))
    outward = [link for link in links if link and not (address and urls.key(link) == urls.key(address))]
    bare = (urls.target(None, bare_url) for bare_url in bare_addresses(_bounded_text(home)))
    return entry_of([*outward, *filter(None, bare)], own=addresses.host(address or ""))


def _bounded_text(element: Any, most: int = _LONGEST) -> str:
    pieces: list[str] = []
    length = 0
    for piece in element.itertext():
        pieces.append(piece)
        length += len(piece)
        if length > most:
            break
    return " ".join("".join(pieces)[:most].split())


def _replace(anchor: Any, token: str) -> None:
    """A bare word in place of a mark's link, and no superscript around it."""
    for child in list(anchor):
        anchor.remove(child)
    anchor.text = token
    for element in (anchor, anchor.getparent()):
        if element is anchor or element.tag == "sup":
            element.tag = "span"
            element.attrib.clear()


def _read_listed_marks(root: Any, address: str | None, marks: list[Mark], entries: dict[Any, Reference | None]) -> None:
    """Marks without links, "[3]" in the text, by the numbered list behind a heading such as "Sources"."""
    numbered = _numbered(root)
    if not numbered:
        return
    inside = {element for home in numbered.values() for element in home.iter()}
    references = {number: _given(home, address) for number, home in numbered.items()}

    def marked(match: re.Match[str]) -> str:
        number = int(match[1])
        if number not in references or len(marks) >= MOST:
            return match[0]
        marks.append(Mark(label=match[0], entry=references[number]))
        return _WORD.format(len(marks) - 1)

    for event, node in walk(root):
        if node in inside or node.tag in ("script", "style", "title"):
            continue
        if event == "end" and node is not root:
            node.tail = _BOXED.sub(marked, node.tail or "")
        elif event == "start":
            if node.tag == "sup" and _SUPERSCRIPT.fullmatch(node.text or "") and not _is_power(node):
                node.tag, node.text = "span", f"[{(node.text or '').strip()}]"
            node.text = _BOXED.sub(marked, node.text or "")
    if marks:
        entries.update({numbered[number]: entry for number, entry in references.items()})


def _is_power(raised: Any) -> bool:
    before = raised.getprevious()
    text = before.tail if before is not None else raised.getparent().text
    return POWER.search((text or "")[-4:]) is not None


def _numbered(root: Any) -> dict[int, Any]:
    """The entries of the last list behind a heading of sources, by their numbers."""
    heading = None
    for element in root.iter():
        if element.tag in _HEADINGS and len(element) < 3 and HEADING.fullmatch(_bounded_text(element, _HEAD)):
            heading = element
    while heading is not None and heading.getnext() is None and heading.getparent() is not None:
        heading = heading.getparent()
    return dict(_numbered_items(heading)) if heading is not None else {}


def _numbered_items(heading: Any) -> Iterator[tuple[int, Any]]:
    for element in islice(heading.itersiblings(), MOST):
        if element.tag == "ol":
            yield from enumerate(islice((item for item in element if item.tag == "li"), MOST), 1)
            return
        for part in element if element.tag in ("ul", "div", "section") else (element,):
            match = _NUMBER.match(_bounded_text(part, _HEAD)) if isinstance(part.tag, str) else None
            if match:
                yield int(match[1] or match[2]), part
