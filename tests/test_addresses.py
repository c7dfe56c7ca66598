"""Which texts are web addresses, and their hosts and sites."""

import pytest

from claims.addresses import address_parts, host, linkable_address, site


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (" https://reader:secret@WWW.Example.ORG.:8443/a?b=1#c ", "www.example.org"),
        ("http://[2001:DB8::1]:80/", "2001:db8::1"),
        ("https://bücher.example/", "bücher.example"),
        ("ftp://example.org/a", ""),
        ("https://example.org:notaport/", ""),
        ("https:///a", ""),
        ("example.org", ""),
        (None, ""),
    ],
)
def test_the_host_of_an_address(url: str | None, expected: str) -> None:
    assert host(url) == expected
    assert (address_parts(url or "") is not None) == bool(expected)


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://www.wsj.com/a?b=1", "wsj.com"),
        ("HTTP://Edition.CNN.com:8080/a", "edition.cnn.com"),
        (" http://ft.com ", "ft.com"),
        ("http://user:secret@ft.com/", "ft.com"),
        ("https://www.ft.com./a", "ft.com"),
        ("https://m.ft.com/", "m.ft.com"),
        ("http://ft.com:port/", ""),
        ("http://[2001:db8::1]/a", "2001:db8::1"),
        ("javascript:alert(1)", ""),
        ("JavaScript://x/%0aalert(1)", ""),
        ("data:text/html,x", ""),
        ("file:///etc/passwd", ""),
        ("//wsj.com/a", ""),
        ("wsj.com/a", ""),
        ("http://[broken", ""),
        ("https:", ""),
        ("", ""),
        (None, ""),
    ],
)
def test_the_site_of_an_address(url: str | None, name: str) -> None:
    assert site(url) == name


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://www.wsj.com/a?b=1", True),
        ("http://ft.com", True),
        ("HTTP://ft.com/", True),
        ("https://:443/a", False),
        ("https://ft.com:65536/a", False),
        ("javascript:alert(1)", False),
        ("JavaScript://x/%0aalert(1)", False),
        ("data:text/html,x", False),
        ("file:///etc/passwd", False),
        ("//wsj.com/a", False),
        ("http://[broken", False),
        ("https:", False),
        ("", False),
        (None, False),
    ],
)
def test_only_web_addresses_become_links(url: str | None, safe: bool) -> None:
    assert linkable_address(url) == (url if safe else None)
