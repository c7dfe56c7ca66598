"""What was fetched is kept as WARC records that others can read, and comes back byte for byte."""

from __future__ import annotations

import asyncio
import dataclasses
import gzip
import hashlib
import stat
import subprocess
import sys
import zlib
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from loopback import Web

from claims.privacy import hide
from claims.records import Via
from sources.captures.replay import Archive
from sources.captures.scan import scan
from sources.captures.store import CaptureStore, place, read_back, stored_body
from sources.captures.warc import Exchange
from sources.errors import ArchiveError, Unavailable
from sources.fetching.fetch import Fetcher, FetchPolicy
from sources.index.cdxj import surt_key
from sources.index.lookup import history

ROOT = Path(__file__).parent.parent.parent


def keeping(folder: Path, **changes: object) -> FetchPolicy:
    plain = FetchPolicy(allow_private=True, per_host_delay=0.0, robots=False, retries=0, captures=folder)
    return dataclasses.replace(plain, **changes)  # type: ignore[arg-type]  # tests name the fields


def exchange(
    url: str, payload: bytes = b"<p>x</p>", at: str = "2026-01-20T10:00:00.000000Z", **more: object
) -> Exchange:
    plain = Exchange(
        url=url,
        request_headers=(("Host", "example.org"), ("Authorization", "Bearer geheim"), ("Cookie", "session=geheim")),
        status=200,
        phrase="OK",
        headers=(("Content-Type", "text/html"), ("Transfer-Encoding", "chunked")),
        payload=payload,
        fetched_at=at,
    )
    return dataclasses.replace(plain, **more)  # type: ignore[arg-type]  # tests name the fields


