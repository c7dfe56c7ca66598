"""What a piece of work costs, counted and not timed: the same on every machine."""

from __future__ import annotations

import sys
from collections.abc import Callable


def calls(work: Callable[[], object]) -> int:
    """How many calls the work makes, of Python's functions and of those written in C.

    What a single call of C does in itself is not seen (a regular expression that goes back and forth): tests
    marked `slow` look at that by the clock.
    """
    count = 0

    def note(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count
