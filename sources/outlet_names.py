"""Finds outlets' names in running text, longest first; ambiguous names count only in context.

A text is split into words once, and each word is looked up as the first word of a name, so that the time is linear in
the length of the text and independent of the number of names. The context words are in `contexts.yaml`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Self

import yaml

from claims.records import Mention, Outlet

_CONTEXTS = Path(__file__).with_name("contexts.yaml")
_WORD = re.compile(r"\w+")
# Between two words of one name: blanks and the marks of names (C-SPAN, RFE/RL, N.Y. Times, Fox & Friends).
_GAP = re.compile(r"[ \u00a0\-‑.'’&/]{1,3}")
# Addresses and handles are not running text: the outlet there is found by domain or handle.
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\b[\w.-]+\.(?:com|org|net|co|ru|de|fr|uk)/\S*|@\w+")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_SENTENCE_END = re.compile(r"[.!?:;\n\"“”]\W*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletName:
    """A name of an outlet: its words case-folded for the look-up, and as written to check the capitals."""

    outlet: Outlet
    words: tuple[str, ...]
    written: tuple[str, ...]
    article: bool
    ambiguous: bool
    text: str

    @classmethod
    def of(cls, name: str, outlet: Outlet, *, ambiguous: bool) -> Self:
        """Prepare a name; a leading "The" is stored separately, because texts omit it or write it in lower case."""
        written = tuple(_WORD.findall(name))
        article = len(written) > 1 and written[0] == "The"
        written = written[1:] if article else written
        folded = tuple(word.casefold() for word in written)
        return cls(outlet=outlet, words=folded, written=written, article=article, ambiguous=ambiguous, text=name)


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    folded: str
    start: int
    end: int


class Finder:
    """Finds names in texts."""

    def __init__(self, names: Sequence[OutletName]) -> None:
        index: dict[str, dict[tuple[str, ...], OutletName]] = defaultdict(dict)
        unspaced: dict[str, OutletName] = {}
        for name in names:
            if _UNSPACED.search(name.text):
                unspaced[name.text] = name
            else:
                # Two spellings that differ in capitals only ("TASS", "Tass") are both kept, under one key.
                index[name.words[0]][(*name.written, str(name.article))] = name
        self._index = {
            first: sorted(by_spelling.values(), key=lambda name: (len(name.words), name.article), reverse=True)
            for first, by_spelling in index.items()
        }
        self._unspaced = unspaced
        longest = sorted(unspaced, key=len, reverse=True)
        self._unspaced_pattern = re.compile("|".join(map(re.escape, longest)) or r"(?!)")
        # An article is searched by several parts of the extraction, one right after the other.
        self._latest: tuple[str, tuple[Mention, ...]] = ("", ())

    def find(self, text: str) -> tuple[Mention, ...]:
        """The mentions in ``text``, in order, never overlapping."""
        latest_text, mentions = self._latest
        if text != latest_text:
            mentions = self._search(text)
            self._latest = (text, mentions)
        return mentions

    def _search(self, text: str) -> tuple[Mention, ...]:
        result: list[Mention] = []
        short: dict[str, Outlet] = {}
        masked = _ADDRESS.sub(lambda match: " " * len(match[0]), text)
        words = [_Word(m[0], m[0].casefold(), m.start(), m.end()) for m in _WORD.finditer(masked)]
        place = 0
        while place < len(words):
            mention, length = _again(masked, words, place, short), 1
            if mention is None:
                mention, length = self._at(masked, words, place, result[-1] if result else None)
            if mention is not None:
                result.append(mention)
                _shorten(mention, words[place : place + length], short)
            place += length
        result.extend(
            Mention(span=match.span(), outlet=self._unspaced[match[0]].outlet)
            for match in self._unspaced_pattern.finditer(masked)
        )
        return tuple(sorted(result, key=lambda mention: mention.span))

    def _at(self, text: str, words: Sequence[_Word], place: int, before: Mention | None) -> tuple[Mention | None, int]:
        """The mention that begins at a word, and by how many words to go on."""
        for name in self._index.get(words[place].folded, ()):
            if not _matches(name, text, words, place) or _is_local(name, text, words, place):
                continue
            last = place + len(name.words) - 1
            led = place > 0 and words[place - 1].folded == "the" and _only_blank_between(text, words, place - 1)
            certain = _certainty(name, text, words, (place, last), led=led, before=before)
            if certain is None:
                continue
            capital = led and name.article and words[place - 1].text[0] == "T"
            start = words[place - 1].start if capital else words[place].start
            return Mention(span=(start, words[last].end), outlet=name.outlet, certain=certain), len(name.words)
        return None, 1


def _shorten(mention: Mention, words: Sequence[_Word], short: dict[str, Outlet]) -> None:
    """Note by which last word an outlet that was named in full may be named again ("the Times")."""
    last = words[-1].folded
    if len(words) > 1 and last in _contexts()["short"]:
        short[last] = mention.outlet


def _again(text: str, words: Sequence[_Word], place: int, short: Mapping[str, Outlet]) -> Mention | None:
    """The mention of an outlet named before, by its last word: "The New York Times ... the Times reported"."""
    word = words[place]
    outlet = short.get(word.folded)
    if outlet is None or not word.text[0].isupper() or not place or words[place - 1].folded != "the":
        return None
    if not _only_blank_between(text, words, place - 1) or _name_goes_on(text, words, place):
        return None
    if _introduced(text, words, place - 1, outlet) or _followed(text, words, place):
        return Mention(span=(word.start, word.end), outlet=outlet)
    return None


def _matches(name: OutletName, text: str, words: Sequence[_Word], place: int) -> bool:
    if place + len(name.words) > len(words):
        return False
    for offset, (folded, written) in enumerate(zip(name.words, name.written, strict=True)):
        word = words[place + offset]
        if word.folded != folded or not _case_fits(written, word.text):
            return False
        if offset and not _GAP.fullmatch(text, words[place + offset - 1].end, word.start):
            return False
    return True


def _is_local(name: OutletName, text: str, words: Sequence[_Word], place: int) -> bool:
    """Whether a network's name continues a number: Fox 35 and NBC 5 are stations with newsrooms of their own."""
    last = place + len(name.words) - 1
    return (
        name.outlet.kind == "broadcaster"
        and last + 1 < len(words)
        and words[last + 1].text.isdigit()
        and _only_blank_between(text, words, last)
    )


