"""A small model in a folder: its tokenizer and its ONNX session, which processes each text separately.

Inputs are ``input_ids``, ``attention_mask`` and ``token_type_ids`` (int64, 1 by length); each text has one row of every
output of the model. Dynamic int8 quantization scales activations by the whole batch, so each text is run separately:
its row does not depend on the other texts. The texts are spread over threads, each with a session run of its own: on
two cores 1.1 to 1.2 times as fast as batches of 16 on two threads, since nothing is padded and no thread waits for
another. What the models of a process can share (memory for what they compute, a vocabulary) is there once: 24 MB less
for the two of `embedded:small`, in the same time.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeAlias

from claims.errors import ModelError

THREADS = "FACTDESK_THREADS"
_MOST_THREADS = 64
GRAPH, TOKENIZER = "model.int8.onnx", "tokenizer.json"
# Token ids and segments of a text or of a pair of texts.
Encoded: TypeAlias = tuple[Sequence[int], Sequence[int]]
# What the model gives for one text: the row of each output, by the output's name.
Row: TypeAlias = Mapping[str, Any]


class Runtime:
    """The model in ``folder``, whose JSON file ``settings`` names at least its length in tokens (``max_len``).

    ``called`` is its name in messages; ``threads`` is the number of threads, by default `cores()`.
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
        self.tokenizer, self._session = _load(folder, called)
        self._outputs = [output.name for output in self._session.get_outputs()]
        self._pool = ThreadPoolExecutor(threads or cores(), thread_name_prefix="model")
        self.settings: dict[str, Any] = json.loads((folder / settings).read_text(encoding="utf-8"))
        self.length = int(self.settings["max_len"])
        self.tokenizer.no_padding()

    def run(self, encoded: Sequence[Encoded]) -> list[Row]:
        """What the model gives for each text, in order."""
        order = sorted(range(len(encoded)), key=lambda place: -len(encoded[place][0]))
        rows: list[Row] = [{}] * len(encoded)
        # Longest first, so that no thread starts a long text at the end.
        for place, row in zip(order, self._pool.map(self._row, [encoded[place] for place in order]), strict=True):
            rows[place] = row
        return rows

    def _row(self, encoding: Encoded) -> Row:
        import numpy as np  # noqa: PLC0415  heavy

        ids, kinds = (np.array([column], np.int64) for column in encoding)
        inputs = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": kinds}
        outputs = self._session.run(self._outputs, inputs)
        return {name: output[0] for name, output in zip(self._outputs, outputs, strict=True)}


def cores() -> int:
    """The number of model threads: ``FACTDESK_THREADS``, or one for each core that this process may use.

    At most 8 of the latter, since more do not help models this small. Raises ModelError if the variable is no number.
    """
    if given := os.environ.get(THREADS, "").strip():
        if not (given.isdecimal() and 1 <= int(given) <= _MOST_THREADS):
            raise ModelError(f"{THREADS}={given}: write a number of threads from 1 to {_MOST_THREADS}")
        return int(given)
    return min(8, core_count())


def core_count() -> int:
    """The number of cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _load(folder: Path, called: str) -> tuple[Any, Any]:
    """The tokenizer and the session, with the libraries' errors translated."""
    try:
        import onnxruntime  # noqa: PLC0415  heavy
        import tokenizers  # noqa: PLC0415,F401  heavy
    except ImportError as missing:
        raise ModelError(f"{called} needs {missing.name}; install Factdesk again") from missing
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads, options.inter_op_num_threads = 1, 1
    options.log_severity_level = 3
    options.enable_mem_pattern = False  # which would reserve memory for each length of text
    try:
        _share_memory()
        options.add_session_config_entry("session.use_env_allocators", "1")
        tokenizer = _own_tokenizer((folder / TOKENIZER).read_bytes())
        session = onnxruntime.InferenceSession(str(folder / GRAPH), options, providers=["CPUExecutionProvider"])
    except Exception as broken:
        raise ModelError(f"{called} in {folder} cannot be loaded: {broken}") from broken
    return tokenizer, session


@cache
def _share_memory() -> None:
    """Let all sessions of this process that ask for it compute in the same memory."""
    import onnxruntime  # noqa: PLC0415  heavy

    arena = onnxruntime.OrtAllocatorType.ORT_ARENA_ALLOCATOR
    memory = onnxruntime.OrtMemoryInfo("Cpu", arena, 0, onnxruntime.OrtMemType.DEFAULT)
    onnxruntime.create_and_register_allocator(memory, None)


_tokenizers: dict[str, Any] = {}  # by the hash of their file


def _own_tokenizer(file: bytes) -> Any:
    """A tokenizer with settings of its own, whose vocabulary is shared by those of the same file."""
    from tokenizers import Tokenizer  # noqa: PLC0415  heavy

    mark = sha256(file).hexdigest()
    if mark not in _tokenizers:
        _tokenizers[mark] = Tokenizer.from_buffer(file)
    first = _tokenizers[mark]
    own = Tokenizer(first.model)
    own.normalizer, own.pre_tokenizer = first.normalizer, first.pre_tokenizer
    own.post_processor, own.decoder = first.post_processor, first.decoder
    added = first.get_added_tokens_decoder()
    own.add_special_tokens([added[number] for number in sorted(added) if added[number].special])
    own.add_tokens([added[number] for number in sorted(added) if not added[number].special])
    return own
