"""What the words around a name show: that an outlet is meant, that somebody else is, or nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from claims.records import Outlet
from sources.names.contexts import contexts

# "Dawn, the Karachi daily,": its kind behind a name.
_KIND = re.compile(
    r", (?:the|an?) (?:[\w’'-]+ ){0,5}?"
    r"(?:daily|newspaper|tabloid|weekly|magazine|broadcaster|news (?:paper|channel|outlet|website|site|agency))\b"
)
# "The Times has seen": what only a name with its article may have done, because Time and the sun have seen things, too.
_HAS_SEEN = re.compile(r" ha[sd] (?:also )?(?:seen|viewed) ")
_WAS_FIRST = re.compile(
    r" was (?:the )?first (?:with the (?:news|story)|to (?:report|name|identify|publish|obtain|reveal))\b"
)
# "The Nikkei business daily", "Sky's political editor": its kind as a part of its name, and who works for it.
_TRADE = re.compile(
    r" (?:business|economic|evening|financial|morning|sports?) (?:broadsheet|daily|magazine|newspaper|paper|weekly)\b"
)
_OWN_EDITOR = re.compile(r"['’]s (?:[a-z]+ ){1,2}(?:correspondent|editor|reporter)\b")
# "Vox found that", ", Slate found.", "The Verge tested the phone and found", "a Wired review of the files found".
_FOUND = re.compile(
    r" (?:also |has |have )?(?:determined|discovered|established|found)(?= that\b|[.;]?\s*(?:\n|\Z)|[.;] )"
    r"| (?:analy[sz]ed|checked|examined|reviewed|tested) [^.,;\n]{1,60} and (?:concluded|found)\b"
)
_REVIEW = re.compile(
    r" (?:analysis|investigation|review|test) of [^.,;\n]{1,60}? (?:counted|found|identified|showed|shows)\b"
)
# "A study in Nature found", and not "a study in Nature conservation".
_BEHIND_JOURNAL = re.compile(
    r"\s*(?:[.,;:)\]\n]|\Z|(?:a|by|concluded?s?|describe[sd]?|estimate[sd]?|finds|found|from|had?|has|last|on|puts?|reported|reports"
    r"|reveal(?:s|ed)|said|says|show(?:s|ed)|suggest(?:s|ed)|that|this|which)\b)"
)
_INITIAL = re.compile(r"\b[A-Z][\w’'-]+ (?:[A-Z]\. ?){1,3}$")  # "Michael J. " before a surname
# "The Palestinian Authority (PA) said": a bracket behind which the sentence goes on is short for a name.
_ABBREVIATES = re.compile(r"\),? ?[a-z]")
# The rest of a credit: "(AP)", "(AP/Reuters)", "(AP, 3 May)".
_BRACKET_ENDS = re.compile(r"(?:(?:, ?|/|; ?| and )[A-Z\d][\w .’'-]{1,30}){0,3}\)")
_SEAT = frozenset({"based", "owned", "run", "backed", "funded", "controlled"})
_SENTENCE_END = re.compile(r"[.!?:;\n\"“”]\W*$")


@dataclass(frozen=True, slots=True)
class TextWord:
    """A word of a text: as it is written, case-folded, and where it stands."""

    text: str
    folded: str
    start: int
    end: int


def only_blank_between(text: str, words: Sequence[TextWord], place: int) -> bool:
    """Whether there are only blanks between a word and the next."""
    between = text[words[place].end : words[place + 1].start]
    return between in {" ", "\u00a0", "  "}


def name_goes_on(text: str, words: Sequence[TextWord], last: int) -> bool:
    """Whether a longer name continues after it (Time Warner, The Times of Malta, The Hill Country)."""
    if last + 1 >= len(words) or not only_blank_between(text, words, last):
        return False
    following = words[last + 1]
    if following.folded == "of" and last + 2 < len(words):
        return words[last + 2].text[0].isupper()
    return following.text[0].isupper() and following.folded not in contexts()["after"]


def is_modifier(text: str, words: Sequence[TextWord], at: tuple[int, int]) -> bool:
    """Whether it is part of a plural that means something else ("according to Vox pops")."""
    first, last = at
    if not first or words[first - 1].folded not in {"to", "via", "per"} or last + 1 >= len(words):
        return False
    following = words[last + 1].text
    plural = re.fullmatch(r"[a-z]{2,}[^sui]s", following) and following not in contexts()["after"]
    return bool(plural) and only_blank_between(text, words, last)


def is_surname(text: str, words: Sequence[TextWord], first: int) -> bool:
    """Whether a capitalised word directly precedes it (Michael Fox, Irish Independent)."""
    if first == 0 or not only_blank_between(text, words, first - 1):
        return first > 0 and bool(_INITIAL.search(text, 0, words[first].start))
    word = words[first - 1]
    lone_cue = word.folded in contexts()["before"] or opens_sentence(text, word.start)
    return word.text[0].isupper() and word.folded != "the" and not lone_cue


def _is_seat(text: str, word: TextWord) -> bool:
    """Whether it says where an outlet is, or whose: "the Tokyo-based Nikkei", "the Kremlin-owned RT"."""
    return word.folded in _SEAT and text[max(0, word.start - 1) : word.start] == "-"


def is_anybodys(text: str, words: Sequence[TextWord], at: tuple[int, int]) -> bool:
    """Whether it is a name of many, before what any of them may have: "a Fox survey", "a Sky analysis"."""
    first, last = at
    if last + 1 >= len(words) or not only_blank_between(text, words, last):
        return False
    table = contexts()
    return words[first].folded in table["borne"] and words[last + 1].folded in table["anybodys"]


def is_press_modifier(text: str, words: Sequence[TextWord], at: tuple[int, int]) -> bool:
    """Whether a name stands without its article before what only the press has: "a Sun exclusive"."""
    first, last = at
    if not first or last + 1 >= len(words) or words[first - 1].folded not in {"a", "an", "another"}:
        return False
    blank = only_blank_between(text, words, first - 1) and only_blank_between(text, words, last)
    table = contexts()
    return blank and words[last].folded in table["modifying"] and words[last + 1].folded in table["press"]


def is_outlet(text: str, words: Sequence[TextWord], at: tuple[int, int], outlet: Outlet) -> bool:
    """Whether the words around a name show that an outlet is meant."""
    if introduced(text, words, at[0], outlet) or deed_follows(text, words, at[1]) or is_credit(text, words, at):
        return True
    end = words[at[1]].end
    if words[at[1]].folded not in contexts()["borne"]:
        reviewed = at[0] > 0 and words[at[0] - 1].folded in {"a", "an"} and _REVIEW.match(text, end)
        if reviewed or _FOUND.match(text, end):
            return True
    return bool(
        _KIND.match(text, end)
        or _TRADE.match(text, end)
        or (outlet.kind != "journal" and _OWN_EDITOR.match(text, end))
        or (outlet.kind == "journal" and _is_journal(text, words, at))
        or (words[at[0]].folded == "the" and (_HAS_SEEN.match(text, end) or _WAS_FIRST.match(text, end)))
    )


def _is_journal(text: str, words: Sequence[TextWord], at: tuple[int, int]) -> bool:
    """Whether a study stands in it: "a study in Nature found"."""
    near = [word.folded for word in words[max(0, at[0] - 2) : at[0]]]
    led = len(near) == 2 and near[0] in {"paper", "papers", "research", "studies", "study"} and near[1] == "in"
    return led and _BEHIND_JOURNAL.match(text, words[at[1]].end) is not None


def introduced(text: str, words: Sequence[TextWord], first: int, outlet: Outlet) -> bool:
    """Whether the words before it name an outlet: "told", "via", "according to", "an interview with"."""
    line = text.rfind("\n", max(0, words[first].start - 200), words[first].start) + 1
    near = [word for word in words[max(0, first - 5) : first] if word.start >= line]
    if near and near[-1].folded in {"the", "a", "an"}:
        near = near[:-1]
    if not near or re.search(r"[.!?]", text[near[-1].end : words[first].start]):
        return False
    table = contexts()
    last = near[-1].folded
    if (
        last in table["before"]
        or _is_seat(text, near[-1])
        or (outlet.kind in {"broadcaster", "state_media"} and last in table["before_air"])
    ):
        return True
    earlier = {word.folded for word in near[:-1]}
    return bool(earlier & table["with_preposition"].get(last, frozenset()))


def deed_follows(text: str, words: Sequence[TextWord], last: int) -> bool:
    """Whether what follows it is what outlets do or have: "reported", "'s correspondent", "magazine"."""
    after = last + 1
    if after < len(words) and words[after].folded == "s" and text[words[last].end : words[after].start] in "'’":
        after += 1
    if after >= len(words) or not re.fullmatch(r"[\s,]{1,2}", text[words[after - 1].end : words[after].start]):
        return False
    table = contexts()
    if words[after].folded in table["between"]:
        after = min(after + 1, len(words) - 1)
    return words[after].folded in table["after"]


def is_credit(text: str, words: Sequence[TextWord], at: tuple[int, int]) -> bool:
    """Whether it is a credit: "(AP)", "— RT (@RT_com)", "Photo: AFP/AP"."""
    start, end = words[at[0]].start, words[at[1]].end
    before, after = text[max(0, start - 20) : start].rstrip(" "), text[end : end + 60].lstrip(" ")
    if before.endswith("(") and _BRACKET_ENDS.match(after):
        return not _ABBREVIATES.match(after)
    ends_line = not after or after[0] in "\n(|"
    return ends_line and before.endswith(("—", "–", "--", "/", "|", "Source:", "Photo:", "Credit:"))


def coordinated(between: str) -> bool:
    """Whether what stands between two names joins them."""
    return re.fullmatch(r",|(?:,|,? ?and) the|,? ?(?:and|or)|&", between.strip().casefold()) is not None


def opens_sentence(text: str, start: int) -> bool:
    """Whether a sentence begins at a place."""
    before = text[max(0, start - 4) : start]
    return start == 0 or bool(_SENTENCE_END.search(before))
