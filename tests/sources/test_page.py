# ruff: noqa: E501  lines of markup and of text are kept whole
from __future__ import annotations

import gzip
import json
import resource
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from effort import calls

from benchmarks.sources_web import pdfs
from claims.records import BlockKind, Page, Reason
from sources.errors import Unavailable
from sources.markup import tree
from sources.outlets import load_outlets
from sources.page.page import read_page

SENTENCE = "The minister said on Monday that the harbour budget would be cut by five percent, and nobody in the room disagreed."
PARAGRAPHS = "".join(f"<p>{n}. {SENTENCE}</p>" for n in range(1, 5))

ARTICLE = """<!doctype html><html lang="en-GB"><head><meta charset="utf-8">
<title>Harbour budget cut by five percent | The Wall Street Journal</title>
<link rel="canonical" href="https://www.wsj.com/world/harbour-budget"><meta property="og:site_name" content="The Wall Street Journal">
<meta name="author" content="By Lena Marsh"><meta property="article:published_time" content="2025-01-20T19:40:00Z">
<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"WebPage","name":"x"},
 {"@type":"NewsArticle","headline":"Harbour budget cut by five percent","datePublished":"2025-01-20T20:40:00+01:00","author":[{"@type":"Person","name":"Lena Marsh"},{"name":"Tom Ode"}],"isAccessibleForFree":true}]}</script>
</head><body><nav><a href="/world">World news of the day</a><a href="/business">Business</a></nav>
<main><article><h1>Harbour budget cut by five percent</h1>
<figure><img src=x><figcaption>Another story: a ship sinks near Malta, killing 40 people in one night of storm.</figcaption></figure>
<p>The harbour budget <a href="/world/cut?utm_source=home">will be cut by five percent</a>, the minister said on Monday after long talks with the unions.</p>
<h2>What the unions say</h2>
<p>“Nobody is happy,” said <a href="https://union.example/holm">Ines Holm</a>, who leads the workers and had threatened to walk out twice during the night.</p>
<blockquote><p>We shall vote against it in March, and we shall tell everybody why we did so.</p></blockquote>
<ul><li>The cut begins in April, a year later than it was planned by the treasury.</li><li>The port of Malta is spared for now, as the minister promised it would be.</li></ul>
<blockquote class="twitter-tweet"><p>Good news for the harbour <a href="https://t.co/a">pic.twitter.com/a</a></p>&mdash; RT (@RT_com) <a href="https://twitter.com/RT_com/status/1881300000000000000">January 20, 2025</a></blockquote>
<p>Parliament has to vote on the plan before the end of March, and the government has a majority of only three seats.</p>
<div class="related-articles"><h3>Related</h3><ul><li><a href="/a">Ship sinks near Malta, 40 dead in the storm</a></li><li><a href="/b">The price of fish rises by 90 percent</a></li></ul></div>
<p><a href="/c">Read more: The price of fish rises by 90 percent in a year</a></p>
<p>Sign up for our newsletter here.</p>
<h2>References</h2><ul><li>Holm, I. (2019). The cut of seven percent. Harbour Press.</li></ul>
</article></main>
<section class="comments" id="comments"><h3>3 comments</h3><p>The budget was never cut at all, it was all invented by the television.</p></section>
<footer><p>Copyright</p></footer></body></html>"""


@pytest.fixture(scope="module")
def page() -> Page:
    return read_page(
        ARTICLE.encode(),
        url="https://www.wsj.com/world/harbour-budget?mod=x",
        content_type="text/html",
        outlets=load_outlets(),
    )


def words(page: Page, span: tuple[int, int]) -> str:
    return page.text[span[0] : span[1]]


def test_the_article_and_nothing_else(page: Page) -> None:
    for inside in ("will be cut by five percent", "“Nobody is happy,”", "before the end of March", "begins in April"):
        assert inside in page.text
    for outside in (
        "World news",
        "Malta, killing",
        "sinks near",
        "price of fish",
        "newsletter",
        "Harbour Press",
        "invented",
        "Copyright",
    ):
        assert outside not in page.text
    assert not page.text.startswith("Harbour budget cut")


