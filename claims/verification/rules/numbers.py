"""Numbers in a text: value or interval, kind, unit, and how they are bounded; and whether two of them agree.

"Agree" is what an editor lets pass: the same value in other words or units, a value rounded to what the writer
shows, and "nearly", "at least" and ranges read as they are meant.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from claims.lexicon.quantities import (
    AFTER_BOUNDS,
    BOUNDS,
    CURRENCIES,
    FACTORS,
    FRACTIONS,
    MAGNITUDES,
    MEASURE_PLURALS,
    MEASURES,
    ORDINALS,
    TENS,
    UNITS_WORDS,
    VAGUE,
)
from claims.records import Span
from claims.verification.words import plain, remembered

_CARDINAL = "|".join(sorted((*UNITS_WORDS, *TENS), key=len, reverse=True))
_SCALE = "|".join(("hundred", "thousand", "million", "billion", "trillion", "dozen"))
_SPELT = (
    rf"(?:(?:{_CARDINAL})(?:[\s-](?:{_CARDINAL}))?|a(?=\s(?:{_SCALE})\b))"
    rf"(?:\s(?:and\s(?:a\s)?)?(?:{_SCALE}|(?:{_CARDINAL})(?:-(?:{_CARDINAL}))?)\b(?!\s(?:of|in)\s(?:ten|five)))*"
    r"(?:\sand\sa\shalf)?"
)
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+"
_SIGN = r"(?:us\$|[$€£¥₽₴₹])"
_ONE = (
    rf"(?P<@sign>{_SIGN})?\s?(?P<@value>{_DIGITS}|\b{_SPELT}\b)"
    r"(?P<@scale>(?:[\s-](?:hundred|thousand|million|billion|trillion|dozen)\b)|(?:\s?(?:mln|bln|trn|mn|bn|tn|k|m)\b(?!\w)))?"
)
_NUMBER = re.compile(
    rf"(?<![\w.,/:])(?:{_ONE.replace('@', 'a')})"
    r"(?:\s?(?:%|percent\b|per\scent\b)?\s?(?:-|to|and|or)\s?(?=[\d$€£]|\b(?:"
    + _CARDINAL
    + rf")\b)(?:{_ONE.replace('@', 'b')}))?",
    re.IGNORECASE,
)
_ORDINAL = re.compile(
    r"\b(?:(\d+)(?:st|nd|rd|th)|((?:(?:" + "|".join(TENS) + r")-)?(?:" + "|".join(ORDINALS) + r")))\b", re.I
)
_FRACTION = re.compile(
    rf"\b(?:(?P<top>{_CARDINAL}|an?)[\s-])?(?P<part>{'|'.join(FRACTIONS)})\b(?:(?P<of>\s)(?=of\b|the\b|its\b|as\b|all\b))?"
    rf"|\b(?P<n>{_CARDINAL}|\d+)\s(?:in|out\sof)(?:\severy)?\s(?P<d>{_CARDINAL}|\d+)\b",
    re.I,
)
_BY = re.compile(r"\bby\s(?:(?:more|less|about|around|roughly|nearly|almost|over|just|some)\s(?:than\s)?){0,2}$", re.I)
_VAGUE = re.compile(r"\b(?:" + "|".join(sorted(VAGUE, key=len, reverse=True)) + r")\b", re.I)
_FACTOR = re.compile(r"\b(?:" + "|".join(FACTORS) + r")\b", re.I)
_PERCENT = re.compile(r"\s?(?:%|percent\b|per\scent\b|pct\b)(\s?-?\s?points?\b)?|\s(?:percentage[\s-])points?\b", re.I)
_BEFORE = re.compile(r"(?:" + "|".join(sorted(BOUNDS, key=len, reverse=True)) + r")\s(?:the\s|a\s)?$", re.I)
_AFTER = re.compile(r"\s(?:" + "|".join(AFTER_BOUNDS) + r")\b", re.I)
_UNIT = re.compile(r"[\s-]?(?:(?:square|cubic|metric|nautical)\s)?([a-z/]+)", re.I)
_SEASON = re.compile(r"(?:\b(?:1[5-9]|20)\d\d|(?<!_)_{4})\s?[-/]\s?((?:1[5-9]|20)\d\d|\d\d)(?![\d.,]*\d)")
_OLD = re.compile(r"[\s-]years?[\s-]old\b", re.I)
_AGED = re.compile(r"\baged?\s$", re.I)
_BETWEEN = re.compile(r"\b(?:between|from)\s$", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number of a text: between ``low`` and ``high`` (equal for a plain one) in the base unit of ``kind``.

    ``kind`` is count, percent, points, money:usd, duration, age, ordinal, factor, ...; ``bound`` is over, least,
    under, most, nearly, about or empty; ``step`` is the size of the last digit shown.
    """

    text: str
    span: Span
    kind: str
    low: float
    high: float
    bound: str = ""
    step: float = 0.0


