"""Measures the sources package: hostile addresses and responses, the speed of fetching, and the cost of a re-check.

    python -m benchmarks.sources [named] [text] [states] [guard] [crafted] [politeness] [recheck] [--write]

Everything runs on loopback. With --write the table goes into docs/benchmarks.md.
"""

from __future__ import annotations

import asyncio
import dataclasses
import json
import multiprocessing
import re
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

import httpx

from benchmarks.common import ROOT, chosen_rows, data_folder, hashes, of_tests, write_section
from benchmarks.sources_text import f1, texts
from benchmarks.sources_web import serving
from claims.records import Citation, CitationKind, Page, Source
from sources.errors import Unavailable
from sources.fetching.fetch import Fetcher, FetchPolicy
from sources.gather import Network, read_source
from sources.outlets import load_outlets
from sources.page.page import read_page

Row = tuple[str, str, str, str]

_ADDRESSES = ROOT / "tests" / "sources" / "hostile.json"
_ARTICLE = Page(text="The minister said so.")
_DEADLINE = 3.0
_ABOUT = """## Sources

Measured by `python -m benchmarks.sources --write`; everything runs on loopback."""
_NOTES = """The hostile addresses and answers are read by the whole way from citation to text, each alone, with a \
deadline of 3 s; the peak is that of the process.
The limit that politeness sets for 200 sources on 40 hosts: per host six requests of 200 ms (one for robots.txt) \
and four pauses of 1 s.
The pages of the re-check have 30 kB and an ETag; a page without ETag and Last-Modified is sent whole again.
F1 is that of the article-extraction benchmark: 4-grams of words, each page of equal weight."""
_GRACE = 0.5  # seconds past the deadline that closing a connection may take
_HOSTS, _PER_HOST, _LATENCY = 40, 5, 0.2


def apart(work: Callable[[Connection], None]) -> object:
    """What ``work`` sends through its pipe, done in a fresh process so that memory is its own."""
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe()
    process = context.Process(target=work, args=(sender,))
    process.start()
    sender.close()  # so that a process that dies is an end of the file, not a wait for ever
    answer = receiver.recv()
    process.join()
    return answer


# -- hostile addresses and answers


def _peak() -> float:
    """The most memory that this process ever had, in MB; ru_maxrss would count what it was forked from."""
    match = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    assert match, "the peak is read from /proc, which is Linux's"
    return int(match[1]) / 1024


def _guard(pipe: Connection) -> None:
    pipe.send(asyncio.run(_attack()))


async def _attack() -> dict[str, object]:
    addresses = [url for urls in json.loads(_ADDRESSES.read_text()).values() for url in urls]
    readable, late = [], []
    strict = FetchPolicy(total=_DEADLINE, timeout=_DEADLINE / 2)
    open_policy = dataclasses.replace(strict, allow_private=True, robots=False, per_host_delay=0.0, retries=0)
    with serving() as (port, paths, _):
        attacks = [(url, strict) for url in addresses]
        attacks += [(f"http://127.0.0.1:{port}/bad/{path}", open_policy) for path in paths]
        before = _peak()
        for url, policy in attacks:
            start = time.monotonic()
            if await _read(url, policy):
                readable.append(url)
            if time.monotonic() - start > _DEADLINE + _GRACE:
                late.append(f"{url} ({time.monotonic() - start:.1f} s)")
    return {
        "attacks": len(attacks),
        "readable": readable,
        "late": late,
        "before": before,
        "peak": _peak(),
    }


async def _read(url: str, policy: FetchPolicy) -> bool:
    """Whether a link to this address gives a page, by the whole way from citation to text."""
    citation = Citation(kind=CitationKind.LINK, url=url)
    async with Fetcher(policy) as fetcher:
        reading = await read_source(
            Source(citation=citation), _ARTICLE, [], Network(fetcher=fetcher, outlets=load_outlets())
        )
    return reading.page is not None


