"""Reads an entry of references in an HTML page: the element that holds it, its words, and what it gives."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from claims import addresses
from sources import urls
from sources.markup.tree import walk
from sources.references.entries import (
    LINKS,
    Given,
    bare_addresses,
    entry_of,
    referred_back,
    short_addresses,
)

_INLINE = frozenset({"a", "span", "sup", "b", "strong", "i", "em", "small", "cite", "dt"})
_WHOLE = frozenset({"li", "p", "tr", "dd", "td", "section", "aside"})
_JOINING = _INLINE - {"a", "dt"} | {"sub", "wbr", "u", "code", "mark", "font", "q", "abbr"}
_LABELLED = re.compile(r"\A(?:[^\w\s]|\d|[ivx]+\b|\s)+", re.IGNORECASE)
LEVELS = 5  # elements around the number or the anchor of an entry
_LONGEST_NUMBER = 12  # characters
_LONGEST = 3_000  # characters of an entry that are looked at
HEAD = 60  # characters at the start of an element by which its number is told


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
    for _ in range(LEVELS):
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
    alone = parent is not None and parent.tag in _WHOLE and bounded_text(parent, HEAD) == bounded_text(target, HEAD)
    return parent if alone else target


def unlabelled(entry: Any) -> str:
    """The first words of an entry, without its number."""
    return _LABELLED.sub("", bounded_text(entry, 200))


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
