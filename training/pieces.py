"""Weights as small files: int8 in blocks of 32, cut into pieces, for machines that limit the size of files.

Each block has its own scale: the relative error is about 0.6 %, half of that with one scale for each row. A model that
is packed from these weights (``packing.py``) is hardly worse than one packed from full precision.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import torch

BLOCK = 32
PIECE = 15_000_000  # bytes


def write_pieces(weights: Mapping[str, torch.Tensor], folder: Path, name: str, piece: int = PIECE) -> list[Path]:
    """Write weights as ``NAME.0``, ``NAME.1`` and so on, each of at most ``piece`` bytes."""
    held: dict[str, np.ndarray] = {}
    for key, value in weights.items():
        array = value.detach().float().cpu().numpy()
        if array.ndim == 2 and array.shape[1] % BLOCK == 0:
            blocks = array.reshape(array.shape[0], -1, BLOCK)
            scale = np.abs(blocks).max(-1, keepdims=True) / 127
            held[f"{key}|q"] = np.rint(blocks / np.where(scale == 0, 1, scale)).astype(np.int8).reshape(array.shape)
            held[f"{key}|s"] = scale[..., 0].astype(np.float16)
        else:
            held[key] = array
    blob = io.BytesIO()
    np.savez(blob, **held)  # type: ignore[arg-type]  # the stub takes a keyword of its own for them
    whole = blob.getvalue()
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for number, first in enumerate(range(0, len(whole), piece)):
        paths.append(folder / f"{name}.{number}")
        paths[-1].write_bytes(whole[first : first + piece])
    return paths


def read_pieces(folder: Path, name: str) -> dict[str, torch.Tensor]:
    """The weights that ``write_pieces`` wrote, in full precision.

    Raises:
        ValueError: there is no piece of that name.
    """
    paths = sorted(folder.glob(f"{name}.[0-9]*"), key=lambda path: int(path.suffix[1:]))
    if not paths:
        raise ValueError(f"{folder} has no {name}.0")
    with np.load(io.BytesIO(b"".join(path.read_bytes() for path in paths))) as held:
        weights = {}
        for key in held.files:
            if key.endswith("|s"):
                continue
            value = held[key]
            if key.endswith("|q"):
                scale = held[f"{key[:-2]}|s"].astype(np.float32)
                value = (value.reshape(*scale.shape, BLOCK) * scale[..., None]).reshape(value.shape)
            weights[key.removesuffix("|q")] = torch.from_numpy(np.ascontiguousarray(value, dtype=np.float32))
    return weights
