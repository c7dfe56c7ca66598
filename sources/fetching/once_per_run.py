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
    """The pages requested in one run; concurrent requests for the same page wait for the first one."""

    def __init__(self) -> None:
        self._known: dict[str, Outcome | Unavailable] = {}
        self._turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def page(self, address: str, ask: Callable[[], Awaitable[Outcome]]) -> Outcome:
        """The result of ``ask`` for this address, from now or an earlier call; raises its Unavailable.

        If the first caller is cancelled, the next one asks.
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
