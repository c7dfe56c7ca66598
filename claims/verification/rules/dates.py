"""Dates in a text, resolved by the date of its page: calendar dates, months, years, weekdays, "last week"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from claims.lexicon.quantities import MONTHS, UNITS_WORDS, WEEKDAYS
from claims.records import Span
from claims.verification.words import plain, remembered

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_DAY = "|".join(sorted(WEEKDAYS, key=len, reverse=True))
_COUNT = r"\d+|an?|" + "|".join(UNITS_WORDS)
_YEAR = r"(?:,?\s(?P<y@>(?:1[5-9]|20)\d\d)\b)?"
_NTH = r"(?P<d@>\d{1,2})(?:st|nd|rd|th)?"
_NO_COUNT = r"(?!\s?(?:%|percent|people|million|billion))"
# A bare number of four digits is a year unless it counts something.
_NO_YEAR = r"(?![\d%]|,\d|\.\d|\s(?:people|troops|soldiers|percent|homes|dollars|men|women|euros))"
_FORMS = (
    r"\b(?P<iso>\d{4}-\d{2}-\d{2})\b",
    rf"\b(?:(?P<wd1>{_DAY})\.?,?\s)?(?P<m1>{_MONTH})\.?\s(?:the\s)?{_NTH}\b{_NO_COUNT}{_YEAR}".replace("@", "1"),
    rf"\b(?:(?P<wd2>{_DAY})\.?,?\s)?(?:the\s)?{_NTH}(?:\sof)?\s(?P<m2>{_MONTH})\b\.?{_YEAR}".replace("@", "2"),
    rf"\b(?P<m3>{_MONTH})\.?,?\s(?:of\s)?(?P<y3>(?:1[5-9]|20)\d\d)\b",
    rf"\b(?P<ago>{_COUNT})\s(?P<unit>day|week|month|year)s?\s(?P<way>ago|earlier|later)\b",
    r"\b(?P<rel>yesterday|today|tonight|tomorrow|(?:last|this|next)\s(?:week|month|year))\b",
    rf"\b(?P<which>last|next|this\scoming)?\s?\b(?P<wd3>{_DAY})s?\b",
    r"\b(?P<decade>(?:1[5-9]|20)\d0)s\b",
    rf"(?<![\d.,$€£-])\b(?P<y4>(?:1[89]|20)\d\d)\b{_NO_YEAR}",
    rf"\b(?P<m4>{_MONTH})\b(?=[\s.,;:)]|$)",
)
_PATTERN = re.compile("|".join(_FORMS), re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """A date of a text: the days it may mean, and what of it is known without a year or an anchor.

    ``first`` and ``last`` are None where the year is unknown; ``month``, ``day`` and ``weekday`` (Monday is 0)
    are set where the text gives them.
    """

    text: str
    span: Span
    first: date | None = None
    last: date | None = None
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    relative: bool = False


@remembered
def dates(text: str, published: str | None = None) -> list[When]:
    """Every date of ``text`` in order; relative ones are resolved by ``published`` (ISO 8601)."""
    anchor = _anchor(published)
    found = []
    for match in _PATTERN.finditer(plain(text)):
        when = _when(match, anchor)
        if when is not None and not _word_may(match, text):
            found.append(when)
    return found


def agree(claimed: When, found: When) -> bool | None:
    """Whether two dates can mean one day: None where they cannot be compared."""
    if claimed.first and claimed.last and found.first and found.last:
        return claimed.first <= found.last and found.first <= claimed.last
    if claimed.month and found.month:
        return _same_day(claimed, found)
    if claimed.weekday is not None and found.weekday is not None:
        return claimed.weekday == found.weekday
    return None


def _same_day(one: When, other: When) -> bool:
    """Months, days and years compared as far as both give them."""
    pairs = ((one.month, other.month), (one.day, other.day), (one.year, other.year))
    return all(left == right for left, right in pairs if left and right)


def _anchor(published: str | None) -> date | None:
    try:
        return date.fromisoformat((published or "")[:10])
    except ValueError:
        return None


def _word_may(match: re.Match[str], text: str) -> bool:
    """Whether a month or weekday name is another word: "may", "march", "sun", "mar" in lower case."""
    name = match["m4"] or match["m1"] or match["m2"] or match["m3"] or match["wd3"] or ""
    at = next((match.start(group) for group in ("m4", "m1", "m2", "m3", "wd3") if match[group]), 0)
    if match["m4"] and ((len(name) < 4 and name.lower() != "may") or name.lower() in ("may", "march")):
        before = text[max(0, at - 12) : at].lower().split()
        return not (
            name[0].isupper()
            and bool(before)
            and before[-1] in ("in", "since", "by", "last", "until", "of", "from", "next")
        )
    if match["wd3"] and len(name) <= 5 and name.lower() in ("sun", "sat", "mon", "wed"):
        return True
    return bool(name) and text[at].islower()


def _when(match: re.Match[str], anchor: date | None) -> When | None:  # noqa: C901, PLR0911  one branch for each form
    span, words = match.span(), match.group()
    if match["iso"]:
        try:
            day = date.fromisoformat(match["iso"])
        except ValueError:
            return None
        return _of(words, span, day, day)
    for number in ("1", "2"):
        if match["m" + number]:
            return _calendar(words, span, match, number, anchor)
    if match["m3"]:
        first, last = _month(int(match["y3"]), MONTHS[match["m3"].lower()])
        return When(text=words, span=span, first=first, last=last, year=first.year, month=first.month)
    if match["ago"]:
        return _ago(words, span, match, anchor)
    if match["rel"]:
        return _relative(words, span, match["rel"].lower(), anchor)
    if match["wd3"]:
        return _weekday(words, span, match, anchor)
    if match["decade"]:
        year = int(match["decade"])
        return When(text=words, span=span, first=date(year, 1, 1), last=date(year + 9, 12, 31))
    if match["y4"]:
        year = int(match["y4"])
        return When(text=words, span=span, first=date(year, 1, 1), last=date(year, 12, 31), year=year)
    return When(text=words, span=span, month=MONTHS[match["m4"].lower()])


def _of(words: str, span: Span, first: date, last: date, *, relative: bool = False) -> When:
    same = first == last
    return When(
        text=words, span=span, first=first, last=last, relative=relative,
        year=first.year if first.year == last.year else None,
        month=first.month if first.month == last.month and first.year == last.year else None,
        day=first.day if same else None, weekday=first.weekday() if same else None,
    )  # fmt: skip


def _calendar(words: str, span: Span, match: re.Match[str], number: str, anchor: date | None) -> When | None:
    month, day = MONTHS[match["m" + number].lower()], int(match["d" + number])
    weekday = WEEKDAYS.get((match["wd" + number] or "").lower())
    if not 1 <= day <= 31:
        return None
    year = int(match["y" + number]) if match["y" + number] else _nearest_year(anchor, month, day)
    try:
        when = date(year, month, day) if year else None
    except ValueError:
        return None
    given = weekday if weekday is not None or when is None else when.weekday()
    return When(text=words, span=span, first=when, last=when, year=year, month=month, day=day, weekday=given)


def _nearest_year(anchor: date | None, month: int, day: int) -> int | None:
    """The year that brings a day and month nearest to the page's date."""
    if anchor is None:
        return None
    choices = []
    for year in (anchor.year - 1, anchor.year, anchor.year + 1):
        try:
            choices.append((abs((date(year, month, day) - anchor).days), year))
        except ValueError:
            continue
    return min(choices)[1] if choices else None


