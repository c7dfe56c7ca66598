"""Cuts the HTML of a word processor's document into blocks; all of it is the article."""

from __future__ import annotations

import re
from itertools import islice
from typing import Any

from sources.markup.charset import legal
from sources.markup.tree import MARK, MARK_END, POST, lxml, walk

# Cells that are written again, rows that one spans, and the pieces of text and characters of it.
_MOST_REPEATED, _MOST_ROWS, _CELL_TEXTS, _LONGEST_CELL, _DIGITS = 600, 60, 20, 200, 4
_PLACED = re.compile(rf"\(?{MARK}\d+{MARK_END}\)?")


def own_blocks(root: Any) -> Any:
    """The body of a document that is all article, as the extraction would give it: nothing of it is left out."""
    repeat_spanning_cells(root)
    etree = lxml()[1]
    whole = etree.Element("body")
    for node in root.iter("p", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6"):
        if node.tag == "tr":
            row = etree.SubElement(etree.SubElement(whole, "table"), "row")
            for cell in node.iter("td", "th"):
                etree.SubElement(row, "cell").text = legal(_cell_text(cell))
        elif not any(above.tag == "tr" for above in node.iterancestors()):
            item = node.tag == "li" or (node.tag == "p" and node.getparent().tag == "li")
            place = etree.SubElement(whole, "list") if item else whole
            kind = "item" if item else "p" if node.tag == "p" else "head"
            block = etree.SubElement(place, kind)
            block.text, *rest = (legal(line) for line in _own_lines(node))
            for line in rest:
                etree.SubElement(block, "lb").tail = line
    return whole


def repeat_spanning_cells(root: Any) -> None:
    """Write a cell that spans several rows of a table into each, in place; its links and posts stay in the first.

    The numbers of rows and columns are removed, because the extraction makes as many empty cells of them.
    """
    spanning = (cell for cell in root.iter("td", "th") if _rows_spanned(cell) > 1)
    left = _MOST_REPEATED
    for cell in list(islice(spanning, _MOST_REPEATED)):
        texts = (text for text in islice(cell.itertext(), _CELL_TEXTS) if not text.startswith(POST))
        words = " ".join(_PLACED.sub("", " ".join(texts)[:_LONGEST_CELL]).split())
        place = sum(1 for _ in islice(cell.itersiblings(preceding=True), _MOST_ROWS))
        for row in islice(cell.getparent().itersiblings("tr"), min(_rows_spanned(cell) - 1, left)):
            left -= 1
            again = row.makeelement(cell.tag)
            again.text = words
            row.insert(min(place, len(row)), again)
    for cell in root.iter("td", "th"):
        for name in ("rowspan", "colspan"):
            cell.attrib.pop(name, None)


def _rows_spanned(cell: Any) -> int:
    span = cell.get("rowspan") or ""
    return min(int(span), _MOST_ROWS) if span.isascii() and span.isdigit() and len(span) < _DIGITS else 1


def _own_lines(node: Any) -> list[str]:
    """The words of an element in lines, without those of the paragraphs and lists in it."""
    lines = [node.text or ""]
    for child in node:
        inside = [] if child.tag in ("p", "ul", "ol") else list(walk(child))
        for event, part in inside:
            if event == "start" and part.tag == "br":
                lines.append("")
            lines[-1] += (part.text if event == "start" else part.tail if part is not child else "") or ""
        lines[-1] += child.tail or ""
    return lines


def _cell_text(cell: Any) -> str:
    """The words of a table's cell in one line; its paragraphs and lines are apart."""
    apart = ("p", "br", "li")
    return "".join(
        (" " if event == "start" and part.tag in apart else "") + ((part.text if event == "start" else part.tail) or "")
        for event, part in walk(cell)
        if event == "start" or part is not cell
    )
