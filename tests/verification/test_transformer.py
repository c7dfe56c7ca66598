"""Weights of the Hugging Face layout: small models made here, saved as the hub has them, loaded and asked."""

from __future__ import annotations

import importlib.util
import json
from math import exp
from pathlib import Path
from typing import Any

import pytest

from claims.errors import ModelError
from claims.verification.judges.load import load_judge
from claims.verification.pairs import verify_pairs

pytestmark = [
    pytest.mark.skipif(
        not all(map(importlib.util.find_spec, ("torch", "transformers"))),
        reason="the optional packages transformers and torch are not installed",
    ),
    # They warn of their own coming changes.
    pytest.mark.filterwarnings("ignore"),
]

CLAIM = "The ruble strengthened against the dollar on Monday."
PAIRS = [
    (CLAIM, "The ruble strengthened against the dollar on Monday, dealers said."),
    (CLAIM, "The ruble weakened."),
    ("Schools stay closed.", "The museum opens at nine and closes at five, every day but Monday. " * 30),
]
NLI = ("entailment", "neutral", "contradiction")


def tokenizer(special: dict[str, str], size: int = 300) -> Any:
    """A byte tokenizer with the special tokens first, as the families of models name them."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, processors, trainers
    from transformers import PreTrainedTokenizerFast

    made = Tokenizer(models.BPE())
    made.pre_tokenizer = pre_tokenizers.ByteLevel()
    made.decoder = decoders.ByteLevel()
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    trainer = trainers.BpeTrainer(
        vocab_size=size, special_tokens=list(special.values()), initial_alphabet=alphabet, show_progress=False
    )
    made.train_from_iterator([text for pair in PAIRS for text in pair], trainer)
    first, last = special.get("cls_token"), special.get("sep_token") or special["eos_token"]
    around = [(token, made.token_to_id(token)) for token in (first, last) if token]
    begin = f"{first} " if first else ""
    made.post_processor = processors.TemplateProcessing(
        single=f"{begin}$A {last}", pair=f"{begin}$A {last} $B:1 {last}:1", special_tokens=around
    )
    return PreTrainedTokenizerFast(tokenizer_object=made, **special)


BERT = {"pad_token": "[PAD]", "unk_token": "[UNK]", "cls_token": "[CLS]", "sep_token": "[SEP]"}
T5 = {"pad_token": "<pad>", "eos_token": "</s>", "unk_token": "<unk>"}
ROBERTA = {"cls_token": "<s>", "pad_token": "<pad>", "eos_token": "</s>", "sep_token": "</s>", "unk_token": "<unk>"}
SMALL = {"hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 64}


def bert(folder: Path, names: tuple[str, ...], *, kind: str = "BertForSequenceClassification") -> Path:
    """A BERT of random weights, always the same, whose outputs have these names."""
    import torch
    import transformers

    torch.manual_seed(7)
    words = tokenizer(BERT)
    named = {"id2label": dict(enumerate(names)), "label2id": {name: place for place, name in enumerate(names)}}
    config = transformers.BertConfig(
        vocab_size=len(words), max_position_embeddings=64, initializer_range=0.7, **SMALL, **named
    )
    getattr(transformers, kind)(config).save_pretrained(folder)
    words.save_pretrained(folder)
    return folder


def softmax(row: list[float]) -> list[float]:
    shares = [exp(value) for value in row]
    return [share / sum(shares) for share in shares]


def logits(folder: Path, pairs: list[tuple[str, str]]) -> list[list[float]]:
    """The model's logits as transformers gives them, one pair at a time."""
    import torch
    from transformers import AutoModelForSequenceClassification, AutoTokenizer

    words, model = AutoTokenizer.from_pretrained(folder), AutoModelForSequenceClassification.from_pretrained(folder)
    rows = []
    for claim, passage in pairs:
        inputs = words(passage, claim, truncation=True, max_length=64, return_tensors="pt")
        with torch.no_grad():
            rows.append(model(**inputs).logits[0].tolist())
    return rows


@pytest.mark.parametrize(
    ("names", "supported", "refuted"),
    [
        (NLI, 0, 2),
        (("CONTRADICTION", "ENTAILMENT", "NEUTRAL"), 1, 0),
        (("neutral", "contradiction", "entailment"), 2, 1),
        (("REFUTES", "NOT ENOUGH INFO", "SUPPORTS"), 2, 0),
        (("entailment", "not_entailment"), 0, None),
        (("not_entailment", "entailment"), 1, None),
        (("LABEL_0", "LABEL_1"), 1, None),
    ],
)
def test_every_order_of_the_outputs(
    tmp_path: Path, names: tuple[str, ...], supported: int, refuted: int | None
) -> None:
    folder = bert(tmp_path, names)
    answers = load_judge(f"hub:{folder}").judge(PAIRS)
    assert len({answer.supported for answer in answers}) == len(PAIRS)
    for answer, row in zip(answers, logits(folder, PAIRS), strict=True):
        shares = softmax(row)
        assert answer.supported == pytest.approx(shares[supported], abs=1e-4)
        assert answer.refuted == pytest.approx(0.0 if refuted is None else shares[refuted], abs=1e-4)


def test_batches_do_not_change_the_answers(tmp_path: Path) -> None:
    judge = load_judge(f"hub:{bert(tmp_path, NLI)}")
    alone = [judge.judge([pair])[0] for pair in PAIRS]
    for one, many in zip(alone * 9, judge.judge(PAIRS * 9), strict=True):
        assert one.supported == pytest.approx(many.supported, abs=1e-4)