def warcs(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.warc.gz"))


def records(folder: Path) -> list[tuple[str, str, int]]:
    return [(record.kind, record.url, record.status) for file in warcs(folder) for _, record in scan(file)]


def warcio(*arguments: str) -> str:
    command = [sys.executable, "-m", "warcio.cli", *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


async def test_every_response_is_kept_errors_and_redirects_too(web: Web, tmp_path: Path) -> None:
    web.page("/end", "there")
    web.page("/way", status=302, Location="/end")
    async with Fetcher(keeping(tmp_path, robots=True)) as fetcher:
        await fetcher.fetch(web.url("/way"))
        await fetcher.fetch(web.url("/missing"))
    expected = [("/robots.txt", 404), ("/way", 302), ("/end", 200), ("/missing", 404)]
    assert [(url.removeprefix(web.url("")), status) for _, url, status in records(tmp_path)] == expected


async def test_a_capture_comes_back_from_file_and_offset(web: Web, tmp_path: Path) -> None:
    url = web.page("/a", gzip.compress(b"<p>packed</p>"), Content_Encoding="gzip")
    async with Fetcher(keeping(tmp_path)) as fetcher:
        fetched = await fetcher.fetch(url)
        assert stored_body(fetched.capture, tmp_path) == b"<p>packed</p>"  # readable at once, not only after closing
    assert stored_body(fetched.capture, tmp_path) == fetched.body


async def test_other_tools_read_and_verify_the_file(web: Web, tmp_path: Path) -> None:
    for number in range(3):
        await visit(web.page(f"/{number}", f"<p>{number % 2}</p>"), tmp_path)
    (file,) = warcs(tmp_path)
    assert "fail" not in warcio("check", "-v", str(file))
    assert warcio("index", "-f", "warc-type", str(file)).count("response") == 2
    assert warcio("index", "-f", "warc-type", str(file)).count("revisit") == 1
    index = (tmp_path / f"{file.name.removesuffix('.warc.gz')}.cdxj").read_text().splitlines()
    assert [line.split(" ", 2)[0].partition(")")[2] for line in index] == ["/0", "/1", "/2"]


@pytest.mark.parametrize("coding", ["", "gzip", "deflate"])
async def test_a_stranger_gets_the_same_hash_with_other_tools(web: Web, tmp_path: Path, coding: str) -> None:
    packed = {"gzip": gzip.compress, "deflate": zlib.compress}.get(coding, bytes)(b"<p>x</p>" * 9)
    url = web.page("/a", packed, **({"Content_Encoding": coding} if coding else {}))
    async with Fetcher(keeping(tmp_path)) as fetcher:
        capture = (await fetcher.fetch(url)).capture
    command = [sys.executable, "-m", "warcio.cli", "extract", "--payload"]
    command += [str(tmp_path / str(capture.warc)), str(capture.offset)]
    ran = await asyncio.to_thread(subprocess.run, command, check=True, capture_output=True)
    assert hashlib.sha256(ran.stdout).hexdigest() == capture.sha256
    assert web.asked[-1].headers["Accept-Encoding"] == "gzip, deflate"  # what that tool can unpack


async def visit(url: str, folder: Path) -> object:
    async with Fetcher(keeping(folder)) as fetcher:
        return await fetcher.fetch(url)


async def test_the_same_payload_again_is_a_revisit_that_loads(web: Web, tmp_path: Path) -> None:
    url = web.page("/a", "<p>same</p>")
    async with Fetcher(keeping(tmp_path)) as fetcher:
        first, second = await fetcher.fetch(url), await fetcher.fetch(url)
    assert [kind for kind, _, _ in records(tmp_path)] == ["response", "revisit"]
    assert first.capture.id == second.capture.id
    assert first.capture.offset != second.capture.offset
    assert stored_body(second.capture, tmp_path) == b"<p>same</p>"


async def test_an_unchanged_page_costs_a_304_and_gives_the_earlier_bytes(web: Web, tmp_path: Path) -> None:
    def page(handler: BaseHTTPRequestHandler) -> None:
        known = handler.headers.get("If-None-Match") == '"v1"'
        handler.send_response(304 if known else 200)
        handler.send_header("Content-Type", "text/html")
        handler.send_header("ETag", '"v1"')
        if not known:
            handler.send_header("Content-Length", "11")
        handler.end_headers()
        handler.wfile.write(b"" if known else b"<p>same</p>")

    url = web.answer("/a", page)
    seen = []
    for _ in range(3):  # a new fetcher each time, as on another day
        async with Fetcher(keeping(tmp_path)) as fetcher:
            seen.append(await fetcher.fetch(url))
    assert [(kind, status) for kind, _, status in records(tmp_path)] == [
        ("response", 200),
        ("revisit", 0),
        ("revisit", 0),
    ]
    (file, *_) = warcs(tmp_path)
    assert gzip.decompress(file.read_bytes()).count(b"HTTP/1.1 304 Not Modified") == 2
    assert {(got.status, got.body, got.content_type, got.capture.id) for got in seen} == {
        (200, b"<p>same</p>", "text/html", seen[0].capture.id)
    }
    assert all(stored_body(got.capture, tmp_path) == b"<p>same</p>" for got in seen)


async def test_a_changed_page_is_fetched_whole_and_both_versions_are_kept(web: Web, tmp_path: Path) -> None:
    url = web.page("/a", "<p>old</p>", ETag='"1"', Last_Modified="Tue, 20 Jan 2026 10:00:00 GMT")
    async with Fetcher(keeping(tmp_path)) as fetcher:
        old = await fetcher.fetch(url)
        web.page("/a", "<p>new</p>", ETag='"2"')
        new = await fetcher.fetch(url)
    assert web.asked[-1].headers["If-None-Match"] == '"1"'
    assert web.asked[-1].headers["If-Modified-Since"] == "Tue, 20 Jan 2026 10:00:00 GMT"
    assert (stored_body(old.capture, tmp_path), stored_body(new.capture, tmp_path)) == (b"<p>old</p>", b"<p>new</p>")
    assert old.capture.id != new.capture.id


async def test_a_lost_earlier_capture_means_a_whole_fetch(web: Web, tmp_path: Path) -> None:
    url = web.page("/a", "<p>x</p>", ETag='"1"')
    await visit(url, tmp_path)
    (file,) = warcs(tmp_path)
    file.unlink()
    await visit(url, tmp_path)
    assert "If-None-Match" not in web.asked[-1].headers


async def test_many_tasks_write_one_file_safely(web: Web, tmp_path: Path) -> None:
    urls = [web.url(f"/{number}", f"127.0.0.{number % 8 + 1}") for number in range(40)]
    for number in range(40):
        web.page(f"/{number}", f"<p>{number}</p>" * 500)
    async with Fetcher(keeping(tmp_path)) as fetcher:
        fetched = await asyncio.gather(*(fetcher.fetch(url) for url in urls))
    assert len(warcs(tmp_path)) == 1
    assert [stored_body(got.capture, tmp_path) for got in fetched] == [got.body for got in fetched]


def test_threads_share_a_folder(tmp_path: Path) -> None:
    stores = [CaptureStore(tmp_path, "test") for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        jobs = [
            pool.submit(stores[n % 4].keep, exchange(f"http://example.org/{n}", str(n).encode())) for n in range(60)
        ]
        kept = [job.result() for job in jobs]
    assert len({entry.offset for entry in kept}) == 60
    assert sorted(url for _, url, _ in records(tmp_path)) == sorted(f"http://example.org/{n}" for n in range(60))


def test_what_is_written_meanwhile_is_flushed_later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = CaptureStore(tmp_path, "test")
    store.keep(exchange("http://example.org/a"))
    flushed: list[str] = []

    def fsync(number: int) -> None:
        flushed.append(store.keep(exchange(f"http://example.org/{len(flushed)}")).file)

    monkeypatch.setattr("os.fsync", fsync)
    for _ in range(2):
        store.flush()
    assert len(flushed) == 2


def test_nothing_secret_is_written(tmp_path: Path) -> None:
    CaptureStore(tmp_path, "test").keep(exchange("http://example.org/a"))
    (file,) = warcs(tmp_path)
    text = gzip.decompress(file.read_bytes())
    assert b"geheim" not in text
    assert b"Host: example.org" in text


def test_a_new_day_begins_a_new_file(tmp_path: Path) -> None:
    store = CaptureStore(tmp_path, "test")
    store.keep(exchange("http://example.org/a", b"a", "2026-01-20T23:59:59.000000Z"))
    store.keep(exchange("http://example.org/a", b"b", "2026-01-21T00:00:01.000000Z"))
    assert [file.name[:17] for file in warcs(tmp_path)] == ["factdesk-20260120", "factdesk-20260121"]


def test_a_half_written_index_line_is_passed_over(tmp_path: Path) -> None:
    first = CaptureStore(tmp_path, "test")
    first.keep(exchange("http://example.org/a", headers=(("ETag", '"1"'),)))
    (index,) = tmp_path.glob("*.cdxj")
    index.write_bytes(index.read_bytes() + b'org,example)/b 20260120100000 {"url": "http://exa')
    second = CaptureStore(tmp_path, "test")
    assert second.latest("http://example.org/a") is not None
    assert second.latest("http://example.org/b") is None


def test_a_folder_that_cannot_be_written_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "captures").write_text("a file in the way")
    with pytest.raises(ArchiveError, match="cannot be written"):
        CaptureStore(tmp_path / "captures", "test").keep(exchange("http://example.org/a"))


@pytest.mark.parametrize("harm", ["flip", "cut", "remove", "offset"])
async def test_a_damaged_capture_is_told(web: Web, tmp_path: Path, harm: str) -> None:
    async with Fetcher(keeping(tmp_path)) as fetcher:
        capture = (await fetcher.fetch(web.page("/a", "<p>hello</p>" * 50))).capture
    (file,) = warcs(tmp_path)
    data = bytearray(file.read_bytes())
    assert capture.offset is not None
    if harm == "flip":
        data[capture.offset + 200] ^= 0xFF
        file.write_bytes(data)
    elif harm == "cut":
        file.write_bytes(data[: capture.offset + 300])
    elif harm == "remove":
        file.unlink()
    else:
        capture = dataclasses.replace(capture, offset=capture.offset + 7)
    with pytest.raises(ArchiveError) as caught:
        stored_body(capture, tmp_path)
    assert "\n" not in str(caught.value)


async def test_other_bytes_than_were_captured_are_told(web: Web, tmp_path: Path) -> None:
    async with Fetcher(keeping(tmp_path)) as fetcher:
        capture = (await fetcher.fetch(web.page("/a", "<p>hello</p>"))).capture
    with pytest.raises(ArchiveError, match="differs from what was captured"):
        stored_body(dataclasses.replace(capture, sha256="0" * 64), tmp_path)
    with pytest.raises(ArchiveError, match="no record"):
        stored_body(dataclasses.replace(capture, warc=None), tmp_path)


async def test_without_a_folder_nothing_is_written(web: Web) -> None:
    async with Fetcher(FetchPolicy(allow_private=True, robots=False)) as fetcher:
        capture = (await fetcher.fetch(web.page("/a", "x"))).capture
    assert (capture.warc, capture.offset, capture.via) == (None, None, Via.LIVE)


async def test_what_was_too_large_is_kept_as_truncated(web: Web, tmp_path: Path) -> None:
    async with Fetcher(keeping(tmp_path, max_bytes=100)) as fetcher:
        with pytest.raises(Unavailable):
            await fetcher.fetch(web.page("/a", "x" * 1000))
    ((_, record),) = scan(warcs(tmp_path)[0])
    assert record.truncated


def test_a_page_that_was_handed_in_is_kept_and_loads(tmp_path: Path) -> None:
    data = b"<p>behind the paywall</p>"
    url = "https://www.wsj.com/articles/a"
    capture = CaptureStore(tmp_path, "test").attach(data, url, "text/html", "2026-01-20T10:00:00Z")
    assert (capture.via, capture.url, capture.sha256) == (Via.MANUAL, url, hashlib.sha256(data).hexdigest())
    assert stored_body(capture, tmp_path) == data
    assert "fail" not in warcio("check", "-v", str(warcs(tmp_path)[0]))
    assert Archive.open(tmp_path).fetch(url, 1000)[1] == data


def test_the_history_of_an_address_is_every_dated_capture(tmp_path: Path) -> None:
    store = CaptureStore(tmp_path, "test")
    for day, body in ((21, b"new"), (20, b"old"), (22, b"new")):
        store.keep(exchange("http://example.org/a", body, f"2026-01-{day}T10:00:00.000000Z"))
    store.keep(exchange("http://example.org/b", b"other"))
    entries = history(tmp_path, "https://example.org/a#part")
    assert [(kept.date[:10], kept.kind) for kept in entries] == [
        ("2026-01-20", "response"),
        ("2026-01-21", "response"),
        ("2026-01-22", "revisit"),
    ]
    assert len({kept.digest for kept in entries}) == 2


def test_a_disk_that_fills_up_leaves_no_half_record(tmp_path: Path) -> None:
    limited = """
import resource, signal, sys
from pathlib import Path
from sources.captures.store import CaptureStore
from sources.errors import ArchiveError
from sources.captures.warc import Exchange
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
def page(name, size):
    return Exchange(url=f"http://example.org/{name}", request_headers=(), status=200, phrase="OK", headers=(),
                    payload=__import__("random").Random(name).randbytes(size), fetched_at="2026-01-20T10:00:00Z")
store = CaptureStore(Path(sys.argv[1]), "test")
store.keep(page("a", 1000))
resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))
try:
    store.keep(page("b", 100_000))
except ArchiveError as error:
    print(error)
store.keep(page("c", 1000))
"""
    ran = subprocess.run(
        [sys.executable, "-c", limited, str(tmp_path)], check=True, capture_output=True, text=True, cwd=ROOT
    )
    assert "cannot be written" in ran.stdout
    assert [url for _, url, _ in records(tmp_path)] == ["http://example.org/a", "http://example.org/c"]


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("http://example.org", "https://EXAMPLE.org:443/#top", True),
        ("http://example.org/a", "http://example.org./a", True),
        ("http://example.org/a", "http://example.org/A", False),
        ("http://example.org/?a=1", "http://example.org/?a=2", False),
        ("http://example.org/a", "http://www.example.org/a", False),
        ("http://127.0.0.1/a", "http://1.0.0.127/a", False),
        ("http://example.org:8080/", "http://example.org/", False),
    ],
)
def test_what_makes_two_spellings_one_address(first: str, second: str, same: bool) -> None:
    assert (surt_key(first) == surt_key(second)) is same