def _case_fits(written: str, word: str) -> bool:
    """Whether a word is capitalised as in the name: an acronym completely, another capitalised word at its start."""
    if written.isupper() and len(written) > 1:
        return word == written
    return not written[0].isupper() or word[0].isupper()


def _only_blank_between(text: str, words: Sequence[_Word], place: int) -> bool:
    """Whether there are only blanks between a word and the next."""
    between = text[words[place].end : words[place + 1].start]
    return between in {" ", "\u00a0", "  "}


def _certainty(
    name: OutletName, text: str, words: Sequence[_Word], at: tuple[int, int], *, led: bool, before: Mention | None
) -> bool | None:
    """True or False for a mention (see `Mention.certain`), None if the words mean something else."""
    if not name.ambiguous:
        return True
    if name.article and not led:
        return None
    first = at[0] - 1 if led else at[0]
    if _name_goes_on(text, words, at[1]) or (not led and _is_surname(text, words, at[0])):
        return None
    if _introduced(text, words, first, name.outlet) or _followed(text, words, at[1]) or _is_credit(text, words, at):
        return True
    if before is not None and before.certain and _coordinated(text[before.span[1] : words[first].start]):
        return True
    capital_article = led and name.article and words[first].text == "The"
    return False if capital_article and not _opens_sentence(text, words[first].start) else None


