"""A small desk for end-to-end tests: an article, an archive of the pages that it leads to, and a ledger."""

from __future__ import annotations

import asyncio
import html
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path

from click.testing import CliRunner
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from claims.ledger.ledger import Ledger
from claims.records import Check
from flows.checks import pipeline
from flows.cli import factdesk
from flows.config.setup import CheckOptions, Setup, setup
from sources.fetching.fetch import FetchPolicy

WSJ = "https://www.wsj.com/finance/currencies/ruble-gains-1a2b3c"
Answer = tuple[str, int]


def page(title: str, *paragraphs: str) -> Answer:
    """A page as outlets make them; its paragraphs may hold links."""
    filler = "The exchange closed at its usual hour, and the day's turnover was a little below the month's average."
    body = "".join(f"<p>{one}</p>" for one in (*paragraphs, filler))
    head = f"<title>{html.escape(title)}</title><meta property='article:published_time' content='2025-01-20T10:00:00Z'>"
    return f"<html lang='en'><head>{head}</head><body><article><h1>{title}</h1>{body}</article></body></html>", 200


def warc(target: Path, pages: dict[str, Answer]) -> Path:
    """What the network would answer, as a WARC file."""
    with target.open("wb") as stream:
        writer = WARCWriter(stream, gzip=True)
        for url, (body, status) in pages.items():
            head = StatusAndHeaders(f"{status} OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
            record = writer.create_warc_record(
                url, "response", payload=BytesIO(body.encode()), length=len(body.encode()), http_headers=head,
                warc_headers_dict={"WARC-Date": "2025-01-20T12:00:00Z"},
            )  # fmt: skip
            writer.write_record(record)
    return target


@dataclass
class Desk:
    """The article ``article`` cites the page ``WSJ`` for the first of its claims."""

    folder: Path
    article: Path
    setup: Setup

    @property
    def options(self) -> list[str]:
        return ["--db", str(self.setup.ledger), "--replay", str(self.setup.fetch.replay)]

    @property
    def offline(self) -> Setup:
        """The same desk without archive and network."""
        return replace(self.setup, fetch=FetchPolicy(offline=True, captures=self.setup.fetch.captures))

    def archive(self, pages: dict[str, Answer]) -> None:
        replay = warc(self.folder / "sources.warc.gz", pages)
        self.setup = replace(self.setup, fetch=replace(self.setup.fetch, replay=replay))

    def write(self, *paragraphs: str, name: str = "article.html", url: str = "https://desk.example/ruble") -> Path:
        """An article of 20 January 2025 at ``url``."""
        body, _ = page("What the day brought", *paragraphs)
        canonical = f"<head><link rel='canonical' href='{url}'><meta property='og:url' content='{url}'>"
        (self.folder / name).write_text(body.replace("<head>", canonical), encoding="utf-8")
        return self.folder / name

    def check(self, article: Path | None = None) -> Check:
        return asyncio.run(pipeline.check(str(article or self.article), self.setup))

    def run(self, *words: str) -> str:
        """What the command prints on stdout."""
        done = CliRunner().invoke(factdesk, [*words], obj={"debug": True})
        assert done.exit_code == 0, done.output
        return done.stdout

    def ledger(self) -> Ledger:
        return Ledger.open(self.setup.ledger, create=False)


def open_desk(folder: Path) -> Desk:
    how = setup(CheckOptions(ledger=str(folder / "desk.db")))
    desk = Desk(folder, folder, replace(how, fetch=replace(how.fetch, captures=folder / "captures")))
    desk.article = desk.write(
        f'The ruble <a href="{WSJ}">strengthened against the dollar on Monday</a> after the central bank sold '
        "3 billion dollars.",
        "In Yekaterinburg, a brewery renamed its dark beer.",
    )
    return desk
