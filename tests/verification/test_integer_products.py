"""The models' 8-bit products are exact on every processor: no two weights that a kernel may add exceed 16 bits.

x86-64 without VNNI adds the products of two neighbouring rows of a column in 16 bits and saturates. On other processors
a model that would saturate there computes right, so that its weights are looked at as well.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import onnx
import onnxruntime
import pytest
from onnx import TensorProto, helper, numpy_helper

from claims.verification.evidence.sentence_encoder import ENCODER
from claims.verification.judges.embedded import LARGE_MODEL, MODEL
from claims.verification.onnx_runtime import GRAPH

MODELS = {"verifier": MODEL / GRAPH, "encoder": ENCODER / GRAPH}
if (LARGE_MODEL / GRAPH).is_file():
    MODELS["larger verifier"] = LARGE_MODEL / GRAPH
GROUP = 4  # rows that a kernel reads together, and adds two by two
MOST = 2**15 // 256  # of two weights: 255 times it is below 2 ** 15


@cache
def weights(name: str) -> dict[str, tuple[Any, Any]]:
    """The int8 weights that a model multiplies (rows by columns) and their zero points."""
    graph = onnx.load(str(MODELS[name])).graph
    held = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
    nodes = [node for node in graph.node if node.op_type == "MatMulInteger"]
    return {node.name: (held[node.input[1]], held[node.input[3]]) for node in nodes}


def saturating(values: Any) -> int:
    """How many groups have two weights of one sign whose products may not fit into 16 bits together."""
    rows = np.pad(values.astype(np.int64), ((0, -len(values) % GROUP), (0, 0)))
    ordered = np.sort(rows.reshape(-1, GROUP, rows.shape[1]), axis=1)
    return int(((ordered[:, 2:].sum(1) > MOST) | (ordered[:, :2].sum(1) < -MOST)).sum())


def worst(values: Any) -> Any:
    """Activations (some by rows) that make sums as large as they get: 255 at all, or at one sign of a column."""
    columns = values[:, :: max(1, values.shape[1] // 8)].T
    cases = [np.full((1, len(values)), 255), np.where(columns > 0, 255, 0), np.where(columns < 0, 255, 0)]
    return np.concatenate(cases).astype(np.uint8)


def multiplied(activations: Any, values: Any) -> Any:
    """What ONNX runtime says of activations times weights, zero points 0."""
    given, said = (
        helper.make_tensor_value_info(name, kind, None)
        for name, kind in (("a", TensorProto.UINT8), ("y", TensorProto.INT32))
    )
    graph = helper.make_graph(
        [helper.make_node("MatMulInteger", ["a", "b"], ["y"])],
        "product",
        [given],
        [said],
        [numpy_helper.from_array(values, "b")],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    return session.run(None, {"a": activations})[0]


@pytest.mark.parametrize("name", MODELS)
def test_no_kernel_can_saturate(name: str) -> None:
    found = weights(name)
    assert len(found) >= 36
    for node, (values, zero) in found.items():
        assert values.dtype == np.int8, f"{node}: another type needs another rule"
        assert not zero.any(), node
        assert saturating(values) == 0, node


@pytest.mark.parametrize("name", MODELS)
def test_products_are_exact(name: str) -> None:
    chance = np.random.default_rng(0)
    # The layers are alike: every fifth node has all shapes, and the head is the last.
    for node, (values, _) in [*weights(name).items()][::5] + [*weights(name).items()][-2:]:
        many = np.concatenate([worst(values), chance.integers(0, 256, (8, len(values)), np.uint8)])
        exact = many.astype(np.int64) @ values.astype(np.int64)
        for activations, wanted in ((many, exact), (many[:1], exact[:1])):  # one row alone has a kernel of its own
            assert np.array_equal(multiplied(activations, values), wanted), node


def test_the_rule_catches_what_saturates() -> None:
    ordinary = np.random.default_rng(1).integers(-127, 128, (384, 8), np.int8)
    assert saturating(ordinary) > 0
    assert saturating(np.array([[127], [1], [-127], [-1]], np.int8)) == 0
    assert saturating(np.array([[127], [-127], [-2], [0]], np.int8)) == 1
    assert saturating(np.array([[0], [0], [0], [127], [2], [0]], np.int8)) == 0
    assert saturating(np.array([[64], [64], [64], [64]], np.int8)) == 0
    assert saturating(np.array([[127], [0], [0], [2]], np.int8)) == 1
