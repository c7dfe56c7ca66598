"""Decides whether two numbers agree: the same value or an acceptable approximation; None if they are not compared.

Accepted: the same value in other words or units, a rounded value, and values within the meaning of "nearly", "at least"
and ranges. Not compared: numbers of different kinds, a change with a level, and two currencies with the same name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import permutations

from claims.lexicon.clauses import word_set
from claims.lexicon.quantities import DOWN_WORDS, LESS_WORDS, MORE_WORDS, PEOPLE, SAME_WORD, UP_WORDS
from claims.verification.forms.figures import counted_nouns, stated_shares
from claims.verification.rules.quantity import Quantity

# "About" allows a tenth; a number written with a magnitude or in round thousands is rounded by at most a twentieth.
_ABOUT, _ROUND = 0.10, 0.05
# Bounds from below. "Over 60" says more than a source that has "more than 50"; 51 to 52 is rounding.
_FLOORS, _CEILINGS = ("over", "least"), ("under", "most")
_STRICT = ("over", "under")
# The bounds that leave out the number itself, each with the one on the same side that does not.
_WITHOUT_END = {"over": "least", "barely": "least", "under": "most", "nearly": "most"}
WORKED_OUT = "worked out from the source's numbers"
ONLY_END = "the bound leaves out that number"
_UNLIKE_ROLES = ({"", "more"}, {"by", "to"}, {"by", "of"}, {"more", "to"}, {"more", "of"})
_ROUNDING, _EXACT, _FAR = 0.02, 1e-9, 1.5  # the last: a bound from below says little of a number so much higher
# Days in what a rate of time is given for.
_TIMES = {"second": 1 / 86400, "minute": 1 / 1440, "hour": 1 / 24, "day": 1.0, "week": 7.0}


def matches(claimed: Quantity, sourced: Quantity) -> tuple[bool | None, str]:
    """Whether two numbers agree; None if they are not compared. The note says why.

    "More than 50" does not agree with exactly 50, and "at least 50" does.
    """
    verdict, note = _compared(claimed, sourced)
    return (None, ONLY_END) if verdict and _at_open_end(claimed, sourced) else (verdict, note)


def _at_open_end(claimed: Quantity, sourced: Quantity) -> bool:
    """Whether one of two equal numbers has a bound that leaves it out, and the other may be the number itself."""
    may_be_equal = ("", _WITHOUT_END.get(claimed.bound))
    one_is_open = (claimed.bound in _WITHOUT_END and sourced.bound in may_be_equal) or (
        sourced.bound in (*_WITHOUT_END, "most") and not claimed.bound  # "up to 15 euros" may be 3
    )
    times = [_TIMES.get(quantity.rate, 1.0) if claimed.rate != sourced.rate else 1.0 for quantity in (claimed, sourced)]
    return one_is_open and abs(claimed.low / times[0] - sourced.low / times[1]) <= _EXACT * abs(claimed.low)


def _compared(claimed: Quantity, sourced: Quantity) -> tuple[bool | None, str]:
    """As `matches`, and a bound meets its own end."""
    if claimed.kind != sourced.kind:
        return _across(claimed, sourced)
    if claimed.kind == "pair":
        ours, theirs = (claimed.low, claimed.high), (sourced.low, sourced.high)
        return (True, "") if ours == theirs else (None, "the other way round") if ours == theirs[::-1] else (False, "")
    if claimed.rate != sourced.rate:
        return _rated(claimed, sourced)
    if {claimed.role, sourced.role} in _UNLIKE_ROLES:
        return None, "a change is not a level" if _equal(claimed, sourced) else ""
    return _sized(claimed, sourced)


def _across(claimed: Quantity, sourced: Quantity) -> tuple[bool | None, str]:
    """Compare numbers of two kinds: only a few pairs of kinds, such as percent and points, are compared."""
    kinds = {claimed.kind, sourced.kind}
    if kinds == {"percent", "points"} and _equal(claimed, sourced):
        return False, "percent is not percentage points"
    if kinds == {"factor", "percent"}:
        return _factor_as_percent(claimed, sourced)
    if kinds in ({"degrees", "temperature"}, {"age", "count"}):
        return (True, "") if _equal(claimed, sourced) else (None, "")
    if _money(claimed) and _money(sourced):
        codes = {kind.split(":")[1] for kind in kinds}
        if any(codes <= group for group in SAME_WORD):
            return (True, "a currency of that name") if _sized(claimed, sourced)[0] else (None, "")
        return (False, "another currency") if _equal(claimed, sourced) else (None, "")
    return None, ""


def _equal(first: Quantity, second: Quantity) -> bool:
    return first.low == second.low and first.high == second.high


def _money(quantity: Quantity) -> bool:
    return quantity.kind.startswith("money:")


def _rated(claimed: Quantity, sourced: Quantity) -> tuple[bool | None, str]:
    """Compare rates: "15 dollars a day" is not "$15 an hour", and two a second are 120 a minute."""
    if not (claimed.rate and sourced.rate):
        return (True, "") if _equal(claimed, sourced) else (None, "")
    if claimed.rate in _TIMES and sourced.rate in _TIMES and not _money(claimed):
        ours, theirs = claimed.low / _TIMES[claimed.rate], sourced.low / _TIMES[sourced.rate]
        return (True, "the same rate") if abs(ours - theirs) <= _ROUNDING * theirs else (None, "")
    return (False, "another rate") if _equal(claimed, sourced) else (None, "")


def _sized(claimed: Quantity, sourced: Quantity) -> tuple[bool | None, str]:  # noqa: PLR0911  one return for each case
    """Compare two numbers of one kind by their sizes and bounds."""
    if claimed.kind == "factor" and (claimed.low < 1) != (sourced.low < 1):
        return False, ""
    if _opposite(claimed, sourced):
        if _apart(claimed, sourced):
            return False, "bounded the other way"
        if {claimed.bound, sourced.bound} <= {*_STRICT, "least", "most"}:
            return None, ""
    if claimed.bound in _FLOORS and sourced.bound in _FLOORS and claimed.low > sourced.low * (1 + _ROUNDING):
        return False, "a higher bound than the source's"
    if sourced.low < sourced.high and not claimed.bound and sourced.bound in ("", "about"):
        return _ranges(claimed, sourced)
    low, high = _possible_values(claimed)
    near = _EXACT * max(abs(low), abs(high))
    # Of two numbers shown to the same digit neither is the other rounded: 4 percent is not 5 percent.
    blur = _rounding(sourced) if sourced.step > claimed.step else 0.0
    if sourced.high + blur >= low - near and sourced.low - blur <= high + near:
        return True, "" if _equal(claimed, sourced) else "rounded or within what is said"
    ours_low, ours_high = _possible_values(sourced)
    if sourced.bound and claimed.low >= ours_low * (1 - _EXACT) and claimed.high <= ours_high * (1 + _EXACT):
        return True, "within what the source says"
    if claimed.bound in _FLOORS and sourced.low > high:
        return None, ""  # "more than 10" is true of 300, and says something else
    return False, ""


def _ranges(claimed: Quantity, sourced: Quantity) -> tuple[bool | None, str]:
    """Compare with a range: another agrees if both ends do; one number of it, or an overlap, is not compared."""
    slack = max(_slack(claimed), _slack(sourced))
    ends = (abs(claimed.low - sourced.low) <= slack, abs(claimed.high - sourced.high) <= slack)
    several = claimed.low < claimed.high
    other = claimed.low > sourced.high or sourced.low > claimed.high or (any(ends) and several)
    return (True, "") if all(ends) else (False, "") if other else (None, "" if several else "one number of a range")


def _opposite(claimed: Quantity, sourced: Quantity) -> bool:
    """Whether one number is bounded from below and the other from above."""
    bounds = (claimed.bound, sourced.bound)
    return any(
        first in (*_FLOORS, "barely") and second in (*_CEILINGS, "nearly") for first, second in (bounds, bounds[::-1])
    )


def _apart(claimed: Quantity, sourced: Quantity) -> bool:
    """Whether a bound from below and one from above leave no number that fits both."""
    floor, ceiling = (claimed, sourced) if claimed.bound in (*_FLOORS, "barely") else (sourced, claimed)
    strict = floor.bound != "least" or ceiling.bound != "most"
    return floor.low > ceiling.low or (strict and floor.low == ceiling.low)


def _factor_as_percent(first: Quantity, second: Quantity) -> tuple[bool | None, str]:
    """Whether "doubled" is "rose by 100 %"."""
    factor, percent = (first, second) if first.kind == "factor" else (second, first)
    change = abs(factor.low - 1) * 100
    as_factor = 1 + percent.low / 100 if factor.low > 1 else 1 - percent.low / 100
    if abs(change - percent.low) > 5 or not (_allows(factor, as_factor) and _allows(percent, change)):
        return None, ""
    return True, "the same change"


def _allows(bounded: Quantity, amount: float) -> bool:
    """Whether an amount beside the end of a bound is on its side: more than 40 percent are not 60 of 150."""
    end = bounded.low
    if bounded.kind == "factor":  # more than halved is a fall of more than half
        end, amount = abs(end - 1), abs(amount - 1)
    above, below = amount > end * (1 + _EXACT), amount < end * (1 - _EXACT)
    return {"over": above, "barely": above, "under": below, "nearly": below}.get(bounded.bound, True)


def _possible_values(quantity: Quantity) -> tuple[float, float]:
    """The values that a number as written may mean; a bound is strict on its own side."""
    low, high = sorted((quantity.low, quantity.high))
    slack, about = _slack(quantity), _ABOUT * abs(low)
    return {
        "over": (low, _FAR * high),
        "least": (low, _FAR * high),
        "under": (0.5 * low, high),
        "most": (0.5 * low, high),
        "nearly": (low - about, high),
        "barely": (low, high + about),
        "about": (low - about, high + about),
    }.get(quantity.bound, (low - slack, high + slack))


def _rounding(quantity: Quantity) -> float:
    """How far the source's own number may be rounded."""
    return 0.0 if quantity.bound else min(_slack(quantity), quantity.step / 2)


