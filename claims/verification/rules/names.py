"""Names in a text: runs of capitalised words, and whether two of them can be the same person, place or body."""

from __future__ import annotations

import re
from dataclasses import dataclass

from claims.lexicon.evidence import ROLE_WORDS, SPELLINGS, STOPWORDS, TITLES, table
from claims.lexicon.quantities import MONTHS, WEEKDAYS
from claims.records import Span
from claims.verification.words import plain, remembered, stem

_RUN = re.compile(
    r"(?<![\w@#])(?:(?:Mr|Mrs|Ms|Dr|St|Sen|Rep|Gen|Gov|Col|Lt|[A-Z])\.|[A-Z][\w'-]*)(?:\s(?:(?:of|de|la|del|von|van|bin|al|der|the)\s)?(?:[A-Z][\w'-]*|[A-Z]\.))*"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A name of a text: as written, at its place, and its telling words in one form (titles taken off)."""

    text: str
    span: Span
    parts: tuple[str, ...]


# Two words or more in capitals alone stand in a heading or a dateline ("ROSTER TORONTO"), where names run together.
_HEADING = re.compile(r"[A-Z]{3,}(?:[\s-]+[A-Z]{3,})+")


@remembered
def names(text: str) -> list[Name]:
    """Every name of ``text`` in order.

    The first word of a sentence counts only as part of a longer name, or where it is no ordinary word.
    """
    flat = plain(text)
    found: list[Name] = []
    for match in _RUN.finditer(flat):
        span = _without_start(flat, match)
        if span is None:
            continue
        if _opens(flat, span) and _ordinary(flat[span[0] : span[1]], flat[span[1] :]):
            continue
        parts = _parts(flat[span[0] : span[1]])
        if parts and not _HEADING.fullmatch(flat[span[0] : span[1]]):
            found.append(Name(text=text[span[0] : span[1]], span=span, parts=parts))
    return found


def _opens(text: str, span: Span) -> bool:
    """Whether the run stands where a sentence begins, so that its capital says nothing."""
    return bool(re.search(r"(?:^|[.!?…:]\s+|[\"(\n]\s*)$", text[max(0, span[0] - 4) : span[0]]))


def _ordinary(run: str, after: str) -> bool:
    """Whether a single opening word looks like a common noun or verb form: plural, -ing, "of" after it."""
    if " " in run or not run.isalpha() or run.isupper():
        return False
    plural = run.endswith("s") and not run.endswith(("ss", "us", "is", "as", "os"))
    formed = run.lower().endswith(("ing", "ed", "ly", "tion", "ment", "ness", "ance", "ence", "ity", "ship", "age"))
    return plural or formed or bool(re.match(r"\s(?:of|who|that)\b", after))


def _without_start(text: str, match: re.Match[str]) -> Span | None:
    """The span without a leading ordinary word that is capitalised only because a sentence begins."""
    start, end = match.span()
    while start < end:
        first = re.match(r"[\w'.-]+", text[start:end])
        if first is None:
            return None
        low = first.group().lower().removesuffix("'s")
        rest = text[start + first.end() : end].lstrip()
        ordinary = (low in STOPWORDS or low in _SENTENCE_WORDS) and not (low in _ALSO_NAMES and rest[:1].isupper())
        if low in MONTHS or low in WEEKDAYS or ordinary:
            start += first.end()
            start += len(text[start:end]) - len(text[start:end].lstrip())
            continue
        break
    return (start, end) if start < end else None


# "New York" is one name, "New figures" is none.
_ALSO_NAMES = frozenset(("new", "old", "united", "three", "seven"))
_SENTENCE_WORDS = table("""
    however meanwhile although despite according earlier later yesterday today tonight tomorrow last next
    many some several most both other another any every each no not never only even still yet also since
    officials people police prices sales shares thousands hundreds dozens millions experts critics voters
    residents protesters rescuers workers scientists researchers nearly almost about around roughly
    approximately more less fewer at one two three four five six seven eight nine ten eleven twelve twenty
    thirty forty fifty half inflation unemployment exports imports temperatures rainfall attendance
    revenue profit production output turnout asked speaking addressing following during under over prior
    recent new old yes i we the a an he she they it his her their its that this these those there here
    when where while what who why how if as in on for from by with to and but or so because after before
    until unless let please well of doctors firefighters forecasters analysts engineers investigators
    students teachers farmers passengers ministers leaders lawmakers demonstrators
""")


def _parts(name: str) -> tuple[str, ...]:
    tokens = [token.strip(".'") for token in re.split(r"[\s-]+", name.removesuffix("'s").removesuffix("'"))]
    kept = [token for token in tokens if token and token.lower() not in TITLES | STOPWORDS]
    bare = [token for token in kept if token.lower() not in ROLE_WORDS] or kept
    # One spelling for a country and its people: Europe and European are the same name.
    return tuple(stem(SPELLINGS.get(token.lower(), token.lower())) for token in bare)


def same(one: Name, other: Name) -> bool:
    """Whether two names can stand for one: a shared telling word at the end, an acronym, or one inside the other."""
    if set(one.parts) & set(other.parts):
        return True
    return _acronym(one, other) or _acronym(other, one)


def _acronym(short: Name, long: Name) -> bool:
    letters = short.text.replace(".", "").removesuffix("'s")
    initials = "".join(word[0] for word in re.split(r"[\s-]+", long.text) if word[:1].isupper())
    return letters.isupper() and len(letters) >= 2 and letters == initials


def inside(name: Name, text: str) -> bool:
    """Whether ``text`` names it: its last telling word stands there, or its acronym or its spelt-out form."""
    low = {stem(token) for token in re.findall(r"[\w']+", plain(text).lower())}
    if name.parts and (name.parts[-1] in low or all(part in low for part in name.parts)):
        return True
    if SPELLINGS.get(name.text.lower()) in low:
        return True
    return any(_acronym(name, other) or _acronym(other, name) for other in names(text))
