"""Dates in a text, resolved by the date of its page or dateline: calendar dates, months, weekdays, "last week".

A date that can be read in two ways (3/4/2024, a fiscal year, "today" near midnight) agrees or is not compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from claims.lexicon.quantities import MONTHS, ORDINALS, WEEKDAYS
from claims.records import Span
from claims.verification.forms import date_patterns as patterns
from claims.verification.words import plain, remembered


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """A date in a text: the days that it may mean, and the parts that are known without a year or an anchor.

    ``first`` and ``last`` are None if the year is unknown; ``month``, ``day`` and ``weekday`` (Monday is 0)
    are set where the text gives them. ``swapped`` is the other day that 3/4/2024 may be; ``loose`` says that a day
    counted from the page's own may be the next or the last one in another time zone; ``ends`` says that the days are
    given by the first and the last. ``limit`` is "by", "before" or "after" where the text speaks of the time up to the
    date, or from it on.
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
    swapped: date | None = None
    fiscal: bool = False
    loose: bool = False
    limit: str = ""
    ends: bool = False


@remembered
def dates(text: str, published: str | None = None) -> list[When]:
    """Every date of ``text`` in order; relative ones are resolved by ``published`` (ISO 8601)."""
    anchor, flat = _anchor(published), plain(text)
    result = []
    for match in patterns.PATTERN.finditer(flat):
        when = _when(match, anchor)
        if when is not None and not patterns.word_may(match, text):
            when = replace(when, loose=_timed(published)) if match["rel"] and when.day else when
            result.append(replace(when, limit=patterns.limit(flat[: when.span[0]])))
    return _with_ranges(text, flat, result)


def _with_ranges(text: str, flat: str, every: Sequence[When]) -> list[When]:
    """The dates, the two ends of a range as one ("from 9 to 12 June"), without those whose other end is not read.

    ``flat`` is the text with plain quotation marks and dashes.
    """
    result: list[When] = []
    for when in every:
        if result and when.span[0] < result[-1].span[1]:  # the year of "June 9-12, 2024"
            continue
        before, after = flat[: when.span[0]], flat[when.span[1] :]
        if result and patterns.is_range(flat, result[-1].span, when.span):
            result += _between(text, result.pop(), when)
        elif bare := patterns.bare_end(when.text, before, after):
            if bare.year and when.month and when.day:
                day = patterns.calendar_day(bare.year, when.month, when.day)
                when = replace(when, first=day, last=day)  # noqa: PLW2901  its year stands behind the other number
            days = patterns.beside(when.first, int(bare.number)) if when.first else None
            other = _of(bare.number, bare.span, *days) if days else When(text=bare.number, span=bare.span)
            pair = sorted((when, other), key=lambda end: end.span)
            result += pair if bare.listed else _between(text, *pair)
        elif not patterns.END_ALONE.search(before):
            result.append(when)
    return result


def _between(text: str, first: When, last: When) -> Iterator[When]:
    """All days from one date to another, unresolved if one of them is; nothing if they are in another order."""
    start, end, span = first.first, last.last, (first.span[0], last.span[1])
    month, day = first.month or last.month, first.day
    if end and month and day and not re.search(r"\d{4}", first.text):  # "from 30 December to 2 January 2024"
        start = patterns.calendar_day(end.year - ((month, day) > (end.month, end.day)), month, day)
    if start and end and start <= end:
        yield replace(_of(text[slice(*span)], span, start, end), ends=True)
    elif not (start and end):
        yield When(text=text[slice(*span)].rstrip("."), span=span, ends=True)


def without_dates(text: str) -> str:
    """The text without its dates."""
    for when in reversed(dates(text)):
        text = f"{text[: when.span[0]]} {text[when.span[1] :]}"
    return text