def _month(year: int, month: int) -> tuple[date, date]:
    first = date(year, month, 1)
    return first, (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1))


def _ago(words: str, span: Span, match: re.Match[str], anchor: date | None) -> When | None:
    if anchor is None or match["way"].lower() != "ago":
        return None
    raw = match["ago"].lower()
    count = int(raw) if raw.isdigit() else UNITS_WORDS.get(raw, 1)
    days = {"day": 1, "week": 7, "month": 30, "year": 365}[match["unit"].lower()]
    # "A week ago" may be six to eight days; the play grows with the unit.
    play = {"day": 0, "week": 2, "month": 16, "year": 190}[match["unit"].lower()]
    if count * days > 300 * 365:
        return None
    middle = anchor - timedelta(days=count * days)
    return _of(words, span, middle - timedelta(days=play), middle + timedelta(days=play), relative=True)


def _relative(words: str, span: Span, name: str, anchor: date | None) -> When | None:
    if anchor is None:
        return None
    day = timedelta(days=1)
    monday = anchor - day * anchor.weekday()
    first_of_month = anchor.replace(day=1)
    spans = {
        "yesterday": (anchor - day, anchor - day),
        "today": (anchor, anchor),
        "tonight": (anchor, anchor),
        "tomorrow": (anchor + day, anchor + day),
        "last week": (monday - 7 * day, monday - day),
        "this week": (monday, monday + 6 * day),
        "next week": (monday + 7 * day, monday + 13 * day),
        "last month": _month((first_of_month - day).year, (first_of_month - day).month),
        "this month": _month(anchor.year, anchor.month),
        "next month": _month(anchor.year + anchor.month // 12, anchor.month % 12 + 1),
        "last year": (date(anchor.year - 1, 1, 1), date(anchor.year - 1, 12, 31)),
        "this year": (date(anchor.year, 1, 1), date(anchor.year, 12, 31)),
        "next year": (date(anchor.year + 1, 1, 1), date(anchor.year + 1, 12, 31)),
    }
    first, last = spans[" ".join(name.split())]
    return _of(words, span, first, last, relative=True)


def _weekday(words: str, span: Span, match: re.Match[str], anchor: date | None) -> When:
    """A weekday means the last such day before the page's date, or that day itself; with "next" the coming one."""
    number = WEEKDAYS[match["wd3"].lower()]
    if anchor is None:
        return When(text=words.strip(), span=span, weekday=number, relative=True)
    back = (anchor.weekday() - number) % 7
    if (match["which"] or "").lower().startswith(("next", "this")):
        day = anchor + timedelta(days=(7 - back) % 7 or 7)
    else:
        day = anchor - timedelta(days=back)
    return _of(words.strip(), span, day, day, relative=True)
