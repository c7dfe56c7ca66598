"""An archive in place of the network: ours, and what other tools write."""

from __future__ import annotations

import asyncio
import gzip
import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from loopback import Recorder, Web

from claims.records import Reason, Via
from sources.captures.replay import Archive
from sources.captures.store import stored_body
from sources.errors import ArchiveError, Unavailable
from sources.fetching.fetch import Fetched, Fetcher, FetchPolicy


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    recorder = Recorder(tmp_path / "sources.warc.gz")
    recorder.page("https://www.reuters.com/world/a", b"<p>first</p>", at="2026-01-20T10:00:00Z")
    recorder.page("https://www.reuters.com/world/a", b"<p>second</p>", at="2026-02-20T10:00:00Z")
    recorder.page("https://www.wsj.com/articles/b", b"<p>subscribe</p>", "402 Payment Required")
    recorder.page("https://t.example/x", b"", "301 Moved", (("Location", "https://www.reuters.com/world/a#top"),))
    recorder.page("https://loop.example/", b"", "302 Found", (("Location", "/"),))
    recorder.page("https://lost.example/", b"", "302 Found", (("Location", "https://elsewhere.example/"),))
    recorder.page("https://chunked.example/", b"5\r\nhello\r\n0\r\n\r\n", headers=(("Transfer-Encoding", "chunked"),))
    recorder.page("https://www.reuters.com/robots.txt", b"User-agent: *\nDisallow: /")
    recorder.revisit("https://again.example/", "https://www.reuters.com/world/a", "2026-03-01T00:00:00Z")
    return recorder.close()


async def replay(path: Path, url: str, **more: Any) -> Fetched:
    async with Fetcher(FetchPolicy(replay=path)) as fetcher:
        return await fetcher.fetch(url, **more)


@pytest.mark.parametrize(
    ("url", "body", "status"),
    [
        ("https://www.reuters.com/world/a", b"<p>second</p>", 200),
        ("http://www.reuters.com:80/world/a#part", b"<p>second</p>", 200),
        ("https://www.wsj.com/articles/b", b"<p>subscribe</p>", 402),
        ("https://t.example/x", b"<p>second</p>", 200),
        ("https://chunked.example/", b"hello", 200),
        ("https://again.example/", b"<p>first</p>", 200),
    ],
)
async def test_the_archive_answers(archive: Path, url: str, body: bytes, status: int) -> None:
    fetched = await replay(archive, url)
    assert (fetched.body, fetched.status, fetched.capture.via) == (body, status, Via.REPLAY)
    assert stored_body(fetched.capture, Path("elsewhere")) == body


async def test_the_capture_names_the_record_and_its_own_date(archive: Path) -> None:
    capture = (await replay(archive, "https://t.example/x")).capture
    assert (capture.url, capture.final_url) == ("https://t.example/x", "https://www.reuters.com/world/a")
    assert capture.fetched_at == "2026-02-20T10:00:00Z"
    assert capture.warc == str(archive)
    assert capture.offset and capture.tool


@pytest.mark.parametrize(
    ("near", "body"),
    [
        ("2025-12-31", b"<p>first</p>"),
        ("2026-01-21T00:00:00Z", b"<p>first</p>"),
        ("2026-02-19", b"<p>second</p>"),
        ("2027", b"<p>second</p>"),
    ],
)
async def test_the_capture_nearest_to_a_date(archive: Path, near: str, body: bytes) -> None:
    assert (await replay(archive, "https://www.reuters.com/world/a", near=near)).body == body


@pytest.mark.parametrize(
    ("url", "reason", "words"),
    [
        ("https://nobody.example/", Reason.UNRESOLVED, "not in the archive sources.warc.gz"),
        ("https://www.reuters.com/world/A", Reason.UNRESOLVED, "not in the archive"),
        ("https://lost.example/", Reason.UNRESOLVED, "elsewhere.example"),
        ("https://loop.example/", Reason.UNREACHABLE, "loop"),
    ],
)
async def test_what_the_archive_does_not_hold_is_unavailable(
    archive: Path, url: str, reason: Reason, words: str
) -> None:
    with pytest.raises(Unavailable, match=words) as caught:
        await replay(archive, url)
    assert caught.value.reason is reason


