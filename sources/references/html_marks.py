"""Replaces reference marks in HTML (superscripts and "[3]" that lead to an entry of the page) with placeholders.

Each mark is replaced by a placeholder word, which the extraction keeps next to the text before it; `cut_marks` removes
it from the extracted text and returns its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import Any

from claims.records import Link
from sources import urls
from sources.markup.tree import MARK, MARK_END, drop
from sources.references import author_years, html_entries, html_lists, pointers, unlinked_marks
from sources.references.author_years import is_author_year
from sources.references.behind_sentences import behind_sentences
from sources.references.entries import LABEL, LOCATOR, MOST, SOURCE_LABEL, Given, referred_back
from sources.references.html_entries import bounded_text

_WORD = f"{MARK}{{}}{MARK_END}"
_PLACED = rf"{MARK}\d+{MARK_END}"
_BETWEEN = r"(?:[ \t]?(?:[,;˒–—-]|and|&)?[ \t]?)"
_LOCATED = rf"{_PLACED}(?:{LOCATOR}(?=[\],;)]))?"
_RUN = rf"\[?{_LOCATED}\]?(?:{_BETWEEN}\[?{_LOCATED}\]?)*+"
_PLACE = re.compile(
    rf"[ \t]?(?:\((?:(?:see|also|cf\.|e\.g\.,?|(?:foot|end)?notes?) ){{0,3}}(?:{SOURCE_LABEL})?{_RUN}\.?\)"
    rf"|(?<=[.!?\"”])\s?[Ss]ources?: {_RUN}\.?|{_RUN})"
)
_NUMBERS = re.compile(rf"{MARK}(\d+){MARK_END}")
_RANGE = re.compile(r"[\[(]?(\d{1,3})\s*[–—-]\s*(\d{1,3})[\])]?")
_UNSOURCED = re.compile(r"\s*\[?\s*citation needed\s*\]?\s*", re.IGNORECASE)
_PAGE = re.compile(r"\s*:\s*\d{1,4}(?:\s*[,–—-]\s*\d{1,4}){0,9}\s*")
_DASH = ("–", "—", "-")
_NOTE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:side|margin|foot)-?notes?(?:$|\s|[_-]*(?:content|text|body|tooltip)\b)", re.IGNORECASE
)
_SHORTEST_NOTE = 4  # characters
_LONGEST_LABEL = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A reference mark: its label, the name of its entry on this page, and what that gives."""

    label: str
    entry: str
    given: Given

    def links(self, place: int) -> Iterator[Link]:
        """The mark as links without words, at its place in the text: one for each page of its entry."""
        for page in self.given:
            yield Link(span=(place, place), href=page.href, mark=self.label, entry=self.entry, copies=page.copies)


