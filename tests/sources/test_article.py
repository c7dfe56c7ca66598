"""The article from an address, a file or standard input; every failure is one clear line."""

from __future__ import annotations

import contextlib
import os
import threading
from pathlib import Path

import pytest
from loopback import Web

from claims.records import Page
from sources.article import read_article, sniff
from sources.errors import UnreadableError
from sources.fetching.fetch import Fetcher, FetchPolicy
from sources.outlets import load_outlets

POLICY = FetchPolicy(allow_private=True, per_host_delay=0.0, timeout=2.0, total=5.0, retries=0)
PARAGRAPH = "<p>The minister said on Monday that the talks would resume within two weeks, after a long pause.</p>"
BODY = "".join(PARAGRAPH.replace("two", str(number)) for number in range(2, 7))
PAGE = f"<!doctype html><html><head><title>Talks to resume</title></head><body><article>{BODY}</article></body>"


async def read(source: str | Path, stdin: bytes | None = None, policy: FetchPolicy = POLICY) -> Page:
    async with Fetcher(policy) as fetcher:
        page, capture = await read_article(str(source), fetcher, load_outlets(), stdin)
        assert page.capture == (capture.id if capture else None)
        return page


async def unreadable(source: str | Path, stdin: bytes | None = None, policy: FetchPolicy = POLICY) -> str:
    with pytest.raises(UnreadableError) as caught:
        await read(source, stdin, policy)
    line = str(caught.value)
    assert "\n" not in line
    return line


TEXT = "Putin said:\r\n  “We hear it.”\n\n\tThe end — a long dash.\n"


@pytest.mark.parametrize(
    ("name", "data", "text"),
    [
        ("a.txt", TEXT.encode(), TEXT),
        ("a.md", b"# Heading\n\nText with *stars* & <b>tags</b>.\n", "# Heading\n\nText with *stars* & <b>tags</b>.\n"),
        ("a.TXT", TEXT.encode(), TEXT),
        ("latin.txt", "Präsident in Köln, für Überläufer".encode("latin-1"), "Präsident in Köln, für Überläufer"),
        ("noextension", TEXT.encode(), TEXT),
        ("Mr. Roe on Monday", TEXT.encode(), TEXT),
    ],
)
async def test_a_text_file_is_read_unchanged(tmp_path: Path, name: str, data: bytes, text: str) -> None:
    (tmp_path / name).write_bytes(data)
    assert (await read(tmp_path / name)).text == text


async def test_broken_utf8_is_read_with_the_sound_part_whole(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("Präsident Putin".encode() + b"\xff\xfe said so.")
    text = (await read(tmp_path / "a.txt")).text
    assert "Putin" in text and "said so." in text


@pytest.mark.parametrize("name", ["a.html", "a.htm", "a.page"])
async def test_an_html_file_is_read(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(PAGE)
    page = await read(tmp_path / name)
    assert page.text.count("talks would resume") == 5
    assert "<p>" not in page.text


@pytest.mark.parametrize(
    ("name", "data", "todo"),
    [
        ("a.docx", b"PK\x03\x04", "; convert it to HTML, text or PDF, or find a transcript"),
        ("a.vtt", b"WEBVTT", "; open it and see whether it is the right one"),
    ],
)
async def test_a_file_that_cannot_be_read_is_not_told_to_be_saved(
    tmp_path: Path, name: str, data: bytes, todo: str
) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(UnreadableError, match=f"{todo}$"):
        await read(tmp_path / name)


async def test_standard_input_is_text_or_html() -> None:
    assert (await read("-", TEXT.encode())).text == TEXT
    assert "talks would resume" in (await read("-", PAGE.encode())).text


async def test_an_address_is_fetched(web: Web) -> None:
    page = await read(web.page("/a", PAGE))
    assert page.title == "Talks to resume"
    assert page.url == page.final_url == web.url("/a")
    assert page.capture


@pytest.mark.parametrize(
    ("status", "body", "words"),
    [
        (404, "<p>nothing</p>", "address"),
        (402, "<p>Subscribe</p>", "save the page"),
        (500, "oops", "500"),
        (200, "", ""),
        (200, "<html><body><nav><a href='/'>Home</a></nav></body></html>", ""),
    ],
)
async def test_an_address_that_gives_no_article(web: Web, status: int, body: str, words: str) -> None:
    url = web.page("/a", body, status)
    line = await unreadable(url)
    assert line.startswith(url)
    assert words in line


async def test_an_image_at_an_address_is_no_article(web: Web) -> None:
    assert "image/png" in await unreadable(web.page("/a", b"\x89PNG", Content_Type="image/png"))


async def test_loopback_and_offline_say_what_to_do(web: Web) -> None:
    assert "allow_private" in await unreadable(web.page("/a", PAGE), policy=FetchPolicy())
    assert "--offline" in await unreadable("https://www.reuters.com/a", policy=FetchPolicy(offline=True))


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\t\n", "empty"),
        ("binary.txt", b"\x00\x01\x02\x03" * 100, "not of a supported type"),
        ("binary", bytes(range(256)) * 4, "not of a supported type"),
        ("picture.png", b"\x89PNG\r\n\x1a\n" + bytes(100), ".docx, .pdf, .vtt or .srt"),
        ("broken.pdf", b"%PDF-1.7 and nothing more", ""),
        ("nothing.html", b"<html><body></body></html>", ""),
        ("big.txt", b"word " * 3_000_000, "larger"),
    ],
)
async def test_a_file_that_is_no_article_is_one_clear_line(tmp_path: Path, name: str, data: bytes, words: str) -> None:
    (tmp_path / name).write_bytes(data)
    line = await unreadable(tmp_path / name)
    assert name in line and words in line


