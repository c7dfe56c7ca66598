"""Extracts title, headline, words and whole paragraphs of a page quickly, without a parser.

Every step is a single pass over the markup, so that the time is linear for any input.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

SCANNED = 400_000  # characters of markup that are looked at: challenge pages and prompts are small or stand early
_TAG = re.compile(r"<(!--|[/!?]?[a-zA-Z][^\s/<>]{0,30})([^<>]*)>?")
_HIDES = {"head": True, "/head": False, "body": False}
_PLACES = {"title": "title", "h1": "h1", "noscript": "noscript", "/title": "text", "/h1": "text", "/noscript": "text"}
_RAW = ("script", "style", "svg", "template", "canvas")
_PARTS = frozenset({"p", "div", "section", "article", "li", "td", "blockquote"})
_HEAVY = re.compile(r"<(?:!--|(?:script|style|svg|template|canvas)\b)", re.IGNORECASE)
_KEPT = re.compile(r"[^<>]{0,400}(?:ld\+json|data-telegram-post)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """The visible parts of a page and its markup; ``noscript`` is the text for browsers without scripts."""

    markup: str
    title: str = ""
    heading: str = ""
    text: str = ""
    noscript: str = ""
    paragraphs: tuple[str, ...] = ()


def glance(markup: str, is_paragraph: Callable[[str], bool], most: int = 3) -> Glance:
    """Extract the parts from the first `SCANNED` characters, with at most ``most`` paragraphs for ``is_paragraph``."""
    markup = markup[:SCANNED]
    pieces: dict[str, list[str]] = {"title": [], "h1": [], "text": [], "noscript": []}
    whole: list[str] = []
    current: list[str] = []

    def close() -> None:
        words = _unescaped_text(current)
        current.clear()
        if len(whole) < most and is_paragraph(words):
            whole.append(words)

    for place, text in _placed_texts(markup):
        if place == "break":
            close()
            pieces["text"].append(" ")
            continue
        pieces[place if place in pieces else "text"].append(text)
        if place in {"h1", "text"}:
            current.append(text)
            if place == "h1":
                pieces["text"].append(text)
    close()
    return Glance(
        markup=markup,
        title=_unescaped_text(pieces["title"]),
        heading=_unescaped_text(pieces["h1"]),
        text=_unescaped_text(pieces["text"]),
        noscript=_unescaped_text(pieces["noscript"]),
        paragraphs=tuple(whole),
    )


def _placed_texts(markup: str) -> Iterator[tuple[str, str]]:
    """(place, text) pieces in order; the place is "title", "h1", "noscript" or "text"; "break" between blocks."""
    hidden = False
    place = "text"
    at = 0
    for tag in _TAG.finditer(markup):
        if tag.start() < at:
            continue
        if not hidden or place in {"title", "noscript"}:
            yield place, markup[at : tag.start()]
        name = tag[1].lower()
        at = _after(markup, tag, name)
        if name in _HIDES:
            hidden = _HIDES[name]
        place = _PLACES.get(name, place)
        if name.lstrip("/") in _PARTS:
            yield "break", ""
        elif name == "br":
            yield place, " "
    if not hidden:
        yield place, markup[at:]


def _after(markup: str, tag: re.Match[str], name: str) -> int:
    """Where to go on after a tag: comments and scripts are jumped over, an open one swallows the rest."""
    if name == "!--":
        end = markup.find("-->", tag.start())
        return len(markup) if end < 0 else end + 3
    if name in _RAW and not tag[2].rstrip().endswith("/"):
        end = _find(markup, name, tag.end())
        return len(markup) if end < 0 else end
    return tag.end()


def _find(markup: str, name: str, start: int) -> int:
    match = re.compile(rf"</{name}", re.IGNORECASE).search(markup, start)
    return match.start() if match else -1


def without_heavy(markup: str) -> str:
    """The markup without scripts, styles, drawings and comments; JSON-LD and Telegram's embeds are kept."""
    pieces: list[str] = []
    at = 0
    for heavy in _HEAVY.finditer(markup):
        if heavy.start() < at or _KEPT.match(markup, heavy.end()):
            continue
        pieces.append(markup[at : heavy.start()])
        name = heavy[0][1:].lower()
        if name == "!--":
            end = markup.find("-->", heavy.end())
            at = len(markup) if end < 0 else end + 3
        else:
            end = _find(markup, name, heavy.end())
            at = len(markup) if end < 0 else markup.find(">", end) + 1 or len(markup)
    pieces.append(markup[at:])
    return "".join(pieces)


def _unescaped_text(pieces: list[str]) -> str:
    return " ".join(html.unescape("".join(pieces)).split())
