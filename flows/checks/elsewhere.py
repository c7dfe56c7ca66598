"""Articles that are examined elsewhere: in other processes or on other machines, where config.yaml says so.

Whoever checks several articles announces them (``flows/runners/``); the check of one of them then waits for its result
instead of reading and judging here, and logs it as usual, so that the ledger keeps one writer.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextvars import ContextVar, Token
from typing import Protocol

from claims.records import Check, Reading
from claims.verification.judges.llm_client import Usage

_usage: dict[str, Usage] = {}  # what the judges of other processes have cost since this one began, by judge


class Elsewhere(Protocol):
    """Examines the articles that were announced to it."""

    def has(self, source: str) -> bool:
        """Whether the article was announced and its result was not taken yet."""

    async def result(self, source: str) -> Check:
        """Wait for the examined article. Raises UnreadableError, and what else its examination raised."""


_current: ContextVar[Elsewhere | None] = ContextVar("elsewhere", default=None)


def send_to(place: Elsewhere) -> Token[Elsewhere | None]:
    """Have the announced articles of the checks that begin in this context examined there, until ``keep_here``."""
    return _current.set(place)


def keep_here(token: Token[Elsewhere | None]) -> None:
    """End what ``send_to`` began."""
    _current.reset(token)


def is_elsewhere(source: str) -> bool:
    """Whether this article is examined elsewhere."""
    place = _current.get()
    return place is not None and place.has(source)


async def examined_elsewhere(source: str) -> Check:
    """The article as it was examined elsewhere; ``is_elsewhere`` must hold. Raises UnreadableError."""
    place = _current.get()
    if place is None:
        raise LookupError(f"{source} was not announced")
    return await place.result(source)


async def report_source(reading: Reading) -> Reading:
    """A source that was read elsewhere, or could not be; a step of the check, so that its state is seen."""
    return reading


def note_usage(usage: Mapping[str, Usage]) -> None:
    """Add what the judges of another process have cost for an article."""
    for judge, spent in usage.items():
        _usage[judge] = _usage.get(judge, Usage()) + spent


def costs_elsewhere() -> list[str]:
    """One line for each judge that counts its cost, with what it has cost in other processes."""
    return [f"{judge}, elsewhere: {spent}" for judge, spent in _usage.items()]
