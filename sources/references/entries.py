"""Reads the entries of a list of references: the pages that each gives, and other addresses of them."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from claims.addresses import address_parts, host, site
from sources import urls

# What heads a list of references, as a line of its own.
_HEADING = re.compile(
    r"[^\w\n]*(?:\d{1,2}\.?\s+)?(?:(?:sources?|references?|footnotes?|endnotes?|notes?|citations?|bibliography"
    r"|works cited|literature|links|quellen(?:verzeichnis)?|einzelnachweise|literatur(?:verzeichnis)?|anmerkungen"
    r"|fu(?:ß|ss)noten)"
    r"(?: (?:and|&) (?:notes|references|sources)| list| cited| used| consulted)?)[*_:\s]*",
    re.IGNORECASE,
)
_LONGEST_HEADING = 60  # characters
# A label that stands for an entry: "[3]", "3", "a", "note 3", "*"; "[3:1]" is the second mark of one entry.
LABEL = re.compile(
    r"[\[(]?\^?(?:(?:note|nb|n|fn)?[ .]?\d{1,4}(?::\d{1,3})?|(?:(?:foot|end)?note )?[a-z]{1,2}|[ivx]{1,6}|[*†‡§¶]{1,3})"
    r"[\])]?"
    r"|\[[A-Z+]{2,8}\d{2,4}[a-z]?\]|\[\d{1,3}[a-z]\]",
    re.IGNORECASE,
)
_BARE = re.compile(r"https?://[^\s<>\"“”«»【】↩↑⤴⬆⏎]{1,2000}", re.IGNORECASE)
_SHORT = re.compile(
    r"(?<![\w@./:-])(?:[a-z0-9-]{2,40}\.){1,3}[a-z]{2,12}/[\w~%-][^\s<>\"“”«»【】↩↑⤴⬆⏎]{2,500}", re.IGNORECASE
)
# The word in front of a number: "[Source 3]".
NUMBERED_WORD = r"(?:[Ss]ources?|[Rr]ef(?:erence)?s?\.?|[Qq]uellen?|[Dd]oc(?:ument)?s?|[Cc]itations?|[Cc]ite:)"
# What stands in front of a source, and the words of a link that is itself a mark.
SOURCE_LABEL = r"(?:[Ss]ources?|[Vv]ia):? "
SOURCE_WORD = r"(?:sources?|links?|src|ref(?:erence)?s?|citations?)"
# An entry that refers to the one before it, or to another by its number.
_SAME = re.compile(r"(?:ibid(?:em)?|ebd|ebenda|id(?=\.))\b\.?(?=[\s.,;:)]|\Z)", re.IGNORECASE)
_ANOTHER = re.compile(
    r"(?:see |cf\. |as in |siehe )?(?:above,? |supra,? )?"
    r"(?:(?:foot|end)?note|n\.|fn\.?|reference|anm\.) ?\[?(\d{1,4})\]?",
    re.IGNORECASE,
)
_SUPRA = re.compile(r"\bsupra,? (?:note|n\.) ?(\d{1,4})\b", re.IGNORECASE)
# Where in its page a mark points: "[2, p. 17]", "[2: 17]".
_PART = r"(?:p|S|ch|chap|chapter|sec|section|para|fig|figure|tab|table|vol)"
_FROM_TO = r" ?\d{1,5}(?:[–-]\d{1,5})?+"
# A number with a place behind it is the next entry's; read in one way only, because a list of numbers has millions.
_PAGES = rf"pp\.? ?\d{{1,5}}(?:[,–-] ?\d{{1,5}}+(?!:|,? ?(?:§|(?:pp|{_PART})\.? ?\d))){{0,9}}+"
LOCATOR = rf"(?:,? ?\b(?:{_PAGES}|{_PART}\.?{_FROM_TO})|,? ?§{{1,2}}{_FROM_TO}|:{_FROM_TO})"
# What a raised digit behind it is no mark of: an area, a power, a formula.
_POWER = re.compile(r"(?:\d|(?<![a-z])(?:[kcdm]?m|ft|in|mi|s|CO|H|O)|\))\Z", re.IGNORECASE)
# A year is raised to no power: "burned down in 1633²".
_YEAR = re.compile(
    r"\b(?:in|since|by|until|till|from|to|of|and|before|after|around|(?:early|mid|late)[ -]|\d{1,2}"
    r"|Jan(?:uary)?|Feb(?:ruary)?|March|April|May|June|July|August|September|October|November|December)"
    r"[ \u00a0](?:1[0-9]|20)\d\d\Z"
)
# What stands before a bracket within a title, or a provision of a law.
_TITLE_BEFORE = re.compile(r"[“\"‘](?:[A-Z][\w’'-]* ){1,4}\Z")
_PROVISION = re.compile(
    r"(?:\b(?:articles?|art\.|sections?|sec\.|clauses?|rules?|paragraphs?|para\.|regulations?)|§) ?\d{1,4}[a-z]? ?\Z",
    re.IGNORECASE,
)
_OF_PROVISION = re.compile(r" (?:of|and|or|to)\b")
_QUOTES = ("”", '"', "’")
_BEFORE_NAME = 60  # characters before a bracket that are looked at
_BEFORE_YEAR = 20  # characters before a year that are looked at
# Pages of a site that tell who somebody or what something is.
_ABOUT = (
    r"authors?|people|persons?|profiles?|staff|team|experts?|fellows?|contributors?|tags?|topics?|subjects?"
    r"|categor(?:y|ies)|search|glossary"
)
_NO_DOCUMENT = re.compile(rf"/(?:wiki|w|{_ABOUT})(?:/|\Z|\.)", re.IGNORECASE)
_NO_FURTHER_PAGE = re.compile(rf"/(?:{_ABOUT})(?:/|\Z|\.)", re.IGNORECASE)
# Where works are kept by a number: another address of the work that an entry names before it.
_REGISTERS = (
    "doi.org", "ncbi.nlm.nih.gov", "pubmed.ncbi.nlm.nih.gov", "pmc.ncbi.nlm.nih.gov", "europepmc.org", "jstor.org",
    "semanticscholar.org", "api.semanticscholar.org", "arxiv.org", "ui.adsabs.harvard.edu", "hdl.handle.net",
    "worldcat.org", "search.worldcat.org", "lccn.loc.gov", "ssrn.com", "papers.ssrn.com", "zbmath.org",
)  # fmt: skip
# What looks for a work and is none: "Google Scholar" behind an entry.
_SEARCHES = re.compile(
    r"//scholar\.google\.[a-z.]{2,6}/|//(?:www\.)?crossref\.org/openurl|//(?:www\.)?google\.[a-z.]{2,6}/search"
)
# "[pers. comm.]", "(A. Ray, personal communication, 3 May)": what nobody can look up.
_PERSONAL = (
    r"(?i:pers(?:\.|onal) comm(?:\.|unications?)"
    r"(?=\s?[,;)\]]|\s\(?(?:\d|(?-i:[A-Z])|by|from|in|of|on|to|with)))"
)
UNPUBLISHED = (
    rf"[ \t]?(?:\((?:[^()\n]{{0,60}}\W)?{_PERSONAL}[^()\n]{{0,40}}\)"
    rf"|\[(?:[^\[\]\n]{{0,60}}\W)?{_PERSONAL}[^\[\]\n]{{0,40}}\])"
)
_SCORE = re.compile(r"\d{1,2}: ?\d{1,2}")
_LOCATED = re.compile(LOCATOR, re.IGNORECASE)
MOST = 2_000  # entries or marks of one page
LINKS = 30  # links of an entry that are looked at
_MOST_PAGES = 10  # of one entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A page that an entry gives: its address, and other addresses of the same page."""

    href: str
    copies: tuple[str, ...] = ()