@pytest.mark.parametrize("text", ["", " ", "word " * 5000, "\x00\ufffd👍"])
def test_any_text_is_read(tmp_path: Path, text: str) -> None:
    for answer in load_judge(f"hub:{bert(tmp_path, NLI)}").judge([(text, "A passage."), ("A claim.", text)]):
        assert 0 <= answer.supported + answer.refuted <= 1 + 1e-6


def test_minichecks_encoder_reads_one_text_with_the_end_between(tmp_path: Path) -> None:
    import torch
    import transformers

    torch.manual_seed(7)
    words = tokenizer(ROBERTA)
    config = transformers.RobertaConfig(
        vocab_size=len(words), max_position_embeddings=514, pad_token_id=1, initializer_range=0.7, num_labels=2, **SMALL
    )
    model = transformers.RobertaForSequenceClassification(config).eval()
    model.save_pretrained(tmp_path)
    words.save_pretrained(tmp_path)
    answers = load_judge(f"hub:{tmp_path}").judge(PAIRS)
    for (claim, passage), answer in zip(PAIRS, answers, strict=True):
        inputs = words(f"{passage}</s>{claim}", truncation=True, max_length=512, return_tensors="pt")
        with torch.no_grad():
            assert answer.supported == pytest.approx(softmax(model(**inputs).logits[0].tolist())[1], abs=1e-4)
        assert answer.refuted == 0.0


def t5(folder: Path, size: int = 300) -> tuple[Any, Any]:
    import torch
    import transformers

    torch.manual_seed(7)
    words = tokenizer(T5)
    config = transformers.T5Config(
        vocab_size=size, d_model=32, d_kv=16, d_ff=64, num_layers=2, num_heads=2, decoder_start_token_id=0,
        initializer_factor=1.0,
    )  # fmt: skip
    model = transformers.T5ForConditionalGeneration(config).eval()
    model.save_pretrained(folder)
    words.save_pretrained(folder)
    return words, model


def test_minichecks_t5_answers_with_one_token(tmp_path: Path) -> None:
    import torch

    words, model = t5(tmp_path)
    answers = load_judge(f"hub:{tmp_path}").judge(PAIRS)
    assert len({answer.supported for answer in answers}) == len(PAIRS)
    for (claim, passage), answer in zip(PAIRS, answers, strict=True):
        inputs = words(f"predict: {passage}</s>{claim}", truncation=True, max_length=512, return_tensors="pt")
        with torch.no_grad():
            said = model(
                input_ids=inputs["input_ids"],
                attention_mask=inputs["attention_mask"],
                decoder_input_ids=torch.zeros((1, 1), dtype=torch.long),
            ).logits[0, 0]
        assert answer.supported == pytest.approx(softmax(said[[3, 209]].tolist())[1], abs=1e-4)
        assert answer.refuted == 0.0


def test_the_version_changes_with_the_weights_and_the_labels(tmp_path: Path) -> None:
    folder = bert(tmp_path, NLI)
    first = load_judge(f"hub:{folder}").version
    assert load_judge(f"hub:{folder}").version == first
    assert len(first) == 12
    config = json.loads((folder / "config.json").read_text())
    config["id2label"] = {"0": "contradiction", "1": "neutral", "2": "entailment"}
    (folder / "config.json").write_text(json.dumps(config))
    relabelled = load_judge(f"hub:{folder}").version
    assert relabelled != first
    data = bytearray((folder / "model.safetensors").read_bytes())
    data[-1] ^= 1
    (folder / "model.safetensors").write_bytes(data)
    assert load_judge(f"hub:{folder}").version != relabelled


def broken(folder: Path, what: str) -> str:
    """A folder that is not an entailment model, and what is said of it."""
    if what == "labels that say nothing":
        bert(folder, ("LABEL_0", "LABEL_1", "LABEL_2"))
        return "do not say which one means supported"
    if what == "one output":
        bert(folder, ("LABEL_0",))
        return "do not say which one means supported"
    if what == "no head":
        bert(folder, NLI, kind="BertForMaskedLM")
        return "is not an entailment model: it has no weights for"
    if what == "too few tokens":
        t5(folder, size=209)
        return "is not MiniCheck's"
    bert(folder, NLI)
    if what == "broken weights":
        (folder / "model.safetensors").write_bytes(b"no weights")
    elif what == "no weights":
        (folder / "model.safetensors").unlink()
    else:
        (folder / "config.json").write_text("{")
    return "cannot be loaded"


@pytest.mark.parametrize(
    "what",
    ["labels that say nothing", "one output", "no head", "too few tokens", "broken weights", "no weights", "no config"],
)
def test_what_is_no_judge_is_one_clear_line(tmp_path: Path, what: str) -> None:
    said = broken(tmp_path, what)
    with pytest.raises(ModelError, match=said) as caught:
        load_judge(f"hub:{tmp_path}")
    assert "\n" not in str(caught.value)


def test_it_judges_rows_and_sits_on_a_panel(tmp_path: Path) -> None:
    panel = load_judge(f"agree(lexical, hub:{bert(tmp_path, NLI)})")
    [answer] = verify_pairs([{"id": 1, "claim": CLAIM, "evidence": [PAIRS[0][1]]}], panel)
    judges = answer["judges"]
    assert isinstance(judges, list)
    assert [view["judge"].split(" ")[0] for view in judges] == ["lexical", f"hub:{tmp_path}"]
