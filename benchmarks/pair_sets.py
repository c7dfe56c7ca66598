"""The sets of pairs of claim and evidence in FACTDESK_DATA/verification: their rows, hashes and groups."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import random
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from benchmarks.altered import NAME as ALTERED
from benchmarks.altered import altered
from benchmarks.common import ROOT
from benchmarks.whole_pairs import NAME as WHOLE
from benchmarks.whole_pairs import whole_pairs
from claims.records import Citation, CitationKind, Claim, ClaimKind, Page, Reading, Source
from training import data as trained

DATA = Path(os.environ.get("FACTDESK_DATA", ROOT.parent / "shared" / "data")) / "verification"

# The sets that are made and not read.
_MADE: Mapping[str, Callable[[], list[dict[str, Any]]]] = {ALTERED: lambda: altered(DATA), WHOLE: whole_pairs}


def load(name: str, most: int | None = None) -> list[dict[str, Any]]:
    """The rows of a set, or a sample of whole groups of it that is always the same.

    Of a set that the model was trained on, only the share that its training held out.
    """
    if name in _MADE:
        return _MADE[name]()[:most]
    with gzip.open(DATA / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    plain = name.removeprefix("train/")
    if plain in trained.SHARES and plain not in trained.PAGES:
        rows = [row for row in rows if trained.is_held_out(plain, row)]
    if most is None or len(rows) <= most:
        return rows
    groups = sorted({group(name, row) for row in rows})
    random.Random(7).shuffle(groups)
    place = {key: number for number, key in enumerate(groups)}
    return sorted(rows, key=lambda row: (place[group(name, row)], row["id"]))[:most]


def digest(name: str) -> str:
    """The first sixteen digits of the SHA-256 of a set's file, or of the rows of the set that is made."""
    if name in _MADE:
        return hashlib.sha256(json.dumps(load(name)).encode()).hexdigest()[:16]
    return hashlib.sha256((DATA / f"{name}.jsonl.gz").read_bytes()).hexdigest()[:16]


def group(name: str, row: dict[str, Any]) -> str:
    """What must not be torn apart between fitting and measuring: one page, one FEVER case, one article."""
    if "summedits" in name:
        return str(row["id"]).split("_", maxsplit=1)[0]
    if "wice" in name:
        return str(row["id"]).split("#", maxsplit=1)[0]
    return str(row["extra"].get("case_id") or " ".join(row["evidence"])[:80])


def evidence_text(row: Mapping[str, Any]) -> str:
    """The evidence of a row as the text of one page, a line each."""
    return "\n".join(" ".join(text.split()) for text in row["evidence"])


def cited(row: Mapping[str, Any], article: str = "a") -> tuple[Claim, Page, Reading]:
    """A row as a check sees it: a claim that cites one page, its article, and the page read; ``article`` is an id."""
    citation = Citation(kind=CitationKind.LINK, url="https://page.example/")
    claim = Claim(
        article=article, text=row["claim"], spans=(), statement=row["claim"], kind=ClaimKind.STATEMENT, checkable=True,
        citations=(citation,),
    )  # fmt: skip
    page = Page(text=evidence_text(row), url=citation.url)
    return claim, Page(text=f"{row['claim']}\n"), Reading(source=Source(citation=citation), page=page)
