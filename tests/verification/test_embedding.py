"""Sentences as vectors: what the encoder gives, what it keeps, and who brings it along."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer

from claims.errors import ModelError
from claims.verification.evidence.sentence_encoder import ENCODER, SETTINGS, Encoder, encoder, encoder_of
from claims.verification.judges.embedded import LARGE_MODEL, MODEL, EntailmentJudge, embedded
from claims.verification.judges.load import load_judge
from claims.verification.onnx_runtime import GRAPH, TOKENIZER, Runtime

TEXTS = ["The ship went down.", "The vessel sank in a storm, and nobody of its crew of nineteen was saved.", "Tea."]


def test_vectors_have_length_one_and_keep_their_order() -> None:
    vectors = encoder().embed(TEXTS)
    assert vectors.shape == (3, 384)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1.0, 1.0, 1.0], abs=1e-5)
    for text, vector in zip(TEXTS, vectors, strict=True):
        # int8 activations are scaled for each batch: they move a little.
        assert float(encoder().claim(text) @ vector) > 0.97


@pytest.mark.parametrize(
    ("one", "near", "far"),
    [
        ("The ship went down.", "The vessel sank.", "The bakery opens at six."),
        ("Petrol became more expensive.", "Fuel prices rose.", "The choir sang two encores."),
        ("The firm fired hundreds.", "The company laid off 300 workers.", "Owls hunt at night."),
    ],
)
def test_what_means_the_same_is_nearer(one: str, near: str, far: str) -> None:
    first, second, third = encoder().embed([one, near, far])
    assert first @ second > first @ third + 0.2


@pytest.mark.parametrize("text", ["", " ", "word " * 5000, "\x00\ufffd👍", "\ud800", "ж" * 3000])
def test_any_text_has_a_vector(text: str) -> None:
    text = text.encode(errors="replace").decode()
    assert np.isfinite(encoder().embed([text, "A sentence."])).all()


def test_no_texts_no_vectors() -> None:
    assert encoder().embed([]).shape == (0, 384)


def test_a_page_and_a_claim_are_worked_out_once() -> None:
    assert encoder().page(TEXTS) is encoder().page(list(TEXTS))
    assert encoder().page(TEXTS) is not encoder().page(TEXTS[:2])
    # A claim is a row of the kept array.
    assert np.shares_memory(encoder().claim(TEXTS[0]), encoder().claim(TEXTS[0]))


def test_a_claim_does_not_depend_on_its_company() -> None:
    alone = encoder().claim("The council closed the bridge.").copy()
    fresh = Encoder()
    fresh.claim("Another claim altogether, and a much longer one than that of the council and its bridge.")
    assert (fresh.claim("The council closed the bridge.") == alone).all()


def test_who_brings_an_encoder() -> None:
    assert encoder_of(load_judge("embedded")) is encoder()
    assert encoder_of(load_judge("agree(lexical, embedded)")) is encoder()
    assert encoder_of(load_judge("lexical")) is None


def test_tokenizers_of_one_file_differ_in_their_settings_only() -> None:
    first, second = (Runtime(ENCODER, SETTINGS, "the sentence encoder", 1) for _ in range(2))
    first.tokenizer.enable_truncation(4)
    alone = Tokenizer.from_file(str(ENCODER / TOKENIZER))
    alone.no_padding()
    for text in (*TEXTS, "[MASK] is [SEP] not é 中文 👍"):
        assert len(first.tokenizer.encode(text).ids) <= 4
        assert second.tokenizer.encode(text).ids == alone.encode(text).ids
        assert second.tokenizer.encode(text, "Tea.").type_ids == alone.encode(text, "Tea.").type_ids


def test_the_lexical_judge_needs_no_model_runtime() -> None:
    code = """
import sys
sys.modules["onnxruntime"] = sys.modules["tokenizers"] = None
from claims.verification.judges.load import load_judge
from claims.verification.pairs import verify_pairs
rows = [{"id": 1, "claim": "The ruble fell on Monday.", "evidence": ["The ruble fell on Monday, dealers said."]}]
[answer] = verify_pairs(rows, load_judge("lexical"))
assert answer["label"] == "supported", answer
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_settings_name_the_graph_that_ships() -> None:
    settings = json.loads((ENCODER / "encoder.json").read_text(encoding="utf-8"))
    digest = sha256((ENCODER / GRAPH).read_bytes()).hexdigest()
    assert settings["sha256"] == digest
    assert encoder().version.endswith(digest[:12])
    assert digest[:12] in (ENCODER / "CARD.md").read_text(encoding="utf-8")


def test_all_models_together_stay_small() -> None:
    shipped = [path for folder in (MODEL, LARGE_MODEL, ENCODER) for path in folder.glob("*.onnx")]
    assert sum(path.stat().st_size for path in shipped) <= 120_000_000


def test_the_judge_says_with_which_encoder_it_reads() -> None:
    assert encoder().version.rpartition("-")[2][:6] in embedded().version


@pytest.mark.parametrize("left", [GRAPH, "tokenizer.json", "encoder.json"])
def test_a_missing_file_of_the_encoder_is_named(left: str, tmp_path: Path) -> None:
    for name in (GRAPH, "tokenizer.json", "encoder.json"):
        if name != left:
            shutil.copy(ENCODER / name, tmp_path)
    with pytest.raises(ModelError, match=left.replace(".", r"\.")) as caught:
        Encoder(tmp_path)
    assert "\n" not in str(caught.value)


def test_two_judges_share_one_encoder() -> None:
    assert EntailmentJudge().encoder() is embedded().encoder()
