"""Networks small enough to be made in a test: two layers, 32 wide, with a tokenizer of whole words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

WORDS = ("yes", "no", "it", "is", "so", "mill", "bridge", "river", "rose", "fell", "sold", "bought", "old", "new")
MARKS = {"bert": ("[PAD]", "[UNK]", "[CLS]", "[SEP]"), "mpnet": ("<s>", "<pad>", "</s>", "<unk>")}
SHAPE = {"hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 64}


@pytest.fixture
def tiny(tmp_path: Path) -> Callable[..., Path]:
    """Makes a folder with a random verifier; the more ``sure``, the farther apart its answers."""
    torch = pytest.importorskip("torch", reason="torch is not installed (training/requirements.txt)")
    from training import network

    def make(name: str, kind: str = "bert", *, sure: float = 1.0, seed: int = 0) -> Path:
        torch.manual_seed(seed)
        # As in the real ones, BERT's vocabulary stands in MPNet's, four places later.
        vocabulary = [*MARKS["bert"], *WORDS] if kind == "bert" else [*MARKS["mpnet"], *MARKS["bert"], *WORDS]
        model = network.Verifier(network.ENCODERS[kind][0](vocab_size=len(vocabulary), **SHAPE))
        with torch.no_grad():
            for one in model.parameters():
                one.add_(torch.randn_like(one), alpha=0.1)
            model.head.weight.mul_(sure)
        network.save(model, tmp_path / name)
        _tokenizer(kind, vocabulary).save(str(tmp_path / name / "tokenizer.json"))
        return tmp_path / name

    return make


def _tokenizer(kind: str, vocabulary: list[str]) -> Any:
    from tokenizers import Tokenizer, models, pre_tokenizers, processors

    words = Tokenizer(models.WordLevel({word: at for at, word in enumerate(vocabulary)}, unk_token=MARKS[kind][-3]))
    words.pre_tokenizer = pre_tokenizers.Whitespace()
    if kind == "mpnet":
        words.post_processor = processors.RobertaProcessing(("</s>", 2), ("<s>", 0))
    else:
        words.post_processor = processors.TemplateProcessing(
            single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
        )
    return words
