"""Taking out of a page's tree what no reader sees or what is plainly not the article."""

from __future__ import annotations

import re
from typing import Any

from sources import boilerplate

_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_WORDS = re.compile(
    r"(?:^|[\s_])(?:" + "|".join(map(re.escape, boilerplate.CLASS_WORDS)) + r")(?:$|[\s_-])", re.IGNORECASE
)
_DROPPED = ("figcaption", "dialog", "nav", "template", "button", "select", "svg", "canvas", "object", "embed")
_NEVER = frozenset({"html", "head", "body", "article", "main"})


def prune(tree: Any) -> None:
    """Drop hidden elements, captions, sign-up boxes and lists of other stories from an lxml tree, in place.

    An element that holds most of the page's paragraphs is kept whatever it is called.
    """
    paragraphs = len(tree.findall(".//p"))
    for element in list(tree.iter()):
        if not isinstance(element.tag, str) or element.tag in _NEVER or element.getparent() is None:
            continue
        if element.tag in _DROPPED or _is_hidden(element) or _is_named(element):
            if paragraphs and sum(1 for _ in element.iter("p")) > 0.4 * paragraphs:
                continue
            _drop(element)


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
