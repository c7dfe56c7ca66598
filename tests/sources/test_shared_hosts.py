"""Several processes on one captures folder: one request of a host at a time, pauses kept, robots.txt read once."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from loopback import Web

from sources.errors import Unavailable, WriteError
from sources.fetching.fetch import Fetcher, FetchPolicy
from sources.fetching.politeness import Host
from sources.fetching.shared_hosts import HostFile, store_robots, stored_robots

ROOT = Path(__file__).parents[2]
RULES = b"User-agent: *\nDisallow: /private\n"
FETCH = """
import asyncio, sys
from pathlib import Path
from sources.fetching.fetch import Fetcher, FetchPolicy

async def main():
    ports = (int(sys.argv[2]),)
    policy = FetchPolicy(captures=Path(sys.argv[1]), allow_private=True, ports=ports, per_host_delay=0.01)
    async with Fetcher(policy) as fetcher:
        await asyncio.gather(*(fetcher.fetch(url) for url in sys.argv[3:]))

asyncio.run(main())
"""
HOLD = """
import asyncio, sys
from pathlib import Path
from sources.fetching.shared_hosts import HostFile

async def main():
    await HostFile(Path(sys.argv[1]), "a.example").lock()
    print("locked", flush=True)
    await asyncio.sleep(600)

asyncio.run(main())
"""


def start(program: str, *words: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", program, *map(str, words)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def test_processes_take_turns_and_read_robots_txt_once(web: Web, tmp_path: Path) -> None:
    web.pages["/robots.txt"] = (200, {"Content-Type": "text/plain"}, RULES)
    here: list[str] = []
    crowds: list[int] = []

    def page(handler: BaseHTTPRequestHandler) -> None:
        here.append(handler.path)
        time.sleep(0.05)  # long enough for another process to come in between, if it could
        crowds.append(len(here))
        handler.send_response(200)
        handler.send_header("Content-Type", "text/html")
        handler.send_header("Content-Length", "2")
        handler.end_headers()
        here.remove(handler.path)
        handler.wfile.write(b"ok")

    urls = [[web.answer(f"/{process}/{number}", page) for number in range(3)] for process in range(3)]
    running = [start(FETCH, tmp_path, web.port, *addresses) for addresses in urls]
    for process in running:
        process.communicate(timeout=120)
        assert process.returncode == 0
    assert crowds == [1] * 9
    assert [asked.path for asked in web.asked].count("/robots.txt") == 1


async def test_the_pause_of_another_process_is_kept(tmp_path: Path) -> None:
    first, second = HostFile(tmp_path, "a.example"), HostFile(tmp_path, "a.example")
    assert await first.lock() == 0.0
    waiting = asyncio.create_task(second.lock())
    await asyncio.sleep(0)
    assert not waiting.done()
    first.release(20.0)
    left = await waiting
    second.release(0.0)
    assert 0.0 < left < 20.01  # the file holds milliseconds
    other = HostFile(tmp_path, "b.example")
    assert await other.lock() == 0.0
    other.release(0.0)


async def test_who_is_cancelled_while_waiting_leaves_the_pause(tmp_path: Path) -> None:
    elsewhere = HostFile(tmp_path, "a.example")
    await elsewhere.lock()
    elsewhere.release(20.0)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.2), Host().turn(0.0, HostFile(tmp_path, "a.example")):
            raise AssertionError("the pause was not kept")
    assert 10.0 < await elsewhere.lock() < 20.01
    elsewhere.release(0.0)


@pytest.mark.parametrize(("pause", "kept"), [(0.0, False), (60.0, True)])
async def test_a_long_pause_is_kept_where_it_may_be_so_long(pause: float, kept: bool, tmp_path: Path) -> None:
    first, second = HostFile(tmp_path, "a.example"), HostFile(tmp_path, "a.example")
    await first.lock()
    first.release(50.0)
    assert (await second.lock(pause) > 40.0) is kept
    second.release(0.0)


async def test_the_turn_of_a_process_that_was_killed_is_free(tmp_path: Path) -> None:
    process = start(HOLD, tmp_path)
    assert process.stdout is not None
    assert process.stdout.readline() == "locked\n"
    ours = HostFile(tmp_path, "a.example")
    waiting = asyncio.create_task(ours.lock())
    await asyncio.sleep(0)
    assert not waiting.done()
    process.kill()
    process.communicate()
    assert await waiting == 0.0
    ours.release(0.0)


@pytest.mark.parametrize("text", ["", "garbage", "1.0", "1e12", "nan", "inf"])
async def test_a_time_that_cannot_be_is_no_pause(text: str, tmp_path: Path) -> None:
    shared = HostFile(tmp_path, "a.example")
    await shared.lock()
    shared.release(0.0)
    (file,) = (tmp_path / "hosts").iterdir()
    file.write_text(text)
    assert await shared.lock() == 0.0
    shared.release(0.0)


async def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "hosts").write_text("a file")
    with pytest.raises(WriteError, match="hosts"):
        await HostFile(tmp_path, "a.example").lock()
    with pytest.raises(WriteError, match="hosts"):
        store_robots(tmp_path, "https://a.example", 200, b"")


def test_the_names_of_hosts_stay_in_the_folder(tmp_path: Path) -> None:
    for site in ("https://../../a", "http://[::1]:80", f"https://{'a' * 400}.example"):
        store_robots(tmp_path, site, 200, RULES)
        kept = stored_robots(tmp_path, site)
        assert kept is not None
        assert (kept.status, kept.body) == (200, RULES)
    assert {file.parent for file in tmp_path.rglob("*.robots")} == {tmp_path / "hosts"}


DAY = 24 * 3600


@pytest.mark.parametrize(
    ("status", "age", "asked"),
    [
        (200, 0, False),
        (200, DAY - 60, False),
        (200, DAY + 60, True),
        (404, DAY - 60, False),
        (503, 0, False),
        (503, 120, True),
        (200, -DAY, True),  # stored by a clock that has been set back since
        (None, 0, True),
    ],
)
async def test_how_long_a_robots_txt_of_another_process_counts(
    status: int | None, age: float, asked: bool, web: Web, tmp_path: Path
) -> None:
    web.pages["/robots.txt"] = (404, {}, b"")
    page = web.page("/private/page", "x")
    store_robots(tmp_path, page.removesuffix("/private/page"), status or 200, RULES)
    (file,) = (tmp_path / "hosts").iterdir()
    head = json.dumps({"at": datetime.now(UTC).timestamp() - age, "status": status}) if status else "{"
    file.write_bytes(head.encode() + b"\n" + RULES)
    policy = FetchPolicy(captures=tmp_path, allow_private=True, ports=(web.port,), per_host_delay=0.0)
    allowed = True
    async with Fetcher(policy) as fetcher:
        try:
            await fetcher.fetch(page)
        except Unavailable:
            allowed = False
    assert ("/robots.txt" in [request.path for request in web.asked]) == asked
    assert allowed == (asked or status == 404)
