"""Addresses that must never be asked for, and those that must not be refused for looking like them."""

import asyncio
import ipaddress
import json
from pathlib import Path

import httpcore
import pytest

from claims.records import Reason
from sources.errors import Unavailable
from sources.fetching.guard import Guard, GuardedBackend, readable_type, system_resolver, why_refused

HOSTILE = [url for urls in json.loads(Path(__file__).with_name("hostile.json").read_text()).values() for url in urls]


@pytest.mark.parametrize("url", HOSTILE)
def test_a_hostile_address_is_refused(url: str) -> None:
    with pytest.raises(Unavailable) as caught:
        Guard().check(url)
    assert caught.value.reason is Reason.REFUSED_ADDRESS


@pytest.mark.parametrize(
    ("url", "asked"),
    [
        ("http://example.org", "http://example.org/"),
        ("HTTPS://Example.ORG:443/A?b=C#frag", "https://example.org/A?b=C"),
        ("http://example.org:80/x", "http://example.org/x"),
        ("https://example.org:80/x", "https://example.org:80/x"),
        ("https://user:secret@example.org/x", "https://example.org/x"),
        ("http://127.0.0.1@example.org/", "http://example.org/"),
        ("https://example.org./x", "https://example.org/x"),
        ("https://bücher.example.com/ä", "https://xn--bcher-kva.example.com/%C3%A4"),
        ("https://例え.jp/", "https://xn--r8jz45g.jp/"),
        ("http://8.8.8.8/", "http://8.8.8.8/"),
        ("http://[2606:4700::1111]/", "http://[2606:4700::1111]/"),
        ("http://[64:ff9b::808:808]/", "http://[64:ff9b::808:808]/"),
        ("https://10.example.com/", "https://10.example.com/"),
        ("https://localhost.example.com/", "https://localhost.example.com/"),
        ("https://internal.org/", "https://internal.org/"),
        (" https://example.org/a b ", "https://example.org/a%20b"),
        ("https://example.org/%7Euser/100%25", "https://example.org/%7Euser/100%25"),
        ("https://a_b.example.org/", "https://a_b.example.org/"),
        ("https://b\u00fc\u00adcher.example.com/", "https://xn--bcher-kva.example.com/"),
        ("https://example.org/a!b~c", "https://example.org/a!b~c"),
    ],
)
def test_a_public_address_is_asked_for_in_its_normal_form(url: str, asked: str) -> None:
    assert Guard().check(url) == asked


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("http://127.0.0.1:8080/", True),
        ("http://192.168.1.1/", True),
        ("http://wiki:9000/", True),
        ("http://[::1]:81/", True),
        ("http://[::ffff:10.0.0.1]/", True),
        ("http://169.254.169.254/", False),
        ("http://[fd00:ec2::254]/", False),
        ("http://100.100.100.200/", False),
        ("http://224.0.0.1/", False),
        ("http://0.0.0.0/", False),
        ("http://2130706433/", False),
        ("file:///etc/passwd", False),
    ],
)
def test_allow_private_opens_the_users_network_and_nothing_else(url: str, allowed: bool) -> None:
    guard = Guard(allow_private=True)
    if allowed:
        assert guard.check(url)
    else:
        with pytest.raises(Unavailable):
            guard.check(url)


# An address of each network that is refused, and whether a desk may open it.
NETWORKS = [
    ("100.100.100.200", False), ("168.63.129.16", False), ("169.254.7.7", False), ("fd00:ec2::254", False),
    ("127.9.9.9", True), ("10.1.2.3", True), ("172.16.0.1", True), ("192.168.3.4", True), ("100.64.0.1", True),
    ("198.18.0.1", True), ("0.0.0.1", False), ("192.0.0.1", False), ("192.0.2.1", False), ("192.88.99.1", False),
    ("198.51.100.1", False), ("203.0.113.1", False), ("224.0.0.1", False), ("255.255.255.255", False), ("::1", True),
    ("fd12::1", True), ("fe80::1", False), ("ff02::1", False), ("2001::1", False), ("2001:db8::1", False),
    ("2002::1", False), ("3ffe::1", False), ("3fff::1", False), ("4000::1", False), ("64:ff9b::a00:1", True),
    ("64:ff9b::7f00:1", True), ("::ffff:169.254.1.1", False), ("fe80::1%eth0", False),
]  # fmt: skip


@pytest.mark.parametrize(("address", "lifted"), NETWORKS)
def test_every_special_network_is_refused_and_a_desk_opens_only_its_own(address: str, lifted: bool) -> None:
    assert why_refused(ipaddress.ip_address(address)) is not None
    assert (why_refused(ipaddress.ip_address(address), allow_private=True) is None) is lifted


