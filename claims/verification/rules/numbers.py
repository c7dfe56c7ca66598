"""Numbers in a text: value or interval, kind, unit, and how they are bounded; and whether two of them agree.

Two numbers agree if an editor would accept one for the other: the same value in other words or units, a rounded value,
or a value within the meaning of "nearly", "at least" or a range.
"""

from __future__ import annotations

import re
from dataclasses import replace

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
    RATES,
    TENS,
    UNITS_WORDS,
    VAGUE,
)
from claims.records import Span
from claims.verification.forms import number_patterns as patterns
from claims.verification.forms.figures import scale, spelt, step, value
from claims.verification.rules.quantity import Quantity, with_shared_units
from claims.verification.words import plain, remembered


@remembered
def numbers(text: str, masked: tuple[Span, ...] = ()) -> list[Quantity]:
    """Every number of ``text`` in order, except those inside ``masked`` spans (dates)."""
    flat = plain(text).replace("\u2212", "-")
    for start, end in masked:  # struck out first: "2019 and 40 million" is no range
        flat = flat[:start] + "_" * (end - start) + flat[end:]
    for pattern in (patterns.SEASON, patterns.IN_A_ROW):  # a year is the end of "2018-19", too; "7-3-1" is no range
        for row in pattern.finditer(flat):
            flat = flat[: row.start("out")] + "_" * len(row["out"]) + flat[row.end("out") :]
    result: list[Quantity] = []

    def free(span: Span) -> bool:
        spans_read = [quantity.span for quantity in result]
        return all(span[1] <= start or span[0] >= end for start, end in spans_read)

    for pattern, make in (
        (patterns.PAIR, _result), (patterns.AND_A_HALF, _and_a_half), (patterns.FRACTION, _fraction),
        (patterns.VAGUELY, _vague), (patterns.ORDINAL, _ordinal),
        (patterns.NUMBER, _number), (patterns.FACTOR, _factor),
    ):  # fmt: skip
        at = 0
        while (match := pattern.search(flat, at)) is not None:
            quantity = make(flat, match)
            # Of two numbers that are no range, the second is read for itself.
            at = max(match.start() + 1, quantity.span[1] if quantity else match.end())
            if quantity is not None and free(quantity.span):
                result.append(replace(quantity, text=text[quantity.span[0] : quantity.span[1]]))
    return with_shared_units(flat, sorted(result, key=lambda quantity: quantity.span))


def _number(text: str, match: re.Match[str]) -> Quantity | None:
    first = value(match["avalue"], match["ascale"])
    if first is None or patterns.is_pronoun(text, match) or patterns.is_metres(text, match):
        return None
    low = high = -first if match["aminus"] else first
    end = match.end()
    if match["bvalue"]:
        second = value(match["bvalue"], match["bscale"])
        if second is None or not _is_range(text, match):
            end = _first_number_end(match)
        else:
            shared = scale(match["bscale"]) if not match["ascale"] else 1.0
            second = -second if match["bminus"] else second
            low, high = sorted((low * (shared if low * shared <= second else 1.0), second))
    kind, size, unit_end = _number_kind(text, match, end)
    if unit_end == end and re.match(r"[^\W\d_]", text[end:]):
        return None  # "5G", "12x": not understood
    rate, end = _rate(text, unit_end)
    kind, size, rate = ("speed", size / 1000, "") if (kind, rate) == ("length", "hour") else (kind, size, rate)
    start, bound, end = _with_bound_words(text, match.start(), end)
    if (kind == "count" and patterns.RANKED.match(text, start)) or (
        kind == "duration" and patterns.PACED.match(text, start)
    ):
        return None  # "peaked higher than 35" is a lower number, "faster than 10 seconds" a shorter time
    if kind == "fahrenheit":
        kind, low, high = "temperature", (low - 32) / 1.8, (high - 32) / 1.8
    return Quantity(
        text="", span=(start, end), kind=kind, low=low * size, high=high * size, bound=bound, rate=rate,
        step=step(match["avalue"], match["ascale"]) * size, role=_change_or_level(text, start, end), size=size,
        scale=scale(match["ascale"] or match["bscale"]),
    )  # fmt: skip


def _first_number_end(match: re.Match[str]) -> int:
    """Where the first of two numbers ends."""
    return match.end("ascale") if match["ascale"] else match.end("avalue")


