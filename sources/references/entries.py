"""Reads the entries of a list of references: the address that each gives, and its archived copy."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass

from claims.addresses import address_parts, host
from sources import urls

# What heads a list of references, as a line of its own.
_HEADING = re.compile(
    r"[^\w\n]*(?:\d{1,2}\.?\s+)?(?:(?:sources?|references?|footnotes?|endnotes?|notes?|citations?|bibliography"
    r"|works cited|literature|links|quellen(?:verzeichnis)?|einzelnachweise|literatur(?:verzeichnis)?|anmerkungen"
    r"|fu(?:ß|ss)noten)"
    r"(?: (?:and|&) (?:notes|references|sources)| list| cited| used| consulted)?)[*_:\s]*",
    re.IGNORECASE,
)
_LONGEST_HEADING = 60  # characters
# A label that stands for an entry: "[3]", "3", "a", "note 3", "*"; "[3:1]" is the second mark of one entry.
LABEL = re.compile(
    r"[\[(]?\^?(?:(?:note|nb|n|fn)?[ .]?\d{1,4}(?::\d{1,3})?|[a-z]{1,2}|[ivx]{1,6}|[*†‡§¶]{1,3})[\])]?", re.IGNORECASE
)
_BARE = re.compile(r"https?://[^\s<>\"“”«»【】↩↑⤴⬆⏎]{1,2000}", re.IGNORECASE)
# The word in front of a number: "[Source 3]".
NUMBERED_WORD = r"(?:[Ss]ources?|[Rr]ef(?:erence)?s?\.?|[Qq]uellen?|[Dd]oc(?:ument)?s?|[Cc]itations?)"
# An entry that refers to the one before it, or to another by its number.
_SAME = re.compile(r"(?:ibid(?:em)?|ebd|ebenda)\b\.?(?=[\s.,;:)]|\Z)", re.IGNORECASE)
_ANOTHER = re.compile(
    r"(?:see |cf\. |as in |siehe )?(?:above,? |supra,? )?"
    r"(?:(?:foot|end)?note|n\.|fn\.?|reference|anm\.) ?\[?(\d{1,4})\]?",
    re.IGNORECASE,
)
# What a raised digit behind it is no mark of: an area, a power, a formula.
POWER = re.compile(r"(?:\d|(?<![a-z])(?:[kcdm]?m|ft|in|mi|s|CO|H|O)|\))\Z", re.IGNORECASE)
# Pages of a site that tell who somebody or what something is.
_NO_DOCUMENT = re.compile(
    r"/(?:wiki|w|authors?|people|persons?|profiles?|staff|team|experts?|fellows?|contributors?|tags?|topics?|subjects?"
    r"|categor(?:y|ies)|search|glossary)(?:/|\Z|\.)",
    re.IGNORECASE,
)
MOST = 2_000  # entries or marks of one page


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """The content of an entry: the address of the source, and of an archived copy."""

    href: str
    copy: str | None = None
    only: bool = True  # whether the entry gives no other page


def heads_list(line: str) -> bool:
    """Whether a line is the heading of a list of references."""
    return len(line) <= _LONGEST_HEADING and _HEADING.fullmatch(line) is not None


def bare_addresses(text: str) -> Iterator[str]:
    """The addresses written out in a text, without the punctuation after them."""
    return (match[0].rstrip(".,;:)]'’”") for match in _BARE.finditer(text))


def entry_of(addresses: Iterable[str], own: str = "") -> Reference | None:
    """The entry with these addresses, in order; None if none of them is a page.

    Its address is the first that is not an archived copy, not a front page and not on the page's ``own`` host; if there
    is none, the first document on that host. If there is only an archived copy, that is its address.
    """
    distinct = list(dict.fromkeys(addresses))
    copies = [url for url in distinct if urls.is_archived(url)]
    originals = [url for url in distinct if url not in copies]
    pages = [url for url in originals if not (own and host(url) == own)]
    deep = [url for url in pages if _is_deep(url)] or pages or list(filter(_is_document, originals))
    if not deep:
        return Reference(href=copies[0]) if copies else None
    twins = [url for url in copies if urls.key(url) == urls.key(deep[0])] or copies
    return Reference(href=deep[0], copy=twins[0] if twins else None, only=len(deep) == 1)


def referred_back(words: str) -> str | None:
    """Which entry one without an address refers to: "" is the one before it ("Ibid."), "4" that number; or None."""
    if _SAME.match(words):
        return ""
    match = _ANOTHER.match(words)
    return match[1] if match else None


def named_entries(label: str, known: Container[str]) -> list[str]:
    """The entries that a label names: "3", "3, 5" or "3–5"; none where one of them is not known."""
    if label.removeprefix("^") in known:
        return [label.removeprefix("^")]
    names: list[str] = []
    for part in re.split(r"\s*[,;]\s*", label.replace("^", "")):
        first, dash, last = re.sub(r"\s", "", part).replace("–", "-").partition("-")
        if not first.isdigit() or (dash and not last.isdigit()):
            return []
        names += map(str, range(int(first), min(int(last or first), int(first) + 20) + 1))
    return [name for name in names if name in known] if all(name in known for name in names) else []


def count_up(numbers: Iterable[str]) -> bool:
    """Whether numbers are 1, 2 and so on in the order in which they first occur."""
    firsts = list(dict.fromkeys(numbers))
    return firsts == [str(number) for number in range(1, len(firsts) + 1)]


def _is_document(address: str) -> bool:
    """Whether a page of the own site may be a source: no front page, and none of a person, a subject or a wiki."""
    parts = address_parts(address)
    return parts is not None and _is_deep(address) and not _NO_DOCUMENT.search(parts.path)


def _is_deep(address: str) -> bool:
    parts = address_parts(address)
    return parts is not None and (parts.path not in ("", "/") or bool(parts.query))
