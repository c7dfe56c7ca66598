"""A small model in a folder: its tokenizer and its ONNX session, run in batches of like length.

Inputs are ``input_ids``, ``attention_mask`` and ``token_type_ids`` (int64, batch by length), the output is one row for
each text. Dynamic int8 scales its activations by the batch, so a row moves a little with its company; the same batch
always gives the same rows.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeAlias

from claims.errors import ModelError

GRAPH, TOKENIZER = "model.int8.onnx", "tokenizer.json"
# Texts of like length share a batch, so that little is padded; 16 was the best of 8, 16, 32 and 64 on two cores.
BATCH = 16
# Token ids and segments of a text or of a pair of texts.
Encoded: TypeAlias = tuple[Sequence[int], Sequence[int]]


class Runtime:
    """The model in ``folder``, whose JSON file ``settings`` names at least its length in tokens (``max_len``).

    ``called`` is what messages call it; ``threads`` are from the machine if None.
    """

    def __init__(self, folder: Path, settings: str, called: str, threads: int | None = None) -> None:
        """Load tokenizer, session and settings.

        Raises:
            ModelError: a file is missing or cannot be read; the message names it.
        """
        missing = [name for name in (GRAPH, TOKENIZER, settings) if not (folder / name).is_file()]
        if missing:
            raise ModelError(
                f"{called} is not complete: {', '.join(missing)} missing in {folder}; "
                "install Factdesk again, or set `judge: lexical`"
            )
        self.tokenizer, self._session = _load(folder, called, threads or cores())
        self.settings: dict[str, Any] = json.loads((folder / settings).read_text(encoding="utf-8"))
        self.length = int(self.settings["max_len"])
        self.tokenizer.no_padding()

    def run(self, encoded: Sequence[Encoded]) -> list[Any]:
        """The model's row for each text, in order; batched by length."""
        order = sorted(range(len(encoded)), key=lambda place: len(encoded[place][0]))
        rows: list[Any] = [None] * len(encoded)
        for first in range(0, len(order), BATCH):
            batch = order[first : first + BATCH]
            for place, row in zip(batch, self._batch([encoded[place] for place in batch]), strict=True):
                rows[place] = row
        return rows

    def _batch(self, batch: Sequence[Encoded]) -> Any:
        import numpy as np  # noqa: PLC0415  heavy

        shape = (len(batch), max(len(ids) for ids, _ in batch))
        inputs = {name: np.zeros(shape, np.int64) for name in ("input_ids", "attention_mask", "token_type_ids")}
        for row, (ids, kinds) in enumerate(batch):
            inputs["input_ids"][row, : len(ids)] = ids
            inputs["attention_mask"][row, : len(ids)] = 1
            inputs["token_type_ids"][row, : len(ids)] = kinds
        return self._session.run(None, inputs)[0]


def cores() -> int:
    """The cores this process may use, at most eight: more do not help models this small."""
    return max(1, min(8, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1))


def _load(folder: Path, called: str, threads: int) -> tuple[Any, Any]:
    """The tokenizer and the session, with the libraries' errors translated."""
    try:
        import onnxruntime  # noqa: PLC0415  heavy
        from tokenizers import Tokenizer  # noqa: PLC0415  heavy
    except ImportError as missing:
        raise ModelError(f"{called} needs {missing.name}; install Factdesk again") from missing
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 3
    try:
        tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        session = onnxruntime.InferenceSession(str(folder / GRAPH), options, providers=["CPUExecutionProvider"])
    except Exception as broken:
        raise ModelError(f"{called} in {folder} cannot be loaded: {broken}") from broken
    return tokenizer, session
