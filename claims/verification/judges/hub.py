"""Entailment cross-encoders in the Hugging Face layout, from a folder or the hub.

A folder with an ONNX file is run by ONNX Runtime and tokenizers, which Factdesk requires anyway. Other weights, and
names of models on the hub, need the optional packages transformers and torch. What the model's outputs mean is read
from its ``config.json``: three-way NLI (entailment, contradiction, neutral) or two-way (supported or not, as
MiniCheck).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from claims.errors import ModelError
from claims.records import Probabilities
from claims.verification.judges.transformer import Loaded, Logits, label_outputs, length, transformer

_ONNX = ("model.onnx", "onnx/model.onnx", "model.int8.onnx", "model_quantized.onnx", "onnx/model_quantized.onnx")
_BATCH = 16


class HubJudge:
    """A third-party cross-encoder; its probabilities are not calibrated by Factdesk."""

    def __init__(self, model: str) -> None:
        """Load the model.

        Raises:
            ModelError: it is not there, not of a layout that can be read, or a package is missing.
        """
        self.name = f"hub:{model}"
        folder = Path(model).expanduser()
        if folder.is_dir():
            self._model = _folder(folder)
        elif model.startswith((".", "/", "~")):
            raise ModelError(f"judge {self.name}: there is no folder {folder}")
        else:
            self._model = transformer(model)
        self.version = self._model.version

    def judge(self, pairs: Sequence[tuple[str, str]]) -> list[Probabilities]:
        """One answer for each (claim, passage) pair, in order."""
        answers: list[Probabilities] = []
        for first in range(0, len(pairs), _BATCH):
            answers += [self._model.read(row) for row in self._model.logits(pairs[first : first + _BATCH])]
        return answers


def _folder(folder: Path) -> Loaded:
    graph = next((folder / name for name in _ONNX if (folder / name).is_file()), None)
    if graph is None:
        return transformer(str(folder))
    try:
        config_bytes = (folder / "config.json").read_bytes()
        config = json.loads(config_bytes)
    except (OSError, ValueError) as broken:
        raise ModelError(f"{folder} has no readable config.json: {broken}") from broken
    return Loaded(
        logits=_onnx(graph, folder / "tokenizer.json", length(config), int(config.get("pad_token_id") or 0)),
        meaning=label_outputs(config),
        version=sha256(graph.read_bytes() + config_bytes).hexdigest()[:12],
    )


def _onnx(model: Path, tokens: Path, most: int, pad: int) -> Logits:
    """A function that computes the logits of an ONNX file, with those of the usual inputs that the graph declares."""
    import numpy as np  # noqa: PLC0415  heavy
    import onnxruntime  # noqa: PLC0415  heavy
    from tokenizers import Tokenizer  # noqa: PLC0415  heavy

    try:
        tokenizer = Tokenizer.from_file(str(tokens))
        session = onnxruntime.InferenceSession(str(model), providers=["CPUExecutionProvider"])
    except Exception as broken:
        raise ModelError(f"the model in {model.parent} cannot be loaded: {broken}") from broken
    tokenizer.enable_truncation(most)
    tokenizer.enable_padding(pad_id=pad)
    input_names = {node.name for node in session.get_inputs()}

    def logits(pairs: Sequence[tuple[str, str]]) -> list[list[float]]:
        encoded = tokenizer.encode_batch([(passage, claim) for claim, passage in pairs])
        arrays = {
            "input_ids": [encoding.ids for encoding in encoded],
            "attention_mask": [encoding.attention_mask for encoding in encoded],
            "token_type_ids": [encoding.type_ids for encoding in encoded],
        }
        inputs = {name: np.array(rows, np.int64) for name, rows in arrays.items() if name in input_names}
        return [[float(value) for value in row] for row in session.run(None, inputs)[0]]

    return logits