def _change_or_level(text: str, start: int, end: int) -> str:
    """Whether a number is a change ("by 2 percent", "2 percent more"), a level ("to 4 percent") or a share ("of")."""
    before = text[max(0, start - 20) : start]
    share = patterns.SHARE.match(text, end) is not None
    if patterns.MORE.match(text, end):
        return "more"
    if share and patterns.BY.search(before):  # "rejected by 70 percent of voters"
        return "of"
    if patterns.UP_OR_DOWN.search(before) or patterns.RISE.match(text, end):
        return "by"
    return "to" if patterns.LEVEL.search(before) else "of" if share else ""


def _rate(text: str, end: int) -> tuple[str, int]:
    """What a number is given for, and where its words end."""
    match = patterns.RATE.match(text, end)
    return (RATES[match["rate"].lower()], match.end()) if match else ("", end)


def _result(text: str, match: re.Match[str]) -> Quantity | None:
    """Two numbers that form a result: the first is higher or nearby words say so, and it is not a time of day."""
    first, second, joint = (
        value(match["a"], None) or 0,
        value(match["b"], None) or 0,
        text[match.end("a") : match.start("b")],
    )
    before, after = text[max(0, match.start() - 60) : match.start()], text[match.end() : match.end() + 30]
    margin = re.search(r"\bby\s(?:a\s\w+\sof\s)?$", before, re.I) if first > second else None
    scoring = bool(
        margin or patterns.SCORING.search(before) or patterns.SCORING.search(after) or re.search("[a-su-z]", joint)
    )
    if ":" in joint and (len(match["b"]) > 1 or patterns.CLOCK.search(before)) and not scoring:
        return None
    if " to " in joint and re.search(r"\b(?:from|between)\s$", before, re.I):
        return None
    if not scoring and ":" not in joint and first <= second:
        return None
    if first <= second and re.match(
        r"\s(?!in\b|on\b|by\b|at\b|to\b|for\b|w[io]n\b|over\b|after\b|lead\b|vote|loss|defeat|victory|against\b)[a-z]",
        after,
    ):
        return None
    return Quantity(text="", span=match.span(), kind="pair", low=first, high=second)


def _and_a_half(_: str, match: re.Match[str]) -> Quantity:
    whole = 1.0 if match["n"].lower() in ("a", "an") else (spelt(match["n"]) or float(match["n"]))
    kind, size = MEASURES[match["unit"].lower()]
    amount = (whole + 0.5) * size
    return Quantity(text="", span=match.span(), kind=kind, low=amount, high=amount)


def _is_range(text: str, match: re.Match[str]) -> bool:
    """Whether two numbers with "-", "to", "and" or "or" between them are one range."""
    joint = text[_first_number_end(match) : match.start("bvalue")].lower()
    before = text[: match.start()]
    if "and" not in joint and patterns.UP_OR_DOWN.search(before) and not patterns.BY.search(before):
        return "-" in joint  # "rose 5 percent to 22 percent"
    if "and" in joint:
        return bool(patterns.BETWEEN.search(before))
    if " to " in joint and re.search(r"\bfrom\s$", before, re.I):
        return not re.search(
            r"\b(?:rose|fell|grew|dropped|increased|decreased|up|down|cut|raised|jumped|climbed|went|declined|reduced|slid|slipped)\b[^.;]{0,60}$",
            before,
            re.I,
        )
    return True


def _number_kind(text: str, match: re.Match[str], end: int) -> tuple[str, float, int]:
    """The kind of a number, the size of its unit, and where the phrase ends."""
    sign = match["asign"] or match["bsign"]
    if sign:
        return f"money:{CURRENCIES[sign.strip().lower()]}", 1.0, end
    if degrees := patterns.DEGREES.match(text, end):
        scaled = (degrees["long"] or degrees["short"] or "").lower()[:1]
        return _TEMPERATURES.get(scaled, "degrees"), 1.0, degrees.end()
    if percent := patterns.PERCENT.match(text, end):
        points = "point" in percent.group().lower()
        return ("points" if points else "percent"), 1.0, percent.end()
    old = patterns.OLD.match(text, end)
    if old or patterns.AGED.search(text[: match.start()]):
        return "age", 1.0, old.end() if old else end
    magnitude = patterns.OF_MAGNITUDE.match(text, end)
    if magnitude or patterns.MAGNITUDE.search(text[max(0, match.start() - 40) : match.start()]):
        return "magnitude", 1.0, magnitude.end() if magnitude else end
    return _unit_after(text, end)


