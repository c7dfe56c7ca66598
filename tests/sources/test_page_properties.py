"""Whatever the bytes: one Unavailable or a page whose spans are right."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import example, given, settings
from hypothesis import strategies as st

from claims.records import Page
from sources.errors import Unavailable
from sources.outlets import load_outlets
from sources.page.page import read_page
from sources.page.plain import read_plain

TAGS = [
    *("p", "div", "a href=/x", "a href='http://[x'", "ul", "li", "h1", "h2", "blockquote class=twitter-tweet", "span"),
    *("table", "tr", "td", "article", "script", "style", "br", "title", "body", "html", "head"),
    "iframe src=//t.me/a/1",
]
PIECES = [
    "The minister said on Monday that the budget would be cut by five percent.",
    "— RT (@RT_com) January 20, 2025",
    *("Related", "References", "Read more:", "told Fox", "é中😀", "&amp;", "&#0;", "<", "\r\n", "[a](b)"),
    "https://a.example/(x)",
]
WORDS = st.sampled_from(PIECES)
ENDS = [f"</{tag.split()[0]}>" for tag in TAGS]
MARKUP = st.lists(st.one_of(st.sampled_from([f"<{tag}>" for tag in TAGS] + ENDS), WORDS), max_size=40)
QUICK = settings(max_examples=60)


def check(page: Page) -> None:
    assert all(0 <= block.span[0] < block.span[1] <= len(page.text) for block in page.blocks)
    assert all(first.span[1] <= second.span[0] for first, second in pairwise(page.blocks))
    for link in page.links:
        assert 0 <= link.span[0] < link.span[1] <= len(page.text)
        assert page.text[link.span[0] : link.span[1]].strip()
        assert link.href.startswith(("http://", "https://"))
    assert all(0 <= post.span[0] <= post.span[1] <= len(page.text) for post in page.posts)


@QUICK
@given(MARKUP)
def test_any_markup(pieces: list[str]) -> None:
    markup = "<html><body>" + "".join(pieces)
    try:
        page = read_page(markup.encode(), url="https://a.example/b", content_type="text/html", outlets=load_outlets())
    except Unavailable as error:
        assert error.detail and "\n" not in error.detail
        return
    check(page)
    assert "\n\n".join(page.text[block.span[0] : block.span[1]] for block in page.blocks) == page.text


@QUICK
@given(st.lists(st.one_of(WORDS, st.text(max_size=20), st.just("\n"), st.just("# ")), max_size=30))
def test_any_plain_text_is_kept(pieces: list[str]) -> None:
    text = "".join(pieces)
    parts = read_plain(text)
    check(Page(text=text, blocks=parts.blocks, links=parts.links, posts=parts.posts))


@QUICK
@given(
    st.binary(max_size=400),
    st.sampled_from([None, "text/plain", "text/html", "text/html; charset=utf-16", "application/pdf"]),
)
@example(b".xml", "text/html")
def test_any_bytes(data: bytes, content_type: str | None) -> None:
    try:
        check(read_page(data, content_type=content_type))
    except Unavailable as error:
        assert error.detail


@QUICK
@given(
    st.lists(
        st.one_of(
            WORDS,
            st.sampled_from(["The", "Times", " ", "AP", "told", "via", "RT", "New York", ".", "(", ")", "Fox", "of"]),
        ),
        max_size=40,
    )
)
def test_mentions_never_overlap(pieces: list[str]) -> None:
    text = " ".join(pieces)
    mentions = load_outlets().mentions(text)
    assert all(first.span[1] <= second.span[0] for first, second in pairwise(mentions))
    assert all(text[mention.span[0] : mention.span[1]].strip() for mention in mentions)