async def test_nothing_is_asked_of_the_network(archive: Path, web: Web) -> None:
    with pytest.raises(Unavailable):
        await replay(archive, web.page("/a", "x"))
    assert web.asked == []


async def test_the_known_addresses_are_those_of_the_archive(archive: Path) -> None:
    async with Fetcher(FetchPolicy(replay=archive)) as fetcher:
        known = fetcher.known_urls()
        assert not fetcher.cut_off
    assert known[:2] == ("https://www.reuters.com/world/a", "https://www.wsj.com/articles/b")
    assert "https://www.reuters.com/robots.txt" not in known
    assert len(set(known)) == len(known)


def test_every_dated_capture_is_kept(archive: Path) -> None:
    dates = [entry.date for entry in Archive.open(archive).captures("https://www.reuters.com/world/a")]
    assert dates == ["2026-01-20T10:00:00Z", "2026-02-20T10:00:00Z"]


async def test_an_unpacked_warc_is_read_too(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path / "plain.warc", packed=False)
    recorder.page("http://a.example/", b"one")
    recorder.page("http://b.example/", b"two")
    path = recorder.close()
    assert [(await replay(path, url)).body for url in ("http://a.example/", "http://b.example/")] == [b"one", b"two"]


@pytest.fixture
def wacz(archive: Path, tmp_path: Path) -> Path:
    path = tmp_path / "sources.wacz"
    with zipfile.ZipFile(path, "w") as file:
        file.write(archive, "archive/data.warc.gz")
        file.writestr("datapackage.json", "{}")
        file.writestr("pages/pages.jsonl", "")
    return path


async def test_a_wacz_is_read_and_its_captures_load(wacz: Path) -> None:
    fetched = await replay(wacz, "https://www.reuters.com/world/a")
    assert fetched.body == b"<p>second</p>"
    assert fetched.capture.warc == str(wacz / "archive" / "data.warc.gz")
    assert stored_body(fetched.capture, Path("elsewhere")) == b"<p>second</p>"


async def test_our_own_captures_replay(web: Web, tmp_path: Path) -> None:
    web.page("/end", "<p>there</p>", ETag='"1"')
    web.page("/way", status=302, Location="/end")
    live = FetchPolicy(allow_private=True, per_host_delay=0, captures=tmp_path / "kept")
    async with Fetcher(live) as fetcher:
        first = await fetcher.fetch(web.url("/way"))
        web.answer("/end", lambda handler: (handler.send_response(304), handler.end_headers()))
        await fetcher.fetch(web.url("/end"))
    again = await replay(tmp_path / "kept", web.url("/way"))
    assert (again.body, again.status, again.capture.id) == (first.body, 200, first.capture.id)


def harmed(data: bytes, harm: str) -> bytes:
    holder = io.BytesIO()
    zipfile.ZipFile(holder, "w").close()
    return {
        "empty": b"",
        "text": b"this is no archive at all",
        "cut": data[:300],
        "one gzip": gzip.compress(gzip.decompress(data)),
        "zip without archive": holder.getvalue(),
        "broken zip": b"PK\x03\x04 no",
    }[harm]


@pytest.mark.parametrize("harm", ["missing", "empty", "text", "cut", "one gzip", "zip without archive", "broken zip"])
async def test_a_damaged_archive_is_one_clear_line(archive: Path, tmp_path: Path, harm: str) -> None:
    path = tmp_path / ("bad.wacz" if harm in ("zip without archive", "broken zip") else "bad.warc.gz")
    if harm != "missing":
        await asyncio.to_thread(lambda: path.write_bytes(harmed(archive.read_bytes(), harm)))
    with pytest.raises(ArchiveError) as caught:
        await replay(path, "https://www.reuters.com/world/a")
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


async def test_a_bomb_in_an_archive_is_refused(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path / "bomb.warc.gz")
    recorder.page("http://a.example/", gzip.compress(bytes(30_000_000), 1), headers=(("Content-Encoding", "gzip"),))
    with pytest.raises(Unavailable) as caught:
        await replay(recorder.close(), "http://a.example/")
    assert caught.value.reason is Reason.TOO_LARGE
