"""The verifier's network: an encoder with a three-way head over evidence and claim, and a head that marks words.

The encoder is BERT, the shape that ships, or MPNet (Song et al. 2020), whose large sentence encoder makes a teacher.
The head reads five vectors: the first token, the mean of the claim ``u``, the mean of the evidence ``v``, ``|u - v|``
and ``u * v`` (InferSent, Conneau et al. 2017). The second head gives each token of the claim a logit that the evidence
does not say it. The weights come from a sentence encoder, from a checkpoint, or from a shipped int8 model whose weights
are dequantised, so that training can continue from it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from tokenizers import Encoding, Tokenizer
from torch import nn
from transformers import BertConfig, BertModel, MPNetConfig, MPNetModel, PreTrainedConfig, PreTrainedModel

from training.attention import encoded_states

LABELS = ("supported", "refuted", "nei")
# The encoders that it can have, by the ``model_type`` of their config.json.
ENCODERS: dict[str, tuple[type[PreTrainedConfig], type[PreTrainedModel]]] = {
    "bert": (BertConfig, BertModel),
    "mpnet": (MPNetConfig, MPNetModel),
}
CLAIM_WORDS = 96  # what the judge gives of a claim; claims/verification/judges/embedded.py has the same


class Verifier(nn.Module):
    """Evidence and claim in; three logits out (batch by 3), and for each token one that it is not said."""

    def __init__(self, config: PreTrainedConfig, attention: str = "sdpa") -> None:
        super().__init__()
        encoder = ENCODERS[config.model_type][1]
        config._attn_implementation = attention if encoder._supports_sdpa else "eager"
        self.bb = encoder(config, add_pooling_layer=False)
        self.told = getattr(config, "type_vocab_size", 0) > 1  # whether the encoder is told which tokens are the claim
        self.drop = nn.Dropout(0.1)
        self.head = nn.Linear(5 * config.hidden_size, 3)
        nn.init.normal_(self.head.weight, std=0.02)
        nn.init.zeros_(self.head.bias)
        self.unsaid = nn.Linear(config.hidden_size, 1)
        nn.init.normal_(self.unsaid.weight, std=0.02)
        nn.init.zeros_(self.unsaid.bias)

    @property
    def kind(self) -> str:
        """Which of ``ENCODERS`` it has."""
        return str(self.bb.config.model_type)

    def forward(self, ids: torch.Tensor, mask: torch.Tensor, kinds: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """The logits of the pair and of its tokens (batch by length).

        Takes token ids, attention mask and segments (0 evidence, 1 claim), each batch by length.
        """
        if ids.is_cuda:
            states = encoded_states(self.bb, ids, mask, kinds if self.told else None)
        else:
            segments = {"token_type_ids": kinds} if self.told else {}
            states = self.bb(input_ids=ids, attention_mask=mask, **segments).last_hidden_state
        claim = (kinds * mask).unsqueeze(-1).to(states.dtype)
        evidence = ((1 - kinds) * mask).unsqueeze(-1).to(states.dtype)
        u = (states * claim).sum(1) / claim.sum(1).clamp(min=1)
        v = (states * evidence).sum(1) / evidence.sum(1).clamp(min=1)
        logits = self.head(self.drop(torch.cat([states[:, 0], u, v, (u - v).abs(), u * v], -1))).float()
        return logits, self.unsaid(states).squeeze(-1).float()


def load_verifier(folder: Path, attention: str = "sdpa") -> Verifier:
    """A verifier from a checkpoint, from a shipped int8 model, or with the encoder of a Hugging Face folder.

    Raises:
        ValueError: the folder holds none that fits ``ENCODERS``; the message is one line and names what is wrong.
    """
    config = _encoder_config(folder)
    # Fewer than two epochs of a small model: nothing to hold back but the head, and random numbers cost a tenth.
    config.attention_probs_dropout_prob = config.hidden_dropout_prob = 0.0
    model = Verifier(config, attention)
    try:
        missing = model.load_state_dict(_checkpoint_weights(folder), strict=False).missing_keys
    except (RuntimeError, SafetensorError) as wrong:
        raise ValueError(f"{folder}: the weights do not fit: {str(wrong).splitlines()[-1].strip()}") from wrong
    missing = [name for name in missing if not name.startswith(("head.", "unsaid.")) and "position_ids" not in name]
    if missing:
        raise ValueError(f"{folder} is not a {config.model_type} encoder: {', '.join(missing[:3])} missing")
    return model


def keep_layers(model: Verifier, count: int) -> Verifier:
    """The model with ``count`` of its encoder's layers, evenly spaced (Sanh et al. 2019); 0 is all."""
    layers = model.bb.encoder.layer
    if 0 < count < len(layers):
        places = [round(number * (len(layers) - 1) / (count - 1)) for number in range(count)] if count > 1 else [0]
        model.bb.encoder.layer = nn.ModuleList([layers[place] for place in places])
        model.bb.config.num_hidden_layers = count
    return model


