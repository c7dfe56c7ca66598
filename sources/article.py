"""Reads an article from an address, a file or standard input into a Page."""

from __future__ import annotations

import asyncio
import dataclasses
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

from claims.addresses import is_address
from claims.glossary import OBSTACLES
from claims.records import Capture, OutletDirectory, Page, Reason
from sources import urls
from sources.contained import contained
from sources.errors import Unavailable, UnreadableError, error_words
from sources.fetching.fetch import Fetched, Fetcher
from sources.page import media_types
from sources.page.page import read_page
from sources.page.states import state_of
from sources.refresh import fetch_page

_SUFFIX = re.compile(r"\.[a-zA-Z0-9]{1,8}")  # of a name that says of which kind the file is


async def read_article(
    source: str, fetcher: Fetcher, outlets: OutletDirectory, stdin: bytes | None = None
) -> tuple[Page, Capture | None]:
    """The page at an http(s) address with its capture, in a file, or in ``stdin`` for "-".

    The text of a text file is the decoded file itself, unchanged.
    Raises UnreadableError with one line that says what to do.
    """
    try:
        with contained(urls.anonymous(source)):
            if source == "-":
                return await _page_of_file(stdin or b"", "standard input", fetcher, outlets), None
            if is_address(source):
                return await _from_web(source, fetcher, outlets)
            path = local_path(source)
            data = await asyncio.to_thread(_file, path, fetcher.policy.max_bytes)
            return await _page_of_file(
                data, source, fetcher, outlets, media_types.OF_SUFFIX.get(path.suffix.lower())
            ), None
    except Unavailable as error:
        obstacle = OBSTACLES[error.reason]
        reason = error.detail or obstacle.meaning
        shown = urls.anonymous(source)
        named = reason if shown in reason else f"{shown}: {reason}"
        todo = obstacle.todo_for_article if is_address(source) else obstacle.todo_for_file
        raise UnreadableError(f"{named}; {todo}") from error


async def _from_web(url: str, fetcher: Fetcher, outlets: OutletDirectory) -> tuple[Page, Capture]:
    fetched = await fetch_page(fetcher, url)
    try:
        async with asyncio.timeout(fetched.left):
            return await asyncio.to_thread(_article_page, fetched, outlets), fetched.capture
    except TimeoutError as error:
        raise Unavailable(Reason.TIMEOUT, f"not read within {fetcher.policy.total:g} seconds") from error


def _article_page(fetched: Fetched, outlets: OutletDirectory) -> Page:
    capture = fetched.capture
    state = state_of(capture.status, capture.headers, fetched.body, capture.url, capture.final_url)
    if state is not None:
        raise Unavailable(*state)
    if capture.status >= 400:
        raise Unavailable(Reason.UNREACHABLE, f"the server answered with status {capture.status}")
    return read_page(
        fetched.body,
        url=capture.url,
        final_url=capture.final_url,
        content_type=fetched.content_type,
        outlets=outlets,
        capture=capture.id,
    )


async def _page_of_file(
    data: bytes, name: str, fetcher: Fetcher, outlets: OutletDirectory, content_type: str | None = None
) -> Page:
    if not data.strip():
        raise UnreadableError(f"{name}: is empty")
    if len(data) > fetcher.policy.max_bytes:
        raise UnreadableError(f"{name}: is larger than {fetcher.policy.max_bytes:,} bytes; raise fetch.max_bytes")
    kind = content_type or sniff(data)
    strange = content_type is None and kind == media_types.PLAIN and _SUFFIX.fullmatch(Path(name).suffix)
    if kind is None or strange or (kind not in media_types.PACKED and _binary(data)) or data.startswith(b"{\\rtf"):
        raise UnreadableError(f"{name}: is not of a supported type: {media_types.TAKEN}")
    page = await asyncio.to_thread(read_page, data, content_type=kind, outlets=outlets)
    # A file without a title goes by its own name, so that people can tell their files apart.
    return dataclasses.replace(page, title=page.title or Path(name).name)


def sniff(data: bytes) -> str | None:
    """The media type of unlabelled bytes (after WHATWG MIME Sniffing): HTML, PDF, .docx, text; None for binary data."""
    if data[:1024].lstrip().startswith(b"%PDF-"):
        return media_types.PDF
    if media_types.is_docx(data):
        return media_types.DOCX
    start = data[:2048].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith((b"<!doctype html", b"<html", b"<head", b"<body", b"<?xml")) or b"<html" in start:
        return media_types.HTML
    return None if _binary(data) else media_types.PLAIN


def _binary(data: bytes) -> bool:
    """Whether bytes hold control codes that no text has; UTF-16 and UTF-32 are recognised by their byte-order mark."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    start = data[:8192]
    return b"\x00" in start or sum(byte < 32 and byte not in b"\t\n\r\f\x1b" for byte in start) > len(start) // 100


def local_path(source: str) -> Path:
    """The file that a SOURCE names which is no address; raises UnreadableError for other schemes than ``file:``."""
    if source.startswith("file:"):
        return Path(unquote(urlsplit(source).path))
    scheme, colon, _rest = source.partition("://")
    if colon and scheme.isalnum():
        raise UnreadableError(f"{source}: only http and https addresses and files can be read")
    return Path(source).expanduser()


def _file(path: Path, limit: int) -> bytes:
    """At most one byte more than the limit, so that no file exhausts the memory."""
    try:
        if path.is_dir():
            raise UnreadableError(f"{path}: is a directory; name the file in it")
        with path.open("rb") as file:
            return file.read(limit + 1)
    except FileNotFoundError as error:
        raise UnreadableError(f"{path}: no such file; an address begins with http:// or https://") from error
    except (OSError, ValueError) as error:
        raise UnreadableError(f"{path}: cannot be read ({error_words(error)})") from error
