"""One bad source costs one source: what is caught, what is passed on, and what is said of it."""

from __future__ import annotations

import asyncio
import dataclasses
import json
import logging
from pathlib import Path

import pytest
from loopback import Recorder, Web

from claims.records import Citation, CitationKind, Page, Reading, Reason, Source
from sources.article import read_article
from sources.captures.reread import captured, reread
from sources.captures.store import CaptureStore
from sources.contained import contained
from sources.errors import ArchiveError, Unavailable, UnreadableError, WriteError
from sources.fetching.fetch import Fetcher, FetchPolicy
from sources.gather import Network, read_source
from sources.outlets import load_outlets
from sources.page.page import read_page

SENTENCE = "The mill of Brackwater lost 512 workers on Friday, the union said, and nobody disagreed with it."
STORY = f"<html><head><title>Mill</title></head><body><article>{''.join(f'<p>{n}. {SENTENCE}</p>' for n in range(5))}"


@pytest.mark.parametrize(
    ("error", "reason", "message"),
    [
        (KeyError("x"), Reason.UNSUPPORTED_TYPE, "KeyError"),
        (RecursionError("too deep"), Reason.UNSUPPORTED_TYPE, "RecursionError: too deep"),
        (ValueError("a\nb\x00\x1b[2J" + "c" * 5_000), Reason.UNSUPPORTED_TYPE, "ValueError: a b"),
        (MemoryError(), Reason.TOO_LARGE, "MemoryError"),
        (TimeoutError(), Reason.TIMEOUT, "TimeoutError"),
        (OSError(5, "disk"), Reason.UNREACHABLE, "OSError"),
        (ArchiveError("a.warc.gz: damaged"), Reason.UNREACHABLE, "a.warc.gz: damaged"),
        (Unavailable(Reason.PAYWALL, "closed"), Reason.PAYWALL, "closed"),
    ],
)
def test_an_error_becomes_a_reason_in_one_line(error: Exception, reason: Reason, message: str) -> None:
    with pytest.raises(Unavailable) as caught, contained("http://a.example/"):
        raise error
    assert caught.value.reason is reason
    assert message in caught.value.detail
    assert len(caught.value.detail) < 300 and caught.value.detail.isprintable()


@pytest.mark.parametrize("error", [KeyboardInterrupt, asyncio.CancelledError, WriteError, UnreadableError, SystemExit])
def test_what_is_not_about_the_source_is_passed_on(error: type[BaseException]) -> None:
    with pytest.raises(error), contained("http://a.example/"):
        raise error("x")


@pytest.mark.parametrize("debug", [True, False])
def test_it_is_logged_with_its_traceback_only_where_that_is_asked_for(
    debug: bool, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG if debug else logging.WARNING, logger="sources")
    with pytest.raises(Unavailable), contained("http://a.example/"):
        raise KeyError("x")
    (record,) = caplog.records
    assert record.levelno == logging.WARNING
    assert "http://a.example/" in record.getMessage() and "KeyError" in record.getMessage()
    assert bool(record.exc_info) is debug


class Broken:
    """A search service with a fault in it."""

    name = "broken"

    async def search(self, query: object) -> list[object]:
        raise AttributeError(f"no such thing in {type(query).__name__}")


async def read(url: str, policy: FetchPolicy) -> Reading:
    source = Source(citation=Citation(kind=CitationKind.LINK, url=url))
    async with Fetcher(policy) as fetcher:
        return await read_source(source, Page(text="x"), [], Network(fetcher=fetcher, outlets=load_outlets()))


async def test_captures_that_cannot_be_written_still_end_the_check(web: Web, tmp_path: Path) -> None:
    (tmp_path / "captures").write_text("a file where the folder should be")
    policy = FetchPolicy(allow_private=True, robots=False, captures=tmp_path / "captures")
    with pytest.raises(WriteError, match="cannot be written"):
        await read(web.page("/a", STORY), policy)


@pytest.mark.parametrize(
    "odd",
    ["\x00", "\x01", "\x0b", "\x0c", "\x7f", "\uffff", "\ufffe", "&#1;", "&#12;", "&#xFFFF;", "&#xD800;", "&#0;"],
)
@pytest.mark.parametrize(
    "page", ["<p>{odd}</p>", "<html><body><p>{odd}" + SENTENCE + "</p>", STORY + "<p>a {odd} b</p>"]
)
async def test_no_character_breaks_a_page(web: Web, odd: str, page: str) -> None:
    policy = FetchPolicy(allow_private=True, robots=False, per_host_delay=0.0)
    reading = await read(web.page("/a", page.replace("{odd}", odd)), policy)
    assert "could not be read (" not in reading.source.detail
    if reading.page is not None:
        assert not set(reading.page.text) & set("\x00\x01\x0b\x0c\x7f\uffff\ufffe")
        assert SENTENCE in reading.page.text or SENTENCE not in page
        assert all(reading.page.text[slice(*block.span)].strip() for block in reading.page.blocks)


