"""Weights are packed so that no two that a kernel may add exceed 16 bits, and as near to the values as that allows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from training.packing import multiplied, pack, quantise, repack, saturates


def _values(rows: int = 384, columns: int = 24) -> Any:
    return np.random.default_rng(0).standard_normal((rows, columns)).astype(np.float32)


def _error(values: Any, packed: Any, scale: Any) -> float:
    return float(np.sqrt(((packed * scale - values) ** 2).sum() / (values**2).sum()))


@pytest.mark.parametrize("rows", [384, 3, 10])
def test_packed_weights_keep_the_rule_and_the_shape(rows: int) -> None:
    values = _values(rows)
    packed, scale = pack(values)
    assert packed.dtype == np.int8
    assert packed.shape == values.shape
    assert scale.shape == (24,)
    assert not saturates(packed)


def test_they_lose_less_than_seven_bits() -> None:
    values = _values()
    seven = np.abs(values).max(0) / 64
    plain = np.abs(values).max(0) / 127
    assert saturates(np.rint(values / plain).astype(np.int8))
    assert not saturates(np.rint(values / seven).astype(np.int8))
    assert _error(values, *pack(values)) < 0.8 * _error(values, np.rint(values / seven), seven)


def test_what_keeps_the_rule_stays() -> None:
    values = np.zeros((8, 2), np.float32)
    values[:, 0] = [127, -127, 1, -1, 64, 64, -64, -64]
    packed, scale = pack(values)
    assert np.array_equal(packed * scale, values)


def test_the_largest_of_a_group_is_not_sacrificed() -> None:
    values = np.array([[120.0], [10.0], [-3.0], [0.0], [40.0], [40.0], [40.0], [40.0]], np.float32)
    packed, scale = pack(values)
    assert np.abs(packed * scale - values).max() < 1.5


@pytest.mark.parametrize(
    ("column", "breaks"),
    [
        ([127, 1, -127, -1], False),
        ([127, 2, 0, 0], True),
        ([127, 0, 0, 2], True),
        ([-128, 0, 0, 0], False),
        ([-127, 127, -2, 0], True),
        ([0, 0, 0, 127, 127, 0, 0, 0], False),
        ([0, 0, 0, 0, 127, 2], True),
    ],
)
def test_what_saturates(column: list[int], breaks: bool) -> None:
    assert saturates(np.array(column, np.int8)[:, None]) is breaks


@pytest.fixture
def full(tmp_path: Path) -> Path:
    """A model of one product."""
    given = helper.make_tensor_value_info("x", TensorProto.FLOAT, ["many", 384])
    said = helper.make_tensor_value_info("y", TensorProto.FLOAT, ["many", 24])
    graph = helper.make_graph(
        [helper.make_node("MatMul", ["x", "weight"], ["y"], name="product")],
        "one",
        [given],
        [said],
        [numpy_helper.from_array(_values(), "weight")],
    )
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8), tmp_path / "m.onnx")
    return tmp_path / "m.onnx"


def _packed(path: Path) -> tuple[Any, Any]:
    model = onnx.load(str(path))
    held = {one.name: numpy_helper.to_array(one) for one in model.graph.initializer}
    (name,) = multiplied(model)
    return held[name], held[name.replace("_quantized", "_scale")]


def test_a_model_is_packed_from_full_precision(full: Path, tmp_path: Path) -> None:
    quantise(full, tmp_path / "int8.onnx")
    packed, scale = _packed(tmp_path / "int8.onnx")
    wanted, scales = pack(_values())
    assert np.array_equal(packed, wanted)
    assert np.array_equal(scale, scales)


def test_a_packed_model_is_packed_again_once(full: Path, tmp_path: Path) -> None:
    from onnxruntime.quantization import QuantType, quantize_dynamic

    path = tmp_path / "int8.onnx"
    quantize_dynamic(full, path, weight_type=QuantType.QInt8, per_channel=True, op_types_to_quantize=["MatMul"])
    assert saturates(_packed(path)[0])
    assert 0.0 < repack(path) < 0.03
    assert not saturates(_packed(path)[0])
    assert _error(_values(), *_packed(path)) < 0.03
    before = path.read_bytes()
    assert repack(path) == 0.0
    assert path.read_bytes() == before