def test_what_the_page_says_of_itself(page: Page) -> None:
    assert page.title == "Harbour budget cut by five percent"
    assert page.byline == "Lena Marsh, Tom Ode"
    assert page.published == "2025-01-20T20:40:00+01:00"
    assert (page.outlet, page.language, page.partial) == ("wsj", "en", None)
    assert len(page.sha256) == 64


def test_links_stand_where_their_words_are(page: Page) -> None:
    links = {words(page, link.span): link.href for link in page.links}
    assert links == {
        "will be cut by five percent": "https://www.wsj.com/world/cut?utm_source=home",
        "Ines Holm": "https://union.example/holm",
    }


def test_blocks_are_exact_and_do_not_overlap(page: Page) -> None:
    assert all(first.span[1] < second.span[0] for first, second in pairwise(page.blocks))
    kinds = [block.kind for block in page.blocks]
    assert kinds.count(BlockKind.HEADING) == 1 and kinds.count(BlockKind.ITEM) == 2
    assert words(page, page.blocks[1].span) == "What the unions say"
    assert BlockKind.QUOTE in kinds and BlockKind.POST in kinds
    assert "\n\n".join(words(page, block.span) for block in page.blocks) == page.text


def test_the_embedded_post(page: Page) -> None:
    (post,) = page.posts
    assert (post.handle, post.date, post.text) == ("RT_com", "2025-01-20", "Good news for the harbour")
    assert post.url == "https://twitter.com/RT_com/status/1881300000000000000"
    assert words(page, post.span) == "Good news for the harbour\n— RT (@RT_com) January 20, 2025"


@pytest.mark.parametrize("charset", ["koi8-r", "windows-1251", "utf-8", "utf-16"])
def test_an_encoding_declared_by_meta(charset: str) -> None:
    declared = f"<html><head><meta charset={charset}></head><body><p>Президент сказал, что бюджет сокращён.</p>"
    data = declared.encode("utf-8" if charset == "utf-16" else charset)  # a meta that can be read is no UTF-16
    assert read_page(data, content_type="text/html").text == "Президент сказал, что бюджет сокращён."


def test_an_undeclared_encoding_is_detected() -> None:
    text = "Президент заявил в понедельник, что бюджет будет сокращён на пять процентов, и никто не возразил."
    page = read_page(f"<html><body><p>{text}</p></body></html>".encode("cp1251"), content_type="text/html")
    assert page.text == text


@pytest.mark.parametrize(
    ("data", "content_type", "expected"),
    [
        ("Größe".encode(), None, "Größe"),
        (b"\xef\xbb\xbfGr\xc3\xb6\xc3\x9fe", "text/plain; charset=latin-1", "Größe"),
        ("Größe und Maß".encode("cp1252"), "text/plain; charset=iso-8859-1", "Größe und Maß"),
        ("„Maß“ – für alle".encode("cp1252"), None, "„Maß“ – für alle"),
        ("Größe é à".encode() + b"\xff ja", None, "Größe é à\ufffd ja"),
        ("Größe".encode("utf-16"), None, "Größe"),
        ("Größe".encode(), "text/plain; charset=latin-1", "Größe"),
        ("Президент".encode("cp1251"), "text/plain; charset=windows-1251", "Президент"),
        (b"a\r\nb\tc\n", None, "a\r\nb\tc\n"),
        (b"plain", "text/plain; charset=nonsense", "plain"),
    ],
)  # fmt: skip
def test_text_is_kept_unchanged(data: bytes, content_type: str | None, expected: str) -> None:
    assert read_page(data, content_type=content_type or "text/plain").text == expected


