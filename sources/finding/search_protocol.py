"""The protocol of search services (implemented in `services`).

Services are used only if configured; base addresses are settings, so that a self-hosted service can replace the public
one. A service finds addresses; `resolve` decides whether one is the cited source.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from claims.records import Outlet, Reason
from sources.contained import contained
from sources.errors import Unavailable


class Get(Protocol):
    """Fetches one address of the user's own configuration: status, headers, body. Raises Unavailable."""

    async def __call__(
        self, url: str, headers: Mapping[str, str] | None = None
    ) -> tuple[int, Mapping[str, str], bytes]:
        """Fetch it."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A search result: an address, the title and snippet of its page, and its day or time (ISO 8601)."""

    url: str
    title: str = ""
    snippet: str = ""
    published: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A search: words and a quotation of the claim, an outlet, and a day (ISO 8601) near which it was published."""

    words: tuple[str, ...]
    quote: str | None = None
    outlet: Outlet | None = None
    domains: tuple[str, ...] = ()
    day: str | None = None


class PartlyAnswered(Unavailable):
    """A part of a service did not answer (one of several feeds or engines); ``hits`` are the other results."""

    def __init__(self, detail: str, hits: Sequence[Hit]) -> None:
        super().__init__(Reason.UNREACHABLE, detail)
        self.hits = tuple(hits)


class SearchService(Protocol):
    """One configured search service."""

    @property
    def name(self) -> str:
        """The name of the service in the record of how a candidate was found."""
        ...

    async def search(self, query: Query) -> Sequence[Hit]:
        """The hits, best first.

        Raises Unavailable if the service did not answer as documented, and PartlyAnswered with the hits if only a
        part of it did not.
        """
        ...


def failure(service: str, error: Unavailable) -> str:
    """Why a service did not answer, in words that name it."""
    explanation = error.detail or error.reason.value
    return explanation if service in explanation else f"{service}: {explanation}"


async def service_hits(
    service: SearchService, query: Query, patience: float | None
) -> tuple[Sequence[Hit] | None, str]:
    """A service's hits, and a description of what could not be asked; the hits are None if nothing answered.

    The service has ``patience`` seconds to answer (None: no limit). Whatever fails in it is described, not raised.
    """
    try:
        async with asyncio.timeout(patience):
            with contained(service.name):
                return await service.search(query), ""
    except PartlyAnswered as error:
        return error.hits, failure(service.name, error)
    except Unavailable as error:
        return None, failure(service.name, error)
    except TimeoutError:
        return None, f"{service.name} did not answer within {patience:g} s"


async def ask_service(get: Get, url: str, service: str, headers: Mapping[str, str] | None = None) -> Any:
    """A service's JSON answer: an object or a list.

    Raises Unavailable, with the name of the service and an excerpt, for any other response: an empty body, another
    format, or an object that reports an error.
    """
    status, _, body = await get(url, {"Accept": "application/json", **(headers or {})})
    if status in {401, 403}:
        raise Unavailable(Reason.UNREACHABLE, f"{service} refused the request (status {status}); check its key")
    if status == 429:
        raise Unavailable(Reason.UNREACHABLE, f"{service} received too many requests (status 429)")
    if status >= 400:
        raise Unavailable(Reason.UNREACHABLE, f"{service} answered with status {status}")
    excerpt = repr(body[:120].decode("utf-8", "replace").strip()) if body.strip() else "an empty answer"
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Unavailable(Reason.UNREACHABLE, f"{service} did not return JSON: {excerpt}") from error
    if not isinstance(answer, dict | list) or (isinstance(answer, dict) and answer.get("error")):
        raise Unavailable(Reason.UNREACHABLE, f"{service} reported an error: {excerpt}")
    return answer


def objects_at(answer: object, *path: str) -> list[dict[str, Any]]:
    """The list of objects at a path in an answer; empty if the answer has none there."""
    for key in path:
        answer = answer.get(key) if isinstance(answer, dict) else None
    return [item for item in answer if isinstance(item, dict)] if isinstance(answer, list) else []


def text_at(item: Mapping[str, Any], key: str) -> str:
    """A text of an object; "" if it is missing or not a text."""
    value = item.get(key)
    return value if isinstance(value, str) else ""
