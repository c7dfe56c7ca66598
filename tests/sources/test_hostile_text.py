"""Whatever stands in an address or a packed body, the answer is a value or Unavailable, never a crash."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.privacy import hide
from sources.captures.content_coding import unpack
from sources.errors import Unavailable
from sources.fetching.guard import Guard, why_refused
from sources.finding.memento import timemap
from sources.index.cdxj import surt_key

SCHEMES = st.sampled_from(["http://", "https://", "HTTP:", "//", "ftp://", ""])
HOSTS = st.one_of(
    st.text(max_size=30),
    st.ip_addresses().map(str),
    st.ip_addresses(v=6).map(lambda address: f"[{address}]"),
    st.integers(0, 2**34).map(str),
    st.from_regex(r"[0-9a-fx.]{1,20}", fullmatch=True),
    st.sampled_from(["example.org", "EXAMPLE.org.", "user:pass@example.org", "bücher.example", "xn--a", "a.b:80:1"]),
)
ADDRESSES = st.builds(lambda scheme, host, rest: scheme + host + rest, SCHEMES, HOSTS, st.text(max_size=40))


@given(ADDRESSES)
def test_an_address_is_refused_or_leads_to_a_public_place(url: str) -> None:
    try:
        asked = Guard().check(url)
    except Unavailable:
        return
    parts = urlsplit(asked)
    assert asked.isascii()
    assert parts.scheme in ("http", "https") and parts.hostname and "@" not in parts.netloc
    assert parts.port in (None, 80, 443)
    try:
        address = ipaddress.ip_address(parts.hostname)
    except ValueError:
        assert not parts.hostname.rpartition(".")[2].isdigit()
    else:
        assert why_refused(address) is None
    assert Guard().check(asked) == asked


@given(st.one_of(ADDRESSES, st.text()))
def test_addresses_are_compared_and_hidden_without_a_crash(url: str) -> None:
    assert surt_key(url) == surt_key(url.strip())
    assert isinstance(hide(url), str)


@given(st.binary(max_size=2000), st.sampled_from(["gzip", "deflate", "br", "zstd", "gzip, br", "nonsense"]))
def test_noise_unpacks_to_no_more_than_the_limit(payload: bytes, coding: str) -> None:
    try:
        assert len(unpack(payload, coding, 1000)) <= 2000
    except Unavailable:
        return


@given(st.text(max_size=300))
def test_noise_is_no_timemap(text: str) -> None:
    assert timemap(text) == []


@pytest.mark.parametrize("url", ["http://[::1", "http://a:b:c/", "http://\x00/", "", "http://x]y/"])
def test_no_address_at_all(url: str) -> None:
    assert isinstance(surt_key(url), str)
    assert isinstance(hide(url), str)
    with pytest.raises(Unavailable):
        Guard().check(url)
