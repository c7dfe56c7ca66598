"""Compares text and link extraction with trafilatura alone, on saved news pages with annotated article bodies.

    python -m benchmarks.pages [--write]

F1 is as the article-extraction benchmark of the data defines it (see `sources_text`). A link is to be kept where
its words, with the twelve letters before them, stand in the true body; it is kept where the page has a link to the
same address over the same words. Links inside embedded posts are the posts' own. With --write the table goes into
docs/benchmarks.md.
"""

from __future__ import annotations

import gzip
import logging
import statistics
import sys
import time
from pathlib import Path
from typing import Any

import trafilatura
from lxml import html

from benchmarks.common import data_folder, hashes, rows, table, write_section
from benchmarks.sources_text import f1, texts
from claims.records import Page
from sources import urls
from sources.errors import Unavailable
from sources.page.page import read_page

_CONTEXT = 12  # letters before a link's words that must stand in the true body as well


def main() -> None:
    """Measure, print, and write the section where asked to."""
    logging.disable(logging.CRITICAL)
    folder = data_folder() / "pages"
    pages: dict[str, Page | None] = {}
    seconds: list[float] = []

    def ours(data: bytes, url: str) -> str:
        started = time.perf_counter()
        try:
            pages[url] = page = read_page(data, url=url, content_type="text/html")
        except Unavailable:
            pages[url] = page = None
        seconds.append(time.perf_counter() - started)
        return page.text if page else ""

    def alone(data: bytes, url: str) -> str:
        return trafilatura.extract(data, url=url, include_comments=False) or ""

    def default(data: bytes, url: str) -> str:
        return trafilatura.extract(data, url=url) or ""

    results = [
        ("trafilatura alone, as it comes", f"{f1(texts(folder, default)):.4f}", "none"),
        ("trafilatura alone, without comments", f"{f1(texts(folder, alone)):.4f}", "none"),
        ("Factdesk", f"{f1(texts(folder, ours)):.4f}", _links(folder, pages)),
    ]
    report = "\n\n".join(
        [
            "## Text of a page",
            "Measured by `python -m benchmarks.pages --write`, against trafilatura "
            f"{trafilatura.__version__} alone on the same {len(seconds)} pages.\n"
            "Generic rules were tuned on these pages; nothing in the code knows any of them by name.",
            table(["extraction", "F1", "links kept"], results),
            f"Reading a page takes {statistics.median(seconds) * 1000:.0f} ms at the median, "
            f"{max(seconds) * 1000:.0f} ms at most.",
            hashes([folder / "gold.jsonl.gz"]),
        ]
    )
    print(report)
    if "--write" in sys.argv:
        write_section("pages", report)


def _links(folder: Path, pages: dict[str, Page | None]) -> str:
    """How many of the links of the true bodies stand on the same words with the same address."""
    wanted = matched = 0
    for row in rows(folder / "gold.jsonl.gz"):
        page = pages[row["url"]]
        have = {(_bare(page.text[a:b]), link.href) for link in page.links for a, b in [link.span]} if page else set()
        for words, href in _true_links(gzip.decompress((folder / row["html"]).read_bytes()), row):
            wanted += 1
            matched += (words, href) in have
    return f"{matched} of {wanted} ({matched / wanted:.1%})"


def _true_links(data: bytes, row: dict[str, Any]) -> list[tuple[str, str]]:
    true = _bare(row["articleBody"])
    pairs: dict[tuple[str, str], None] = {}
    tree = html.fromstring(data, parser=html.HTMLParser(encoding="utf-8"))
    inside_posts = {anchor for post in tree.iter("blockquote") for anchor in post.iter("a") if _is_embed(post)}
    for anchor in tree.iter("a"):
        if anchor in inside_posts:
            continue
        words = _bare(anchor.text_content())
        above = anchor.getparent()
        before = _bare("".join(above.xpath("descendant::text()")) if above is not None else "")
        lead = before[: before.find(words)][-_CONTEXT:]
        href = urls.absolute(row["url"], anchor.get("href") or "")
        if words and len(lead) == _CONTEXT and href and lead + words in true:
            pairs[(words, href)] = None
    return list(pairs)


def _is_embed(quote: Any) -> bool:
    return "twitter" in (quote.get("class") or "")


def _bare(text: str) -> str:
    return "".join(text.split())


if __name__ == "__main__":
    main()
