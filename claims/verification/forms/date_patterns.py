"""The forms in which dates are written (in words, in figures, by weekday, as ranges), and the days that they name."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import NamedTuple

from claims.lexicon.quantities import MONTHS, ORDINALS, UNITS_WORDS, WEEKDAYS
from claims.records import Span

MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
DAY = "|".join(sorted(WEEKDAYS, key=len, reverse=True))
COUNT = r"\d+|an?|" + "|".join(UNITS_WORDS)
YEAR = r"(?:,?\s(?P<y@>(?:1[5-9]|20)\d\d)\b)?"
NTH = r"(?P<d@>\d{1,2})(?:st|nd|rd|th)?"
NO_COUNT = r"(?!\s?(?:%|percent|people|million|billion))"
# A bare number of four digits is a year unless it counts something.
NO_YEAR = r"(?![\d%]|,\d|\.\d|\s(?:people|troops|soldiers|percent|homes|dollars|men|women|euros))"
FORMS = (
    rf"\bweek\sof\s(?:(?:{DAY}),?\s)?(?P<weekof>(?:{MONTH})\.?\s\d{{1,2}}(?:,?\s\d{{4}})?\b|\d{{1,2}}\s(?:{MONTH})\b(?:\s\d{{4}})?)",
    r"\b(?P<iso>\d{4}-\d{2}-\d{2})(?!\d)",
    r"(?<![\d./])(?P<n1>\d{1,2})(?P<mark>[./])(?P<n2>\d{1,2})(?P=mark)(?P<n3>(?:19|20)?\d\d)(?![\d./]\d|\d)",
    r"\b(?:(?:fiscal|financial)\s(?:year\s)?(?P<fy1>(?:19|20)\d\d)(?P<fy1to>\s?[-/]\s?\d\d(?:\d\d)?)?|FY\s?'?(?P<fy2>(?:20)?\d\d)\b"
    r"|(?P<fy3>(?:19|20)\d\d)(?P<fy3to>\s?[-/]\s?\d\d(?:\d\d)?)?\s(?:fiscal|financial)\syear)",
    r"\b(?:(?P<q1>first|second|third|fourth|last|final)\s(?P<part>quarter|half)|(?P<q2>[QH][1-4]))(?:\s(?:of|in))?,?\s(?P<yq>(?:19|20)\d\d)\b",
    rf"\b(?P<century>\d{{1,2}}(?:st|nd|rd|th)|{'|'.join(ORDINALS)})[\s-]century\b",
    rf"\b(?:(?P<wd1>{DAY})\.?,?\s)?(?P<m1>{MONTH})\.?\s(?:the\s)?{NTH}\b{NO_COUNT}{YEAR}".replace("@", "1"),
    rf"\b(?:(?P<wd2>{DAY})\.?,?\s)?(?:the\s)?{NTH}(?:\sof)?\s(?P<m2>{MONTH})\b\.?{YEAR}".replace("@", "2"),
    rf"\b(?P<m3>{MONTH})\.?,?\s(?:of\s)?(?P<y3>(?:1[5-9]|20)\d\d)\b",
    rf"\b(?P<ago>{COUNT})\s(?P<unit>day|week|month|year)s?\s(?P<way>ago|earlier|later)\b",
    r"\b(?P<rel>yesterday|today|tonight|tomorrow|(?:last|this|next)\s(?:week|month|year))\b",
    rf"\b(?:(?P<which>last|next|this\scoming)\s)?(?P<wd3>{DAY})s?\b",
    r"\b(?P<decade>(?:1[5-9]|20)\d0)s\b",
    rf"(?<![\d.,$€£-])\b(?P<y4>(?:1[89]|20)\d\d)\b{NO_YEAR}",
    rf"\b(?P<m4>{MONTH})\b(?=[\s.,;:)]|$)",
)
PATTERN = re.compile("|".join(FORMS), re.IGNORECASE)
# "QUILL BAY, Jan. 7, 2025 -", "LONDON (Reuters) - ", "Published 3 March 2019."
DATELINE = re.compile(
    rf"^\s*(?:[A-Z][A-Z .,'/-]{{2,40}}[,(]?\s\(?(?P<on>(?:{MONTH})\.?\s\d{{1,2}}(?:,?\s\d{{4}})?|"
    rf"\d{{1,2}}\s(?:{MONTH})\.?(?:\s\d{{4}})?)"
    rf"\)?,?\s(?:\([\w /]+\)\s)?-|"
    rf"(?:Published|Posted|Updated|First published)(?:\son)?:?\s(?P<out>[^.;\n]{{5,40}}\d{{4}}))",
    re.I | re.M,
)

# Two dates that are the ends of a range: "from 9 June to 12 June", "between 9 and 12 June", "June 9-12", "2019-2023".
_TO = r"(?:\s?-\s?|\s(?:to|through|until|till|and|or)\s)(?:the\s)?"
_JOINT, _BETWEEN = re.compile(_TO, re.I), re.compile(r"\bbetween\s(?:the\s)?$", re.I)
_MOVED = re.compile(
    r"\b(?:moved|postponed|delayed|rescheduled|shifted|changed|brought\sforward|put\s(?:back|off)|deferred)\b[^.;]{0,60}$",
    re.I,
)
_BARE = r"(?P<bare>\d{1,2}|(?:19|20)\d\d)(?:st|nd|rd|th)?"
_BARE_START = re.compile(rf"(?<![\w.,$€£-]){_BARE}{_TO}$", re.I)
_BARE_LAST = re.compile(
    rf"{_TO}{_BARE}(?P<year>,?\s(?:1[5-9]|20)\d\d\b)?(?![\w%]|[.,:]\d|\s(?!(?:in|at|of|on|and|or|but|for|as|to|with|by|the|from|when|while|after|before)\b)[a-z$€£])",
    re.I,
)
_DAYS, _YEARS = re.compile(r"\b\d{1,2}\b"), re.compile(r"\b\d{4}\b")
_NAMES_MONTH = re.compile(rf"\b(?:{MONTH})\b", re.I)
# The first end is no date that is read: "between May and July".
END_ALONE = re.compile(r"\b(?:between|from)\s(?:the\s)?\w+\s(?:and|to|until|till|through)\s$", re.I)


def is_range(text: str, first: Span, last: Span) -> bool:
    """Whether two dates are the ends of a range, and not a day that was moved from one to the other."""
    joint = text[first[1] : last[0]]
    if not _JOINT.fullmatch(joint) or _MOVED.search(text[: first[0]]):
        return False
    return not re.search("and|or", joint, re.I) or bool(_BETWEEN.search(text[: first[0]]) and "and" in joint.lower())


def same_ends(first: str, second: str) -> bool | None:
    """Whether two spans of days have the same ends, however they are written; None if months or years differ."""
    days, years = ([list(map(int, pattern.findall(text))) for text in (first, second)] for pattern in (_DAYS, _YEARS))
    months = [{MONTHS[name] for name in _NAMES_MONTH.findall(text.lower())} for text in (first, second)]
    if months[0] != months[1] or (all(years) and years[0] != years[1]) or len(days[0]) != len(days[1]):
        return None
    return days[0] == days[1]


class BareEnd(NamedTuple):
    """A day or year that has only its number beside a date; ``listed`` says that it is another date and no range.

    ``year`` is that of both, if it is behind the number: "June 9-12, 2024".
    """

    number: str
    span: Span
    listed: bool
    year: int | None


def bare_end(words: str, before: str, after: str) -> BareEnd | None:
    """The number beside a date ``words`` that is the other end of a range, or another day: "9 to" of "12 June"."""
    year, start = bool(re.fullmatch(r"\d{4}", words)), len(before)
    if not year and not _NAMES_MONTH.search(words):
        return None
    for match, offset in ((_BARE_START.search(before), 0), (_BARE_LAST.match(after), start + len(words))):
        if match is None or (len(match["bare"]) == 4) is not year or (year and "-" not in match.group()):
            continue
        head = before[: match.start()] if offset == 0 else before
        listed = bool(re.search("and|or", match.group(), re.I)) and not _BETWEEN.search(head)
        year_after = match.groupdict().get("year")
        return BareEnd(
            match["bare"],
            (match.start("bare") + offset, match.end() + offset if year_after else match.end("bare") + offset),
            listed,
            int(year_after[-4:]) if year_after else None,
        )
    return None


def beside(day: date, number: int) -> tuple[date, date] | None:
    """The day with a number in the month of another one, or a whole year if it is a year's number."""
    if number > 31:
        return date(number, 1, 1), date(number, 12, 31)
    first, last = month_bounds(day.year, day.month)
    other = first + timedelta(days=number - 1)
    return (other, other) if first <= other <= last else None


