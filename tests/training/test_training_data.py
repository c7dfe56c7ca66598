"""What the verifier is trained on: nothing held out is taught, labels are read right, and two runs agree."""

import gzip
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from books import opened

from training import data
from training.thesaurus import Thesaurus


def _row(number: int, label: str, **extra: Any) -> dict[str, Any]:
    evidence = f"The mill number {number} was opened in Vienna by Anna Berg in {1900 + number} after the great flood."
    return {
        "id": str(number),
        "claim": f"Mill {number} was opened by Anna Berg in {1900 + number}.",
        "evidence": [evidence],
        "label": label,
        "source": "x",
        "extra": extra,
    }


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "train").mkdir()
    for name in data.SHARES:
        binary = {"binary_only": True} if name == "hans.regen_train" else {}
        labels = ["supported", "nei"] if binary else ["supported", "refuted", "nei"]
        rows = [_row(number, labels[number % len(labels)], **binary) for number in range(60)]
        with gzip.open(tmp_path / "train" / f"{name}.jsonl.gz", "wt", encoding="utf-8") as lines:
            lines.writelines(json.dumps(row) + "\n" for row in rows)
    return tmp_path


def _unasked(texts: Sequence[str]) -> Thesaurus:
    raise AssertionError("the pairs stand in the folder")


def test_exchanged_words_are_made_once(folder: Path, tmp_path: Path) -> None:
    plain, _ = data.training_pairs(folder)
    some = [opened(tmp_path)]
    pairs, _ = data.training_pairs(folder, books=lambda texts: some.pop(), keep=tmp_path / "out")
    again, _ = data.training_pairs(folder, books=_unasked, keep=tmp_path / "out")
    assert pairs == again
    assert "exchanged" in data.census(pairs)
    assert "exchanged" not in data.census(plain)


def test_two_runs_make_the_same_pairs(folder: Path) -> None:
    assert data.training_pairs(folder) == data.training_pairs(folder)
    assert data.training_pairs(folder, seed=8) != data.training_pairs(folder)


def test_a_second_edition_makes_other_pairs_of_the_same_texts(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(data.SHARES, "boolq", 20)
    monkeypatch.setattr(data, "MORE", {"boolq": 10})
    first, kept = data.training_pairs(folder)
    second, again = data.training_pairs(folder, edition=1)
    third, _ = data.training_pairs(folder, edition=2)
    assert again == kept
    made = [{pair.claim for pair in pairs if pair.source == "made_pages"} for pairs in (first, second, third)]
    assert made[1] - made[0]
    assert made[2] - made[1] - made[0]
    rows = [{pair.claim for pair in pairs if pair.source == "boolq"} for pairs in (first, second, third)]
    assert [len(claims) for claims in rows] == [20, 10, 0]
    assert not rows[0] & rows[1]
    assert not {pair.claim for pair in kept} & {pair.claim for pair in second if pair.source == "vitaminc"}


def test_what_is_held_out_is_not_taught(folder: Path) -> None:
    taught, kept = data.training_pairs(folder)
    held = {row["claim"] for row in data.rows(folder, "vitaminc") if data.is_held_out("vitaminc", row)}
    assert held
    assert {pair.claim for pair in kept if pair.source == "vitaminc"} == held
    assert not held & {pair.claim for pair in taught if pair.source == "vitaminc"}


def test_revisions_of_one_page_are_held_out_together() -> None:
    one, other = _row(1, "supported", case_id="a"), _row(2, "refuted", case_id="a")
    assert data.is_held_out("vitaminc", one) == data.is_held_out("vitaminc", other)


def test_a_set_that_says_only_not_supported_is_not_taken_for_more(folder: Path) -> None:
    taught, _ = data.training_pairs(folder)
    assert {pair.label for pair in taught if pair.source == "hans.regen_train"} == {data.SUPPORTED, data.NOT_SUPPORTED}
    assert {pair.label for pair in taught if pair.source == "cad_nli"} == {data.SUPPORTED, data.REFUTED, data.NEI}


def test_the_labels_that_verdicts_are_calibrated_on_are_not_taught(folder: Path) -> None:
    taught, _ = data.training_pairs(folder)
    assert not {pair.source for pair in taught} & set(data.PAGES)


def test_a_missing_set_is_named(folder: Path) -> None:
    (folder / "train" / "vitaminc.jsonl.gz").unlink()
    with pytest.raises(FileNotFoundError, match="vitaminc"):
        data.training_pairs(folder)
