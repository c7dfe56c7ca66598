"""Removes invisible elements and elements that are not part of the article from a page's tree."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sources.markup import boilerplate, inline, markers
from sources.markup.document_blocks import repeat_spanning_cells
from sources.markup.tree import drop

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
    "del",
    "s",
    "strike",
)
_SENTENCE = 80  # characters of a paragraph that is one
_FEW = 2  # paragraphs that make a box a part of an article
_MOST_CHUNKS = 60
_OVERLAYS = ("dialog", "alertdialog")
_SILENT = ("script", "style", "noscript", "template")
_BOXES = ("div", "section", "aside", "form", "dialog", "footer", "details", "fieldset")
_TEXT = 15  # minimum length in characters of running text; buttons and labels are shorter
_LONG = (
    60  # minimum length in characters of text other than labels: a box without such text outside it is the page itself
)
_READER = re.compile(r"\b(?:you|your|this page|ihre?|votre|vos)\b", re.IGNORECASE)
# What a text for the reader of a form has, and no sentence that tells something.
_ASKING = re.compile(r"\?\s*\Z|\b(?:vote|readers?|subscribe|sign up|newsletter)\b", re.IGNORECASE)
_REMARK = re.compile(
    r"\[\s*(?:[a-z]+ needed|who|when|where|which|by whom|according to whom|dubious|vague)[^\]\d]*\]", re.IGNORECASE
)
_FEW_TEXTS, _REMARK_LENGTH = 8, 60
_FORM_TEXTS, _FORM_TEXT = 5, 160  # texts of a box that is a form, and characters of one
_LOOKED_AT = 2_000  # characters of a text or a name that are looked at
_NEVER = frozenset({"html", "head", "body", "article", "main"})


def prune(tree: Any) -> None:
    """Drop hidden elements, captions, deleted words, sign-up boxes, lists of other stories, consent dialogues, forms.

    The lxml tree is changed in place. An element with most of the page's paragraphs is kept whatever its name, unless
    its words are those of a dialogue.
    """
    repeat_spanning_cells(tree)
    elements = list(tree.iter())
    for element in _dialogues(elements):
        drop(element)
    inline.keep_words(tree)
    elements = list(tree.iter())
    counts = _paragraph_counts(elements)
    paragraphs = counts[tree]
    for element in elements:
        if not isinstance(element.tag, str) or element.tag in _NEVER or element.getparent() is None:
            continue
        if (
            element.tag in _DROPPED
            or inline.is_hidden(element)
            or _is_named(element)
            or _is_remark(element)
            or element.get("role") in _OVERLAYS
        ):
            if paragraphs and counts[element] > 0.4 * paragraphs:
                continue
            drop(element)


def _dialogues(elements: Sequence[Any]) -> list[Any]:
    """The outermost boxes whose words ask for consent or feedback and that contain no headline and no article.

    For a box that overlays the page, or is named so, a quarter of the texts must be such words; any other box outside
    the article must mostly consist of them and address the reader. Linear in the number of elements.
    """
    counts = {element: _Told() for element in elements}
    for element in reversed(elements):
        own, parent = counts[element], element.getparent()
        if element.tag not in _SILENT:
            own.see(element.text)
        own.whole |= element.tag in ("h1", "article", "main")
        own.controls |= _is_field(element)
        if parent in counts:
            counts[parent].add(own)
            counts[parent].see(element.tail)
    boxes: dict[Any, None] = {}
    inside: set[Any] = set()
    nested: set[Any] = set()
    for element in elements:
        parent = element.getparent()
        if parent in inside or element.tag in ("article", "main"):
            inside.add(element)
        if parent in boxes or parent in nested:
            nested.add(element)
        elif element.tag not in _BOXES or counts[element].whole or parent is None:
            continue
        elif counts[element].asks(laid_over=_is_overlay(element), inside=element in inside):
            boxes[element] = None
    remaining = counts[elements[0]].long - sum(counts[element].long for element in boxes)
    return list(boxes) if remaining > 0 else []


@dataclass(slots=True)
class _Told:
    """How many texts an element holds, how many ask for consent or feedback, or address the reader, or are long.

    ``whole`` where a headline or an article lies in it, ``controls`` where something can be filled in, and ``tells``
    where a sentence tells something.
    """

    texts: int = 0
    notices: int = 0
    addressed: int = 0
    long: int = 0
    whole: bool = False
    controls: bool = False
    tells: bool = False
    longest: int = 0

    def see(self, text: str | None) -> None:
        """Count a text of its own."""
        words = " ".join(text[:_LOOKED_AT].split()) if text else ""
        # Also where a link or bold words end before the full stop.
        ends = words.endswith((".", ".”", '."'))
        if not ends and len(words) < _TEXT:
            return
        notice, addressed = (pattern.search(words) is not None for pattern in (markers.NOTICES, _READER))
        self.tells |= ends and not (notice or addressed or _ASKING.search(words))
        if len(words) >= _TEXT:
            self.texts += 1
            self.notices += notice
            self.addressed += addressed
            self.long += len(words) >= _LONG
            self.longest = max(self.longest, len(words))

    def add(self, other: _Told) -> None:
        """Count those of an element in it."""
        self.texts += other.texts
        self.notices += other.notices
        self.addressed += other.addressed
        self.long += other.long
        self.whole |= other.whole
        self.controls |= other.controls
        self.tells |= other.tells
        self.longest = max(self.longest, other.longest)

    def asks(self, *, laid_over: bool, inside: bool) -> bool:
        """Whether these are the texts of a dialogue."""
        if laid_over:
            return self.notices >= max(1, 0.25 * self.texts)
        if inside:  # a poll, a question to the reader with fields for the answer
            asks = self.controls and not self.tells
            return asks and 0 < self.texts <= _FORM_TEXTS and self.longest <= _FORM_TEXT
        return bool(self.addressed) and self.notices >= 0.6 * self.texts


def _is_field(element: Any) -> bool:
    """Whether it is a field for an answer: a choice of several, or a text to fill in. Checkboxes fold answers out."""
    return element.tag == "textarea" or (element.tag == "input" and element.get("type") in ("radio", "text", "email"))


def _is_overlay(element: Any) -> bool:
    if element.get("role") in _OVERLAYS or element.get("aria-modal") == "true" or element.tag == "dialog":
        return True
    name = f"{element.get('class') or ''} {element.get('id') or ''}"[:_LOOKED_AT]
    return boilerplate.DIALOGUE_NAMES.search(name) is not None


def _paragraph_counts(elements: Sequence[Any]) -> dict[Any, int]:
    """The number of paragraphs in each element including itself; ``elements`` are in document order."""
    counts = dict.fromkeys(elements, 0)
    for element in reversed(elements):
        counts[element] += element.tag == "p"
        parent = element.getparent()
        if parent in counts:
            counts[parent] += counts[element]
    return counts


def join_chunks(tree: Any) -> None:
    """Move an article that is split over several boxes of one kind (between advertisements) into the first of them.

    The extraction looks for a single box with the article and would only take the longest one. Boxes are of one kind
    if tag, classes and depth are the same; they must share an `article` or `main` and contain paragraphs but no
    headline, because otherwise they are the entries of a list of stories.
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


def _is_remark(element: Any) -> bool:
    """Whether it is an editor's raised remark on the text: "[citation needed]", "[when?]"."""
    if element.tag != "sup":
        return False
    return (
        _REMARK.fullmatch("".join(itertools.islice(element.itertext(), _FEW_TEXTS)).strip()[:_REMARK_LENGTH])
        is not None
    )


def _is_named(element: Any) -> bool:
    return inline.is_card(element) or _WORDS.search(inline.class_and_id(element)) is not None
