"""Resolves words for days and years ("on Monday", "last year") against the article's publication date."""

from __future__ import annotations

import re
from datetime import date, timedelta

from claims.lexicon.quantities import MONTH_NAMES, WEEKDAY_NAMES

_NUMBERS = {
    "a": 1,
    "an": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
}
_DAY = {
    "today": 0,
    "tonight": 0,
    "yesterday": -1,
    "tomorrow": 1,
    "this morning": 0,
    "this afternoon": 0,
    "this evening": 0,
    "last night": -1,
}
_WEEKDAY = re.compile(
    r"^(?:(?P<which>last|next|this|late|early|on|this coming|coming)\s+)?(?P<day>"
    + "|".join(WEEKDAY_NAMES)
    + r")(?:\s+(?:morning|afternoon|evening|night))?$"
)
_AGO = re.compile(
    r"^(?:about |around |some )?(?P<count>\d+|" + "|".join(_NUMBERS) + r")\s+(?P<unit>day|week|month|year)s?\s+ago$"
)
_SPAN = re.compile(r"^(?P<which>last|this|next|the past|the previous|the coming)\s+(?P<unit>week|month|year)$")
RELATIVE = re.compile(
    r"\b(?:today|tonight|yesterday|tomorrow|(?:last|next|this) (?:week|month|year|night|morning)"
    r"|(?:last|next|this) (?:summer|winter|spring|autumn|fall)"
    r"|(?:last|next) (?:" + "|".join(MONTH_NAMES) + r")"
    r"|(?:last |next |this )?(?:" + "|".join(WEEKDAY_NAMES) + r")|(?:\w+ )?(?:days?|weeks?|months?|years?) ago)\b",
    re.IGNORECASE,
)
# A day that is counted from another one, which the text names before: "later that month", "the following year".
COUNTED = re.compile(
    r"\b(?:that(?: same)?|the (?:same|next|following|previous))"
    r" (?:day|night|week|weekend|month|year|morning|afternoon|evening)\b",
    re.IGNORECASE,
)
# So is "two years earlier", but what it is counted from may also be what another verb tells.
LATER = re.compile(r"\b(?:hours?|nights?|days?|weeks?|months?|years?|decades?) (?:later|earlier|afterwards)\b", re.I)


def published_day(published: str | None) -> date | None:
    """The day of an ISO 8601 date or time, as written there (its own offset's calendar)."""
    if not published:
        return None
    try:
        return date.fromisoformat(published[:10])
    except ValueError:
        return None


def resolved(words: str, published: date, *, future: bool = False) -> str | None:
    """The calendar date that relative words mean, as "20 January 2025", "January 2025" or "2025"; None if unknown.

    A bare weekday is the last one up to the day of publication, or the next one where ``future``.
    """
    plain = " ".join(words.lower().split()).removeprefix("on ").removesuffix("'s").removesuffix("’s")
    try:
        return _day_of_words(plain, published, future) or _date_ago(plain, published) or _stretch(plain, published)
    except (OverflowError, ValueError):
        # Years before 1 or after 9999: "20000 years ago" has no calendar date.
        return None


def _day_of_words(plain: str, published: date, future: bool) -> str | None:
    if plain in _DAY:
        return written(published + timedelta(days=_DAY[plain]))
    match = _WEEKDAY.match(plain)
    if match is None:
        return None
    weekday = WEEKDAY_NAMES.index(match["day"])
    if (match["which"] == "next" and weekday > published.weekday()) or (
        match["which"] == "last" and weekday < published.weekday()
    ):
        # On a Wednesday "next Friday" is that of this week or of the next one, as the writer has it.
        return None
    if match["which"] == "next" or (future and match["which"] != "last"):
        ahead = (weekday - published.weekday()) % 7
        return written(published + timedelta(days=ahead or (7 if match["which"] == "next" else 0)))
    back = (published.weekday() - weekday) % 7
    if match["which"] == "last" and back == 0:
        back = 7
    return written(published - timedelta(days=back))


def _date_ago(plain: str, published: date) -> str | None:
    match = _AGO.match(plain)
    if match is None:
        return None
    count = _NUMBERS.get(match["count"]) or int(match["count"])
    if match["unit"] == "year":
        return str(published.year - count) if count < published.year else None
    if match["unit"] == "month":
        months = published.year * 12 + published.month - 1 - count
        return f"{_month_name(months % 12 + 1)} {months // 12}" if months > 12 else None
    about = published - timedelta(days=count * (7 if match["unit"] == "week" else 1))
    return written(about) if match["unit"] == "day" else f"about {written(about)}"


def _stretch(plain: str, published: date) -> str | None:
    match = _SPAN.match(plain)
    if match is None:
        return None
    step = {"last": -1, "the past": -1, "the previous": -1, "this": 0}.get(match["which"], 1)
    if match["unit"] == "year":
        return str(published.year + step)
    if match["unit"] == "month":
        months = published.year * 12 + published.month - 1 + step
        return f"{_month_name(months % 12 + 1)} {months // 12}"
    monday = published - timedelta(days=published.weekday()) + timedelta(days=7 * step)
    return f"the week of {written(monday)}"


def written(day: date) -> str:
    """A date as "20 January 2025"."""
    return f"{day.day} {_month_name(day.month)} {day.year}"


def _month_name(number: int) -> str:
    return MONTH_NAMES[number - 1].capitalize()
