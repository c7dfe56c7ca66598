"""Addresses that must never be asked for, and those that must not be refused for looking like them."""

import ipaddress
import json
from pathlib import Path

import pytest

from claims.records import Reason
from sources.errors import Unavailable
from sources.fetching.guard import Guard, readable_type, system_resolver, why_refused

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
