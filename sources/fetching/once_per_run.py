"""Requests each address only once per run and remembers the result, including failures."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable
from typing import TypeAlias

from claims.records import Capture, Page
from sources.errors import Unavailable

Outcome: TypeAlias = tuple[Capture, Page]


class Once:
    """The pages that one run has asked for. Those who want the same page at once wait for the first of them."""

    def __init__(self) -> None:
        self._known: dict[str, Outcome | Unavailable] = {}
        self._turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def page(self, address: str, ask: Callable[[], Awaitable[Outcome]]) -> Outcome:
        """What ``ask`` gave for this address, now or before; raises the Unavailable that it raised.

        Where the first is cancelled, the next one asks.
        """
        async with self._turns[address]:
            if address not in self._known:
                try:
                    self._known[address] = await ask()
                except Unavailable as error:
                    self._known[address] = error
        known = self._known[address]
        if isinstance(known, Unavailable):
            raise Unavailable(known.reason, known.detail, known.unasked)
        return known