@pytest.mark.parametrize("mark", ["[1]", "(pers. comm.)"])
def test_no_character_beside_a_mark_breaks_a_page(mark: str) -> None:
    listed = "<h2>Sources</h2><ol><li>https://a.example/b</li><li>https://a.example/c</li></ol>"
    markup = f"<p>{SENTENCE} {mark} &#1; &#xFFFF; It rained [2].</p>{listed}"
    assert SENTENCE in read_page(markup.encode(), content_type="text/html").text


def test_what_a_page_says_as_data_is_cleaned_too() -> None:
    data = json.dumps({"@type": "NewsArticle", "headline": "A\ud800\u0001B", "articleBody": f"{SENTENCE}\uffff " * 5})
    page = read_page(f"<script type='application/ld+json'>{data}</script><p>x".encode(), content_type="text/html")
    assert page.title == "AB"
    assert page.text.encode() and "\uffff" not in page.text


async def test_a_text_file_stays_as_it_is(tmp_path: Path) -> None:
    text = f"Talks\x0b\n\n{SENTENCE}\x01\uffff {SENTENCE}\n"
    path = tmp_path / "article.txt"
    await asyncio.to_thread(path.write_text, text, encoding="utf-8")
    async with Fetcher(FetchPolicy(offline=True)) as fetcher:
        page, _ = await read_article(str(path), fetcher, load_outlets())
    assert page.text == text


def test_a_capture_that_cannot_be_read_again_is_an_unavailable_source(tmp_path: Path) -> None:
    capture = CaptureStore(tmp_path, "test").attach(
        STORY.encode(), "http://a.example/", "text/html", "2026-01-20T10:00:00Z"
    )
    source = Source(citation=Citation(kind=CitationKind.LINK, url="http://a.example/"), capture=capture)
    assert reread(source, tmp_path, load_outlets()).page is not None
    assert capture.warc is not None
    for harm in (b"", b"no archive", b"\x1f\x8b"):
        (tmp_path / capture.warc).write_bytes(harm)
        again = reread(source, tmp_path, load_outlets())
        assert again.page is None
        assert again.source.reason is Reason.UNREACHABLE
        assert "cannot be read again" in again.source.detail
        with pytest.raises(Unavailable):
            captured(capture, tmp_path, load_outlets())


async def test_a_revisit_that_leads_nowhere_costs_its_source(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path / "web.warc.gz")
    recorder.page("http://a.example/whole", STORY.encode())
    recorder.revisit("http://a.example/orphan", "http://a.example/gone", "2026-01-21T10:00:00Z")
    recorder.revisit("http://a.example/self", "http://a.example/self", "2026-01-20T10:00:00Z")
    policy = FetchPolicy(replay=recorder.close())
    for name in ("orphan", "self"):
        reading = await read(f"http://a.example/{name}", policy)
        assert (reading.page, reading.source.reason) == (None, Reason.UNRESOLVED)
        assert "only refers to another" in reading.source.detail
    assert (await read("http://a.example/whole", policy)).page is not None


async def test_two_revisits_that_point_at_each_other_end(tmp_path: Path) -> None:
    path = tmp_path / "web.warc.gz"
    recorder = Recorder(path)
    fields = {"WARC-Date": "2026-01-20T10:00:00Z", "WARC-Refers-To-Filename": path.name}
    recorder.revisit("http://a.example/a", "http://a.example/b", "2026-01-20T10:00:00Z")
    first = path.stat().st_size if path.stat().st_size else recorder.file.tell()
    for target in (0, first):
        record = recorder.writer.create_revisit_record(
            "http://a.example/c", "sha1:X", "http://a.example/c", "2026-01-20T10:00:00Z",
            warc_headers_dict={**fields, "WARC-Refers-To-File-Offset": str(first if target == 0 else target)},
        )  # fmt: skip
        recorder.writer.write_record(record)
    reading = await read("http://a.example/c", FetchPolicy(replay=recorder.close()))
    assert reading.source.reason is Reason.UNRESOLVED


async def test_an_error_in_looking_for_a_source_costs_that_source(tmp_path: Path) -> None:
    citation = Citation(kind=CitationKind.OUTLET, outlet="reuters", text="Reuters")
    source = Source(citation=citation)
    async with Fetcher(FetchPolicy(captures=tmp_path)) as fetcher:
        network = Network(fetcher=fetcher, outlets=load_outlets(), search=(Broken(),))  # type: ignore[arg-type]  # no service at all
        reading = await read_source(source, Page(text="x"), [], network)
    assert reading.page is None and reading.source.reason is not None
    assert dataclasses.replace(reading.source, reason=None, detail="", candidates=()) == source