def guard() -> Row:
    """Every hostile address and answer, one after the other."""
    result = apart(_guard)
    assert isinstance(result, dict)
    for problem in (*result["readable"], *result["late"]):
        print("  not refused or late:", problem)
    refused = result["attacks"] - len(result["readable"])
    measured = (
        f"**{refused} of {result['attacks']} refused**, {len(result['late'])} over the deadline, "
        f"peak {result['peak']:.0f} MB ({result['before']:.0f} MB before the first)"
    )
    return "hostile addresses and answers", "-", "all refused, under 300 MB, none over its deadline", measured


# -- bodies within the limits of bytes that were made to cost time or memory


def _crafted(pipe: Connection) -> None:
    pipe.send(asyncio.run(_read_crafted()))


async def _read_crafted() -> dict[str, object]:
    policy = FetchPolicy(allow_private=True, robots=False, per_host_delay=0.0, retries=0)
    costs: dict[str, float] = {}
    with serving() as (port, _, paths):
        for path in paths:
            before = _processor()
            await _read(f"http://127.0.0.1:{port}/bad/{path}", policy)
            costs[path] = _processor() - before
        children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024  # before the server's are among them
    return {"costs": costs, "peak": max(_peak(), children)}


def _processor() -> float:
    """Seconds of the processor that this process and those that it waited for have used."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def crafted() -> Row:
    """Every crafted body, one after the other, each within the limits of bytes."""
    result = apart(_crafted)
    assert isinstance(result, dict)
    costs = result["costs"]
    for path, seconds in costs.items():
        print(f"  {path.replace('%20', ' ')}: {seconds:.1f} s")
    late = sum(seconds > _DEADLINE for seconds in costs.values())
    measured = (
        f"**{max(costs.values()):.1f} s** for the slowest of {len(costs)}, {late} over 3 s, "
        f"peak {result['peak']:.0f} MB"
    )
    return "bodies made to cost time or memory, processor time", "-", "under 3 s and 300 MB each", measured


# -- politeness


async def _ours(urls: list[str], policy: FetchPolicy) -> float:
    start = time.monotonic()
    async with Fetcher(policy) as fetcher:
        await asyncio.gather(*(fetcher.fetch(url) for url in urls))
    return time.monotonic() - start


async def _bare(urls: list[str], delay: float) -> float:
    """What httpx takes with the same limits and nothing else: one request at a time for each host, then a pause."""
    turns = {httpx.URL(url).host: asyncio.Lock() for url in urls}

    async def visit(client: httpx.AsyncClient, url: str, last: bool) -> None:
        async with turns[httpx.URL(url).host]:
            (await client.get(url)).raise_for_status()
            await asyncio.sleep(0 if last else delay)

    start = time.monotonic()
    async with httpx.AsyncClient(limits=httpx.Limits(max_connections=64)) as client:
        await asyncio.gather(*(visit(client, url, n >= len(urls) - _HOSTS) for n, url in enumerate(urls)))
    return time.monotonic() - start


def _urls(port: int) -> list[str]:
    numbers = [(n, host) for n in range(_PER_HOST) for host in range(_HOSTS)]
    return [f"http://127.0.0.{host + 1}:{port}/page/{host}-{n}" for n, host in numbers]


def politeness() -> Row:
    """200 sources on 40 hosts with latency, one request at a time for each, a second's pause after each."""
    with serving(_LATENCY) as (port, _, _), tempfile.TemporaryDirectory() as folder:
        policy = FetchPolicy(allow_private=True, captures=Path(folder))
        ours = asyncio.run(_ours(_urls(port), policy))
        bare = asyncio.run(_bare(_urls(port), policy.per_host_delay))
    pauses = (_PER_HOST - 1) * policy.per_host_delay
    limit = pauses + (_PER_HOST + 1) * _LATENCY  # robots.txt is a request too
    measured = f"**{ours:.2f} s, {ours / limit:.2f}x** of the limit of {limit:.1f} s, captures written"
    peer = f"{bare:.2f} s (httpx alone, no robots.txt, nothing kept: limit {limit - _LATENCY:.1f} s)"
    return f"{_HOSTS * _PER_HOST} sources on {_HOSTS} hosts, politely", peer, "1.3x of the limit", measured


# -- re-check


