"""The embedded entailment model: a small cross-encoder in int8, run by ONNX Runtime. The only model runtime.

The recipe, training data and figures are in ``model/CARD.md``. Input is ``[CLS] passage [SEP] claim [SEP]`` with
segment 0 for the passage and 1 for the claim; output three logits: supported, refuted, not enough information.
The probabilities are softened by the temperature in ``verifier.json`` (Guo et al. 2017).
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from claims.errors import ModelError
from claims.records import Probabilities

MODEL = Path(__file__).parent / "model"
_FILES = ("model.int8.onnx", "tokenizer.json", "verifier.json")
# Pairs of like length share a batch, so that little is padded; 16 was the best of 8, 16, 32 and 64 on two cores.
BATCH = 16
# Only the passage is cut to the model's length, unless the claim alone is huge (the model was trained so).
_CLAIM_WORDS = 96


class EntailmentJudge:
    """A three-way cross-encoder in a folder with the files of ``_FILES``; ``threads`` from the machine if None."""

    name = "embedded"

    def __init__(self, folder: Path = MODEL, threads: int | None = None) -> None:
        """Load the model.

        Raises:
            ModelError: a file is missing or cannot be read; the message names it.
        """
        missing = [name for name in _FILES if not (folder / name).is_file()]
        if missing:
            raise ModelError(
                f"the embedded model is not complete: {', '.join(missing)} missing in {folder}; "
                "install Factdesk again, or set `judge: lexical`"
            )
        self._tokenizer, self._session = _load(folder, threads or _cores())
        settings = json.loads((folder / "verifier.json").read_text(encoding="utf-8"))
        self._length, self._temperature = int(settings["max_len"]), float(settings["temperature"])
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(self._length, strategy="only_first")
        digest = sha256((folder / "model.int8.onnx").read_bytes()).hexdigest()[:12]
        self.version = f"{settings.get('version', 'minilm-l6')}-{digest}"

    def judge(self, pairs: Sequence[tuple[str, str]]) -> list[Probabilities]:
        """One answer for each (claim, passage) pair, in order; calibrated by the temperature of the card."""
        return [_soften(row, self._temperature) for row in self.logits(pairs)]

    def logits(self, pairs: Sequence[tuple[str, str]]) -> list[tuple[float, float, float]]:
        """The raw logits (supported, refuted, not enough) for each (claim, passage) pair."""
        encoded = [self._encode(claim, passage) for claim, passage in pairs]
        order = sorted(range(len(encoded)), key=lambda place: len(encoded[place][0]))
        rows: list[tuple[float, float, float]] = [(0.0, 0.0, 0.0)] * len(encoded)
        for first in range(0, len(order), BATCH):
            batch = order[first : first + BATCH]
            for place, row in zip(batch, self._run([encoded[place] for place in batch]), strict=True):
                rows[place] = (float(row[0]), float(row[1]), float(row[2]))
        return rows

    def _encode(self, claim: str, passage: str) -> tuple[list[int], list[int]]:
        """Token ids and segments of one pair. A claim too long for the model is cut hard."""
        try:
            found = self._tokenizer.encode(passage, " ".join(claim.split()[:_CLAIM_WORDS]))
        except Exception:  # noqa: BLE001  the tokenizer raises bare Exception where the claim leaves no room
            found = self._tokenizer.encode(passage, claim[: self._length])
        return found.ids, found.type_ids

    def _run(self, batch: Sequence[tuple[list[int], list[int]]]) -> Any:
        import numpy as np  # noqa: PLC0415  heavy

        shape = (len(batch), max(len(ids) for ids, _ in batch))
        inputs = {name: np.zeros(shape, np.int64) for name in ("input_ids", "attention_mask", "token_type_ids")}
        for row, (ids, kinds) in enumerate(batch):
            inputs["input_ids"][row, : len(ids)] = ids
            inputs["attention_mask"][row, : len(ids)] = 1
            inputs["token_type_ids"][row, : len(ids)] = kinds
        return self._session.run(None, inputs)[0]


@lru_cache(maxsize=1)
def embedded() -> EntailmentJudge:
    """The model that ships in this package: one session per process."""
    return EntailmentJudge()


def _load(folder: Path, threads: int) -> tuple[Any, Any]:
    """The tokenizer and the session, with the libraries' errors translated."""
    try:
        import onnxruntime  # noqa: PLC0415  heavy
        from tokenizers import Tokenizer  # noqa: PLC0415  heavy
    except ImportError as missing:
        raise ModelError(f"the embedded model needs {missing.name}; install Factdesk again") from missing
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 3
    try:
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        session = onnxruntime.InferenceSession(
            str(folder / "model.int8.onnx"), options, providers=["CPUExecutionProvider"]
        )
    except Exception as broken:
        raise ModelError(f"the embedded model in {folder} cannot be loaded: {broken}") from broken
    return tokenizer, session


def _cores() -> int:
    """The cores this process may use, at most eight: more do not help a model this small."""
    return max(1, min(8, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1))


def _soften(logits: tuple[float, float, float], temperature: float) -> Probabilities:
    """Softmax of the logits over the temperature, without the third."""
    from math import exp  # noqa: PLC0415  one use

    top = max(logits)
    parts = [exp((value - top) / temperature) for value in logits]
    return Probabilities(supported=parts[0] / sum(parts), refuted=parts[1] / sum(parts))