@pytest.mark.parametrize(
    ("url", "detail"),
    [
        ("example.org/x", "example.org/x is not fetched: only http and https are fetched, not a bare name"),
        ("ftp://example.org/x", "ftp://example.org/x is not fetched: only http and https are fetched, not ftp"),
        ("http://example.org/" + "a" * 7982,
         "http://example.org/" + "a" * 61 + "... is not fetched: it is too long"),
        ("http://127.0.0.1/" + "a" * 300,
         "http://127.0.0.1/" + "a" * 183 + " is not fetched: it is a loopback address"),
        ("http://example.org/a\x7fb",
         "http://example.org/a\x7fb is not fetched: it contains characters that are not allowed in an address"),
        ("http://", "http:// is not fetched: it has no host name"),
        ("http://a..b/", "http://a..b/ is not fetched: its host name is not well formed"),
    ],
)  # fmt: skip
def test_a_refusal_says_why(url: str, detail: str) -> None:
    with pytest.raises(Unavailable) as caught:
        Guard().check(url)
    assert caught.value.detail == detail


def test_the_longest_address_is_taken() -> None:
    url = "http://example.org/" + "a" * 7981
    assert (len(url), Guard().check(url)) == (8000, url)


def test_an_endless_address_is_refused_in_few_words() -> None:
    with pytest.raises(Unavailable) as caught:
        Guard().check("http://example.org/" + "a" * 9000)
    assert len(caught.value.detail) < 300


@pytest.mark.parametrize("who", ["user:geheim", "user:a@geheim", "geheim", ":geheim"])
def test_a_refusal_does_not_repeat_credentials(who: str) -> None:
    with pytest.raises(Unavailable) as caught:
        Guard().check(f"http://{who}@127.0.0.1/")
    assert "geheim" not in caught.value.detail


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        (["127.0.0.1"], Reason.REFUSED_ADDRESS),
        (["93.184.216.34", "10.0.0.1"], Reason.REFUSED_ADDRESS),
        (["::ffff:192.168.0.1"], Reason.REFUSED_ADDRESS),
        (["169.254.169.254"], Reason.REFUSED_ADDRESS),
        ([], Reason.UNREACHABLE),
    ],
)
async def test_a_name_is_refused_for_what_it_resolves_to(answers: list[str], reason: Reason) -> None:
    async def resolver(host: str, port: int) -> list[str]:
        return answers

    with pytest.raises(Unavailable) as caught:
        await Guard(resolver=resolver).addresses("news.example.org", 443)
    assert caught.value.reason is reason


async def test_the_systems_own_names_are_resolved_and_checked() -> None:
    assert "127.0.0.1" in await system_resolver("localhost", 80)
    with pytest.raises(Unavailable) as caught:
        await Guard().addresses("localhost", 80)
    assert caught.value.reason is Reason.REFUSED_ADDRESS


async def test_a_name_with_public_addresses_gives_them_all() -> None:
    async def resolver(host: str, port: int) -> list[str]:
        return ["2606:4700::1111", "93.184.216.34"]

    assert await Guard(resolver=resolver).addresses("example.org", 443) == ["2606:4700::1111", "93.184.216.34"]


async def test_only_a_desk_with_a_network_of_its_own_connects_to_every_port() -> None:
    async def resolver(host: str, port: int) -> list[str]:
        return ["93.184.216.34"]

    assert await Guard(resolver=resolver, allow_private=True).addresses("example.org", 25) == ["93.184.216.34"]
    with pytest.raises(Unavailable, match="port 25 is not a web port"):
        await Guard(resolver=resolver).addresses("example.org", 25)


@pytest.mark.parametrize("order", ["1 2 3", "2 1 3", "3 2 1"])
async def test_the_next_address_of_a_host_is_tried_where_one_does_not_answer(order: str) -> None:
    server = await asyncio.start_server(lambda _reader, writer: writer.close(), "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]

    async def resolver(host: str, _port: int) -> list[str]:
        return [f"127.0.0.{number}" for number in order.split()]  # nobody listens at the others

    async with server:
        backend = GuardedBackend(Guard(resolver=resolver, allow_private=True))
        stream = await backend.connect_tcp("news.example.org", port)
        assert stream.get_extra_info("server_addr")[0] == "127.0.0.1"
        await stream.aclose()


async def test_a_host_of_which_no_address_answers_is_an_error_of_connecting() -> None:
    async def resolver(host: str, _port: int) -> list[str]:
        return ["127.0.0.2", "127.0.0.3"]

    with pytest.raises(httpcore.ConnectError):
        await GuardedBackend(Guard(resolver=resolver, allow_private=True)).connect_tcp("news.example.org", 9)


@pytest.mark.parametrize("address", ["8.8.8.8", "1.1.1.1", "172.32.0.1", "100.128.0.1", "2a00:1450:4001::200e"])
def test_public_addresses_are_public(address: str) -> None:
    assert why_refused(ipaddress.ip_address(address)) is None


@pytest.mark.parametrize(
    ("content_type", "readable"),
    [
        (None, True),
        ("text/html; charset=utf-8", True),
        ("application/xhtml+xml", True),
        ("application/pdf", True),
        ("application/json", True),
        ("application/octet-stream", True),
        ("image/png", False),
        ("Video/MP4", False),
        ("audio/mpeg", False),
        ("application/zip", False),
        ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", True),
        ("font/woff2", False),
    ],
)
def test_content_types(content_type: str | None, readable: bool) -> None:
    assert readable_type(content_type) is readable