@pytest.mark.parametrize(
    ("markup", "blocks"),
    [
        # A page of one sentence: the headline is no part of it, and no blank stands before its stop.
        (
            "<article><h1>Mine shut</h1><p>The mine laid off <a href='https://a.example/'>90 people</a>.</p></article>",
            [(BlockKind.PARAGRAPH, "The mine laid off 90 people.")],
        ),
        (
            "<article><h2>Flood</h2><p>The river rose.</p><p>Two roads are shut.</p></article>",
            [
                (BlockKind.HEADING, "Flood"),
                (BlockKind.PARAGRAPH, "The river rose."),
                (BlockKind.PARAGRAPH, "Two roads are shut."),
            ],
        ),
        (
            "<article><p><q>They <b>all</b> left</q>, he said: <q>Ann said <q>go</q></q>. “<q>No</q>.”</p></article>",
            [(BlockKind.PARAGRAPH, "“They all left”, he said: “Ann said ‘go’”. “No.”")],
        ),
        (
            "<article><p>The mine laid off <b>90</b> people.</p></article>",
            [(BlockKind.PARAGRAPH, "The mine laid off 90 people.")],
        ),
    ],
)
def test_a_very_short_page_keeps_its_paragraphs(markup: str, blocks: list[tuple[BlockKind, str]]) -> None:
    data = f"<html lang=en><head><title>Mine shut</title></head><body>{markup}</body></html>".encode()
    page = read_page(data, content_type="text/html")
    assert [(block.kind, page.text[slice(*block.span)]) for block in page.blocks] == blocks


def test_plain_text_keeps_its_lines() -> None:
    text = "Remarks via The Wall Street Journal:\nPutin said so.\nGood pic.twitter.com/x\n— RT (@RT_com) January 20, 2025\n\nThe end. See https://tass.com/a (or www.rt.com/b)."
    page = read_page(text.encode(), content_type="text/plain")
    assert [words(page, block.span) for block in page.blocks] == [
        "Remarks via The Wall Street Journal:",
        "Putin said so.",
        "Good pic.twitter.com/x\n— RT (@RT_com) January 20, 2025",
        "The end. See https://tass.com/a (or www.rt.com/b).",
    ]
    assert page.blocks[2].kind is BlockKind.POST and page.posts[0].span == page.blocks[2].span
    assert {words(page, link.span): link.href for link in page.links} == {
        "https://tass.com/a": "https://tass.com/a",
        "www.rt.com/b": "https://www.rt.com/b",
    }
    assert page.title is None


def test_markdown() -> None:
    text = (
        "---\ntitle: \"The cut\"\nauthor: Lena Marsh\ndate: 2025-01-20\nurl: https://www.ft.com/content/1\n---\n\n# The cut\n\n"
        "The minister [said so](https://tass.com/a_(b) \"TASS\") and [again][1].\n\n- one\n- two\n\n> a quotation\n\n![picture](https://a.example/p.png)\n\n[1]: https://rt.com/x\n"
    )  # fmt: skip
    page = read_page(text.encode(), content_type="text/markdown", outlets=load_outlets())
    assert page.text == text
    assert (page.title, page.byline, page.published, page.outlet) == ("The cut", "Lena Marsh", "2025-01-20", "ft")
    assert [block.kind.value for block in page.blocks][:5] == ["heading", "paragraph", "item", "item", "quote"]
    links = {words(page, link.span): link.href for link in page.links}
    assert links["said so"] == "https://tass.com/a_(b)" and links["again"] == "https://rt.com/x"


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        (
            "The county paid for\n\n\f\nbuses in May.\nIt rained.",
            ["The county paid for\n\n\f\nbuses in May.", "It rained."],
        ),
        ("The county paid.\n\f\nbuses were late.", ["The county paid.", "buses were late."]),
        ("The county paid for\n\n\nbuses in May.", ["The county paid for", "buses in May."]),
        ("Costs of buses\n\fThe county paid in May.", ["Costs of buses", "The county paid in May."]),
    ],
)
def test_a_sentence_runs_over_a_form_feed(text: str, blocks: list[str]) -> None:
    page = read_page(text.encode(), content_type="text/plain")
    assert page.text == text
    assert [text[slice(*block.span)] for block in page.blocks] == blocks