def _slack(quantity: Quantity) -> float:
    """Half of the last digit shown, where numbers of this size are rounded: not for small counts."""
    size = abs(quantity.low)
    if quantity.kind in ("ordinal", "age", "factor", "magnitude"):
        return 0.0
    if quantity.kind == "temperature":
        return 0.5
    if quantity.kind in ("duration", "length", "speed", "weight", "area", "volume"):
        return max(_ROUNDING * size, min(quantity.step / 2, _ROUND * size))
    if quantity.kind == "count" and size < 1000:
        return 0.0
    if quantity.kind in ("percent", "points"):
        return min(0.5, quantity.step / 2) if quantity.step < 2 else 1.0
    return min(quantity.step / 2, _ROUND * size)


def worked_out(
    claimed: Quantity, ours: Sequence[Quantity], figures: Sequence[Quantity], sentence: str
) -> tuple[bool | None, str, str]:
    """Whether the claim's number follows from the sentence's numbers, as a share or as a change.

    ``ours`` are the claim's numbers: a share clashes if it has the same whole ("of the 60 councillors"). With the note
    comes what the source has for it: "forty of the 60", or the number after the change.
    """
    shares = stated_shares(sentence) if claimed.kind == "percent" and claimed.role != "by" else []
    near = (text for share, _, text in shares if abs(share - claimed.low) <= 1.0 and _allows(claimed, share))
    if equal := next(near, ""):
        return True, WORKED_OUT, equal
    counts = {our.low for our in ours if our.kind == "count"}
    if other := next((text for _, whole, text in shares if whole in counts), ""):
        return (None if claimed.bound else False), WORKED_OUT, other
    changes = list(_changes(figures, sentence))
    if same := next((after.text for before, after in changes if _same_change(claimed, before, after)), ""):
        return True, WORKED_OUT, same
    for before, after in changes:
        points = before.kind == claimed.kind == "percent" and claimed.role == "by"
        if points and abs(abs(after.low - before.low) - claimed.low) <= _EXACT:
            return False, "percent is not percentage points", after.text
    return None, "", ""


