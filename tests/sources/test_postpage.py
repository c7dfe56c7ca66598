# ruff: noqa: E501  answers and markup are kept on whole lines
from __future__ import annotations

import json

import pytest

from claims.records import BlockKind, Reason
from sources.errors import Unavailable
from sources.outlets import load_outlets
from sources.page.page import read_page
from sources.page.states import state_of

STATUS = "https://twitter.com/RT_com/status/1881300000000000000"
QUOTE = (
    '<blockquote class="twitter-tweet"><p lang="en" dir="ltr">Putin congratulates Trump <a href="https://t.co/x">pic.twitter.com/x</a></p>'
    f'&mdash; RT (@RT_com) <a href="{STATUS}?ref_src=twsrc%5Etfw">January 20, 2025</a></blockquote>\n\n'
)
OEMBED = json.dumps({"url": STATUS, "author_name": "RT", "author_url": "https://twitter.com/RT_com", "html": QUOTE, "width": 550,
                     "type": "rich", "cache_age": "3153600000", "provider_name": "Twitter", "provider_url": "https://twitter.com", "version": "1.0"}).encode()  # fmt: skip
TELEGRAM = """<html><head><meta property="og:title" content="RIA"><meta property="og:description" content="cut…"></head><body>
<div class="tgme_widget_message js-widget_message" data-post="rian_ru/273999"><div class="tgme_widget_message_text js-message_text" dir="auto">Another post.</div></div>
<div class="tgme_widget_message js-widget_message" data-post="rian_ru/274000"><div class="tgme_widget_message_text js-message_text" dir="auto">Путин поздравил Трампа.<br/>Подробнее позже.</div>
<div class="tgme_widget_message_footer"><span class="tgme_widget_message_views">1.2M</span><time datetime="2025-01-20T11:02:03+00:00">11:02</time></div></div></body></html>"""


def test_an_oembed_answer_is_the_post() -> None:
    page = read_page(
        OEMBED,
        url="https://publish.twitter.com/oembed?url=x",
        content_type="application/json; charset=utf-8",
        outlets=load_outlets(),
    )
    assert page.text == "Putin congratulates Trump\n— RT (@RT_com) January 20, 2025"
    (post,) = page.posts
    assert (post.handle, post.date, post.url, post.span) == ("RT_com", "2025-01-20", STATUS, (0, len(page.text)))
    assert (page.outlet, page.published, page.blocks[0].kind) == ("rt", "2025-01-20", BlockKind.POST)
    assert state_of(200, {"content-type": "application/json"}, OEMBED, "https://publish.twitter.com/oembed", "") is None


@pytest.mark.parametrize(
    "data",
    [
        b'{"error": "not found"}',
        b'{"html": "<p>nothing</p>", "provider_name": "Twitter"}',
        b'{"html": 7, "provider_name": "Twitter"}',
        b'{"html": "<blockquote', b'["html", "provider_name"]',
    ],
)  # fmt: skip
def test_other_json_is_no_page(data: bytes) -> None:
    with pytest.raises(Unavailable) as caught:
        read_page(data, content_type="application/json")
    assert caught.value.reason is Reason.UNSUPPORTED_TYPE


def test_the_public_preview_of_telegram() -> None:
    page = read_page(
        TELEGRAM.encode(),
        url="https://t.me/rian_ru/274000?embed=1&mode=tme",
        content_type="text/html",
        outlets=load_outlets(),
    )
    assert page.text == "Путин поздравил Трампа.\nПодробнее позже."
    assert (page.posts[0].handle, page.published, page.posts[0].url) == (
        "rian_ru",
        "2025-01-20",
        "https://t.me/rian_ru/274000",
    )


def test_a_page_that_describes_its_post() -> None:
    markup = '<html><head><meta property="og:description" content="“We will meet very quickly&quot;”"></head><body><div id=root></div></body></html>'
    url = "https://truthsocial.com/@realDonaldTrump/posts/113860000000000000"
    page = read_page(markup.encode(), url=url, content_type="text/html")
    assert page.text == 'We will meet very quickly"' and page.byline == "@realDonaldTrump"
    with pytest.raises(Unavailable):
        read_page(markup.encode(), url="https://truthsocial.com/@realDonaldTrump", content_type="text/html")