def dateline(text: str, published: str | None) -> str | None:
    """The day (ISO 8601) of a text's dateline ("QUILL BAY, Jan. 7, 2025 -"); ``published`` if it has none."""
    match = patterns.DATELINE.search(plain(text))
    if match is None or (match["on"] and not match.group().lstrip()[:3].isupper()):
        return published
    datelines = dates(match["on"] or match["out"], published)
    days = [when.first.isoformat() for when in datelines if when.first and when.first == when.last]
    return days[0] if days else published


def agree(claimed: When, sourced: When) -> bool | None:
    """Whether two dates can mean the same day; None if they cannot be compared."""
    if claimed.fiscal != sourced.fiscal:
        return None
    if claimed.limit == sourced.limit:
        return _same(claimed, sourced)
    # "Had done so by 2015" neither says nor denies that it was done in 2009.
    return True if {claimed.limit, sourced.limit} == {"", "by"} and _same(claimed, sourced) else None


def _same(claimed: When, sourced: When) -> bool | None:
    if claimed.first and sourced.first:
        return _days_overlap(claimed, sourced)
    if claimed.ends and sourced.ends:
        return patterns.same_ends(claimed.text, sourced.text)
    if claimed.month and sourced.month:
        return _same_day(claimed, sourced)
    if claimed.weekday is not None and sourced.weekday is not None:
        return claimed.weekday == sourced.weekday
    return None


def _days_overlap(claimed: When, sourced: When) -> bool | None:
    """Whether two spans have a day in common; None if a day may be another by its reading or its time zone."""
    assert claimed.first and claimed.last and sourced.first and sourced.last  # noqa: S101  agree() asks only for such
    if claimed.first <= sourced.last and sourced.first <= claimed.last:
        equal = (claimed.first, claimed.last) == (sourced.first, sourced.last)
        return True if equal or not (claimed.ends or sourced.ends) else None
    days = {claimed.swapped, sourced.swapped} - {None}
    if days:
        return True if days & {claimed.first, sourced.first} or claimed.swapped == sourced.swapped else None
    apart = max(claimed.first - sourced.last, sourced.first - claimed.last)
    same_weekday = claimed.weekday is not None and claimed.weekday == sourced.weekday
    if (apart == timedelta(days=7) and same_weekday and (claimed.relative or sourced.relative)) or (
        apart == timedelta(days=1) and (claimed.loose or sourced.loose)
    ):
        return None
    return False


def precision(when: When) -> str:
    """How exact a date is: day, span (of some days), month or year."""
    if when.first and when.last:
        length = (when.last - when.first).days
        return "day" if length == 0 else "span" if length < 20 else "month" if length < 45 else "year"
    return "day" if when.day or when.weekday is not None else "month"


def _timed(published: str | None) -> bool:
    """Whether a page's date has an hour in UTC, so that its day may be another where it was written."""
    return bool(re.search(r"T\d{2}:\d{2}.*(?:Z|\+00:?00)$", published or ""))


def _same_day(claimed: When, sourced: When) -> bool:
    """Compare months, days and years as far as both dates give them."""
    pairs = ((claimed.month, sourced.month), (claimed.day, sourced.day), (claimed.year, sourced.year))
    return all(ours == theirs for ours, theirs in pairs if ours and theirs)


def _anchor(published: str | None) -> date | None:
    try:
        return date.fromisoformat((published or "")[:10])
    except ValueError:
        return None


def _when(match: re.Match[str], anchor: date | None) -> When | None:  # noqa: C901, PLR0911  one branch for each form
    span, words = match.span(), match.group()
    if match["iso"]:
        try:
            day = date.fromisoformat(match["iso"])
        except ValueError:
            return None
        return _of(words, span, day, day)
    if any(match[name] for name in ("weekof", "n1", "century", "yq", "fy1", "fy2", "fy3")):
        return _spanning(words, span, match, anchor)
    for number in ("1", "2"):
        if match["m" + number]:
            return _calendar(words, span, match, number, anchor)
    if match["m3"]:
        first, last = patterns.month_bounds(int(match["y3"]), MONTHS[match["m3"].lower()])
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