_FROM = re.compile(r"\b(?:from|compared\swith|against|after|up\sfrom|down\sfrom)\s(?:(?!to\b)[a-z]+\s){0,2}$", re.I)

_COMPARED = re.compile(
    rf"\s(?:(?P<more>{MORE_WORDS})|(?P<less>{LESS_WORDS}))\b(?:\s(?:\w+\s)?than\s(?:the\s)?(?P<whom>\w+))?", re.I
)
_MOVED = re.compile(rf"\b(?:(?P<more>{UP_WORDS})|(?P<less>{DOWN_WORDS}))\s(?:(?:by|of|to)\s)?$", re.I)
_LEFT = re.compile(
    r"[^.;\d]{0,60}?,?\s(?:(?P<more>up|rising|higher|an increase)|(?P<less>down|falling|lower))\sfrom\b", re.I
)


def other_way(claim: str, claimed: Quantity, sentence: str, sourced: Quantity) -> bool:
    """Whether one number is a rise and the other a fall: "12 percent more than men", "12 percent less than men"."""
    ours, theirs = _way(claim, claimed), _way(sentence, sourced)
    return ours is not None and theirs is not None and ours[0] != theirs[0] and ours[1] == theirs[1]


def _way(text: str, figure: Quantity) -> tuple[str, str] | None:
    """Whether a number is a "more" or a "less", and than whom."""
    start, end = figure.span
    match = _COMPARED.match(text, end) or _MOVED.search(text[:start]) or _LEFT.match(text, end)
    if match is None:
        return None
    whom = (match.groupdict().get("whom") or "").lower()
    return ("more" if match["more"] else "less"), "" if whom in _EARLIER else whom


