"""A training computes in bf16 only where the hardware has it. Needs the training's own libraries."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("torch", reason="torch is not installed (training/requirements.txt)")

import torch

from training import precision

ROOT = Path(__file__).parent.parent.parent


@pytest.mark.parametrize(
    ("flags", "native"),
    [
        ("fpu avx2 avx512f avx512bw avx512_vnni", False),
        ("fpu avx2 avx512f avx512_bf16", True),
        ("fpu amx_tile amx_bf16 amx_int8", True),
        ("fp asimd asimddp i8mm", False),
        ("fp asimd i8mm bf16", True),
        ("", False),
    ],
)
def test_the_flags_of_a_processor_decide(flags: str, native: bool) -> None:
    assert precision.in_flags(frozenset(flags.split())) is native


@pytest.mark.parametrize(("native", "wanted"), [(True, torch.bfloat16), (False, torch.float32)])
def test_a_product_has_the_chosen_precision(native: bool, wanted: torch.dtype, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(precision, "bf16", lambda device: native)
    with precision.autocast("cpu"):
        assert (torch.ones(2, 2) @ torch.ones(2, 2)).dtype is wanted


def test_a_gpu_is_asked_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    precision.bf16.cache_clear()
    monkeypatch.setattr(torch.cuda, "is_bf16_supported", lambda including_emulation: including_emulation)
    assert precision.bf16("cuda") is False
    precision.bf16.cache_clear()


def test_nothing_chooses_for_itself() -> None:
    found = [path.name for path in (ROOT / "training").glob("*.py") if "torch.autocast" in path.read_text("utf-8")]
    assert found == ["precision.py"]