# What an entry gives: its pages in order, none where it has no address.
Given = tuple[Reference, ...]


def heads_list(line: str) -> bool:
    """Whether a line is the heading of a list of references."""
    return len(line) <= _LONGEST_HEADING and _HEADING.fullmatch(line) is not None


def bare_addresses(text: str) -> Iterator[str]:
    """The addresses written out in a text, without the punctuation after them."""
    return (urls.without_closing(match[0]) for match in _BARE.finditer(text))


def short_addresses(text: str) -> list[str]:
    """The addresses of an entry that are written without "https://": "port.example/annual-2021"."""
    return ["https://" + urls.without_closing(match[0]) for match in islice(_SHORT.finditer(text), LINKS)]


def entry_of(addresses: Iterable[str], own: str = "") -> Given:
    """What the entry with these addresses, in order, gives.

    Its pages are those that are no archived copy, no front page and not on the page's ``own`` host; without any, the
    documents on that host, or else a front page. If there is only an archived copy, that is its page.
    """
    distinct = [url for url in dict.fromkeys(addresses) if not _SEARCHES.search(url)]
    copies = [url for url in distinct if urls.is_archived(url) or urls.is_archives_own(url)]
    originals = [url for url in distinct if url not in copies]
    pages = [url for url in originals if not (own and host(url) == own)]
    deep = list(filter(is_deep, pages)) or pages[:1] or list(filter(_is_document, originals))
    works = _numbered_works(deep)[:_MOST_PAGES] or [[url] for url in copies[:1]]
    return tuple(
        Reference(href=work[0], copies=(*work[1:], *_copies_of(work, copies, only=len(works) == 1))) for work in works
    )


