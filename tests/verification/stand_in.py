"""A larger reader for tests: the small model that ships with another head, which marks the words not in the passage."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from claims.verification.judges.embedded import MODEL
from claims.verification.onnx_runtime import GRAPH, TOKENIZER


def larger_reader(
    folder: Path,
    *,
    shift: tuple[float, float, float] = (0.0, 0.0, 0.0),
    threshold: float = 0.0,
    marks: bool = True,
) -> Path:
    """Write the model to ``folder``: its logits are the small one's plus ``shift``.

    With ``marks`` it has the output ``unsaid``: 4 for a token that does not stand in the passage and -4 for one that
    does; ``threshold`` is that of its ``verifier.json``.
    """
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(MODEL / TOKENIZER, folder)
    settings = json.loads((MODEL / "verifier.json").read_text(encoding="utf-8"))
    settings |= {"version": "stand-in", "unsaid_threshold": threshold}
    (folder / "verifier.json").write_text(json.dumps(settings), encoding="utf-8")
    model = onnx.load(str(MODEL / GRAPH))
    _unmarked(model.graph)
    _shifted(model.graph, shift)
    if marks:
        _marked(model.graph)
    onnx.save(model, str(folder / GRAPH))
    return folder


def _unmarked(graph: onnx.GraphProto) -> None:
    """Without the marks of the model itself, if it has any."""
    kept = [output for output in graph.output if output.name != "unsaid"]
    del graph.output[:]
    graph.output.extend(kept)
    for node in graph.node:
        node.output[:] = ["own_unsaid" if name == "unsaid" else name for name in node.output]


def _shifted(graph: onnx.GraphProto, shift: tuple[float, float, float]) -> None:
    for node in graph.node:
        node.output[:] = ["small" if name == "logits" else name for name in node.output]
    graph.initializer.append(numpy_helper.from_array(np.array([shift], np.float32), "shift"))
    graph.node.append(helper.make_node("Add", ["small", "shift"], ["logits"]))


def _marked(graph: onnx.GraphProto) -> None:
    """A token is said if the same token stands in the passage."""
    for name, values in (("ax1", [1]), ("ax2", [2])):
        graph.initializer.append(numpy_helper.from_array(np.array(values, np.int64), name))
    for name, value in (("four", 4.0), ("minus_eight", -8.0)):
        graph.initializer.append(numpy_helper.from_array(np.array(value, np.float32), name))
    graph.initializer.append(numpy_helper.from_array(np.array(0, np.int64), "evidence"))
    steps = [
        ("Unsqueeze", ["input_ids", "ax2"], "mine"),
        ("Unsqueeze", ["input_ids", "ax1"], "theirs"),
        ("Equal", ["mine", "theirs"], "same"),
        ("Equal", ["token_type_ids", "evidence"], "flat"),
        ("Unsqueeze", ["flat", "ax1"], "there"),
        ("And", ["same", "there"], "found"),
        ("Cast", ["found"], "counted"),
        ("ReduceMax", ["counted"], "said"),
        ("Mul", ["said", "minus_eight"], "lowered"),
        ("Add", ["lowered", "four"], "unsaid"),
    ]
    for kind, inputs, output in steps:
        extra = {"Cast": {"to": TensorProto.FLOAT}, "ReduceMax": {"axes": [2], "keepdims": 0}}.get(kind, {})
        graph.node.append(helper.make_node(kind, inputs, [output], **extra))
    graph.output.append(helper.make_tensor_value_info("unsaid", TensorProto.FLOAT, ["batch", "length"]))
