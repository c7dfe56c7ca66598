"""The client against a real server on loopback: what it asks, what it refuses, and how long it waits."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import gzip
import itertools
import pickle
import socket
import threading
import time
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from loopback import Clock, Web

from claims.records import Reason, Via
from sources.errors import Unavailable
from sources.fetching.fetch import Fetched, Fetcher, FetchPolicy

PATIENCE = 30.0  # seconds after which a test gives up; a machine that is only slow needs far less
QUICK = FetchPolicy(
    allow_private=True, per_host_delay=0.0, backoff=0.01, timeout=PATIENCE, total=60.0, max_bytes=200_000
)


def policy(**changes: object) -> FetchPolicy:
    return dataclasses.replace(QUICK, **changes)  # type: ignore[arg-type]  # tests name the fields


async def refused(url: str, used: FetchPolicy = QUICK) -> Unavailable:
    async with Fetcher(used) as fetcher:
        with pytest.raises(Unavailable) as caught:
            await fetcher.fetch(url)
    return caught.value


async def test_a_page_is_fetched_with_an_honest_name(web: Web) -> None:
    url = web.page("/a", "<p>hello</p>")
    async with Fetcher(policy(user_agent="Factdesk/9 (+mailto:desk@example.org)")) as fetcher:
        fetched = await fetcher.fetch(url)
    assert fetched.body == b"<p>hello</p>"
    assert fetched.content_type == "text/html; charset=utf-8"
    assert (fetched.capture.status, fetched.capture.via, fetched.capture.final_url) == (200, Via.LIVE, url)
    assert fetched.capture.fetched_at.endswith("Z")
    assert web.asked[-1].headers["User-Agent"] == "Factdesk/9 (+mailto:desk@example.org)"


async def test_an_error_page_is_an_answer(web: Web) -> None:
    async with Fetcher(QUICK) as fetcher:
        fetched = await fetcher.fetch(web.url("/missing"))
    assert (fetched.status, fetched.body) == (404, b"<p>not here</p>")


async def test_credentials_in_an_address_are_dropped(web: Web) -> None:
    url = web.page("/a", "x").replace("http://", "http://user:geheim@")
    async with Fetcher(QUICK) as fetcher:
        fetched = await fetcher.fetch(url)
    assert "geheim" not in repr(fetched)
    assert "Authorization" not in web.asked[-1].headers


# -- redirects


async def test_redirects_are_followed_to_their_end(web: Web) -> None:
    web.page("/end", "there")
    web.page("/two", status=308, Location="/end?x=1#part")
    web.page("/end?x=1", "there")
    url = web.page("/one", status=301, Location=web.url("/two", "127.0.0.2"))
    async with Fetcher(QUICK) as fetcher:
        fetched = await fetcher.fetch(url)
    assert fetched.capture.url == url
    assert fetched.capture.final_url == web.url("/end?x=1", "127.0.0.2")
    assert fetched.body == b"there"


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("/loop", Reason.UNREACHABLE),
        ("http://169.254.169.254/latest/meta-data/", Reason.REFUSED_ADDRESS),
        ("file:///etc/passwd", Reason.REFUSED_ADDRESS),
        ("http://2130706433/", Reason.REFUSED_ADDRESS),
        ("http://[::1", Reason.REFUSED_ADDRESS),
        ("//0.0.0.0/", Reason.REFUSED_ADDRESS),
    ],
)
async def test_no_redirect_leads_astray(web: Web, location: str, reason: Reason) -> None:
    url = web.page("/loop", status=302, Location=location)
    assert (await refused(url)).reason is reason


async def test_loopback_is_refused_by_default(web: Web) -> None:
    error = await refused(web.page("/a", "x"), FetchPolicy())
    assert error.reason is Reason.REFUSED_ADDRESS
    assert web.asked == []


async def test_a_name_that_resolves_into_the_users_network_is_refused_when_connecting(web: Web) -> None:
    async def rebound(host: str, port: int) -> list[str]:
        return ["127.0.0.1"]

    web.page("/a", "inside")
    used = FetchPolicy(robots=False, ports=(80, 443, web.port))
    async with Fetcher(used, resolver=rebound) as fetcher:
        with pytest.raises(Unavailable) as caught:
            await fetcher.fetch(f"http://news.example.org:{web.port}/a")
    assert caught.value.reason is Reason.REFUSED_ADDRESS
    assert web.asked == []


async def test_a_name_is_resolved_once_and_the_connection_made_to_that_very_address(web: Web) -> None:
    answers = iter([["127.0.0.3"]])  # a second question, the one that rebinding lives from, would fail

    async def resolver(host: str, port: int) -> list[str]:
        return next(answers)

    web.page("/a", "x")
    async with Fetcher(QUICK, resolver=resolver) as fetcher:
        await fetcher.fetch(f"http://news.example.org:{web.port}/a")
    assert web.asked[-1].headers["Host"] == f"news.example.org:{web.port}"


# -- sizes and times


async def test_a_body_past_the_limit_is_refused_whether_announced_or_not(web: Web) -> None:
    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/html")
        handler.send_header("Connection", "close")
        handler.end_headers()
        with contextlib.suppress(OSError):
            for _ in range(100_000):
                handler.wfile.write(b"<p>more</p>" * 1000)
        handler.close_connection = True

    announced = web.page("/big", b"x" * 200_001)
    assert (await refused(announced)).reason is Reason.TOO_LARGE
    assert (await refused(web.answer("/endless", endless))).reason is Reason.TOO_LARGE


async def test_a_bomb_is_refused(web: Web) -> None:
    url = web.page("/bomb", gzip.compress(bytes(30_000_000), 1), Content_Encoding="gzip")
    assert (await refused(url)).reason is Reason.TOO_LARGE


async def test_a_packed_page_is_unpacked(web: Web) -> None:
    url = web.page("/packed", gzip.compress(b"<p>hello</p>"), Content_Encoding="gzip")
    async with Fetcher(QUICK) as fetcher:
        assert (await fetcher.fetch(url)).body == b"<p>hello</p>"


async def test_a_body_that_drips_ends_at_the_deadline(web: Web) -> None:
    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/html")
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        with contextlib.suppress(OSError):
            for _ in range(1000):  # no operation lasts for long, and in the end the body is whole
                handler.wfile.write(b"x")
                time.sleep(0.05)

    error = await refused(web.answer("/drip", drip), policy(total=0.6))
    assert error.reason is Reason.TIMEOUT
    assert "not read within 0.6 seconds" in error.detail


async def test_silence_ends_at_the_timeout() -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        error = await refused(f"http://127.0.0.1:{silent.getsockname()[1]}/", policy(timeout=0.2, robots=False))
    assert error.reason is Reason.TIMEOUT


async def test_nobody_listening_is_unreachable() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    assert (await refused(f"http://127.0.0.1:{port}/")).reason is Reason.UNREACHABLE


async def test_an_unknown_name_is_unreachable() -> None:
    async def nobody(host: str, port: int) -> list[str]:
        raise OSError("Name or service not known")

    async with Fetcher(QUICK, resolver=nobody) as fetcher:
        with pytest.raises(Unavailable) as caught:
            await fetcher.fetch("https://nowhere.example.org/")
    assert caught.value.reason is Reason.UNREACHABLE
    assert "nowhere.example.org" in caught.value.detail


async def test_headers_past_their_limit_are_too_large(web: Web) -> None:
    url = web.page("/headers", "x", X_Long="a" * 200_000)
    assert (await refused(url, policy(robots=False))).reason is Reason.TOO_LARGE


@pytest.mark.parametrize("kind", ["image/jpeg", "video/mp4", "application/zip"])
async def test_what_holds_no_text_is_not_downloaded(web: Web, kind: str) -> None:
    error = await refused(web.page("/file", b"x" * 100_000, Content_Type=kind))
    assert error.reason is Reason.UNSUPPORTED_TYPE
    assert kind in error.detail


async def test_interim_responses_without_end_are_no_answer() -> None:
    async def linger(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readline()
        with contextlib.suppress(OSError):
            while True:
                writer.write(b"HTTP/1.1 103 Early Hints\r\n\r\n" * 100)
                await writer.drain()

    async with await asyncio.start_server(linger, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        error = await refused(f"http://127.0.0.1:{port}/a", policy(robots=False))
    assert error.reason is Reason.UNREACHABLE
    assert "interim responses" in error.detail


async def test_what_is_no_http_is_unreachable() -> None:
    async def babble(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readline()
        writer.write(b"SSH-2.0-OpenSSH_9.6\r\n\r\n")
        await writer.drain()
        writer.close()
        await writer.wait_closed()

    server = await asyncio.start_server(babble, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        error = await refused(f"http://127.0.0.1:{port}/", policy(robots=False))
    assert error.reason is Reason.UNREACHABLE


# -- politeness


async def test_robots_txt_is_obeyed_and_read_once(web: Web) -> None:
    web.pages["/robots.txt"] = (200, {"Content-Type": "text/plain"}, b"User-agent: *\nDisallow: /private\n")
    open_page, closed = web.page("/open", "x"), web.page("/private/page", "x")
    async with Fetcher(QUICK) as fetcher:
        await fetcher.fetch(open_page)
        with pytest.raises(Unavailable) as caught:
            await fetcher.fetch(closed)
        await fetcher.fetch(web.page("/open2", "x"))
    assert caught.value.reason is Reason.ROBOTS
    assert [asked.path for asked in web.asked] == ["/robots.txt", "/open", "/open2"]


@pytest.mark.parametrize(
    ("robots", "agent", "allowed"),
    [
        (b"User-agent: Factdesk\nDisallow: /\n\nUser-agent: *\nAllow: /\n", "", False),
        (b"User-agent: Factdesk\nAllow: /\n\nUser-agent: *\nDisallow: /\n", "", True),
        (b"User-agent: GPTBot\nDisallow: /\n", "", True),
        (b"User-agent: *\nDisallow: /\n", "Mozilla/5.0", False),
        (b"User-agent: *\nDisallow: /\nAllow: /page\n", "", True),
        (b"\xef\xbb\xbfUser-agent: *\nDisallow: /page\n", "", False),
        (b"<html>not a robots file</html>", "", True),
        (b"User-agent: other\nUser-agent: factdesk\nDisallow: /\n\nUser-agent: *\nAllow: /", "", False),
        (b"User-agent: desk\nDisallow: /", "", True),
        (b"User-agent: fact\nAllow: /\n\nUser-agent: factdesk\nDisallow: /", "", False),
        (b"User-agent: other\nDisallow: /\n\nUser-agent: another\nDisallow: /", "", True),
        (b"".join(b"User-agent: %d\n" % n for n in range(15_000)) + b"Disallow: /\n" * 20_000, "", True),
        (b"", "", True),
    ],
)
async def test_robots_rules(web: Web, robots: bytes, agent: str, allowed: bool) -> None:
    web.pages["/robots.txt"] = (200, {"Content-Type": "text/plain"}, robots)
    url = web.page("/page", "x")
    if allowed:
        async with Fetcher(policy(user_agent=agent)) as fetcher:
            assert (await fetcher.fetch(url)).status == 200
    else:
        assert (await refused(url, policy(user_agent=agent))).reason is Reason.ROBOTS


@pytest.mark.parametrize(("status", "allowed"), [(404, True), (401, True), (403, True), (410, True), (500, False)])
async def test_a_robots_txt_that_cannot_be_read(web: Web, status: int, allowed: bool) -> None:
    web.pages["/robots.txt"] = (status, {}, b"User-agent: *\nDisallow: /\n")
    url = web.page("/page", "x")
    if allowed:
        async with Fetcher(QUICK) as fetcher:
            assert (await fetcher.fetch(url)).status == 200
    else:
        error = await refused(url)
        assert error.reason is Reason.ROBOTS
        assert "500" in error.detail


async def test_a_redirected_robots_txt_is_followed(web: Web) -> None:
    web.page("/robots.txt", status=301, Location="/moved.txt")
    web.pages["/moved.txt"] = (200, {}, b"User-agent: *\nDisallow: /\n")
    assert (await refused(web.page("/page", "x"))).reason is Reason.ROBOTS


async def test_a_packed_robots_txt_is_obeyed(web: Web) -> None:
    rules = gzip.compress(b"User-agent: *\nDisallow: /\n")
    web.pages["/robots.txt"] = (200, {"Content-Encoding": "gzip", "Content-Type": "text/plain"}, rules)
    assert (await refused(web.page("/page", "x"))).reason is Reason.ROBOTS


async def test_a_robots_txt_that_is_a_bomb_closes_its_site(web: Web) -> None:
    bomb = gzip.compress(bytes(30_000_000), 1)
    web.pages["/robots.txt"] = (200, {"Content-Encoding": "gzip", "Content-Type": "text/plain"}, bomb)
    assert (await refused(web.page("/page", "x"))).reason is Reason.TOO_LARGE
    assert web.paths() == []


async def test_robots_may_be_switched_off(web: Web) -> None:
    web.pages["/robots.txt"] = (200, {}, b"User-agent: *\nDisallow: /\n")
    async with Fetcher(policy(robots=False)) as fetcher:
        assert (await fetcher.fetch(web.page("/page", "x"))).status == 200


def ok(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "2")
    handler.end_headers()
    handler.wfile.write(b"ok")


HOSTS = ("127.0.0.1", "127.0.0.2", "127.0.0.3")


async def test_one_request_at_a_time_for_a_host_and_hosts_side_by_side(web: Web) -> None:
    together = threading.Barrier(len(HOSTS))
    requests: list[str] = []
    crowds: list[list[str]] = []

    def meet(handler: BaseHTTPRequestHandler) -> None:
        host = handler.headers["Host"]
        requests.append(host)
        crowds.append(list(requests))
        together.wait(PATIENCE)  # breaks, and the connection with it, unless all hosts are asked at once
        requests.remove(host)
        ok(handler)

    urls = [web.answer(f"/{number}", meet).replace(HOSTS[0], host) for number in range(3) for host in HOSTS]
    async with Fetcher(policy(robots=False)) as fetcher:
        fetched = await asyncio.gather(*(fetcher.fetch(url) for url in urls))
    assert [got.status for got in fetched] == [200] * 9
    assert all(len(crowd) == len(set(crowd)) for crowd in crowds)


async def test_every_host_has_its_pause(web: Web, clock: Clock) -> None:
    urls = [web.page(f"/{number}", "x").replace(HOSTS[0], host) for number in range(3) for host in HOSTS]
    async with Fetcher(policy(robots=False, per_host_delay=4.0)) as fetcher:
        await asyncio.gather(*(fetcher.fetch(url) for url in urls))
    for host in HOSTS:
        times = [asked.at for asked in web.asked if asked.host == host]
        assert len(times) == 3
        assert all(later - earlier >= 4 for earlier, later in itertools.pairwise(times))


async def test_two_fetchers_of_one_loop_are_as_polite_as_one(web: Web, clock: Clock) -> None:
    web.page("/a", "x")
    used = policy(robots=False, per_host_delay=4.0)
    async with Fetcher(used) as first, Fetcher(used) as second:
        await asyncio.gather(first.fetch(web.url("/a")), second.fetch(web.url("/a")))
    assert web.asked[1].at - web.asked[0].at == 4


async def test_a_cancelled_fetch_gives_its_turn_back(web: Web) -> None:
    asked, over = threading.Event(), threading.Event()

    def held(handler: BaseHTTPRequestHandler) -> None:
        asked.set()
        over.wait(PATIENCE)

    web.answer("/held", held)
    url = web.page("/quick", "x")
    async with Fetcher(policy(robots=False)) as fetcher:
        task = asyncio.create_task(fetcher.fetch(web.url("/held")))
        assert await asyncio.to_thread(asked.wait, PATIENCE)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        async with asyncio.timeout(PATIENCE):
            assert (await fetcher.fetch(url)).status == 200  # while the server is still busy with the other
    over.set()


async def test_waiting_for_a_turn_is_not_counted_against_a_source(web: Web, clock: Clock) -> None:
    for number in range(4):
        web.page(f"/{number}", status=302, Location=f"/{number + 1}")
    web.page("/4", "x")
    async with Fetcher(policy(robots=False, per_host_delay=100.0)) as fetcher:
        assert (await fetcher.fetch(web.url("/0"))).status == 200
    assert web.asked[-1].at - web.asked[0].at == 400 > QUICK.total


async def test_waiting_for_a_slot_is_not_counted_against_a_source(web: Web, clock: Clock) -> None:
    slots = 48
    all_taken, over = threading.Barrier(slots + 1), threading.Event()

    def held(handler: BaseHTTPRequestHandler) -> None:
        all_taken.wait(PATIENCE)
        over.wait(PATIENCE)
        ok(handler)

    web.answer("/held", held)
    web.page("/moved", status=302, Location="/there")
    web.page("/there", "x")
    urls = [web.url("/held" if number <= slots else "/moved", f"127.0.0.{number}") for number in range(1, 121)]
    async with Fetcher(policy(robots=False)) as fetcher:
        tasks = [asyncio.create_task(fetcher.fetch(url)) for url in urls]
        await asyncio.to_thread(all_taken.wait, PATIENCE)
        assert web.paths() == ["/held"] * slots
        clock.now += 2 * QUICK.total
        over.set()
        fetched = await asyncio.gather(*tasks, return_exceptions=True)
    # Those that held the slots for so long have used up their time; those that waited for them have not.
    assert [isinstance(got, Unavailable) and got.reason for got in fetched[:slots]] == [Reason.TIMEOUT] * slots
    assert [isinstance(got, Fetched) and got.status for got in fetched[slots:]] == [200] * (120 - slots)


async def test_a_crawl_delay_lengthens_the_pause(web: Web, clock: Clock) -> None:
    web.pages["/robots.txt"] = (200, {}, b"User-agent: *\nCrawl-delay: 7\n")
    async with Fetcher(QUICK) as fetcher:
        for path in ("/a", "/b"):
            await fetcher.fetch(web.page(path, "x"))
    assert web.asked[-1].at - web.asked[-2].at == 7


def failing(times: int, status: int = 503, **headers: str) -> object:
    left = iter(range(times))

    def answer(handler: BaseHTTPRequestHandler) -> None:
        fails = next(left, None) is not None
        handler.send_response(status if fails else 200)
        for name, value in headers.items() if fails else ():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", "2")
        handler.end_headers()
        handler.wfile.write(b"ok")

    return answer


@pytest.mark.parametrize(
    ("status", "fails", "seen", "requests"),
    [(503, 1, 200, 2), (429, 2, 200, 3), (500, 5, 500, 3), (502, 1, 200, 2), (404, 1, 404, 1), (403, 1, 403, 1)],
)
async def test_what_may_pass_is_tried_again(web: Web, status: int, fails: int, seen: int, requests: int) -> None:
    web.pages["/flaky"] = failing(fails, status)
    async with Fetcher(policy(robots=False)) as fetcher:
        assert (await fetcher.fetch(web.url("/flaky"))).status == seen
    assert len(web.asked) == requests


async def test_retry_after_is_kept_to(web: Web, clock: Clock) -> None:
    web.pages["/busy"] = failing(1, 429, Retry_After="7")
    async with Fetcher(policy(robots=False)) as fetcher:
        assert (await fetcher.fetch(web.url("/busy"))).status == 200
    assert web.asked[1].at - web.asked[0].at == 7


async def test_a_retry_after_past_the_budget_is_an_answer_at_once(web: Web, clock: Clock) -> None:
    web.pages["/busy"] = failing(9, 503, Retry_After="3600")
    before = clock.now
    async with Fetcher(policy(robots=False)) as fetcher:
        assert (await fetcher.fetch(web.url("/busy"))).status == 503
    assert clock.now == before
    assert len(web.asked) == 1


async def test_a_lost_connection_is_tried_again_and_then_given_up(web: Web) -> None:
    calls: list[int] = []

    def hang_up(handler: BaseHTTPRequestHandler) -> None:
        calls.append(1)
        handler.close_connection = True
        handler.connection.shutdown(socket.SHUT_RDWR)

    error = await refused(web.answer("/lost", hang_up), policy(robots=False))
    assert error.reason is Reason.UNREACHABLE
    assert len(calls) == 3


async def test_a_cut_body_is_never_taken_for_a_page(web: Web) -> None:
    def cut(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/html")
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        handler.wfile.write(b"<p>half")
        handler.close_connection = True

    assert (await refused(web.answer("/cut", cut), policy(robots=False))).reason is Reason.UNREACHABLE


# -- the user's own services


def written(folder: Path) -> bytes:
    """All that lies in a folder of captures, unpacked."""
    files = [(file.suffix, file.read_bytes()) for file in folder.rglob("*") if file.is_file()]
    assert {suffix for suffix, _ in files} == {".gz", ".cdxj", ".turn"}
    return b"".join(gzip.decompress(data) if suffix == ".gz" else data for suffix, data in files)


async def test_a_configured_service_may_be_local_and_its_keys_stay_secret(web: Web, tmp_path: Path) -> None:
    web.pages["/robots.txt"] = (200, {}, b"User-agent: *\nDisallow: /\n")
    web.page("/search?q=x&key=geheim", "{}", Content_Type="application/json")
    used = FetchPolicy(per_host_delay=0, captures=tmp_path)
    async with Fetcher(used) as fetcher:
        fetched = await fetcher.fetch(
            web.url("/search?q=x&key=geheim"), configured=True, headers={"X-Subscription-Token": "auchgeheim"}
        )
    assert fetched.body == b"{}"
    assert web.asked[0].headers["X-Subscription-Token"] == "auchgeheim"
    assert "geheim" not in repr(fetched)
    assert b"geheim" not in written(tmp_path)


async def test_the_trust_in_a_service_ends_at_its_host(web: Web) -> None:
    web.page("/api", status=302, Location=web.url("/inside", "127.0.0.2"))
    web.page("/inside", "secret")
    async with Fetcher(FetchPolicy(per_host_delay=0.0)) as fetcher:
        with pytest.raises(Unavailable) as caught:
            await fetcher.fetch(web.url("/api"), configured=True)
    assert caught.value.reason is Reason.REFUSED_ADDRESS
    assert web.paths() == ["/api"]


async def test_headers_of_a_service_do_not_follow_it_to_another_host(web: Web) -> None:
    web.page("/api", status=302, Location=web.url("/elsewhere", "127.0.0.2"))
    web.page("/elsewhere", "x")
    async with Fetcher(QUICK) as fetcher:
        await fetcher.fetch(web.url("/api"), configured=True, headers={"X-Key": "secret"})
    sent = [(asked.path, "X-Key" in asked.headers) for asked in web.asked]
    assert sent == [("/api", True), ("/robots.txt", False), ("/elsewhere", False)]


# -- offline


async def test_offline_asks_nobody(web: Web) -> None:
    error = await refused(web.page("/a", "x"), policy(offline=True))
    assert error.reason is Reason.OFFLINE
    assert web.asked == []


def test_the_policy_travels() -> None:
    assert pickle.loads(pickle.dumps(QUICK)) == QUICK
    assert "Factdesk/" in FetchPolicy().agent