@dataclass
class _PageMarks:
    """The marks and entries of one page as they are read."""

    root: Any
    address: str | None
    marks: list[Mark] = field(default_factory=list)
    entries: dict[Any, Given] = field(default_factory=dict)
    numbers: dict[object, int] = field(default_factory=dict)
    labels: dict[str, Any] = field(default_factory=dict)
    order: dict[Any, int] = field(default_factory=dict)
    named: dict[str, Any] = field(default_factory=dict)
    used: set[Any] = field(default_factory=set)

    def read(self) -> list[Mark]:
        self.order = {element: place for place, element in enumerate(self.root.iter())}
        self.named = {
            name: element for element in self.order for name in (element.get("id"), element.get("name")) if name
        }
        placed = [*self._noted(), *self._linked(), *self._pointed(), *self._shown(), *self._unsourced()]
        self._drop_pages()
        self._refer_back()
        for place, label, homes in placed[:MOST]:
            words = "".join(self.token(label, home, self.entries.get(home, ())) for home in homes or [None])
            _replace(place, words if not _belongs_to_sentence(label) else f"{label}{words}")
        if not self.marks:
            unlinked_marks.take_out(self.root, self.address, self.token, self.entries)
        for anchor, label, given in list(behind_sentences(self.root, self.address)):
            _replace(anchor, self.token(label, given[0].href, given))
        self._drop_entries()
        return self.marks

    def _drop_entries(self) -> None:
        for home in [*(home for home, given in self.entries.items() if given), *self.used]:
            if home.getparent() is not None:
                drop(home)

    def token(self, label: str, entry: object, given: Given) -> str:
        """The placeholder of a new mark."""
        number = self.numbers.setdefault(entry, len(self.numbers) + 1)
        self.marks.append(Mark(label=label, entry=str(number), given=given))
        return _WORD.format(len(self.marks) - 1)

    def _noted(self) -> Iterator[tuple[Any, str, list[Any]]]:
        """Notes within the text itself, as tooltips and side notes, which are read and taken out."""
        for element in list(self.order):
            described = element.get("aria-describedby") or element.get("aria-controls")
            note = self.named.get((described or "").split(" ")[0]) if described else None
            if note is not None and self.order[note] > self.order[element] and _label(element) and _is_note(note):
                yield from self._taken(element, _label(element), note)
            elif note is None and element not in self.used and _is_note(element) and _has_words_before(element):
                place = element.makeelement("span")
                element.addprevious(place)
                yield from self._taken(place, "note", element)

    def _taken(self, place: Any, label: str, note: Any) -> Iterator[tuple[Any, str, list[Any]]]:
        self.entries[note] = html_entries.given_by(note, self.address)
        self.used.add(note)
        yield place, label, [note]

    def _linked(self) -> Iterator[tuple[Any, str, list[Any]]]:
        anchors = [node for node in self.order if node.tag == "a" and "#" in (node.get("href") or "")][:MOST]
        targets = {anchor: target for anchor in anchors if (target := self._target(anchor)) is not None}
        homes = self._homes(targets)
        for anchor, home in homes.items():
            self.labels.setdefault(_label(anchor).strip("[]()^"), home)
            if home not in self.entries:
                self.entries[home] = self._given(home)
        for anchor, home in homes.items():
            yield anchor, _label(anchor), [home, *self._range(anchor, home, homes)]

    def _homes(self, targets: dict[Any, Any]) -> dict[Any, Any]:
        """The entry of each link; several that one element holds, parted by line breaks, get an element each."""
        by_home: dict[Any, list[Any]] = {}
        for target in sorted(set(targets.values()), key=lambda element: self.order[element]):
            by_home.setdefault(html_entries.entry_at(target), []).append(target)
        home_of: dict[Any, Any] = {}
        for home, several in by_home.items():
            parts = html_entries.separate_entries(home, several) if len(several) > 1 else [home]
            home_of.update(zip(several, parts, strict=True))
            if len(several) > 1:
                self.used.add(home)
        return {anchor: home_of[target] for anchor, target in targets.items() if self._fits(anchor, home_of[target])}

    def _pointed(self) -> Iterator[tuple[Any, str, list[Any]]]:
        for mark, label, targets in pointers.marks_by_attribute(self.order, self.named):
            homes = list(dict.fromkeys(map(html_entries.entry_at, targets)))
            for home in homes:
                if home not in self.entries:
                    self.entries[home] = self._given(home)
            yield mark, label, homes

    def _shown(self) -> Iterator[tuple[Any, str, list[Any]]]:
        for mark, label, title in pointers.marks_with_titles(self.order):
            note = mark.makeelement("span")
            note.text = title
            self.entries[note] = html_entries.given_by(note, self.address)
            yield mark, label, [note]

    def _unsourced(self) -> Iterator[tuple[Any, str, list[Any]]]:
        """An editor's "[citation needed]"."""
        for raised in [node for node in self.order if node.tag == "sup"][:MOST]:
            if _UNSOURCED.fullmatch("".join(islice(raised.itertext(), 20))):
                yield raised, "citation needed", []

    def _drop_pages(self) -> None:
        """The page that stands behind a mark: "[1]:41"."""
        for raised in [node for node in self.order if node.tag == "sup"][:MOST]:
            if _PAGE.fullmatch("".join(islice(raised.itertext(), 20))) and raised.getparent() is not None:
                drop(raised)

    def _given(self, home: Any) -> Given:
        """What an entry gives, or else the fuller entries to which it leads."""
        pages = list(html_entries.given_by(home, self.address))
        for target in () if pages else html_entries.fuller_entries(home, self.named, self.order):
            given = html_entries.given_by(target, self.address)
            if given:
                self.used.add(html_entries.whole_entry(target))
            pages += [page for page in given if page not in pages]
        return tuple(pages)

    def _range(self, anchor: Any, home: Any, homes: dict[Any, Any]) -> Iterator[Any]:
        """The entries between the two ends of a range: "2–4", as one link or as two with a dash between them."""
        match = _RANGE.fullmatch(_label(anchor))
        after = anchor.getnext()
        last = homes.get(after) if (anchor.tail or "").strip() in _DASH else None
        if match is None and (last is None or last.getparent() is not home.getparent()):
            return
        count = int(match[2]) - int(match[1]) if match else 20
        between = list(islice((item for item in home.itersiblings() if item.tag == home.tag), min(max(count, 0), 20)))
        for item in between if match else between[: between.index(last)] if last in between else ():
            if item not in self.entries:
                self.entries[item] = self._given(item)
            yield item

    def _refer_back(self) -> None:
        """What "Ibid." and "See note 4" refer to."""
        homes = sorted(self.entries, key=lambda home: self.order.get(home, 0))
        for before, home in zip([None, *homes], homes, strict=False):
            if not self.entries[home]:
                words = html_entries.unlabelled(home)
                back = referred_back(words)
                other = before if back == "" else self.labels.get(back or "")
                given = self.entries.get(other, ()) if other is not home else ()
                given = given if back is not None else author_years.work_named(words, self._works)
                self.entries[home] = given if len(given) == 1 else ()

    @cached_property
    def _works(self) -> Mapping[tuple[str, str], list[author_years.Work]]:
        """The works of the list with which the page ends, to which short notes lead."""
        headings = html_lists.list_headings(self.root)
        works = html_lists.works(headings[-1], self.address) if headings else []
        self.used.update(home for _, home in works if home not in self.entries)
        return author_years.works_by_key(work for work, _ in works)

    def _target(self, anchor: Any) -> Any | None:
        """Where on this page, further down, a mark leads; None if it leads elsewhere, or back up, or is no mark."""
        before, _, name = anchor.get("href").partition("#")
        if not _label(anchor) or (before and not self._is_here(before)):
            return None
        target = self.named.get(name)
        return target if target is not None and self.order[target] > self.order[anchor] else None

    def _is_here(self, address: str) -> bool:
        own = self.address
        return own is not None and urls.key(urls.absolute(own, address) or "") == urls.key(own)

    @staticmethod
    def _fits(anchor: Any, home: Any) -> bool:
        """Whether an entry may be that of a mark: it does not hold the mark, and has the year that the mark names."""
        label = _label(anchor)
        inside = any(above is home for above in islice(anchor.iterancestors(), 600))
        year = re.search(r"\d{4}", label) if is_author_year(label) else None
        return not inside and (year is None or year[0] in bounded_text(home))