@pytest.mark.parametrize(
    ("url", "hidden"),
    [
        ("https://api.example.org/?q=x&key=geheim", "https://api.example.org/?q=x&key=-"),
        ("https://api.example.org/?API_KEY=geheim", "https://api.example.org/?API_KEY=-"),
        ("https://api.example.org/?q=keys&monkey=1", "https://api.example.org/?q=keys&monkey=1"),
        ("https://api.example.org/a", "https://api.example.org/a"),
    ],
)
def test_keys_in_a_query_are_hidden(url: str, hidden: str) -> None:
    assert hide(url) == hidden


@pytest.mark.parametrize(
    "name",
    [
        *("../other/a.warc.gz", "..", "a/b.warc.gz", "/etc/passwd", "/dev/zero", "/x/../../etc/a.warc.gz", "~/a/../b"),
        *("C:\\a.warc.gz", "c:a.warc.gz", "..\\a.warc.gz", "\\\\host\\share\\a.warc.gz", "a\0.warc.gz", "a\n", ""),
    ],
)
async def test_a_name_that_leads_elsewhere_opens_nothing(web: Web, tmp_path: Path, name: str) -> None:
    async with Fetcher(keeping(tmp_path)) as fetcher:
        capture = (await fetcher.fetch(web.page("/a", "<p>x</p>"))).capture
    with pytest.raises(ArchiveError, match="nothing is opened") as refused:
        stored_body(dataclasses.replace(capture, warc=name), tmp_path)
    assert "\n" not in str(refused.value)


