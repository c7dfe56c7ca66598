"""The dated captures of an address, from a desk's own folder and from anybody's archive."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from loopback import Recorder, Web

from claims.records import Via
from sources.captures.history import Dated, dated, in_archive, in_folder
from sources.captures.replay import Archive
from sources.captures.revisions import Revision
from sources.captures.store import CaptureStore
from sources.fetching.fetch import Fetcher, FetchPolicy
from sources.outlets import load_outlets

OUTLETS = load_outlets()
URL = "https://news.example.org/talks"


def story(share: int, title: str = "Talks go on", more: str = "") -> str:
    body = "".join(
        f"<p>{text}</p>"
        for text in (
            f"The minister said on Monday that {share} percent of the members had voted for the plan.",
            "Ministers agreed on Monday night to cut the harbour budget by five percent, after long talks.",
            "Parliament has to vote on the plan before the end of March, and the government has a small majority.",
            more,
        )
    )
    return f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>{body}</article></body></html>"


def told(captures: list[Dated]) -> list[tuple[int, bool, list[str]]]:
    """(status, whether there is a page, what changed since the one before)."""
    return [
        (
            capture.capture.status,
            capture.page is not None,
            [edit.kind.value for edit in (capture.revision or Revision()).edits],
        )
        for capture in captures
    ]


async def fetch(web: Web, folder: Path, *bodies: tuple[str, int]) -> None:
    policy = FetchPolicy(allow_private=True, per_host_delay=0.0, robots=False, captures=folder)
    async with Fetcher(policy) as fetcher:
        for body, status in bodies:
            await fetcher.fetch(web.page("/talks", body, status))


async def test_captures_of_our_own_are_compared_in_the_order_of_time(web: Web, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    await fetch(
        web,
        kept,
        (story(85), 200),
        (story(85), 200),
        (story(90, "Talks fail", "Nobody is happy with that, Ines Holm said."), 200),
        ("<p>gone</p>", 404),
        (story(90, "Talks fail", "Nobody is happy with that, Ines Holm said."), 200),
    )
    url = web.url("/talks")
    captures = await asyncio.to_thread(lambda: dated(in_folder(url, kept), kept, OUTLETS))
    assert told(captures) == [
        (200, True, []),
        (200, True, []),
        (200, True, ["reworded", "new"]),
        (404, False, []),
        (200, True, []),
    ]
    assert captures[2].revision is not None
    assert captures[2].revision.title == ("Talks go on", "Talks fail")
    assert captures[3].note.startswith("not_found")
    assert captures[0].capture.sha256 == captures[1].capture.sha256
    assert {capture.capture.via for capture in captures} == {Via.LIVE}


async def test_redirects_and_saved_pages_are_listed_and_not_compared(web: Web, tmp_path: Path) -> None:
    web.page("/moved", status=301, Location="/talks")
    await fetch(web, tmp_path, (story(85), 200))
    async with Fetcher(FetchPolicy(allow_private=True, robots=False, captures=tmp_path)) as fetcher:
        await fetcher.fetch(web.url("/moved"))
    url = web.url("/moved")
    CaptureStore(tmp_path, "test").attach(story(10).encode(), url, "text/html", "2030-01-01T00:00:00Z")
    captures = await asyncio.to_thread(lambda: dated(in_folder(url, tmp_path), tmp_path, OUTLETS))
    assert [(capture.capture.via, capture.note) for capture in captures] == [
        (Via.LIVE, "leads to /talks"),
        (Via.MANUAL, ""),
    ]
    assert captures[1].revision is None


def archive(path: Path) -> Path:
    recorder = Recorder(path)
    for day, share in (("2026-03-01", 95), ("2026-01-20", 85), ("2026-02-01", 90)):
        recorder.page(URL, story(share).encode(), at=f"{day}T10:00:00Z")
    recorder.revisit(URL, URL, "2026-01-25T10:00:00Z")
    return recorder.close()


def test_an_archive_with_several_dated_records_of_one_address(tmp_path: Path) -> None:
    captures = dated(in_archive(URL, archive(tmp_path / "a.warc.gz")), tmp_path, OUTLETS)
    assert [capture.capture.fetched_at[:10] for capture in captures] == [
        "2026-01-20",
        "2026-01-25",
        "2026-02-01",
        "2026-03-01",
    ]
    assert told(captures) == [(200, True, []), (200, True, []), (200, True, ["reworded"]), (200, True, ["reworded"])]
    assert captures[2].revision is not None
    assert ("-", "85") in captures[2].revision.edits[0].diff
    assert dated(in_archive("https://news.example.org/other", tmp_path / "a.warc.gz"), tmp_path, OUTLETS) == []


@pytest.mark.parametrize(
    ("near", "share"),
    [
        ("2026-01-19", b"85"),
        ("2026-01-30T08:00:00+01:00", b"90"),
        ("2026-02-20", b"95"),
        ("2027-01-01", b"95"),
        (None, b"95"),
    ],
)
def test_which_of_several_dated_records_answers(tmp_path: Path, near: str | None, share: bytes) -> None:
    _, body = Archive.open(archive(tmp_path / "a.warc.gz")).fetch(URL, 100_000, near)
    assert share + b" percent" in body


def test_a_record_that_is_gone_is_told(tmp_path: Path) -> None:
    kept = CaptureStore(tmp_path, "test").attach(story(85).encode(), URL, "text/html", "2026-01-20T10:00:00Z")
    captures = in_folder(URL, tmp_path)
    assert kept.warc is not None
    (tmp_path / kept.warc).unlink()
    (lost,) = dated(captures, tmp_path, OUTLETS)
    assert lost.page is None
    assert kept.warc in lost.note
    (again,) = dated(in_folder(URL, tmp_path), tmp_path, OUTLETS)
    assert (again.page, again.capture.sha256, again.capture.offset) == (None, "", kept.offset)
    assert kept.warc in again.note