async def _bytes(port: int) -> int:
    async with httpx.AsyncClient() as client:
        return int((await client.get(f"http://127.0.0.1:{port}/stats")).json()["sent"])


async def _twice(port: int, policy: FetchPolicy) -> tuple[int, int, bool]:
    bodies = []
    counts = [await _bytes(port)]
    for _ in range(2):  # a new fetcher each time, as on another day
        async with Fetcher(policy) as fetcher:
            fetched = await asyncio.gather(*(fetcher.fetch(url) for url in _urls(port)))
        bodies.append([got.capture.sha256 for got in fetched])
        counts.append(await _bytes(port))
    return counts[1] - counts[0], counts[2] - counts[1], bodies[0] == bodies[1]


def recheck() -> Row:
    """200 unchanged pages of 30 kB with an ETag, fetched and fetched again."""
    with serving() as (port, _, _), tempfile.TemporaryDirectory() as folder:
        policy = FetchPolicy(allow_private=True, per_host_delay=0.0, captures=Path(folder))
        first, second, same = asyncio.run(_twice(port, policy))
    measured = f"**{second / first:.1%}** of {first / 1e6:.1f} MB" + ("" if same else ", but other bytes came back")
    return "re-check of 200 unchanged sources (with ETag), bytes", "100 %", "under 20 %", measured


# -- pages and names


def named() -> Row:
    """Sources that are named without a link (see resolve.py for each of them)."""
    from benchmarks.resolve import five, held_back  # noqa: PLC0415  not into the process whose memory is measured

    resolved = sum(way != "not found" for _, way in five())
    right, sentences, wrong, _ = held_back()
    measured = f"**{resolved} of 5; {right} of {sentences} ({right / sentences:.0%}), {wrong} of a wrong outlet**"
    reach = "5 of 5; 90 % of the sentences, no wrong outlet"
    return "sources of an article with five citations; of 30 held-back sentences", "1 of 5", reach, measured


def _ours_text(data: bytes, url: str) -> str:
    try:
        return read_page(data, url=url, content_type="text/html").text
    except Unavailable:
        return ""


def _trafilatura_text(data: bytes, _url: str) -> str:
    import trafilatura  # noqa: PLC0415  not into the process whose memory is measured

    return trafilatura.extract(data, include_comments=False) or ""


def text() -> Row:
    """The text of 102 saved news pages against the true one."""
    folder = data_folder() / "pages"
    ours, alone = (f1(texts(folder, read)) for read in (_ours_text, _trafilatura_text))
    return "text of 102 news pages, F1", f"{alone:.3f} (trafilatura alone)", "not below .958", f"**{ours:.3f}**"


def states() -> Row:
    """Recorded kinds of response: the reason must be right, and none of them taken for a readable page."""
    recorded = of_tests("sources/recorded")
    outcomes = [(kind, recorded.outcome(kind)) for kind in recorded.kinds()]
    for kind, got in outcomes:
        if got != (kind.told, kind.partial):
            print(f"  {kind.name}: {got}, should be {(kind.told, kind.partial)}")
    right = sum(got == (kind.told, kind.partial) for kind, got in outcomes)
    taken = sum(bool(kind.told) and got[0] is None for kind, got in outcomes)
    measured = f"**{right} of {len(outcomes)} right, {taken} taken for readable**"
    return f"{len(outcomes)} recorded kinds of response", "-", "95 % right, none taken for readable", measured


ROWS: dict[str, Callable[[], Row]] = {
    "named": named,
    "text": text,
    "states": states,
    "guard": guard,
    "crafted": crafted,
    "politeness": politeness,
    "recheck": recheck,
}


def main(arguments: list[str]) -> None:
    """Print the table of the measures that were named, or of all."""
    report = chosen_rows(("what", "peers", "reach", "measured"), ROWS, arguments)
    if "--write" in arguments:
        data = hashes([data_folder() / "pages" / "gold.jsonl.gz"])
        write_section("sources", f"{_ABOUT}\n\n{report}\n\n{_NOTES}\n\nData:\n\n{data}")


if __name__ == "__main__":
    main(sys.argv[1:])