def test_hard_wrapped_text_is_read_in_paragraphs() -> None:
    text = (
        "A title of the piece\n\nThe minister said on Monday that the harbour budget would be cut by\nfive percent, and nobody in the room, not even the unions, disagreed\n"
        "with him. It was late.\n\nParliament has to vote on the plan before the end of March, which is a\nmonth earlier than in any other year since the war.\n"
    )
    page = read_page(text.encode(), content_type="text/plain")
    assert page.title == "A title of the piece"
    assert len(page.blocks) == 3 and words(page, page.blocks[1].span).count("\n") == 2


@pytest.mark.parametrize(
    ("data", "content_type", "reason", "message"),
    [
        (b"", None, Reason.SOFT_404, "empty"),
        (b" \n ", "text/html", Reason.SOFT_404, "empty"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, None, Reason.UNSUPPORTED_TYPE, "binary"),
        (bytes(range(256)) * 10, "text/plain", Reason.UNSUPPORTED_TYPE, "binary"),
        (b"PK\x03\x04rest", "text/html", Reason.UNSUPPORTED_TYPE, "binary"),
        (b'{"a": 1}', "application/json", Reason.UNSUPPORTED_TYPE, "application/json"),
        (b"%PDF-1.7 broken", None, Reason.UNSUPPORTED_TYPE, "damaged"),
        (b"<html><body><nav><a href=/>Home</a></nav></body></html>", None, Reason.SOFT_404, "no article"),
        (b"<html></html>", "text/html", Reason.SOFT_404, ""),
        (b"<html><title>Page not found</title><body><p>x</p></body></html>", "text/html", None, ""),
        (b"<html><div id=root></div><script src=a.js></script></html>", "text/html", Reason.BOT_WALL, "scripts"),
        (b"<!-- only a comment -->", "text/html", Reason.SOFT_404, ""),
    ],
)
def test_nothing_to_read(data: bytes, content_type: str | None, reason: Reason | None, message: str) -> None:
    if reason is None:
        assert read_page(data, content_type=content_type).text
        return
    with pytest.raises(Unavailable) as caught:
        read_page(data, content_type=content_type)
    assert caught.value.reason is reason and message in caught.value.detail
    assert "\n" not in caught.value.detail


# What is repeated, and how often.
HOSTILE: dict[str, tuple[int, Callable[[int], str]]] = {
    "nested divs": (50_000, lambda n: PARAGRAPHS + "<div>" * n),
    "nested spans": (50_000, lambda n: PARAGRAPHS + "<span>" * n + "x"),
    "nested lists": (10_000, lambda n: PARAGRAPHS + "<ul><li>" * n + "x"),
    "nested tables": (30_000, lambda n: PARAGRAPHS + "<table><tr><td>" * n),
    "cells that span": (4_000, lambda n: PARAGRAPHS + "<table>" + "<tr><td colspan=999 rowspan=60>x" * n + "</table>"),
    "an article 400 levels deep": (400, lambda n: "<div>" * n + PARAGRAPHS + "</div>" * n),
    "ten megabytes of scripts": (10_000_000, lambda n: "<script>" + "x" * n + "</script>" + PARAGRAPHS),
    "an open comment": (1_000_000, lambda n: PARAGRAPHS + "<!--" + "-" * n),
    "open comments": (200_000, lambda n: PARAGRAPHS + "<!-- " * n),
    "open tags": (500_000, lambda n: PARAGRAPHS + "<" * n),
    "open titles": (100_000, lambda n: PARAGRAPHS + "<title>" * n),
    "open scripts": (30_000, lambda n: PARAGRAPHS + "<script" * n),
    "inlined pictures": (3_000_000, lambda n: PARAGRAPHS + f'<img src="data:image/png;base64,{"A" * n}">'),
    "nuls": (1, lambda n: PARAGRAPHS.replace("Monday", "Mon" + "\0" * n + "day")),
}


