"""Finds outlets' names in running text, longest first; ambiguous names count only in context.

A text is split into words once, and each word is looked up as the first word of a name, so that the time is linear in
the length of the text and independent of the number of names. The context words are in `contexts.yaml`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Self

from claims.records import Mention, Outlet, Span
from sources.names.abbreviated import namesake, without_other_bodies
from sources.names.around import (
    TextWord,
    coordinated,
    deed_follows,
    introduced,
    is_anybodys,
    is_modifier,
    is_outlet,
    is_press_modifier,
    is_surname,
    name_goes_on,
    only_blank_between,
    opens_sentence,
)
from sources.names.contexts import contexts
from sources.names.shared_names import NamedOutlet, clear_mentions

_WORD = re.compile(r"\w+")
# Between two words of one name: blanks and the marks of names (C-SPAN, RFE/RL, N.Y. Times, Fox & Friends).
_GAP = re.compile(r"[ \u00a0\-‑.'’&/]{1,3}")
# Addresses and handles are not running text: the outlet there is found by domain or handle.
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|(?<![\w.-])[\w.-]+\.(?:com|org|net|co|ru|de|fr|uk)/\S*|@\w+")
_BODIES = frozenset({"government", "organisation", "think_tank"})  # a statement on their site is a document of theirs
_SITE = re.compile(r"(?<![\w@./-])(?:www\.)?((?:[A-Za-z0-9-]{1,40}\.){1,3}[a-z]{2,6})(?![\w@/-]|\.\w)")
# Articles of names in other languages, which texts write in small letters, too: "la Repubblica".
_ARTICLES = frozenset({"das", "de", "der", "die", "el", "het", "il", "la", "le", "les", "los"})
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletName:
    """A name of an outlet: its words case-folded for the look-up, and as written to check the capitals."""

    outlet: Outlet
    words: tuple[str, ...]
    written: tuple[str, ...]
    article: bool
    ambiguous: bool
    shared: bool
    text: str

    @classmethod
    def of(cls, name: str, outlet: Outlet, *, ambiguous: bool, shared: bool = False) -> Self:
        """Prepare a name; a leading "The" is stored separately, because texts omit it or write it in lower case."""
        written = tuple(_WORD.findall(name))
        article = len(written) > 1 and written[0] == "The"
        written = written[1:] if article else written
        folded = tuple(word.casefold() for word in written)
        return cls(
            outlet=outlet,
            words=folded,
            written=written,
            article=article,
            ambiguous=ambiguous,
            shared=shared,
            text=name,
        )

    def on(self, mention: Mention) -> NamedOutlet:
        """A mention of the outlet by this name."""
        common = len(self.words) == 1 and self.words[0] in contexts()["common"]
        return NamedOutlet(mention=mention, shared=self.shared, common=common)


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
        media = [name.outlet for name in names if name.outlet.kind not in _BODIES]
        self._domains = {domain: outlet for outlet in media for domain in outlet.domains}
        self._outlets = {name.outlet.id: name.outlet for name in names}
        self._unspaced = unspaced
        longest = sorted(unspaced, key=len, reverse=True)
        self._unspaced_pattern = re.compile("|".join(map(re.escape, longest)) or r"(?!)")
        # An article is searched by several parts of the extraction, one right after the other.
        self._latest: tuple[tuple[str, str], tuple[Mention, ...]] = (("", ""), ())

    def find(self, text: str, home: str = "") -> tuple[Mention, ...]:
        """The mentions in ``text``, in order, never overlapping; ``home`` is the country of its page, if known."""
        searched, mentions = self._latest
        if (text, home) != searched:
            mentions = self._search(text, home)
            self._latest = ((text, home), mentions)
        return mentions

    def _search(self, text: str, home: str) -> tuple[Mention, ...]:
        result: list[NamedOutlet] = []
        short: dict[str, Outlet] = {}
        masked = _ADDRESS.sub(lambda match: " " * len(match[0]), text)
        words = [TextWord(m[0], m[0].casefold(), m.start(), m.end()) for m in _WORD.finditer(masked)]
        place = 0
        while place < len(words):
            again, length = _again(masked, words, place, short), 1
            named = NamedOutlet(mention=again) if again else None
            if named is None:
                named, length = self._at(masked, words, place, result[-1].mention if result else None)
            if named is not None:
                result.append(named)
                _shorten(named.mention, words[place : place + length], short)
            place += length
        sites = list(self._written_as_sites(masked))
        apart = [item for item in result if not any(_meet(item.mention.span, site.span) for site in sites)]
        apart += [NamedOutlet(mention=site) for site in sites]
        mentions = [*clear_mentions(masked, apart, home), *self._written_unspaced(masked)]
        clear = filter(None, (self._of_country(masked, mention) for mention in without_other_bodies(masked, mentions)))
        return tuple(sorted(clear, key=lambda mention: mention.span))

    def _of_country(self, text: str, mention: Mention) -> Mention | None:
        """The mention of the outlet of the country that a text speaks of; None if it is unclear which is meant."""
        other = namesake(text, mention.span)
        outlet = mention.outlet if other is None else self._outlets.get(other)
        return replace(mention, outlet=outlet) if outlet else None

    def _written_as_sites(self, text: str) -> Iterator[Mention]:
        """The outlets that a text calls by their address: "nytimes.com reported"."""
        for match in _SITE.finditer(text):
            outlet = self._domains.get(match[1].casefold())
            if outlet is not None:
                yield Mention(span=match.span(), outlet=outlet)

    def _written_unspaced(self, text: str) -> Iterator[Mention]:
        for match in self._unspaced_pattern.finditer(text):
            yield Mention(span=match.span(), outlet=self._unspaced[match[0]].outlet)

    def _at(
        self, text: str, words: Sequence[TextWord], place: int, before: Mention | None
    ) -> tuple[NamedOutlet | None, int]:
        """The mention that begins at a word, and by how many words to go on."""
        for name in self._index.get(words[place].folded, ()):
            if not _matches(name, text, words, place) or _is_local(name, text, words, place):
                continue
            last = place + len(name.words) - 1
            led = place > 0 and words[place - 1].folded == "the" and only_blank_between(text, words, place - 1)
            certain = _certainty(name, text, words, (place, last), led=led, before=before)
            if certain is None:
                continue
            capital = led and name.article and words[place - 1].text[0] == "T"
            start = words[place - 1].start if capital else words[place].start
            mention = Mention(span=(start, words[last].end), outlet=name.outlet, certain=certain)
            return name.on(mention), len(name.words)
        return None, 1


def _meet(first: Span, second: Span) -> bool:
    return first[0] < second[1] and second[0] < first[1]


def _shorten(mention: Mention, words: Sequence[TextWord], short: dict[str, Outlet]) -> None:
    """Note by which last word an outlet that was named in full may be named again ("the Times")."""
    last = words[-1].folded
    if len(words) > 1 and last in contexts()["short"]:
        short[last] = mention.outlet


def _again(text: str, words: Sequence[TextWord], place: int, short: Mapping[str, Outlet]) -> Mention | None:
    """The mention of an outlet named before, by its last word: "The New York Times ... the Times reported"."""
    word = words[place]
    outlet = short.get(word.folded)
    if outlet is None or not word.text[0].isupper() or not place or words[place - 1].folded != "the":
        return None
    if not only_blank_between(text, words, place - 1) or name_goes_on(text, words, place):
        return None
    if introduced(text, words, place - 1, outlet) or deed_follows(text, words, place):
        return Mention(span=(word.start, word.end), outlet=outlet)
    return None


def _matches(name: OutletName, text: str, words: Sequence[TextWord], place: int) -> bool:
    if place + len(name.words) > len(words):
        return False
    for offset, (folded, written) in enumerate(zip(name.words, name.written, strict=True)):
        word = words[place + offset]
        article = not offset and len(name.words) > 1 and folded in _ARTICLES
        if word.folded != folded or not (article or _case_fits(written, word.text)):
            return False
        if offset and not _GAP.fullmatch(text, words[place + offset - 1].end, word.start):
            return False
    return True


def _is_local(name: OutletName, text: str, words: Sequence[TextWord], place: int) -> bool:
    """Whether a network's name continues a number: Fox 35 and NBC 5 are stations with newsrooms of their own."""
    last = place + len(name.words) - 1
    return (
        name.outlet.kind == "broadcaster"
        and last + 1 < len(words)
        and words[last + 1].text.isdigit()
        and only_blank_between(text, words, last)
    )


