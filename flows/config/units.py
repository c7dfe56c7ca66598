"""Durations and sizes as people write them: "20s", "7d", "10MB"."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import BeforeValidator

_SECONDS = {"ms": 0.001, "s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}
_BYTES = {"b": 1, "kb": 10**3, "mb": 10**6, "gb": 10**9}
_LONGEST = 15  # digits: a length of time or a size that nobody means, and past 300 no number at all
_MEASURE = re.compile(r"\s*(\d+(?:\.\d+)?)\s*([a-z]*)\s*", re.IGNORECASE)


def _measure(value: object, units: dict[str, float], bare: str, example: str) -> float:
    """The number that ``value`` ("20s") denotes; raises ValueError that shows what is allowed."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise ValueError(f"write it like {example}")  # noqa: TRY004  pydantic reports ValueErrors
    if isinstance(value, int | float):
        value = f"{value}{bare}"
    match = _MEASURE.fullmatch(value)
    unit = (match[2].lower() or bare) if match else ""
    if match is None or unit not in units:
        raise ValueError(f"write it like {example}; units: {', '.join(units)}")
    if len(match[1]) > _LONGEST:
        raise ValueError(f"the number is too long; write it like {example}")
    return float(match[1]) * units[unit]


def seconds(value: object) -> float:
    """``"20s"``, ``"7d"`` or a bare number of seconds, in seconds."""
    return _measure(value, _SECONDS, "s", "20s or 7d")


def size(value: object) -> int:
    """``"10MB"`` (decimal units) or a bare number of bytes, in bytes."""
    return int(_measure(value, dict(_BYTES), "b", "10MB"))


Seconds = Annotated[float, BeforeValidator(seconds)]
Bytes = Annotated[int, BeforeValidator(size)]
