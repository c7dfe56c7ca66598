"""The settings of a training run, which are also listed in the model card."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The settings of a run: initial model, output folder, duration and hyperparameters."""

    init: Path
    out: Path
    minutes: float
    processes: int = 2
    tokens: int = 1536  # tokens of one batch of one process
    length: int = 320
    rate: float = 8e-5
    head_rate: float = 4.0  # times ``rate``
    seed: int = 1
    layers: int = 0  # how many of the encoder's layers to keep, evenly spaced; 0 is all
    teachers: tuple[Path, ...] = ()
    blend: float = 1.0  # how much of the learnt weights is kept; the rest is the weights it began from

    @property
    def device(self) -> str:
        """A GPU when there is one."""
        return "cuda" if torch.cuda.is_available() else "cpu"


def plan_for_card(plan: Plan) -> dict[str, Any]:
    """The plan as the model card shows it."""
    settings = {name: str(value) if isinstance(value, Path) else value for name, value in asdict(plan).items()}
    return settings | {"teachers": [teacher.name for teacher in plan.teachers]}
