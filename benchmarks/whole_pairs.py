"""The whole checks as pairs of claim and evidence, as the fit of the verdicts reads them.

Claims of the news that cite a page of ordinary length: the sets of pairs hold claims about an encyclopedia, about
single sentences or summaries, and a fit of those alone takes a page that is silent for one that says it in part. Each
statement is the one that a check puts to the page. Not in it are the halves that were written last ("third", "fourth",
"fifth"), so that they can be measured on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

from benchmarks.whole_checks import article_page, cited_page, rows
from claims.extraction.extract import extract
from claims.records import Claim
from claims.verification.speaking.own_voice import asked_of
from claims.verification.weighing.question import question
from sources.outlets import load_outlets
from sources.page.page import read_page

NAME = "own/whole_checks"
# The halves that no fit sees.
KEPT_OUT = ("third", "fourth", "fifth")


@cache
def whole_pairs() -> list[dict[str, Any]]:
    """Rows as in the data's files: the statement asked, the cited page, and whether it supports or refutes it."""
    return [pair for row in fitted_rows() for pair in pairs_of(row)]


def fitted_rows() -> list[dict[str, Any]]:
    """The rows that the fit sees."""
    return [row for row in rows() if row["half"] not in KEPT_OUT]


def pairs_of(row: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The linked claims of one row, each with the cited page; none where it is not sure which one is denied."""
    article, there = (read_page(text.encode()) for text in (article_page(row), cited_page(row)))
    there = replace(there, url=row["url"])
    linked = [claim for claim in extract(article, load_outlets()).claims if _is_meant(claim, row)]
    # Where a sentence gives several claims, the row does not say which of them the page denies.
    if row["kind"] == "denied" and len(linked) > 1:
        return
    for number, claim in enumerate(linked):
        put = question(claim, article)
        statement, _ = asked_of(put.statement, put.attribution, there)
        yield {
            "id": f"{row['id']}-{number}", "claim": statement, "evidence": there.text.split("\n\n"),
            "label": _label(row), "extra": {"case_id": row["id"]},
        }  # fmt: skip


def _is_meant(claim: Claim, row: dict[str, Any]) -> bool:
    return row.get("about", "") in claim.text and any(citation.url == row["url"] for citation in claim.citations)


def _label(row: dict[str, Any]) -> str:
    if row["kind"] == "plain":
        return "supported"
    return "refuted" if "contradicted" in row["wanted"] else "nei"