def number_of(word: str) -> float | None:
    """The value of a single word that is a number ("3,000", "twelve", "thousand"), else None."""
    low = word.lower()
    if re.fullmatch(_DIGITS, low):
        return float(low.replace(",", ""))
    for table in (UNITS_WORDS, TENS):
        if low in table:
            return float(table[low])
    return MAGNITUDES[low] if len(low) > 2 and low in MAGNITUDES else None


def spelt(text: str) -> float | None:
    """The value of a number in words: "two hundred and fifty thousand", "a dozen", "one and a half"."""
    total = part = 0.0
    for word in re.split(r"[\s-]+", text.lower()):
        if word in ("and", ""):
            continue
        if word == "half":
            part += 0.5
        elif word in ("a", "an"):
            part += 0 if "half" in text.lower() and part else 1
        elif word in UNITS_WORDS or word in TENS:
            part += UNITS_WORDS.get(word, TENS.get(word, 0))
        elif word in MAGNITUDES and MAGNITUDES[word] <= 100:
            part = (part or 1) * MAGNITUDES[word]
        elif word in MAGNITUDES:
            total, part = total + (part or 1) * MAGNITUDES[word], 0.0
        else:
            return None
    return total + part


@remembered
def numbers(text: str, masked: tuple[Span, ...] = ()) -> list[Quantity]:
    """Every number of ``text`` in order, but those inside ``masked`` spans (dates)."""
    flat = plain(text)
    for start, end in masked:  # struck out first: "2019 and 40 million" is no range
        flat = flat[:start] + "_" * (end - start) + flat[end:]
    for match in _SEASON.finditer(flat):  # the end of "2018-19" is a year as well
        flat = flat[: match.start(1)] + "_" * len(match[1]) + flat[match.end(1) :]
    found: list[Quantity] = []

    def free(span: Span) -> bool:
        taken = [quantity.span for quantity in found]
        return all(span[1] <= start or span[0] >= end for start, end in taken)

    for pattern, make in (
        (_FRACTION, _fraction), (_VAGUE, _vague), (_ORDINAL, _ordinal), (_NUMBER, _number), (_FACTOR, _factor),
    ):  # fmt: skip
        for match in pattern.finditer(flat):
            quantity = make(flat, match)
            if quantity is not None and free(quantity.span):
                found.append(replace(quantity, text=text[quantity.span[0] : quantity.span[1]]))
    return sorted(found, key=lambda quantity: quantity.span)


def _number(text: str, match: re.Match[str]) -> Quantity | None:
    first = _value(match["avalue"], match["ascale"])
    if first is None or _is_pronoun(text, match):
        return None
    low = high = first
    end = match.end()
    if match["bvalue"]:
        second = _value(match["bvalue"], match["bscale"])
        if second is None or not _is_range(text, match):
            end = match.end("ascale") if match["ascale"] else match.end("avalue")
        else:
            scale = second / float(_value(match["bvalue"], None) or 1) if not match["ascale"] else 1.0
            low, high = sorted((first * (scale if first * scale <= second else 1.0), second))
    kind, size, end = _kind(text, match, end)
    start, bound, end = _bounded(text, match.start(), end)
    step = _step(match["avalue"], match["ascale"]) * size
    return Quantity(text="", span=(start, end), kind=kind, low=low * size, high=high * size, bound=bound, step=step)


def _value(value: str, scale: str | None) -> float | None:
    number = float(value.replace(",", "")) if value[-1].isdigit() else spelt(value)
    if number is None:
        return None
    return number * MAGNITUDES.get((scale or "").strip(" -").lower(), 1.0)


def _is_pronoun(text: str, match: re.Match[str]) -> bool:
    """Whether "one" is no number: "one of the", "no one", "the one who"."""
    if match["avalue"].lower() != "one" or match["ascale"]:
        return False
    return not re.match(
        r"[\s-](?:year|month|week|day|hour|minute|person|man|woman|million|percent)", text[match.end() :], re.I
    )


