"""WACZ files: whole, without secrets, and opened by us and by the programs of others."""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import json
import shutil
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from loopback import Web

from claims.records import Capture
from sources.captures.replay import Archive
from sources.errors import ArchiveError, WriteError
from sources.fetching.fetch import Fetcher, FetchPolicy
from sources.packing.wacz import WaczPage, write_wacz

AT = "2026-11-27T10:00:00.123+00:00"
PAGE = "<html><body><p>The bridge cost 40 million euros.</p></body></html>"


async def captured(web: Web, folder: Path) -> list[Capture]:
    """A page, the same page again (kept as a revisit), a packed page with secrets, and a missing one."""
    pages = [
        web.page("/story", PAGE),
        web.page("/copy", PAGE),
        web.page("/packed?token=geheim1234567890abcdef", gzip.compress(b"<p>packed</p>"), Content_Encoding="gzip",
                 Set_Cookie="session=geheim"),
        web.url("/missing"),
    ]  # fmt: skip
    policy = FetchPolicy(allow_private=True, per_host_delay=0.0, robots=False, retries=0, captures=folder)
    async with Fetcher(policy) as fetcher:
        return [(await fetcher.fetch(url)).capture for url in pages]


def written(captures: list[Capture], folder: Path, file: Path) -> dict[str, bytes]:
    pages = [WaczPage(url=captures[0].final_url, at=captures[0].fetched_at, title="The bridge")]
    extra = {"factdesk/claims.json": b"[]"}
    count = write_wacz(file, captures, folder, pages=pages, extra=extra, title="Claims", at=AT)
    with zipfile.ZipFile(file) as archive:
        assert archive.testzip() is None
        assert {info.compress_type for info in archive.infolist()} == {zipfile.ZIP_STORED}
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert len(parts) == count
    return parts


async def test_every_file_has_its_hash_and_the_index_leads_to_the_records(web: Web, tmp_path: Path) -> None:
    captures = await captured(web, tmp_path / "kept")
    parts = written(captures, tmp_path / "kept", tmp_path / "a.wacz")
    package = json.loads(parts["datapackage.json"])
    assert (package["profile"], package["wacz_version"], package["created"]) == (
        "data-package", "1.1.1", "2026-11-27T10:00:00Z",
    )  # fmt: skip
    listed = {resource["path"]: resource for resource in package["resources"]}
    assert set(parts) - set(listed) == {"datapackage.json", "datapackage-digest.json"}
    for name, resource in listed.items():
        assert resource["hash"] == f"sha256:{hashlib.sha256(parts[name]).hexdigest()}"
        assert resource["bytes"] == len(parts[name])
    digest = json.loads(parts["datapackage-digest.json"])
    assert digest["hash"] == f"sha256:{hashlib.sha256(parts['datapackage.json']).hexdigest()}"
    index = gzip.decompress(parts["indexes/index.cdx.gz"]).decode().splitlines()
    assert (len(index), index) == (4, sorted(index))
    for line in index:
        fields = json.loads(line.split(" ", 2)[2])
        start, length = int(fields["offset"]), int(fields["length"])
        record = gzip.decompress(parts[f"archive/{fields['filename']}"][start : start + length])
        assert record.startswith(b"WARC/1.1\r\n")
        assert f"WARC-Target-URI: {fields['url']}\r\n".encode() in record
    head, page = map(json.loads, parts["pages/pages.jsonl"].decode().splitlines())
    assert head["format"] == "json-pages-1.0"
    assert (page["url"], page["title"], page["ts"][-1]) == (captures[0].final_url, "The bridge", "Z")


async def test_it_replays_the_same_bytes_and_has_no_secrets(web: Web, tmp_path: Path) -> None:
    captures = await captured(web, tmp_path / "kept")
    parts = written(captures, tmp_path / "kept", tmp_path / "a.wacz")
    assert b"geheim" not in gzip.decompress(parts["archive/data.warc.gz"])
    archive = Archive.open(tmp_path / "a.wacz")
    for capture in captures:
        url = capture.final_url.replace("geheim1234567890abcdef", "-")
        again, body = archive.fetch(url, 1_000_000)
        assert (again.sha256, again.status) == (capture.sha256, capture.status)
        assert hashlib.sha256(body).hexdigest() == capture.sha256


async def test_it_is_never_incomplete(web: Web, tmp_path: Path) -> None:
    captures = await captured(web, tmp_path / "kept")
    for broken in (replace(captures[0], sha256="0" * 64), replace(captures[0], warc=None)):
        with pytest.raises(ArchiveError):
            written([captures[1], broken], tmp_path / "kept", tmp_path / "a.wacz")
        assert left_over(tmp_path) == []
    with pytest.raises(WriteError, match="cannot be written"):
        written(captures, tmp_path / "kept", tmp_path / "nowhere" / "a.wacz")


def left_over(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name.startswith("a.wacz")]


@pytest.mark.beside
async def test_pywb_unpacks_and_indexes_it(web: Web, tmp_path: Path) -> None:
    manager = shutil.which("wb-manager")
    if manager is None:
        pytest.skip("no pywb on the PATH to open a WACZ with")
    captures = await captured(web, tmp_path / "kept")
    written(captures, tmp_path / "kept", tmp_path / "a.wacz")
    for command in (["init", "kept"], ["add", "--unpack-wacz", "kept", str(tmp_path / "a.wacz")]):
        await asyncio.to_thread(subprocess.run, [manager, *command], cwd=tmp_path, check=True, capture_output=True)
    index = (tmp_path / "collections" / "kept" / "indexes" / "index.cdxj").read_text(encoding="utf-8")
    assert [line.count("/story") for line in index.splitlines() if "/story" in line]
    assert len(index.splitlines()) == len(captures)
