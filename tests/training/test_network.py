"""The network: trained, stopped, gone on, exported, packed and unpacked. Needs the training's own libraries."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

pytest.importorskip("torch", reason="torch is not installed (training/requirements.txt)")
pytest.importorskip("transformers", reason="transformers is not installed (training/requirements.txt)")
pytest.importorskip("onnx", reason="onnx is not installed (training/requirements.txt)")

import torch
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Whitespace
from tokenizers.processors import TemplateProcessing
from transformers import BertConfig

from training import export, losses, network, train
from training.pair import Pair
from training.plan import Plan, plan_for_card
from training.prepared import prepare

WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "yes", "no", "it", "is", "so"]


@pytest.fixture
def start(tmp_path: Path) -> Path:
    torch.manual_seed(0)
    config = BertConfig(vocab_size=len(WORDS), hidden_size=16, num_hidden_layers=2, num_attention_heads=2,
                        intermediate_size=32)  # fmt: skip
    model = network.Verifier(config)
    with torch.no_grad():
        for one in model.parameters():  # a fresh model's biases are all alike, and the exporter keeps one of them
            one.add_(torch.randn_like(one), alpha=0.02)
    network.save(model, tmp_path / "start")
    words = Tokenizer(WordLevel({word: place for place, word in enumerate(WORDS)}, unk_token="[UNK]"))
    words.pre_tokenizer = Whitespace()
    words.post_processor = TemplateProcessing(
        single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    words.save(str(tmp_path / "start" / "tokenizer.json"))
    return tmp_path / "start"


PAIRS = [
    Pair(evidence="yes it is so", claim="it is so", label=0, source="a"),
    Pair(evidence="no it is", claim="it is so", label=1, source="a"),
    Pair(evidence="is", claim="it is so", label=3, source="b"),
]


def test_unpacked_int8_weights_are_the_trained_ones(start: Path) -> None:
    _, packed = export.to_onnx(start)
    before, after = network.load_verifier(start / "checkpoint").state_dict(), network.dequantised_weights(packed)
    assert set(before) == set(after)
    for name, value in before.items():
        spread = float(value.abs().max()) / 100 + 1e-6
        assert torch.allclose(value, after[name], atol=spread), name


@pytest.mark.parametrize("kind", ["bert", "mpnet"])
def test_a_pair_is_read_alike_alone_and_in_company(tiny: Callable[..., Path], kind: str) -> None:
    folder = tiny("one", kind, sure=8.0)
    model, words = network.load_verifier(folder).eval(), network.tokenizer(folder / "tokenizer.json", 224)
    encoded = network.encode(words, [("the old bridge fell so it is no new mill", "mill rose"), ("yes", "no it is")])
    with torch.no_grad():
        together, _ = model(*network.collate(encoded))
        alone = torch.cat([model(*network.collate([one]))[0] for one in encoded])
    assert torch.allclose(together, alone, atol=1e-4)
    assert float((alone[0] - alone[1]).abs().max()) > 0.1


@pytest.mark.parametrize(
    ("kind", "evidence", "claim", "kinds"),
    [
        ("bert", "it is so", "yes", [0, 0, 0, 0, 0, 1, 1]),
        ("mpnet", "it is so", "yes", [0, 0, 0, 0, 0, 0, 1, 1]),
        ("mpnet", "it", "no mill rose", [0, 0, 0, 0, 1, 1, 1, 1]),
        ("mpnet", "it", "", [0, 0, 0, 0, 0]),
        ("bert", "it", "", [0, 0, 0, 1]),
        ("mpnet", "it " * 300, "yes", [0] * 222 + [1] * 2),
    ],
)
def test_the_claim_is_marked_with_any_tokenizer(
    tiny: Callable[..., Path], kind: str, evidence: str, claim: str, kinds: list[int]
) -> None:
    words = network.tokenizer(tiny("one", kind) / "tokenizer.json", 224)
    assert network.encode(words, [(evidence, claim)])[0][1] == kinds


def test_a_bare_sentence_encoder_gets_a_head(tiny: Callable[..., Path]) -> None:
    folder = tiny("one", "mpnet")
    before = network.load_verifier(folder).bb.state_dict()
    bare = network.MPNetModel(network.MPNetConfig.from_pretrained(folder))  # with the pooler that publishers keep
    bare.load_state_dict(before, strict=False)
    bare.save_pretrained(folder)
    after = network.load_verifier(folder).bb.state_dict()
    assert set(before) == set(after)
    assert all(torch.equal(value, after[name]) for name, value in before.items())


def test_full_precision_goes_before_int8(start: Path) -> None:
    before = network.load_verifier(start).state_dict()
    export.to_onnx(start)  # leaves int8 in the same folder
    assert all(torch.equal(value, before[name]) for name, value in network.load_verifier(start).state_dict().items())


def test_training_ends_by_the_clock_and_exports(start: Path, tmp_path: Path) -> None:
    plan = Plan(init=start, out=tmp_path / "out", minutes=0.15, processes=1, tokens=512, rate=5e-3)
    words = network.tokenizer(start / "tokenizer.json", plan.length)
    pairs, kept = prepare(PAIRS * 40, words), prepare(PAIRS, words)
    train.train(plan, pairs, kept)
    export.export_model(plan, pairs, kept, "tiny")
    last = json.loads((plan.out / "log.jsonl").read_text().splitlines()[-1])
    assert last["finished"]
    assert last["a"] == 1.0
    assert "| a | 2 | 1.000 | 1.000 |" in (plan.out / "CARD.md").read_text()
    assert json.loads((plan.out / "verifier.json").read_text())["labels"] == ["supported", "refuted", "nei"]


def test_a_stopped_training_goes_on(start: Path, tmp_path: Path) -> None:
    plan = Plan(init=start, out=tmp_path / "out", minutes=1, processes=1)
    plan.out.mkdir()
    model = network.load_verifier(start)
    optimizer = train._optimizer(model, plan)
    with torch.no_grad():
        model.head.bias += 5
    train._save_state(plan, model, optimizer, 42.0, 17)
    fresh = network.load_verifier(start)
    assert train._resume(plan, fresh, train._optimizer(fresh, plan)) == (42.0, 17)
    assert torch.equal(fresh.head.bias, model.head.bias)


@pytest.mark.parametrize("share", [0.0, 0.75, 1.0])
def test_a_model_is_blended_with_the_one_it_began_from(tiny: Callable[..., Path], share: float) -> None:
    one, other = (network.load_verifier(tiny(name, seed=seed)) for seed, name in enumerate(("one", "other")))
    before, wanted = other.state_dict(), {name: value.clone() for name, value in one.state_dict().items()}
    train.blend(one, other, share)
    for name, now in one.state_dict().items():
        assert torch.allclose(now.float(), (1 - share) * before[name] + share * wanted[name], atol=1e-6), name


def test_not_supported_counts_both_other_classes() -> None:
    logits = torch.tensor([[0.0, 2.0, 2.0], [3.0, 0.0, 0.0]])
    either = losses.labels_loss(logits[:1], torch.tensor([3]))
    assert float(either) < float(losses.labels_loss(logits[:1], torch.tensor([1])))
    assert float(losses.labels_loss(logits[1:], torch.tensor([3]))) > 2


def test_the_card_keeps_what_people_wrote(tmp_path: Path) -> None:
    card = tmp_path / "CARD.md"
    card.write_text(f"# The verifier\n\nWhere it fails.\n\n{export.BEGIN}\nold\n{export.END}\nBelow.\n")
    figures = {
        "pairs": 3, "sets": {"a": 3}, "plan": plan_for_card(Plan(init=tmp_path, out=tmp_path, minutes=1)),
        "temperature": 1.5, "megabytes": 22.9, "sha256": "0" * 64, "alike": 1.0,
        "right": {"a": {"pairs": 3, "full": 1.0, "int8": 1.0}},
    }  # fmt: skip
    export.write_card(card, figures)
    text = card.read_text()
    assert "Where it fails." in text
    assert text.endswith("Below.\n")
    assert "old" not in text
