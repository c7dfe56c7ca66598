"""Models in the Hugging Face layout, run by the optional packages transformers and torch.

Two types are supported: a cross-encoder with a head for classes (NLI of two or three ways, or MiniCheck's RoBERTa
and DeBERTa), and MiniCheck's Flan-T5, which answers with one token. MiniCheck: Tang, Laban and Durrett 2024,
https://arxiv.org/abs/2404.10774; its inputs are put together as its own code does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from importlib import import_module
from math import exp
from pathlib import Path
from typing import Any, TypeAlias

from claims.errors import ModelError
from claims.records import Probabilities

# The tokens with which MiniCheck's Flan-T5 says no and yes.
_NO, _YES = 3, 209
_ANSWERED = {"supported": [1], "refuted": []}
# The files of a folder on which the answers depend.
_WEIGHTS = ("*.safetensors", "*.bin", "config.json", "tokenizer*.json", "*.model", "vocab.*")


def transformer(name: str) -> Loaded:
    """The model ``name``: a folder, or a name of the hub, which is downloaded once and kept by transformers.

    No code that comes with a model is run.

    Raises:
        ModelError: the packages are missing, or the model is missing, broken, or of an unsupported type.
    """
    try:
        torch, transformers = import_module("torch"), import_module("transformers")
    except ImportError as missing:
        raise ModelError(
            f"judge hub:{name} needs the packages transformers and torch (pip install transformers torch), "
            "or a folder with an ONNX file, tokenizer.json and config.json"
        ) from missing
    transformers.utils.logging.set_verbosity_error()
    transformers.utils.logging.disable_progress_bar()
    try:
        config = transformers.AutoConfig.from_pretrained(name)
        tokenizer = transformers.AutoTokenizer.from_pretrained(name)
        kind = (
            transformers.AutoModelForSeq2SeqLM
            if _answers_with_tokens(config)
            else transformers.AutoModelForSequenceClassification
        )
        model, loading = kind.from_pretrained(name, output_loading_info=True)
    except Exception as broken:
        reason = (str(broken).strip() or type(broken).__name__).splitlines()[0]
        raise ModelError(f"judge hub:{name} cannot be loaded: {reason}") from broken
    if loading["missing_keys"]:
        raise ModelError(
            f"judge hub:{name} is not an entailment model: it has no weights for {min(loading['missing_keys'])}"
        )
    # Without a fixed seed a model is deterministic only in evaluation mode (no dropout).
    model.eval()
    version = str(getattr(config, "_commit_hash", None) or _digest(Path(name)))
    if _answers_with_tokens(config):
        return Loaded(logits=_token_logits(torch, tokenizer, model), meaning=_ANSWERED, version=version)
    settings = config.to_dict()
    return Loaded(logits=_classes(torch, tokenizer, model, settings), meaning=label_outputs(settings), version=version)


def _answers_with_tokens(config: Any) -> bool:
    """Whether a model answers with tokens in place of classes."""
    named = " ".join(config.architectures or ())
    return bool(config.is_encoder_decoder) and "ForSequenceClassification" not in named


def _classes(torch: Any, tokenizer: Any, model: Any, config: dict[str, Any]) -> Logits:
    """The logits of a head for classes: the passage first, then the claim."""
    most = min(length(config), int(min(tokenizer.model_max_length, LENGTH)))
    # MiniCheck's encoders were trained on one text, with the end of a sentence between the two.
    between = tokenizer.eos_token if unnamed(config) else None

    def logits(pairs: Sequence[tuple[str, str]]) -> list[list[float]]:
        passages, claims = [passage for _, passage in pairs], [claim for claim, _ in pairs]
        texts = [[between.join(both) for both in zip(passages, claims, strict=True)]] if between else [passages, claims]
        inputs = tokenizer(*texts, truncation=True, max_length=most, padding=True, return_tensors="pt")
        with torch.no_grad():
            rows: list[list[float]] = model(**inputs).logits.tolist()
        return rows

    return logits


def _token_logits(torch: Any, tokenizer: Any, model: Any) -> Logits:
    """The logits of no and yes as the first token of the answer.

    Raises:
        ModelError: the model's vocabulary has no such tokens.
    """
    if model.config.vocab_size <= _YES:
        raise ModelError(
            f"the model generates tokens, but its vocabulary of {model.config.vocab_size} is not MiniCheck's"
        )
    first = model.config.decoder_start_token_id or 0

    def logits(pairs: Sequence[tuple[str, str]]) -> list[list[float]]:
        texts = [f"predict: {passage}{tokenizer.eos_token}{claim}" for claim, passage in pairs]
        inputs = tokenizer(texts, truncation=True, max_length=LENGTH, padding=True, return_tensors="pt")
        start = torch.full((len(texts), 1), first, dtype=torch.long)
        with torch.no_grad():
            scores = model(
                input_ids=inputs["input_ids"], attention_mask=inputs["attention_mask"], decoder_input_ids=start
            ).logits[:, 0]
        rows: list[list[float]] = scores[:, [_NO, _YES]].tolist()
        return rows

    return logits


def _digest(folder: Path) -> str:
    """Twelve digits of the SHA-256 over a folder's weights, settings and vocabulary."""
    digest = sha256()
    for path in sorted({path for pattern in _WEIGHTS for path in folder.glob(pattern)}):
        digest.update(path.name.encode())
        with path.open("rb") as stream:
            while chunk := stream.read(1 << 20):
                digest.update(chunk)
    return digest.hexdigest()[:12]


