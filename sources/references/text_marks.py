"""Reference marks of plain text and Markdown: "[3]", "[^3]", "(3)", "【3†source】", raised digits and "(Ray, 2020)".

A text of ten megabytes is read in steps linear in its length.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice

from claims.records import Link, Span
from sources.references import author_years
from sources.references.behind_sentences import addresses_behind
from sources.references.entries import (
    LOCATOR,
    MOST,
    NUMBERED_WORD,
    SOURCE_WORD,
    UNPUBLISHED,
    Given,
    are_scores,
    count_up,
    entry_of,
    heads_list,
    is_in_title,
    is_of_provision,
    is_power,
    is_score,
    named_entries,
)
from sources.references.sections import in_sections
from sources.references.text_entries import (
    COPIED,
    DIGITS,
    LINE,
    RAISED,
    TextEntry,
    given_in,
    links_in,
    place_of_letter,
    text_entries_of,
    works_listed,
)

# Where "chapter [4](#chapter-4)" leads, which is no mark.
_PART_OF_PAGE = (
    r"(?i:(?:app(?:endix)?|annex|ch(?:ap(?:ter)?)?|eq(?:uation)?|fig(?:ure)?|line|p(?:age|ara(?:graph)?)?|part|question|rule"
    r"|sec(?:tion)?|step|tab(?:le)?)(?![a-z]))"
)
# "[3]" behind a small letter of its own is a place in a list of a program: "a[3]".
_MARK = re.compile(
    rf"(?<!\!)(?<!\b[a-z])\\?\[(?:fn:|#)?(?P<boxed>\^?[\w-]{{1,40}}(?:\^(?=\]))?(?:{LOCATOR})?(?:\s*[,;–-]\s*[\^#]?\d{{1,3}}(?:{LOCATOR})?){{0,20}})\\?\](?![(:])"
    rf"|\\?\[(?P<word>{NUMBERED_WORD} \d{{1,3}}(?:, (?:{NUMBERED_WORD} )?\d{{1,3}}){{0,20}})\\?\]"
    r"|【(?P<source>\d{1,3}(?::\d{1,3})?)(?:†[^】\n]{0,80})?】"
    rf"|(?:<sup>)?\[\[?(?P<anchored>\d{{1,3}})\]?\]\(#(?!{_PART_OF_PAGE})[\w:.-]{{1,60}}\)(?:</sup>)?"
    rf"|(?P<raised>[{RAISED}]{{1,3}}(?:[˒ʼ,⁻–-][{RAISED}]{{1,3}}){{0,20}})"
    r"|<sup>\[?(?P<tagged>\d{1,3}(?:\s*[,–-]\s*\d{1,3}){0,20})\]?</sup>|\^(?P<caret>\d{1,3})\^"
)
_WORDS = re.compile(rf"{NUMBERED_WORD} (?=\d)")
_SURELY_COPIED = re.compile(r"(?:[a-z]{4}|\bMay|\b(?:1[5-9]|20)\d\d)[.!?]\Z")
# "(3)" is a mark at the end of a clause, and not in "(1) roads and (2) schools".
_ROUND = re.compile(
    r"(?<=[\w.,;:!?\"'”’)%])[ \t]?\((?P<round>\d{1,3}(?:\s?[,;–-]\s?\d{1,3}){0,20})\)"
    r"(?=[ \t]*(?:[.,;:!?)\"”\n]|\(\d|\Z))"
    r"|(?<=[.!?\"”])[ \t]?\((?P<behind>\d{1,3}(?:\s?[,;–-]\s?\d{1,3}){0,20})\)(?=\s)"
)
# "{3}" is one only where the entries are written so, too; "(see note 3)" wherever there is such an entry.
_CURLY = re.compile(r"[ \t]?\{(\d{1,3}(?:\s?[,;–-]\s?\d{1,3}){0,20})\}(?=[ \t]*(?:[.,;:!?)\"”\n{]|\Z))")
_NOTED = re.compile(
    r"[ \t]?[(\[](?:[Ss]ee )?(?:(?:[Ff]oot|[Ee]nd)?[Nn]otes?|[Rr]efs?\.|[Rr]eferences?|[Ss]ources?)"
    r" (\d{1,3}(?:(?:, ?| and | & )\d{1,3}){0,20})[)\]]"
)
_SEE = re.compile(r"[ \t]?\[(?:[Ss]ee|cf\.) (\d{1,3}(?:(?:, ?| and | & )\d{1,3}){0,20})\]")
# "[@ray2020, p. 4; @holm]", as scholars write them in Markdown.
_KEYS = re.compile(r"[ \t]?\[(?P<keys>-?@[\w:.#$%&+?<>~/-]{1,60}(?:(?:\s?[,;]| pp?\. ?\d)[^\[\]\n]{0,200})?)\](?![(:])")
_KEY = re.compile(r"@[\w:.#$%&+?<>~/-]*\w")
_UNPUBLISHED = re.compile(UNPUBLISHED)
# Where the entries are written so, too, it may stand within a clause if each comes once and all count up from 1.
_WITHIN = re.compile(
    r"(?<=[\w.,;:!?\"'”’)%])[ \t]?\((?P<round>\d{1,3}(?:\s?[,;–-]\s?\d{1,3}){0,20})\)(?=\W|\Z)(?P<behind>)"
)
_ADDRESS = r"\([^\s()]+(?:\([^\s()]*\)[^\s()]*)*(?:\s+[\"'][^\n\"']*[\"'])?\)"
# Marks that are links themselves: "[1](https://...)", "[^1^][1]".
_SELF = re.compile(
    rf"\[\[(?P<boxed>\d{{1,3}})\]{_ADDRESS}\]|\[\[?\^?(?P<label>\d{{1,3}})\^?\]?\]{_ADDRESS}"
    rf"|(?P<empty>\[\]){_ADDRESS}|\[\^(?P<caret>\d{{1,3}})\^\]\[[^\[\]\n]{{1,40}}\]"
)
# A bracket of nothing but links: "([Daily](https://...), [Echo][2])".
_LINKED = rf"\[[^\[\]\n]{{1,200}}\](?:{_ADDRESS}|\[[^\[\]\n]{{0,40}}\])"
_GROUP = re.compile(
    rf"[ \t]?\({_LINKED}(?:(?:[,;] ?| and | & ){_LINKED}){{0,20}}\)(?=[ \t]*(?:[.,;:!?\"”\n]|\Z))"
    rf"|(?<=[.!?\"”])[ \t]\({_LINKED}(?:[,;] ?{_LINKED}){{0,20}}\)"
    # A link behind a sentence that says only that it is the source.
    rf"|(?<=[.!?\"”])[ \t]\[\[?(?i:{SOURCE_WORD})\]?\]{_ADDRESS}(?=\s|\Z)"
    rf"|(?<=[.!?\"”])[ \t](?i:sources?): {_LINKED}(?:[,;] ?{_LINKED}){{0,20}}\.?(?=\s|\Z)"
)
_INSIDE = r"(?:[^\[\]\n]|\[[^\[\]\n]*\])"
_INLINE = re.compile(rf"\^\[(?P<note>{_INSIDE}{{1,2000}})\]")
_MOST_TRIED = 20_000  # marks of one form that are looked at


@dataclass(frozen=True, slots=True, kw_only=True)
class TextMarks:
    """The marks as links, the marks that give no address, and the spans of the entries, no part of the article."""

    links: tuple[Link, ...]
    uncited: tuple[Span, ...]
    entries: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class _Marked:
    """A mark with what its entries, by their names, give."""

    span: Span
    words: str
    given: Mapping[str, Given]


def read_marks(text: str, links: Sequence[Link]) -> TextMarks:
    """The reference marks of a text with the other links ``links``."""
    entries = text_entries_of(text, links)
    works = [] if entries else list(works_listed(text, links))
    entry_spans = sorted([*(entry.span for entry in entries), *(span for _, span in works)])
    marks = _MarksOfText(text, entries, links).read([work for work, _ in works])
    marks = sorted(marks, key=lambda mark: mark.span)[:MOST]
    return TextMarks(
        links=tuple(
            Link(span=mark.span, href=page.href, mark=mark.words, entry=name, copies=page.copies)
            for mark in marks
            for name, given in mark.given.items()
            for page in given
        ),
        uncited=tuple(mark.span for mark in marks if not any(mark.given.values())),
        entries=tuple(entry_spans),
    )


class _MarksOfText:
    """The marks of all forms outside the entries of a text; of two that overlap, the first read counts."""

    def __init__(self, text: str, entries: Sequence[TextEntry], links: Sequence[Link]) -> None:
        self._text, self._entries, self._links = text, entries, links
        self._known = {entry.name: entry.given for entry in reversed(entries)}
        self._taken = sorted(entry.span for entry in entries)

    def read(self, works: Sequence[author_years.Work]) -> list[_Marked]:
        text, known = self._text, self._known
        marks = [*self._free(_link_groups(text, self._links)), *self._free(_selfs(text, self._links))]
        marks += self._free(_keyed(text, known))
        marks += self._free(_inline_notes(text, self._links))
        behind = addresses_behind(text, self._links)
        marks += self._free(_Marked(span, words, _named_by_address([given])) for span, words, given in behind)
        boxed = list(_boxed(text, known))
        boxed = self._free(boxed if self._has_heading or _uses(boxed, known) else [])
        rounds = any(entry.form == "round" for entry in self._entries)
        if rounds or not boxed:
            boxed += self._free(_round(text, known, sure=rounds))
        if any(entry.form == "curly" for entry in self._entries):
            boxed += self._free(_labelled(_CURLY, text, known))
        for form in (_NOTED, _SEE):
            boxed += self._free(_labelled(form, text, known))
        if not boxed:
            boxed += self._free(_copied_marks(text, known))
        boxed = self._in_sections(boxed)
        named = author_years.named_works(text, author_years.works_by_key(works))
        unpublished = islice(_UNPUBLISHED.finditer(text), _MOST_TRIED)
        return [
            *marks,
            *boxed,
            *self._free(_Marked(match.span(), match[0].strip(), {}) for match in unpublished),
            *self._free(_Marked(mark.span, mark.words, _named_by_address(mark.given)) for mark in named),
        ]

    def _in_sections(self, marks: Sequence[_Marked]) -> list[_Marked]:
        """The marks with what the list of their own section gives."""
        own = in_sections(self._entries, [(mark.span[0], mark.given) for mark in marks])
        return [replace(mark, given=given) for mark, given in zip(marks, own, strict=True)]

    @cached_property
    def _has_heading(self) -> bool:
        """Whether the entries are told as such: by their form, or by a heading above them."""
        if any(entry.form not in ("plain", "bare", "letter") for entry in self._entries) or not self._entries:
            return True
        return any(heads_list(line[0]) for line in LINE.finditer(self._text))

    def _free(self, marks: Iterable[_Marked]) -> list[_Marked]:
        free = [mark for mark in marks if not _meets(mark.span, self._taken)]
        self._taken = sorted([*self._taken, *(mark.span for mark in free)])
        return free


def _meets(span: Span, taken: Sequence[Span]) -> bool:
    place = bisect_left(taken, (max(span[1], span[0] + 1), -1)) - 1
    return place >= 0 and taken[place][1] > span[0]


def _named_by_address(given: Iterable[Given]) -> dict[str, Given]:
    """What works and links give, which are named by their addresses."""
    return {pages[0].href: pages for pages in given if pages}


def _given_by(span: Span, links: Sequence[Link]) -> dict[str, Given]:
    """What the links in a span lead to."""
    return _named_by_address(entry_of([link.href]) for link in links_in(span, links))


def _selfs(text: str, links: Sequence[Link]) -> Iterator[_Marked]:
    for match in islice(_SELF.finditer(text), _MOST_TRIED):
        given = _given_by(match.span(), links)
        if given:
            label = match["label"] or match["boxed"] or match["caret"] or ""
            yield _Marked(match.span(), f"[{label}]", dict(islice(given.items(), 1)))


def _link_groups(text: str, links: Sequence[Link]) -> Iterator[_Marked]:
    for match in islice(_GROUP.finditer(text), _MOST_TRIED):
        given = _given_by(match.span(), links)
        if given:
            names = re.findall(r"\[([^\[\]\n]{1,200})\]\]?[(\[]", match[0])
            yield _Marked(match.span(), f"({', '.join(names)})", given)


def _inline_notes(text: str, links: Sequence[Link]) -> Iterator[_Marked]:
    for match in islice(_INLINE.finditer(text), _MOST_TRIED):
        yield _Marked(match.span(), "[^]", {f"at {match.start()}": given_in(text, match.span("note"), links)})


def _keyed(text: str, known: Mapping[str, Given]) -> Iterator[_Marked]:
    for match in islice(_KEYS.finditer(text), _MOST_TRIED):
        names = _KEY.findall(match["keys"])
        yield _Marked(match.span(), match[0].strip(), {name: known[name] for name in names if name in known})


def _boxed(text: str, known: Mapping[str, Given]) -> Iterator[_Marked]:
    """Marks in square or other brackets, and raised ones."""
    orphans = None
    scores = are_scores(_boxed_numbers(text))
    for match in islice(_MARK.finditer(text), _MOST_TRIED):
        if (scores and is_score(match["boxed"] or "")) or is_in_title(text, *match.span()):
            continue
        label = _WORDS.sub("", next(filter(None, match.groups()))).translate(DIGITS).rstrip("^").replace("#", "")
        is_raised = not (match["boxed"] or match["source"] or match["word"] or match["anchored"])
        if is_raised and is_power(text, match.start()):
            continue
        names = named_entries(label, known) or (_each_digit(label, known) if match["raised"] else [])
        if names and not is_of_provision(text, *match.span()):
            yield _Marked(match.span(), match[0], {name: known[name] for name in names})
        elif names or "†" in match[0] or label.startswith("^") or (match["word"] and known):
            yield _Marked(match.span(), match[0], {})
        elif match["boxed"] and re.fullmatch(r"\d{1,3}", label):
            if orphans is None:
                orphans = any(name.isdigit() for name in known) or _is_numbered(text)
            if orphans:
                yield _Marked(match.span(), match[0], {})


def _uses(marks: Sequence[_Marked], known: Mapping[str, Given]) -> bool:
    """Whether marks are those of a list without a heading: they count up from 1, and name most of its entries."""
    names = [name for mark in sorted(marks, key=lambda mark: mark.span) for name in mark.given]
    return count_up(map(place_of_letter, names)) and 2 * len(set(names)) > len(known)


def _is_numbered(text: str) -> bool:
    """Whether the numbers in square brackets are those of a list that is not there."""
    numbers = [label for label in _boxed_numbers(text) if label.isdigit()]
    return len(set(numbers)) > 1 and count_up(numbers)


def _boxed_numbers(text: str) -> list[str]:
    """What stands in square brackets and begins with a number."""
    matches = islice(_MARK.finditer(text), _MOST_TRIED)
    return [match["boxed"] for match in matches if match["boxed"] and match["boxed"][0].isdigit()]


def _round(text: str, known: Mapping[str, Given], *, sure: bool) -> Iterator[_Marked]:
    """Marks in round brackets; unless the entries are written so, too, they must count up from 1."""
    labelled = [(match, match["round"] or match["behind"]) for match in islice(_ROUND.finditer(text), _MOST_TRIED)]
    within = [(match, match["round"]) for match in islice(_WITHIN.finditer(text), _MOST_TRIED)] if sure else []
    once = within if len({label for _, label in within}) == len(within) else []
    yield from list(_counting(once, known, sure=False)) or _counting(labelled, known, sure=sure)


def _labelled(form: re.Pattern[str], text: str, known: Mapping[str, Given]) -> Iterator[_Marked]:
    """Marks of a form that needs no count."""
    matches = islice(form.finditer(text), _MOST_TRIED)
    return _counting([(match, re.sub(" and | & ", ", ", match[1])) for match in matches], known, sure=True)


def _copied_marks(text: str, known: Mapping[str, Given]) -> Iterator[_Marked]:
    """Marks that have lost their form; most must stand behind a word, not a number, and all count up from 1."""
    matches = list(islice(COPIED.finditer(text), _MOST_TRIED))
    sure = sum(_SURELY_COPIED.search(text[max(0, match.start() - 5) : match.start()]) is not None for match in matches)
    if matches and 2 * sure >= len(matches):
        yield from _counting([(match, match["label"]) for match in matches], known, sure=False)


def _counting(
    labelled: Iterable[tuple[re.Match[str], str]], known: Mapping[str, Given], *, sure: bool
) -> Iterator[_Marked]:
    marks = []
    for match, label in labelled:
        names = named_entries(label, known)
        if names:
            marks.append((names, _Marked(match.span(), match[0].strip(), {name: known[name] for name in names})))
    if sure or count_up(name for names, _ in marks for name in names):
        yield from (mark for _, mark in marks)


def _each_digit(label: str, known: Mapping[str, Given]) -> list[str]:
    """The entries of raised digits side by side: "¹²" are 1 and 2 where there are five entries."""
    rising = label.isdigit() and list(label) == sorted(set(label)) and all(digit in known for digit in label)
    return list(label) if rising else []