_TEMPERATURES = {"f": "fahrenheit", "c": "temperature"}


def _unit_after(text: str, end: int) -> tuple[str, float, int]:
    """A currency or a measure just after a number; else it counts."""
    unit = patterns.UNIT.match(text, end)
    word = MEASURE_PLURALS.get(unit[1].lower(), unit[1].lower()) if unit else ""
    if unit and word in CURRENCIES and not (word == "won" and patterns.is_verb_won(text, unit.end())):
        return f"money:{CURRENCIES[word]}", 1.0, unit.end()
    single = word if word in MEASURES else word.removesuffix("s")
    if unit and single in MEASURES and not re.search(r"square|cubic", unit.group(), re.I):
        kind, size = MEASURES[single]
        return kind, size, unit.end()
    return "count", 1.0, end


def _with_bound_words(text: str, start: int, end: int) -> tuple[int, str, int]:
    leading = text[max(0, start - 35) : start]
    if before := patterns.BEFORE.search(leading):
        phrase = re.sub(r"\s(?:the\s|a\s)?(?:magnitude\s)?$", "", before.group().lower())
        denied = patterns.DENIED.search(leading[: before.start()])
        bound = patterns.OPPOSITE.get(BOUNDS[phrase], BOUNDS[phrase]) if denied else BOUNDS[phrase]
        return start - len(leading) + (denied or before).start(), bound, end
    if after := patterns.AFTER.match(text, end):
        return start, AFTER_BOUNDS[after.group().strip().lower()], after.end()
    return start, "", end


def _ordinal(text: str, match: re.Match[str]) -> Quantity | None:
    if match[1]:
        value = float(match[1])
    else:
        value = float(sum(TENS.get(part, ORDINALS.get(part, 0)) for part in match[2].lower().split("-")))
    clipped = f"{text[: match.start()]}|{text[match.end() :][:9]}"
    if match.group().lower() == "second" and patterns.A_SECOND.search(clipped):
        return None
    if match.group().lower() in ("first", "second") and patterns.is_adverb(text, match):
        return None
    return Quantity(text="", span=match.span(), kind="ordinal", low=value, high=value)


def _fraction(text: str, match: re.Match[str]) -> Quantity | None:
    if match["part"]:
        if (of_number := _of_number(text, match)) is not None:
            return of_number
        top = match["top"]
        share = FRACTIONS[match["part"].lower()] * (UNITS_WORDS.get((top or "a").lower(), 1))
        if points := patterns.OF_POINT.match(text, match.end("part")):
            return _with_bounds(text, match.start(), points.end(), "points", share)
        if not top and match["part"].lower() != "half":
            return None
        if not match["of"] and not patterns.BY.search(text[: match.start()]):
            return None  # "a third" alone may be one more; "by a third" is a share
        end = match.end("part")
    else:
        above, below = (float(part) if part.isdigit() else float(spelt(part) or 0) for part in (match["n"], match["d"]))
        if not 0 < above < below:
            return None
        share, end = above / below, match.end()
    role = _change_or_level(text, match.start(), end)
    return replace(_with_bounds(text, match.start(), end, "percent", share * 100), step=2.0, role=role)


def _with_bounds(text: str, start: int, end: int, kind: str, amount: float) -> Quantity:
    """A single value, with the words for its bound."""
    start, bound, end = _with_bound_words(text, start, end)
    return Quantity(text="", span=(start, end), kind=kind, low=amount, high=amount, bound=bound)


def _of_number(text: str, match: re.Match[str]) -> Quantity | None:
    """A part of a number: "half a million", "a quarter of a million", "half of 60"."""
    of = patterns.OF_NUMBER.match(text, match.end("part"))
    if of is None:
        return None
    whole = MAGNITUDES[of["scale"].lower()] if of["scale"] else value(of["whole"], None)
    amount = FRACTIONS[match["part"].lower()] * UNITS_WORDS.get((match["top"] or "a").lower(), 1) * (whole or 0)
    return replace(_with_bounds(text, match.start(), of.end(), "count", amount), step=amount / 5)


def _vague(_: str, match: re.Match[str]) -> Quantity:
    low, high = VAGUE[match.group().lower()]
    return Quantity(text="", span=match.span(), kind="count", low=low, high=high, bound="vague")


def _factor(text: str, match: re.Match[str]) -> Quantity:
    return _with_bounds(text, match.start(), match.end(), "factor", FACTORS[match.group().lower()])
