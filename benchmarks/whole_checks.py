"""Whole checks: articles of one linked claim, each checked against the page that it cites as `factdesk check` does it.

    python -m benchmarks.whole_checks [--half dev|test|new|pages|fresh|free|third|fourth|fifth] [--all]

Prints the wrong answers (all answers with ``--all``), and a table: how many of the labels are right, how many of the
wrong ones no person is asked to look at, and how many of the claims that the page plainly says are `supported` without
review. The rows of ``whole_checks.jsonl`` are in our own wording; ``wanted`` are the labels that an editor would accept
of the linked claim (with several, of that with the words ``about``). Of "dev" and "test" a third the page plainly says,
a third it denies or changes, and a third it does not speak of. The half "test" was written after the rules were tuned
on the first rows of "dev"; its failures were later read as well. "New" are 80 rows (35, 29 and 16 of the three kinds)
in the manner of ordinary news, of which the rules had seen none when they were written. "Pages" are 135 rows (45 of
each kind) with pages as long as those on the web, written by somebody who had not read the rules: the first 75 in free
paraphrase, the last 60 nearer to the page's words. "Fresh" are 180 rows (60 of each kind, half of them on pages of
ordinary length) by two more authors, with the forms in which the press names its sources: "(Handball Today)", "the
Coast Post reported, a day after". "Free" are 120 rows (40 of each kind) by another author, whose articles say it in
words of their own as reporters do, and whose pages are mostly other people's: blogs, notices, speeches, letters.
"Third" are 120 rows (40 of each kind) by one more author, about a third word for word, a third reworded and a third on
pages of the speaker's own. "Fourth" are 120 rows (40 of each kind) by another author, mostly in free paraphrase, and
"fifth" 120 more (40 of each kind) by one more author, on pages as press offices, courts and councils write them. These
three are not in the fit of the verdicts (``whole_pairs.py``), all others are.
"""

from __future__ import annotations

import argparse
import asyncio
import html
import json
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Any

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from benchmarks.common import table
from claims.records import Label, Verdict
from flows.checks import pipeline
from flows.config.setup import CheckOptions, Setup, setup

ROWS = Path(__file__).with_suffix(".jsonl")
KINDS = {"plain": "the page plainly says it", "denied": "denies or changes it", "absent": "does not speak of it"}
HALVES = ("dev", "test", "new", "pages", "fresh", "free", "third", "fourth", "fifth")
# What else stands on both pages: a page of one sentence is no article.
_FILLER = "The exchange closed at its usual hour, and the day's turnover was a little below the month's average."


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """One row with the verdict on its linked claim; None where the article gave no claim with a citation."""

    row: dict[str, Any]
    verdict: Verdict | None

    @property
    def right(self) -> bool:
        """Whether the label is one that an editor would accept."""
        return self.verdict is not None and self.verdict.label.value in self.row["wanted"]

    @property
    def unflagged(self) -> bool:
        """Whether no person is asked to look."""
        return self.verdict is not None and not self.verdict.needs_review

    @property
    def settled(self) -> bool:
        """Whether it is `supported` without review."""
        return self.verdict is not None and self.verdict.label is Label.SUPPORTED and self.unflagged


def rows(half: str | None = None) -> list[dict[str, Any]]:
    """The rows of one part, or of all."""
    read = [json.loads(line) for line in ROWS.read_text(encoding="utf-8").splitlines()]
    return [row for row in read if half in (None, row["half"])]


def checked(some: Sequence[dict[str, Any]]) -> Iterator[Checked]:
    """Each row checked in a folder of its own: article, archive, captures and ledger."""
    for row in some:
        with tempfile.TemporaryDirectory() as folder:
            yield _checked(row, Path(folder))


def _checked(row: dict[str, Any], folder: Path) -> Checked:
    article = folder / "article.html"
    article.write_text(article_page(row))
    done = asyncio.run(pipeline.check(str(article), _setup(row, folder)))
    linked = {
        claim.id
        for claim in done.extraction.claims
        if row.get("about", "") in claim.text and any(citation.url == row["url"] for citation in claim.citations)
    }
    verdicts = [verdict for verdict in done.verdicts if verdict.claim in linked]
    return Checked(row=row, verdict=_worst(row, verdicts))


