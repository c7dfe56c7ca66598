from __future__ import annotations

import pytest

from sources import urls


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        # tracking
        ("https://a.example/x?utm_source=t&utm_medium=b&id=7", "https://a.example/x?id=7"),
        ("https://a.example/x?fbclid=1", "https://a.example/x"),
        ("https://www.wsj.com/a?st=abc123&reflink=article", "https://www.wsj.com/a?st=abc123"),
        ("https://www.nytimes.com/a.html?smid=tw&unlocked_article_code=1.ab", "https://www.nytimes.com/a.html?unlocked_article_code=1.ab"),
        ("https://x.com/RT_com/status/1881300000000000000?s=20&t=abc", "https://x.com/RT_com/status/1881300000000000000"),
        ("https://a.example/?q=a+b&x=%C3%A9", "https://a.example/?q=a+b&x=%C3%A9"),
        # AMP and twins
        ("https://amp.cnn.com/cnn/2025/x", "https://cnn.com/cnn/2025/x"),
        ("https://m.dw.com/en/x", "https://dw.com/en/x"),
        ("https://en.m.wikipedia.org/wiki/X", "https://en.wikipedia.org/wiki/X"),
        ("https://a.example/story/amp/", "https://a.example/story"),
        ("https://a.example/story.amp.html", "https://a.example/story.html"),
        ("https://a.example/story?amp=1&id=2", "https://a.example/story?id=2"),
        ("https://www.google.com/amp/s/www.bbc.com/news/amp/world-1", "https://www.bbc.com/news/world-1"),
        ("https://www-bbc-co-uk.cdn.ampproject.org/c/s/www.bbc.co.uk/news/x", "https://www.bbc.co.uk/news/x"),
        ("https://m.me/someone", "https://m.me/someone"),
        ("https://amp.dev/x", "https://amp.dev/x"),
        # wrappers
        ("https://www.google.com/url?sa=t&url=https%3A%2F%2Ftass.com%2Fx%3Futm_source%3Dg", "https://tass.com/x"),
        ("https://www.google.co.uk/url?q=https://tass.com/x", "https://tass.com/x"),
        ("https://l.facebook.com/l.php?u=https%3A%2F%2Fwww.rt.com%2Fx&h=AT", "https://www.rt.com/x"),
        ("https://out.reddit.com/t3_x?url=https%3A%2F%2Fa.example%2F1", "https://a.example/1"),
        ("https://duckduckgo.com/l/?uddg=https%3A%2F%2Fa.example%2F1", "https://a.example/1"),
        ("https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fa.example%2F1&data=05", "https://a.example/1"),
        ("https://urldefense.com/v3/__https://a.example/1__;!!abc$", "https://a.example/1"),
        ("https://urldefense.proofpoint.com/v2/url?u=https-3A__a.example_1&d=D", "https://a.example/1"),
        ("https://href.li/?https://a.example/1", "https://a.example/1"),
        ("https://www.bing.com/ck/a?!&&p=1&u=a1aHR0cHM6Ly9hLmV4YW1wbGUvMQ&ntb=1", "https://a.example/1"),
        ("https://l.facebook.com/l.php?u=https%3A%2F%2Fwww.google.com%2Furl%3Fq%3Dhttps%253A%252F%252Fa.example%252F1", "https://a.example/1"),
        # wrappers that hold no address are left alone
        ("https://www.google.com/url?q=notanaddress", "https://www.google.com/url?q=notanaddress"),
        ("https://www.google.com/search?q=https://a.example", "https://www.google.com/search?q=https://a.example"),
        ("https://www.bing.com/ck/a?u=a1%%%", "https://www.bing.com/ck/a?u=a1%%%"),
        # shape
        ("HTTPS://User:Pass@WWW.A.example:443/X#top", "https://www.a.example/X"),
        ("http://a.example:8080", "http://a.example:8080/"),
        ("https://a.example/#!/story/1", "https://a.example/#!/story/1"),
        ("http://[::1]:80/x", "http://[::1]/x"),
        ("mailto:x@a.example", "mailto:x@a.example"),
        ("http://a.example:99999/", "http://a.example:99999/"),
    ],
)  # fmt: skip
def test_clean(url: str, expected: str) -> None:
    assert urls.destination(url) == expected
    assert urls.destination(expected) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://web.archive.org/web/20250120101010/https://www.wsj.com/x?mod=y", "https://www.wsj.com/x"),
        ("https://web.archive.org/web/20250120101010id_/http://a.example/1?b=2", "http://a.example/1?b=2"),
        ("https://web.archive.org/web/2025*/a.example/x", "https://web.archive.org/web/2025*/a.example/x"),
        ("https://archive.ph/20250120101010/https://a.example/1", "https://a.example/1"),
        ("https://archive.ph/2025.01.20-101010/https://a.example/1", "https://a.example/1"),
        ("https://archive.ph/newest/https://a.example/1", "https://a.example/1"),
        ("https://archive.ph/AbC12", "https://archive.ph/AbC12"),
        ("https://a.example/web/20250120101010/https://b.example/", "https://a.example/web/20250120101010/https://b.example/"),
    ],
)  # fmt: skip
def test_origin(url: str, expected: str) -> None:
    assert urls.origin(url) == expected
    assert urls.is_archived(url) is (urls.destination(url) != expected)


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("http://www.a.example/x/", "https://a.example/x?utm_source=1", True),
        ("https://a.example/index.html", "https://a.example", True),
        ("https://a.example/x%20y", "https://a.example/x y", True),
        ("https://m.a.example/x", "https://a.example/x", True),
        ("https://a.example/x?id=1", "https://a.example/x?id=2", False),
        ("https://a.example/X", "https://a.example/x", False),
    ],
)
def test_key(first: str, second: str, same: bool) -> None:
    assert (urls.key(first) == urls.key(second)) is same


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://a.example/2025/01/20/story", ("2025-01-20", True)),
        ("https://a.example/world/story-2025-01-20/", ("2025-01-20", True)),
        ("https://a.example/us-news/2025/jan/19/story", ("2025-01-19", True)),
        ("https://a.example/us-news/2025/foo/19/story", None),
        ("https://a.example/20250120-story", ("2025-01-20", True)),
        ("https://a.example/2025/01/story", ("2025-01-01", False)),
        ("https://a.example/2025/13/45/story", None),
        ("https://a.example/story-12345678901", None),
        ("https://a.example/story", None),
        ("no address", None),
    ],
)
def test_date_in(url: str, expected: tuple[str, bool] | None) -> None:
    assert urls.date_in(url) == expected


