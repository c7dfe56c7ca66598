"""Finds links that stand behind a sentence as its source: "(Source)", "[link]", "[1]", "Source: The Daily"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from sources.references.entries import MOST, SOURCE_LABEL, SOURCE_WORD, Given, is_power
from sources.references.html_entries import given_by

_SENTENCE_END = r"[.!?…][\"'”’»)]{0,2}\s*"
# What stands before the link: a bracket or "Source:" behind a sentence, or behind another link in the bracket.
_OPENED = re.compile(rf"{_SENTENCE_END}[(\[](?:{SOURCE_LABEL})?\Z")
_NAMED = re.compile(rf"{_SENTENCE_END}[Ss]ources?: \Z")
_ENDED = re.compile(rf"{_SENTENCE_END}\Z")
# Within a sentence: a bracket with a link that is a mark, or, in front of its end, a square one with any link,
# unless it stands in somebody's words: "we left [Merrow].”"
_WITHIN = re.compile(r"[\w\"'”’)%]\s?(?P<bracket>[(\[])\Z")
_SHUT = re.compile(r"[)\]](?=[.,;:!?]|\s|\Z)")
_SHUT_AT_END = re.compile(r"\](?=[.;!?](?![\"”’»])|\s*\Z)")
_JOINED = re.compile(r"\s*(?:[,;/]|and|&)?\s*")
_CLOSED = re.compile(r"\.?[)\]]\.?\s*(?=[^\sa-z,;]|\Z)")
_OVER = re.compile(r"\.?\s*(?=[^\sa-z,;.]|\Z)")
# The words of a link that are a mark also without a bracket around it.
_MARK = re.compile(rf"[\[(]?(?:{SOURCE_WORD}|\d{{1,3}})[\])]?", re.IGNORECASE)
_NUMBER = re.compile(r"\[?\d{1,3}\]?")
_MOST_BESIDE = 20  # links of a group on either side
_LONGEST = 60  # characters of a link's words


def behind_sentences(root: Any, address: str | None) -> Iterator[tuple[Any, str, Given]]:
    """The links of a page that are the source of the sentence before them, with their words and what they lead to."""
    for anchor in islice(root.iter("a"), MOST):
        words = " ".join("".join(islice(anchor.itertext(), 20)).split())
        if not words or len(words) > _LONGEST or not (anchor.get("href") or "").startswith(("http", "/")):
            continue
        first, last = _ends_of_group(anchor)
        before, after = _text_before(first), _text_after(last)
        bracketed = _OPENED.search(before) and _CLOSED.match(after)
        named = _NAMED.search(before) and _OVER.match(after)
        alone = _MARK.fullmatch(words) and _ENDED.search(before) and _OVER.match(after)
        within = _is_bracket_within(before, words, after)
        raised = anchor.getparent().tag == "sup" and _NUMBER.fullmatch(words) and not is_power(before, len(before))
        if (bracketed or named or alone or raised or within) and (given := given_by(anchor, address)):
            yield anchor, words, given


def _is_bracket_within(before: str, words: str, after: str) -> bool:
    """Whether a link is alone in a bracket within a sentence, and a mark or, in a square one, in front of its end."""
    opened = _WITHIN.search(before)
    if opened is None or not _SHUT.match(after):
        return False
    return bool(_MARK.fullmatch(words) or (opened["bracket"] == "[" and _SHUT_AT_END.match(after)))


def _ends_of_group(anchor: Any) -> tuple[Any, Any]:
    """The first and the last link of a group in which only commas stand between them."""
    first = last = anchor
    for _ in range(_MOST_BESIDE):
        before = first.getprevious()
        if before is None or before.tag != "a" or not _JOINED.fullmatch(before.tail or ""):
            break
        first = before
    for _ in range(_MOST_BESIDE):
        after = last.getnext()
        if after is None or after.tag != "a" or not _JOINED.fullmatch(last.tail or ""):
            break
        last = after
    return first, last


def _text_before(element: Any) -> str:
    before = element.getprevious()
    text = before.tail if before is not None else element.getparent().text
    if before is None and not (text or "").strip("[( \n") and element.getparent().tag == "sup":
        return _text_before(element.getparent()) + (text or "")
    return (text or "")[-80:]


def _text_after(element: Any) -> str:
    raised = element.getnext() is None and element.getparent().tag == "sup" and not (element.tail or "").strip("]) \n")
    return (element.tail or "") + (_text_after(element.getparent()) if raised else "")
