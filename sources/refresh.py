"""Fetches a page, and where it only leads to another one by ``<meta http-equiv="refresh">``, that one."""

from __future__ import annotations

import asyncio
import dataclasses

from sources import urls
from sources.fetching.fetch import Fetched, Fetcher
from sources.page.states import refresh_target

_MOST = 3  # pages that lead to one another


async def fetch_page(fetcher: Fetcher, url: str, near: str | None = None) -> Fetched:
    """The response at an address, after redirects and the refreshes of pages without text; raises as the fetcher does.

    Its capture keeps the first address, as after a redirect. The addresses come from strangers: each is fetched with
    the same checks as the first.
    """
    fetched = await fetcher.fetch(url, near=near)
    first, seen = fetched.capture.url, {fetched.capture.final_url}
    for _ in range(_MOST):
        target = await asyncio.to_thread(_led_to, fetched)
        if target is None or target in seen:
            break
        seen.add(target)
        fetched = await fetcher.fetch(target, near=near)
        fetched = dataclasses.replace(fetched, capture=dataclasses.replace(fetched.capture, url=first))
    return fetched


def _led_to(fetched: Fetched) -> str | None:
    if fetched.status != 200:
        return None
    href = refresh_target(fetched.body, fetched.content_type)
    return urls.absolute(fetched.capture.final_url, href) if href else None