@pytest.mark.parametrize(
    ("base", "href", "expected"),
    [
        ("https://a.example/x/", "../y", "https://a.example/y"),
        ("https://a.example/", "//b.example/z", "https://b.example/z"),
        (None, "//b.example/z", "https://b.example/z"),
        (None, "/y", None),
        ("https://a.example/", "javascript:void(0)", None),
        ("https://a.example/", "mailto:x@y", None),
        ("https://a.example/", "http://[broken", None),
    ],
)
def test_absolute(base: str | None, href: str, expected: str | None) -> None:
    assert urls.absolute(base, href) == expected


def test_words() -> None:
    assert urls.slug_words("https://a.example/world/putin-says-3-things.html?x=1") == (
        "world",
        "putin",
        "says",
        "3",
        "things",
    )


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("http://user:geheim@news.example.org/a?x=1#b", "http://news.example.org/a?x=1#b"),
        ("//user:a@geheim@news.example.org/a", "https://news.example.org/a"),
        ("HTTPS://geheim@news.example.org", "https://news.example.org"),
        ("https://medium.com/@user/a@b", "https://medium.com/@user/a@b"),
        ("https://news.example.org?mail=a@b.example", "https://news.example.org?mail=a@b.example"),
        ("/a@b", "https://paper.example/a@b"),
        ("mailto:a@b.example", None),
    ],
)
def test_a_link_loses_its_credentials(href: str, expected: str | None) -> None:
    assert urls.absolute("https://paper.example/x", href) == expected


SAFE = "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fport.example%2Fcrane%3Fid%3D1&data=05%7C01"


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        (SAFE, "https://port.example/crane?id=1"),
        ("https://www.google.com/url?q=https%3A%2F%2Fu:p@blog.example%2F%3Fp%3D1&sa=D", "https://blog.example/?p=1"),
        ("https://blog.example/?p=123", "https://blog.example/?p=123"),
        ("https://blog.example/?utm_source=x", "https://blog.example/"),
        ("https://port.example/a?utm_source=x", "https://port.example/a?utm_source=x"),
        ("https://port.example/a#:~:text=one,two", "https://port.example/a"),
        ("https://port.example/a#part:~:text=one", "https://port.example/a#part"),
        ("https://port.example/a:~:b#part", "https://port.example/a:~:b#part"),
        ("mailto:a@port.example", None),
    ],
)
def test_where_a_link_leads(href: str, expected: str | None) -> None:
    assert urls.target(None, href) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("https://tarn.example/pier].", "https://tarn.example/pier"),
        ("https://tarn.example/pier.]Then", "https://tarn.example/pier"),
        ("https://tarn.example/Pier_(old)).”", "https://tarn.example/Pier_(old)"),
        ("https://tarn.example/Pier_(old)", "https://tarn.example/Pier_(old)"),
        ("https://tarn.example/?year[from]=1990]", "https://tarn.example/?year[from]=1990"),
    ],
)
def test_an_address_of_a_text_ends_before_what_closes_its_sentence_or_bracket(words: str, expected: str) -> None:
    assert urls.without_closing(words) == expected
