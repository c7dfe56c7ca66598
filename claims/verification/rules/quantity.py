"""A number as it was read, and the unit that it takes from a number beside it: "40 million tonnes, up from 35"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from claims.records import Span
from claims.verification.forms import number_patterns as patterns


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number in a text: between ``low`` and ``high`` (equal for a single value) in the base unit of ``kind``.

    ``kind`` is count, percent, points, money:usd, duration, age, ordinal, factor, temperature, ...; a ``pair`` is a
    score, vote or ratio whose two numbers are ``low`` and ``high`` as written; ``bound`` is over, least, under, most,
    nearly, barely, about or empty; ``step`` is the size of the last digit shown; ``rate`` is what it is given for
    (hour, person); ``role`` is "by" for a change, "to" for a level that one starts or ends with, "of" for a share;
    ``size`` is that of the unit in the base unit, ``scale`` the factor of its scale word (million).
    """

    text: str
    span: Span
    kind: str
    low: float
    high: float
    bound: str = ""
    step: float = 0.0
    rate: str = ""
    role: str = ""
    size: float = 1.0
    scale: float = 1.0


def with_shared_units(text: str, every: Sequence[Quantity]) -> list[Quantity]:
    """The numbers of a text, where one without a unit takes that of its neighbour: "40 million tonnes, up from 35"."""
    read: list[Quantity] = []
    for place, quantity in reversed(list(enumerate(every))):  # the last of a list has the unit
        before, after = every[:place][-1:], read[-1:]
        lender = next((beside for beside in (*before, *after) if _lends_unit(text, beside, quantity)), None)
        if lender is None and after and after[0].kind != every[place + 1].kind and _is_listed(text, quantity, after[0]):
            lender = after[0]
        if lender is not None:
            size = lender.size * (lender.scale if quantity.scale == 1 and quantity.low < _WRITTEN_OUT else 1)
            low, high, step = (amount * size for amount in (quantity.low, quantity.high, quantity.step))
            read.append(replace(quantity, kind=lender.kind, low=low, high=high, step=step, size=lender.size))
        else:
            read.append(quantity)
    return read[::-1]


def _lends_unit(text: str, lender: Quantity, bare: Quantity) -> bool:
    if bare.kind != "count" or bare.bound == "vague" or lender.kind.split(":")[0] not in _LENT:
        return False
    if lender.role == "by" and bare.role == "to":  # "rose 12 percent to 35": a change and the level that it led to
        return False
    if lender.span < bare.span:
        joint, rest = text[lender.span[1] : bare.span[0]], text[bare.span[1] :]
        if patterns.DIFFERENCE.fullmatch(joint) and patterns.THAN.match(rest):
            return True
        return bool(patterns.SHARES_UNIT.fullmatch(joint) and patterns.NO_UNIT.match(rest))
    return bool(patterns.UNIT_FOLLOWS.fullmatch(text[bare.span[1] : lender.span[0]]))


def _is_listed(text: str, bare: Quantity, following: Quantity) -> bool:
    """Whether a number is in a list whose next one has the unit of the last: "ten, eighteen and twenty years"."""
    return bare.kind == "count" and bare.bound != "vague" and text[bare.span[1] : following.span[0]] == ", "


# From here on a number is written without the scale word of the one before it: "40 million tonnes, up from 38,000".
_WRITTEN_OUT = 1000
_LENT = frozenset(("percent", "money", "weight", "length", "area", "volume", "barrels", "speed", "duration"))
