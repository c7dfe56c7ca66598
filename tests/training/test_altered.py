"""Claims copied from held-out pages: as many changed as kept, and each labelled rightly."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from benchmarks.altered import altered
from training import data
from training.words import HARMLESS

SENTENCES = [
    "The police in Vienna arrested 14 men near the old church in March 2019 after a long search.",
    "Anna Berg said that the prices in Graz had risen to 40 euros in the first week of 2021.",
    "The company of Karl Moser opened 3 hotels in Salzburg, and Anna Berg was appointed director.",
]
SPARE = {word for words in HARMLESS.values() for some in words for word in some.split()}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "train").mkdir()
    for name in data.PAGES:
        rows = [{"evidence": [f"Page {number} opened in Linz.", *SENTENCES], "extra": {}} for number in range(80)]
        with gzip.open(tmp_path / "train" / f"{name}.jsonl.gz", "wt", encoding="utf-8") as lines:
            lines.writelines(json.dumps(row) + "\n" for row in rows)
    return tmp_path


def test_every_page_gives_kept_and_changed_claims(folder: Path) -> None:
    found = altered(folder)
    labels = [row["label"] for row in found]
    assert labels.count("supported") == labels.count("nei") > 4
    for row in found:
        page = " ".join(row["evidence"])
        new = {word.strip(".,") for word in row["claim"].split()} - {word.strip(".,") for word in page.split()}
        if row["label"] == "supported":
            assert new <= SPARE, row["claim"]
        else:
            assert row["claim"].rstrip(".") not in page
        assert row["extra"]["binary_only"]


def test_only_pages_that_training_held_out_are_used(folder: Path) -> None:
    held = {
        data.evidence_text(row) for name in data.PAGES for row in data.rows(folder, name) if data.is_held_out(name, row)
    }  # fmt: skip
    assert 0 < len(held) < 80
    assert {" ".join(row["evidence"]) for row in altered(folder)} <= held


def test_the_rows_are_the_same_each_time(folder: Path) -> None:
    assert altered(folder) == altered(folder)
    assert altered(folder, 3) == altered(folder)[:3]
