"""Reads references by author and year: "(Ray, 2020)", "Ray and Holm (2021a)", and the list of works that they name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from sources.references.entries import Given

_YEAR = r"(?:(?:1[5-9]|20)\d\d[a-z]?|n\.d\.)"
_CAPITAL = "A-ZÀ-ÖØ-Þ"
_NAME_WORD = rf"[{_CAPITAL}][\w.'’-]*"
_SMALL = r"(?:and|und|et|al|of|the|de|van|von|der|for|in)\b\.?"
_NAME = rf"{_NAME_WORD}(?:[ ,&]+(?:{_SMALL}|{_NAME_WORD})){{0,12}}"
# An entry begins with the name of its author, and has the year near it.
_ENTRY = re.compile(rf"[^\w\n]{{0,6}}(?P<name>{_NAME})[^\n]{{0,200}}?(?<![\w/-])(?P<year>{_YEAR})(?![\w/-])")
_LEAD = r"(?:(?:but|see|also|cf\.|compare|e\.g\.,?|as cited in|quoted in)\s+){0,3}"
_PAGES = r"(?:\s*[,:]\s*(?:pp?\.|chap\.|ch\.|para\.|fig\.|table|§)?\s*\d{1,5}(?:\s*[–-]\s*\d{1,5})?)?"
_PART = re.compile(rf"\s*{_LEAD}(?P<name>{_NAME}),?\s+(?P<year>{_YEAR})(?P<more>(?:,\s*(?:{_YEAR}|[a-z]))*){_PAGES}\s*")
_BRACKET = re.compile(r"[ \t]?(?:\((?P<parts>[^()\n]{4,300})\)|\[(?P<boxed>[^\[\]\n]{4,300})\](?![(:]))")
_TOLD = re.compile(
    rf"(?P<name>[{_CAPITAL}][\w'’-]+(?:(?: and | & | of | of the | for | )[{_CAPITAL}][\w'’-]+){{0,6}}(?: et al\.)?)"
    rf" \((?P<year>{_YEAR}){_PAGES}\)"
)
_SHORT_NOTE = re.compile(rf"\s*{_LEAD}(?P<name>{_NAME}),?\s+\(?(?P<year>{_YEAR})\)?{_PAGES}\s*[.;]?\s*\Z")
_IBID = re.compile(rf"(?:ibid(?:em)?|ebd|ebenda)\.?{_PAGES}", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?][\"'”’]?(?=\s|\Z)")
_WORD = re.compile(rf"[{_CAPITAL}][\w'’-]*")
_MOST_TRIED = 20_000  # brackets that are looked at
_MOST_ALIKE = 50  # works of one name and year
_LONGEST_SENTENCE = 600  # characters behind "Ray (2020)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """A work of the list: the name that it begins with, its year, its words, and what it gives."""

    name: str
    year: str
    words: frozenset[str]
    given: Given

    @property
    def key(self) -> tuple[str, str]:
        """The year and the first word of the author's name, by which a mark finds it."""
        return self.year, self.name.partition(" ")[0].casefold()

    def is_by(self, names: Sequence[str]) -> bool:
        """Whether a mark's authors are this work's: it begins with the first of them, and has all of their names."""
        first = f"{self.name} ".casefold().startswith(f"{names[0]} ".casefold())
        return first and self.words.issuperset(names)


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A mark by author and year: its span (empty behind "Ray (2020) says"), its words, and what its works give."""

    span: tuple[int, int]
    words: str
    given: tuple[Given, ...]


def work_of(words: str, given: Given) -> Work | None:
    """The work that an entry is about; None if it does not begin with a name, or has no year."""
    match = _ENTRY.match(words[:400])
    if match is None:
        return None
    name = re.sub(r"[,.&].*", "", match["name"]).strip()
    return Work(name=name, year=match["year"], words=frozenset(_WORD.findall(words[:400])), given=given)


def works_by_key(works: Iterable[Work]) -> dict[tuple[str, str], list[Work]]:
    """The works of a list, to be found by the marks of all its texts."""
    by_key: dict[tuple[str, str], list[Work]] = {}
    for work in works:
        by_key.setdefault(work.key, []).append(work)
    return by_key


def named_works(text: str, by_key: Mapping[tuple[str, str], list[Work]]) -> Iterator[Named]:
    """The marks of a text that name works of the list; a mark that fits several works gives nothing."""
    if not by_key:
        return
    before: tuple[Given, ...] = ()
    for match in islice(_BRACKET.finditer(text), _MOST_TRIED):
        words = match["parts"] or match["boxed"]
        if _IBID.fullmatch(words):
            before = before if len(before) == 1 else ((),)
            yield Named(span=match.span(), words=match[0].strip(), given=before)
            continue
        parts = [_PART.fullmatch(part) for part in words.split(";")]
        fitting = [works_of_year for part in parts if part for works_of_year in _works_of_years(part, by_key)]
        if all(parts) and any(fitting):
            before = tuple(map(_single, fitting))
            yield Named(span=match.span(), words=match[0].strip(), given=before)
    for match in islice(_TOLD.finditer(text), _MOST_TRIED):
        words = match["name"].split(" ")
        named_so = next(
            filter(None, (_by(" ".join(words[at:]), match["year"], by_key) for at in _name_starts(words))), []
        )
        end = _SENTENCE_END.search(text, match.end(), match.end() + _LONGEST_SENTENCE)
        if named_so and end:
            yield Named(span=(end.end(), end.end()), words=match[0], given=(_single(named_so),))


def work_named(words: str, by_key: Mapping[tuple[str, str], list[Work]]) -> Given:
    """What the work gives that a short note names: "Ray 2020, p. 4"; nothing where several works fit."""
    match = _SHORT_NOTE.match(words)
    return _single(_by(match["name"], match["year"], by_key)) if match else ()


def _works_of_years(part: re.Match[str], by_key: Mapping[tuple[str, str], list[Work]]) -> Iterator[list[Work]]:
    """For each year of a part the works of its authors: "Ray, 2020a, b"."""
    year = part["year"]
    for more in (year, *re.findall(r"[\da-z]+", part["more"])):
        year = more if more == year or more[0].isdigit() else year[:4] + more
        yield _by(part["name"], year, by_key)


def _name_starts(words: Sequence[str]) -> Iterator[int]:
    """Where the name may begin in the capital words before a year: "In May Ray (2020)"."""
    return (at for at, word in enumerate(words) if word[0].isupper())


def _by(name: str, year: str, by_key: Mapping[tuple[str, str], list[Work]]) -> list[Work]:
    names = _WORD.findall(name)
    return [work for work in by_key.get((year, names[0].casefold()), ())[:_MOST_ALIKE] if work.is_by(names)]


def _single(works: list[Work]) -> Given:
    return works[0].given if len(works) == 1 else ()


def is_author_year(label: str) -> bool:
    """Whether a link's words are a mark by author and year: "Ray, 2020", "Ray and Holm (2021a)"."""
    return _PART.fullmatch(label) is not None or _TOLD.fullmatch(label) is not None
