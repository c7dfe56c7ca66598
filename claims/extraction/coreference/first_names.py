"""Whether a first name is a man's or a woman's."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from claims.lexicon.people import FIRST_NAMES


def gender_of(first_name: str) -> str | None:
    """The gender ("m" or "f") of a first name in small letters; None if it is unknown or given to both."""
    return FIRST_NAMES.get(first_name) or _further_names().get(first_name)


@lru_cache(maxsize=1)
def _further_names() -> dict[str, str]:
    lines = Path(__file__).with_suffix(".txt").read_text(encoding="utf-8").splitlines()
    rows = (line.split() for line in lines if not line.startswith("#"))
    return {name: gender for gender, *names in rows for name in names}