def calendar_day(year: int, month: int, day: int) -> date | None:
    """A day, if the calendar has it."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def month_bounds(year: int, month: int) -> tuple[date, date]:
    """The first and the last day of a month."""
    first = date(year, month, 1)
    return first, (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1))


def relative_days(name: str, anchor: date) -> tuple[date, date]:
    """The first and the last day of "yesterday", "last week", "next year", seen from a day."""
    day = timedelta(days=1)
    monday = anchor - day * anchor.weekday()
    first_of_month = anchor.replace(day=1)
    return {
        "yesterday": (anchor - day, anchor - day),
        "today": (anchor, anchor),
        "tonight": (anchor, anchor),
        "tomorrow": (anchor + day, anchor + day),
        "last week": (monday - 7 * day, monday - day),
        "this week": (monday, monday + 6 * day),
        "next week": (monday + 7 * day, monday + 13 * day),
        "last month": month_bounds((first_of_month - day).year, (first_of_month - day).month),
        "this month": month_bounds(anchor.year, anchor.month),
        "next month": month_bounds(anchor.year + anchor.month // 12, anchor.month % 12 + 1),
        "last year": (date(anchor.year - 1, 1, 1), date(anchor.year - 1, 12, 31)),
        "this year": (date(anchor.year, 1, 1), date(anchor.year, 12, 31)),
        "next year": (date(anchor.year + 1, 1, 1), date(anchor.year + 1, 12, 31)),
    }[" ".join(name.split())]


def days_ago(match: re.Match[str], anchor: date) -> tuple[date, date] | None:
    """The days that "three weeks ago" may be, seen from a day; "later" and "earlier" are seen from another one."""
    if match["way"].lower() != "ago":
        return None
    raw = match["ago"].lower()
    count = int(raw) if raw.isdigit() else UNITS_WORDS.get(raw, 1)
    days = {"day": 1, "week": 7, "month": 30, "year": 365}[match["unit"].lower()]
    # "A week ago" may be six to eight days; the tolerance grows with the unit.
    play = timedelta(days={"day": 0, "week": 2, "month": 16, "year": 190}[match["unit"].lower()])
    if count * days > 300 * 365:
        return None
    middle = anchor - timedelta(days=count * days)
    return middle - play, middle + play


_LIMITED = re.compile(
    r"\b(?:(?P<by>by|no\slater\sthan)|(?P<before>before|prior\sto|earlier\sthan)|after|later\sthan)"
    r"\s(?:the\s|early\s|mid-?|late\s)?$",
    re.I,
)


def limit(before: str) -> str:
    """The limit that the words just before a date set: "before 2015", "by Friday"; empty for the date itself."""
    match = _LIMITED.search(before[-20:])
    if match is None:
        return ""
    return "by" if match["by"] else "before" if match["before"] else "after"


_BEFORE_MONTHS = frozenset(("in", "since", "by", "last", "until", "of", "from", "next"))


def word_may(match: re.Match[str], text: str) -> bool:
    """Whether a month or weekday name is another word: "may", "march", "sun", "mar" in lower case."""
    named = next((group for group in ("m4", "m1", "m2", "m3", "wd3") if match[group]), None)
    if named is None:
        return False
    name, at = match[named], match.start(named)
    if match["m4"] and (len(name) < 4 or name.lower() == "march"):
        before = text[max(0, at - 12) : at].lower().split()
        return not name[0].isupper() or not set(before[-1:]) & _BEFORE_MONTHS
    if match["wd3"] and name.lower() in ("sun", "sat", "mon", "wed"):
        return True
    return text[at].islower()
