"""Finds letters that abbreviate another body's name in a text: the AFP of the Australian Federal Police."""

from __future__ import annotations

import re
from collections.abc import Sequence

from claims.records import Mention, Span
from sources.names.contexts import contexts

_LETTERS = re.compile(r"[A-Z]{2,6}")
_CREDIT = re.compile(r" ?\)\s*(?:[-–—.]|$)", re.MULTILINE)  # "PARIS (AFP) -": an agency for certain
_LED = re.compile(r"\b(?:told|tell|via|according to|quoted by|reported by|citing|interview with|news agency|agency) $")
_AGENCYS = re.compile(
    r"(?:['’]s?)? (?:(?:news agency|agency|newswire|news)\b"
    r"|(?:reporter|correspondent|journalist|photographer|tally|count|footage)s?\b"
    r"|(?:has |also |first )?(?:reported|reports|quoted|quotes|cited)\b)"
)
# What a name has that is spelled out for an outlet's own letters: "the National Broadcasting Company (NBC)".
_OF_MEDIA = re.compile(
    r"\b(?:Agen(?:cy|ce|zia|cia)|Broadcast|Fernsehen|Journal|Media|Nachrichten|News|Post|Press|Radio|Rundfunk|Tele[vf]i|Times|TV)"
)
_WORD = re.compile(r"\w+")
_SMALL = frozenset({"of", "the", "and", "for", "de", "la", "du", "des", "in", "on", "to", "e", "y"})
_MOST_BETWEEN = 3  # small words between two capitals
_SURE = 3  # letters by which words anywhere in a text are told; fewer must stand in a bracket behind them


def without_other_bodies(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions without letters that are short for another body of the text, as far as it shows."""
    others = _bodies_abbreviated(text, mentions)
    near = {letters for letters, words in contexts()["letters"].items() if any(word in text for word in words)}
    return [
        mention
        for mention in mentions
        if text[slice(*mention.span)] not in others | near or _is_agency(text, mention.span)
    ]


def namesake(text: str, span: Span) -> str | None:
    """The id of the outlet of another country that letters mean; "" if it is unclear, None if nothing shows one.

    "The ABC" of a text about Australia is another one than the ABC of the United States.
    """
    for key, words in contexts()["namesakes"].items():
        outlet, *article, letters = key.split(" ")
        if text[slice(*span)] != letters or not any(word in text for word in words):
            continue
        led = text[max(0, span[0] - 4) : span[0]].casefold() == "the "
        elsewhere = not article and any(word in text for word in contexts()["first_bearers"])
        return outlet if led == bool(article) and not elsewhere else ""
    return None


def _is_agency(text: str, span: Span) -> bool:
    """Whether the words around letters are those around an agency: "told AFP", "a PTI reporter", "(AP) -"."""
    before, letters = text[max(0, span[0] - 30) : span[0]], text[slice(*span)]
    credit = _CREDIT.match(text, span[1]) and not re.match(
        rf"\)[.;] (?:The )?{letters}\b", text[span[1] : span[1] + 20]
    )
    return bool(credit or _AGENCYS.match(text, span[1]) or _LED.search(before))


def _bodies_abbreviated(text: str, mentions: Sequence[Mention]) -> set[str]:
    """Those of the mentions' words that are the initials of other words of the text."""
    letters = {words for mention in mentions if _LETTERS.fullmatch(words := text[slice(*mention.span)])}
    behind_noun = {wanted for wanted in letters if _is_behind_noun(text, wanted)}
    letters -= {text[slice(*mention.span)] for mention in mentions if _CREDIT.match(text, mention.span[1])}
    if not letters:
        return behind_noun
    places = [(match[0], match.start(), match.end()) for match in _WORD.finditer(text)]
    named = {mention.span[0]: mention.span[1] for mention in mentions}
    return behind_noun | {
        wanted
        for wanted in letters
        for place, (word, start, _) in enumerate(places)
        if word[0] == wanted[0] and word != wanted
        if (end := _spelled(text, places[place : place + _MOST_BETWEEN * len(wanted) + 1], wanted)) is not None
        if named.get(start, named.get(start - 4, 0)) < end
        if len(wanted) >= _SURE or text.startswith(f"({wanted})", end + 1)
        if not _OF_MEDIA.search(text, start, end)
    }


def _is_behind_noun(text: str, letters: str) -> bool:
    """Whether letters stand in a bracket behind a common noun for it: "the transit agency (STA) said".

    Behind the end of a sentence they may be a credit, unless the text goes on with them.
    """
    pattern = rf"(?<!news)(?<!press)(?<!wire)(?<!state) [a-z]{{3,}} \({letters}\)"
    return re.search(rf"{pattern}(?:,? [a-z]|[.;] (?:The )?{letters}\b)", text) is not None


def _spelled(text: str, words: Sequence[tuple[str, int, int]], letters: str) -> int | None:
    """Where words end whose capitals are the letters, one after the other within a name; None if they do not do so."""
    left = letters
    end = 0
    for word, start, stop in words:
        if not left or (end and not re.fullmatch(r"[ \u00a0\-’'&]{1,3}", text[end:start])):
            break
        if word[0] == left[0] and not (word.isupper() and len(word) > 1):
            left = left[1:]
        elif word not in _SMALL and word != "s":
            break
        end = stop
    return end if not left else None
