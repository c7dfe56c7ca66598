"""The measured sets: those in this folder and in the tests, and those of the data folder."""

from __future__ import annotations

import asyncio
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import common, retrieval, statements, verification
from benchmarks.floors import scores
from benchmarks.floors.scores import Measured
from benchmarks.sources_text import texts
from claims.verification.judges.load import load_judge
from flows.checks import pipeline
from flows.config.setup import CheckOptions, setup
from sources.outlets import load_outlets

HERE = Path(__file__).parent
SAMPLE = common.ROOT / "examples" / "inauguration"
_URL = "https://gazette.example/story"


def lines(name: str) -> Iterator[dict[str, Any]]:
    """The rows of a file of this folder."""
    with (HERE / name).open(encoding="utf-8") as stream:
        for line in stream:
            yield json.loads(line)


def passages() -> list[dict[str, Any]]:
    """Our passages in PolNeAR's form: the file has words where PolNeAR has spans."""
    rows = list(lines("attributions.jsonl"))
    for row in rows:
        for attribution in row["attributions"]:
            attribution["content"] = scores.spans_of(row["text"], attribution["content"])
            attribution |= {part: scores.spans_of(row["text"], [attribution[part]]) for part in ("source", "cue")}
    return rows


def own() -> Measured:
    """Every measure on our own sets."""
    outlets = load_outlets()
    statements_measured = statements.faithful(outlets)
    pages = [(row["text"], scores.read(row["html"].encode(), _URL)) for row in lines("pages.jsonl")]
    return {
        **scores.who_said_what(passages(), outlets),
        **scores.page_text(pages),
        **scores.sorted_claims(list(lines("claims.jsonl")), outlets),
        **scores.verdicts(list(lines("pairs.jsonl")), load_judge("embedded")),
        **tables(),
        "statements: as an editor accepts them": statements_measured.share_right,
        "statements: right or flagged as open": statements_measured.share_not_wrong,
        "sample article: planted labels": sample(),
    }


def tables() -> Measured:
    """The tables of the tests, written with the rules and held out together."""
    count, hits = retrieval.paraphrased()
    measured = {f"tables: {name}": float(np.mean(np.concatenate(halves))) for name, halves in verification.graded()}
    return measured | {"tables: paraphrases among the passages": hits["words and meaning"] / count}


def sample() -> float:
    """The share of the sample article's planted claims that get the label planted for them."""
    planted = common.of_tests("examples/test_sample")
    with tempfile.TemporaryDirectory() as folder:
        options = CheckOptions(ledger=str(Path(folder) / "desk.db"), replay=str(SAMPLE / "sources.warc.gz"))
        checked = asyncio.run(pipeline.check(str(SAMPLE / "article.html"), setup(options)))
    labels = [planted.about(checked, words)[1].label is label for words, label in planted.PLANTED]
    return sum(labels) / len(labels)


def data(folder: Path) -> Measured:
    """Every measure on the sets of the data folder: the dev sets, on which rules and bounds were tuned."""
    pairs = common.rows(folder / "verification" / "dev" / "own_pairs.dev.jsonl.gz")
    return {
        **scores.who_said_what(common.rows(folder / "claims" / "attr_polnear.dev.jsonl.gz"), load_outlets()),
        **scores.page_text(texts(folder / "pages", scores.read)),
        **scores.verdicts(list(pairs), load_judge("embedded")),
    }
