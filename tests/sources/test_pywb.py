"""A real pywb server replays what we kept; skipped aloud where pywb is not installed beside."""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import json
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from loopback import Web

from claims.records import Citation, CitationKind, Page, Source, Via
from sources.captures.history import in_folder
from sources.fetching.fetch import Fetcher, FetchPolicy
from sources.finding.archived_copies import fetch_copy
from sources.finding.memento import Memento
from sources.gather import Network, read_source
from sources.index.lookup import history
from sources.outlets import load_outlets

MANAGER, SERVER = shutil.which("wb-manager"), shutil.which("wayback")
pytestmark = [
    pytest.mark.beside,
    pytest.mark.skipif(not (MANAGER and SERVER), reason="no pywb on the PATH to replay our captures with"),
]
LOCAL = FetchPolicy(allow_private=True, per_host_delay=0.0, robots=False, timeout=5.0, retries=0)


@contextlib.contextmanager
def replaying(folder: Path, warcs: list[Path]) -> Iterator[str]:
    """The address of a pywb server that holds these files as the collection ``kept``."""
    assert MANAGER and SERVER
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    for command in (["init", "kept"], ["add", "kept", *map(str, warcs)]):
        subprocess.run([MANAGER, *command], cwd=folder, check=True, capture_output=True)
    command = [SERVER, "-b", "127.0.0.1", "-p", str(port)]
    server = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(200):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 0.2):
                break
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}/kept"
    finally:
        server.terminate()
        server.wait()


def unchanged(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(304)
    handler.send_header("ETag", '"1"')
    handler.end_headers()


async def test_pywb_replays_pages_packed_pages_errors_and_rechecks(web: Web, tmp_path: Path) -> None:
    pages = {
        "/plain": web.page("/plain", "<p>plain</p>", ETag='"1"'),
        "/packed": web.page("/packed", gzip.compress(b"<p>packed</p>"), Content_Encoding="gzip"),
        "/missing": web.url("/missing"),
    }
    kept = tmp_path / "kept"
    async with Fetcher(FetchPolicy(allow_private=True, per_host_delay=0.0, captures=kept)) as fetcher:
        for url in pages.values():
            await fetcher.fetch(url)
        web.answer("/plain", unchanged)
        await asyncio.sleep(1.1)  # a memento's time has whole seconds
        await fetcher.fetch(pages["/plain"])
    files = await asyncio.to_thread(lambda: list(kept.glob("*.warc.gz")))
    seen = {}
    with replaying(tmp_path, files) as archive:
        async with Fetcher(LOCAL) as fetcher:
            for name, url in pages.items():
                fetched = await fetcher.fetch(f"{archive}/2030id_/{url}")
                seen[name] = (fetched.status, fetched.body)
            assert (await fetcher.fetch(f"{archive}/2030id_/{web.url('/never')}")).status == 404
    assert seen == {
        "/plain": (200, b"<p>plain</p>"),
        "/packed": (200, b"<p>packed</p>"),
        "/missing": (404, b"<p>not here</p>"),
    }


async def test_a_page_that_is_gone_is_read_from_a_real_archive(web: Web, tmp_path: Path) -> None:
    body = "".join(f"<p>The minister said on Monday that the talks would resume in {n} weeks.</p>" for n in range(2, 9))
    url = web.page("/story", f"<html><head><title>Talks</title></head><body><article>{body}</article></body></html>")
    async with Fetcher(FetchPolicy(allow_private=True, captures=tmp_path / "kept")) as fetcher:
        then = await fetcher.fetch(url)
    web.page("/story", "<p>gone</p>", 410)
    files = await asyncio.to_thread(lambda: list((tmp_path / "kept").glob("*.warc.gz")))
    source = Source(citation=Citation(kind=CitationKind.LINK, url=url))
    with replaying(tmp_path, files) as address:
        async with Fetcher(LOCAL) as fetcher:
            archive = Memento(get=fetcher.get, url=address)
            reading = await read_source(
                source, Page(text="."), [], Network(fetcher=fetcher, outlets=load_outlets(), search=(archive,))
            )
    capture = reading.source.capture
    assert capture is not None and reading.page is not None
    assert (capture.via, capture.url, capture.sha256) == (Via.ARCHIVE, url, then.capture.sha256)
    assert "talks would resume" in reading.page.text


async def kept_thrice(web: Web, folder: Path) -> tuple[str, list[Path]]:
    """The address of a page that was captured as three versions of itself, a second apart, and the files."""
    url = web.url("/story")
    async with Fetcher(FetchPolicy(allow_private=True, per_host_delay=0.0, captures=folder)) as fetcher:
        for number in (1, 2, 3):
            web.page("/story", f"<html><body><p>version {number}</p></body></html>")
            await fetcher.fetch(url)
            await asyncio.sleep(1.1)  # a memento's time has whole seconds
    return url, await asyncio.to_thread(lambda: list(folder.glob("*.warc.gz")))


async def test_every_dated_capture_of_an_address_is_in_pywbs_timemap_and_index(web: Web, tmp_path: Path) -> None:
    url, files = await kept_thrice(web, tmp_path / "kept")
    with replaying(tmp_path, files) as address:
        async with Fetcher(LOCAL) as fetcher:
            copies = await Memento(get=fetcher.get, url=address).copies(url)
            bodies = [(await fetcher.fetch(copy.url, configured=True)).body for copy in copies]
            asked = f"{address}/cdx?url={url}&output=json"
            lines = (await fetcher.fetch(asked, configured=True)).body.decode().splitlines()
            never = await Memento(get=fetcher.get, url=address).copies(web.url("/never"))
    assert [body[15:24] for body in bodies] == [b"version 3", b"version 2", b"version 1"]  # without a day: newest first
    ours = [kept for kept in history(tmp_path / "kept", url) if kept.status == 200]
    theirs = [json.loads(line) for line in lines]
    stamps = ["".join(filter(str.isdigit, kept.date))[:14] for kept in ours]
    assert [(line["timestamp"], line["status"]) for line in theirs] == [(stamp, "200") for stamp in stamps]
    assert len({line["digest"] for line in theirs}) == 3
    assert never == ()


async def test_a_page_out_of_pywb_is_the_page_that_was_kept(web: Web, tmp_path: Path) -> None:
    url, files = await kept_thrice(web, tmp_path / "kept")
    with replaying(tmp_path, files) as address:
        async with Fetcher(FetchPolicy(allow_private=True, robots=False, captures=tmp_path / "copies")) as fetcher:
            (first, *_) = reversed(await Memento(get=fetcher.get, url=address).copies(url))
            copy = await fetch_copy(url, first, fetcher)
    kept = in_folder(url, tmp_path / "kept")[0]
    assert (copy.capture.via, copy.capture.url, copy.capture.sha256) == (Via.ARCHIVE, url, kept.sha256)
    assert copy.capture.final_url.startswith(address)
