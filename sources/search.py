"""Search services as resolvers (first cut: the protocols that the other rooms stand on)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from claims.records import Outlet


class Get(Protocol):
    """Fetches one address of the user's own configuration: status, headers, body. Raises Unavailable."""

    async def __call__(
        self, url: str, headers: Mapping[str, str] | None = None
    ) -> tuple[int, Mapping[str, str], bytes]:
        """Fetch it."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One result of a search: an address, and what the service says about the page there."""

    url: str
    title: str = ""
    snippet: str = ""
    published: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What is looked for: words of the claim, a quotation of it, at an outlet and around a day (ISO 8601)."""

    words: tuple[str, ...]
    quote: str | None = None
    outlet: Outlet | None = None
    domains: tuple[str, ...] = ()
    day: str | None = None


class SearchService(Protocol):
    """One configured search service."""

    @property
    def name(self) -> str:
        """How candidates say that they were found by it."""
        ...

    async def search(self, query: Query) -> Sequence[Hit]:
        """The hits, best first; raises Unavailable where the service did not answer as documented."""
        ...