def _numbered_works(addresses: Sequence[str]) -> list[list[str]]:
    """The addresses of each work: an address by its number, as a DOI, is another one of the page before it."""
    works: list[list[str]] = []
    keys: set[str] = set()
    for url in addresses:
        if urls.key(url) in keys:
            continue
        keys.add(urls.key(url))
        register = _register_of(url)
        if works and register and register not in map(_register_of, works[-1]):
            works[-1].append(url)
        elif not (works and _NO_FURTHER_PAGE.search(_path_of(url))):
            works.append([url])
    return works


def _copies_of(work: Sequence[str], copies: Sequence[str], *, only: bool) -> list[str]:
    """The archived copies of a work; one of another address is that of the only work."""
    keys = set(map(urls.key, work))
    return [url for url in copies if urls.key(url) in keys] or [url for url in copies if only and url not in work]


def referred_back(words: str) -> str | None:
    """Which entry one without an address refers to: "" is the one before it ("Ibid."), "4" that number; or None."""
    if _SAME.match(words):
        return ""
    match = _ANOTHER.match(words) or _SUPRA.search(words)
    return match[1] if match else None


def given_back(words: str, before: Given, known: Mapping[str, Given]) -> Given:
    """What an entry without an address gives: the page of the entry to which it refers, if that gives just one."""
    back = referred_back(words)
    other = before if back == "" else known.get(back or "", ())
    return other if len(other) == 1 else ()


def named_entries(label: str, known: Container[str]) -> list[str]:
    """The entries that a label names: "3", "3, 5" or "3–5"; none where one of them is not known."""
    label = label if label in known else _LOCATED.sub("", label)
    if label.removeprefix("^") in known:
        return [label.removeprefix("^")]
    names: list[str] = []
    for part in re.split(r"\s*[,;]\s*", label.replace("^", "")):
        first, dash, last = re.sub(r"\s", "", part).replace("–", "-").partition("-")
        if not first.isdigit() or (dash and not last.isdigit()):
            return []
        names += map(str, range(int(first), min(int(last or first), int(first) + 20) + 1))
    return [name for name in names if name in known] if all(name in known for name in names) else []


def is_power(text: str, at: int) -> bool:
    """Whether what stands raised at a place is a power or part of a formula: "40 km²", "10⁻⁴"."""
    before = text[max(0, at - _BEFORE_YEAR) : at]
    return _POWER.search(before) is not None and _YEAR.search(before) is None


def is_in_title(text: str, start: int, end: int) -> bool:
    """Whether a bracket is the end of a quoted title, and no mark: “Song [2]”."""
    return text[end : end + 1] in _QUOTES and bool(_TITLE_BEFORE.search(text[max(0, start - _BEFORE_NAME) : start]))


def is_of_provision(text: str, start: int, end: int) -> bool:
    """Whether a bracket numbers a part of a provision, and leads to no source: "Article 5 [2] of the code"."""
    before = text[max(0, start - _BEFORE_NAME) : start]
    return bool(_OF_PROVISION.match(text, end) and _PROVISION.search(before))


def count_up(numbers: Iterable[str]) -> bool:
    """Whether numbers are 1, 2 and so on in the order in which they first occur."""
    firsts = list(dict.fromkeys(numbers))
    return firsts == [str(number) for number in range(1, len(firsts) + 1)]


def are_scores(labels: Iterable[str]) -> bool:
    """Whether labels as "2:1" are results of matches, and no marks: with them, the marks do not count up from 1."""
    labels = list(labels)
    unclear = [label for label in labels if _SCORE.fullmatch(label)]
    return bool(unclear) and not count_up(re.split(r"\D", label)[0] for label in labels)


def is_score(label: str) -> bool:
    """Whether a label may be the result of a match: "2:1", "2: 1"."""
    return _SCORE.fullmatch(label) is not None


def _register_of(address: str) -> str:
    name = site(address).removeprefix("dx.")
    return name if name in _REGISTERS else ""


def _path_of(address: str) -> str:
    parts = address_parts(address)
    return parts.path if parts else ""


def _is_document(address: str) -> bool:
    """Whether a page of the own site may be a source: no front page, and none of a person, a subject or a wiki."""
    return is_deep(address) and not _NO_DOCUMENT.search(_path_of(address))


def is_deep(address: str) -> bool:
    """Whether an address is that of a page, and not of a whole site."""
    parts = address_parts(address)
    return parts is not None and (parts.path not in ("", "/") or bool(parts.query))