def _case_fits(written: str, word: str) -> bool:
    """Whether a word is capitalised as in the name: an acronym completely, another capitalised word at its start."""
    if written.isupper() and len(written) > 1:
        return word == written
    return not written[0].isupper() or word[0].isupper()


def _certainty(
    name: OutletName, text: str, words: Sequence[TextWord], at: tuple[int, int], *, led: bool, before: Mention | None
) -> bool | None:
    """True or False for a mention (see `Mention.certain`), None if the words mean something else."""
    behind = words[at[1]].end
    one_word = at[0] == at[1] and not name.ambiguous
    is_other = bool(_CLUB.match(text, behind) or (one_word and _FIRST_NAME.match(text, behind)))
    if is_other or not name.ambiguous:
        return None if is_other else True
    first = at[0] - 1 if led else at[0]
    if name.article and not led:
        return True if is_press_modifier(text, words, at) else None
    if is_anybodys(text, words, at) or _is_somebody_else(text, words, (first, at[1]), led=led):
        return None
    if is_outlet(text, words, (first, at[1]), name.outlet):
        return True
    if before is not None and before.certain and coordinated(text[before.span[1] : words[first].start]):
        return True
    capital_article = led and name.article and words[first].text == "The"
    return False if capital_article and not opens_sentence(text, words[first].start) else None


_CLUB = re.compile(r"\s(?:[a-z]+\s)?(?:clubs?|fans?|appreciation society)\b")  # "the Guardian fan club said"
# "Politico Blanco, a Cuban painter, said": somebody whose first name is an outlet's.
_FIRST_NAME = re.compile(r"\s[A-Z][a-z]+, an? [^,.;]{3,80}, (?:added|said|says|told)\b|\s[A-Z][a-z]+, \d{1,3}, ")


def _is_somebody_else(text: str, words: Sequence[TextWord], at: tuple[int, int], *, led: bool) -> bool:
    if name_goes_on(text, words, at[1]) or is_modifier(text, words, at):
        return True
    return not led and is_surname(text, words, at[0])
