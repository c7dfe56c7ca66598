"""Any entailment cross-encoder of the Hugging Face layout: a folder, or a name of the hub.

A folder with an ONNX file is run by ONNX Runtime and tokenizers, which Factdesk has anyway. Other weights, and names
of the hub, need the optional packages transformers and torch. What the model's outputs mean is read from its
``config.json``: three-way NLI (entailment, contradiction, neutral) or two-way (supported or not, as MiniCheck).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from importlib import import_module
from math import exp
from pathlib import Path
from typing import Any, TypeAlias

from claims.errors import ModelError
from claims.records import Probabilities

_ONNX = ("model.onnx", "onnx/model.onnx", "model.int8.onnx", "model_quantized.onnx", "onnx/model_quantized.onnx")
_SUPPORTED = ("entail", "support", "consistent", "true")
_REFUTED = ("contradict", "refut", "false")
_NEITHER = ("neutral", "not_", "not ", "nei", "unsupported", "inconsistent", "unknown")
_BATCH, _LENGTH = 16, 512
Logits: TypeAlias = Callable[[Sequence[tuple[str, str]]], list[list[float]]]


class HubJudge:
    """A cross-encoder from elsewhere; its probabilities are its own, not calibrated by us."""

    def __init__(self, model: str) -> None:
        """Load the model.

        Raises:
            ModelError: it is not there, not of a layout that can be read, or a package is missing.
        """
        self.name = f"hub:{model}"
        folder = Path(model).expanduser()
        if folder.is_dir():
            self._labels, self.version, self._logits = _folder(folder)
        elif model.startswith((".", "/", "~")):
            raise ModelError(f"judge {self.name}: there is no folder {folder}")
        else:
            self._labels, self.version, self._logits = _transformers(model)

    def judge(self, pairs: Sequence[tuple[str, str]]) -> list[Probabilities]:
        """One answer for each (claim, passage) pair, in order."""
        answers: list[Probabilities] = []
        for first in range(0, len(pairs), _BATCH):
            answers += [self._read(row) for row in self._logits(pairs[first : first + _BATCH])]
        return answers

    def _read(self, row: Sequence[float]) -> Probabilities:
        shares = [exp(value - max(row)) for value in row]
        share = {name: sum(shares[place] for place in places) / sum(shares) for name, places in self._labels.items()}
        return Probabilities(supported=share["supported"], refuted=share["refuted"])


def labels(config: Mapping[str, Any]) -> dict[str, list[int]]:
    """Which outputs mean supported and which refuted, from ``id2label``.

    Raises:
        ModelError: none of the names says "supported".
    """
    names = {int(place): str(name).lower() for place, name in dict(config.get("id2label", {})).items()}
    if set(names.values()) == {"label_0", "label_1"}:
        # MiniCheck and its kin name nothing: 1 is supported.
        return {"supported": [1], "refuted": []}
    meant: dict[str, list[int]] = {"supported": [], "refuted": []}
    for place, name in names.items():
        if name.startswith(_NEITHER):
            continue
        for meaning, stems in (("supported", _SUPPORTED), ("refuted", _REFUTED)):
            if name.startswith(stems):
                meant[meaning].append(place)
    if not meant["supported"]:
        raise ModelError(f"the model's labels {sorted(names.values())} do not say which one means supported")
    return meant


def _folder(folder: Path) -> tuple[dict[str, list[int]], str, Logits]:
    found = next((folder / name for name in _ONNX if (folder / name).is_file()), None)
    if found is None:
        return _transformers(str(folder))
    try:
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as broken:
        raise ModelError(f"{folder} has no config.json that can be read: {broken}") from broken
    length, pad = (
        min(_LENGTH, int(config.get("max_position_embeddings", _LENGTH))),
        int(config.get("pad_token_id") or 0),
    )
    version = sha256(found.read_bytes()).hexdigest()[:12]
    return (
        labels(config),
        version,
        _onnx(found, folder / "tokenizer.json", length, pad),
    )


def _onnx(model: Path, tokens: Path, length: int, pad: int) -> Logits:
    """The logits of an ONNX file, given whichever of the usual inputs it wants."""
    import numpy as np  # noqa: PLC0415  heavy
    import onnxruntime  # noqa: PLC0415  heavy
    from tokenizers import Tokenizer  # noqa: PLC0415  heavy

    try:
        tokenizer = Tokenizer.from_file(str(tokens))
        session = onnxruntime.InferenceSession(str(model), providers=["CPUExecutionProvider"])
    except Exception as broken:
        raise ModelError(f"the model in {model.parent} cannot be loaded: {broken}") from broken
    tokenizer.enable_truncation(length)
    tokenizer.enable_padding(pad_id=pad)
    wanted = {one.name for one in session.get_inputs()}

    def logits(pairs: Sequence[tuple[str, str]]) -> list[list[float]]:
        encoded = tokenizer.encode_batch([(passage, claim) for claim, passage in pairs])
        given = {
            "input_ids": [one.ids for one in encoded],
            "attention_mask": [one.attention_mask for one in encoded],
            "token_type_ids": [one.type_ids for one in encoded],
        }
        inputs = {name: np.array(rows, np.int64) for name, rows in given.items() if name in wanted}
        return [[float(value) for value in row] for row in session.run(None, inputs)[0]]

    return logits


def _transformers(name: str) -> tuple[dict[str, list[int]], str, Logits]:
    """The logits of any other model, through transformers and torch."""
    try:
        torch, transformers = import_module("torch"), import_module("transformers")
    except ImportError as missing:
        raise ModelError(
            f"judge hub:{name} needs the packages transformers and torch (pip install transformers torch), "
            "or a folder with an ONNX file, tokenizer.json and config.json"
        ) from missing
    try:
        tokenizer = transformers.AutoTokenizer.from_pretrained(name)
        model = transformers.AutoModelForSequenceClassification.from_pretrained(name).eval()
    except (OSError, ValueError) as broken:
        reason = str(broken).splitlines()[0]
        raise ModelError(f"judge hub:{name} cannot be loaded: {reason}") from broken

    def logits(pairs: Sequence[tuple[str, str]]) -> list[list[float]]:
        passages, claims = [passage for _, passage in pairs], [claim for claim, _ in pairs]
        inputs = tokenizer(passages, claims, truncation=True, max_length=_LENGTH, padding=True, return_tensors="pt")
        with torch.no_grad():
            rows: list[list[float]] = model(**inputs).logits.tolist()
        return rows

    commit = getattr(model.config, "_commit_hash", None)
    return labels(model.config.to_dict()), str(commit or "local"), logits