def hostile(name: str, share: int = 1) -> Page:
    count, made = HOSTILE[name]
    return read_page(f"<html><body>{made(max(1, count // share))}".encode(), content_type="text/html")


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_markup_is_read(name: str) -> None:
    assert "1. The minister said on Monday" in hostile(name).text


@pytest.mark.parametrize("name", HOSTILE)
def test_twice_the_hostile_markup_is_twice_the_work(name: str) -> None:
    hostile("nuls")  # what is loaded once is not counted
    assert calls(lambda: hostile(name, 5)) < 2.2 * calls(lambda: hostile(name, 10))


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_markup_takes_bounded_time(name: str) -> None:
    started = time.perf_counter()
    hostile(name)
    assert time.perf_counter() - started < 30


def test_a_page_of_ten_megabytes_is_read_in_part() -> None:
    row = "<p>On day {} the minister <a href=/{}>said again</a> that the budget would be cut by five percent, and left.</p>"
    markup = "<html><body><article>" + "".join(row.format(n, n) for n in range(90_000)) + "</article></body></html>"
    page = read_page(markup.encode(), url="https://a.example/", content_type="text/html")
    assert page.text.startswith("On day 0 the minister said again") and len(page.links) > 1000
    assert len(page.text) < tree.MAX_MARKUP < len(markup) / 8
    assert len(page.blocks) < tree.MAX_TAGS / 2


def test_an_article_that_only_its_data_holds() -> None:
    data = json.dumps(
        {"@type": "NewsArticle", "headline": "The cut", "articleBody": f"{SENTENCE}\n\nIt&#39;s a second one."}
    )
    shell = '<html><head><script type="application/ld+json">{}</script></head><body><div id=root></div><script src=a.js></script></body></html>'
    page = read_page(shell.replace("{}", data).encode(), content_type="text/html")
    assert page.text == f"{SENTENCE}\n\nIt's a second one."
    assert [words(page, block.span) for block in page.blocks] == page.text.split("\n\n")
    closed = data.replace('"headline"', '"isAccessibleForFree": false, "headline"')
    with pytest.raises(Unavailable) as caught:
        read_page(shell.replace("{}", closed).encode(), content_type="text/html")
    assert caught.value.reason is Reason.PAYWALL


def test_pdf() -> None:
    page = read_page(
        _pdf(["The minister said on Monday that the budget", "would be cut by five percent."]),
        content_type="application/pdf",
    )
    assert "The minister said on Monday that the budget\nwould be cut by five percent." in page.text
    assert page.title == "The cut" and page.published == "2025-01-20" and page.blocks


@pytest.mark.parametrize(("name", "data"), list(pdfs()))
def test_a_crafted_pdf_is_refused(name: str, data: bytes) -> None:
    with pytest.raises(Unavailable) as caught:
        read_page(data, content_type="application/pdf")
    packed = not name[0].isdigit()
    assert caught.value.reason in ([Reason.TOO_LARGE] if packed else [Reason.TOO_LARGE, Reason.UNSUPPORTED_TYPE])


@pytest.mark.slow
@pytest.mark.parametrize(("name", "data"), list(pdfs()))
def test_a_crafted_pdf_costs_seconds_and_bounded_memory(name: str, data: bytes) -> None:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with pytest.raises(Unavailable):
        read_page(data, content_type="application/pdf")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 6
    assert after.ru_maxrss < max(400_000, before.ru_maxrss + 1)  # kB; the most of all children until now


@pytest.mark.slow
def test_a_pdf_that_takes_too_long_is_ended_in_time() -> None:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    read_page(_pdf([SENTENCE[:60]] * 5_000, pages=60), content_type="application/pdf")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 14


@pytest.mark.parametrize("data", [b"%PDF-1.4 and no more", b"%PDF-1.4\n" + b"\n" * 1_000_000])
def test_a_damaged_pdf_is_told(data: bytes) -> None:
    with pytest.raises(Unavailable) as caught:
        read_page(data, content_type="application/pdf")
    assert caught.value.reason is Reason.UNSUPPORTED_TYPE


