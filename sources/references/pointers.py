"""Finds marks that name their entries by an attribute, as scripts and style sheets number them, or have them in one.

`<cite data-ref="ray2020"></cite>`, `<span class="cite" data-cite="a b">2</span>`, `<sup title="https://...">2</sup>`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from sources.references.entries import LABEL, MOST, bare_addresses, is_power

_TAGS = frozenset({"a", "cite", "d-cite", "d-footnote", "i", "span", "sup"})
_ATTRIBUTE = re.compile(r"(?:data-)?(?:bib|cit(?:e|es|ation)|fn|(?:foot|end)?note|key|refs?|rid)(?:-?ids?)?")
_TITLES = ("title", "data-title", "data-original-title", "data-tooltip", "aria-label")
_MOST_NAMES = 20  # of one mark


def marks_by_attribute(order: Mapping[Any, int], named: Mapping[str, Any]) -> list[tuple[Any, str, list[Any]]]:
    """The elements of a page that are such marks, each with its label and the elements named, which stand below it.

    One whose entry the page does not have is a mark, too, if others of its kind have one.
    """
    marks = list(_named_by_attribute(order))[:MOST]
    sure = {
        (mark.tag, attribute)
        for mark, attribute, names in marks
        if any(order.get(named.get(name), -1) > order[mark] for name in names)
    }
    return [
        (mark, names[0], [named[name] for name in names if order.get(named.get(name), -1) > order[mark]])
        for mark, attribute, names in marks
        if (mark.tag, attribute) in sure
    ]


def _named_by_attribute(order: Mapping[Any, int]) -> Iterator[tuple[Any, str, list[str]]]:
    for element in order:
        words = (element.text or "").strip() if element.tag in _TAGS and len(element) == 0 else None
        if words is None or (words and not LABEL.fullmatch(words)) or element.get("href"):
            continue
        for attribute, value in element.attrib.items():
            names = [name.lstrip("#@") for name in re.split(r"[\s,;]+", value.strip())[:_MOST_NAMES]]
            if _ATTRIBUTE.fullmatch(attribute) and any(names):
                yield element, attribute, names
                break


def marks_with_titles(order: Mapping[Any, int]) -> list[tuple[Any, str, str]]:
    """The raised or bracketed numbers of a page with the words that show when one points at them.

    They are marks if one of them has an address there; those without one are then marks without a source.
    """
    titled = list(_with_titles(order))[:MOST]
    return titled if any(any(bare_addresses(title)) for _, _, title in titled) else []


def _with_titles(order: Mapping[Any, int]) -> Iterator[tuple[Any, str, str]]:
    for element in order:
        title = next(filter(None, map(element.get, _TITLES)), None) if element.tag in _TAGS else None
        if title is None or element.get("href"):
            continue
        words = "".join(element.itertext()).strip() if len(element) < 2 else ""
        raised = element.tag == "sup" or (len(element) == 1 and element[0].tag == "sup" and not element.text)
        labelled = words and LABEL.fullmatch(words) and (raised or words[0] in "[(")
        if labelled and not is_power(_words_before(element), len(_words_before(element))):
            yield element, words, title


def _words_before(element: Any) -> str:
    previous = element.getprevious()
    return (previous.tail if previous is not None else element.getparent().text) or ""
