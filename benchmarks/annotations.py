"""How often the exported Web Annotations find their words again on the saved pages that the claims were taken from.

    python -m benchmarks.annotations [--write]

Each claim of a page is searched in the text of the page's whole body (navigation, advertisements and comments included,
scripts left out), as an annotation client does it: the words must be there, and if they are there more than once, the
words before and after them must decide. Where these are the same too, the page has copies of the passage, and any of
them is right. Where the words are not there in one run, the selector by beginning and end must lead from the claim's
first words to those after it, over no more than the claim and a pop-up. Spaces count as one. With --write the table
goes into docs/benchmarks.md.
"""

from __future__ import annotations

import gzip
import re
import sys
from collections import Counter
from collections.abc import Sequence
from typing import Any

from bs4 import BeautifulSoup

from benchmarks.common import data_folder, hashes, rows, table, write_section
from claims.extraction.extract import extract
from claims.ledger.exports.annotations import selected_spans, text_selectors
from sources.errors import Unavailable
from sources.outlets import load_outlets
from sources.page.page import read_page

_BETWEEN = 2000  # the most characters that the page may have between the words of a claim


def main() -> None:
    """Print how many claims, and how many pages with all of their claims, are found again."""
    folder, outlets = data_folder() / "pages", load_outlets()
    outcomes: Counter[str] = Counter()
    pages = whole = 0
    for row in rows(folder / "gold.jsonl.gz"):
        data = gzip.decompress((folder / row["html"]).read_bytes())
        try:
            page = read_page(data, url=row["url"], content_type="text/html", outlets=outlets)
        except Unavailable:
            continue
        body = _visible_text(data)
        spans = [span for claim in extract(page, outlets).claims for span in selected_spans(claim, page)]
        ends = Counter(anchored(body, text_selectors(page, span)) for span in spans)
        outcomes += ends
        pages += 1
        whole += not ends["missing"]
        if ends["missing"]:
            print(f"{row['url']}: {ends['missing']} not found", file=sys.stderr)
    total = outcomes.total()
    report = "\n\n".join(
        [
            "## Web Annotations",
            "Measured by `python -m benchmarks.annotations --write`: every claim of the saved pages, searched in the "
            "text of the page's whole body.",
            table(
                ["what", "of", "found again", "of these in several copies", "by beginning and end"],
                [
                    (
                        "pieces of claims",
                        total,
                        _share(total - outcomes["missing"], total),
                        outcomes["copies"],
                        outcomes["ends"],
                    ),
                    ("pages, with all their claims", pages, _share(whole, pages), "", ""),
                ],
            ),
            f"{outcomes['ends']} pieces are interrupted on the page, by a pop-up or an address, and found by their "
            "beginning and end only.",
            hashes([folder / "gold.jsonl.gz"]),
        ]
    )
    print(report)
    if "--write" in sys.argv:
        write_section("annotations", report)


def _share(count: int, of: int) -> str:
    return f"{count} ({count / of:.1%})"


def anchored(body: str, selectors: Sequence[dict[str, Any]]) -> str:
    """What selectors lead to: one place (found), several (copies), a place by beginning and end (ends), or none."""
    quote, _, *by_ends = selectors
    places = _places(body, quote)
    if places:
        return "copies" if len(places) > 1 else "found"
    for ends in by_ends:
        reach = len(quote["exact"]) + _BETWEEN
        starts = _places(body, ends["startSelector"])
        stops = _places(body, ends["endSelector"])
        ranges = [(start, stop) for start in starts for stop in stops if 0 < stop - start < reach]
        if len(ranges) == 1:
            return "ends"
    return "missing"


def _places(body: str, quote: dict[str, str]) -> list[int]:
    """Where a TextQuoteSelector leads to: the places of its words with most of the words around them."""
    exact, prefix, suffix = (" ".join(quote[name].split()) for name in ("exact", "prefix", "suffix"))
    places = [match.start() for match in re.finditer(re.escape(exact), body)]
    scores = [_context_score(body, place, place + len(exact), prefix, suffix) for place in places]
    best = max(scores, default=0)
    return [place for place, score in zip(places, scores, strict=True) if score == best]


def _context_score(body: str, start: int, end: int, prefix: str, suffix: str) -> int:
    """The number of characters beside a place that are those of the selector."""
    before, after = body[:start].rstrip()[::-1], body[end:].lstrip()
    return _same_start(before, prefix[::-1]) + _same_start(after, suffix)


def _same_start(text: str, wanted: str) -> int:
    return next((place for place, (a, b) in enumerate(zip(text, wanted, strict=False)) if a != b), len(wanted))


def _visible_text(data: bytes) -> str:
    soup = BeautifulSoup(data, "lxml")
    for hidden in soup(["script", "style", "noscript", "template"]):
        hidden.decompose()
    return " ".join((soup.body or soup).get_text().split())


if __name__ == "__main__":
    main()
