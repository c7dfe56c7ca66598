"""Models of the Hugging Face layout: what their labels mean, and one run from a folder made here."""

from __future__ import annotations

import importlib.util
import json
import shutil
from math import exp
from pathlib import Path

import pytest

from claims.errors import ModelError
from claims.verification.judges.embedded import MODEL, small
from claims.verification.judges.hub import label_outputs
from claims.verification.judges.load import load_judge

PAIRS = [
    ("The ruble strengthened on Monday.", "The ruble strengthened on Monday, dealers said."),
    ("The ruble strengthened on Monday.", "The ruble weakened on Monday."),
]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["entailment", "neutral", "contradiction"], {"supported": [0], "refuted": [2]}),
        (["CONTRADICTION", "NEUTRAL", "ENTAILMENT"], {"supported": [2], "refuted": [0]}),
        (["SUPPORTS", "REFUTES", "NOT ENOUGH INFO"], {"supported": [0], "refuted": [1]}),
        (["not_entailment", "entailment"], {"supported": [1], "refuted": []}),
        (["LABEL_0", "LABEL_1"], {"supported": [1], "refuted": []}),
        (["inconsistent", "consistent"], {"supported": [1], "refuted": []}),
    ],
)
def test_what_the_outputs_mean(names: list[str], expected: dict[str, list[int]]) -> None:
    assert label_outputs({"id2label": {str(place): name for place, name in enumerate(names)}}) == expected


@pytest.mark.parametrize("config", [{}, {"id2label": {"0": "positive", "1": "negative"}}])
def test_labels_that_say_nothing_are_refused(config: dict[str, object]) -> None:
    with pytest.raises(ModelError, match="supported"):
        label_outputs(config)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small model in the hub's layout: the embedded one's weights under the hub's names."""
    (tmp_path / "onnx").mkdir()
    shutil.copy(MODEL / "model.int8.onnx", tmp_path / "onnx" / "model.onnx")
    shutil.copy(MODEL / "tokenizer.json", tmp_path)
    config = {"id2label": {"0": "entailment", "1": "contradiction", "2": "neutral"}, "max_position_embeddings": 256}
    (tmp_path / "config.json").write_text(json.dumps(config), encoding="utf-8")
    return tmp_path


def test_a_folder_is_run(folder: Path) -> None:
    judge = load_judge(f"hub:{folder}")
    assert judge.name == f"hub:{folder}"
    for found, logits in zip(judge.judge(PAIRS), small().logits(PAIRS), strict=True):
        shares = [exp(value) for value in logits]
        assert found.supported == pytest.approx(shares[0] / sum(shares), abs=0.1)
        assert found.refuted == pytest.approx(shares[1] / sum(shares), abs=0.1)


def test_a_folder_without_a_config_is_refused(folder: Path) -> None:
    (folder / "config.json").unlink()
    with pytest.raises(ModelError, match=r"config\.json"):
        load_judge(f"hub:{folder}")


def test_a_missing_folder_is_named() -> None:
    with pytest.raises(ModelError, match="no folder"):
        load_judge("hub:./no/such/folder")


@pytest.mark.skipif(importlib.util.find_spec("transformers") is not None, reason="transformers is installed")
def test_what_is_missing_is_said() -> None:
    with pytest.raises(ModelError, match="pip install transformers torch"):
        load_judge("hub:some/model")
