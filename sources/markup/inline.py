"""Keeps the words of an element that stands inside a sentence, whatever the element is called.

A name that opens a card, an abbreviation with a tooltip, a button on a word of a glossary, a date in `time`: a reader
sees them as words of the sentence, but they look like controls of the page. The card that such an element opens is not
part of the sentence and is removed.
"""

from __future__ import annotations

import re
from typing import Any

from sources.markup import boilerplate
from sources.markup.tree import drop, walk

_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CONTROLS = frozenset({"button", "noscript", "label", "time", "output", "code"})  # the extraction drops or parts them
_TEXT_TAGS = frozenset(
    {
        *("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "data", "dfn", "em", "font", "i", "ins", "kbd"),
        *("mark", "q", "samp", "small", "span", "strong", "sub", "sup", "tt", "u", "var"),
    }
)
_SILENT = frozenset({"script", "style", "template"})
_BLOCKS = frozenset({"div", "section", "aside", "p", "ul", "ol", "dl", "table", "figure", "img", "svg", "dialog"})
# A name that says that the element opens something; the other names of `boilerplate` are those of parts to leave out.
_OPENER = re.compile(r"rollover|tooltip|popover|popup|modal|hover-?card", re.IGNORECASE)
_CARD = re.compile(
    rf"(?:{_OPENER.pattern})(?:[\w-]*[-_])?"
    r"(?:text|content|body|inner|block|box|bubble|card|message|definition|panel|wrapper|info)(?:$|[\s_-])",
    re.IGNORECASE,
)
_LEFT_OUT = re.compile(
    rf"(?:^|[\s_])(?:{'|'.join(re.escape(word) for word in boilerplate.CLASS_WORDS if not _OPENER.search(word))})"
    r"(?:$|[\s_-])|(?:^|[\s_-])(?:hid(?:e|den)|invisible|collapsed|no-?print|print|mobile|desktop)(?:$|[\s_-])",
    re.IGNORECASE,
)
# What the controls of a page say, and what may stand around such a word; a button may also be a mark or a number.
_CONTROL = (
    r"share|tweet|pin|like|e-?mail|print|copy|copied|link|save|saved|follow|following|close|open|play|pause|listen|watch"
    r"|more|less|show|hide|read|expand|collapse|next|previous|back|menu|search|info|facebook|twitter|whatsapp|linkedin"
    r"|reddit|telegram|comments?|subscribe|sign|toggle|definition"
)
_BESIDE = r"[\W\d_]|\b(?:i|x|on|to|via|this|article|story|and|post|up|in|now)\b"
_CONTROL_WORDS = re.compile(rf"(?:{_BESIDE})*\b(?:{_CONTROL})\b(?:{_BESIDE}|\b(?:{_CONTROL})\b)*", re.IGNORECASE)
_BESIDES = re.compile(rf"(?:{_BESIDE})*", re.IGNORECASE)
_BUTTONS = frozenset({"button", "label", "noscript"})
_LONGEST = 120  # characters of the words of such an element
_SEEN = 60  # characters before and after it that are looked at
_ENDED = re.compile(r"(?:^|[.!?:;…|•·\n])[\"'”’)\]\s]*$")
_GOES_ON = re.compile(r"\s*(?:[a-z,;)\]]|['’]s\b|\()")
_ENDS = re.compile(r"[.!?][\"'”’)]*$")


def keep_words(tree: Any) -> None:
    """Turn the elements inside sentences that look like controls into plain spans, in place, and drop their cards."""
    line, places = _page_line(tree)
    for element, (start, end) in places.items():
        before, after = line[max(0, start - _SEEN) : start], line[end : end + _SEEN]
        if element.getparent() is None or not _looks_like_control(element) or _is_own_card(element, before):
            continue
        words, cards = _words_and_cards(element)
        if words and not _says_control(element, words) and _in_sentence(before, words, after):
            for card in cards:
                drop(card)
            _make_plain(element)


def _says_control(element: Any, words: str) -> bool:
    """Whether the words are those of a control, or too many for a part of a sentence."""
    mark = element.tag in _BUTTONS and _BESIDES.fullmatch(words) is not None
    return mark or len(words) > _LONGEST or _CONTROL_WORDS.fullmatch(words) is not None


def is_card(element: Any) -> bool:
    """Whether an element is what another one opens: by its role, or by a name such as "tooltip-text"."""
    return element.get("role") == "tooltip" or _CARD.search(class_and_id(element)) is not None


def _page_line(tree: Any) -> tuple[str, dict[Any, tuple[int, int]]]:
    """The page's text, a line for each block, and the place in it of every element that may stand in a sentence."""
    pieces: list[str] = []
    places: dict[Any, tuple[int, int]] = {}
    length = 0

    def add(text: str | None) -> None:
        nonlocal length
        if text:
            pieces.append(text)
            length += len(text)

    for event, node in walk(tree):
        inline = isinstance(node.tag, str) and _is_inline(node.tag)
        if event == "start":
            if inline:
                places[node] = (length, length)
            else:
                add("\n\n")
            if node.tag not in _SILENT:
                add((node.text or "").replace("\n", " "))
            continue
        if inline:
            places[node] = (places[node][0], length)
        elif isinstance(node.tag, str):
            add("\n\n")
        add((node.tail or "").replace("\n", " "))
    return "".join(pieces), places


def _is_inline(tag: str) -> bool:
    return tag in _TEXT_TAGS or tag in _CONTROLS or "-" in tag


def class_and_id(element: Any) -> str:
    """The names of an element, separated by blanks."""
    return f"{element.get('class') or ''} {element.get('id') or ''}"


def _looks_like_control(element: Any) -> bool:
    """Whether something may take an element for a control that the page does not say is unseen or not the article."""
    name = class_and_id(element)
    if element.tag not in _CONTROLS and name == " " and element.get("role") is None:
        return False
    return not (_is_unseen(element) or is_card(element) or _LEFT_OUT.search(name))


def is_hidden(element: Any) -> bool:
    """Whether the page itself hides an element, by its attribute or its style."""
    return "hidden" in element.attrib or _HIDDEN_STYLE.search(element.get("style") or "") is not None


def _is_unseen(element: Any) -> bool:
    return is_hidden(element) or element.get("aria-hidden") == "true"


def _is_own_card(element: Any, before: str) -> bool:
    """Whether an element with the name of an opener stands right behind the word or the element that opens it."""
    if not _OPENER.search(class_and_id(element)):
        return False
    sibling = element.getprevious()
    beside = sibling is not None and isinstance(sibling.tag, str) and not (sibling.tail or "").strip()
    return before[-1:].isalnum() or (beside and _is_inline(sibling.tag))


def _words_and_cards(element: Any) -> tuple[str, list[Any]]:
    """An element's own words, and the outermost parts that are not: unseen ones, blocks, and what its words open.

    Of an element with too many words for a part of a sentence they are not all read.
    """
    words: list[str] = []
    cards: list[Any] = []
    inside: Any = None
    length = 0  # without blanks
    for event, node in walk(element):
        if event == "start":
            if inside is None and node is not element and _is_no_word(node, spoken=length > 0):
                inside = node
                cards.append(node)
            piece = " " if node.tag == "br" else node.text
        else:
            inside = None if node is inside else inside
            piece = node.tail if node is not element else None
        if inside is None and piece:
            words.append(piece)
            length += len("".join(piece.split()))
        if length > _LONGEST:
            break
    return " ".join("".join(words).split()), cards


def _is_no_word(node: Any, *, spoken: bool) -> bool:
    """Whether a part of an element in a sentence is not a word of it; ``spoken`` if words of the element precede it."""
    opened = spoken and _OPENER.search(class_and_id(node)) is not None
    return (
        opened or node.tag in _BLOCKS or _is_unseen(node) or is_card(node) or bool(_LEFT_OUT.search(class_and_id(node)))
    )


def _in_sentence(before: str, words: str, after: str) -> bool:
    """Whether the words go on with the sentence before them, or the sentence after them goes on with these words."""
    line_after = after.partition("\n")[0]
    if _GOES_ON.match(line_after):
        return True
    return _ENDED.search(before) is None and bool(_ENDS.search(words) or line_after.strip(" |•·"))


def _make_plain(element: Any) -> None:
    for node in [element, *element.iterdescendants()]:
        if isinstance(node.tag, str) and node.tag not in _TEXT_TAGS and node.tag != "br":
            node.tag = "span"
        for attribute in ("class", "id", "role"):
            node.attrib.pop(attribute, None)