def _spanning(words: str, span: Span, match: re.Match[str], anchor: date | None) -> When | None:
    """A date in figures, a week, a quarter, a century or a fiscal year."""
    if match["n1"]:
        return _in_figures(words, span, match)
    if match["weekof"]:
        day = next(iter(dates(match["weekof"], anchor.isoformat() if anchor else None)), None)
        return _of(words, span, day.first, day.first + timedelta(days=6)) if day and day.first else None
    if match["century"]:
        number = match["century"].lower()
        nth = ORDINALS.get(number) or int(re.sub(r"\D", "", number) or 0)
        return _of(words, span, date(100 * nth - 99, 1, 1), date(100 * nth, 12, 31)) if 1 < nth < 30 else None
    if match["yq"]:
        return _part_of_year(words, span, match)
    year = int((match["fy1"] or match["fy2"] or match["fy3"])[-2:]) + 2000
    last = year + bool(match["fy1to"] or match["fy3to"])  # "2023-24" may be called by either year
    return replace(_of(words, span, date(year, 1, 1), date(last, 12, 31)), fiscal=True)


def _in_figures(words: str, span: Span, match: re.Match[str]) -> When | None:
    """3/4/2024: the third of April or the fourth of March; 13/4/2024 and 3.4.2024 have one reading."""
    first_number, second_number, year = int(match["n1"]), int(match["n2"]), int(match["n3"])
    year += 2000 if year < 100 else 0
    readings = []
    for day, month in ((first_number, second_number), (second_number, first_number)):
        try:
            readings.append(date(year, month, day))
        except ValueError:
            continue
    if not readings:
        return None
    first = readings[0]
    unsure = len(readings) > 1 and match["mark"] == "/" and readings[0] != readings[1]
    return replace(_of(words, span, first, first), swapped=readings[1] if unsure else None)


def _part_of_year(words: str, span: Span, match: re.Match[str]) -> When | None:
    """A quarter or a half of a year."""
    name = (match["q2"] or match["q1"]).lower()
    half = (match["part"] or "").lower() == "half" or name[0] == "h"
    size = 6 if half else 3
    nth = int(name[1]) if match["q2"] else {"last": 12 // size, "final": 12 // size}.get(name) or ORDINALS[name]
    if nth * size > 12:
        return None
    year, last = int(match["yq"]), nth * size
    return replace(_of(words, span, date(year, last - size + 1, 1), patterns.month_bounds(year, last)[1]), month=None)


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
    day_of_week = weekday if weekday is not None or when is None else when.weekday()
    return When(text=words, span=span, first=when, last=when, year=year, month=month, day=day, weekday=day_of_week)


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


def _ago(words: str, span: Span, match: re.Match[str], anchor: date | None) -> When | None:
    days = patterns.days_ago(match, anchor) if anchor else None
    return None if days is None else _of(words, span, *days)


def _relative(words: str, span: Span, name: str, anchor: date | None) -> When | None:
    return None if anchor is None else _of(words, span, *patterns.relative_days(name, anchor))


def _weekday(words: str, span: Span, match: re.Match[str], anchor: date | None) -> When:
    """A weekday means the last such day before the page's date, or that day itself; with "next" the coming one."""
    number = WEEKDAYS[match["wd3"].lower()]
    if anchor is None:
        return When(text=words.strip(), span=span, weekday=number, relative=True)
    back = (anchor.weekday() - number) % 7
    if (match["which"] or "").lower().startswith(("next", "this")):
        day = anchor + timedelta(days=(7 - back) % 7 or 7)
    else:
        a_week_ago = back == 0 and match["which"]  # "last Monday", told on a Monday
        day = anchor - timedelta(days=7 if a_week_ago else back)
    return _of(words.strip(), span, day, day, relative=True)