OTHER_WAY = "the other way"  # one is a rise, the other a fall
# "More than last year" is a rise, as "up" is.
_EARLIER = word_set("last previous in year month quarter week before expected")
_RATE_OF_CHANGE = re.compile(r"\b(?:inflation|growth)\b", re.I)


def one_rate(claim: str, claimed: Quantity, sentence: str, sourced: Quantity) -> bool:
    """Whether two equal percentages are the same rate of change: "inflation of 3 percent", "prices rose 3 percent"."""
    equal = claimed.kind == sourced.kind == "percent" and claimed.low == sourced.low
    return (
        equal
        and bool(_RATE_OF_CHANGE.search(f"{claim} {sentence}"))
        and not other_way(claim, claimed, sentence, sourced)
        and not _at_open_end(claimed, sourced)
    )


def matches_direction(claim: str, claimed: Quantity, sentence: str, sourced: Quantity) -> tuple[bool | None, str]:
    """As `matches`, with the direction that the sentences give: a rise of 3 percent is not a fall of 3 percent."""
    verdict, note = matches(claimed, sourced)
    turned = claimed.kind not in ("pair", "ordinal") and other_way(claim, claimed, sentence, sourced)
    return (False, OTHER_WAY) if verdict and turned else (verdict, note)


def _changes(figures: Sequence[Quantity], sentence: str) -> Iterator[tuple[Quantity, Quantity]]:
    """The pairs (before, after) of one kind of which the first is given as what was before: "420, up from 210"."""
    for before, after in permutations(figures, 2):
        alike = before.kind == after.kind and before.kind not in ("pair", "factor", "ordinal", "duration")
        if (
            alike
            and before.low
            and _FROM.search(sentence[: before.span[0]])
            and not _FROM.search(sentence[: after.span[0]])
        ):
            yield before, after


def _same_change(claimed: Quantity, before: Quantity, after: Quantity) -> bool:
    """Whether a factor, a percentage, points or a difference is what lies between two numbers."""
    difference = abs(after.low - before.low)
    if claimed.kind == "factor":
        change, slack = after.low / before.low, _ABOUT * claimed.low
    elif claimed.kind == "percent" and claimed.role != "to":
        change, slack = 100 * difference / abs(before.low), max(1.0, _ROUNDING * claimed.low)
    elif claimed.kind == "points" and before.kind == "percent":
        change, slack = difference, 0.1
    elif claimed.role == "by" and claimed.kind == before.kind:
        change, slack = difference, _ROUNDING * claimed.low
    else:
        return False
    return abs(change - claimed.low) <= slack and _allows(claimed, change)


def unit_fits(claim: str, claimed: Quantity, sentence: str, sourced: Quantity) -> bool:
    """Whether two numbers count the same: the nouns after them have a word in common, or both count people."""
    if claimed.kind not in ("count", "ordinal"):
        return True
    ours, theirs = counted_nouns(claim, claimed.span), counted_nouns(sentence, sourced.span)
    if not ours or not theirs:
        return (not ours and not theirs) or claimed.low == sourced.low
    return bool(ours & theirs) or bool(ours & PEOPLE and theirs & PEOPLE)
