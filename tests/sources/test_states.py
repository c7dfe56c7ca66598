from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from loopback import Web
from recorded import Kind, kinds, outcome

from claims.records import Citation, CitationKind, Page, Reason, Source
from sources.fetching.fetch import Fetcher, FetchPolicy
from sources.gather import Network, read_source
from sources.outlets import load_outlets

KINDS = kinds()
# Told by another part than the states: by the guard, robots.txt, the clock, the limits or the resolver.
ELSEWHERE = {"robots", "timeout", "unreachable", "refused_address", "too_large", "unresolved", "offline"}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_kinds_of_response(kind: Kind) -> None:
    assert outcome(kind) == (kind.told, kind.partial)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
async def test_kinds_of_response_from_a_server(web: Web, kind: Kind) -> None:
    """The whole way: a citation, a request to a server, its redirect where there was one, the reason."""

    async def here(host: str, port: int) -> list[str]:
        return ["127.0.0.1"]

    asked, answered = (urlsplit(url)._replace(fragment="") for url in (kind.url, kind.final_url))
    headers = {name: value for name, value in kind.headers.items() if name.lower() != "content-length"}
    web.pages[answered._replace(scheme="", netloc="").geturl() or "/"] = (kind.status, headers, kind.body)
    address = f"http://{asked.hostname}:{web.port}{asked._replace(scheme='', netloc='').geturl()}"
    if asked[1:] != answered[1:]:
        to = f"http://{answered.hostname}:{web.port}{answered._replace(scheme='', netloc='').geturl()}"
        web.pages[asked._replace(scheme="", netloc="").geturl()] = (302, {"Location": to}, b"")
    source = Source(citation=Citation(kind=CitationKind.LINK, url=address))
    policy = FetchPolicy(allow_private=True, per_host_delay=0.0, retries=0, robots=False)
    async with Fetcher(policy, resolver=here) as fetcher:
        reading = await read_source(source, Page(text="."), [], Network(fetcher=fetcher, outlets=load_outlets()))
    reason = reading.source.reason
    partial = reading.page.partial if reading.page else None
    assert (reason and reason.value, partial and partial.value) == (kind.told, kind.partial)


def test_every_reason_has_a_recorded_kind_or_is_told_elsewhere() -> None:
    reasons = {kind.told for kind in KINDS} | {kind.partial for kind in KINDS}
    assert {reason.value for reason in Reason} - ELSEWHERE <= reasons
