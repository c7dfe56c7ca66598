# ruff: noqa: E501  lines of markup and of text are kept whole
from __future__ import annotations

import pytest
from lxml import html

from sources.page import posts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Putin congratulates Trump pic.twitter.com/VuwPNeyF0k\n— RT (@RT_com) January 20, 2025\nWithout doubt",
            [("RT_com", "Putin congratulates Trump", "2025-01-20", (0, 84))],
        ),
        (
            "Before it.\nYes this is real: https://t.co/Nc0nKoXGBP\n\n— Dianna E. Anderson 🏳️‍🌈 (@diannaeanderson) November 18, 2019",
            [("diannaeanderson", "Yes this is real:", "2019-11-18", (11, 116))],
        ),
        ("All in one line — TASS (@tass_agency) 20 января 2025", [("tass_agency", "All in one line", "2025-01-20", (0, 52))]),
        ("Der Text\n— Bild (@BILD) 20. Januar 2025", [("BILD", "Der Text", "2025-01-20", (0, 39))]),
        ("Words\n-- Someone (@some_one)", [("some_one", "Words", None, (0, 28))]),
        ("— RT (@RT_com) January 20, 2025", [("RT_com", "", "2025-01-20", (0, 31))]),
        # no posts
        ("The president – as he said (@home) – left.", []),
        ("He wrote to RT (@RT_com) on January 20, 2025.", []),
        ("— a remark (see note) January 20, 2025", []),
        ("", []),
    ],
)  # fmt: skip
def test_in_plain(text: str, expected: list[tuple[str, str, str | None, tuple[int, int]]]) -> None:
    shown = posts.in_plain(text)
    assert [(post.handle, post.text, post.date, post.span) for post in shown] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("January 20, 2025", "2025-01-20"), ("Jan. 20, 2025", "2025-01-20"), ("20 January 2025", "2025-01-20"),
        ("20 janvier 2025", "2025-01-20"), ("20 de enero de 2025", "2025-01-20"), ("3. März 2025", "2025-03-03"),
        ("5 juillet 2024", "2024-07-05"), ("5 июля 2024 г.", "2024-07-05"), ("5 липня 2024", "2024-07-05"),
        ("2025年1月20日", "2025-01-20"), ("9:15 PM · Jan 20, 2025", "2025-01-20"), ("12 maja 2024", "2024-05-12"),
        ("15 sierpnia 2024", "2024-08-15"), ("8 août 2024", "2024-08-08"), ("10 mars 2024", "2024-03-10"),
        ("February 30, 2025", None), ("soon", None), ("Foo 20, 2025", None),
    ],
)  # fmt: skip
def test_day(text: str, expected: str | None) -> None:
    assert posts.first_date(text) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://twitter.com/RT_com/status/1881300000000000000?ref_src=x", ("RT_com", "2025-01-20")),
        ("https://x.com/RT_com/status/1881300000000000000/photo/1", ("RT_com", "2025-01-20")),
        ("https://mobile.twitter.com/a/status/20000", ("a", None)),
        ("https://web.archive.org/web/20250121000000/https://twitter.com/RT_com/status/1881300000000000000", ("RT_com", "2025-01-20")),
        ("https://t.me/s/rian_ru/274000", ("rian_ru", None)),
        ("https://truthsocial.com/@realDonaldTrump/posts/113860000000000000", ("realDonaldTrump", None)),
        ("https://bsky.app/profile/reuters.com/post/3lg5abc", ("reuters.com", None)),
        ("https://twitter.com/RT_com", None),
        ("https://x.com/i/lists/1", None),
        ("https://notx.com/RT_com/status/1881300000000000000", None),
    ],
)  # fmt: skip
def test_address(url: str, expected: tuple[str, str | None] | None) -> None:
    address = posts.address(url)
    assert (None if address is None else (address.handle, address.date)) == expected


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        (
            '<blockquote class="twitter-tweet"><p lang="en">Putin congratulates <br>Trump <a href="https://t.co/x">pic.twitter.com/x</a></p>&mdash; RT (@RT_com)'
            ' <a href="https://twitter.com/RT_com/status/1881300000000000000?ref_src=twsrc">January 20, 2025</a></blockquote>',
            ("RT_com", "Putin congratulates\nTrump", "2025-01-20", "https://twitter.com/RT_com/status/1881300000000000000"),
        ),
        ('<script async src="https://telegram.org/js/telegram-widget.js" data-telegram-post="rian_ru/274000"></script>',
         ("rian_ru", "", None, "https://t.me/rian_ru/274000")),
        ('<iframe src="https://truthsocial.com/@realDonaldTrump/113860000000000000/embed"></iframe>',
         ("realDonaldTrump", "", None, "https://truthsocial.com/@realDonaldTrump/113860000000000000/embed")),
        ('<blockquote class="twitter-tweet"><p>Words of nobody</p></blockquote>', None),
    ],
)  # fmt: skip
def test_embeds(markup: str, expected: tuple[str, str, str | None, str] | None) -> None:
    element = html.fromstring(f"<div>{markup}</div>")[0]
    assert element.xpath(posts.EMBEDS)
    post = posts.read_embed(element)
    assert (None if post is None else (post.handle, post.text, post.date, post.url)) == expected
