"""Parses markup to a tree within limits of size and depth."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice
from types import ModuleType
from typing import Any

from sources.markup import charset
from sources.markup.glance import without_heavy

# Characters of markup that are parsed: what is left of real pages without scripts, styles and drawings, which are
# dropped first, stays under a third of it. The extraction takes about 4 s for so much on one core.
MAX_MARKUP = 1_200_000
# Tags that are parsed: the fullest of 102 saved news pages has 3,163. So many in paragraphs of a word take the
# extraction 2 s on one core and 60 MB, and as many as fit into MAX_MARKUP (300,000) take it ten times that.
MAX_TAGS = 20_000
# Pairs of an element and one that it lies in: real pages of 3,000 tags have under 100,000. 100 boxes around 10,000
# paragraphs make a million, which take the extraction 3 s.
MAX_NESTED = 400_000
_LIGHT = 300_000  # characters below which nothing needs to be dropped
_DEEPEST = 600  # levels; real pages stay under 100, and the extraction takes quadratic time in the depth
# Attributes of a tag that are kept: the fullest tag of 102 saved news pages has 36. The parser compares each with all
# before it, which took 22 s for 60,000 of them on one tag.
MAX_ATTRIBUTES = 200
_ATTRIBUTE = r"""[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+))?+"""
_OVERFULL = re.compile(rf"(<[a-zA-Z][^\s/>]*+(?:{_ATTRIBUTE}){{{MAX_ATTRIBUTES}}}+)(?:{_ATTRIBUTE})++[\s/]*+>?")
_UNSEEN = frozenset({"script", "style", "noscript", "template", "nav", "head"})
_SITE = frozenset({"header", "footer"})
# A quotation that begins so has its marks in the text.
_SPELT = frozenset({"“", "‘", "„", "«", "»", '"', "'"})
# What begins and ends the words that stand for reference marks and posts while the text is extracted, around a number:
# letters only, so that nothing splits them.
MARK, POST, MARK_END = "zqmark", "zqpostzq", "zq"
_INLINED = re.compile(r"data:[\w/+.-]{3,60};base64,[A-Za-z0-9+/=\s]{200,}")


def lightened(markup: str) -> tuple[str, bool]:
    """The markup without large parts that contain no text, and whether it was cut to the limits above.

    Invalid characters are removed here, before parsing, so that spans are not affected.
    """
    markup = charset.visible(charset.legal(markup))
    if len(markup) > _LIGHT:
        markup = _INLINED.sub("", without_heavy(markup))
    end = min(len(markup), MAX_MARKUP)
    if markup.count("<", 0, end) > MAX_TAGS:
        *_, last = islice(re.finditer("<", markup), MAX_TAGS + 1)
        end = last.start()
    return _OVERFULL.sub(r"\1>", markup[:end]), end < len(markup)


def parse_markup(markup: str) -> Any | None:
    """The page as an lxml tree; of a page nested deeper than any real one only the upper levels."""
    tree = _parsed(markup, huge=True)
    deepest = 0 if tree is None else max(_depths(tree))
    read = _parsed(markup, huge=False) if deepest > _DEEPEST else tree
    if read is not None:
        _spell_quotations(read)
    return read


def cut_nested(tree: Any) -> bool:
    """Remove from a tree, in place, everything after the first `MAX_NESTED` pairs of element and ancestor.

    This limits the time of the extraction, which visits all descendants of each element. Returns whether anything was
    removed.
    """
    depth = pairs = 0
    late: list[Any] = []
    for event, node in walk(tree):
        if not isinstance(node.tag, str):
            continue
        depth += 1 if event == "start" else -1
        pairs += depth if event == "start" else 0
        if event == "start" and pairs > MAX_NESTED:
            late.append(node)
    for node in reversed(late):
        node.getparent().remove(node)
    return bool(late)


def _spell_quotations(tree: Any) -> None:
    """Give the quotations that are marked up (``q``) the quotation marks that a browser shows around them, in place."""
    quotations = list(tree.iter("q"))
    for quotation in quotations:
        nested = any(above.tag == "q" for above in quotation.iterancestors())
        if not _is_spelt(quotation):
            opening, closing = ("‘", "’") if nested else ("“", "”")
            quotation.text = opening + (quotation.text or "").lstrip()
            if len(quotation):
                quotation[-1].tail = (quotation[-1].tail or "").rstrip() + closing
            else:
                quotation.text = quotation.text.rstrip() + closing
    for quotation in quotations:
        quotation.drop_tag()


def _is_spelt(quotation: Any) -> bool:
    """Whether the text has the marks of a quotation itself, in it or right before it."""
    before = quotation.getprevious()
    lead = quotation.getparent().text if before is None else before.tail
    own = "".join(quotation.itertext()).lstrip()
    return bool({own[:1], (lead or "")[-1:]} & _SPELT)


def _parsed(markup: str, *, huge: bool) -> Any | None:
    """Parse; without ``huge`` libxml2 stops at 256 levels. None if there is nothing to parse."""
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
    """The modules ``html`` and ``etree`` of lxml, imported on first use."""
    from lxml import etree, html  # type: ignore[import-untyped]  # noqa: PLC0415  no stubs; loaded when needed

    return html, etree


def drop(element: Any) -> None:
    """Remove an lxml element from its tree and keep the text after it."""
    parent = element.getparent()
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def walk(root: Any) -> Iterator[tuple[str, Any]]:
    """("start", element) and ("end", element) in document order; of comments only the end, for their tails.

    The elements are lxml's; any depth of nesting is possible.
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


def shown_words(root: Any) -> str:
    """The words that a page shows, in order, without navigation and the site's own head and foot."""
    pieces: list[str] = []
    left_out: list[Any] = []
    for event, node in walk(root):
        if event == "start":
            if node.tag in _UNSEEN or (node.tag in _SITE and not _is_in_article(node)):
                left_out.append(node)
            if not left_out:
                pieces.append(node.text or "")
            continue
        if left_out and left_out[-1] is node:
            left_out.pop()
        if not left_out:
            pieces.append(node.tail or "")
    return " ".join(" ".join(pieces).split())


def _is_in_article(node: Any) -> bool:
    return any(above.tag in ("article", "main") for above in islice(node.iterancestors(), _DEEPEST))
