"""The entries of a list of references: which address each gives, and the archived copy of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sources import urls

# What heads a list of references, as a line of its own.
HEADING = re.compile(
    r"[#*_\s]*(?:(?:sources?|references?|footnotes?|endnotes?|notes?|citations?|bibliography|works cited|links|quellen"
    r"|einzelnachweise|literatur|anmerkungen|fu(?:ß|ss)noten)(?: (?:and|&) (?:notes|references|sources))?)[*_:\s]*",
    re.IGNORECASE,
)
# A label that stands for an entry: "[3]", "3", "a", "note 3", "*".
LABEL = re.compile(
    r"[\[(]?\^?(?:(?:note|nb|n|fn)?[ .]?\d{1,4}|[a-z]{1,2}|[ivx]{1,6}|[*†‡§¶]{1,3})[\])]?", re.IGNORECASE
)
_BARE = re.compile(r"https?://[^\s<>\"“”«»]{1,2000}", re.IGNORECASE)
# What a raised digit behind it is no mark of: an area, a power, a formula.
POWER = re.compile(r"(?:\d|(?<![a-z])(?:[kcdm]?m|ft|in|mi|s|CO|H|O)|\))\Z", re.IGNORECASE)
MOST = 2_000  # entries or marks of one page


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """What an entry gives: the address of the source, and of an archived copy."""

    href: str
    copy: str | None = None


def bare_addresses(text: str) -> Iterator[str]:
    """The addresses that are written out in a text, without the punctuation behind them."""
    return (found[0].rstrip(".,;:)]'’”") for found in _BARE.finditer(text))


def entry_of(addresses: Iterable[str], own: str = "") -> Reference | None:
    """The entry with these addresses, in order; None where none of them is a page.

    The first address that is no archived copy, no front page and not on the page's ``own`` host counts. An archived
    copy alone is the address itself.
    """
    found = list(dict.fromkeys(addresses))
    copies = [one for one in found if urls.is_archived(one)]
    pages = [one for one in found if one not in copies and not (own and urls.host(one) == own)]
    deep = [one for one in pages if _is_deep(one)] or pages
    if not deep:
        return Reference(href=copies[0]) if copies else None
    twins = [one for one in copies if urls.key(one) == urls.key(deep[0])] or copies
    return Reference(href=deep[0], copy=twins[0] if twins else None)


def _is_deep(address: str) -> bool:
    parts = urls.address_parts(address)
    return parts is not None and (parts.path not in ("", "/") or bool(parts.query))