def _name_goes_on(text: str, words: Sequence[_Word], last: int) -> bool:
    """Whether a longer name continues after it (Time Warner, The Times of Malta, The Hill Country)."""
    if last + 1 >= len(words) or not _only_blank_between(text, words, last):
        return False
    following = words[last + 1]
    if following.folded == "of" and last + 2 < len(words):
        return words[last + 2].text[0].isupper()
    return following.text[0].isupper() and following.folded not in _contexts()["after"]


def _is_surname(text: str, words: Sequence[_Word], first: int) -> bool:
    """Whether a capitalised word directly precedes it (Michael Fox, Irish Independent)."""
    if first == 0 or not _only_blank_between(text, words, first - 1):
        return False
    word = words[first - 1]
    lone_cue = word.folded in _contexts()["before"] or _opens_sentence(text, word.start)
    return word.text[0].isupper() and word.folded != "the" and not lone_cue


def _introduced(text: str, words: Sequence[_Word], first: int, outlet: Outlet) -> bool:
    """Whether the words before it name an outlet: "told", "via", "according to", "an interview with"."""
    line = text.rfind("\n", max(0, words[first].start - 200), words[first].start) + 1
    near = [word for word in words[max(0, first - 5) : first] if word.start >= line]
    if near and near[-1].folded in {"the", "a", "an"}:
        near = near[:-1]
    if not near or re.search(r"[.!?]", text[near[-1].end : words[first].start]):
        return False
    table = _contexts()
    last = near[-1].folded
    if last in table["before"] or (outlet.kind in {"broadcaster", "state_media"} and last in table["before_air"]):
        return True
    earlier = {word.folded for word in near[:-1]}
    return bool(earlier & table["with_preposition"].get(last, frozenset()))


def _followed(text: str, words: Sequence[_Word], last: int) -> bool:
    """Whether what follows it is what outlets do or have: "reported", "'s correspondent", "magazine"."""
    after = last + 1
    if after < len(words) and words[after].folded == "s" and text[words[last].end : words[after].start] in "'’":
        after += 1
    if after >= len(words) or not re.fullmatch(r"[\s,]{1,2}", text[words[after - 1].end : words[after].start]):
        return False
    table = _contexts()
    if words[after].folded in {"has", "have", "had", "first", "also", "later", "previously", "earlier"}:
        after = min(after + 1, len(words) - 1)
    return words[after].folded in table["after"]


def _is_credit(text: str, words: Sequence[_Word], at: tuple[int, int]) -> bool:
    """Whether it is a credit: "(AP)", "— RT (@RT_com)", "Photo: AFP/AP"."""
    start, end = words[at[0]].start, words[at[1]].end
    before, after = text[max(0, start - 20) : start].rstrip(" "), text[end : end + 20].lstrip(" ")
    if before.endswith("(") and after.startswith(")"):
        return True
    ends_line = not after or after[0] in "\n(|"
    return ends_line and before.endswith(("—", "–", "--", "/", "|", "Source:", "Photo:", "Credit:"))


def _coordinated(between: str) -> bool:
    return between.strip().casefold() in {
        ",",
        "and",
        ", and",
        "&",
        "or",
        ", or",
        "and the",
        ", and the",
        ", the",
    }


def _opens_sentence(text: str, start: int) -> bool:
    before = text[max(0, start - 4) : start]
    return start == 0 or bool(_SENTENCE_END.search(before))


@cache
def _contexts() -> Mapping[str, Mapping[str, frozenset[str]]]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    with _CONTEXTS.open("rb") as file:
        table = yaml.load(file, Loader=loader)  # noqa: S506  both loaders are safe ones
    ready: dict[str, Mapping[str, frozenset[str]]] = {}
    for key, value in table.items():
        if isinstance(value, dict):
            ready[key] = {word: frozenset(with_it) for word, with_it in value.items()}
        else:
            ready[key] = dict.fromkeys(value, frozenset())
    return ready
