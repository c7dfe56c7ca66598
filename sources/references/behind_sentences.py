"""Finds links that stand behind a sentence as its source: "(Source)", "[link]", "Source: The Daily", "https://..."."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from claims.records import Link, Span
from sources.references.entries import (
    MOST,
    SOURCE_LABEL,
    SOURCE_WORD,
    Given,
    entry_of,
    heads_list,
    is_deep,
    is_power,
)
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
# In plain text: an address behind the end of a sentence, in a bracket or behind "Source:", if need be in the next line.
_ADDRESS_LEAD = re.compile(
    r"(?:(?<=[.!?])|(?<=[.!?][\"'”’»)\]]))(?P<gap>[ \t]+|[ \t]*\n[ \t]*)"
    rf"(?P<mark>(?P<open>[(\[]?)(?P<label>{SOURCE_LABEL})?<?)\Z"
)
_ADDRESS_CLOSE = {
    "": re.compile(r">?(?:\.(?=\s|\Z))?"),
    "(": re.compile(r">?\.?\)\.?"),
    "[": re.compile(r">?\.?\]\.?"),
}
_JOINED_ADDRESS = re.compile(r"(?:[ \t]*[,;]?[ \t]+|[ \t]*\n[ \t]*)<?\Z")
_NEXT_SENTENCE = re.compile(r"[ \t]*(?:\n|\Z|[,;][ \t]+(?=<?https?://)|(?<=[ \t])(?=[A-Z0-9\"“‘(\[<]|https?://))")
_OWN_LINE = re.compile(r"[ \t]*(?:\Z|\n[ \t]*(?:\n|\Z|<?https?://\S+[ \t]*(?:\n|\Z)))")
_BARE_WORDS = re.compile(r"https?://|www\.", re.IGNORECASE)
_SHORTENED = re.compile(
    r"(?:\b(?:e\.g|i\.e|cf|vs|nos?|pp?|ed|approx|incl|esp|viz|dr|mrs?|al)|\.\.|(?:\A|[\n:;,]|/\S*)\s*\d{1,3})\.[\"'”’»)\]]?\Z",
    re.IGNORECASE,
)
# "Read more. https://...", and addresses of pictures: no source of what stands before them.
_INVITES = re.compile(
    r"(?:\A|[.!?\n]\s*)(?:click|donate|follow|join|listen|more|read|see|share|sign|subscribe|support|visit|watch|buy)\b"
    r"[^.!?\n]{0,60}[.!?]\Z",
    re.IGNORECASE,
)
_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|svg|webp)(?:\?|\Z)", re.IGNORECASE)
# An address of a post is read with the post.
_POST = re.compile(r"//(?:www\.|mobile\.)?(?:(?:twitter|x)\.com/\w+/status/|t\.co/|pic\.)", re.IGNORECASE)
_BEFORE_ADDRESS = 120  # characters that are looked at
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
        written = _BARE_WORDS.match(words) and is_deep(anchor.get("href"))
        alone = (written or _MARK.fullmatch(words)) and _ENDED.search(before) and _OVER.match(after)
        within = _is_bracket_within(before, words, after)
        raised = anchor.getparent().tag == "sup" and _NUMBER.fullmatch(words) and not is_power(before, len(before))
        if (bracketed or named or alone or raised or within) and (given := given_by(anchor, address)):
            yield anchor, words, given


def addresses_behind(text: str, links: Sequence[Link]) -> Iterator[tuple[Span, str, Given]]:
    """The addresses written out in a text that are the source of the sentence before them, with their places.

    "It opened in 1932. https://... The toll" and "(Source: https://...)"; none below the heading of a list of sources.
    A whole site, a picture and what a reader is invited to ("Read more. https://...") give nothing.
    """
    end = max((line.start() for line in re.finditer(r"[^\n]+", text) if heads_list(line[0])), default=len(text))
    before: int | None = None  # where the mark before ends
    for link in islice(links, 10 * MOST):
        start, stop = link.span
        if stop > end or not _BARE_WORDS.match(text, start) or _POST.search(link.href):
            continue
        joined = _JOINED_ADDRESS.match(text, before, start) if before else None
        lead = None if joined else _ADDRESS_LEAD.search(text, max(0, start - _BEFORE_ADDRESS), start)
        if lead is None and not joined:
            continue
        opened = lead["open"] if lead else ""
        close = _ADDRESS_CLOSE[opened].match(text, stop)
        alone = "\n" in (lead["gap"] if lead else joined[0] if joined else "") and not (lead and lead["label"])
        if close is None or not (_OWN_LINE if alone else _NEXT_SENTENCE).match(text, close.end()):
            continue
        sentence = text[max(0, start - _BEFORE_ADDRESS) : lead.start("gap")] if lead else ""
        if _SHORTENED.search(sentence):
            continue
        first = lead.start("mark") if lead else start - (text[start - 1] == "<")
        useful = is_deep(link.href) and not _PICTURE.search(link.href) and not _INVITES.search(sentence)
        before = close.end()
        yield (first, close.end()), text[first : close.end()].strip(), entry_of([link.href]) if useful else ()


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