Logits: TypeAlias = Callable[[Sequence[tuple[str, str]]], list[list[float]]]
# Maximum number of tokens read at once, unless the model's configuration gives a lower one.
LENGTH = 512
_SUPPORTED = ("entail", "support", "consistent", "true")
_REFUTED = ("contradict", "refut", "false")
_NEITHER = ("neutral", "not_", "not ", "non", "nei", "unsupported", "inconsistent", "unknown")
# Their positions are counted from behind the padding token, so that two of them are never used.
_OFFSET = ("roberta", "xlm-roberta", "xlm-roberta-xl", "camembert", "roberta-prelayernorm", "longformer", "mpnet")


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """A loaded model: its logits, the meaning of its outputs, and the version of its weights."""

    logits: Logits
    meaning: Mapping[str, Sequence[int]]
    version: str

    def read(self, row: Sequence[float]) -> Probabilities:
        """One pair's logits as probabilities: the softmax, summed over the outputs that mean the same."""
        shares = [exp(value - max(row)) for value in row]
        share = {name: sum(shares[place] for place in places) / sum(shares) for name, places in self.meaning.items()}
        return Probabilities(supported=share["supported"], refuted=share["refuted"])


def label_outputs(config: Mapping[str, Any]) -> dict[str, list[int]]:
    """The indices of the outputs that mean supported and refuted, from ``id2label``.

    Raises:
        ModelError: no label means "supported".
    """
    names = {int(place): str(name).lower() for place, name in dict(config.get("id2label") or {}).items()}
    if unnamed(config):
        # MiniCheck and similar models do not name their outputs: 1 is supported.
        return {"supported": [1], "refuted": []}
    outputs: dict[str, list[int]] = {"supported": [], "refuted": []}
    for place, name in names.items():
        if name.startswith(_NEITHER):
            continue
        for meaning, stems in (("supported", _SUPPORTED), ("refuted", _REFUTED)):
            if name.startswith(stems):
                outputs[meaning].append(place)
    if not outputs["supported"]:
        raise ModelError(f"the model's labels {sorted(names.values())} do not say which one means supported")
    return outputs


def unnamed(config: Mapping[str, Any]) -> bool:
    """Whether a model has two outputs without names, as MiniCheck has."""
    return {str(name).lower() for name in dict(config.get("id2label") or {}).values()} == {"label_0", "label_1"}


def length(config: Mapping[str, Any]) -> int:
    """How many tokens the model reads at once, by its ``config.json``."""
    positions = int(config.get("max_position_embeddings") or LENGTH)
    return min(LENGTH, positions - 2 if config.get("model_type") in _OFFSET else positions)
