"""Markup to a tree, within bounds of size and depth."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice
from types import ModuleType
from typing import Any

from sources.markup.glance import without_heavy

# Characters of markup that are parsed: what is left of real pages without scripts, styles and drawings, which are
# dropped first, stays under a third of it. The extraction takes about 4 s for so much on one core.
MAX_MARKUP = 1_200_000
# Tags that are parsed: the fullest of 102 saved news pages has 3,163. So many in empty paragraphs take the extraction
# 2.4 s on one core and 60 MB; as many as fit into MAX_MARKUP (300,000) took it five times that, and 500 MB.
MAX_TAGS = 60_000
_LIGHT = 300_000  # characters below which nothing needs to be dropped
_DEEPEST = 600  # levels; real pages stay under 100, and the extraction takes quadratic time in the depth
_INLINED = re.compile(r"data:[\w/+.-]{3,60};base64,[A-Za-z0-9+/=\s]{200,}")


def lightened(markup: str) -> str:
    """The markup without what is heavy and holds no text, and never past `MAX_MARKUP` and `MAX_TAGS`."""
    markup = markup.replace("\x00", "")
    if len(markup) > _LIGHT:
        markup = _INLINED.sub("", without_heavy(markup))
    markup = markup[:MAX_MARKUP]
    if markup.count("<") <= MAX_TAGS:
        return markup
    *_, last = islice(re.finditer("<", markup), MAX_TAGS + 1)
    return markup[: last.start()]


def parse(markup: str) -> Any | None:
    """The page as lxml reads it; of one nested deeper than any real page only the upper levels."""
    tree = _parsed(markup, huge=True)
    deepest = 0 if tree is None else max(_depths(tree))
    return _parsed(markup, huge=False) if deepest > _DEEPEST else tree


def _parsed(markup: str, *, huge: bool) -> Any | None:
    """Parse; without ``huge`` libxml2 stops at 256 levels. None where there is nothing to parse."""
    lxml_html, etree = lxml()
    parser = lxml_html.HTMLParser(
        encoding="utf-8",
        huge_tree=huge,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
        default_doctype=False,
    )
    try:
        return lxml_html.document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None


def _depths(tree: Any) -> Iterator[int]:
    depth = 0
    for event, node in walk(tree):
        if isinstance(node.tag, str):
            depth += 1 if event == "start" else -1
            yield depth


@cache
def lxml() -> tuple[ModuleType, ModuleType]:
    """The modules ``html`` and ``etree`` of lxml, loaded when markup is parsed first."""
    from lxml import etree, html  # type: ignore[import-untyped]  # noqa: PLC0415  no stubs; loaded when needed

    return html, etree


def walk(root: Any) -> Iterator[tuple[str, Any]]:
    """("start", element) and ("end", element) in document order; of comments only the end, for their tails.

    The elements are lxml's; no depth of nesting is too deep.
    """
    stack: list[tuple[str, Any]] = [("start", root)]
    while stack:
        event, node = stack.pop()
        if not isinstance(node.tag, str):
            yield "end", node
            continue
        yield event, node
        if event == "start":
            stack.append(("end", node))
            stack.extend(("start", child) for child in reversed(node))