def _is_range(text: str, match: re.Match[str]) -> bool:
    """Whether two numbers with "-", "to", "and" or "or" between them are one range."""
    joint = text[match.end("ascale") if match["ascale"] else match.end("avalue") : match.start("bvalue")].lower()
    if "and" in joint:
        return bool(_BETWEEN.search(text[: match.start()]))
    if " to " in joint and re.search(r"\bfrom\s$", text[: match.start()], re.I):
        return not re.search(
            r"\b(?:rose|fell|grew|dropped|increased|decreased|up|down|cut|raised|jumped|climbed|went|declined|reduced|slid|slipped)\b[^.;]{0,60}$",
            text[: match.start()],
            re.I,
        )
    return True


def _kind(text: str, match: re.Match[str], end: int) -> tuple[str, float, int]:
    """The kind of a number, the size of its unit, and where the phrase ends."""
    sign = match["asign"] or match["bsign"]
    if sign:
        return f"money:{CURRENCIES[sign.lower()]}", 1.0, end
    if percent := _PERCENT.match(text, end):
        points = "point" in percent.group().lower()
        return ("points" if points else "percent"), 1.0, percent.end()
    if old := _OLD.match(text, end):
        return "age", 1.0, old.end()
    if _AGED.search(text[: match.start()]):
        return "age", 1.0, end
    return _measure(text, end)


def _measure(text: str, end: int) -> tuple[str, float, int]:
    """A currency or a measure just after a number; else it counts."""
    unit = _UNIT.match(text, end)
    word = MEASURE_PLURALS.get(unit[1].lower(), unit[1].lower()) if unit else ""
    if unit and word in CURRENCIES and (word != "won" or text[unit.end() :][:3] != " a"):
        return f"money:{CURRENCIES[word]}", 1.0, unit.end()
    single = word if word in MEASURES else word.removesuffix("s")
    if unit and single in MEASURES and not re.search(r"square|cubic", unit.group(), re.I):
        kind, size = MEASURES[single]
        return kind, size, unit.end()
    return "count", 1.0, end


def _bounded(text: str, start: int, end: int) -> tuple[int, str, int]:
    before = _BEFORE.search(text[max(0, start - 25) : start])
    if before:
        phrase = re.sub(r"\s(?:the\s|a\s)?$", "", before.group().lower())
        if re.search(r"\bnot\s$", text[max(0, start - 25) : start][: before.start()], re.I) and phrase == "more than":
            return start, "most", end
        return start - (min(25, start) - before.start()), BOUNDS[phrase], end
    if after := _AFTER.match(text, end):
        return start, AFTER_BOUNDS[after.group().strip().lower()], after.end()
    return start, "", end


def _step(value: str, scale: str | None) -> float:
    """The size of the last digit that the writer shows: 1.2 million is given to 100,000."""
    size = MAGNITUDES.get((scale or "").strip(" -").lower(), 1.0)
    digits = value.replace(",", "")
    if not digits[-1].isdigit():
        return size
    if "." in digits:
        return float(size * 10 ** -len(digits.split(".")[1]))
    return float(size * 10 ** (len(digits) - len(digits.rstrip("0")))) if len(digits) > 3 else size


def _ordinal(text: str, match: re.Match[str]) -> Quantity | None:
    if match[1]:
        value = float(match[1])
    else:
        value = float(sum(TENS.get(part, ORDINALS.get(part, 0)) for part in match[2].lower().split("-")))
    if match.group().lower() in ("first", "second") and re.match(
        r"\s?(?:,|of all|and foremost|lady)", text[match.end() :]
    ):
        return None
    return Quantity(text="", span=match.span(), kind="ordinal", low=value, high=value)


def _fraction(text: str, match: re.Match[str]) -> Quantity | None:
    if match["part"]:
        top = match["top"]
        if not top and match["part"].lower() != "half":
            return None
        if not match["of"] and not _BY.search(text[: match.start()]):
            return None  # "a third" alone may be one more; "by a third" is a share
        share = FRACTIONS[match["part"].lower()] * (UNITS_WORDS.get((top or "a").lower(), 1))
        end = match.end("part")
    else:
        above, below = (
            float(spelt(part) or 0) if not part.isdigit() else float(part) for part in (match["n"], match["d"])
        )
        if not 0 < above < below:
            return None
        share, end = above / below, match.end()
    start, bound, end = _bounded(text, match.start(), end)
    return Quantity(
        text="", span=(start, end), kind="percent", low=share * 100, high=share * 100, bound=bound, step=2.0
    )


def _vague(_: str, match: re.Match[str]) -> Quantity:
    low, high = VAGUE[match.group().lower()]
    return Quantity(text="", span=match.span(), kind="count", low=low, high=high, bound="vague")


def _factor(_: str, match: re.Match[str]) -> Quantity:
    value = FACTORS[match.group().lower()]
    return Quantity(text="", span=match.span(), kind="factor", low=value, high=value)