def test_of_a_long_pdf_the_beginning_is_read_and_that_is_told() -> None:
    page = read_page(_pdf([SENTENCE] * 3, pages=2_500), content_type="application/pdf")
    assert page.partial is Reason.TOO_LARGE
    assert SENTENCE[:40] in page.text


def test_a_dense_report_of_forty_pages_is_read_whole() -> None:
    page = read_page(_pdf([SENTENCE[:60]] * 450, pages=40), content_type="application/pdf")
    assert page.partial is None
    assert page.text.count(SENTENCE[:60]) == 450 * 40


def test_a_pdf_that_takes_too_long_is_read_in_part() -> None:
    page = read_page(_pdf([SENTENCE[:60]] * 5_000, pages=60), content_type="application/pdf")
    assert page.partial is Reason.TOO_LARGE
    assert 0 < page.text.count(SENTENCE[:60]) < 5_000 * 60


def _pdf(lines: list[str], pages: int = 1) -> bytes:
    """A PDF of the same page, once or more often, written by hand: pypdf reads text but cannot draw it."""
    drawn = "BT /F1 12 Tf 14 TL 72 700 Td " + " ".join(f"({line}) Tj T*" for line in lines) + " ET"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{'3 0 R ' * pages}] /Count {pages} >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        "<< /Title (The cut) /Author (Lena Marsh) /CreationDate (D:20250120194000Z) >>",
    ]
    data, places = "%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    start = len(data)
    data += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n<< /Size {len(objects) + 1} /Root 1 0 R /Info 6 0 R >>\nstartxref\n{start}\n%%EOF\n"
    return data.encode("latin-1")


def test_every_saved_page_is_read(data_folder: Path) -> None:
    lines = gzip.decompress((data_folder / "pages" / "gold.jsonl.gz").read_bytes()).decode().splitlines()
    rows = [json.loads(line) for line in lines]
    linked = 0
    for row in rows[::6]:
        page = read_page(
            gzip.decompress((data_folder / "pages" / row["html"]).read_bytes()),
            url=row["url"],
            content_type="text/html",
        )
        assert page.text and page.title
        assert all(page.text[link.span[0] : link.span[1]].strip() for link in page.links)
        linked += bool(page.links)
    assert linked >= len(rows[::6]) // 2


