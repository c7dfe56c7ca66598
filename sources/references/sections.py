"""Says which list of references the marks of a stretch of text lead to, where a page has several lists."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Container, Mapping, Sequence
from typing import NamedTuple

from sources.references.entries import Given
from sources.references.text_entries import TextEntry


class Led(NamedTuple):
    """What a name leads to: the entry's own key, which no entry of another list has, and what it gives."""

    key: tuple[int, str]
    given: Given


# What each name leads to in one stretch of a text.
Section = Mapping[str, Led]


def sections(lists: Sequence[Mapping[str, Given]], marked: Collection[int]) -> list[Section]:
    """What the names of entries lead to in each stretch of a page that its lists part: above the first, and so on.

    ``marked`` are the stretches with marks. A mark leads to the next list below it, as in a page of two articles with
    the notes of each; where no mark stands between two lists, a name that leads to different pages in them leads to
    none. Below the last list a mark leads to it only if no mark stands above it.
    """
    parts: list[Section] = []
    below: Section = {}
    for number in reversed(range(len(lists))):
        section = {name: Led((number, name), given) for name, given in lists[number].items()}
        below = section if number + 1 in marked else _of_two_lists(section, below)
        parts.append(below)
    last = parts[0] if parts and not any(stretch < len(lists) for stretch in marked) else {}
    return [*reversed(parts), last]


def _of_two_lists(first: Section, second: Section) -> Section:
    """The entries of two lists that the same marks may lead to: "Notes" and "References" below each other."""
    joined = {**second, **first}
    for name in first.keys() & second.keys():
        if not first[name].given:
            joined[name] = second[name]
        elif second[name].given and second[name].given != first[name].given:
            joined[name] = Led(first[name].key, ())
    return joined


def in_sections(
    entries: Sequence[TextEntry], marks: Sequence[tuple[int, Mapping[str, Given]]]
) -> list[dict[str, Given]]:
    """What each mark of a text, told by its place and what its names give, leads to in its own section.

    A footnote of no list counts anywhere. The name of an entry of a further list has the number of its list.
    """
    lists: dict[int, dict[str, Given]] = {}
    starts: list[int] = []
    for entry in entries:
        if entry.listed is not None:
            if entry.listed not in lists:
                starts.append(entry.span[0])
            lists.setdefault(entry.listed, {}).setdefault(entry.name, entry.given)
    if len(lists) < 2:
        return [dict(given) for _, given in marks]
    known = {name for names in lists.values() for name in names}
    free = {entry.name for entry in entries if entry.listed is None}
    stretches = [bisect_left(starts, place) for place, _ in marks]
    marked = {stretch for stretch, (_, given) in zip(stretches, marks, strict=True) if known.intersection(given)}
    led = sections(list(lists.values()), marked)
    return [_of_section(given, led[stretch], free) for stretch, (_, given) in zip(stretches, marks, strict=True)]


def _of_section(given: Mapping[str, Given], section: Section, free: Container[str]) -> dict[str, Given]:
    own = {name: pages for name, pages in given.items() if name in free}
    entries = (section[name] for name in given if name not in free and name in section)
    return own | {f"{entry.key[1]} of list {entry.key[0] + 1}": entry.given for entry in entries}