def _encoder_config(folder: Path) -> PreTrainedConfig:
    if not (folder / "config.json").is_file():
        return minilm()
    kind = json.loads((folder / "config.json").read_text(encoding="utf-8")).get("model_type")
    if kind not in ENCODERS:
        raise ValueError(f"{folder} holds an encoder of the kind {kind}; known are {', '.join(ENCODERS)}")
    return ENCODERS[kind][0].from_pretrained(folder)


def _checkpoint_weights(folder: Path) -> dict[str, torch.Tensor]:
    """Those of full precision if there are any, else the packed ones; a bare encoder's without its pooler."""
    if (folder / "model.safetensors").is_file():
        weights = load_file(folder / "model.safetensors")
        if any(name.startswith("bb.") for name in weights):
            return weights
        return {f"bb.{name}": value for name, value in weights.items() if not name.startswith("pooler")}
    if (folder / "model.int8.onnx").is_file():
        return dequantised_weights(folder / "model.int8.onnx")
    raise ValueError(f"{folder} has neither model.safetensors nor model.int8.onnx")


def save(model: Verifier, folder: Path) -> None:
    """Write weights and configuration where ``load_verifier`` finds them."""
    folder.mkdir(parents=True, exist_ok=True)
    model.bb.config.save_pretrained(folder)
    save_file({name: value.detach().float().contiguous() for name, value in model.state_dict().items()},
              folder / "model.safetensors")  # fmt: skip


def minilm() -> BertConfig:
    """The shape of MiniLM-L6 (Wang et al. 2020): 22.7 million parameters."""
    return BertConfig(
        vocab_size=30522, hidden_size=384, num_hidden_layers=6, num_attention_heads=12, intermediate_size=1536
    )


def dequantised_weights(path: Path) -> dict[str, torch.Tensor]:
    """The weights of a dynamically quantised ONNX model, in full precision: ``(q - zero point) * scale``."""
    graph = onnx.load(str(path)).graph
    held = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    weights = {name: value for name, value in held.items() if name.startswith(("bb.", "head.", "unsaid."))}
    for name in [name for name in weights if name.endswith("weight_quantized")]:
        weights[name.removesuffix("_quantized")] = _full(held, name.removesuffix("_quantized"))
    for node in graph.node:
        packed = next((name for name in node.input if name.endswith("_quantized") and name in held), "")
        if node.op_type == "MatMulInteger" and packed:
            where = re.sub(r"/(MatMul|Gemm_MatMul)(_\d+)?_quant$", "", node.name).strip("/").replace("/", ".")
            weights[f"{where}.weight"] = _full(held, packed.removesuffix("_quantized")).T
    kept = {
        name: value for name, value in weights.items() if not name.endswith(("_quantized", "_scale", "_zero_point"))
    }
    return {name: torch.tensor(np.ascontiguousarray(value), dtype=torch.float32) for name, value in kept.items()}


def _full(held: dict[str, np.ndarray], name: str) -> np.ndarray:
    packed = held[f"{name}_quantized"].astype(np.float32) - held[f"{name}_zero_point"].astype(np.float32)
    return packed * held[f"{name}_scale"]


Encoded = tuple[list[int], list[int]]


def tokenizer(path: Path, length: int) -> Tokenizer:
    """The tokenizer of a folder; only the evidence is cut to ``length`` tokens.

    Raises:
        ValueError: there is no such file.
    """
    if not path.is_file():
        raise ValueError(f"{path.parent} has no {path.name}")
    loaded = Tokenizer.from_file(str(path))
    loaded.no_padding()
    loaded.enable_truncation(length, strategy="only_first")
    return loaded


def encode(tokenizer: Tokenizer, pairs: Sequence[tuple[str, str]]) -> list[Encoded]:
    """Token ids and segments of each (evidence, claim) pair."""
    short = [(evidence, " ".join(claim.split()[:CLAIM_WORDS])) for evidence, claim in pairs]
    return [(encoding.ids, _segments(encoding)) for encoding in tokenizer.encode_batch(short)]


def _segments(encoding: Encoding) -> list[int]:
    """0 for the evidence, 1 from the claim's first token on: also where the tokenizer, as MPNet's, marks neither."""
    if any(encoding.type_ids) or 1 not in encoding.sequence_ids:
        return list(encoding.type_ids)
    first = encoding.sequence_ids.index(1)
    return [0] * first + [1] * (len(encoding.ids) - first)


def collate(batch: Sequence[Encoded], device: str = "cpu") -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Ids, mask and segments of a batch, padded to its longest."""
    shape = (len(batch), max(len(ids) for ids, _ in batch))
    ids, mask, kinds = (torch.zeros(shape, dtype=torch.long) for _ in range(3))
    for row, (pair_ids, kind) in enumerate(batch):
        ids[row, : len(pair_ids)] = torch.tensor(pair_ids)
        mask[row, : len(pair_ids)] = 1
        kinds[row, : len(pair_ids)] = torch.tensor(kind)
    return ids.to(device), mask.to(device), kinds.to(device)


def settings(folder: Path, **values: object) -> None:
    """Write ``verifier.json``, which the judge reads beside the model."""
    (folder / "verifier.json").write_text(json.dumps(values, indent=1) + "\n", encoding="utf-8")
