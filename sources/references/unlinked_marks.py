"""Reads reference marks of an HTML page that are no links: "[3]", "(3)", raised digits and "(Ray, 2020)"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Container, Iterator, Mapping, MutableMapping, Sequence
from typing import Any

from sources.markup.charset import legal
from sources.markup.tree import walk
from sources.references import author_years, html_entries, html_lists
from sources.references.entries import (
    LOCATOR,
    MOST,
    UNPUBLISHED,
    Given,
    are_scores,
    count_up,
    is_in_title,
    is_of_provision,
    is_power,
    is_score,
    named_entries,
)
from sources.references.sections import Led, Section, sections

_NUMBERS = r"\d{1,3}(?:\s*[,;–-]\s*\d{1,3}){0,20}"
_LOCATED = rf"\d{{1,3}}(?:{LOCATOR})?(?:\s*[,;–-]\s*#?\d{{1,3}}(?:{LOCATOR})?){{0,20}}"
_BOXED = re.compile(
    rf"(?<!\b[a-z])\[(?:#|[Ss]ee )?(?P<label>{_LOCATED})\]|【(?P<source>\d{{1,3}})(?:†[^】\n]{{0,80}})?】"
)
_ROUND = re.compile(rf"(?<=[\w.,;:!?\"'”’)%])[ \t]?\((?P<label>{_NUMBERS})\)(?=[ \t]*(?:[.,;:!?)\"”\n]|\Z))")
# Where the entries are written "(1)", too, a mark may stand within a clause: "took 7 years (2) and cost".
_WITHIN = re.compile(rf"(?<=[\w.,;:!?\"'”’)%])[ \t]?\((?P<label>{_NUMBERS})\)(?=\W|\Z)")
_UNPUBLISHED = re.compile(UNPUBLISHED)
_SIGNED = re.compile(r"(?<=[\w.,;:!?\"'”’)%])(?P<label>[*†‡§]{1,3})(?=[\s.,;:!?)]|\Z)")
_RAISED = re.compile(rf"\s*({_NUMBERS})\s*")
_ET_AL = re.compile(r"\s*et al\.?,?\s*")

# Makes a new mark's placeholder of its label, the name of its entry, and what that gives.
_Token = Callable[[str, object, Given], str]
_Text = tuple[Any, bool]  # an element, and whether it is the text behind it


def take_out(root: Any, address: str | None, token: _Token, entries: MutableMapping[Any, Given]) -> None:
    """Replace the marks of a page by placeholders, and add the entries to which they lead to ``entries``."""
    lists = html_lists.reference_lists(root)
    inside = {element for listed in lists for _, entry in listed for element in entry.home.iter()}
    done = 0
    if lists:
        given = [html_lists.given_by_all(listed, address) for listed in lists]
        known = {name for names in given for name in names}
        _lower(root, inside, known)
        texts = list(_texts(root, inside))
        is_round = all(entry.is_round for listed in lists for _, entry in listed)
        rounds = _WITHIN if is_round and _is_once(texts) else _ROUND
        stretches = _lists_above(root, [listed[0][1].home for listed in lists])
        for pattern in (_BOXED, rounds):
            if pattern is _BOXED or _is_numbered_up(texts, pattern):
                marked = {
                    stretches[text]
                    for text in texts
                    for match in pattern.finditer(_words_at(text))
                    if _entries_named(match, known)
                }
                led = sections(given, marked)
                done = _swap(texts, pattern, {text: led[stretches[text]] for text in texts}, token, known)
            if done:
                break
        for listed, names in zip(lists, given, strict=True) if done else ():
            for number, entry in listed:
                entries[entry.home] = entries.get(entry.home) or names[number]
    for text in list(_texts(root, inside)):
        _set(text, _UNPUBLISHED.sub(lambda match: token(match[0].strip(), None, ()), _words_at(text)))
    done = done or _read_signs(root, address, token, entries)
    if not done:
        headings = html_lists.list_headings(root)
        works = html_lists.works(headings[-1], address) if headings else []
        _read_works(root, works, token, entries)
        _drop_orphans(root, inside, token)


def _lists_above(root: Any, firsts: Sequence[Any]) -> dict[_Text, int]:
    """For each text of a page how many of its lists, whose first entries are given in order, begin above it."""
    stretches: dict[_Text, int] = {}
    above = 0
    for event, node in walk(root):
        if event == "start" and above < len(firsts) and node is firsts[above]:
            above += 1
        stretches[node, event == "end"] = above
    return stretches


def _read_signs(root: Any, address: str | None, token: _Token, entries: MutableMapping[Any, Given]) -> int:
    """Marks that are signs ("*", "†"), each once in the text above its note."""
    signed = html_lists.signed_items(root)
    inside = {element for entry in signed.values() for element in entry.home.iter()}
    texts = list(_texts(root, inside)) if signed else []
    times = Counter(match["label"] for text in texts for match in _SIGNED.finditer(_words_at(text)))
    given = {
        sign: html_entries.given_by(entry.words, address) for sign, entry in signed.items() if times.get(sign) == 1
    }
    entries.update({signed[sign].home: pages for sign, pages in given.items()})
    led: Section = {sign: Led((0, sign), pages) for sign, pages in given.items()}
    return _swap(texts, _SIGNED, dict.fromkeys(texts, led), token, given)


def _texts(root: Any, inside: set[Any]) -> Iterator[_Text]:
    """The texts of a page outside of its entries, in order."""
    for event, node in walk(root):
        if node in inside or node.tag in ("script", "style", "title"):
            continue
        if event == "end" and node is not root and node.tail:
            yield node, True
        elif event == "start" and node.text:
            yield node, False


def _words_at(text: _Text) -> str:
    node, behind = text
    return (node.tail if behind else node.text) or ""


def _set(text: _Text, words: str) -> None:
    """Give a text other words; a tree may hold characters that it does not take again."""
    if words == _words_at(text):
        return
    node, behind = text
    words = legal(words)
    if behind:
        node.tail = words
    else:
        node.text = words


def _swap(
    texts: list[_Text], pattern: re.Pattern[str], led: Mapping[_Text, Section], token: _Token, known: Container[str]
) -> int:
    """Replace the marks of a form that name ``known`` entries by what these are in each text; returns how many."""
    done = 0
    labels = [_label_of(match) for text in texts for match in pattern.finditer(_words_at(text))]
    scores = are_scores(labels)

    def swapped(match: re.Match[str]) -> str:
        nonlocal done
        names = [] if scores and is_score(_label_of(match)) else _entries_named(match, known)
        if not names or done > MOST or is_in_title(match.string, *match.span()):
            return match[0]
        done += 1
        section = {} if is_of_provision(match.string, *match.span()) else led[text]
        keyed = [section[name] for name in names if name in section]
        label = match[0].strip()
        return "".join(token(label, entry.key, entry.given) for entry in keyed) or token(label, None, ())

    for text in texts:
        _set(text, pattern.sub(swapped, _words_at(text)))
    return done


def _label_of(match: re.Match[str]) -> str:
    label: str = next(filter(None, match.groups()))
    return label


def _entries_named(match: re.Match[str], known: Container[str]) -> list[str]:
    """The entries that a mark names."""
    return named_entries(_label_of(match).replace("#", ""), known)


def _is_numbered_up(texts: list[_Text], pattern: re.Pattern[str]) -> bool:
    """Whether the numbers are 1, 2 and so on in the order in which they first stand there."""
    labels = (match["label"] for text in texts for match in pattern.finditer(_words_at(text)))
    return count_up(number for label in labels for number in re.findall(r"\d+", label))


def _is_once(texts: list[_Text]) -> bool:
    """Whether no number in round brackets comes twice, as those of marks and of a list in a sentence do."""
    labels = [match["label"] for text in texts for match in _WITHIN.finditer(_words_at(text))]
    return len(set(labels)) == len(labels)


def _lower(root: Any, inside: set[Any], known: Container[str]) -> None:
    """Write raised numbers of entries as "[3]"."""
    for node in root.iter("sup"):
        match = _RAISED.fullmatch(node.text or "") if len(node) == 0 and node not in inside else None
        if match and named_entries(match[1], known) and not _is_power(node):
            node.tag, node.text = "span", f"[{match[1]}]"


def _is_power(raised: Any) -> bool:
    before = raised.getprevious()
    text = before.tail if before is not None else raised.getparent().text
    return is_power(text or "", len(text or ""))


def _read_works(
    root: Any,
    listed: Sequence[tuple[author_years.Work, Any]],
    token: _Token,
    entries: MutableMapping[Any, Given],
) -> None:
    """Marks by author and year."""
    if not listed:
        return
    for node in [node for node in root.iter("i", "em") if _ET_AL.fullmatch(node.text or "") and len(node) == 0]:
        node.drop_tag()
    inside = {element for _, home in listed for element in home.iter()}
    by_key = author_years.works_by_key(work for work, _ in listed)
    done = False
    for text in list(_texts(root, inside)):
        words = _words_at(text)
        for named in sorted(author_years.named_works(words, by_key), key=_mark_place, reverse=True):
            tokens = "".join(token(named.words, given, given) for given in named.given)
            words = words[: named.span[0]] + tokens + words[named.span[1] :]
            done = True
        _set(text, words)
    if done:
        entries.update({home: work.given for work, home in listed})


def _mark_place(named: author_years.Named) -> tuple[int, int]:
    return named.span


def _drop_orphans(root: Any, inside: set[Any], token: _Token) -> None:
    """Marks of a list that the page does not have, if they count up from 1, are no words of the text."""
    raised = [node for node in root.iter("sup") if _is_orphan(node, inside)]
    numbers = [(node.text or "").strip() for node in raised]
    if len(set(numbers)) > 1 and count_up(numbers):
        for node in raised[:MOST]:
            node.tag, node.text = "span", token((node.text or "").strip(), None, ())
    texts = list(_texts(root, inside))
    labels = [match["label"] for text in texts for match in _BOXED.finditer(_words_at(text)) if match["label"]]
    if len(set(labels)) > 1 and _is_numbered_up(texts, _BOXED):
        known = set(re.findall(r"\d+", " ".join(labels)))
        _swap(texts, _BOXED, {text: {} for text in texts}, token, known)


def _is_orphan(node: Any, inside: set[Any]) -> bool:
    return (
        len(node) == 0
        and node not in inside
        and re.fullmatch(r"\s*\d{1,3}\s*", node.text or "") is not None
        and not _is_power(node)
    )