async def test_missing_files_directories_and_other_schemes(tmp_path: Path) -> None:
    assert "no such file" in await unreadable(tmp_path / "missing.txt")
    assert "directory" in await unreadable(tmp_path)
    assert "only http and https" in await unreadable("ftp://example.org/a")
    assert "empty" in await unreadable("-", b"")
    assert await unreadable("a\x00b")


async def test_no_more_of_a_file_is_read_than_may_be(tmp_path: Path) -> None:
    pipe, written = tmp_path / "big.html", []
    os.mkfifo(pipe)

    def write() -> None:
        with contextlib.suppress(BrokenPipeError), pipe.open("wb", buffering=0) as file:
            written.extend(file.write(PARAGRAPH.encode() * 1_000) for _ in range(200))

    writer = threading.Thread(target=write, daemon=True)
    writer.start()
    assert "larger" in await unreadable(pipe)
    writer.join(30)
    assert POLICY.max_bytes * 0.9 < sum(written) < POLICY.max_bytes * 1.1 < len(PARAGRAPH) * 200_000


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.4\n", "application/pdf"),
        (b"\n  <!DOCTYPE html><p>", "text/html"),
        (b"\xef\xbb\xbf<HTML>", "text/html"),
        (b"<!-- saved --><html lang=en>", "text/html"),
        (b"<?xml version='1.0'?><html/>", "text/html"),
        (b"Plain words < more words", "text/plain"),
        ("Größe".encode("latin-1"), "text/plain"),
        ("Größe".encode("utf-16"), "text/plain"),
        (b"\x7fELF\x02\x01\x01\x00", None),
        (b"PK\x03\x04\x14\x00", None),
    ],
)
def test_unlabelled_bytes_are_sniffed(data: bytes, kind: str | None) -> None:
    assert sniff(data) == kind


async def test_credentials_in_an_address_are_not_repeated(web: Web) -> None:
    link = "<p>The talks go on, <a href='http://user:geheim@news.example.org/a'>the paper said</a>.</p>"
    url = web.page("/a", PAGE.replace("</article>", f"{link}</article>")).replace("http://", "http://user:geheim@")
    page = await read(url)
    assert "geheim" not in repr(page)
    assert [shown.href for shown in page.links] == ["http://news.example.org/a"]
    assert "geheim" not in await unreadable(web.url("/gone").replace("http://", "http://user:geheim@"))


@pytest.mark.parametrize(
    "name", ["rows.csv", "data.json", "notes.rtf", "script.py", "article.news", "letter.odt", "table.xlsx", "a.v2"]
)
async def test_a_file_of_another_kind_is_refused_with_what_is_taken(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text("The river is 300 metres wide, and the bridge cost 40 million euros.")
    assert ".html, .txt, .md, .docx, .pdf, .vtt or .srt" in await unreadable(tmp_path / name)
