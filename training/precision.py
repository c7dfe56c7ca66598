"""Chooses the precision of a training: bf16 if the hardware supports it, otherwise full precision.

A processor without bf16 instructions computes it about a hundred times more slowly than full precision.
"""

from __future__ import annotations

from functools import cache

import torch

from claims.verification.processor import processor_flags

# The flags of x86-64 (AVX-512, AMX) and of Arm.
NATIVE = frozenset({"avx512_bf16", "amx_bf16", "bf16"})


def autocast(device: str) -> torch.autocast:
    """The context in which a network is run forward on a device ("cpu", "cuda")."""
    return torch.autocast(device, dtype=torch.bfloat16, enabled=bf16(device))


@cache
def bf16(device: str) -> bool:
    """Whether the device has instructions for bf16; where that is unknown, full precision is the safe answer."""
    if device == "cuda":
        return torch.cuda.is_bf16_supported(including_emulation=False)
    return in_flags(processor_flags())


def in_flags(flags: frozenset[str]) -> bool:
    """Whether a processor with these flags has instructions for bf16."""
    return bool(NATIVE & flags)
