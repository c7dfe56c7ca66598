"""The calls to the server are made in order beside the check; the first that finds no server ends them."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import httpx
import pytest
from prefect.exceptions import PrefectHTTPStatusError
from prefect.settings import PREFECT_CLIENT_MAX_RETRIES

from flows.serving.watching import begin_noting, reports

REQUEST = httpx.Request("POST", "http://127.0.0.1:9/api")
BUSY = PrefectHTTPStatusError("busy", request=REQUEST, response=httpx.Response(503, request=REQUEST))
Call = Callable[[], Awaitable[object]]


def call(done: list[str], name: str, error: Exception | None = None) -> Call:
    async def make() -> None:
        await asyncio.sleep(0)
        done.append(name)
        if error:
            raise error

    return make


@pytest.mark.parametrize(
    ("error", "made", "gone"),
    [
        (None, ["a", "b", "c"], False),
        (BUSY, ["a", "b", "c"], False),
        (httpx.ConnectError("refused"), ["a", "b"], True),
        (httpx.ReadTimeout("slow"), ["a", "b"], True),
    ],
)
async def test_calls_are_made_in_order_until_the_server_is_gone(
    error: Exception | None, made: list[str], gone: bool
) -> None:
    done: list[str] = []
    async with reports() as server:
        for name, fault in (("a", None), ("b", error), ("c", None)):
            server.put(call(done, name, fault))
        assert done == [], "nothing waits for a call"
    assert (done, server.gone) == (made, gone)


@pytest.mark.parametrize(
    ("soon", "made"),
    [
        ([("progress", "a")], ["now", "a"]),
        ([("progress", "a"), ("run", "b"), ("progress", "c"), ("progress", "d")], ["now", "d", "b"]),
    ],
)
async def test_of_the_calls_about_one_thing_the_last_is_made(soon: list[tuple[str, str]], made: list[str]) -> None:
    done: list[str] = []
    async with reports() as server:
        for what, name in soon:
            server.put_soon(what, call(done, name))
        server.put(call(done, "now"))
    assert done == made


async def test_a_fault_of_our_own_is_raised() -> None:
    done: list[str] = []
    with pytest.raises(ZeroDivisionError):
        async with reports() as server:
            server.put(call(done, "a", ZeroDivisionError()))
    assert done == ["a"]


async def test_what_the_check_raises_is_raised() -> None:
    with pytest.raises(KeyError):
        async with reports():
            raise KeyError("of the check")


@pytest.mark.parametrize("waits", [True, False])
async def test_requests_are_repeated_only_where_nobody_waits(waits: bool) -> None:
    async def run() -> int:
        if waits:
            begin_noting()
        async with reports() as server:
            server.put(call([], "a", httpx.ConnectError("refused")))
        return PREFECT_CLIENT_MAX_RETRIES.value()

    before = PREFECT_CLIENT_MAX_RETRIES.value()
    assert await asyncio.create_task(run()) == (0 if waits else before)
    assert PREFECT_CLIENT_MAX_RETRIES.value() == before