def _worst(row: dict[str, Any], verdicts: Sequence[Verdict]) -> Verdict | None:
    """Of several claims of one sentence the wrong one speaks for the row, and of those one that is not flagged."""
    return min(
        verdicts,
        key=lambda verdict: (
            verdict.label.value in row["wanted"],
            verdict.needs_review is (verdict.label.value not in row["wanted"]),
        ),
        default=None,
    )


def _setup(row: dict[str, Any], folder: Path) -> Setup:
    archive = _archive(folder / "sources.warc.gz", row)
    config = folder / "config.yaml"
    config.write_text(f"captures: {folder / 'captures'}\n", encoding="utf-8")
    options = setup(CheckOptions(ledger=str(folder / "desk.db"), config=str(config), replay=str(archive)))
    return replace(options, fetch=replace(options.fetch, replay=archive))


def _archive(target: Path, row: dict[str, Any]) -> Path:
    """The cited page as the archive that the check replays."""
    body = cited_page(row).encode()
    headers = [("Content-Type", "text/html; charset=utf-8")]
    with target.open("wb") as stream:
        writer = WARCWriter(stream, gzip=True)
        record = writer.create_warc_record(
            row["url"], "response", payload=BytesIO(body), length=len(body),
            http_headers=StatusAndHeaders("200 OK", headers, protocol="HTTP/1.1"),
            warc_headers_dict={"WARC-Date": "2025-01-20T12:00:00Z"},
        )  # fmt: skip
        writer.write_record(record)
    return target


def article_page(row: dict[str, Any]) -> str:
    """The article of a row as a page."""
    return _page("What the day brought", [row["article"]], row["published"], "https://desk.example/story")


def cited_page(row: dict[str, Any]) -> str:
    """The page that the article of a row cites."""
    return _page(row["title"], row["source"], row["published"])


def _page(title: str, paragraphs: Sequence[str], published: str, address: str = "") -> str:
    """A page as outlets make them. A source's paragraph that opens with "<" is written as it is (a table)."""
    body = "".join(
        paragraph if paragraph.startswith("<t") else f"<p>{paragraph}</p>" for paragraph in (*paragraphs, _FILLER)
    )
    canonical = f"<link rel='canonical' href='{address}'>" if address else ""
    day = f"<meta property='article:published_time' content='{published}'>"
    head = f"<head><meta charset='utf-8'><title>{html.escape(title)}</title>{canonical}{day}</head>"
    return f"<html lang='en'>{head}<body><article><h1>{html.escape(title)}</h1>{body}</article></body></html>"


def report(checks: Sequence[Checked]) -> str:
    """The table as Markdown: one row for each third, and one for all."""
    thirds = [(title, [check for check in checks if check.row["kind"] == kind]) for kind, title in KINDS.items()]
    body = [
        (
            title, len(some), sum(check.right for check in some),
            sum(check.unflagged and not check.right for check in some), sum(check.settled for check in some),
        )
        for title, some in (*thirds, ("all", checks))
    ]  # fmt: skip
    return table(("", "checks", "right", "wrong, not flagged", "supported, not flagged"), body)


def main() -> None:
    """Check and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=HALVES, help="only this half")
    parser.add_argument("--all", action="store_true", help="print every answer, not only the wrong ones")
    options = parser.parse_args()
    checks = []
    for check in checked(rows(options.half)):
        checks.append(check)
        if options.all or not check.right:
            print(_told(check))
    print(report(checks))


def _told(check: Checked) -> str:
    row, verdict = check.row, check.verdict
    mark = "right" if check.right else "WRONG"
    if verdict is None:
        return f"{mark} {row['id']} ({row['trap']}): no claim cites the page"
    flag = "" if verdict.needs_review else ", not flagged"
    return f"{mark} {row['id']} ({row['trap']}): {verdict.label} {verdict.confidence:.2f}{flag}. {verdict.rationale}"


if __name__ == "__main__":
    main()
