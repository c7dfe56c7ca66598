"""Taking out of a page's tree what no reader sees or what is plainly not the article."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from typing import Any

from sources.markup import boilerplate

_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_WORDS = re.compile(
    r"(?:^|[\s_])(?:" + "|".join(map(re.escape, boilerplate.CLASS_WORDS)) + r")(?:$|[\s_-])", re.IGNORECASE
)
# Scripts as well, so that the extraction takes no text from their data: that is for `page` to allow.
_DROPPED = (
    "script",
    "style",
    "figcaption",
    "dialog",
    "nav",
    "template",
    "button",
    "select",
    "svg",
    "canvas",
    "object",
    "embed",
)
_SENTENCE = 80  # characters of a paragraph that is one
_FEW = 2  # paragraphs that make a box a part of an article
_MOST_CHUNKS = 60
_NEVER = frozenset({"html", "head", "body", "article", "main"})


def prune(tree: Any) -> None:
    """Drop hidden elements, captions, sign-up boxes and lists of other stories from an lxml tree, in place.

    An element that holds most of the page's paragraphs is kept whatever it is called.
    """
    elements = list(tree.iter())
    held = _paragraphs(elements)
    paragraphs = held[tree]
    for element in elements:
        if not isinstance(element.tag, str) or element.tag in _NEVER or element.getparent() is None:
            continue
        if element.tag in _DROPPED or _is_hidden(element) or _is_named(element):
            if paragraphs and held[element] > 0.4 * paragraphs:
                continue
            _drop(element)


def _paragraphs(elements: Sequence[Any]) -> dict[Any, int]:
    """How many paragraphs each element holds, itself included; the elements are in document order."""
    held = dict.fromkeys(elements, 0)
    for element in reversed(elements):
        held[element] += element.tag == "p"
        parent = element.getparent()
        if parent in held:
            held[parent] += held[element]
    return held


def join_chunks(tree: Any) -> None:
    """Put an article that stands in several boxes of one kind (between advertisements) into the first of them.

    The extraction looks for one box that holds the article and would take the longest alone. Boxes are of one
    kind where tag, classes and depth are the same; they must share an `article` or `main` and hold paragraphs
    but no headline, or they are the entries of a list of stories.
    """
    groups: dict[tuple[Any, ...], list[Any]] = {}
    for box in tree.iter("div", "section"):
        whole = sum(1 for child in box if child.tag == "p" and len(child.text_content()) > _SENTENCE)
        if whole >= _FEW and box.get("class") and box.find(".//h1") is None:
            ancestors = list(itertools.islice(box.iterancestors(), 40))
            home = next((node for node in ancestors if node.tag in ("article", "main")), None)
            if home is not None:
                groups.setdefault((home, box.tag, box.get("class"), len(ancestors)), []).append(box)
    for boxes in groups.values():
        for box in boxes[1:_MOST_CHUNKS]:
            boxes[0].extend(list(box))


def _is_hidden(element: Any) -> bool:
    return "hidden" in element.attrib or _HIDDEN.search(element.get("style") or "") is not None


def _is_named(element: Any) -> bool:
    name = f"{element.get('class') or ''} {element.get('id') or ''}"
    return name != " " and _WORDS.search(name) is not None


def _drop(element: Any) -> None:
    """Remove an element and keep the text after it."""
    parent = element.getparent()
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)