def take_out_marks(root: Any, address: str | None) -> list[Mark]:
    """Replace every mark of an lxml tree by a placeholder, in place; the n-th placeholder refers to the n-th mark.

    Entries with an address are removed from the tree, because they are not part of the article's text.
    """
    return _PageMarks(root, address).read()


def cut_marks(text: str, marks: list[Mark]) -> tuple[str, list[tuple[int, Mark]], list[tuple[int, int]]]:
    """The text without placeholders, the place of each mark, and the removed parts (place, length)."""
    pieces: list[str] = []
    places: list[tuple[int, Mark]] = []
    removed: list[tuple[int, int]] = []
    at = length = 0
    for match in _PLACE.finditer(text):
        numbers = [int(number) for number in _NUMBERS.findall(match[0]) if int(number) < len(marks)]
        if not numbers:
            continue
        # A space before the mark stays if the next word would be joined to the one before.
        start = match.start() + (match[0][0] in " \t" and text[match.end() : match.end() + 1].isalnum())
        pieces.append(text[at:start])
        length += start - at
        at = match.end()
        places += ((length, marks[number]) for number in numbers)
        removed.append((start, match.end() - start))
    pieces.append(text[at:])
    return "".join(pieces), places, removed


def _label(element: Any) -> str:
    text = " ".join("".join(islice(element.itertext(), 20)).split())
    if len(text) <= 12 and (LABEL.fullmatch(text) or _RANGE.fullmatch(text)):
        return text
    return text if len(text) <= _LONGEST_LABEL and is_author_year(text) else ""


def _belongs_to_sentence(label: str) -> bool:
    """Whether a mark's words are part of the sentence: "Ray (2020)", and not "Ray, 2020"."""
    return is_author_year(label) and "(" in label[1:]


def _is_note(element: Any) -> bool:
    """Whether an element of the text is itself a note to it."""
    if element.tag not in ("span", "small", "aside", "div", "d-footnote"):
        return False
    role = element.get("role")
    noted = (
        role in ("tooltip", "doc-footnote")
        or element.tag == "d-footnote"
        or _NOTE_CLASS.search(element.get("class") or "")
    )
    return bool(noted) and not _label(element) and len(bounded_text(element, 40)) >= _SHORTEST_NOTE


def _has_words_before(note: Any) -> bool:
    """Whether a note stands within a paragraph."""
    parent = note.getparent()
    return parent is not None and note.tag != "div" and any(node.tag == "p" for node in islice(note.iterancestors(), 4))


def _replace(anchor: Any, token: str) -> None:
    """A bare word in place of a mark's link, and no superscript around it."""
    for child in list(anchor):
        anchor.remove(child)
    anchor.text = token
    for element in (anchor, anchor.getparent()):
        if element is anchor or element.tag == "sup":
            element.tag = "span"
            element.attrib.clear()