def test_files_of_the_folder_and_replayed_archives_keep_their_places(tmp_path: Path) -> None:
    assert place(tmp_path, "factdesk-1.warc.gz") == tmp_path / "factdesk-1.warc.gz"
    assert place(tmp_path, "/srv/web.warc") == Path("/srv/web.warc")
    assert place(tmp_path, "/srv/web.wacz/archive/data.warc.gz") == Path("/srv/web.wacz/archive/data.warc.gz")


@pytest.mark.parametrize("elsewhere", ["../secret.warc.gz", "/tmp/secret.warc.gz", "inner/secret.warc.gz"])
def test_a_revisit_leads_to_no_file_of_another_folder(tmp_path: Path, elsewhere: str) -> None:
    store = CaptureStore(tmp_path, "test")
    store.keep(exchange("http://example.org/1"))
    revisit = store.keep(exchange("http://example.org/2"))
    path = tmp_path / revisit.file
    data = path.read_bytes()
    head, tail = data[: revisit.offset], gzip.decompress(data[revisit.offset :])
    path.write_bytes(head + gzip.compress(tail.replace(revisit.file.encode(), elsewhere.encode(), 1)))
    with pytest.raises(ArchiveError, match=r"not a file in the same folder|nothing is opened"):
        read_back(path, revisit.offset, 1_000_000)


async def test_a_record_of_another_visit_is_not_taken_for_the_capture(web: Web, tmp_path: Path) -> None:
    async with Fetcher(keeping(tmp_path)) as fetcher:
        first = (await fetcher.fetch(web.page("/a", "<p>x</p>"))).capture
        other = (await fetcher.fetch(web.page("/b", "<p>x</p>"))).capture
    assert stored_body(first, tmp_path) == stored_body(other, tmp_path)
    for forged in (
        dataclasses.replace(first, offset=other.offset),
        dataclasses.replace(first, fetched_at="2020-01-01T00:00:00.000000Z"),
        dataclasses.replace(first, final_url="https://other.example/"),
    ):
        with pytest.raises(ArchiveError, match="belongs to another request"):
            stored_body(forged, tmp_path)


async def test_captures_are_their_owners_alone(web: Web, tmp_path: Path) -> None:
    folder = tmp_path / "new" / "captures"
    async with Fetcher(keeping(folder)) as fetcher:
        await fetcher.fetch(web.page("/a", "<p>x</p>"))
    modes = {path.suffix: stat.S_IMODE(path.stat().st_mode) for path in (folder, *folder.iterdir())}
    assert modes == {"": 0o700, ".gz": 0o600, ".cdxj": 0o600}