@pytest.mark.parametrize(
    ("markup", "tags"),
    [
        ("<p>x</p>" * 100_000, tree.MAX_TAGS),
        ("x<br>" * 200_000, tree.MAX_TAGS),
        ("<" * 1_000_000, tree.MAX_TAGS),
        ("<p>x</p>" * 30_000, tree.MAX_TAGS),
        ("<p>x</p>" * (tree.MAX_TAGS // 2 - 1), tree.MAX_TAGS - 2),
    ],
)
def test_no_more_tags_are_parsed_than_any_real_page_has(markup: str, tags: int) -> None:
    light, cut = tree.lightened(markup)
    assert light.count("<") == tags
    assert markup.startswith(light)
    assert cut == (len(light) < len(markup))


def attributes(form: str, count: int) -> str:
    return " ".join(form.format(number) for number in range(count))


@pytest.mark.parametrize("form", ["a{0}", "a{0}=1", "a{0}='>'", 'a{0}="<b>"', "=a{0}", "/a{0}", '"a{0}"'])
def test_no_more_attributes_are_parsed_than_any_real_tag_has(form: str) -> None:
    many = f"<p {attributes(form, 5_000)}>{SENTENCE}</p>"
    kept, _ = tree.lightened(f"{PARAGRAPHS}{many}{PARAGRAPHS}")
    assert kept.count(form.format(4_999)) == 0
    assert kept.startswith(PARAGRAPHS) and kept.endswith(f">{SENTENCE}</p>{PARAGRAPHS}")
    read = tree.parse_markup(kept)
    assert max(len(element.attrib) for element in read.iter()) <= tree.MAX_ATTRIBUTES


@pytest.mark.parametrize(
    "markup",
    [
        f"<p {attributes('a{0}=1', 150)}>{SENTENCE}</p>",
        "<p a='>' b=\"it's\" c=d e>x</p>",
        "a < b and c > d <p>x",
        "<a href='x'>" * 300,
    ],
)
def test_real_tags_stay_as_they_are(markup: str) -> None:
    assert tree.lightened(markup) == (markup, False)


@pytest.mark.parametrize(
    ("boxes", "paragraphs", "cut"), [(100, 10_000, True), (10, 3_000, False), (1, 20_000, False), (500, 20_000, True)]
)
def test_of_a_page_nested_beyond_any_real_one_the_beginning_is_read(boxes: int, paragraphs: int, cut: bool) -> None:
    root = tree.parse_markup("<div>" * boxes + "<p>x</p>" * paragraphs)
    assert tree.cut_nested(root) is cut
    left = len(root.findall(".//p"))
    assert (left < paragraphs) is cut
    assert left * boxes <= tree.MAX_NESTED


@pytest.mark.parametrize(
    ("sentences", "kind", "cut"), [(19_999, "plain", False), (20_001, "plain", True), (30_000, "html", True)]
)
def test_of_thousands_of_sentences_the_first_are_read(sentences: int, kind: str, cut: bool) -> None:
    text = "Port. " * sentences
    page = read_page(f"<p>{text}</p>".encode() if kind == "html" else text.encode(), content_type=f"text/{kind}")
    assert page.partial is (Reason.TOO_LARGE if cut else None)
    assert sum(page.text[slice(*block.span)].count(".") for block in page.blocks) == min(sentences, 20_000)
    assert page.text.strip() == text.strip()


def test_what_is_cut_is_never_taken_for_the_whole_page() -> None:
    page = read_page(f"<article>{PARAGRAPHS}{'<p>x</p>' * 60_000}</article>".encode(), content_type="text/html")
    assert page.partial is Reason.TOO_LARGE
    assert SENTENCE in page.text


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("In 2023, 9,000\npeople crossed the bridge.\n", 1),
        ("In 2023, 9,000 people\r\ncrossed the bridge.\r\n", 1),
        ("It rained.\nthe bridge fell.\n", 2),
        ("It rained\nThe bridge fell.\n", 2),
        ("It rained\n\nand the bridge fell.\n", 2),
        ("It rained\n- and the bridge fell.\n", 2),
    ],
)
def test_a_sentence_over_the_end_of_a_line_is_one(text: str, blocks: int) -> None:
    assert len(read_page(text.encode(), content_type="text/plain").blocks) == blocks


def test_a_cell_that_spans_rows_stands_in_each() -> None:
    table = (
        "<table><tr><th>Year</th><th>Town</th><th>Boats</th></tr>"
        "<tr><td rowspan='2'>2024</td><td>Ardmore</td><td>40</td></tr><tr><td>Bray</td><td>12</td></tr></table>"
    )
    page = read_page(f"<html><body><main><h1>Boats</h1>{PARAGRAPHS}{table}".encode(), content_type="text/html")
    assert "2024 | Ardmore | 40\n\n2024 | Bray | 12" in page.text


def test_a_post_in_a_cell_that_spans_rows_stands_in_the_first() -> None:
    post = (
        "<blockquote class='twitter-tweet'><p>The pier is shut.</p>&mdash; RT (@RT_com)"
        " <a href='https://twitter.com/RT_com/status/1219'>January 20, 2020</a></blockquote>"
    )
    table = f"<table><tr><td rowspan='2'>Said: {post}</td><td>Ardmore</td></tr><tr><td>Bray</td></tr></table>"
    page = read_page(f"<html><body><main><h1>Boats</h1>{PARAGRAPHS}{table}".encode(), content_type="text/html")
    assert (page.text.count("The pier is shut."), page.text.endswith("Ardmore\n\nSaid: | Bray")) == (1, True)
